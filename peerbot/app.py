"""The composition root: builds one programme and runs its parts in one task group; a process may hold many."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from peerbot import control, log, web
from peerbot.care.crisis import CrisisLine
from peerbot.care.language import Reader
from peerbot.care.moderation import Rulebook
from peerbot.care.questionnaires import Questionnaire
from peerbot.care.tips import Tip
from peerbot.care.topics import GroupText
from peerbot.clock import Clock
from peerbot.content_files import ContentError
from peerbot.content_files.crisis_lines import load_crisis_lines
from peerbot.content_files.language import load_patterns
from peerbot.content_files.moderation import load_rulebook
from peerbot.content_files.questionnaires import load_questionnaires
from peerbot.content_files.tips import load_tips
from peerbot.content_files.topics import load_group_rules, load_ice_breakers, load_topics
from peerbot.db.engine import Database
from peerbot.db.leader import lead
from peerbot.db.migrate import prepare
from peerbot.db.models import InboxRow, InboxState, OutboxRow
from peerbot.db.models import Programme as ProgrammeRow
from peerbot.db.queue_rows import OPEN, PENDING
from peerbot.db.sealed import Keys
from peerbot.delivery.connection import Connection
from peerbot.delivery.pace import Pace
from peerbot.delivery.sender import Sender, Then
from peerbot.errors import StartError
from peerbot.handlers import make_router, menu
from peerbot.inbox import Inbox
from peerbot.parts import together
from peerbot.poller import ALLOWED, Poller
from peerbot.services import (
    alerts,
    asking,
    checkins,
    groups,
    hours,
    joining,
    ladder,
    milestones,
    moderation,
    reviews,
    upkeep,
)
from peerbot.services import menu as menus
from peerbot.services.programme import Programme
from peerbot.texts import TextError, Texts
from peerbot.ticks import Ticker

THEN: dict[str, Then] = {
    alerts.NOTICE_SETTLED: alerts.notice_settled,
    alerts.DETAILS_SHOWN: alerts.details_shown,
    checkins.DELIVERED: asking.delivered,
    "unreachable": upkeep.unreachable,
    "migrated": groups.migrated,
    milestones.CHECKED: milestones.checked,
    milestones.POSTED: milestones.posted,
    milestones.TAKEN_BACK: milestones.taken_back,
    groups.RIGHTS_READ: groups.rights_read,
    groups.STATEMENT_SENT: groups.statement_sent,
    groups.LINK_MADE: groups.link_made,
    joining.SETTLED: joining.settled,
    moderation.CARD_SETTLED: moderation.card_settled,
    reviews.POST_DOWN: reviews.post_down,
    reviews.SHARED: reviews.shared,
    reviews.SHARE_GONE: reviews.share_gone,
    reviews.NOTICE_SENT: reviews.notice_sent,
    ladder.SETTLED: reviews.sanction_settled,
    ladder.LIFTED: reviews.sanction_lifted,
    hours.SEEN: hours.seen,
    hours.CLOSED: hours.closed,
    hours.OPENED: hours.opened,
}
GRACE = 3.0  # seconds a clean stop may take before what still runs is cancelled; with the closing, five in all
IDENTITY_TRIES = 5
HEARD_EVERY = 30.0  # seconds between two notes that Telegram was heard
STALE = 90.0  # seconds without a poll or a tick that make us not ready
logger = log.get("app")


@dataclass(frozen=True, slots=True)
class Config:
    """What one programme needs to be built; the command line fills it from the settings."""

    token: str
    keys: tuple[str, ...]
    database_url: str
    data_dir: Path
    api_url: str = "https://api.telegram.org"
    mode: str = "polling"
    webhook_url: str = ""
    webhook_secret: str = ""
    listen: str = ""
    zone: str = "America/New_York"
    locale: str = "en"
    country: str = "US"
    content_dir: Path | None = None
    rate_per_second: float = 30.0
    control: bool = True
    tick_speed: float = 1.0


@dataclass(frozen=True, slots=True)
class Content:
    """Everything read from content/ once; it never changes, so that programmes of one process may share it."""

    texts: Texts
    questionnaires: dict[str, Questionnaire]
    crisis_lines: tuple[CrisisLine, ...]
    reader: Reader
    rulebook: Rulebook
    tips: tuple[Tip, ...]
    topics: tuple[GroupText, ...]
    group_rules: tuple[GroupText, ...]
    ice_breakers: tuple[GroupText, ...]


def load_content(own: Path | None = None) -> Content:
    """Reads and checks all content, also a programme's `own`; a mistake is a StartError naming file and entry."""
    try:
        return content_with(Reader(load_patterns()), load_rulebook(load_crisis_lines()), own)
    except (ContentError, TextError) as error:
        raise StartError(f"The content has a mistake: {error}") from None


def content_with(reader: Reader, rulebook: Rulebook, own: Path | None = None) -> Content:
    """The content with this reader of words and these rules for posts."""
    return Content(
        texts=Texts(),
        questionnaires=load_questionnaires(extra=own / "questionnaires" if own else None),
        crisis_lines=load_crisis_lines(),
        reader=reader,
        rulebook=rulebook,
        tips=load_tips(),
        topics=load_topics(),
        group_rules=load_group_rules(),
        ice_breakers=load_ice_breakers(),
    )


@dataclass(slots=True)
class App:
    """One programme: its database, its ear, its mouth and its clockwork."""

    config: Config
    clock: Clock
    requests: Callable[[int], BaseRequest] = Connection
    at: Callable[[str], None] = field(default=lambda _point: None)
    content: Content | None = field(default=None)
    database: Database = field(init=False)
    inbox: Inbox = field(init=False)
    sender: Sender = field(init=False)
    poller: Poller = field(init=False)
    ticker: Ticker = field(init=False)
    programme: Programme = field(init=False)
    _bots: list[Bot] = field(default_factory=list)
    _poll_request: BaseRequest = field(init=False)
    _heard_at: float = field(default=-HEARD_EVERY)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def open_for_commands(self, *, reading: bool = False) -> None:
        """Opens just the database and the texts, for commands given while no bot runs.

        With `reading` one may run: nothing can be changed, and a bot that never started is a StartError.
        """
        self.database = Database(self.config.database_url, Keys(list(self.config.keys)), reading=reading)
        await prepare(self.database)
        self.programme = self._programme(json.loads(await self._identity()))
        self.database.tell("programme", self.programme)

    async def open(self) -> None:
        """Prepares the database, learns who the bot is, and builds every part. Raises StartError in plain words."""
        base = f"{self.config.api_url}/bot"
        self._bots += [self._bot(64), self._bot(50)]
        await self.open_for_commands()
        bot_json = await self._identity()
        me = json.loads(bot_json)
        pace = Pace(self.config.rate_per_second)
        self.sender = Sender(self.database, self.clock, pace, self._bots[0], self._bots[1], THEN, at=self.at)
        router = await make_router(bot_json)
        self.inbox = Inbox(self.database, self.clock, router, me["id"], committed=self.sender.nudge, at=self.at)
        self._poll_request = self.requests(2)
        await self._poll_request.initialize()
        self.poller = Poller(
            self._poll_request, f"{base}{self.config.token}", self.inbox.receive, self._heard, at=self.at
        )
        self.ticker = Ticker(self.database, self.clock, self.sender.nudge, speed=self.config.tick_speed)
        async with self.database.begin() as session:
            await menus.publish(session)
            await groups.at_start(session, now=self.clock.now())

    def _bot(self, connections: int) -> Bot:
        return Bot(
            self.config.token,
            base_url=f"{self.config.api_url}/bot",
            request=self.requests(connections),
            get_updates_request=self.requests(1),
        )

    def _programme(self, me: dict[str, Any]) -> Programme:
        content = self.content = self.content or load_content(self.config.content_dir)
        return Programme(
            texts=content.texts,
            questionnaires=content.questionnaires,
            crisis_lines=content.crisis_lines,
            reader=content.reader,
            rulebook=content.rulebook,
            tips=content.tips,
            topics=content.topics,
            group_rules=content.group_rules,
            ice_breakers=content.ice_breakers,
            clock=self.clock,
            menu=menu(),
            zone=self.config.zone,
            locale=self.config.locale,
            country=self.config.country,
            bot_username=me["username"],
            bot_id=me["id"],
        )

    async def _identity(self) -> str:
        """The bot's getMe, stored so that a later start needs no network; asked for when there is none yet."""
        async with self.database.begin() as session:
            row = await session.get_one(ProgrammeRow, 1)
            stored = row.bot_json
        mine = int(self.config.token.partition(":")[0])
        if stored is not None and json.loads(stored)["id"] == mine:
            return stored
        if not self._bots:
            self._bots.append(self._bot(1))
        for attempt in range(IDENTITY_TRIES):
            try:
                await self._bots[0].initialize()
                fresh = self._bots[0].bot.to_json()
                break
            except InvalidToken:
                raise StartError("Telegram does not accept PEERBOT_TOKEN; copy it anew from BotFather.") from None
            except (TelegramError, OSError) as error:
                logger.warning("identity_unknown", error=log.describe(error), attempt=attempt)
                await asyncio.sleep(0.5 * 2**attempt)
        else:
            raise StartError(
                "Telegram cannot be reached, and this bot has never been started before; check the network."
            )
        async with self.database.begin() as session:
            (await session.get_one(ProgrammeRow, 1)).bot_json = fresh
        return fresh

    async def _heard(self) -> None:
        """Telegram answered: written down now and then, so that a long gap is noticed after a restart."""
        mono = self.clock.monotonic()
        if mono - self._heard_at >= HEARD_EVERY:
            self._heard_at = mono
            async with self.database.begin() as session:
                await upkeep.heard(session, now=self.clock.real())
            self.sender.nudge()

    async def run(self) -> None:
        """Runs every part until `stop`; if one dies the others end and its error is raised."""
        server = None
        if self.config.control:
            path = control.socket_path(self.config.data_dir)
            server = await control.serve(path, self.database, self.clock, self.sender.nudge)
        work = {"sender": self.sender.run, "ticks": self._tick}
        if self.config.mode == "polling":
            work["poller"] = self._poll
        parts = {role: lead(self.database, role, does, self.stopping) for role, does in work.items()}
        parts["inbox"] = self.inbox.run()
        if self.config.mode != "polling":
            parts["webhook"] = self._keep_webhook()
        if self.config.listen:
            parts["web"] = web.serve(self.make_web(), self.config.listen, self.stopping)
        logger.info("started", mode=self.config.mode, dialect=self.database.engine.dialect.name)
        try:
            running = asyncio.create_task(together(parts, told_to_end=self.stopping.is_set))
            await self._until_ended(running)
        finally:
            if server is not None:
                server.close()
                control.socket_path(self.config.data_dir).unlink(missing_ok=True)
        logger.info("stopped")

    async def _poll(self) -> None:
        """A webhook left from before would keep getUpdates from working."""
        try:
            await self._bots[0].delete_webhook()
        except (TelegramError, OSError) as error:
            logger.warning("webhook_not_deleted", error=log.describe(error))
        await self.poller.run()

    async def _keep_webhook(self) -> None:
        """Tells Telegram where to call, until it has heard."""
        while not self.stopping.is_set():
            try:
                await self._bots[0].set_webhook(
                    self.config.webhook_url, secret_token=self.config.webhook_secret, allowed_updates=list(ALLOWED)
                )
                await self._heard()
                pause = 300.0
            except (TelegramError, OSError) as error:
                logger.warning("webhook_not_set", error=log.describe(error))
                pause = 5.0
            try:
                async with asyncio.timeout(pause):
                    await self.stopping.wait()
            except TimeoutError:
                pass

    async def _tick(self) -> None:
        """A scheduler of its own each time: once shut down, APScheduler forgets its jobs."""
        scheduler: Any = self.ticker.schedule()
        scheduler.start()
        try:
            await self.stopping.wait()
        finally:
            scheduler.shutdown(wait=False)
            await self.ticker.rest()

    async def _until_ended(self, running: asyncio.Task[None]) -> None:
        """Waits for the parts; once told to stop they have GRACE seconds."""
        told = asyncio.create_task(self.stopping.wait())
        try:
            await asyncio.wait({running, told}, return_when="FIRST_COMPLETED")
            if not running.done():
                self.poller.stop()
                self.inbox.stop()
                self.sender.stop()
                await asyncio.wait({running}, timeout=GRACE)
        finally:
            told.cancel()
            running.cancel()
            await asyncio.wait({running})
        if not running.cancelled():
            running.result()

    def stop(self) -> None:
        """Asks every part to end: the update at hand is finished, what is in flight comes back."""
        self.stopping.set()

    def make_web(self) -> Any:
        """The web application of this programme."""
        receive = self.inbox.receive if self.config.mode == "webhook" else None
        return web.make_web(
            receive=receive, secret=self.config.webhook_secret, figures=self.figures, troubles=self.troubles
        )

    async def figures(self) -> dict[str, float]:
        """What /metrics shows: counts and ages, never content."""
        now = self.clock.real()
        async with self.database.begin() as session:
            open_rows, oldest_in = (
                await session.execute(
                    select(func.count(), func.min(InboxRow.received_at)).where(InboxRow.state == OPEN)
                )
            ).one()
            parked = await session.scalar(select(func.count()).where(InboxRow.state == InboxState.PARKED))
            pending, oldest_out = (
                await session.execute(
                    select(func.count(), func.min(OutboxRow.due_at)).where(OutboxRow.state == PENDING)
                )
            ).one()
        return {
            "inbox_open": open_rows,
            "inbox_parked": parked or 0,
            "inbox_oldest_seconds": max((now - oldest_in).total_seconds(), 0) if oldest_in else 0,
            "outbox_pending": pending,
            "outbox_oldest_due_seconds": max((now - oldest_out).total_seconds(), 0) if oldest_out else 0,
            "polling_silent_seconds": max(self.clock.monotonic() - self._heard_at, 0),
        }

    async def troubles(self) -> list[str]:
        """What makes us not ready, one plain sentence each."""
        found = []
        if self.sender.token_refused or self.poller.token_refused:
            found.append("Telegram does not accept the token.")
        if self.config.mode == "polling" and self.clock.monotonic() - self._heard_at > STALE:
            found.append("Telegram has not answered for more than 90 seconds.")
        if self.sender.out_of_reach:
            found.append("Telegram cannot be reached for sending.")
        found += [f"Timed work {name} fails." for name, count in self.ticker.failures.items() if count]
        return found

    async def close(self) -> None:
        """Closes connections and the database."""
        for bot in self._bots:
            await bot.shutdown()
            for request in bot._request:
                await request.shutdown()
        if hasattr(self, "_poll_request"):
            await self._poll_request.shutdown()
        if hasattr(self, "database"):
            await self.database.close()
