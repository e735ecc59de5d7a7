"""What the bot hears in groups: all of it as an administrator, little in privacy mode, its own fate always."""

import pytest
from telegram import Bot

from peerbot.simulator.errors import NotPossible
from peerbot.simulator.people import Person
from peerbot.simulator.simulator import Simulator
from peerbot.simulator.world import ANONYMOUS_ADMIN_ID, TELEGRAM_ID
from tests.simulator.conftest import Ear


async def test_without_being_admin_the_bot_hears_only_what_is_meant_for_it(
    sim: Simulator, bot: Bot, ear: Ear, ana: Person
) -> None:
    group = sim.supergroup("Tuesday group", creator=ana, bot_rights=None)
    asked = await bot.send_message(group.id, "Who is there?")
    await ear.hears()
    question = ana.reads("Who is there", in_chat=group)
    assert asked.message_id == question.id

    for text in ("just talk", "/help", f"/help@{sim.bot.username}", "/help@other_bot", f"hey @{sim.bot.username}"):
        await ana.writes(text, in_chat=group)
    await ana.writes("I am", reply_to=question, in_chat=group)

    heard = [update.message.text for update in await ear.hears() if update.message]
    assert heard == ["/help", f"/help@{sim.bot.username}", f"hey @{sim.bot.username}", "I am"]


async def test_a_bare_command_goes_to_the_bot_that_spoke_last(sim: Simulator, bot: Bot, ear: Ear, ana: Person) -> None:
    other = sim.person("Other", username="other_bot", is_bot=True)
    group = sim.supergroup("Tuesday group", creator=ana, members=[other], bot_rights=None)
    await ear.hears()

    await other.writes("I am another bot", in_chat=group)
    await ana.writes("/help", in_chat=group)

    assert await ear.hears() == []


async def test_an_admin_bot_hears_people_but_never_other_bots(sim: Simulator, ear: Ear, ana: Person) -> None:
    other = sim.person("Other", is_bot=True)
    group = sim.supergroup("Tuesday group", creator=ana, members=[other])
    await ear.hears()

    await ana.writes("just talk", in_chat=group)
    await other.writes("buy this", in_chat=group)

    assert [update.message.text for update in await ear.hears() if update.message] == ["just talk"]


async def test_privacy_mode_can_be_switched_off(sim: Simulator, bot: Bot, ear: Ear, ana: Person) -> None:
    sim.hub.privacy_mode = False
    group = sim.supergroup("Tuesday group", creator=ana, bot_rights=None)
    await ear.hears()

    await ana.writes("just talk", in_chat=group)

    assert [update.message.text for update in await ear.hears() if update.message] == ["just talk"]
    assert (await bot.get_me()).can_read_all_group_messages


async def test_being_added_promoted_and_removed_is_told_to_the_bot(sim: Simulator, ear: Ear, ana: Person) -> None:
    group = sim.supergroup("Tuesday group", creator=ana, with_bot=False)
    await ana.adds_bot(group)
    await ana.promotes_bot(group)
    await ana.removes_bot(group)

    changes = [update.my_chat_member for update in await ear.hears() if update.my_chat_member]

    assert [(change.old_chat_member.status, change.new_chat_member.status) for change in changes] == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "kicked"),
    ]


async def test_blocking_and_unblocking_is_told_to_the_bot(sim: Simulator, ear: Ear, ana: Person) -> None:
    await ana.starts()
    await ear.hears()
    await ana.blocks_bot()
    with pytest.raises(NotPossible, match="has blocked the bot"):
        await ana.writes("hello")
    await ana.unblocks_bot()

    changes = [update.my_chat_member for update in await ear.hears() if update.my_chat_member]

    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]
    assert changes[0].chat.id == ana.id


async def test_an_anonymous_admin_speaks_as_the_group(sim: Simulator, ear: Ear, ana: Person) -> None:
    group = sim.supergroup("Tuesday group", creator=ana)
    await ana.goes_anonymous(group)
    await ear.hears()

    await ana.writes("Please be kind", in_chat=group)

    [update] = await ear.hears()
    assert update.message
    assert update.message.from_user
    assert update.message.sender_chat
    assert update.message.from_user.id == ANONYMOUS_ADMIN_ID
    assert update.message.sender_chat.id == group.id


async def test_a_linked_channel_carries_its_posts_into_the_group(sim: Simulator, ear: Ear, ana: Person) -> None:
    group = sim.supergroup("Tuesday group", creator=ana)
    channel = await group.link_channel("News", with_bot=True)
    await ear.hears()

    await channel.posts("We meet at six")

    [post, carried] = await ear.hears()
    assert post.channel_post
    assert post.channel_post.from_user is None
    assert post.channel_post.sender_chat
    assert carried.message
    assert carried.message.is_automatic_forward
    assert carried.message.from_user
    assert carried.message.from_user.id == TELEGRAM_ID
    assert carried.message.forward_origin
    assert carried.message.forward_origin.type == "channel"
