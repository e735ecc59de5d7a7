"""Towns for stories that need no second database to be believed."""

from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path

import pytest

from peerbot.simulator.simulator import TEST_TOKEN
from tests.town import StoryTown, config_for


@pytest.fixture
async def small_town(sqlite_url: str, tmp_path: Path, log_lines: StringIO, language: str) -> AsyncIterator[StoryTown]:
    """The usual people in both languages, on SQLite alone."""
    made = StoryTown(config_for(sqlite_url, tmp_path, TEST_TOKEN, locale=language), log_lines)
    await made.open()
    await made.moves_in(language)
    yield made
    await made.close()
    made.ends_well()
