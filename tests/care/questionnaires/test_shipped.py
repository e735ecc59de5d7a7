"""The questionnaires as they are shipped: what is asked, in both languages, and what nobody has verified yet."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from peerbot.care.questionnaires import Answers, Questionnaire, applicable, in_locale
from peerbot.content_files.questionnaires import load_questionnaires, unsigned

SHIPPED = load_questionnaires()
BLAMING = re.compile(
    r"\b(addict|junkie|alcoholic|abuse[drs]?|clean|dirty|relapsed|failed|should have"
    r"|adict[oa]|alcohólic[oa]|limpi[oa]|suci[oa]|recaíste|fallaste|deberías)\b",
    re.IGNORECASE,
)
# Instruments whose wording is given: failure is an item of the PHQ-9, abuse an example in the PC-PTSD-5.
GIVEN = {("phq-9", "failure"), ("pc-ptsd-5", "event")}


def wordings(questionnaire: Questionnaire) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text a person may read, with the question it belongs to."""
    yield "", questionnaire.title
    yield "", questionnaire.window
    if questionnaire.intro:
        yield "", questionnaire.intro
    for question in questionnaire.questions:
        yield question.id, question.text
        for texts in (question.hint, question.low_label, question.high_label):
            if texts:
                yield question.id, texts
        for option in question.options:
            yield question.id, option.label
    for check in questionnaire.checks:
        yield check.id, check.text


@pytest.fixture
def everything(daily_full: Path) -> list[Questionnaire]:
    return [*SHIPPED.values(), load_questionnaires(extra=daily_full)["daily"]]


def test_the_questionnaires_of_the_programme_are_there() -> None:
    assert set(SHIPPED) >= {"daily", "bam-iop", "asq", "phq-9", "gad-7", "pacs", "tea", "audit-c", "pc-ptsd-5"}


def test_every_text_is_there_in_both_languages_and_no_sentence_is_left_untranslated(
    everything: list[Questionnaire],
) -> None:
    for questionnaire in everything:
        for where, texts in wordings(questionnaire):
            assert {"en", "es"} <= set(texts), (questionnaire.id, where)
            if len(texts["en"]) > 12:
                assert texts["en"] != texts["es"], (questionnaire.id, where)


def test_no_text_of_ours_blames_or_labels_a_person(everything: list[Questionnaire]) -> None:
    for questionnaire in everything:
        for where, texts in wordings(questionnaire):
            if (questionnaire.id, where) not in GIVEN:
                for text in texts.values():
                    assert not BLAMING.search(text), (questionnaire.id, where, text)


def test_texts_carry_no_markup(everything: list[Questionnaire]) -> None:
    for questionnaire in everything:
        for where, texts in wordings(questionnaire):
            assert not re.search(r"[<>{}*_]|&\w+;", "".join(texts.values())), (questionnaire.id, where)


def test_a_spanish_question_opens_with_its_mark(everything: list[Questionnaire]) -> None:
    for questionnaire in everything:
        for where, texts in wordings(questionnaire):
            assert texts["es"].count("?") == texts["es"].count("¿"), (questionnaire.id, where)


def test_nothing_is_signed_and_the_open_points_are_said() -> None:
    sentences = unsigned(SHIPPED)

    assert not any(questionnaire.signed_by for questionnaire in SHIPPED.values())
    for name in SHIPPED:
        assert any(name in sentence and "not signed" in sentence for sentence in sentences)
    assert any("bam-iop" in sentence and "7-day bins" in sentence for sentence in sentences)
    for name in set(SHIPPED) - {"daily", "daily@1"}:
        assert any(
            name in sentence and ("Spanish" in sentence or "both languages" in sentence) for sentence in sentences
        ), name


def test_every_unverified_point_is_a_sentence() -> None:
    for questionnaire in SHIPPED.values():
        for point in questionnaire.unverified:
            assert point.endswith("."), (questionnaire.id, point)


def test_the_small_daily_check_in_is_three_questions_for_everyone(daily: Questionnaire) -> None:
    assert [question.id for question in applicable(daily, {}, {})] == ["use", "mood", "craving"]
    assert [option.id for option in daily.questions[0].options] == ["no", "alcohol", "other", "prefer-not"]


def test_a_good_day_in_the_full_check_in_is_eight_questions_and_a_lapse_asks_for_safety_first(daily_full: Path) -> None:
    daily = load_questionnaires(extra=daily_full)["daily"]
    good: Answers = {"use": "no", "craving": 1, "confidence": 9, "mood": 8, "sleep": "well", "ahead": "no"}

    assert [question.id for question in applicable(daily, good, {})] == [
        *("use", "craving", "confidence", "mood", "sleep", "ahead", "help", "note")
    ]
    lapse = [question.id for question in applicable(daily, {"use": "other"}, {"medication": True})]
    assert lapse[:5] == ["use", "safe-now", "substance", "alone", "when"]
    assert "medication" in lapse
    assert "safe-now" not in [question.id for question in applicable(daily, {"use": "prefer-not"}, {})]


def test_the_full_check_in_still_offers_the_chips_a_person_in_trouble_needs(daily_full: Path) -> None:
    daily = load_questionnaires(extra=daily_full)["daily"]
    feelings = daily.question("feelings")
    assert feelings is not None

    assert [option.id for option in feelings.options] == [
        *("hungry", "angry", "lonely", "tired", "anxious", "bored", "ashamed", "pain", "argument")
    ]
    in_trouble: list[Answers] = [{"use": "no", "craving": 4}, {"use": "no", "mood": 6}, {"use": "alcohol"}]
    for answers in in_trouble:
        assert feelings in applicable(daily, answers, {})


def test_bam_comes_in_three_bursts_in_order() -> None:
    bursts = [question.burst for question in SHIPPED["bam-iop"].questions]

    assert bursts == sorted(bursts)
    assert set(bursts) == {1, 2, 3}


def test_bam_asks_its_seventeen_items_and_the_drug_classes_only_where_they_apply() -> None:
    bam = SHIPPED["bam-iop"]

    sober = applicable(bam, {"alcohol-days": 0, "drug-days": 0}, {})
    used = applicable(bam, {"alcohol-days": 1, "drug-days": 1}, {})

    assert (len(sober), len(used)) == (15, 23)


def test_the_gates_ask_two_questions_and_then_the_rest() -> None:
    for name, first, second, full in (("phq-9", "interest", "down", 9), ("gad-7", "nervous", "control", 7)):
        closed = {first: "more-than-half", second: "not-at-all"}
        opened = {first: "more-than-half", second: "several-days"}
        assert len(applicable(SHIPPED[name], closed, {})) == 2
        assert len([q for q in applicable(SHIPPED[name], opened, {}) if q.options[0].score is not None]) == full


def test_a_locale_falls_back_to_its_language_and_then_to_english() -> None:
    title = SHIPPED["daily"].title

    assert in_locale(title, "es-MX") == in_locale(title, "es_AR") == title["es"]
    assert in_locale(title, "pt") == in_locale(title, "en-GB") == title["en"]
    assert in_locale({}, "en") == ""
