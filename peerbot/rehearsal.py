"""A whole town in one process: the real bot, a simulated Telegram and a clock moved by hand. For tests and the demo.

Nothing sleeps: `settle` runs the bot until nothing is left to do, `pass_time` turns the clock and runs what fell due.
Telegram's pace is switched off on both sides, because a hand-moved clock would make it a standstill.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from telegram.request import BaseRequest, HTTPXRequest

from peerbot.app import App, Config, Content
from peerbot.clock import ManualClock
from peerbot.db.sealed import Keys
from peerbot.delivery.connection import Connection
from peerbot.delivery.pace import Pace
from peerbot.services import access, office, upkeep
from peerbot.simulator import limits
from peerbot.simulator.people import Person
from peerbot.simulator.simulator import Simulator

MONDAY = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
"""A Monday morning, 09:00 in New York."""
FAST = 1e9


def offline_config(database_url: str, data_dir: Path, token: str, **changes: object) -> Config:
    """A programme that needs nothing from outside."""
    settings: dict[str, object] = {
        "token": token,
        "keys": (Keys.make(),),
        "database_url": database_url,
        "data_dir": data_dir,
        "api_url": "http://sim",
        "control": False,
    }
    return Config(**(settings | changes))  # type: ignore[arg-type]


@dataclass(slots=True)
class Town:
    """The bot, its Telegram and its time."""

    config: Config
    clock: ManualClock = field(default_factory=lambda: ManualClock(MONDAY))
    at: Callable[[str], None] = field(default=lambda _point: None)
    sim: Simulator = field(init=False)
    app: App = field(init=False)
    over_http: bool = False
    content: Content | None = None

    def __post_init__(self) -> None:
        self.sim = Simulator(self.clock.now, self.clock.monotonic, token=self.config.token, limits=limits.OFF)
        self.sim.settled = self.settle

    def _request(self, connections: int) -> BaseRequest:
        if self.over_http:
            return Connection(connections, proxies=False)
        return HTTPXRequest(connection_pool_size=connections, httpx_kwargs={"transport": self.sim.transport()})

    async def open(self) -> None:
        """Starts the bot."""
        self.app = App(self.config, self.clock, requests=self._request, at=self.at, content=self.content)
        await self.app.open()
        self.app.poller.wait = 0
        self.app.sender.pace = Pace(FAST, private_gap=0, group_gap=0)
        await self.app.sender.recover()
        await self.settle()

    async def restart(self) -> None:
        """Ends the bot as a crash would leave it and starts it anew on the same database."""
        await self.app.close()
        await self.open()

    async def close(self) -> None:
        """Ends the bot."""
        await self.app.close()

    async def settle(self) -> None:
        """Runs the bot until nothing is left to fetch, handle or send."""
        while await self.app.poller.once() + await self.app.inbox.drain() + await self.app.sender.drain():
            pass

    async def pass_time(self, **amount: float) -> None:
        """Moves the clock from one due moment to the next and lets happen what falls due at each."""
        end = self.clock.now() + timedelta(**amount)
        while self.clock.now() < end:
            async with self.app.database.begin() as session:
                due = await upkeep.next_due(session, now=self.clock.now())
            self.clock.advance(min(due or end, end) - self.clock.now())
            await self.app.ticker.run_all()
            await self.settle()

    async def until(self, moment: datetime) -> None:
        """Moves the clock to a moment ahead."""
        await self.pass_time(seconds=(moment - self.clock.now()).total_seconds())

    async def invite(self, role: str, **more: object) -> str:
        """A start code, as `peerbot invite` prints it."""
        async with self.app.database.begin() as session:
            made = await office.invite(session, role=role, now=self.clock.now(), **more)  # type: ignore[arg-type]
        code: str = made["code"]
        return code

    def label(self, person: Person, text_id: str, **values: str | int) -> str:
        """What a button says to this person before they chose a language."""
        return self.app.programme.texts.plain(person.user.language_code or "en", text_id, **values)

    async def join_staff(self, person: Person, role: str) -> None:
        """Someone redeems a staff invite and agrees to what is expected."""
        await person.starts(await self.invite(role))
        await person.taps(self.label(person, "button-agree"))
        person.reads_all()

    async def join_participant(
        self,
        person: Person,
        *,
        counselor: Person | None = None,
        alias: str = "River",
        zone: str = "America/New_York",
        at: str = "09:00",
    ) -> None:
        """Someone redeems a participant's invite and answers the welcome questions."""
        known = None if counselor is None else await self.id_of(counselor)
        await person.starts(await self.invite("participant", counselor=known))
        await person.taps(self.label(person, "button-agree"))
        await person.writes(alias)
        await person.taps(self.label(person, "language-name"))
        await person.writes(zone)
        await person.writes(at)
        person.reads_all()

    async def id_of(self, person: Person) -> int:
        """The row of a person the programme knows."""
        async with self.app.database.begin() as session:
            found = await access.person(session, person.id)
        if found is None:
            raise LookupError(f"{person.name} is not known to the programme")
        return found.id
