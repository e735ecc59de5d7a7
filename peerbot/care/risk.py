"""Every risk rule: one function each, with its level, its source, and facts on which it fires and stays silent.

`assess` runs them all. A rule says only whether it fires and on which inputs; who is told and when is `escalation`'s
business, the reason in words is the text `rule-<id>`. A rule that raises becomes a finding itself: nobody is left
unwatched because of our mistake.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from peerbot.care.facts import Facts, Happening, Words
from peerbot.care.levels import Level

Inputs = dict[str, int | str]
Ask = Callable[[Facts], Inputs | None]

CRAVING_HIGH = 8  # of 0-10; clinical reference, section 3, row 14: a default, no validated cut-off is known
MOOD_LOW = 2  # of 0-10; row 17, a default


@dataclass(frozen=True, slots=True)
class Rule:
    """A risk rule and what is known about it."""

    id: str
    version: int
    level: Level
    source: str
    ask: Ask
    firing: tuple[Facts, ...]
    silent: tuple[Facts, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule fired: its level and the inputs it used."""

    rule: str
    version: int
    level: Level
    inputs: Mapping[str, int | str] = field(default_factory=dict)


RULES: list[Rule] = []
BROKEN_RULE = "broken-rule"


def rule(
    rule_id: str, level: Level, *, source: str, firing: tuple[Facts, ...], silent: tuple[Facts, ...], version: int = 1
) -> Callable[[Ask], Ask]:
    """Enters a function into the table of rules."""

    def enter(ask: Ask) -> Ask:
        RULES.append(Rule(rule_id, version, level, source, ask, firing, silent))
        return ask

    return enter


def assess(facts: Facts) -> tuple[Finding, ...]:
    """What every rule says about the facts, highest level first."""
    found = [finding for entry in RULES if (finding := _ask(entry, facts)) is not None]
    return tuple(sorted(found, key=lambda finding: -finding.level))


def _ask(entry: Rule, facts: Facts) -> Finding | None:
    try:
        inputs = entry.ask(facts)
    except Exception:  # noqa: BLE001 - a broken rule must end with a person being told
        return Finding(BROKEN_RULE, 1, max(entry.level, Level.SAME_DAY), {"rule": entry.id})
    return None if inputs is None else Finding(entry.id, entry.version, entry.level, inputs)


def _daily(**answers: object) -> Facts:
    return Facts(answers=answers, questionnaire="daily")


def _happened(happening: Happening) -> Facts:
    return Facts(happening=happening)


def _read(level: Level) -> Facts:
    return Facts(words=Words(level, "self-harm"))


@rule(
    "use-reported",
    Level.SAME_DAY,
    source="clinical reference, section 3, row 12",
    firing=(_daily(use="alcohol"), _daily(use="other")),
    silent=(_daily(use="no"), _daily(use="prefer-not"), _daily(mood=5)),
)
def use_reported(facts: Facts) -> Inputs | None:
    """Any use since the last check-in. "I'd rather not say" is never treated as use."""
    use = facts.answers.get("use")
    return {"use": str(use)} if use in ("alcohol", "other") else None


@rule(
    "craving-high",
    Level.SAME_DAY,
    source="clinical reference, section 3, row 14; interim level until combinations are judged",
    firing=(_daily(craving=8), _daily(craving=10)),
    silent=(_daily(craving=7), _daily(craving=0), _daily()),
)
def craving_high(facts: Facts) -> Inputs | None:
    """A craving of 8 or more."""
    craving = facts.number("craving")
    return {"craving": craving} if craving is not None and craving >= CRAVING_HIGH else None


@rule(
    "mood-low",
    Level.SAME_DAY,
    source="clinical reference, section 3, row 17; interim level until the own baseline is judged",
    firing=(_daily(mood=0), _daily(mood=2)),
    silent=(_daily(mood=3), _daily(mood=10), _daily()),
)
def mood_low(facts: Facts) -> Inputs | None:
    """A mood of 2 or less."""
    mood = facts.number("mood")
    return {"mood": mood} if mood is not None and mood <= MOOD_LOW else None


@rule(
    "help-asked",
    Level.URGENT,
    source="clinical reference, section 3, row 7",
    firing=(_happened(Happening.HELP_ASKED),),
    silent=(_happened(Happening.TALK_ASKED), _daily(mood=1)),
)
def help_asked(facts: Facts) -> Inputs | None:
    """The participant asked for help now, by button or in words."""
    return {} if facts.happening is Happening.HELP_ASKED else None


@rule(
    "talk-asked",
    Level.SAME_DAY,
    source="clinical reference, section 3, row 7",
    firing=(_happened(Happening.TALK_ASKED),),
    silent=(_happened(Happening.HELP_ASKED), _daily()),
)
def talk_asked(facts: Facts) -> Inputs | None:
    """The participant asked to talk with their counselor."""
    return {} if facts.happening is Happening.TALK_ASKED else None


@rule(
    "left-programme",
    Level.SAME_DAY,
    source="clinical reference, section 3, row 27",
    firing=(_happened(Happening.LEFT),),
    silent=(_happened(Happening.UNREAD), _daily()),
)
def left_programme(facts: Facts) -> Inputs | None:
    """The participant left the bot."""
    return {} if facts.happening is Happening.LEFT else None


@rule(
    "message-unread",
    Level.SAME_DAY,
    source="house rule 5: a text that could not be handled is read by a person",
    firing=(_happened(Happening.UNREAD),),
    silent=(_happened(Happening.LEFT), _daily()),
)
def message_unread(facts: Facts) -> Inputs | None:
    """A message of theirs could not be handled by the bot."""
    return {} if facts.happening is Happening.UNREAD else None


def _words(facts: Facts, level: Level) -> Inputs | None:
    words = facts.words
    return {"category": words.category} if words is not None and words.level is level else None


@rule(
    "words-emergency",
    Level.EMERGENCY,
    source="clinical reference, section 3, rows 1-3",
    firing=(_read(Level.EMERGENCY),),
    silent=(_read(Level.URGENT), _read(Level.LOG)),
)
def words_emergency(facts: Facts) -> Inputs | None:
    """Words that say a life is in danger at this moment."""
    return _words(facts, Level.EMERGENCY)


@rule(
    "words-urgent",
    Level.URGENT,
    source="clinical reference, section 3, rows 4-6",
    firing=(_read(Level.URGENT),),
    silent=(_read(Level.EMERGENCY), _read(Level.SAME_DAY)),
)
def words_urgent(facts: Facts) -> Inputs | None:
    """Words that say someone is not safe."""
    return _words(facts, Level.URGENT)


@rule(
    "words-same-day",
    Level.SAME_DAY,
    source="clinical reference, section 3, rows 12, 26, 27",
    firing=(_read(Level.SAME_DAY),),
    silent=(_read(Level.DIGEST), _read(Level.URGENT)),
)
def words_same_day(facts: Facts) -> Inputs | None:
    """Words that a counselor should read today."""
    return _words(facts, Level.SAME_DAY)
