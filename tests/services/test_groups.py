"""Groups behind the stories: ways a move can be told, a post nobody could read, doctor's view, a crash in between."""

import itertools
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import select, text

from peerbot.db.models import Group, GroupChat, Review
from peerbot.doctor import _groups
from peerbot.services import groups, hours
from peerbot.simulator.rights import MODERATOR_RIGHTS
from peerbot.simulator.simulator import TEST_TOKEN
from tests.town import StoryTown, config_for

CANARY = "zanzibar-quokka"
OLD, NEW = -500, -100_500


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path, log_lines: StringIO) -> AsyncIterator[StoryTown]:
    """The usual people, once: stories run the same services on both databases and in both languages."""
    made = StoryTown(config_for(sqlite_url, tmp_path, TEST_TOKEN), log_lines)
    await made.open()
    await made.moves_in("en")
    yield made
    await made.close()
    made.ends_well()


async def chats(town: StoryTown) -> list[tuple[str, int, bool]]:
    async with town.app.database.begin() as session:
        rows = await session.scalars(select(GroupChat).order_by(GroupChat.chat_key))
        return sorted((row.chat, row.group_id, row.is_current) for row in rows)


async def a_plain_group(town: StoryTown, chat: int = OLD) -> None:
    async with town.app.database.begin() as session:
        group = Group(
            title="Tuesday", locale="en", zone="America/New_York", is_supergroup=False, created_at=town.clock.now()
        )
        session.add(group)
        await session.flush()
        key = town.app.database.keys.blind(chat)
        session.add(GroupChat(chat_key=key, chat=str(chat), group_id=group.id))


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_a_move_told_any_number_of_times_is_one_move(town: StoryTown, times: int) -> None:
    await a_plain_group(town)

    for _ in range(times):
        async with town.app.database.begin() as session:
            await groups.migrated(session, old_chat=OLD, new_chat=NEW, now=town.clock.now())

    assert await chats(town) == [(str(NEW), 1, True), (str(OLD), 1, False)]
    async with town.app.database.begin() as session:
        for chat in (OLD, NEW):
            found = await groups.find(session, chat)
            assert found is not None
            assert found.is_supergroup
            assert (await groups.chat_of(session, found)).chat == NEW


async def test_a_new_chat_that_was_set_up_before_its_past_was_known_becomes_part_of_it(town: StoryTown) -> None:
    await a_plain_group(town)
    await a_plain_group(town, NEW)

    async with town.app.database.begin() as session:
        await groups.migrated(session, old_chat=OLD, new_chat=NEW, now=town.clock.now())

    assert await chats(town) == [(str(NEW), 1, True), (str(OLD), 1, False)]


async def test_a_move_of_a_chat_nobody_set_up_is_nothing(town: StoryTown) -> None:
    async with town.app.database.begin() as session:
        await groups.migrated(session, old_chat=OLD, new_chat=NEW, now=town.clock.now())

    assert await chats(town) == []


async def test_a_post_that_cannot_be_handled_is_looked_at_by_a_person(town: StoryTown) -> None:
    town.allowed_errors |= {"update_failed", "update_parked", "tick_failed"}
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    async with town.app.database.begin() as session:
        await session.execute(text("ALTER TABLE group_members RENAME TO elsewhere"))

    await town.ana.writes("day 12 today", in_chat=group)
    for _ in range(3):
        await town.pass_time(seconds=2)

    mo.reads(town.say("group-post-unread", group="Tuesday")[:40])
    mo.reads_nothing()
    async with town.app.database.begin() as session:
        await session.execute(text("ALTER TABLE elsewhere RENAME TO group_members"))
    town.all_read()


async def test_no_word_name_title_or_chat_of_a_group_reaches_the_log(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    canary = town.sim.person(CANARY, language="en")
    group = await town.gets_group(mo, canary, title=f"{CANARY} group")
    for words in ("hello", "selling percs, dm me", "text me 555 010 9988", "i want to die", "join t.me/+abc"):
        await canary.writes(f"{CANARY} {words}", in_chat=group)
    await canary.writes("/report", reply_to=group.messages[-1], in_chat=group)
    await town.max.requests_to_join(group)
    await town.pass_time(minutes=20)
    town.all_read()

    logged = town.log_lines.getvalue().lower()

    assert "group_registered" in logged
    for secret in (CANARY, str(group.id), str(canary.id), "555 010"):
        assert secret not in logged


@pytest.mark.parametrize("point", ["after-claim", "after-accepted"])
async def test_a_crash_between_taking_a_post_down_and_knowing_it_ends_with_the_author_told_once(
    town: StoryTown, point: str
) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    fuse = itertools.count()

    class Stopped(BaseException):
        """The process ends here."""

    def here(name: str) -> None:
        if name == point and next(fuse) == 0:
            raise Stopped

    town.app.sender.at = here
    with pytest.raises(Stopped):
        await town.ana.writes("text me 555 010 9988", in_chat=group)
    await town.restart()

    assert [message for message in group.messages if "555" in message.text] == []
    async with town.app.database.begin() as session:
        place = await session.scalar(select(Review.place))
    # Telegram's answer to a repeated delete is the same for "gone" and "not allowed": then a person is asked to look.
    assert place == ("down" if point == "after-claim" else "doubtful")
    assert len(town.ana.reads_all()) == (1 if point == "after-claim" else 0)
    mo.reads(town.say("review-kind-held"))
    town.all_read()


async def test_doors_that_were_turned_without_our_knowing_are_announced_once(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await mo.writes("/groups")
    await mo.taps("Tuesday")
    await mo.taps(town.say("group-page-hours"))
    await mo.writes("Tue 9-10")
    town.all_read()
    group.chat.permissions = dict.fromkeys(group.chat.permissions, False)

    await mo.taps(town.say("button-save"))

    town.ana.reads(town.say("hours-closed-until", time="2026-03-03 09:00"), in_chat=group)
    async with town.app.database.begin() as session:
        await hours.look(session, await session.get_one(Group, 1), now=town.clock.now())
    await town.settle()
    town.ana.reads_nothing(group)
    town.all_read()


def test_doctor_says_which_rights_are_missing_and_nothing_without_groups() -> None:
    assert _groups([]) == []
    assert _groups([""])[0].good
    [check] = _groups(["can_pin_messages", "", "can_pin_messages can_invite_users"])
    assert not check.good
    assert "3 looked after; 2 of them without can_invite_users, can_pin_messages" in check.says
    assert set(check.says.split("without ")[1].split(", ")) <= MODERATOR_RIGHTS
