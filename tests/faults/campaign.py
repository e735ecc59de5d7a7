"""`python -m tests.faults.campaign`: lives under fire, one after the other, until the kills are used up.

Each life is a new world on a new database: some days with a dozen kills each, judged at its end. Then comes the table.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from peerbot import log
from peerbot.app import Content, load_content
from peerbot.db.migrate import migrate
from tests import postgres
from tests.faults.checker import Judge, Verdict
from tests.faults.evidence import Books, Evidence
from tests.faults.life import Life, plan
from tests.faults.world import Nursery, World

A_DAY = 12  # kills
A_LIFE = 36
STOP_WITHIN = 5.0  # seconds from SIGTERM to the end, as promised to operators


@dataclass(slots=True)
class Report:
    """What came of some lives."""

    counts: Counter[str] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest_stop: float = 0.0
    slowest_calm: float = 0.0

    def table(self) -> str:
        """The figures as Markdown rows, and every finding below."""
        rows = [("| what | count |"), ("|---|---|")]
        rows += [f"| killed at {name} | {count} |" for name, count in sorted(self.points.items())]
        rows += [f"| {name} | {count} |" for name, count in sorted(self.counts.items())]
        rows.append(f"| slowest start until nothing was left to do, seconds | {self.slowest_calm:.1f} |")
        rows += [f"| slowest clean stop, seconds | {self.slowest_stop:.1f} |", f"| findings | {len(self.wrong)} |"]
        return "\n".join([*rows, "", *self.wrong])


async def live(
    url: str, folder: Path, content: Content, seed: int, kills: int, *, every_point: bool = False
) -> tuple[Verdict, Life]:
    """One life on an empty, migrated database, and its judgement."""
    random = Random(seed)
    world, nursery = World(url, folder, content), await Nursery.open()
    try:
        await world.open()
        life = Life(world, nursery, random)
        left = plan(random, kills, every_point=every_point)
        while left and not life.restless:
            await life.day(left[:A_DAY])
            left = left[A_DAY:]
        if not life.restless:
            await life.evening()
    finally:
        await nursery.close()
        await world.close()
    evidence = Evidence.of(
        world.town.sim, first_update=world.first_update, kills=world.kills, log=world.log.read_text()
    )
    verdict = Judge(evidence, await Books.read(url, world.town.config.keys[0])).judge()
    if life.restless:
        verdict.wrong.append("something was left to do long after the last fault")
    for code, seconds in life.exits:
        if code != 0 or seconds > STOP_WITHIN:
            verdict.wrong.append(f"asked to end, a bot took {seconds:.1f} s and ended with {code}")
    return verdict, life


async def _campaign(kills: int, seed: int, server: postgres.Postgres | None) -> Report:
    report, content = Report(), load_content()
    while report.counts["kills"] < kills:
        with tempfile.TemporaryDirectory(prefix="peerbot-faults-") as name:
            folder = Path(name)
            database = await server.fresh() if server else ""
            url = server.url(database) if server else f"sqlite+aiosqlite:///{folder / 'life.db'}"
            if not server:
                await migrate(url)
            start = time.monotonic()
            count = min(A_LIFE, kills - report.counts["kills"])
            verdict, life = await live(url, folder, content, seed, count, every_point=count > A_DAY)
            report.counts += verdict.counts
            report.points += life.points
            report.wrong += [f"seed {seed}: {text}" for text in verdict.wrong]
            report.slowest_stop = max(report.slowest_stop, *(seconds for _, seconds in life.exits))
            report.slowest_calm = max(report.slowest_calm, life.slowest_calm)
            spent = time.monotonic() - start
            _tell(f"seed {seed}: {verdict.counts['kills']} kills, {len(verdict.wrong)} findings, {spent:.0f} s")
            if verdict.wrong:
                kept = Path(tempfile.mkdtemp(prefix=f"peerbot-faults-seed-{seed}-"))
                shutil.copytree(folder, kept, dirs_exist_ok=True)
                _tell("\n".join([*verdict.wrong, f"kept in {kept}"]))
            if server:
                await server.drop(database)
        seed += 1
    return report


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main() -> int:
    """Runs the campaign; 1 when anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    log.configure(level=50)
    server = postgres.start() if options.database == "postgresql" else None
    report = asyncio.run(_campaign(options.kills, options.seed, server))
    sys.stdout.write(report.table() + "\n")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
