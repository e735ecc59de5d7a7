"""Every scenario file, played to its end in one process, in both languages; and how a trainee's part is judged."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from peerbot.content_files import ContentError
from peerbot.content_files.scenarios import Scenario, load_scenarios
from peerbot.room.play import Play
from tests.room.stage import TownStage

SCENARIOS = load_scenarios()


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["en", "es"])
async def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> AsyncIterator[TownStage]:
    """One furnished town for all scenarios of a language; each clears up after the one before, as in the room."""
    folder = tmp_path_factory.mktemp("stage")
    shutil.copy(sqlite_template, folder / "room.db")
    made = await TownStage.furnished(f"sqlite+aiosqlite:///{folder / 'room.db'}", folder, request.param)
    yield made
    await made.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
async def test_every_scenario_ends_as_its_file_says(stage: TownStage, scenario: Scenario) -> None:
    await stage.passes(None, "morning")
    play = Play(scenario, stage)

    await play.run()

    assert play.trouble == ""
    assert play.state == "done"
    assert not stage.sim.complaints


@pytest.mark.asyncio(loop_scope="module")
async def test_a_trainee_who_is_shown_and_skips_reads_so_in_the_debrief(stage: TownStage) -> None:
    await stage.passes(None, "morning")
    play = Play(next(one for one in SCENARIOS if one.id == "nobody-answers"), stage, trainee=True)
    running = asyncio.create_task(play.run())

    asked: list[int] = []
    while not running.done():
        if play.state == "waiting" and play.at not in asked:
            asked.append(play.at)
            play.nudge("show" if len(asked) == 1 else "skip")
        await asyncio.sleep(0)

    assert play.summary is not None
    assert len(play.summary["missed"]) == 3
    assert play.summary["alerts"][0]["acknowledged"] >= 30 * 60
    assert play.summary["alerts"][0]["closed"] is None
    assert play.summary["pages"] == 5


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("id = 'x'\nstep = [{who = 'ana', flies = true}]", "step 1"),
        ("id = 'x'\nstep = [{passes = 'a while'}]", "step 1"),
        ("id = 'x'\nstep = [{writes = {en = 'x', es = 'x'}}]", "step 1"),
        ("id = 'x'\nstep = [{who = 'ana', writes = {en = 'x'}}]", "step 1"),
        ("id = 'x'\nstep = [{weather = 'sunny'}]", "step 1"),
        ("id = 'x'\nstep = [{who = 'ana', task = {en = 'x', es = 'x'}}]", "step 1"),
        ("id = 'x'\nnonsense = 1", "nonsense"),
        ("id = 'x'", "step"),
        ("id = ", "the file"),
    ],
)
def test_a_mistake_in_a_scenario_names_file_and_step(tmp_path: Path, words: str, names: str) -> None:
    head = "title = {en = 'x', es = 'x'}\nabout = {en = 'x', es = 'x'}\nlesson = {en = 'x', es = 'x'}\n"
    (tmp_path / "broken.toml").write_text(head + words, encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        load_scenarios(tmp_path)

    assert "broken.toml" in str(caught.value)
    assert names in str(caught.value)
