"""Who must be told about an unfinished alert, and when again. Pure; who is reachable right now is an argument."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from peerbot.care.levels import Level

Steps = tuple[tuple[int, ...], ...]
"""People by id, one tuple for each step, as copied into the alert when it opened."""

# Customer's setting for SAME_DAY and URGENT; EMERGENCY from the clinical reference, section 3 (every 5 minutes).
INTERVALS = {
    Level.SAME_DAY: timedelta(minutes=60),
    Level.URGENT: timedelta(minutes=15),
    Level.EMERGENCY: timedelta(minutes=5),
}


def interval(level: Level) -> timedelta:
    """How long one round waits: for an acknowledgement, and after it for the closing."""
    return INTERVALS[level]


def alerts(level: Level) -> bool:
    """Whether a finding of this level opens or joins an alert."""
    return level >= Level.SAME_DAY


@dataclass(frozen=True, slots=True)
class Round:
    """Whom to tell now: the step reached, the people of it and of all steps before, and the steps that were empty."""

    step: int
    people: tuple[int, ...]
    skipped: tuple[int, ...]


def telling(steps: Steps, step: int, able: Collection[int]) -> Round:
    """The people to tell at `step`: everyone able of it and of the steps before. An empty step costs no time.

    Past the last step it is the last one again: an alert never runs out of rounds.
    """
    step = min(step, len(steps) - 1)
    skipped = []
    while step < len(steps) - 1 and not any(person in able for person in steps[step]):
        skipped.append(step)
        step += 1
    so_far = dict.fromkeys(person for people in steps[: step + 1] for person in people if person in able)
    return Round(step, tuple(so_far), tuple(skipped))
