"""Alerts: findings open or join the participant's one alert, people are told in rounds until one of them closes it.

State only rises, is acknowledged and is closed; sent is not done, acknowledged is not done. Every telling is a notice
row and an outbox row of the CRISIS lane in the transaction of its cause.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot import log
from peerbot.care import escalation
from peerbot.care.levels import Level
from peerbot.care.risk import Finding
from peerbot.db.models import (
    Alert,
    AlertEvent,
    AlertState,
    Feedback,
    Notice,
    Participant,
    Person,
    Role,
    StaffRole,
)
from peerbot.db.models import Finding as FindingRow
from peerbot.delivery.outbox import Delivered, withdraw
from peerbot.delivery.outbox import Outcome as DeliveryOutcome
from peerbot.errors import Refusal
from peerbot.messages import alerts as say
from peerbot.outgoing import Lane, Outgoing
from peerbot.services import access
from peerbot.services.findings import store
from peerbot.services.post import call, target_of, tell
from peerbot.services.programme import programme_of

NOTICE_SETTLED = "notice_settled"
DETAILS_SHOWN = "details_shown"
SEEN = "seen"
DETAILS_STAY = timedelta(minutes=15)
MOST_COPIES = 3  # of one person's older notices that are still brought up to date
logger = log.get("alerts")


def held(query: Select[Alert], *, wait: bool = True) -> Select[Alert]:
    """Locks the alerts of a query until the end of the transaction, as they are now; else leaves out those in use.

    On PostgreSQL a page and an acknowledgement may come at the same moment; SQLite has one writer anyway.
    """
    return query.with_for_update(of=Alert, skip_locked=not wait).execution_options(populate_existing=True)


async def raise_findings(
    session: AsyncSession, part: Participant, findings: Sequence[Finding], *, source: str, now: datetime
) -> Level | None:
    """Stores new findings and pages where they ask for it; returns the highest new level, None when nothing is new.

    1. A finding already stored for the same source and rule is not new.
    2. SAME_DAY and above join the participant's open alert, or open one. A finding of a rule that measured the same
       within 24 hours joins an open alert but opens none.
    3. A new or risen alert pages; every URGENT or EMERGENCY finding pages again, also into an acknowledged alert.

    Findings that cooled down and joined nothing count for no level: nobody is told that somebody was told.
    """
    if findings:
        await _one_at_a_time(session, part)
    fresh = await store(session, part, findings, source=source, now=now)
    serious = [row for row in fresh if escalation.alerts(Level(row.level))]
    if any(not row.cooled for row in serious):
        level = max(Level(row.level) for row in serious if not row.cooled)
        alert, is_new = await _open_alert(session, part, level, now)
        risen = level > alert.level
        alert.level = max(alert.level, level)
        if is_new or risen or level >= Level.URGENT:
            await _page(session, alert, part, now, event="paged" if is_new else "paged-again")
        _join(serious, alert)
    elif serious and (open_alert := await _unfinished(session, part)) is not None:
        _join(serious, open_alert)
    return max((Level(row.level) for row in fresh if row.alert_id or not row.cooled), default=None)


async def _one_at_a_time(session: AsyncSession, part: Participant) -> None:
    """Locks the participant and reads them anew: two findings at once would both open an alert, and one would be lost;
    and who is told has to be the counselor of this moment. Rows that only point at the participant need not wait.
    """
    query = select(Participant).where(Participant.person_id == part.person_id)
    await session.execute(query.with_for_update(key_share=True).execution_options(populate_existing=True))


def _join(rows: Sequence[FindingRow], alert: Alert) -> None:
    for row in rows:
        row.alert_id = alert.id


async def _unfinished(session: AsyncSession, part: Participant) -> Alert | None:
    return await session.scalar(
        held(select(Alert).where(Alert.participant_id == part.person_id, Alert.state != AlertState.CLOSED))
    )


async def _open_alert(session: AsyncSession, part: Participant, level: Level, now: datetime) -> tuple[Alert, bool]:
    alert = await _unfinished(session, part)
    if alert is not None:
        return alert, False
    supervisors = [person.id for person in await access.carers(session, Role.SUPERVISOR)]
    steps = [[part.counselor_id], [person for person in supervisors if person != part.counselor_id]]
    alert = Alert(
        participant_id=part.person_id,
        level=level,
        steps=json.dumps([step for step in steps if step]),
        opened_at=now,
    )
    session.add(alert)
    await session.flush()
    _note(session, alert, "opened", now)
    logger.info("alert_opened", alert=alert.id, level_name=level.name)
    return alert, True


def _note(
    session: AsyncSession, alert: Alert, event: str, now: datetime, *, by: int | None = None, detail: str | None = None
) -> None:
    session.add(AlertEvent(alert_id=alert.id, at=now, event=event, person_id=by, detail=detail))


async def _able(session: AsyncSession, people: set[int]) -> set[int]:
    """Who of these can be told now: a carer at this moment, with a chat that works."""
    found = await session.scalars(
        select(Person.id)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(
            Person.id.in_(people),
            Person.reachable,
            StaffRole.ended_at.is_(None),
            StaffRole.role.in_(access.CARERS),
        )
    )
    return set(found)


async def _page(
    session: AsyncSession, alert: Alert, part: Participant, now: datetime, *, event: str, further: bool = False
) -> None:
    """Tells the people of the alert's step, and of all steps before, and sets when it is due again."""
    steps = tuple(tuple(step) for step in json.loads(alert.steps))
    able = await _able(session, {person for step in steps for person in step} | {alert.acknowledged_by or 0})
    telling = escalation.telling(steps, alert.step + further, able)
    for step in telling.skipped:
        _note(session, alert, "step-empty", now, detail=str(step))
    people = dict.fromkeys(telling.people)
    if alert.acknowledged_by in able and alert.acknowledged_by is not None:
        people[alert.acknowledged_by] = None
    if not people:
        people = dict.fromkeys(await _anyone(session, alert, now))
    alert.step = telling.step
    alert.round += 1
    alert.state = AlertState.OPEN
    alert.next_page_at = now + escalation.interval(Level(alert.level))
    _note(session, alert, event, now, detail=f"step {alert.step}, {len(people)} people")
    for person_id in people:
        await _notify(session, alert, part, person_id, now)


async def _anyone(session: AsyncSession, alert: Alert, now: datetime) -> list[int]:
    """Nobody of the policy can be told: every other carer is; and the admins learn that it came to that."""
    others = [person for role in (Role.SUPERVISOR, Role.COUNSELOR) for person in await access.carers(session, role)]
    _note(session, alert, "nobody-reachable", now, detail=f"{len(others)} others told")
    logger.critical("alert_reaches_nobody_assigned", alert=alert.id, count=len(others))
    for admin in await access.carers(session, Role.ADMIN):
        await tell(session, admin, say.nobody_reachable(programme_of(session).texts, admin.locale, alert=alert.id))
    return list(dict.fromkeys(person.id for person in others))


async def _notify(session: AsyncSession, alert: Alert, part: Participant, person_id: int, now: datetime) -> None:
    programme = programme_of(session)
    person = await session.get_one(Person, person_id)
    notice = Notice(alert_id=alert.id, step=alert.step, round=alert.round, person_id=person_id, queued_at=now)
    session.add(notice)
    await session.flush()
    outgoing = say.notice(
        programme.texts,
        person.locale,
        alert=alert.id,
        level=Level(alert.level),
        case=part.case_code,
        waiting=alert.round > 1,
        minutes=int(escalation.interval(Level(alert.level)).total_seconds() // 60),
        sent=now,
        zone=person.zone,
    )
    await tell(session, person, outgoing, then=NOTICE_SETTLED, subject_id=notice.id)


async def escalate(session: AsyncSession, *, now: datetime) -> int:
    """Pages every alert whose waiting is over: one step further, or an acknowledged one to everyone told so far."""
    waiting = select(Alert).where(Alert.next_page_at <= now, Alert.state != AlertState.CLOSED)
    waiting = waiting.order_by(Alert.next_page_at).limit(200)
    due = await session.scalars(held(waiting, wait=False))
    count = 0
    for alert in due:
        part = await session.get_one(Participant, alert.participant_id)
        lapsed = alert.state == AlertState.ACKNOWLEDGED
        await _page(session, alert, part, now, event="not-closed" if lapsed else "not-acknowledged", further=not lapsed)
        count += 1
    return count


async def notice_settled(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """Writes down what became of notices. One that reached nobody makes the next step due now."""
    told = select(Notice.alert_id).where(Notice.id.in_([each.subject_id for each in delivered]))
    await session.execute(held(select(Alert).where(Alert.id.in_(told)).order_by(Alert.id)))  # in one order, all of them
    for each in delivered:
        notice = await session.get(Notice, each.subject_id or 0)
        if notice is None:
            continue
        alert = (await session.scalars(held(select(Alert).where(Alert.id == notice.alert_id)))).one()
        if each.outcome is DeliveryOutcome.SENT:
            notice.sent_at, notice.message_id = now, each.message_id
            _note(session, alert, "told", now, by=notice.person_id)
            if alert.state != AlertState.OPEN:
                await _refresh(session, alert, [notice])
        else:
            await _not_told(session, alert, notice, each.outcome, now)


async def _not_told(
    session: AsyncSession, alert: Alert, notice: Notice, outcome: DeliveryOutcome, now: datetime
) -> None:
    notice.failure = outcome
    _note(session, alert, "not-told", now, by=notice.person_id, detail=outcome)
    if outcome is DeliveryOutcome.UNREACHABLE:
        person = await session.get_one(Person, notice.person_id)
        person.reachable = False
    if alert.state == AlertState.OPEN and notice.round == alert.round and not await _refused_before(session, notice):
        alert.next_page_at = now
    await session.flush()
    await escalate(session, now=now)


async def _refused_before(session: AsyncSession, notice: Notice) -> bool:
    """Whether this person could not be told of this alert before: then the others know, and their time runs.

    Without this each round would be refused in its turn and page everybody again, without a pause between.
    """
    before = select(Notice.id).where(
        Notice.alert_id == notice.alert_id,
        Notice.person_id == notice.person_id,
        Notice.id < notice.id,
        Notice.failure == DeliveryOutcome.REFUSED,
    )
    return await session.scalar(before.limit(1)) is not None


async def acknowledge(session: AsyncSession, user: int, alert_id: int, *, now: datetime) -> Alert:
    """A carer takes the alert: paging stops, every copy says by whom, and it returns if it is not closed in time."""
    who, alert, _part = await access.entitled_alert(session, user, alert_id)
    if alert.state == AlertState.OPEN:
        await _require_up_to_date(session, alert, who)
        alert.state = AlertState.ACKNOWLEDGED
        alert.acknowledged_at, alert.acknowledged_by = now, who.id
        alert.next_page_at = now + escalation.interval(Level(alert.level))
        _note(session, alert, "acknowledged", now, by=who.id)
        await _refresh_copies(session, alert)
    return alert


async def close(session: AsyncSession, user: int, alert_id: int, outcome: str, *, now: datetime) -> Alert:
    """A carer ends the alert with an outcome; only a person ever does."""
    who, alert, _part = await access.entitled_alert(session, user, alert_id)
    if alert.state != AlertState.CLOSED:
        await _require_up_to_date(session, alert, who)
        alert.state, alert.outcome = AlertState.CLOSED, outcome
        alert.closed_at, alert.closed_by, alert.next_page_at = now, who.id, None
        _note(session, alert, "closed", now, by=who.id, detail=outcome)
        await _refresh_copies(session, alert)
    return alert


async def _require_up_to_date(session: AsyncSession, alert: Alert, who: Person) -> None:
    """Refuses to settle an alert from an old copy: something newer is on its way to this person and was not seen yet.

    Without this, closing a stale copy would take back the unsent page of a fresh finding, and no phone would ring.
    """
    if alert.round == 1:
        return
    arrived = select(Notice.id).where(
        Notice.alert_id == alert.id,
        Notice.round == alert.round,
        Notice.person_id == who.id,
        Notice.sent_at.is_not(None),
    )
    paged_at = (
        select(func.max(Notice.queued_at))
        .where(Notice.alert_id == alert.id, Notice.round == alert.round)
        .scalar_subquery()
    )
    seen = select(AlertEvent.id).where(
        AlertEvent.alert_id == alert.id,
        AlertEvent.person_id == who.id,
        AlertEvent.event == SEEN,
        AlertEvent.at >= paged_at,
    )
    if await session.scalar(arrived.limit(1)) is None and await session.scalar(seen.limit(1)) is None:
        raise Refusal("refused-newer-page")


async def seen(session: AsyncSession, alert: Alert, who: Person, *, now: datetime) -> None:
    """This person looked at the alert as it is now."""
    _note(session, alert, SEEN, now, by=who.id)


async def give_feedback(session: AsyncSession, user: int, alert_id: int, feedback: Feedback, *, now: datetime) -> Alert:
    """A carer says of a closed alert whether it was useful. Said anew it replaces the first; both stay as history."""
    who, alert, _part = await access.entitled_alert(session, user, alert_id)
    if alert.state != AlertState.CLOSED:
        raise Refusal("refused-alert-not-closed")
    if alert.feedback != feedback:
        alert.feedback = feedback
        _note(session, alert, "feedback", now, by=who.id, detail=feedback)
        await _refresh_copies(session, alert)
    return alert


async def _refresh_copies(session: AsyncSession, alert: Alert) -> None:
    """Every copy that arrived says what became of the alert; copies not sent yet are taken back."""
    notices = (await session.scalars(select(Notice).where(Notice.alert_id == alert.id).order_by(Notice.id))).all()
    await withdraw(
        session,
        then=NOTICE_SETTLED,
        subject_ids=[notice.id for notice in notices if notice.sent_at is None],
        now=programme_of(session).clock.real(),
    )
    copies: dict[int, list[Notice]] = {}
    for notice in notices:
        copies.setdefault(notice.person_id, []).append(notice)
    await _refresh(session, alert, [notice for own in copies.values() for notice in own[-MOST_COPIES:]])


async def _refresh(session: AsyncSession, alert: Alert, notices: Sequence[Notice]) -> None:
    part = await session.get_one(Participant, alert.participant_id)
    for notice in notices:
        if notice.message_id is not None:
            person = await session.get_one(Person, notice.person_id)
            await tell(session, person, await status(session, alert, part, person), edit=notice.message_id)


async def status(session: AsyncSession, alert: Alert, part: Participant, reader: Person) -> Outgoing:
    """The alert as one of its copies shows it now."""
    by = await session.get(Person, alert.closed_by or alert.acknowledged_by or 0)
    return say.status(
        programme_of(session).texts,
        reader.locale,
        alert=alert.id,
        level=Level(alert.level),
        case=part.case_code,
        state=alert.state,
        outcome=alert.outcome,
        feedback=alert.feedback,
        by=by.alias if by else "",
        at=alert.closed_at or alert.acknowledged_at or alert.opened_at,
        zone=reader.zone,
        minutes=int(escalation.interval(Level(alert.level)).total_seconds() // 60),
    )


async def open_alerts(session: AsyncSession, who: Person, held: frozenset[Role]) -> list[tuple[Alert, Participant]]:
    """The unfinished alerts a carer is to see: a supervisor's all, a counselor's own caseload."""
    query = (
        select(Alert, Participant)
        .join(Participant, Participant.person_id == Alert.participant_id)
        .where(Alert.state != AlertState.CLOSED)
        .order_by(Alert.level.desc(), Alert.opened_at)
        .limit(20)
    )
    if Role.SUPERVISOR not in held:
        query = query.where(Participant.counselor_id == who.id)
    return [(row[0], row[1]) for row in await session.execute(query)]


async def counselor_lost(session: AsyncSession, person_id: int, *, now: datetime) -> None:
    """A carer cannot be told any more: their open alerts that still wait for an answer move on at once."""
    told = select(Notice.alert_id).where(Notice.person_id == person_id)
    theirs = and_(Alert.state == AlertState.ACKNOWLEDGED, Alert.acknowledged_by == person_id)
    waiting = select(Alert).where(Alert.id.in_(told), or_(Alert.state == AlertState.OPEN, theirs))
    for alert in await session.scalars(held(waiting.order_by(Alert.id))):
        alert.next_page_at = now


async def details_shown(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:  # noqa: ARG001
    """What was shown of an alert leaves the chat again after a while: a phone lies around."""
    for each in delivered:
        if each.message_id is not None and each.person_id is not None:
            person = await session.get_one(Person, each.person_id)
            await call(
                session,
                target_of(person),
                "deleteMessage",
                {"message_id": each.message_id},
                lane=Lane.REPLY,
                delay=DETAILS_STAY,
            )
