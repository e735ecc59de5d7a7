"""Who polls, sends and ticks: one replica at a time, and another one soon after it dies."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from peerbot.db.engine import Database
from peerbot.db.leader import lead
from peerbot.db.sealed import Keys

TAKE_OVER = 10.0  # seconds; the promise of the house
HOLDER = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = :db"


class Replica:
    """One of several processes that share a database."""

    def __init__(self, url: str, stopping: asyncio.Event) -> None:
        self.database = Database(url, Keys([Keys.make()]))
        self.stopping = stopping
        self.leading = asyncio.Event()
        self.times = 0

    async def work(self) -> None:
        self.times += 1
        self.leading.set()
        try:
            await self.stopping.wait()
        finally:
            self.leading.clear()

    def runs(self, role: str) -> asyncio.Task[None]:
        return asyncio.create_task(lead(self.database, role, self.work, self.stopping))


@pytest.fixture
async def stopping() -> AsyncIterator[asyncio.Event]:
    event = asyncio.Event()
    yield event
    event.set()


async def killed(database: Database) -> int:
    """Ends the database session that holds a role; returns how many there were."""
    async with database.begin() as session:
        db = await session.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
        pids = (await session.scalars(text(HOLDER), {"db": db})).all()
        for pid in pids:
            await session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    return len(pids)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_one_replica_leads_and_another_takes_over_when_its_session_is_killed(
    database_url: str, stopping: asyncio.Event
) -> None:
    first, second = Replica(database_url, stopping), Replica(database_url, stopping)
    tasks = [first.runs("poller")]
    await first.leading.wait()
    tasks.append(second.runs("poller"))
    async with second.database.begin() as session:
        await session.execute(text("SELECT 1"))
    assert not second.leading.is_set()

    assert await killed(second.database) == 1
    async with asyncio.timeout(TAKE_OVER):
        waiting = [asyncio.create_task(replica.leading.wait()) for replica in (second,)]
        await asyncio.wait(waiting)

    async with asyncio.timeout(TAKE_OVER):
        while first.leading.is_set() and first.times == 1:
            await asyncio.wait({asyncio.create_task(stopping.wait())}, timeout=0.1)
    stopping.set()
    await asyncio.gather(*tasks)
    assert (first.times, second.times) == (1, 1)
    for replica in (first, second):
        await replica.database.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_roles_are_held_by_two_replicas_side_by_side(database_url: str, stopping: asyncio.Event) -> None:
    first, second = Replica(database_url, stopping), Replica(database_url, stopping)

    tasks = [first.runs("sender"), second.runs("ticks")]
    async with asyncio.timeout(TAKE_OVER):
        await first.leading.wait()
        await second.leading.wait()

    stopping.set()
    await asyncio.gather(*tasks)
    for replica in (first, second):
        await replica.database.close()


async def test_on_sqlite_the_one_process_always_leads(sqlite_url: str, stopping: asyncio.Event) -> None:
    only = Replica(sqlite_url, stopping)

    task = only.runs("poller")
    await only.leading.wait()

    stopping.set()
    await task
    assert only.times == 1
    await only.database.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_work_that_dies_of_a_mistake_ends_with_it(database_url: str, stopping: asyncio.Event) -> None:
    replica = Replica(database_url, stopping)

    async def dies() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        async with asyncio.timeout(TAKE_OVER):
            await lead(replica.database, "ticks", dies, stopping)
    await replica.database.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_work_that_dies_of_a_lost_connection_is_begun_again(database_url: str, stopping: asyncio.Event) -> None:
    replica = Replica(database_url, stopping)
    tries: list[int] = []

    async def dies_once() -> None:
        tries.append(len(tries))
        if len(tries) == 1:
            raise ConnectionResetError

    async with asyncio.timeout(TAKE_OVER):
        await lead(replica.database, "ticks", dies_once, stopping)

    assert tries == [0, 1]
    await replica.database.close()
