"""The moderation rules, judged by sentences of our own making and by what people do to slip past them."""

import random
import string
import tomllib
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.care.levels import Level
from peerbot.care.moderation import RULES, SOME_DAY, Kind, Post, Rule, judge, phone_numbers
from peerbot.content_files import CONTENT, ContentError
from peerbot.content_files.crisis_lines import load_crisis_lines
from peerbot.content_files.moderation import load_rulebook

LINES = load_crisis_lines()
BOOK = load_rulebook(LINES)
SENTENCES = tomllib.loads((Path(__file__).parent / "moderation_sentences.toml").read_text(encoding="utf-8"))
FIRING = [(group["verdict"], group["rule"], text) for group in SENTENCES["firing"] for text in group["texts"]]
ORDINARY = [text for locale in ("en", "es") for text in SENTENCES["ordinary"][locale]]


def said(text: str) -> Post:
    return Post(text, SOME_DAY)


@pytest.mark.parametrize(("verdict", "rule", "text"), FIRING)
def test_a_post_that_breaks_a_rule_gets_its_verdict(verdict: str, rule: str, text: str) -> None:
    found = judge(said(text), BOOK)

    assert (found.kind.name.lower(), found.rule) == (verdict, rule), found
    assert found.reason
    assert found.pattern


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_recovery_talk_is_left_alone(text: str) -> None:
    assert judge(said(text), BOOK).kind is Kind.ALLOW


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(FIRING) >= 40
    assert len(SENTENCES["ordinary"]["en"]) >= 60
    assert len(SENTENCES["ordinary"]["es"]) >= 60
    assert len(set(ORDINARY)) == len(ORDINARY)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_what_it_is_and_proves_it_on_its_examples(rule: Rule) -> None:
    assert rule.reason
    assert rule.source
    assert rule.firing
    assert rule.silent
    for post in rule.firing:
        assert rule.judge(post, BOOK) is not None, post.text
    for post in rule.silent:
        assert rule.judge(post, BOOK) is None, post.text


@pytest.mark.parametrize("level", [Level.URGENT, Level.EMERGENCY])
@pytest.mark.parametrize(("verdict", "rule", "text"), FIRING)
def test_a_post_with_danger_in_it_is_never_taken_down(level: Level, verdict: str, rule: str, text: str) -> None:
    post = replace(said(text), level=level, recent_post_times=(SOME_DAY,) * 50, is_forward=True, shares_contact=True)

    found = judge(post, BOOK)

    assert found.kind is Kind.FLAG
    assert found.danger


def test_a_lapse_told_in_words_is_not_danger_and_not_taken_down() -> None:
    found = judge(replace(said("I used on Friday and I am scared"), level=Level.SAME_DAY), BOOK)

    assert found.kind is Kind.ALLOW
    assert not found.danger


def test_staff_may_post_links_and_numbers() -> None:
    post = replace(said("Our new line is 555 010 9988, see https://clinic.example/hours"), from_staff=True)

    assert judge(post, BOOK).kind is Kind.ALLOW


def test_what_the_reader_of_words_takes_for_sourcing_is_looked_at_by_a_person() -> None:
    found = judge(replace(said("you know what I mean, the usual"), category="sourcing"), BOOK)

    assert (found.kind, found.rule) == (Kind.FLAG, "sourcing")


def test_the_gravest_rule_decides() -> None:
    found = judge(said("selling percs, dm me or call 555 010 9988"), BOOK)

    assert (found.kind, found.rule) == (Kind.REMOVE, "sourcing")


# --- contact ---------------------------------------------------------------------------------------------------------


def spellings(number: str) -> list[str]:
    return [number, " ".join(number), "-".join(number), f"({number})", number.translate(FULL_WIDTH)]


FULL_WIDTH = str.maketrans(string.digits, "０１２３４５６７８９")


@pytest.mark.parametrize("number", sorted({number for line in LINES for number in line.numbers}))
def test_the_number_of_a_crisis_line_is_always_let_through(number: str) -> None:
    for written in spellings(number):
        assert judge(said(f"please call or text {written} now, they listen"), BOOK).kind is Kind.ALLOW, written


def test_crisis_lines_side_by_side_are_let_through() -> None:
    assert judge(said("call 911 988, or +1 800 662 4357"), BOOK).kind is Kind.ALLOW


def test_a_private_number_behind_a_crisis_line_is_still_held() -> None:
    assert judge(said("call 988 or me 555 010 9988"), BOOK).kind is Kind.HOLD


def test_numbers_and_hosts_of_the_programme_are_let_through() -> None:
    book = load_rulebook(LINES, numbers_too=["555-010-9988"], hosts_too=["Clinic.example"])

    assert judge(said("our front desk: 555 010 9988"), book).kind is Kind.ALLOW
    assert judge(said("https://www.clinic.example/hours"), book).kind is Kind.ALLOW
    assert judge(said("https://clinic.example.evil.test/x"), book).kind is Kind.HOLD
    assert judge(said("https://988lifeline.org/es"), book).kind is Kind.ALLOW


def test_a_link_hidden_behind_a_word_is_found() -> None:
    assert judge(replace(said("read this"), links=("https://t.me/+abc",)), BOOK).reason == "verdict-invite"
    assert judge(replace(said("read this"), links=("https://pills.example/",)), BOOK).reason == "verdict-link"


def test_a_shared_contact_card_is_held_and_a_forward_is_looked_at() -> None:
    assert judge(replace(said(""), shares_contact=True), BOOK).kind is Kind.HOLD
    assert judge(replace(said("a poem I like"), is_forward=True), BOOK).kind is Kind.FLAG


def test_the_names_of_the_bot_and_the_moderators_are_no_contact_data() -> None:
    post = replace(said("@peer_helper_bot"), own_handles=frozenset({"peer_helper_bot"}))

    assert judge(post, BOOK).kind is Kind.ALLOW


@given(st.integers(min_value=200_000_0000, max_value=999_999_9999), st.sampled_from([" ", "-", ".", "", ") ", "·"]))
def test_a_ten_digit_number_is_found_however_it_is_grouped(number: int, sign: str) -> None:
    digits = str(number)
    written = sign.join((digits[:3], digits[3:6], digits[6:]))

    assert phone_numbers(f"here it is {written} ok", BOOK) == (digits,)


@given(st.dates(), st.times(), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%y", "%H:%M", "%H:%M:%S"]))
def test_a_date_or_a_time_is_no_phone_number(day: date, at: time, written: str) -> None:
    moment = SOME_DAY.replace(
        year=max(day.year, 1000), month=day.month, day=min(day.day, 28), hour=at.hour, minute=at.minute
    )

    assert phone_numbers(f"call me back on {moment.strftime(written)} please", BOOK) == ()


# --- flooding --------------------------------------------------------------------------------------------------------


def hurried(posts_before: int, seconds_apart: int = 5) -> Post:
    times = tuple(SOME_DAY - timedelta(seconds=seconds_apart * number) for number in range(1, posts_before + 1))
    return replace(said("and another thing"), recent_post_times=times)


def test_the_newest_of_many_quick_posts_waits() -> None:
    assert judge(hurried(7), BOOK).kind is Kind.HOLD
    assert judge(hurried(6), BOOK).kind is Kind.ALLOW
    assert judge(hurried(30, seconds_apart=20), BOOK).kind is Kind.ALLOW


def test_a_person_with_an_open_alert_is_never_held_for_flooding() -> None:
    assert judge(replace(hurried(50, 1), author_has_open_alert=True), BOOK).kind is Kind.ALLOW


def test_someone_who_tells_of_a_lapse_in_many_lines_is_flagged_and_not_held() -> None:
    assert judge(replace(hurried(50, 1), level=Level.SAME_DAY), BOOK).kind is Kind.FLAG


def test_posts_from_the_future_do_not_count() -> None:
    ahead = tuple(SOME_DAY + timedelta(minutes=number) for number in range(1, 40))

    assert judge(replace(said("hello"), recent_post_times=ahead), BOOK).kind is Kind.ALLOW


# --- any text at all -------------------------------------------------------------------------------------------------


@given(st.text(max_size=400), st.booleans(), st.booleans())
def test_any_text_gets_a_verdict_and_always_the_same(text: str, forwarded: bool, card: bool) -> None:
    post = replace(said(text), is_forward=forwarded, shares_contact=card)

    assert judge(post, BOOK) == judge(post, BOOK)


def test_odd_signs_and_long_posts_get_a_verdict() -> None:
    lot = random.Random(7)
    for text in ("", "\ud800", "\0" * 50, "\u202e" * 200, "1" * 4096, "a." * 2048, "\U0001f469\u200d\U0001f467 " * 900):
        judge(said(text), BOOK)
    for _ in range(20):
        judge(said("".join(chr(lot.randrange(0x110000)) for _ in range(600))), BOOK)


# --- the loader ------------------------------------------------------------------------------------------------------

LIMITS = 'hosts = ["988lifeline.org"]\nflood_posts = 8\nflood_seconds = 60\n'
GOOD = """
[[words]]
id = "number-cue"
en = ["call"]
[[words]]
id = "platform"
en = ["insta"]
[[pattern]]
id = "one"
rule = "contact"
action = "hold"
reason = "verdict-contact"
all = ["platform"]
fires = ["my insta"]
silent = ["instant"]
"""


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('fires = ["my insta"]', 'fires = ["my photo"]', "one: does not fire on its own example 'my photo'"),
        ('silent = ["instant"]', 'silent = ["insta"]', "one: fires on 'insta'"),
        ('all = ["platform"]', 'all = ["platfrom"]', "one: all has 'platfrom'"),
        ('action = "hold"', 'action = "ban"', "action is 'ban'"),
        ('rule = "contact"', 'rule = "taste"', "rule is 'taste'"),
        ('en = ["insta"]', 'en = ["{networks}"]', "platform: names the list 'networks'"),
        ('en = ["insta"]', "", "platform: has no phrase"),
        ('id = "number-cue"', 'id = "number-cues"', "number-cue: this list of words is missing"),
        ('all = ["platform"]', 'all = ["platform"]\nwithin = "near"', "within is a number of words"),
    ],
)
def test_a_wrong_pattern_names_file_and_entry_and_stops_the_start(
    tmp_path: Path, before: str, after: str, reason: str
) -> None:
    (tmp_path / "limits.toml").write_text(LIMITS)
    (tmp_path / "patterns.toml").write_text(GOOD.replace(before, after))

    with pytest.raises(ContentError, match=reason):
        load_rulebook(LINES, tmp_path)


def test_wrong_limits_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "patterns.toml").write_text(GOOD)

    with pytest.raises(ContentError, match=r"limits.toml, the file"):
        load_rulebook(LINES, tmp_path)
    (tmp_path / "limits.toml").write_text(LIMITS.replace("8\n", "1\n"))
    with pytest.raises(ContentError, match="flood_posts must be a whole number above 1"):
        load_rulebook(LINES, tmp_path)


def test_a_new_word_is_one_entry_in_one_file(tmp_path: Path) -> None:
    for file in (CONTENT / "moderation").glob("*.toml"):
        text = file.read_text(encoding="utf-8").replace('"heroin", ', '"heroin", "zzslang", ')
        (tmp_path / file.name).write_text(text, encoding="utf-8")

    assert judge(said("I'm selling zzslang"), BOOK).kind is Kind.ALLOW
    assert judge(said("I'm selling zzslang"), load_rulebook(LINES, tmp_path)).kind is Kind.REMOVE
