"""Typed inline buttons: a class per kind, packed into the 64 bytes Telegram allows and read back strictly.

A button is only a wish: who pressed it and whether they may is decided at the press, by `services.access`.
"""

import re
import types
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self, get_args

from peerbot.outgoing import Keyboard

LIMIT = 64  # bytes of callback_data
_WHOLE = re.compile(r"-?[0-9]{1,10}")
LARGEST = 2**31 - 1  # of a row's number; PostgreSQL raises an error where it is given a larger one


class BadButtonError(Exception):
    """The data of a pressed button is not what any of ours packs to."""


@dataclass(frozen=True, slots=True)
class Button:
    """A kind of button. Subclasses are frozen dataclasses of ints and short strings with a unique `code`."""

    code: ClassVar[str]

    def pack(self) -> str:
        """The callback data; raises ValueError when it would not fit or holds the separator."""
        parts = ["" if value is None else str(value) for value in (getattr(self, f.name) for f in fields(self))]
        if any(":" in part for part in parts):
            raise ValueError("a button value holds ':'")
        data = ":".join([self.code, *parts])
        if len(data.encode()) > LIMIT:
            raise ValueError(f"button {self.code} packs to more than {LIMIT} bytes")
        return data

    @classmethod
    def unpack(cls, data: str) -> Self:
        """Reads callback data back; raises BadButtonError for anything `pack` does not write."""
        code, *parts = data.split(":")
        wanted = fields(cls)
        if code != cls.code or len(parts) != len(wanted):
            raise BadButtonError
        return cls(**{f.name: _read(f.type, part) for f, part in zip(wanted, parts, strict=True)})


def _read(kind: Any, part: str) -> int | str | None:
    allowed = get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    if not part and type(None) in allowed:
        return None
    if int in allowed:
        if not _WHOLE.fullmatch(part) or abs(int(part)) > LARGEST:
            raise BadButtonError
        return int(part)
    return part


@dataclass(frozen=True, slots=True)
class HelpNow(Button):
    """I need help now. Carries nothing, so that it never grows old."""

    code = "help"


@dataclass(frozen=True, slots=True)
class ShowCard(Button):
    """Show me whom to call."""

    code = "card"


@dataclass(frozen=True, slots=True)
class Consented(Button):
    """Yes to the consent screen. The code is the invite itself: nothing is kept before this press."""

    code = "yes"
    invite: str
    locale: str


@dataclass(frozen=True, slots=True)
class Declined(Button):
    """No to the consent screen."""

    code = "no"
    locale: str


@dataclass(frozen=True, slots=True)
class ConsentLocale(Button):
    """Show the consent screen in another language."""

    code = "cl"
    invite: str
    locale: str


@dataclass(frozen=True, slots=True)
class DialogChoice(Button):
    """An answer to the step a dialog stands at."""

    code = "d"
    step: str
    value: str


@dataclass(frozen=True, slots=True)
class AnswerTap(Button):
    """An answer to one question of one check-in."""

    code = "a"
    check_in: int
    question: str
    value: str


@dataclass(frozen=True, slots=True)
class CheckInMove(Button):
    """A move inside a check-in that is no answer: back, skip, done, list, at, go, stop, snooze."""

    code = "m"
    check_in: int
    question: str
    move: str


@dataclass(frozen=True, slots=True)
class ShowProgress(Button):
    """The chart of some days: one's own (0), or a participant's for their carer."""

    code = "pg"
    participant: int
    days: int


@dataclass(frozen=True, slots=True)
class ChipShare(Button):
    """A chip and a group: choose where (group 0), post it there, back (take it down), no."""

    code = "ch"
    chip: str
    group: int
    act: str


@dataclass(frozen=True, slots=True)
class PauseChoice(Button):
    """A participant pauses their check-ins for some days; 0 ends the pause."""

    code = "pz"
    days: int


@dataclass(frozen=True, slots=True)
class CaseView(Button):
    """A screen of one participant for their carer: week, plan, and the questions within plan; or a page of the list."""

    code = "cv"
    participant: int
    screen: str


@dataclass(frozen=True, slots=True)
class PlanAct(Button):
    """A change to what a participant is asked: phase, form, day, ask, pause, fact."""

    code = "pl"
    participant: int
    act: str
    value: str


@dataclass(frozen=True, slots=True)
class AlertAct(Button):
    """What a member of staff does about an alert: ack, open, close, back."""

    code = "al"
    alert: int
    act: str


@dataclass(frozen=True, slots=True)
class AlertClose(Button):
    """Closing an alert with its outcome."""

    code = "ac"
    alert: int
    outcome: str


@dataclass(frozen=True, slots=True)
class AlertFeedback(Button):
    """Whether a closed alert was useful, a false alarm, or known already."""

    code = "af"
    alert: int
    feedback: str


@dataclass(frozen=True, slots=True)
class RulesPage(Button):
    """A page of the table of rules: one level's rules, the thresholds, or the overview."""

    code = "ru"
    page: str


@dataclass(frozen=True, slots=True)
class LeaveChoice(Button):
    """Yes or no to leaving the programme's bot."""

    code = "bye"
    choice: str


@dataclass(frozen=True, slots=True)
class InviteMade(Button):
    """A counselor asks for an invite for a participant."""

    code = "inv"
    role: str


@dataclass(frozen=True, slots=True)
class RulesAnswer(Button):
    """Yes to a group's rules, or not now."""

    code = "gr"
    group: int
    choice: str


@dataclass(frozen=True, slots=True)
class JoinDecision(Button):
    """What staff say to somebody who knocks at a group: in, no."""

    code = "jr"
    request: int
    act: str


@dataclass(frozen=True, slots=True)
class ReviewAct(Button):
    """What a moderator does about a review: show, share, keep, warn, down, leave, take, done, undo, lift."""

    code = "rv"
    review: int
    act: str


@dataclass(frozen=True, slots=True)
class Appeal(Button):
    """Let a person look at my post."""

    code = "ap"
    review: int


@dataclass(frozen=True, slots=True)
class Coming(Button):
    """An answer to a session reminder: coming, late, cannot."""

    code = "co"
    session: int
    answer: str


@dataclass(frozen=True, slots=True)
class GroupPage(Button):
    """A page of a group's settings; group 0 is the list of groups."""

    code = "gp"
    group: int
    page: str


@dataclass(frozen=True, slots=True)
class GroupSet(Button):
    """One change in a group's settings."""

    code = "gs"
    group: int
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class TipRate(Button):
    """This tip helped, or it did not."""

    code = "tr"
    shown: int
    value: int


@dataclass(frozen=True, slots=True)
class TipTime(Button):
    """The daily tip: show what is set, a time, or off."""

    code = "tt"
    value: str


def inline(*rows: Sequence[tuple[str, Button]]) -> Keyboard:
    """An inline keyboard from rows of (label, button)."""
    return {
        "inline_keyboard": [[{"text": label, "callback_data": b.pack()} for label, b in row] for row in rows if row]
    }


def reply_keyboard(*rows: list[str]) -> Keyboard:
    """The persistent keyboard below the chat."""
    return {
        "keyboard": [[{"text": label} for label in row] for row in rows],
        "resize_keyboard": True,
        "is_persistent": True,
    }
