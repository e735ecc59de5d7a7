"""Reads content/topics: daily topics, default group rules and ice-breakers. Which topic comes today is care/topics."""

from pathlib import Path

from peerbot.care.topics import GroupText
from peerbot.content_files import CONTENT, ContentError
from peerbot.content_files.crisis_lines import entries

LONGEST = 300  # characters: a post people read to the end on a phone
FOLDER = CONTENT / "topics"


def load_topics(folder: Path = FOLDER) -> tuple[GroupText, ...]:
    """The daily topics. Raises ContentError for a mistake."""
    return _texts(folder, "topic")


def load_group_rules(folder: Path = FOLDER) -> tuple[GroupText, ...]:
    """The group rules a programme starts with, in their order. Raises ContentError for a mistake."""
    return _texts(folder, "rule")


def load_ice_breakers(folder: Path = FOLDER) -> tuple[GroupText, ...]:
    """First questions for newcomers. Raises ContentError for a mistake."""
    return _texts(folder, "ice_breaker")


def _texts(folder: Path, key: str) -> tuple[GroupText, ...]:
    found = []
    for entry in entries(folder, key):
        entry.only("text")
        found.append(GroupText(entry.id, entry.both("text", at_most=LONGEST)))
    if not found:
        raise ContentError(folder.name, key, f"there is no [[{key}]] at all")
    return tuple(found)
