"""What one call to Telegram says and how much it matters, before it becomes an outbox row."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from typing import Any

Keyboard = dict[str, Any]
NO_KEYBOARD: Keyboard = {"remove_keyboard": True}


class Lane(IntEnum):
    """Which row goes first. CRISIS has its own connections and always takes the next token."""

    CRISIS = 0
    REPLY = 1
    MODERATION = 2
    CHECKIN = 3
    BROADCAST = 4


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message: its text (HTML), keyboard and lane; `expires` drops it when it could not be sent in that time."""

    text: str
    keyboard: Keyboard | None = None
    lane: Lane = Lane.REPLY
    expires: timedelta | None = None
    protect: bool = False
    silent: bool = False
    repeat_note: str | None = field(default=None)
    """Put before the text when an earlier try may already have arrived."""
    chart: str | None = None
    """What a picture is drawn from when it is sent (`charts.spec`); the text is then its caption."""
