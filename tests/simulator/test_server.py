"""The simulator over real HTTP: every way to pass parameters, files, long polls, faults that cut sockets."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from peerbot.simulator import faults
from peerbot.simulator.people import Person
from peerbot.simulator.server import ServerHandle, serve
from peerbot.simulator.simulator import Simulator


@pytest.fixture
async def wired(sim: Simulator, server: ServerHandle) -> AsyncIterator[Bot]:
    found = Bot(sim.token, base_url=server.api_url, base_file_url=f"{server.url}/file/bot")
    await found.initialize()
    yield found
    await found.shutdown()


@pytest.fixture
async def ana(sim: Simulator) -> Person:
    found = sim.person("Ana")
    await found.starts()
    return found


async def test_a_real_bot_talks_over_a_real_socket(sim: Simulator, wired: Bot, ana: Person) -> None:
    sent = await wired.send_photo(ana.id, b"a picture" * 1000, caption="Your week ñ 🌱")
    [update] = await wired.get_updates()
    file = await wired.get_file(sent.photo[0].file_id)

    assert update.message
    assert ana.reads("your week ñ 🌱").content.kind == "photo"
    assert bytes(await file.download_as_bytearray()) == b"a picture" * 1000


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart"])
async def test_parameters_may_come_every_way(sim: Simulator, server: ServerHandle, ana: Person, way: str) -> None:
    url = f"{server.api_url}{sim.token}/SENDmessage"
    values = {"chat_id": str(ana.id), "text": "hello & ñ"}
    async with httpx.AsyncClient() as client:
        if way == "query":
            answer = await client.get(url, params=values)
        elif way == "form":
            answer = await client.post(url, data=values)
        elif way == "json":
            answer = await client.post(url, json={**values, "chat_id": ana.id, "reply_markup": None})
        else:
            answer = await client.post(url, data=values, files={"photo": ("x", b"ignored")})

    assert answer.json()["result"]["text"] == "hello & ñ"
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot42:wrong/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 404, "Not Found"),
        ("/bot{token}/makeCoffee", 404, "Not Found: method not found"),
        ("/file/bot{token}/files/none", 404, "Not Found"),
    ],
)
async def test_wrong_doors_are_closed(
    sim: Simulator, server: ServerHandle, path: str, status: int, description: str
) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(server.url + path.format(token=sim.token))

    assert answer.status_code == status
    assert json.loads(answer.content) == {"ok": False, "error_code": status, "description": description}


async def test_a_429_carries_its_header(sim: Simulator, server: ServerHandle) -> None:
    sim.faults.add(faults.too_many(9))
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{server.api_url}{sim.token}/getMe")

    assert answer.headers["retry-after"] == "9"
    assert answer.json()["parameters"] == {"retry_after": 9}


async def test_a_dropped_connection_was_accepted(
    sim: Simulator, wired: Bot, ana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    sim.faults.add(faults.drop_after_accept(), method="sendMessage")

    with pytest.raises(NetworkError) as caught:
        await wired.send_message(ana.id, "hello")

    assert isinstance(caught.value.__cause__, httpx.RemoteProtocolError | httpx.ReadError)
    ana.reads("hello")
    await wired.send_message(ana.id, "again")
    ana.reads("again")
    assert [record for record in caplog.records if record.name.startswith("uvicorn")] == []


async def test_a_hanging_answer_was_accepted(sim: Simulator, wired: Bot, ana: Person) -> None:
    sim.faults.add(faults.hang_after_accept(30), method="sendMessage")

    with pytest.raises(TimedOut) as caught:
        await wired.send_message(ana.id, "hello", read_timeout=0.05)

    assert isinstance(caught.value.__cause__, httpx.ReadTimeout)
    ana.reads("hello")


async def test_a_short_hang_answers_in_the_end(sim: Simulator, wired: Bot, ana: Person) -> None:
    sim.faults.add(faults.hang_after_accept(0.01), method="sendMessage")

    assert (await wired.send_message(ana.id, "hello")).text == "hello"


async def test_a_closed_door_refuses_and_opens_again_on_the_same_port(
    sim: Simulator, server: ServerHandle, ana: Person
) -> None:
    bot = Bot(sim.token, base_url=server.api_url)
    await bot.initialize()
    port = server.port
    await server.shut()

    with pytest.raises(NetworkError) as caught:
        await bot.send_message(ana.id, "hello")
    await server.open()
    await bot.send_message(ana.id, "again")

    assert isinstance(caught.value.__cause__, httpx.ConnectError | httpx.ReadError | httpx.RemoteProtocolError)
    assert [call.parameters["text"] for call in sim.truth.calls("sendMessage")] == ["again"]
    assert server.port == port
    await bot.shutdown()


async def test_a_poller_that_dies_leaves_its_updates_behind(sim: Simulator, server: ServerHandle, wired: Bot) -> None:
    dying = Bot(sim.token, base_url=server.api_url)
    await dying.initialize()
    polling = asyncio.create_task(dying.get_updates(timeout=30))
    await sim.updates.poll_waits.wait()
    polling.cancel()
    await asyncio.wait([polling])
    await dying.shutdown()
    await sim.updates.poll_ended.wait()

    await sim.person("Ana").writes("hello")

    [update] = await wired.get_updates(timeout=5)
    assert update.message
    assert update.message.text == "hello"


async def test_two_simulators_live_side_by_side(sim: Simulator, wired: Bot, ana: Person) -> None:
    other = Simulator(sim.world.now, token="43:OTHER")
    handle = await serve(other)
    second = Bot("43:OTHER", base_url=handle.api_url)
    await second.initialize()

    await wired.send_message(ana.id, "only here")

    assert (await second.get_me()).id == 43
    assert other.truth.calls("sendMessage") == []
    await second.shutdown()
    await handle.close()
