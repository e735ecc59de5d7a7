"""What stands behind an alert: findings in order, the answers they came from, the change against the own fortnight.

Reading only, for carers who may; each reading is noted in the alert's history.
"""

import json
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care.facts import Facts
from peerbot.care.levels import Level
from peerbot.content_files.questionnaires import of_version
from peerbot.db.models import AlertEvent, CheckIn, Participant, Person, Rhythm
from peerbot.db.models import Finding as FindingRow
from peerbot.messages import evidence as say
from peerbot.outgoing import Outgoing
from peerbot.services import access, findings, risk, schedules
from peerbot.services.alerts import SEEN
from peerbot.services.programme import programme_of

MOST_CHECK_INS = 2
NOTICED_FOR = timedelta(days=7)


async def opened(session: AsyncSession, user: int, alert_id: int, *, now: datetime) -> Outgoing:
    """What stands behind the alert, for a carer who may see it. The reading is noted."""
    who, alert, part = await access.entitled_alert(session, user, alert_id)
    session.add(AlertEvent(alert_id=alert.id, at=now, event=SEEN, person_id=who.id))
    rows = list(
        await session.scalars(
            select(FindingRow)
            .where(FindingRow.alert_id == alert.id)
            .order_by(FindingRow.level.desc(), FindingRow.found_at.desc(), FindingRow.id)
        )
    )
    person = await session.get_one(Person, part.person_id)
    behind = await _check_ins(session, rows)
    return say.details(
        programme_of(session).texts,
        who.locale,
        alert=alert.id,
        case=part.case_code,
        alias=person.alias,
        reasons=[reason(row) for row in rows],
        answered=[await _answered(session, check_in) for check_in in behind],
        usual=await _usual(session, part, behind),
        noticed=[reason(row) for row in await findings.noticed(session, part.person_id, since=now - NOTICED_FOR)],
        zone=who.zone,
    )


def reason(row: FindingRow) -> say.Reason:
    """A stored finding as it is told."""
    return say.Reason(row.rule, Level(row.level), json.loads(row.inputs), findings.silent_if(row), row.found_at)


async def _check_ins(session: AsyncSession, rows: list[FindingRow]) -> list[CheckIn]:
    """The latest check-ins the findings came from, newest first."""
    ids = {int(row.source_key.partition(":")[2]) for row in rows if row.source_key.startswith("check-in:")}
    found = await session.scalars(
        select(CheckIn)
        .where(CheckIn.id.in_(ids))
        .order_by(CheckIn.local_on.desc(), CheckIn.id.desc())
        .limit(MOST_CHECK_INS)
    )
    return list(found)


async def _answered(session: AsyncSession, check_in: CheckIn) -> say.Answered:
    asked = of_version(programme_of(session).questionnaires, check_in.questionnaire, check_in.version)
    answers = await risk.answers_of(session, check_in.id)
    profile = schedules.profile(await session.get(Rhythm, check_in.participant_id))
    scores = risk.facts_of(check_in.questionnaire, asked, answers, profile).scores
    return say.Answered(asked or programme_of(session).questionnaires[risk.DAILY], check_in.local_on, answers, scores)


async def _usual(session: AsyncSession, part: Participant, behind: list[CheckIn]) -> list[say.Usual]:
    """The numbers of the latest daily check-in beside the person's own usual before it."""
    daily = next((check_in for check_in in behind if check_in.questionnaire == risk.DAILY), None)
    if daily is None:
        return []
    facts: Facts = await risk.facts_for(session, part, daily, await risk.answers_of(session, daily.id), daily.opened_at)
    found = []
    for question in risk.NUMBERS:
        now, usual = facts.number(question), facts.usual(question)
        if now is not None and usual is not None:
            found.append(say.Usual(question, now, usual.median, usual.days))
    return found
