"""How well the reader reads our own corpus may rise, never fall.

The floors are what was measured when they were last written down, less one or two sentences. The test part was never
looked at sentence by sentence: only its totals count. The Spanish floors were set anew when a fifth, harder writing
(said sideways, read at .22 when it came) joined both parts. Four floors of the test part were set lower when words
and patterns came to lie on one scale (recall .90 to .88 and .87 to .845, recall of lapses .90 to .87, precision of
self-harm .94 to .92). `python -m tests.care.language.report` prints the tables.
"""

from collections import Counter

import pytest

from peerbot.care.language import Category, Reader
from peerbot.care.levels import Level
from peerbot.content_files.language import load_patterns
from tests.care.language.corpus_reader import Sample, samples, scored, scored_category
from tests.care.language.report import tables

READER = Reader(load_patterns())
SAMPLES = list(samples())


def part(locale: str, *, test: bool) -> list[Sample]:
    return [sample for sample in SAMPLES if sample.locale == locale and sample.is_test == test]


# language, test part, least precision, least recall, most false alarms, most ordinary recovery talk raised above LOG
URGENT_FLOORS = [
    ("en", False, 0.99, 0.975, 0.01, 0.02),
    ("en", True, 0.955, 0.88, 0.04, 0.05),
    ("es", False, 0.99, 0.97, 0.01, 0.02),
    ("es", True, 0.96, 0.845, 0.04, 0.04),
]


@pytest.mark.parametrize(("locale", "test", "precision", "recall", "false_alarms", "recovery"), URGENT_FLOORS)
def test_urgent_texts_are_found_and_others_are_left_alone(
    locale: str, test: bool, precision: float, recall: float, false_alarms: float, recovery: float
) -> None:
    score = scored(READER, part(locale, test=test))
    talk = [sample for sample in part(locale, test=test) if sample.kind == "recovery"]

    assert score.recall >= recall
    assert score.precision >= precision
    assert score.false_alarms <= false_alarms
    assert scored(READER, talk, at=Level.DIGEST).false_alarms <= recovery


# category: least recall and least precision in the development and in the test part, both languages together
CATEGORY_FLOORS = {
    Category.SELF_HARM: (0.94, 0.97, 0.88, 0.92),
    Category.OVERDOSE: (0.80, 0.88, 0.88, 0.90),
    Category.WITHDRAWAL: (0.94, 0.97, 0.80, 0.85),
    Category.VIOLENCE: (0.95, 0.92, 0.90, 0.85),
    Category.OTHER_IN_DANGER: (0.85, 0.80, 0.70, 0.80),
    Category.HELP: (0.95, 0.93, 0.80, 0.88),
    Category.LAPSE: (0.95, 0.94, 0.87, 0.94),
    Category.SOURCING: (0.90, 0.90, 0.90, 0.90),
}


@pytest.mark.parametrize("category", CATEGORY_FLOORS)
def test_every_category_is_told_apart(category: Category) -> None:
    recall, precision, test_recall, test_precision = CATEGORY_FLOORS[category]
    development = scored_category(READER, [sample for sample in SAMPLES if not sample.is_test], category)
    test = scored_category(READER, [sample for sample in SAMPLES if sample.is_test], category)

    assert development.recall >= recall
    assert development.precision >= precision
    assert test.recall >= test_recall
    assert test.precision >= test_precision


def test_the_corpus_is_large_mixed_and_without_doubles() -> None:
    kinds = Counter(sample.kind for sample in SAMPLES)
    urgent = sum(sample.level >= Level.URGENT for sample in SAMPLES)

    assert len(SAMPLES) >= 1500
    assert len({sample.text for sample in SAMPLES}) == len(SAMPLES)
    assert 0.35 <= urgent / len(SAMPLES) <= 0.65
    assert (
        min(kinds[kind] for kind in ("denied", "past", "quoted", "idiom", "supporter", "resource", "conditional")) >= 8
    )
    assert {sample.register for sample in SAMPLES} >= {"teen", "elder", "forum", "voice", "plain"}
    assert 0.3 <= sum(sample.is_test for sample in SAMPLES) / len(SAMPLES) <= 0.5


def test_the_report_has_a_row_for_each_category_language_and_part() -> None:
    rows = tables(READER, SAMPLES[:40]).splitlines()

    assert sum(row.startswith("| self-harm ") for row in rows) == 4
