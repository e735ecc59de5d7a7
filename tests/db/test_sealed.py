"""Sealing: what people say and who they are cannot be read from the database, whoever holds the file."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Column, Table, make_url, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from peerbot.db.base import Base, UtcDateTime
from peerbot.db.engine import Database
from peerbot.db.migrate import prepare
from peerbot.db.models import Person
from peerbot.db.sealed import Keys, Sealed, WrongKeyError

MARKER = "zanzibar-quokka ñandú 🦤"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DUMMIES: dict[type, object] = {
    int: 1,
    bool: True,
    str: "1",
    bytes: b"1",
    date: date(2026, 3, 2),
    float: 1.0,
}


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url, Keys([Keys.make()]))
    await prepare(made)
    yield made
    await made.close()


def sealed_columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if isinstance(column.type, Sealed)]


def wanted_tables() -> list[Table]:
    """Every table with a sealed column and, before it, every table it leans on."""
    found = {table for table in Base.metadata.sorted_tables if sealed_columns(table)}
    while parents := {key.column.table for table in found for key in table.foreign_keys} - found:
        found |= parents
    return [table for table in Base.metadata.sorted_tables if table in found and table.name != "programme"]


def a_row(table: Table) -> dict[str, object]:
    """One row with the marker in every sealed column and something allowed in every other."""
    words = {
        found[1]: found[2]
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
        and (found := re.match(r"(\w+) IN \('([^']+)'", str(constraint.sqltext)))
    }
    row: dict[str, object] = {}
    for column in table.columns:
        if isinstance(column.type, Sealed):
            row[column.name] = MARKER
        elif column.name in words:
            row[column.name] = words[column.name]
        elif isinstance(column.type, UtcDateTime):
            row[column.name] = NOON
        else:
            row[column.name] = DUMMIES[column.type.python_type]
    return row


def person(name: str = MARKER, key: str = "k") -> Person:
    return Person(chat_key=key, chat="1234567", alias=name, locale="en", zone="UTC", created_at=NOON)


async def test_no_sealed_column_of_any_table_shows_its_words(database: Database) -> None:
    tables = wanted_tables()
    async with database.begin() as session:
        for table in tables:
            await session.execute(table.insert().values(a_row(table)))

    async with database.begin() as session:
        for table in tables:
            raw = (await session.execute(text(f"SELECT * FROM {table.name}"))).mappings().one()  # noqa: S608
            for column in sealed_columns(table):
                assert isinstance(raw[column.name], bytes)
                assert b"quokka" not in raw[column.name]
                assert await session.scalar(select(column)) == MARKER
            assert "quokka" not in str(dict(raw))
    if database.is_sqlite:
        file = Path(make_url(database.url).database or "")
        log = file.with_name(file.name + "-wal")
        written = file.read_bytes() + log.read_bytes()  # noqa: ASYNC240
        assert b"CREATE TABLE people" in written
        assert b"quokka" not in written


async def test_an_answer_moved_to_another_column_does_not_open(database: Database) -> None:
    async with database.begin() as session:
        session.add(person())
    async with database.begin() as session:
        await session.execute(text("UPDATE people SET alias = chat"))

    with pytest.raises(WrongKeyError):
        async with database.begin() as session:
            await session.scalar(select(Person.alias))


async def test_after_a_rotation_old_values_open_and_new_ones_need_the_new_key(database_url: str) -> None:
    old, new = Keys.make(), Keys.make()
    before = Database(database_url, Keys([old]))
    await prepare(before)
    async with before.begin() as session:
        session.add(person("old", key=before.keys.blind(1)))
    await before.close()

    after = Database(database_url, Keys([new, old]))
    await prepare(after)
    async with after.begin() as session:
        session.add(person("new", key=after.keys.blind(2)))
    async with after.begin() as session:
        found = await session.scalar(select(Person.alias).where(Person.chat_key == after.keys.blind(1)))
        raw = await session.scalar(text("SELECT alias FROM people ORDER BY id DESC LIMIT 1"))
    await after.close()

    assert found == "old"
    assert Keys([new]).open(bytes(raw), "people.alias") == b"new"
    with pytest.raises(WrongKeyError):
        Keys([old]).open(bytes(raw), "people.alias")


def test_the_same_words_never_look_the_same_twice() -> None:
    keys = Keys([Keys.make()])

    assert keys.seal(b"no", "answers.value") != keys.seal(b"no", "answers.value")


@pytest.mark.parametrize("length", [0, 3, 5, 9, 17, 20, 33])
def test_a_value_cut_short_does_not_open(length: int) -> None:
    keys = Keys([Keys.make()])
    sealed = keys.seal(b"a few words", "answers.value")

    with pytest.raises(WrongKeyError):
        keys.open(sealed[:length], "answers.value")


@pytest.mark.parametrize("place", [0, 1, 6, 17, -1])
def test_one_changed_byte_anywhere_does_not_open(place: int) -> None:
    keys = Keys([Keys.make()])
    sealed = bytearray(keys.seal(b"a few words", "answers.value"))
    sealed[place] ^= 1

    with pytest.raises(WrongKeyError):
        keys.open(bytes(sealed), "answers.value")


def test_the_blind_index_tells_kinds_and_databases_apart_and_needs_its_key() -> None:
    keys, other = Keys([Keys.make()]), Keys([Keys.make()])
    with pytest.raises(WrongKeyError):
        keys.blind(7)
    keys.use_index_key(b"one")
    other.use_index_key(b"two")

    assert keys.blind(7) == keys.blind("7")
    assert len({keys.blind(7), keys.blind(8), keys.blind(7, "case"), other.blind(7)}) == 4


@pytest.mark.parametrize("words", ["", "a\x00b", "\ud83d", "🦤" * 4096])
async def test_odd_words_come_back_as_they_went_in(database: Database, words: str) -> None:
    async with database.begin() as session:
        session.add(person(words))

    async with database.begin() as session:
        assert await session.scalar(select(Person.alias)) == words


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = person()
    naive.created_at = NOON.replace(tzinfo=None)

    with pytest.raises(StatementError, match="a naive time was given"):
        async with database.begin() as session:
            session.add(naive)


async def test_times_come_back_in_utc_wherever_they_were_written(database: Database) -> None:
    someone = person()
    someone.created_at = datetime(2026, 3, 2, 8, 30, 15, 123456, timezone(timedelta(hours=-5)))
    async with database.begin() as session:
        session.add(someone)

    async with database.begin() as session:
        read = await session.scalar(select(Person.created_at))
    assert read == datetime(2026, 3, 2, 13, 30, 15, 123456, UTC)
    assert read.utcoffset() == timedelta()


def test_no_time_stays_no_time() -> None:
    column, dialect = UtcDateTime(), sqlite.dialect()

    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None
