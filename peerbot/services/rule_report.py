"""How the rules did: the monthly page against the budget, and what they noticed this week without an alert."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care.levels import Level
from peerbot.db.models import Alert, AlertState, Feedback, Participant, Person, Role
from peerbot.db.models import Finding as FindingRow
from peerbot.errors import Refusal
from peerbot.messages import rules as say
from peerbot.services import access, risk
from peerbot.services.evidence import reason
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

WEEK = timedelta(days=7)


async def monthly(session: AsyncSession, user: int, month: str | None, *, now: datetime) -> None:
    """/month [YYYY-MM]: a supervisor sees the programme, a counselor their own caseload."""
    who, held = await access.require_staff(session, user, *access.CARERS)
    programme = programme_of(session)
    start, end = bounds(month, programme.zone, now)
    counselor = None if Role.SUPERVISOR in held else who.id
    page = await _page(session, start, end, min(end, now), counselor)
    await tell(session, who, say.month(programme.texts, who.locale, page, await risk.limits_for(session, None)))


def bounds(month: str | None, zone: str, now: datetime) -> tuple[datetime, datetime]:
    """First moment of a month and of the next, where the programme is; this month when none is named."""
    try:
        first = now.astimezone(ZoneInfo(zone)) if month is None else datetime.strptime(month, "%Y-%m")  # noqa: DTZ007
    except ValueError:
        raise Refusal("refused-report-month") from None
    start = datetime(first.year, first.month, 1, tzinfo=ZoneInfo(zone))
    if start > now:
        raise Refusal("refused-report-month")
    end = datetime(first.year + first.month // 12, first.month % 12 + 1, 1, tzinfo=ZoneInfo(zone))
    return start.astimezone(UTC), end.astimezone(UTC)


async def _page(
    session: AsyncSession, start: datetime, end: datetime, until: datetime, counselor: int | None
) -> say.Month:
    alerts = await _alerts(session, start, end, counselor)
    urgent = [feedback for level, _state, feedback in alerts if level >= Level.URGENT and feedback is not None]
    zone = ZoneInfo(programme_of(session).zone)
    return say.Month(
        name=start.astimezone(zone).strftime("%Y-%m"),
        whole=until >= end,
        alerts=len(alerts),
        days=await _days(session, start, until, counselor),
        urgent_useful=sum(feedback == Feedback.USEFUL for feedback in urgent),
        urgent_judged=len(urgent),
        unjudged=sum(state == AlertState.CLOSED and feedback is None for _level, state, feedback in alerts),
        rules=await _rules(session, start, end, counselor),
    )


async def _alerts(
    session: AsyncSession, start: datetime, end: datetime, counselor: int | None
) -> list[tuple[int, str, str | None]]:
    query = (
        select(Alert.level, Alert.state, Alert.feedback)
        .join(Participant, Participant.person_id == Alert.participant_id)
        .where(Alert.opened_at >= start, Alert.opened_at < end)
    )
    if counselor is not None:
        query = query.where(Participant.counselor_id == counselor)
    return [(row[0], row[1], row[2]) for row in await session.execute(query)]


async def _days(session: AsyncSession, start: datetime, until: datetime, counselor: int | None) -> float:
    """Days people were in the programme within the month, added up."""
    query = select(Participant.enrolled_at, Participant.left_at).where(Participant.enrolled_at < until)
    if counselor is not None:
        query = query.where(Participant.counselor_id == counselor)
    total = timedelta()
    for enrolled_at, left_at in await session.execute(query):
        first = max(enrolled_at or until, start)
        total += max(min(left_at or until, until) - first, timedelta())
    return total / timedelta(days=1)


async def _rules(session: AsyncSession, start: datetime, end: datetime, counselor: int | None) -> list[say.RuleMonth]:
    """Each rule that fired; findings within their cool-down opened nothing and do not count."""
    query = (
        select(FindingRow.rule, func.max(FindingRow.level), Alert.feedback, func.count())
        .join(Participant, Participant.person_id == FindingRow.participant_id)
        .outerjoin(Alert, Alert.id == FindingRow.alert_id)
        .where(FindingRow.found_at >= start, FindingRow.found_at < end, FindingRow.cooled.is_(False))
        .group_by(FindingRow.rule, Alert.feedback)
    )
    if counselor is not None:
        query = query.where(Participant.counselor_id == counselor)
    fired: dict[str, int] = defaultdict(int)
    levels: dict[str, int] = defaultdict(int)
    said: dict[str, dict[str, int]] = defaultdict(dict)
    for rule, level, feedback, count in await session.execute(query):
        fired[rule] += count
        levels[rule] = max(levels[rule], level)
        if feedback is not None:
            said[rule][feedback] = count
    order = sorted(fired, key=lambda rule: (-levels[rule], -fired[rule], rule))
    return [say.RuleMonth(rule, Level(levels[rule]), fired[rule], said[rule]) for rule in order]


async def weekly(session: AsyncSession, user: int, *, now: datetime) -> None:
    """/digest: what was noticed in the last 7 days without an alert, for the people a carer looks after."""
    who, held = await access.require_staff(session, user, *access.CARERS)
    query = (
        select(FindingRow, Participant)
        .join(Participant, Participant.person_id == FindingRow.participant_id)
        .join(Person, Person.id == Participant.person_id)
        .where(FindingRow.found_at >= now - WEEK, FindingRow.alert_id.is_(None), Participant.left_at.is_(None))
        .order_by(Participant.person_id, FindingRow.found_at.desc(), FindingRow.id.desc())
    )
    if Role.SUPERVISOR not in held:
        query = query.where(Participant.counselor_id == who.id)
    found: dict[str, dict[str, list[FindingRow]]] = {}
    for row, part in await session.execute(query):
        found.setdefault(part.case_code, {}).setdefault(row.rule, []).append(row)
    cases = [(case, [(reason(rows[0]), len(rows)) for rows in by_rule.values()]) for case, by_rule in found.items()]
    await tell(session, who, say.week(programme_of(session).texts, who.locale, cases))
