"""The web server: Telegram's webhook behind its secret, and what a machine may ask about our health."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from telegram import Bot
from telegram.request import HTTPXRequest

from peerbot import web
from peerbot.errors import StartError
from peerbot.simulator.simulator import TEST_TOKEN
from peerbot.web import SECRET_HEADER, make_web
from tests.town import StoryTown, config_for

SECRET = "a-secret_of-Telegram"
UPDATE = {"update_id": 7, "message": {"text": "hello"}}


class Behind:
    """What stands behind the web server."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.error: Exception | None = None
        self.found: list[str] = []

    async def receive(self, updates: list[dict[str, Any]]) -> None:
        if self.error:
            raise self.error
        self.received += updates

    async def figures(self) -> dict[str, float]:
        return {"inbox_open": 2, "inbox_oldest_seconds": 1.5}

    async def troubles(self) -> list[str]:
        return self.found


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
async def client(behind: Behind) -> AsyncIterator[httpx.AsyncClient]:
    made = make_web(receive=behind.receive, secret=SECRET, figures=behind.figures, troubles=behind.troubles)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(made), base_url="http://bot") as opened:
        yield opened


async def posts(client: httpx.AsyncClient, content: bytes, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    return (await client.post("/telegram", content=content, headers=headers)).status_code


async def test_an_update_with_the_right_secret_is_taken(client: httpx.AsyncClient, behind: Behind) -> None:
    assert await posts(client, json.dumps(UPDATE).encode()) == 200
    assert behind.received == [UPDATE]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET.lower(), SECRET + "x", SECRET[:-1]])
async def test_anybody_else_is_turned_away(client: httpx.AsyncClient, behind: Behind, secret: str | None) -> None:
    assert await posts(client, json.dumps(UPDATE).encode(), secret) == 403
    assert behind.received == []


async def test_a_secret_that_is_no_ascii_is_only_a_wrong_one(client: httpx.AsyncClient) -> None:
    answer = await client.post("/telegram", content=b"{}", headers={SECRET_HEADER.encode(): "ñ".encode()})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"not json", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"[]", 200),
        (b"null", 200),
        (b'{"update_id": "7"}', 200),
        (b'{"message": {}}', 200),
        (b" " * (web.LARGEST + 1), 413),
    ],
    ids=lambda value: repr(value)[:20],
)
async def test_a_garbled_body_is_answered_and_stored_nowhere(
    client: httpx.AsyncClient, behind: Behind, body: bytes, status: int
) -> None:
    assert await posts(client, body) == status
    assert behind.received == []


@pytest.mark.parametrize("error", [OperationalError("INSERT", {}, Exception("locked")), ConnectionResetError()])
async def test_when_the_database_fails_telegram_is_asked_to_come_again(
    client: httpx.AsyncClient, behind: Behind, log_lines: StringIO, error: Exception
) -> None:
    behind.error = error
    assert await posts(client, json.dumps(UPDATE).encode()) == 503

    behind.error = None
    assert await posts(client, json.dumps(UPDATE).encode()) == 200
    assert behind.received == [UPDATE]
    assert "receiving_failed" in log_lines.getvalue()


async def test_health_readiness_and_figures(client: httpx.AsyncClient, behind: Behind) -> None:
    assert (await client.get("/healthz")).status_code == 200
    assert (await client.get("/readyz")).json() == {"ready": True, "troubles": []}
    assert (await client.get("/metrics")).text == "peerbot_inbox_oldest_seconds 1.5\npeerbot_inbox_open 2\n"

    behind.found = ["Telegram does not accept the token."]
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["troubles"] == behind.found


async def test_a_polling_bot_has_no_webhook(behind: Behind) -> None:
    made = make_web(receive=None, secret="", figures=behind.figures, troubles=behind.troubles)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(made), base_url="http://bot") as client:
        assert await posts(client, json.dumps(UPDATE).encode(), "") == 404
        assert (await client.get("/telegram")).status_code == 404


async def test_an_address_in_use_is_a_plain_sentence() -> None:
    taken = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]

    with pytest.raises(StartError, match="PEERBOT_LISTEN names an address that is in use"):
        await web.serve(Starlette(), f"127.0.0.1:{port}", asyncio.Event())

    taken.close()
    await taken.wait_closed()


@pytest.mark.parametrize("listen", ["192.0.2.1:80", "no-such-host.invalid:80"])
async def test_an_address_that_is_not_ours_is_a_plain_sentence(listen: str) -> None:
    with pytest.raises(StartError, match="in use or not ours"):
        await web.serve(Starlette(), listen, asyncio.Event())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])  # noqa: S104 - a container listens everywhere
async def test_the_server_answers_over_a_real_socket_until_it_is_stopped(behind: Behind, host: str) -> None:
    port, stopping = free_port(), asyncio.Event()
    made = make_web(receive=None, secret="", figures=behind.figures, troubles=behind.troubles)
    serving = asyncio.create_task(web.serve(made, f"{host}:{port}", stopping))

    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(retries=5), trust_env=False) as client:
        answer = await client.get(f"http://{host}:{port}/healthz")
    stopping.set()
    await serving

    assert answer.text == "ok"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


class WebhookTown(StoryTown):
    """A town whose Telegram calls the bot instead of being asked."""

    client: httpx.AsyncClient | None = None

    async def settle(self) -> None:
        """Runs the bot until nothing is left to deliver, handle or send."""
        if self.client is None:
            return
        while True:
            tried = await self.sim.deliver_webhooks(self.client)
            assert all(one.taken for one in tried), tried
            if not len(tried) + await self.app.inbox.drain() + await self.app.sender.drain():
                return

    async def listens(self, client: httpx.AsyncClient) -> None:
        """Tells Telegram where to call."""
        self.client = client
        request = HTTPXRequest(httpx_kwargs={"transport": self.sim.transport()})
        bot = Bot(TEST_TOKEN, base_url="http://sim/bot", request=request)
        await bot.set_webhook("https://bot/telegram", secret_token=SECRET)
        await request.shutdown()


@pytest.fixture
async def webhook_town(database_url: str, tmp_path: Path, log_lines: StringIO) -> AsyncIterator[WebhookTown]:
    config = config_for(database_url, tmp_path, TEST_TOKEN, mode="webhook", webhook_secret=SECRET)
    town = WebhookTown(config, log_lines)
    await town.open()
    transport = httpx.ASGITransport(town.app.make_web())
    async with httpx.AsyncClient(transport=transport, base_url="https://bot") as client:
        await town.listens(client)
        await town.moves_in("en")
        yield town
    await town.close()
    town.ends_well()


async def test_a_call_for_help_reaches_the_counselor_through_the_webhook(webhook_town: WebhookTown) -> None:
    town = webhook_town
    await town.pass_time(hours=24)
    await town.ana.taps("No")
    await town.ana.taps("9")
    town.ana.reads_all()
    town.dr_roth.reads("C-")

    await town.ana.writes("/now")

    town.ana.reads("988")
    town.dr_roth.reads(town.say("level-urgent"))
    assert town.sim.truth.calls("getUpdates") == []


async def test_an_update_delivered_again_changes_nothing(webhook_town: WebhookTown) -> None:
    town, client = webhook_town, webhook_town.client
    assert client is not None
    town.client = None
    await town.ana.writes("/now")
    (waiting,) = town.sim.updates.pending
    content = json.dumps(waiting.content).encode()
    for _ in range(3):
        assert await posts(client, content) == 200
    town.client = client
    await town.settle()

    town.ana.reads("988")
    town.dr_roth.reads("C-")


async def test_the_health_of_a_real_bot_shows_numbers_only(webhook_town: WebhookTown) -> None:
    town, client = webhook_town, webhook_town.client
    assert client is not None
    town.clock.advance(timedelta(seconds=30))

    metrics = (await client.get("/metrics")).text
    ready = await client.get("/readyz")

    assert "peerbot_inbox_open 0\n" in metrics
    assert "peerbot_inbox_parked 0\n" in metrics
    assert ready.json() == {"ready": True, "troubles": []}
    town.app.sender.token_refused = True
    assert (await client.get("/readyz")).status_code == 503
