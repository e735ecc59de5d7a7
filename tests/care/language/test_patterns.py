"""Every pattern of the content does what its own examples say, and the loader refuses files that are wrong."""

from pathlib import Path

import pytest

from peerbot.care.language import Kind, Pattern, Reader
from peerbot.care.levels import Level
from peerbot.content_files import CONTENT, ContentError
from peerbot.content_files.language import load_patterns

PATTERNS = load_patterns()
READER = Reader(PATTERNS)
DANGERS = [pattern for pattern in PATTERNS.patterns if pattern.kind is Kind.DANGER]
FOLDER = CONTENT / "language"


@pytest.mark.parametrize("pattern", DANGERS, ids=lambda pattern: pattern.id)
def test_a_pattern_fires_on_its_firing_examples(pattern: Pattern) -> None:
    readings = {text: READER.screen(text, pattern.locale) for text in pattern.fires}

    assert pattern.fires
    assert {text: reading.level for text, reading in readings.items() if reading.level < pattern.level} == {}


@pytest.mark.parametrize("pattern", PATTERNS.patterns, ids=lambda pattern: pattern.id)
def test_a_pattern_is_silent_on_its_silent_examples(pattern: Pattern) -> None:
    readings = [READER.screen(text, pattern.locale) for text in pattern.silent]

    assert pattern.silent or pattern.kind is not Kind.DANGER
    assert [(reading.span, reading.rule) for reading in readings if reading.level > Level.LOG] == []


def test_both_languages_know_the_same_categories() -> None:
    def categories(locale: str) -> set[str]:
        return {pattern.category for pattern in DANGERS if pattern.locale == locale}

    assert categories("en") == categories("es")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("not toml at all [", "cannot be read"),
        ("", "has no [[pattern]]"),
        ('[[pattern]]\nid = "a"\nforms = ["(open"]', "bracket"),
        ('[[pattern]]\nid = "a"\nforms = ["{nobody-knows}"]', "unknown group"),
        ('[[pattern]]\nid = "a"\nforms = ["~ far"]', "must begin with a word"),
        ('[[pattern]]\nid = "a"\nforms = []\nkind = "cue"', "has no forms"),
        ('[[pattern]]\nid = "a"\nforms = ["x"]\nlevle = "URGENT"', "unknown fields"),
        ('[[pattern]]\nforms = ["x"]', "needs an id"),
        ('[[pattern]]\nid = "a"\nforms = "x"', "list of texts"),
        ('[[pattern]]\nid = "a"\nforms = ["x"]', "danger without level"),
        ('[[pattern]]\nid = "a"\nforms = ["x"]\nkind = "sign"', "sign without weight"),
        ('[[pattern]]\nid = "a"\nforms = ["x"]\nlevel = "LOUD"', "LOUD"),
        ('[[pattern]]\nid = "a"\nforms = ["x"]\nkind = "cue"\nneeds = ["b"]', "cues that do not exist"),
        ('[[pattern]]\nid = "a"\nforms = ["x"]\nkind = "cue"\n' * 2, "is there twice"),
    ],
)
def test_a_mistake_names_its_file_and_stops_the_start(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "words.toml").write_text((FOLDER / "words.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "en-new.toml").write_text(content, encoding="utf-8")

    with pytest.raises(ContentError) as refused:
        load_patterns(tmp_path)

    assert reason in str(refused.value)


def test_a_new_pattern_is_one_entry(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('critical = ""\nordinary = ""\n', encoding="utf-8")
    (tmp_path / "en-new.toml").write_text(
        '[[pattern]]\nid = "new"\nlevel = "DIGEST"\ncategory = "lapse"\nforms = ["blue moon (rising|falling)?"]',
        encoding="utf-8",
    )

    reading = Reader(load_patterns(tmp_path)).screen("Tonight a BLUE  moon, falling", "en")

    assert (reading.level, reading.span, reading.rule) == (Level.DIGEST, "BLUE  moon", "new")


def test_a_mistake_in_what_was_learnt_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('critical = ""\nordinary = ""\n', encoding="utf-8")
    (tmp_path / "en-new.toml").write_text('[[pattern]]\nid = "a"\nforms = ["x"]\nkind = "cue"', encoding="utf-8")
    for content, entry in (("[scale]\nwords = 1.5", "scale"), ('[words]\nmany = "word"', "words")):
        (tmp_path / "leaning.toml").write_text(content, encoding="utf-8")

        with pytest.raises(ContentError, match=entry):
            load_patterns(tmp_path)
