"""Rules over silence. A prompt that was never sent is our fault and never counts; a blocked bot is a silence too.

Silences count in check-ins, not calendar days: someone asked three times a week has missed one, not two days.
"""

from peerbot.care.facts import Day, Facts, Happening
from peerbot.care.levels import Level
from peerbot.care.risk.table import Fired, below, happened, rule, source, without

GONE, BLOCKED, OURS = "unanswered", "unreachable", "not-sent"


def _silent(*silences: str, enrolled_days: int = 60, opioid: bool = False, lapse: int | None = None) -> Facts:
    days = tuple(Day(ago, silence=silence) for ago, silence in enumerate(silences))
    lapsed = () if lapse is None else (Day(lapse, use="other"),)
    return Facts(happening=Happening.SILENT, days=(*days, *lapsed), enrolled_days=enrolled_days, opioid=opioid)


def _early(facts: Facts) -> bool:
    """In the first days, soon after a lapse, or with opioids in their history."""
    watch, lapse = facts.limits.silence_watch, facts.last_use()
    new = facts.enrolled_days is not None and facts.enrolled_days <= watch
    return new or facts.opioid or (lapse is not None and lapse <= watch)


@rule(
    "silent-notice",
    Level.DIGEST,
    source=source("21: 2 days"),
    firing=(_silent(GONE, GONE), _silent(GONE, OURS, BLOCKED)),
    silent=(_silent(GONE), _silent(GONE, OURS, ""), _silent(OURS, OURS), _silent(GONE, "", GONE)),
)
def silent_notice(facts: Facts) -> Fired | None:
    """Two check-ins in a row without an answer."""
    row, limit = facts.silent_row(), facts.limits.silence_notice
    if facts.happening is not Happening.SILENT or row != limit:
        return None
    return Fired({"times": row}, (below("silent-row", limit),))


@rule(
    "silent-long",
    Level.SAME_DAY,
    source=source("21: 3 days"),
    firing=(_silent(GONE, GONE, GONE), _silent(GONE, BLOCKED, OURS, GONE), _silent(*[GONE] * 6)),
    silent=(_silent(GONE, GONE), _silent(GONE, GONE, OURS), _silent(*[GONE] * 4), happened(Happening.LEFT)),
)
def silent_long(facts: Facts) -> Fired | None:
    """Three check-ins in a row without an answer, and again at every further three while it lasts."""
    row, limit = facts.silent_row(), facts.limits.silence_long
    if facts.happening is not Happening.SILENT or not row or row % limit:
        return None
    return Fired({"times": row}, (below("silent-row", limit),))


@rule(
    "silent-early",
    Level.SAME_DAY,
    source=source("21: 2 days in the first 14 days, after a lapse, or for an opioid member"),
    firing=(
        _silent(GONE, GONE, enrolled_days=5),
        _silent(GONE, GONE, opioid=True),
        _silent(GONE, GONE, lapse=3),
    ),
    silent=(
        _silent(GONE, GONE),
        _silent(GONE, enrolled_days=5),
        _silent(GONE, OURS, enrolled_days=2),
        _silent(GONE, GONE, lapse=20),
    ),
)
def silent_early(facts: Facts) -> Fired | None:
    """Two check-ins in a row without an answer at a time when silence weighs more."""
    row, limit = facts.silent_row(), facts.limits.silence_early
    if facts.happening is not Happening.SILENT or row != limit or not _early(facts):
        return None
    return Fired({"times": row}, (below("silent-row", limit), without("early")))


@rule(
    "asq-unanswered",
    Level.SAME_DAY,
    source="clinical reference, section 2: no answer in 30 minutes is a same-day case",
    firing=(happened(Happening.SAFETY_UNANSWERED),),
    silent=(happened(Happening.SILENT), happened(Happening.LEFT)),
    cools=False,
)
def asq_unanswered(facts: Facts) -> Fired | None:
    """The questions about suicide that an answer called for were not finished in 30 minutes."""
    if facts.happening is not Happening.SAFETY_UNANSWERED:
        return None
    return Fired({}, (without("asq-unanswered"),))
