"""The risk rules: what fires at its limit, what would have kept it silent, whose numbers count, and a broken rule."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from peerbot.care.facts import Day, Facts, Form, Happening, Words
from peerbot.care.levels import Level
from peerbot.care.risk import BROKEN_RULE, RULES, Change, Relation, Rule, assess, table
from peerbot.care.thresholds import BOUNDS, DEFAULTS, InvalidThreshold


def fired(facts: Facts) -> dict[str, Level]:
    return {finding.rule: finding.level for finding in assess(facts)}


def daily(*days: Day, **answers: object) -> Facts:
    return Facts(
        answers={name.replace("_", "-"): value for name, value in answers.items()}, questionnaire="daily", days=days
    )


def craved(*values: int) -> tuple[Day, ...]:
    return tuple(Day(ago, {"craving": value}) for ago, value in enumerate(values, 1))


def told(facts: Facts, **answers: object) -> Facts:
    """The facts with other answers; None takes one away."""
    said = {**facts.answers, **{name.replace("_", "-"): value for name, value in answers.items()}}
    return replace(facts, answers={name: value for name, value in said.items() if value is not None})


def scored(facts: Facts, subscale: str, value: int) -> Facts:
    return replace(facts, at_least={subscale: value}, scores={subscale: value})


FORMS = {
    "phq-9": "phq-9",
    "gad-7": "gad-7",
    "bam-use": "use",
    "bam-risk": "risk",
    "bam-protective": "protective",
}
WITHOUT: dict[str, Callable[[Facts], Facts]] = {
    "help-asked": lambda f: told(replace(f, happening=None), help="no"),
    "talk-asked": lambda f: told(replace(f, happening=None), help="no"),
    "left": lambda f: replace(f, happening=None),
    "unread": lambda f: replace(f, happening=None),
    "asq-unanswered": lambda f: replace(f, happening=None),
    "words": lambda f: replace(f, words=Words(Level.LOG, "none")),
    "use": lambda f: told(f, use="no"),
    "not-safe": lambda f: told(f, safe_now="yes"),
    "opioid": lambda f: told(f, substance=("cannabis",)),
    "break": lambda f: replace(f, days=(Day(1, use="other"), *f.days)),
    "alone": lambda f: told(f, alone="no"),
    "mixing": lambda f: told(f, substance=("opioids",)),
    "private": lambda f: told(f, use="no"),
    "medication-gap": lambda f: told(f, medication="taken"),
    "ahead": lambda f: told(f, ahead="no"),
    "argument": lambda f: told(f, feelings=("tired",)),
    "days-before": lambda f: replace(f, days=()),
    "day-before": lambda f: replace(f, days=()),
    "nights-before": lambda f: replace(f, days=()),
    "bad-night": lambda f: replace(f, points={"sleep": 1}),
    "early": lambda f: replace(f, enrolled_days=60, opioid=False, days=tuple(d for d in f.days if d.use is None)),
    "own-band": lambda f: replace(f, levels={}),
    "asq-yes": lambda f: scored(f, "screen", 0),
    "asq-now": lambda f: scored(f, "acute", 0),
    "item-9": lambda f: replace(f, points={"better-off-dead": 0}),
    "bam-extreme": lambda f: replace(f, points={"craving": 2, "confidence": 2}),
    "bam-change": lambda f: replace(f, scores=f.forms[0].scores),
}


def changed(facts: Facts, change: Change) -> Facts:
    """The facts as they would have been with this one change."""
    if change.relation is Relation.WITHOUT:
        return WITHOUT[change.fact](facts)
    if change.fact in FORMS:
        return scored(facts, FORMS[change.fact], change.value)
    if change.fact == "bam-conflict":
        return replace(facts, points={"conflict": change.value})
    if change.fact == "silent-row":
        return replace(facts, days=tuple(Day(ago, silence="unanswered") for ago in range(change.value)))
    return told(facts, **{change.fact: change.value})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_is_said_to_keep_a_rule_silent_keeps_it_silent(rule: Rule) -> None:
    for facts in rule.firing:
        finding = next(found for found in assess(facts) if found.rule == rule.id)

        assert finding.silent_if
        for change in finding.silent_if:
            assert rule.id not in fired(changed(facts, change)), change


def test_every_rule_has_its_own_name_that_fits_its_column_and_a_source() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(0 < len(rule.id) <= 40 and rule.source for rule in RULES)


def test_only_digest_and_same_day_rules_ever_cool_down() -> None:
    cooling = {rule.id for rule in RULES if rule.cools}

    assert {rule.level for rule in RULES if rule.cools} <= {Level.DIGEST, Level.SAME_DAY}
    assert {"craving-high", "mood-low"} <= cooling
    assert cooling.isdisjoint({"help-asked", "talk-asked", "words-same-day", "left-programme", "phq-item-9"})


def test_no_rule_about_suicide_or_a_call_for_help_reads_a_threshold() -> None:
    wild = DEFAULTS.changed({key: bounds.high for key, bounds in BOUNDS.items()})
    mild = DEFAULTS.changed({key: bounds.low for key, bounds in BOUNDS.items()})
    kept = ("asq-positive", "asq-acute", "phq-item-9", "phq-item-9-often", "help-asked", "talk-asked", "not-safe-now")
    for rule in RULES:
        if rule.id in kept or rule.id.startswith("words-"):
            for facts in rule.firing:
                assert rule.id in fired(replace(facts, limits=wild))
                assert rule.id in fired(replace(facts, limits=mild))


@pytest.mark.parametrize("word", ["no", "yes", "no-answer"])
def test_item_nine_and_asq_rise_with_the_answer(word: str) -> None:
    levels = [
        max(fired(Facts(questionnaire="phq-9", points={"better-off-dead": points})).values(), default=Level.LOG)
        for points in range(4)
    ]
    assert levels == [Level.LOG, Level.SAME_DAY, Level.URGENT, Level.URGENT]
    asq = Facts(questionnaire="asq", answers={"thoughts": word}, at_least={"screen": int(word != "no"), "acute": 0})
    assert fired(asq) == ({} if word == "no" else {"asq-positive": Level.URGENT})


def test_a_craving_that_weighs_more_with_company_says_so() -> None:
    alone = fired(daily(craving=8))
    together = fired(daily(*craved(9), craving=8, confidence=2, ahead="yes"))

    assert set(alone) == {"craving-high"}
    assert {"craving-lasting", "craving-unsure", "craving-risk-ahead"} <= set(together)


def test_raising_the_single_cut_off_leaves_the_combinations_awake() -> None:
    limits = DEFAULTS.changed({"craving.high": 10})

    assert fired(replace(daily(craving=9), limits=limits)) == {}
    assert "craving-risk-ahead" in fired(replace(daily(craving=9, ahead="yes"), limits=limits))


def test_somebody_new_is_judged_by_fixed_numbers_and_later_by_their_own() -> None:
    assert "craving-above-own" not in fired(daily(*craved(0, 0, 0, 0), craving=6))
    assert "craving-above-own" in fired(daily(*craved(0, 0, 0, 0, 0), craving=3))
    assert "craving-high" in fired(daily(craving=8))


def test_the_own_fortnight_ends_after_fourteen_days() -> None:
    old = tuple(Day(ago, {"craving": 0}) for ago in range(15, 25))

    assert daily(*old).usual("craving") is None
    usual = daily(*craved(1, 2, 9, 2, 3), *old).usual("craving")
    assert usual is not None
    assert (usual.median, usual.spread, usual.days) == (2, 1, 5)


def test_days_of_another_form_do_not_count_as_daily_answers() -> None:
    weekly = Facts(questionnaire="bam-iop", points={"craving": 8, "confidence": 1, "mood": 0})

    assert fired(weekly) == {}


@pytest.mark.parametrize(
    ("days", "row"),
    [
        ((Day(0, silence="unanswered"), Day(1, silence="not-sent"), Day(2, silence="unreachable"), Day(3)), 2),
        ((Day(0, silence="not-sent"), Day(1, silence="not-sent")), 0),
        ((Day(0), Day(1, silence="unanswered")), 0),
    ],
)
def test_a_prompt_that_was_never_sent_neither_counts_nor_ends_a_silence(days: tuple[Day, ...], row: int) -> None:
    assert Facts(days=days).silent_row() == row


@pytest.mark.parametrize(
    ("times", "levels"),
    [(1, set()), (2, {"silent-notice"}), (3, {"silent-long"}), (4, set()), (5, set()), (6, {"silent-long"})],
)
def test_a_long_silence_is_told_again_but_not_every_day(times: int, levels: set[str]) -> None:
    days = tuple(Day(ago, silence="unanswered") for ago in range(times))

    assert set(fired(Facts(happening=Happening.SILENT, days=days, enrolled_days=90))) == levels


def test_a_reading_in_doubt_pages_one_level_lower_but_never_below_today() -> None:
    assert Words(Level.EMERGENCY, "x", True).pages_as is Level.URGENT
    assert Words(Level.URGENT, "x", True).pages_as is Level.SAME_DAY
    assert Words(Level.SAME_DAY, "x", True).pages_as is Level.SAME_DAY
    assert Words(Level.URGENT, "x").pages_as is Level.URGENT


def test_a_lower_last_form_makes_a_rise_and_no_last_form_makes_none() -> None:
    now = Facts(questionnaire="phq-9", at_least={"phq-9": 9}, scores={"phq-9": 9})

    assert "phq-rise" not in fired(now)
    assert "phq-rise" in fired(replace(now, forms=(Form(14, {"phq-9": 3}),)))
    assert "phq-rise" not in fired(replace(now, forms=(Form(14, {}),)))


def test_a_rule_that_breaks_is_a_finding_of_at_least_same_day() -> None:
    def broken(_facts: Facts) -> table.Fired | None:
        raise ZeroDivisionError

    entry = Rule("x", 1, Level.DIGEST, "test", broken, (), (), cools=True)
    finding = table._ask(entry, Facts())

    assert finding is not None
    assert (finding.rule, finding.level, finding.inputs, finding.cools) == (
        BROKEN_RULE,
        Level.SAME_DAY,
        {"rule": "x"},
        False,
    )


@pytest.mark.parametrize(
    ("key", "value"), [("craving.high", 0), ("craving.high", 11), ("mood.low", -1), ("mood", 3), ("", 1)]
)
def test_a_threshold_out_of_bounds_or_unknown_is_refused(key: str, value: int) -> None:
    with pytest.raises(InvalidThreshold):
        DEFAULTS.changed({key: value})


def test_every_default_lies_within_its_bounds_and_has_a_source() -> None:
    for key, bounds in BOUNDS.items():
        assert bounds.low <= bounds.default <= bounds.high
        assert bounds.source
        assert DEFAULTS.changed({key: bounds.low}).values()[key.replace(".", "_")] == bounds.low
    assert len(BOUNDS) == len(DEFAULTS.values())
