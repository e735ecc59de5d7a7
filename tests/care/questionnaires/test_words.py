"""What people type instead of tapping, in both languages whatever the hint says; and what must never be guessed."""

from pathlib import Path

import pytest

from peerbot.care.questionnaires import SKIPPED, Question, Value, understand
from peerbot.content_files.questionnaires import load_questionnaires
from tests.care.questionnaires import making

SHIPPED = load_questionnaires()


def of(questionnaire: str, question_id: str) -> Question:
    question = SHIPPED[questionnaire].question(question_id)
    assert question is not None
    return question


@pytest.mark.parametrize("locale", ["en", "es", "es-MX", "pt"])
@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("7.", 7),
        ("7!!", 7),
        ("7 😀", 7),
        ("7️⃣", 7),
        ("🔟", 10),
        ("\uff17", 7),
        ("٧", 7),
        ("0", 0),
        ("zero", 0),
        ("cero", 0),
        ("Seven", 7),
        ("siete", 7),
        ("SIETE", 7),
        ("about a seven", 7),
        ("a 7 i guess", 7),
        ("I'd say 7", 7),
        ("i’d say a seven", 7),
        ("maybe 7 or so", None),
        ("like a 7 right now", 7),
        ("7/10", 7),
        ("7 / 10", 7),
        ("7 out of 10", 7),
        ("10/10", 10),
        ("7 de 10", 7),
        ("un 7 sobre 10", 7),
        ("más o menos 7", 7),
        ("como un siete", 7),
        ("yo diría que un 7", 7),
        ("creo que 7", 7),
        ("diez", 10),
        ("un uno", 1),
        ("one", 1),
        ("una", 1),
        ("mood 7", 7),
        ("mi ánimo es un 6", 6),
        ("Very low", 0),
        ("muy bien", 10),
    ],
)
def test_a_number_is_understood_however_it_is_said(typed: str, value: int | None, locale: str) -> None:
    assert understand(of("daily", "mood"), typed, locale) == value


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "?",
        "11",
        "-3",
        "7.5",
        "7,5",
        "7 or 8",
        "7 o 8",
        "5-6",
        "between 6 and 7",
        "not 7",
        "no 7",
        "less than 3",
        "more than 7",
        "más de 7",
        "menos de 3",
        "<3",
        ">7",
        "70%",
        "7/8",
        "7/",
        "1/10 of a 5",
        "no",
        "no sé",
        "I don't know",
        "seventy",
        "twelve",
        "once",
        "ten of them died",
        "I want to die 10",
        "I took 8 pills",
        "me tomé 8 pastillas",
        "9" * 4096,
        "7 " * 2000,
        "um " * 100 + "7",
        "so so",
        "½",
    ],
)
def test_what_is_not_clearly_one_number_is_asked_again(typed: str) -> None:
    assert understand(of("daily", "mood"), typed, "en") is None


@pytest.mark.parametrize("typed", ["más de 7", "más fuertes que 7", "or more than 7", "not in the last 24", "5 6 10"])
def test_the_words_of_the_question_never_excuse_a_word_that_turns_it_round(typed: str) -> None:
    assert understand(of("daily", "craving"), typed, "es") is None


def test_the_words_of_the_question_may_come_along_with_the_number() -> None:
    assert understand(of("daily", "craving"), "my strongest urge was 7", "en") == 7
    assert understand(of("daily", "craving"), "las ganas en las últimas horas, un 3", "en") == 3


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("no", "no"),
        ("No.", "no"),
        ("nope", "no"),
        ("Nada", "no"),
        ("no, nada", None),
        ("I didn't", "no"),
        ("no he consumido", "no"),
        ("sigo sobria", "no"),
        ("Alcohol", "alcohol"),
        ("I had a beer", "alcohol"),
        ("bebí", "alcohol"),
        ("Something else", "other"),
        ("otra cosa", "other"),
        ("I'd rather not say", "prefer-not"),
        ("prefiero no decirlo", "prefer-not"),
        ("yes", None),
        ("sí", None),
        ("no, I had a beer", None),
        ("not sober", None),
        ("no alcohol but pills", None),
        ("didn't not drink", None),
        ("no quiero vivir", None),
        ("1", None),
    ],
)
def test_a_choice_is_understood_by_its_label_or_its_words_and_never_by_half(typed: str, value: str | None) -> None:
    for locale in ("en", "es"):
        assert understand(of("daily", "use"), typed, locale) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("yes", "yes"),
        ("Yes!", "yes"),
        ("y", "yes"),
        ("yeah", "yes"),
        ("sí", "yes"),
        ("si", "yes"),
        ("Sí, claro", "yes"),
        ("👍", "yes"),
        ("👍🏽", "yes"),
        ("I do", "yes"),
        ("no", "no"),
        ("No, I haven't", "no"),
        ("nope", "no"),
        ("para nada", "no"),
        ("👎", "no"),
        ("yes and no", None),
        ("sí y no", None),
        ("not yes", None),
        ("maybe", None),
        ("no sé", None),
        ("yes if he comes back", None),
    ],
)
def test_yes_and_no_are_understood_in_both_languages(typed: str, value: str | None) -> None:
    for locale in ("en", "es"):
        assert understand(of("pc-ptsd-5", "event"), typed, locale) == value


@pytest.mark.parametrize(
    ("typed", "locale", "value"),
    [
        ("3", "en", 3),
        ("three days", "en", 3),
        ("3 de 7", "es", 3),
        ("3 days out of 7", "en", 3),
        ("none", "en", 0),
        ("no", "en", 0),
        ("ni un día", "es", 0),
        ("nunca", "en", 0),
        ("every day", "es", 7),
        ("todos los días", "en", 7),
        ("8", "en", None),
        ("once", "en", None),
        ("a few", "en", None),
        ("almost every day", "en", None),
        ("not every day", "en", None),
    ],
)
def test_a_number_of_days_is_understood(typed: str, locale: str, value: int | None) -> None:
    assert understand(of("bam-iop", "alcohol-days"), typed, locale) == value


@pytest.mark.parametrize(
    ("typed", "locale", "value"),
    [
        ("twenty one", "en", 21),
        ("twenty-one", "es", 21),
        ("treinta", "en", 30),
        ("veintiuno", "es", 21),
        ("veinte y uno", "es", 21),
        ("once", "es", 11),
        ("once", "en", None),
        ("twenty thirty", "en", None),
    ],
)
def test_number_words_up_to_the_days_of_a_month(tmp_path: Path, typed: str, locale: str, value: int | None) -> None:
    month = making.load(tmp_path, making.days("days", high=30)).questions[0]

    assert understand(month, typed, locale) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("red", ("red",)),
        ("Red and navy", ("red", "blue")),
        ("azul, rojo", ("red", "blue")),
        ("rojo y verde", ("red", "green")),
        ("dark blue", ("blue",)),
        ("none", ()),
        ("ninguna", ()),
        ("red, yellow", None),
        ("not red", None),
        (",", None),
    ],
)
def test_several_choices_can_be_listed(tmp_path: Path, typed: str, value: tuple[str, ...] | None) -> None:
    colours = making.load(tmp_path, making.choice("colours", kind="several")).questions[0]

    assert understand(colours, typed, "en") == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("8am", "08:00"),
        ("8:30 pm", "20:30"),
        ("20:15", "20:15"),
        ("las 8 de la noche", "20:00"),
        ("8", None),
        ("late", None),
    ],
)
def test_a_time_is_understood_when_it_is_clear_which_half_of_the_day_is_meant(
    tmp_path: Path, typed: str, value: str | None
) -> None:
    bedtime = making.load(tmp_path, making.free("bedtime", "time")).questions[0]

    assert understand(bedtime, typed, "en") == value


def test_a_note_is_kept_as_written_however_long(tmp_path: Path) -> None:
    note = making.load(tmp_path, making.free("note")).questions[0]

    assert understand(note, "  It's 7 degrees. No.  ", "en") == "It's 7 degrees. No."
    assert understand(note, "x" * 4096, "en") == "x" * 4096
    assert understand(note, " \n ", "en") is None


@pytest.mark.parametrize("typed", ["skip", "Skip it", "pass", "omitir", "Saltar"])
def test_a_question_is_skipped_in_words_only_where_skipping_is_allowed(typed: str) -> None:
    assert understand(of("bam-iop", "alcohol-days"), typed, "en") == SKIPPED
    assert understand(of("daily", "mood"), typed, "en") is None


def test_a_word_that_names_one_option_here_and_another_there_goes_by_the_language_spoken(tmp_path: Path) -> None:
    red_is_green = making.choice("colour").replace('en = "Red", es = "Rojo"', 'en = "Red", es = "Green"')
    colour = making.load(tmp_path, red_is_green).questions[0]

    assert understand(colour, "green", "en") == "green"
    assert understand(colour, "green", "es-MX") == "red"
    assert understand(colour, "green", "pt") is None


def test_a_label_typed_in_any_language_is_its_option() -> None:
    for questionnaire in SHIPPED.values():
        for question in questionnaire.questions:
            for option in question.options:
                expected: Value = (option.id,) if question.kind == "several" else option.id
                for locale, label in option.label.items():
                    assert understand(question, label, locale) == expected, (questionnaire.id, question.id, label)


@pytest.mark.parametrize("typed", ["not sure", "I don't know", "no sé", "not safe", "help", "necesito ayuda"])
def test_not_being_sure_of_being_safe_is_answered_like_a_no(typed: str, daily_full: Path) -> None:
    safe_now = load_questionnaires(extra=daily_full)["daily"].question("safe-now")
    assert safe_now is not None

    assert understand(safe_now, typed, "en") == "no"
