"""Counting sober days so that a lapse takes nothing away and silence is never held against anyone.

Here: total, current run and best run from what a person told us day by day, and the chips on the way. Not here: the
answers themselves (`questionnaires`), what a lapse means for safety (`risk.py`), and the words (texts).

The rule. "No use since my last check-in" covers every day since that check-in, so days without an answer are bridged
by the next "no". "Yes" marks its own day and ends the run; it says nothing about the silent days before it, which stay
uncounted. "Rather not say", and silence until now, are neither sober days nor use: they add nothing and end nothing.
A day is counted once it is told, so today counts after today's "no". Use told later for an earlier date is simply a
"yes" on that date. These are the person's own days (`calendar.local_day`).
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, pairwise, takewhile
from typing import Literal

Use = Literal["no", "yes", "unknown"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a person said about the time before their check-ins: on `said_on`, sober since `since` (that day counts)."""

    since: date
    said_on: date


@dataclass(frozen=True, slots=True)
class SoberDays:
    """Days told as sober: ever, since the last told use, and in the longest run. Whole days, none below zero."""

    total: int
    current_run: int
    best_run: int


@dataclass(frozen=True, slots=True)
class SoberPart:
    """One piece of the sober-day line: the end of a text id and its number; "day-one" has none."""

    kind: Literal["total", "run", "day-one", "best"]
    days: int | None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A chip. `days` is when it is reached; `number` and `unit` are how it is called ("9 months")."""

    days: int
    number: int
    unit: Literal["day", "month", "year"]

    @property
    def name(self) -> str:
        """A stable key to keep in a row or a button: "day-30", "month-9", "year-2"."""
        return f"{self.unit}-{self.number}"


def sober_days(uses: Mapping[date, Use], today: date, declared: Declared | None = None) -> SoberDays:
    """Total, current run and best run up to and including `today`; answers dated later are left aside.

    Without a declaration counting begins at the first answer. A "yes" always outweighs the declaration.
    """
    told = sorted((day, use) for day, use in uses.items() if day <= today)
    used = [day for day, use in told if use == "yes"]
    sober = sorted(_told_sober(told, today, declared).difference(used))
    ends = [0, *(bisect_left(sober, day) for day in used), len(sober)]
    runs = [after - before for before, after in pairwise(ends)]
    return SoberDays(total=len(sober), current_run=runs[-1], best_run=max(runs))


def _told_sober(told: list[tuple[date, Use]], today: date, declared: Declared | None) -> set[date]:
    """Every day a person said was sober, by declaration or by a "no" that reaches back to the check-in before."""
    sober: set[date] = set()
    covered: date | None = None  # the last day spoken for so far
    if declared is not None:
        covered = min(declared.said_on - _DAY, today)
        sober.update(_days(declared.since, covered))
    for day, use in told:
        if use == "no":
            sober.update(_days(day if covered is None else min(day, covered + _DAY), day))
        covered = day if covered is None else max(day, covered)
    return sober


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))


def sober_line(days: SoberDays) -> tuple[SoberPart, ...]:
    """The parts to say, always together and never a bare zero: no run yet is "today is day one"."""
    run = SoberPart("run", days.current_run) if days.current_run else SoberPart("day-one", None)
    if not days.total:
        return (run,)
    return SoberPart("total", days.total), run, SoberPart("best", days.best_run)


def _milestones() -> Iterator[Milestone]:
    """All chips, without end. A month is a twelfth of 365.25 days, rounded down: two days off the date at most."""
    yield from (Milestone(days, days, "day") for days in (1, 7, 30, 60, 90))
    yield from (Milestone(int(months * 365.25 / 12), months, "month") for months in (6, 9))
    yield Milestone(365, 1, "year")
    yield Milestone(int(18 * 365.25 / 12), 18, "month")
    yield from (Milestone(int(years * 365.25), years, "year") for years in count(2))


def milestones_reached(before: int, after: int) -> tuple[Milestone, ...]:
    """The chips passed on the way from `before` to `after` days; none on the way down, and none is ever taken back.

    Give the current run to celebrate. `milestones_reached(0, best_run)` are all the chips a person has earned.
    """
    return tuple(m for m in takewhile(lambda m: m.days <= after, _milestones()) if m.days > before)


def next_milestone(days: int) -> Milestone:
    """The next chip ahead of `days`; there always is one."""
    return next(m for m in _milestones() if m.days > days)
