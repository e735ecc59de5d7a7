"""Group sessions: the ones that are coming, two reminders for each, and who said they come.

The calendar is a week and its exceptions; a tick turns it into rows ahead of time. Answers are given in private and
may change until the session starts; staff see them, other participants never.
"""

from datetime import datetime, time

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import sessions as care_sessions
from peerbot.db.models import (
    Group,
    GroupChange,
    GroupMember,
    GroupSession,
    Participant,
    Person,
    Role,
    SessionAnswer,
    SessionReminder,
    SlotKind,
)
from peerbot.errors import Refusal
from peerbot.messages import groups as say
from peerbot.services import access, groups, hours
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

AHEAD = 2  # sessions of each group that have rows
BATCH = 50


async def changes(session: AsyncSession, group: Group) -> tuple[care_sessions.Change, ...]:
    """The exceptions to a group's week."""
    rows = await session.scalars(select(GroupChange).where(GroupChange.group_id == group.id))
    return tuple(
        care_sessions.DayOff(row.local_on)
        if row.starts is None or row.ends is None
        else care_sessions.ExtraSession(row.local_on, time.fromisoformat(row.starts), time.fromisoformat(row.ends))
        for row in rows
    )


async def upcoming(session: AsyncSession, group: Group, now: datetime, count: int) -> tuple[care_sessions.Session, ...]:
    """The next sessions by the calendar as it is now."""
    weekly = await hours.slots(session, group, SlotKind.SESSION)
    return care_sessions.next_sessions(weekly, await changes(session, group), group.zone, now, count)


async def plan(session: AsyncSession, group: Group, *, now: datetime) -> None:
    """Makes the rows of the next sessions. One that is not in the calendar any more is called off, and said so.

    Whoever calls this holds the group, so that the week it reads is the one that counts.
    """
    wanted = {one.starts_at: one for one in await upcoming(session, group, now, AHEAD)}
    ahead = select(GroupSession).where(GroupSession.group_id == group.id, GroupSession.starts_at > now)
    rows = await session.scalars(groups.held(ahead.order_by(GroupSession.id), GroupSession))
    known = {row.starts_at: row for row in rows}
    for starts_at, row in known.items():
        if row.called_off_at is None and starts_at not in wanted and starts_at <= max(wanted, default=starts_at):
            await _call_off(session, group, row, now)
    for starts_at, one in wanted.items():
        row = known.get(starts_at) or GroupSession(
            group_id=group.id, local_on=one.on, starts_at=starts_at, ends_at=one.ends_at
        )
        if starts_at not in known:
            session.add(row)
            await session.flush()
            for reminder in care_sessions.reminders_due(one, group.zone):
                session.add(SessionReminder(session_id=row.id, kind=reminder.kind, due_at=reminder.due_at))
        row.called_off_at, row.ends_at = None, one.ends_at
    group.sessions_due_at = min(wanted, default=None)
    await session.flush()


async def _call_off(session: AsyncSession, group: Group, row: GroupSession, now: datetime) -> None:
    row.called_off_at = now
    reminded = await session.scalar(
        select(SessionReminder.id).where(SessionReminder.session_id == row.id, SessionReminder.was_sent).limit(1)
    )
    if reminded is not None:
        texts = programme_of(session).texts
        for person in await invited(session, group):
            outgoing = say.called_off(
                texts, person.locale, group=group.title, starts_at=row.starts_at, zone=person.zone
            )
            await tell(session, person, outgoing)


async def plan_due(session: AsyncSession, *, now: datetime) -> int:
    """Plans anew where a session has begun."""
    waiting = select(Group).where(Group.left_at.is_(None), Group.sessions_due_at <= now).limit(BATCH)
    due = (await session.scalars(groups.held(waiting, Group, skip=True))).all()
    for group in due:
        await plan(session, group, now=now)
    return len(due)


async def invited(session: AsyncSession, group: Group) -> list[Person]:
    """The participants who have a place in the group and can be written to."""
    rows = await session.scalars(
        select(Person)
        .join(GroupMember, GroupMember.person_id == Person.id)
        .join(Participant, Participant.person_id == Person.id)
        .where(
            GroupMember.group_id == group.id,
            groups.HAS_PLACE,
            Participant.left_at.is_(None),
            Participant.enrolled_at.is_not(None),
            Person.reachable,
        )
        .order_by(Person.id)
    )
    return list(rows)


async def next_of(session: AsyncSession, person_id: int, *, now: datetime) -> tuple[str, datetime] | None:
    """The next session of any group this person has a place in: the group's title and when it begins.

    One they said they cannot come to is passed over.
    """
    row = (
        await session.execute(
            select(Group.title, GroupSession.starts_at)
            .join(Group, Group.id == GroupSession.group_id)
            .join(GroupMember, GroupMember.group_id == Group.id)
            .outerjoin(
                SessionAnswer, and_(SessionAnswer.session_id == GroupSession.id, SessionAnswer.person_id == person_id)
            )
            .where(
                GroupMember.person_id == person_id,
                groups.HAS_PLACE,
                Group.left_at.is_(None),
                GroupSession.called_off_at.is_(None),
                GroupSession.starts_at > now,
                func.coalesce(SessionAnswer.answer, "") != "cannot",
            )
            .order_by(GroupSession.starts_at)
            .limit(1)
        )
    ).first()
    return None if row is None else (row[0], row[1])


async def remind_due(session: AsyncSession, *, now: datetime) -> int:
    """Sends the reminders whose time has come: only the latest of one session, and none once it has begun."""
    waiting = (
        select(SessionReminder, GroupSession, Group)
        .join(GroupSession, GroupSession.id == SessionReminder.session_id)
        .join(Group, Group.id == GroupSession.group_id)
        .where(SessionReminder.due_at <= now, SessionReminder.done_at.is_(None))
        .order_by(SessionReminder.due_at.desc())
        .limit(BATCH)
    )
    rows = await session.execute(groups.held(waiting, SessionReminder, GroupSession, skip=True))
    due, reminded = rows.all(), set[int]()
    for reminder, one, group in due:
        reminder.done_at = now
        off = one.called_off_at is not None or group.left_at is not None
        if off or one.starts_at <= now or one.id in reminded:
            continue
        reminded.add(one.id)
        reminder.was_sent = True
        for person in await invited(session, group):
            await _remind(session, person, group, one, reminder.kind, now)
    return len(due)


async def _remind(
    session: AsyncSession, person: Person, group: Group, one: GroupSession, kind: str, now: datetime
) -> None:
    texts = programme_of(session).texts
    given = await session.get(SessionAnswer, (one.id, person.id))
    if given is not None and given.answer == "cannot":
        return  # they said so: an hour before is no time to ask again
    outgoing = say.reminder(
        texts,
        person.locale,
        session=one.id,
        group=group.title,
        starts_at=one.starts_at,
        zone=person.zone,
        kind=kind,
        life=one.starts_at - now,
    )
    await tell(session, person, outgoing)


async def answer(
    session: AsyncSession, user: int, session_id: int, said: str, *, message_id: int, now: datetime
) -> None:
    """Coming, late or can't; the last answer counts."""
    person, _part = await access.require_participant(session, user)
    one = await session.get(GroupSession, session_id)
    group = None if one is None else await session.get(Group, one.group_id)
    if one is None or group is None or said not in say.ANSWERS:
        raise Refusal("refused-old-button")
    if person.id not in {each.id for each in await invited(session, group)}:
        raise Refusal("refused-no-place")
    if one.called_off_at is not None or one.starts_at <= now:
        raise Refusal("refused-session-begun")
    row = await session.get(SessionAnswer, (one.id, person.id))
    if row is None:
        row = SessionAnswer(session_id=one.id, person_id=person.id)
        session.add(row)
    row.answer, row.answered_at = said, now
    outgoing = say.answered(
        programme_of(session).texts,
        person.locale,
        session=one.id,
        group=group.title,
        starts_at=one.starts_at,
        zone=person.zone,
        answer=said,
    )
    await tell(session, person, outgoing, edit=message_id)


async def overview(session: AsyncSession, user: int, *, now: datetime) -> None:
    """/sessions: the next session of each group and who comes. Case codes only for those one looks after."""
    staff, held = await access.require_staff(session, user, *groups.STAFF)
    listed = []
    rows = await session.scalars(select(Group).where(Group.left_at.is_(None)).order_by(Group.id))
    for group in rows:
        one = await session.scalar(
            select(GroupSession)
            .where(GroupSession.group_id == group.id, GroupSession.ends_at > now, GroupSession.called_off_at.is_(None))
            .order_by(GroupSession.starts_at)
            .limit(1)
        )
        if one is not None:
            people = await _who_comes(session, group, one, staff, held)
            listed.append((group.title, one.starts_at, group.zone, people))
    await tell(session, staff, say.sessions(programme_of(session).texts, staff.locale, listed))


async def _who_comes(
    session: AsyncSession, group: Group, one: GroupSession, staff: Person, held: frozenset[Role]
) -> list[tuple[str, str | None]]:
    answers = {
        row.person_id: row.answer
        for row in await session.scalars(select(SessionAnswer).where(SessionAnswer.session_id == one.id))
    }
    found = []
    for person in await invited(session, group):
        part = await session.get_one(Participant, person.id)
        theirs = Role.SUPERVISOR in held or part.counselor_id == staff.id
        who = f"{person.alias} · {part.case_code}" if theirs else person.alias
        found.append((who, answers.get(person.id)))
    return found
