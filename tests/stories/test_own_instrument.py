"""The recipe of docs/adding.md, word for word: a programme's own instrument, from its file to the page."""

import re
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import select

from peerbot.app import load_content
from peerbot.care.levels import Level
from peerbot.content_files.questionnaires import unsigned
from peerbot.db.models import Finding
from peerbot.errors import StartError
from peerbot.simulator.simulator import TEST_TOKEN
from tests.stories.answers import answer, question_shown
from tests.town import StoryTown, config_for

ADDING = Path(__file__).parents[2] / "docs" / "adding.md"


def recipe() -> str:
    """The invented instrument of the page."""
    [found] = re.findall(r"```toml\n(.*?)```", ADDING.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A programme's content folder with the instrument in it."""
    (tmp_path / "own" / "questionnaires").mkdir(parents=True)
    (tmp_path / "own" / "questionnaires" / "our-harbour.toml").write_text(recipe(), encoding="utf-8")
    return tmp_path / "own"


@pytest.fixture
async def town(
    database_url: str, tmp_path: Path, own: Path, log_lines: StringIO, language: str
) -> AsyncIterator[StoryTown]:
    made = StoryTown(config_for(database_url, tmp_path, TEST_TOKEN, locale=language), log_lines)
    made.content = load_content(own)
    await made.open()
    await made.moves_in(language)
    yield made
    await made.close()
    made.ends_well()


async def asks_harbour(town: StoryTown) -> None:
    """Dr Roth asks it once, now."""
    person = await town.id_of(town.ana)
    await town.dr_roth.writes("/caseload")
    await town.dr_roth.presses(town.dr_roth.visible()[-1], f"pl:{person}:ask:our-harbour")
    town.all_read()


async def test_the_recipes_instrument_is_asked_judged_tap_by_tap_and_pages_as_its_bands_say(town: StoryTown) -> None:
    await asks_harbour(town)
    assert question_shown(town.ana) == "adrift"

    await answer(town, town.ana, "rather-not")
    town.dr_roth.reads(town.say("level-same-day"))
    await answer(town, town.ana, "yes")

    town.ana.reads("988")
    town.dr_roth.reads(town.say("level-urgent"))
    await town.dr_roth.taps(town.say("alert-button-open"))
    town.dr_roth.reads(town.say("rule-own-form-urgent", form="our-harbour"))
    async with town.app.database.begin() as session:
        found = (await session.execute(select(Finding.rule, Finding.level).order_by(Finding.id))).all()
    assert [tuple(row) for row in found] == [
        ("own-form-same-day", Level.SAME_DAY),
        ("own-form-urgent", Level.URGENT),
    ]
    town.all_read()


async def test_a_calm_answer_to_it_pages_nobody_and_is_shown_to_the_counselor(town: StoryTown) -> None:
    await asks_harbour(town)

    await answer(town, town.ana, "no")

    town.dr_roth.reads_nothing()
    await town.dr_roth.writes("/caseload")
    await town.dr_roth.taps("River")
    town.dr_roth.reads({"en": "Calm", "es": "En calma"}[town.language])
    town.all_read()


def test_it_is_signed_and_unsigned_it_would_be_listed(own: Path) -> None:
    file = own / "questionnaires" / "our-harbour.toml"
    assert not any("our-harbour" in line for line in unsigned(load_content(own).questionnaires))

    file.write_text(re.sub(r"signed = .*\n", "", recipe()), encoding="utf-8")

    assert any("our-harbour" in line for line in unsigned(load_content(own).questionnaires))


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('level = "urgent"', 'level = "panic"', '"level" must be one of'),
        ("subscales = { total = 2 }", "subscales = { total = 1 }", "total"),
        ('id = "storm"\nsubscale = "total"\nlow = 2', 'id = "storm"\nsubscale = "total"\nlow = 3', "storm"),
        (', es = "¿Es demasiado en este momento?"', "", '"es"'),
        ('question = "adrift"', 'question = "afloat"', "afloat"),
        ('in = ["yes", "rather-not"]', 'in = ["perhaps"]', "perhaps"),
        ('items = ["adrift", "sinking"]', 'items = ["adrift", "singing"]', "singing"),
        ('options = "answers"', 'options = "replies"', "replies"),
        ('kind = "choice"', 'kind = "guess"', "guess"),
        ("low = 1\nhigh = 1", "low = 1\nhigh = 2", "storm"),
        ('id = "sinking"', 'id = "adrift"', "adrift"),
        ('licence = "', 'license = "', "licen"),
        ("[[subscales]]", "[[subscales]", "toml"),
    ],
)
def test_every_mistake_in_it_stops_the_start_with_file_and_reason(
    own: Path, before: str, after: str, reason: str
) -> None:
    text = recipe()
    assert before in text
    (own / "questionnaires" / "our-harbour.toml").write_text(text.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(StartError, match=r"our-harbour\.toml") as refused:
        load_content(own)

    assert reason in str(refused.value)
