"""What a questionnaire is: frozen types, filled from TOML by content_files. No flow, no scoring, no wording lives here.

Words used throughout: an *answer* is one plain JSON-able value kept under the question's id; a question is *asked* when
its condition holds on the current path; a subscale *item* is a question whose answer counts towards that subscale.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from peerbot.care.levels import Level

SKIPPED = "skipped"
"""What is kept for a question the person chose not to answer. No option may carry this id."""

PROFILE_FACTS = frozenset({"medication", "opioid", "safety_plan"})
"""What conditions may ask about a person: takes medication for addiction, has used opioids, has a safety plan."""

REQUIRED_LOCALES = ("en", "es")

Texts = Mapping[str, str]
"""One wording for each locale code."""
Value = int | str | tuple[str, ...]
"""scale, days: int · choice, yesno: option id · several: tuple of option ids · time: "HH:MM" · text: as written."""
Answers = Mapping[str, Value]
Profile = Mapping[str, object]
"""Facts of PROFILE_FACTS, read as true or false; a missing one is false."""


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    SEVERAL = "several"
    SCALE = "scale"
    DAYS = "days"
    TIME = "time"
    TEXT = "text"
    YESNO = "yesno"


@dataclass(frozen=True, slots=True)
class AnswerIn:
    """The question was answered with one of these values; for `several`, with at least one of them."""

    question: str
    values: frozenset[int | str]


@dataclass(frozen=True, slots=True)
class AnswerAbove:
    """One answer in numbers is greater than another. For consistency checks only."""

    question: str
    other: str


@dataclass(frozen=True, slots=True)
class ProfileIs:
    """A fact about the person is true, or is not."""

    fact: str
    expected: bool


@dataclass(frozen=True, slots=True)
class SubscaleWithin:
    """The subscale's points lie from low to high, both included; a skipped or not asked item adds nothing."""

    subscale: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Every:
    """All of them hold."""

    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of them holds."""

    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold."""

    of: "Condition"


Condition = AnswerIn | AnswerAbove | ProfileIs | SubscaleWithin | Every | Either | Not


@dataclass(frozen=True, slots=True)
class Option:
    """One button of a choice. `words` are typed phrases that mean it, one set for each locale."""

    id: str
    label: Texts
    score: int | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers in numbers from low to high, both included, count as `score`."""

    low: int
    high: int
    score: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question in every language. `low` and `high` bound scale and days; `bins` turn a number into points."""

    id: str
    kind: Kind
    text: Texts
    hint: Texts = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    low: int = 0
    high: int = 0
    low_label: Texts = field(default_factory=dict)
    high_label: Texts = field(default_factory=dict)
    bins: tuple[Bin, ...] = ()
    skippable: bool = False
    when: Condition | None = None
    burst: int = 1
    max_length: int = 4096

    def option(self, option_id: str) -> Option | None:
        """The option with this id."""
        return next((option for option in self.options if option.id == option_id), None)


class Combine(StrEnum):
    """How the items of a subscale become one number."""

    SUM = "sum"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Subscale:
    """Items that make one number. `unasked` is what an item off the path counts; None: then there is no number."""

    id: str
    title: Texts
    items: tuple[str, ...]
    reversed: frozenset[str] = frozenset()
    combine: Combine = Combine.SUM
    unasked: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Values of a subscale from low to high, both included, and what they are called. `positive`: staff look closer.

    `level` is for instruments that have no rules of their own: reaching the band is a finding of that level.
    """

    id: str
    subscale: str
    low: int
    high: int
    label: Texts
    positive: bool = False
    level: Level = Level.LOG


@dataclass(frozen=True, slots=True)
class Check:
    """Answers that cannot both be right; `text` asks the person kindly to look again."""

    id: str
    text: Texts
    when: Condition


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Another questionnaire asked as soon as `when` holds; no answer within `within_minutes` is itself a finding."""

    questionnaire: str
    when: Condition
    within_minutes: int


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case the file carries; loading computes it and refuses the file when it does not come out."""

    name: str
    answers: Answers
    profile: Profile
    complete: bool
    subscales: Mapping[str, int | None]
    bands: Mapping[str, str]
    inconsistencies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of one questionnaire. Answers stay bound to (id, version)."""

    id: str
    version: int
    title: Texts
    intro: Texts
    window: Texts
    licence: str
    source: str
    signed_by: str
    signed_on: date | None
    unverified: tuple[str, ...]
    questions: tuple[Question, ...]
    subscales: tuple[Subscale, ...] = ()
    total: str | None = None
    bands: tuple[Band, ...] = ()
    checks: tuple[Check, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    examples: tuple[Example, ...] = ()

    def question(self, question_id: str) -> Question | None:
        """The question with this id."""
        return next((question for question in self.questions if question.id == question_id), None)

    def subscale(self, subscale_id: str) -> Subscale | None:
        """The subscale with this id."""
        return next((subscale for subscale in self.subscales if subscale.id == subscale_id), None)


class InvalidAnswer(Exception):
    """The value cannot be an answer to this question. `reason` is one of the stable ids in values.py."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def in_locale(texts: Texts, locale: str) -> str:
    """The wording for `locale`, else for its language ("es-MX" -> "es"), else English; "" when there is none."""
    language = re.split(r"[-_]", locale)[0]
    return texts.get(locale) or texts.get(language) or texts.get("en", "")
