"""What meets at one moment in a group on PostgreSQL: two moderators, a tick, what Telegram answered.

Each test lets a second piece of work begin when a first one has done its own and has not committed yet.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.db.models import (
    Group,
    GroupChat,
    GroupSession,
    GroupSlot,
    JoinRequest,
    OutboxRow,
    Review,
    ReviewNotice,
    Sanction,
    SessionReminder,
    TopicUse,
)
from peerbot.delivery.outbox import Delivered, Outcome
from peerbot.errors import Refusal
from peerbot.services import group_settings, groups, hours, joining, reviews, sessions
from peerbot.simulator.groups import Group as Place
from peerbot.simulator.people import Person
from peerbot.simulator.rights import MODERATOR_RIGHTS
from peerbot.simulator.simulator import TEST_TOKEN
from tests.conftest import migrated
from tests.town import StoryTown, config_for

NUMBERS = ("text me 555 010 9988", "or call 555 010 7766")
NEW = -100_777

Row = TypeVar("Row")
Work = Callable[[AsyncSession], Awaitable[object]]


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """SQLite has one writer: nothing meets there."""
    with migrated(request, "postgresql", tmp_path) as url:
        yield url


@pytest.fixture
async def town(postgres_url: str, tmp_path: Path, log_lines: StringIO) -> AsyncIterator[StoryTown]:
    """The usual people."""
    made = StoryTown(config_for(postgres_url, tmp_path, TEST_TOKEN), log_lines)
    await made.open()
    await made.moves_in("en")
    yield made
    await made.close()
    made.ends_well()


async def meet(town: StoryTown, first: Work, second: Work) -> object:
    """Begins `second` when `first` is done and not committed; returns what `second` came to, or how it failed."""

    async def apart() -> object:
        async with town.app.database.begin() as session:
            return await second(session)

    async with town.app.database.begin() as session:
        await first(session)
        await session.flush()
        running = asyncio.create_task(apart())
        await asyncio.wait({running}, timeout=0.3)
    [came_to] = await asyncio.gather(running, return_exceptions=True)
    await town.settle()
    return came_to


async def rows(town: StoryTown, query: Select[Row]) -> list[Row]:
    async with town.app.database.begin() as session:
        return list(await session.scalars(query))


def said(came_to: object) -> str | None:
    """The refusal a piece of work met, if any."""
    assert came_to is None or isinstance(came_to, Refusal), came_to
    return came_to.text_id if came_to else None


async def with_group(town: StoryTown) -> tuple[Person, Place]:
    mo = await town.gets_moderator()
    return mo, await town.gets_group(mo, town.ana)


async def with_page(town: StoryTown, page: str) -> tuple[Person, Place]:
    """Mo stands on a page of the group's settings, and Ana has a place in the group."""
    mo, group = await with_group(town)
    await opens(town, mo, "people")
    await mo.taps("River")
    await opens(town, mo, page)
    town.all_read()
    return mo, group


async def with_sessions(town: StoryTown) -> Person:
    """The group meets on Tuesdays at six in the evening; it is Monday, nine in the morning."""
    mo, _group = await with_page(town, "sessions")
    await mo.writes("Tue 18:00-19:30")
    await mo.taps(town.say("button-save"))
    town.all_read()
    return mo


async def opens(town: StoryTown, person: Person, page: str) -> None:
    await person.writes("/groups")
    await person.taps("Tuesday")
    await person.taps(town.say(f"group-page-{page}"))


def acts(town: StoryTown, person: Person, review: int, what: str) -> Work:
    return lambda session: reviews.act(session, person.id, review, what, now=town.clock.now())


def changes(town: StoryTown, person: Person, what: str, value: str) -> Work:
    now, page = town.clock.now(), person.visible()[-1].id
    return lambda session: group_settings.change(session, person.id, 1, what, value, message_id=page, now=now)


def answered(outcome: Outcome, subject: int, result: object = None) -> list[Delivered]:
    return [Delivered(0, outcome, subject, None, None, result)]


async def test_danger_that_is_done_at_the_moment_it_would_page_again_stays_done(town: StoryTown) -> None:
    mo, group = await with_group(town)
    await town.ana.writes("i want to die", in_chat=group)
    await mo.taps(town.say("review-button-take"))
    town.all_read()
    town.clock.advance(reviews.TAKEN_FOR + timedelta(minutes=1))

    await meet(town, acts(town, mo, 1, "done"), lambda session: reviews.page_due(session, now=town.clock.now()))

    [review] = await rows(town, select(Review))
    assert (review.decision, review.next_page_at, review.rounds) == ("done", None, 1)
    town.dr_lind.reads_nothing()
    town.all_read()


async def test_danger_taken_at_the_moment_a_copy_meets_a_blocked_chat_does_not_page_again(town: StoryTown) -> None:
    mo, group = await with_group(town)
    await town.ana.writes("i want to die", in_chat=group)
    [notice] = await rows(town, select(ReviewNotice.id))
    blocked = answered(Outcome.UNREACHABLE, notice)

    await meet(
        town,
        acts(town, mo, 1, "take"),
        lambda session: reviews.notice_sent(session, delivered=blocked, now=town.clock.now()),
    )

    [review] = await rows(town, select(Review))
    assert (review.decision, review.next_page_at) == ("take", town.clock.now() + reviews.TAKEN_FOR)
    town.all_read()


async def test_copies_of_danger_wait_for_nothing_that_holds_the_group(town: StoryTown) -> None:
    _mo, group = await with_group(town)
    await town.ana.writes("i want to die", in_chat=group)
    [notice] = await rows(town, select(ReviewNotice.id))

    async with town.app.database.begin() as busy:
        await groups.hold(busy, [1])
        async with asyncio.timeout(5), town.app.database.begin() as session:
            await reviews.notice_sent(session, delivered=answered(Outcome.SENT, notice), now=town.clock.now())

    town.all_read()


async def test_two_who_share_one_post_share_it_once(town: StoryTown) -> None:
    mo, group = await with_group(town)
    await town.ana.writes(NUMBERS[0], in_chat=group)

    came_to = await meet(town, acts(town, mo, 1, "share"), acts(town, town.dr_roth, 1, "share"))

    assert said(came_to) == "refused-decided"
    assert len([message for message in group.messages if "555" in message.text]) == 1
    town.all_read()


async def test_two_who_warn_one_author_at_once_take_one_step(town: StoryTown) -> None:
    mo, group = await with_group(town)
    for words in NUMBERS:
        await town.ana.writes(words, in_chat=group)
    town.all_read()

    came_to = await meet(town, acts(town, mo, 1, "warn"), acts(town, town.dr_roth, 2, "warn"))

    assert said(came_to) == "refused-no-step"
    assert len(await rows(town, select(Sanction))) == 1
    town.ana.reads(town.say("warned", group="Tuesday")[:20])
    town.ana.reads_nothing()
    town.all_read()


async def test_a_warning_and_a_post_that_is_down_at_once_are_one_step(town: StoryTown) -> None:
    mo, group = await with_group(town)
    await town.ana.writes(NUMBERS[0], in_chat=group)
    await town.ana.writes("selling percs, dm me", in_chat=group)
    async with town.app.database.begin() as session:
        await session.delete((await session.scalars(select(Sanction))).one())
    town.all_read()
    down = answered(Outcome.SENT, 2, result=True)

    await meet(
        town,
        acts(town, mo, 1, "warn"),
        lambda session: reviews.post_down(session, delivered=down, now=town.clock.now()),
    )

    assert len(await rows(town, select(Sanction))) == 1
    town.all_read()


async def test_a_copy_that_arrives_while_the_review_is_decided_shows_the_decision(town: StoryTown) -> None:
    mo, group = await with_group(town)
    await town.ana.writes(NUMBERS[0], in_chat=group)
    shown = mo.reads(town.say("review-kind-held"))
    async with town.app.database.begin() as session:
        notice = (await session.scalars(select(ReviewNotice))).one()
        notice.message_id, number = None, notice.id
    arrived = [Delivered(0, Outcome.SENT, number, None, shown.id)]

    await meet(
        town,
        acts(town, town.dr_roth, 1, "keep"),
        lambda session: reviews.notice_sent(session, delivered=arrived, now=town.clock.now()),
    )

    mo.reads(town.say("review-decided-keep", by="Dr Roth"))
    town.all_read()


@pytest.mark.parametrize(("first", "then"), [("in", "no"), ("no", "in")])
async def test_who_is_let_in_and_turned_away_at_once_hears_one_thing(town: StoryTown, first: str, then: str) -> None:
    mo, group = await with_group(town)
    await town.max.requests_to_join(group)
    town.all_read()

    def decides(person: Person, act: str) -> Work:
        page = person.visible()[-1].id
        return lambda session: joining.decide(session, person.id, 1, act, message_id=page, now=town.clock.now())

    came_to = await meet(town, decides(mo, first), decides(town.dr_roth, then))

    assert said(came_to) == "refused-decided"
    assert group.status(town.max) == ("member" if first == "in" else "left")
    assert len(town.max.unread()) == 1
    assert await rows(town, select(JoinRequest.state)) == ["approved" if first == "in" else "declined"]
    town.all_read()


# --- the clock of a group ------------------------------------------------------------------------------------------


async def test_a_session_called_off_at_the_moment_of_its_reminder_is_not_reminded_of(town: StoryTown) -> None:
    mo = await with_sessions(town)
    town.clock.advance(timedelta(hours=9))

    def reminds(session: AsyncSession) -> Awaitable[int]:
        return sessions.remind_due(session, now=town.clock.now())

    await meet(town, changes(town, mo, "off", "2026-03-03"), reminds)
    async with town.app.database.begin() as session:
        await reminds(session)
    await town.settle()

    town.ana.reads_nothing()
    assert await rows(town, select(SessionReminder).where(SessionReminder.was_sent)) == []
    town.all_read()


async def test_a_session_called_off_just_after_its_reminder_is_called_off_in_words(town: StoryTown) -> None:
    mo = await with_sessions(town)
    town.clock.advance(timedelta(hours=9))

    await meet(
        town,
        lambda session: sessions.remind_due(session, now=town.clock.now()),
        changes(town, mo, "off", "2026-03-03"),
    )

    words = {message.text for message in town.ana.reads_all()}
    assert town.say("session-off", group="Tuesday", time="2026-03-03 18:00") in words
    town.all_read()


async def test_a_topic_switched_off_at_the_moment_it_is_due_stays_off(town: StoryTown) -> None:
    mo, _group = await with_page(town, "topic")
    await mo.taps("10:00")
    town.all_read()
    town.clock.advance(timedelta(hours=1, minutes=1))

    await meet(
        town, changes(town, mo, "topic", "off"), lambda session: hours.post_topics(session, now=town.clock.now())
    )

    [group] = await rows(town, select(Group))
    assert (group.topic_time, group.topic_due_on, group.topic_due_at) == (None, None, None)
    assert await rows(town, select(TopicUse)) == []
    town.all_read()


async def test_of_two_weeks_saved_at_once_the_later_one_counts(town: StoryTown) -> None:
    mo, _group = await with_page(town, "sessions")
    await opens(town, town.dr_roth, "sessions")
    await mo.writes("Mon 18:00-19:30")
    await town.dr_roth.writes("Tue 18:00-19:30")

    await meet(town, changes(town, mo, "save", "session"), changes(town, town.dr_roth, "save", "session"))

    assert await rows(town, select(GroupSlot.weekday)) == [1]
    town.all_read()


async def test_a_week_saved_while_the_next_sessions_are_planned_brings_none_of_the_old_back(town: StoryTown) -> None:
    mo = await with_sessions(town)
    await opens(town, mo, "sessions")
    await mo.writes("Thu 18:00-19:30")
    town.clock.advance(timedelta(hours=33, minutes=1))
    town.allowed_errors |= {"gap_in_hearing"}

    await meet(
        town, changes(town, mo, "save", "session"), lambda session: sessions.plan_due(session, now=town.clock.now())
    )

    ahead = select(GroupSession).where(GroupSession.called_off_at.is_(None), GroupSession.starts_at > town.clock.now())
    assert {one.starts_at.weekday() for one in await rows(town, ahead)} == {3}
    town.all_read()


async def test_doors_seen_while_staff_take_the_hours_away_are_not_closed(town: StoryTown) -> None:
    mo, group = await with_page(town, "hours")
    await mo.writes("Mon-Fri 9:00-17:00")
    await mo.taps(town.say("button-save"))
    town.all_read()
    town.clock.advance(timedelta(hours=9))
    seen = answered(Outcome.SENT, 1, result={"permissions": {"can_send_messages": True}})

    await meet(
        town,
        changes(town, mo, "empty", "hours"),
        lambda session: hours.seen(session, delivered=seen, now=town.clock.now()),
    )

    assert group.chat.permissions["can_send_messages"]
    town.all_read()


async def test_rights_told_twice_at_once_pin_one_statement_and_tell_staff_once(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    await town.gets_group(mo, rights=frozenset())
    [chat] = await rows(town, select(GroupChat.chat))
    spot = groups.Spot(int(chat), "Tuesday", is_supergroup=True)
    town.allowed_errors |= {"call_refused"}  # Telegram itself gave no rights
    read = answered(Outcome.SENT, 1, result=dict.fromkeys(MODERATOR_RIGHTS, True) | {"status": "administrator"})

    await meet(
        town,
        lambda session: groups.membership(
            session, spot, was_inside=True, inside=True, rights=MODERATOR_RIGHTS, now=town.clock.now()
        ),
        lambda session: groups.rights_read(session, delivered=read, now=town.clock.now()),
    )

    for then in (groups.STATEMENT_SENT, groups.LINK_MADE):
        assert len(await rows(town, select(OutboxRow).where(OutboxRow.then == then))) == 1
    mo.reads(town.say("rights-back", group="Tuesday"))
    mo.reads_nothing()
    town.all_read()


async def test_a_new_chat_set_up_at_the_moment_the_move_is_told_becomes_part_of_the_group(town: StoryTown) -> None:
    mo, _group = await with_group(town)
    [old], now = await rows(town, select(GroupChat.chat)), town.clock.now()
    town.allowed_errors |= {"call_refused"}  # nobody in Telegram's place knows the new chat

    came_to = await meet(
        town,
        lambda session: groups.set_up(session, groups.Spot(NEW, "Tuesday", is_supergroup=True), mo.id, now=now),
        lambda session: groups.migrated(session, old_chat=int(old), new_chat=NEW, now=now),
    )

    assert said(came_to) is None
    chats = {(row.chat, row.group_id, row.is_current) for row in await rows(town, select(GroupChat))}
    assert chats == {(old, 1, False), (str(NEW), 1, True)}
    town.all_read()
