"""The way in and out: one-time invites, consent first, then a person, a role or a participation; leaving any time."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot import log
from peerbot.care import crisis
from peerbot.care.facts import Facts, Happening
from peerbot.care.risk import assess
from peerbot.db.engine import keys_of
from peerbot.db.models import (
    CheckIn,
    CheckInState,
    Consent,
    Dialog,
    Invite,
    Participant,
    Person,
    Role,
    Schedule,
    StaffRole,
)
from peerbot.delivery.outbox import Target
from peerbot.errors import Refusal
from peerbot.messages import enrolment as say
from peerbot.messages import general
from peerbot.services import access, alerts, menu, welcome
from peerbot.services.post import tell
from peerbot.services.programme import CONSENT_VERSION, programme_of

INVITE_LIFE = timedelta(days=7)
PARTICIPANT = "participant"
CASE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that are mistaken for one another
MOST_CASE_CODE = 20
logger = log.get("enrolment")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever writes: their private chat, the name and language their Telegram gives."""

    user: int
    name: str
    locale: str

    @property
    def target(self) -> Target:
        """Their chat, with no person behind it yet."""
        return Target(self.user)


def hash_of(code: str) -> str:
    """What is kept of an invite code."""
    return hashlib.sha256(code.encode()).hexdigest()


async def make_invite(
    session: AsyncSession,
    *,
    role: str,
    now: datetime,
    counselor_id: int | None = None,
    case_code: str | None = None,
    made_by: int | None = None,
) -> tuple[str, datetime]:
    """Makes a one-time code; returns it and its end. Refuses a counselor who cannot be told anything."""
    if counselor_id is not None:
        await require_reachable_carer(session, counselor_id)
    if case_code is not None:
        await _require_free(session, case_code)
    code = secrets.token_urlsafe(16)
    expires = now + INVITE_LIFE
    session.add(
        Invite(
            code_hash=hash_of(code),
            role=role,
            counselor_id=counselor_id,
            case_code=case_code,
            made_by=made_by,
            created_at=now,
            expires_at=expires,
        )
    )
    return code, expires


async def require_reachable_carer(session: AsyncSession, person_id: int) -> Person:
    """A counselor or supervisor with a chat that works; an alert to anyone else would reach nobody."""
    person = await session.get(Person, person_id)
    if person is None or not (await access.roles(session, person_id) & access.CARERS):
        raise Refusal("refused-no-such-counselor")
    if not person.reachable:
        raise Refusal("refused-counselor-unreachable")
    return person


async def _require_free(session: AsyncSession, case_code: str) -> None:
    if not case_code.strip() or len(case_code) > MOST_CASE_CODE or ":" in case_code:
        raise Refusal("refused-case-code")
    if await _is_taken(session, case_code):
        raise Refusal("refused-case-taken")


async def _is_taken(session: AsyncSession, case_code: str) -> bool:
    key = keys_of(session).blind(case_code, "case")
    return bool(await session.scalar(select(Participant.person_id).where(Participant.case_key == key)))


def link(session: AsyncSession, code: str) -> str:
    """The address that opens the bot with the code in hand."""
    return f"https://t.me/{programme_of(session).bot_username}?start={code}"


async def arrive(
    session: AsyncSession,
    visitor: Visitor,
    code: str,
    *,
    now: datetime,
    locale: str | None = None,
    edit: int | None = None,
) -> None:
    """Someone opened the bot with an invite: they see the consent screen, and nothing about them is kept."""
    invite = await _usable(session, visitor, code, now)
    if invite.role == PARTICIPANT:
        await _counselor_for(session, invite)
    programme = programme_of(session)
    speaks = locale or visitor.locale
    lines = crisis.card(programme.crisis_lines, programme.country, speaks)
    outgoing = say.consent(programme.texts, speaks, lines, invite=code, role=invite.role)
    await tell(session, visitor.target, outgoing, edit=edit)


async def _usable(session: AsyncSession, visitor: Visitor, code: str, now: datetime) -> Invite:
    invite = await session.scalar(select(Invite).where(Invite.code_hash == hash_of(code)))
    if invite is None:
        raise Refusal("refused-invite-unknown")
    if invite.used_at is not None:
        raise Refusal("refused-invite-spent")
    if invite.expires_at <= now:
        raise Refusal("refused-invite-expired")
    known = await access.person(session, visitor.user)
    if known is not None:
        is_staff = bool(await access.roles(session, known.id))
        if (invite.role == PARTICIPANT and is_staff) or (
            invite.role in access.CARERS and await access.participant(session, visitor.user)
        ):
            raise Refusal("refused-invite-other-side")
        if invite.role == PARTICIPANT and await access.participant(session, visitor.user):
            raise Refusal("refused-already-in")
    return invite


async def _counselor_for(session: AsyncSession, invite: Invite) -> Person:
    """The invite's counselor while they can be told, else a supervisor; no carer at all refuses the enrolment."""
    if invite.counselor_id is not None:
        counselor = await session.get_one(Person, invite.counselor_id)
        if counselor.reachable and await access.roles(session, counselor.id) & access.CARERS:
            return counselor
    for role in (Role.SUPERVISOR, Role.COUNSELOR):
        able = await access.carers(session, role)
        if able:
            return able[0]
    raise Refusal("refused-no-staff")


async def decline(session: AsyncSession, visitor: Visitor, locale: str, *, message_id: int) -> None:
    """No to the consent screen: nothing was kept, and the lines to call stay with them."""
    programme = programme_of(session)
    lines = crisis.card(programme.crisis_lines, programme.country, locale)
    await tell(session, visitor.target, general.declined(programme.texts, locale, lines), edit=message_id)


async def consent(
    session: AsyncSession, visitor: Visitor, code: str, locale: str, *, message_id: int, now: datetime
) -> None:
    """Yes: the invite is spent, the consent written down, and the person exists from here on."""
    invite = await _usable(session, visitor, code, now)
    counselor = await _counselor_for(session, invite) if invite.role == PARTICIPANT else None
    spent = await session.execute(
        update(Invite).where(Invite.id == invite.id, Invite.used_at.is_(None)).values(used_at=now).returning(Invite.id)
    )
    if spent.first() is None:
        raise Refusal("refused-invite-spent")
    person = await _person(session, visitor, locale, now)
    session.add(Consent(person_id=person.id, version=CONSENT_VERSION, locale=locale, accepted_at=now))
    await tell(
        session, person, general.agreed(programme_of(session).texts, locale, version=CONSENT_VERSION), edit=message_id
    )
    if counselor is not None:
        await _become_participant(session, person, invite, counselor, now)
    else:
        await _become_staff(session, person, Role(invite.role), now)
    logger.info("invite_used", invite=invite.id, role=invite.role)


async def _person(session: AsyncSession, visitor: Visitor, locale: str, now: datetime) -> Person:
    person = await access.person(session, visitor.user)
    if person is None:
        person = Person(
            chat_key=keys_of(session).blind(visitor.user),
            chat=str(visitor.user),
            alias=visitor.name,
            zone=programme_of(session).zone,
            created_at=now,
        )
        session.add(person)
    person.locale, person.reachable = locale, True
    await session.flush()
    return person


async def _become_participant(
    session: AsyncSession, person: Person, invite: Invite, counselor: Person, now: datetime
) -> None:
    part = await session.get(Participant, person.id)
    if part is None:
        # Two invites may name the same case; the one who comes second gets a code of their own and is not turned away.
        wanted = invite.case_code if invite.case_code and not await _is_taken(session, invite.case_code) else None
        case_code = wanted or await _free_case_code(session)
        part = Participant(
            person_id=person.id,
            case_code=case_code,
            case_key=keys_of(session).blind(case_code, "case"),
            counselor_id=counselor.id,
            joined_at=now,
        )
        session.add(part)
    part.left_at, part.enrolled_at, part.counselor_id = None, None, counselor.id
    await session.flush()
    await welcome.begin(session, person, now=now)


async def _free_case_code(session: AsyncSession) -> str:
    while True:
        code = "C-" + "".join(secrets.choice(CASE_LETTERS) for _ in range(4))
        if not await _is_taken(session, code):
            return code


async def _become_staff(session: AsyncSession, person: Person, role: Role, now: datetime) -> None:
    if role not in await access.roles(session, person.id):
        session.add(StaffRole(person_id=person.id, role=role, since_at=now))
    programme = programme_of(session)
    await tell(session, person, say.staff_welcome(programme.texts, person.locale, role=role))
    await menu.give_staff(session, person)


async def ask_leave(session: AsyncSession, user: int) -> None:
    """/stop asks once, because a slip of the thumb must not end somebody's support."""
    someone = await access.person(session, user)
    if someone is None:
        raise Refusal("refused-not-in")
    is_staff = bool(await access.roles(session, someone.id))
    if not is_staff and await access.participant(session, user) is None:
        raise Refusal("refused-not-in")
    await tell(session, someone, general.ask_leave(programme_of(session).texts, someone.locale, staff=is_staff))


async def leave(session: AsyncSession, user: int, *, message_id: int, event: str, now: datetime) -> None:
    """Ends a participation, or a person's roles: no more questions, consent taken back, the team told."""
    someone = await access.person(session, user)
    if someone is None:
        raise Refusal("refused-not-in")
    programme = programme_of(session)
    found = await access.participant(session, user)
    for role in await access.roles(session, someone.id):
        await end_role(session, someone, role, now=now)
    if found is not None:
        part = found[1]
        findings = assess(Facts(happening=Happening.LEFT))
        await alerts.raise_findings(session, part, findings, source=f"left:{event}", now=now)
        part.left_at = now
        await _forget_plans(session, someone.id)
    await session.execute(
        update(Consent).where(Consent.person_id == someone.id, Consent.revoked_at.is_(None)).values(revoked_at=now)
    )
    lines = crisis.card(programme.crisis_lines, programme.country, someone.locale)
    await tell(session, someone, general.left(programme.texts, someone.locale, lines), edit=message_id)
    await tell(session, someone, general.keyboard_gone(programme.texts, someone.locale))


async def _forget_plans(session: AsyncSession, person_id: int) -> None:
    await session.execute(update(Schedule).where(Schedule.participant_id == person_id).values(due_at=None, due_on=None))
    await session.execute(
        update(CheckIn)
        .where(CheckIn.participant_id == person_id, CheckIn.state == CheckInState.OPEN)
        .values(state=CheckInState.CLOSED, remind_at=None, answer_by=None)
    )
    dialog = await session.get(Dialog, person_id)
    if dialog is not None:
        await session.delete(dialog)


async def end_role(session: AsyncSession, person: Person, role: Role, *, now: datetime) -> int:
    """Ends a role at once. A carer's participants go to another carer; returns how many were handed over."""
    await session.execute(
        update(StaffRole)
        .where(StaffRole.person_id == person.id, StaffRole.role == role, StaffRole.ended_at.is_(None))
        .values(ended_at=now)
    )
    if role not in access.CARERS or await access.roles(session, person.id) & access.CARERS:
        return 0
    caseload = (
        await session.scalars(
            select(Participant).where(Participant.counselor_id == person.id, Participant.left_at.is_(None))
        )
    ).all()
    others = [*await access.carers(session, Role.SUPERVISOR), *await access.carers(session, Role.COUNSELOR)]
    for part in caseload:
        if others:
            part.counselor_id = others[0].id
    await alerts.counselor_lost(session, person.id, now=now)
    if caseload and others:
        await tell(
            session,
            others[0],
            general.caseload_taken(programme_of(session).texts, others[0].locale, count=len(caseload)),
        )
    elif caseload:
        logger.critical("caseload_without_carer", count=len(caseload))
    return len(caseload)
