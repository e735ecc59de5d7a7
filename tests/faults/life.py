"""How people live while the bot is killed under their hands: seeded, careless, in a hurry.

They answer, change their mind, tap twice, write, ask for help; staff acknowledge and close; a stranger tries what is
not theirs. Between them Telegram has its faults. Nothing here looks into the bot or its database.
"""

import asyncio
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from peerbot.simulator import faults
from peerbot.simulator.faults import Fault
from peerbot.simulator.people import Person
from peerbot.simulator.world import Button, Message
from tests.faults.child import POINTS
from tests.faults.world import Nursery, World, until

BLIND = "blind"
LEAVING = (":stop", ":snooze")
"""Moves that leave a check-in: people in a hurry would soon have left them all."""
WORDS = ("I want to die", "I can't do this, I want to kill myself tonight", "hello", "thank you", "🙂")
REACH = 20.0  # seconds a bot has to come to its crash point before it is killed where it stands
HASTE = 25  # acts, one on the other's heels; then one a second, so that a slow machine is not buried under them
CALM_WITHIN = 150.0  # seconds after the last fault: no pause between two tries is longer than fifteen, but all are busy
_STEPS = (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))


@dataclass(slots=True)
class Life:
    """One world's days."""

    world: World
    nursery: Nursery
    random: Random
    points: Counter[str] = field(default_factory=Counter)
    exits: list[tuple[int, float]] = field(default_factory=list)
    """Exit code and seconds of every bot that was asked to end."""
    restless: bool = field(default=False)
    """Something was still left to do `CALM_WITHIN` after the last fault; the night must not fall on that."""
    slowest_calm: float = field(default=0.0)
    """Seconds from a start after the last fault until nothing was left to do."""

    async def day(self, kills: list[str]) -> None:
        """One day: a kill for each named point (or a blind one), then an undisturbed evening, then the night."""
        for point in kills:
            await self._until_killed(point)
        await self.evening()
        self.world.clock.advance(timedelta(hours=24) - self._spent)
        self._spent = timedelta()

    _spent: timedelta = field(default_factory=timedelta)

    async def _until_killed(self, point: str) -> None:
        blind = point == BLIND
        order = self.world.order() if blind else self.world.order(point=point, nth=self.random.randint(1, 4))
        await self.nursery.start(order)
        ended = asyncio.create_task(self.nursery.end())
        start = time.monotonic()
        limit = self.random.uniform(0.05, 1.2) if blind else REACH
        acts = 0
        while not ended.done():
            if acts < HASTE + time.monotonic() - start:
                await self._something()
                acts += 1
            await asyncio.wait({ended}, timeout=self.random.uniform(0.01, 0.06))
            if not ended.done() and time.monotonic() - start > limit:
                self.nursery.send(signal.SIGKILL)
                blind = True
                await ended
        assert ended.result() == -signal.SIGKILL, f"a bot ended by itself with {ended.result()}: {self.world.log}"
        self.points[BLIND if blind else point] += 1
        self.world.kills += 1
        await self._door()

    async def evening(self) -> None:
        """The faults stop; a bot runs undisturbed until nothing is left, and is then asked to end."""
        sim = self.world.town.sim
        sim.faults.clear()
        await self.nursery.start(self.world.order(watched=True))
        start = time.monotonic()
        try:
            async with asyncio.timeout(CALM_WITHIN):
                await until(lambda: not sim.updates.pending, CALM_WITHIN)
                await self.nursery.quiet()
        except TimeoutError:
            self.restless = True
        self.slowest_calm = max(self.slowest_calm, time.monotonic() - start)
        start = time.monotonic()
        self.nursery.send(signal.SIGTERM)
        self.exits.append((await self.nursery.end(), time.monotonic() - start))

    async def _door(self) -> None:
        """Now and then Telegram cannot be connected to for a moment."""
        if self.random.random() < 0.1:
            await self.world.door.shut()
            await self.nursery.start(self.world.order())
            await asyncio.sleep(self.random.uniform(0.1, 0.6))
            await self.world.door.open()
            await asyncio.sleep(self.random.uniform(0.1, 0.6))
            self.nursery.send(signal.SIGKILL)
            assert await self.nursery.end() == -signal.SIGKILL, f"an outage ended a bot: {self.world.log}"
            self.points["after an outage"] += 1
            self.world.kills += 1

    async def _something(self) -> None:
        kinds = (self._participant_acts, self._staff_acts, self._stranger_acts, self._trouble, self._time)
        (act,) = self.random.choices(kinds, weights=(60, 25, 3, 8, 4))
        await act()

    async def _participant_acts(self) -> None:
        person = self.random.choice(self.world.participants)
        bubbles = [press for press in _with(person, "a:", "m:") if not press[1].endswith(LEAVING)]
        kind = self.random.random()
        if not bubbles or kind < 0.08:
            await person.writes("/checkin")
        elif kind < 0.75:
            await self._answers(person, bubbles)
        elif kind < 0.81:
            await person.writes("/now")
        elif kind < 0.84:
            await person.writes("/talk")
        elif kind < 0.88 and (old := _with(person, "help")):
            await person.presses(*self.random.choice(old))
        else:
            await person.writes(self.random.choice(WORDS))

    async def _answers(self, person: Person, bubbles: list[tuple[Message, str]]) -> None:
        newest = bubbles[-1][0]
        of_it = [press for press in bubbles if press[0] is newest]
        onward = [press for press in of_it if press[1].endswith((":skip", ":done"))]
        if onward and self.random.random() < 0.4:
            of_it = onward  # among many feelings the way on would hardly ever be found
        press = self.random.choice(bubbles if self.random.random() < 0.05 else of_it)
        await person.presses(*press)
        again = self.random.random()
        if again < 0.15:
            await person.taps_again()
        elif again < 0.3:
            await person.presses(*self.random.choice(of_it))

    async def _staff_acts(self) -> None:
        person = self.random.choice([*self.world.counselors, self.world.supervisor])
        found = _with(person, "al:", "ac:")
        if found:
            # What asks for an outcome goes first, else hardly any alert would ever be closed.
            closing = [press for press in found if press[1].startswith("ac:")]
            await person.presses(*self.random.choice(closing if closing and self.random.random() < 0.5 else found))

    async def _stranger_acts(self) -> None:
        own = self.world.stranger.visible()[-1]
        theirs = [press for person in self.world.town.sim.people.values() for press in _with(person, "al:", "a:")]
        if theirs:
            await self.world.stranger.presses(own, self.random.choice(theirs)[1])
        await self.world.stranger.writes(self.random.choice(WORDS[2:]))

    async def _trouble(self) -> None:
        made: tuple[Fault, ...] = (
            faults.hang_after_accept(PATIENT),
            faults.drop_after_accept(),
            faults.server_error(502),
            faults.server_error(504, accepts=True),
            faults.too_many(1),
            faults.unreachable(),
            faults.garbage(),
        )
        people = [*self.world.counselors, self.world.supervisor, *self.world.participants]
        chat = self.random.choice(people).id if self.random.random() < 0.6 else None
        method = self.random.choice(("sendMessage", "sendMessage", "editMessageText", "answerCallbackQuery", None))
        if method is None and chat is None:
            method = "getUpdates"
        fault = self.random.choice(made[1:] if method == "getUpdates" else made)
        self.world.town.sim.faults.add(fault, method=method, chat=chat, times=self.random.randint(1, 2))

    async def _time(self) -> None:
        """Time passes only when Telegram holds nothing: a tap that waits longer than 150 seconds is lost by it."""
        if not self.world.town.sim.updates.pending and self._spent < timedelta(hours=10):
            step = self.random.choice(_STEPS)
            self._spent += step
            self.world.clock.advance(step)


PATIENT = 2.0  # seconds an answer hangs: longer than the bot waits


def _with(person: Person, *starts: str) -> list[tuple[Message, str]]:
    """Every button in sight whose data begins like this, oldest first, as it can be pressed."""
    return [
        (message, button.data)
        for message in person.visible()
        for button in _buttons(message)
        if button.data is not None and button.data.startswith(starts)
    ]


def _buttons(message: Message) -> list[Button]:
    return list(message.inline_buttons)


def plan(random: Random, kills: int, *, every_point: bool) -> list[str]:
    """Which kill comes when: half at named points, half blind; `every_point` begins with each point once."""
    first = list(POINTS) if every_point else []
    rest = [random.choice((BLIND, random.choice(POINTS))) for _ in range(kills - len(first))]
    random.shuffle(first)
    return [*first, *rest][:kills]
