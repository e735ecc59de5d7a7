"""The room's clock: moved by hand while the room is furnished, then the machine's clock plus an offset in a file.

The bot's process reads the same file (`clock.RehearsalClock`). Nothing here knows what is due.
"""

import os
import time
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from pathlib import Path

from peerbot.clock import ManualClock

WIDTH = 32  # bytes; the reader reads as many at once, so that it never sees half a number


class RoomClock(ManualClock):
    """Tells and turns the room's time. Real time and monotonic time stay the machine's and cannot be turned."""

    __slots__ = ("_fd", "_offset", "_turns", "file")

    def __init__(self, at: datetime, file: Path) -> None:
        super().__init__(at)
        self.file = file
        self._offset: float | None = None
        self._turns: list[tuple[datetime, float]] = []
        self._fd = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)

    def now(self) -> datetime:
        if self._offset is None:
            return self.at
        return datetime.now(UTC) + timedelta(seconds=self._offset)

    def real(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def advance(self, by: timedelta) -> None:
        """Turns the room's time forward."""
        if self._offset is None:
            self.at += by
        else:
            self._write(self._offset + by.total_seconds())

    def start(self) -> None:
        """From now on the clock runs by itself."""
        self._write((self.at - datetime.now(UTC)).total_seconds())

    def shown_at(self, real: datetime) -> datetime:
        """What the room's clock showed at a moment of real time."""
        place = bisect_right(self._turns, real, key=lambda turn: turn[0])
        offset = self._turns[place - 1][1] if place else (self._turns[0][1] if self._turns else 0.0)
        return real + timedelta(seconds=offset)

    def real_of(self, shown: datetime) -> datetime:
        """The moment of real time at which the room's clock showed this; where it was turned past it, that turn."""
        later = datetime.now(UTC)
        for turned_at, offset in reversed(self._turns):
            real = shown - timedelta(seconds=offset)
            if real >= turned_at:
                return min(real, later)
            later = turned_at
        return later

    def close(self) -> None:
        """Lets go of the file."""
        os.close(self._fd)

    def _write(self, offset: float) -> None:
        self._offset = offset
        self._turns.append((datetime.now(UTC), offset))
        os.pwrite(self._fd, f"{offset:<{WIDTH}.3f}".encode(), 0)
