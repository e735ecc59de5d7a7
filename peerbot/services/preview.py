"""What other thresholds would have done: stored answers replayed, alerts won and lost per counselor and week.

Reading only, in short units of work of a few people each, so that a running bot is never held up. An alert is counted
as a day on which somebody would have been brought up: a check-in or a silence with a finding of SAME_DAY or above that
had not cooled down. Words and calls for help depend on no threshold and are left out; so is what a person answered
and then corrected.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import calendar
from peerbot.care.baseline import FORTNIGHT
from peerbot.care.facts import Day, Facts, Form, Happening
from peerbot.care.levels import Level
from peerbot.care.questionnaires import Profile, Questionnaire, Value
from peerbot.care.risk import Finding, assess
from peerbot.care.thresholds import DEFAULTS, Thresholds
from peerbot.content_files.questionnaires import of_version
from peerbot.db.engine import Database
from peerbot.db.models import Answer, CheckIn, Participant, Person, Rhythm, RuleChange, Silence
from peerbot.services import history, risk, schedules
from peerbot.services.findings import COOL_DOWN
from peerbot.services.programme import programme_of

PEOPLE = 50
"""Participants read in one unit of work."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One check-in as it ended."""

    name: str
    questions: Questionnaire | None
    on: date
    at: datetime
    answers: Mapping[str, Value]
    silence: str


@dataclass(frozen=True, slots=True)
class History:
    """All one participant was asked in the time looked at, oldest first, with what the facts need besides."""

    person: int
    counselor: str
    known: Profile
    enrolled_on: date | None
    asked: Sequence[Asked]
    changes: Sequence[tuple[str, int]]
    own_changes: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Week:
    """Alerts of one counselor in one ISO week, as the thresholds stand and as they would."""

    now: int = 0
    then: int = 0
    won: int = 0
    lost: int = 0


@dataclass(slots=True)
class Preview:
    """The replay: by (week, counselor), and by rule how often it fires now and would."""

    weeks: dict[tuple[str, str], Week] = field(default_factory=dict)
    rules_now: Counter[str] = field(default_factory=Counter)
    rules_then: Counter[str] = field(default_factory=Counter)
    people: int = 0


async def preview(database: Database, changes: Mapping[str, int], days: int, *, now: datetime) -> Preview:
    """Replays the last `days` days; raises InvalidThreshold."""
    DEFAULTS.changed(changes)
    made, last = Preview(), 0
    while True:
        async with database.begin() as session:
            people = await _read(session, last, since=now.date() - timedelta(days=days), now=now)
        if not people:
            return made
        last = people[-1].person
        for one in people:
            _compare(made, one, changes, since=now.date() - timedelta(days=days))


async def _read(session: AsyncSession, after: int, *, since: date, now: datetime) -> list[History]:
    rows = await session.execute(
        select(Participant, Person, Rhythm)
        .join(Person, Person.id == Participant.person_id)
        .outerjoin(Rhythm, Rhythm.participant_id == Participant.person_id)
        .where(Participant.person_id > after, Participant.enrolled_at.is_not(None))
        .order_by(Participant.person_id)
        .limit(PEOPLE)
    )
    found = [(row[0], row[1], row[2]) for row in rows]
    ids = [part.person_id for part, _person, _rhythm in found]
    asked = await _asked(session, ids, since=since - timedelta(days=FORTNIGHT * 3), now=now)
    changes = await _changes(session, ids)
    counselors = {
        one.id: one.alias
        for one in await session.scalars(
            select(Person).where(Person.id.in_({part.counselor_id for part, _person, _rhythm in found}))
        )
    }
    return [
        History(
            person=part.person_id,
            counselor=counselors.get(part.counselor_id, "?"),
            known=schedules.profile(rhythm),
            enrolled_on=None if part.enrolled_at is None else calendar.local_day(part.enrolled_at, person.zone),
            asked=asked.get(part.person_id, []),
            changes=changes[None],
            own_changes=changes[part.person_id],
        )
        for part, person, rhythm in found
    ]


async def _changes(session: AsyncSession, ids: Sequence[int]) -> dict[int | None, list[tuple[str, int]]]:
    rows = await session.scalars(select(RuleChange).where(RuleChange.ended_at.is_(None)))
    found: dict[int | None, list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        if row.participant_id is None or row.participant_id in ids:
            found[row.participant_id].append((row.key, row.value))
    return found


async def _asked(session: AsyncSession, ids: Sequence[int], *, since: date, now: datetime) -> dict[int, list[Asked]]:
    """The check-ins of these people with their current answers, oldest first."""
    check_ins = list(
        await session.scalars(
            select(CheckIn)
            .where(CheckIn.participant_id.in_(ids), CheckIn.local_on >= since, CheckIn.opened_at <= now)
            .order_by(CheckIn.local_on, CheckIn.id)
        )
    )
    rows = await session.execute(
        select(Answer.check_in_id, Answer.question, Answer.value, Answer.answered_at)
        .join(CheckIn, CheckIn.id == Answer.check_in_id)
        .where(CheckIn.participant_id.in_(ids), CheckIn.local_on >= since, Answer.replaced_at.is_(None))
    )
    said: dict[int, dict[str, Value]] = defaultdict(dict)
    at: dict[int, datetime] = {}
    for check_in_id, question, value, answered_at in rows:
        said[check_in_id][question] = history.value_of(value)
        at[check_in_id] = max(answered_at, at.get(check_in_id, answered_at))
    known = programme_of(session).questionnaires
    found: dict[int, list[Asked]] = defaultdict(list)
    for one in check_ins:
        found[one.participant_id].append(
            Asked(
                name=one.questionnaire,
                questions=of_version(known, one.questionnaire, one.version),
                on=one.local_on,
                at=at.get(one.id, one.closes_at),
                answers=said[one.id],
                silence="" if said[one.id] else one.silence or "",
            )
        )
    return found


def _compare(made: Preview, one: History, changes: Mapping[str, int], *, since: date) -> None:
    """Adds one participant's alerts, as things stand and as they would."""
    made.people += 1
    now = _alerts(one, risk.with_changes([*one.changes, *one.own_changes]), since, made.rules_now)
    then = _alerts(one, risk.with_changes([*one.changes, *changes.items(), *one.own_changes]), since, made.rules_then)
    for on in sorted(now | then):
        year, number, _day = on.isocalendar()
        key = (f"{year}-W{number:02}", one.counselor)
        week = made.weeks.get(key, Week())
        made.weeks[key] = Week(
            now=week.now + (on in now),
            then=week.then + (on in then),
            won=week.won + (on in then - now),
            lost=week.lost + (on in now - then),
        )


def _alerts(one: History, limits: Thresholds, since: date, rules: Counter[str]) -> set[date]:
    """The days on which this participant would have been brought up."""
    last: dict[str, datetime] = {}
    days: set[date] = set()
    for asked, findings in _judged(one, limits):
        for finding in findings:
            cooled = finding.cools and finding.rule in last and asked.at - last[finding.rule] < COOL_DOWN
            if cooled:
                continue
            last[finding.rule] = asked.at
            if asked.on >= since and finding.level >= Level.SAME_DAY:
                rules[finding.rule] += 1
                days.add(asked.on)
    return days


def _judged(one: History, limits: Thresholds) -> Iterator[tuple[Asked, tuple[Finding, ...]]]:
    days: list[tuple[date, Day]] = []
    forms: dict[str, tuple[date, Mapping[str, int]]] = {}
    for asked in one.asked:
        enrolled = None if one.enrolled_on is None else (asked.on - one.enrolled_on).days
        before = tuple(_aged(day, (asked.on - on).days) for on, day in reversed(days) if on < asked.on)
        if asked.answers:
            last = forms.get(asked.name)
            facts = risk.facts_of(
                asked.name,
                asked.questions,
                asked.answers,
                one.known,
                days=before if asked.name == risk.DAILY else (),
                forms=() if last is None else (Form((asked.on - last[0]).days, last[1]),),
                enrolled_days=enrolled,
                limits=limits,
            )
            forms[asked.name] = (asked.on, facts.scores)
            yield asked, assess(facts)
        elif asked.name == risk.DAILY and asked.silence not in ("", Silence.NOT_SENT):
            silent = (Day(0, silence=asked.silence), *before)
            opioid = bool(one.known.get("opioid"))
            yield (
                asked,
                assess(
                    Facts(happening=Happening.SILENT, days=silent, enrolled_days=enrolled, opioid=opioid, limits=limits)
                ),
            )
        if asked.name == risk.DAILY:
            days.append((asked.on, risk.day_of(0, asked.questions, asked.answers, asked.silence)))


def _aged(day: Day, ago: int) -> Day:
    return Day(ago, day.numbers, day.use, day.silence)


def as_json(made: Preview) -> dict[str, object]:
    """The replay for other programs."""
    return {
        "participants": made.people,
        "weeks": [
            {"week": week, "counselor": counselor, "now": one.now, "then": one.then, "won": one.won, "lost": one.lost}
            for (week, counselor), one in sorted(made.weeks.items())
        ],
        "rules": {
            rule: {"now": made.rules_now[rule], "then": made.rules_then[rule]}
            for rule in sorted(made.rules_now | made.rules_then)
        },
    }


def lines(made: Preview, changes: Mapping[str, int], days: int) -> list[str]:
    """The replay for whoever runs the command."""
    what = ", ".join(f"{key}={value}" for key, value in changes.items())
    total = Week(*(sum(getattr(one, name) for one in made.weeks.values()) for name in ("now", "then", "won", "lost")))
    found = [
        f"{made.people} participants, the last {days} days, with {what}:",
        f"{total.now} alerts would be {total.then}: {total.won} won, {total.lost} lost. Nothing was switched on.",
        "",
        f"{'week':<9} {'counselor':<24} {'now':>5} {'then':>5} {'won':>5} {'lost':>5}",
    ]
    found += [
        f"{week:<9} {counselor[:24]:<24} {one.now:>5} {one.then:>5} {one.won:>5} {one.lost:>5}"
        for (week, counselor), one in sorted(made.weeks.items())
    ]
    changed = [rule for rule in made.rules_now | made.rules_then if made.rules_now[rule] != made.rules_then[rule]]
    return [
        *found,
        "",
        *(f"{rule}: {made.rules_now[rule]} -> {made.rules_then[rule]} times" for rule in sorted(changed)),
    ]
