"""How much the server takes before it answers 429. Real time only: turning the clock of the world frees nothing."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from peerbot.simulator.world import Chat

# Sends count, and edits unless Limits says otherwise; answers to buttons, deletions and questions do not.
SENDS = ("send", "copy", "forward")
FREE = frozenset({"sendchataction"})
WINDOW = 59.5  # seconds; a group's minute, with half a second for the way a call took


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's documented rates (telegram.md, section 7); None switches one off.

    `paid_per_second` holds for calls with allow_paid_broadcast. Whether edits cost as much as sends is not documented;
    the stricter reading is the default. `answer_within` is how many seconds of world time a pressed button waits for
    its answer: not documented either, reports start at 10-20 s. `busy_poll_guard` makes a getUpdates that repeats its
    offset within 3 s wait 3 s, as the real server does; off by default so that a test may poll as it likes.
    """

    overall_per_second: float | None = 30.0
    paid_per_second: float | None = 1000.0
    private_per_second: float | None = 1.0
    private_burst: int = 3
    group_per_minute: int | None = 20
    counts_edits: bool = True
    answer_within: float = 60.0
    busy_poll_guard: bool = False


OFF = Limits(overall_per_second=None, paid_per_second=None, private_per_second=None, group_per_minute=None)


@dataclass(slots=True)
class _Bucket:
    rate: float
    size: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.rate


class Pace:
    """The buckets. A call takes from all that concern it, or from none when one is empty."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self.limits = limits
        self._monotonic = monotonic
        self._overall: dict[bool, _Bucket] = {}
        self._private: dict[int, _Bucket] = {}
        self._groups: dict[int, deque[float]] = {}

    def change(self, limits: Limits) -> None:
        """Other rates from now on, all buckets full."""
        self.limits = limits
        self._overall.clear()
        self._private.clear()
        self._groups.clear()

    def wait(self, method: str, chat: Chat, *, paid: bool = False) -> int:
        """0 when the call may go (and is now counted), else the whole seconds to answer as retry_after."""
        edit = self.limits.counts_edits and method.startswith("edit")
        if not (edit or method.startswith(SENDS)) or method in FREE:
            return 0
        now = self._monotonic()
        buckets = self._buckets(chat, now, paid)
        window = self._window(chat, now)
        waits = [bucket.wait(now) for bucket in buckets]
        if window is not None and self.limits.group_per_minute and len(window) >= self.limits.group_per_minute:
            waits.append(window[0] + WINDOW - now)
        longest = max(waits, default=0.0)
        if longest > 0:
            return max(1, math.ceil(longest))
        for bucket in buckets:
            bucket.level -= 1
        if window is not None:
            window.append(now)
        return 0

    def _buckets(self, chat: Chat, now: float, paid: bool) -> list[_Bucket]:
        found: list[_Bucket] = []
        if rate := self.limits.paid_per_second if paid else self.limits.overall_per_second:
            found.append(self._overall.setdefault(paid, _Bucket(rate, rate, rate, now)))
        if chat.type == "private" and (rate := self.limits.private_per_second):
            size = float(self.limits.private_burst)
            found.append(self._private.setdefault(chat.id, _Bucket(rate, size, size, now)))
        return found

    def _window(self, chat: Chat, now: float) -> deque[float] | None:
        if chat.type == "private" or not self.limits.group_per_minute:
            return None
        window = self._groups.setdefault(chat.id, deque())
        while window and window[0] <= now - WINDOW:
            window.popleft()
        return window
