"""Builds the facts the risk rules read from a participant's rows, with the thresholds in force for them.

The rules themselves are `care.risk`; what becomes of a finding is the business of `alerts`.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import and_, bindparam, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot import log
from peerbot.care import calendar
from peerbot.care.baseline import FORTNIGHT
from peerbot.care.facts import Day, Facts, Form, Happening
from peerbot.care.levels import Level
from peerbot.care.questionnaires import Answers, Profile, Questionnaire, Value, score, worth
from peerbot.care.risk import assess
from peerbot.care.thresholds import DEFAULTS, InvalidThreshold, Thresholds
from peerbot.content_files.questionnaires import of_version
from peerbot.db.models import Answer, CheckIn, Participant, Person, Rhythm, RuleChange, Silence
from peerbot.services import alerts, history, schedules
from peerbot.services.programme import programme_of

DAILY = "daily"
NUMBERS = ("craving", "confidence", "mood", "sleep")
"""Questions of the daily check-in whose history a rule reads, besides `use`."""
FORMS_COMPARED = frozenset({"phq-9", "bam-iop"})
"""Questionnaires with a rule that compares with the form before."""
logger = log.get("risk")


async def facts_for(
    session: AsyncSession,
    part: Participant,
    check_in: CheckIn,
    answers: Answers,
    now: datetime,  # noqa: ARG001 - the seam of every judgement; today's rules look at days only
    *,
    known: Profile | None = None,
) -> Facts:
    """All the rules may ask about this check-in: its answers so far, and the history before its day.

    `known` is the person's profile where the caller has read it already.
    """
    limits = await limits_for(session, part.person_id)
    if known is None:
        known = schedules.profile(await session.get(Rhythm, part.person_id))
    asked = of_version(programme_of(session).questionnaires, check_in.questionnaire, check_in.version)
    days: tuple[Day, ...] = ()
    forms: tuple[Form, ...] = ()
    if check_in.questionnaire == DAILY:
        wanted = [question for question in NUMBERS if question in answers]
        if answers.get("use", "no") != "no":
            wanted.append("use")
        if wanted:
            days = await days_before(session, part.person_id, check_in.local_on, limits, questions=wanted)
    elif check_in.questionnaire in FORMS_COMPARED:
        forms = await _form_before(session, check_in, known)
    return facts_of(
        check_in.questionnaire,
        asked,
        answers,
        known,
        days=days,
        forms=forms,
        enrolled_days=await _enrolled_days(session, part, check_in.local_on),
        limits=limits,
    )


def facts_of(
    questionnaire: str,
    asked: Questionnaire | None,
    answers: Answers,
    known: Profile,
    *,
    days: tuple[Day, ...] = (),
    forms: tuple[Form, ...] = (),
    enrolled_days: int | None = None,
    limits: Thresholds = DEFAULTS,
) -> Facts:
    """Facts from what is already at hand. Without the questionnaire there are no points and no sums."""
    points: dict[str, int] = {}
    scores: dict[str, int] = {}
    at_least: Mapping[str, int] = {}
    levels: Mapping[str, Level] = {}
    if asked is not None:
        found = {question.id: worth(question, answers.get(question.id)) for question in asked.questions}
        points = {question: value for question, value in found.items() if value is not None}
        if asked.subscales:
            scored = score(asked, answers, known)
            scores = {name: value for name, value in scored.subscales.items() if value is not None}
            at_least, levels = scored.at_least, scored.levels
    return Facts(
        answers=answers,
        questionnaire=questionnaire,
        points=points,
        scores=scores,
        at_least=at_least,
        levels=levels,
        days=days,
        forms=forms,
        enrolled_days=enrolled_days,
        opioid=bool(known.get("opioid")),
        limits=limits,
    )


async def _enrolled_days(session: AsyncSession, part: Participant, on: date) -> int | None:
    if part.enrolled_at is None:
        return None
    person = await session.get_one(Person, part.person_id)
    return (on - calendar.local_day(part.enrolled_at, person.zone)).days


_IN_FORCE = select(RuleChange.participant_id, RuleChange.key, RuleChange.value).where(RuleChange.ended_at.is_(None))
# Two halves, each with its own index: as one condition with OR it would read the changes of everybody.
_CHANGES = union_all(
    _IN_FORCE.where(RuleChange.participant_id.is_(None)),
    _IN_FORCE.where(RuleChange.participant_id == bindparam("participant")),
)


async def limits_for(session: AsyncSession, participant_id: int | None) -> Thresholds:
    """The thresholds in force for one participant: their own before the programme's before the defaults.

    None asks for those of the programme.
    """
    rows = await session.execute(_CHANGES, {"participant": participant_id})
    changes = sorted((one is not None, key, value) for one, key, value in rows)  # the programme's first
    return with_changes((key, value) for _own, key, value in changes) if changes else DEFAULTS


def with_changes(changes: Iterable[tuple[str, int]]) -> Thresholds:
    """The defaults with stored changes. One that this version no longer takes is left out and logged, never guessed."""
    limits = DEFAULTS
    for key, value in changes:
        try:
            limits = limits.changed({key: value})
        except InvalidThreshold:
            logger.error("threshold_ignored", rule=key)
    return limits


async def days_before(
    session: AsyncSession, participant_id: int, on: date, limits: Thresholds, *, questions: Collection[str]
) -> tuple[Day, ...]:
    """The daily check-ins before `on`, newest first, as far back as any rule looks."""
    since = on - timedelta(days=max(FORTNIGHT, limits.break_days, limits.silence_watch))
    rows = await session.execute(
        select(CheckIn.local_on, CheckIn.silence, Answer.question, Answer.value, CheckIn.version)
        .outerjoin(
            Answer,
            and_(Answer.check_in_id == CheckIn.id, Answer.replaced_at.is_(None), Answer.question.in_(questions)),
        )
        .where(
            CheckIn.participant_id == participant_id,
            CheckIn.questionnaire == DAILY,
            CheckIn.local_on < on,
            CheckIn.local_on >= since,
        )
        .order_by(CheckIn.local_on.desc())
    )
    asked = programme_of(session).questionnaires
    found: dict[date, tuple[str, int, dict[str, Value]]] = {}
    for local_on, silence, question, value, version in rows:
        _silence, _version, said = found.setdefault(local_on, (silence or "", version, {}))
        if question is not None:
            said[question] = history.value_of(value)
    return tuple(
        day_of((on - local_on).days, of_version(asked, DAILY, version), said, silence)
        for local_on, (silence, version, said) in found.items()
    )


def day_of(ago: int, asked: Questionnaire | None, said: Mapping[str, Value], silence: str) -> Day:
    """One earlier daily check-in as the rules read it."""
    numbers = {}
    for question in NUMBERS:
        one = asked.question(question) if asked is not None else None
        points = worth(one, said.get(question)) if one is not None else None
        if points is not None:
            numbers[question] = points
    use = said.get("use")
    return Day(ago, numbers, None if use is None else str(use), "" if said else silence)


async def _form_before(session: AsyncSession, check_in: CheckIn, known: Profile) -> tuple[Form, ...]:
    """The last form of the same questionnaire with any answer, before this one."""
    last = await session.scalar(
        select(CheckIn)
        .where(
            CheckIn.participant_id == check_in.participant_id,
            CheckIn.questionnaire == check_in.questionnaire,
            CheckIn.local_on < check_in.local_on,
            select(Answer.id).where(Answer.check_in_id == CheckIn.id, Answer.replaced_at.is_(None)).exists(),
        )
        .order_by(CheckIn.local_on.desc())
        .limit(1)
    )
    if last is None:
        return ()
    asked = of_version(programme_of(session).questionnaires, last.questionnaire, last.version)
    scores = facts_of(last.questionnaire, asked, await answers_of(session, last.id), known).scores
    return (Form((check_in.local_on - last.local_on).days, scores),)


async def answers_of(session: AsyncSession, check_in_id: int) -> dict[str, Value]:
    """The current answers of a check-in."""
    rows = await session.execute(
        select(Answer.question, Answer.value).where(Answer.check_in_id == check_in_id, Answer.replaced_at.is_(None))
    )
    return {question: history.value_of(value) for question, value in rows}


async def judge_silence(
    session: AsyncSession, check_in: CheckIn, part: Participant, rhythm: Rhythm | None, *, now: datetime
) -> Level | None:
    """Judges a daily check-in that just closed without an answer. One that was never sent is nobody's silence."""
    if check_in.questionnaire != DAILY or check_in.silence in (None, Silence.NOT_SENT):
        return None
    if part.left_at is not None or part.enrolled_at is None:
        return None
    limits = await limits_for(session, part.person_id)
    before = await days_before(session, part.person_id, check_in.local_on, limits, questions=("use",))
    facts = Facts(
        happening=Happening.SILENT,
        days=(Day(0, silence=check_in.silence or ""), *before),
        enrolled_days=await _enrolled_days(session, part, check_in.local_on),
        opioid=bool(rhythm and rhythm.opioid),
        limits=limits,
    )
    return await alerts.raise_findings(session, part, assess(facts), source=f"silence:{check_in.id}", now=now)


async def judge_unanswered(session: AsyncSession, check_in: CheckIn, *, now: datetime) -> Level | None:
    """The safety questions an answer called for were not finished in their time: the counselor hears today."""
    part = await session.get_one(Participant, check_in.participant_id)
    findings = assess(Facts(happening=Happening.SAFETY_UNANSWERED))
    return await alerts.raise_findings(session, part, findings, source=f"unanswered:{check_in.id}", now=now)
