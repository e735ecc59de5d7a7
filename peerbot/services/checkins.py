"""Check-ins: asked when due, answered tap by tap, each answer saved and judged at once, closed when the day ends."""

import json
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import calendar
from peerbot.care.facts import Facts
from peerbot.care.levels import Level
from peerbot.care.questionnaires import (
    Answers,
    InvalidAnswer,
    Kind,
    Question,
    Questionnaire,
    Value,
    check_value,
    drop_unreachable,
    next_question,
    previous_question,
    progress,
    understand,
)
from peerbot.care.risk import assess
from peerbot.content_files.questionnaires import of_version
from peerbot.db.models import Answer, CheckIn, CheckInState, Participant, Person, Schedule, Silence
from peerbot.delivery.outbox import Delivered, Outcome
from peerbot.errors import Refusal
from peerbot.messages import checkins as say
from peerbot.messages import tips as say_tips
from peerbot.outgoing import Lane, Outgoing
from peerbot.services import access, alerts, crisis, tips
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

DELIVERED = "check_in_delivered"
DAILY = "daily"
BATCH = 500
OUTAGE = timedelta(hours=36)
"""How far back missed prompts are written down one by one after our own outage."""

Due = tuple[Schedule, Participant, Person]


def local_time(text: str) -> time:
    """A stored HH:MM as a time."""
    return time.fromisoformat(text)


async def plan(session: AsyncSession, person: Person, at: time, *, now: datetime) -> Schedule:
    """Sets or moves the daily check-in to local time `at` in the person's zone; never two on one of their days."""
    schedule = await session.scalar(
        select(Schedule).where(Schedule.participant_id == person.id, Schedule.questionnaire == DAILY)
    )
    if schedule is None:
        schedule = Schedule(participant_id=person.id, questionnaire=DAILY, local_time="")
        session.add(schedule)
    last_on = await session.scalar(
        select(CheckIn.local_on)
        .where(CheckIn.participant_id == person.id, CheckIn.questionnaire == DAILY)
        .order_by(CheckIn.local_on.desc())
        .limit(1)
    )
    schedule.local_time = at.strftime("%H:%M")
    schedule.due_on, schedule.due_at = calendar.next_due(now, at, person.zone, not_on=last_on)
    return schedule


async def ask_due(session: AsyncSession, *, now: datetime) -> int:
    """Asks everyone whose time has come, up to a batch; returns how many schedules were moved on.

    Someone already asked today is left in peace. A prompt whose day is over was not sent, and is recorded as that.
    """
    rows = await session.execute(
        select(Schedule, Participant, Person)
        .join(Participant, Participant.person_id == Schedule.participant_id)
        .join(Person, Person.id == Schedule.participant_id)
        .where(Schedule.due_at <= now)
        .order_by(Schedule.due_at)
        .limit(BATCH)
    )
    due: list[Due] = [(row[0], row[1], row[2]) for row in rows]
    asked_already = await _asked_already(session, due)
    fresh: list[tuple[CheckIn, Person]] = []
    for schedule, _part, person in due:
        on = schedule.due_on or calendar.local_day(now, person.zone)
        check_in = _new(session, schedule.participant_id, schedule.questionnaire, on, person.zone, now)
        if (schedule.participant_id, schedule.questionnaire, on) not in asked_already:
            session.add(check_in)
            if check_in.closes_at <= now:
                check_in.state, check_in.silence = CheckInState.CLOSED, Silence.NOT_SENT
            else:
                fresh.append((check_in, person))
        after = max(schedule.due_at or now, now - OUTAGE)
        weekdays = frozenset(int(day) for day in schedule.weekdays)
        schedule.due_on, schedule.due_at = calendar.next_due(
            after, local_time(schedule.local_time), person.zone, weekdays=weekdays, not_on=on
        )
    await session.flush()
    for check_in, person in fresh:
        await _prompt(session, check_in, person, now)
    return len(due)


async def _asked_already(session: AsyncSession, due: Sequence[Due]) -> set[tuple[int, str, object]]:
    if not due:
        return set()
    days = {schedule.due_on for schedule, _, _ in due}
    rows = await session.execute(
        select(CheckIn.participant_id, CheckIn.questionnaire, CheckIn.local_on).where(
            CheckIn.participant_id.in_([schedule.participant_id for schedule, _, _ in due]), CheckIn.local_on.in_(days)
        )
    )
    return {(row[0], row[1], row[2]) for row in rows}


def _new(
    session: AsyncSession, participant_id: int, questionnaire: str, on: object, zone: str, now: datetime
) -> CheckIn:
    version = programme_of(session).questionnaires[questionnaire].version
    return CheckIn(
        participant_id=participant_id,
        questionnaire=questionnaire,
        version=version,
        local_on=on,
        opened_at=now,
        closes_at=calendar.day_closes(on, zone),  # type: ignore[arg-type]
    )


async def _prompt(session: AsyncSession, check_in: CheckIn, person: Person, now: datetime) -> None:
    outgoing = await _bubble(session, check_in, person, {}, first=True, lane=Lane.CHECKIN)
    outgoing = Outgoing(outgoing.text, outgoing.keyboard, Lane.CHECKIN, expires=check_in.closes_at - now)
    await tell(session, person, outgoing, then=DELIVERED, subject_id=check_in.id)


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
            .values(delivered_at=now, message_id=bindparam("message")),
            arrived,
        )
    for each in delivered:
        if each.outcome is not Outcome.SENT:
            check_in = await session.get(CheckIn, each.subject_id or 0)
            if check_in is not None:
                gone = each.outcome is Outcome.UNREACHABLE
                check_in.silence = Silence.UNREACHABLE if gone else Silence.NOT_SENT


def _asked(session: AsyncSession, check_in: CheckIn) -> Questionnaire:
    found = of_version(programme_of(session).questionnaires, check_in.questionnaire, check_in.version)
    if found is None:
        raise Refusal("refused-old-button")
    return found


async def _given(session: AsyncSession, check_in: CheckIn) -> dict[str, Answer]:
    rows = await session.scalars(select(Answer).where(Answer.check_in_id == check_in.id, Answer.replaced_at.is_(None)))
    return {row.question: row for row in rows}


def _values(given: dict[str, Answer]) -> dict[str, Value]:
    return {
        name: tuple(value) if isinstance(value := json.loads(row.value), list) else value for name, row in given.items()
    }


async def _bubble(
    session: AsyncSession,
    check_in: CheckIn,
    person: Person,
    answers: Answers,
    *,
    at: Question | None = None,
    first: bool = False,
    lane: Lane = Lane.REPLY,
) -> Outgoing:
    """The bubble as it stands: the question `at`, else the next one, else the summary."""
    programme, asked = programme_of(session), _asked(session, check_in)
    told = await crisis.who_reads(session, check_in.participant_id) if check_in.level >= Level.SAME_DAY else None
    one = at or next_question(asked, answers, {})
    if one is None:
        return say.summary(
            programme.texts,
            person.locale,
            asked,
            check_in=check_in.id,
            answers=answers,
            told=told,
            next_time=await _next_time(session, person),
            tip=await _tip(session, check_in, person, answers),
        )
    return say.question(
        programme.texts,
        person.locale,
        asked,
        one,
        check_in=check_in.id,
        step=progress(asked, answers, {}, one),
        answers=answers,
        told=told,
        first=first,
        back=previous_question(asked, answers, {}, one) is not None,
        lane=lane,
    )


async def _tip(
    session: AsyncSession, check_in: CheckIn, person: Person, answers: Answers
) -> tuple[str, list[say.Labelled]] | None:
    """A tip for the end of the daily check-in; none after an answer that paged somebody: there the card stands."""
    if check_in.questionnaire != DAILY or check_in.level >= Level.URGENT:
        return None
    tip = await tips.beside_check_in(session, person, check_in, answers)
    return say_tips.part(programme_of(session).texts, person.locale, tip.tip, tip.id, tip.rating)


async def _next_time(session: AsyncSession, person: Person) -> str:
    schedule = await session.scalar(
        select(Schedule).where(Schedule.participant_id == person.id, Schedule.questionnaire == DAILY)
    )
    if schedule is None or schedule.due_at is None:
        return "-"
    return schedule.due_at.astimezone(ZoneInfo(person.zone)).strftime("%H:%M")


async def begin(session: AsyncSession, user: int, *, now: datetime) -> None:
    """Opens today's check-in, or shows where it stands; asked for by the person, so it never waits for the hour."""
    person, part = await access.require_participant(session, user)
    if part.enrolled_at is None:
        raise Refusal("refused-finish-welcome")
    on = calendar.local_day(now, person.zone)
    check_in = await session.scalar(
        select(CheckIn).where(
            CheckIn.participant_id == person.id, CheckIn.questionnaire == DAILY, CheckIn.local_on == on
        )
    )
    if check_in is None:
        check_in = _new(session, person.id, DAILY, on, person.zone, now)
        session.add(check_in)
        await session.flush()
    answers = _values(await _given(session, check_in))
    outgoing = await _bubble(session, check_in, person, answers, first=not answers)
    await tell(session, person, outgoing, then=DELIVERED, subject_id=check_in.id)


async def record_answer(
    session: AsyncSession,
    user: int,
    check_in_id: int,
    question: str,
    value: str,
    *,
    message_id: int | None,
    now: datetime,
) -> Level | None:
    """Saves one tapped answer, judges all given so far, and moves the bubble on; returns the level of new findings."""
    person, part, check_in = await access.own_check_in(session, user, check_in_id)
    if check_in.state == CheckInState.CLOSED or check_in.closes_at <= now:
        raise Refusal("refused-check-in-closed")
    asked = _asked(session, check_in)
    one = asked.question(question)
    if one is None:
        raise Refusal("refused-old-button")
    try:
        clean = check_value(one, int(value) if one.kind in (Kind.SCALE, Kind.DAYS) else value)
    except (InvalidAnswer, ValueError):
        raise Refusal("refused-unknown-answer") from None
    answers = await _save(session, check_in, asked, one, clean, now)
    level = await _judge(session, part, check_in, answers, now)
    if next_question(asked, answers, {}) is None and check_in.state == CheckInState.OPEN:
        check_in.state, check_in.completed_at = CheckInState.COMPLETED, now
    await tell(
        session, person, await _bubble(session, check_in, person, answers), edit=message_id or check_in.message_id
    )
    return level


async def _save(
    session: AsyncSession, check_in: CheckIn, asked: Questionnaire, one: Question, value: Value, now: datetime
) -> dict[str, Value]:
    """Keeps the answer; what it replaces, and what it makes unasked, stays as history."""
    given = await _given(session, check_in)
    before = _values(given)
    after = drop_unreachable(asked, {**before, one.id: value}, {})
    stale = [name for name in given if name not in after or (name == one.id and before[name] != value)]
    for name in stale:
        given[name].replaced_at = now
    if stale:
        await session.flush()
    if one.id not in before or one.id in stale:
        session.add(Answer(check_in_id=check_in.id, question=one.id, value=json.dumps(value), answered_at=now))
    return after


async def _judge(
    session: AsyncSession, part: Participant, check_in: CheckIn, answers: Answers, now: datetime
) -> Level | None:
    findings = assess(Facts(answers=answers, questionnaire=check_in.questionnaire))
    level = await alerts.raise_findings(session, part, findings, source=f"check-in:{check_in.id}", now=now)
    if level is not None:
        check_in.level = max(check_in.level, level)
        if level >= Level.URGENT:
            await crisis.show_card(session, await session.get_one(Person, part.person_id), told=True)
    return level


async def go_back(
    session: AsyncSession,
    user: int,
    check_in_id: int,
    question: str,
    move: str,
    *,
    message_id: int | None,
    now: datetime,
) -> None:
    """Shows the question before this one, or from the summary the last one, so that it can be answered anew."""
    person, _part, check_in = await access.own_check_in(session, user, check_in_id)
    if check_in.state == CheckInState.CLOSED or check_in.closes_at <= now:
        raise Refusal("refused-check-in-closed")
    asked = _asked(session, check_in)
    answers = _values(await _given(session, check_in))
    here = asked.question(question)
    if here is None:
        raise Refusal("refused-old-button")
    at = here if move == "last" else previous_question(asked, answers, {}, here) or here
    outgoing = await _bubble(session, check_in, person, answers, at=at)
    await tell(session, person, outgoing, edit=message_id or check_in.message_id)


async def rate_tip(session: AsyncSession, user: int, shown_id: int, value: int, *, message_id: int) -> None:
    """A thumb on a tip. Below a summary, the whole bubble is shown anew with the mark on it."""
    check_in_id = await tips.rate(session, user, shown_id, value, message_id=message_id)
    if check_in_id is not None:
        person, _part, check_in = await access.own_check_in(session, user, check_in_id)
        answers = _values(await _given(session, check_in))
        await tell(session, person, await _bubble(session, check_in, person, answers), edit=message_id)


async def record_typed(session: AsyncSession, person: Person, text: str, *, now: datetime) -> bool:
    """Understands a typed answer to the question that stands open today; False when there is none or it is not one."""
    on = calendar.local_day(now, person.zone)
    check_in = await session.scalar(
        select(CheckIn).where(
            CheckIn.participant_id == person.id, CheckIn.local_on == on, CheckIn.state == CheckInState.OPEN
        )
    )
    if check_in is None:
        return False
    asked = _asked(session, check_in)
    one = next_question(asked, _values(await _given(session, check_in)), {})
    value = None if one is None else understand(one, text, person.locale)
    if one is None or value is None:
        return False
    await record_answer(
        session, int(person.chat), check_in.id, one.id, str(value), message_id=check_in.message_id, now=now
    )
    return True


async def close_ended(session: AsyncSession, *, now: datetime) -> int:
    """Closes the check-ins whose day is over; yesterday's buttons then write nothing. Silence keeps its kind."""
    ended = (
        await session.scalars(
            select(CheckIn)
            .where(CheckIn.closes_at <= now, CheckIn.state != CheckInState.CLOSED)
            .order_by(CheckIn.closes_at)
            .limit(BATCH)
        )
    ).all()
    answered = set(
        await session.scalars(select(Answer.check_in_id).where(Answer.check_in_id.in_([row.id for row in ended])))
    )
    for check_in in ended:
        unfinished = check_in.state == CheckInState.OPEN
        check_in.state = CheckInState.CLOSED
        if check_in.id not in answered and check_in.silence is None:
            check_in.silence = Silence.UNANSWERED if check_in.delivered_at else Silence.NOT_SENT
        if unfinished and check_in.message_id is not None:
            person = await session.get_one(Person, check_in.participant_id)
            outgoing = say.closed(programme_of(session).texts, person.locale)
            await tell(session, person, outgoing, edit=check_in.message_id)
    return len(ended)
