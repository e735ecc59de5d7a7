"""A check-in and where it stands: its rows, its questions and its bubble, and the one place where answers are judged.

Sending and reminding is `asking`; taps and typed words are `answering`; when something is due is `schedules`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import calendar
from peerbot.care.levels import Level
from peerbot.care.questionnaires import (
    Profile,
    Question,
    Questionnaire,
    Value,
    in_locale,
    next_question,
    previous_question,
    progress,
    score,
)
from peerbot.care.risk import assess
from peerbot.care.sobriety import milestones_reached
from peerbot.content_files.questionnaires import of_version
from peerbot.db.models import Answer, Cause, CheckIn, CheckInState, Participant, Person, Rhythm
from peerbot.errors import Refusal
from peerbot.messages import checkins as say
from peerbot.messages import progress as say_progress
from peerbot.messages import tips as say_tips
from peerbot.outgoing import Lane, Outgoing
from peerbot.services import access, alerts, crisis, history, risk, schedules, sessions, tips
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

DELIVERED = "check_in_delivered"
LATE_AFTER = timedelta(hours=3)
"""A first answer later than this after the prompt is marked late: a design default, no published value."""


_CURRENT = select(Answer).where(Answer.check_in_id == bindparam("check_in"), Answer.replaced_at.is_(None))


@dataclass(frozen=True, slots=True)
class Standing:
    """A check-in with all it needs to be shown: its questions, its current answers, and what is known of the person."""

    check_in: CheckIn
    person: Person
    asked: Questionnaire
    answers: Mapping[str, Value]
    profile: Profile
    rhythm: Rhythm | None
    rows: Mapping[str, Answer] = field(default_factory=dict)
    """The rows behind the answers, by question, as they were read."""

    @property
    def question(self) -> Question | None:
        """The question the bubble stands at: the one gone back to, else the next one; None at the end."""
        held = self.asked.question(self.check_in.at_question) if self.check_in.at_question else None
        return held or next_question(self.asked, self.answers, self.profile)

    @property
    def ended(self) -> bool:
        """Whether every question is answered or passed over."""
        return next_question(self.asked, self.answers, self.profile) is None


def questions_of(session: AsyncSession, check_in: CheckIn) -> Questionnaire:
    """The questionnaire in the version the check-in was opened with."""
    found = of_version(programme_of(session).questionnaires, check_in.questionnaire, check_in.version)
    if found is None:
        raise Refusal("refused-old-button")
    return found


async def current_answers(session: AsyncSession, check_in: CheckIn) -> dict[str, Answer]:
    """The rows that stand, by question; replaced ones are history."""
    rows = await session.scalars(_CURRENT, {"check_in": check_in.id})
    return {row.question: row for row in rows}


def values(rows: Mapping[str, Answer]) -> dict[str, Value]:
    """What the rows say."""
    return {question: history.value_of(row.value) for question, row in rows.items()}


async def standing(session: AsyncSession, check_in: CheckIn, person: Person) -> Standing:
    """Where the check-in stands."""
    rhythm = await schedules.rhythm_of(session, person.id)
    return await standing_of(session, check_in, person, rhythm)


async def standing_of(session: AsyncSession, check_in: CheckIn, person: Person, rhythm: Rhythm | None) -> Standing:
    """Where the check-in stands, of somebody whose rhythm is at hand."""
    rows = await current_answers(session, check_in)
    known = schedules.profile(rhythm)
    return Standing(check_in, person, questions_of(session, check_in), values(rows), known, rhythm, rows)


def untouched(session: AsyncSession, check_in: CheckIn, person: Person, rhythm: Rhythm | None) -> Standing:
    """Where a new check-in stands: at its beginning."""
    return Standing(check_in, person, questions_of(session, check_in), {}, schedules.profile(rhythm), rhythm)


def opened(
    session: AsyncSession,
    person: Person,
    rhythm: Rhythm | None,
    questionnaire: str,
    *,
    on: date,
    cause: Cause,
    now: datetime,
) -> CheckIn:
    """A new check-in of the local day `on`, open until that day ends where the person is. Not yet added."""
    return CheckIn(
        participant_id=person.id,
        questionnaire=questionnaire,
        version=programme_of(session).questionnaires[questionnaire].version,
        local_on=on,
        opened_at=now,
        closes_at=calendar.day_closes(on, person.zone, schedules.day_ends(rhythm)),
        state=CheckInState.OPEN,
        level=Level.LOG,
        cause=cause,
        late=False,
        late_at=now + LATE_AFTER if cause is Cause.SCHEDULE else None,
    )


async def find(session: AsyncSession, participant_id: int, questionnaire: str, on: date) -> CheckIn | None:
    """The check-in of one local day."""
    return await session.scalar(
        select(CheckIn).where(
            CheckIn.participant_id == participant_id, CheckIn.questionnaire == questionnaire, CheckIn.local_on == on
        )
    )


async def bubble(session: AsyncSession, at: Standing, *, lane: Lane = Lane.REPLY, note: str = "") -> Outgoing:
    """The bubble as it stands: the question, or the summary at the end. `note` is a line put on top."""
    programme, check_in, one = programme_of(session), at.check_in, at.question
    told = await crisis.who_reads(session, check_in.participant_id) if check_in.level >= Level.SAME_DAY else None
    if one is None:
        return await _summary(session, at, told)
    fresh = not at.answers
    return say.question(
        programme.texts,
        at.person.locale,
        at.asked,
        one,
        check_in=check_in.id,
        step=progress(at.asked, at.answers, at.profile, one),
        answers=at.answers,
        told=told,
        first=fresh,
        note=note,
        back=previous_question(at.asked, at.answers, at.profile, one) is not None,
        snooze=fresh and check_in.cause == Cause.SCHEDULE and check_in.snoozed_at is None,
        lane=lane,
    )


async def _summary(session: AsyncSession, at: Standing, told: str | None) -> Outgoing:
    programme, locale = programme_of(session), at.person.locale
    # After an answer that paged somebody the card stands there; a tip beside it would only be in its way.
    calm = at.check_in.questionnaire == schedules.DAILY and at.check_in.level < Level.URGENT
    tip = await tips.beside_check_in(session, at.person, at.check_in, at.answers) if calm else None
    return say.summary(
        programme.texts,
        locale,
        at.asked,
        check_in=at.check_in.id,
        answers=at.answers,
        daily=at.check_in.questionnaire == schedules.DAILY,
        look_again=[
            in_locale(check.text, locale)
            for check in at.asked.checks
            if check.id in score(at.asked, at.answers, at.profile).inconsistencies
        ],
        told=told,
        closing=await _closing_lines(session, at),
        tip=None if tip is None else say_tips.part(programme.texts, locale, tip.tip, tip.id, tip.rating),
    )


async def rate_tip(session: AsyncSession, user: int, shown_id: int, value: int, *, message_id: int) -> None:
    """A thumb on a tip. Below a summary, the whole bubble is shown anew with the mark on it."""
    check_in_id = await tips.rate(session, user, shown_id, value, message_id=message_id)
    if check_in_id is not None:
        person, _part, check_in, rhythm = await access.own_check_in(session, user, check_in_id)
        shown = await bubble(session, await standing_of(session, check_in, person, rhythm))
        await tell(session, person, shown, edit=message_id)


async def _closing_lines(session: AsyncSession, at: Standing) -> list[str]:
    """The last lines of a summary: sober days and the chip they came to, and when we meet again."""
    texts, locale, zone = programme_of(session).texts, at.person.locale, at.person.zone
    lines: list[str] = []
    if at.check_in.questionnaire == schedules.DAILY and "use" in at.answers:
        before, after = await history.sober(session, at.person.id, at.check_in.local_on)
        lines.append(say_progress.sober_line(texts, locale, after))
        if after.current_run > before.current_run:
            lines += [
                say_progress.chip_earned(texts, locale, chip)
                for chip in milestones_reached(before.best_run, after.current_run)[-1:]
            ]
    dues = [one.due_at for one in await schedules.of(session, at.person.id) if one.due_at is not None]
    if dues:
        lines.append(say.next_time(texts, locale, min(dues), zone))
    meeting = await sessions.next_of(session, at.person.id, now=at.check_in.touched_at or at.check_in.opened_at)
    if meeting is not None:
        lines.append(say.next_session(texts, locale, *meeting, zone))
    return lines


async def judge(session: AsyncSession, part: Participant, at: Standing, now: datetime) -> Level | None:
    """Judges what has been answered so far; returns the level of what is new. The seam between answers and rules."""
    check_in = at.check_in
    with session.no_autoflush:  # the facts are the answers at hand and days before; the new row may wait for the commit
        facts = await risk.facts_for(session, part, check_in, at.answers, now, known=at.profile)
    level = await alerts.raise_findings(session, part, assess(facts), source=f"check-in:{check_in.id}", now=now)
    if level is not None:
        check_in.level = max(check_in.level, level)
        if level >= Level.URGENT:
            await crisis.show_card(session, await session.get_one(Person, part.person_id), told=True)
    return level


async def open_ones(session: AsyncSession, participant_id: int) -> Sequence[CheckIn]:
    """Everything a person could still answer, the one last sent or touched first."""
    rows = (
        await session.scalars(
            # The state stands in the statement itself: only so does SQLite use the index of open check-ins.
            select(CheckIn).where(CheckIn.participant_id == participant_id, CheckIn.state != literal_column("'closed'"))
        )
    ).all()
    return sorted(rows, key=lambda row: (row.touched_at or row.opened_at, row.id), reverse=True)
