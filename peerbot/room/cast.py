"""Who lives in the room, and the two weeks they have behind them.

Everybody joins by invite through the real bot; the older check-ins are written as rows, because playing a fortnight of
taps would take longer than anyone waits for a page. All names, aliases and answers are made up for the room.
"""

import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import calendar
from peerbot.care.questionnaires import SKIPPED, Kind, Question, Value, next_question
from peerbot.db.models import Answer, CheckIn, CheckInState, Schedule, Silence
from peerbot.rehearsal import Town
from peerbot.room.tapping import CALM, answer
from peerbot.services import access, office
from peerbot.services.programme import programme_of
from peerbot.services.schedules import DAILY
from peerbot.simulator.groups import Group
from peerbot.simulator.people import Person
from peerbot.simulator.world import Message

START = datetime(2026, 5, 12, 12, 52, tzinfo=UTC)
"""A Tuesday, eight minutes before the nine o'clock check-in in New York."""
DAYS = 14
TAPPED = ("use", "note")
"""Yesterday's first and last question, which are answered on the phone."""
PARTICIPANT = "participant"
ZONES = {"en": "America/New_York", "es": "America/New_York"}


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in the room: handle, name, role, and for participants how their fortnight went."""

    handle: str
    name: str
    role: str
    language: str = ""
    """Empty: the room's."""
    alias: str = ""
    counselor: str = ""
    mood: tuple[int, ...] = ()
    craving: tuple[int, ...] = ()
    missed: frozenset[int] = frozenset()


# Fourteen days each, oldest first. Made up: one slowly better, one up and down with two silent days, one steady.
CAST = (
    Part("lind", "Dr Lind", "supervisor"),
    Part("roth", "Dr Roth", "counselor"),
    Part("vega", "Dra. Vega", "counselor", language="es"),
    Part("sam", "Sam", "moderator"),
    Part(
        "ana",
        "Ana",
        "participant",
        alias="River",
        counselor="roth",
        mood=(4, 4, 3, 5, 5, 4, 6, 5, 6, 6, 7, 6, 7, 7),
        craving=(7, 6, 7, 5, 6, 6, 4, 5, 4, 3, 4, 3, 2, 3),
    ),
    Part(
        "ben",
        "Ben",
        "participant",
        alias="Cedar",
        counselor="roth",
        mood=(6, 5, 7, 4, 3, 6, 7, 6, 4, 5, 3, 4, 5, 4),
        craving=(3, 5, 2, 6, 7, 4, 2, 3, 6, 5, 7, 6, 5, 8),
        missed=frozenset({5, 10}),
    ),
    Part(
        "lucia",
        "Lucía",
        "participant",
        language="es",
        alias="Luna",
        counselor="vega",
        mood=(5, 6, 6, 5, 6, 7, 6, 6, 7, 6, 7, 7, 6, 7),
        craving=(4, 4, 3, 4, 3, 3, 2, 3, 3, 2, 2, 3, 2, 1),
        missed=frozenset({7}),
    ),
)
FEELINGS = ("tired", "lonely", "anxious", "bored", "tired", "hungry", "ashamed")
GROUP_TITLE = MappingProxyType({"en": "Tuesday Group", "es": "Grupo del martes"})
SMALL_TALK: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "en": (
            ("ben", "Made it to the gym this morning. First time in weeks."),
            ("ana", "Nice one! I walked home the long way, past the river instead of past the old bar."),
        ),
        "es": (
            ("ben", "Hoy volví al gimnasio. La primera vez en semanas."),
            ("ana", "¡Qué bien! Yo volví a casa por el río, no por el bar de antes."),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The people by handle, and their group."""

    people: dict[str, Person]
    roles: dict[str, str]
    group: Group


@asynccontextmanager
async def _together(town: Town) -> AsyncIterator[None]:
    """What several people do at the same moment: the bot takes all of it in one go, which is much quicker."""
    settled, town.sim.settled = town.sim.settled, _nothing
    try:
        yield
    finally:
        town.sim.settled = settled
    await town.app.poller.once()
    await town.app.inbox.drain()
    await town.app.sender.drain()


async def _nothing() -> None:
    """Nobody waits for the bot."""


async def furnish(town: Town, locale: str, seed: int) -> Cast:
    """Fills an empty programme: staff, participants, two weeks of check-ins, a group. Ends at START."""
    chance = random.Random(seed)
    town.clock.at = START - timedelta(days=DAYS + 1)
    people = {part.handle: town.sim.person(part.name, language=part.language or locale) for part in CAST}
    await _staff_join(town, people)
    await _participants_join(town, people, ZONES[locale])
    group = await _group(town, people, locale)
    town.clock.at = START - timedelta(days=1)
    async with town.app.database.begin() as session:
        ids = await ids_of(session, people)
        for part in CAST:
            if part.role == PARTICIPANT:
                await _history(session, part, ids[part.handle], ZONES[locale], chance)
        await _plan_yesterday(session, ZONES[locale])
    await _yesterday(town, people)
    for person in people.values():
        person.reads_all()
        person.reads_all(in_chat=group)
    return Cast(people, {part.handle: part.role for part in CAST}, group)


async def ids_of(session: AsyncSession, people: Mapping[str, Person]) -> dict[str, int]:
    """The programme's rows of people it knows, by handle."""
    found = {handle: await access.person(session, person.id) for handle, person in people.items()}
    return {handle: row.id for handle, row in found.items() if row is not None}


async def _staff_join(town: Town, people: Mapping[str, Person]) -> None:
    staff = [part for part in CAST if part.role != PARTICIPANT]
    async with town.app.database.begin() as session:
        now = town.clock.now()
        codes = [(await office.invite(session, role=part.role, now=now))["code"] for part in staff]
    async with _together(town):
        for part, code in zip(staff, codes, strict=True):
            await people[part.handle].starts(code)
    async with _together(town):
        for part in staff:
            await people[part.handle].taps(town.label(people[part.handle], "button-agree"))


async def _participants_join(town: Town, people: Mapping[str, Person], zone: str) -> None:
    """Everybody takes the same step of the welcome before anybody takes the next."""
    parts = [part for part in CAST if part.role == PARTICIPANT]
    async with town.app.database.begin() as session:
        known, now = await ids_of(session, people), town.clock.now()
        codes = [
            (await office.invite(session, role=PARTICIPANT, counselor=known[part.counselor], now=now))["code"]
            for part in parts
        ]
    async with _together(town):
        for part, code in zip(parts, codes, strict=True):
            await people[part.handle].starts(code)
    steps: tuple[Callable[[Part, Person], Awaitable[object]], ...] = (
        lambda _part, person: person.taps(town.label(person, "button-agree")),
        lambda part, person: person.writes(part.alias),
        lambda _part, person: person.taps(town.label(person, "language-name")),
        lambda _part, person: person.writes(zone),
        lambda _part, person: person.writes("09:00"),
    )
    for step in steps:
        async with _together(town):
            for part in parts:
                await step(part, people[part.handle])


async def _group(town: Town, people: dict[str, Person], locale: str) -> Group:
    members = [people[handle] for handle in ("ana", "ben", "lucia", "roth")]
    group = town.sim.supergroup(GROUP_TITLE[locale], creator=people["sam"], members=members)
    town.clock.at = START - timedelta(hours=16)
    await people["sam"].writes("/setup", in_chat=group)
    town.clock.at = START - timedelta(hours=15)
    async with _together(town):
        for handle, text in SMALL_TALK[locale]:
            town.clock.advance(timedelta(minutes=3))
            await people[handle].writes(text, in_chat=group)
    return group


async def _history(session: AsyncSession, part: Part, person_id: int, zone: str, chance: random.Random) -> None:
    """The check-ins before yesterday's, as they would stand in the database."""
    today = calendar.local_day(START, zone)
    for number in range(DAYS - 1):
        on = today - timedelta(days=DAYS - number)
        asked_at = calendar.due_at(on, time(9), zone)
        silent = number in part.missed
        check_in = CheckIn(
            participant_id=person_id,
            questionnaire=DAILY,
            version=programme_of(session).questionnaires[DAILY].version,
            local_on=on,
            state=CheckInState.CLOSED,
            silence=Silence.UNANSWERED if silent else None,
            opened_at=asked_at,
            delivered_at=asked_at,
            completed_at=None if silent else asked_at + timedelta(minutes=chance.randint(2, 55)),
            closes_at=calendar.day_closes(on, zone),
        )
        session.add(check_in)
        await session.flush()
        if not silent:
            _answers(session, part, check_in, number, chance=chance)


def _answers(
    session: AsyncSession,
    part: Part,
    check_in: CheckIn,
    number: int,
    *,
    without: Collection[str] = (),
    chance: random.Random | None = None,
) -> None:
    asked, given = programme_of(session).questionnaires[DAILY], dict[str, Value]()
    day = _day(part, number, chance)
    while (one := next_question(asked, given, {})) is not None:
        given[one.id] = _value(one, day)
    for question, value in given.items():
        if question in without:
            continue
        session.add(
            Answer(
                check_in_id=check_in.id,
                question=question,
                value=json.dumps(value),
                answered_at=check_in.completed_at or check_in.opened_at,
            )
        )


def _day(part: Part, number: int, chance: random.Random | None = None) -> dict[str, int | str]:
    """What somebody answers on one of their days: mood and craving as told, give or take one where chance has a say;
    the rest fitting and short of an alert."""
    mood, craving = part.mood[number], part.craving[number]
    if chance is not None:
        mood, craving = (min(10, max(0, told + chance.choice((-1, 0, 0, 1)))) for told in (mood, craving))
    return {
        **CALM,
        "mood": mood,
        "craving": craving,
        "confidence": max(4, 10 - craving),
        "feelings": FEELINGS[number % len(FEELINGS)],
        "sleep": "bad" if mood <= 4 else "so-so" if mood <= 6 else "well",
    }


def _value(one: Question, day: Mapping[str, int | str]) -> Value:
    if one.kind is Kind.TEXT:
        return SKIPPED
    value = day[one.id]
    return (str(value),) if one.kind is Kind.SEVERAL else value


async def _plan_yesterday(session: AsyncSession, zone: str) -> None:
    """The next daily check-in is yesterday's, so that one real round stands in every chat."""
    on = calendar.local_day(START - timedelta(days=1), zone)
    for schedule in await session.scalars(select(Schedule)):
        at = time.fromisoformat(schedule.local_time)
        if schedule.questionnaire == DAILY:
            schedule.due_on, schedule.due_at = on, calendar.due_at(on, at, zone)
        else:
            weekdays = frozenset(int(day) for day in schedule.weekdays)
            schedule.due_on, schedule.due_at = calendar.next_due(START, at, zone, weekdays=weekdays)


async def _yesterday(town: Town, people: dict[str, Person]) -> None:
    """Yesterday, played for real: three answers, one alert that was taken and closed, and the night that ended it."""
    town.clock.at = START - timedelta(hours=23, minutes=50)
    await town.app.ticker.run_all()
    await town.settle()
    await _all_answer(town, people)
    roth = people["roth"]
    if any(data == "al" for message in roth.visible() for data in _codes(message)):
        town.clock.advance(timedelta(minutes=4))
        await roth.taps(town.label(roth, "alert-button-ack"))
        town.clock.advance(timedelta(minutes=25))
        await roth.taps(town.label(roth, "alert-button-close"))
        await roth.taps(town.label(roth, "outcome-reached"))
    town.clock.at = START
    await town.app.ticker.run_all()
    await town.settle()


async def _all_answer(town: Town, people: Mapping[str, Person]) -> None:
    """All three at the same time. Most answers are rows, like those of the days before; first and last are taps."""
    left = [part for part in CAST if part.role == PARTICIPANT]
    async with town.app.database.begin() as session:
        ids = await ids_of(session, people)
        for part in left:
            query = select(CheckIn).where(
                CheckIn.participant_id == ids[part.handle], CheckIn.state == CheckInState.OPEN
            )
            _answers(session, part, (await session.scalars(query)).one(), DAYS - 1, without=TAPPED)
    while left:
        town.clock.advance(timedelta(seconds=40))
        async with _together(town):
            left = [part for part in left if await answer(people[part.handle], _day(part, DAYS - 1), most=1)]


def _codes(message: Message) -> list[str]:
    return [(button.data or "").partition(":")[0] for button in message.inline_buttons]
