"""How the simulated server says no, and how a simulated phone does. What is refused is decided where it happens."""

PREFIXES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class ApiError(Exception):
    """A refusal that travels to the bot as `{"ok": false, "error_code", "description", "parameters"}`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class NotPossible(AssertionError):
    """A person tried what their Telegram would not let them do: no such button, no right to write, a blocked bot."""


def bad_request(text: str, **parameters: int) -> ApiError:
    """A 400 with the official prefix."""
    return ApiError(400, f"{PREFIXES[400]}: {text}", **parameters)


def forbidden(text: str) -> ApiError:
    """A 403 with the official prefix."""
    return ApiError(403, f"{PREFIXES[403]}: {text}")


def conflict(text: str) -> ApiError:
    """A 409 with the official prefix."""
    return ApiError(409, f"{PREFIXES[409]}: {text}")


def not_found(text: str = "") -> ApiError:
    """A 404 with the official prefix; without a text, just "Not Found"."""
    return ApiError(404, f"{PREFIXES[404]}: {text}" if text else PREFIXES[404])
