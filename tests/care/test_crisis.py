"""Which crisis lines a person is shown."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from peerbot.care.crisis import CrisisLine, card, digits, numbers, unverified
from peerbot.content_files import ContentError
from peerbot.content_files.crisis_lines import load_crisis_lines

LINES = load_crisis_lines()


def shown(country: str, locale: str, kind: str = "suicide") -> list[str]:
    return [line.id for line in card(LINES, country, locale, kind)]


def test_a_card_is_the_emergency_number_and_at_most_two_lines() -> None:
    countries = {code for line in LINES for code in line.countries} | {"", "ZZ"}
    for country in countries:
        for locale in ("en", "es"):
            for kind in ("suicide", "overdose", "treatment", "domestic", "emergency"):
                lines = card(LINES, country, locale, kind)
                assert 1 <= len(lines) <= 3
                assert "emergency" in lines[0].kinds
                assert all("emergency" not in line.kinds for line in lines[1:])


def test_a_card_in_the_united_states_offers_988_in_both_languages() -> None:
    assert shown("US", "en") == ["us-emergency", "us-988", "us-crisis-text-line"]
    assert shown("us", "es-MX") == ["us-emergency", "us-988", "us-crisis-text-line"]
    assert "AYUDA" in card(LINES, "US", "es")[1].says("es-MX")


@pytest.mark.parametrize("country", ["", "ZZ", "FJ"])
def test_an_unknown_country_is_told_its_local_emergency_number_and_never_911(country: str) -> None:
    lines = card(LINES, country, "es")

    assert [line.id for line in lines] == ["anywhere-emergency"]
    assert "911" not in "".join(line.says("en") + line.says("es") for line in lines)


def test_a_european_country_without_its_own_file_gets_112() -> None:
    assert "112" in card(LINES, "FR", "en")[0].says("en")


def test_a_line_the_person_can_talk_to_comes_before_one_that_fits_better() -> None:
    assert shown("US", "es", "overdose") == ["us-emergency", "us-988", "us-crisis-text-line"]
    assert shown("US", "en", "overdose") == ["us-emergency", "us-never-use-alone", "us-988"]


def test_a_regional_line_comes_after_the_national_one() -> None:
    assert shown("CO", "es") == ["anywhere-emergency", "co-192", "co-106"]


def test_a_line_in_another_language_is_better_than_none_and_says_so() -> None:
    lines = card(LINES, "GB", "es")

    assert [line.id for line in lines] == ["gb-emergency", "gb-samaritans", "gb-shout"]
    assert "inglés" in lines[1].says("es")


def test_finding_treatment_and_calls_for_veterans_are_no_crisis_line() -> None:
    assert "us-samhsa" not in shown("US", "en")
    assert "us-veterans" not in shown("US", "en")
    assert shown("US", "en", "treatment")[1] == "us-samhsa"


def test_a_withdrawn_service_is_not_listed() -> None:
    words = " ".join(line.says("en") for line in LINES).lower()

    assert "press 3" not in words
    assert "jo@" not in words


def test_numbers_are_known_however_they_are_typed() -> None:
    known = numbers(LINES)

    for typed in ("988", "9 8 8", "1-800-662-4357", "(1) 800 662 4357", "116123", "741 741", "442 298 3263"):
        assert digits(typed) in known


def test_every_number_a_text_shows_is_a_known_number() -> None:
    for line in LINES:
        for locale in ("en", "es"):
            for word in line.says(locale).replace(",", " ").replace("(", " ").replace(")", " ").split():
                if len(digits(word)) >= 5:
                    assert digits(word) in numbers([line]), (line.id, word)


def test_doctor_hears_of_every_line_nobody_has_checked() -> None:
    said = unverified(LINES)

    assert len(said) == sum(bool(line.numbers) for line in LINES)
    assert any(sentence.startswith("us-988 (988 Suicide and Crisis Lifeline): no one has called") for sentence in said)


def test_a_line_checked_lately_is_quiet_and_one_checked_long_ago_is_not() -> None:
    checked: CrisisLine = dataclasses.replace(card(LINES, "US", "en")[1], verified_on=date(2026, 1, 1))

    assert unverified([checked], on=date(2026, 4, 1)) == []
    assert unverified([checked], on=date(2026, 4, 2)) == [
        f"{checked.id} ({checked.named('en')}): last checked on 2026-01-01, more than 90 days ago."
    ]


GOOD = """
[[line]]
id = "zz-emergency"
kinds = ["emergency"]
evidence = "M"
source = "a test"
name = { en = "Help", es = "Ayuda" }
text = { en = "Call", es = "Llama" }
"""


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('kinds = ["emergency"]', 'kinds = ["banana"]', "zz-emergency: kinds has 'banana'"),
        ('es = "Ayuda"', 'fr = "Aide"', "name needs exactly en and es"),
        ('id = "zz-emergency"', 'id = ""', "id must be a text"),
        ('evidence = "M"', 'evidence = "X"', "evidence is 'X'"),
        ('source = "a test"', 'source = "a test"\nverified_on = "soon"', "verified_on must be a date"),
        ('source = "a test"', 'source = "a test"\nnumber = "1"', "unknown key 'number'"),
        ('kinds = ["emergency"]', 'kinds = ["emergency"]\ncountries = ["USA"]', "two capital letters"),
        ('kinds = ["emergency"]', 'kinds = ["suicide"]', "no emergency entry without countries"),
        ("[[line]]", "[[line]", "is not readable as TOML"),
        ("[[line]]", "[line]", "must be written as"),
        ('kinds = ["emergency"]', 'kinds = ["emergency"]\nnumbers = ["call"]', "must contain digits"),
    ],
)
def test_a_wrong_entry_names_file_and_entry_and_stops_the_start(
    tmp_path: Path, before: str, after: str, reason: str
) -> None:
    (tmp_path / "zz.toml").write_text(GOOD.replace(before, after))

    with pytest.raises(ContentError, match=reason.replace("[", r"\[")) as stopped:
        load_crisis_lines(tmp_path)

    assert stopped.value.file in {"zz.toml", tmp_path.name}


def test_the_same_id_twice_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "zz.toml").write_text(GOOD + GOOD)

    with pytest.raises(ContentError, match="used twice"):
        load_crisis_lines(tmp_path)
