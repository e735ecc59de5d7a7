"""Chips: one's own page, and sharing one with a group by an own tap, once, and back again.

1. A tap on a chip shows the very words and the groups the person has a place in.
2. A tap on a group asks Telegram whether they are in it now: what we know of comings and goings may be old.
3. Only then the bot posts, under the name the group knows: aliases stay between a person and the programme. The post
   can be taken back, and after that shared again.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care.sobriety import Milestone, SoberDays, milestones_reached
from peerbot.db.models import ChipState, Group, Person, SharedChip
from peerbot.delivery.outbox import Delivered, Outcome
from peerbot.errors import Refusal
from peerbot.messages import milestones as say
from peerbot.outgoing import Lane
from peerbot.services import access, groups, history, schedules
from peerbot.services.enrolment import Visitor
from peerbot.services.post import call, tell
from peerbot.services.programme import programme_of

CHECKED, POSTED, TAKEN_BACK = "chip_checked", "chip_posted", "chip_taken_back"
LONGEST = 100 * 366
"""Days of the longest run anybody can have told."""
INSIDE = frozenset({"creator", "administrator", "member"})


async def show(session: AsyncSession, user: int, *, now: datetime) -> None:
    """/milestones: one's own chips, for nobody else's eyes."""
    person, _part = await access.require_participant(session, user)
    days = await _sober(session, person, now)
    await tell(session, person, say.milestones(programme_of(session).texts, person.locale, days))


async def share(
    session: AsyncSession, who: Visitor, chip: str, group_id: int, act: str, *, message_id: int, now: datetime
) -> None:
    """A tap on a chip, on a group for it, or on taking it back."""
    person, _part = await access.require_participant(session, who.user)
    texts = programme_of(session).texts
    if act == "choose":
        earned = await _earned(session, person, chip, now)
        places = [(group.id, group.title, group.locale) for group in await groups.places_of(session, person.id)]
        if not places:
            raise Refusal("refused-chip-no-group")
        await tell(session, person, say.choose_group(texts, person.locale, name=who.name, chip=earned, groups=places))
    elif act == "no":
        await tell(
            session, person, say.told(texts, person.locale, "kept", chip=_named(chip), group=""), edit=message_id
        )
    elif act == "post":
        await _ask(session, person, await _earned(session, person, chip, now), group_id, message_id, now)
    elif act == "back":
        await _take_back(session, person, _named(chip), group_id, message_id)
    else:
        raise Refusal("refused-old-button")


async def _sober(session: AsyncSession, person: Person, now: datetime) -> SoberDays:
    on = schedules.day_of(person, await schedules.rhythm_of(session, person.id), now)
    _, days = await history.sober(session, person.id, on)
    return days


async def _earned(session: AsyncSession, person: Person, chip: str, now: datetime) -> Milestone:
    """The chip of this name, if it is this person's own."""
    earned = _named(chip)
    if earned.days > (await _sober(session, person, now)).best_run:
        raise Refusal("refused-old-button")
    return earned


async def _find(session: AsyncSession, person: Person, chip: Milestone, group_id: int) -> SharedChip | None:
    return await session.scalar(
        select(SharedChip).where(
            SharedChip.person_id == person.id, SharedChip.group_id == group_id, SharedChip.chip == chip.name
        )
    )


async def _ask(
    session: AsyncSession, person: Person, chip: Milestone, group_id: int, message_id: int, now: datetime
) -> None:
    group = next((one for one in await groups.places_of(session, person.id) if one.id == group_id), None)
    if group is None:
        raise Refusal("refused-not-yours")
    row = await _find(session, person, chip, group.id)
    if row is not None and row.state != ChipState.GONE:
        raise Refusal("refused-chip-shared")
    if row is None:
        row = SharedChip(person_id=person.id, group_id=group.id, chip=chip.name)
        session.add(row)
    row.state, row.bubble_id, row.asked_at, row.message_id = ChipState.CHECKING, message_id, now, None
    await session.flush()
    chat = await groups.chat_of(session, group)
    payload = {"user_id": int(person.chat)}
    await call(session, chat, "getChatMember", payload, lane=Lane.REPLY, then=CHECKED, subject_id=row.id)
    outgoing = say.told(programme_of(session).texts, person.locale, "on-its-way", chip=chip, group=group.title)
    await tell(session, person, outgoing, edit=message_id)


async def _take_back(session: AsyncSession, person: Person, chip: Milestone, group_id: int, message_id: int) -> None:
    row = await _find(session, person, chip, group_id)
    if row is None or row.state != ChipState.POSTED or row.message_id is None:
        raise Refusal("refused-old-button")
    group = await session.get_one(Group, group_id)
    row.state, row.bubble_id = ChipState.GOING, message_id
    payload = {"message_id": row.message_id}
    chat = await groups.chat_of(session, group)
    await call(session, chat, "deleteMessage", payload, lane=Lane.MODERATION, then=TAKEN_BACK, subject_id=row.id)


async def checked(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:  # noqa: ARG001
    """Telegram said whether the person is in the group; only then their chip is posted."""
    for each in delivered:
        row = await session.get_one(SharedChip, each.subject_id)
        if row.state != ChipState.CHECKING:
            continue
        said = each.result if isinstance(each.result, dict) else {}
        inside = said.get("status") in INSIDE or (said.get("status") == "restricted" and said.get("is_member"))
        if not inside:
            row.state = ChipState.GONE
            await _tell_owner(session, row, "not-inside")
            continue
        row.state = ChipState.POSTING
        group = await session.get_one(Group, row.group_id)
        name = str(said.get("user", {}).get("first_name", ""))
        outgoing = say.post(programme_of(session).texts, group.locale, name=name, chip=_named(row.chip))
        chat = await groups.chat_of(session, group)
        await tell(session, chat, outgoing, then=POSTED, subject_id=row.id)


async def posted(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:  # noqa: ARG001
    """The post stands in the group, or could not be made."""
    for each in delivered:
        row = await session.get_one(SharedChip, each.subject_id)
        stands = each.outcome is Outcome.SENT
        row.state, row.message_id = ChipState.POSTED if stands else ChipState.GONE, each.message_id
        await _tell_owner(session, row, "posted" if stands else "not-posted", undo=stands)


async def taken_back(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:  # noqa: ARG001
    """The post is away, or Telegram would not take it down."""
    for each in delivered:
        row = await session.get_one(SharedChip, each.subject_id)
        gone = each.result is True  # without a result Telegram kept it, or somebody else had deleted it
        row.state = ChipState.GONE if gone else ChipState.POSTED
        await _tell_owner(session, row, "back" if gone else "stays", undo=not gone)


def _named(chip: str) -> Milestone:
    """A chip by its stored name; they are the same for everybody."""
    for one in milestones_reached(0, LONGEST):
        if one.name == chip:
            return one
    raise Refusal("refused-old-button")


async def _tell_owner(session: AsyncSession, row: SharedChip, how: str, *, undo: bool = False) -> None:
    person, group = await session.get_one(Person, row.person_id), await session.get_one(Group, row.group_id)
    texts, chip = programme_of(session).texts, _named(row.chip)
    if undo:
        outgoing = say.stands(texts, person.locale, how, chip=chip, group=group.title, number=group.id)
    else:
        outgoing = say.told(texts, person.locale, how, chip=chip, group=group.title)
    await tell(session, person, outgoing, edit=row.bubble_id)
