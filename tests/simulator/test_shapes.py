"""Everything the simulator says parses as python-telegram-bot's types with nothing unknown left over."""

from collections.abc import Iterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    ChatPermissions,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    TelegramObject,
    Update,
)
from telegram.error import TelegramError

from peerbot.simulator.groups import Group
from peerbot.simulator.people import Person
from peerbot.simulator.simulator import Simulator
from tests.simulator.conftest import Clock


def unknown_fields(value: object, path: str = "") -> Iterator[str]:
    """The path of every field that python-telegram-bot does not know."""
    if isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from unknown_fields(item, f"{path}[{number}]")
    if not isinstance(value, TelegramObject):
        return
    here = f"{path}/{type(value).__name__}"
    if value.api_kwargs:
        yield f"{here}: {sorted(value.api_kwargs)}"
    for kind in type(value).__mro__:
        for name in getattr(kind, "__slots__", ()):
            if not name.startswith("_") and name != "api_kwargs":
                yield from unknown_fields(getattr(value, name, None), f"{here}.{name}")


async def people_do_everything(sim: Simulator, ana: Person, ben: Person, group: Group) -> None:
    """Each kind of thing a person can do in a group, once."""
    post = await ben.writes("Hello @ben_b https://x.org", in_chat=group)
    await ben.writes("an answer", reply_to=post, in_chat=group)
    await ben.edits(post, "Hello again")
    await ben.reacts(post, "👍")
    await ben.sends_photo("me", in_chat=group)
    await ben.sends_document(in_chat=group)
    await ben.sends_sticker(in_chat=group)
    await ben.sends_voice(in_chat=group)
    await ben.sends_poll("When?", "Now", "Later", in_chat=group)
    await ben.sends_album("one", "two", in_chat=group)
    await ben.sends_forwarded("Buy", in_chat=group)
    await ben.forwards(post)
    await ana.pins(post)
    await ana.goes_anonymous(group)
    await ana.writes("as the group", in_chat=group)
    await (await group.link_channel("News", with_bot=True)).posts("We meet at six")
    await sim.group("Small", creator=ana).migrate()


async def the_bot_talks(bot: Bot, ana: Person, group: Group) -> list[object]:
    """Every method that returns a message or a part of one."""
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="x")]])
    sent = await bot.send_message(ana.id, "<b>Hi</b>", parse_mode="HTML", reply_markup=buttons, protect_content=True)
    await ana.taps("Go")
    photo = await bot.send_photo(group.id, b"a picture", caption="Week")
    post = group.messages[-1].id
    return [
        sent,
        photo,
        await bot.send_document(ana.id, b"text", filename="plan.txt"),
        await bot.copy_message(ana.id, group.id, post),
        await bot.forward_message(ana.id, group.id, post),
        await bot.edit_message_text("Hi again", ana.id, sent.message_id),
        await bot.edit_message_caption(group.id, photo.message_id, caption="Two weeks"),
        await bot.edit_message_reply_markup(group.id, photo.message_id, reply_markup=buttons),
        await bot.get_file(photo.photo[0].file_id),
    ]


async def the_bot_runs_a_group(bot: Bot, ana: Person, ben: Person, cem: Person, group: Group) -> list[object]:
    """Every method that returns a chat, a link or a member, in each of their standings."""
    link = await bot.create_chat_invite_link(group.id, name="Door", creates_join_request=True)
    await cem.requests_to_join(group, link.invite_link)
    found: list[object] = [link, await bot.get_chat(ana.id), await bot.get_chat(group.id)]
    found += [await bot.get_chat_member(group.id, person.id) for person in (ana, ben, cem)]
    found.append(await bot.get_chat_administrators(group.id))
    await bot.approve_chat_join_request(group.id, cem.id)
    await bot.restrict_chat_member(group.id, cem.id, ChatPermissions.no_permissions())
    found.append(await bot.get_chat_member(group.id, cem.id))
    await bot.ban_chat_member(group.id, cem.id)
    found.append(await bot.get_chat_member(group.id, cem.id))
    found.append(await bot.revoke_chat_invite_link(group.id, link.invite_link))
    return found


async def the_bot_looks_at_itself(bot: Bot) -> list[object]:
    """Every method about the bot that returns something."""
    await bot.set_my_commands([BotCommand("help", "Help")])
    return [
        await bot.get_me(),
        await bot.get_my_commands(),
        await bot.get_my_description(),
        await bot.get_my_short_description(),
        await bot.get_webhook_info(),
    ]


async def test_every_result_and_update_is_fully_known_to_the_library(sim: Simulator, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)

    ana, ben, cem = sim.person("Ana"), sim.person("Ben", username="ben_b"), sim.person("Cem")
    await ana.starts("x")
    await ben.starts("x")
    group = sim.supergroup("Tuesday group", creator=ana, members=[ben])
    await people_do_everything(sim, ana, ben, group)
    results = [
        *await the_bot_talks(bot, ana, group),
        *await the_bot_runs_a_group(bot, ana, ben, cem, group),
        *await the_bot_looks_at_itself(bot),
    ]
    await ben.blocks_bot()
    await ben.leaves(group)

    updates = await bot.get_updates()
    assert list(unknown_fields(results)) == []
    assert list(unknown_fields(updates)) == []
    kinds = {name for update in updates for name in update.to_dict()} - {"update_id"}
    assert kinds == {
        "message",
        "edited_message",
        "channel_post",
        "callback_query",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "message_reaction",
    }


async def test_the_search_for_unknown_fields_finds_one() -> None:
    update = Update.de_json(
        {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "x", "y": 1}}}
    )

    assert list(unknown_fields(update)) == ["/Update.message/Message.chat/Chat: ['y']"]


async def test_a_picture_keeps_its_size_and_its_bytes(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    content = b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\0\0\1\0\0\0\0\x80" + b"--boundary\r\n\r\n" + bytes(range(256))

    sent = await bot.send_photo(ana.id, content)
    again = await bot.send_photo(ana.id, sent.photo[0].file_id)

    assert (sent.photo[0].width, sent.photo[0].height) == (256, 128)
    assert again.photo == sent.photo
    assert sim.world.files[sent.photo[0].file_id].content == content


async def test_menus_are_chosen_by_scope_and_language(sim: Simulator, bot: Bot) -> None:
    ana, lucia = sim.person("Ana"), sim.person("Lucía", language="es")
    await ana.starts()
    await lucia.starts()
    group = sim.supergroup("Tuesday group", creator=ana, members=[lucia])
    await bot.set_my_commands([("help", "Help"), ("stop", "Stop")])
    await bot.set_my_commands([("ayuda", "Ayuda")], language_code="es")
    await bot.set_my_commands([("alerts", "Alerts")], scope=BotCommandScopeChat(ana.id))
    await bot.set_my_commands([("rules", "Rules")], scope=BotCommandScopeChatMember(group.id, ana.id))

    assert (ana.menu(), lucia.menu()) == (["alerts"], ["ayuda"])
    assert (ana.menu(group), lucia.menu(group)) == (["rules"], ["ayuda"])
    await bot.delete_my_commands(scope=BotCommandScopeChat(ana.id))
    assert ana.menu() == ["help", "stop"]
    with pytest.raises(TelegramError, match="Chat not found"):
        await bot.set_my_commands([("x", "x")], scope=BotCommandScopeChat(77))


async def test_descriptions_fall_back_to_the_general_one(sim: Simulator, bot: Bot) -> None:
    await bot.set_my_description("A companion")
    await bot.set_my_short_description("Short")
    await bot.set_my_description("Una compañía", language_code="es")

    assert (await bot.get_my_description("es")).description == "Una compañía"
    assert (await bot.get_my_description("fr")).description == "A companion"
    assert (await bot.get_my_short_description("es")).short_description == "Short"


async def test_the_truth_log_remembers_calls_and_deeds(sim: Simulator, bot: Bot, clock: Clock) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    mark = len(sim.truth.entries)
    clock.turn(seconds=5)
    await bot.send_message(ana.id, "Good morning")
    await ana.writes("hello")

    [call] = sim.truth.sent(ana.id, "morning")
    [written] = sim.truth.happenings("message", user=ana.id, since=mark)

    assert (call.at, call.monotonic, call.chat_id, call.message_id) == (clock.at, clock.seconds, ana.id, 2)
    assert call.parameters["text"] == "Good morning"
    assert (written.message_id, written.details["text"]) == (3, "hello")
    assert call.number < written.number
    assert sim.truth.sent(ana.id, "evening") == []
