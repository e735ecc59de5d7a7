"""A simulator, a real python-telegram-bot Bot that talks to it in-process, and a clock that tests turn."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot, Update
from telegram.request import HTTPXRequest

from peerbot.simulator import limits
from peerbot.simulator.people import Person
from peerbot.simulator.simulator import BASE_URL, Simulator


class Clock:
    """World time and real time of a test, turned by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.seconds = 1000.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    def turn(self, **by: float) -> None:
        self.at += timedelta(**by)
        self.seconds += timedelta(**by).total_seconds()


class Ear:
    """Polls as a bot does: every batch confirms the one before."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.offset: int | None = None

    async def hears(self, kinds: list[str] | None = None, wait: int = 0) -> list[Update]:
        found = await self.bot.get_updates(offset=self.offset, allowed_updates=kinds, timeout=wait)
        if found:
            self.offset = found[-1].update_id + 1
        return list(found)


def bot_for(sim: Simulator) -> Bot:
    """A bot that reaches the simulator without a socket."""

    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"transport": sim.transport()})

    return Bot(sim.token, base_url=BASE_URL, request=request(), get_updates_request=request())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sim(clock: Clock) -> Iterator[Simulator]:
    found = Simulator(clock.now, clock.monotonic, limits=limits.OFF)
    yield found
    assert found.complaints == []


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    found = bot_for(sim)
    await found.initialize()
    yield found
    await found.shutdown()


@pytest.fixture
def ear(bot: Bot) -> Ear:
    return Ear(bot)


@pytest.fixture
def ana(sim: Simulator) -> Person:
    return sim.person("Ana")


@pytest.fixture
def ben(sim: Simulator) -> Person:
    return sim.person("Ben", username="ben_b")
