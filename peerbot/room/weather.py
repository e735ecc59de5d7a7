"""The room's weather: what can go wrong around the bot, each as a switch that a person turns on and off."""

import asyncio
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from peerbot.simulator import faults
from peerbot.simulator.faults import Fault, Rule
from peerbot.simulator.server import ServerHandle
from peerbot.simulator.simulator import Simulator

SLOW = 2.0  # seconds every answer of Telegram takes
WAIT = 3  # seconds a 429 asks for
FAULTS: dict[str, Fault] = {
    "slow": faults.hang_after_accept(SLOW),
    "too-many": faults.too_many(WAIT),
    "broken": faults.server_error(502),
}
SWITCHES = (*FAULTS, "unreachable", "locked")


@dataclass(slots=True)
class Weather:
    """Which switches are on. All of them act on the real road: HTTP on loopback, and the database file itself."""

    sim: Simulator
    server: ServerHandle
    database: Path
    _rules: dict[str, Rule] = field(default_factory=dict)
    _lock: sqlite3.Connection | None = field(default=None)
    _shut: bool = field(default=False)

    def on(self) -> list[str]:
        """The switches that are on."""
        return [*self._rules, *(["unreachable"] if self._shut else []), *(["locked"] if self._lock else [])]

    async def turn(self, switch: str, *, on: bool) -> None:
        """Turns one switch; raises KeyError for one that does not exist."""
        if switch == "unreachable":
            await self._shut_door(on)
        elif switch == "locked":
            await asyncio.to_thread(self._hold_database, on)
        elif on and switch not in self._rules:
            self._rules[switch] = self.sim.faults.add(FAULTS[switch], times=None)
        elif not on and switch in self._rules:
            rule = self._rules.pop(switch)
            rule.cancelled = True
            self.sim.faults.rules.remove(rule)

    async def clear(self) -> None:
        """Fair weather."""
        for switch in self.on():
            await self.turn(switch, on=False)

    async def _shut_door(self, shut: bool) -> None:
        if shut == self._shut:
            return
        self._shut = shut
        await (self.server.shut() if shut else self.server.open())

    def _hold_database(self, hold: bool) -> None:
        """Takes the database's write lock, as a careless backup would, and holds it until told otherwise."""
        if hold and self._lock is None:
            lock = sqlite3.connect(self.database, isolation_level=None, check_same_thread=False, timeout=10)
            lock.execute("BEGIN IMMEDIATE")
            self._lock = lock
        elif not hold and self._lock is not None:
            self._lock.execute("ROLLBACK")
            self._lock.close()
            self._lock = None
