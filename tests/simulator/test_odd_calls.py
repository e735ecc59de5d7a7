"""Calls no good bot makes: wrong tokens, unknown names, broken bodies. Refused, and where it matters remembered."""

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, EndPointNotFound, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from peerbot.simulator.simulator import BASE_URL, Simulator


@pytest.mark.parametrize("token", ["42:wrong", "nonsense"])
async def test_a_wrong_token_opens_nothing(sim: Simulator, token: str) -> None:
    stranger = Bot(token, base_url=BASE_URL, request=HTTPXRequest(httpx_kwargs={"transport": sim.transport()}))

    with pytest.raises(InvalidToken):
        await stranger.get_me()
    await stranger.shutdown()


async def test_unknown_methods_and_parameters_are_refused_and_remembered(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()

    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("makeCoffee")
    with pytest.raises(BadRequest, match="Sendmessage has no parameter colour"):
        await bot.send_message(ana.id, "hi", api_kwargs={"colour": "green"})
    with pytest.raises(BadRequest, match="The simulator does not have senddice"):
        await bot.send_dice(ana.id)

    assert sim.complaints == ["sendMessage: no parameter colour", "sendDice: the simulator does not have this method"]
    assert [call.code for call in sim.truth.calls(accepted=False)] == [404, 400, 400]
    sim.complaints.clear()


async def test_a_button_field_nobody_knows_is_remembered(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    button = InlineKeyboardButton("Go", callback_data="x", api_kwargs={"sparkles": True})

    with pytest.raises(TelegramError, match="Inlinekeyboardbutton has no field sparkles"):
        await bot.send_message(ana.id, "hi", reply_markup=InlineKeyboardMarkup([[button]]))

    assert sim.complaints == ["sendMessage: InlineKeyboardButton has no field sparkles"]
    sim.complaints.clear()


async def test_a_parameter_without_effect_is_remembered_though_taken(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.starts()

    await bot.send_message(ana.id, "hi", message_thread_id=5)
    await bot.get_updates(allowed_updates=["mesage"])

    assert sim.complaints == [
        "sendMessage: message_thread_id is not simulated and had no effect",
        "getUpdates: there is no kind of update mesage",
    ]
    sim.complaints.clear()


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
        ('{"inline_keyboard": {}}', 'can\'t parse reply markup: field "inline_keyboard" must be an Array of Arrays'),
        ('{"inline_keyboard": [["x"]]}', "can't parse keyboard button: KeyboardButton must be an Object"),
        ('{"keyboard": [[" "]]}', "keyboard button text must be non-empty"),
        ('{"keyboard": [[' + '"x",' * 300 + '"x"]]}', "reply markup is too long"),
    ],
)
async def test_broken_keyboards_are_refused(sim: Simulator, markup: str, words: str) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    async with httpx.AsyncClient(transport=sim.transport()) as client:
        url = f"{BASE_URL}{sim.token}/sendMessage"
        answer = await client.post(url, data={"chat_id": ana.id, "text": "hi", "reply_markup": markup})

    assert answer.json()["description"] == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("content_type", "body", "words"),
    [
        ("application/json", b"{", "can't parse JSON body"),
        ("application/json", b"[]", "object expected as JSON body"),
        ("application/x-www-form-urlencoded", b"chat_id=%FF", "strings must be encoded in UTF-8"),
    ],
)
async def test_broken_bodies_are_refused(sim: Simulator, content_type: str, body: bytes, words: str) -> None:
    async with httpx.AsyncClient(transport=sim.transport()) as client:
        url = f"{BASE_URL}{sim.token}/sendMessage"
        answer = await client.post(url, content=body, headers={"content-type": content_type})

    assert answer.json()["description"] == f"Bad Request: {words}"


async def test_a_number_that_is_none_is_refused_and_remembered(sim: Simulator) -> None:
    async with httpx.AsyncClient(transport=sim.transport()) as client:
        answer = await client.get(f"{BASE_URL}{sim.token}/getUpdates?offset=soon")

    assert answer.json()["description"] == "Bad Request: parameter offset must be a whole number"
    assert sim.complaints == ["getUpdates: offset='soon' is not a whole number"]
    sim.complaints.clear()
