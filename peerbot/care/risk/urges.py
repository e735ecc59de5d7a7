"""Rules over the daily urge and what makes it weigh more: low confidence, bad nights, a risky day ahead, an argument.

An urge of 8 alone is DIGEST in the clinical reference (row 14). The customer asks for a same-day alert at 8, so
`craving-high` stands at SAME_DAY; a programme that wants the reference's own grading raises `craving.high` to 10 and
leaves `craving.combined` at 8, which the rules with a second sign compare with.
"""

from peerbot.care.facts import Day, Facts
from peerbot.care.levels import Level
from peerbot.care.risk.table import Fired, above, below, daily, rule, source, without


def _days(question: str, *values: int) -> tuple[Day, ...]:
    return tuple(Day(ago, {question: value}) for ago, value in enumerate(values, 1))


def _combined(facts: Facts) -> int | None:
    craving = facts.daily("craving")
    return craving if craving is not None and craving >= facts.limits.craving_combined else None


@rule(
    "craving-high",
    Level.SAME_DAY,
    source=source("14; the customer's level for a single day"),
    firing=(daily(craving=8), daily(craving=10)),
    silent=(daily(craving=7), daily(craving=0), daily()),
    version=2,
)
def craving_high(facts: Facts) -> Fired | None:
    """A craving of 8 or more."""
    craving, limit = facts.daily("craving"), facts.limits.craving_high
    if craving is None or craving < limit:
        return None
    return Fired({"craving": craving}, (below("craving", limit),))


@rule(
    "craving-lasting",
    Level.SAME_DAY,
    source=source("14: on 2 of 3 days"),
    firing=(daily(*_days("craving", 8), craving=8), daily(*_days("craving", 2, 9), craving=10)),
    silent=(daily(craving=9), daily(*_days("craving", 7, 7, 9), craving=9), daily(*_days("craving", 9), craving=7)),
)
def craving_lasting(facts: Facts) -> Fired | None:
    """A high craving today and on one of the two days before."""
    craving, limit = _combined(facts), facts.limits.craving_combined
    also = facts.also_on(lambda day: day.numbers.get("craving", -1) >= limit, within=2)
    if craving is None or not also:
        return None
    return Fired({"craving": craving, "days": also + 1}, (below("craving", limit), without("days-before")))


@rule(
    "craving-unsure",
    Level.SAME_DAY,
    source=source("14: with confidence of 3 or less"),
    firing=(daily(craving=8, confidence=3), daily(craving=10, confidence=0)),
    silent=(daily(craving=7, confidence=0), daily(craving=8, confidence=4), daily(craving=9)),
)
def craving_unsure(facts: Facts) -> Fired | None:
    """A high craving together with little confidence."""
    craving, confidence, limits = _combined(facts), facts.daily("confidence"), facts.limits
    if craving is None or confidence is None or confidence > limits.confidence_low:
        return None
    changes = (below("craving", limits.craving_combined), above("confidence", limits.confidence_low))
    return Fired({"craving": craving, "confidence": confidence}, changes)


@rule(
    "craving-risk-ahead",
    Level.SAME_DAY,
    source=source("14: with a risky situation ahead"),
    firing=(daily(craving=8, ahead="yes"),),
    silent=(daily(craving=8, ahead="no"), daily(craving=8, ahead="maybe"), daily(craving=7, ahead="yes")),
)
def craving_risk_ahead(facts: Facts) -> Fired | None:
    """A high craving and a risky situation in the next 24 hours."""
    craving = _combined(facts)
    if craving is None or facts.chosen("ahead") != {"yes"}:
        return None
    return Fired({"craving": craving}, (below("craving", facts.limits.craving_combined), without("ahead")))


@rule(
    "craving-above-own",
    Level.DIGEST,
    source=source("15, over 14 days: issue 6; two spreads keep someone whose days swing from being flagged daily"),
    firing=(daily(*_days("craving", 2, 2, 3, 2, 2), craving=5),),
    silent=(
        daily(*_days("craving", 2, 2, 3, 2, 2), craving=4),
        daily(*_days("craving", 2, 2), craving=7),
        daily(*_days("craving", 0, 6, 1, 5, 3), craving=6),
    ),
)
def craving_above_own(facts: Facts) -> Fired | None:
    """A craving well above their own usual. Somebody new has no usual yet: the fixed cut-offs look after them."""
    craving, usual, limits = facts.daily("craving"), facts.usual("craving"), facts.limits
    if craving is None or usual is None:
        return None
    limit = usual.median + max(limits.craving_rise, limits.baseline_spreads * usual.spread)
    if craving < limit:
        return None
    inputs = {"craving": craving, "usual": round(usual.median), "days": usual.days}
    return Fired(inputs, (below("craving", int(-(-limit // 1))),))


@rule(
    "risk-ahead",
    Level.DIGEST,
    source=source("19"),
    firing=(daily(ahead="yes"),),
    silent=(daily(ahead="no"), daily(ahead="maybe"), daily()),
)
def risk_ahead(facts: Facts) -> Fired | None:
    """A risky situation in the next 24 hours."""
    return Fired({}, (without("ahead"),)) if facts.chosen("ahead") == {"yes"} else None


@rule(
    "argument",
    Level.DIGEST,
    source=source("20"),
    firing=(daily(feelings=("tired", "argument")),),
    silent=(daily(feelings=("tired",)), daily(feelings=()), daily()),
)
def argument(facts: Facts) -> Fired | None:
    """An argument today."""
    return Fired({}, (without("argument"),)) if "argument" in facts.chosen("feelings") else None
