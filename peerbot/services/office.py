"""What the clinic's admin does from the command line: invites, staff, parked work. Answers are JSON-able values."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.db.engine import keys_of
from peerbot.db.models import InboxRow, InboxState, OutboxRow, OutboxState, Participant, Person, Role, StaffRole
from peerbot.errors import Refusal
from peerbot.services import access, enrolment, rules
from peerbot.services.programme import programme_of

Answer = dict[str, Any]
NUMBER = re.compile(r"[0-9]{1,9}")


async def invite(
    session: AsyncSession, *, role: str, counselor: int | None = None, case: str | None = None, now: datetime
) -> Answer:
    """A one-time link for one person."""
    if role == enrolment.PARTICIPANT and counselor is None and not await _any_carer(session):
        raise Refusal("refused-no-staff")
    code, expires = await enrolment.make_invite(session, role=role, now=now, counselor_id=counselor, case_code=case)
    return {"role": role, "code": code, "link": enrolment.link(session, code), "expires_at": expires.isoformat()}


async def _any_carer(session: AsyncSession) -> bool:
    return any([await access.carers(session, role) for role in (Role.SUPERVISOR, Role.COUNSELOR)])


async def staff_list(session: AsyncSession, *, now: datetime) -> Answer:  # noqa: ARG001 - one shape for all
    """Everyone who holds a role, with their caseload's size."""
    rows = await session.execute(
        select(Person, StaffRole)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(StaffRole.ended_at.is_(None))
        .order_by(Person.id)
    )
    people = []
    for person, role in rows:
        caseload = await session.scalars(
            select(Participant.person_id).where(Participant.counselor_id == person.id, Participant.left_at.is_(None))
        )
        people.append(
            {
                "id": person.id,
                "name": person.alias,
                "role": role.role,
                "since": role.since_at.date().isoformat(),
                "reachable": person.reachable,
                "participants": len(caseload.all()),
            }
        )
    return {"staff": people}


async def staff_revoke(session: AsyncSession, *, person: int, role: str | None = None, now: datetime) -> Answer:
    """Ends one role, or all roles, of a member of staff at once."""
    who = await session.get(Person, person) if 0 < person < 2**31 else None
    held = await access.roles(session, person) if who else frozenset()
    ending = [Role(role)] if role else sorted(held)
    if who is None or not ending or not set(ending) <= held:
        raise Refusal("refused-no-such-staff")
    handed = 0
    for one in ending:
        handed += await enrolment.end_role(session, who, one, now=now)
    return {"ended": [str(one) for one in ending], "participants_handed_over": handed}


async def parked_list(session: AsyncSession, *, now: datetime) -> Answer:  # noqa: ARG001
    """What waits for a person: updates that could not be handled and calls Telegram refused. No content is shown."""
    inbox = await session.scalars(select(InboxRow).where(InboxRow.state == InboxState.PARKED).order_by(InboxRow.id))
    outbox = await session.scalars(
        select(OutboxRow).where(OutboxRow.state == OutboxState.PARKED).order_by(OutboxRow.id)
    )
    rows = [{"id": f"in-{r.id}", "since": r.received_at.isoformat(), "failure": r.failure} for r in inbox]
    rows += [
        {"id": f"out-{r.id}", "since": r.created_at.isoformat(), "failure": f"{r.method} {r.failure}"} for r in outbox
    ]
    return {"parked": rows}


async def parked_retry(session: AsyncSession, *, row: str, now: datetime) -> Answer:  # noqa: ARG001
    """Puts a parked row back into its queue."""
    found = await _parked(session, row)
    found.due_at, found.attempts = programme_of(session).clock.real(), 0
    found.state = InboxState.OPEN if isinstance(found, InboxRow) else OutboxState.PENDING
    return {"again": row}


async def parked_drop(session: AsyncSession, *, row: str, now: datetime) -> Answer:  # noqa: ARG001
    """Gives a parked row up; its content is emptied."""
    found = await _parked(session, row)
    found.state = InboxState.DONE if isinstance(found, InboxRow) else OutboxState.DROPPED
    found.payload = None
    return {"dropped": row}


async def _parked(session: AsyncSession, row: str) -> InboxRow | OutboxRow:
    side, _, number = row.partition("-")
    found: InboxRow | OutboxRow | None = None
    if side == "in" and NUMBER.fullmatch(number):
        found = await session.get(InboxRow, int(number))
    elif side == "out" and NUMBER.fullmatch(number):
        found = await session.get(OutboxRow, int(number))
    if found is None or found.state != "parked":
        raise Refusal("refused-no-such-row")
    return found


async def rules_set(
    session: AsyncSession, *, key: str, value: int, why: str, case: str | None = None, now: datetime
) -> Answer:
    """Changes a threshold for everyone, or for the participant of a case."""
    one = await _participant(session, case)
    await rules.change(session, key, value, participant_id=one, why=why, by=None, now=now)
    return {"key": key, "value": value, "case": case}


async def rules_reset(session: AsyncSession, *, key: str, why: str, case: str | None = None, now: datetime) -> Answer:
    """Takes a changed threshold back."""
    one = await _participant(session, case)
    await rules.reset(session, key, participant_id=one, why=why, by=None, now=now)
    return {"key": key, "case": case}


async def _participant(session: AsyncSession, case: str | None) -> int | None:
    if case is None:
        return None
    key = keys_of(session).blind(case.upper(), "case")
    found = await session.scalar(select(Participant.person_id).where(Participant.case_key == key))
    if found is None:
        raise Refusal("refused-rules-case")
    return found


COMMANDS: dict[str, Callable[..., Awaitable[Answer]]] = {
    "invite": invite,
    "staff-list": staff_list,
    "staff-revoke": staff_revoke,
    "parked-list": parked_list,
    "parked-retry": parked_retry,
    "parked-drop": parked_drop,
    "rules-set": rules_set,
    "rules-reset": rules_reset,
}
