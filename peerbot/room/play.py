"""Plays scenarios: does what the file says, checks what should be seen, waits for a trainee, and tells how it went.

A play runs on a `Stage`: the training room with its child process, or in tests a town in one process. What a file may
say is `content_files.scenarios`.
"""

import asyncio
import html
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.buttons import AlertClose, ReviewAct
from peerbot.care.thresholds import Thresholds
from peerbot.content_files.scenarios import Scenario, Step
from peerbot.db.models import Alert, AlertEvent, AlertState, Finding, Outcome, Review
from peerbot.room.cast import Cast
from peerbot.room.tapping import answer, question_of
from peerbot.services.risk import limits_for
from peerbot.simulator.errors import NotPossible
from peerbot.simulator.people import Person
from peerbot.simulator.simulator import Simulator
from peerbot.texts import Texts, known

PATIENCE = 20.0  # real seconds until what should be seen counts as missing
LOOK = 0.15
NEVER = datetime.min.replace(tzinfo=UTC)
Row = dict[str, Any]
T = TypeVar("T")


class Stage(Protocol):
    """Where a scenario plays."""

    sim: Simulator
    cast: Cast
    texts: Texts
    locale: str
    patient: bool
    """Whether the bot works beside us and needs waiting for."""

    def now(self) -> datetime:
        """The stage's time."""
        ...

    async def ask(self, question: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """One look at the bot's database."""
        ...

    def newcomer(self, name: str) -> Person:
        """A stranger with a phone."""
        ...

    async def settled(self) -> None:
        """Waits until the bot has nothing left to do."""
        ...

    async def passes(self, amount: timedelta | None, aim: str) -> None:
        """Turns the clock by an amount, or to the next check-in or morning."""
        ...

    async def weather(self, switch: str, *, on: bool) -> None:
        """Turns one switch of the weather."""
        ...

    async def bot(self, what: str) -> None:
        """Kills, holds off or starts the bot."""
        ...


class Missing(AssertionError):
    """Something that should be seen was not, or the other way round."""


@dataclass(slots=True)
class Play:
    """One run of one scenario. With `trainee` its tasks wait for a person; otherwise the play does them itself."""

    scenario: Scenario
    stage: Stage
    trainee: bool = False
    pause: float = 0.0
    """Real seconds between two steps, so that an audience can follow."""
    state: str = "ready"
    """ready, playing, waiting (for the trainee), done, failed."""
    at: int = 0
    line: str = ""
    trouble: str = ""
    late: list[str] = field(default_factory=list)
    began: datetime = NEVER
    summary: Row | None = None
    _mark: int = 0
    _nudge: str = ""
    _newcomers: dict[str, Person] = field(default_factory=dict)

    def person(self, handle: str) -> Person:
        """Somebody of the cast, or a newcomer of this scenario."""
        if handle in self.stage.cast.people:
            return self.stage.cast.people[handle]
        if handle not in self._newcomers:
            self._newcomers[handle] = self.stage.newcomer(self.scenario.newcomers[handle])
        return self._newcomers[handle]

    def nudge(self, what: str) -> None:
        """While waiting for the trainee: `skip` the task, or `show` how it is done."""
        self._nudge = what

    async def run(self) -> None:
        """Plays to the end. A Missing is kept in `trouble` and ends the play; the summary is made either way."""
        self.state, self.began = "playing", self.stage.now()
        for handle in self.scenario.newcomers:
            self.person(handle)
        try:
            await self._open()
            for number, step in enumerate(self.scenario.steps):
                self.at = number
                await self._step(step)
                if self.pause:
                    await asyncio.sleep(self.pause)
            self.state = "done"
        except (Missing, NotPossible) as error:
            self.state, self.trouble = "failed", str(error)
        await self.stage.settled()
        self.summary = await self._debrief()

    async def _open(self) -> None:
        """From here on everything belongs to this scenario."""
        await self.tidy()
        await self.stage.settled()
        self.began, self._mark = self.stage.now(), self.stage.sim.world.tick()

    async def tidy(self) -> None:
        """Ends what is left of earlier plays, with real presses: else it pages on, every few minutes of every night."""
        lind, sam = (self.stage.cast.people[handle] for handle in ("lind", "sam"))
        alerts, reviews = await self._left_open()
        for number in alerts:
            await lind.presses(lind.visible()[-1], AlertClose(number, Outcome.HANDED_OVER).pack())
        for number in reviews:
            await sam.presses(sam.visible()[-1], ReviewAct(number, "take").pack())
            await sam.presses(sam.visible()[-1], ReviewAct(number, "done").pack())
        await self._until(self._nothing_open)

    async def _left_open(self) -> tuple[list[int], list[int]]:
        """Open alerts, and reviews that somebody has to look after."""
        alerts = select(Alert.id).where(Alert.state != AlertState.CLOSED)
        reviews = select(Review.id).where(Review.next_page_at.is_not(None))

        async def look(session: AsyncSession) -> tuple[list[int], list[int]]:
            return list(await session.scalars(alerts)), list(await session.scalars(reviews))

        return await self.stage.ask(look)

    async def _nothing_open(self) -> None:
        alerts, reviews = await self._left_open()
        if alerts or reviews:
            raise Missing(f"alerts {alerts} or reviews {reviews} are still open")

    async def _step(self, step: Step) -> None:
        match step.kind:
            case "tells":
                self.line = step.words[self.stage.locale]
            case "task":
                await self._task(step)
            case "passes":
                await self.stage.passes(step.amount, step.aim)
                if self.at == 0 and step.aim == "morning":
                    await (
                        self._open()
                    )  # whoever left check-ins unanswered in earlier scenarios has raised alerts by now
            case "weather":
                await self.stage.weather(step.label, on=step.on)
            case "bot":
                await self.stage.bot(step.label)
            case "reads":
                await self._until(lambda: self._reads(step))
            case "reads_nothing":
                self._reads_nothing(step)
            case _:
                await self._until(lambda: self._deed(step, self.person(step.who)))

    async def _until(self, attempt: Callable[[], Awaitable[None]]) -> None:
        """Tries until it works; a bot in another process may need a moment."""
        end = asyncio.get_running_loop().time() + (PATIENCE if self.stage.patient else 0)
        while True:
            try:
                await attempt()
                return
            except (Missing, NotPossible):
                if asyncio.get_running_loop().time() >= end:
                    raise
            await asyncio.sleep(LOOK)

    async def _deed(self, step: Step, person: Person) -> None:
        place = self.stage.cast.group if step.in_group else None
        match step.kind:
            case "writes":
                await person.writes(step.words[self._language(person)], in_chat=place)
            case "taps":
                await person.taps(self._label(person, step.label), in_chat=place)
            case "answers":
                await self._answers(person, step)
            case "sends_photo":
                await person.sends_photo(in_chat=place)
            case "blocks":
                await (person.blocks_bot() if step.on else person.unblocks_bot())
            case "joins":
                await person.joins(self.stage.cast.group)
            case "asks_to_join":
                await person.requests_to_join(self.stage.cast.group)
            case "leaves":
                await person.leaves(self.stage.cast.group)

    async def _answers(self, person: Person, step: Step) -> None:
        """Answers question after question; with the bot in another process each has to arrive first."""
        for number in range(60):
            if step.label and question_of(person) == step.label:
                return
            before = self.stage.sim.world.tick()
            if not await answer(person, step.values, most=1):
                if number == 0:
                    raise Missing(f"{person.name} sees no question")
                return
            if self.stage.patient:
                await self._moved(person, before)

    async def _moved(self, person: Person, since: int) -> None:
        end = asyncio.get_running_loop().time() + PATIENCE
        while not any(message.touched > since for message in person.visible()):
            if asyncio.get_running_loop().time() > end:
                raise Missing(f"{person.name} gets no next question")
            await asyncio.sleep(LOOK)

    async def _reads(self, step: Step) -> None:
        person = self.person(step.who)
        language = self._language(person)
        wanted = [self._words(part, language).casefold() for part in step.parts[language]]
        banned = [self._words(part, language).casefold() for part in step.without.get(language, ())]
        for message in self._fresh(person, step):
            text = message.text.casefold()
            if all(part in text for part in wanted):
                if found := [word for word in banned if word in text]:
                    raise Missing(f"{person.name} reads {found[0]!r}")
                return
        raise Missing(f"{person.name} sees nothing with {' and '.join(step.parts[language])}")

    def _reads_nothing(self, step: Step) -> None:
        person = self.person(step.who)
        if found := self._fresh(person, step):
            raise Missing(f"{person.name} reads {found[0].text[:60]!r}")

    def _fresh(self, person: Person, step: Step) -> list[Any]:
        """What others said to this person since the play began."""
        place = self.stage.cast.group if step.in_group else None
        return [
            message
            for message in person.visible(place)
            if message.touched > self._mark and message.sender is not person.user and not message.service
        ]

    def _language(self, person: Person) -> str:
        return known(person.user.language_code)

    def _words(self, part: str, language: str) -> str:
        """`@id` is a text of the bot, without markup; anything else is itself."""
        if not part.startswith("@"):
            return part
        return html.unescape(re.sub(r"<[^>]+>", "", self.stage.texts.plain(language, part[1:])))

    def _label(self, person: Person, label: str) -> str:
        return self._words(label, self._language(person))

    async def _task(self, step: Step) -> None:
        """The trainee's move. Alone, the play does it itself; with a trainee it waits until it has been done."""
        person, began = self.person(step.who), self.stage.now()
        self.line = step.words[self.stage.locale]
        if not self.trainee:
            await self._until(lambda: person.taps(self._label(person, step.label)))
            return
        self.state, self._nudge = "waiting", ""
        presses = len(self.stage.sim.truth.happenings("press", user=person.id))
        while not await self._is_done(step, person, began, presses):
            if self._nudge == "skip":
                self.late.append(self.line)
                break
            if self._nudge == "show":
                self._nudge = ""
                self.late.append(self.line)
                await self._until(lambda: person.taps(self._label(person, step.label)))
            await asyncio.sleep(LOOK)
        self.state = "playing"

    async def _is_done(self, step: Step, person: Person, began: datetime, presses: int) -> bool:
        if step.until == "done":
            return len(self.stage.sim.truth.happenings("press", user=person.id)) > presses
        column = Alert.acknowledged_at if step.until == "acknowledged" else Alert.closed_at
        query = select(Alert.id).where(column >= began - timedelta(seconds=2)).limit(1)
        return await self.stage.ask(lambda session: session.scalar(query)) is not None

    async def _debrief(self) -> Row:
        """Time to acknowledge, what was missed, what the rules saw: from the bot's own rows since the play began."""
        findings, alerts, pages, limits = await self.stage.ask(self._since_began)
        return {
            "alerts": [
                {
                    "id": row.id,
                    "state": row.state,
                    "acknowledged": _seconds(row.opened_at, row.acknowledged_at),
                    "closed": _seconds(row.opened_at, row.closed_at),
                }
                for row in alerts
            ],
            "pages": pages,
            "rules": sorted({self._about(row.rule, limits[row.participant_id]) for row in findings}),
            "missed": self.late,
            "trouble": self.trouble,
            "lesson": self.scenario.lesson[self.stage.locale],
        }

    async def _since_began(
        self, session: AsyncSession
    ) -> tuple[list[Finding], list[Alert], int, dict[int, Thresholds]]:
        began = self.began - timedelta(seconds=1)
        findings = list(await session.scalars(select(Finding).where(Finding.found_at >= began)))
        touched = [row.alert_id for row in findings if row.alert_id is not None]
        alerts = list(await session.scalars(select(Alert).where((Alert.opened_at >= began) | Alert.id.in_(touched))))
        told = select(func.count()).where(
            AlertEvent.alert_id.in_([row.id for row in alerts]), AlertEvent.event == "told", AlertEvent.at >= began
        )
        limits = {number: await limits_for(session, number) for number in {row.participant_id for row in findings}}
        return findings, alerts, await session.scalar(told) or 0, limits

    def _about(self, rule: str, limits: Thresholds) -> str:
        """What a rule looks for, with the numbers that hold for the participant it spoke of."""
        name, texts, locale = f"about-{rule}", self.stage.texts, self.stage.locale
        return texts.plain(locale, name, **limits.values()) if texts.has(locale, name) else rule


def _seconds(since: datetime, until: datetime | None) -> float | None:
    if until is None:
        return None
    return (until.replace(tzinfo=until.tzinfo or UTC) - since.replace(tzinfo=since.tzinfo or UTC)).total_seconds()
