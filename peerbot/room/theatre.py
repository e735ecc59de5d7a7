"""The room's theatre: the menu of scenarios, the play that is on, and the trainee's buttons for it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from peerbot.content_files.scenarios import Scenario
from peerbot.room.acts import Act, Asked, Refused
from peerbot.room.cast import Cast
from peerbot.room.ledger import Answer, Question
from peerbot.room.play import Play
from peerbot.room.room import AIMS, Room
from peerbot.simulator.people import Person
from peerbot.simulator.simulator import Simulator
from peerbot.simulator.world import Json
from peerbot.texts import Texts

PAUSE = 1.2  # real seconds between two steps, for the eye


class RoomStage:
    """The training room as a stage."""

    patient = True

    def __init__(self, room: Room) -> None:
        self._room = room
        self.sim: Simulator = room.sim
        self.cast: Cast = room.cast
        self.texts: Texts = room.ledger.texts
        self.locale = room.locale

    def now(self) -> datetime:
        """The room's time."""
        return self._room.clock.now()

    async def ask(self, question: Question[Answer]) -> Answer:
        """One look at the bot's database."""
        return await self._room.ledger.ask(question)

    def newcomer(self, name: str) -> Person:
        """A stranger with a phone."""
        return self._room.newcomer(name, self.locale)

    async def settled(self) -> None:
        """Waits for the bot."""
        await self._room.settled()

    async def passes(self, amount: timedelta | None, aim: str) -> None:
        """Turns the clock."""
        self._room.stop_turning()
        await (self._room.pass_time(amount) if amount is not None else AIMS[aim](self._room))

    async def weather(self, switch: str, *, on: bool) -> None:
        """Turns one switch of the weather."""
        await self._room.weather.turn(switch, on=on)
        self._room.changed()

    async def bot(self, what: str) -> None:
        """Kills, holds off or starts the bot."""
        keeper = self._room.keeper
        if what == "start":
            await keeper.start()
            await self._room.ready()
        else:
            await keeper.kill(again=what == "kill")


@dataclass(slots=True)
class Theatre:
    """Which scenario is on."""

    room: Room
    scenarios: Mapping[str, Scenario]
    play: Play | None = None
    _running: asyncio.Task[None] | None = None
    acts: dict[str, Act] = field(init=False)

    def __post_init__(self) -> None:
        self.acts = {"scenario": self._begin, "scene": self._scene}

    async def _begin(self, _room: Room, asked: Asked) -> None:
        """Start a scenario; one that is on ends."""
        scenario = self.scenarios.get(asked.words("id", 40))
        if scenario is None:
            raise Refused("there is no such scenario")
        self.stop()
        play = self.play = Play(scenario, RoomStage(self.room), trainee=asked.flag("trainee"), pause=PAUSE)
        self._running = asyncio.create_task(self._run(play))

    async def _run(self, play: Play) -> None:
        try:
            await play.run()
        finally:
            self.room.changed()

    async def _scene(self, _room: Room, asked: Asked) -> None:
        """`skip` the trainee's task, have it `show`n, or `end` the scenario."""
        do = asked.words("do", 8)
        if do == "end":
            self.stop()
        elif do in ("skip", "show") and self.play is not None:
            self.play.nudge(do)
        else:
            raise Refused("no scenario is on")

    def stop(self) -> None:
        """Ends the play that is on."""
        if self._running is not None:
            self._running.cancel()
        self._running, self.play = None, None
        self.room.changed()

    def mark(self) -> tuple[int, str, str]:
        """Moves when the play does."""
        return (self.play.at, self.play.state, self.play.line) if self.play is not None else (0, "", "")

    def view(self) -> Json:
        """The menu, and how the play stands."""
        locale, play = self.room.locale, self.play
        menu = [
            {"id": one.id, "title": one.title[locale], "about": one.about[locale], "trainee": bool(one.trainee)}
            for one in self.scenarios.values()
        ]
        if play is None:
            return {"menu": menu, "play": None}
        return {
            "menu": menu,
            "play": {
                "id": play.scenario.id,
                "title": play.scenario.title[locale],
                "state": play.state,
                "step": play.at + 1,
                "of": len(play.scenario.steps),
                "line": play.line,
                "trainee": play.trainee,
                "phones": [play.person(handle).id for handle in play.scenario.phones],
                "summary": play.summary,
            },
        }
