"""The truth log: everything the server received and everything people did, in order, never changed afterwards.

Tests and benchmarks ask it what really happened, whatever the bot believes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Call:
    """One API call as the server saw it. `accepted` says that it took effect, even if the bot never heard so."""

    number: int
    at: datetime
    monotonic: float
    method: str
    chat_id: int | None
    parameters: Mapping[str, str]
    accepted: bool
    error: str | None = None
    code: int = 200
    message_id: int | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that people did, or that Telegram did by itself (an update expired, was dropped, was delivered)."""

    number: int
    at: datetime
    monotonic: float
    kind: str
    chat_id: int | None = None
    user_id: int | None = None
    message_id: int | None = None
    details: Mapping[str, object] = field(default_factory=dict)


class Truth:
    """An append-only list of calls and happenings, with the questions tests ask of it."""

    def __init__(self, now: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._now = now
        self._monotonic = monotonic
        self.entries: list[Call | Happening] = []

    def call(
        self,
        method: str,
        chat_id: int | None,
        parameters: Mapping[str, str],
        *,
        accepted: bool,
        error: str | None = None,
        code: int = 200,
        message_id: int | None = None,
        fault: str | None = None,
    ) -> Call:
        """Write down a call."""
        number, at, clock = len(self.entries), self._now(), self._monotonic()
        entry = Call(number, at, clock, method, chat_id, parameters, accepted, error, code, message_id, fault)
        self.entries.append(entry)
        return entry

    def happened(
        self,
        kind: str,
        *,
        chat_id: int | None = None,
        user_id: int | None = None,
        message_id: int | None = None,
        **details: object,
    ) -> None:
        """Write down what was not a call."""
        number, at, clock = len(self.entries), self._now(), self._monotonic()
        self.entries.append(Happening(number, at, clock, kind, chat_id, user_id, message_id, details))

    def calls(
        self,
        method: str | None = None,
        *,
        chat: int | None = None,
        accepted: bool | None = None,
        fault: str | None = None,
        since: int = 0,
    ) -> list[Call]:
        """The calls that fit, oldest first; method names in any case; `since` is an entry number."""
        wanted = method.lower() if method else None
        return [
            entry
            for entry in self.entries[since:]
            if isinstance(entry, Call)
            and (wanted is None or entry.method.lower() == wanted)
            and (chat is None or entry.chat_id == chat)
            and (accepted is None or entry.accepted == accepted)
            and (fault is None or entry.fault == fault)
        ]

    def happenings(self, kind: str | None = None, *, user: int | None = None, since: int = 0) -> list[Happening]:
        """What people and Telegram did, oldest first."""
        return [
            entry
            for entry in self.entries[since:]
            if isinstance(entry, Happening)
            and (kind is None or entry.kind == kind)
            and (user is None or entry.user_id == user)
        ]

    def sent(self, chat: int | None = None, *containing: str) -> list[Call]:
        """The sends that were accepted, in this chat or anywhere, whose text or caption holds all these parts."""
        return [
            call
            for call in self.calls(chat=chat, accepted=True)
            if call.method.lower().startswith(("send", "copy", "forward"))
            and call.message_id is not None
            and all(part in call.parameters.get("text", call.parameters.get("caption", "")) for part in containing)
        ]
