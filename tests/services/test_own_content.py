"""A programme's own questionnaires: added from its folder, refused with file, entry and reason."""

from pathlib import Path

import pytest

from peerbot.app import load_content
from peerbot.errors import StartError

SHIPPED = Path(load_content.__code__.co_filename).parent / "content" / "questionnaires"


def test_a_programmes_own_folder_adds_a_questionnaire(tmp_path: Path) -> None:
    text = (SHIPPED / "tea.toml").read_text(encoding="utf-8")
    (tmp_path / "questionnaires").mkdir()
    (tmp_path / "questionnaires" / "our-tea.toml").write_text(text.replace('id = "tea"', 'id = "our-tea"', 1))

    loaded = load_content(tmp_path).questionnaires

    assert {"our-tea", "tea", "daily"} <= set(loaded)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('kind = "scale"', 'kind = "mood-ring"'),
        ("version = 1", ""),
        ("es = ", "fr = "),
        ('id = "tea"', 'id = "coffee"'),
    ],
)
def test_a_wrong_file_of_its_own_stops_the_start_and_is_named(tmp_path: Path, before: str, after: str) -> None:
    text = (SHIPPED / "tea.toml").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "questionnaires").mkdir()
    (tmp_path / "questionnaires" / "tea.toml").write_text(
        text.replace(before, after, 1).replace("version = 1", "version = 2")
    )

    with pytest.raises(StartError, match=r"tea\.toml"):
        load_content(tmp_path)
