"""A check-in round against Telegram's own floor, and how long an alert waits while it is being sent.

The simulator runs in a process of its own over real HTTP. House, section 12: at most 1.02 times N / 30 s and 1.10 times
N / 1000 s; alerts at most 1 s (p99) from the commit of the answer to Telegram's acceptance of the notice.
"""

import asyncio
import multiprocessing
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.app import App
from peerbot.clock import SystemClock
from peerbot.delivery.outbox import Target, enqueue, message_payload
from peerbot.outgoing import Lane, Outgoing
from peerbot.rehearsal import offline_config
from peerbot.simulator import limits
from peerbot.simulator.server import serve
from peerbot.simulator.simulator import TEST_TOKEN, Simulator

ALERTS = 40


def telegram(pipe: Connection, people: int) -> None:
    """The other process: a Telegram where everybody has pressed Start and nothing is refused for its pace."""

    async def run() -> None:
        sim = Simulator(lambda: datetime.now(UTC), token=TEST_TOKEN, limits=limits.OFF)
        started = [sim.person("A") for _ in range(people + ALERTS)]
        for person in started:
            await person.starts()
        pipe.send(((await serve(sim)).url, [person.id for person in started]))
        while not pipe.poll():
            await asyncio.sleep(0.2)

    asyncio.run(run())


@dataclass(slots=True)
class Arrivals:
    """Waits for alerts to be settled as sent."""

    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def note(self, _session: AsyncSession, **_facts: object) -> None:
        """Called by the sender in the transaction that settles the alert."""
        self.arrived.set()


async def _queue(app: App, chat: int, lane: Lane, then: str | None = None) -> None:
    method, payload = message_payload(Outgoing("How is your mood today, from 0 to 10?", lane=lane))
    async with app.database.begin() as session:
        await enqueue(session, Target(chat), method, payload, lane=lane, now=app.clock.real(), then=then)


async def alerts(app: App, carers: list[int], pause: float) -> list[float]:
    """An alert to one carer after the other, one every `pause` seconds; returns how long each waited."""
    arrivals, waits = Arrivals(), []
    app.sender.then = {**app.sender.then, "bench": arrivals.note}
    for carer in carers:
        await asyncio.sleep(pause)
        arrivals.arrived.clear()
        asked = time.perf_counter()
        await _queue(app, carer, Lane.CRISIS, "bench")
        app.sender.nudge()
        await arrivals.arrived.wait()
        waits.append(time.perf_counter() - asked)
    return waits


async def round_of(app: App, chats: list[int]) -> tuple[float, list[float]]:
    """Sends one prompt to each chat while alerts come in; returns the seconds it took and each alert's wait."""
    method, payload = message_payload(Outgoing("How is your mood today, from 0 to 10?"))
    async with app.database.begin() as session:
        for chat in chats[ALERTS:]:
            await enqueue(session, Target(chat), method, payload, lane=Lane.CHECKIN, now=app.clock.real())
    sending = asyncio.create_task(app.sender.run())
    began = time.perf_counter()
    pause = 0.8 * len(chats) / app.config.rate_per_second / ALERTS
    alarming = asyncio.create_task(alerts(app, chats[:ALERTS], pause))
    while (await app.figures())["outbox_pending"]:
        await asyncio.sleep(0.05)
    took = time.perf_counter() - began
    waits = await alarming
    app.sender.stop()
    await sending
    return took, waits


async def measure(people: int, rate: float) -> tuple[float, list[float]]:
    """One round against a Telegram in another process."""
    ours, theirs = multiprocessing.Pipe()
    other = multiprocessing.get_context("spawn").Process(target=telegram, args=(theirs, people), daemon=True)
    other.start()
    url, chats = await asyncio.to_thread(ours.recv)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = offline_config(
            f"sqlite+aiosqlite:///{folder}/bench.db", folder, TEST_TOKEN, api_url=url, rate_per_second=rate
        )
        app = App(config, SystemClock())
        await app.open()
        try:
            return await round_of(app, chats)
        finally:
            await app.close()
            ours.send("end")
            other.join()


def main() -> None:
    """Prints the rounds and the alerts' waits."""
    for people, rate, reach in ((900, 30.0, 1.02), (10_000, 1000.0, 1.10)):
        took, waits = asyncio.run(measure(people, rate))
        ratio = took / ((people + ALERTS) / rate)  # the alerts take their tokens too
        print(
            f"check-in round, {people:6} at {rate:5.0f}/s   {took:7.2f} s = {ratio:5.2f} x the floor   (reach {reach})"
        )
        middle, late, most = (seconds * 1000 for seconds in (statistics.median(waits), _late(waits), max(waits)))
        print(
            f"  {len(waits)} alerts meanwhile: median {middle:.0f} ms, p99 {late:.0f}, most {most:.0f}   (reach 1000)"
        )


def _late(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.99)]
