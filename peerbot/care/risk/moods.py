"""Rules over daily mood, confidence and sleep, against fixed cut-offs and against the person's own fortnight.

A mood of 2 or less alone is DIGEST in the clinical reference (row 17); the customer asks for a same-day alert, so
`mood-low` stands at SAME_DAY.
"""

from peerbot.care.baseline import Baseline
from peerbot.care.facts import Day, Facts
from peerbot.care.levels import Level
from peerbot.care.risk.table import Change, Fired, above, below, daily, rule, source, without
from peerbot.care.thresholds import Thresholds


def _days(question: str, *values: int) -> tuple[Day, ...]:
    return tuple(Day(ago, {question: value}) for ago, value in enumerate(values, 1))


def _floor(usual: Baseline, limits: Thresholds) -> float:
    """The mood that is well below their own usual."""
    return usual.median - max(limits.mood_drop, limits.baseline_spreads * usual.spread)


@rule(
    "mood-low",
    Level.SAME_DAY,
    source=source("17; the customer's level for a single day"),
    firing=(daily(mood=0), daily(mood=2)),
    silent=(daily(mood=3), daily(mood=10), daily()),
    version=2,
)
def mood_low(facts: Facts) -> Fired | None:
    """A mood of 2 or less."""
    mood, limit = facts.daily("mood"), facts.limits.mood_low
    return Fired({"mood": mood}, (above("mood", limit),)) if mood is not None and mood <= limit else None


@rule(
    "mood-below-own",
    Level.DIGEST,
    source=source("17: 4 or more below the own median"),
    firing=(daily(*_days("mood", 8, 8, 7, 8, 8), mood=4),),
    silent=(
        daily(*_days("mood", 8, 8, 7, 8, 8), mood=5),
        daily(*_days("mood", 8, 8), mood=4),
        daily(*_days("mood", 1, 9, 5, 9, 6), mood=1),
    ),
)
def mood_below_own(facts: Facts) -> Fired | None:
    """A mood well below their own usual. Somebody new has no usual yet: the fixed cut-off looks after them."""
    mood, usual = facts.daily("mood"), facts.usual("mood")
    if mood is None or usual is None or mood > _floor(usual, facts.limits):
        return None
    inputs = {"mood": mood, "usual": round(usual.median), "days": usual.days}
    return Fired(inputs, (above("mood", int(_floor(usual, facts.limits) // 1)),))


@rule(
    "mood-lasting",
    Level.SAME_DAY,
    source=source("17: on 2 of 3 days"),
    firing=(
        daily(*_days("mood", 2), mood=1),
        daily(*_days("mood", 7, 0), mood=2),
        daily(*_days("mood", 4, 8, 8, 7, 8, 8), mood=4),
    ),
    silent=(daily(mood=1), daily(*_days("mood", 1), mood=6), daily(*_days("mood", 5, 5, 1), mood=1)),
)
def mood_lasting(facts: Facts) -> Fired | None:
    """A mood that is low, or well below their own usual, today and on one of the two days before."""
    mood, usual, limit = facts.daily("mood"), facts.usual("mood"), facts.limits.mood_low
    floor = limit if usual is None else max(limit, int(_floor(usual, facts.limits) // 1))
    also = facts.also_on(lambda day: day.numbers.get("mood", 11) <= floor, within=2)
    if mood is None or mood > floor or not also:
        return None
    return Fired({"mood": mood, "days": also + 1}, (above("mood", floor), without("days-before")))


@rule(
    "confidence-low",
    Level.DIGEST,
    source=source("16"),
    firing=(daily(confidence=3), daily(confidence=0)),
    silent=(daily(confidence=4), daily()),
)
def confidence_low(facts: Facts) -> Fired | None:
    """Confidence of 3 or less in staying sober until the next check-in."""
    confidence, limit = facts.daily("confidence"), facts.limits.confidence_low
    if confidence is None or confidence > limit:
        return None
    return Fired({"confidence": confidence}, (above("confidence", limit),))


@rule(
    "confidence-lasting",
    Level.SAME_DAY,
    source=source("16: on 2 days running"),
    firing=(daily(*_days("confidence", 3), confidence=2),),
    silent=(
        daily(confidence=2),
        daily(*_days("confidence", 4, 1), confidence=2),
        daily(Day(2, {"confidence": 1}), confidence=2),
    ),
)
def confidence_lasting(facts: Facts) -> Fired | None:
    """Little confidence today and yesterday."""
    confidence, limit = facts.daily("confidence"), facts.limits.confidence_low
    yesterday = facts.also_on(lambda day: day.numbers.get("confidence", 11) <= limit, within=1)
    if confidence is None or confidence > limit or not yesterday:
        return None
    return Fired({"confidence": confidence}, (above("confidence", limit), without("day-before")))


def _sleepless(facts: Facts) -> tuple[int, tuple[Change, ...]] | None:
    """How many nights are asked for, when all of them were very bad."""
    nights = facts.limits.sleep_nights
    before = facts.also_on(lambda day: day.numbers.get("sleep") == 0, within=nights - 1)
    if facts.daily("sleep") != 0 or before < nights - 1:
        return None
    return nights, (without("bad-night"), without("nights-before"))


@rule(
    "sleep-bad",
    Level.DIGEST,
    source=source("18: very bad 3 nights running"),
    firing=(daily(*_days("sleep", 0, 0), sleep=0),),
    silent=(daily(sleep=0), daily(*_days("sleep", 0, 1), sleep=0), daily(*_days("sleep", 0, 0), sleep=1)),
)
def sleep_bad(facts: Facts) -> Fired | None:
    """Very bad sleep three nights running."""
    found = _sleepless(facts)
    return None if found is None else Fired({"nights": found[0]}, found[1])


@rule(
    "sleep-bad-craving",
    Level.SAME_DAY,
    source=source("18: with a craving of 6 or more"),
    firing=(daily(*_days("sleep", 0, 0), sleep=0, craving=6),),
    silent=(daily(*_days("sleep", 0, 0), sleep=0, craving=5), daily(*_days("sleep", 0, 1), sleep=0, craving=7)),
)
def sleep_bad_craving(facts: Facts) -> Fired | None:
    """Very bad sleep three nights running, and a craving."""
    found, craving, limit = _sleepless(facts), facts.daily("craving"), facts.limits.craving_sleepless
    if found is None or craving is None or craving < limit:
        return None
    return Fired({"nights": found[0], "craving": craving}, (below("craving", limit), *found[1]))
