"""The only reader of time. Wall time can be turned in the training room; real time never can.

`now` decides what is due for people. `real` and `monotonic` decide leases, pace and backoff, so that turning the
room's clock can never expire a lease or send twice.
"""

import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Tells time; every other module is given `now` as an argument."""

    def now(self) -> datetime:
        """The time people live in, aware UTC."""
        ...

    def real(self) -> datetime:
        """The machine's time, aware UTC, for leases and backoff."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back, for pace."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, as it is."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def real(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class RehearsalClock:
    """The machine's clock plus the seconds written in a file, so that another process can turn it."""

    def __init__(self, file: Path) -> None:
        self._fd = os.open(file, os.O_RDONLY)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(os.pread(self._fd, 32, 0) or b"0"))

    def real(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass(slots=True)
class ManualClock:
    """A clock moved only by hand: all three times move together."""

    at: datetime
    elapsed: float = field(default=0.0)

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.elapsed

    def advance(self, by: timedelta) -> None:
        """Moves all three times forward by `by`."""
        self.at += by
        self.elapsed += by.total_seconds()
