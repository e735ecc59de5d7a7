"""Alembic's entry: runs on the connection `peerbot.db.migrate` gives, or on PEERBOT_DATABASE_URL from the shell."""

import asyncio
import os
from typing import Literal

from alembic import context
from sqlalchemy import Connection

import peerbot.db.models  # noqa: F401 - fills the metadata
from peerbot.db.base import Base, UtcDateTime
from peerbot.db.engine import make_engine
from peerbot.db.sealed import Sealed


def plain_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Writes our column types as the plain types beneath them, so that a migration never depends on today's code."""
    if kind == "type" and isinstance(item, Sealed):
        return "sa.LargeBinary()"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
        render_item=plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()


async def from_shell() -> None:
    engine = make_engine(os.environ["PEERBOT_DATABASE_URL"], foreign_keys=False, pooled=False)
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(from_shell())
