"""When each participant is asked what: schedules, phases, pauses, quiet hours, moves between zones.

The instant something is due stands in its schedule row, worked out anew whenever anything it rests on changes. What
happens when it comes is `asking`; the carer's screens for all this are `plans`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import calendar
from peerbot.care.questionnaires import Profile
from peerbot.db.models import CheckIn, CheckInState, Person, Rhythm, Schedule

DAILY = "daily"
SAFETY = "asq"
EVERY_DAY = "0123456"
PHASES: Mapping[str, str] = MappingProxyType({"early": EVERY_DAY, "middle": "0246", "late": "03"})
"""Days of the daily check-in, Monday is 0: every day, four days, two days. Our own default, no published value."""
EVERY_WEEKS: Mapping[str, int] = MappingProxyType({"bam-iop": 1, "phq-9": 2, "gad-7": 2, "pacs": 2, "tea": 4})
"""Clinical reference, section 2. A questionnaire of the programme's own is weekly."""
INTAKE = frozenset({"audit-c", "pc-ptsd-5"})
"""Twelve-month and lifetime windows: asked once when a carer says so, never on a schedule (clinical.md section 2)."""
LONGEST_PAUSE = 60  # days; longer than that is a conversation with the team, not a button
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


def local_time(text: str) -> time:
    """A stored HH:MM as a time."""
    return time.fromisoformat(text)


def day_ends(rhythm: Rhythm | None) -> time:
    """The local hour at which the person's day ends."""
    return calendar.DAY_ENDS if rhythm is None else local_time(rhythm.day_ends)


def profile(rhythm: Rhythm | None) -> Profile:
    """The facts that questions may depend on."""
    if rhythm is None:
        return {}
    return {"medication": rhythm.medication, "opioid": rhythm.opioid, "safety_plan": rhythm.safety_plan}


def day_of(person: Person, rhythm: Rhythm | None, now: datetime) -> date:
    """The person's own day."""
    return calendar.local_day(now, person.zone, day_ends(rhythm))


def paused(rhythm: Rhythm | None, on: date) -> bool:
    """Whether nothing is asked on this day."""
    return rhythm is not None and rhythm.paused_until is not None and on < rhythm.paused_until


async def rhythm_of(session: AsyncSession, participant_id: int) -> Rhythm | None:
    """The person's rhythm, None while everything is as by default."""
    return await session.get(Rhythm, participant_id)


async def own_rhythm(session: AsyncSession, participant_id: int) -> Rhythm:
    """The person's rhythm to be changed, made where there is none yet."""
    rhythm = await session.get(Rhythm, participant_id)
    if rhythm is None:
        rhythm = Rhythm(
            participant_id=participant_id,
            day_ends=calendar.DAY_ENDS.strftime("%H:%M"),
            phase="early",
            medication=False,
            opioid=False,
            safety_plan=False,
        )
        session.add(rhythm)
    return rhythm


async def of(session: AsyncSession, participant_id: int) -> Sequence[Schedule]:
    """Every schedule of a participant, the daily check-in first."""
    rows = (await session.scalars(select(Schedule).where(Schedule.participant_id == participant_id))).all()
    return sorted(rows, key=lambda row: (row.questionnaire != DAILY, row.questionnaire))


async def daily_of(session: AsyncSession, participant_id: int) -> Schedule | None:
    """The schedule of the daily check-in."""
    return await session.scalar(
        select(Schedule).where(Schedule.participant_id == participant_id, Schedule.questionnaire == DAILY)
    )


async def last_on(session: AsyncSession, participant_id: int, questionnaire: str) -> date | None:
    """The last local day that had this questionnaire, asked or taken up by the person."""
    return await session.scalar(
        select(CheckIn.local_on)
        .where(CheckIn.participant_id == participant_id, CheckIn.questionnaire == questionnaire)
        .order_by(CheckIn.local_on.desc())
        .limit(1)
    )


def following(
    schedule: Schedule, zone: str, rhythm: Rhythm | None, *, after: datetime, last: date | None
) -> tuple[date | None, datetime | None]:
    """The next (local day, instant) of a schedule: past its pause, in its week, outside quiet hours; none if no day."""
    weekdays = frozenset(int(day) for day in schedule.weekdays)
    if not weekdays:
        return None, None
    at, ends = local_time(schedule.local_time), day_ends(rhythm)
    if rhythm is not None and rhythm.paused_until is not None:
        last = max(last or date.min, rhythm.paused_until - _DAY)
    while True:
        on, due = calendar.next_due(after, at, zone, weekdays=weekdays, day_ends=ends, not_on=last)
        if _in_its_week(schedule, on):
            return on, _after_quiet(due, on, zone, rhythm)
        last = on


def _in_its_week(schedule: Schedule, on: date) -> bool:
    if schedule.every_weeks <= 1 or schedule.counted_from is None:
        return True
    first = schedule.counted_from - schedule.counted_from.weekday() * _DAY
    return ((on - first) // _WEEK) % schedule.every_weeks == 0


def _after_quiet(due: datetime, on: date, zone: str, rhythm: Rhythm | None) -> datetime:
    """Put off to the end of the quiet hours, while that is still the same day of theirs."""
    later = quiet_ends(due, zone, rhythm)
    return later if later < calendar.day_closes(on, zone, day_ends(rhythm)) else due


def quiet_ends(at: datetime, zone: str, rhythm: Rhythm | None) -> datetime:
    """The first instant from `at` on that is outside the person's quiet hours."""
    if rhythm is None or rhythm.quiet_from is None or rhythm.quiet_until is None:
        return at
    return calendar.quiet_ends(at, zone, local_time(rhythm.quiet_from), local_time(rhythm.quiet_until))


async def plan(
    session: AsyncSession,
    person: Person,
    at: time,
    *,
    now: datetime,
    questionnaire: str = DAILY,
    weekdays: str | None = None,
    every_weeks: int = 1,
    by: int | None = None,
) -> Schedule:
    """Sets or moves one schedule to local time `at` in the person's zone; never two on one of their days."""
    schedule = await session.scalar(
        select(Schedule).where(Schedule.participant_id == person.id, Schedule.questionnaire == questionnaire)
    )
    rhythm = await rhythm_of(session, person.id)
    if schedule is None:
        schedule = Schedule(participant_id=person.id, questionnaire=questionnaire, weekdays=EVERY_DAY, every_weeks=1)
        session.add(schedule)
    schedule.local_time = at.strftime("%H:%M")
    if weekdays is not None:
        schedule.weekdays, schedule.every_weeks = weekdays, every_weeks
        schedule.counted_from = day_of(person, rhythm, now)
    if by is not None:
        schedule.set_by, schedule.set_at = by, now
    await _renew(session, person, schedule, rhythm, now)
    return schedule


async def _renew(
    session: AsyncSession, person: Person, schedule: Schedule, rhythm: Rhythm | None, now: datetime
) -> None:
    last = await last_on(session, person.id, schedule.questionnaire)
    schedule.due_on, schedule.due_at = following(schedule, person.zone, rhythm, after=now, last=last)


async def renew_all(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """Works out anew when everything of a person is due."""
    rhythm = await rhythm_of(session, person.id)
    for schedule in await of(session, person.id):
        await _renew(session, person, schedule, rhythm, now)


async def drop(session: AsyncSession, person: Person, questionnaire: str) -> None:
    """Takes a questionnaire off a person's schedule; what was asked stays."""
    schedule = await session.scalar(
        select(Schedule).where(Schedule.participant_id == person.id, Schedule.questionnaire == questionnaire)
    )
    if schedule is not None:
        await session.delete(schedule)


async def move(session: AsyncSession, person: Person, zone: str, *, now: datetime) -> None:
    """The person lives in `zone` from now on: on no local day are they asked never, on none twice.

    Someone who flew east past their hour with nothing asked yet that day is due at once. What is open stays open until
    their day ends where they are now.
    """
    person.zone = zone
    rhythm = await rhythm_of(session, person.id)
    ends = day_ends(rhythm)
    for schedule in await of(session, person.id):
        last = await last_on(session, person.id, schedule.questionnaire)
        if schedule.questionnaire == DAILY and schedule.weekdays and not paused(rhythm, day_of(person, rhythm, now)):
            weekdays = frozenset(int(day) for day in schedule.weekdays)
            on, due = calendar.after_move(
                last, now, local_time(schedule.local_time), zone, weekdays=weekdays, day_ends=ends
            )
            schedule.due_on, schedule.due_at = on, _after_quiet(due, on, zone, rhythm)
        else:
            await _renew(session, person, schedule, rhythm, now)
    opened = await session.scalars(
        select(CheckIn).where(CheckIn.participant_id == person.id, CheckIn.state != CheckInState.CLOSED)
    )
    for check_in in opened:
        check_in.closes_at = calendar.day_closes(check_in.local_on, zone, ends)


async def pause(session: AsyncSession, person: Person, until: date | None, *, now: datetime) -> None:
    """Nothing is asked before the local day `until`; None ends a pause at once."""
    rhythm = await own_rhythm(session, person.id)
    rhythm.paused_until = until
    await renew_all(session, person, now=now)


async def set_phase(session: AsyncSession, person: Person, phase: str, *, by: int, now: datetime) -> None:
    """Changes on which days the daily check-in comes."""
    rhythm = await own_rhythm(session, person.id)
    rhythm.phase = phase
    schedule = await daily_of(session, person.id)
    if schedule is not None:
        await plan(session, person, local_time(schedule.local_time), now=now, weekdays=PHASES[phase], by=by)
