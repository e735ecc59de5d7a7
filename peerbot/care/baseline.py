"""A person's own usual: the median and spread of their last answers. Pure; which days count is decided in `facts`."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

FORTNIGHT = 14
"""Days a usual is made of, before the day that is judged."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Median, spread (the median distance from it) and how many days they come from."""

    median: float
    spread: float
    days: int


def baseline(values: Sequence[int], fewest: int) -> Baseline | None:
    """The usual of these answers, None from fewer than `fewest`: somebody new has no usual yet."""
    if len(values) < fewest:
        return None
    middle = median(values)
    return Baseline(middle, median(abs(value - middle) for value in values), len(values))
