"""How due ticks and answers fare as a programme grows: 1k, 10k and 100k participants with 90 days of history.

Run: python -m benchmarks.checkins [cpu] [participants ...]. Rows are made day by day, as life makes them, by INSERT ...
SELECT over a connection of their own that keeps no journal and builds indexes last. Sealed values are copies of one
sealed row: what is measured is finding and writing, not sealing. Of everyone but the sixty who answer only the `use`
answers are made. Times are medians in ms, or ms for each person asked or closed; `idle` is every tick once with
nothing to do. The start and the memory are those of a process of its own that opens the database and polls once.
With the word `cpu` before the sizes, processor time is measured instead: for a machine that others use as well.
"""

import asyncio
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update

from peerbot.app import load_content
from peerbot.db.models import Cause, CheckIn, CheckInState, Person
from peerbot.rehearsal import Town, offline_config
from peerbot.services import answering, asking, checkins
from peerbot.simulator.simulator import TEST_TOKEN
from peerbot.ticks import TICKS

DAYS, DUE, ANSWERING, FIRST_USER = 90, 1000, 60, 6_000_000_000
GOOD_DAY = (("use", "no"), ("craving", "1"), ("confidence", "9"), ("mood", "8"), ("sleep", "well"), ("ahead", "no"))
SEED = (
    # people and participants: copies of Ana, each under a key of their own
    "INSERT INTO people (chat_key, chat, alias, locale, zone, reachable, created_at) "
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
    "SELECT printf('%032x', i), chat, alias, locale, zone, 1, created_at FROM n, people WHERE people.id = :ana",
    "INSERT INTO participants (person_id, case_code, case_key, counselor_id, joined_at, enrolled_at) "
    "SELECT p.id, a.case_code, p.chat_key, a.counselor_id, a.joined_at, a.enrolled_at "
    "FROM people p, participants a WHERE p.id > :last AND a.person_id = :ana",
    "INSERT INTO schedules (participant_id, questionnaire, local_time, weekdays, every_weeks, due_on, due_at) "
    "SELECT p.id, 'daily', '09:00', '0123456', 1, s.due_on, "
    "strftime('%Y-%m-%d %H:%M:%f000', s.due_at, '+' || (p.id / :due) || ' days') "
    "FROM people p, schedules s WHERE p.id > :last AND s.participant_id = :ana",
    "INSERT INTO check_ins (participant_id, questionnaire, version, local_on, state, level, opened_at, "
    "delivered_at, completed_at, closes_at, cause, late) "
    "WITH RECURSIVE n(i) AS (SELECT :days UNION ALL SELECT i - 1 FROM n WHERE i > 1) "
    "SELECT p.id, 'daily', m.version, date(m.local_on, '-' || i || ' days'), 'closed', 0, :now, :now, :now, :now, "
    "'schedule', 0 FROM n CROSS JOIN check_ins m CROSS JOIN people p WHERE m.id = :model AND p.id > :last",
    "INSERT INTO answers (check_in_id, question, value, answered_at) "
    "SELECT c.id, a.question, a.value, :now FROM check_ins c CROSS JOIN answers a WHERE c.id <> :model "
    "AND a.check_in_id = :model AND (a.question = 'use' OR c.participant_id % :every = 0)",
)


_clock = time.process_time if "cpu" in sys.argv else time.perf_counter


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds, then milliseconds and megabytes of a start."""

    due: float
    close: float
    idle: float
    tap: float
    last: float
    start: float
    memory: float


@contextmanager
def without_indexes(raw: sqlite3.Connection, *tables: str) -> Iterator[None]:
    """Drops the indexes of tables that are about to be filled, and builds them after."""
    named = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?"
    dropped = [row for table in tables for row in raw.execute(named, (table,)).fetchall()]
    for name, _sql in dropped:
        raw.execute(f"DROP INDEX {name}")
    yield
    for _name, sql in dropped:
        raw.execute(sql)


def seed(file: Path, values: dict[str, object]) -> None:
    """`count` participants like Ana with 90 days of answers; 1,000 of them are due with the next tick."""
    raw = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-1500000"):
        raw.execute(f"PRAGMA {pragma}")
    with without_indexes(raw, "people", "schedules", "check_ins", "answers"):
        for statement in SEED:
            raw.execute(statement, {name: value for name, value in values.items() if f":{name}" in statement})
    raw.close()


async def prepare(town: Town, count: int, file: Path) -> list[int]:
    """A town of `count`; returns the Telegram users of the sixty who will answer."""
    roth, ana = town.sim.person("Dr Roth"), town.sim.person("Ana")
    await town.join_staff(roth, "counselor")
    await town.join_participant(ana, counselor=roth)
    number = await town.id_of(ana)
    now = town.clock.now()
    async with town.app.database.begin() as session:
        await asking.begin(session, ana.id, now=now)
    async with town.app.database.begin() as session:
        model = (await session.scalars(select(CheckIn))).one()
        for question, value in GOOD_DAY:
            await answering.record_answer(session, ana.id, model.id, question, value, message_id=1, event="b", now=now)
        model.state = CheckInState.CLOSED
    await town.app.sender.drain()
    await town.app.database.engine.dispose()
    every = count // ANSWERING
    values: dict[str, object] = {
        "ana": number,
        "last": number,
        "model": model.id,
        "count": count,
        "due": DUE,
        "days": DAYS,
    }
    values |= {"now": now.strftime("%Y-%m-%d %H:%M:%S.%f"), "every": every}
    began = _clock()
    seed(file, values)
    print(f"{count} participants made in {_clock() - began:.0f} s", file=sys.stderr, flush=True)
    users = []
    async with town.app.database.begin() as session:
        for turn in range(1, ANSWERING):
            user = FIRST_USER + turn
            key = town.app.database.keys.blind(user)
            await session.execute(update(Person).where(Person.id == turn * every).values(chat_key=key, chat=str(user)))
            users.append(user)
    return users[1:]  # the first may be staff


async def measure(count: int, folder: Path) -> Measured:
    """One row of the table."""
    file = folder / "bench.db"
    town = Town(offline_config(f"sqlite+aiosqlite:///{file}", folder, TEST_TOKEN), content=load_content())
    await town.open()
    users = await prepare(town, count, file)
    idle = await _idle(town)
    town.clock.advance(timedelta(hours=24))
    due = await _each(town, "ask-due")
    tap, last = await _answers(town, users)
    town.clock.advance(timedelta(hours=24))
    close = await _close(town)
    await town.close()
    return Measured(due, close, idle, tap, last, *_start(file, town.config.keys[0]))


def _start(file: Path, key: str) -> tuple[float, float]:
    """Milliseconds from the start of a process to its first poll, and the megabytes it held, its Telegram included."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.checkins", "start", str(file), key]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return (float(said[-2]) - began) * 1000, float(said[-1])


async def start(file: Path, key: str) -> None:
    """One start: the bot opens the database, polls once, runs every tick; says when it polled and its memory."""
    url = f"sqlite+aiosqlite:///{file}"
    town = Town(offline_config(url, file.parent, TEST_TOKEN, keys=(key,)))
    await town.open()
    polled = time.perf_counter()
    await town.app.ticker.run_all()
    await town.close()
    print(polled, most_held())


def most_held() -> float:
    """The most megabytes this process ever held. Not getrusage: that one begins with what the parent held."""
    [line] = [line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


async def _idle(town: Town) -> float:
    """Milliseconds of every tick with nothing to find, median of nine rounds."""
    rounds = []
    for _ in range(9):
        began = _clock()
        for tick in TICKS:
            async with town.app.database.begin() as session:
                await tick.work(session, now=town.clock.now())
        rounds.append(_clock() - began)
    return statistics.median(rounds) * 1000


async def _each(town: Town, name: str) -> float:
    """Milliseconds a row of a tick that finds work: the median of its batches, commit and all."""
    [tick] = [tick for tick in TICKS if tick.name == name]
    batches, found = [], 1
    while found:
        began = _clock()
        async with town.app.database.begin() as session:
            found = await tick.work(session, now=town.clock.now())
        batches.append((_clock() - began) * 1000 / max(found, 1))
    assert len(batches) > 5, "too few were due"
    return statistics.median(batches[:-1])


async def _close(town: Town) -> float:
    """What was asked, delivered and never answered is closed, and each silence is judged."""
    async with town.app.database.begin() as session:
        await session.execute(update(CheckIn).where(CheckIn.state == "open").values(delivered_at=town.clock.now()))
    return await _each(town, "close-ended")


async def _answers(town: Town, users: list[int]) -> tuple[float, float]:
    """Median of one answer, and of the last one with its summary, over people who each finish their day."""
    taps, ends = [], []
    for user in users:
        now = town.clock.now()
        async with town.app.database.begin() as session:
            person = (
                await session.scalars(select(Person).where(Person.chat_key == town.app.database.keys.blind(user)))
            ).one()
            await asking.ask_now(session, person, "daily", cause=Cause.OWN, now=now)  # where the tick has not
            row = (await checkins.open_ones(session, person.id))[0].id
        for question, value in (*GOOD_DAY, ("help", "no")):
            began = _clock()
            async with town.app.database.begin() as session:
                await answering.record_answer(session, user, row, question, value, message_id=1, event="b", now=now)
            taps.append(_clock() - began)
        began = _clock()
        async with town.app.database.begin() as session:
            await answering.move(session, user, row, "note", "skip", message_id=1, now=now)
        ends.append(_clock() - began)
    return statistics.median(taps) * 1000, statistics.median(ends) * 1000


async def table(sizes: list[int]) -> None:
    """Prints one line a size and the ratio of the largest to the smallest."""
    found = []
    print(f"{'participants':>12} " + " ".join(f"{one.name:>8}" for one in fields(Measured)) + "   (ms, MB)")
    for count in sizes:
        with tempfile.TemporaryDirectory(prefix="peerbot-bench-") as folder:
            found.append(await measure(count, Path(folder)))
        print(f"{count:>12} " + " ".join(f"{one:>8.2f}" for one in astuple(found[-1])), flush=True)
    if len(found) > 1:
        ratios = [late / early for early, late in zip(astuple(found[0]), astuple(found[-1]), strict=True)]
        print(f"{'ratio':>12} " + " ".join(f"{ratio:>8.2f}" for ratio in ratios) + "   (reach 1.5)")


def main() -> None:
    """The sizes of the map, or those on the command line."""
    if sys.argv[1:2] == ["start"]:
        asyncio.run(start(Path(sys.argv[2]), sys.argv[3]))
        return
    asyncio.run(table([int(size) for size in sys.argv[1:] if size.isdigit()] or [1_000, 10_000, 100_000]))


if __name__ == "__main__":
    main()
