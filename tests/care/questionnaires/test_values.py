"""Which values may be kept, and why the others may not."""

from pathlib import Path

import pytest

from peerbot.care.questionnaires import SKIPPED, InvalidAnswer, Question, check_value
from tests.care.questionnaires import making


def of_kind(folder: Path, kind: str, extra: str = "") -> Question:
    written = {
        "scale": making.scale("q", extra),
        "days": making.days("q", extra),
        "choice": making.choice("q", extra),
        "several": making.choice("q", extra, kind="several"),
        "yesno": making.yesno("q", extra),
        "time": making.free("q", "time", extra),
        "text": making.free("q", "text", extra),
    }
    return making.load(folder, written[kind]).questions[0]


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("scale", 0, 0),
        ("scale", 10, 10),
        ("days", 7, 7),
        ("choice", "green", "green"),
        ("yesno", "no", "no"),
        ("several", [], ()),
        ("several", ["blue", "red", "blue"], ("red", "blue")),
        ("several", ("green",), ("green",)),
        ("time", "23:59", "23:59"),
        ("text", "x" * 4096, "x" * 4096),
        ("text", "skipped", "skipped"),
    ],
)
def test_a_fitting_value_is_kept(tmp_path: Path, kind: str, value: object, kept: object) -> None:
    assert check_value(of_kind(tmp_path, kind), value) == kept


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("scale", 11, "out-of-range"),
        ("scale", -1, "out-of-range"),
        ("scale", "7", "wrong-kind"),
        ("scale", 7.0, "wrong-kind"),
        ("scale", True, "wrong-kind"),
        ("scale", None, "wrong-kind"),
        ("days", 8, "out-of-range"),
        ("choice", "pink", "unknown-option"),
        ("choice", "", "unknown-option"),
        ("choice", 1, "wrong-kind"),
        ("yesno", "maybe", "unknown-option"),
        ("yesno", True, "wrong-kind"),
        ("several", ["red", "pink"], "unknown-option"),
        ("several", "red", "wrong-kind"),
        ("several", [["red"]], "wrong-kind"),
        ("several", 3, "wrong-kind"),
        ("time", "24:00", "not-a-time"),
        ("time", "8:00", "not-a-time"),
        ("time", "٠٨:٠٠", "not-a-time"),
        ("time", 8, "not-a-time"),
        ("text", "x" * 4097, "too-long"),
        ("text", "  \n", "empty"),
        ("text", 3, "wrong-kind"),
        ("scale", SKIPPED, "not-skippable"),
        ("choice", SKIPPED, "not-skippable"),
        ("several", SKIPPED, "not-skippable"),
        ("time", SKIPPED, "not-skippable"),
    ],
)
def test_any_other_value_is_refused_with_its_reason(tmp_path: Path, kind: str, value: object, reason: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        check_value(of_kind(tmp_path, kind), value)

    assert refusal.value.reason == reason


@pytest.mark.parametrize("kind", ["scale", "days", "choice", "several", "yesno", "time", "text"])
def test_a_skippable_question_may_be_skipped(tmp_path: Path, kind: str) -> None:
    assert check_value(of_kind(tmp_path, kind, "skippable = true"), SKIPPED) == SKIPPED


def test_a_note_may_be_limited_further(tmp_path: Path) -> None:
    note = of_kind(tmp_path, "text", "max_length = 10")

    assert check_value(note, "ten chars!") == "ten chars!"
    with pytest.raises(InvalidAnswer, match="too-long"):
        check_value(note, "eleven char")
