"""How serious a finding is. Levels only ever rise; a person lowers an alert by closing it."""

from enum import IntEnum


class Level(IntEnum):
    """LOG < DIGEST < SAME_DAY < URGENT < EMERGENCY: L0 to L4 of the clinical reference."""

    LOG = 0
    DIGEST = 1
    SAME_DAY = 2
    URGENT = 3
    EMERGENCY = 4
