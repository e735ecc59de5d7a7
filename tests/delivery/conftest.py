"""A database with nothing but the outbox in use."""

from collections.abc import AsyncIterator

import pytest

from peerbot.db.engine import Database
from peerbot.db.migrate import prepare
from peerbot.db.sealed import Keys


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url, Keys([Keys.make()]))
    await prepare(made)
    yield made
    await made.close()
