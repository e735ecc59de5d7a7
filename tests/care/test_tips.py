"""Which tip a person gets after which answers."""

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.care.tips import CHIP_TAGS, TAGS, Tip, TipFacts, choose, is_dark, wanted_tags
from peerbot.content_files import ContentError
from peerbot.content_files.tips import load_tips

TIPS = load_tips()
DAY = date(2026, 3, 8)
NEVER: Mapping[str, date] = {}

facts_of_any_day = st.builds(
    TipFacts,
    use=st.sampled_from([None, "no", "alcohol", "other", "prefer-not"]),
    craving=st.none() | st.integers(0, 10),
    mood=st.none() | st.integers(0, 10),
    sleep=st.none() | st.integers(0, 4),
    confidence=st.none() | st.integers(0, 10),
    ahead=st.sampled_from([None, "no", "maybe", "yes"]),
    chips=st.frozensets(st.sampled_from([*CHIP_TAGS, "something new"])),
    lapse=st.booleans(),
    opioid=st.booleans(),
    missed=st.booleans(),
    dark=st.booleans(),
)
histories = st.dictionaries(st.sampled_from([tip.id for tip in TIPS]), st.dates(date(2025, 12, 1), DAY))


def first_tip(facts: TipFacts) -> Tip:
    return choose(TIPS, facts, NEVER, DAY, "salt")


def test_a_strong_craving_gets_a_tip_about_craving() -> None:
    assert "craving" in first_tip(TipFacts(use="no", craving=8, mood=6)).tags


def test_a_lapse_comes_before_everything_else() -> None:
    tip = first_tip(TipFacts(use="alcohol", craving=9, mood=2, chips=frozenset({"lonely", "tired"})))

    assert "lapse" in tip.tags


def test_a_lapse_of_someone_with_opioids_is_about_overdose_first() -> None:
    tip = first_tip(TipFacts(use="other", opioid=True))

    assert {"lapse", "opioid"} <= tip.tags


def test_a_good_day_may_be_celebrated() -> None:
    assert "celebration" in first_tip(TipFacts(use="no", craving=1, mood=9)).tags


def test_not_wanting_to_say_is_not_use() -> None:
    assert "lapse" not in wanted_tags(TipFacts(use="prefer-not", craving=1, mood=6))


@pytest.mark.parametrize(("chip", "tag"), sorted(CHIP_TAGS.items()))
def test_every_chip_asks_for_its_tip(chip: str, tag: str) -> None:
    facts = TipFacts(use="no", mood=6, craving=1, chips=frozenset({chip}))

    assert wanted_tags(facts) == (tag, "general")
    assert tag in first_tip(facts).tags


def test_no_answer_at_all_still_gets_a_general_tip() -> None:
    assert "general" in first_tip(TipFacts()).tags


@given(facts=facts_of_any_day, recent=histories, salt=st.text(max_size=8))
def test_a_dark_answer_never_gets_a_cheerful_tip(facts: TipFacts, recent: dict[str, date], salt: str) -> None:
    tip = choose(TIPS, facts, recent, DAY, salt)

    assert not (is_dark(facts) and tip.tone == "cheerful")
    assert facts.opioid or "opioid" not in tip.tags
    assert facts.used or tip.category != "lapse"


@pytest.mark.parametrize(
    "facts",
    [
        TipFacts(mood=3),
        TipFacts(craving=7),
        TipFacts(use="alcohol"),
        TipFacts(lapse=True),
        TipFacts(mood=10, craving=0, dark=True),
    ],
)
def test_low_mood_strong_craving_use_and_danger_are_dark(facts: TipFacts) -> None:
    assert is_dark(facts)
    assert not is_dark(TipFacts(use="no", mood=4, craving=6))


@given(facts=facts_of_any_day, recent=histories)
def test_the_same_inputs_choose_the_same_tip(facts: TipFacts, recent: dict[str, date]) -> None:
    assert choose(TIPS, facts, recent, DAY, "a") == choose(tuple(reversed(TIPS)), facts, recent, DAY, "a")


@given(facts=facts_of_any_day)
def test_a_month_of_the_same_answers_shows_no_tip_twice(facts: TipFacts) -> None:
    recent: dict[str, date] = {}
    for number in range(30):
        on = DAY + timedelta(days=number)
        tip = choose(TIPS, facts, recent, on, "salt")
        assert tip.id not in recent
        recent[tip.id] = on


def test_when_all_were_shown_lately_the_one_shown_longest_ago_returns() -> None:
    recent = {tip.id: DAY - timedelta(days=2) for tip in TIPS} | {"wave": DAY - timedelta(days=20)}

    assert choose(TIPS, TipFacts(craving=9), recent, DAY, "salt").id == "wave"


def test_after_thirty_days_a_tip_may_return() -> None:
    shown = {tip.id: DAY - timedelta(days=5) for tip in TIPS}

    assert choose(TIPS, TipFacts(craving=9), shown | {"wave": DAY - timedelta(days=30)}, DAY, "salt").id == "wave"


def test_a_better_rated_tip_comes_first_among_those_that_fit_as_well() -> None:
    about_craving = [tip.id for tip in TIPS if tip.tags == {"craving"}]
    for liked in about_craving:
        assert choose(TIPS, TipFacts(craving=6), NEVER, DAY, "salt", ratings={liked: 1, "an-event": 9}).id == liked


def test_two_people_do_not_read_the_same_line_on_the_same_day() -> None:
    shown = {choose(TIPS, TipFacts(craving=6), NEVER, DAY, str(person)).id for person in range(40)}

    assert len(shown) > 5


def test_a_list_without_a_fitting_tip_still_gives_one() -> None:
    only = dataclasses.replace(TIPS[0], tags=frozenset({"sleep"}), tone="cheerful")

    assert choose([only], TipFacts(use="alcohol"), NEVER, DAY, "salt") == only


def test_every_tag_can_be_asked_for() -> None:
    facts = TipFacts(
        use="other", opioid=True, mood=1, craving=9, sleep=0, ahead="yes", missed=True, chips=frozenset(CHIP_TAGS)
    )
    asked = set(wanted_tags(facts)) | set(wanted_tags(TipFacts(mood=9)))

    assert set(TAGS) - asked == {"social"}, "social is reached through the risky situation ahead"


GOOD = """
[[tip]]
id = "one"
category = "craving"
tags = ["general"]
tone = "steady"
source = "a test"
text = { en = "Text", es = "Texto" }
do = { en = "Do", es = "Haz" }
"""


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('["general"]', '["genral"]', "one: tags has 'genral'"),
        ('["general"]', '["mood"]', "no general tip"),
        ('"steady"', '"loud"', "tone is 'loud'"),
        ('"craving"', '"cravings"', "category is 'cravings'"),
        ('es = "Texto"', 'es = ""', "text.es must be a text"),
        ('en = "Do"', f'en = "{"x" * 396}"', "together have 401 characters in en"),
        ('source = "a test"', "", "source must be a text"),
    ],
)
def test_a_wrong_tip_names_file_and_entry_and_stops_the_start(
    tmp_path: Path, before: str, after: str, reason: str
) -> None:
    (tmp_path / "tips.toml").write_text(GOOD.replace(before, after))

    with pytest.raises(ContentError, match=reason):
        load_tips(tmp_path)
