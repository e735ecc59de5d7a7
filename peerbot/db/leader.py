"""Who polls, sends and ticks when several replicas share one PostgreSQL: the holder of a session advisory lock.

The lock belongs to a database session, so a killed replica loses it by itself and another takes over within seconds.
On SQLite one process owns the file and always leads.
"""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from peerbot import log
from peerbot.db.engine import Database

RETRY = 2.0  # seconds between tries; with the heartbeat this keeps a take-over under ten
HEARTBEAT = 2.0
_LOCKS = {"poller": 7_274_921, "sender": 7_274_922, "ticks": 7_274_923}
logger = log.get("leader")


async def lead(database: Database, role: str, work: Callable[[], Awaitable[None]], stopping: asyncio.Event) -> None:
    """Runs `work` while this replica holds the role; waits its turn otherwise. Returns when `work` or we are done."""
    if database.is_sqlite:
        await work()
        return
    while not stopping.is_set():
        try:
            async with database.engine.connect() as raw:
                connection = await raw.execution_options(isolation_level="AUTOCOMMIT")
                if await _take(connection, role) and await _hold(connection, role, work):
                    return
        except (SQLAlchemyError, OSError) as error:
            logger.error("leadership_unavailable", role=role, error=log.describe(error))
        try:
            async with asyncio.timeout(RETRY):
                await stopping.wait()
        except TimeoutError:
            pass


async def _take(connection: AsyncConnection, role: str) -> bool:
    return bool(await connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCKS[role]}))


async def _hold(connection: AsyncConnection, role: str, work: Callable[[], Awaitable[None]]) -> bool:
    """Works while the session lives; False when it was lost, and with it the right to go on."""
    logger.info("leadership_taken", role=role)
    task = asyncio.ensure_future(work())
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=HEARTBEAT)
            if not task.done():
                async with asyncio.timeout(HEARTBEAT * 2):
                    await connection.execute(text("SELECT 1"))
        task.result()
    except (SQLAlchemyError, OSError, TimeoutError):
        if task.done():
            raise
        logger.error("leadership_lost", role=role)
        return False
    else:
        return True
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
