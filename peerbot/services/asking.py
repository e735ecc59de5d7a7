"""Check-ins go out: when due, as a reminder, after a snooze, at once as a follow-up; and are closed when the day ends.

Every function that a tick calls may run twice without harm: what it did stands in the rows it reads.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care.questionnaires import FollowUp
from peerbot.db.models import Answer, Cause, CheckIn, CheckInState, Participant, Person, Rhythm, Schedule, Silence
from peerbot.delivery.outbox import Delivered, Outcome
from peerbot.errors import Refusal
from peerbot.messages import checkins as say
from peerbot.outgoing import Lane, Outgoing
from peerbot.services import access, checkins, risk, schedules
from peerbot.services.checkins import DELIVERED, Standing
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

BATCH = 100
"""Rows in one transaction: on SQLite an answer or an alert waits for the whole of it. Ticks come back while there are
more."""
OUTAGE = timedelta(hours=36)
"""How far back missed prompts are written down one by one after our own outage."""
REMIND_AFTER = timedelta(hours=2)
"""One gentle reminder, this long after a prompt that was not finished: a design default, no published value."""

Due = tuple[Schedule, Person, Rhythm | None]


async def ask_due(session: AsyncSession, *, now: datetime) -> int:
    """Asks everyone whose time has come, up to a batch; returns how many schedules were moved on.

    1. Someone already asked today is left in peace; someone on a pause is asked on the day it ends.
    2. A prompt whose day is over was not sent, and is recorded as that.
    3. Where several questionnaires are due at once, the next one waits for the end of the first.
    """
    rows = await session.execute(
        select(Schedule, Person, Rhythm)
        .join(Person, Person.id == Schedule.participant_id)
        .join(Participant, Participant.person_id == Schedule.participant_id)
        .outerjoin(Rhythm, Rhythm.participant_id == Schedule.participant_id)
        .where(Schedule.due_at <= now, Participant.left_at.is_(None))
        .order_by(Schedule.due_at)
        .limit(BATCH)
        .with_for_update(of=Schedule, skip_locked=True)  # what its owner changes at this moment is asked next time
    )
    due: list[Due] = [(row[0], row[1], row[2]) for row in rows]
    asked_already = await _asked_already(session, due)
    fresh: dict[int, list[Standing]] = {}
    for schedule, person, rhythm in due:
        on = schedule.due_on or schedules.day_of(person, rhythm, now)
        known = schedule.questionnaire in programme_of(session).questionnaires
        if known and (person.id, schedule.questionnaire, on) not in asked_already:
            check_in = _opened(session, schedule, person, rhythm, on, now)
            if check_in.state == CheckInState.OPEN:
                at = checkins.untouched(session, check_in, person, rhythm)
                fresh.setdefault(person.id, []).append(at)
        after = max(schedule.due_at or now, now - OUTAGE)
        schedule.due_on, schedule.due_at = schedules.following(schedule, person.zone, rhythm, after=after, last=on)
    firsts = [min(waiting, key=lambda at: at.check_in.questionnaire != schedules.DAILY) for waiting in fresh.values()]
    for at in firsts:
        at.check_in.touched_at = now
    await session.flush()
    for at in firsts:
        await _send(session, at, now=now)
    return len(due)


def _opened(
    session: AsyncSession, schedule: Schedule, person: Person, rhythm: Rhythm | None, on: date, now: datetime
) -> CheckIn:
    check_in = checkins.opened(session, person, rhythm, schedule.questionnaire, on=on, cause=Cause.SCHEDULE, now=now)
    session.add(check_in)
    if check_in.closes_at <= now:
        check_in.state, check_in.silence = CheckInState.CLOSED, Silence.NOT_SENT
    elif now + REMIND_AFTER < check_in.closes_at:
        check_in.remind_at = now + REMIND_AFTER
    return check_in


async def _asked_already(session: AsyncSession, due: Sequence[Due]) -> set[tuple[int, str, object]]:
    if not due:
        return set()
    rows = await session.execute(
        select(CheckIn.participant_id, CheckIn.questionnaire, CheckIn.local_on).where(
            CheckIn.participant_id.in_([schedule.participant_id for schedule, _, _ in due]),
            CheckIn.questionnaire.in_({schedule.questionnaire for schedule, _, _ in due}),
            CheckIn.local_on.in_({schedule.due_on for schedule, _, _ in due}),
        )
    )
    return {(row[0], row[1], row[2]) for row in rows}


async def prompt(
    session: AsyncSession,
    check_in: CheckIn,
    person: Person,
    *,
    now: datetime,
    lane: Lane = Lane.CHECKIN,
    note: str = "",
) -> None:
    """Sends the bubble as a new message, worth nothing once the day is over."""
    await _send(session, await checkins.standing(session, check_in, person), now=now, lane=lane, note=note)


async def _send(
    session: AsyncSession, at: Standing, *, now: datetime, lane: Lane = Lane.CHECKIN, note: str = ""
) -> None:
    at.check_in.touched_at = now
    made = await checkins.bubble(session, at, lane=lane, note=note)
    outgoing = Outgoing(made.text, made.keyboard, lane, expires=at.check_in.closes_at - now)
    await tell(session, at.person, outgoing, then=DELIVERED, subject_id=at.check_in.id)


async def ask_waiting(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """One check-in is done: the next one that was due and held back goes out."""
    held = [row for row in await checkins.open_ones(session, person.id) if row.touched_at is None]
    if held:
        await prompt(session, held[-1], person, now=now, lane=Lane.REPLY)


async def ask_now(
    session: AsyncSession, person: Person, questionnaire: str, *, cause: Cause, now: datetime
) -> CheckIn | None:
    """Opens and sends a questionnaire at once; None when this day of theirs has had it already."""
    rhythm = await schedules.rhythm_of(session, person.id)
    on = schedules.day_of(person, rhythm, now)
    if await checkins.find(session, person.id, questionnaire, on) is not None:
        return None
    check_in = checkins.opened(session, person, rhythm, questionnaire, on=on, cause=cause, now=now)
    session.add(check_in)
    await session.flush()
    await prompt(session, check_in, person, now=now, lane=Lane.REPLY)
    return check_in


async def follow_up(session: AsyncSession, person: Person, wanted: FollowUp, *, now: datetime) -> None:
    """An answer calls for another questionnaire at once; left unfinished for its minutes, that is itself a finding."""
    check_in = await ask_now(session, person, wanted.questionnaire, cause=Cause.FOLLOW_UP, now=now)
    if check_in is not None:
        check_in.answer_by = now + timedelta(minutes=wanted.within_minutes)


async def begin(session: AsyncSession, user: int, *, now: datetime) -> None:
    """Opens today's check-in, or shows where it stands; asked for by the person, so it never waits for the hour."""
    person, part = await access.require_participant(session, user)
    if part.enrolled_at is None:
        raise Refusal("refused-finish-welcome")
    rhythm = await schedules.rhythm_of(session, person.id)
    on = schedules.day_of(person, rhythm, now)
    unfinished = [row for row in await checkins.open_ones(session, person.id) if row.state == CheckInState.OPEN]
    check_in = await checkins.find(session, person.id, schedules.DAILY, on)
    if check_in is None:
        await ask_now(session, person, schedules.DAILY, cause=Cause.OWN, now=now)
        return
    if check_in.state != CheckInState.OPEN and unfinished:
        check_in = unfinished[0]
    await prompt(session, check_in, person, now=now, lane=Lane.REPLY)


async def remind_due(session: AsyncSession, *, now: datetime) -> int:
    """Brings up what waits: one gentle reminder, or the prompt that was put off; never in quiet hours, never twice."""
    rows = (
        await session.execute(
            select(CheckIn, Person, Rhythm)
            .join(Person, Person.id == CheckIn.participant_id)
            .outerjoin(Rhythm, Rhythm.participant_id == CheckIn.participant_id)
            .where(CheckIn.remind_at <= now)
            .order_by(CheckIn.remind_at)
            .limit(BATCH)
            .with_for_update(of=CheckIn, skip_locked=True)
        )
    ).all()
    for check_in, person, rhythm in rows:
        later = schedules.quiet_ends(now, person.zone, rhythm)
        if later > now:
            check_in.remind_at = later if later < check_in.closes_at else None
            continue
        check_in.remind_at = None
        if check_in.state == CheckInState.OPEN and check_in.closes_at > now:
            await _remind(session, check_in, person, rhythm, now)
    return len(rows)


async def _remind(
    session: AsyncSession, check_in: CheckIn, person: Person, rhythm: Rhythm | None, now: datetime
) -> None:
    texts = programme_of(session).texts
    held_back = check_in.touched_at is None
    if not held_back and check_in.delivered_at is None:
        return  # the prompt itself has not arrived; a reminder would be the second of two at once
    if not held_back and check_in.message_id is not None:
        await tell(session, person, say.continues(texts, person.locale), edit=check_in.message_id)
    check_in.reminded_at = None if held_back else now
    put_off = check_in.snoozed_at is not None
    note = "" if held_back else say.reminder(texts, person.locale, closing_hour(rhythm), put_off=put_off)
    await prompt(session, check_in, person, now=now, note=note)


async def delivered(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """Tells the silences apart: arrived, not sent in time, or nobody there."""
    arrived = [
        {"row": each.subject_id, "message": each.message_id} for each in delivered if each.outcome is Outcome.SENT
    ]
    if arrived:
        connection = await session.connection()
        await connection.execute(
            update(CheckIn)
            .where(CheckIn.__table__.c.id == bindparam("row"))
            .values(delivered_at=now, message_id=bindparam("message"), silence=None),
            arrived,
        )
    for each in delivered:
        if each.outcome is not Outcome.SENT:
            check_in = await session.get(CheckIn, each.subject_id or 0)
            if check_in is not None and check_in.delivered_at is None:
                gone = each.outcome is Outcome.UNREACHABLE
                check_in.silence = Silence.UNREACHABLE if gone else Silence.NOT_SENT


async def close_ended(session: AsyncSession, *, now: datetime) -> int:
    """Closes the check-ins whose day is over; yesterday's buttons then write nothing. Silence keeps its kind."""
    ended = (
        await session.scalars(
            select(CheckIn)
            .where(CheckIn.closes_at <= now, CheckIn.state != CheckInState.CLOSED)
            .order_by(CheckIn.closes_at)
            .limit(BATCH)
            .with_for_update(of=CheckIn, skip_locked=True)
        )
    ).all()
    if not ended:
        return 0
    unfinished = [row for row in ended if row.state == CheckInState.OPEN and row.message_id is not None]
    silent = await _closed(session, ended)
    await session.flush()
    people = await _people_of(session, ended)
    for check_in in silent:
        _person, part, rhythm = people[check_in.participant_id]
        await risk.judge_silence(session, check_in, part, rhythm, now=now)
    for check_in in unfinished:
        person, _part, _rhythm = people[check_in.participant_id]
        outgoing = say.closed(programme_of(session).texts, person.locale)
        await tell(session, person, outgoing, edit=check_in.message_id)
    return len(ended)


async def _closed(session: AsyncSession, ended: Sequence[CheckIn]) -> list[CheckIn]:
    """Closes them; returns those without an answer, each with its kind of silence."""
    answered = set(
        await session.scalars(
            # Only answers that stand are indexed; where one was replaced, the one instead of it stands.
            select(Answer.check_in_id).where(
                Answer.check_in_id.in_([row.id for row in ended]), Answer.replaced_at.is_(None)
            )
        )
    )
    for check_in in ended:
        check_in.state, check_in.at_question, check_in.remind_at = CheckInState.CLOSED, None, None
        if check_in.id not in answered and check_in.silence is None:
            check_in.silence = Silence.UNANSWERED if check_in.delivered_at else Silence.NOT_SENT
    return [row for row in ended if row.silence is not None and row.id not in answered]


async def _people_of(
    session: AsyncSession, ended: Sequence[CheckIn]
) -> dict[int, tuple[Person, Participant, Rhythm | None]]:
    """Whose they are, read at once with what the rules ask of each."""
    rows = await session.execute(
        select(Person, Participant, Rhythm)
        .join(Participant, Participant.person_id == Person.id)
        .outerjoin(Rhythm, Rhythm.participant_id == Person.id)
        .where(Person.id.in_({row.participant_id for row in ended}))
    )
    return {row[0].id: (row[0], row[1], row[2]) for row in rows}


async def find_unanswered(session: AsyncSession, *, now: datetime) -> int:
    """A follow-up that was not finished in its time is itself a finding: nobody knows whether this person is safe."""
    rows = (
        await session.execute(
            select(CheckIn, Participant)
            .join(Participant, Participant.person_id == CheckIn.participant_id)
            .where(CheckIn.answer_by <= now)
            .limit(BATCH)
            .with_for_update(of=CheckIn, skip_locked=True)
        )
    ).all()
    for check_in, part in rows:
        check_in.answer_by = None
        if check_in.completed_at is None and part.left_at is None:
            await risk.judge_unanswered(session, check_in, now=now)
    return len(rows)


def snoozed_until(check_in: CheckIn, now: datetime, by: timedelta) -> datetime:
    """When a put-off prompt comes back; refused once, and when the day would be over by then."""
    if check_in.snoozed_at is not None or now + by >= check_in.closes_at or check_in.state != CheckInState.OPEN:
        raise Refusal("refused-no-snooze")
    return now + by


def closing_hour(rhythm: Rhythm | None) -> str:
    """The local hour until which an answer still counts for today."""
    return schedules.day_ends(rhythm).strftime("%H:%M")
