"""What the risk rules read: plain facts about one participant at one moment. No rule and no wording lives here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from peerbot.care.levels import Level


class Happening(StrEnum):
    """Something a participant did, or that happened to their words, outside a questionnaire."""

    HELP_ASKED = "help-asked"
    TALK_ASKED = "talk-asked"
    LEFT = "left"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Words:
    """How a text of theirs was read: its level and category, never the text."""

    level: Level
    category: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The answers given so far in one check-in, or one happening, or one text that was read."""

    answers: Mapping[str, object] = field(default_factory=dict)
    questionnaire: str = ""
    happening: Happening | None = None
    words: Words | None = None

    def number(self, question: str) -> int | None:
        """A numeric answer, None when it was not given."""
        value = self.answers.get(question)
        return value if isinstance(value, int) else None
