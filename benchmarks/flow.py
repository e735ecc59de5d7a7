"""Durable updates a second, all in: stored, routed, answered, judged, next question queued, committed. One process.

House, section 12: at least 400 on SQLite with synchronous=FULL, at least 500 on PostgreSQL, on two cores.
"""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks import seed
from peerbot.db.models import CheckIn
from peerbot.rehearsal import Town, offline_config
from peerbot.simulator.simulator import TEST_TOKEN

PEOPLE = 2000


def taps(check_ins: list[int]) -> Iterator[dict[str, Any]]:
    """One tap of each person on the first question of their check-in, as Telegram sends it."""
    for number, check_in in enumerate(check_ins):
        user = {"id": seed.FIRST_USER + number, "is_bot": False, "first_name": "A"}
        chat = {"id": user["id"], "type": "private", "first_name": "A"}
        message = {"message_id": 5, "date": 1_772_000_000, "chat": chat, "text": "?"}
        query = {
            "id": str(number),
            "from": user,
            "chat_instance": "1",
            "data": f"a:{check_in}:use:no",
            "message": message,
        }
        yield {"update_id": 1000 + number, "callback_query": query}


async def measure(url: str, folder: Path) -> float:
    """Updates handled a second on the database at `url`."""
    town = Town(offline_config(url, folder, TEST_TOKEN))
    await town.open()
    await seed.people(town.app, PEOPLE, now=town.clock.now())
    async with town.app.database.begin() as session:
        check_ins = list(await session.scalars(select(CheckIn.id).order_by(CheckIn.participant_id)))
    updates = list(taps(check_ins))
    began = time.perf_counter()
    for start in range(0, len(updates), 100):
        await town.app.inbox.receive(updates[start : start + 100])
    running = asyncio.create_task(town.app.inbox.run())
    while await _open(town):
        await asyncio.sleep(0.2)
    took = time.perf_counter() - began
    town.app.inbox.stop()
    await running
    await town.close()
    return len(updates) / took


async def _open(town: Town) -> bool:
    return bool((await town.app.figures())["inbox_open"])


def main() -> None:
    """Prints one row for each database."""
    with tempfile.TemporaryDirectory() as name:
        rate = asyncio.run(measure(f"sqlite+aiosqlite:///{name}/bench.db", Path(name)))
    print(f"updates handled a second, SQLite synchronous=FULL   {rate:8.0f}   (reach 400)")
    with contextlib.suppress(ImportError):
        from tests import postgres  # noqa: PLC0415 - only where the development tools are installed

        server = postgres.start()
        database = asyncio.run(server.fresh())
        with tempfile.TemporaryDirectory() as name:
            rate = asyncio.run(measure(server.url(database), Path(name)))
        asyncio.run(server.drop(database))
        print(f"updates handled a second, PostgreSQL                {rate:8.0f}   (reach 500)")
