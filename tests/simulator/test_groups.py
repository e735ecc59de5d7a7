"""Groups: who comes and goes, who may write, who runs them. What the bot hears of it: test_hearing.py."""

from datetime import timedelta

import pytest
from telegram import Bot, ChatMemberRestricted, ChatPermissions, ReplyKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden

from peerbot.simulator.errors import NotPossible
from peerbot.simulator.people import Person
from peerbot.simulator.simulator import Simulator
from tests.simulator.conftest import Clock, Ear

NOTHING = ChatPermissions.no_permissions()


def kinds(updates: list[Update]) -> list[str]:
    return [name for update in updates for name in update.to_dict() if name != "update_id"]


async def test_joining_and_leaving_is_told_to_an_admin_bot(sim: Simulator, ear: Ear, ana: Person, ben: Person) -> None:
    group = sim.supergroup("Tuesday group", creator=ana)
    await ear.hears(Update.ALL_TYPES)

    await ben.joins(group)
    await ben.leaves(group)

    updates = await ear.hears()
    assert kinds(updates) == ["chat_member", "message", "chat_member", "message"]
    joined, greeted, left, gone = updates
    assert joined.chat_member
    assert joined.chat_member.invite_link
    assert greeted.message
    assert greeted.message.new_chat_members[0].id == ben.id
    assert left.chat_member
    assert left.chat_member.new_chat_member.status == "left"
    assert gone.message
    assert gone.message.left_chat_member
    assert group.status(ben) == "left"


async def test_a_request_to_join_opens_a_window_of_five_minutes(
    sim: Simulator, bot: Bot, ear: Ear, ana: Person, ben: Person, clock: Clock
) -> None:
    group = sim.supergroup("Tuesday group", creator=ana)
    link = await bot.create_chat_invite_link(group.id, creates_join_request=True, name="Door")
    await ear.hears(Update.ALL_TYPES)

    with pytest.raises(NotPossible, match="only ask"):
        await ben.joins(group, link.invite_link)
    await ben.requests_to_join(group, link.invite_link)

    [update] = await ear.hears()
    request = update.chat_join_request
    assert request
    assert request.invite_link
    assert (request.user_chat_id, request.invite_link.name) == (ben.id, "Door")
    clock.turn(minutes=5)
    await bot.send_message(request.user_chat_id, "Welcome! Please read the rules.")
    clock.turn(seconds=1)
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(request.user_chat_id, "too late")
    ben.reads("rules")


async def test_an_approved_request_lets_in_and_a_declined_one_does_not(
    sim: Simulator, bot: Bot, ear: Ear, ana: Person, ben: Person
) -> None:
    cem = sim.person("Cem")
    group = sim.supergroup("Tuesday group", creator=ana)
    await ben.requests_to_join(group)
    await cem.requests_to_join(group)
    await ear.hears(Update.ALL_TYPES)

    await bot.approve_chat_join_request(group.id, ben.id)
    await bot.decline_chat_join_request(group.id, cem.id)

    assert (group.status(ben), group.status(cem), group.asks_to_join(cem)) == ("member", "left", False)
    [change, _note] = await ear.hears()
    assert change.chat_member
    assert change.chat_member.via_join_request
    with pytest.raises(BadRequest, match="Hide_requester_missing"):
        await bot.approve_chat_join_request(group.id, cem.id)


async def test_links_end_when_revoked_expired_or_used_up(
    sim: Simulator, bot: Bot, ana: Person, ben: Person, clock: Clock
) -> None:
    group = sim.supergroup("Tuesday group", creator=ana)
    revoked = await bot.create_chat_invite_link(group.id)
    await bot.revoke_chat_invite_link(group.id, revoked.invite_link)
    expiring = await bot.create_chat_invite_link(group.id, expire_date=clock.at + timedelta(hours=1))
    single = await bot.create_chat_invite_link(group.id, member_limit=1)
    exported = await bot.export_chat_invite_link(group.id)
    assert (await bot.get_chat(group.id)).invite_link == exported
    clock.turn(hours=1)

    for link in (revoked.invite_link, expiring.invite_link):
        with pytest.raises(NotPossible, match="does not work"):
            await ben.joins(group, link)
    await ben.joins(group, single.invite_link)
    with pytest.raises(NotPossible, match="used up"):
        await sim.person("Cem").joins(group, single.invite_link)


async def test_a_muted_person_cannot_write_until_the_time_is_over(
    sim: Simulator, bot: Bot, ana: Person, ben: Person, clock: Clock
) -> None:
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben])
    await bot.restrict_chat_member(group.id, ben.id, NOTHING, until_date=clock.at + timedelta(hours=1))

    with pytest.raises(NotPossible, match="may not send text messages in Tuesday group"):
        await ben.writes("hello", in_chat=group)
    member = await bot.get_chat_member(group.id, ben.id)
    assert isinstance(member, ChatMemberRestricted)
    assert member.is_member
    assert not member.can_send_messages

    clock.turn(hours=1)
    await ben.writes("hello", in_chat=group)
    assert group.status(ben) == "member"


async def test_a_mute_survives_leaving_and_coming_back(sim: Simulator, bot: Bot, ana: Person, ben: Person) -> None:
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben])
    await bot.restrict_chat_member(group.id, ben.id, NOTHING)

    await ben.leaves(group)
    await ben.joins(group)

    assert group.status(ben) == "restricted"
    await bot.restrict_chat_member(group.id, ben.id, ChatPermissions.all_permissions())
    assert group.status(ben) == "member"


@pytest.mark.parametrize(("seconds", "forever"), [(29, True), (31, False), (367 * 86400, True)])
async def test_near_and_far_ends_mean_for_ever(
    sim: Simulator, bot: Bot, ana: Person, ben: Person, clock: Clock, seconds: int, forever: bool
) -> None:
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben])

    await bot.ban_chat_member(group.id, ben.id, until_date=clock.at + timedelta(seconds=seconds))

    clock.turn(seconds=seconds)
    assert group.status(ben) == ("kicked" if forever else "left")


async def test_a_banned_person_is_out_until_unbanned(
    sim: Simulator, bot: Bot, ear: Ear, ana: Person, ben: Person
) -> None:
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben])
    await ben.writes("something bad", in_chat=group)
    await ear.hears(["message"])
    await bot.ban_chat_member(group.id, ben.id)

    with pytest.raises(NotPossible, match="banned"):
        await ben.joins(group)
    assert ben.visible(group) == []
    [note] = await ear.hears()
    assert note.message
    assert note.message.left_chat_member
    await bot.unban_chat_member(group.id, ben.id, only_if_banned=True)
    await ben.joins(group)
    await bot.unban_chat_member(group.id, ben.id)
    assert group.status(ben) == "left"


async def test_permissions_of_all_bind_members_and_not_administrators(
    sim: Simulator, bot: Bot, ana: Person, ben: Person
) -> None:
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben])

    await bot.set_chat_permissions(group.id, ChatPermissions(can_send_messages=True))

    await ben.writes("hello", in_chat=group)
    with pytest.raises(NotPossible, match="stickers"):
        await ben.sends_sticker(in_chat=group)
    await ana.sends_sticker(in_chat=group)
    assert not (await bot.get_chat(group.id)).permissions.can_send_polls  # type: ignore[union-attr]
    with pytest.raises(BadRequest, match="Chat_not_modified"):
        await bot.set_chat_permissions(group.id, ChatPermissions(can_send_messages=True))


@pytest.mark.parametrize("independent", [True, False])
async def test_old_permissions_imply_the_smaller_ones(
    sim: Simulator, bot: Bot, ana: Person, ben: Person, independent: bool
) -> None:
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben])

    await bot.restrict_chat_member(
        group.id, ben.id, ChatPermissions(can_send_polls=True), use_independent_chat_permissions=independent
    )

    member = await bot.get_chat_member(group.id, ben.id)
    assert isinstance(member, ChatMemberRestricted)
    assert member.can_send_messages is not independent


async def test_the_bot_promotes_with_rights_it_has_and_takes_them_back(
    sim: Simulator, bot: Bot, ana: Person, ben: Person
) -> None:
    group = sim.supergroup(
        "Tuesday group", creator=ana, members=[ben], bot_rights=["can_promote_members", "can_delete_messages"]
    )

    await bot.promote_chat_member(group.id, ben.id, can_delete_messages=True)
    administrators = await bot.get_chat_administrators(group.id)

    assert [member.user.first_name for member in administrators] == ["Ana", "Ben", "PeerBot"]
    assert await bot.get_chat_member_count(group.id) == 3
    await bot.promote_chat_member(group.id, ben.id)
    assert group.status(ben) == "member"


async def test_migration_is_noted_in_both_groups(sim: Simulator, bot: Bot, ear: Ear, ana: Person, ben: Person) -> None:
    group = sim.group("Small", creator=ana, members=[ben], bot_rights=["can_delete_messages"])
    old = group.id
    await ear.hears()

    await group.migrate()

    [left, entered] = [update.message for update in await ear.hears() if update.message]
    assert (left.chat.id, left.migrate_to_chat_id) == (old, group.id)
    assert (entered.chat.id, entered.migrate_from_chat_id) == (group.id, old)
    assert entered.chat.type == "supergroup"
    assert group.bot_status == "administrator"
    await ben.writes("still here", in_chat=group)


async def test_pins_reactions_and_deletions_work_in_a_group(
    sim: Simulator, bot: Bot, ear: Ear, ana: Person, ben: Person
) -> None:
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben])
    sent = await ben.writes("Day 30!", in_chat=group)
    await bot.pin_chat_message(group.id, sent.id)
    await bot.set_message_reaction(group.id, sent.id, "🎉")

    assert group.pinned == [sent]
    assert sent.reactions == {sim.bot.id: ("🎉",)}
    assert (await bot.get_chat(group.id)).pinned_message.message_id == sent.id  # type: ignore[union-attr]
    await bot.unpin_chat_message(group.id)
    assert group.pinned == []
    with pytest.raises(BadRequest, match="Message to unpin not found"):
        await bot.unpin_chat_message(group.id)
    await bot.delete_message(group.id, sent.id)
    assert sent.deleted
    assert sent not in ana.visible(group)


async def test_people_with_the_right_moderate_by_hand(sim: Simulator, ana: Person, ben: Person) -> None:
    cem = sim.person("Cem")
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben, cem])
    sent = await cem.writes("something bad", in_chat=group)

    with pytest.raises(NotPossible, match="cannot delete"):
        await ben.deletes(sent)
    with pytest.raises(NotPossible, match="no right can_restrict_members"):
        await ben.bans(cem, group)
    await ana.promotes(ben, group)
    await ben.deletes(sent)
    await ben.mutes(cem, group)
    await ben.bans(cem, group)
    await ben.unbans(cem, group)

    assert group.status(cem) == "left"
    with pytest.raises(NotPossible, match="owner"):
        await ben.bans(ana, group)


async def test_a_selective_keyboard_reaches_only_whom_it_answers(
    sim: Simulator, bot: Bot, ana: Person, ben: Person
) -> None:
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben])
    sent = await ben.writes("hello", in_chat=group)

    markup = ReplyKeyboardMarkup([["Yes", "No"]], selective=True)
    await bot.send_message(group.id, "Well?", reply_markup=markup, reply_to_message_id=sent.id)

    assert ben.keyboard_in(group) == ["Yes", "No"]
    assert ana.keyboard_in(group) == []


async def test_people_add_people_and_may_not_do_what_they_have_no_right_to(
    sim: Simulator, bot: Bot, ana: Person, ben: Person
) -> None:
    cem = sim.person("Cem")
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben])
    await ben.adds(cem, group)
    assert group.status(cem) == "member"

    with pytest.raises(NotPossible, match="already"):
        await cem.joins(group)
    with pytest.raises(NotPossible, match="no administrator"):
        await cem.goes_anonymous(group)
    group.chat.permissions["can_invite_users"] = False
    with pytest.raises(NotPossible, match="may not add"):
        await cem.adds(sim.person("Dora"), group)
    await cem.leaves(group)
    with pytest.raises(NotPossible, match="is not in Tuesday group"):
        await cem.leaves(group)
    with pytest.raises(NotPossible, match="may not send"):
        await cem.writes("from outside", in_chat=group)


async def test_links_have_their_own_refusals(sim: Simulator, bot: Bot, ana: Person) -> None:
    await ana.starts()
    group = sim.supergroup("Tuesday group", creator=ana)

    for attempt, words in [
        (bot.create_chat_invite_link(ana.id), "Can't manage invite links in this chat"),
        (bot.create_chat_invite_link(group.id, name="x" * 33), "Chat invite link name is too long"),
        (
            bot.create_chat_invite_link(group.id, member_limit=3, creates_join_request=True),
            "Member limit can't be specified for links requiring administrator approval",
        ),
    ]:
        with pytest.raises(BadRequest) as caught:
            await attempt
        assert caught.value.message == words


async def test_all_pins_go_at_once(sim: Simulator, bot: Bot, ana: Person) -> None:
    group = sim.supergroup("Tuesday group", creator=ana)
    await ana.pins(await ana.writes("one", in_chat=group))
    last = await ana.writes("two", in_chat=group)
    await ana.pins(last)

    with pytest.raises(BadRequest, match="Chat_not_modified"):
        await bot.pin_chat_message(group.id, last.id)
    await bot.unpin_all_chat_messages(group.id)

    assert group.pinned == []


async def test_a_mass_deletion_leaves_what_the_bot_may_not_touch(sim: Simulator, bot: Bot, ana: Person) -> None:
    group = sim.supergroup("Tuesday group", creator=ana, bot_rights=["can_pin_messages"])
    own = await bot.send_message(group.id, "mine")
    hers = await ana.writes("hers", in_chat=group)

    await bot.delete_messages(group.id, [own.message_id, hers.id])

    assert [message.text for message in group.messages if not message.service] == ["hers"]


async def test_standing_in_a_private_chat(sim: Simulator, bot: Bot, ana: Person, ben: Person) -> None:
    await ana.starts()
    await ben.starts()

    assert (await bot.get_chat_member(ana.id, ana.id)).status == "member"
    assert await bot.get_chat_member_count(ana.id) == 2
    for attempt, words in [
        (bot.get_chat_member(ana.id, ben.id), "Member not found"),
        (bot.promote_chat_member(ana.id, ana.id), "Chat member status can't be changed in private chats"),
        (bot.ban_chat_member(ana.id, ana.id), "Chat member status can't be changed in private chats"),
        (bot.set_chat_permissions(ana.id, NOTHING), "Can't change chat permissions in this chat"),
    ]:
        with pytest.raises(BadRequest) as caught:
            await attempt
        assert caught.value.message == words
