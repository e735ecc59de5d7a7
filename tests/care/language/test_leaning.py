"""Words weighed together: what they may raise, what they must leave alone, and that they are learnt without chance."""

import dataclasses

import pytest

from peerbot.care.language import Category, Reader
from peerbot.care.language.leaning import evidence, lean, odds
from peerbot.care.levels import Level
from peerbot.content_files.language import load_patterns
from tests.care.language.corpus_reader import learnt
from tests.care.language.learn import learn, written

PATTERNS = load_patterns()
READER = Reader(PATTERNS)
BY_PATTERNS_ALONE = Reader(dataclasses.replace(PATTERNS, weights={}))

LONG_AND_OBLIQUE = (
    "Seventy-eight, retired bus driver, two hip operations and hooked on the tablets they gave me for them. "
    "Jean passed in November. My daughter wants me in a home and I dare say she's right. For myself I can't see the "
    "sense. I have stopped taking the heart ones, nobody's noticed, I just pop them out and flush them. The garden's "
    "gone over."
)


def test_a_long_text_that_no_pattern_raises_is_raised_in_doubt_by_its_words_together() -> None:
    reading = READER.screen(LONG_AND_OBLIQUE, "en")

    assert BY_PATTERNS_ALONE.screen(LONG_AND_OBLIQUE, "en").level < Level.URGENT
    assert (reading.level, reading.category, reading.rule) == (Level.URGENT, Category.SELF_HARM, "leaning")
    assert reading.in_doubt
    assert reading.span in LONG_AND_OBLIQUE


def test_a_long_story_told_by_somebody_who_is_well_is_read_the_same_day_and_says_why() -> None:
    story = next(text for _, text, _ in learnt() if text.startswith("I attempted when I was twenty-three"))
    reading = READER.screen(story, "en")

    assert BY_PATTERNS_ALONE.screen(story, "en").level is Level.URGENT
    assert (reading.level, reading.in_doubt) == (Level.SAME_DAY, True)
    assert "lean calm" in reading.reason


CALM = {"suitcase": -900, "sunday": -900, "kettle": -900, "die": 900}


def test_words_that_lean_calm_take_a_plain_finding_no_further_down_than_the_same_day() -> None:
    calm, text = Reader(dataclasses.replace(PATTERNS, weights=CALM, bias=0)), "sunday kettle suitcase i want to die"

    assert BY_PATTERNS_ALONE.screen(text, "en").level is Level.URGENT
    assert not BY_PATTERNS_ALONE.screen(text, "en").in_doubt
    assert (calm.screen(text, "en").level, calm.screen(text, "en").in_doubt) == (Level.SAME_DAY, True)


@pytest.mark.parametrize(
    "text",
    [
        "sunday kettle suitcase. i want to die",  # calm around it, not in what it says
        "sunday kettle suitcase please i need help now",  # a call for help
        "sunday kettle suitcase he is not breathing and his lips are blue",  # an emergency
    ],
)
def test_what_words_that_lean_calm_must_not_touch(text: str) -> None:
    calm = Reader(dataclasses.replace(PATTERNS, weights=CALM, bias=0))

    before = BY_PATTERNS_ALONE.screen(text, "en")
    assert before.level >= Level.URGENT
    assert (calm.screen(text, "en").level, calm.screen(text, "en").in_doubt) == (before.level, before.in_doubt)


@pytest.mark.parametrize(
    "text", ["I am not going to kill myself", "no quiero morirme", "hi", "I want to live", "me muero de risa, amigos"]
)
def test_what_a_pattern_let_pass_stays_passed(text: str) -> None:
    assert READER.screen(text, "en").level is Level.LOG


URGES = """
I really want to drink right now|I really want to use right now|the urge is really strong right now
the cravings are killing me tonight|i want to get high so bad|need a drink rn|i can't stop thinking about vodka
I want to give up on sobriety|i have a bag in my pocket and i don't want to use|I drank again, six beers
tengo muchas ganas de beber|quiero tomar ahora mismo|me muero por un trago|no dejo de pensar en consumir
las ganas están fuertísimas ahorita|me quiero drogar hoy
estoy a punto de recaer|mi dealer me escribió y quiero ir|me metí unas rayas anoche
"""


@pytest.mark.parametrize("text", URGES.strip().replace("\n", "|").split("|"))
def test_an_urge_or_a_lapse_however_strong_does_not_page(text: str) -> None:
    assert READER.screen(text, "en").level < Level.URGENT


def test_a_cue_alone_does_not_keep_a_text_from_being_weighed() -> None:
    certain = Reader(dataclasses.replace(PATTERNS, weights={"coffee": 900}))

    assert certain.screen("one more coffee before the flight", "en").rule == "leaning"


COFFEE, PLAIN_SCALE = "one more coffee before the flight", {"words": 100}


@pytest.mark.parametrize(
    ("weight", "level", "category"),
    [
        (60, Level.LOG, Category.NONE),
        (180, Level.DIGEST, Category.NONE),
        (300, Level.SAME_DAY, Category.SELF_HARM),
        (900, Level.URGENT, Category.SELF_HARM),
    ],
)
def test_the_less_words_show_the_less_is_said(weight: int, level: Level, category: Category) -> None:
    patterns = dataclasses.replace(PATTERNS, weights={"coffee": weight}, bias=0, scale=PLAIN_SCALE)
    reading = Reader(patterns).screen(COFFEE, "en")

    assert (reading.level, reading.category, reading.in_doubt) == (level, category, level > Level.LOG)


@pytest.mark.parametrize(
    ("text", "weight", "level", "category"),
    [
        (
            "I am not going to kill myself, one more coffee",
            900,
            Level.URGENT,
            Category.SELF_HARM,
        ),  # the rest tells more
        ("I do not want to die", 900, Level.LOG, Category.NONE),  # too short for that
        ("I really want to drink tonight, one more coffee", 690, Level.DIGEST, Category.LAPSE),  # an urge asks for more
        ("I really want to drink tonight, one more coffee", 900, Level.URGENT, Category.SELF_HARM),
    ],
)
def test_words_say_more_than_a_pattern_only_where_they_show_much(
    text: str, weight: int, level: Level, category: Category
) -> None:
    weights = {"coffee": weight, "die": weight}
    reading = Reader(dataclasses.replace(PATTERNS, weights=weights, bias=0, scale=PLAIN_SCALE)).screen(text, "en")

    assert (reading.level, reading.category) == (level, category)


def test_a_finding_and_the_words_lie_on_one_scale() -> None:
    found = BY_PATTERNS_ALONE.screen("they said I want to die and that is so", "en")
    scale = {"words": 100, "words short": 50, "short": 10, "URGENT": 20, "URGENT short": 30, "self-harm": 5}

    assert odds(2.0, found, "short", scale) == pytest.approx(2.0 + 1.0 + 0.65)
    assert odds(9.0, found, "short", scale) == odds(4.0, found, "short", scale)  # beyond that it counts no more
    assert dict(evidence(0, READER.screen("I am not going to kill myself", "en"), "short"))["denied"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "They told me to call 988 but I am going to kill myself",  # a hotline number lowers nothing
        "We laughed a lot at the picnic, the kids were great, but tonight I want to kill myself",
        "No me pasa nada, estuve en la junta y comimos rico, pero hoy me voy a matar",
    ],
)
def test_calm_words_around_it_do_not_undo_the_clause_that_says_it(text: str) -> None:
    assert READER.screen(text, "en").level >= Level.URGENT


def test_what_was_taken_back_is_not_contradicted() -> None:
    calm = Reader(dataclasses.replace(PATTERNS, weights=dict.fromkeys(("used", "want", "die", "still"), -900), bias=0))
    reading = calm.screen("I used to want to die. I still do.", "en")

    assert (reading.level, reading.taken_back) == (Level.URGENT, True)


def test_each_feature_counts_once_and_the_heaviest_sentence_is_named() -> None:
    words = ("all", "well", ".", "no", "way", "out", "out", "out", ".")

    leaning = lean(words, {"out": 60, "way out": 30, "well": -30}, bias=-10)

    assert leaning.weight == pytest.approx((60 / 6**0.5 - 10) / 100)
    assert words[leaning.start : leaning.end] == ("no", "way", "out", "out", "out")


def test_learning_has_no_chance_in_it() -> None:
    first, again = learn(PATTERNS, rounds=2), learn(PATTERNS, rounds=2)

    assert written(first) == written(again)


# register: least share of urgent texts read at URGENT or above, most others so read. All were learnt from.
BATCH_FLOORS = {
    "chat_en": (0.96, 0.01),
    "chat_es": (0.96, 0.015),
    "forum_en": (0.98, 0.04),
    "forum_es": (0.98, 0.03),
    "adversarial_en": (0.92, 0.03),
    "adversarial_es": (0.93, 0.045),
    "recovery_en": (1.0, 0.01),
    "recovery_es": (1.0, 0.01),
}


@pytest.mark.parametrize("register", BATCH_FLOORS)
def test_what_was_learnt_stays_learnt(register: str) -> None:
    texts = [(text, urgent) for batch, text, urgent in learnt() if batch.startswith(register)]
    raised = {text for text, _ in texts if READER.screen(text, register[-2:]).level >= Level.URGENT}
    right = [text in raised for text, urgent in texts if urgent]
    wrong = [text in raised for text, urgent in texts if not urgent]
    recall, false_alarms = BATCH_FLOORS[register]

    assert not right or sum(right) / len(right) >= recall
    assert sum(wrong) / len(wrong) <= false_alarms
