"""The only way from a Telegram user to a person, a role, a check-in or an alert; read at each act, never cached."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.db.engine import keys_of
from peerbot.db.models import Alert, CheckIn, Notice, Participant, Person, Rhythm, Role, StaffRole
from peerbot.errors import Refusal

CARERS = frozenset({Role.COUNSELOR, Role.SUPERVISOR})

# Built once: putting a statement together takes longer than running it, and these run with every tap.
_PARTICIPANT = (
    select(Person, Participant)
    .join(Participant, Participant.person_id == Person.id)
    .where(Person.chat_key == bindparam("key"), Participant.left_at.is_(None))
)
_OWN_CHECK_IN = (
    select(Person, Participant, CheckIn, Rhythm)
    .join(Participant, Participant.person_id == Person.id)
    .join(CheckIn, CheckIn.participant_id == Person.id)
    .outerjoin(Rhythm, Rhythm.participant_id == Person.id)
    .where(Person.chat_key == bindparam("key"), Participant.left_at.is_(None), CheckIn.id == bindparam("check_in"))
)


async def person(session: AsyncSession, user: int) -> Person | None:
    """Whoever the programme knows under this Telegram user."""
    return await session.scalar(select(Person).where(Person.chat_key == keys_of(session).blind(user)))


async def participant(session: AsyncSession, user: int) -> tuple[Person, Participant] | None:
    """The person and their participation, while it lasts (from consent to leaving)."""
    row = (await session.execute(_PARTICIPANT, {"key": keys_of(session).blind(user)})).first()
    return None if row is None else (row[0], row[1])


async def require_participant(session: AsyncSession, user: int) -> tuple[Person, Participant]:
    """The participant, or a Refusal that says how to get in."""
    found = await participant(session, user)
    if found is None:
        raise Refusal("refused-not-participant")
    return found


async def roles(session: AsyncSession, person_id: int) -> frozenset[Role]:
    """The roles a person holds at this moment."""
    held = await session.scalars(
        select(StaffRole.role).where(StaffRole.person_id == person_id, StaffRole.ended_at.is_(None))
    )
    return frozenset(Role(role) for role in held)


async def require_staff(session: AsyncSession, user: int, *wanted: Role) -> tuple[Person, frozenset[Role]]:
    """A member of staff who holds one of the wanted roles (any, when none is named), or a Refusal."""
    someone = await person(session, user)
    held = frozenset[Role]() if someone is None else await roles(session, someone.id)
    if someone is None or not (held & frozenset(wanted) if wanted else held):
        raise Refusal("refused-staff-only")
    return someone, held


async def carers(session: AsyncSession, role: Role) -> list[Person]:
    """Everyone who holds the role and can be written to, longest-serving first."""
    rows = await session.scalars(
        select(Person)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(StaffRole.role == role, StaffRole.ended_at.is_(None), Person.reachable)
        .order_by(StaffRole.since_at, StaffRole.id)
    )
    return list(rows)


async def counselor_of(session: AsyncSession, person_id: int) -> Person | None:
    """The counselor of a participant; None for everybody else."""
    return await session.scalar(
        select(Person)
        .join(Participant, Participant.counselor_id == Person.id)
        .where(Participant.person_id == person_id, Participant.left_at.is_(None))
    )


async def own_check_in(
    session: AsyncSession, user: int, check_in_id: int
) -> tuple[Person, Participant, CheckIn, Rhythm | None]:
    """A check-in of the person who asks and how they are asked; someone else's is refused as if it did not exist."""
    row = (await session.execute(_OWN_CHECK_IN, {"key": keys_of(session).blind(user), "check_in": check_in_id})).first()
    if row is None:
        await require_participant(session, user)
        raise Refusal("refused-not-yours")
    return row[0], row[1], row[2], row[3]


async def entitled_alert(session: AsyncSession, user: int, alert_id: int) -> tuple[Person, Alert, Participant]:
    """An alert, for a carer who may act on it: a supervisor, the assigned counselor, or a carer it was told to."""
    who, held = await require_staff(session, user, *CARERS)
    row = (
        await session.execute(
            select(Alert, Participant)
            .join(Participant, Participant.person_id == Alert.participant_id)
            .where(Alert.id == alert_id)
            .with_for_update(of=Alert)
            .execution_options(populate_existing=True)
        )
    ).first()
    if row is None:
        raise Refusal("refused-not-yours")
    alert, part = row
    told = Role.SUPERVISOR in held or part.counselor_id == who.id
    if not told:
        told = bool(
            await session.scalar(
                select(Notice.id).where(Notice.alert_id == alert_id, Notice.person_id == who.id).limit(1)
            )
        )
    if not told:
        raise Refusal("refused-not-yours")
    return who, alert, part


async def entitled_case(session: AsyncSession, user: int, participant_id: int) -> tuple[Person, Person, Participant]:
    """The carer who asks, and the participant they look after: a supervisor any, a counselor their own caseload."""
    who, held = await require_staff(session, user, *CARERS)
    row = (
        await session.execute(
            select(Person, Participant)
            .join(Participant, Participant.person_id == Person.id)
            .where(Person.id == participant_id, Participant.left_at.is_(None))
        )
    ).first()
    if row is None or (Role.SUPERVISOR not in held and row[1].counselor_id != who.id):
        raise Refusal("refused-not-yours")
    return who, row[0], row[1]


async def cases_of(
    session: AsyncSession, user: int, page: int, size: int
) -> tuple[Person, list[tuple[Person, Participant]], int]:
    """The carer who asks, a page of everyone they look after, longest there first, and how many those are."""
    who, held = await require_staff(session, user, *CARERS)
    query = (
        select(Person, Participant)
        .join(Participant, Participant.person_id == Person.id)
        .where(Participant.left_at.is_(None), Participant.enrolled_at.is_not(None))
    )
    if Role.SUPERVISOR not in held:
        query = query.where(Participant.counselor_id == who.id)
    count = await session.scalar(select(func.count()).select_from(query.subquery()))
    rows = await session.execute(query.order_by(Participant.joined_at, Person.id).offset(page * size).limit(size))
    return who, [(row[0], row[1]) for row in rows], count or 0
