"""Posts in a group: danger first, then the rules; what is taken down, and only then told.

A post with danger in it stays, whatever else it holds: its author gets the crisis card alone, moderators and the
author's counselor an alert. Ordinary posts are not stored. What people do with a review is reviews.py.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import crisis as care_crisis
from peerbot.care.facts import Facts, Words
from peerbot.care.language import Reading
from peerbot.care.levels import Level
from peerbot.care.moderation import Kind, Post, Verdict, judge
from peerbot.care.risk import assess
from peerbot.db.engine import keys_of
from peerbot.db.models import Group, GroupMember, Participant, Person, Place, Review, ReviewKind
from peerbot.delivery.outbox import Delivered, Outcome, Target
from peerbot.errors import Refusal
from peerbot.messages import crisis as say_crisis
from peerbot.messages import groups as say
from peerbot.outgoing import Lane, Outgoing
from peerbot.services import access, alerts, crisis, groups, joining, ladder, reviews
from peerbot.services.enrolment import Visitor
from peerbot.services.post import call, tell
from peerbot.services.programme import programme_of

CARD_SETTLED = "group_card_settled"
MOST_TIMES = 20
KINDS = {Kind.FLAG: ReviewKind.FLAGGED, Kind.HOLD: ReviewKind.HELD, Kind.REMOVE: ReviewKind.REMOVED}


@dataclass(frozen=True, slots=True)
class Posted:
    """One post as it came in. `user` is None where a chat speaks: an administrator as the group, or a channel."""

    chat: int
    message_id: int
    user: int | None
    name: str
    text: str
    at: datetime
    links: tuple[str, ...] = ()
    album: str = ""
    edited: bool = False
    is_forward: bool = False
    shares_contact: bool = False
    has_media: bool = False
    as_group: bool = False
    """Written by an administrator who hides behind the group; nobody knows who, so nothing is done to them."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a post, as far as the programme knows them."""

    locale: str
    person: Person | None = None
    part: Participant | None = None
    is_staff: bool = False


async def hear(session: AsyncSession, posted: Posted, *, now: datetime) -> bool:
    """Judges one post, new or edited; returns whether it stays."""
    programme, group = programme_of(session), await groups.find(session, posted.chat)
    author = await _author(session, group.locale if group else programme.locale, posted)
    if group is None and author.part is None:
        return True
    reading = programme.reader.screen(posted.text, author.locale)
    if group is None:
        await _danger_elsewhere(session, posted, author, reading, now)
        return True
    post = Post(
        text=posted.text,
        now=posted.at,
        level=reading.level,
        category=reading.category,
        links=posted.links,
        own_handles=frozenset({programme.bot_username.lower()}),
        shares_contact=posted.shares_contact,
        is_forward=posted.is_forward,
        recent_post_times=await _lately(session, group, posted, author),
        author_has_open_alert=author.part is not None and await ladder.has_open_alert(session, author.part.person_id),
        from_staff=author.is_staff or posted.as_group,
    )
    verdict = judge(post, programme.rulebook)
    if verdict.danger:
        await _danger(session, group, posted, author, reading, verdict, now)
    elif verdict.kind is not Kind.ALLOW:
        return await _act(session, group, posted, author, verdict, now)
    return True


async def _author(session: AsyncSession, locale: str, posted: Posted) -> Author:
    if posted.user is None:
        return Author(locale)
    found = await access.participant(session, posted.user)
    person = found[0] if found else await access.person(session, posted.user)
    if person is None:
        return Author(locale)
    is_staff = bool(await access.roles(session, person.id) & frozenset(groups.STAFF))
    return Author(person.locale, person, found[1] if found else None, is_staff)


async def _lately(session: AsyncSession, group: Group, posted: Posted, author: Author) -> tuple[datetime, ...]:
    """The times of the author's posts within the flood window, an album counting once; older ones are forgotten."""
    if posted.user is None or posted.edited or author.is_staff:
        return ()
    person_id = author.person.id if author.person else None
    place = await joining.member_for(session, group, posted.user, person_id)
    since = (posted.at - programme_of(session).rulebook.flood_within).timestamp()
    times: list[tuple[float, str]] = [
        (at, album) for at, album in json.loads(place.lately or "[]") if since < at <= posted.at.timestamp()
    ]
    earlier = [at for at, album in times if not (album and album == posted.album)]
    if len(earlier) == len(times):
        times.append((posted.at.timestamp(), posted.album))
    place.lately = json.dumps(times[-MOST_TIMES:])
    return tuple(datetime.fromtimestamp(at, UTC) for at in earlier)


async def forget_times(session: AsyncSession) -> int:
    """Empties the times of posts; a flood is a matter of seconds."""
    emptied = await session.execute(update(GroupMember).where(GroupMember.lately.is_not(None)).values(lately=None))
    return emptied.rowcount  # type: ignore[attr-defined, no-any-return]


# --- danger --------------------------------------------------------------------------------------------------------


async def _danger(
    session: AsyncSession,
    group: Group,
    posted: Posted,
    author: Author,
    reading: Reading,
    verdict: Verdict,
    now: datetime,
) -> None:
    """The post stays. Author: the card, alone. Counselor: an alert. Moderators: paged until somebody looks after it."""
    if author.part is not None:
        # Keyed by the post, so that an edit that says the same again is the same finding.
        await _alert(session, author.part, reading, source=f"post:{group.id}:{posted.message_id}", now=now)
    if not await _known(session, group, posted, ReviewKind.DANGER):
        await show_card(session, group, posted.user, author, told=author.part is not None)
        review = _review(group, posted, author, verdict, ReviewKind.DANGER, now, session=session)
        await reviews.page(session, review, now=now)


async def _alert(
    session: AsyncSession, part: Participant, reading: Reading, *, source: str, now: datetime
) -> Level | None:
    findings = assess(Facts(words=Words(reading.level, reading.category)))
    return await alerts.raise_findings(session, part, findings, source=source, now=now)


async def _danger_elsewhere(
    session: AsyncSession, posted: Posted, author: Author, reading: Reading, now: datetime
) -> None:
    """A participant in danger in a group nobody set up: nothing is judged there, but they are not left alone."""
    if author.person is None or author.part is None or reading.level < Level.URGENT:
        return
    source = f"post:{keys_of(session).blind(posted.chat)}:{posted.message_id}"
    if await _alert(session, author.part, reading, source=source, now=now) is not None:
        await crisis.show_card(session, author.person, told=True)


async def show_card(session: AsyncSession, group: Group, user: int | None, author: Author, *, told: bool) -> None:
    """The crisis card to somebody of a group in private; who cannot be written to alone finds it in the group."""
    programme = programme_of(session)
    lines = care_crisis.card(programme.crisis_lines, programme.country, author.locale)
    if user is None:
        await groups.post(session, group, say.card_for_all(programme.texts, group.locale, lines))
        return
    who = await crisis.who_reads(session, author.person.id) if told and author.person else None
    await tell(
        session,
        author.person or Target(user),
        say_crisis.card(programme.texts, author.locale, lines, told=who),
        then=CARD_SETTLED,
        subject_id=group.id,
    )


async def card_settled(session: AsyncSession, *, delivered: Sequence[Delivered], now: datetime) -> None:  # noqa: ARG001
    """A card that could not be shown in private becomes a general one in the group."""
    programme = programme_of(session)
    for each in delivered:
        group = await session.get(Group, each.subject_id or 0)
        if each.outcome is not Outcome.SENT and group is not None and group.left_at is None:
            lines = care_crisis.card(programme.crisis_lines, programme.country, group.locale)
            await groups.post(session, group, say.card_for_all(programme.texts, group.locale, lines))


# --- verdicts ------------------------------------------------------------------------------------------------------


async def _act(
    session: AsyncSession, group: Group, posted: Posted, author: Author, verdict: Verdict, now: datetime
) -> bool:
    if verdict.kind is not Kind.FLAG and await _known(session, group, posted, ReviewKind.DANGER):
        # What was edited out of a post was said all the same: a post that held danger is never taken down by a rule.
        verdict = Verdict(Kind.FLAG, verdict.rule, verdict.reason, verdict.pattern)
    if await _known(session, group, posted, KINDS[verdict.kind]):
        return verdict.kind is Kind.FLAG
    review = _review(group, posted, author, verdict, KINDS[verdict.kind], now, session=session)
    if verdict.kind is Kind.FLAG:
        await reviews.announce(session, review, now=now)
        return True
    review.words, review.has_media, review.place = posted.text or None, posted.has_media, Place.GOING
    await take_down(session, group, review)
    return False


async def take_down(session: AsyncSession, group: Group, review: Review) -> None:
    """Asks Telegram to take the post away; what follows waits for the answer (reviews.post_down)."""
    await session.flush()
    await call(
        session,
        await groups.chat_of(session, group),
        "deleteMessage",
        {"message_id": review.message_id},
        lane=Lane.MODERATION,
        then=reviews.POST_DOWN,
        subject_id=review.id,
    )


async def _known(session: AsyncSession, group: Group, posted: Posted, kind: ReviewKind) -> bool:
    found = await session.scalar(
        select(Review.id).where(
            Review.group_id == group.id, Review.message_id == posted.message_id, Review.kind == kind
        )
    )
    return found is not None


def _review(
    group: Group,
    posted: Posted,
    author: Author,
    verdict: Verdict,
    kind: ReviewKind,
    now: datetime,
    *,
    session: AsyncSession,
) -> Review:
    review = Review(
        group_id=group.id,
        kind=kind,
        message_id=posted.message_id,
        user_key=keys_of(session).blind(posted.user) if posted.user else None,
        user=str(posted.user) if posted.user else None,
        author=author_line(author, posted.name),
        person_id=author.person.id if author.person else None,
        rule=verdict.rule,
        reason=verdict.reason,
        pattern=verdict.pattern[:60],
        created_at=now,
    )
    session.add(review)
    return review


def author_line(author: Author, name: str) -> str:
    """Who wrote it, as staff know them."""
    return f"{author.person.alias} · {author.part.case_code}" if author.person and author.part else name


# --- what members ask for ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """/report or /worried as it was sent, and the post it answers to, if any."""

    chat: int
    message_id: int
    by: Visitor
    post: Posted | None


async def report(session: AsyncSession, asked: Asked, *, worried: bool, now: datetime) -> None:
    """People look at the post answered to; it stays until they decide. What was asked leaves the group at once.

    A worry is about a person, not a rule: their counselor is told as well, and it pages until somebody takes it.
    """
    group = await groups.find(session, asked.chat)
    if group is None:
        return
    chat = await groups.chat_of(session, group)
    await call(session, chat, "deleteMessage", {"message_id": asked.message_id}, lane=Lane.MODERATION)
    programme, asker = programme_of(session), await access.person(session, asked.by.user)
    locale = asker.locale if asker else asked.by.locale
    posted = asked.post
    if posted is None:
        await tell(session, asker or asked.by.target, say.brief(programme.texts.say(locale, "report-how")))
        return
    thanks = say.brief(programme.texts.say(locale, "worry-thanks" if worried else "report-thanks"))
    await tell(session, asker or asked.by.target, thanks)
    kind = ReviewKind.WORRY if worried else ReviewKind.REPORTED
    if posted.user == programme.bot_id or await _known(session, group, posted, kind):
        return
    author = await _author(session, group.locale, posted)
    verdict = Verdict(Kind.FLAG, kind, "verdict-person")
    review = _review(group, posted, author, verdict, kind, now, session=session)
    review.words, review.has_media = posted.text or None, posted.has_media
    review.reported_by = asker.id if asker else None
    if worried:
        await reviews.page(session, review, now=now)
    else:
        await reviews.announce(session, review, now=now)


async def explain_report(session: AsyncSession, who: Visitor) -> None:
    """/report outside a group: how it is done."""
    person = await access.person(session, who.user)
    locale = person.locale if person else who.locale
    await tell(session, person or who.target, Outgoing(programme_of(session).texts.say(locale, "report-how")))


async def worry(session: AsyncSession, user: int, *, now: datetime, group_id: int | None = None) -> None:
    """/worried in private: moderators are paged to talk with the one who worries. With several groups, which one?"""
    person, part = await access.require_participant(session, user)
    places = await groups.places_of(session, person.id)
    chosen = [group for group in places if group_id in (None, group.id)]
    texts = programme_of(session).texts
    if not chosen:
        raise Refusal("refused-no-place")
    if len(chosen) > 1:
        await tell(session, person, say.which_group(texts, person.locale, [(one.id, one.title) for one in chosen]))
        return
    review = Review(
        group_id=chosen[0].id,
        kind=ReviewKind.WORRY,
        rule=ReviewKind.WORRY,
        author=f"{person.alias} · {part.case_code}",
        reported_by=person.id,
        created_at=now,
    )
    session.add(review)
    await tell(session, person, Outgoing(texts.say(person.locale, "worry-thanks")))
    await reviews.page(session, review, now=now)
