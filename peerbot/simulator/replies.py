"""What goes back over the wire: a finished HTTP answer. Nothing here knows Telegram beyond the outer envelope."""

import json
from dataclasses import dataclass

from peerbot.simulator.errors import ApiError

JSON_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP answer, complete."""

    status: int
    body: bytes
    content_type: str = JSON_TYPE
    retry_after: int | None = None

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """The headers as ASGI and httpx both take them."""
        found = [(b"content-type", self.content_type.encode()), (b"content-length", str(len(self.body)).encode())]
        if self.retry_after is not None:
            found.append((b"retry-after", str(self.retry_after).encode()))
        return found


def result(value: object) -> Reply:
    """The envelope of a call that worked; every non-ASCII character stays an escape, as the real server sends it."""
    return Reply(200, json.dumps({"ok": True, "result": value}, separators=(",", ":")).encode())


def refusal(error: ApiError) -> Reply:
    """The envelope of a call that did not."""
    content: dict[str, object] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        content["parameters"] = error.parameters
    body = json.dumps(content, separators=(",", ":")).encode()
    return Reply(error.code, body, retry_after=error.parameters.get("retry_after"))
