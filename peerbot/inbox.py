"""The durable inbox: updates are stored before Telegram hears that we have them, and handled one transaction each.

Per chat in order of arrival, chats side by side. An update that fails three times is parked, and a parked one blocks
nothing: the person, the admins and, for a participant's words, the counselor are told.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, bindparam, not_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from telegram import Update

from peerbot import log
from peerbot.buttons import HelpNow
from peerbot.clock import Clock
from peerbot.db.base import UtcDateTime
from peerbot.db.engine import Database
from peerbot.db.models import InboxRow, InboxState
from peerbot.db.queue_rows import OPEN
from peerbot.errors import Refusal
from peerbot.handlers import Router, Turn
from peerbot.parts import together
from peerbot.services import conversation, upkeep

PAUSES = (timedelta(seconds=0.5), timedelta(seconds=1.5))
"""After the first and second failure; the third parks the row."""
WORK_LIMIT = 20.0  # seconds one update may take before it counts as failed
WORKERS_ON_POSTGRES = 8
TELLINGS = 3  # tries to tell people that an update was parked
logger = log.get("inbox")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who and where a raw update comes from, read without trusting its shape."""

    chat: int | None
    user: int | None
    has_words: bool


def sender_of(raw: dict[str, Any]) -> Sender:
    """Finds chat and user of any kind of update; None where there is none."""
    body = next((value for key, value in raw.items() if key != "update_id" and isinstance(value, dict)), {})
    user = _id(body.get("from") or body.get("user"))
    message = body.get("message") if isinstance(body.get("message"), dict) else body
    chat = _id((message or {}).get("chat")) or user
    private = chat is not None and chat == user
    asked_help = body.get("data") == HelpNow.code
    words = asked_help or (any(key in raw for key in ("message", "edited_message")) and private)
    return Sender(chat, user if private or "callback_query" in raw else None, words)


def _id(value: object) -> int | None:
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, int) else None


def _oldest() -> Select[InboxRow]:
    """The oldest due row whose chat has no earlier open one."""
    earlier = aliased(InboxRow)
    later = InboxRow.due_at.op(">", is_comparison=True)(bindparam("now", type_=UtcDateTime()))
    in_the_way = (
        select(earlier.id)
        .where(
            earlier.chat_key == InboxRow.chat_key,
            earlier.state == OPEN,
            earlier.id < InboxRow.id,
        )
        .correlate(InboxRow)
        .exists()
    )
    return (
        select(InboxRow)
        # "Not later than now" instead of "by now": else SQLite walks the index by time and sorts all that waits.
        .where(InboxRow.state == OPEN, not_(later), ~in_the_way)
        .order_by(InboxRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


# Built once: putting a statement together takes longer than running it. SQLite leaves the locking out.
_OLDEST = _oldest()
_ONE = select(InboxRow).where(InboxRow.state == OPEN, InboxRow.id == bindparam("row")).with_for_update()


@dataclass(slots=True)
class Inbox:
    """Receives and handles the updates of one programme."""

    database: Database
    clock: Clock
    router: Router
    bot_id: int
    committed: Callable[[], None]
    """Called after every commit that may have queued something to send."""
    at: Callable[[str], None] = field(default=lambda _point: None)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    _in_hand: set[int] = field(default_factory=set)
    """Rows somebody here works on, also in the moment between a rollback and the writing down of the failure."""
    _stopping: bool = field(default=False)

    async def receive(self, updates: Sequence[dict[str, Any]]) -> None:
        """Stores updates; one that is already here is left as it is. After this returns they are ours."""
        now = self.clock.real()
        rows = []
        for raw in updates:
            if isinstance(raw.get("update_id"), int):
                chat = sender_of(raw).chat
                rows.append(
                    {
                        "bot_id": self.bot_id,
                        "update_id": raw["update_id"],
                        "chat_key": None if chat is None else self.database.keys.blind(chat),
                        "payload": json.dumps(raw),
                        "state": InboxState.OPEN,
                        "attempts": 0,
                        "received_at": now,
                        "due_at": now,
                    }
                )
        if rows:
            insert = sqlite.insert if self.database.is_sqlite else postgresql.insert
            async with self.database.begin() as session:
                await session.execute(insert(InboxRow).values(rows).on_conflict_do_nothing())
        self.at("after-inbox-commit")
        self.wake.set()

    def stop(self) -> None:
        """Ends `run` after the update at hand."""
        self._stopping = True
        self.wake.set()

    async def run(self) -> None:
        """Handles updates until stopped."""
        workers = 1 if self.database.is_sqlite else WORKERS_ON_POSTGRES
        working = {f"worker {number}": self._work_on() for number in range(workers)}
        await together(working, told_to_end=lambda: self._stopping)

    async def _work_on(self) -> None:
        while not self._stopping:
            self.wake.clear()
            try:
                worked = await self.work_one()
            except (SQLAlchemyError, OSError) as error:
                logger.error("inbox_unavailable", error=log.describe(error))
                await asyncio.sleep(0.5)
                continue
            if not worked:
                try:
                    async with asyncio.timeout(0.25):
                        await self.wake.wait()
                except TimeoutError:
                    pass

    async def drain(self) -> int:
        """Handles everything that is due; returns how many updates that were."""
        count = 0
        while await self.work_one():
            count += 1
        return count

    async def work_one(self) -> bool:
        """Handles the oldest due update whose chat has no earlier one open; False when there is none."""
        row_id = 0
        try:
            async with asyncio.timeout(WORK_LIMIT), self.database.begin() as session:
                row = await self._next(session)
                if row is None or row.id in self._in_hand:
                    return False
                row_id = row.id
                self._in_hand.add(row_id)
                await self._handle(session, row)
                self._done(row)
                await session.flush()
                self.at("before-flow-commit")
        except Refusal as said:
            await self._refused(row_id, said)
        except Exception as error:
            if not row_id:
                raise
            await self._failed(row_id, error)
        finally:
            self._in_hand.discard(row_id)
        self.at("after-flow-commit")
        self.committed()
        return True

    async def _next(self, session: AsyncSession, row_id: int | None = None) -> InboxRow | None:
        """The row with this id, else the oldest that may be handled; locked, where the database can lock a row."""
        if row_id is not None:
            return await session.scalar(_ONE, {"row": row_id})
        return await session.scalar(_OLDEST, {"now": self.clock.real()})

    async def _handle(self, session: AsyncSession, row: InboxRow) -> None:
        update = Update.de_json(json.loads(row.payload or "{}"), self.router.bot)
        turn = Turn(session=session, now=self.clock.now(), event=f"u{row.update_id}")
        self.router.turns[update.update_id] = turn
        try:
            await self.router.process_update(update)
        finally:
            del self.router.turns[update.update_id]
        if turn.failure is not None:
            raise turn.failure

    def _done(self, row: InboxRow) -> None:
        row.state, row.payload, row.chat_key = InboxState.DONE, None, None
        row.done_at = self.clock.real()

    async def _refused(self, row_id: int, refusal: Refusal) -> None:
        """An expected no: nothing of the handling stays, the person is told why, the update is done."""
        try:
            async with self.database.begin() as session:
                row = await self._next(session, row_id)
                if row is not None:
                    raw = json.loads(row.payload or "{}")
                    await conversation.refuse(session, raw, sender_of(raw).user, refusal)
                    self._done(row)
        except Exception as error:  # noqa: BLE001 - a broken refusal is a failure like any other
            await self._failed(row_id, error)

    async def _failed(self, row_id: int, error: BaseException) -> None:
        logger.error("update_failed", inbox=row_id, error=log.describe(error), frames=log.frames(error))
        async with self.database.begin() as session:
            row = await self._next(session, row_id)
            if row is None:
                return
            row.attempts += 1
            row.failure = log.describe(error)[:300]
            if row.attempts <= len(PAUSES):
                row.due_at = self.clock.real() + PAUSES[row.attempts - 1]
                return
            row.state, row.done_at = InboxState.PARKED, self.clock.real()
        await self._tell_parked(row_id)

    async def _tell_parked(self, row_id: int) -> None:
        """In a transaction of its own: should telling fail too, the row is parked all the same and the log says so."""
        for attempt in range(TELLINGS):
            try:
                async with self.database.begin() as session:
                    row = await session.get_one(InboxRow, row_id)
                    who = sender_of(json.loads(row.payload or "{}"))
                    await upkeep.told_parked(session, row, user=who.user, words=who.has_words, now=self.clock.now())
                break
            except Exception as error:  # noqa: BLE001 - nothing may undo the parking
                logger.critical("parked_untold", inbox=row_id, error=log.describe(error), frames=log.frames(error))
                await asyncio.sleep(0.1 * (attempt + 1))
        logger.error("update_parked", inbox=row_id)
        self.committed()
