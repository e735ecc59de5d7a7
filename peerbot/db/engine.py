"""Opens the database: one writer connection on SQLite, a pool on PostgreSQL, and `begin()` for one unit of work.

The SQLite dialect is aiosqlite's with one change: a statement is executed and fetched at once, in place. Only what may
wait, the BEGIN for a lock and the COMMIT for the disk, goes to the connection's thread (docs/decisions/0002).
"""

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, event, make_url
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_connection
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util.concurrency import await_only

from peerbot.db.sealed import Keys

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")
_PG_POOL, _PG_MORE = 16, 16  # eight workers, every tick, both lines of the sender and three leaders at once
_PG_IDLE = "60000"  # milliseconds a forgotten transaction may hold its locks; three times what a handler may take
_THREAD_ENDS = 1.0  # seconds; it has nothing left to do
_WAITING = ("BEGIN", "PRAGMA", "VACUUM", "ANALYZE")  # a lock or the whole file may hold these up


class _Executed:
    """What a finished statement left behind."""

    __slots__ = ("arraysize", "description", "lastrowid", "rowcount")

    def __init__(self, description: Any = None, rowcount: int = -1, lastrowid: int | None = None) -> None:
        self.description, self.rowcount, self.lastrowid, self.arraysize = description, rowcount, lastrowid, 1


class InPlaceCursor(AsyncAdapt_aiosqlite_cursor):
    """Executes and fetches at once; only what takes a lock does so in the connection's thread."""

    __slots__ = ()
    _awaitable_cursor_close = False

    def __init__(self, adapt_connection: AsyncAdapt_dbapi_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._cursor = _Executed()  # type: ignore[assignment]
        self._soft_closed_memoized = {}  # type: ignore[assignment]
        self._rows = deque()

    def close(self) -> None:
        self._rows.clear()

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        return await self._trip("execute", operation, () if parameters is None else parameters)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        return await self._trip("executemany", operation, seq_of_parameters)

    async def _trip(self, method: str, operation: Any, parameters: Any) -> None:
        raw = self._connection._conn

        def there() -> tuple[_Executed, list[Any]]:
            cursor = raw.cursor()
            try:
                getattr(cursor, method)(operation, parameters)
                rows = cursor.fetchall() if cursor.description else []
                return _Executed(cursor.description, cursor.rowcount, cursor.lastrowid), rows
            finally:
                cursor.close()

        async with self._adapt_connection._execute_mutex:
            waits = isinstance(operation, str) and operation.startswith(_WAITING)
            executed, rows = await self._connection._execute(there) if waits else there()
        self._cursor, self._rows = executed, deque(rows)  # type: ignore[assignment]


class _InPlaceConnection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls = InPlaceCursor


class _InPlaceDbapi(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *arg: Any, **kw: Any) -> AsyncAdapt_aiosqlite_connection:
        # One thread at a time: the connection's own is idle while a statement runs in place, and the mutex keeps it so.
        opening = self.aiosqlite.connect(*arg, **kw | {"check_same_thread": False})
        opening._thread.daemon = True
        try:
            return _InPlaceConnection(self, await_only(opening))
        except BaseException:
            # aiosqlite lets go of the thread unheard; it would complain into a closed loop at the end of the process.
            opening._thread.join(_THREAD_ENDS)
            raise


class InPlaceDialect(SQLiteDialect_aiosqlite):
    """aiosqlite's dialect with the in-place cursor."""

    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> AsyncAdapt_aiosqlite_dbapi:
        return _InPlaceDbapi(__import__("aiosqlite"), __import__("sqlite3"))


registry.register("sqlite.inplace", "peerbot.db.engine", "InPlaceDialect")


def _reading_engine(parsed: URL) -> AsyncEngine:
    """An engine that can change nothing: the file is opened read-only, PostgreSQL refuses every write."""
    if parsed.get_backend_name() != "sqlite":
        only = {"server_settings": {"default_transaction_read_only": "on"}}
        return create_async_engine(parsed, hide_parameters=True, poolclass=NullPool, connect_args=only)
    file = f"file:{quote(str(Path(parsed.database or '').resolve()))}"
    parsed = parsed.set(drivername="sqlite+inplace", database=file, query={"mode": "ro", "uri": "true"})
    return create_async_engine(parsed, hide_parameters=True, poolclass=NullPool)


def make_engine(url: str, *, foreign_keys: bool = True, pooled: bool = True, reading: bool = False) -> AsyncEngine:
    """An engine for either database. Migrations ask for `foreign_keys=False`: batch mode would delete child rows.

    `reading` is for looking beside a running bot.
    """
    parsed = make_url(url)
    if reading:
        return _reading_engine(parsed)
    if parsed.get_backend_name() != "sqlite":
        if not pooled:
            return create_async_engine(parsed, hide_parameters=True, poolclass=NullPool)
        return create_async_engine(
            parsed,
            hide_parameters=True,
            pool_size=_PG_POOL,
            max_overflow=_PG_MORE,
            pool_pre_ping=True,
            connect_args={"server_settings": {"idle_in_transaction_session_timeout": _PG_IDLE}},
        )
    # One connection: SQLite has one writer anyway, and two of them can meet the WAL-reset bug (fixed in 3.51.3).
    kind: dict[str, Any] = (
        {"pool_size": 1, "max_overflow": 0, "pool_timeout": 60} if pooled else {"poolclass": NullPool}
    )
    engine = create_async_engine(parsed.set(drivername="sqlite+inplace"), hide_parameters=True, **kind)

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            if foreign_keys or not pragma.startswith("foreign_keys"):
                cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        # A plain BEGIN upgrades its lock later and then fails at once, whatever busy_timeout says.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class Database:
    """The programme's database: units of work and the keys that seal its columns."""

    def __init__(self, url: str, keys: Keys, *, reading: bool = False) -> None:
        self.url = url
        self.reading = reading
        self.keys = keys
        self.engine = make_engine(url, reading=reading)
        keys.hang_on(self.engine.sync_engine.dialect)
        self._info: dict[str, Any] = {"keys": keys}
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, info=self._info)

    @property
    def is_sqlite(self) -> bool:
        """Whether one process owns the file."""
        return self.engine.dialect.name == "sqlite"

    def tell(self, name: str, value: object) -> None:
        """Puts something into `session.info` of every later unit of work."""
        self._info[name] = value
        self._sessions.configure(info=self._info)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """One unit of work: commits when the block ends, rolls back when it raises."""
        async with self._sessions.begin() as session:
            yield session

    async def close(self) -> None:
        """Closes every connection; SQLite checkpoints its log."""
        await self.engine.dispose()


def keys_of(session: AsyncSession) -> Keys:
    """The keys of the database this unit of work belongs to."""
    keys: Keys = session.info["keys"]
    return keys
