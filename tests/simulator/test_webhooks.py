"""Webhook delivery: in order within a chat, again until taken, with the secret, until it expires."""

import asyncio

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from peerbot.simulator.simulator import Simulator
from peerbot.simulator.webhooks import SECRET_HEADER
from tests.simulator.conftest import Clock


class Hook:
    """The bot's own web server: remembers what came and answers as told."""

    def __init__(self) -> None:
        self.got: list[httpx.Request] = []
        self.refuses: dict[int, httpx.Response] = {}
        self.came = asyncio.Event()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.got.append(request)
        self.came.set()
        update = Update.de_json(httpx.Response(200, content=request.content).json())
        chat = update.effective_chat
        return self.refuses.get(chat.id if chat else 0, httpx.Response(200))

    @property
    def words(self) -> list[str]:
        found = [Update.de_json(httpx.Response(200, content=request.content).json()) for request in self.got]
        return [update.message.text or "" for update in found if update.message]


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
def client(hook: Hook) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(hook))


async def test_updates_are_posted_with_the_secret(
    sim: Simulator, bot: Bot, hook: Hook, client: httpx.AsyncClient
) -> None:
    await bot.set_webhook("https://bot.example/hook", secret_token="s3cret", max_connections=7)
    await sim.person("Ana").writes("hello")

    [delivery] = await sim.deliver_webhooks(client)

    assert delivery.taken
    assert hook.words == ["hello"]
    assert hook.got[0].headers[SECRET_HEADER] == "s3cret"
    assert str(hook.got[0].url) == "https://bot.example/hook"
    assert sim.updates.pending == []
    assert (await bot.get_webhook_info()).max_connections == 7


async def test_a_refused_head_holds_up_only_its_own_chat(
    sim: Simulator, bot: Bot, hook: Hook, client: httpx.AsyncClient
) -> None:
    ana, ben = sim.person("Ana"), sim.person("Ben")
    await bot.set_webhook("https://bot.example/hook")
    hook.refuses[ana.id] = httpx.Response(500)
    await ana.writes("a1")
    await ana.writes("a2")
    await ben.writes("b1")

    await sim.deliver_webhooks(client)

    assert hook.words == ["a1", "b1"]
    assert len(sim.updates.pending) == 2
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 2
    assert info.last_error_message == "Wrong response from the webhook: 500"


async def test_the_pause_grows_until_the_bot_takes_it(
    sim: Simulator, bot: Bot, hook: Hook, client: httpx.AsyncClient, clock: Clock
) -> None:
    ana = sim.person("Ana")
    await bot.set_webhook("https://bot.example/hook")
    hook.refuses[ana.id] = httpx.Response(500)
    await ana.writes("a1")
    tries = []
    for _ in range(8):
        tries.append(len(await sim.deliver_webhooks(client)))
        clock.turn(seconds=1)
    hook.refuses.clear()
    clock.turn(seconds=60)

    await sim.deliver_webhooks(client)

    assert tries == [1, 1, 0, 1, 0, 0, 0, 1]
    assert sim.updates.pending == []


async def test_retry_after_is_obeyed(
    sim: Simulator, bot: Bot, hook: Hook, client: httpx.AsyncClient, clock: Clock
) -> None:
    ana = sim.person("Ana")
    await bot.set_webhook("https://bot.example/hook")
    hook.refuses[ana.id] = httpx.Response(503, headers={"retry-after": "40"})
    await ana.writes("a1")
    await sim.deliver_webhooks(client)

    clock.turn(seconds=39)
    assert await sim.deliver_webhooks(client) == []
    clock.turn(seconds=1)
    assert len(await sim.deliver_webhooks(client)) == 1


async def test_presses_travel_in_their_own_lane(
    sim: Simulator, bot: Bot, hook: Hook, client: httpx.AsyncClient
) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="x")]])
    await bot.send_message(ana.id, "hi", reply_markup=markup)
    await ana.taps("Go")
    await bot.set_webhook("https://bot.example/hook")

    lanes = {update.lane for update in sim.updates.pending}

    assert lanes == {str(ana.id), f"press:{ana.id}"}


async def test_what_nobody_takes_expires(
    sim: Simulator, bot: Bot, hook: Hook, client: httpx.AsyncClient, clock: Clock
) -> None:
    ana = sim.person("Ana")
    await bot.set_webhook("https://bot.example/hook")
    await ana.writes("a1")

    clock.turn(hours=24)

    assert await sim.deliver_webhooks(client) == []
    assert len(sim.truth.happenings("update_expired")) == 1


async def test_a_bot_that_cannot_be_reached_is_tried_again(sim: Simulator, bot: Bot, clock: Clock) -> None:
    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    client = httpx.AsyncClient(transport=httpx.MockTransport(nobody))
    await bot.set_webhook("https://bot.example/hook")
    await sim.person("Ana").writes("a1")

    [delivery] = await sim.deliver_webhooks(client)

    assert (delivery.status, delivery.error) == (0, "ConnectError")
    assert len(sim.updates.pending) == 1


async def test_the_runner_delivers_what_arrives_later(
    sim: Simulator, bot: Bot, hook: Hook, client: httpx.AsyncClient
) -> None:
    await bot.set_webhook("https://bot.example/hook")
    running = asyncio.create_task(sim.run_webhooks(client))
    await asyncio.sleep(0)

    await sim.person("Ana").writes("hello")
    await hook.came.wait()

    assert hook.words == ["hello"]
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
