"""Staff see and tune the risk rules: the table in words, changed thresholds with who, when and why, and back again.

What a change would have done is `preview`; how often rules fired and were useful is `rule_report`.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care.risk import RULES
from peerbot.care.thresholds import BOUNDS, InvalidThreshold, check
from peerbot.db.engine import keys_of
from peerbot.db.models import Participant, Person, Role, RuleChange
from peerbot.errors import Refusal
from peerbot.messages import rules as say
from peerbot.services import access, risk
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

EVERYONE = frozenset({"all", "todos"})
SHORTEST_WHY = 3  # characters: a reason, not a dot
LONGEST_WHY = 300


async def command(session: AsyncSession, user: int, words: Sequence[str], *, now: datetime) -> None:
    """/rules, /rules set <all or case> <key> <number> <why>, /rules reset <all or case> <key> <why>."""
    who, held = await access.require_staff(session, user)
    if not words:
        await show(session, user, say.OVERVIEW)
        return
    if not held & access.CARERS:
        raise Refusal("refused-staff-only")
    verb, rest = words[0].lower(), [part for word in words[1:] for part in word.split("=", 1)]
    if verb == "set" and len(rest) >= 3:
        participant_id = await _whose(session, who, held, rest[0])
        value = _number(rest[2])
        await change(session, rest[1], value, participant_id=participant_id, why=" ".join(rest[3:]), by=who.id, now=now)
    elif verb == "reset" and len(rest) >= 2:
        participant_id = await _whose(session, who, held, rest[0])
        await reset(session, rest[1], participant_id=participant_id, why=" ".join(rest[2:]), by=who.id, now=now)
    else:
        raise Refusal("refused-rules-usage")
    await show(session, user, say.NUMBERS)


def _number(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) <= 3):
        raise Refusal("refused-rules-usage")
    return int(word)


async def _whose(session: AsyncSession, who: Person, held: frozenset[Role], word: str) -> int | None:
    """The participant a case code names, for those who may tune their rules; None for everyone (supervisors only)."""
    if word.lower() in EVERYONE:
        if Role.SUPERVISOR not in held:
            raise Refusal("refused-rules-everyone")
        return None
    key = keys_of(session).blind(word.upper(), "case")
    part = await session.scalar(select(Participant).where(Participant.case_key == key, Participant.left_at.is_(None)))
    if part is None or (Role.SUPERVISOR not in held and part.counselor_id != who.id):
        raise Refusal("refused-not-yours")
    return part.person_id


async def change(
    session: AsyncSession,
    key: str,
    value: int,
    *,
    participant_id: int | None,
    why: str,
    by: int | None,
    now: datetime,
) -> None:
    """Sets a threshold from now on, for one participant or for everyone; what it replaces stays as history."""
    try:
        check(key, value)
    except InvalidThreshold as error:
        if error.low is None or error.high is None:
            raise Refusal("refused-rules-key") from None
        raise Refusal("refused-rules-bounds", low=error.low, high=error.high) from None
    reason = _reason(why)
    await _end(session, key, participant_id, why=reason, by=by, now=now)
    session.add(RuleChange(participant_id=participant_id, key=key, value=value, why=reason, set_by=by, set_at=now))
    await session.flush()


async def reset(
    session: AsyncSession, key: str, *, participant_id: int | None, why: str, by: int | None, now: datetime
) -> None:
    """Takes a change back: for a participant the programme's number holds again, for everyone the default."""
    if key not in BOUNDS:
        raise Refusal("refused-rules-key")
    reason = _reason(why)
    if not await _end(session, key, participant_id, why=reason, by=by, now=now):
        raise Refusal("refused-rules-unchanged")


def _reason(why: str) -> str:
    if len(why.strip()) < SHORTEST_WHY:
        raise Refusal("refused-rules-why")
    return why.strip()[:LONGEST_WHY]


async def _end(
    session: AsyncSession, key: str, participant_id: int | None, *, why: str, by: int | None, now: datetime
) -> bool:
    whose = (
        RuleChange.participant_id.is_(None) if participant_id is None else RuleChange.participant_id == participant_id
    )
    row = await session.scalar(select(RuleChange).where(RuleChange.key == key, RuleChange.ended_at.is_(None), whose))
    if row is None:
        return False
    row.ended_at, row.ended_by, row.ended_why = now, by, why
    await session.flush()
    return True


async def show(session: AsyncSession, user: int, page: str, *, edit: int | None = None) -> None:
    """A page of the table of rules, with the numbers that hold for the programme."""
    who, held = await access.require_staff(session, user)
    if page not in say.PAGES:
        raise Refusal("refused-old-button")
    texts = programme_of(session).texts
    limits = await risk.limits_for(session, None)
    if page == say.NUMBERS:
        outgoing = say.numbers(texts, who.locale, limits, await _changes(session, who, held), zone=who.zone)
    else:
        outgoing = say.page(texts, who.locale, page, RULES, limits)
    await tell(session, who, outgoing, edit=edit)


async def _changes(session: AsyncSession, who: Person, held: frozenset[Role]) -> list[say.Changed]:
    """The changes in force that this person may see: the programme's, and those of the people they look after."""
    query = (
        select(RuleChange, Participant, Person.alias)
        .outerjoin(Participant, Participant.person_id == RuleChange.participant_id)
        .outerjoin(Person, Person.id == RuleChange.set_by)
        .where(RuleChange.ended_at.is_(None))
        .order_by(RuleChange.set_at.desc())
    )
    if Role.SUPERVISOR not in held:
        query = query.where(or_(RuleChange.participant_id.is_(None), Participant.counselor_id == who.id))
    return [
        say.Changed(row.key, row.value, part.case_code if part else None, by, row.set_at, row.why)
        for row, part, by in await session.execute(query)
        if part is None or part.left_at is None
    ]
