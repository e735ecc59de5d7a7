"""Loads and validates content/ into care types. A mistake names the file and the entry, and stops the start."""

from pathlib import Path

CONTENT = Path(__file__).parent.parent / "content"


class ContentError(Exception):
    """A content file is wrong. The message names file, entry and reason in one plain sentence."""

    def __init__(self, file: str, entry: str, reason: str) -> None:
        super().__init__(f"{file}, {entry}: {reason}")
        self.file, self.entry, self.reason = file, entry, reason
