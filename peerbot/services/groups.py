"""The groups the programme looks after: found by any chat id they ever had, set up, watched for rights, moved, left.

Here: what a group is to Telegram. Not here: who comes in (joining), what is posted (moderation), when it meets
(sessions) and how staff change its settings (group_settings).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVarTuple

from sqlalchemy import Select, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot import log
from peerbot.care import crisis
from peerbot.db.base import Base
from peerbot.db.engine import keys_of
from peerbot.db.models import Group, GroupChat, GroupMember, Person, Role
from peerbot.delivery.outbox import Delivered, Outcome, Target
from peerbot.errors import Refusal
from peerbot.messages import groups as say
from peerbot.outgoing import Lane, Outgoing
from peerbot.services import access
from peerbot.services.post import call, tell
from peerbot.services.programme import programme_of

RIGHTS_READ, STATEMENT_SENT, LINK_MADE = "group_rights_read", "group_statement_sent", "group_link_made"
STAFF = (Role.MODERATOR, Role.COUNSELOR, Role.SUPERVISOR)
"""Who may act on groups. It is read at each act; being an administrator in Telegram gives nothing here."""
LOOK_AGAIN = timedelta(minutes=10)
LINK_NAME = "peerbot"
PENDING = 0
HAS_PLACE = or_(GroupMember.assigned_at.is_not(None), GroupMember.joined_at.is_not(None))
"""Whether somebody belongs to a group: a carer gave them a place, or they are in it."""
Rows = TypeVarTuple("Rows")
logger = log.get("groups")


def held(query: Select[*Rows], *tables: type[Base], skip: bool = False) -> Select[*Rows]:
    """Locks these rows of a query until the end of the transaction, as they are now; SQLite has one writer anyway.

    A group is locked before its reviews and sessions, several of one kind by their ids, and a tick (`skip`) waits for
    nobody but comes again. Other rows may still be made that name a locked one.
    """
    locked = query.with_for_update(of=tables, key_share=True, skip_locked=skip)
    return locked.execution_options(populate_existing=True)


async def hold(session: AsyncSession, ids: Collection[int] | Select[int]) -> dict[int, Group]:
    """Locks groups."""
    found = await session.scalars(held(select(Group).where(Group.id.in_(ids)).order_by(Group.id), Group))
    return {group.id: group for group in found}


def subjects(delivered: Sequence[Delivered]) -> list[int]:
    """The rows that Telegram's answers are about."""
    return [each.subject_id for each in delivered if each.subject_id is not None]


@dataclass(frozen=True, slots=True)
class Spot:
    """A group chat as an update names it."""

    chat: int
    title: str
    is_supergroup: bool


async def find(session: AsyncSession, chat: int) -> Group | None:
    """The group behind a chat id, an old one too; None when it was never set up or the bot is out of it."""
    group = await session.scalar(_behind(session, chat))
    return group if group is not None and group.left_at is None else None


def _behind(session: AsyncSession, *chats: int) -> Select[Group]:
    return (
        select(Group)
        .join(GroupChat, GroupChat.group_id == Group.id)
        .where(GroupChat.chat_key.in_([keys_of(session).blind(chat) for chat in chats]))
        .order_by(Group.id)
    )


async def places_of(session: AsyncSession, person_id: int) -> Sequence[Group]:
    """The groups in which the person has a place."""
    rows = await session.scalars(
        select(Group)
        .join(GroupMember, GroupMember.group_id == Group.id)
        .where(GroupMember.person_id == person_id, Group.left_at.is_(None), HAS_PLACE)
        .order_by(Group.id)
    )
    return rows.all()


async def chat_of(session: AsyncSession, group: Group) -> Target:
    """Where the group can be written to now."""
    chat = await session.scalar(
        select(GroupChat.chat).where(GroupChat.group_id == group.id, GroupChat.is_current).limit(1)
    )
    return Target(int(chat or 0))


async def post(session: AsyncSession, group: Group, outgoing: Outgoing, *, then: str | None = None) -> None:
    """Says something in the group."""
    await tell(session, await chat_of(session, group), outgoing, then=then, subject_id=group.id if then else None)


async def look_after(session: AsyncSession) -> list[Person]:
    """Who is told about groups: the moderators who can be written to; where there is none, the carers."""
    found = await access.carers(session, Role.MODERATOR)
    if not found:
        found = [*await access.carers(session, Role.SUPERVISOR), *await access.carers(session, Role.COUNSELOR)]
    return list({person.id: person for person in found}.values())


# --- setting up --------------------------------------------------------------------------------------------------


async def set_up(session: AsyncSession, spot: Spot, user: int | None, *, now: datetime) -> None:
    """/setup in a group. The list of rights follows once Telegram has said what they are.

    `user` is None for an administrator who writes as the group: nobody knows who that is, so they decide nothing.
    """
    programme, known = programme_of(session), await session.scalar(held(_behind(session, spot.chat), Group))
    locale = known.locale if known else programme.locale
    if user is None:
        await tell(session, Target(spot.chat), say.brief(programme.texts.say(locale, "setup-anonymous")))
        return
    person = await access.person(session, user)
    if person is None or not await access.roles(session, person.id) & frozenset(STAFF):
        await tell(session, Target(spot.chat), say.brief(programme.texts.say(locale, "setup-staff-only")))
        return
    group = known or await _register(session, spot, person, now)
    group.title, group.is_supergroup, group.left_at = spot.title, spot.is_supergroup, None
    group.report_wanted = True
    await _ask_rights(session, group, now)


async def _register(session: AsyncSession, spot: Spot, person: Person, now: datetime) -> Group:
    group = Group(
        title=spot.title,
        locale=person.locale,
        zone=programme_of(session).zone,
        is_supergroup=spot.is_supergroup,
        created_at=now,
    )
    session.add(group)
    await session.flush()
    session.add(GroupChat(chat_key=keys_of(session).blind(spot.chat), chat=str(spot.chat), group_id=group.id))
    await session.flush()
    logger.info("group_registered", group=group.id)
    return group


async def set_up_in_private(session: AsyncSession, user: int) -> None:
    """/setup where no group is: how to do it."""
    who, _held = await access.require_staff(session, user, *STAFF)
    programme = programme_of(session)
    await tell(session, who, say.how_to_set_up(programme.texts, who.locale, bot=programme.bot_username))


async def _ask_rights(session: AsyncSession, group: Group, now: datetime) -> None:
    group.rights_due_at = now + LOOK_AGAIN
    payload = {"user_id": programme_of(session).bot_id}
    chat = await chat_of(session, group)
    await call(session, chat, "getChatMember", payload, lane=Lane.MODERATION, then=RIGHTS_READ, subject_id=group.id)


async def check_rights(session: AsyncSession, *, now: datetime) -> int:
    """Asks Telegram anew what the bot may do, for every group not looked at for ten minutes."""
    waiting = select(Group).where(Group.left_at.is_(None), Group.rights_due_at <= now).limit(50)
    due = (await session.scalars(held(waiting, Group, skip=True))).all()
    for group in due:
        await _ask_rights(session, group, now)
    return len(due)


async def rights_read(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """Telegram said what the bot may do in a group, or that it is not there any more."""
    found = await hold(session, subjects(delivered))
    for each in delivered:
        group = found.get(each.subject_id or 0)
        if group is None or group.left_at is not None:
            continue
        if isinstance(each.result, dict):
            if each.result.get("status") in ("left", "kicked"):
                await _gone(session, group, now)
            else:
                await _know_rights(session, group, frozenset(name for name in say.RIGHTS if each.result.get(name)))
        elif each.outcome is Outcome.UNREACHABLE:
            await _gone(session, group, now)


async def membership(
    session: AsyncSession, spot: Spot, *, was_inside: bool, inside: bool, rights: frozenset[str], now: datetime
) -> None:
    """The bot was added, promoted, demoted or put out."""
    group = await session.scalar(held(_behind(session, spot.chat).where(Group.left_at.is_(None)), Group))
    if group is not None and not inside:
        await _gone(session, group, now)
    elif group is not None:
        await _know_rights(session, group, rights)
    elif inside and not was_inside:
        programme = programme_of(session)
        await tell(session, Target(spot.chat), say.brief(programme.texts.say(programme.locale, "setup-greeting")))


async def _know_rights(session: AsyncSession, group: Group, rights: frozenset[str]) -> None:
    """Writes down what the bot may do; staff hear of each change once: what is off, or that all is well again."""
    texts = programme_of(session).texts
    group.rights = " ".join(sorted(rights))
    missing = [name for name in say.RIGHTS if name not in rights]
    told = None if group.told_missing is None else group.told_missing.split()
    if group.report_wanted:
        group.report_wanted = False
        await post(session, group, say.rights(texts, group.locale, missing=missing, is_supergroup=group.is_supergroup))
    elif told is not None and missing != told:
        for person in await look_after(session):
            outgoing = say.rights_changed(texts, person.locale, group=group.title, missing=missing)
            await tell(session, person, outgoing)
    group.told_missing = " ".join(missing)
    if group.is_supergroup:
        await _catch_up(session, group, rights)


async def _catch_up(session: AsyncSession, group: Group, rights: frozenset[str]) -> None:
    """Does what set-up still lacks and the rights now allow: the pinned statement, the link that asks."""
    programme = programme_of(session)
    if group.statement_id is None and "can_pin_messages" in rights:
        group.statement_id = PENDING
        lines = crisis.card(programme.crisis_lines, programme.country, group.locale)
        await post(session, group, say.statement(programme.texts, group.locale, lines), then=STATEMENT_SENT)
    if group.link is None and "can_invite_users" in rights:
        group.link = ""
        payload = {"creates_join_request": True, "name": LINK_NAME}
        chat = await chat_of(session, group)
        await call(
            session, chat, "createChatInviteLink", payload, lane=Lane.MODERATION, then=LINK_MADE, subject_id=group.id
        )


async def statement_sent(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:  # noqa: ARG001
    """The not-for-emergencies statement stands in the group, so it can be pinned; else it is tried again later."""
    found = await hold(session, subjects(delivered))
    for each in delivered:
        group = found[each.subject_id or 0]
        group.statement_id = each.message_id
        if each.message_id is not None:
            payload = {"message_id": each.message_id, "disable_notification": True}
            await call(session, await chat_of(session, group), "pinChatMessage", payload, lane=Lane.MODERATION)


async def link_made(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:  # noqa: ARG001
    """The link by which people ask to come in; without it, it is tried again later."""
    found = await hold(session, subjects(delivered))
    for each in delivered:
        group = found[each.subject_id or 0]
        link = each.result.get("invite_link") if isinstance(each.result, dict) else None
        group.link = str(link) if link else None


async def at_start(session: AsyncSession, *, now: datetime) -> None:
    """After a start nothing is believed: rights and open or closed doors are looked at anew."""
    await session.execute(update(Group).where(Group.left_at.is_(None)).values(rights_due_at=now))
    await session.execute(
        update(Group).where(Group.left_at.is_(None), Group.hours_due_at.is_not(None)).values(hours_due_at=now)
    )


# --- moving and leaving ------------------------------------------------------------------------------------------


async def migrated(session: AsyncSession, *, old_chat: int, new_chat: int, now: datetime) -> None:
    """The group got a new chat id. Told by two service messages and by every refused send: done once, whichever."""
    key = keys_of(session).blind(new_chat)
    await session.execute(held(_behind(session, old_chat, new_chat), Group))
    group = await session.scalar(_behind(session, old_chat))
    if group is None:
        return
    # Whoever else is making it known at this moment is waited for.
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    new = insert(GroupChat).values(chat_key=key, chat=str(new_chat), group_id=group.id)
    made = await session.scalar(new.on_conflict_do_nothing().returning(GroupChat.chat_key))
    there = await session.get_one(GroupChat, key, populate_existing=True)
    if made is None and there.group_id == group.id:
        return
    if there.group_id != group.id:  # the new chat was set up by itself before its past was known
        newcomer = await session.get_one(Group, there.group_id)
        newcomer.left_at, there.group_id, there.is_current = now, group.id, True
    await session.execute(
        update(GroupChat).where(GroupChat.group_id == group.id, GroupChat.chat_key != key).values(is_current=False)
    )
    group.is_supergroup, group.statement_id, group.link = True, None, None
    await session.flush()
    logger.info("group_moved", group=group.id)
    await _ask_rights(session, group, now)


async def renamed(session: AsyncSession, chat: int, title: str) -> None:
    """The group has a new title."""
    group = await find(session, chat)
    if group is not None:
        group.title = title


async def _gone(session: AsyncSession, group: Group, now: datetime) -> None:
    """The bot is out of the group: staff are told once, and nothing of the group is lost."""
    group.left_at, group.rights, group.told_missing = now, None, None
    texts = programme_of(session).texts
    for person in await look_after(session):
        await tell(session, person, say.put_out(texts, person.locale, group=group.title))


async def post_unread(session: AsyncSession, raw: dict[str, Any]) -> None:
    """A post could not be handled: whoever looks after groups is told to look at the group themselves."""
    body = raw.get("message") or raw.get("edited_message")
    chat = body.get("chat") if isinstance(body, dict) else None
    number = chat.get("id") if isinstance(chat, dict) else None
    group = await find(session, number) if isinstance(number, int) else None
    if group is not None:
        texts = programme_of(session).texts
        for person in await look_after(session):
            await tell(session, person, say.post_unread(texts, person.locale, group=group.title))


async def entitled(
    session: AsyncSession, user: int, group_id: int, *, changing: bool = False
) -> tuple[Person, frozenset[Role], Group]:
    """A group, for a member of staff who may act on it at this moment; locked for one who is `changing` it."""
    who, roles = await access.require_staff(session, user, *STAFF)
    group = (await hold(session, [group_id])).get(group_id) if changing else await session.get(Group, group_id)
    if group is None or group.left_at is not None:
        raise Refusal("refused-group-gone")
    return who, roles, group
