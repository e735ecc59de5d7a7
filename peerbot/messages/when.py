"""Moments in words, in a person's own zone."""

from datetime import datetime
from zoneinfo import ZoneInfo


def clock_time(at: datetime, zone: str) -> str:
    """The time on the wall there, like 09:05."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def day_and_time(at: datetime, zone: str) -> str:
    """Day and time there, like 23.11. 09:05 without a year; days before months would mislead some, so ISO order."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
