"""What a participant has told so far, day by day: for sober days, charts and summaries. Reading only."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care.questionnaires import Questionnaire, Value, worth
from peerbot.care.sobriety import Declared, SoberDays, Use, sober_days
from peerbot.charts import ProgressDay
from peerbot.content_files.questionnaires import of_version
from peerbot.db.models import Answer, CheckIn, Rhythm, Silence
from peerbot.services.programme import programme_of
from peerbot.services.schedules import DAILY

USES: Mapping[str, Use] = MappingProxyType({"no": "no", "alcohol": "yes", "other": "yes"})
"""Anything else, "I'd rather not say" above all, is neither a sober day nor use."""

Told = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Adherence:
    """What became of the check-ins of some days. `silent` reached the person; the other two never did."""

    sent: int
    answered: int
    late: int
    silent: int
    unreachable: int
    not_sent: int


def value_of(stored: str) -> Value:
    """An answer as it was kept."""
    value: int | str | list[str] = json.loads(stored)
    return tuple(value) if isinstance(value, list) else value


async def told(
    session: AsyncSession, participant_id: int, *, questions: Collection[str] | None = None, since: date | None = None
) -> dict[date, dict[str, Value]]:
    """Current answers to the daily check-in, by local day, oldest first."""
    query = (
        select(CheckIn.local_on, Answer.question, Answer.value)
        .join(Answer, Answer.check_in_id == CheckIn.id)
        .where(CheckIn.participant_id == participant_id, CheckIn.questionnaire == DAILY, Answer.replaced_at.is_(None))
        .order_by(CheckIn.local_on, Answer.id)
    )
    if questions is not None:
        query = query.where(Answer.question.in_(questions))
    if since is not None:
        query = query.where(CheckIn.local_on >= since)
    days: dict[date, dict[str, Value]] = {}
    for on, question, stored in await session.execute(query):
        days.setdefault(on, {})[question] = value_of(stored)
    return days


def _declared(rhythm: Rhythm | None) -> Declared | None:
    if rhythm is None or rhythm.sober_since is None or rhythm.sober_said_on is None:
        return None
    return Declared(since=date.fromisoformat(rhythm.sober_since), said_on=rhythm.sober_said_on)


async def sober(session: AsyncSession, participant_id: int, on: date) -> tuple[SoberDays, SoberDays]:
    """Sober days up to and including `on`, without and with what was told on `on` itself."""
    days = await told(session, participant_id, questions=("use",))
    uses: dict[date, Use] = {day: USES.get(str(answers["use"]), "unknown") for day, answers in days.items()}
    declared = _declared(await session.get(Rhythm, participant_id))
    before = {day: use for day, use in uses.items() if day != on}
    return sober_days(before, on, declared), sober_days(uses, on, declared)


def charted(asked: Questionnaire, on: date, answers: Told) -> ProgressDay:
    """One day as the chart shows it."""

    def number(question: str) -> int | None:
        one, value = asked.question(question), answers.get(question)
        return None if one is None or value is None else worth(one, value)

    use = USES.get(str(answers.get("use")))
    return ProgressDay(
        on=on,
        mood=number("mood"),
        craving=number("craving"),
        sleep=number("sleep"),
        used=None if use is None else use == "yes",
    )


async def chart_days(session: AsyncSession, participant_id: int, *, since: date) -> list[ProgressDay]:
    """Every day told since then, for the chart."""
    asked = programme_of(session).questionnaires[DAILY]
    days = await told(session, participant_id, questions=("use", "mood", "craving", "sleep"), since=since)
    return [charted(asked, on, answers) for on, answers in days.items()]


async def adherence(session: AsyncSession, participant_id: int, *, since: date, until: date) -> Adherence:
    """Sent, answered, late and silent daily check-ins from `since` up to, not including, `until`."""
    rows = (
        await session.execute(
            select(
                CheckIn.delivered_at,
                CheckIn.silence,
                CheckIn.late,
                select(Answer.id).where(Answer.check_in_id == CheckIn.id, Answer.replaced_at.is_(None)).exists(),
            ).where(
                CheckIn.participant_id == participant_id,
                CheckIn.questionnaire == DAILY,
                CheckIn.local_on >= since,
                CheckIn.local_on < until,
            )
        )
    ).all()
    silences = [silence for _, silence, _, answered in rows if not answered]
    return Adherence(
        sent=sum(delivered is not None for delivered, *_ in rows),
        answered=sum(bool(answered) for *_, answered in rows),
        late=sum(bool(late) for _, _, late, _ in rows),
        silent=silences.count(Silence.UNANSWERED),
        unreachable=silences.count(Silence.UNREACHABLE),
        not_sent=silences.count(Silence.NOT_SENT),
    )


async def forms(
    session: AsyncSession, participant_id: int, *, since: date
) -> list[tuple[CheckIn, Questionnaire, Told]]:
    """Other questionnaires answered since then, newest first, each with the version it was answered under."""
    rows = (
        await session.execute(
            select(CheckIn, Answer.question, Answer.value)
            .join(Answer, Answer.check_in_id == CheckIn.id)
            .where(
                CheckIn.participant_id == participant_id,
                CheckIn.questionnaire != DAILY,
                CheckIn.local_on >= since,
                Answer.replaced_at.is_(None),
            )
            .order_by(CheckIn.local_on.desc(), CheckIn.id.desc(), Answer.id)
        )
    ).all()
    found: dict[int, tuple[CheckIn, dict[str, Value]]] = {}
    for check_in, question, stored in rows:
        found.setdefault(check_in.id, (check_in, {}))[1][question] = value_of(stored)
    known = programme_of(session).questionnaires
    versions = [
        (check_in, of_version(known, check_in.questionnaire, check_in.version), given)
        for check_in, given in found.values()
    ]
    return [(check_in, asked, given) for check_in, asked, given in versions if asked is not None]
