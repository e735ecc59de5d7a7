"""Timed work: a table of service functions that may run twice without harm, on one UTC tick each.

APScheduler is only the clock; what is due stands in rows. `misfire_grace_time=None` because its default of one second
drops a late run for ever (telegram.md, section 12).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from peerbot import log
from peerbot.clock import Clock
from peerbot.db.engine import Database
from peerbot.services import alerts, asking, groups, hours, reviews, sessions, tips, upkeep

Work = Callable[..., Awaitable[int]]
SLOW = 3  # failures of one tick in a row before the admins are told
logger = log.get("ticks")


@dataclass(frozen=True, slots=True)
class Tick:
    """A name, how often in seconds, and the service function. It is called again at once while it finds work."""

    name: str
    every: float
    work: Work


TICKS: tuple[Tick, ...] = (
    Tick("escalate", 2, alerts.escalate),
    Tick("ask-due", 5, asking.ask_due),
    Tick("remind-due", 10, asking.remind_due),
    Tick("find-unanswered", 5, asking.find_unanswered),
    Tick("close-ended", 20, asking.close_ended),
    Tick("page-reviews", 5, reviews.page_due),
    Tick("group-doors", 15, hours.turn_due),
    Tick("session-reminders", 20, sessions.remind_due),
    Tick("plan-sessions", 60, sessions.plan_due),
    Tick("daily-tips", 20, tips.send_due),
    Tick("topics", 30, hours.post_topics),
    Tick("group-rights", 60, groups.check_rights),
    Tick("free-leases", 5, upkeep.free_leases),
    Tick("clear", 3600, upkeep.clear),
)
REPEAT_WHILE = 500


@dataclass(slots=True)
class Ticker:
    """Runs the table for one programme."""

    database: Database
    clock: Clock
    committed: Callable[[], None]
    speed: float = 1.0
    """Rehearsals tick faster; nothing else changes."""
    failures: dict[str, int] = field(default_factory=dict)
    last_run: dict[str, float] = field(default_factory=dict)
    _at_work: set[asyncio.Task[object]] = field(default_factory=set)

    async def run_all(self) -> int:
        """Every tick once; for tests and the transcript."""
        return sum([await self.run(tick) for tick in TICKS])

    async def run(self, tick: Tick) -> int:
        """One tick in its own transactions; a failure is logged, counted and told, and the next run tries again."""
        found = 0
        try:
            for _ in range(REPEAT_WHILE):
                async with self.database.begin() as session:
                    count = await tick.work(session, now=self.clock.now())
                found += count
                if count == 0 or tick.name in ("clear", "free-leases"):
                    break
            self.failures[tick.name] = 0
            self.last_run[tick.name] = self.clock.monotonic()
        except Exception as error:  # noqa: BLE001 - the tick loop
            self.failures[tick.name] = self.failures.get(tick.name, 0) + 1
            logger.error("tick_failed", tick=tick.name, error=log.describe(error), frames=log.frames(error))
            if self.failures[tick.name] == SLOW:
                await self._tell(tick)
        if found:
            self.committed()
        return found

    async def _on_the_clock(self, tick: Tick) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - the scheduler runs each in a task of its own
        self._at_work.add(task)
        try:
            await self.run(tick)
        finally:
            self._at_work.discard(task)

    async def rest(self) -> None:
        """Waits for the runs a stopped scheduler has called off, so that none still holds the database."""
        if self._at_work:
            await asyncio.wait(self._at_work)

    async def _tell(self, tick: Tick) -> None:
        try:
            async with self.database.begin() as session:
                await upkeep.tick_broken(session, tick.name)
        except Exception as error:  # noqa: BLE001 - the log is the last resort
            logger.critical("tick_untold", tick=tick.name, error=log.describe(error))

    def schedule(self) -> AsyncIOScheduler:
        """The scheduler, ready to start."""
        scheduler: Any = AsyncIOScheduler(timezone=UTC)  # type: ignore[no-untyped-call]
        for tick in TICKS:
            scheduler.add_job(
                self._on_the_clock,
                "interval",
                seconds=max(tick.every / self.speed, 0.2),
                args=[tick],
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
                next_run_time=datetime.now(UTC),
            )
        made: AsyncIOScheduler = scheduler
        return made
