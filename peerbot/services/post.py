"""Hands what messages say to the outbox: a person's chat, a stranger's chat, the answer to a tap."""

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.db.engine import keys_of
from peerbot.db.models import OutboxRow, Person
from peerbot.delivery.outbox import Target, enqueue, message_payload
from peerbot.outgoing import Lane, Outgoing
from peerbot.services.programme import programme_of

TOAST_LIFE = timedelta(seconds=30)
TOAST_LENGTH = 200


def target_of(person: Person) -> Target:
    """A person's private chat."""
    return Target(int(person.chat), person.id)


async def tell(
    session: AsyncSession,
    who: Person | Target,
    outgoing: Outgoing,
    *,
    edit: int | None = None,
    then: str | None = None,
    subject_id: int | None = None,
) -> OutboxRow:
    """Queues a message, or with `edit` the change of the message with that id."""
    target = target_of(who) if isinstance(who, Person) else who
    method, payload = message_payload(outgoing, edit=edit)
    return await call(
        session,
        target,
        method,
        payload,
        lane=outgoing.lane,
        expires=outgoing.expires,
        then=then,
        subject_id=subject_id,
        edit_key=None if edit is None else f"{keys_of(session).blind(target.chat)}:{edit}",
    )


async def call(
    session: AsyncSession,
    target: Target,
    method: str,
    payload: dict[str, Any],
    *,
    lane: Lane,
    expires: timedelta | None = None,
    delay: timedelta | None = None,
    then: str | None = None,
    subject_id: int | None = None,
    edit_key: str | None = None,
) -> OutboxRow:
    """Queues any call of the closed set, due in real time."""
    return await enqueue(
        session,
        target,
        method,
        payload,
        lane=lane,
        now=programme_of(session).clock.real(),
        expires=expires,
        delay=delay,
        then=then,
        subject_id=subject_id,
        edit_key=edit_key,
    )


async def toast(session: AsyncSession, target: Target, query_id: str, text: str = "") -> None:
    """Answers a tap, so that its spinner ends; worth nothing after half a minute."""
    payload = {"callback_query_id": query_id, "text": text[:TOAST_LENGTH]} if text else {"callback_query_id": query_id}
    await call(session, target, "answerCallbackQuery", payload, lane=Lane.REPLY, expires=TOAST_LIFE)
