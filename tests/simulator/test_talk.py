"""People and the bot talk: what is sent is seen, what is tapped arrives, what is read is marked."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from peerbot.simulator.errors import NotPossible
from peerbot.simulator.simulator import Simulator
from tests.simulator.conftest import Clock, Ear


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"pick:{label}") for label in labels]])


async def test_a_start_with_a_payload_arrives_as_a_command(sim: Simulator, ear: Ear) -> None:
    ana = sim.person("Ana", language="es")

    await ana.starts("abc_1")

    [update] = await ear.hears()
    message = update.message
    assert message is not None
    assert message.from_user is not None
    assert message.text == "/start abc_1"
    assert message.entities[0].type == "bot_command"
    assert message.from_user.language_code == "es"
    assert message.chat.id == ana.id == message.from_user.id


async def test_what_the_bot_sends_is_read_once(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    await bot.send_message(ana.id, "Good morning, Ana")
    await bot.send_message(ana.id, "How are you today?")

    read = ana.reads("HOW are you")

    assert read.text == "How are you today?"
    assert [message.text for message in ana.unread()] == ["Good morning, Ana"]
    with pytest.raises(AssertionError, match="has 1 unread"):
        ana.reads_nothing()
    ana.reads("morning")
    ana.reads_nothing()


async def test_a_failed_reading_shows_the_phone(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    await bot.send_message(ana.id, "How are you?", reply_markup=keyboard("Good", "Hard"))

    with pytest.raises(AssertionError) as caught:
        ana.reads("something else")

    assert "Ana's phone: PeerBot" in str(caught.value)
    assert "How are you?" in str(caught.value)
    assert "[Good] [Hard]" in str(caught.value)


async def test_forbidden_words_in_a_read_message_fail_the_reading(sim: Simulator, bot: Bot) -> None:
    roth = sim.person("Dr Roth")
    await roth.starts()
    await bot.send_message(roth.id, "Ana needs you")

    with pytest.raises(AssertionError, match="Dr Roth reads 'ana' in"):
        roth.reads("needs you", without=["ana"])


async def test_an_edited_message_is_unread_again_with_its_new_words(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "First question")
    ana.reads("First")

    await bot.edit_message_text("Second question", ana.id, sent.message_id)

    ana.reads("Second", without=["First"])
    ana.reads_nothing()


async def test_taking_away_only_the_buttons_leaves_a_message_read(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "Question", reply_markup=keyboard("Yes"))
    ana.reads("Question")

    await bot.edit_message_reply_markup(ana.id, sent.message_id, reply_markup=None)

    ana.reads_nothing()
    assert ana.buttons() == []


async def test_a_deleted_message_vanishes_unread(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "Too much said")

    await bot.delete_message(ana.id, sent.message_id)

    ana.reads_nothing()
    assert ana.lock_screen == []
    assert [banner.text for banner in ana.notifications] == ["Too much said"]


async def test_a_tap_brings_its_data_and_its_message(sim: Simulator, bot: Bot, ear: Ear) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    await bot.send_message(ana.id, "How are you?", reply_markup=keyboard("Good", "Hard"))
    await ear.hears()

    await ana.taps("hard")

    [update] = await ear.hears()
    query = update.callback_query
    assert query is not None
    assert query.data == "pick:Hard"
    assert query.message is not None
    assert query.message.message_id == 2
    assert ana.spinning
    await bot.answer_callback_query(query.id, "Thank you", show_alert=True)
    assert ana.toast == "Thank you"
    assert ana.toasts[-1].alert
    assert not ana.spinning


async def test_a_tap_finds_the_newest_message_and_prefers_the_whole_label(sim: Simulator, bot: Bot, ear: Ear) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    await bot.send_message(ana.id, "Old", reply_markup=keyboard("Yes"))
    await bot.send_message(ana.id, "New", reply_markup=keyboard("Yes please", "Yes"))
    await ear.hears()

    await ana.taps("Yes")

    [update] = await ear.hears()
    assert update.callback_query is not None
    assert update.callback_query.data == "pick:Yes"
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == 3


async def test_a_missing_button_says_which_there_are(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    await bot.send_message(ana.id, "How are you?", reply_markup=keyboard("Good"))

    with pytest.raises(NotPossible, match=r"sees no button 'Stop', only \['Good'\]"):
        await ana.taps("Stop")


async def test_old_and_forged_presses_arrive_as_they_were_sent(sim: Simulator, bot: Bot, ear: Ear) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "How are you?", reply_markup=keyboard("Good"))
    await ana.taps("Good")
    await bot.edit_message_text("Thank you", ana.id, sent.message_id)
    await ear.hears()

    await ana.taps_again()
    await ana.presses(ana.visible()[-1], "alert:1:close")

    data = [update.callback_query.data for update in await ear.hears() if update.callback_query]
    assert data == ["pick:Good", "alert:1:close"]


async def test_nobody_presses_what_they_cannot_see(sim: Simulator, bot: Bot) -> None:
    ana, maxim = sim.person("Ana"), sim.person("Max")
    await ana.starts()
    await bot.send_message(ana.id, "How are you?", reply_markup=keyboard("Good"))

    with pytest.raises(NotPossible, match="does not see"):
        await maxim.presses(ana.visible()[-1], "pick:Good")


async def test_the_reply_keyboard_stays_until_it_is_taken_away(sim: Simulator, bot: Bot, ear: Ear) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    await bot.send_message(ana.id, "Hi", reply_markup=ReplyKeyboardMarkup([["I need help now"]], is_persistent=True))
    await bot.send_message(ana.id, "Another")
    await ear.hears()
    assert ana.keyboard == ["I need help now"]
    assert ana.sees_button("help")

    await ana.taps("help")
    await bot.send_message(ana.id, "Bye", reply_markup=ReplyKeyboardRemove())

    [update] = await ear.hears()
    assert update.message is not None
    assert update.message.text == "I need help now"
    assert ana.keyboard == []


async def test_a_link_to_the_bot_presses_start(sim: Simulator, bot: Bot, ear: Ear) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    url = f"https://t.me/{sim.bot.username}?start=code7"
    await bot.send_message(ana.id, "Open", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Open", url=url)]]))
    await ear.hears()

    await ana.taps("Open")

    [update] = await ear.hears()
    assert update.message is not None
    assert update.message.text == "/start code7"


async def test_the_locked_phone_shows_sender_words_and_silence_but_no_spoiler(sim: Simulator, bot: Bot) -> None:
    roth = sim.person("Dr Roth")
    await roth.starts()
    text = "Someone needs you: <tg-spoiler>case 7</tg-spoiler>"
    await bot.send_message(roth.id, text, parse_mode="HTML", disable_notification=True, protect_content=True)

    [banner] = roth.lock_screen
    assert (banner.sender, banner.text, banner.silent) == ("PeerBot", "Someone needs you: ▒▒▒▒▒▒", True)

    roth.reads("case 7")
    assert roth.lock_screen == []


async def test_a_protected_message_cannot_be_forwarded(sim: Simulator, bot: Bot) -> None:
    roth = sim.person("Dr Roth")
    await roth.starts()
    await bot.send_message(roth.id, "Case 7", protect_content=True)

    with pytest.raises(NotPossible, match="protected"):
        await roth.forwards(roth.reads("Case 7"))


async def test_every_kind_of_message_arrives(sim: Simulator, ear: Ear) -> None:
    ana = sim.person("Ana")
    await ana.sends_photo("me")
    await ana.sends_document("notes.pdf")
    await ana.sends_sticker("👍")
    await ana.sends_voice(3)
    await ana.sends_poll("When?", "Now", "Later")
    await ana.sends_album("one", "two")
    await ana.sends_forwarded("Buy coins", source="Coin shop")

    photo, document, sticker, voice, poll, one, two, forwarded = [
        update.message for update in await ear.hears() if update.message
    ]
    assert photo.photo
    assert photo.caption == "me"
    assert document.document
    assert document.document.file_name == "notes.pdf"
    assert sticker.sticker
    assert voice.voice
    assert poll.poll
    assert [option.text for option in poll.poll.options] == ["Now", "Later"]
    assert one.media_group_id == two.media_group_id != None  # noqa: E711 - a chain reads better
    assert forwarded.forward_origin
    assert forwarded.forward_origin.type == "hidden_user"


async def test_an_edit_by_a_person_arrives_and_a_deletion_does_not(sim: Simulator, ear: Ear, clock: Clock) -> None:
    ana = sim.person("Ana")
    sent = await ana.writes("I am fine")
    await ear.hears()

    clock.turn(minutes=5)
    await ana.edits(sent, "I am not fine")
    await ana.deletes(sent)

    [update] = await ear.hears()
    assert update.edited_message is not None
    assert update.edited_message.text == "I am not fine"
    assert update.edited_message.edit_date == clock.at
    clock.turn(hours=49)
    other = await ana.writes("later")
    clock.turn(hours=49)
    with pytest.raises(NotPossible, match="cannot edit"):
        await ana.edits(other, "too late")


async def test_people_cannot_send_what_telegram_would_not(sim: Simulator) -> None:
    ana = sim.person("Ana")

    with pytest.raises(NotPossible, match="1 to 4096"):
        await ana.writes("🌱" * 2049)
    with pytest.raises(NotPossible, match="1 to 4096"):
        await ana.writes(" ")
    with pytest.raises(NotPossible, match="start code"):
        await ana.starts("no spaces")
    with pytest.raises(NotPossible, match="not pressed anything"):
        await ana.taps_again()


async def test_a_one_time_keyboard_goes_after_its_use(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    await bot.send_message(ana.id, "Well?", reply_markup=ReplyKeyboardMarkup([["Yes"]], one_time_keyboard=True))

    await ana.taps("Yes")

    assert ana.keyboard == []


async def test_a_keyboard_goes_with_the_message_that_brought_it(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "Hi", reply_markup=ReplyKeyboardMarkup([["Help"]]))

    await bot.delete_message(ana.id, sent.message_id)

    assert ana.keyboard == []


async def test_the_screen_shows_everything_in_sight(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    await bot.send_message(ana.id, "Hi", reply_markup=ReplyKeyboardMarkup([["Help"]]))
    ana.reads("Hi")
    await bot.send_photo(ana.id, b"png", caption="Your week\nand more", reply_markup=keyboard("Good", "Hard"))

    assert ana.screen().splitlines() == [
        "--- Ana's phone: PeerBot ---",
        "    1 you: /start",
        "    2 PeerBot: Hi",
        "*   3 PeerBot: <photo> Your week",
        "        and more",
        "        [Good] [Hard]",
        "  keyboard: [Help]",
    ]
    assert [message.id for message in ana.reads_all()] == [3]
    ana.reads_nothing()


async def test_odd_texts_arrive_whole(sim: Simulator, ear: Ear) -> None:
    ana = sim.person("Ana")

    await ana.writes("nul \x00 and half a pair \ud83d and ñ")

    [update] = await ear.hears()
    assert update.message
    assert update.message.text == "nul \x00 and half a pair \ud83d and ñ"


async def test_every_action_lets_the_bot_settle(sim: Simulator) -> None:
    counted: list[int] = []

    async def settled() -> None:
        counted.append(len(sim.updates.pending))

    sim.settled = settled
    ana = sim.person("Ana")
    await ana.starts()
    await ana.writes("hello")
    await ana.blocks_bot()

    assert counted == [1, 2, 3]


async def test_the_same_seed_gives_the_same_world(clock: Clock) -> None:
    async def play() -> list[object]:
        sim = Simulator(clock.now, clock.monotonic, seed=7)
        ana = sim.person("Ana")
        group = sim.supergroup("Tuesday group", creator=ana)
        await ana.sends_album("one", "two", in_chat=group)
        return [update.content for update in sim.updates.pending]

    assert await play() == await play()
