"""What the reader is given: patterns and word tables, as plain values. Loading them lives in `content_files`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from peerbot.care.language.forms import Form
from peerbot.care.language.reading import Category
from peerbot.care.levels import Level


class Kind(StrEnum):
    """What a match of a pattern does."""

    DANGER = "danger"  # decides a level by itself
    SIGN = "sign"  # weighs; several together, or one that fills a short text, decide
    IDIOM = "idiom"  # takes its own words out of the text, nothing else
    TITLE = "title"  # a name or a topic: takes out every match that touches it
    CUE = "cue"  # is only asked for by other patterns (`needs`, `unless`)


class Who(StrEnum):
    """Whose state the words of a pattern tell."""

    FOUND = "found"  # the grammar looks for the subject (English)
    SELF = "self"
    OTHER = "other"
    ANY = "any"  # it does not matter


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing people say, in all its forms, and what it means when said of oneself, now, and not denied.

    `other`: the level when somebody else is the subject. `past`: the level when told as past. `needs`: cues, one of
    which must stand in the text as well; `unless`: cues that silence it. `weight` (signs): 1 slight, 2 marked;
    `family`: signs of one family count once. `denies` False: a negation before it does not undo it. `doubt`: the level
    below is possible. `most_words`: it counts only in texts of at most so many words and marks. `nearby` (cues): it
    reaches no further than its own sentence.
    """

    id: str
    kind: Kind
    locale: str
    level: Level
    category: Category
    forms: tuple[Form, ...]
    who: Who = Who.FOUND
    other: Level = Level.LOG
    past: Level = Level.LOG
    weight: int = 0
    family: str = ""
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    denies: bool = True
    doubt: bool = False
    most_words: int = 0
    nearby: bool = False
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Patterns:
    """Everything the reader knows about words.

    `expand`: a written word (contraction, slang, typo) -> the words it stands for. `critical`: words that misspellings
    are traced back to. `ordinary`: real words that look like critical ones and are left alone. `said`: words of our own
    sentences, each with how often it is said as a power of two (see `guessing`). `weights` and `bias`: what words weigh
    together; `scale`: what that and what the patterns found say together; all in hundredths (see `leaning`).
    """

    patterns: tuple[Pattern, ...]
    expand: Mapping[str, tuple[str, ...]]
    critical: frozenset[str]
    ordinary: frozenset[str]
    said: Mapping[str, int] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    bias: int = 0
    scale: Mapping[str, int] = field(default_factory=dict)
