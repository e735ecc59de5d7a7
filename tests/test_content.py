"""What every text of the content must be: complete in both languages, short, known, kind, and free of dosing."""

import re
from collections import Counter
from collections.abc import Mapping

import pytest

from peerbot.care.tips import CATEGORIES, LONGEST, TAGS, Tip
from peerbot.content_files.crisis_lines import load_crisis_lines
from peerbot.content_files.moderation import load_rulebook
from peerbot.content_files.tips import load_tips
from peerbot.content_files.topics import load_group_rules, load_ice_breakers, load_topics

LINES = load_crisis_lines()
TIPS = load_tips()
TOPICS = load_topics()
RULES = load_group_rules()
ICE_BREAKERS = load_ice_breakers()

TEXTS: list[tuple[str, Mapping[str, str]]] = [
    *((f"tip {tip.id}", tip.text) for tip in TIPS),
    *((f"tip {tip.id}, do", tip.do) for tip in TIPS),
    *((f"topic {topic.id}", topic.text) for topic in TOPICS),
    *((f"rule {rule.id}", rule.text) for rule in RULES),
    *((f"ice-breaker {ice.id}", ice.text) for ice in ICE_BREAKERS),
]
CALLS: list[tuple[str, Mapping[str, str]]] = [(f"line {line.id}", line.text) for line in LINES]

SHAMING = {
    "en": (
        "addict addicts junkie junkies alcoholic alcoholics abuser abusers user users clean dirty relapser failure "
        "failed weak weakness disgusting streak shameful crazy suffer suffers victim noncompliant"
    ),
    "es": (
        "adicto adicta adictos adictas drogadicto drogadicta alcohólico alcohólica borracho borracha vicio vicioso "
        "viciosa limpio limpia sucio sucia fracaso fracasaste débil racha loco loca víctima usuario usuaria"
    ),
}
PROMISING = r"confidential|confidencial|guarantee|garantiz|hipaa|\bcures?\b|prevents? relapse|evita recaídas|100 ?%"
ANY_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|half|one|two|three|four|five|six|ten|a few"
    r"|medi[ao]|dos|tres|cuatro|cinco|seis|diez|unas|unos)"
)
DOSE = re.compile(
    rf"\b{ANY_NUMBER} ?-?(?:mg|mcg|µg|ml|grams?|gramos?|drinks?|beers?|copas?|cervezas?|tragos?|shots?|doses?|dosis"
    r"|pills?|tablets?|strips?|puffs?|pastillas?|tabletas?|milligrams?|miligramos?)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(("name", "text"), [*TEXTS, *CALLS])
def test_a_text_is_there_in_both_languages_and_not_the_same(name: str, text: Mapping[str, str]) -> None:
    assert set(text) == {"en", "es"}
    assert text["en"] != text["es"]
    assert not re.search(r"\b(the|with|your|and)\b", text["es"]), "English left in the Spanish"
    assert not re.search(r"\b(que|con|para|los|una)\b", text["en"]), "Spanish left in the English"
    assert not re.search(r"\b(usted|ustedes|vosotros|vos)\b", text["es"].lower()), "tuteo, please"


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_a_text_never_shames_never_doses_and_promises_nothing(name: str, text: Mapping[str, str]) -> None:
    for locale, said in text.items():
        words = set(re.findall(r"\w+", said.lower()))
        assert not words & set(SHAMING[locale].split())
        assert not DOSE.search(said)
        assert not re.search(PROMISING, said.lower())


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_a_text_is_written_in_short_whole_sentences(name: str, text: Mapping[str, str]) -> None:
    for said in text.values():
        assert said == " ".join(said.split()), "single spaces"
        assert said.rstrip('"')[-1] in ".?!…", "an end"
        assert max(len(sentence.split()) for sentence in re.split(r"[.?!:]", said)) <= 27
    assert text["es"].count("¿") == text["es"].count("?")
    assert text["es"].count("¡") == text["es"].count("!")


@pytest.mark.parametrize("tip", TIPS, ids=lambda tip: tip.id)
def test_a_tip_fits_one_screen_has_known_tags_and_names_its_source(tip: Tip) -> None:
    assert tip.tags <= set(TAGS)
    assert tip.source
    for locale in ("en", "es"):
        assert len(f"{tip.text[locale]} {tip.do[locale]}") <= LONGEST


def test_there_are_tips_for_every_category_every_tag_and_every_mood() -> None:
    categories = Counter(tip.category for tip in TIPS)
    tags = Counter(tag for tip in TIPS for tag in tip.tags)

    assert len(TIPS) >= 60
    assert set(categories) == set(CATEGORIES)
    assert min(categories.values()) >= 5
    assert set(tags) == set(TAGS)
    assert min(tags.values()) >= 4
    assert all(tip.tone != "cheerful" for tip in TIPS if tip.tags & {"lapse", "opioid", "mood"})


def test_no_text_comes_twice() -> None:
    for locale in ("en", "es"):
        assert [said for said, times in Counter(text[locale] for _, text in TEXTS).items() if times > 1] == []


def test_every_topic_and_ice_breaker_is_a_question() -> None:
    for asked in (*TOPICS, *ICE_BREAKERS):
        assert "?" in asked.says("en")
        assert "¿" in asked.says("es")


def test_no_topic_asks_about_using() -> None:
    for topic in TOPICS:
        assert not re.search(r"\b(drug|drink|high|using|dose|relapse)\b", topic.says("en").lower())
        assert not re.search(r"\b(droga|beber|consum\w+|dosis|recaída)\b", topic.says("es").lower())


def test_the_group_rules_say_that_nobody_watches_and_how_to_appeal() -> None:
    said = {rule.id: rule.says("en") for rule in RULES}

    assert "Nobody watches this room day and night" in said["not-for-emergencies"]
    assert "/report" in said["report-and-appeal"]
    assert "person to look again" in said["report-and-appeal"]


def test_no_crisis_line_claims_to_have_been_checked_by_us() -> None:
    assert [line.id for line in LINES if line.verified_on is not None] == []


def test_the_patterns_of_moderation_leave_our_own_texts_alone() -> None:
    book = load_rulebook(LINES)

    for name, text in (*TEXTS, *CALLS):
        for said in text.values():
            assert [pattern.id for pattern in book.patterns if pattern.fires(said)] == [], name
