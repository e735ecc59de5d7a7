"""The full daily check-in, in a folder of its own as a programme's file would be."""

from pathlib import Path

import pytest

from peerbot.care.questionnaires import Questionnaire
from peerbot.content_files.questionnaires import load_questionnaires, of_version


@pytest.fixture
def daily_full(tmp_path: Path) -> Path:
    """A folder that replaces the daily check-in by its full form."""
    folder = tmp_path / "own"
    folder.mkdir()
    text = (Path(__file__).parent / "daily_full.toml").read_text(encoding="utf-8")
    (folder / "daily.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def daily() -> Questionnaire:
    """The small daily check-in, version 1, whichever version is given now."""
    found = of_version(load_questionnaires(), "daily", 1)
    assert found is not None
    return found
