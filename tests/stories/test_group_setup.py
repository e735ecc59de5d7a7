"""Setting a group up: rights and what for, lost and back, authority, plain groups and the way to a supergroup."""

from sqlalchemy import func, select

from peerbot.db.models import Group, GroupChat
from peerbot.simulator.rights import MODERATOR_RIGHTS
from peerbot.ticks import TICKS
from tests.town import StoryTown

NO_PIN = MODERATOR_RIGHTS - {"can_pin_messages"}


async def rows(town: StoryTown, table: type[object]) -> int:
    async with town.app.database.begin() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def tick(town: StoryTown, name: str) -> None:
    await town.app.ticker.run(next(one for one in TICKS if one.name == name))
    await town.settle()


def right(town: StoryTown, name: str) -> str:
    return town.say(f"right-{name}")


async def test_set_up_with_a_missing_right_lists_it_and_says_once_when_all_is_well(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = town.sim.supergroup("Tuesday", creator=mo, members=[town.ana], bot_rights=NO_PIN)
    await town.settle()
    town.ana.reads("/setup", in_chat=group)
    await mo.writes("/setup", in_chat=group)

    listed = town.ana.reads(town.say("setup-head"), town.say("setup-missing"), in_chat=group).text
    assert f"❌ {right(town, 'pin-messages')}" in listed
    assert f"✅ {right(town, 'delete-messages')}" in listed
    assert group.pinned == []

    await mo.promotes_bot(group, MODERATOR_RIGHTS)
    mo.reads("Tuesday", town.say("rights-back", group="Tuesday")[-10:])
    assert len(group.pinned) == 1
    assert "988" in group.pinned[0].text
    await tick(town, "group-rights")
    await town.pass_time(minutes=11)
    await tick(town, "group-rights")
    mo.reads_nothing()
    for person in (mo, town.ana):
        person.reads_all(group)


async def test_a_lost_right_is_told_once_to_staff_and_again_when_it_is_back(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)

    await mo.promotes_bot(group, NO_PIN)
    told = mo.reads(town.say("rights-lost", group="Tuesday")[:15]).text
    assert right(town, "pin-messages") in told
    assert right(town, "delete-messages") not in told
    await tick(town, "group-rights")
    await mo.promotes_bot(group, NO_PIN)
    mo.reads_nothing()
    town.ana.reads_nothing(group)

    await mo.promotes_bot(group, MODERATOR_RIGHTS)
    mo.reads(town.say("rights-back", group="Tuesday")[-10:])


async def test_a_right_lost_while_nobody_told_the_bot_is_found_by_looking(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    town.sim.world.member(group.chat, town.sim.bot).rights = frozenset(NO_PIN)

    await town.pass_time(minutes=11)
    await tick(town, "group-rights")

    mo.reads(right(town, "pin-messages"))


async def test_only_the_programmes_staff_can_set_up_whatever_telegram_made_of_others(town: StoryTown) -> None:
    group = town.sim.supergroup("Tuesday", creator=town.max, members=[town.ana, town.dr_roth])
    await town.settle()
    town.all_read()
    for person in (town.max, town.ana, town.dr_roth):
        person.reads_all(group)

    await town.max.writes("/setup", in_chat=group)
    town.dr_roth.reads(town.say("setup-staff-only"), in_chat=group)
    await town.ana.writes("/setup", in_chat=group)
    town.dr_roth.reads(town.say("setup-staff-only"), in_chat=group)
    assert await rows(town, Group) == 0

    await town.dr_roth.writes("/setup", in_chat=group)
    town.dr_roth.reads(town.say("setup-well")[:10], in_chat=group)
    assert await rows(town, Group) == 1


async def test_an_anonymous_admin_is_told_to_act_from_their_own_account(small_town: StoryTown) -> None:
    town = small_town
    group = town.sim.supergroup("Tuesday", creator=town.dr_roth, members=[town.ana])
    await town.settle()
    await town.dr_roth.goes_anonymous(group)
    town.ana.reads_all(group)

    await town.dr_roth.writes("/setup", in_chat=group)

    town.ana.reads(town.say("setup-anonymous"), in_chat=group)
    assert await rows(town, Group) == 0


async def test_setup_in_private_explains_itself_to_staff_and_refuses_participants(small_town: StoryTown) -> None:
    town = small_town
    await town.dr_roth.writes("/setup")
    town.dr_roth.reads("/setup", "/groups", "@")

    await town.ana.writes("/setup")

    town.ana.reads(town.say("refused-staff-only"))


async def test_a_plain_group_is_told_how_to_become_more_and_loses_nothing_on_the_way(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    plain = town.sim.group("Tuesday", creator=mo, members=[town.ana], bot_rights=MODERATOR_RIGHTS)
    await town.settle()
    await mo.writes("/setup", in_chat=plain)
    town.ana.reads(town.say("setup-not-super")[:20], in_chat=plain)
    town.all_read()

    await plain.migrate()

    assert (await rows(town, Group), await rows(town, GroupChat)) == (1, 2)
    assert len(plain.pinned) == 1
    town.ana.reads_all(plain)
    await town.ana.writes("DM me, selling percs", in_chat=plain)
    assert [message.text for message in plain.messages if "percs" in message.text] == []
    town.all_read()


async def test_an_upgrade_with_a_send_in_flight_is_one_move_however_often_it_is_told(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    plain = town.sim.group("Tuesday", creator=mo, members=[town.ana], bot_rights=MODERATOR_RIGHTS)
    await town.settle()
    await mo.writes("/setup", in_chat=plain)
    town.all_read()
    heard: list[dict[str, object]] = []

    async def not_yet(updates: list[dict[str, object]]) -> None:
        heard.extend(updates)

    receive = town.app.poller.receive
    town.app.poller.receive = not_yet  # the service messages are on their way, the send error comes first
    await mo.writes("/rules", in_chat=plain)
    await plain.migrate()
    town.app.poller.receive = receive
    moves = [update for update in heard if "migrate_to_chat_id" in str(update) or "migrate_from_chat_id" in str(update)]
    asks = [update for update in heard if update not in moves]
    await town.app.inbox.receive(asks)
    await town.settle()
    assert await rows(town, GroupChat) == 2
    assert any(town.say("group-rules-head") in message.text for message in plain.messages)

    for update in (*reversed(moves), *moves):
        await town.app.inbox.receive([{**update, "update_id": int(str(update["update_id"])) + len(heard) + 1}])
        await town.settle()

    assert (await rows(town, Group), await rows(town, GroupChat)) == (1, 2)
    town.all_read()


async def test_being_put_out_is_told_and_coming_back_finds_everything(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)

    await mo.removes_bot(group)
    mo.reads(town.say("group-put-out", group="Tuesday")[:20])

    await mo.adds_bot(group, MODERATOR_RIGHTS)
    await mo.writes("/setup", in_chat=group)
    assert await rows(town, Group) == 1
    for person in (mo, town.ana):
        person.reads_all(group)


async def test_commands_for_another_bot_and_channel_posts_are_left_alone(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    channel = await group.link_channel("News")
    before = len(group.messages)

    await town.ana.writes("/rules@another_bot", in_chat=group)
    carried = await channel.posts("Write to @someone at t.me/joinchat")
    await town.ana.sends_sticker(in_chat=group)
    await town.ana.sends_voice(in_chat=group)
    await town.ana.sends_poll("Tea or coffee?", "Tea", "Coffee", in_chat=group)
    await town.ana.sends_album("one", "two", in_chat=group)

    assert carried in group.messages
    assert len(group.messages) == before + 7
    mo.reads_nothing()
    town.all_read()
