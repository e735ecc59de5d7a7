"""Coming into a group: whoever knocks, the rules they accept, staff who let in or not, the welcome.

Telegram lets the bot write to somebody who knocks for five minutes, whether or not they ever pressed Start. A
participant with a place in the group gets the rules; everybody else waits for staff and is told so.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.db.engine import keys_of
from peerbot.db.models import Group, GroupMember, JoinRequest, Participant, Person, RequestState
from peerbot.delivery.outbox import Delivered, Outcome, Target
from peerbot.errors import Refusal
from peerbot.messages import groups as say
from peerbot.outgoing import Lane, Outgoing
from peerbot.services import access, groups
from peerbot.services.enrolment import Visitor
from peerbot.services.post import call, tell
from peerbot.services.programme import programme_of

SETTLED = "join_settled"
MAY_WRITE = timedelta(minutes=5)  # telegram.md, section 8


async def member(session: AsyncSession, group: Group, user: int) -> GroupMember | None:
    """What is known of somebody in one group."""
    return await session.scalar(
        select(GroupMember).where(
            GroupMember.group_id == group.id, GroupMember.user_key == keys_of(session).blind(user)
        )
    )


async def member_for(session: AsyncSession, group: Group, user: int, person_id: int | None) -> GroupMember:
    """Their row in one group, made when there is none."""
    found = await member(session, group, user)
    if found is None:
        found = GroupMember(group_id=group.id, user_key=keys_of(session).blind(user))
        session.add(found)
    found.person_id = person_id or found.person_id
    await session.flush()
    return found


async def knocked(session: AsyncSession, spot: groups.Spot, who: Visitor, *, asked_at: datetime, now: datetime) -> None:
    """Somebody asks to come in.

    1. Staff of the programme go straight in, and so does a participant who has a place here and accepted the rules.
    2. A participant with a place is shown the rules.
    3. Everybody else waits, kindly told, and staff are asked.
    """
    group = await groups.find(session, spot.chat)
    if group is None:
        return
    person, found = await access.person(session, who.user), await access.participant(session, who.user)
    request = await _request(session, group, who, person, now)
    place = await member(session, group, who.user)
    if person is not None and await access.roles(session, person.id) & frozenset(groups.STAFF):
        await _approve(session, group, request)
    elif found is not None and found[1].enrolled_at is not None and place is not None and place.assigned_at is not None:
        if place.accepted_at is not None:
            await _approve(session, group, request)
        else:
            await _show_rules(session, group, request, found[0])
    else:
        left = MAY_WRITE - (now - asked_at)
        if person is not None or left > timedelta(0):
            words = programme_of(session).texts.say(request.locale, "join-waits", group=group.title)
            await tell(session, person or who.target, Outgoing(words, expires=None if person else left))
        await _ask_staff(session, group, request, found, who.name)


def _held_request(*which: ColumnElement[bool]) -> Select[JoinRequest]:
    """Requests, locked until the end of the transaction: two of staff, or Telegram's answer, may meet over one."""
    return groups.held(select(JoinRequest).where(*which).order_by(JoinRequest.id), JoinRequest)


async def _request(
    session: AsyncSession, group: Group, who: Visitor, person: Person | None, now: datetime
) -> JoinRequest:
    key = keys_of(session).blind(who.user)
    request = await session.scalar(_held_request(JoinRequest.group_id == group.id, JoinRequest.user_key == key))
    if request is None:
        request = JoinRequest(group_id=group.id, user_key=key, user=str(who.user))
        session.add(request)
    request.name, request.locale = who.name, person.locale if person else who.locale
    request.person_id = person.id if person else None
    request.state, request.asked_at = RequestState.WAITING, now
    request.decided_by, request.decided_at = None, None
    await session.flush()
    return request


async def _show_rules(session: AsyncSession, group: Group, request: JoinRequest, person: Person) -> None:
    programme = programme_of(session)
    request.state = RequestState.RULES
    outgoing = say.accept_rules(
        programme.texts, person.locale, programme.group_rules, group=group.id, title=group.title
    )
    await tell(session, person, outgoing)


async def _ask_staff(
    session: AsyncSession,
    group: Group,
    request: JoinRequest,
    found: tuple[Person, Participant] | None,
    name: str,
) -> None:
    who = f"{found[0].alias} · {found[1].case_code}" if found else name
    texts = programme_of(session).texts
    for person in await groups.look_after(session):
        outgoing = say.knock(
            texts, person.locale, request=request.id, who=who, group=group.title, is_participant=found is not None
        )
        await tell(session, person, outgoing)


async def answer_rules(
    session: AsyncSession, user: int, group_id: int, choice: str, *, message_id: int, now: datetime
) -> None:
    """Yes to the rules opens the door; not now leaves it as it is, for whenever they like."""
    person, _part = await access.require_participant(session, user)
    group, key = await session.get(Group, group_id), keys_of(session).blind(user)
    request = await session.scalar(_held_request(JoinRequest.group_id == group_id, JoinRequest.user_key == key))
    place = None if group is None else await member(session, group, user)
    if group is None or group.left_at is not None or place is None or place.assigned_at is None:
        raise Refusal("refused-no-place")
    texts = programme_of(session).texts
    if choice != "yes":
        programme = programme_of(session)
        outgoing = say.accept_rules(
            programme.texts, person.locale, programme.group_rules, group=group.id, title=group.title
        )
        later = texts.say(person.locale, "rules-later")
        await tell(session, person, Outgoing(f"{later}\n\n{outgoing.text}", outgoing.keyboard), edit=message_id)
        return
    place.accepted_at = place.accepted_at or now
    await tell(
        session, person, say.done(texts.say(person.locale, "rules-accepted", group=group.title)), edit=message_id
    )
    if request is not None and request.state == RequestState.RULES:
        await _approve(session, group, request)


async def _approve(session: AsyncSession, group: Group, request: JoinRequest) -> None:
    request.state = RequestState.APPROVING
    payload = {"user_id": int(request.user)}
    chat = await groups.chat_of(session, group)
    await call(session, chat, "approveChatJoinRequest", payload, lane=Lane.REPLY, then=SETTLED, subject_id=request.id)


async def settled(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """Telegram let somebody in, or did not; only then are they told, and staff hear of a refusal."""
    texts = programme_of(session).texts
    rows = await session.scalars(_held_request(JoinRequest.id.in_(groups.subjects(delivered))))
    found = {row.id: row for row in rows}
    for each in delivered:
        request = found[each.subject_id or 0]
        group = await session.get_one(Group, request.group_id)
        if each.outcome is Outcome.SENT:
            request.state, request.name = RequestState.APPROVED, None
            request.decided_at = request.decided_at or now
            if each.result:  # else the request was taken back, or somebody decided it in Telegram itself
                person = await session.get(Person, request.person_id or 0)
                words = Outgoing(texts.say(request.locale, "join-in", group=group.title), expires=MAY_WRITE)
                await tell(session, person or Target(int(request.user)), words)
            continue
        request.state = RequestState.WAITING
        for staff in await groups.look_after(session):
            words = Outgoing(texts.say(staff.locale, "join-refused-by-telegram", group=group.title))
            await tell(session, staff, words)


async def decide(
    session: AsyncSession, user: int, request_id: int, act: str, *, message_id: int, now: datetime
) -> None:
    """Staff let somebody in, or turn them away. A participant who is let in has a place from now on, and the rules."""
    request = await session.scalar(_held_request(JoinRequest.id == request_id))
    if request is None or act not in ("in", "no"):
        raise Refusal("refused-old-button")
    staff, _held, group = await groups.entitled(session, user, request.group_id)
    if request.state not in (RequestState.WAITING, RequestState.RULES):
        raise Refusal("refused-decided")
    texts = programme_of(session).texts
    request.decided_by, request.decided_at = staff.id, now
    knocker = int(request.user)
    found = await access.participant(session, knocker)
    if act == "no":
        request.state, request.name = RequestState.DECLINED, None
        chat = await groups.chat_of(session, group)
        await call(session, chat, "declineChatJoinRequest", {"user_id": knocker}, lane=Lane.REPLY)
        words = Outgoing(texts.say(request.locale, "join-declined", group=group.title), expires=MAY_WRITE)
        await tell(session, found[0] if found else Target(knocker), words)
        await tell(
            session, staff, say.done(texts.say(staff.locale, "join-turned-away", group=group.title)), edit=message_id
        )
        return
    await tell(session, staff, say.done(texts.say(staff.locale, "join-let-in", group=group.title)), edit=message_id)
    if found is None:
        await _approve(session, group, request)
        return
    place = await assign(session, group, found[0], by=staff.id, now=now, tell_them=False)
    if place.accepted_at is not None:
        await _approve(session, group, request)
    else:
        await _show_rules(session, group, request, found[0])


async def assign(
    session: AsyncSession, group: Group, person: Person, *, by: int, now: datetime, tell_them: bool = True
) -> GroupMember:
    """Gives a participant a place in a group."""
    place = await member_for(session, group, int(person.chat), person.id)
    if place.assigned_at is None:
        place.assigned_at, place.assigned_by = now, by
        if tell_them:
            texts = programme_of(session).texts
            await tell(session, person, say.assigned(texts, person.locale, group=group.title, link=group.link))
    return place


async def came_in(session: AsyncSession, spot: groups.Spot, who: Visitor, *, now: datetime) -> None:
    """Somebody is in: welcomed, and staff are told when nobody had let them in."""
    group = await groups.find(session, spot.chat)
    if group is None:
        return
    programme, person = programme_of(session), await access.person(session, who.user)
    place = await member_for(session, group, who.user, person.id if person else None)
    place.joined_at = now
    lot = int(hashlib.sha256(f"{group.id}|{place.id}".encode()).hexdigest(), 16)
    question = programme.ice_breakers[lot % len(programme.ice_breakers)].says(group.locale)
    await groups.post(session, group, say.welcome(programme.texts, group.locale, name=who.name, question=question))
    if place.assigned_at is None and not await _was_let_in(session, group, place, person):
        for staff in await groups.look_after(session):
            words = programme.texts.say(staff.locale, "join-past-the-door", who=who.name, group=group.title)
            await tell(session, staff, Outgoing(words))


async def _was_let_in(session: AsyncSession, group: Group, place: GroupMember, person: Person | None) -> bool:
    if person is not None and await access.roles(session, person.id):
        return True
    state = await session.scalar(
        select(JoinRequest.state).where(JoinRequest.group_id == group.id, JoinRequest.user_key == place.user_key)
    )
    return state in (RequestState.APPROVING, RequestState.APPROVED)


async def went_out(session: AsyncSession, chat: int, user: int) -> None:
    """Somebody is not in the group any more."""
    group = await groups.find(session, chat)
    place = None if group is None else await member(session, group, user)
    if place is not None:
        place.joined_at = None


async def show_rules(session: AsyncSession, chat: int, who: Visitor | None) -> None:
    """/rules, in a group or in private."""
    programme, group = programme_of(session), await groups.find(session, chat)
    person = await access.person(session, who.user) if who else None
    locale = group.locale if group else person.locale if person else who.locale if who else programme.locale
    await tell(
        session,
        person if person and group is None else Target(chat),
        say.rules(programme.texts, locale, programme.group_rules),
    )
