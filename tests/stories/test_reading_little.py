"""The two tables that grow with every day are never read from end to end by anything that people or ticks do."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import event

from tests.stories.answers import GOOD_DAY, answer
from tests.town import StoryTown

WHOLE_TABLE = re.compile(r"SCAN (answers|check_ins)\b(?! USING)")


async def test_nothing_in_a_day_reads_all_answers_or_all_check_ins(small_town: StoryTown) -> None:
    town = small_town
    said: dict[str, Any] = {}

    def note(_conn: object, _cursor: object, statement: str, values: Any, _context: object, many: bool) -> None:
        said[statement] = values[0] if many else values

    engine = town.app.database.engine
    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await town.pass_time(hours=24)
    await answer(town, town.ana, *GOOD_DAY)
    await town.pass_time(hours=24)
    await answer(town, town.ana, "alcohol", "no")
    await town.ana.writes("/progress")
    await town.ana.writes("/milestones")
    await town.dr_roth.writes("/caseload")
    await town.dr_roth.taps("River")
    await town.pass_time(hours=24)
    event.remove(engine.sync_engine, "before_cursor_execute", note)

    scans = [line for statement, values in said.items() for line in await _plan(town, statement, values)]
    assert len(said) > 50
    assert [line for line in scans if WHOLE_TABLE.search(line)] == []
    town.all_read()


async def _plan(town: StoryTown, statement: str, values: Sequence[Any]) -> list[str]:
    """How SQLite goes about a statement, with the statement behind each step."""
    if not statement.startswith(("SELECT", "UPDATE", "DELETE")):
        return []
    async with town.app.database.engine.connect() as connection:
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return [f"{row['detail']}  <-  {statement[:200]}" for row in rows.mappings()]
