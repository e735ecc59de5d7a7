"""Every number the risk rules compare with: its default, its bounds, its source. Pure; stored changes are rows.

A threshold is named by subject and word, `craving.high`. A programme may change it for everyone, a counselor for one
participant; what was changed by whom and why is kept by `services.rules`. No threshold can switch off a rule that asks
about suicide or answers a call for help: those compare with nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any


class InvalidThreshold(Exception):
    """A change names no threshold, or a number outside its bounds. `low` and `high` are None for an unknown name."""

    def __init__(self, key: str, low: int | None = None, high: int | None = None) -> None:
        super().__init__(key)
        self.key, self.low, self.high = key, low, high


def _limit(default: int, low: int, high: int, source: str) -> Any:
    return field(default=default, metadata={"low": low, "high": high, "source": source})


def _row(row: str) -> str:
    return f"clinical reference, section 3, row {row}: a default, no validated cut-off is known"


_BAM = "BAM interpretive text: clinical reference, section 1"
_PHQ = "PHQ-9 and GAD-7 bands: clinical reference, section 1; rule: section 3, row 25"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers in force for one participant. Daily scales are 0-10: 10 is the strongest urge and the best mood."""

    craving_high: int = _limit(8, 1, 10, _row("14"))
    craving_combined: int = _limit(8, 1, 10, _row("14, the urge that counts together with something else"))
    craving_rise: int = _limit(3, 1, 10, _row("15"))
    craving_sleepless: int = _limit(6, 1, 10, _row("18"))
    confidence_low: int = _limit(3, 0, 9, _row("14 and 16"))
    mood_low: int = _limit(2, 0, 9, _row("17"))
    mood_drop: int = _limit(4, 1, 10, _row("17"))
    sleep_nights: int = _limit(3, 2, 7, _row("18"))
    baseline_days: int = _limit(5, 3, 14, "peerbot's default: fewer days have no usual")
    baseline_spreads: int = _limit(2, 0, 4, "peerbot's default: twice the median deviation is out of the ordinary")
    break_days: int = _limit(3, 1, 30, _row("13"))
    silence_notice: int = _limit(2, 1, 7, _row("21"))
    silence_long: int = _limit(3, 1, 7, _row("21"))
    silence_early: int = _limit(2, 1, 7, _row("21"))
    silence_watch: int = _limit(14, 0, 90, _row("21, the days after joining or a lapse that count as early"))
    private_row: int = _limit(3, 2, 14, "clinical reference, section 2: three in a row goes to the digest")
    bam_use: int = _limit(1, 1, 12, _BAM)
    bam_risk: int = _limit(12, 1, 24, _BAM)
    bam_protective: int = _limit(12, 0, 23, _BAM)
    bam_change: int = _limit(4, 1, 24, _row("24"))
    bam_conflict: int = _limit(3, 1, 4, _row("20"))
    phq_high: int = _limit(15, 1, 27, _PHQ)
    phq_moderate: int = _limit(10, 1, 27, _PHQ)
    phq_rise: int = _limit(5, 1, 27, _PHQ)
    gad_high: int = _limit(15, 1, 21, _PHQ)
    gad_moderate: int = _limit(10, 1, 21, _PHQ)

    def values(self) -> dict[str, int]:
        """Every number by the name of its field, as texts about the rules want them."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def changed(self, changes: Mapping[str, int]) -> "Thresholds":
        """The thresholds with these changes, each named like `craving.high`; raises InvalidThreshold."""
        for key, value in changes.items():
            check(key, value)
        return replace(self, **{key.replace(".", "_"): value for key, value in changes.items()})


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one threshold may be set to, and where its default comes from."""

    key: str
    default: int
    low: int
    high: int
    source: str


DEFAULTS = Thresholds()
BOUNDS: Mapping[str, Bounds] = {
    key: Bounds(key, getattr(DEFAULTS, one.name), one.metadata["low"], one.metadata["high"], one.metadata["source"])
    for one in fields(Thresholds)
    for key in [one.name.replace("_", ".")]
}


def check(key: str, value: int) -> None:
    """Raises InvalidThreshold unless there is such a threshold and the number lies within its bounds."""
    bounds = BOUNDS.get(key)
    if bounds is None:
        raise InvalidThreshold(key)
    if not bounds.low <= value <= bounds.high:
        raise InvalidThreshold(key, bounds.low, bounds.high)
