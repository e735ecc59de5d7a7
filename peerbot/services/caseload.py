"""What staff do: list their alerts, act on one, make invites."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care.levels import Level
from peerbot.db.models import AlertState, Feedback, Role
from peerbot.errors import Refusal
from peerbot.messages import alerts as say
from peerbot.messages import enrolment as say_enrolment
from peerbot.messages import general
from peerbot.services import access, alerts, enrolment, evidence
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

INVITABLE = {
    Role.COUNSELOR: ("participant",),
    Role.SUPERVISOR: ("participant", "counselor", "moderator"),
    Role.ADMIN: ("counselor", "supervisor", "moderator", "admin"),
    Role.MODERATOR: (),
}


async def list_alerts(session: AsyncSession, user: int) -> None:
    """/alerts: the unfinished ones a carer is to see."""
    who, held = await access.require_staff(session, user, *access.CARERS)
    rows = await alerts.open_alerts(session, who, held)
    entries = [(alert.id, Level(alert.level), part.case_code, alert.state, alert.opened_at) for alert, part in rows]
    await tell(session, who, say.listing(programme_of(session).texts, who.locale, entries, who.zone))


async def act(session: AsyncSession, user: int, alert_id: int, what: str, *, message_id: int, now: datetime) -> None:
    """A button on an alert."""
    texts = programme_of(session).texts
    who, alert, part = await access.entitled_alert(session, user, alert_id)
    if what == "ack":
        await alerts.acknowledge(session, user, alert_id, now=now)
        await tell(session, who, await alerts.status(session, alert, part, who), edit=message_id)
    elif what == "open":
        await tell(session, who, await evidence.opened(session, user, alert_id, now=now), then=alerts.DETAILS_SHOWN)
    elif what == "close" and alert.state != AlertState.CLOSED:
        asked = say.outcomes(texts, who.locale, alert=alert.id, level=Level(alert.level), case=part.case_code)
        await tell(session, who, asked, edit=message_id)
    elif what == "show":
        await alerts.seen(session, alert, who, now=now)
        await tell(session, who, await alerts.status(session, alert, part, who))
    elif what in ("back", "close"):
        await tell(session, who, await alerts.status(session, alert, part, who), edit=message_id)
    else:
        raise Refusal("refused-old-button")


async def close(
    session: AsyncSession, user: int, alert_id: int, outcome: str, *, message_id: int, now: datetime
) -> None:
    """An alert closed with how it ended."""
    if outcome not in say.OUTCOMES:
        raise Refusal("refused-old-button")
    alert = await alerts.close(session, user, alert_id, outcome, now=now)
    who, _alert, part = await access.entitled_alert(session, user, alert_id)
    await tell(session, who, await alerts.status(session, alert, part, who), edit=message_id)


async def give_feedback(
    session: AsyncSession, user: int, alert_id: int, feedback: str, *, message_id: int, now: datetime
) -> None:
    """Whether a closed alert was worth it, told by a tap."""
    if feedback not in say.FEEDBACK:
        raise Refusal("refused-old-button")
    alert = await alerts.give_feedback(session, user, alert_id, Feedback(feedback), now=now)
    who, _alert, part = await access.entitled_alert(session, user, alert_id)
    await tell(session, who, await alerts.status(session, alert, part, who), edit=message_id)


async def ask_invite(session: AsyncSession, user: int) -> None:
    """/invite: whom for?"""
    who, held = await access.require_staff(session, user)
    roles = _invitable(held)
    if not roles:
        raise Refusal("refused-staff-only")
    await tell(session, who, general.choose_invite(programme_of(session).texts, who.locale, roles))


def _invitable(held: frozenset[Role]) -> list[str]:
    return list(dict.fromkeys(role for mine in sorted(held) for role in INVITABLE[mine]))


async def make_invite(session: AsyncSession, user: int, role: str, *, message_id: int, now: datetime) -> None:
    """A fresh one-time link; a participant's names the one who made it as their counselor."""
    who, held = await access.require_staff(session, user)
    if role not in _invitable(held):
        raise Refusal("refused-staff-only")
    counselor = who.id if role == enrolment.PARTICIPANT else None
    code, expires = await enrolment.make_invite(session, role=role, now=now, counselor_id=counselor, made_by=who.id)
    outgoing = say_enrolment.invite_link(
        programme_of(session).texts,
        who.locale,
        link=enrolment.link(session, code),
        role=role,
        expires=expires,
        zone=who.zone,
    )
    await tell(session, who, outgoing, edit=message_id)
