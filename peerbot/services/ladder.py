"""The ladder: warn, then mute for an hour, then for a day. A step counts only once Telegram confirmed it.

A warning is a private message that arrived; a mute is a restriction Telegram accepted. What was refused counts for
nothing, and staff are told that nothing happened. Nobody with an open alert is ever muted: a warning is the most.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.db.models import Alert, AlertState, Group, Person, Review, Sanction, SanctionState
from peerbot.delivery.outbox import Delivered, Outcome, Target
from peerbot.messages import reviews as say
from peerbot.outgoing import Lane
from peerbot.services import access, groups
from peerbot.services.post import call, tell
from peerbot.services.programme import programme_of

SETTLED, LIFTED = "sanction_settled", "sanction_lifted"
MUTES = {"mute-1h": timedelta(hours=1), "mute-24h": timedelta(hours=24)}
STEPS = ("warn", *MUTES)
FORGOTTEN_AFTER = timedelta(days=30)
"""Older steps count no more; other group bots let warnings end after as long (moderation.md, section 1)."""
UNDO_WITHIN = timedelta(hours=48)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
)
"""What a mute takes."""
ALL_PERMISSIONS = (
    *PERMISSIONS,
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
"""Given back together, so that Telegram ends the restriction; the group's own permissions still limit them."""


async def has_open_alert(session: AsyncSession, participant_id: int) -> bool:
    """Whether somebody of the team is, or should be, with this participant right now."""
    found = await session.scalar(
        select(Alert.id).where(Alert.participant_id == participant_id, Alert.state != AlertState.CLOSED).limit(1)
    )
    return found is not None


async def next_step(session: AsyncSession, review: Review, now: datetime) -> str | None:
    """What would come next for the author; None for staff, channels, and while another step is on its way."""
    if review.user_key is None or review.user is None:
        return None
    if review.person_id is not None and await access.roles(session, review.person_id):
        return None
    same = (Sanction.group_id == review.group_id, Sanction.user_key == review.user_key)
    on_its_way = (SanctionState.ASKED, SanctionState.LIFTING)
    if await session.scalar(select(Sanction.id).where(*same, Sanction.state.in_(on_its_way)).limit(1)):
        return None
    counted = await session.scalar(
        select(func.count()).where(
            *same, Sanction.state == SanctionState.DONE, Sanction.done_at > now - FORGOTTEN_AFTER
        )
    )
    if review.person_id is not None and await has_open_alert(session, review.person_id):
        return STEPS[0]
    return STEPS[min(counted or 0, len(STEPS) - 1)]


async def apply(session: AsyncSession, review: Review, *, by: int | None, now: datetime) -> Sanction | None:
    """Asks for the next step; None when there is none to take. Two at once would both count: the review is held."""
    step = await next_step(session, review, now)
    if step is None or review.user is None or review.user_key is None:
        return None
    group = await session.get_one(Group, review.group_id)
    sanction = Sanction(
        group_id=group.id,
        review_id=review.id,
        user_key=review.user_key,
        user=review.user,
        step=step,
        by=by,
        asked_at=now,
    )
    session.add(sanction)
    await session.flush()
    if step in MUTES:
        sanction.until_at = now + MUTES[step]
        await _restrict(session, group, sanction, allowed=False, then=SETTLED)
    else:
        person, locale = await _author(session, review, group)
        outgoing = say.warning(programme_of(session).texts, locale, review=review.id, group=group.title)
        await tell(session, person or Target(int(review.user)), outgoing, then=SETTLED, subject_id=sanction.id)
    return sanction


async def _author(session: AsyncSession, review: Review, group: Group) -> tuple[Person | None, str]:
    person = await session.get(Person, review.person_id or 0)
    return person, person.locale if person else group.locale


async def _restrict(session: AsyncSession, group: Group, sanction: Sanction, *, allowed: bool, then: str) -> None:
    payload = {
        "user_id": int(sanction.user),
        "permissions": dict.fromkeys(ALL_PERMISSIONS, True) if allowed else dict.fromkeys(PERMISSIONS, False),
        "use_independent_chat_permissions": True,
    }
    if sanction.until_at is not None and not allowed:
        payload["until_date"] = int(sanction.until_at.timestamp())
    await call(
        session,
        await groups.chat_of(session, group),
        "restrictChatMember",
        payload,
        lane=Lane.MODERATION,
        then=then,
        subject_id=sanction.id,
    )


async def confirm(session: AsyncSession, delivered: Delivered, *, now: datetime) -> Review:
    """Writes down whether the step happened; the author of a mute is told only now."""
    sanction = await session.get_one(Sanction, delivered.subject_id)
    review = await session.get_one(Review, sanction.review_id)
    group = await session.get_one(Group, sanction.group_id)
    happened = delivered.outcome is Outcome.SENT and (sanction.step not in MUTES or delivered.result is True)
    sanction.state = SanctionState.DONE if happened else SanctionState.REFUSED
    texts = programme_of(session).texts
    if happened:
        sanction.done_at = now
        if sanction.until_at is not None:
            person, locale = await _author(session, review, group)
            zone = person.zone if person else group.zone
            outgoing = say.muted(texts, locale, review=review.id, group=group.title, until=sanction.until_at, zone=zone)
            await tell(session, person or Target(int(sanction.user)), outgoing)
        return review
    for staff in await groups.look_after(session):
        await tell(session, staff, say.not_sanctioned(texts, staff.locale, review=review.id, step=sanction.step))
    return review


async def live(session: AsyncSession, review: Review, now: datetime) -> Sanction | None:
    """The step that came of this review, while it can be taken back."""
    return await session.scalar(
        select(Sanction)
        .where(
            Sanction.review_id == review.id,
            Sanction.state == SanctionState.DONE,
            Sanction.done_at > now - UNDO_WITHIN,
        )
        .order_by(Sanction.id.desc())
        .limit(1)
    )


async def lift(session: AsyncSession, sanction: Sanction, *, now: datetime) -> None:
    """Takes a step back: a mute once Telegram has lifted it, a warning at once."""
    group = await session.get_one(Group, sanction.group_id)
    if sanction.step in MUTES:
        sanction.state = SanctionState.LIFTING
        await _restrict(session, group, sanction, allowed=True, then=LIFTED)
    else:
        await _lifted(session, sanction, group, now)


async def confirm_lifted(session: AsyncSession, delivered: Delivered, *, now: datetime) -> Review:
    """The mute is lifted, or Telegram refused and it still stands."""
    sanction = await session.get_one(Sanction, delivered.subject_id)
    review = await session.get_one(Review, sanction.review_id)
    if delivered.outcome is Outcome.SENT and delivered.result is True:
        await _lifted(session, sanction, await session.get_one(Group, sanction.group_id), now)
        return review
    sanction.state = SanctionState.DONE
    texts = programme_of(session).texts
    for staff in await groups.look_after(session):
        await tell(session, staff, say.not_lifted(texts, staff.locale, review=review.id))
    return review


async def _lifted(session: AsyncSession, sanction: Sanction, group: Group, now: datetime) -> None:
    sanction.state, sanction.lifted_at = SanctionState.LIFTED, now
    review = await session.get_one(Review, sanction.review_id)
    person, locale = await _author(session, review, group)
    outgoing = say.lifted(programme_of(session).texts, locale, group=group.title)
    await tell(session, person or Target(int(sanction.user)), outgoing)


async def latest(session: AsyncSession, review: Review) -> Sanction | None:
    """The newest step that came of this review, whatever became of it."""
    return await session.scalar(
        select(Sanction).where(Sanction.review_id == review.id).order_by(Sanction.id.desc()).limit(1)
    )


def came_of(sanctions: Sequence[int]) -> Select[int]:
    """The reviews these steps came of."""
    return select(Sanction.review_id).where(Sanction.id.in_(sanctions))


async def settle_all(
    session: AsyncSession, delivered: Sequence[Delivered], *, lifting: bool, now: datetime
) -> list[Review]:
    """Every answer in turn; returns the reviews whose copies are now out of date."""
    return [
        await (confirm_lifted if lifting else confirm)(session, each, now=now) for each in delivered if each.subject_id
    ]
