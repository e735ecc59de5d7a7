"""Timed work: a failure is told and tried again, never the end of the clock."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.simulator.simulator import TEST_TOKEN
from peerbot.ticks import REPEAT_WHILE, SLOW, TICKS, Tick
from tests.faults.world import until
from tests.town import StoryTown, config_for


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path, log_lines: StringIO) -> AsyncIterator[StoryTown]:
    """The usual people, once: a tick is the same on every database and in every language."""
    made = StoryTown(config_for(sqlite_url, tmp_path, TEST_TOKEN), log_lines)
    await made.open()
    await made.moves_in("en")
    yield made
    await made.close()
    made.ends_well()


async def breaks(_session: AsyncSession, *, now: datetime) -> int:
    raise LookupError(f"zanzibar-quokka {now}")


async def test_work_that_keeps_failing_is_told_to_the_supervisor_once(town: StoryTown) -> None:
    town.allowed_errors.add("tick_failed")
    tick = Tick("escalate", 2, breaks)

    for _ in range(SLOW - 1):
        assert await town.app.ticker.run(tick) == 0
    await town.settle()
    town.dr_lind.reads_nothing()

    for _ in range(SLOW):
        await town.app.ticker.run(tick)
    await town.settle()

    town.dr_lind.reads("escalate")
    assert town.app.ticker.failures["escalate"] == 2 * SLOW - 1
    assert any("escalate" in trouble for trouble in await town.app.troubles())
    assert "quokka" not in town.log_lines.getvalue()


async def test_work_that_recovers_is_no_trouble_any_more(town: StoryTown) -> None:
    town.allowed_errors.add("tick_failed")
    await town.app.ticker.run(Tick("escalate", 2, breaks))

    await town.app.ticker.run(TICKS[0])

    assert town.app.ticker.failures["escalate"] == 0
    assert TICKS[0].name in town.app.ticker.last_run


async def test_work_is_repeated_while_it_finds_some_and_never_for_ever(town: StoryTown) -> None:
    left = [3, 2, 1, 0, 7]
    calls: list[int] = []

    async def finds_less(_session: AsyncSession, **_now: Any) -> int:
        return left.pop(0)

    async def finds_more(_session: AsyncSession, **_now: Any) -> int:
        calls.append(1)
        return 1

    assert await town.app.ticker.run(Tick("some", 2, finds_less)) == 6
    assert await town.app.ticker.run(Tick("always", 2, finds_more)) == REPEAT_WHILE
    assert left == [7]
    assert len(calls) == REPEAT_WHILE


async def test_every_tick_is_on_the_clock_with_no_run_ever_dropped(town: StoryTown) -> None:
    scheduler: Any = town.app.ticker.schedule()
    scheduler.start(paused=True)
    jobs = scheduler.get_jobs()
    scheduler.shutdown(wait=False)

    assert len(jobs) == len(TICKS)
    assert {(job.misfire_grace_time, job.coalesce, job.max_instances) for job in jobs} == {(None, True, 1)}


async def test_ticks_that_were_taken_away_go_on_when_they_come_back(town: StoryTown) -> None:
    for _ in ("first lead", "lead regained"):
        town.app.ticker.last_run.clear()
        ticking = asyncio.create_task(town.app._tick())
        assert await until(lambda: bool(town.app.ticker.last_run), 30.0)
        ticking.cancel()
        await asyncio.wait({ticking})
