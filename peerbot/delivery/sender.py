"""The one mouth: takes rows from the outbox, calls the Bot API outside any transaction, settles what came of it.

Two lines run side by side: one for crisis rows with connections of its own, one for all others. A crash between a call
and its settling makes the row doubtful, and it is sent again: twice is allowed, never is not.
"""

import asyncio
import html
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Bot, InputFile, Message, TelegramObject

from peerbot import charts, log
from peerbot.clock import Clock
from peerbot.db.engine import Database
from peerbot.db.models import OutboxState
from peerbot.delivery import outbox
from peerbot.delivery.fate import Fate, Kind, fate_of
from peerbot.delivery.outbox import Claimed, Delivered, Outcome
from peerbot.delivery.pace import Pace
from peerbot.outgoing import Lane
from peerbot.parts import together

CALL_TIMEOUT = 10.0  # seconds; less than the lease
IN_FLIGHT = 50
MOST_REFUSALS = 2
MOST_ODD = 8  # with the pauses between them about two minutes
SLACK = 60.0  # seconds a notice may be told to wait before the next person is told meanwhile
METHODS: Mapping[str, str] = {
    "answerCallbackQuery": "answer_callback_query",
    "approveChatJoinRequest": "approve_chat_join_request",
    "createChatInviteLink": "create_chat_invite_link",
    "declineChatJoinRequest": "decline_chat_join_request",
    "deleteMessage": "delete_message",
    "editMessageReplyMarkup": "edit_message_reply_markup",
    "editMessageText": "edit_message_text",
    "getChat": "get_chat",
    "getChatMember": "get_chat_member",
    "pinChatMessage": "pin_chat_message",
    "restrictChatMember": "restrict_chat_member",
    "sendMessage": "send_message",
    "sendPhoto": "send_photo",
    "setChatPermissions": "set_chat_permissions",
    "setMyCommands": "set_my_commands",
}
_CHATLESS = frozenset({"answerCallbackQuery", "setMyCommands"})
_TAG = re.compile(r"<[^>]+>")

Then = Callable[..., Awaitable[None]]
logger = log.get("sender")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one call: a fate, and the id of the message it made or what else Telegram answered."""

    row: Claimed
    fate: Fate
    message_id: int | None = None
    answer: Any = None


@dataclass(slots=True)
class Sender:
    """Sends the outbox of one programme."""

    database: Database
    clock: Clock
    pace: Pace
    bot: Bot
    crisis_bot: Bot
    then: Mapping[str, Then]
    at: Callable[[str], None] = field(default=lambda _point: None)
    """Called at the named points of the flow; the fault tests end the process there."""
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    wake_crisis: asyncio.Event = field(default_factory=asyncio.Event)
    token_refused: bool = field(default=False)
    out_of_reach: int = field(default=0)
    _stopping: bool = field(default=False)

    def nudge(self) -> None:
        """There may be new rows."""
        self.wake.set()
        self.wake_crisis.set()

    def stop(self) -> None:
        """Ends `run` once what is in flight has come back."""
        self._stopping = True
        self.nudge()

    async def run(self) -> None:
        """Sends until stopped. A sole sender begins by freeing the claims a crash left behind."""
        await self.recover()
        lines = {"crisis": self._line(crisis=True), "others": self._line(crisis=False)}
        await together(lines, told_to_end=lambda: self._stopping)

    async def recover(self) -> None:
        """Frees the claims a crash left behind: what they sent may have arrived, so it goes again as doubtful."""
        async with self.database.begin() as session:
            freed = await outbox.free_claims(session, now=self.clock.real(), all_of_them=True)
        if freed:
            logger.info("claims_freed", count=freed)

    async def drain(self) -> int:
        """Sends everything that may go now, and returns how many calls were made. For tests and the transcript."""
        made = 0
        while True:
            rows = await self._claim(crisis=True) or await self._claim(crisis=False)
            if not rows:
                return made
            await self._settle([await self._call(row) for row in rows])
            made += len(rows)

    async def _line(self, *, crisis: bool) -> None:
        """Claims, calls and settles until stopped. What came back is settled beside the claiming: an alert that
        somebody else holds locked must not keep the others from going out.
        """
        wake = self.wake_crisis if crisis else self.wake
        flying: set[asyncio.Task[Result]] = set()
        back: list[Result] = []
        settling: asyncio.Task[None] | None = None
        try:
            while not (self._stopping and not flying and not back and settling is None):
                wake.clear()
                done = {task for task in flying if task.done()}
                flying -= done
                back += [task.result() for task in done]
                if settling is not None and settling.done():
                    settling.result()
                    settling = None
                if back and settling is None:
                    settling = asyncio.create_task(self._settle_some(back))
                rows = await self._claim_some(crisis=crisis, most=IN_FLIGHT - len(flying) - len(back))
                flying |= {asyncio.create_task(self._call(row)) for row in rows}
                waiting: set[asyncio.Task[Any]] = {*flying, settling} if settling else {*flying}
                await self._pause(wake, waiting, crisis=crisis, busy=bool(rows or done))
        finally:
            if settling is not None:
                settling.cancel()

    async def _claim_some(self, *, crisis: bool, most: int) -> list[Claimed]:
        try:
            return [] if self._stopping or most <= 0 else await self._claim(crisis=crisis, most=most)
        except (SQLAlchemyError, OSError) as error:
            logger.error("outbox_unavailable", error=log.describe(error))
            await asyncio.sleep(1.0)
            return []

    async def _settle_some(self, back: list[Result]) -> None:
        """Settles what came back and takes it off the list; what the database did not take stays for the next time.

        Should that take longer than the leases, the rows are sent again, marked.
        """
        try:
            await self._settle(back)
        except (SQLAlchemyError, OSError) as error:
            logger.error("outbox_unavailable", error=log.describe(error))
            await asyncio.sleep(1.0)

    async def _pause(self, wake: asyncio.Event, flying: set[asyncio.Task[Any]], *, crisis: bool, busy: bool) -> None:
        """Waits for an answer, for what is being settled, a new row, or the moment the next one may go."""
        if any(task.done() for task in flying):
            return
        # Out of tokens is not out of rows: then the next look is when there is one again.
        refill = 0.0 if crisis else self.pace.wait(self.clock.monotonic())
        seconds = refill or (0.0 if busy and not crisis else 0.5)
        waker = asyncio.create_task(wake.wait())
        await asyncio.wait({waker, *flying}, timeout=max(0.005, min(seconds, 0.5)), return_when="FIRST_COMPLETED")
        waker.cancel()

    async def _claim(self, *, crisis: bool, most: int = IN_FLIGHT) -> list[Claimed]:
        """Takes what may go now and ends what came too late."""
        mono, now = self.clock.monotonic(), self.clock.real()
        room = most if crisis else min(most, self.pace.room(mono))
        if room <= 0:
            return []
        async with self.database.begin() as session:
            cooling = self.pace.cooling(mono)
            rows, late = await outbox.claim(session, crisis=crisis, most=room, cooling=cooling, now=now)
            for row in late:
                await outbox.settle(session, row, OutboxState.DROPPED, now=now, failure="expired")
                await self._then(session, row, Outcome.EXPIRED)
        for row in rows:
            self.pace.spend(row.chat_key, row.method, mono, group=row.chat < 0)
        if rows:
            self.at("after-claim")
        return rows

    async def _call(self, row: Claimed) -> Result:
        """Makes one call; never raises. Nobody cancels a call: a cancellation comes from below, and is a failure."""
        try:
            sent = await self._speak(row, row.payload)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - the sender loop; every failure is a fate
            fate = fate_of(error)
            try:
                if fate.kind is Kind.PLAIN and "text" in row.payload:
                    sent = await self._speak(row, _plain(row.payload))
                elif fate.kind is Kind.EDIT_GONE and row.method == "editMessageText":
                    sent = await self._speak(replace(row, method="sendMessage"), _fresh(row.payload))
                else:
                    return Result(row, fate)
            except (Exception, asyncio.CancelledError) as again:  # noqa: BLE001
                return Result(row, fate_of(again))
        self.at("after-accepted")
        if isinstance(sent, Message):
            return Result(row, Fate(Kind.DONE, "sent"), message_id=sent.message_id)
        answer = sent.to_dict() if isinstance(sent, TelegramObject) else sent
        return Result(row, Fate(Kind.DONE, "sent"), answer=answer)

    async def _speak(self, row: Claimed, payload: Mapping[str, Any]) -> object:
        bot = self.crisis_bot if row.is_crisis else self.bot
        arguments = dict(payload) if row.method in _CHATLESS else {"chat_id": row.chat, **payload}
        note = arguments.pop(outbox.REPEAT_NOTE, None)
        if note and row.doubtful:
            arguments["text"] = f"{note}\n{arguments['text']}"
        if outbox.CHART in arguments:
            picture = await asyncio.to_thread(charts.drawn_from, arguments.pop(outbox.CHART))
            arguments["photo"] = InputFile(picture, filename="chart.png")
        async with asyncio.timeout(CALL_TIMEOUT):
            made: object = await getattr(bot, METHODS[row.method])(**arguments)
        return made

    async def _settle(self, results: list[Result]) -> None:
        """Writes down what became of calls and takes them off the list: the delivered ones together, others alone."""
        self.at("before-settle")
        now = self.clock.real()
        done = sorted((result for result in results if result.fate.kind is Kind.DONE), key=lambda each: each.row.id)
        alone = [result for result in results if result.fate.kind is not Kind.DONE]
        if done:
            self.token_refused, self.out_of_reach = False, 0
            try:
                async with self.database.begin() as session:
                    await self._delivered_together(session, done, now)
            except Exception as error:
                if _of_the_database(error):
                    raise
                alone = done + alone
            else:
                for result in done:
                    results.remove(result)
        for result in alone:
            await self._settle_one(result, now)
            results.remove(result)

    async def _delivered_together(self, session: AsyncSession, done: list[Result], now: datetime) -> None:
        await outbox.settle_sent(session, [(result.row, result.message_id) for result in done], now)
        by_name: dict[str, list[Delivered]] = {}
        for result in done:
            if result.row.then is not None:
                by_name.setdefault(result.row.then, []).append(
                    self._delivered(result.row, Outcome.SENT, result.message_id, result.answer)
                )
        for name, delivered in by_name.items():
            await self.then[name](session, delivered=delivered, now=self.clock.now())

    async def _settle_one(self, result: Result, now: datetime) -> None:
        try:
            async with self.database.begin() as session:
                await self._write(session, result, now)
        except Exception as error:
            if _of_the_database(error):
                raise
            logger.error(
                "then_failed",
                outbox=result.row.id,
                service=result.row.then,
                error=log.describe(error),
                frames=log.frames(error),
            )
            async with self.database.begin() as session:
                state = OutboxState.SENT if result.fate.kind is Kind.DONE else OutboxState.PARKED
                await outbox.settle(
                    session, result.row, state, now=now, message_id=result.message_id, failure="then_failed"
                )

    async def _write(self, session: AsyncSession, result: Result, now: datetime) -> None:
        row, fate = result.row, result.fate
        match fate.kind:
            case Kind.DONE:
                await outbox.settle(session, row, OutboxState.SENT, now=now, message_id=result.message_id)
                await self._then(session, row, Outcome.SENT, result.message_id, result.answer)
            case Kind.UNREACHABLE:
                await outbox.settle(session, row, OutboxState.DROPPED, now=now, failure=fate.note)
                # The person first: only who was reachable until now is announced, and their other alerts move on.
                if "unreachable" in self.then:
                    gone = self._delivered(row, Outcome.UNREACHABLE)
                    await self.then["unreachable"](session, delivered=[gone], now=self.clock.now())
                await self._then(session, row, Outcome.UNREACHABLE)
            case Kind.MIGRATED:
                await outbox.put_back(session, row, due_at=now, chat=fate.chat, failure=fate.note)
                if "migrated" in self.then:
                    await self.then["migrated"](session, old_chat=row.chat, new_chat=fate.chat, now=self.clock.now())
            case Kind.REFUSED | Kind.PLAIN | Kind.EDIT_GONE:
                await self._turned_down(session, row, fate, now, most=MOST_REFUSALS)
            case Kind.ODD if row.lane is not Lane.BROADCAST:
                await self._turned_down(session, row, fate, now, most=MOST_ODD)
            case _:
                await self._later(session, row, fate, now)

    async def _turned_down(self, session: AsyncSession, row: Claimed, fate: Fate, now: datetime, *, most: int) -> None:
        """Telegram will not take this as it is, or we cannot even say it. Others of the chat go before it.

        A crisis row is tried for ever, but somebody else is told meanwhile; any other is tried `most` times.
        """
        logger.error("call_refused", outbox=row.id, kind=row.method, reason=fate.note, attempts=row.attempts)
        if row.is_crisis or row.attempts < most:
            await outbox.put_back(
                session,
                row,
                due_at=now + _growing(row.attempts, 1.0, 60.0),
                doubtful=fate.kind is Kind.ODD,
                failure=f"{outbox.TURNED_DOWN}: {fate.note}",
            )
            # At least, not exactly: the tries before may have failed otherwise. Only the current round pages further.
            if row.is_crisis and row.attempts >= MOST_REFUSALS:
                await self._then(session, row, Outcome.REFUSED)
        else:
            await outbox.settle(session, row, OutboxState.PARKED, now=now, failure=fate.note)
            await self._then(session, row, Outcome.REFUSED)

    async def _later(self, session: AsyncSession, row: Claimed, fate: Fate, now: datetime) -> None:
        """Not now: the chat cools, Telegram is away, or nobody knows whether it arrived."""
        mono = self.clock.monotonic()
        if fate.kind is Kind.COOL:
            self.pace.told_to_wait(row.chat_key, fate.seconds, mono)
            await outbox.put_back(session, row, due_at=now + timedelta(seconds=fate.seconds), failure=fate.note)
            if row.is_crisis and fate.seconds > SLACK:
                await self._then(session, row, Outcome.REFUSED)
            return
        if fate.kind is Kind.TOKEN:
            self.token_refused = True
            logger.critical("token_refused")
        doubtful = fate.kind in (Kind.DOUBT, Kind.ODD)
        if doubtful and row.lane is Lane.BROADCAST:
            # A tip that arrives twice is worse than one that does not.
            await outbox.settle(session, row, OutboxState.SENT, now=now, failure=fate.note)
            return
        if not doubtful:
            self.out_of_reach += 1
            self.pace.brake(min(0.2 * 2 ** min(self.out_of_reach, 5), 5.0), mono)
        pause = _growing(row.attempts, 2.0 if doubtful else 0.2, 15.0)
        await outbox.put_back(
            session, row, due_at=now + max(pause, timedelta(seconds=fate.seconds)), doubtful=doubtful, failure=fate.note
        )

    async def _then(
        self,
        session: AsyncSession,
        row: Claimed,
        outcome: Outcome,
        message_id: int | None = None,
        answer: Any = None,
    ) -> None:
        if row.then is not None:
            delivered = self._delivered(row, outcome, message_id, answer)
            await self.then[row.then](session, delivered=[delivered], now=self.clock.now())

    @staticmethod
    def _delivered(row: Claimed, outcome: Outcome, message_id: int | None = None, answer: Any = None) -> Delivered:
        return Delivered(row.id, outcome, row.subject_id, row.person_id, message_id, answer)


def _of_the_database(error: Exception) -> bool:
    """Whether another try may help: it was away or busy. A row it will never take is that row's own trouble."""
    return isinstance(error, SQLAlchemyError) and not isinstance(error, IntegrityError | ProgrammingError | DataError)


def _growing(attempts: int, first: float, most: float) -> timedelta:
    return timedelta(seconds=min(first * 2 ** min(max(attempts - 1, 0), 10), most))


def _plain(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The same message without markup: what an unparsable text becomes."""
    bare = {key: value for key, value in payload.items() if key != "parse_mode"}
    return bare | {"text": html.unescape(_TAG.sub("", payload["text"]))}


def _fresh(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The same text as a new message: what an edit of a vanished message becomes."""
    return {key: value for key, value in payload.items() if key != "message_id"}
