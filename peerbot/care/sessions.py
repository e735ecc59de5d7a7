"""When a group meets, when staff are there, and how a person types such a week.

Here: weekly slots with days off and extra sessions, reminders before a session, staffed hours that open and close a
group, and reading a typed week in English and Spanish. Not here: who comes (the services) and what is said (texts).

Dates and weekdays are those of the calendar in the group's zone, not of a person's day: a slot from 22:00 to 01:00 on
Friday ends on Saturday and belongs to Friday. Instants are aware UTC; `now` and `after` are given.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from peerbot.care.calendar import instant, local_day, parse_time, plain

_MIDNIGHT = time(0)
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, order=True)
class WeeklySlot:
    """Every week on `weekday` (Monday is 0) from `start` to `end`; an `end` not after `start` is on the next date.

    Equal times mean the whole 24 hours.
    """

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class DayOff:
    """No weekly slot begins on this date; what began the evening before runs to its end, an extra one still counts."""

    on: date


@dataclass(frozen=True, slots=True)
class ExtraSession:
    """One more on a single date. Together with `DayOff` on the old date it moves a session."""

    on: date
    start: time
    end: time


Change = DayOff | ExtraSession


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """One meeting: its local date and its two instants."""

    starts_at: datetime
    ends_at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Reminder:
    kind: Literal["day-before", "hour-before"]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """The instant at which a group opens (`opens` true) or closes."""

    at: datetime
    opens: bool


@dataclass(frozen=True, slots=True)
class Misread:
    """Why a typed week was not understood, and the piece of it to show back. Reasons are ends of text ids."""

    reason: Literal["empty", "too-long", "no-day", "unknown-day", "no-end", "time", "am-or-pm", "no-length"]
    piece: str


def _session(on: date, start: time, end: time, zone: str) -> Session:
    starts_at = instant(datetime.combine(on, start), zone)
    ends_at = instant(datetime.combine(on if end > start else on + _DAY, end), zone)
    return Session(starts_at, max(starts_at, ends_at), on)


def _between(
    slots: Iterable[WeeklySlot], changes: Iterable[Change], zone: str, first: date, last: date
) -> list[Session]:
    """All sessions that begin on the local dates from `first` to `last`, earliest first."""
    weekly, changed = tuple(slots), tuple(changes)
    off = {change.on for change in changed if isinstance(change, DayOff)}
    days = (first + n * _DAY for n in range((last - first).days + 1))
    regular = {
        _session(day, slot.start, slot.end, zone)
        for day in days
        if day not in off
        for slot in weekly
        if slot.weekday == day.weekday()
    }
    extra = {
        _session(change.on, change.start, change.end, zone)
        for change in changed
        if isinstance(change, ExtraSession) and first <= change.on <= last
    }
    return sorted(regular | extra)


def next_sessions(
    slots: Iterable[WeeklySlot], changes: Iterable[Change], zone: str, after: datetime, count: int
) -> tuple[Session, ...]:
    """The next `count` sessions that start strictly after `after`; fewer where there are no more.

    A session that is running is not among them.
    """
    weekly, changed = tuple(slots), tuple(changes)
    today = local_day(after, zone, _MIDNIGHT)
    # Each week holds a session unless a day off took it, so this many weeks are enough; extras may lie further out.
    last = today + (count + 1 + len(changed)) * _WEEK
    last = max([last, *(change.on for change in changed if isinstance(change, ExtraSession))])
    return tuple(s for s in _between(weekly, changed, zone, today, last) if s.starts_at > after)[:count]


def reminders_due(session: Session, zone: str, *, kind_hour: time = time(18)) -> tuple[Reminder, Reminder]:
    """The two reminders of a session: the date before at `kind_hour` local time, and one hour before it starts."""
    day_before = instant(datetime.combine(session.on - _DAY, kind_hour), zone)
    return Reminder("day-before", day_before), Reminder("hour-before", session.starts_at - timedelta(hours=1))


def is_open(windows: Iterable[WeeklySlot], zone: str, now: datetime, changes: Iterable[Change] = ()) -> bool:
    """Whether staff are there at `now`: inside [start, end) of a window. Without any window it is never open."""
    today = local_day(now, zone, _MIDNIGHT)
    near = _between(windows, changes, zone, today - _DAY, today + _DAY)
    return any(window.starts_at <= now < window.ends_at for window in near)


def next_change(windows: Iterable[WeeklySlot], zone: str, now: datetime, changes: Iterable[Change] = ()) -> Turn | None:
    """The first instant after `now` at which the group opens or closes, or None if it never does.

    Windows that touch or overlap are one: a group open until midnight and from midnight on does not turn at midnight.
    """
    weekly, changed = tuple(windows), tuple(changes)
    today = local_day(now, zone, _MIDNIGHT)
    last = max([today, *(change.on for change in changed)]) + 2 * _WEEK
    for opened, closed in _merged(_between(weekly, changed, zone, today - 2 * _DAY, last)):
        if now < opened:
            return Turn(opened, opens=True)
        if now < closed:
            # An end in the last two days looked at is only the end of the looking: it goes on like this for ever.
            return Turn(closed, opens=False) if local_day(closed, zone, _MIDNIGHT) < last else None
    return None


def _merged(sessions: Iterable[Session]) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of time covered by sessions, which come earliest first."""
    opened: datetime | None = None
    closed = datetime.min.replace(tzinfo=UTC)
    for session in sessions:
        if opened is not None and session.starts_at > closed:
            yield opened, closed
            opened = None
        opened = opened or session.starts_at
        closed = max(closed, session.ends_at)
    if opened is not None:
        yield opened, closed


# --- a typed week ----------------------------------------------------------------------------------------------------

_LONGEST = 500  # characters; a full week of different times is about 150
_WEEKDAYS = {
    name: weekday
    for weekday, names in enumerate(
        (
            "mon monday mondays lu lun lunes",
            "tue tues tuesday tuesdays ma mar martes",
            "wed weds wednesday wednesdays mi mie mier miercoles",
            "thu thur thurs thursday thursdays ju jue juev jueves",
            "fri friday fridays vi vie vier viernes",
            "sat saturday saturdays sa sab sabado sabados",
            "sun sunday sundays do dom domingo domingos",
        )
    )
    for name in names.split()
}
_EVERY = (
    (re.compile(r"\b(every ?day|daily|todos los dias|cada dia|a diario|diario)\b"), "mon-sun"),
    (re.compile(r"\b(weekdays|workdays|entre semana|dias laborables|dias habiles)\b"), "mon-fri"),
    (re.compile(r"\b(weekends?|(los )?fin(es)? de semana)\b"), "sat-sun"),
)
_DASHES = re.compile(r"\s*[\u2010-\u2015\u2212-]\s*")
_JOINS = frozenset("and y e on los el every cada each the".split())
_SPANS = frozenset("- to through thru till until a al hasta".split())
_BEFORE_TIMES = re.compile(r"(?:(?:^|\s)(?:from|de|desde|at|a|la|las|entre|between)|[\s:-])+$")
_UNTIL = re.compile(r"-| (?:to|till|until|a|hasta|and|y)(?: las?)? (?=[0-9])")
_HALF = re.compile(r"(?:[ap] ?\.? ?m\b|in the |at night|tonight|de la |por la |del ).*$")


def parse_week(text: str) -> tuple[WeeklySlot, ...] | Misread:
    """The weekly slots a person typed, in order of the week, or why they were not understood.

    Reads "Tue 18:00-19:30, Thu 18:00-19:30", "mon-fri 9am-5pm", "mar y jue 18-19:30", "lunes a viernes de 9 a 17".
    Parts are set off by commas, semicolons or lines; days without times take the next times ("Tue, Thu 18-19"), times
    without days belong to the days before ("Mon 9-12, 14-17"). Show what was understood before it counts.
    """
    if len(text) > _LONGEST:
        return Misread("too-long", "")
    slots: set[WeeklySlot] = set()
    days: frozenset[int] = frozenset()
    waiting = False  # whether `days` still have to get their times
    for piece in filter(None, (_tidy(part) for part in re.split(r"[,;\n]", text))):
        first_digit = re.search(r"[0-9]", piece)
        head = piece[: first_digit.start()] if first_digit else piece
        named = _days(_BEFORE_TIMES.sub("", head))
        if isinstance(named, Misread):
            return named
        days = (days | named if waiting else named) if named else days
        waiting = not first_digit
        if first_digit:
            times = _times(piece[first_digit.start() :])
            if isinstance(times, Misread):
                return times
            if not days:
                return Misread("no-day", piece)
            slots |= {WeeklySlot(day, *times) for day in days}
    if waiting:
        return Misread("no-end", _tidy(text))
    return tuple(sorted(slots)) or Misread("empty", "")


def _tidy(part: str) -> str:
    words = _DASHES.sub("-", plain(part))
    for called, days in _EVERY:
        words = called.sub(days, words)
    return words


def _days(head: str) -> frozenset[int] | Misread:
    """The weekdays named before the times; a span may run over Sunday ("Sat-Mon")."""
    named: list[int] = []
    span = False
    for word in re.findall(r"[^\s&/+:.-]+|-", head):
        if word in _SPANS and named:
            span = True
        elif word in _WEEKDAYS:
            day = _WEEKDAYS[word]
            named += [(named[-1] + n) % 7 for n in range(1, (day - named[-1]) % 7 + 1)] if span else [day]
            span = False
        elif word not in _JOINS:
            return Misread("unknown-day", word)
    return frozenset(named)


def _times(tail: str) -> tuple[time, time] | Misread:
    """Start and end of "18:00-19:30". In "6-7:30 pm" the half of the day belongs to both, if that makes sense."""
    ends = _UNTIL.split(tail)
    if len(ends) != 2:
        return Misread("no-end", tail) if len(ends) < 2 else Misread("time", tail)
    begin, finish = ends
    start, end = parse_time(begin), parse_time(finish)
    if start is None or end is None:
        return Misread("time", begin if start is None else finish)
    half = _HALF.search(finish)
    if half and start <= time(12, 59) and not _HALF.search(begin):
        likely = [t for t in (parse_time(f"{begin} {half.group()}"), start) if t is not None and t < end]
        if not likely:
            return Misread("am-or-pm", tail)
        start = likely[0]
    if start == end and start != _MIDNIGHT:
        return Misread("no-length", tail)
    return start, end
