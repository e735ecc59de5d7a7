"""Our own getUpdates loop: nothing is confirmed before it is stored, and no answer of Telegram ends it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from telegram.error import InvalidToken, NetworkError
from telegram.request import HTTPXRequest

from peerbot.poller import Poller
from peerbot.simulator import faults, limits
from peerbot.simulator.simulator import TEST_TOKEN, Simulator

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Store:
    """Where updates go; it may be told to fail a few times first."""

    def __init__(self) -> None:
        self.failures: list[Exception] = []
        self.updates: list[dict[str, Any]] = []
        self.got = asyncio.Event()
        self.heard = 0

    async def receive(self, updates: list[dict[str, Any]]) -> None:
        if self.failures:
            raise self.failures.pop()
        self.updates += updates
        self.got.set()

    async def hear(self) -> None:
        self.heard += 1

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


@pytest.fixture
def sim() -> Simulator:
    return Simulator(lambda: NOON, limits=limits.OFF)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
async def poller(sim: Simulator, store: Store) -> AsyncIterator[Poller]:
    request = HTTPXRequest(httpx_kwargs={"transport": sim.transport()})
    await request.initialize()
    yield Poller(request, f"http://sim/bot{TEST_TOKEN}", store.receive, store.hear, wait=0)
    await request.shutdown()


async def until(happened: Callable[[], bool], running: asyncio.Task[None]) -> None:
    """Waits for something the running loop does."""
    async with asyncio.timeout(10):
        while not happened():
            await asyncio.wait({running}, timeout=0.01)


async def run_until_stored(poller: Poller, store: Store) -> None:
    """Runs the loop until something has been stored, then stops it."""
    running = asyncio.create_task(poller.run())
    async with asyncio.timeout(10):
        await store.got.wait()
    poller.stop()
    await running


async def test_updates_are_stored_first_and_confirmed_by_the_next_question(
    sim: Simulator, store: Store, poller: Poller
) -> None:
    ana = sim.person("Ana")
    await ana.writes("one")
    await ana.writes("two")

    assert await poller.once() == 2
    assert len(sim.updates.pending) == 2
    assert await poller.once() == 0
    assert sim.updates.pending == []
    assert store.texts == ["one", "two"]
    assert store.heard == 2


async def test_a_database_that_fails_once_confirms_nothing_and_loses_nothing(
    sim: Simulator, store: Store, poller: Poller, log_lines: StringIO
) -> None:
    store.failures = [OperationalError("INSERT", {}, Exception("disk full"))]
    await sim.person("Ana").writes("I need help now")

    await run_until_stored(poller, store)

    assert store.texts == ["I need help now"]
    assert "receiving_failed" in log_lines.getvalue()
    assert "disk full" not in log_lines.getvalue()


@pytest.mark.parametrize(
    ("fault", "event"),
    [
        (faults.unauthorized_once(), "token_refused"),
        (faults.refuse(409, "Conflict: terminated by other getUpdates request"), "another_poller"),
        (faults.garbage(), "polling_failed"),
        (faults.server_error(502), "polling_failed"),
        (faults.unreachable(), "polling_failed"),
        (faults.drop_after_accept(), "polling_failed"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
async def test_no_trouble_ends_the_loop(
    sim: Simulator, store: Store, poller: Poller, log_lines: StringIO, fault: faults.Fault, event: str
) -> None:
    sim.faults.add(fault, method="getUpdates")
    await sim.person("Ana").writes("hello")

    await run_until_stored(poller, store)

    assert store.texts == ["hello"]
    assert f"event='{event}'" in log_lines.getvalue()
    assert TEST_TOKEN not in log_lines.getvalue()
    assert not poller.token_refused


async def test_a_wait_that_telegram_asks_for_is_kept(sim: Simulator, store: Store, poller: Poller) -> None:
    sim.faults.add(faults.too_many(1), method="getUpdates")
    await sim.person("Ana").writes("hello")

    await run_until_stored(poller, store)

    assert store.texts == ["hello"]


async def test_a_refused_token_is_remembered_until_telegram_takes_it_again(
    sim: Simulator, store: Store, poller: Poller
) -> None:
    rule = sim.faults.add(faults.unauthorized_once(), method="getUpdates", times=None)
    running = asyncio.create_task(poller.run())
    await until(lambda: poller.token_refused, running)

    rule.cancelled = True
    await sim.person("Ana").writes("hello")
    await until(lambda: bool(store.updates) and not poller.token_refused, running)
    poller.stop()
    await running
    assert store.texts == ["hello"]


@pytest.mark.parametrize(
    ("fault", "error"), [(faults.unauthorized_once(), InvalidToken), (faults.unreachable(), NetworkError)]
)
async def test_one_question_raises_what_went_wrong_and_moves_nothing(
    sim: Simulator, poller: Poller, fault: faults.Fault, error: type[Exception]
) -> None:
    sim.faults.add(fault, method="getUpdates")

    with pytest.raises(error):
        await poller.once()

    assert poller.offset is None


async def test_a_stop_gives_up_a_long_question_at_once(sim: Simulator, store: Store, poller: Poller) -> None:
    poller.wait = 50
    asked = sim.faults.add(faults.garbage(), method="getUpdates", nth=99)
    running = asyncio.create_task(poller.run())
    await until(lambda: asked.met > 0, running)
    poller.stop()
    async with asyncio.timeout(5):
        await running

    assert store.updates == []
