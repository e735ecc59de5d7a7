"""A town in one process as a stage for scenarios: the same people and history as the training room, and no waiting."""

from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy import func, select

from peerbot.app import Content
from peerbot.care import calendar
from peerbot.db.models import Schedule
from peerbot.rehearsal import Town, offline_config
from peerbot.room.cast import START, ZONES, Cast, furnish
from peerbot.room.clock import RoomClock
from peerbot.room.ledger import Answer, Question
from peerbot.simulator.people import Person
from peerbot.simulator.simulator import TEST_TOKEN, Simulator
from peerbot.texts import Texts
from tests.town import content


class TownStage:
    """A furnished town."""

    patient = False

    def __init__(self, town: Town, cast: Cast, locale: str) -> None:
        self.town = town
        self.sim: Simulator = town.sim
        self.cast = cast
        self.texts: Texts = town.app.programme.texts
        self.locale = locale

    @classmethod
    async def furnished(
        cls, url: str, folder: Path, locale: str, seed: int = 0, *, with_content: Content | None = None
    ) -> "TownStage":
        """A town as `open_room` makes it, without its page and its child process."""
        config = offline_config(url, folder, TEST_TOKEN, locale=locale, zone=ZONES[locale])
        town = Town(config, clock=RoomClock(START, folder / "clock"), content=with_content or content())
        await town.open()
        return cls(town, await furnish(town, locale, seed), locale)

    def now(self) -> datetime:
        return self.town.clock.now()

    async def ask(self, question: Question[Answer]) -> Answer:
        async with self.town.app.database.begin() as session:
            return await question(session)

    def newcomer(self, name: str) -> Person:
        return self.sim.person(name, language=self.locale)

    async def settled(self) -> None:
        await self.sim.settled()

    async def passes(self, amount: timedelta | None, aim: str) -> None:
        now = self.now()
        if aim == "morning":
            amount = calendar.next_due(now, time(8, 52), ZONES[self.locale])[1] - now
        elif aim == "check-in":
            query = select(func.min(Schedule.due_at)).where(Schedule.due_at > now)
            due = await self.ask(lambda session: session.scalar(query))
            assert due is not None
            amount = due - now
        assert amount is not None
        await self.town.pass_time(seconds=amount.total_seconds())

    async def weather(self, switch: str, *, on: bool) -> None:  # noqa: ARG002 - see below
        """All weather is the same here: nothing gets through until it is over. The real one is in test_room."""
        await self._hold(on)

    async def bot(self, what: str) -> None:
        """However it ends here, it starts anew on the same database."""
        if what == "off":
            await self._hold(True)
        else:
            await self.town.restart()
            await self._hold(False)

    async def _hold(self, on: bool) -> None:
        self.sim.settled = self._nothing if on else self.town.settle
        await self.sim.settled()

    async def _nothing(self) -> None:
        """What people do waits at Telegram."""

    async def close(self) -> None:
        await self.town.close()
