"""Reads typed words as an answer: "7", "about a seven", "siete", "nope", an option's label. Never guesses.

Two numbers, a "not", a word that is neither the answer nor small talk: each gives None, and the person is asked to tap.
The language is a hint only, every grammar is tried. A new language is one more entry in each table below.
Whether a text is a cry for help is not decided here: care/language reads every text, understood or not.
"""

import re
import unicodedata

from peerbot.care.calendar import parse_time
from peerbot.care.questionnaires.model import SKIPPED, InvalidAnswer, Kind, Option, Question, Value
from peerbot.care.questionnaires.values import check_value

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
    "veintiocho veintinueve",
)
_NUMBERS = {word: number for words in _UNITS for number, word in enumerate(words.split())}
_TWENTY_TO_NINETY = (
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
)
_TENS = {word: 10 * tens for words in _TWENTY_TO_NINETY for tens, word in enumerate(words.split(), 2)}
_ARTICLES_THAT_COUNT = {"un": 1, "una": 1}
# English "once" is one time, Spanish "once" is eleven: read as a number only where Spanish is spoken.
_ONLY_SPANISH = frozenset({"once"})
_OUT_OF = frozenset({"/", "of", "de", "sobre"})

_SMALL_TALK = frozenset(
    (
        "a an the some i im my id is its it was at about around roughly maybe probably approximately approx like just "
        "only guess think say would feel feeling today now right day days night nights time times well so ok okay um "
        "uh hmm please still out of el la los las lo yo es era fue en de que mi como creo diria digo pienso estoy me "
        "siento hoy ahora solo unos unas casi pues bueno quiza quizas probablemente aproximadamente alrededor tal vez "
        "dia dias noche noches veces sobre por favor"
    ).split()
)
_SMALL_PHRASES = ("mas o menos", "more or less", "kind of", "sort of", "give or take", "a eso de")
# These turn a sentence round, so the words of the question may never excuse them as small talk.
_NEVER_SMALL = frozenset(
    ("no not dont didnt isnt wasnt never nor without less more than under over nunca ni sin menos mas tampoco").split()
)
_SKIP = frozenset(
    "skip, skip it, pass, next, omitir, omitelo, saltar, saltala, saltar esta, paso, siguiente".split(", ")
)
_NOTHING = frozenset(
    (
        "no, nope, none, never, nothing, none of them, none of these, not once, not a day, no days, no nights, "
        "not any, nunca, nada, ninguno, ninguna, ninguna de estas, nada de eso, ningun dia, ni un dia, ni una vez, "
        "ninguna vez, ninguna noche, ni una noche"
    ).split(", ")
)
_EVERY_DAY = frozenset(
    (
        "every day, everyday, every single day, every night, all of them, all days, todos, todas, todos los dias, "
        "todas las noches, cada dia, cada noche, a diario"
    ).split(", ")
)
_LONGEST_READ = 200  # characters; more is a story to be read by a person, not a number or a choice
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+|[/%<>+]|(?<!\w)-(?=\d)")
_BETWEEN = re.compile(r"[,;\n/&+]|\band\b|\by\b|\be\b", re.IGNORECASE)


def understand(question: Question, text: str, locale: str) -> Value | None:
    """Return the answer these words are, valid for the question, or None when a person should be asked again."""
    if question.kind is not Kind.TEXT and len(text) > _LONGEST_READ:
        return None
    tokens = _tokens(text)
    if question.skippable and " ".join(tokens) in _SKIP:
        return SKIPPED
    value: Value | None
    match question.kind:
        case Kind.TEXT:
            value = text.strip()
        case Kind.SCALE | Kind.DAYS:
            value = _number(question, tokens, locale)
        case Kind.TIME:
            value = _time(text)
        case Kind.SEVERAL:
            value = _several(question, text, locale)
        case Kind.CHOICE | Kind.YESNO:
            value = _Options(question, locale).named_by(tokens)
    try:
        return None if value is None else check_value(question, value)
    except InvalidAnswer:
        return None


def _tokens(text: str) -> list[str]:
    """Lower-case words and numbers without accents, apostrophes and emoji: "7️⃣ — I'm Débil" -> 7, im, debil."""
    text = text.replace("🔟", "10").replace("👍", " yes ").replace("👎", " no ")
    plain = unicodedata.normalize("NFKD", text).casefold()
    # NFKD parts letters from their marks; a keycap emoji is a digit followed by marks.
    plain = "".join(mark for mark in plain if unicodedata.category(mark) not in ("Mn", "Me") and mark not in "'’‘`´")
    return _TOKEN.findall(plain)


def _number(question: Question, tokens: list[str], locale: str) -> int | None:
    said = " ".join(tokens)
    if question.kind is Kind.DAYS and said in _NOTHING:
        return 0
    if question.kind is Kind.DAYS and said in _EVERY_DAY:
        return question.high
    for end, labels in ((question.low, question.low_label), (question.high, question.high_label)):
        if said and said in {" ".join(_tokens(label)) for label in labels.values()}:
            return end
    for phrase in _SMALL_PHRASES:
        said = f" {said} ".replace(f" {phrase} ", " ").strip()
    numbers, rest = _split_numbers(said.split(), locale)
    asked = {word for wording in question.text.values() for word in _tokens(wording)} - _NEVER_SMALL
    if any(word not in _SMALL_TALK and word not in asked for word in rest if word != "/"):
        return None
    if len(numbers) == 2 and numbers[1] == question.high and not _OUT_OF.isdisjoint(rest):
        return numbers[0]
    return numbers[0] if len(numbers) == 1 and "/" not in rest else None


def _split_numbers(tokens: list[str], locale: str) -> tuple[list[int], list[str]]:
    """The numbers among the words, in digits or spelt out, and the words left over."""
    numbers, rest = [], []
    at = 0
    while at < len(tokens):
        word = tokens[at]
        joined = at + 2 if tokens[at + 1 : at + 2] == ["y"] else at + 1
        unit = _NUMBERS.get(tokens[joined], 0) if word in _TENS and joined < len(tokens) else 0
        if word.isdecimal():
            numbers.append(int(word))
        elif 0 < unit < 10:
            numbers.append(_TENS[word] + unit)
            at = joined
        elif word in _TENS or (word in _NUMBERS and not (word in _ONLY_SPANISH and not locale.startswith("es"))):
            numbers.append(_TENS.get(word, _NUMBERS.get(word, 0)))
        else:
            rest.append(word)
        at += 1
    if not numbers:
        numbers = [_ARTICLES_THAT_COUNT[word] for word in rest if word in _ARTICLES_THAT_COUNT]
    return numbers, [word for word in rest if word not in _ARTICLES_THAT_COUNT]


class _Options:
    """The options of one question with all that may be typed for them, split into words once."""

    def __init__(self, question: Question, locale: str) -> None:
        self._here = [(option.id, phrases(option, locale)) for option in question.options]
        self._all = [(option.id, phrases(option, None)) for option in question.options]

    def named_by(self, tokens: list[str]) -> str | None:
        """The one option these words name: word for word in the hinted language, in any, then without small talk."""
        core = _core(tokens)
        exact_here = {option for option, said in self._here if tokens in said}
        exact = {option for option, said in self._all if tokens in said}
        loose = {option for option, said in self._all if core and core in [_core(phrase) for phrase in said]}
        for found in (exact_here, exact, loose):
            if len(found) == 1:
                return found.pop()
        return None


def phrases(option: Option, locale: str | None) -> list[list[str]]:
    """What a person may type for this option, word by word: its label and words in one language, or in all (None)."""
    wanted = None if locale is None else re.split(r"[-_]", locale)[0]
    labels = [label for language, label in option.label.items() if wanted in (None, language)]
    words = [word for language, words in option.words.items() if wanted in (None, language) for word in words]
    return [_tokens(phrase) for phrase in (*labels, *words)]


def _core(tokens: list[str]) -> list[str]:
    return [token for token in tokens if token not in _SMALL_TALK]


def _several(question: Question, text: str, locale: str) -> tuple[str, ...] | None:
    options = _Options(question, locale)
    whole = options.named_by(_tokens(text))
    if whole is not None:
        return (whole,)
    if " ".join(_tokens(text)) in _NOTHING:
        return ()
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    chosen = [options.named_by(_tokens(part)) for part in parts]
    named = tuple(option for option in chosen if option is not None)
    return named if named and len(named) == len(chosen) else None


def _time(text: str) -> str | None:
    if text.strip().isdecimal():
        return None  # a bare "8" may be morning or evening
    at = parse_time(text)
    return None if at is None else at.strftime("%H:%M")
