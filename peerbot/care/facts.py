"""What the risk rules read: plain facts about one participant at one moment. No rule and no wording lives here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from peerbot.care.baseline import FORTNIGHT, Baseline, baseline
from peerbot.care.levels import Level
from peerbot.care.thresholds import DEFAULTS, Thresholds


class Happening(StrEnum):
    """Something a participant did, or that happened to their words, outside a questionnaire."""

    HELP_ASKED = "help-asked"
    TALK_ASKED = "talk-asked"
    LEFT = "left"
    UNREAD = "unread"
    SILENT = "silent"
    """A daily check-in that had reached them, or could not because they blocked the bot, closed without an answer."""
    SAFETY_UNANSWERED = "safety-unanswered"
    """The ASQ that an answer called for was not finished in its time."""


@dataclass(frozen=True, slots=True)
class Words:
    """How a text of theirs was read: its level and category, never the text."""

    level: Level
    category: str
    in_doubt: bool = False

    @property
    def pages_as(self) -> Level:
        """In doubt between two levels the card takes the higher and the page the lower, never below SAME_DAY."""
        return Level(self.level - 1) if self.in_doubt and self.level >= Level.URGENT else self.level


@dataclass(frozen=True, slots=True)
class Day:
    """One earlier daily check-in, `ago` days before the one being judged. `numbers` are answers and points by question.

    `silence` is "" when anything was answered, else `not-sent` (our fault), `unreachable` or `unanswered`.
    """

    ago: int
    numbers: Mapping[str, int] = field(default_factory=dict)
    use: str | None = None
    silence: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """An earlier filled-in form of the questionnaire being judged: its subscales, as far as they have a number."""

    ago: int
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Facts:
    """The answers given so far in one check-in with the person's own history, or one happening, or one text.

    `points` are what coded answers are worth, `scores` complete subscales, `at_least` what each subscale already comes
    to, `levels` what its bands call for whatever is still to be answered. `days` and `forms` come newest first and end
    before the check-in being judged; for a silence `days` begins with the silent one, `ago` 0.
    """

    answers: Mapping[str, object] = field(default_factory=dict)
    questionnaire: str = ""
    happening: Happening | None = None
    words: Words | None = None
    points: Mapping[str, int] = field(default_factory=dict)
    scores: Mapping[str, int] = field(default_factory=dict)
    at_least: Mapping[str, int] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)
    days: tuple[Day, ...] = ()
    forms: tuple[Form, ...] = ()
    enrolled_days: int | None = None
    opioid: bool = False
    limits: Thresholds = DEFAULTS

    def number(self, question: str) -> int | None:
        """A numeric answer, or what a coded one is worth; None when it was not given."""
        value = self.answers.get(question)
        return value if isinstance(value, int) else self.points.get(question)

    def chosen(self, question: str) -> frozenset[str]:
        """The options chosen for a question that takes one or several; empty when it was not answered."""
        value = self.answers.get(question)
        if isinstance(value, str):
            return frozenset({value})
        return frozenset(str(one) for one in value) if isinstance(value, list | tuple) else frozenset()

    def daily(self, question: str) -> int | None:
        """A number of the daily check-in; other forms use some of the same question ids on other scales."""
        return self.number(question) if self.questionnaire == "daily" else None

    def usual(self, question: str) -> Baseline | None:
        """The person's own usual over the last 14 days, None while there are too few."""
        values = [day.numbers[question] for day in self.days if 0 < day.ago <= FORTNIGHT and question in day.numbers]
        return baseline(values, self.limits.baseline_days)

    def also_on(self, test: Callable[[Day], bool], *, within: int) -> int:
        """On how many of the `within` days before it holds as well."""
        return sum(1 for day in self.days if 0 < day.ago <= within and test(day))

    def last_use(self) -> int | None:
        """Days since the last use they told of before this check-in; None when they told of none."""
        return next((day.ago for day in self.days if day.ago > 0 and day.use in ("alcohol", "other")), None)

    def silent_row(self) -> int:
        """Check-ins in a row without an answer. One that was never sent neither counts nor ends the row."""
        row = 0
        for day in self.days:
            if not day.silence:
                break
            row += day.silence != "not-sent"
        return row
