"""The table of risk rules and what runs it. The rules themselves stand in the modules beside this one.

A rule says only whether it fires, on which inputs, and what would have kept it silent; who is told and when is
`escalation`'s business, the reason in words is the text `rule-<id>`. A rule that raises becomes a finding itself:
nobody is left unwatched because of our mistake.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from peerbot.care.facts import Day, Facts, Happening
from peerbot.care.levels import Level

Inputs = Mapping[str, int | str]


class Relation(StrEnum):
    """How a fact would have had to be."""

    AT_MOST = "at-most"
    AT_LEAST = "at-least"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that, had it been like this and all else the same, would have kept the rule silent."""

    fact: str
    relation: Relation
    value: int = 0


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule fires: on what, and which single changes would have kept it silent."""

    inputs: Inputs
    silent_if: tuple[Change, ...]


Ask = Callable[[Facts], Fired | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A risk rule and what is known about it.

    `cools`: found again within 24 hours it does not open another alert (DIGEST and SAME_DAY only). What a person asks
    for, writes or does never cools: only measuring again does.
    """

    id: str
    version: int
    level: Level
    source: str
    ask: Ask
    firing: tuple[Facts, ...]
    silent: tuple[Facts, ...]
    cools: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule fired: its level, the inputs it used, and what would have kept it silent."""

    rule: str
    version: int
    level: Level
    inputs: Inputs = field(default_factory=dict)
    silent_if: tuple[Change, ...] = ()
    cools: bool = False


RULES: list[Rule] = []
BROKEN_RULE = "broken-rule"


def rule(
    rule_id: str,
    level: Level,
    *,
    source: str,
    firing: tuple[Facts, ...],
    silent: tuple[Facts, ...],
    version: int = 1,
    cools: bool = True,
) -> Callable[[Ask], Ask]:
    """Enters a function into the table of rules."""

    def enter(ask: Ask) -> Ask:
        RULES.append(Rule(rule_id, version, level, source, ask, firing, silent, cools and level <= Level.SAME_DAY))
        return ask

    return enter


def assess(facts: Facts) -> tuple[Finding, ...]:
    """What every rule says about the facts, highest level first."""
    found = [finding for entry in RULES if (finding := _ask(entry, facts)) is not None]
    return tuple(sorted(found, key=lambda finding: -finding.level))


def _ask(entry: Rule, facts: Facts) -> Finding | None:
    try:
        fired = entry.ask(facts)
    except Exception:  # noqa: BLE001 - a broken rule must end with a person being told
        return Finding(BROKEN_RULE, 1, max(entry.level, Level.SAME_DAY), {"rule": entry.id})
    if fired is None:
        return None
    return Finding(entry.id, entry.version, entry.level, dict(fired.inputs), fired.silent_if, entry.cools)


def below(fact: str, value: int) -> Change:
    """Silent with anything less than `value`."""
    return Change(fact, Relation.AT_MOST, value - 1)


def above(fact: str, value: int) -> Change:
    """Silent with anything more than `value`."""
    return Change(fact, Relation.AT_LEAST, value + 1)


def without(fact: str) -> Change:
    """Silent had it not been so."""
    return Change(fact, Relation.WITHOUT)


def source(row: str) -> str:
    """The place in the clinical reference a rule comes from."""
    return f"clinical reference, section 3, row {row}"


def daily(*days: Day, **answers: object) -> Facts:
    """An example: these answers of a daily check-in after these days."""
    points = {name: value for name, value in answers.items() if name == "sleep" and isinstance(value, int)}
    said = {name.replace("_", "-"): value for name, value in answers.items() if name not in points}
    return Facts(answers=said, questionnaire="daily", points=points, days=days)


def happened(happening: Happening) -> Facts:
    """An example: something happened outside a questionnaire."""
    return Facts(happening=happening)
