"""How staff set a group up to their liking, in their private chat: by buttons, and by typing a week or a time.

A typed week is shown as understood before it counts. What is typed belongs to the page the person last opened.
"""

import json
import re
from datetime import date, datetime, time

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import calendar
from peerbot.care import sessions as care_sessions
from peerbot.db.models import (
    Dialog,
    Group,
    GroupChange,
    GroupMember,
    GroupSlot,
    Participant,
    Person,
    Role,
    SlotKind,
)
from peerbot.errors import Refusal
from peerbot.messages import group_settings as say
from peerbot.messages.groups import RIGHTS
from peerbot.outgoing import Outgoing
from peerbot.services import access, groups, hours, joining, sessions
from peerbot.services.post import tell
from peerbot.services.programme import programme_of
from peerbot.texts import LOCALES

DIALOG = "group"
TYPED = {"sessions": SlotKind.SESSION, "hours": SlotKind.HOURS}
SHOWN_AHEAD = 3
PAGE = 8
_EXTRA = re.compile(r"\s*(\d{4}-\d{2}-\d{2})[\s,:]+(.+)", re.DOTALL)


async def listing(session: AsyncSession, user: int, *, edit: int | None = None) -> None:
    """/groups."""
    staff, _held = await access.require_staff(session, user, *groups.STAFF)
    found = await session.scalars(select(Group).where(Group.left_at.is_(None)).order_by(Group.id))
    outgoing = say.listing(programme_of(session).texts, staff.locale, [(group.id, group.title) for group in found])
    await tell(session, staff, outgoing, edit=edit)


async def show(session: AsyncSession, user: int, group_id: int, page: str, *, message_id: int, now: datetime) -> None:
    """One page of one group, in place of the page that was tapped."""
    if page == "list":
        await listing(session, user, edit=message_id)
        return
    staff, held, group = await groups.entitled(session, user, group_id)
    if page not in ("main", *say.PAGES):
        raise Refusal("refused-old-button")
    await _stand(session, staff, group, page, now)
    await tell(session, staff, await _page(session, staff, held, group, page, now), edit=message_id)


async def _stand(session: AsyncSession, staff: Person, group: Group, page: str, now: datetime) -> None:
    """What is typed next belongs to this page; nothing is typed on the others."""
    dialog = await session.get(Dialog, staff.id)
    if page not in (*TYPED, "topic"):
        if dialog is not None and dialog.kind == DIALOG:
            await session.delete(dialog)
        return
    if dialog is None:
        dialog = Dialog(person_id=staff.id)
        session.add(dialog)
    dialog.kind, dialog.step, dialog.since_at = DIALOG, page, now
    dialog.facts = json.dumps({"group": group.id})


async def _page(
    session: AsyncSession, staff: Person, held: frozenset[Role], group: Group, page: str, now: datetime, at: int = 0
) -> Outgoing:
    texts, locale = programme_of(session).texts, staff.locale
    match page:
        case "sessions":
            off = [one.on for one in await sessions.changes(session, group) if isinstance(one, care_sessions.DayOff)]
            today = calendar.local_day(now, group.zone, time(0))
            return say.sessions(
                texts,
                locale,
                group=group.id,
                slots=await hours.slots(session, group, SlotKind.SESSION),
                coming=await sessions.upcoming(session, group, now, SHOWN_AHEAD),
                zone=group.zone,
                off=sorted(day for day in off if day >= today)[:SHOWN_AHEAD],
            )
        case "hours":
            return say.hours(texts, locale, group=group.id, slots=await hours.slots(session, group, SlotKind.HOURS))
        case "topic":
            return say.topic(texts, locale, group=group.id, at=group.topic_time)
        case "locale":
            return say.language(texts, locale, group=group.id)
        case "people":
            return await _people(session, staff, held, group, at)
        case _:
            return say.main(texts, locale, await _facts(session, group))


async def _facts(session: AsyncSession, group: Group) -> say.GroupFacts:
    people = await session.scalar(
        select(func.count()).where(GroupMember.group_id == group.id, GroupMember.assigned_at.is_not(None))
    )
    held = (group.rights or "").split()
    return say.GroupFacts(
        id=group.id,
        title=group.title,
        locale=group.locale,
        zone=group.zone,
        missing=[name for name in RIGHTS if name not in held],
        people=people or 0,
        week=await hours.slots(session, group, SlotKind.SESSION),
        hours=await hours.slots(session, group, SlotKind.HOURS),
        topic_time=group.topic_time,
        link=group.link,
        is_closed=group.is_closed,
    )


async def _people(session: AsyncSession, staff: Person, held: frozenset[Role], group: Group, page: int) -> Outgoing:
    """Everyone in treatment, for a supervisor or moderator; for a counselor those they look after."""
    query = (
        select(Person, Participant)
        .join(Participant, Participant.person_id == Person.id)
        .where(Participant.left_at.is_(None), Participant.enrolled_at.is_not(None))
        .order_by(Person.id)
    )
    if not held & {Role.SUPERVISOR, Role.MODERATOR}:
        query = query.where(Participant.counselor_id == staff.id)
    rows = (await session.execute(query.offset(page * PAGE).limit(PAGE + 1))).all()
    inside = set(
        await session.scalars(
            select(GroupMember.person_id).where(GroupMember.group_id == group.id, GroupMember.assigned_at.is_not(None))
        )
    )
    listed = [(person.id, f"{person.alias} · {part.case_code}", person.id in inside) for person, part in rows[:PAGE]]
    texts = programme_of(session).texts
    return say.people(texts, staff.locale, group=group.id, listed=listed, page=page, more=len(rows) > PAGE)


# --- changes -------------------------------------------------------------------------------------------------------


async def change(
    session: AsyncSession, user: int, group_id: int, what: str, value: str, *, message_id: int, now: datetime
) -> None:
    """One tapped change; the page it stands on is shown anew."""
    staff, held, group = await groups.entitled(session, user, group_id, changing=True)
    page, at = {"off": "sessions", "on": "sessions", "people": "people", "person": "people"}.get(what, "main"), 0
    match what:
        case "topic":
            _set_topic(group, value, now)
        case "locale" if value in LOCALES:
            group.locale = value
        case "off" | "on":
            await _set_day(session, group, _day(value), off=what == "off", now=now)
        case "empty" if value in set(SlotKind):
            await _set_week(session, group, SlotKind(value), (), now)
        case "save" if value in set(SlotKind):
            await _save_week(session, staff, group, SlotKind(value), now)
        case "people":
            at = _number(value)
        case "person":
            at = _number(value.partition(".")[2])
            await _toggle(session, staff, held, group, _number(value.partition(".")[0]), now)
        case _:
            raise Refusal("refused-old-button")
    await session.flush()
    await _stand(session, staff, group, page, now)
    await tell(session, staff, await _page(session, staff, held, group, page, now, at), edit=message_id)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise Refusal("refused-old-button")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("refused-date") from None


def _set_topic(group: Group, value: str, now: datetime) -> None:
    at = None if value == "off" else calendar.parse_time(value)
    if at is None and value != "off":
        raise Refusal("refused-time")
    hours.plan_topic(group, at, now=now)


async def _set_day(session: AsyncSession, group: Group, on: date, *, off: bool, now: datetime) -> None:
    """Calls every session of a date off, or takes that back."""
    await session.execute(delete(GroupChange).where(GroupChange.group_id == group.id, GroupChange.local_on == on))
    if off:
        session.add(GroupChange(group_id=group.id, local_on=on))
    await session.flush()
    await sessions.plan(session, group, now=now)


async def _set_week(
    session: AsyncSession, group: Group, kind: SlotKind, slots: tuple[care_sessions.WeeklySlot, ...], now: datetime
) -> None:
    await session.execute(delete(GroupSlot).where(GroupSlot.group_id == group.id, GroupSlot.kind == kind))
    session.add_all(
        GroupSlot(
            group_id=group.id, kind=kind, weekday=slot.weekday, starts=f"{slot.start:%H:%M}", ends=f"{slot.end:%H:%M}"
        )
        for slot in slots
    )
    await session.flush()
    if kind is SlotKind.SESSION:
        await sessions.plan(session, group, now=now)
    else:
        await hours.look(session, group, now=now)


async def _save_week(session: AsyncSession, staff: Person, group: Group, kind: SlotKind, now: datetime) -> None:
    """What was typed and shown counts from now on."""
    dialog = await session.get(Dialog, staff.id)
    facts = json.loads(dialog.facts) if dialog is not None and dialog.kind == DIALOG else {}
    week = care_sessions.parse_week(facts.get("week", ""))
    if facts.get("group") != group.id or isinstance(week, care_sessions.Misread):
        raise Refusal("refused-old-button")
    await _set_week(session, group, kind, week, now)


async def _toggle(
    session: AsyncSession, staff: Person, held: frozenset[Role], group: Group, person_id: int, now: datetime
) -> None:
    part = await session.get(Participant, person_id)
    if part is None or part.left_at is not None:
        raise Refusal("refused-old-button")
    if not held & {Role.SUPERVISOR, Role.MODERATOR} and part.counselor_id != staff.id:
        raise Refusal("refused-not-yours")
    person = await session.get_one(Person, person_id)
    place = await joining.member(session, group, int(person.chat))
    if place is not None and place.assigned_at is not None:
        place.assigned_at = place.accepted_at = None
    else:
        await joining.assign(session, group, person, by=staff.id, now=now)


# --- typing --------------------------------------------------------------------------------------------------------


async def type_in(session: AsyncSession, staff: Person, text: str, *, now: datetime) -> bool:
    """What staff type on a page that asks for it; False when they stand on none."""
    dialog = await session.get(Dialog, staff.id)
    if dialog is None or dialog.kind != DIALOG or not await access.roles(session, staff.id) & frozenset(groups.STAFF):
        return False
    number = json.loads(dialog.facts).get("group", 0)
    group = (await groups.hold(session, [number])).get(number)
    if group is None or group.left_at is not None:
        raise Refusal("refused-group-gone")
    texts = programme_of(session).texts
    if dialog.step == "topic":
        _set_topic(group, text.strip(), now)
        await tell(session, staff, say.topic(texts, staff.locale, group=group.id, at=group.topic_time))
        return True
    extra = _EXTRA.fullmatch(text) if dialog.step == "sessions" else None
    if extra:
        await _add_extra(session, staff, group, _day(extra[1]), extra[2], now)
        return True
    week = care_sessions.parse_week(text)
    if isinstance(week, care_sessions.Misread):
        outgoing = say.misread(texts, staff.locale, group=group.id, reason=week.reason, piece=week.piece)
        await tell(session, staff, outgoing)
        return True
    dialog.facts = json.dumps({"group": group.id, "week": text})
    kind = TYPED[dialog.step]
    await tell(session, staff, say.understood(texts, staff.locale, group=group.id, kind=kind, slots=week))
    return True


async def _add_extra(session: AsyncSession, staff: Person, group: Group, on: date, times: str, now: datetime) -> None:
    """One more session on a date, typed as "2026-03-12 18:00-19:30"."""
    slots = care_sessions.parse_week(f"mon {times}")
    texts = programme_of(session).texts
    if isinstance(slots, care_sessions.Misread):
        outgoing = say.misread(texts, staff.locale, group=group.id, reason=slots.reason, piece=slots.piece)
        await tell(session, staff, outgoing)
        return
    for slot in slots:
        session.add(GroupChange(group_id=group.id, local_on=on, starts=f"{slot.start:%H:%M}", ends=f"{slot.end:%H:%M}"))
    await session.flush()
    await sessions.plan(session, group, now=now)
    held = await access.roles(session, staff.id)
    await tell(session, staff, await _page(session, staff, held, group, "sessions", now))
