"""Tips: one that fits what a person answered, when they ask, at the end of a check-in, or once a day if they want that.

Here: what is known when a tip is chosen, what was shown, ratings, the daily plan. Not here: the choice (care/tips) and
the tips themselves (content/tips).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import calendar
from peerbot.care.tips import CRAVING_ASKS, Tip, TipFacts, choose
from peerbot.db.models import (
    Alert,
    AlertState,
    Answer,
    CheckIn,
    Dialog,
    Participant,
    Person,
    TipPlan,
    TipShown,
)
from peerbot.errors import Refusal
from peerbot.messages import tips as say
from peerbot.services import access
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

DIALOG, STEP = "tips", "tip-time"
DAILY = "daily"  # the questionnaire whose answers a tip goes by
LOOK_BACK = timedelta(days=60)
LAPSE_STAYS = timedelta(days=2)  # peerbot's default: how long a reported lapse still shapes the tips
USED = frozenset({"alcohol", "other"})
LATE = timedelta(hours=3)
TYPED_WITHIN = timedelta(minutes=10)
BATCH = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A tip as it stands in a message."""

    id: int
    tip: Tip
    rating: int | None


async def give(session: AsyncSession, user: int, *, now: datetime) -> None:
    """/tip and the Tip key: one thing to do now."""
    person, _part = await access.require_participant(session, user)
    await _tell(session, person, await _show(session, person, on=calendar.local_day(now, person.zone)))


async def after_words(session: AsyncSession, person: Person, *, urge: bool, now: datetime) -> None:
    """A tip after words of a hard moment: for an urge, or for no time of cheer."""
    on = calendar.local_day(now, person.zone)
    facts = replace(await _facts(session, person, on, None), dark=True)
    if urge:
        facts = replace(facts, craving=max(facts.craving or 0, CRAVING_ASKS))
    await _tell(session, person, await _show(session, person, on=on, facts=facts))


async def _tell(session: AsyncSession, person: Person, shown: Shown) -> None:
    planned = await session.get(TipPlan, person.id)
    at = planned.local_time if planned else None
    await tell(session, person, say.tip(programme_of(session).texts, person.locale, shown.tip, shown.id, daily_at=at))


async def beside_check_in(
    session: AsyncSession, person: Person, check_in: CheckIn, answers: Mapping[str, object]
) -> Shown:
    """The tip below a check-in's summary: chosen once, and again only if a changed answer no longer bears it."""
    facts = await _facts(session, person, check_in.local_on, answers)
    row = await session.scalar(select(TipShown).where(TipShown.check_in_id == check_in.id))
    by_id = {tip.id: tip for tip in programme_of(session).tips}
    if row is None:
        return await _show(session, person, on=check_in.local_on, facts=facts, check_in_id=check_in.id)
    # Chosen without itself among the recent: the same answers give the same tip, and a rated one is left in peace.
    best = await _choose(session, person, facts, check_in.local_on, without=row.id)
    if row.tip not in by_id or best.id != row.tip:
        row.tip, row.rating = best.id, None
    return Shown(row.id, by_id[row.tip], row.rating)


async def _show(
    session: AsyncSession,
    person: Person,
    *,
    on: date,
    facts: TipFacts | None = None,
    check_in_id: int | None = None,
) -> Shown:
    tip = await _choose(session, person, facts or await _facts(session, person, on, None), on)
    row = TipShown(person_id=person.id, tip=tip.id, shown_on=on, check_in_id=check_in_id)
    session.add(row)
    await session.flush()
    return Shown(row.id, tip, None)


async def _choose(session: AsyncSession, person: Person, facts: TipFacts, on: date, *, without: int = 0) -> Tip:
    rows = await session.execute(
        select(TipShown.tip, func.max(TipShown.shown_on))
        .where(TipShown.person_id == person.id, TipShown.shown_on > on - LOOK_BACK, TipShown.id != without)
        .group_by(TipShown.tip)
    )
    rated = await session.execute(
        select(TipShown.tip, func.sum(TipShown.rating))
        .where(TipShown.person_id == person.id, TipShown.rating.is_not(None), TipShown.id != without)
        .group_by(TipShown.tip)
    )
    recent = {row[0]: row[1] for row in rows}
    ratings = {row[0]: int(row[1] or 0) for row in rated}
    return choose(programme_of(session).tips, facts, recent, on, str(person.id), ratings=ratings)


async def _facts(session: AsyncSession, person: Person, on: date, answers: Mapping[str, object] | None) -> TipFacts:
    """What is known now: the answers at hand or today's, a lapse of the last days, an open alert."""
    days = await _answers_of_last_days(session, person.id, on)
    said = answers if answers is not None else days.get(on, {})
    alert = await session.scalar(
        select(Alert.id).where(Alert.participant_id == person.id, Alert.state != AlertState.CLOSED).limit(1)
    )
    use, mood, craving = said.get("use"), said.get("mood"), said.get("craving")
    return TipFacts(
        use=use if isinstance(use, str) else None,
        mood=mood if isinstance(mood, int) else None,
        craving=craving if isinstance(craving, int) else None,
        lapse=any(day.get("use") in USED for when, day in days.items() if when != on or answers is None),
        dark=alert is not None,
    )


async def _answers_of_last_days(session: AsyncSession, person_id: int, on: date) -> dict[date, dict[str, object]]:
    rows = await session.execute(
        select(CheckIn.local_on, Answer)
        .join(Answer, Answer.check_in_id == CheckIn.id)
        .where(
            CheckIn.participant_id == person_id,
            CheckIn.questionnaire == DAILY,
            CheckIn.local_on.between(on - LAPSE_STAYS, on),
            Answer.replaced_at.is_(None),
        )
    )
    days: dict[date, dict[str, object]] = {}
    for local_on, answer in rows:
        days.setdefault(local_on, {})[answer.question] = json.loads(answer.value)
    return days


async def rate(session: AsyncSession, user: int, shown_id: int, value: int, *, message_id: int) -> int | None:
    """This helped, or not: kept for the next choice. Returns the check-in below whose summary the tip stands."""
    person, _part = await access.require_participant(session, user)
    row = await session.get(TipShown, shown_id)
    tip = next((one for one in programme_of(session).tips if row is not None and one.id == row.tip), None)
    if row is None or row.person_id != person.id or value not in (1, -1):
        raise Refusal("refused-not-yours")
    row.rating = value
    if tip is not None and row.check_in_id is None:
        texts = programme_of(session).texts
        await tell(session, person, say.tip(texts, person.locale, tip, row.id, rating=value), edit=message_id)
    return row.check_in_id


# --- the daily tip -------------------------------------------------------------------------------------------------


async def settings(session: AsyncSession, user: int, value: str, *, message_id: int, now: datetime) -> None:
    """A tap on the daily tip: `show`, `off`, or a time like 09.00."""
    person, part = await access.require_participant(session, user)
    if part.enrolled_at is None:
        raise Refusal("refused-finish-welcome")
    if value == "show":
        await _stand(session, person, now)
        planned = await session.get(TipPlan, person.id)
        outgoing = say.daily(programme_of(session).texts, person.locale, at=planned.local_time if planned else None)
        await tell(session, person, outgoing)
        return
    await _plan(session, person, value, now=now, edit=message_id)


async def _stand(session: AsyncSession, person: Person, now: datetime) -> None:
    """A typed time that follows is meant for the daily tip."""
    dialog = await session.get(Dialog, person.id)
    if dialog is None:
        dialog = Dialog(person_id=person.id, facts="{}")
        session.add(dialog)
    dialog.kind, dialog.step, dialog.since_at = DIALOG, STEP, now


async def type_in(session: AsyncSession, person: Person, text: str, *, now: datetime) -> bool:
    """A typed time for the daily tip; False when none was asked for."""
    dialog = await session.get(Dialog, person.id)
    if dialog is None or dialog.kind != DIALOG:
        return False
    if now - dialog.since_at > TYPED_WITHIN:  # a number typed later answers something else
        await session.delete(dialog)
        await session.flush()
        return False
    await _plan(session, person, text, now=now, edit=None)
    return True


async def _plan(session: AsyncSession, person: Person, value: str, *, now: datetime, edit: int | None) -> None:
    plan = await session.get(TipPlan, person.id)
    at = None if value == "off" else calendar.parse_time(value)
    if at is None and value != "off":
        raise Refusal("refused-time")
    if at is None:
        if plan is not None:
            await session.delete(plan)
    else:
        if plan is None:
            plan = TipPlan(person_id=person.id)
            session.add(plan)
        plan.local_time = at.strftime("%H:%M")
        plan.due_on, plan.due_at = calendar.next_due(now, at, person.zone)
    dialog = await session.get(Dialog, person.id)
    if dialog is not None and dialog.kind == DIALOG:
        await session.delete(dialog)
    shown = plan.local_time if at is not None and plan is not None else None
    await tell(session, person, say.planned(programme_of(session).texts, person.locale, at=shown), edit=edit)


async def send_due(session: AsyncSession, *, now: datetime) -> int:
    """Sends the daily tips whose time has come. One that is hours late is left out: a tip is for its moment."""
    rows = await session.execute(
        select(TipPlan, Person, Participant)
        .join(Person, Person.id == TipPlan.person_id)
        .join(Participant, Participant.person_id == TipPlan.person_id)
        .where(TipPlan.due_at <= now)
        .order_by(TipPlan.due_at)
        .limit(BATCH)
    )
    due = rows.all()
    for plan, person, part in due:
        on, at = plan.due_on, plan.due_at
        if part.left_at is not None:
            await session.delete(plan)
            continue
        if on is not None and at is not None and now - at < LATE and person.reachable:
            shown = await _show(session, person, on=on)
            texts = programme_of(session).texts
            await tell(session, person, say.daily_tip(texts, person.locale, shown.tip, shown.id))
        local = calendar.parse_time(plan.local_time)
        if local is None:
            await session.delete(plan)
        else:
            plan.due_on, plan.due_at = calendar.next_due(now, local, person.zone, not_on=on)
    return len(due)
