"""Which question is asked next, before, and no longer."""

from pathlib import Path

import pytest

from peerbot.care.questionnaires import (
    SKIPPED,
    Questionnaire,
    applicable,
    drop_unreachable,
    follow_ups,
    next_question,
    previous_question,
    progress,
)
from peerbot.care.questionnaires.model import Answers, Profile
from peerbot.content_files import ContentError
from peerbot.content_files.questionnaires import load_questionnaires
from tests.care.questionnaires import making

NOBODY: Profile = {}


def asked(questionnaire: Questionnaire, answers: Answers, profile: Profile = NOBODY) -> list[str]:
    return [question.id for question in applicable(questionnaire, answers, profile)]


def upcoming(questionnaire: Questionnaire, answers: Answers, profile: Profile = NOBODY) -> str | None:
    question = next_question(questionnaire, answers, profile)
    return question.id if question else None


def before(questionnaire: Questionnaire, answers: Answers, current: str | None) -> str | None:
    question = previous_question(questionnaire, answers, NOBODY, questionnaire.question(current) if current else None)
    return question.id if question else None


def test_questions_come_in_order_until_none_is_left(daily: Questionnaire) -> None:
    assert upcoming(daily, {}) == "use"
    assert upcoming(daily, {"use": "no"}) == "mood"
    assert upcoming(daily, {"use": "no", "mood": 8}) == "craving"
    assert upcoming(daily, {"use": "no", "mood": 8, "craving": 0}) is None


def test_a_gap_left_by_a_correction_is_asked_before_what_follows(daily: Questionnaire) -> None:
    assert upcoming(daily, {"use": "no", "craving": 0}) == "mood"


def test_a_condition_on_an_earlier_answer_opens_and_closes_a_question(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.yesno("gate"),
        making.scale("inside", 'when = { question = "gate", is = "yes" }'),
        making.free("note", extra="skippable = true"),
    )

    assert asked(small, {}) == ["gate", "note"]
    assert upcoming(small, {"gate": "yes"}) == "inside"
    assert upcoming(small, {"gate": "no"}) == "note"


def test_answers_off_the_path_count_for_nothing_even_before_they_are_dropped(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.yesno("gate"),
        making.scale("inside", 'when = { question = "gate", is = "yes" }'),
        making.yesno("deeper", 'when = { question = "inside", at_least = 5 }'),
    )
    corrected: Answers = {"gate": "no", "inside": 9, "deeper": "yes"}

    assert upcoming(small, corrected) is None
    assert asked(small, corrected) == ["gate"]
    assert drop_unreachable(small, corrected, NOBODY) == {"gate": "no"}


def test_an_answer_whose_condition_is_still_open_is_not_dropped(tmp_path: Path) -> None:
    small = making.load(
        tmp_path, making.yesno("gate"), making.scale("inside", 'when = { question = "gate", is = "yes" }')
    )

    assert drop_unreachable(small, {"inside": 9}, NOBODY) == {"inside": 9}


def test_an_answer_to_a_question_that_does_not_exist_is_dropped(daily: Questionnaire) -> None:
    assert drop_unreachable(daily, {"use": "no", "ghost": 3}, NOBODY) == {"use": "no"}


def test_a_condition_on_the_profile_asks_only_those_it_fits(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.yesno("taken", 'when = { profile = "medication" }'),
        making.yesno("wanted", 'when = { profile = "medication", is = false }'),
    )

    assert asked(small, {}, {"medication": True}) == ["taken"]
    assert asked(small, {}, {"medication": "buprenorphine"}) == ["taken"]
    assert asked(small, {}, {"medication": False}) == ["wanted"]
    assert asked(small, {}) == ["wanted"]


def test_all_any_not_and_ranges_combine(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.choice("colour"),
        making.scale("strength", "skippable = true"),
        making.yesno(
            "asked",
            """
            [questions.when]
            all = [
                { any = [ { question = "colour", in = ["red", "green"] }, { question = "strength", at_least = 8 } ] },
                { not = { question = "strength", at_most = 2 } },
            ]
            """,
        ),
    )

    assert asked(small, {"colour": "red", "strength": 5})[-1] == "asked"
    assert asked(small, {"colour": "blue", "strength": 9})[-1] == "asked"
    assert asked(small, {"colour": "blue", "strength": 5})[-1] == "strength"
    assert asked(small, {"colour": "red", "strength": 2})[-1] == "strength"
    assert asked(small, {"colour": "red", "strength": SKIPPED})[-1] == "asked"


def test_a_condition_waits_only_for_answers_that_can_still_change_it(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.yesno("first"),
        making.yesno("second"),
        making.yesno(
            "either",
            'when = { any = [ { question = "first", is = "yes" }, { question = "second", is = "yes" } ] }',
        ),
    )

    assert "either" in asked(small, {"first": "yes"})
    assert upcoming(small, {"first": "yes"}) == "second"
    assert upcoming(small, {"first": "no", "second": "no"}) is None


def test_a_question_that_may_still_open_is_not_counted_yet(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.yesno("first"),
        making.yesno("second"),
        making.yesno(
            "both", 'when = { all = [ { question = "first", is = "yes" }, { question = "second", is = "yes" } ] }'
        ),
        making.yesno("none", 'when = { not = { question = "second", is = "yes" } }'),
    )

    assert asked(small, {}) == ["first", "second"]
    assert asked(small, {"first": "yes"}) == ["first", "second"]
    assert asked(small, {"first": "yes", "second": "yes"}) == ["first", "second", "both"]
    assert asked(small, {"first": "yes", "second": "no"}) == ["first", "second", "none"]


def test_only_a_skip_can_escape_a_condition_that_names_every_option(tmp_path: Path) -> None:
    every_option = 'when = { not = { question = "colour", in = ["red", "green", "blue"] } }'

    small = making.load(tmp_path, making.choice("colour", "skippable = true"), making.yesno("why", every_option))

    assert asked(small, {"colour": SKIPPED}) == ["colour", "why"]
    with pytest.raises(ContentError, match="no answers can ever lead"):
        making.load(tmp_path, making.choice("colour"), making.yesno("why", every_option))


def test_a_condition_on_several_choices_needs_one_of_them(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.choice("colours", kind="several"),
        making.yesno("warm", 'when = { question = "colours", in = ["red", "green"] }'),
    )

    assert asked(small, {"colours": ("blue", "red")})[-1] == "warm"
    assert asked(small, {"colours": ("blue",)}) == ["colours"]
    assert asked(small, {"colours": ()}) == ["colours"]


def test_a_gate_on_points_opens_as_soon_as_they_are_reached_and_a_skip_adds_nothing(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.choice("one", "skippable = true"),
        making.choice("two", "skippable = true"),
        making.yesno("more", 'when = { subscale = "sum", at_least = 3 }'),
        making.subscale("sum", ["one", "two"]),
        '[[examples]]\nname = "low"\nanswers = { one = "red", two = "red" }\nsubscales = { sum = 0 }\n',
    )

    assert "more" in asked(small, {"one": "blue"})
    assert "more" in asked(small, {"one": SKIPPED, "two": "blue"})
    assert "more" not in asked(small, {"one": "green", "two": "green"})
    assert "more" not in asked(small, {"one": "green"})


def test_going_back_follows_the_path_that_was_asked(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.yesno("gate"),
        making.scale("inside", 'when = { question = "gate", is = "yes" }'),
        making.yesno("last"),
    )

    assert before(small, {"gate": "yes", "inside": 3}, "last") == "inside"
    assert before(small, {"gate": "no"}, "last") == "gate"
    assert before(small, {"gate": "no", "last": "yes"}, None) == "last"
    assert before(small, {"gate": "no"}, "gate") is None


def test_progress_counts_the_questions_of_the_own_path(tmp_path: Path) -> None:
    small = making.load(
        tmp_path,
        making.yesno("gate"),
        making.scale("inside", 'when = { question = "gate", is = "yes" }'),
        making.yesno("last"),
    )
    last = small.questions[2]

    assert progress(small, {"gate": "no"}, NOBODY, last) == (2, 2)
    assert progress(small, {"gate": "yes"}, NOBODY, last) == (3, 3)
    assert progress(small, {"gate": "no"}, NOBODY, small.questions[1]) == (0, 2)


def test_item_nine_of_the_phq_asks_the_asq_at_once_when_above_zero_or_left_out() -> None:
    phq = load_questionnaires()["phq-9"]
    open_gate: Answers = {"interest": "nearly-every-day", "down": "nearly-every-day"}

    for answer in ("several-days", "more-than-half", "nearly-every-day", SKIPPED):
        [follow_up] = follow_ups(phq, {**open_gate, "better-off-dead": answer}, NOBODY)
        assert (follow_up.questionnaire, follow_up.within_minutes) == ("asq", 30)
    assert follow_ups(phq, {**open_gate, "better-off-dead": "not-at-all"}, NOBODY) == ()
    assert follow_ups(phq, open_gate, NOBODY) == ()


def test_item_nine_off_the_path_asks_nothing() -> None:
    phq = load_questionnaires()["phq-9"]
    closed_after_all: Answers = {"interest": "not-at-all", "down": "not-at-all", "better-off-dead": "several-days"}

    assert follow_ups(phq, closed_after_all, NOBODY) == ()
