"""One training room, put together: people, a simulated Telegram over HTTP, the bot as a child process, and the clock.

    room = await open_room(folder, locale="en", seed=0)
    ...
    await room.close()

Nothing here knows of web pages; what a page may do is `acts`, what it shows is `views`.
"""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from peerbot import control
from peerbot.app import Config
from peerbot.care import calendar
from peerbot.errors import StartError
from peerbot.rehearsal import Town, offline_config
from peerbot.room.cast import START, ZONES, Cast, furnish
from peerbot.room.child import MARK
from peerbot.room.clock import RoomClock
from peerbot.room.deaf import load_deaf_content
from peerbot.room.keeper import Keeper
from peerbot.room.ledger import Ledger
from peerbot.room.weather import Weather
from peerbot.simulator.limits import Limits
from peerbot.simulator.people import Person
from peerbot.simulator.server import ServerHandle, serve
from peerbot.simulator.simulator import TEST_TOKEN, Simulator

LIMITS = Limits(private_per_second=10.0, private_burst=10, group_per_minute=240)
TICK_SPEED = 10.0
WEEK = timedelta(days=7)
A_DAY_A_MINUTE = 24.0 * 60  # room seconds in one real second
SETTLE = 6.0  # real seconds the clock waits at one due moment for the bot to finish
STEP = 0.1
A_MOMENT = timedelta(milliseconds=1)
TICK = 0.35  # real seconds in which the slowest tick that pages has run once
MORNING = time(8, 52)  # a few minutes before the check-in, as the room begins


@dataclass(slots=True)
class PhoneState:
    """What a phone shows: a locked screen, the list of chats, or one open chat."""

    locked: bool = False
    open: int | None = None


@dataclass(slots=True)
class Room:
    """Everything of one room. `revision` moves with every change that the truth log does not know of."""

    folder: Path
    locale: str
    clock: RoomClock
    sim: Simulator
    cast: Cast
    server: ServerHandle
    keeper: Keeper
    weather: Weather
    ledger: Ledger
    phones: dict[int, PhoneState] = field(default_factory=dict)
    invited: dict[int, str] = field(default_factory=dict)
    revision: int = 0
    turning: str = ""
    hurry: float = A_DAY_A_MINUTE
    """Room seconds in one real second while the clock runs fast."""
    _turn: asyncio.Task[None] | None = None
    _ears: asyncio.Task[None] | None = None

    def changed(self) -> None:
        """Something that pages show has changed."""
        self.revision += 1

    @property
    def zone(self) -> str:
        """The zone of the room's clock on the wall."""
        return ZONES[self.locale]

    def role(self, person: Person) -> str:
        """The part somebody plays here: participant, counselor, supervisor, moderator or stranger."""
        handle = next((handle for handle, one in self.cast.people.items() if one is person), "")
        return self.cast.roles.get(handle) or self.invited.get(person.id, "stranger")

    def newcomer(self, name: str, language: str, role: str = "stranger") -> Person:
        """A new phone in the room, of somebody the bot does not know yet; `role` is what their invite is for."""
        person = self.sim.person(name, language=language)
        self.invited[person.id] = role
        self.phones[person.id] = PhoneState(open=person.id)
        self.changed()
        return person

    async def invite(self, role: str, counselor: Person | None = None) -> str:
        """A start code, asked of the running bot the way `peerbot invite` does."""
        known = None if counselor is None else await self.ledger.person_id(counselor.id)
        answer = await control.ask(
            control.socket_path(self.folder), "invite", {"role": role, "counselor": known, "case": None}
        )
        if answer is None or "code" not in answer:
            raise StartError(str((answer or {}).get("error", "The bot does not run.")))
        return str(answer["code"])

    async def settled(self) -> None:
        """Waits until the bot has nothing left to fetch, handle or send, or for SETTLE seconds at most."""
        if self.keeper.state == "off":
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SETTLE):
                await asyncio.sleep(TICK)
                while self.sim.updates.pending or await self.ledger.busy():  # noqa: ASYNC110 - another process
                    await asyncio.sleep(STEP)

    async def worked_off(self, due: datetime) -> None:
        """Waits until the bot has done what fell due at this moment, for SETTLE seconds at most, and has settled."""
        if self.keeper.state != "off":
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SETTLE):
                    while (left := await self.ledger.next_due(due - A_MOMENT)) is not None and left <= due:  # noqa: ASYNC110
                        await asyncio.sleep(STEP)
        await self.settled()

    def turn(self, to: str) -> None:
        """Starts to turn the clock; a turn that still goes on ends first. Raises KeyError for an unknown aim."""
        self.stop_turning()
        aim = AIMS[to]
        self.turning = to
        self._turn = asyncio.create_task(self._turning(aim))
        self.changed()

    def stop_turning(self) -> None:
        """Leaves the clock where it is."""
        if self._turn is not None:
            self._turn.cancel()
        self._turn, self.turning = None, ""
        self.changed()

    async def _turning(self, aim: "Aim") -> None:
        try:
            await aim(self)
        finally:
            if asyncio.current_task() is self._turn:
                self.turning = ""
                self.changed()

    async def pass_time(self, amount: timedelta) -> None:
        """Turns the clock from one due moment to the next, and lets the bot finish at each."""
        end = self.clock.now() + amount
        while (left := end - self.clock.now()) > timedelta(0):
            due = await self.ledger.next_due(self.clock.now())
            until = min(due or end, end)
            step = min(left, until - self.clock.now())
            self.clock.advance(max(step, timedelta(milliseconds=50)))
            self.changed()
            await self.worked_off(until)

    async def glide(self, until: datetime) -> None:
        """Lets the clock run fast up to a moment, and no further."""
        loop = asyncio.get_running_loop()
        before = loop.time()
        while (left := until - self.clock.now()) > timedelta(0):
            await asyncio.sleep(min(STEP, left.total_seconds() / self.hurry))
            after = loop.time()
            self.clock.advance(min(timedelta(seconds=(after - before) * self.hurry), until - self.clock.now()))
            self.changed()
            before = after

    async def close(self) -> None:
        """Ends the bot and the page's Telegram; the folder stays to its owner."""
        self.stop_turning()
        if self._ears is not None:
            self._ears.cancel()
        await self.weather.clear()
        await self.keeper.close()
        await self.ledger.close()
        await self.server.close()
        self.clock.close()

    async def listen(self) -> None:
        """Notices when the bot asks for updates."""

        async def hear() -> None:
            while True:
                await self.sim.updates.poll_waits.wait()
                self.keeper.heard()
                await asyncio.sleep(STEP)

        self._ears = asyncio.create_task(hear())

    async def ready(self, seconds: float = 30.0) -> None:
        """Waits until the bot is up; StartError when it does not come."""
        try:
            async with asyncio.timeout(seconds):
                while self.keeper.state != "up":  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise StartError(f"The bot did not start; see {self.folder / 'bot.log'}.") from None


Aim = Callable[[Room], Coroutine[Any, Any, None]]


async def _minute(room: Room) -> None:
    await room.pass_time(timedelta(minutes=1))


async def _quarter(room: Room) -> None:
    await room.pass_time(timedelta(minutes=15))


async def _morning(room: Room) -> None:
    now = room.clock.now()
    _day, at = calendar.next_due(now, MORNING, room.zone)
    await room.pass_time(at - now)


async def _check_in(room: Room) -> None:
    due = await room.ledger.next_check_in(room.clock.now())
    if due is not None:
        await room.pass_time(due - room.clock.now())


async def _week(room: Room) -> None:
    """Day after day, each in a minute; where something falls due, the clock stands until the bot has done it."""
    end = room.clock.now() + WEEK
    while (now := room.clock.now()) < end:
        due = await room.ledger.next_due(now)
        await room.glide(min(due or end, end))
        await room.worked_off(min(due or end, end))


AIMS = {"minute": _minute, "quarter": _quarter, "morning": _morning, "check-in": _check_in, "week": _week}


def _config(folder: Path, locale: str) -> Config:
    return replace(
        offline_config(f"sqlite+aiosqlite:///{folder / 'room.db'}", folder, TEST_TOKEN),
        locale=locale,
        country="US",
        zone=ZONES[locale],
        control=True,
        tick_speed=TICK_SPEED,
    )


async def open_room(folder: Path, *, locale: str = "en", seed: int = 0) -> Room:
    """Furnishes a room in an empty folder and starts its bot; StartError when the folder is not empty."""
    if any(folder.iterdir()):  # noqa: ASYNC240 - once, at the start
        raise StartError(f"{folder} is not empty. The training room only ever uses a folder of its own.")
    (folder / MARK).touch(mode=0o600)
    clock, config = RoomClock(START, folder / "clock"), _config(folder, locale)
    town = Town(config, clock=clock, content=load_deaf_content())
    town.sim.world.random.seed(seed)
    server = await serve(town.sim)
    config = replace(config, api_url=server.url)
    keeper = Keeper(config, folder, lambda: None)
    await keeper.prepare()
    try:
        await town.open()
        await _hurry(town)
        cast = await furnish(town, locale, seed)
        await town.close()
    except BaseException:
        await keeper.close()
        await server.close()
        raise
    _go_live(town, clock)
    await keeper.begin()
    ledger = Ledger(folder / "room.db", config.keys, clock, town.sim, town.app.programme.texts, locale)
    made = Room(
        folder, locale, clock, town.sim, cast, server, keeper, Weather(town.sim, server, folder / "room.db"), ledger
    )
    keeper.changed = made.changed
    for handle, person in cast.people.items():
        staff = cast.roles[handle] != "participant"
        made.phones[person.id] = PhoneState(locked=staff, open=person.id)
    await made.listen()
    return made


async def _hurry(town: Town) -> None:
    """While a room is furnished nothing waits for the disk: a crash would leave a folder nobody can enter anyway."""
    async with town.app.database.engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute("PRAGMA synchronous=OFF")


def _go_live(town: Town, clock: RoomClock) -> None:
    """From here on people act on a bot in another process, and Telegram's limits hold."""
    town.sim.settled = _nothing
    town.sim.limits = LIMITS
    clock.start()


async def _nothing() -> None:
    """The bot settles by itself: it is another process."""
