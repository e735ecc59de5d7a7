"""Brings a database to the shape this code expects, and says in plain words when it cannot."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import SQLAlchemyError

import peerbot
from peerbot.db.engine import Database, make_engine
from peerbot.db.models import Programme
from peerbot.db.sealed import Keys, WrongKeyError
from peerbot.errors import StartError

_LOCK = 7_274_911  # any number; keeps two migrating replicas apart


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings; the folder is beside the package in the tree and inside it in a wheel."""
    package = Path(peerbot.__file__).parent
    inside = package / "alembic"
    made = Config()
    made.set_main_option("script_location", str(inside if inside.exists() else package.parent / "alembic"))
    made.attributes["connection"] = connection
    return made


def revisions(connection: Connection) -> tuple[str | None, str, bool]:
    """The database's revision (None when empty), the newest one, and whether the first is known to this code."""
    scripts = ScriptDirectory.from_config(config())
    head = scripts.get_current_head() or ""
    current = MigrationContext.configure(connection).get_current_revision()
    try:
        known = current is None or scripts.get_revision(current) is not None
    except CommandError:
        known = False
    return current, head, known


async def run_alembic(url: str, action: str, target: str) -> None:
    """Runs one alembic command (`upgrade` or `downgrade`) in one transaction and checks foreign keys afterwards."""
    engine = make_engine(url, foreign_keys=False, pooled=False)

    def work(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        getattr(command, action)(config(connection), target)
        if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise StartError("The migration would leave rows without their parent; nothing was changed.")

    try:
        async with engine.begin() as connection:
            await connection.run_sync(work)
    finally:
        await engine.dispose()


async def migrate(url: str) -> tuple[str | None, str]:
    """Upgrades to the newest revision; returns (before, after). A newer or unreachable database is a StartError."""
    before, head, known = await look(url)
    if not known:
        raise StartError("The database was written by a newer peerbot; start that version or restore a backup.")
    if before != head:
        await run_alembic(url, "upgrade", "head")
    return before, head


async def look(url: str, *, reading: bool = False) -> tuple[str | None, str, bool]:
    """`revisions` of the database at `url`; raises StartError when it cannot be reached."""
    engine = make_engine(url, pooled=False, reading=reading)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(revisions)
    except (SQLAlchemyError, OSError) as error:
        raise StartError(
            f"The database cannot be opened ({type(error).__name__}); check PEERBOT_DATABASE_URL."
        ) from None
    finally:
        await engine.dispose()


async def prepare(database: Database) -> None:
    """Creates an empty database, refuses one of another version, and takes out the blind index key.

    One that is only read is not created.
    """
    current, head, known = await look(database.url, reading=database.reading)
    if not known:
        raise StartError("The database was written by a newer peerbot; start that version or restore a backup.")
    if current is None and database.reading:
        raise StartError("The database is still empty; start the bot once.")
    if current is None:
        await run_alembic(database.url, "upgrade", "head")
    elif current != head:
        raise StartError("The database is older than this peerbot; back it up, then run `peerbot migrate`.")
    await unlock(database)


async def unlock(database: Database) -> None:
    """Opens the blind index key with the ring, or makes one on the first start; a wrong ring stops the start."""
    async with database.begin() as session:
        row = await session.scalar(select(Programme).where(Programme.id == 1))
        if row is None:
            key = Keys.make().encode()
            if database.reading:
                raise StartError("The database is still empty; start the bot once.")
            session.add(Programme(id=1, index_key=database.keys.seal(key, "programme.index_key")))
        else:
            try:
                key = database.keys.open(row.index_key, "programme.index_key")
            except WrongKeyError:
                raise StartError(
                    "PEERBOT_ENCRYPTION_KEYS does not open this database; put back the key it was made with."
                ) from None
    database.keys.use_index_key(key)
