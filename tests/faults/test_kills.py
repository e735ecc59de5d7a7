"""A short life under fire on each database, in `make test`; the long one is campaign.py."""

from pathlib import Path

from tests.faults.campaign import live
from tests.faults.child import POINTS
from tests.postgres import Postgres
from tests.town import content

SEED = 20


async def test_nothing_is_lost_when_the_bot_is_killed_at_every_point_and_at_random(
    sqlite_url: str, tmp_path: Path
) -> None:
    verdict, life = await live(sqlite_url, tmp_path, content(), SEED, 16, every_point=True)

    assert verdict.wrong == []
    assert set(life.points) >= set(POINTS)
    assert verdict.counts["answers"] > 20
    assert verdict.counts["notices arrived"] > 5


async def test_nothing_is_lost_on_postgresql_either(postgres_server: Postgres, tmp_path: Path) -> None:
    name = await postgres_server.fresh()
    try:
        verdict, _life = await live(postgres_server.url(name), tmp_path, content(), SEED, 5)
    finally:
        await postgres_server.drop(name)

    assert verdict.wrong == []
    assert verdict.counts["kills"] >= 5
