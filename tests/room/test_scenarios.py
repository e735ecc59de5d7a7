"""Every scenario file, played to its end in one process, in both languages; and how a trainee's part is judged."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
import pytest_asyncio
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.app import Content
from peerbot.care.thresholds import DEFAULTS
from peerbot.content_files import ContentError
from peerbot.content_files.scenarios import Scenario, load_scenarios
from peerbot.db.base import Base
from peerbot.db.models import Answer
from peerbot.room.deaf import load_deaf_content
from peerbot.room.play import Play
from peerbot.services import rules
from tests.room.stage import TownStage

T = TypeVar("T")
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


async def a_fresh_morning(stage: TownStage, play: Play) -> Play:
    """The next day, with no alert left open that would page on all through the night."""
    await play.tidy()
    await stage.passes(None, "morning")
    return play


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
async def test_every_scenario_ends_as_its_file_says(stage: TownStage, scenario: Scenario) -> None:
    play = await a_fresh_morning(stage, Play(scenario, stage))

    await play.run()

    assert play.trouble == ""
    assert play.state == "done"
    assert not stage.sim.complaints


@pytest.mark.asyncio(loop_scope="module")
async def test_a_trainee_who_is_shown_and_skips_reads_so_in_the_debrief(stage: TownStage) -> None:
    scenario = next(one for one in SCENARIOS if one.id == "nobody-answers")
    play = await a_fresh_morning(stage, Play(scenario, stage, trainee=True))
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


@pytest.mark.asyncio(loop_scope="module")
async def test_the_debrief_names_the_thresholds_that_hold_for_that_participant(stage: TownStage) -> None:
    scenario = next(one for one in SCENARIOS if one.id == "bad-night")
    play = await a_fresh_morning(stage, Play(scenario, stage))
    ana = await stage.town.id_of(stage.cast.people["ana"])
    async with stage.town.app.database.begin() as session:
        why = "agreed with her"
        await rules.change(session, "craving.high", 9, participant_id=ana, why=why, by=None, now=stage.now())

    await play.run()

    async with stage.town.app.database.begin() as session:
        await rules.reset(session, "craving.high", participant_id=ana, why="for the next", by=None, now=stage.now())
    assert play.state == "done", play.trouble
    assert play.summary is not None
    about = stage.texts.plain(stage.locale, "about-craving-high", **DEFAULTS.changed({"craving.high": 9}).values())
    assert about in play.summary["rules"]


async def look_at(
    folder: Path, template: Path, question: Callable[[AsyncSession], Awaitable[T]], seed: int, content: Content | None
) -> T:
    """What the database of a freshly furnished town answers."""
    folder.mkdir()  # noqa: ASYNC240 - a test
    shutil.copy(template, folder / "room.db")
    url = f"sqlite+aiosqlite:///{folder / 'room.db'}"
    made = await TownStage.furnished(url, folder, "en", seed, with_content=content)
    found = await made.ask(question)
    await made.close()
    return found


async def test_the_same_seed_makes_the_same_fortnight_and_another_seed_another(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async def fortnight(session: AsyncSession) -> list[tuple[str, str]]:
        query = select(Answer.question, Answer.value).where(Answer.question.in_(("mood", "craving")))
        return [(question, value) for question, value in await session.execute(query.order_by(Answer.id))]

    first, again, other = [
        await look_at(tmp_path / str(number), sqlite_template, fortnight, seed, None)
        for number, seed in enumerate((1, 1, 2))
    ]

    assert first == again
    assert first != other
    assert len(first) == 2 * (3 * 14 - 3)


async def test_a_room_furnished_without_a_reader_is_the_same_as_one_with(tmp_path: Path, sqlite_template: Path) -> None:
    async def rows(session: AsyncSession) -> list[int]:
        return [await session.scalar(select(func.count()).select_from(one)) or 0 for one in Base.metadata.sorted_tables]

    deaf = await look_at(tmp_path / "deaf", sqlite_template, rows, 0, load_deaf_content())
    full = await look_at(tmp_path / "full", sqlite_template, rows, 0, None)

    assert deaf == full


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("id = 'x'\nstep = [{who = 'ana', flies = true}]", "step 1"),
        ("id = 'x'\nstep = [{passes = 'a while'}]", "step 1"),
        ("id = 'x'\nstep = [{writes = {en = 'x', es = 'x'}}]", "step 1"),
        ("id = 'x'\nstep = [{who = 'ana', writes = {en = 'x'}}]", "step 1"),
        ("id = 'x'\nstep = [{weather = 'sunny'}]", "step 1"),
        ("id = 'x'\nstep = [{who = 'ana', task = {en = 'x', es = 'x'}}]", "step 1"),
        ("id = 'x'\nstep = [{asks_to_join = true}]", "step 1"),
        ("id = 'x'\nstep = [{who = 'ana', writes = {en = 'x', es = 'x'}, stop_at = 'mood'}]", "stop_at"),
        ("id = 'x'\nstep = [{bot = 'asleep'}]", "step 1"),
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
