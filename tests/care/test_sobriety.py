"""Sober days: a lapse keeps the total, silence is not use, and nobody ever reads a bare zero."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.care.sobriety import (
    Declared,
    SoberDays,
    SoberPart,
    Use,
    milestones_reached,
    next_milestone,
    sober_days,
    sober_line,
)

DAY = timedelta(days=1)
FIRST = date(2026, 6, 1)
DECLARED_TODAY = Declared(FIRST, FIRST)


def told(*uses: Use | None) -> dict[date, Use]:
    """One entry a day from the first of June; None is a day without an answer."""
    return {FIRST + n * DAY: use for n, use in enumerate(uses) if use is not None}


def counted(*uses: Use | None, declared: Declared | None = DECLARED_TODAY) -> tuple[int, int, int]:
    days = sober_days(told(*uses), FIRST + (len(uses) - 1) * DAY, declared)
    return days.total, days.current_run, days.best_run


class TestCounting:
    @pytest.mark.parametrize(
        ("uses", "total_run_best"),
        [
            (["no"], (1, 1, 1)),
            (["no", "no", "no"], (3, 3, 3)),
            (["yes"], (0, 0, 0)),
            (["no", "no", "yes"], (2, 0, 2)),
            (["no", "no", "yes", "no"], (3, 1, 2)),
            (["no", "yes", "no", "no", "no", "yes", "no"], (5, 1, 3)),
        ],
    )
    def test_a_lapse_keeps_the_total_and_the_best_run(
        self, uses: list[Use], total_run_best: tuple[int, int, int]
    ) -> None:
        assert counted(*uses) == total_run_best

    @pytest.mark.parametrize(
        ("uses", "total_run_best"),
        [
            (["no", None, None], (1, 1, 1)),
            (["no", None, None, "no"], (4, 4, 4)),
            (["yes", None, None, "no"], (3, 3, 3)),
            (["no", None, None, "yes"], (1, 0, 1)),
            ([None, None, "no"], (3, 3, 3)),
        ],
    )
    def test_silent_days_are_bridged_by_the_next_no_and_are_never_use(
        self, uses: list[Use | None], total_run_best: tuple[int, int, int]
    ) -> None:
        assert counted(*uses) == total_run_best

    @pytest.mark.parametrize(
        ("uses", "total_run_best"),
        [
            (["no", "no", "unknown"], (2, 2, 2)),
            (["no", "no", "unknown", "no"], (3, 3, 3)),
            (["no", None, "unknown", None, "no"], (3, 3, 3)),
            (["unknown", "unknown"], (0, 0, 0)),
        ],
    )
    def test_rather_not_say_adds_nothing_and_ends_nothing(
        self, uses: list[Use | None], total_run_best: tuple[int, int, int]
    ) -> None:
        assert counted(*uses) == total_run_best

    def test_declared_days_count_before_the_first_check_in(self) -> None:
        declared = Declared(since=FIRST - 45 * DAY, said_on=FIRST)

        assert sober_days({}, FIRST, declared) == SoberDays(45, 45, 45)
        assert sober_days(told("no"), FIRST, declared) == SoberDays(46, 46, 46)
        assert sober_days(told("yes"), FIRST, declared) == SoberDays(45, 0, 45)

    def test_a_declaration_today_or_for_the_future_counts_nothing_yet(self) -> None:
        assert sober_days({}, FIRST, DECLARED_TODAY) == SoberDays(0, 0, 0)
        assert sober_days({}, FIRST, Declared(FIRST + DAY, FIRST)) == SoberDays(0, 0, 0)
        assert sober_days({}, FIRST, None) == SoberDays(0, 0, 0)

    def test_without_a_declaration_the_first_no_speaks_for_its_own_day_only(self) -> None:
        assert counted(None, None, "no", "no", declared=None) == (2, 2, 2)

    def test_use_told_later_for_an_earlier_date_splits_the_run_there(self) -> None:
        uses: dict[date, Use] = {**told("no", "no", "no", "no", "no"), FIRST + DAY: "yes"}

        assert sober_days(uses, FIRST + 4 * DAY, DECLARED_TODAY) == SoberDays(4, 3, 3)

    def test_a_new_declaration_does_not_take_away_what_was_told_before(self) -> None:
        uses = told("no", "no", "no", "yes")
        declared_again = Declared(since=FIRST + 4 * DAY, said_on=FIRST + 6 * DAY)

        assert sober_days(uses, FIRST + 6 * DAY, declared_again) == SoberDays(5, 2, 3)

    def test_use_told_inside_declared_days_outweighs_the_declaration(self) -> None:
        declared = Declared(since=FIRST, said_on=FIRST + 10 * DAY)

        assert sober_days(told(None, "yes"), FIRST + 10 * DAY, declared) == SoberDays(9, 8, 8)

    def test_answers_after_today_are_left_aside(self) -> None:
        assert sober_days(told("no", "no", "yes"), FIRST + DAY, DECLARED_TODAY) == SoberDays(2, 2, 2)

    @given(st.lists(st.sampled_from(["no", "yes", "unknown", None]), min_size=1, max_size=60), st.integers(0, 400))
    def test_the_numbers_always_fit_together(self, uses: list[Use | None], before: int) -> None:
        declared = Declared(FIRST - before * DAY, FIRST)
        total, run, best = counted(*uses, declared=declared)

        assert 0 <= run <= best <= total <= before + len(uses)
        assert total + uses.count("yes") <= before + len(uses)

    @given(st.lists(st.sampled_from(["no", "yes", "unknown", None]), min_size=1, max_size=60), st.data())
    def test_one_more_answer_never_lowers_the_total_and_only_use_ends_a_run(
        self, uses: list[Use | None], data: st.DataObject
    ) -> None:
        answer: Use = data.draw(st.sampled_from(["no", "yes", "unknown"]))
        total, run, best = counted(*uses)

        total_then, run_then, best_then = counted(*uses, answer)

        assert total_then >= total
        assert best_then >= best
        assert run_then >= run if answer != "yes" else run_then == 0


class TestTheLine:
    def test_all_three_are_said_together(self) -> None:
        assert sober_line(SoberDays(40, 3, 25)) == (
            SoberPart("total", 40),
            SoberPart("run", 3),
            SoberPart("best", 25),
        )

    def test_after_a_lapse_today_is_day_one_and_the_rest_stays(self) -> None:
        assert sober_line(SoberDays(40, 0, 25)) == (
            SoberPart("total", 40),
            SoberPart("day-one", None),
            SoberPart("best", 25),
        )

    def test_at_the_very_start_there_is_only_day_one(self) -> None:
        assert sober_line(SoberDays(0, 0, 0)) == (SoberPart("day-one", None),)

    @given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
    def test_no_part_ever_says_zero(self, run: int, more_in_best: int, more_in_all: int) -> None:
        days = SoberDays(run + more_in_best + more_in_all, run, run + more_in_best)
        if days.total and not days.best_run:
            days = SoberDays(days.total, 0, 1)

        assert all(part.days is None or part.days > 0 for part in sober_line(days))


class TestMilestones:
    def test_the_chips_of_the_first_three_years(self) -> None:
        assert [(m.name, m.days) for m in milestones_reached(0, 1100)] == [
            ("day-1", 1),
            ("day-7", 7),
            ("day-30", 30),
            ("day-60", 60),
            ("day-90", 90),
            ("month-6", 182),
            ("month-9", 273),
            ("year-1", 365),
            ("month-18", 547),
            ("year-2", 730),
            ("year-3", 1095),
        ]

    def test_a_chip_is_reached_once_on_its_day(self) -> None:
        assert [m.name for m in milestones_reached(29, 30)] == ["day-30"]
        assert milestones_reached(30, 30) == ()
        assert milestones_reached(30, 59) == ()

    def test_a_bridge_over_silent_days_may_reach_several(self) -> None:
        assert [m.name for m in milestones_reached(5, 60)] == ["day-7", "day-30", "day-60"]

    def test_a_lapse_reaches_none_and_the_way_up_again_does(self) -> None:
        assert milestones_reached(40, 0) == ()
        assert [m.name for m in milestones_reached(0, 1)] == ["day-1"]

    def test_there_is_always_a_next_one(self) -> None:
        assert next_milestone(0).name == "day-1"
        assert next_milestone(90).name == "month-6"
        assert (next_milestone(3652).number, next_milestone(3652).unit) == (11, "year")

    @given(st.integers(0, 20_000), st.integers(0, 20_000))
    def test_walking_day_by_day_gives_the_same_chips_as_one_step(self, one: int, other: int) -> None:
        start, middle, end = sorted((0, one, other))

        assert milestones_reached(start, end) == milestones_reached(start, middle) + milestones_reached(middle, end)
