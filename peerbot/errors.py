"""The errors peerbot raises on purpose. Everything else is a bug: roll back, retry, park."""


class Refusal(Exception):
    """An expected no: nothing changes, and the person is told why by the text `text_id` in their language."""

    def __init__(self, text_id: str, **values: str | int) -> None:
        super().__init__(text_id)
        self.text_id = text_id
        self.values = values


class StartError(Exception):
    """The programme cannot start. The message is one plain sentence for the operator and holds no secret."""
