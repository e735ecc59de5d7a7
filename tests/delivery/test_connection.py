"""The connection the bot really sends with, over real sockets: what each failure is read as, and files."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from telegram import Bot
from telegram.error import TelegramError

from peerbot.delivery.connection import Connection
from peerbot.delivery.fate import Kind, fate_of
from peerbot.simulator import faults, limits
from peerbot.simulator.people import Person
from peerbot.simulator.server import ServerHandle
from peerbot.simulator.simulator import TEST_TOKEN, Simulator


@pytest.fixture
def sim() -> Simulator:
    return Simulator(lambda: datetime.now(UTC), token=TEST_TOKEN, limits=limits.OFF)


@pytest.fixture
async def bot(sim: Simulator, server: ServerHandle) -> AsyncIterator[Bot]:
    made = [Connection(size, connect=1.0, read=1.0, proxies=False) for size in (4, 1)]
    found = Bot(sim.token, base_url=server.api_url, request=made[0], get_updates_request=made[1])
    async with found:
        yield found


@pytest.fixture
async def ana(sim: Simulator) -> Person:
    found = sim.person("Ana")
    await found.starts()
    return found


async def kind_of_failure(bot: Bot, ana: Person) -> Kind:
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(ana.id, "hello", read_timeout=0.1)
    return fate_of(caught.value).kind


async def test_words_and_pictures_arrive(bot: Bot, ana: Person) -> None:
    assert (await bot.send_message(ana.id, "hola & ñ 🌱")).text == "hola & ñ 🌱"
    sent = await bot.send_photo(ana.id, b"a picture" * 1000, caption="Your week ñ")

    ana.reads("hola & ñ 🌱")
    assert ana.reads("your week ñ").content.kind == "photo"
    assert sent.photo[0].file_size == len(b"a picture") * 1000


@pytest.mark.parametrize(
    ("fault", "kind", "accepted"),
    [
        (faults.drop_after_accept(), Kind.DOUBT, True),
        (faults.hang_after_accept(30), Kind.DOUBT, True),
        (faults.server_error(), Kind.DOUBT, False),
        (faults.garbage(), Kind.DOUBT, True),
        (faults.too_many(9), Kind.COOL, False),
    ],
    ids=["dropped", "hanging", "5xx", "garbage", "429"],
)
async def test_each_failure_is_told_apart(
    sim: Simulator, bot: Bot, ana: Person, fault: faults.Fault, kind: Kind, accepted: bool
) -> None:
    sim.faults.add(fault, method="sendMessage")

    assert await kind_of_failure(bot, ana) is kind
    if accepted:
        ana.reads("hello")


async def test_a_closed_door_was_never_reached_and_the_next_call_goes_through(
    bot: Bot, server: ServerHandle, ana: Person
) -> None:
    await server.shut()
    refused = await kind_of_failure(bot, ana)
    again = await kind_of_failure(bot, ana)
    await server.open()
    await bot.send_message(ana.id, "open again")

    assert again is Kind.AGAIN
    assert refused in (Kind.AGAIN, Kind.DOUBT)  # a connection that stood open may break only while it is used
    ana.reads("open again")


async def test_a_proxy_of_the_environment_is_gone_through(
    sim: Simulator, server: ServerHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("no_proxy", "elsewhere.example")
    through, around = Connection(1), Connection(1, proxies=False)
    url = f"http://api.example/bot{sim.token}/getMe"
    status, _body = await through.do_request(url, "GET")
    with pytest.raises(TelegramError):
        await around.do_request(url, "GET")
    await through.shutdown()
    await around.shutdown()

    assert status == 404  # our Telegram is no proxy, but it was asked to be one
