"""Risk rules over facts: `assess(facts)` runs the whole table. Each module beside this holds the rules of a subject."""

from peerbot.care.risk import bands, forms, moods, silences, spoken, urges, use  # noqa: F401 - each enters its rules
from peerbot.care.risk.table import BROKEN_RULE, RULES, Change, Finding, Fired, Relation, Rule, assess

__all__ = ["BROKEN_RULE", "RULES", "Change", "Finding", "Fired", "Relation", "Rule", "assess"]
