"""Findings as rows: stored once for each source, cooled down where the same was measured within a day, and read back.

Who is told about them is the business of `alerts`.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care.risk import Change, Finding, Relation
from peerbot.db.models import Finding as FindingRow
from peerbot.db.models import Participant

COOL_DOWN = timedelta(hours=24)  # issue 6; clinical reference, section 3, levels


async def store(
    session: AsyncSession, part: Participant, findings: Sequence[Finding], *, source: str, now: datetime
) -> list[FindingRow]:
    """Keeps the findings that are not stored yet for this source, marked where they cooled down; returns their rows."""
    if not findings:
        return []
    known = set(
        await session.scalars(
            select(FindingRow.rule).where(
                FindingRow.source_key == source, FindingRow.rule.in_([finding.rule for finding in findings])
            )
        )
    )
    fresh = [finding for finding in findings if finding.rule not in known]
    cooling = await _cooling(session, part, fresh, now)
    rows = [
        FindingRow(
            participant_id=part.person_id,
            rule=finding.rule,
            rule_version=finding.version,
            level=finding.level,
            inputs=json.dumps(dict(finding.inputs)),
            source_key=source,
            found_at=now,
            silent_if=json.dumps([[change.fact, change.relation, change.value] for change in finding.silent_if]),
            cooled=finding.rule in cooling,
        )
        for finding in fresh
    ]
    session.add_all(rows)
    return rows


async def _cooling(
    session: AsyncSession, part: Participant, findings: Sequence[Finding], now: datetime
) -> frozenset[str]:
    """The rules among these that measured the same in this person less than `COOL_DOWN` ago."""
    rules = [finding.rule for finding in findings if finding.cools]
    if not rules:
        return frozenset()
    found = await session.scalars(
        select(FindingRow.rule).where(
            FindingRow.participant_id == part.person_id,
            FindingRow.found_at > now - COOL_DOWN,
            FindingRow.rule.in_(rules),
            FindingRow.cooled.is_(False),
        )
    )
    return frozenset(found)


def silent_if(row: FindingRow) -> list[Change]:
    """The single changes that would have kept the rule silent; none for findings older than their keeping."""
    return [Change(fact, Relation(how), value) for fact, how, value in json.loads(row.silent_if or "[]")]


async def noticed(session: AsyncSession, participant_id: int, *, since: datetime) -> list[FindingRow]:
    """What the rules noticed without opening an alert, newest first."""
    rows = await session.scalars(
        select(FindingRow)
        .where(FindingRow.participant_id == participant_id, FindingRow.found_at >= since, FindingRow.alert_id.is_(None))
        .order_by(FindingRow.found_at.desc(), FindingRow.id.desc())
    )
    return list(rows)
