"""Sums, bands and contradictions of every shipped instrument, at every published boundary.

Bands come from the clinical reference, section 1; each boundary is reached by real answers, one point below and on it.
"""

from pathlib import Path

import pytest

from peerbot.care.questionnaires import SKIPPED, Question, Questionnaire, Value, applicable, score
from peerbot.care.questionnaires.model import Answers, Profile
from peerbot.care.questionnaires.points import points_range, worth
from peerbot.content_files.questionnaires import load_questionnaires
from tests.care.questionnaires import making

SHIPPED = load_questionnaires()


def values_of(question: Question) -> list[Value]:
    if question.options:
        return [option.id for option in question.options]
    return list(range(question.low, question.high + 1))


def giving(questionnaire: Questionnaire, subscale_id: str, points: int) -> dict[str, Value]:
    """Answers in full whose subscale comes to exactly these points, the first items taking as much as they can."""
    subscale = questionnaire.subscale(subscale_id)
    assert subscale is not None
    answers: dict[str, Value] = {}
    left = points
    while True:
        question = next((q for q in applicable(questionnaire, answers, {}) if q.id not in answers), None)
        if question is None:
            return answers
        later = [i for i in subscale.items if i not in answers and i != question.id]
        least_later = sum(points_range(q)[0] for q in questionnaire.questions if q.id in later)
        answers[question.id] = SKIPPED if question.kind == "text" else values_of(question)[0]
        if question.id in subscale.items:
            fitting = [v for v in values_of(question) if (worth(question, v) or 0) <= left - least_later]
            answers[question.id] = max(fitting, key=lambda value: worth(question, value) or 0)
            left -= worth(question, answers[question.id]) or 0


@pytest.mark.parametrize(
    ("instrument", "subscale", "points", "band"),
    [
        ("phq-9", "phq-2", 0, "below"),
        ("phq-9", "phq-2", 2, "below"),
        ("phq-9", "phq-2", 3, "positive"),
        ("phq-9", "phq-2", 6, "positive"),
        ("phq-9", "phq-9", 3, "minimal"),
        ("phq-9", "phq-9", 4, "minimal"),
        ("phq-9", "phq-9", 5, "mild"),
        ("phq-9", "phq-9", 9, "mild"),
        ("phq-9", "phq-9", 10, "moderate"),
        ("phq-9", "phq-9", 14, "moderate"),
        ("phq-9", "phq-9", 15, "moderately-severe"),
        ("phq-9", "phq-9", 19, "moderately-severe"),
        ("phq-9", "phq-9", 20, "severe"),
        ("phq-9", "phq-9", 27, "severe"),
        ("gad-7", "gad-2", 0, "below"),
        ("gad-7", "gad-2", 2, "below"),
        ("gad-7", "gad-2", 3, "positive"),
        ("gad-7", "gad-2", 6, "positive"),
        ("gad-7", "gad-7", 4, "minimal"),
        ("gad-7", "gad-7", 5, "mild"),
        ("gad-7", "gad-7", 9, "mild"),
        ("gad-7", "gad-7", 10, "moderate"),
        ("gad-7", "gad-7", 14, "moderate"),
        ("gad-7", "gad-7", 15, "severe"),
        ("gad-7", "gad-7", 21, "severe"),
        ("audit-c", "audit-c", 0, "below"),
        ("audit-c", "audit-c", 2, "below"),
        ("audit-c", "audit-c", 3, "positive-women"),
        ("audit-c", "audit-c", 4, "positive"),
        ("audit-c", "audit-c", 12, "positive"),
        ("pacs", "pacs", 0, "below"),
        ("pacs", "pacs", 14, "below"),
        ("pacs", "pacs", 15, "raised"),
        ("pacs", "pacs", 20, "raised"),
        ("pacs", "pacs", 21, "high"),
        ("pacs", "pacs", 30, "high"),
        ("asq", "screen", 0, "negative"),
        ("asq", "screen", 1, "positive"),
        ("asq", "screen", 4, "positive"),
        ("bam-iop", "use", 0, "none"),
        ("bam-iop", "use", 1, "look-closer"),
        ("bam-iop", "use", 12, "look-closer"),
        ("bam-iop", "risk", 0, "below"),
        ("bam-iop", "risk", 11, "below"),
        ("bam-iop", "risk", 12, "look-closer"),
        ("bam-iop", "risk", 24, "look-closer"),
        ("bam-iop", "protective", 0, "look-closer"),
        ("bam-iop", "protective", 12, "look-closer"),
        ("bam-iop", "protective", 13, "enough"),
        ("bam-iop", "protective", 24, "enough"),
    ],
)
def test_a_sum_at_the_boundary_falls_into_the_published_band(
    instrument: str, subscale: str, points: int, band: str
) -> None:
    questionnaire = SHIPPED[instrument]

    found = score(questionnaire, giving(questionnaire, subscale, points))

    assert found.subscales[subscale] == points
    assert found.bands[subscale] == band


@pytest.mark.parametrize("points", [4, 5, 22, 39, 40])
def test_the_tea_sums_from_4_to_40_and_has_no_bands(points: int) -> None:
    tea = SHIPPED["tea"]

    found = score(tea, giving(tea, "tea", points))

    assert (found.total, found.bands) == (points, {})


@pytest.mark.parametrize(
    ("yeses", "band"), [(0, "below"), (2, "below"), (3, "sensitive"), (4, "positive"), (5, "positive")]
)
def test_the_ptsd_screen_counts_the_yeses(yeses: int, band: str) -> None:
    ptsd = SHIPPED["pc-ptsd-5"]
    items = ("nightmares", "avoidance", "on-guard", "numb", "guilt")
    answers: dict[str, Value] = {item: "yes" if place < yeses else "no" for place, item in enumerate(items)}

    found = score(ptsd, {"event": "yes", **answers})

    assert (found.total, found.bands["pc-ptsd-5"]) == (yeses, band)


def test_the_ptsd_screen_is_0_without_such_an_event_and_unknown_when_that_is_left_open() -> None:
    ptsd = SHIPPED["pc-ptsd-5"]

    assert score(ptsd, {"event": "no"}).total == 0
    assert score(ptsd, {"event": SKIPPED}).total is None
    assert score(ptsd, {}).total is None


@pytest.mark.parametrize("positive", ["wished-dead", "better-off", "thoughts", "tried"])
@pytest.mark.parametrize("answer", ["yes", "no-answer"])
def test_any_yes_or_refusal_makes_the_asq_positive_and_asks_about_right_now(positive: str, answer: str) -> None:
    asq = SHIPPED["asq"]
    answers: Answers = {
        **dict.fromkeys(("wished-dead", "better-off", "thoughts", "tried"), "no"),
        positive: answer,
    }

    found = score(asq, answers)

    assert found.bands["screen"] == "positive"
    assert found.subscales["acute"] is None
    assert "right-now" in [question.id for question in applicable(asq, answers, {})]


@pytest.mark.parametrize(("right_now", "band"), [("yes", "acute"), ("no-answer", "acute"), ("no", "not-acute")])
def test_the_fifth_asq_question_decides_whether_it_is_acute(right_now: str, band: str) -> None:
    answers: Answers = {"wished-dead": "yes", "better-off": "no", "thoughts": "no", "tried": "no"}

    assert score(SHIPPED["asq"], {**answers, "right-now": right_now}).bands["acute"] == band


@pytest.mark.parametrize(("days", "points"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4)])
def test_bam_days_count_by_the_seven_day_bins(days: int, points: int) -> None:
    question = SHIPPED["bam-iop"].question("support-days")
    assert question is not None

    assert worth(question, days) == points


def test_bam_income_counts_four_or_nothing() -> None:
    question = SHIPPED["bam-iop"].question("income")
    assert question is not None

    assert [worth(question, answer) for answer in ("yes", "no", SKIPPED)] == [4, 0, None]


@pytest.mark.parametrize(
    ("drug", "check"),
    [
        ("cannabis-days", "cannabis-above-drugs"),
        ("sedative-days", "sedative-above-drugs"),
        ("cocaine-days", "cocaine-above-drugs"),
        ("stimulant-days", "stimulant-above-drugs"),
        ("opioid-days", "opioid-above-drugs"),
        ("inhalant-days", "inhalant-above-drugs"),
        ("other-drug-days", "other-drug-above-drugs"),
    ],
)
def test_more_days_of_one_drug_than_of_all_drugs_is_a_contradiction(drug: str, check: str) -> None:
    bam = SHIPPED["bam-iop"]

    assert score(bam, {"drug-days": 2, drug: 3}).inconsistencies == (check,)
    assert score(bam, {"drug-days": 2, drug: 2}).inconsistencies == ()
    assert score(bam, {"drug-days": 2, drug: SKIPPED}).inconsistencies == ()
    assert score(bam, {"drug-days": 0, drug: 3}).inconsistencies == ()


def test_more_heavy_days_than_drinking_days_is_a_contradiction() -> None:
    bam = SHIPPED["bam-iop"]

    assert score(bam, {"alcohol-days": 2, "heavy-days": 3}).inconsistencies == ("heavy-above-alcohol",)
    assert score(bam, {"alcohol-days": 3, "heavy-days": 3}).inconsistencies == ()
    assert score(bam, {"heavy-days": 3}).inconsistencies == ()


def test_an_unfinished_bam_has_no_number_yet_but_says_what_it_already_comes_to() -> None:
    found = score(SHIPPED["bam-iop"], {"health": "poor", "alcohol-days": 3})

    assert found.subscales == {"use": None, "risk": None, "protective": None}
    assert found.at_least == {"use": 2, "risk": 4, "protective": 0}
    assert found.bands == {}


def test_a_sober_week_is_use_0_though_heavy_days_were_never_asked() -> None:
    assert score(SHIPPED["bam-iop"], {"alcohol-days": 0, "drug-days": 0}).subscales["use"] == 0


def test_one_item_left_out_leaves_a_sum_without_a_number() -> None:
    pacs = SHIPPED["pacs"]
    answers = giving(pacs, "pacs", 20)

    found = score(pacs, {**answers, "resist": SKIPPED})

    assert (found.total, found.bands) == (None, {})
    assert found.at_least["pacs"] == 20 - (worth(pacs.questions[3], answers["resist"]) or 0)


def test_a_reversed_item_counts_the_other_way_round(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.scale("calm"),
        making.scale("worry"),
        making.subscale("peace", ["calm", "worry"], 'reversed = ["worry"]'),
        '[[examples]]\nname = "calm"\nanswers = { calm = 10, worry = 0 }\nsubscales = { peace = 20 }\n',
    )

    assert score(small, {"calm": 3, "worry": 10}).subscales["peace"] == 3
    assert score(small, {"calm": 3, "worry": 4}).subscales["peace"] == 9


def test_a_reversed_item_that_starts_at_1_stays_within_its_scale(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.scale("worry").replace("low = 0", "low = 1"),
        making.subscale("peace", ["worry"], 'reversed = ["worry"]'),
        '[[examples]]\nname = "worst"\nanswers = { worry = 10 }\nsubscales = { peace = 1 }\n',
    )

    found = score(small, {"worry": 1})

    assert (found.subscales["peace"], found.at_least["peace"]) == (10, 10)


def test_nothing_answered_comes_to_nothing_even_on_scales_that_start_at_1() -> None:
    assert score(SHIPPED["tea"], {}).at_least == {"tea": 0}
    assert score(SHIPPED["tea"], {"health": 6}).at_least == {"tea": 6}


def test_a_subscale_can_take_its_highest_item_instead_of_the_sum(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.yesno("wish", "scores = { no = 0, yes = 1 }"),
        making.yesno("plan", "scores = { no = 0, yes = 5 }"),
        making.subscale("severity", ["wish", "plan"], 'combine = "max"'),
        '[[examples]]\nname = "plan"\nanswers = { wish = "yes", plan = "yes" }\nsubscales = { severity = 5 }\n',
    )

    assert score(small, {"wish": "yes", "plan": "no"}).subscales["severity"] == 1
    assert score(small, {"wish": "yes"}).at_least["severity"] == 1


def test_several_choices_count_together_and_none_counts_nothing(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.choice("colours", kind="several"),
        making.subscale("sum", ["colours"]),
        '[[examples]]\nname = "two"\nanswers = { colours = ["green", "blue"] }\nsubscales = { sum = 4 }\n',
    )

    assert score(small, {"colours": ("red", "green", "blue")}).subscales["sum"] == 4
    assert score(small, {"colours": ()}).subscales["sum"] == 0


def test_the_profile_decides_which_items_were_passed_over(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.yesno("taken", 'when = { profile = "medication" }'),
        making.yesno("slept"),
        making.subscale("sum", ["taken", "slept"], "unasked = 0"),
        '[[examples]]\nname = "none"\nanswers = { slept = "yes" }\nsubscales = { sum = 1 }\n',
    )
    medicated: Profile = {"medication": True}

    assert score(small, {"slept": "yes"}).subscales["sum"] == 1
    assert score(small, {"slept": "yes"}, medicated).subscales["sum"] is None
    assert score(small, {"slept": "yes", "taken": "yes"}, medicated).subscales["sum"] == 2
