"""Every official refusal, word for word, as a bot meets it."""

from collections.abc import Awaitable, Callable

import pytest
from telegram import Bot, BotCommand, ChatPermissions, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden

from peerbot.simulator.simulator import Simulator
from tests.simulator.conftest import Clock, Ear

NOTHING = ChatPermissions.no_permissions()
Try = Callable[[Bot, int], Awaitable[object]]


def one_button(**fields: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", **fields)]])  # type: ignore[arg-type]


REFUSED: list[tuple[str, Try, str]] = [
    ("no text", lambda bot, ana: bot.send_message(ana, ""), "Message text is empty"),
    ("blank text", lambda bot, ana: bot.send_message(ana, " \n "), "Text must be non-empty"),
    ("long text", lambda bot, ana: bot.send_message(ana, "x" * 4097), "Message is too long"),
    ("long emoji text", lambda bot, ana: bot.send_message(ana, "🌱" * 2049), "Message is too long"),
    ("no chat", lambda bot, _: bot.send_message("", "hi"), "Chat_id is empty"),
    ("unknown chat", lambda bot, _: bot.send_message(77, "hi"), "Chat not found"),
    ("unknown name", lambda bot, _: bot.send_message("@nobody", "hi"), "Chat not found"),
    ("long caption", lambda bot, ana: bot.send_photo(ana, b"png", caption="x" * 1025), "Message caption is too long"),
    ("no such file", lambda bot, ana: bot.send_photo(ana, "AgACnone"), "Wrong file identifier/http url specified"),
    ("empty file", lambda bot, ana: bot.send_document(ana, b""), "File must be non-empty"),
    (
        "long data",
        lambda bot, ana: bot.send_message(ana, "hi", reply_markup=one_button(callback_data="ñ" * 33)),
        "Button_data_invalid",
    ),
    (
        "no data",
        lambda bot, ana: bot.send_message(ana, "hi", reply_markup=one_button(callback_data="")),
        "Button_data_invalid",
    ),
    (
        "button without a job",
        lambda bot, ana: bot.send_message(ana, "hi", reply_markup=one_button()),
        "Text buttons are unallowed in the inline keyboard",
    ),
    (
        "bad link",
        lambda bot, ana: bot.send_message(ana, "hi", reply_markup=one_button(url="nowhere")),
        "Inline keyboard button url 'nowhere' is invalid: wrong http url",
    ),
    (
        "reply to nothing",
        lambda bot, ana: bot.send_message(ana, "hi", reply_to_message_id=99),
        "Message to be replied not found",
    ),
    ("edit nothing", lambda bot, ana: bot.edit_message_text("hi", ana, 99), "Message to edit not found"),
    ("edit another's", lambda bot, ana: bot.edit_message_text("hi", ana, 1), "Message can't be edited"),
    (
        "edit without number",
        lambda bot, ana: bot.edit_message_text("hi", ana),
        "Message identifier is not specified",
    ),
    (
        "reply keyboard in an edit",
        lambda bot, ana: bot.edit_message_text("hi", ana, 2, reply_markup=ReplyKeyboardMarkup([["x"]])),  # type: ignore[arg-type]
        "Inline keyboard expected",
    ),
    (
        "caption of a text",
        lambda bot, ana: bot.edit_message_caption(ana, 2),
        "There is no caption in the message to edit",
    ),
    ("delete nothing", lambda bot, ana: bot.delete_message(ana, 99), "Message to delete not found"),
    ("copy nothing", lambda bot, ana: bot.copy_message(ana, ana, 99), "Message to copy not found"),
    ("forward nothing", lambda bot, ana: bot.forward_message(ana, ana, 99), "Message to forward not found"),
    ("react to nothing", lambda bot, ana: bot.set_message_reaction(ana, 99, "👍"), "Message to react not found"),
    ("odd reaction", lambda bot, ana: bot.set_message_reaction(ana, 1, "x"), "Reaction_invalid"),
    ("pin nothing", lambda bot, ana: bot.pin_chat_message(ana, 99), "Message to pin not found"),
    (
        "answer nothing",
        lambda bot, _: bot.answer_callback_query("1"),
        "Query is too old and response timeout expired or query id is invalid",
    ),
    ("long toast", lambda bot, _: bot.answer_callback_query("1", "x" * 201), "Message_too_long"),
    ("no file", lambda bot, _: bot.get_file("none"), "Wrong file_id or the file is temporarily unavailable"),
    ("odd command", lambda bot, _: bot.set_my_commands([BotCommand("Help!", "x")]), "Bot_command_invalid"),
    (
        "undescribed command",
        lambda bot, _: bot.set_my_commands([("help", " ")]),
        "Bot_command_description_invalid",
    ),
    (
        "too many commands",
        lambda bot, _: bot.set_my_commands([(f"c{number}", "x") for number in range(101)]),
        "Bot_commands_too_much",
    ),
    ("long description", lambda bot, _: bot.set_my_description("x" * 513), "Bot_description_too_long"),
    ("long profile", lambda bot, _: bot.set_my_short_description("x" * 121), "Bot_about_too_long"),
    (
        "open webhook",
        lambda bot, _: bot.set_webhook("http://example.org/hook"),
        "Bad webhook: an https url must be provided for webhook",
    ),
    (
        "odd secret",
        lambda bot, _: bot.set_webhook("https://example.org", secret_token="white space"),
        "Secret token contains unallowed characters",
    ),
    (
        "leave a person",
        lambda bot, ana: bot.leave_chat(ana),
        "Chat member status can't be changed in private chats",
    ),
    (
        "run a person",
        lambda bot, ana: bot.get_chat_administrators(ana),
        "There are no administrators in the private chat",
    ),
    ("a stranger's standing", lambda bot, ana: bot.get_chat_member(ana, 77), "Invalid user_id specified"),
]


@pytest.mark.parametrize(("attempt", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
async def test_the_server_refuses_in_its_own_words(sim: Simulator, bot: Bot, attempt: Try, words: str) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    await bot.send_message(ana.id, "hi there")

    with pytest.raises(BadRequest) as caught:
        await attempt(bot, ana.id)

    assert caught.value.message.lower() == words.lower()
    refused = sim.truth.calls(accepted=False)[-1]
    assert (refused.code, str(refused.error)[:13]) == (400, "Bad Request: ")


async def test_an_edit_that_changes_nothing_is_refused(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "<b>Hi</b>", parse_mode="HTML", reply_markup=one_button(callback_data="x"))

    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup"):
        await bot.edit_message_text(
            "<b>Hi</b> ", ana.id, sent.message_id, parse_mode="HTML", reply_markup=one_button(callback_data="x")
        )
    await bot.edit_message_text("Hi", ana.id, sent.message_id, reply_markup=one_button(callback_data="x"))
    await bot.edit_message_text("Hi", ana.id, sent.message_id)
    assert ana.buttons() == []


async def test_a_message_that_brought_a_reply_keyboard_cannot_be_edited(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "hi", reply_markup=ReplyKeyboardMarkup([["Help"]]))

    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("hello", ana.id, sent.message_id)


async def test_a_caption_is_not_a_text(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    sent = await bot.send_photo(ana.id, b"a picture", caption="Your week")

    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("hello", ana.id, sent.message_id)
    await bot.edit_message_caption(ana.id, sent.message_id, caption="Your two weeks")
    ana.reads("two weeks")


async def test_messages_older_than_two_days_cannot_be_deleted(sim: Simulator, bot: Bot, clock: Clock) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "hi")

    clock.turn(hours=48)

    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(ana.id, sent.message_id)


async def test_many_deletions_pass_over_what_is_not_there(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "hi")

    assert await bot.delete_messages(ana.id, [sent.message_id, 98, 99])

    ana.reads_nothing()
    with pytest.raises(BadRequest, match="Too many message identifiers"):
        await bot.delete_messages(ana.id, list(range(1, 102)))


async def test_a_press_is_answered_once_and_in_time(sim: Simulator, bot: Bot, ear: Ear, clock: Clock) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    await bot.send_message(ana.id, "hi", reply_markup=one_button(callback_data="x"))
    await ana.taps("Go")
    await ana.taps("Go")
    first, second = [update.callback_query for update in await ear.hears() if update.callback_query]

    await bot.answer_callback_query(first.id)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(first.id)
    clock.turn(seconds=61)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(second.id)


async def test_people_who_never_started_blocked_or_left_cannot_be_written_to(sim: Simulator, bot: Bot) -> None:
    ana, ben, cem, robot = (
        sim.person("Ana"),
        sim.person("Ben"),
        sim.person("Cem"),
        sim.person("Robot", is_bot=True),
    )
    sim.supergroup("Tuesday group", creator=ana, members=[ben, cem, robot])
    await ben.starts()
    await cem.starts()
    await ben.blocks_bot()
    await cem.deletes_account()

    for person, words in [
        (ana, "Forbidden: bot can't initiate conversation with a user"),
        (ben, "Forbidden: bot was blocked by the user"),
        (cem, "Forbidden: user is deactivated"),
        (robot, "Forbidden: bot can't send messages to bots"),
    ]:
        with pytest.raises(Forbidden) as caught:
            await bot.send_message(person.id, "hi")
        assert caught.value.message == words
    await ben.starts()
    await bot.send_message(ben.id, "welcome back")
    ben.reads("welcome back")


async def test_groups_the_bot_was_put_out_of_or_left_say_so(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    group = sim.group("Small", creator=ana)
    big = sim.supergroup("Big", creator=ana)
    other = sim.supergroup("Other", creator=ana)
    closed = sim.supergroup("Closed", creator=ana)
    never = sim.supergroup("Never", creator=ana, with_bot=False)
    await ana.removes_bot(group)
    await ana.removes_bot(big)
    await bot.leave_chat(other.id)
    await closed.vanish()

    for place, words in [
        (group, "Forbidden: bot was kicked from the group chat"),
        (big, "Forbidden: bot was kicked from the supergroup chat"),
        (other, "Forbidden: bot is not a member of the supergroup chat"),
        (closed, "Forbidden: the group chat was deleted"),
    ]:
        with pytest.raises(Forbidden) as caught:
            await bot.send_message(place.id, "hi")
        assert caught.value.message == words
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(never.id, "hi")


async def test_a_group_that_became_a_supergroup_names_its_new_id(sim: Simulator, bot: Bot) -> None:
    group = sim.group("Small", creator=sim.person("Ana"))
    old = group.id
    await group.migrate()

    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(old, "hi")

    assert caught.value.new_chat_id == group.id
    assert str(group.id).startswith("-100")
    await bot.send_message(group.id, "hi")


async def test_a_bot_that_may_not_write_is_told_what_it_lacks(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    group = sim.supergroup("Tuesday group", creator=ana, bot_rights=None)
    channel = await group.link_channel("News", with_bot=True)
    await ana.promotes_bot(channel, ["can_edit_messages"])
    group.chat.permissions |= {"can_send_messages": False, "can_send_photos": False}

    for attempt, words in [
        (bot.send_message(group.id, "hi"), "Not enough rights to send text messages to the chat"),
        (bot.send_photo(group.id, b"png"), "Not enough rights to send photos to the chat"),
        (bot.send_message(channel.id, "hi"), "Need administrator rights in the channel chat"),
    ]:
        with pytest.raises(BadRequest) as caught:
            await attempt
        assert caught.value.message == words


async def test_a_plain_member_bot_may_not_run_the_group(sim: Simulator, bot: Bot) -> None:
    ana, ben = sim.person("Ana"), sim.person("Ben")
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben], bot_rights=None)
    small = sim.group("Small", creator=ana, members=[ben], bot_rights=None)
    group.chat.permissions["can_pin_messages"] = False
    sent = await ben.writes("hello", in_chat=group)
    no_restrict = "Not enough rights to restrict/unrestrict chat member"
    no_links = "Not enough rights to manage chat invite link"

    for attempt, words in [
        (bot.restrict_chat_member(group.id, ben.id, permissions=NOTHING), no_restrict),
        (bot.ban_chat_member(group.id, ben.id), no_restrict),
        (bot.unban_chat_member(group.id, ben.id), no_restrict),
        (bot.restrict_chat_member(small.id, ben.id, NOTHING), "Method is available only for supergroups"),
        (bot.unban_chat_member(small.id, ben.id), "Method is available for supergroup and channel chats only"),
        (bot.promote_chat_member(group.id, ben.id, can_pin_messages=True), "Not enough rights"),
        (bot.set_chat_permissions(group.id, NOTHING), "Not enough rights to change chat permissions"),
        (bot.delete_message(group.id, sent.id), "Message can't be deleted"),
        (bot.pin_chat_message(group.id, sent.id), "Not enough rights to manage pinned messages in the chat"),
        (bot.create_chat_invite_link(group.id), no_links),
        (bot.export_chat_invite_link(group.id), no_links),
        (bot.approve_chat_join_request(group.id, ben.id), no_links),
        (bot.decline_chat_join_request(group.id, ben.id), no_links),
    ]:
        with pytest.raises(BadRequest) as caught:
            await attempt
        assert caught.value.message == words


async def test_owner_administrators_and_itself_are_out_of_the_bots_reach(sim: Simulator, bot: Bot) -> None:
    ana, ben, cem = sim.person("Ana"), sim.person("Ben"), sim.person("Cem")
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben, cem])
    await ana.promotes(ben, group)
    await ana.promotes_bot(group, ["can_restrict_members", "can_promote_members", "can_invite_users"])

    for attempt, words in [
        (bot.ban_chat_member(group.id, ana.id), "Can't remove chat owner"),
        (bot.ban_chat_member(group.id, ben.id), "User is an administrator of the chat"),
        (bot.restrict_chat_member(group.id, ben.id, NOTHING), "User is an administrator of the chat"),
        (bot.ban_chat_member(group.id, sim.bot.id), "Can't restrict self"),
        (bot.promote_chat_member(group.id, cem.id, can_pin_messages=True), "Right_forbidden"),
        (bot.approve_chat_join_request(group.id, cem.id), "User_already_participant"),
        (bot.revoke_chat_invite_link(group.id, "https://t.me/+none"), "Invite_hash_expired"),
    ]:
        with pytest.raises(BadRequest) as caught:
            await attempt
        assert caught.value.message == words


async def test_a_protected_or_service_message_is_not_copied_or_forwarded(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "Case 7", protect_content=True)

    with pytest.raises(BadRequest, match="The message can't be forwarded"):
        await bot.forward_message(ana.id, ana.id, sent.message_id)
    with pytest.raises(BadRequest, match="The message can't be copied"):
        await bot.copy_message(ana.id, ana.id, sent.message_id)
