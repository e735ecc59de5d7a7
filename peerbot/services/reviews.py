"""Reviews: what happened to a post, told to its author and to the moderators, and what a person decides about it.

Copies in the moderators' chats carry no words of the post; those are shown on demand and leave the chat again. Danger
and worry page until somebody takes them, and again when nobody says that it is done.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot import log
from peerbot.db.engine import keys_of
from peerbot.db.models import Group, Person, Place, Review, ReviewKind, ReviewNotice, Role, Sanction
from peerbot.delivery.outbox import Delivered, Outcome, Target
from peerbot.errors import Refusal
from peerbot.messages import reviews as say
from peerbot.outgoing import Lane, Outgoing
from peerbot.services import access, alerts, groups, ladder
from peerbot.services.post import call, tell
from peerbot.services.programme import programme_of

POST_DOWN, SHARED, SHARE_GONE, NOTICE_SENT = "post_down", "post_shared", "share_gone", "review_notice_sent"
KEEP_WORDS = timedelta(days=30)
AGAIN_SOON, AGAIN_LATER = timedelta(minutes=5), timedelta(minutes=15)
TAKEN_FOR = timedelta(minutes=30)
"""Danger nobody took is paged again after 5, then every 15 minutes; taken but not done, after 30. Our defaults."""
FLOOD_PAUSE = timedelta(minutes=10)
URGENT = (ReviewKind.DANGER, ReviewKind.WORRY)
logger = log.get("reviews")


async def held_reviews(session: AsyncSession, ids: Collection[int] | Select[int]) -> dict[int, Review]:
    """Locks reviews until the end of the transaction, as they are now: moderators, a tick, Telegram's answers may meet.

    Before them their groups, because two reviews may meet over the next step of one author. Urgent ones lead to no
    step, and hold no group: their copies are settled beside those of all others, and neither may wait for the other.
    """
    await groups.hold(session, select(Review.group_id).where(Review.id.in_(ids), Review.kind.not_in(URGENT)))
    found = await session.scalars(groups.held(select(Review).where(Review.id.in_(ids)).order_by(Review.id), Review))
    return {review.id: review for review in found}


# --- telling moderators ------------------------------------------------------------------------------------------


async def announce(
    session: AsyncSession, review: Review, *, now: datetime, people: Sequence[Person] | None = None
) -> None:
    """One message about the review to everyone who looks after groups."""
    await session.flush()
    for person in people if people is not None else await groups.look_after(session):
        notice = ReviewNotice(review_id=review.id, person_id=person.id)
        session.add(notice)
        await session.flush()
        outgoing = await view(session, review, person, now)
        await tell(session, person, outgoing, then=NOTICE_SENT, subject_id=notice.id)


async def notice_sent(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """Remembers which message is a copy of which review, and brings it up to date if that changed meanwhile.

    Danger that a blocked chat did not let through makes the next round due now.
    """
    of = select(ReviewNotice.review_id).where(ReviewNotice.id.in_(groups.subjects(delivered)))
    found = await held_reviews(session, of)
    for each in delivered:
        notice = await session.get(ReviewNotice, each.subject_id or 0)
        if notice is None:
            continue
        notice.message_id = each.message_id
        review = found[notice.review_id]
        if notice.is_stale and each.message_id is not None:
            await _refresh_one(session, review, notice, each.message_id, now)
        if each.outcome is Outcome.UNREACHABLE and review.next_page_at is not None and review.decision is None:
            review.next_page_at = now


async def page(session: AsyncSession, review: Review, *, now: datetime) -> None:
    """Danger or worry: moderators at once, from the second round on every carer too."""
    await session.flush()
    review.rounds += 1
    people = {person.id: person for person in await groups.look_after(session)}
    if review.rounds > 1:
        for role in (Role.SUPERVISOR, Role.COUNSELOR):
            people |= {person.id: person for person in await access.carers(session, role)}
    if review.kind == ReviewKind.WORRY and review.person_id is not None:
        found = await access.counselor_of(session, review.person_id)
        people |= {found.id: found} if found is not None and found.reachable else {}
    review.next_page_at = now + (AGAIN_SOON if review.rounds == 1 else AGAIN_LATER)
    if not people:
        # The notice holds no words, so an administrator may carry it to somebody who can act.
        people = {person.id: person for person in await access.carers(session, Role.ADMIN)}
        logger.critical("review_reaches_nobody", row=review.id)
    await announce(session, review, now=now, people=list(people.values()))


async def page_due(session: AsyncSession, *, now: datetime) -> int:
    """Pages again what nobody took, or what was taken and never done."""
    waiting = select(Review).where(Review.next_page_at <= now).limit(50)
    due = (await session.scalars(groups.held(waiting, Review, skip=True))).all()
    for review in due:
        review.decision = None
        await page(session, review, now=now)
    return len(due)


async def view(session: AsyncSession, review: Review, reader: Person, now: datetime) -> Outgoing:
    """The review as one copy shows it now."""
    group = await session.get_one(Group, review.group_id)
    by = await session.get(Person, review.decided_by or 0)
    sanction = await ladder.latest(session, review)
    return say.review(
        programme_of(session).texts,
        reader.locale,
        facts=say.ReviewFacts(
            id=review.id,
            kind=review.kind,
            place=review.place,
            group=group.title,
            reason=review.reason,
            decision=review.decision,
            by=by.alias if by else "",
            appealed=review.appealed_at is not None,
            link=await _link(session, group, review),
            has_words=review.words is not None,
            step=sanction.step if sanction else None,
            step_state=sanction.state if sanction else None,
            next_step=await ladder.next_step(session, review, now),
        ),
    )


async def _link(session: AsyncSession, group: Group, review: Review) -> str:
    """Where the post stands, for those who are in the group."""
    chat = str((await groups.chat_of(session, group)).chat)
    stands = review.place in (Place.STANDS, Place.DOUBTFUL) and review.message_id and chat.startswith("-100")
    return f"t.me/c/{chat.removeprefix('-100')}/{review.message_id}" if stands else ""


async def refresh(session: AsyncSession, review: Review, now: datetime) -> None:
    """Brings the newest copy of every moderator up to date."""
    await session.flush()
    notices = await session.scalars(
        select(ReviewNotice).where(ReviewNotice.review_id == review.id).order_by(ReviewNotice.id)
    )
    for notice in {notice.person_id: notice for notice in notices}.values():
        if notice.message_id is None:
            notice.is_stale = True
        else:
            await _refresh_one(session, review, notice, notice.message_id, now)


async def _refresh_one(
    session: AsyncSession, review: Review, notice: ReviewNotice, message_id: int, now: datetime
) -> None:
    notice.is_stale = False
    person = await session.get_one(Person, notice.person_id)
    await tell(session, person, await view(session, review, person, now), edit=message_id)


# --- what Telegram answered --------------------------------------------------------------------------------------


async def post_down(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """A post is down, or not. Only when it is, its author learns why, and a removed one takes the next step."""
    found = await held_reviews(session, groups.subjects(delivered))
    for each in delivered:
        review = found[each.subject_id or 0]
        if each.outcome is not Outcome.SENT:
            review.place = Place.STANDS
        elif each.result is not True:
            review.place = Place.DOUBTFUL  # gone already, or Telegram let it stand: its answer is the same for both
        else:
            review.place = Place.DOWN
        if review.decision == "down" and review.place != Place.DOWN:
            review.decision, review.place = None, Place.DOUBTFUL
        more_of_the_same = await _is_more_of_a_flood(session, review)
        if review.place == Place.DOWN and not more_of_the_same:
            await _tell_author(session, review)
            if review.rule == "flooding" or review.kind == ReviewKind.REMOVED:
                await ladder.apply(session, review, by=None, now=now)
        if review.decision is not None:
            await refresh(session, review, now)
        elif not more_of_the_same:
            await announce(session, review, now=now)


async def _is_more_of_a_flood(session: AsyncSession, review: Review) -> bool:
    if review.rule != "flooding":
        return False
    earlier = await session.scalar(
        select(Review.id)
        .where(
            Review.group_id == review.group_id,
            Review.user_key == review.user_key,
            Review.rule == "flooding",
            Review.id < review.id,
            Review.created_at > review.created_at - FLOOD_PAUSE,
        )
        .limit(1)
    )
    return earlier is not None


async def _tell_author(session: AsyncSession, review: Review) -> None:
    if review.user is None:
        return
    group = await session.get_one(Group, review.group_id)
    who, locale = await _author(session, review, group)
    outgoing = say.why(programme_of(session).texts, locale, review=review.id, group=group.title, reason=review.reason)
    await tell(session, who, outgoing)


async def _author(session: AsyncSession, review: Review, group: Group) -> tuple[Person | Target, str]:
    person = await session.get(Person, review.person_id or 0)
    return (person, person.locale) if person else (Target(int(review.user or 0)), group.locale)


async def shared(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """An approved post stands in the group again, without a name, and its author is told."""
    found = await held_reviews(session, groups.subjects(delivered))
    for each in delivered:
        review = found[each.subject_id or 0]
        if each.outcome is Outcome.SENT:
            review.place, review.shared_id = Place.SHARED, each.message_id
            if review.user is not None:
                group = await session.get_one(Group, review.group_id)
                who, locale = await _author(session, review, group)
                words = programme_of(session).texts.say(locale, "review-author-shared", group=group.title)
                await tell(session, who, Outgoing(words))
        else:
            review.place, review.decision = Place.DOWN, None
        await refresh(session, review, now)


async def share_gone(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """An approval was taken back: the shared post is away, and the review waits again."""
    found = await held_reviews(session, groups.subjects(delivered))
    for each in delivered:
        review = found[each.subject_id or 0]
        if each.outcome is Outcome.SENT:
            review.place, review.shared_id, review.decision = Place.DOWN, None, None
        await refresh(session, review, now)


async def sanction_settled(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """A warning arrived, a mute was accepted, or not."""
    await held_reviews(session, ladder.came_of(groups.subjects(delivered)))
    for review in await ladder.settle_all(session, delivered, lifting=False, now=now):
        await refresh(session, review, now)


async def sanction_lifted(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:
    """A mute is lifted, or not."""
    await held_reviews(session, ladder.came_of(groups.subjects(delivered)))
    for review in await ladder.settle_all(session, delivered, lifting=True, now=now):
        await refresh(session, review, now)


# --- what people decide ------------------------------------------------------------------------------------------


async def act(session: AsyncSession, user: int, review_id: int, what: str, *, now: datetime) -> None:
    """A moderator's button. Who may is read now; what no longer fits the review's state is refused."""
    review = (await held_reviews(session, [review_id])).get(review_id)
    if review is None:
        raise Refusal("refused-old-button")
    staff, _held, group = await groups.entitled(session, user, review.group_id)
    if what not in say.offered(review.kind, review.place, review.decision, has_words=review.words is not None):
        raise Refusal("refused-decided")
    if what == "show":
        outgoing = say.words(
            programme_of(session).texts,
            staff.locale,
            review=review.id,
            author=review.author or "?",
            words=review.words or "",
            has_media=review.has_media,
        )
        await tell(session, staff, outgoing, then=alerts.DETAILS_SHOWN)
        return
    if what in ("undo", "lift"):
        await _take_back(session, review, group, what, now)
    else:
        review.decision, review.decided_by, review.decided_at = what, staff.id, now
        await _carry_out(session, review, group, what, staff, now)
    await refresh(session, review, now)


async def _carry_out(
    session: AsyncSession, review: Review, group: Group, what: str, staff: Person, now: datetime
) -> None:
    texts = programme_of(session).texts
    match what:
        case "share":
            review.place = Place.SHARING
            chat = await groups.chat_of(session, group)
            outgoing = say.shared(texts, group.locale, words=review.words or "", had_media=review.has_media)
            await tell(session, chat, outgoing, then=SHARED, subject_id=review.id)
            sanction = await ladder.live(session, review, now)
            if sanction is not None:
                await ladder.lift(session, sanction, now=now)
        case "keep" if review.appealed_at is not None and review.user is not None:
            who, locale = await _author(session, review, group)
            await tell(session, who, Outgoing(texts.say(locale, "review-author-kept", group=group.title)))
        case "warn":
            if await ladder.apply(session, review, by=staff.id, now=now) is None:
                raise Refusal("refused-no-step")
        case "down":
            review.place = Place.GOING
            chat = await groups.chat_of(session, group)
            payload = {"message_id": review.message_id}
            await call(
                session, chat, "deleteMessage", payload, lane=Lane.MODERATION, then=POST_DOWN, subject_id=review.id
            )
        case "take":
            review.next_page_at = now + TAKEN_FOR
        case "done":
            review.next_page_at = None
        case _:
            pass


async def _take_back(session: AsyncSession, review: Review, group: Group, what: str, now: datetime) -> None:
    """Undoes the last decision, or the step that came of it, for 48 hours."""
    sanction = await ladder.live(session, review, now)
    if what == "lift":
        if sanction is None:
            raise Refusal("refused-too-late")
        await ladder.lift(session, sanction, now=now)
        return
    if review.decided_at is None or now - review.decided_at > ladder.UNDO_WITHIN:
        raise Refusal("refused-too-late")
    if review.place == Place.SHARED:
        chat = await groups.chat_of(session, group)
        payload = {"message_id": review.shared_id}
        await call(session, chat, "deleteMessage", payload, lane=Lane.MODERATION, then=SHARE_GONE, subject_id=review.id)
        return
    if review.decision == "warn" and sanction is not None:
        await ladder.lift(session, sanction, now=now)
    review.decision = None


async def appeal(session: AsyncSession, user: int, review_id: int, *, message_id: int, now: datetime) -> None:
    """The author asks for a person to look, once. Whatever was decided is open again."""
    review = (await held_reviews(session, [review_id])).get(review_id)
    if review is None or review.user_key != keys_of(session).blind(user):
        raise Refusal("refused-not-yours")
    if review.appealed_at is not None:
        raise Refusal("refused-appealed")
    review.appealed_at = now
    if review.place == Place.DOWN:
        review.decision = None
    group = await session.get_one(Group, review.group_id)
    who, locale = await _author(session, review, group)
    await tell(session, who, say.appealed(programme_of(session).texts, locale), edit=message_id)
    await announce(session, review, now=now)


async def waiting(session: AsyncSession, user: int, *, now: datetime) -> None:
    """/review: everything that waits for a person, newest last."""
    staff, _held = await access.require_staff(session, user, *groups.STAFF)
    found = (
        await session.scalars(
            select(Review)
            .join(Group, Group.id == Review.group_id)
            .where(Review.decision.is_(None), Review.place != Place.GOING, Group.left_at.is_(None))
            .order_by(Review.id.desc())
            .limit(10)
        )
    ).all()
    if not found:
        texts = programme_of(session).texts
        await tell(session, staff, Outgoing(texts.say(staff.locale, "reviews-none")))
    for review in reversed(found):
        await announce(session, review, now=now, people=[staff])


async def forget(session: AsyncSession, *, now: datetime) -> int:
    """After 30 days a review keeps what was decided, and nothing of the post or its author."""
    old = now - KEEP_WORDS
    gone = await session.execute(
        update(Review)
        .where(Review.created_at < old, Review.user_key.is_not(None))
        .values(words=None, author=None, user=None, user_key=None)
    )
    await session.execute(
        update(Review).where(Review.created_at < old, Review.words.is_not(None)).values(words=None, author=None)
    )
    await session.execute(
        update(Sanction).where(Sanction.asked_at < old, Sanction.user != "").values(user="", user_key="")
    )
    return gone.rowcount  # type: ignore[attr-defined, no-any-return]
