"""Staffed hours and topics: the group closes and opens by the roster, across restarts, and gets a question a day."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from peerbot.db.models import Group as GroupRow
from peerbot.db.models import TopicUse
from peerbot.simulator.errors import NotPossible
from peerbot.simulator.groups import Group
from peerbot.simulator.people import Person
from peerbot.simulator.rights import MODERATOR_RIGHTS
from tests.town import StoryTown

# The stories begin on Monday 2026-03-02 at 09:00 in New York.


async def with_hours(town: StoryTown, week: str = "Mon-Fri 9:00-17:00") -> tuple[Person, Group]:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await mo.writes("/groups")
    await mo.taps("Tuesday")
    await mo.taps(town.say("group-page-hours"))
    await mo.writes(week)
    await mo.taps(town.say("button-save"))
    town.all_read()
    return mo, group


def is_closed(group: Group) -> bool:
    return not group.chat.permissions["can_send_messages"]


async def test_the_group_closes_with_the_card_and_opens_again_as_it_was(town: StoryTown) -> None:
    _mo, group = await with_hours(town)
    before = dict(group.chat.permissions)
    assert not is_closed(group)

    await town.pass_time(hours=8)
    assert is_closed(group)
    town.ana.reads("2026-03-03 09:00", "988", in_chat=group)
    with pytest.raises(NotPossible):
        await town.ana.writes("hello?", in_chat=group)
    town.all_read()
    await town.pass_time(hours=16)

    assert group.chat.permissions == before
    town.ana.reads("2026-03-03 17:00", in_chat=group)
    town.all_read()


async def test_a_turn_missed_while_the_bot_was_down_is_made_good_at_the_start(town: StoryTown) -> None:
    _mo, group = await with_hours(town)
    town.clock.advance(timedelta(hours=9))
    await town.restart()
    await town.pass_time(seconds=1)
    assert is_closed(group)
    town.ana.reads("2026-03-03 09:00", in_chat=group)

    town.clock.advance(timedelta(hours=15))
    await town.restart()
    await town.pass_time(seconds=1)

    assert not is_closed(group)
    town.ana.reads("2026-03-03 17:00", in_chat=group)
    town.all_read()


async def test_a_hand_on_the_settings_is_put_right_at_the_next_start(small_town: StoryTown) -> None:
    town = small_town
    _mo, group = await with_hours(town)
    await town.pass_time(hours=8)
    town.all_read()
    group.chat.permissions["can_send_messages"] = True

    await town.restart()
    await town.pass_time(seconds=1)

    assert is_closed(group)
    town.ana.reads_nothing(group)
    town.all_read()


async def test_without_the_right_staff_are_told_once_and_it_is_done_when_it_is_back(
    small_town: StoryTown,
) -> None:
    town = small_town
    mo, group = await with_hours(town)
    await mo.promotes_bot(group, MODERATOR_RIGHTS - {"can_restrict_members"})
    town.all_read()

    await town.pass_time(hours=9)
    assert not is_closed(group)
    mo.reads(town.say("hours-not-closed", group="Tuesday"))
    mo.reads_nothing()
    await mo.promotes_bot(group, MODERATOR_RIGHTS)
    await town.pass_time(minutes=10)

    assert is_closed(group)
    town.all_read()


async def test_taking_the_hours_away_opens_the_group(small_town: StoryTown) -> None:
    town = small_town
    mo, group = await with_hours(town, "Tue 9:00-17:00")
    assert is_closed(group)
    town.all_read()
    await mo.writes("/groups")
    await mo.taps("Tuesday")
    mo.reads(town.say("group-is-closed"))
    await mo.taps(town.say("group-page-hours"))

    await mo.taps(town.say("hours-empty"))

    assert not is_closed(group)
    town.ana.reads(town.say("hours-open")[:10], in_chat=group)
    town.all_read()


async def with_topic(town: StoryTown) -> tuple[Person, Group]:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await mo.writes("/groups")
    await mo.taps("Tuesday")
    await mo.taps(town.say("group-page-topic"))
    await mo.taps("10:00")
    town.all_read()
    return mo, group


async def test_a_topic_comes_each_day_and_none_comes_twice_in_30_days(small_town: StoryTown) -> None:
    town = small_town
    _mo, group = await with_topic(town)

    await town.pass_time(hours=2)
    town.ana.reads(town.say("topic-of-the-day", question="")[:10], in_chat=group)
    town.ana.reads_nothing(group)
    await town.pass_time(hours=29 * 24)
    assert len(town.ana.reads_all(group)) == 29
    town.all_read()

    async with town.app.database.begin() as session:
        topics = list(await session.scalars(select(TopicUse.topic)))
    assert len(topics) == len(set(topics)) == 30


async def test_a_closed_group_and_a_day_long_gone_get_no_topic(small_town: StoryTown) -> None:
    town = small_town
    _mo, group = await with_topic(town)
    async with town.app.database.begin() as session:
        (await session.get_one(GroupRow, 1)).is_closed = True
    await town.pass_time(hours=2)
    town.ana.reads_nothing(group)
    async with town.app.database.begin() as session:
        (await session.get_one(GroupRow, 1)).is_closed = False

    town.allowed_errors |= {"gap_in_hearing"}
    town.clock.advance(timedelta(hours=30))
    await town.pass_time(minutes=1)

    town.ana.reads_nothing(group)
    async with town.app.database.begin() as session:
        assert await session.scalar(select(func.count()).select_from(TopicUse)) == 0
    town.all_read()
