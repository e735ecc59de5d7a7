"""What a participant is asked, seen and changed by their carer; and the pause a participant takes themselves."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import calendar
from peerbot.care.questionnaires import in_locale
from peerbot.db.models import Cause, Participant, Person, PlanChange, Schedule
from peerbot.errors import Refusal
from peerbot.messages import plans as say
from peerbot.services import access, asking, progress, schedules
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

WEEKDAYS = frozenset("0123456")
BECAUSE = "~"
"""Between a value and the reason for it, in a button."""


def offered(session: AsyncSession) -> list[str]:
    """The questionnaires a carer can put on a plan or ask once: all but the daily one and earlier versions."""
    return [name for name in programme_of(session).questionnaires if name != schedules.DAILY and "@" not in name]


async def view(
    session: AsyncSession, user: int, participant: int, screen: str, *, message_id: int, now: datetime
) -> None:
    """A screen of the caseload: list, week, plan, and what the plan asks further."""
    texts = programme_of(session).texts
    if screen == "list":
        await progress.caseload(session, user, page=max(participant, 0), edit=message_id)
        return
    if screen == "week":
        await progress.week(session, user, participant, edit=message_id, now=now)
        return
    who, person, part = await access.entitled_case(session, user, participant)
    if screen == "plan":
        await _show(session, who, person, part, message_id)
    elif screen == "ask":
        forms = [(name, _title(session, name, who.locale)) for name in offered(session)]
        await tell(session, who, say.choose_form(texts, who.locale, person.id, forms), edit=message_id)
    elif screen == "hours":
        await tell(session, who, say.choose_hours(texts, who.locale, person.id), edit=message_id)
    else:
        raise Refusal("refused-old-button")


def _title(session: AsyncSession, questionnaire: str, locale: str) -> str:
    return in_locale(programme_of(session).questionnaires[questionnaire].title, locale)


async def _show(session: AsyncSession, who: Person, person: Person, part: Participant, message_id: int) -> None:
    rhythm = await schedules.rhythm_of(session, person.id)
    planned = {row.questionnaire: row for row in await schedules.of(session, person.id)}
    daily = planned.get(schedules.DAILY)
    quiet = f"{rhythm.quiet_from}-{rhythm.quiet_until}" if rhythm and rhythm.quiet_from else ""
    seen = say.PlanSeen(
        participant=person.id,
        case=part.case_code,
        alias=person.alias,
        phase=rhythm.phase if rhythm else "early",
        days=daily.weekdays if daily else schedules.EVERY_DAY,
        at=daily.local_time if daily else "-",
        forms=[_form(session, name, planned, who.locale) for name in offered(session) if name != schedules.SAFETY],
        paused_until=rhythm.paused_until if rhythm else None,
        facts=frozenset(name for name, known in schedules.profile(rhythm).items() if known),
        day_ends=asking.closing_hour(rhythm),
        quiet=quiet,
        changes=await _changes(session, person.id, who),
    )
    await tell(session, who, say.plan(programme_of(session).texts, who.locale, seen), edit=message_id)


async def _changes(session: AsyncSession, participant: int, who: Person) -> list[say.Changed]:
    """The latest changes to a plan, newest first."""
    rows = await session.execute(
        select(PlanChange, Person.alias)
        .join(Person, Person.id == PlanChange.changed_by)
        .where(PlanChange.participant_id == participant)
        .order_by(PlanChange.changed_at.desc(), PlanChange.id.desc())
        .limit(say.CHANGES_SHOWN)
    )
    known = programme_of(session).questionnaires
    found = []
    for row, by in rows:
        form = row.value if row.what == "form" else row.value.rpartition(".")[0]
        title = in_locale(known[form].title, who.locale) if form in known else ""
        found.append(say.Changed(row.what, row.value, title, row.why, by, row.changed_at, who.zone))
    return found


def _form(session: AsyncSession, name: str, planned: Mapping[str, Schedule], locale: str) -> say.Form:
    row = planned.get(name)
    return say.Form(
        id=name,
        title=_title(session, name, locale),
        days=row.weekdays if row else "",
        every_weeks=row.every_weeks if row else 1,
        once=name in schedules.INTAKE,
    )


async def change(
    session: AsyncSession, user: int, participant: int, act: str, value: str, *, message_id: int, now: datetime
) -> None:
    """A carer changes the plan.

    1. What does not fit is refused. Where a day of the week is still open, it is asked.
    2. A change that lasts asks why, by one more tap; who, when and why are kept with it.
    3. It is made, and the plan shown as it is now.
    """
    who, person, part = await access.entitled_case(session, user, participant)
    value, _, why = value.partition(BECAUSE)
    if not _fits(session, act, value):
        raise Refusal("refused-old-button")
    if act == "form" and not any(row.questionnaire == value for row in await schedules.of(session, person.id)):
        await _ask_day(session, who, person, value, message_id)
        return
    if act != "ask" and why not in say.REASONS:
        outgoing = say.ask_why(programme_of(session).texts, who.locale, person.id, act, value)
        await tell(session, who, outgoing, edit=message_id)
        return
    made = await _make(session, who, person, act, value, now)
    if act != "ask":
        session.add(
            PlanChange(participant_id=person.id, what=act, value=made, why=why, changed_by=who.id, changed_at=now)
        )
    await session.flush()
    await _show(session, who, person, part, message_id)


def _fits(session: AsyncSession, act: str, value: str) -> bool:
    """Whether a button of ours says this."""
    match act:
        case "phase":
            return value in schedules.PHASES
        case "form" | "ask":
            return value in offered(session)
        case "day":
            form, _, day = value.rpartition(".")
            return form in offered(session) and day in WEEKDAYS
        case "pause":
            return value.isascii() and value.isdigit() and int(value) <= schedules.LONGEST_PAUSE
        case "fact":
            return value in say.FACTS
        case "hour" | "ends" | "quiet":
            known = {"hour": say.HOURS, "ends": say.DAY_ENDS, "quiet": say.QUIET}[act]
            return value.replace(".", ":") in known
        case _:
            return False


async def _make(session: AsyncSession, who: Person, person: Person, act: str, value: str, now: datetime) -> str:
    """Makes one change; returns what it came to, as it is kept."""
    match act:
        case "phase":
            await schedules.set_phase(session, person, value, by=who.id, now=now)
        case "form":
            await schedules.drop(session, person, value)
        case "day":
            await _put_on_plan(session, who, person, value, now)
        case "ask":
            if await asking.ask_now(session, person, value, cause=Cause.CARER, now=now) is None:
                raise Refusal("refused-asked-today")
        case "pause":
            await _pause(session, person, int(value), now)
        case "fact":
            rhythm = await schedules.own_rhythm(session, person.id)
            setattr(rhythm, value, not getattr(rhythm, value))
            return f"{value}.{'on' if getattr(rhythm, value) else 'off'}"
        case _:
            await _set_hours(session, who, person, act, value.replace(".", ":"), now)
    return value


async def _ask_day(session: AsyncSession, who: Person, person: Person, form: str, message_id: int) -> None:
    outgoing = say.choose_day(
        programme_of(session).texts, who.locale, person.id, form, _title(session, form, who.locale)
    )
    await tell(session, who, outgoing, edit=message_id)


async def _put_on_plan(session: AsyncSession, who: Person, person: Person, value: str, now: datetime) -> None:
    form, _, day = value.rpartition(".")
    daily = await schedules.daily_of(session, person.id)
    if daily is None:
        raise Refusal("refused-old-button")
    await schedules.plan(
        session,
        person,
        schedules.local_time(daily.local_time),
        now=now,
        questionnaire=form,
        weekdays=day,
        every_weeks=schedules.EVERY_WEEKS.get(form, 1),
        by=who.id,
    )


async def _set_hours(session: AsyncSession, who: Person, person: Person, act: str, value: str, now: datetime) -> None:
    rhythm = await schedules.own_rhythm(session, person.id)
    if act == "hour":
        at = calendar.parse_time(value)
        if at is not None:
            await schedules.plan(session, person, at, now=now, by=who.id)
        return
    if act == "ends":
        rhythm.day_ends = value
    else:
        start, _, end = value.partition("-")
        rhythm.quiet_from, rhythm.quiet_until = start or None, end or None
    await schedules.renew_all(session, person, now=now)


async def _pause(session: AsyncSession, person: Person, days: int, now: datetime) -> None:
    """Sets or ends a pause, and tells the participant."""
    texts = programme_of(session).texts
    today = schedules.day_of(person, await schedules.rhythm_of(session, person.id), now)
    until = today + timedelta(days=days) if days else None
    await schedules.pause(session, person, until, now=now)
    outgoing = say.paused(texts, person.locale, until) if until else say.resumed(texts, person.locale)
    await tell(session, person, outgoing)


async def pause_own(session: AsyncSession, user: int, days: int, *, now: datetime) -> None:
    """A participant pauses their check-ins for some days, or ends the pause; their counselor is told."""
    person, part = await access.require_participant(session, user)
    if part.enrolled_at is None:
        raise Refusal("refused-finish-welcome")
    if days not in (0, *say.PAUSES):
        raise Refusal("refused-old-button")
    await _pause(session, person, days, now)
    rhythm = await schedules.own_rhythm(session, person.id)
    counselor = await session.get_one(Person, part.counselor_id)
    texts = programme_of(session).texts
    outgoing = say.staff_paused(texts, counselor.locale, case=part.case_code, until=rhythm.paused_until)
    await tell(session, counselor, outgoing)
