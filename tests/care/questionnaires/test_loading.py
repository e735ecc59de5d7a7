"""A wrong file is refused with its name, the entry and a reason; a programme's own file is taken in."""

from pathlib import Path

import pytest

from peerbot.care.questionnaires import Kind
from peerbot.content_files import ContentError
from peerbot.content_files.questionnaires import load_questionnaires, of_version, unsigned
from tests.care.questionnaires import making
from tests.care.questionnaires.making import HEADER, choice, days, free, load, scale, yesno
from tests.care.questionnaires.mistakes import MISTAKES, TEXT, wrong


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_wrong_file_is_refused_with_file_entry_and_reason(mistake: str, tmp_path: Path) -> None:
    text, entry, reason = MISTAKES[mistake]

    with pytest.raises(ContentError) as refusal:
        load(tmp_path, text, header="")

    assert refusal.value.file == "small.toml"
    assert entry in refusal.value.entry
    assert reason in refusal.value.reason


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ContentError, match=r"small\.toml, file: is not valid TOML"):
        load_questionnaires(tmp_path)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "small.toml").mkdir()

    with pytest.raises(ContentError, match=r"small\.toml, file: cannot be read"):
        load_questionnaires(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such folder"):
        load_questionnaires(extra=tmp_path / "missing")


def test_a_file_with_every_kind_of_question_loads(tmp_path: Path) -> None:
    small = load(
        tmp_path,
        choice("one"),
        choice("two", kind="several"),
        scale("three"),
        days("four"),
        free("five", "time"),
        free("six"),
        yesno("seven"),
    )

    assert [question.kind for question in small.questions] == list(Kind)
    assert [option.id for option in small.questions[-1].options] == ["yes", "no"]


def test_a_programme_adds_its_own_questionnaire(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(HEADER + yesno("q"), encoding="utf-8")

    loaded = load_questionnaires(extra=tmp_path)

    assert loaded["small"].version == 1
    assert set(load_questionnaires()) < set(loaded)


def test_a_programmes_file_replaces_the_shipped_one_and_old_answers_keep_their_questions(daily_full: Path) -> None:
    loaded = load_questionnaires(extra=daily_full)

    assert loaded["daily"].version == 2
    assert of_version(loaded, "daily", 2) is loaded["daily"]
    old = of_version(loaded, "daily", 1)
    assert old is not None
    assert [question.id for question in old.questions] == ["use", "mood", "craving"]
    assert of_version(loaded, "daily", 3) is None
    assert of_version(loaded, "ghost", 1) is None


def test_other_questions_under_the_same_version_are_refused(tmp_path: Path) -> None:
    text = HEADER.replace('"small"', '"tea"') + yesno("q")
    (tmp_path / "tea.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ContentError, match="version 1 is already taken"):
        load_questionnaires(extra=tmp_path)


def test_the_same_file_in_both_places_is_no_mistake(tmp_path: Path) -> None:
    shipped = (Path(making.__file__).parents[3] / "peerbot/content/questionnaires/tea.toml").read_text(encoding="utf-8")
    (tmp_path / "tea.toml").write_text(shipped, encoding="utf-8")

    assert load_questionnaires(extra=tmp_path) == load_questionnaires()


def test_an_earlier_version_stays_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "small@1.toml").write_text(HEADER + yesno("old"), encoding="utf-8")
    (tmp_path / "small.toml").write_text(HEADER.replace("version = 1", "version = 2") + yesno("new"), encoding="utf-8")

    loaded = load_questionnaires(tmp_path)

    old = of_version(loaded, "small", 1)
    assert old is not None
    assert old.questions[0].id == "old"
    assert loaded["small"].questions[0].id == "new"


def test_what_nobody_signed_is_listed_in_plain_sentences(tmp_path: Path) -> None:
    unverified = 'unverified = ["the bins are a guess."]\n'
    signed = '[signed]\nby = "Dr Example"\non = 2026-01-31\n'

    load(tmp_path, unverified, yesno("q"))
    assert unsigned(load_questionnaires(tmp_path)) == [
        "Questionnaire small (version 1) is not signed by a clinician.",
        "Questionnaire small: the bins are a guess.",
    ]

    load(tmp_path, signed, yesno("q"))
    assert unsigned(load_questionnaires(tmp_path)) == []


def test_questions_may_share_a_set_of_options_and_a_line_above(tmp_path: Path) -> None:
    small = load(
        tmp_path,
        'hint = { en = "Lately", es = "Últimamente" }\n',
        "[option_sets]\noften = [",
        '{ id = "no", label = { en = "No", es = "No" } }, { id = "yes", label = { en = "Yes", es = "Sí" } } ]\n',
        wrong('kind = "choice"\noptions = "often"\n' + TEXT),
    )

    assert [option.id for option in small.questions[0].options] == ["no", "yes"]
    assert small.questions[0].hint["es"] == "Últimamente"
