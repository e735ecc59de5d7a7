"""Moments in words, in a person's own zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from peerbot.texts import Texts


def clock_time(at: datetime, zone: str) -> str:
    """The time on the wall there, like 09:05."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def day_and_time(at: datetime, zone: str) -> str:
    """Day and time there, like 23.11. 09:05 without a year; days before months would mislead some, so ISO order."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def day_name(texts: Texts, locale: str, on: date) -> str:
    """A day as it is said: Mon 2 Mar."""
    return texts.plain(locale, "day-name", weekday=on.weekday(), day=on.day, month=on.month)


def short_day(texts: Texts, locale: str, on: date) -> str:
    """A day where there is little room: 2 Mar."""
    return texts.plain(locale, "day-short", day=on.day, month=on.month)


def day_and_clock(texts: Texts, locale: str, at: datetime, zone: str) -> str:
    """Day and time as they are said there: Mon 2 Mar, 09:00."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{day_name(texts, locale, there.date())}, {there.strftime('%H:%M')}"
