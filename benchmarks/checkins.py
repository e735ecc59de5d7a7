"""How due ticks and answers fare as a programme grows: 1k, 10k and 100k participants with 90 days of history.

Run: python -m benchmarks.checkins [participants ...]. Rows are made by INSERT ... SELECT inside SQLite; sealed values
are copies of one sealed row, because what is measured is finding and writing, not sealing. Of everyone but the person
who answers only the `use` answers are made, or the largest size would take an hour to fill. Times are medians in ms.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.app import load_content
from peerbot.db.models import Cause, CheckIn, CheckInState, Participant, Person
from peerbot.rehearsal import Town, offline_config
from peerbot.services import answering, asking
from peerbot.simulator.simulator import TEST_TOKEN

DAYS, DUE, ANSWERS = 90, 500, 60
GOOD_DAY = (("use", "no"), ("craving", "1"), ("confidence", "9"), ("mood", "8"), ("sleep", "well"), ("ahead", "no"))

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
SEED = (
    # people and participants: copies of Ana, each under a key of their own
    _NUMBERS  # noqa: S608 - no value of anybody's comes into it
    + "INSERT INTO people (chat_key, chat, alias, locale, zone, reachable, created_at) "
    "SELECT printf('%032x', i), chat, alias, locale, zone, 1, created_at FROM n, people WHERE people.id = :ana",
    "INSERT INTO participants (person_id, case_code, case_key, counselor_id, joined_at, enrolled_at) "
    "SELECT p.id, a.case_code, p.chat_key, a.counselor_id, a.joined_at, a.enrolled_at "
    "FROM people p, participants a WHERE p.id > :last AND a.person_id = :ana",
    "INSERT INTO schedules (participant_id, questionnaire, local_time, weekdays, every_weeks, due_on, due_at) "
    "SELECT p.id, 'daily', '09:00', '0123456', 1, s.due_on, datetime(s.due_at, '+' || (p.id / {}) || ' days') "
    "FROM people p, schedules s WHERE p.id > :last AND s.participant_id = :ana",
    _NUMBERS + "INSERT INTO check_ins (participant_id, questionnaire, version, local_on, state, level, opened_at, "
    "delivered_at, completed_at, closes_at, cause, late) "
    "SELECT p.id, 'daily', 2, date(:today, '-' || i || ' days'), 'closed', 0, :now, :now, :now, :now, 'schedule', 0 "
    "FROM n, people p WHERE p.id >= :last",
    "INSERT INTO answers (check_in_id, question, value, answered_at) "
    "SELECT c.id, a.question, a.value, :now FROM check_ins c, answers a WHERE a.check_in_id = :model "
    "AND c.id <> :model AND (a.question = 'use' OR c.participant_id = :ana)",
)


async def seed(session: AsyncSession, town: Town, count: int, model: CheckIn, ana: int) -> None:
    """`count` participants like Ana with 90 days of answers; 500 of them are due with the next tick."""
    last = await session.scalar(select(func.max(Person.id))) or 0
    values = {"ana": ana, "last": last, "model": model.id, "now": town.clock.now().replace(tzinfo=None)}
    values["today"] = model.local_on
    for statement, size in zip(SEED, (count, 0, DUE, DAYS, 0), strict=True):
        await session.execute(text(statement.format(size)), values)
    await session.execute(text("ANALYZE"))


async def measure(count: int, folder: Path) -> tuple[float, float, float]:
    """Median milliseconds of a due tick of 500, of one answer, and of the last answer with its summary."""
    config = offline_config(f"sqlite+aiosqlite:///{folder}/bench.db", folder, TEST_TOKEN)
    town = Town(config, content=load_content())
    await town.open()
    roth, ana = town.sim.person("Dr Roth"), town.sim.person("Ana")
    await town.join_staff(roth, "counselor")
    await town.join_participant(ana, counselor=roth)
    number = await town.id_of(ana)
    async with town.app.database.begin() as session:
        await asking.begin(session, ana.id, now=town.clock.now())
    async with town.app.database.begin() as session:
        model = (await session.scalars(select(CheckIn))).one()
        for question, value in GOOD_DAY:
            await answering.record_answer(
                session, ana.id, model.id, question, value, message_id=1, event="b", now=town.clock.now()
            )
        model.state = CheckInState.CLOSED
    async with town.app.database.begin() as session:
        await seed(session, town, count, model, number)
    town.clock.advance(timedelta(hours=24))
    ticks, answers, ends = await _due(town), *(await _answers(town, number))
    await town.close()
    return ticks, answers, ends


async def _due(town: Town) -> float:
    began = time.perf_counter()
    async with town.app.database.begin() as session:
        asked = await asking.ask_due(session, now=town.clock.now())
    assert asked > 1, asked
    return (time.perf_counter() - began) * 1000 / asked


async def _answers(town: Town, ana: int) -> tuple[float, float]:
    taps, ends = [], []
    for on in range(ANSWERS):
        now = town.clock.now() + timedelta(days=on)
        async with town.app.database.begin() as session:
            person = await session.get_one(Person, ana)
            await session.get_one(Participant, ana)
            await asking.ask_now(session, person, "daily", cause=Cause.OWN, now=now)
        async with town.app.database.begin() as session:
            row = await session.scalar(
                select(CheckIn.id).where(CheckIn.participant_id == ana).order_by(CheckIn.id.desc())
            )
        for question, value in (*GOOD_DAY, ("help", "no")):
            began = time.perf_counter()
            async with town.app.database.begin() as session:
                await answering.record_answer(
                    session, int(person.chat), row or 0, question, value, message_id=1, event="b", now=now
                )
            taps.append(time.perf_counter() - began)
        began = time.perf_counter()
        async with town.app.database.begin() as session:
            await answering.move(session, int(person.chat), row or 0, "note", "skip", message_id=1, now=now)
        ends.append(time.perf_counter() - began)
    return statistics.median(taps) * 1000, statistics.median(ends) * 1000


async def main(sizes: list[int]) -> None:
    """Prints one line a size and the ratio of the largest to the smallest."""
    found = []
    print(f"{'participants':>12} {'check-ins':>10} {'due, ms each':>13} {'answer, ms':>11} {'last answer':>12}")
    for count in sizes:
        with tempfile.TemporaryDirectory(prefix="peerbot-bench-") as folder:
            found.append(await measure(count, Path(folder)))
        due, tap, end = found[-1]
        print(f"{count:>12} {count * DAYS:>10} {due:>13.2f} {tap:>11.2f} {end:>12.2f}", flush=True)
    if len(found) > 1:
        ratios = [late / early for early, late in zip(found[0], found[-1], strict=True)]
        print("ratio, largest to smallest:", " ".join(f"{ratio:.2f}" for ratio in ratios))


if __name__ == "__main__":
    print(datetime.now(UTC).date())
    asyncio.run(main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]))
