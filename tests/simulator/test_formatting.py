"""HTML as strict as the real parser, and what Telegram finds in plain text by itself."""

import pytest
from telegram import Bot, MessageEntity
from telegram.error import BadRequest

from peerbot.simulator.formatting import entity_text, formatted
from peerbot.simulator.html import utf16
from peerbot.simulator.simulator import Simulator

# The sentences are the official server's. Offsets are counted in bytes: ten of them stand before each case.
LEAD = "Año 🌱 "
BROKEN = [
    ("<bold", "Unclosed start tag at byte offset 10"),
    ("<bold on>", 'Unsupported start tag "bold" at byte offset 10'),
    ("<H1>", 'Unsupported start tag "h1" at byte offset 10'),
    ("3 < 4", 'Unsupported start tag "" at byte offset 12'),
    ('<b ="x">', 'Empty attribute name in the tag "b" at byte offset 10'),
    ("<a href= ", 'Unclosed start tag "a" at byte offset 10'),
    ("<a href=x/y>", "Unexpected end of name token at byte offset 18"),
    ('<a href="x', "Unclosed start tag at byte offset 10"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 10'),
    ("</b>", "Unexpected end tag at byte offset 10"),
    ("<u>x</u></u>", "Unexpected end tag at byte offset 18"),
    ("<u>x</u", "Unclosed end tag at byte offset 14"),
    ("<u>x</s>", 'Unmatched end tag at byte offset 14, expected "</u>", found "</s>"'),
    ("<u>x", 'Can\'t find end tag corresponding to start tag "u"'),
]


@pytest.mark.parametrize(("broken", "words"), BROKEN)
async def test_broken_html_is_refused_in_the_servers_words(sim: Simulator, bot: Bot, broken: str, words: str) -> None:
    ana = sim.person("Ana")
    await ana.starts()

    with pytest.raises(BadRequest) as caught:
        await bot.send_message(ana.id, LEAD + broken, parse_mode="HTML")

    assert caught.value.message.lower() == f"can't parse entities: {words}".lower()
    assert sim.truth.calls("sendMessage")[0].error == f"Bad Request: can't parse entities: {words}"


async def test_tags_become_entities_counted_in_utf16(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    text = (
        '🌱 <b>Bold <i>both</i></b> <tg-spoiler>hid</tg-spoiler> <a href="https://x.org/?a=1&amp;b=2">link</a> '
        '<code>/no</code> <pre><code class="language-python">x</code></pre><blockquote expandable>q</blockquote> &lt;3'
    )

    sent = await bot.send_message(ana.id, text, parse_mode="HTML")

    assert sent.text == "🌱 Bold both hid link /no xq <3"
    found = [(entity.type, sent.parse_entity(entity)) for entity in sent.entities]
    assert found == [
        ("bold", "Bold both"),
        ("italic", "both"),
        ("spoiler", "hid"),
        ("text_link", "link"),
        ("code", "/no"),
        ("pre", "x"),
        ("expandable_blockquote", "q"),
    ]
    assert sent.entities[3].url == "https://x.org/?a=1&b=2"


async def test_entities_may_be_given_instead_of_tags(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()

    sent = await bot.send_message(ana.id, "  <b> Hi", entities=[MessageEntity("bold", 6, 2)])

    assert sent.text == "<b> Hi"
    assert sent.parse_entities() == {sent.entities[0]: "Hi"}


async def test_other_parse_modes_are_a_complaint(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()

    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(ana.id, "*hi*", parse_mode="MarkdownV2")

    assert sim.complaints == ["sendMessage: parse_mode markdownv2 is not simulated: peerbot writes HTML"]
    sim.complaints.clear()


FOUND = [
    ("/start now", [("bot_command", "/start")]),
    ("go /help@peer_bot, please", [("bot_command", "/help@peer_bot")]),
    ("and/or 1/2 path/to", []),
    ("see https://example.org/a?b=c.", [("url", "https://example.org/a?b=c")]),
    ("see t.me/joinchat or Example.COM!", [("url", "t.me/joinchat"), ("url", "Example.COM")]),
    ("end.of sentence.next", []),
    ("ask @some_one_1 (not me@mail.org)", [("mention", "@some_one_1"), ("email", "me@mail.org")]),
    ("#sober day #1 #día", [("hashtag", "#sober"), ("hashtag", "#día")]),
    ("call +1 800 662 4357", [("phone_number", "+1 800 662 4357")]),
    ("🌱🌱 /start", [("bot_command", "/start")]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_telegram_finds_these_by_itself(text: str, expected: list[tuple[str, str]]) -> None:
    kept, entities = formatted(text, [])

    assert [(entity["type"], entity_text(kept, entity)) for entity in entities] == expected


def test_length_is_counted_in_utf16() -> None:
    assert (utf16("añ"), utf16("🌱")) == (2, 2)
