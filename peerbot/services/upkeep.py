"""What keeps the house in order: parked rows told to people, unreachable people, old rows cleared, gaps announced."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from peerbot import log
from peerbot.care import crisis
from peerbot.care.facts import Facts, Happening
from peerbot.care.risk import assess
from peerbot.db.models import (
    Alert,
    CheckIn,
    CheckInState,
    Group,
    InboxRow,
    InboxState,
    Invite,
    OutboxRow,
    OutboxState,
    Participant,
    Person,
    Programme,
    Review,
    Role,
    Schedule,
    SessionReminder,
    TipPlan,
)
from peerbot.delivery.outbox import Delivered, Target, free_claims
from peerbot.messages import general
from peerbot.services import access, alerts, groups, moderation, reviews
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

KEEP_QUEUES = timedelta(days=3)
"""Update ids restart at random after a silent week; done rows only need to outlive Telegram's own 24 hours."""
KEEP_INVITES = timedelta(days=30)
TELEGRAM_KEEPS = timedelta(hours=24)
logger = log.get("upkeep")


async def unreachable(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """Telegram will not let us write to these people: remembered, and their waiting alerts move on."""
    for each in delivered:
        if each.person_id is not None:
            person = await session.get_one(Person, each.person_id)
            await reachability(session, person, reachable=False, now=now)


async def reachability(session: AsyncSession, person: Person, *, reachable: bool, now: datetime) -> None:
    """A person blocked or unblocked the bot. A carer who did is no longer someone an alert can wait for."""
    # As it is at this moment: a refused call and an unblocking may come together, and the later one holds.
    await session.refresh(person, ["reachable"], with_for_update={"key_share": True})
    was, person.reachable = person.reachable, reachable
    if was and not reachable and await access.roles(session, person.id) & access.CARERS:
        await alerts.counselor_lost(session, person.id, now=now)
        for role in (Role.ADMIN, Role.SUPERVISOR):
            for other in await access.carers(session, role):
                texts = programme_of(session).texts
                await tell(session, other, general.plain(texts, other.locale, "staff-unreachable", name=person.alias))


async def told_parked(session: AsyncSession, row: InboxRow, *, user: int | None, words: bool, now: datetime) -> None:
    """A parked update ends with people being told: its author with the crisis line, the admins, the counselor."""
    programme = programme_of(session)
    for admin in await access.carers(session, Role.ADMIN):
        await tell(session, admin, general.parked(programme.texts, admin.locale, row=row.id))
    if user is None:
        await groups.post_unread(session, json.loads(row.payload or "{}"))
        return
    found = await access.participant(session, user)
    someone = found[0] if found else await access.person(session, user)
    locale = someone.locale if someone else programme.locale
    if found is not None and words:
        findings = assess(Facts(happening=Happening.UNREAD))
        await alerts.raise_findings(session, found[1], findings, source=f"unread:{row.id}", now=now)
    lines = crisis.card(programme.crisis_lines, programme.country, locale)
    outgoing = general.could_not_handle(programme.texts, locale, lines, told=found is not None and words)
    await tell(session, someone or Target(user), outgoing)


async def clear(session: AsyncSession, *, now: datetime) -> int:
    """Deletes finished queue rows after three days, dead invites and the words of posts after thirty."""
    real = programme_of(session).clock.real()
    gone = 0
    for query in (
        delete(InboxRow).where(InboxRow.state == InboxState.DONE, InboxRow.done_at < real - KEEP_QUEUES),
        delete(OutboxRow).where(
            OutboxRow.state.in_((OutboxState.SENT, OutboxState.DROPPED)), OutboxRow.settled_at < real - KEEP_QUEUES
        ),
        delete(Invite).where(Invite.expires_at < now - KEEP_INVITES),
    ):
        gone += (await session.execute(query)).rowcount  # type: ignore[attr-defined]
    return gone + await reviews.forget(session, now=now) + await moderation.forget_times(session)


async def free_leases(session: AsyncSession, *, now: datetime) -> int:  # noqa: ARG001 - ticks share one shape
    """Returns outbox rows whose lease ran out while a sender was away from its database."""
    return await free_claims(session, now=programme_of(session).clock.real(), all_of_them=False)


async def heard(session: AsyncSession, *, now: datetime) -> timedelta | None:
    """Notes that Telegram answered; returns the gap when it was longer than Telegram keeps messages, and says so."""
    row = await session.get_one(Programme, 1)
    gap = now - row.last_heard_at if row.last_heard_at else timedelta()
    row.last_heard_at = now
    if gap <= TELEGRAM_KEEPS:
        return None
    logger.error("gap_in_hearing", seconds=int(gap.total_seconds()))
    texts, hours = programme_of(session).texts, int(gap.total_seconds() // 3600)
    people = await session.scalars(
        select(Person)
        .outerjoin(Participant, Participant.person_id == Person.id)
        .where(Person.reachable, (Participant.left_at.is_(None)))
    )
    for person in people:
        await tell(session, person, general.gap(texts, person.locale, hours=hours))
    return gap


async def tick_broken(session: AsyncSession, name: str) -> None:
    """Timed work keeps failing: the admins and supervisors are told, because silence would look like calm."""
    texts = programme_of(session).texts
    for role in (Role.ADMIN, Role.SUPERVISOR):
        for person in await access.carers(session, role):
            await tell(session, person, general.plain(texts, person.locale, "staff-tick-broken", name=name))


async def next_due(session: AsyncSession, *, now: datetime) -> datetime | None:
    """The next moment after `now` at which anything is due, of all timed work and both queues; None when nothing is."""
    columns = (
        Schedule.due_at,
        Alert.next_page_at,
        CheckIn.closes_at,
        CheckIn.remind_at,
        CheckIn.answer_by,
        InboxRow.due_at,
        OutboxRow.due_at,
        Group.topic_due_at,
        Group.hours_due_at,
        Group.sessions_due_at,
        SessionReminder.due_at,
        Review.next_page_at,
        TipPlan.due_at,
    )
    moments = [
        await session.scalar(select(func.min(column)).where(column > now, *_waiting(column))) for column in columns
    ]
    return min((moment for moment in moments if moment is not None), default=None)


def _waiting(column: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
    """Of a queue or of check-ins, only the rows still waiting count."""
    waiting = {InboxRow: InboxState.OPEN, OutboxRow: OutboxState.PENDING, CheckIn: CheckInState.OPEN}
    return [literal_column("state") == waiting[column.class_]] if column.class_ in waiting else []
