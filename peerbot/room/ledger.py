"""The room's ledger: for every event what was received, decided, queued, sent and acknowledged.

It reads the bot's own database beside the bot (and can write nothing), and remembers which update was about whom. What
the page shows of it is plain values; the wording of reasons is the bot's own.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import and_, event, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from peerbot.care.levels import Level
from peerbot.db.models import (
    Alert,
    AlertEvent,
    Finding,
    InboxRow,
    InboxState,
    Notice,
    OutboxRow,
    OutboxState,
    Participant,
    Person,
    Schedule,
)
from peerbot.db.sealed import Keys
from peerbot.room.clock import RoomClock
from peerbot.room.flow import Event, Heard, events_of, share_out
from peerbot.services import alerts, checkins, upkeep
from peerbot.simulator.simulator import Simulator
from peerbot.simulator.updates import Update
from peerbot.simulator.world import Json
from peerbot.texts import TextError, Texts

FLOW = 40  # events shown
ALERTS = 8
WAITING = (OutboxState.PENDING, OutboxState.CLAIMED)
Row = dict[str, Any]
Answer = TypeVar("Answer")
Question = Callable[[AsyncSession], Awaitable[Answer]]


@dataclass(slots=True)
class Ledger:
    """Reads the bot's database; knows every update the room's Telegram made since the room opened."""

    path: Path
    keys: tuple[str, ...]
    clock: RoomClock
    sim: Simulator
    texts: Texts
    locale: str
    heard: dict[int, Heard] = field(default_factory=dict)
    opened: datetime = field(default_factory=lambda: datetime.now(UTC))
    _engine: Any = None
    _looks: set[asyncio.Future[Any]] = field(default_factory=set)

    def __post_init__(self) -> None:
        keys = Keys(list(self.keys))
        self._engine = create_async_engine(f"sqlite+aiosqlite:///{self.path}", pool_size=1, max_overflow=0)
        keys.hang_on(self._engine.sync_engine.dialect)

        @event.listens_for(self._engine.sync_engine, "connect")
        def _only_read(connection: Any, _record: object) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA query_only=ON")
            cursor.close()

        self.sim.updates.made = self._note

    def _note(self, update: Update) -> None:
        content = update.content[update.kind]
        if isinstance(content, dict):
            sender = content.get("from")
            user = sender.get("id") if isinstance(sender, dict) else 0
            found = Heard(
                self.clock.now(), update.kind, user if isinstance(user, int) else 0, _words(content), _message(content)
            )
            self.heard[update.id] = found

    async def ask(self, question: Question[Answer]) -> Answer:
        """One look at the database as it is now; whoever gives up waiting does not tear the connection from it."""

        async def look() -> Answer:
            async with AsyncSession(self._engine, expire_on_commit=False) as session:
                return await question(session)

        task = asyncio.ensure_future(look())
        self._looks.add(task)
        task.add_done_callback(self._looks.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Lets go of the file."""
        await asyncio.gather(*self._looks, return_exceptions=True)
        await self._engine.dispose()

    async def version(self) -> int:
        """A number that moves whenever the bot has committed something."""
        return int(await self.ask(lambda session: session.scalar(text("PRAGMA data_version"))) or 0)

    async def busy(self) -> bool:
        """Is anything waiting that the bot could do now?"""
        soon = datetime.now(UTC) + timedelta(seconds=1)

        async def look(session: AsyncSession) -> bool:
            waiting = await session.scalar(
                select(func.count()).where(OutboxRow.state.in_(WAITING), OutboxRow.due_at <= soon)
            )
            unread = await session.scalar(select(func.count()).where(InboxRow.state == InboxState.OPEN))
            return bool(waiting or unread)

        return await self.ask(look)

    async def next_due(self, now: datetime) -> datetime | None:
        """The next moment of the room's time at which timed work falls due."""
        return await self.ask(lambda session: upkeep.next_due(session, now=now))

    async def next_check_in(self, now: datetime) -> datetime | None:
        """When the next check-in is asked."""
        due = await self.ask(
            lambda session: session.scalar(select(func.min(Schedule.due_at)).where(Schedule.due_at > now))
        )
        return due.replace(tzinfo=due.tzinfo or UTC) if due is not None else None

    async def person_id(self, user_id: int) -> int | None:
        """The programme's row of an account, None when the bot does not know it."""
        rows = await self.ask(lambda session: session.scalars(select(Person)))
        return next((row.id for row in rows if row.chat == str(user_id)), None)

    async def page(self) -> Row:
        """Everything the page shows: counts, alerts with their history, and the flow of events, newest first."""
        return await self.ask(self._page)

    async def _page(self, session: AsyncSession) -> Row:
        people = {row.id: row for row in await session.scalars(select(Person))}
        return {
            "counts": await _counts(session),
            "alerts": await self._alerts(session, people),
            "flow": await self._flow(session, people),
        }

    def name(self, person: Person | None) -> str:
        """The name in the room of somebody the programme knows."""
        if person is None:
            return ""
        found = self.sim.people.get(int(person.chat))
        return found.name if found is not None else person.alias

    async def _alerts(self, session: AsyncSession, people: dict[int, Person]) -> list[Row]:
        rows = await session.execute(
            select(Alert, Participant)
            .join(Participant, Participant.person_id == Alert.participant_id)
            .order_by(Alert.id.desc())
            .limit(ALERTS)
        )
        return [await self._alert(session, alert, part, people) for alert, part in rows]

    async def _alert(self, session: AsyncSession, alert: Alert, part: Participant, people: dict[int, Person]) -> Row:
        findings = await session.scalars(select(Finding).where(Finding.alert_id == alert.id).order_by(Finding.id))
        events = await session.scalars(
            select(AlertEvent).where(AlertEvent.alert_id == alert.id).order_by(AlertEvent.id)
        )
        return {
            "id": alert.id,
            "level": Level(alert.level).name,
            "levelText": self.texts.plain(self.locale, f"level-{Level(alert.level).name.lower().replace('_', '-')}"),
            "state": alert.state,
            "outcome": alert.outcome and self.texts.plain(self.locale, f"outcome-{alert.outcome}"),
            "case": part.case_code,
            "who": self.name(people.get(alert.participant_id)),
            "at": _stamp(alert.opened_at),
            "acknowledgedAt": _stamp(alert.acknowledged_at),
            "closedAt": _stamp(alert.closed_at),
            "reasons": [{"rule": row.rule, "text": self.reason(row)} for row in findings],
            "events": [
                {
                    "at": _stamp(row.at),
                    "event": row.event,
                    "who": self.name(people.get(row.person_id or 0)),
                    "detail": row.detail or "",
                }
                for row in events
            ],
        }

    def reason(self, row: Finding) -> str:
        """Why a rule spoke, in the bot's words."""
        try:
            return self.texts.plain(self.locale, f"rule-{row.rule}", **json.loads(row.inputs))
        except TextError:
            return row.rule

    async def _flow(self, session: AsyncSession, people: dict[int, Person]) -> list[Row]:
        """The newest events with what came of them (`flow.share_out`), newest first."""
        parts = set(await session.scalars(select(Participant.person_id)))
        inbox = (await session.scalars(select(InboxRow).order_by(InboxRow.id.desc()).limit(FLOW + 1))).all()
        start = max(self.opened, inbox[-1].received_at if len(inbox) > FLOW else self.opened)
        queued = select(OutboxRow).where(OutboxRow.created_at >= start).order_by(OutboxRow.id.desc())
        outbox = list(reversed((await session.scalars(queued.limit(6 * FLOW))).all()))
        found = (
            select(Finding)
            .where(Finding.found_at >= self.clock.shown_at(start))
            .order_by(Finding.id.desc())
            .limit(FLOW)
        )
        findings = list(reversed((await session.scalars(found)).all()))
        authors = {int(row.chat): row.id for row in people.values() if row.id in parts}
        events = events_of(inbox, self.heard, authors)
        about = await _about(session, outbox)
        shared = share_out(events, outbox, findings, about, self.clock.real_of)
        newest = sorted(shared, key=lambda one: one.row.received_at if one.row else one.began, reverse=True)[:FLOW]
        return [self._event(one, people) for one in newest]

    def _event(self, one: Event, people: dict[int, Person]) -> Row:
        heard, row = one.heard, one.row
        author = self.sim.people.get(heard.user_id) if heard is not None else None
        first = next((f"out-{row.id}" for row in one.queued), f"found-{one.findings[0].id}" if one.findings else "")
        return {
            "id": f"in-{row.id}" if row is not None else first,
            "at": _stamp(heard.at if heard is not None else self.clock.shown_at(one.began)),
            "kind": heard.kind if heard is not None else "clock",
            "who": author.name if author else "",
            "words": heard.words if heard is not None else "",
            "state": row.state if row is not None else "done",
            "attempts": row.attempts if row is not None else 0,
            "decided": [
                {
                    "rule": found.rule,
                    "text": self.reason(found),
                    "level": Level(found.level).name,
                    "about": "" if heard is not None else self.name(people.get(found.participant_id)),
                }
                for found in one.findings
            ],
            "queued": [self._queued(found, people) for found in one.queued],
        }

    def _queued(self, row: OutboxRow, people: dict[int, Person]) -> Row:
        return {
            "id": row.id,
            "method": row.method,
            "crisis": row.is_crisis,
            "to": self.name(people.get(row.person_id or 0)),
            "state": row.state,
            "attempts": row.attempts,
            "failure": row.failure or "",
        }


async def _counts(session: AsyncSession) -> dict[str, int]:
    async def count(*where: Any) -> int:
        return await session.scalar(select(func.count()).where(*where)) or 0

    waiting = OutboxRow.state.in_(WAITING)
    later = and_(OutboxRow.due_at > datetime.now(UTC) + timedelta(seconds=1), OutboxRow.attempts == 0)
    return {
        "received": await count(InboxRow.id > 0),
        "unhandled": await count(InboxRow.state == InboxState.OPEN),
        "sent": await count(OutboxRow.state == OutboxState.SENT),
        "unsent": await count(waiting, ~later),
        "later": await count(waiting, later),
        "parked": await count(InboxRow.state == InboxState.PARKED) + await count(OutboxRow.state == OutboxState.PARKED),
    }


async def _about(session: AsyncSession, outbox: Sequence[OutboxRow]) -> dict[int, int]:
    """Whom a queued row is about: the participant of a notice's alert, or the one who is asked or reminded."""
    notices = {row.subject_id: row.id for row in outbox if row.then == alerts.NOTICE_SETTLED}
    told = await session.execute(
        select(Notice.id, Alert.participant_id)
        .join(Alert, Alert.id == Notice.alert_id)
        .where(Notice.id.in_([number for number in notices if number is not None]))
    )
    asked = {row.id: row.person_id for row in outbox if row.then == checkins.DELIVERED and row.person_id is not None}
    return {notices[number]: participant for number, participant in told} | asked


def _words(content: Json) -> str:
    """What somebody wrote, or the label of the button they tapped."""
    data, message = content.get("data"), content.get("message")
    if isinstance(data, str) and isinstance(message, dict):
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        return next((str(button["text"]) for row in rows for button in row if button.get("callback_data") == data), "")
    said = content.get("text", content.get("caption", ""))
    return said[:120] if isinstance(said, str) else ""


def _message(content: Json) -> int:
    """The number of the message an update brought."""
    number = content.get("message_id", 0)
    return number if isinstance(number, int) else 0


def _stamp(at: datetime | None) -> float | None:
    """Seconds since 1970, as a page reads them."""
    if at is None:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC).timestamp()
