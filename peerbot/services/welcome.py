"""The welcome questions and the settings: a dialog in a row, one step at a time, answered by tap or by typing."""

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import calendar
from peerbot.db.models import Dialog, Participant, Person
from peerbot.errors import Refusal
from peerbot.messages import enrolment as say
from peerbot.messages import general
from peerbot.outgoing import Outgoing
from peerbot.services import access, schedules
from peerbot.services.post import tell
from peerbot.services.programme import programme_of
from peerbot.texts import LOCALES

STEPS = ("alias", "language", "zone", "time")
SOBER = "sober"
"""Asked only by whoever wants their days before the programme counted."""
LONGEST_SOBER = 36_500  # days
WELCOME, SETTINGS = "welcome", "settings"
LONGEST_ALIAS = 30
ALIASES = ("River", "Cedar", "Robin", "Maple", "Sol", "Luna", "Brisa", "Roble", "Sparrow", "Coral")
MOST_ZONES = 8


@dataclass(frozen=True, slots=True)
class Step:
    """Where a dialog stands."""

    kind: str
    name: str


async def begin(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """Starts the welcome questions at the first."""
    await _stand_at(session, person, Step(WELCOME, "alias"), now)
    await _ask(session, person, "alias")


async def _stand_at(session: AsyncSession, person: Person, step: Step, now: datetime) -> None:
    dialog = await session.get(Dialog, person.id)
    if dialog is None:
        dialog = Dialog(person_id=person.id, facts=json.dumps({}))
        session.add(dialog)
    dialog.kind, dialog.step, dialog.since_at = step.kind, step.name, now


async def current(session: AsyncSession, person: Person) -> Step | None:
    """The step a person stands at, if any."""
    dialog = await session.get(Dialog, person.id)
    return None if dialog is None else Step(dialog.kind, dialog.step)


async def _ask(session: AsyncSession, person: Person, step: str, *, edit: int | None = None) -> None:
    programme = programme_of(session)
    match step:
        case "alias":
            outgoing = say.ask_alias(programme.texts, person.locale, suggestion=secrets.choice(ALIASES))
        case "language":
            outgoing = say.ask_language(programme.texts, person.locale)
        case "zone":
            zones = calendar.COMMON_ZONES.get(programme.country, (programme.zone,))
            outgoing = say.ask_zone(programme.texts, person.locale, zones[:MOST_ZONES])
        case "sober":
            outgoing = say.ask_sober(programme.texts, person.locale)
        case _:
            outgoing = say.ask_time(programme.texts, person.locale)
    await tell(session, person, outgoing, edit=edit)


async def choose(session: AsyncSession, user: int, step: str, value: str, *, message_id: int, now: datetime) -> None:
    """A tapped answer to a step; one that no longer stands open is refused."""
    person, _part = await access.require_participant(session, user)
    if step == "menu":
        if value not in (*STEPS, SOBER):
            raise Refusal("refused-old-button")
        await _stand_at(session, person, Step(SETTINGS, value), now)
        await _ask(session, person, value, edit=message_id)
        return
    at = await current(session, person)
    if at is None or at.name != step:
        raise Refusal("refused-old-button")
    await _take(session, person, at, value, now, edit=message_id)


async def type_in(session: AsyncSession, person: Person, text: str, *, now: datetime) -> bool:
    """A typed answer to the step a person stands at; False when they stand at none."""
    at = await current(session, person)
    if at is None:
        return False
    value = text.strip()
    if at.name == "language":
        value = {
            "english": "en",
            "ingles": "en",
            "inglés": "en",
            "en": "en",
            "español": "es",
            "espanol": "es",
            "spanish": "es",
            "es": "es",
        }.get(value.lower(), "")
    elif at.name == "zone":
        zones = calendar.find_zone(value)
        if len(zones) > 1:
            outgoing = say.ask_zone(programme_of(session).texts, person.locale, zones[:MOST_ZONES], typed=True)
            await tell(session, person, outgoing)
            return True
        value = zones[0] if zones else ""
    elif at.name == "time":
        parsed = calendar.parse_time(value)
        value = parsed.strftime("%H:%M") if parsed else ""
    await _take(session, person, at, value, now, edit=None)
    return True


async def _take(
    session: AsyncSession, person: Person, at: Step, value: str, now: datetime, *, edit: int | None
) -> None:
    """Keeps one answer and goes on to the next step, or ends; a value that is none is refused and changes nothing."""
    match at.name:
        case "alias":
            person.alias = _alias(value)
        case "language":
            if value not in LOCALES:
                raise Refusal("refused-language")
            person.locale = value
        case "zone":
            await _move(session, person, value, now)
        case "sober":
            await _declare(session, person, value, now)
        case _:
            parsed = calendar.parse_time(value)
            if parsed is None:
                raise Refusal("refused-time")
            await schedules.plan(session, person, parsed, now=now)
    programme = programme_of(session)
    if edit is not None:
        shown = (
            say.city(value)
            if at.name == "zone"
            else programme.texts.plain(value, "language-name")
            if at.name == "language"
            else value.replace(".", ":")
        )
        await tell(session, person, general.chosen(programme.texts, person.locale, value=shown), edit=edit)
    if at.kind == WELCOME and at.name != STEPS[-1]:
        following = STEPS[STEPS.index(at.name) + 1]
        await _stand_at(session, person, Step(WELCOME, following), now)
        await _ask(session, person, following)
    else:
        await _finish(session, person, at, now)


async def _declare(session: AsyncSession, person: Person, text: str, now: datetime) -> None:
    """Keeps since when a person is sober: a number of days, or a date like 2026-01-05 that counts itself."""
    rhythm = await schedules.own_rhythm(session, person.id)
    today = schedules.day_of(person, rhythm, now)
    digits = text.split(maxsplit=1)[0] if text.split() else ""
    try:
        days = int(digits) if digits.isascii() and digits.isdigit() else (today - date.fromisoformat(text)).days
    except ValueError:
        raise Refusal("refused-sober") from None
    if not 0 <= days <= LONGEST_SOBER:
        raise Refusal("refused-sober")
    rhythm.sober_since, rhythm.sober_said_on = (today - timedelta(days=days)).isoformat(), today


def _alias(text: str) -> str:
    alias = " ".join(text.split())
    if not alias or not any(sign.isalnum() for sign in alias):
        raise Refusal("refused-alias-empty")
    if len(alias) > LONGEST_ALIAS or alias.startswith("/"):
        raise Refusal("refused-alias-long", most=LONGEST_ALIAS)
    return alias


async def _move(session: AsyncSession, person: Person, zone: str, now: datetime) -> None:
    if zone not in calendar.find_zone(zone):
        raise Refusal("refused-zone")
    await schedules.move(session, person, zone, now=now)


async def _finish(session: AsyncSession, person: Person, at: Step, now: datetime) -> None:
    dialog = await session.get(Dialog, person.id)
    if dialog is not None:
        await session.delete(dialog)
    if at.kind == SETTINGS:
        await tell(session, person, await _overview(session, person, saved=True))
        return
    part = await session.get_one(Participant, person.id)
    part.enrolled_at = now
    schedule = await schedules.daily_of(session, person.id)
    counselor = await session.get_one(Person, part.counselor_id)
    programme = programme_of(session)
    outgoing = say.welcome(
        programme.texts,
        person.locale,
        alias=person.alias,
        counselor=counselor.alias,
        at=schedule.local_time if schedule else "-",
        zone=person.zone,
        keyboard=general.participant_keyboard(programme.texts, person.locale),
    )
    await tell(session, person, outgoing)
    await tell(session, counselor, general.enrolled(programme.texts, counselor.locale, case=part.case_code))


async def show_settings(session: AsyncSession, user: int) -> None:
    """What can be changed, as it is now."""
    person, part = await access.require_participant(session, user)
    if part.enrolled_at is None:
        raise Refusal("refused-finish-welcome")
    await tell(session, person, await _overview(session, person, saved=False))


async def _overview(session: AsyncSession, person: Person, *, saved: bool) -> Outgoing:
    schedule = await schedules.daily_of(session, person.id)
    rhythm = await schedules.rhythm_of(session, person.id)
    texts = programme_of(session).texts
    at = schedule.local_time if schedule else time(9).strftime("%H:%M")
    until = rhythm.paused_until if rhythm else None
    made = say.settings(texts, person.locale, alias=person.alias, at=at, zone=person.zone, paused_until=until)
    if not saved:
        return made
    return Outgoing(texts.say(person.locale, "settings-saved") + "\n\n" + made.text, made.keyboard)


async def ask_again(session: AsyncSession, person: Person) -> None:
    """Shows the question a person stands at once more."""
    at = await current(session, person)
    if at is not None:
        await _ask(session, person, at.name)
