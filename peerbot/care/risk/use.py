"""Rules over reported use: the lapse itself, safety after it, opioids after a break, medication that ran out."""

from peerbot.care.facts import Day, Facts
from peerbot.care.levels import Level
from peerbot.care.risk.table import Fired, daily, rule, source, without

OPIOIDS = frozenset({"opioids", "unknown"})  # an unknown pill or powder is treated as an opioid: row 13
MIXES = frozenset({"sedatives", "alcohol", "stimulants"})
USED = ("alcohol", "other")


def _opioid_use(facts: Facts) -> bool:
    return facts.chosen("use") == {"other"} and bool(facts.chosen("substance") & OPIOIDS)


def _break(facts: Facts) -> int | None:
    """Days since the use before this one, when that makes a break; nothing known counts as a break: -1."""
    last = facts.last_use()
    if last is None:
        return -1
    return last if last >= facts.limits.break_days else None


def _alone(facts: Facts) -> bool:
    return facts.chosen("alone") == {"yes"}


@rule(
    "use-reported",
    Level.SAME_DAY,
    source=source("12"),
    firing=(daily(use="alcohol"), daily(use="other")),
    silent=(daily(use="no"), daily(use="prefer-not"), daily(mood=5)),
)
def use_reported(facts: Facts) -> Fired | None:
    """Any use since the last check-in. "I'd rather not say" is never treated as use."""
    use = facts.answers.get("use")
    return Fired({"use": str(use)}, (without("use"),)) if use in USED else None


@rule(
    "not-safe-now",
    Level.URGENT,
    source="clinical reference, section 2: use = yes asks whether they are safe now; the customer's level for a no",
    firing=(daily(use="alcohol", safe_now="no"),),
    silent=(daily(use="alcohol", safe_now="yes"), daily(use="alcohol"), daily(use="no")),
)
def not_safe_now(facts: Facts) -> Fired | None:
    """After a lapse: not safe at this moment, or not sure."""
    return Fired({}, (without("not-safe"),)) if facts.chosen("safe-now") == {"no"} else None


@rule(
    "opioid-after-break",
    Level.SAME_DAY,
    source=source("13: tolerance drops within days"),
    firing=(
        daily(use="other", substance=("opioids",)),
        daily(Day(1, use="no"), Day(4, use="other"), use="other", substance=("unknown", "cannabis")),
    ),
    silent=(
        daily(Day(1, use="other"), use="other", substance=("opioids",)),
        daily(use="other", substance=("cannabis",)),
        daily(use="alcohol"),
    ),
)
def opioid_after_break(facts: Facts) -> Fired | None:
    """An opioid, or an unknown pill or powder, after 3 or more days without; no known use before counts as a break."""
    gap = _break(facts) if _opioid_use(facts) else None
    return None if gap is None else Fired({"days": gap}, (without("opioid"), without("break")))


@rule(
    "opioid-alone",
    Level.SAME_DAY,
    source=source("13: nobody there to call for help"),
    firing=(daily(use="other", substance=("opioids",), alone="yes"),),
    silent=(daily(use="other", substance=("opioids",), alone="no"), daily(use="alcohol", alone="yes")),
)
def opioid_alone(facts: Facts) -> Fired | None:
    """An opioid, or an unknown pill or powder, and on their own right now."""
    return Fired({}, (without("opioid"), without("alone"))) if _opioid_use(facts) and _alone(facts) else None


@rule(
    "opioid-mixed",
    Level.URGENT,
    source=source("13: also sedated or mixing"),
    firing=(
        daily(use="other", substance=("opioids", "sedatives")),
        daily(Day(1, use="other"), use="other", substance=("unknown", "alcohol"), alone="yes"),
    ),
    silent=(
        daily(Day(1, use="other"), use="other", substance=("opioids", "alcohol"), alone="no"),
        daily(use="other", substance=("opioids", "cannabis"), alone="yes"),
        daily(use="other", substance=("sedatives", "alcohol")),
    ),
)
def opioid_mixed(facts: Facts) -> Fired | None:
    """An opioid mixed with sedatives, alcohol or stimulants, after a break or alone."""
    mixed = facts.chosen("substance") & MIXES
    if _opioid_use(facts) and mixed and (_break(facts) is not None or _alone(facts)):
        return Fired({}, (without("opioid"), without("mixing")))
    return None


@rule(
    "use-kept-private",
    Level.DIGEST,
    source="clinical reference, section 2: three in a row goes to the digest",
    firing=(daily(Day(1, use="prefer-not"), Day(2, use="prefer-not"), use="prefer-not"),),
    silent=(
        daily(use="prefer-not"),
        daily(Day(1, use="no"), Day(2, use="prefer-not"), Day(3, use="prefer-not"), use="prefer-not"),
        daily(Day(1, use="prefer-not"), Day(2, use="prefer-not"), use="no"),
    ),
)
def use_kept_private(facts: Facts) -> Fired | None:
    """ "I'd rather not say" three times in a row. It is never treated as use."""
    if facts.chosen("use") != {"prefer-not"}:
        return None
    row, said = 1, [day.use for day in facts.days if day.use is not None]
    while row <= len(said) and said[row - 1] == "prefer-not":
        row += 1
    limit = facts.limits.private_row
    return Fired({"times": row}, (without("private"),)) if row >= limit else None


@rule(
    "medication-gap",
    Level.SAME_DAY,
    source=source("26"),
    firing=(daily(medication="ran-out"), daily(medication="stopped")),
    silent=(daily(medication="taken"), daily(medication="later"), daily(medication="missed"), daily()),
)
def medication_gap(facts: Facts) -> Fired | None:
    """Medication for recovery ran out or was stopped. A missed dose is between them and their prescriber."""
    said = facts.answers.get("medication")
    return Fired({"medication": str(said)}, (without("medication-gap"),)) if said in ("ran-out", "stopped") else None
