"""The reader as others see it: what counts, who is meant, when, denied or quoted, however it is spelt."""

import random

import pytest

from peerbot.care.language import Category, Reader
from peerbot.care.levels import Level
from peerbot.content_files.language import load_patterns

PATTERNS = load_patterns()
READER = Reader(PATTERNS)


def level(text: str, locale: str = "en") -> Level:
    return READER.screen(text, locale).level


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "i waaaant to kill myself",
        "I want to ki11 mys3lf",
        "I want to k i l l  m y s e l f",
        "I want to k.i.l.l myself",
        "I want to k*ll myself",
        "iwanttokillmyself",
        "I want to kill my self",
        "I want to kill myslef",
        "i wanna kms",
        "I WANT TO KILL MYSELF!!!",
        "I want to кill mуself",  # Cyrillic letters among the Latin ones
        "Ｉ ｗａｎｔ ｔｏ ｋｉｌｌ ｍｙｓｅｌｆ",
        "I want to ki\u200bll mys\u00adelf",
        "𝐈 𝐰𝐚𝐧𝐭 𝐭𝐨 𝐤𝐢𝐥𝐥 𝐦𝐲𝐬𝐞𝐥𝐟",
        "I want to kíll mÿself",
        "i want to unalive myself",
    ],
)
def test_spelling_does_not_hide_it(text: str) -> None:
    assert level(text) >= Level.URGENT


@pytest.mark.parametrize(
    ("raised", "calm"),
    [
        ("I want to die", "I don't want to die"),
        ("I want to die", "I wanted to die back in 2012"),
        ("I want to die", "People who want to die need a friend"),
        ("I want to die", 'The song goes "I want to die" at the end'),
        ("I want to die", "If I ever want to die I will call you"),
        ("I'm not suicidal but I don't want to be alive", "I'm not suicidal"),
        ("this job is killing me and I want to kill myself", "this job is killing me"),
        ("They told me to call 988 but I am going to kill myself", "If you feel suicidal, call 988"),
        ("my brother won't wake up", "my brother won't wake up early"),
        ("I used to want to die. I still do.", "I used to want to die"),
        ("I haven't had thoughts of suicide in years until tonight", "I haven't had thoughts of suicide in years"),
        ("I can't stop thinking about killing myself", "I'm not thinking about killing myself"),
        ("me quiero morir", "me quiero morir de risa"),
        ("me quiero morir", "no me quiero morir"),
        ("no le importo a nadie quiero morirme", "no quiero morirme"),
        ("ya no quiero vivir", "ya no quiero vivir con mis papás"),
        ("No es que quiera morirme, es que ya no quiero vivir así", "no es que quiera morirme"),
        ("no sé cómo seguir, pienso en hacerme daño", "no estoy triste ni pienso en hacerme daño"),
        ("decidle a mi madre que la quise", "el abogado sacó mi ingreso de 2010, cuando intenté quitarme la vida"),
        ("lo mejor sería no despertarme", "pensaba que lo mejor era no despertarme. Ahora me deja al nieto"),
        ("tengo ideas de muerte, no te miento", "me preguntó por pensamientos suicidas, no hay"),
        ("tengo ideación suicida", "busco recursos para personas con adicción e ideación suicida"),
        ("no puedo parar de lastimarme", "no puedo lastimarme"),
        ("no me saco de la cabeza matarme", "no pienso matarme"),
        ("mejor que Dios me lleve de una vez", "una vez quise matarme, de eso hace mucho"),
        ("a dónde llamo si mi primo se tomó cloro", "si mi primo se toma el cloro me asusto"),
        ("ya no puedo más, I want to die", "no puedo más con esta tarea, I want to sleep"),
    ],
)
def test_grammar_tells_danger_from_its_echo(raised: str, calm: str) -> None:
    assert level(raised) >= Level.URGENT
    assert level(calm) is Level.LOG


def test_the_reading_says_why() -> None:
    reading = READER.screen("honestly, I've been thinking about SUICIDE all day", "en")

    assert (reading.category, reading.about, reading.when) == (Category.SELF_HARM, "self", "unclear")
    assert reading.span == "thinking about SUICIDE"
    assert reading.rule in reading.reason
    assert "not denied" in reading.reason


def test_what_is_denied_is_said_to_be_denied() -> None:
    reading = READER.screen("I am not thinking about suicide", "en")

    assert (reading.level, reading.denied, reading.category) == (Level.LOG, True, Category.NONE)


def test_what_is_quoted_is_said_to_be_quoted() -> None:
    reading = READER.screen('My sponsor told me "I want to die" was his first share', "en")

    assert (reading.level, reading.quoted) == (Level.LOG, True)


def test_somebody_else_in_danger_is_not_the_writer() -> None:
    reading = READER.screen("my sister says she wants to kill herself", "en")

    assert (reading.level, reading.category, reading.about) == (
        Level.URGENT,
        Category.OTHER_IN_DANGER,
        "other",
    )


def test_a_slight_sign_alone_leaves_the_words_together_their_say_and_two_kinds_decide() -> None:
    assert level("Si me ven sonriendo es que ya falta poco") >= Level.URGENT
    assert level("Si me ven sonriendo es que ya comí") is Level.LOG
    assert level("Pregunté por el seguro de vida en el banco") is Level.LOG


def test_weak_signs_decide_only_together_and_in_doubt() -> None:
    alone = READER.screen(
        "I have to feed the cat, and the house feels so empty since she moved out in the spring", "en"
    )
    together = READER.screen("i feel worthless, there is no hope left, and i am a burden to my mother", "en")

    assert alone.level is Level.LOG
    assert (together.level, together.in_doubt) == (Level.URGENT, True)


def test_the_most_dangerous_thing_in_a_text_decides() -> None:
    reading = READER.screen("I relapsed, I want to die, I have the pills in my hand", "en")

    assert (reading.level, reading.span) == (Level.EMERGENCY, "have the pills in my hand")


@pytest.mark.parametrize("locale", ["en", "es", "", "xx", "pt-BR"])
def test_both_languages_are_read_whatever_the_hint(locale: str) -> None:
    assert READER.screen("me quiero matar", locale).level is Level.URGENT
    assert READER.screen("I want to kill myself", locale).level is Level.URGENT


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("me quiero matar", "es"),
        ("I want to kill myself", "en"),
        ("wey ya no puedo más, I want to die", "en"),  # the words that decided
        ("hoy fui a la junta y me gustó", "es"),
        ("went to the meeting and it was good", "en"),
        ("okay", "xx"),  # tells nothing: the hint
    ],
)
def test_the_reading_names_the_language_that_was_read(text: str, locale: str) -> None:
    assert READER.screen(text, "xx").locale == locale


@pytest.mark.parametrize(
    "text",
    [
        "cutting the grass kept my hands busy",
        "someone in my family has to get help",
        "me da pena pedir ayuda",
        "where can I get fentanyl test strips?",
        "busco dealer de autos",
    ],
)
def test_everyday_words_that_once_raised_a_false_alarm_stay_quiet(text: str) -> None:
    assert level(text) is Level.LOG


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800", "\u202e\u200f", "💀💀💀", "。", "'", '"', "*" * 4096, "\n" * 4096]
)
def test_nothing_to_read_is_read_as_nothing(text: str) -> None:
    reading = READER.screen(text, "en")

    assert (reading.level, reading.category, reading.rule) == (Level.LOG, Category.NONE, "")


def test_odd_letters_around_do_not_hide_it() -> None:
    assert level("\x00\ud800 I want to kill myself \udfff\u202e") is Level.URGENT


@pytest.mark.parametrize("seed", range(40))
def test_any_text_is_read_and_its_span_is_cut_from_it(seed: int) -> None:
    chance = random.Random(seed)
    words = sorted({word for pattern in PATTERNS.patterns for form in pattern.forms for word in form.words})
    pieces = [
        *chance.choices(words, k=60),
        *(chr(chance.randrange(0x110000)) for _ in range(60)),
        *chance.choices([" ", ".", "'", '"', "*", "\n", "?", "-", "1", "@"], k=90),
    ]
    chance.shuffle(pieces)
    text = chance.choice(["", " "]).join(pieces)[:4096]

    reading = READER.screen(text, "en")

    assert reading.span in text
    assert reading.reason.endswith(".")
    assert reading == READER.screen(text, "en")


def test_a_reading_does_not_depend_on_the_texts_before_it() -> None:
    texts = ["I want to die", "fine today", "me quiero morir", "my friend is not breathing", "no quiero morir"]

    forward = {text: Reader(PATTERNS).screen(text, "en") for text in texts}
    backward = {text: READER.screen(text, "en") for text in reversed(texts)}

    assert forward == backward
