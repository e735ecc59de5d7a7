"""The outbox: rows of calls to make. Enqueue in the transaction of the fact, claim with a lease, settle with the fate.

All times here are real time: turning the training room's clock never expires a lease. Nothing here talks to Telegram.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, Table, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from peerbot.db.base import UtcDateTime
from peerbot.db.engine import keys_of
from peerbot.db.models import OutboxRow, OutboxState
from peerbot.db.queue_rows import CLAIMED, PENDING
from peerbot.outgoing import Lane, Outgoing

LEASE = timedelta(seconds=15)
REPEAT_NOTE = "_repeat_note"
CHART = "_chart"
TURNED_DOWN = "turned down"
"""How a failure begins that is about the row itself and not about its chat or the line."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call goes: a chat id, and the person behind it when the programme knows one."""

    chat: int
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row taken by the sender, with everything the call needs."""

    id: int
    lane: Lane
    chat_key: str
    chat: int
    person_id: int | None
    method: str
    payload: dict[str, Any]
    then: str | None
    subject_id: int | None
    attempts: int
    doubtful: int
    expires_at: datetime | None

    @property
    def is_crisis(self) -> bool:
        """Whether it travels on the connections kept for alerts."""
        return self.lane is Lane.CRISIS


class Outcome(StrEnum):
    """How a row ended, as its `then` is told."""

    SENT = "sent"
    UNREACHABLE = "unreachable"
    EXPIRED = "expired"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a row's `then` is given."""

    outbox_id: int
    outcome: Outcome
    subject_id: int | None
    person_id: int | None
    message_id: int | None
    result: Any = None
    """What Telegram answered when it was no message: True, or an object as JSON. None where it only did no harm."""


_SUPERSEDE = (
    update(OutboxRow)
    .where(OutboxRow.edit_key == bindparam("key"), OutboxRow.state == PENDING)
    .values(
        state=OutboxState.DROPPED,
        payload=None,
        chat=None,
        settled_at=bindparam("at", type_=UtcDateTime()),
        failure="superseded",
    )
    .execution_options(synchronize_session=False)
)


async def enqueue(
    session: AsyncSession,
    target: Target,
    method: str,
    payload: dict[str, Any],
    *,
    lane: Lane,
    now: datetime,
    expires: timedelta | None = None,
    delay: timedelta | None = None,
    then: str | None = None,
    subject_id: int | None = None,
    edit_key: str | None = None,
) -> OutboxRow:
    """Puts a call into the outbox; `now` is real time. A later edit of the same message replaces one still waiting."""
    if edit_key is not None:
        if any(isinstance(new, OutboxRow) and new.edit_key == edit_key for new in session.new):
            await session.flush()  # only then is what this unit of work queued itself among the superseded
        with session.no_autoflush:
            await session.execute(_SUPERSEDE, {"key": edit_key, "at": now})
    row = OutboxRow(
        lane=lane,
        is_crisis=lane is Lane.CRISIS,
        chat_key=keys_of(session).blind(target.chat),
        chat=str(target.chat),
        person_id=target.person_id,
        method=method,
        payload=json.dumps(payload, ensure_ascii=False),
        then=then,
        subject_id=subject_id,
        edit_key=edit_key,
        due_at=now + (delay or timedelta()),
        expires_at=now + expires if expires else None,
        created_at=now,
    )
    session.add(row)
    return row


def message_payload(outgoing: Outgoing, *, edit: int | None = None) -> tuple[str, dict[str, Any]]:
    """Method and parameters for a message, or for changing the message with id `edit`."""
    payload: dict[str, Any] = {"text": outgoing.text, "parse_mode": "HTML"}
    if outgoing.keyboard is not None:
        payload["reply_markup"] = outgoing.keyboard
    if edit is not None:
        return "editMessageText", payload | {"message_id": edit}
    payload |= {"protect_content": outgoing.protect, "disable_notification": outgoing.silent}
    if outgoing.chart is not None:
        payload["caption"] = payload.pop("text")
        payload[CHART] = outgoing.chart
        return "sendPhoto", payload
    payload["link_preview_options"] = {"is_disabled": True}
    if outgoing.repeat_note:
        payload[REPEAT_NOTE] = outgoing.repeat_note
    return "sendMessage", payload


def _heads(crisis: bool) -> Select[OutboxRow]:
    """Rows that may go: due, and the first of their chat. A row put off by a failure still keeps its place, but for one
    turned down for what it is: its chat would wait for it for ever.

    A row somebody else is changing at this moment is passed over: it may be taken back, and no call waits for that.
    """
    earlier, now = aliased(OutboxRow), bindparam("now", type_=UtcDateTime())
    turned_down = func.coalesce(earlier.failure, "").startswith(TURNED_DOWN)
    in_the_way = (
        select(earlier.id)
        .where(
            earlier.chat_key == OutboxRow.chat_key,
            earlier.is_crisis == OutboxRow.is_crisis,
            earlier.state.in_((PENDING, CLAIMED)),
            or_(
                earlier.state == CLAIMED,
                and_(
                    or_(earlier.due_at <= now, and_(earlier.attempts > 0, ~turned_down)),
                    or_(earlier.lane < OutboxRow.lane, and_(earlier.lane == OutboxRow.lane, earlier.id < OutboxRow.id)),
                ),
            ),
        )
        .correlate(OutboxRow)
        .exists()
    )
    lane = OutboxRow.lane == Lane.CRISIS if crisis else OutboxRow.lane > Lane.CRISIS
    return (
        select(OutboxRow)
        .where(OutboxRow.state == PENDING, lane, OutboxRow.due_at <= now, ~in_the_way)
        # The answer to a tap goes into no chat, so a chat that cools does not hold it up.
        .where(
            or_(
                OutboxRow.chat_key.not_in(bindparam("cooling", expanding=True)),
                OutboxRow.method == "answerCallbackQuery",
            )
        )
        .order_by(OutboxRow.lane, OutboxRow.id)
        .limit(bindparam("most"))
        .with_for_update(of=OutboxRow, skip_locked=True)
    )


# Built once: putting a statement together takes longer than running it.
_HEADS = {crisis: _heads(crisis) for crisis in (True, False)}


async def claim(
    session: AsyncSession, *, crisis: bool, most: int, cooling: Sequence[str], now: datetime
) -> tuple[list[Claimed], list[Claimed]]:
    """Takes up to `most` rows that may go now; returns them and, apart, those that expired while waiting."""
    rows = (await session.scalars(_HEADS[crisis], {"now": now, "cooling": list(cooling), "most": most})).all()
    if not rows:
        return [], []
    expired = [row for row in rows if row.expires_at is not None and row.expires_at <= now]
    taken = [row.id for row in rows if row not in expired]
    if taken:
        await session.execute(
            update(OutboxRow)
            .where(OutboxRow.id.in_(taken), OutboxRow.state == PENDING)
            .values(state=OutboxState.CLAIMED, lease_until=now + LEASE, attempts=OutboxRow.attempts + 1)
            .execution_options(synchronize_session=False)
        )
    claimed = [_claimed(row) for row in rows if row.id in set(taken)]
    return claimed, [_claimed(row) for row in expired]


def _claimed(row: OutboxRow) -> Claimed:
    return Claimed(
        id=row.id,
        lane=Lane(row.lane),
        chat_key=row.chat_key,
        chat=int(row.chat or 0),
        person_id=row.person_id,
        method=row.method,
        payload=json.loads(row.payload or "{}"),
        then=row.then,
        subject_id=row.subject_id,
        attempts=row.attempts + 1,
        doubtful=row.doubtful,
        expires_at=row.expires_at,
    )


async def settle(
    session: AsyncSession,
    row: Claimed,
    state: OutboxState,
    *,
    now: datetime,
    message_id: int | None = None,
    failure: str | None = None,
) -> None:
    """Ends a row and empties its text. A row to someone the programme does not know is forgotten altogether."""
    if row.person_id is None and row.chat > 0 and state in (OutboxState.SENT, OutboxState.DROPPED):
        await session.execute(delete(OutboxRow).where(OutboxRow.id == row.id))
        return
    keep = {} if state is OutboxState.PARKED else {"payload": None, "chat": None}
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row.id)
        .values(state=state, settled_at=now, message_id=message_id, failure=failure, lease_until=None, **keep)
        .execution_options(synchronize_session=False)
    )


async def settle_sent(session: AsyncSession, sent: Iterable[tuple[Claimed, int | None]], now: datetime) -> None:
    """Ends many delivered rows in one trip."""
    known = [(row, message_id) for row, message_id in sent if row.person_id is not None or row.chat < 0]
    strangers = [row.id for row, _ in sent if row.person_id is None and row.chat > 0]
    if known:
        connection = await session.connection()
        table = OutboxRow.__table__
        assert isinstance(table, Table)  # noqa: S101 - a mapped class always has one
        await connection.execute(
            table.update()
            .where(table.c.id == bindparam("row_id"))
            .values(
                state=OutboxState.SENT,
                payload=None,
                chat=None,
                lease_until=None,
                settled_at=now,
                message_id=bindparam("sent_id"),
            ),
            [{"row_id": row.id, "sent_id": message_id} for row, message_id in known],
        )
    if strangers:
        await session.execute(delete(OutboxRow).where(OutboxRow.id.in_(strangers)))


async def put_back(
    session: AsyncSession,
    row: Claimed,
    *,
    due_at: datetime,
    doubtful: bool = False,
    failure: str | None = None,
    chat: int | None = None,
) -> None:
    """Returns a row to the queue for `due_at`; `doubtful` when Telegram may have accepted it unseen.

    Only a claimed one: a row that was ended meanwhile has no text any more and must not come back.
    """
    moved = {} if chat is None else {"chat": str(chat), "chat_key": keys_of(session).blind(chat)}
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row.id, OutboxRow.state == CLAIMED)
        .values(
            state=OutboxState.PENDING,
            due_at=due_at,
            lease_until=None,
            doubtful=OutboxRow.doubtful + int(doubtful),
            failure=failure,
            **moved,
        )
        .execution_options(synchronize_session=False)
    )


async def free_claims(session: AsyncSession, *, now: datetime, all_of_them: bool) -> int:
    """Returns claimed rows to the queue as doubtful: all of them at the start of a sole sender, else expired leases."""
    query = update(OutboxRow).where(OutboxRow.state == CLAIMED)
    if not all_of_them:
        query = query.where(OutboxRow.lease_until < now)
    freed = await session.execute(
        query.values(state=OutboxState.PENDING, lease_until=None, doubtful=OutboxRow.doubtful + 1, due_at=now)
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(freed.all())


async def next_due(session: AsyncSession, *, crisis: bool) -> datetime | None:
    """When the earliest waiting row becomes due."""
    lane = OutboxRow.lane == Lane.CRISIS if crisis else OutboxRow.lane > Lane.CRISIS
    return await session.scalar(
        select(OutboxRow.due_at).where(OutboxRow.state == PENDING, lane).order_by(OutboxRow.due_at).limit(1)
    )


async def withdraw(session: AsyncSession, *, then: str, subject_ids: Sequence[int], now: datetime) -> None:
    """Takes back rows that were not sent yet, because what they say is no longer so."""
    if subject_ids:
        await session.execute(
            update(OutboxRow)
            .where(OutboxRow.then == then, OutboxRow.subject_id.in_(subject_ids), OutboxRow.state == PENDING)
            .values(state=OutboxState.DROPPED, payload=None, chat=None, settled_at=now, failure="withdrawn")
        )
