"""The world around the bot that is killed: a simulated Telegram over real HTTP, people, a clock, and the nursery.

Joining is played in one process, because it is not what is tested; from then on the bot is another process. How people
behave is people.py, what must be true at the end is checker.py.
"""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from peerbot.app import Content
from peerbot.clock import ManualClock
from peerbot.rehearsal import Town, offline_config
from peerbot.simulator.people import Person
from peerbot.simulator.server import ServerHandle, serve
from peerbot.simulator.simulator import TEST_TOKEN
from tests.faults.child import Order

MORNING = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
"""A Monday, 09:30 in New York: half an hour after the daily check-in."""
ALIASES = ("River", "Cedar", "Linden", "Heron")


class TurnedClock(ManualClock):
    """Real time plus an offset that also stands in a file, where the bot reads it."""

    def __init__(self, file: Path) -> None:
        super().__init__(MORNING)
        file.touch()
        self._fd = os.open(file, os.O_RDWR)
        self._offset = 0.0
        self.advance(MORNING - datetime.now(UTC))

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._offset)

    def real(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def advance(self, by: timedelta) -> None:
        """Turns the clock people live by; leases and backoff stay with real time."""
        self._offset += by.total_seconds()
        os.pwrite(self._fd, f"{self._offset:<32.6f}".encode()[:32], 0)

    def close(self) -> None:
        """The file is no longer needed."""
        os.close(self._fd)


class Nursery:
    """The process that forks bots; one lives at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = 0
        self.left: int | None = None

    @classmethod
    async def open(cls) -> "Nursery":
        """Starts it and waits until it has read everything."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        made = cls(process)
        await made._hear("ready")
        return made

    async def start(self, order: Order) -> None:
        """A new bot; the one before must have ended."""
        assert self._process.stdin is not None
        self.left = None
        self._process.stdin.write(order.line())
        self.pid = await self._hear("pid")

    async def end(self) -> int:
        """Waits until the bot has ended; its exit code, negative for a signal."""
        code = await self._hear("ended")
        self.pid = 0
        return code

    async def quiet(self) -> None:
        """Waits until the watched bot says, twice in a row, that nothing is left to do."""
        calm = 0
        while calm < 2:
            calm = calm + 1 if await self._hear("left") == 0 else 0

    def send(self, number: signal.Signals) -> None:
        """A signal for the bot. The pid stays ours until the nursery, told so, has waited for it."""
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return  # it came to its own crash point first

    async def _hear(self, word: str) -> int:
        """The next value of `word`; other words are skipped."""
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            found = json.loads(line)
            if word in found:
                return int(found[word])
        raise RuntimeError("the nursery has ended")

    async def close(self) -> None:
        """Ends the nursery, and with it a bot that still lives."""
        if self.pid:
            self.send(signal.SIGKILL)
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


@dataclass(slots=True)
class World:
    """One programme with its people, on one database, for as many bots as it outlives."""

    database_url: str
    folder: Path
    content: Content
    first_update: int = field(init=False)
    town: Town = field(init=False)
    clock: TurnedClock = field(init=False)
    server: ServerHandle | None = field(default=None)
    participants: list[Person] = field(default_factory=list)
    counselors: list[Person] = field(default_factory=list)
    supervisor: Person = field(init=False)
    admin: Person = field(init=False)
    stranger: Person = field(init=False)
    kills: int = field(default=0)

    async def open(self) -> None:
        """Everybody joins, and the simulator opens its door."""
        self.clock = TurnedClock(self.folder / "clock")
        config = offline_config(self.database_url, self.folder, TEST_TOKEN)
        self.town = Town(config, clock=self.clock, content=self.content)
        sim = self.town.sim
        self.first_update = sim.updates.next_id
        await self.town.open()
        self.supervisor, self.admin, self.stranger = (sim.person(name) for name in ("Dr Lind", "Ada", "Max"))
        self.counselors = [sim.person(name) for name in ("Dr Roth", "Dr Vega")]
        await self.town.join_staff(self.supervisor, "supervisor")
        await self.town.join_staff(self.admin, "admin")
        for counselor in self.counselors:
            await self.town.join_staff(counselor, "counselor")
        for number, alias in enumerate(ALIASES):
            person = sim.person(f"Person {number}")
            await self.town.join_participant(person, counselor=self.counselors[number % 2], alias=alias)
            self.participants.append(person)
        await self.stranger.starts()
        await self.town.close()
        sim.settled = _nothing
        self.server = await serve(sim)

    @property
    def door(self) -> ServerHandle:
        """Telegram's, once it has opened."""
        assert self.server is not None
        return self.server

    def order(self, *, point: str = "", nth: int = 1, watched: bool = False) -> Order:
        """A bot for this world."""
        return Order(
            token=TEST_TOKEN,
            key=self.town.config.keys[0],
            database_url=self.database_url,
            folder=str(self.folder),
            api_url=self.door.url,
            clock=str(self.folder / "clock"),
            log=str(self.log),
            point=point,
            nth=nth,
            watched=watched,
        )

    @property
    def log(self) -> Path:
        """What all bots of this world have logged."""
        return self.folder / "bots.log"

    async def close(self) -> None:
        """The door shuts."""
        if self.server is not None:
            await self.server.close()
        self.clock.close()


async def _nothing() -> None:
    """The bot is another process: nobody waits for it."""


async def until(true: Callable[[], bool], seconds: float) -> bool:
    """Waits for another process to bring something about; False when it did not in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.01)
    return True
