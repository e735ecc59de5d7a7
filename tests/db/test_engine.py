"""The engine: one unit of work at a time is whole or not at all, on both databases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from peerbot.db.engine import Database, keys_of
from peerbot.db.migrate import prepare
from peerbot.db.models import Consent, Person
from peerbot.db.sealed import Keys
from peerbot.errors import StartError

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url, Keys([Keys.make()]))
    await prepare(made)
    yield made
    await made.close()


def values(number: int) -> dict[str, object]:
    return {
        "chat_key": f"k{number}",
        "chat": str(number),
        "alias": f"person {number}",
        "locale": "en",
        "zone": "UTC",
        "reachable": True,
        "created_at": NOON,
    }


def files(folder: Path) -> set[str]:
    return {found.name for found in folder.iterdir()}


async def add_people(database: Database, count: int) -> None:
    async with database.begin() as session:
        await session.execute(insert(Person), [values(number) for number in range(count)])


async def test_sqlite_is_opened_with_every_pragma(sqlite_url: str) -> None:
    database = Database(sqlite_url, Keys([Keys.make()]))

    async with database.begin() as session:
        found = [
            await session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert found == ["wal", 2, 1, 5000]
    await database.close()


async def test_a_row_without_its_parent_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            session.add(Consent(person_id=99, version="1", locale="en", accepted_at=NOON))


async def test_a_unit_of_work_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(LookupError):  # noqa: PT012 - the raise is the point
        async with database.begin() as session:
            session.add(Person(**values(1)))
            await session.flush()
            raise LookupError

    async with database.begin() as session:
        assert (await session.scalars(select(Person.id))).all() == []


async def test_eight_tasks_on_two_connections_lose_no_update(sqlite_url: str) -> None:
    keys = Keys.make()
    databases = [Database(sqlite_url, Keys([keys])) for _ in range(2)]
    for database in databases:
        await prepare(database)
    await add_people(databases[0], 1)

    async def count_up(database: Database) -> None:
        for _ in range(20):
            async with database.begin() as session:
                person = (await session.scalars(select(Person))).one()
                person.alias = str(int(person.alias.removeprefix("person ")) + 1)

    await asyncio.gather(*(count_up(databases[task % 2]) for task in range(8)))

    async with databases[0].begin() as session:
        assert await session.scalar(select(Person.alias)) == "160"
    for database in databases:
        await database.close()


async def test_a_statement_for_many_rows_writes_them_all_and_counts_what_it_changed(database: Database) -> None:
    await add_people(database, 5)
    table = Person.__table__
    assert isinstance(table, Table)

    async with database.begin() as session:
        changed = await session.execute(update(table).where(table.c.id > 2).values(zone="Europe/Madrid"))
        gone = await session.execute(delete(table).where(table.c.chat_key == "nobody"))

        assert changed.rowcount == 3  # type: ignore[attr-defined]
        assert gone.rowcount == 0  # type: ignore[attr-defined]
        assert (await session.scalars(select(Person.zone).order_by(Person.id))).all() == [
            "UTC",
            "UTC",
            *["Europe/Madrid"] * 3,
        ]


async def test_returning_gives_the_rows_in_the_same_trip(database: Database) -> None:
    await add_people(database, 3)

    async with database.begin() as session:
        made = await session.scalars(insert(Person).returning(Person.id), [values(number) for number in (7, 8)])
        ended = await session.execute(delete(Person).where(Person.id == 1).returning(Person.alias))

        assert made.all() == [4, 5]
        assert ended.scalars().all() == ["person 0"]


async def test_rows_can_be_read_one_by_one_in_parts_and_all(database: Database) -> None:
    await add_people(database, 5)

    async with database.begin() as session:
        read = await session.execute(select(Person.id).order_by(Person.id))

        assert read.fetchone() == (1,)
        assert [row.id for row in read.fetchmany(2)] == [2, 3]
        assert [row.id for row in read.fetchall()] == [4, 5]
        assert (await session.execute(select(Person.id).where(Person.id == 99))).first() is None


async def test_a_new_row_knows_its_id(database: Database) -> None:
    someone = Person(**values(1))
    async with database.begin() as session:
        session.add(someone)

    assert someone.id == 1


async def test_errors_are_sqlalchemys_and_never_show_a_value(database: Database) -> None:
    await add_people(database, 1)

    with pytest.raises(IntegrityError) as twice:
        async with database.begin() as session:
            session.add(Person(**values(0) | {"zone": "zanzibar-quokka"}))
    assert "quokka" not in str(twice.value)

    async with database.begin() as session:
        assert await session.scalar(select(Person.zone)) == "UTC"


async def test_a_table_that_is_not_there_is_an_operational_error_on_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url, Keys([Keys.make()]))

    with pytest.raises(OperationalError, match="no such table"):
        async with database.begin() as session:
            await session.execute(text("SELECT * FROM nowhere"))

    await database.close()


async def test_a_unit_of_work_cut_short_by_a_time_limit_leaves_the_database_usable(database: Database) -> None:
    began = asyncio.Event()

    async def hang() -> None:
        async with database.begin() as session:
            session.add(Person(**values(1)))
            await session.flush()
            began.set()
            await asyncio.Event().wait()

    hanging = asyncio.create_task(hang())
    await began.wait()
    hanging.cancel()
    await asyncio.wait({hanging})

    await add_people(database, 2)
    async with database.begin() as session:
        assert len((await session.scalars(select(Person.id))).all()) == 2


async def test_what_the_programme_tells_the_database_reaches_every_later_unit_of_work(database: Database) -> None:
    database.tell("colour", "green")

    async with database.begin() as session:
        assert session.info["colour"] == "green"
        assert keys_of(session) is database.keys


async def test_a_database_opened_for_reading_reads_beside_a_writer_and_can_change_nothing(
    database: Database, database_url: str
) -> None:
    await add_people(database, 2)
    beside = Database(database_url, database.keys, reading=True)
    await prepare(beside)

    async with database.begin() as writing:
        await writing.execute(update(Person).values(zone="America/New_York"))
        async with beside.begin() as session:
            assert (await session.scalars(select(Person.zone))).all() == ["UTC", "UTC"]
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
        async with beside.begin() as session:
            await session.execute(update(Person).values(zone="Mars"))

    await beside.close()
    async with database.begin() as session:
        assert set(await session.scalars(select(Person.zone))) == {"America/New_York"}


async def test_a_closed_database_can_be_read_and_a_missing_or_empty_one_is_not_made(
    sqlite_url: str, tmp_path: Path
) -> None:
    keys = Keys([Keys.make()])
    first = Database(sqlite_url, keys)
    await prepare(first)
    await first.close()

    again = Database(sqlite_url, keys, reading=True)
    await prepare(again)
    await again.close()
    missing = Database(f"sqlite+aiosqlite:///{tmp_path}/no such%20one.db", keys, reading=True)
    with pytest.raises(StartError, match="cannot be opened"):
        await prepare(missing)
    await missing.close()

    assert "no such%20one.db" not in files(tmp_path)
