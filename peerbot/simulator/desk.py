"""Where a request is answered: token, faults, names, limits, the method itself, and the entry in the truth log.

It knows no HTTP server: transport.py (in-process) and front.py (Starlette) bring requests here and act on the outcome.
"""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import unquote

from peerbot.simulator import (
    methods_bot,
    methods_edits,
    methods_links,
    methods_members,
    methods_sends,
    parameters,
    signatures,
)
from peerbot.simulator.errors import ApiError, bad_request, not_found
from peerbot.simulator.faults import Fault, Faults
from peerbot.simulator.hub import Hub
from peerbot.simulator.limits import Pace
from peerbot.simulator.parameters import Parameters
from peerbot.simulator.replies import Reply, refusal, result

Method = Callable[[Hub, Parameters], object | Awaitable[object]]
METHODS: dict[str, Method] = {
    **methods_bot.METHODS,
    **methods_sends.METHODS,
    **methods_edits.METHODS,
    **methods_members.METHODS,
    **methods_links.METHODS,
}


# Parameters that are taken and change nothing anybody could see here.
HARMLESS = frozenset(
    {"link_preview_options", "parse_mode", "cache_time", "is_big", "revoke_messages", "disable_notification"}
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer, and what happens to it on the way: it waits `hangs` seconds, or the line is `cut`."""

    reply: Reply
    hangs: float = 0.0
    cut: str = ""


class Desk:
    """One token, one hub, one script of faults."""

    def __init__(self, token: str, hub: Hub, faults: Faults, pace: Pace) -> None:
        self._token = token
        self._hub = hub
        self._faults = faults
        self._pace = pace

    async def answer(self, path: str, query: str, content_type: str, body: bytes) -> Outcome:
        """Answer one request to /bot<token>/<method> or /file/bot<token>/<path>."""
        try:
            kind, token, rest = _split(path)
            self._check_token(token)
            if kind == "file":
                return Outcome(self._file(rest))
            values = parameters.read(body, content_type, query)
        except ApiError as error:
            return Outcome(refusal(error))
        return await self._call(rest, values)

    def _check_token(self, token: str) -> None:
        if ":" not in token:
            raise not_found()
        if token != self._token:
            raise ApiError(401, "Unauthorized")

    def _file(self, path: str) -> Reply:
        found = self._hub.world.file_at(path)
        if found is None:
            raise not_found()
        return Reply(200, found.content, "application/octet-stream")

    async def _call(self, name: str, values: Parameters) -> Outcome:
        method = name.lower()
        raw_chat = values.text("chat_id")
        chat_id = int(raw_chat) if raw_chat.removeprefix("-").isdecimal() else None
        fault = self._faults.meet(method, chat_id)
        if fault is not None and not fault.accepts:
            return self._write_down(name, chat_id, values, fault.reply or _EMPTY, fault, accepted=False)
        values.complain = lambda text: self._hub.complaints.append(f"{name}: {text}")
        try:
            found = await self._run(method, chat_id, values)
        except ApiError as error:
            reply, number, text = refusal(error), None, error.description
        else:
            reply, number, text = result(found), _message_id(found), ""
        if fault is not None and fault.reply is not None:
            reply = fault.reply
        return self._write_down(
            name, chat_id, values, reply, fault, accepted=not text, message_id=number, error=text or None
        )

    async def _run(self, method: str, chat_id: int | None, values: Parameters) -> object:
        if method not in signatures.schema():
            raise not_found("method not found")
        if method not in METHODS:
            values.complain("the simulator does not have this method")
            raise bad_request(f"the simulator does not have {method}")
        unknown = signatures.unknown_parameters(method, set(values.values))
        if unknown:
            values.complain(f"no parameter {', '.join(unknown)}")
            raise bad_request(f"{method} has no parameter {', '.join(unknown)}")
        chat = self._hub.world.chats.get(chat_id) if chat_id is not None else None
        paid = values.flag("allow_paid_broadcast")
        wait = self._pace.wait(method, chat, paid=paid) if chat is not None else 0
        if wait:
            raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        found = METHODS[method](self._hub, values)
        answer = await found if inspect.isawaitable(found) else found
        if unread := sorted(set(values.values) - values.read - HARMLESS):
            values.complain(f"{', '.join(unread)} is not simulated and had no effect")
        return answer

    def _write_down(
        self,
        name: str,
        chat_id: int | None,
        values: Parameters,
        reply: Reply,
        fault: Fault | None,
        *,
        accepted: bool,
        message_id: int | None = None,
        error: str | None = None,
    ) -> Outcome:
        files = {field: f"<{len(upload.content)} bytes>" for field, upload in values.files.items()}
        self._hub.truth.call(
            name,
            chat_id,
            values.values | files,
            accepted=accepted,
            error=error,
            code=reply.status,
            message_id=message_id,
            fault=fault.name if fault else None,
        )
        return Outcome(reply, fault.hangs, fault.cut) if fault else Outcome(reply)


_EMPTY = Reply(502, b"")


def _split(path: str) -> tuple[str, str, str]:
    """What is asked for, the token, and the method or file path."""
    kind = "file" if path.startswith("/file/") else "call"
    rest = path.removeprefix("/file")
    if not rest.startswith("/bot"):
        raise not_found()
    token, _, tail = rest.removeprefix("/bot").partition("/")
    return kind, unquote(token), tail.strip("/")


def _message_id(found: object) -> int | None:
    number = found.get("message_id") if isinstance(found, dict) else None
    return number if isinstance(number, int) else None


def is_poll(path: str) -> bool:
    """Is this a question that may take long (a poll)? Such a request ends when the client goes away."""
    return path.rpartition("/")[2].lower() == "getupdates"
