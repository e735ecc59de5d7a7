"""People answer: each tap or typed word is saved and judged at once, and the bubble moves on.

Back, skip, pause, put off and correct are here too. A call for help is never refused, however old its button.
"""

import json
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care.levels import Level
from peerbot.care.questionnaires import (
    SKIPPED,
    InvalidAnswer,
    Kind,
    Question,
    Value,
    applicable,
    check_value,
    drop_unreachable,
    follow_ups,
    previous_question,
    understand,
)
from peerbot.db.models import Answer, CheckInState, Participant, Person
from peerbot.errors import Refusal
from peerbot.messages import checkins as say
from peerbot.services import access, asking, checkins, crisis
from peerbot.services.checkins import Standing
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

SNOOZE = timedelta(hours=1)
CALLS = frozenset({("help", "help-now"), ("safe-now", "no")})
"""Taps that ask for help now, wherever they stand."""
OVERDOSE_RISK = frozenset({"opioids", "unknown"})
"""Substances after which the overdose card is shown at once (clinical reference, section 2)."""


async def record_answer(
    session: AsyncSession,
    user: int,
    check_in_id: int,
    question: str,
    value: str,
    *,
    message_id: int,
    event: str,
    now: datetime,
) -> Level | None:
    """Saves one tapped answer, judges all given so far, and moves the bubble on; returns the level of new findings."""
    try:
        at, part, one = await _own_open(session, user, check_in_id, question, now)
    except Refusal:
        if (question, value) in CALLS:
            await crisis.help_now(session, user, programme_of(session).locale, event=event, now=now)
            return Level.URGENT
        raise
    if (question, value) in CALLS and (at.answers.get(question) == value or not _is_asked(at, question)):
        # Said once more, or on an old screen where the question no longer stands: it is a call for help all the same.
        await crisis.help_now(session, user, at.person.locale, event=event, now=now)
        return Level.URGENT
    try:
        clean = _clean(one, value, at.answers.get(one.id))
    except (InvalidAnswer, ValueError):
        raise Refusal("refused-unknown-answer") from None
    at.check_in.at_question = one.id if one.kind is Kind.SEVERAL else None
    return await _take(session, at, part, one, clean, message_id, now)


def _is_asked(at: Standing, question: str) -> bool:
    return any(one.id == question for one in applicable(at.asked, at.answers, at.profile))


def _clean(one: Question, tapped: str, before: Value | None) -> Value:
    """What a tap stands for. Of several options each tap turns one on or off."""
    if one.kind in (Kind.SCALE, Kind.DAYS):
        return check_value(one, int(tapped))
    if one.kind is not Kind.SEVERAL:
        return check_value(one, tapped)
    chosen = {*before} if isinstance(before, tuple) else set()
    return check_value(one, tuple(chosen ^ {tapped}))


async def _own_open(
    session: AsyncSession, user: int, check_in_id: int, question: str, now: datetime
) -> tuple[Standing, Participant, Question]:
    with session.no_autoflush:  # nothing read here waits in this unit of work
        person, part, check_in, rhythm = await access.own_check_in(session, user, check_in_id)
        if check_in.state == CheckInState.CLOSED or check_in.closes_at <= now:
            raise Refusal("refused-check-in-closed")
        at = await checkins.standing_of(session, check_in, person, rhythm)
    one = at.asked.question(question)
    if one is None:
        raise Refusal("refused-old-button")
    return at, part, one


async def _take(
    session: AsyncSession,
    at: Standing,
    part: Participant,
    one: Question,
    value: Value,
    message_id: int | None,
    now: datetime,
) -> Level | None:
    """One valid answer, in order: kept, judged, followed up, and the bubble moved on."""
    check_in, person = at.check_in, at.person
    first = not at.answers
    answers = await _save(session, at, one, value, now)
    at = Standing(check_in, person, at.asked, answers, at.profile, at.rhythm)
    check_in.touched_at, check_in.silence = now, None
    if first and check_in.late_at is not None and now >= check_in.late_at:
        check_in.late = True
    level = await checkins.judge(session, part, at, now)
    await _overdose_card(session, at, now)
    for wanted in follow_ups(at.asked, answers, at.profile):
        await asking.follow_up(session, person, wanted, now=now)
    await _move_on(session, at, one, message_id, now)
    return level


async def _save(session: AsyncSession, at: Standing, one: Question, value: Value, now: datetime) -> dict[str, Value]:
    """Keeps the answer; what it replaces, and what it makes unasked, stays as history."""
    rows, before = at.rows, at.answers
    after = drop_unreachable(at.asked, {**before, one.id: value}, at.profile)
    stale = [name for name in rows if name not in after or (name == one.id and before[name] != value)]
    for name in stale:
        rows[name].replaced_at = now
    if stale:
        await session.flush()
    if one.id in after and (one.id not in before or one.id in stale):
        session.add(Answer(check_in_id=at.check_in.id, question=one.id, value=json.dumps(value), answered_at=now))
    return after


async def _overdose_card(session: AsyncSession, at: Standing, now: datetime) -> None:
    """Once per check-in, as soon as an answer says opioids or nobody knows what."""
    said = at.answers.get("substance")
    at_risk = isinstance(said, tuple) and not OVERDOSE_RISK.isdisjoint(said)
    known_user = bool(at.profile.get("opioid")) and at.answers.get("use") == "other"
    if (at_risk or known_user) and at.check_in.overdose_card_at is None:
        at.check_in.overdose_card_at = now
        await crisis.show_overdose_card(session, at.person)


async def _move_on(session: AsyncSession, at: Standing, one: Question, message_id: int | None, now: datetime) -> None:
    check_in, person = at.check_in, at.person
    finished = at.ended and check_in.at_question is None
    done_now = finished and check_in.state == CheckInState.OPEN
    if done_now:
        check_in.state, check_in.completed_at = CheckInState.COMPLETED, check_in.completed_at or now
        check_in.remind_at = check_in.answer_by = None
    elif not at.ended:
        check_in.state = CheckInState.OPEN  # a correction has opened questions that were not asked before
    following = at.question
    if following is not None and following.burst > one.burst and check_in.at_question is None:
        texts = programme_of(session).texts
        outgoing = say.part_done(texts, person.locale, at.asked, following, check_in=check_in.id)
    else:
        outgoing = await checkins.bubble(session, at)
    await tell(session, person, outgoing, edit=message_id or check_in.message_id)
    if done_now:
        await session.flush()
        await asking.ask_waiting(session, person, now=now)


async def move(
    session: AsyncSession, user: int, check_in_id: int, question: str, act: str, *, message_id: int, now: datetime
) -> None:
    """A button that is no answer: back, skip, done, list, at, go, stop, snooze."""
    at, part, one = await _own_open(session, user, check_in_id, question, now)
    check_in, person = at.check_in, at.person
    check_in.touched_at = now
    texts = programme_of(session).texts
    match act:
        case "skip":
            await _skip(session, at, part, one, message_id, now)
            return
        case "done":
            await _done(session, at, part, one, message_id, now)
            return
        case "snooze":
            check_in.remind_at = asking.snoozed_until(check_in, now, SNOOZE)
            check_in.snoozed_at, check_in.late_at = now, check_in.remind_at + checkins.LATE_AFTER
            outgoing = say.snoozed(texts, person.locale, check_in.id, one.id, check_in.remind_at, person.zone)
        case "stop":
            until = asking.closing_hour(at.rhythm)
            outgoing = say.stopped(texts, person.locale, check_in.id, one.id, until)
        case "list":
            outgoing = say.choose_answer(texts, person.locale, at.asked, at.answers, check_in=check_in.id)
        case "back" | "at" | "go":
            before = previous_question(at.asked, at.answers, at.profile, one) if act == "back" else one
            check_in.at_question = None if act == "go" else (before or one).id
            outgoing = await checkins.bubble(session, at)
        case _:
            raise Refusal("refused-old-button")
    await tell(session, person, outgoing, edit=message_id)


async def _skip(
    session: AsyncSession, at: Standing, part: Participant, one: Question, message_id: int, now: datetime
) -> None:
    if not one.skippable:
        raise Refusal("refused-unknown-answer")
    at.check_in.at_question = None
    await _take(session, at, part, one, SKIPPED, message_id, now)


async def _done(
    session: AsyncSession, at: Standing, part: Participant, one: Question, message_id: int, now: datetime
) -> None:
    """The end of choosing several: what is chosen stands, nothing chosen is an answer too."""
    if one.kind is not Kind.SEVERAL:
        raise Refusal("refused-old-button")
    at.check_in.at_question = None
    kept = at.answers.get(one.id)
    await _take(session, at, part, one, kept if isinstance(kept, tuple) else (), message_id, now)


async def record_typed(session: AsyncSession, person: Person, part: Participant, text: str, *, now: datetime) -> bool:
    """Understands words as the answer to the question last shown; False when there is none or they are not one."""
    waiting = [
        row
        for row in await checkins.open_ones(session, person.id)
        if (row.state == CheckInState.OPEN or row.at_question) and row.touched_at and row.closes_at > now
    ]
    if not waiting:
        return False
    at = await checkins.standing(session, waiting[0], person)
    one = at.question
    value = None if one is None else understand(one, text, person.locale)
    if one is None or value is None:
        return False
    at.check_in.at_question = None
    await _take(session, at, part, one, value, None, now)
    return True
