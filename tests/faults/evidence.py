"""What the judge is given: Telegram's truth log, and the database as it was left. How it judges is checker.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from peerbot.db import models
from peerbot.db.engine import Database
from peerbot.db.migrate import unlock
from peerbot.db.sealed import Keys
from peerbot.simulator.simulator import Simulator
from peerbot.simulator.truth import Happening, Truth

MAKES_UPDATE = frozenset({"message", "press", "edit"})


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person did that Telegram made an update of."""

    update: int
    number: int
    at: datetime
    user: int
    data: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the judge is given."""

    truth: Truth
    bot: int
    first_update: int
    next_update: int
    waiting: int
    complaints: list[str]
    kills: int
    log: str

    @classmethod
    def of(cls, sim: Simulator, *, first_update: int, kills: int, log: str) -> "Evidence":
        """What a simulator has seen since its first update."""
        return cls(
            truth=sim.truth,
            bot=sim.bot.id,
            first_update=first_update,
            next_update=sim.updates.next_id,
            waiting=len(sim.updates.pending),
            complaints=sim.complaints,
            kills=kills,
            log=log,
        )

    def expired(self) -> set[int]:
        """The updates that Telegram dropped because nobody fetched them in time."""
        return {int(str(each.details["update_id"])) for each in self.truth.happenings("update_expired")}

    def acts(self) -> Iterator[Act]:
        """Telegram numbers updates one by one, so the order of what people did gives each its number."""
        update, expired = self.first_update, self.expired()
        for each in self.truth.entries:
            if not isinstance(each, Happening) or each.kind not in MAKES_UPDATE or each.user_id == self.bot:
                continue
            if update not in expired and each.user_id is not None:
                text, data = str(each.details.get("text", "")), str(each.details.get("data", ""))
                yield Act(update, each.number, each.at, each.user_id, data, text)
            update += 1
        if update != self.next_update:
            raise AssertionError("the judge cannot number the updates; the simulator makes others than it knows of")


class Books:
    """The database as it was left, every table in memory."""

    def __init__(self) -> None:
        self._rows: dict[type[Any], list[Any]] = {}

    @classmethod
    async def read(cls, url: str, key: str) -> "Books":
        """Reads what the rules need."""
        database, made = Database(url, Keys([key])), cls()
        try:
            await unlock(database)
            async with database.begin() as session:
                for table in (
                    models.Person,
                    models.Participant,
                    models.StaffRole,
                    models.CheckIn,
                    models.Answer,
                    models.Finding,
                    models.Alert,
                    models.AlertEvent,
                    models.Notice,
                    models.InboxRow,
                    models.OutboxRow,
                ):
                    made._rows[table] = list(await session.scalars(select(table)))
        finally:
            await database.close()
        return made

    def __getitem__(self, table: type[Any]) -> list[Any]:
        return self._rows[table]
