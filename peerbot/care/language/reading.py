"""What a reading of a text is: the values the reader hands back. How a text is read lives in `reader`."""

from dataclasses import dataclass
from enum import StrEnum

from peerbot.care.levels import Level


class Category(StrEnum):
    """What kind of danger, need or event a text tells of."""

    SELF_HARM = "self-harm"
    OVERDOSE = "overdose"
    WITHDRAWAL = "withdrawal"
    VIOLENCE = "violence"
    OTHER_IN_DANGER = "other-in-danger"
    HELP = "help"
    LAPSE = "lapse"
    SOURCING = "sourcing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says, and which words and which grammar decided it.

    `span` is cut out of the text as it was written. `in_doubt` means that the level below was possible too:
    `level` is then the higher one. `rule` is the id of the pattern that decided, "" if none did; a LOG reading with a
    rule tells what was seen and why it raises nothing (denied, past, quoted, under a condition). `taken_back`: what was
    denied or told as past is said of now in the same text.
    """

    level: Level
    category: Category
    span: str
    reason: str
    locale: str
    about: str
    when: str
    denied: bool
    quoted: bool
    in_doubt: bool
    rule: str
    taken_back: bool = False
