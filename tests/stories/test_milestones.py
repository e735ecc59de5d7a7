"""Chips: for nobody else's eyes, unless their owner shares one with a group by an own tap."""

from peerbot.simulator.groups import Group
from peerbot.simulator.people import Person
from peerbot.simulator.world import Message
from tests.stories.answers import GOOD_DAY, answer
from tests.town import StoryTown


async def with_a_chip(town: StoryTown) -> None:
    """Ana has told of one day."""
    await town.ana.writes("/checkin")
    await answer(town, town.ana, *GOOD_DAY)
    town.all_read()


async def in_a_group(town: StoryTown, *members: Person) -> tuple[Person, Group]:
    """A group in which Ana has a place."""
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, *members)
    await mo.writes("/groups")
    await mo.taps("Tuesday")
    await mo.taps(town.say("group-page-people"))
    await mo.taps("River")
    town.all_read()
    return mo, group


def first_chip(town: StoryTown) -> str:
    return town.say("chip-name", unit="day", number=1)


async def chooses(town: StoryTown) -> Message:
    """Ana asks to share her first chip, and sees the words before anybody else."""
    await town.ana.writes("/milestones")
    town.ana.reads(first_chip(town), town.say("milestones-private")[:15])
    await town.ana.taps(town.say("chip-button-share", chip=first_chip(town)))
    return town.ana.reads(town.say("chip-post", name="Ana", chip=first_chip(town)), without=["River"])


async def test_a_chip_shared_by_an_own_tap_stands_in_the_group_once_and_can_be_taken_back(town: StoryTown) -> None:
    await with_a_chip(town)
    mo, group = await in_a_group(town, town.ana)
    asked = await chooses(town)
    mo.reads_nothing(group)
    post = next(b.data for b in asked.inline_buttons if b.text == town.say("chip-button-post", group="Tuesday"))

    await town.ana.presses(asked, post or "")
    await town.ana.presses(asked, post or "")

    assert town.ana.toast == town.say("refused-chip-shared")
    town.ana.reads(town.say("chip-told-posted", group="Tuesday", chip=first_chip(town)))
    mo.reads(town.say("chip-post", name="Ana", chip=first_chip(town)), without=["River"], in_chat=group)
    mo.reads_nothing(group)

    await town.ana.taps(town.say("chip-button-back"))

    town.ana.reads(town.say("chip-told-back", group="Tuesday", chip=first_chip(town)))
    assert not any(first_chip(town) in message.text for message in group.messages if not message.deleted)
    await chooses(town)
    await town.ana.taps(town.say("chip-button-post", group="Tuesday"))
    mo.reads("Ana", first_chip(town), in_chat=group)
    town.all_read()


async def test_where_there_is_no_group_a_chip_is_kept_and_said_so_kindly(town: StoryTown) -> None:
    await with_a_chip(town)
    await town.ana.writes("/milestones")

    await town.ana.taps(town.say("chip-button-share", chip=first_chip(town)))

    assert town.ana.toast == town.say("refused-chip-no-group")
    town.all_read()


async def test_a_chip_kept_to_oneself_is_posted_nowhere(small_town: StoryTown) -> None:
    town = small_town
    await with_a_chip(town)
    mo, group = await in_a_group(town, town.ana)
    await chooses(town)

    await town.ana.taps(town.say("chip-button-keep"))

    town.ana.reads(town.say("chip-told-kept", chip=first_chip(town)))
    mo.reads_nothing(group)


async def test_whoever_is_not_in_the_group_just_now_shares_nothing_there(town: StoryTown) -> None:
    await with_a_chip(town)
    mo, group = await in_a_group(town)
    await chooses(town)

    await town.ana.taps(town.say("chip-button-post", group="Tuesday"))

    town.ana.reads(town.say("chip-told-not-inside", group="Tuesday", chip=first_chip(town)))
    mo.reads_nothing(group)
    town.all_read()


async def test_a_strangers_tap_and_a_chip_not_earned_share_nothing(town: StoryTown) -> None:
    await with_a_chip(town)
    mo, group = await in_a_group(town, town.ana, town.max)
    asked = await chooses(town)
    post = next(b.data for b in asked.inline_buttons if b.text == town.say("chip-button-post", group="Tuesday")) or ""
    await town.max.starts()
    town.max.reads_all()

    await town.max.presses(town.max.visible()[-1], post)
    assert town.max.toast == town.say("refused-not-participant")
    for forged in (post.replace("day-1", "year-5"), post.replace("day-1", "?"), post.replace("post", "shout")):
        await town.ana.presses(asked, forged)
        assert town.ana.toast == town.say("refused-old-button")
    number = post.split(":")[2]
    await town.ana.presses(asked, post.replace(f":{number}:", ":999:"))
    assert town.ana.toast == town.say("refused-not-yours")
    await town.ana.presses(asked, post.replace("post", "back"))
    assert town.ana.toast == town.say("refused-old-button")

    mo.reads_nothing(group)
    town.all_read()


async def test_a_group_the_bot_was_put_out_of_is_no_place_to_share(small_town: StoryTown) -> None:
    town = small_town
    await with_a_chip(town)
    mo, group = await in_a_group(town, town.ana)
    await chooses(town)
    await mo.removes_bot(group)
    town.all_read()

    await town.ana.taps(town.say("chip-button-post", group="Tuesday"))

    assert town.ana.toast == town.say("refused-not-yours")
    town.all_read()


async def test_a_post_that_telegram_keeps_is_told_as_what_it_is(small_town: StoryTown) -> None:
    town = small_town
    await with_a_chip(town)
    mo, group = await in_a_group(town, town.ana)
    await chooses(town)
    await town.ana.taps(town.say("chip-button-post", group="Tuesday"))
    await mo.promotes_bot(group, rights=["can_pin_messages"])
    for _ in range(5):
        await town.pass_time(hours=12)
    town.all_read()

    await town.ana.taps(town.say("chip-button-back"))

    town.ana.reads(town.say("chip-told-stays", group="Tuesday", chip=first_chip(town)))
    assert town.ana.sees_button(town.say("chip-button-back"))
    town.all_read()
