"""One process may hold several programmes: nothing of one is known to the other."""

from io import StringIO
from pathlib import Path

from peerbot.db.migrate import migrate
from peerbot.simulator.simulator import TEST_TOKEN
from tests.town import StoryTown, config_for


async def test_two_programmes_live_in_one_process_and_know_nothing_of_each_other(
    tmp_path: Path, log_lines: StringIO
) -> None:
    towns = []
    for name in ("north", "south"):
        folder = tmp_path / name
        folder.mkdir()
        url = f"sqlite+aiosqlite:///{folder / 'peerbot.db'}"
        await migrate(url)
        town = StoryTown(config_for(url, folder, TEST_TOKEN), log_lines)
        await town.open()
        await town.moves_in("en")
        towns.append(town)
    north, south = towns

    await north.ana.writes("/now")

    north.ana.reads("988")
    north.dr_roth.reads("C-")
    south.dr_roth.reads_nothing()
    assert north.app.database.keys.blind(1) != south.app.database.keys.blind(1)
    for town in towns:
        await town.close()
        town.ends_well()
