"""Keeping the house in order: what is cleared and when, what a long silence means, who hears of trouble."""

from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from peerbot.db.models import InboxRow, Invite, OutboxRow, Person
from peerbot.services import upkeep
from peerbot.simulator.simulator import TEST_TOKEN
from tests.town import StoryTown, config_for


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path, log_lines: StringIO) -> AsyncIterator[StoryTown]:
    """The usual people, once: stories and ticks run the same services on both databases."""
    made = StoryTown(config_for(sqlite_url, tmp_path, TEST_TOKEN), log_lines)
    await made.open()
    await made.moves_in("en")
    yield made
    await made.close()
    made.ends_well()


async def count(town: StoryTown, table: type[InboxRow | OutboxRow | Invite]) -> int:
    async with town.app.database.begin() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def clear(town: StoryTown) -> int:
    async with town.app.database.begin() as session:
        return await upkeep.clear(session, now=town.clock.now())


async def test_finished_rows_stay_three_days_and_dead_invites_thirty(town: StoryTown) -> None:
    assert await clear(town) == 0
    queues = await count(town, InboxRow) + await count(town, OutboxRow)
    assert queues > 0

    town.clock.advance(upkeep.KEEP_QUEUES + timedelta(seconds=1))
    assert await clear(town) == queues
    assert await count(town, Invite) == 3

    town.clock.advance(timedelta(days=40))
    assert await clear(town) == 3
    assert await count(town, Invite) == 0


async def test_a_silence_longer_than_telegram_keeps_messages_is_told_to_everybody(town: StoryTown) -> None:
    town.allowed_errors.add("gap_in_hearing")
    town.clock.advance(timedelta(hours=30))

    await town.settle()

    for person in (town.ana, town.dr_roth, town.dr_lind):
        assert any("30" in message.text for message in person.reads_all()), person.name
    town.max.reads_nothing()


async def test_a_short_silence_is_told_to_nobody(town: StoryTown) -> None:
    town.clock.advance(timedelta(hours=23))

    await town.settle()

    town.ana.reads_nothing()


async def test_a_counselor_who_blocks_the_bot_is_told_to_the_supervisor_once(town: StoryTown) -> None:
    await town.dr_roth.blocks_bot()
    town.dr_lind.reads("Dr Roth")

    async with town.app.database.begin() as session:
        roth = await session.get_one(Person, await town.id_of(town.dr_roth))
        await upkeep.reachability(session, roth, reachable=False, now=town.clock.now())
    await town.settle()

    town.dr_lind.reads_nothing()
    town.all_read()


async def test_the_next_due_moment_is_the_earliest_of_all(town: StoryTown) -> None:
    async with town.app.database.begin() as session:
        first = await upkeep.next_due(session, now=town.clock.now())
        assert first is not None
        later = await upkeep.next_due(session, now=first)

    assert town.clock.now() < first <= town.clock.now() + timedelta(hours=24)
    assert later is None or later > first
