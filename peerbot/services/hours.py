"""What a group does by the clock: it closes and opens with the hours staff are there, and gets a topic each day.

The doors are turned by Telegram's own permissions. What they should be is worked out from the roster each time, and
what they are is asked of Telegram first, so that a restart, a missed hour or a hand on the settings puts itself right.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot import log
from peerbot.care import calendar, crisis
from peerbot.care import sessions as care_sessions
from peerbot.care.topics import choose_topic
from peerbot.db.models import Group, GroupSlot, SlotKind, TopicUse
from peerbot.delivery.outbox import Delivered, Outcome
from peerbot.messages import groups as say
from peerbot.outgoing import Lane
from peerbot.services import groups, ladder
from peerbot.services.post import call, tell
from peerbot.services.programme import programme_of

SEEN, CLOSED, OPENED = "group_doors_seen", "group_closed", "group_opened"
TRY_AGAIN = timedelta(minutes=10)
LATE = timedelta(hours=6)
logger = log.get("hours")


async def slots(session: AsyncSession, group: Group, kind: SlotKind) -> tuple[care_sessions.WeeklySlot, ...]:
    """The week of a group: its sessions, or the hours in which staff are there."""
    rows = await session.scalars(
        select(GroupSlot).where(GroupSlot.group_id == group.id, GroupSlot.kind == kind).order_by(GroupSlot.weekday)
    )
    return tuple(
        care_sessions.WeeklySlot(row.weekday, time.fromisoformat(row.starts), time.fromisoformat(row.ends))
        for row in rows
    )


async def turn_due(session: AsyncSession, *, now: datetime) -> int:
    """Looks at the doors of every group whose hour has come."""
    waiting = select(Group).where(Group.left_at.is_(None), Group.hours_due_at <= now).limit(50)
    due = (await session.scalars(groups.held(waiting, Group, skip=True))).all()
    for group in due:
        await look(session, group, now=now)
    return len(due)


async def look(session: AsyncSession, group: Group, *, now: datetime) -> None:
    """Asks Telegram how the doors stand, and sets when to look next: at the next turn of the roster."""
    windows = await slots(session, group, SlotKind.HOURS)
    turn = care_sessions.next_change(windows, group.zone, now)
    group.hours_due_at = turn.at if turn else None
    if not windows and not group.is_closed:
        return  # no staffed hours: what people may do there is the group's own business
    if "can_restrict_members" not in (group.rights or "").split():
        await _failed(session, group, closing=bool(windows), now=now)
        return
    chat = await groups.chat_of(session, group)
    await call(session, chat, "getChat", {}, lane=Lane.MODERATION, then=SEEN, subject_id=group.id)


async def _should_be_closed(session: AsyncSession, group: Group, now: datetime) -> bool:
    windows = await slots(session, group, SlotKind.HOURS)
    return bool(windows) and not care_sessions.is_open(windows, group.zone, now)


async def seen(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """Telegram said how the doors stand: turned if they are wrong, announced if they are right and nobody said so."""
    found = await groups.hold(session, groups.subjects(delivered))
    for each in delivered:
        group = found[each.subject_id or 0]
        if group.left_at is not None:
            continue
        closed = await _should_be_closed(session, group, now)
        permissions = each.result.get("permissions") if isinstance(each.result, dict) else None
        if not isinstance(permissions, dict):
            await _failed(session, group, closing=closed, now=now)
        elif bool(permissions.get("can_send_messages")) == closed:
            if closed:
                group.open_permissions = json.dumps(permissions)
            await _turn(session, group, closed=closed)
        elif closed != group.is_closed:
            await _announce(session, group, closed=closed, now=now)


async def _turn(session: AsyncSession, group: Group, *, closed: bool) -> None:
    before: dict[str, bool] = json.loads(group.open_permissions or "{}")
    if closed:
        wanted = before | dict.fromkeys(ladder.PERMISSIONS, False)
    else:
        wanted = before or dict.fromkeys((*ladder.PERMISSIONS, "can_invite_users"), True)
    await call(
        session,
        await groups.chat_of(session, group),
        "setChatPermissions",
        {"permissions": wanted, "use_independent_chat_permissions": True},
        lane=Lane.MODERATION,
        then=CLOSED if closed else OPENED,
        subject_id=group.id,
    )


async def closed(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """The group was closed, or Telegram refused."""
    await _turned(session, delivered, is_closed=True, now=now)


async def opened(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """The group was opened, or Telegram refused."""
    await _turned(session, delivered, is_closed=False, now=now)


async def _turned(session: AsyncSession, delivered: Sequence[Delivered], *, is_closed: bool, now: datetime) -> None:
    found = await groups.hold(session, groups.subjects(delivered))
    for each in delivered:
        group = found[each.subject_id or 0]
        if each.outcome is Outcome.SENT and each.result is True:
            if group.is_closed != is_closed:
                await _announce(session, group, closed=is_closed, now=now)
        else:
            await _failed(session, group, closing=is_closed, now=now)


async def _announce(session: AsyncSession, group: Group, *, closed: bool, now: datetime) -> None:
    group.is_closed, group.hours_failed = closed, False
    programme = programme_of(session)
    windows = await slots(session, group, SlotKind.HOURS)
    turn = care_sessions.next_change(windows, group.zone, now)
    at = turn.at if turn else None
    if closed:
        lines = crisis.card(programme.crisis_lines, programme.country, group.locale)
        await groups.post(
            session, group, say.closing(programme.texts, group.locale, lines, opens_at=at, zone=group.zone)
        )
    else:
        await groups.post(session, group, say.opening(programme.texts, group.locale, closes_at=at, zone=group.zone))


async def _failed(session: AsyncSession, group: Group, *, closing: bool, now: datetime) -> None:
    """Not turned: tried again soon, and staff told once."""
    again = now + TRY_AGAIN
    group.hours_due_at = min(group.hours_due_at or again, again)
    if not group.hours_failed:
        group.hours_failed = True
        texts = programme_of(session).texts
        for person in await groups.look_after(session):
            await tell(session, person, say.hours_failed(texts, person.locale, group=group.title, closing_it=closing))


# --- the topic of the day ------------------------------------------------------------------------------------------


def plan_topic(group: Group, at: time | None, *, now: datetime, not_on: date | None = None) -> None:
    """Sets or ends the daily topic of a group."""
    group.topic_time = at.strftime("%H:%M") if at else None
    group.topic_due_on, group.topic_due_at = (
        calendar.next_due(now, at, group.zone, not_on=not_on) if at else (None, None)
    )


async def post_topics(session: AsyncSession, *, now: datetime) -> int:
    """Posts the topic of the day where its hour has come; a closed group, or a day long gone, is passed over."""
    waiting = select(Group).where(Group.left_at.is_(None), Group.topic_due_at <= now).limit(50)
    due = (await session.scalars(groups.held(waiting, Group, skip=True))).all()
    programme = programme_of(session)
    for group in due:
        on, at = group.topic_due_on, group.topic_due_at
        if on is not None and at is not None and now - at < LATE and not group.is_closed:
            used = await session.scalars(
                select(TopicUse).where(TopicUse.group_id == group.id).order_by(TopicUse.local_on)
            )
            recent = {row.topic: row.local_on for row in used}
            topic = choose_topic(programme.topics, recent, on, str(group.id))
            if recent.get(topic.id) != on:
                session.add(TopicUse(group_id=group.id, local_on=on, topic=topic.id))
                words = topic.says(group.locale)
                await groups.post(session, group, say.topic(programme.texts, group.locale, words))
        plan_topic(group, time.fromisoformat(group.topic_time) if group.topic_time else None, now=now, not_on=on)
    return len(due)
