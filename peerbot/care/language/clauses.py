"""Splits the words of a text into sentences, clauses and quotations, and tells its likely language.

Who does what in them is decided in `grammar`.
"""

from dataclasses import dataclass

from peerbot.care.language.grammar_words import ENGLISH, MONTHS, NOW_TIMES, PAST_TIMES, SPANISH
from peerbot.care.language.spelling import Words

_BREAKS = frozenset(
    "but however except because although though unless while since until yet then plus anyway"
    " pero porque aunque sino mientras entonces excepto".split()
)
_LINKS = frozenset("and so y e asi which".split())
_DATING = frozenset({"in", "en", "since", "desde", "de", "del", "was", "fue", "los", "hace"})
_YEAR_AFTER = frozenset({"in", "en", "since", "desde", "de", "del", "was", "fue"})
_YEARS = frozenset({"anos", "ano", "decadas"})
_LONGEST_QUOTE = 60
_PRONOUNS = frozenset({"me", "yo", "solo", "ya", "se", "lo", "la"})
_GOING_ON = frozenset(
    "ando corto despierto digo duermo estoy hago imagino lastimo levanto paso pienso planeo quiero siento sueno tengo"
    " vengo vivo voy".split()
)


@dataclass(frozen=True, slots=True)
class Clauses:
    """For every word: where its clause and sentence begin, where its sentence ends, in which quotation it stands."""

    words: tuple[str, ...]
    clause: tuple[int, ...]
    sentence: tuple[int, ...]
    sentence_end: tuple[int, ...]
    quote: tuple[int, ...]  # index of the opening mark, -1 outside
    past: tuple[int, ...]  # where words that tell of the past stand
    now: tuple[int, ...]


def likely(words: tuple[str, ...]) -> str:
    """The language most of the small words belong to, "" if they do not tell."""
    english, spanish = sum(word in ENGLISH for word in words), sum(word in SPANISH for word in words)
    return "" if english == spanish else "en" if english > spanish else "es"


def split(words: Words) -> Clauses:
    """Find the boundaries."""
    text = words.text
    clause, sentence = [0] * len(text), [0] * len(text)
    clause_at = sentence_at = 0
    for index, word in enumerate(text):
        if word in ".?":
            clause_at = sentence_at = index + 1
        elif word in ',"' or word in _BREAKS or word in _LINKS:
            clause_at = index + 1
        clause[index] = min(index, clause_at)
        sentence[index] = min(index, sentence_at)
    return Clauses(text, tuple(clause), tuple(sentence), _ends(text), _quotes(text), *_times(text))


def _times(text: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    past: list[int] = []
    now: list[int] = []
    for index, word in enumerate(text):
        for phrases, places in ((PAST_TIMES, past), (NOW_TIMES, now)):
            told = word in phrases and any(text[index : index + len(phrase)] == phrase for phrase in phrases[word])
            if told and not _at_once(text, index) and not _ongoing(text, index):
                places.append(index)
        if word in _DATING and _dated(text, index):
            past.append(index)
    return tuple(past), tuple(now)


def _at_once(text: tuple[str, ...], index: int) -> bool:
    """'De una vez', 'de una vez por todas', 'una vez más' tell of no past."""
    if text[index : index + 2] != ("una", "vez"):
        return False
    return (index > 0 and text[index - 1] == "de") or text[index + 2 : index + 3] in {("mas",), ("por",), ("que",)}


def _dated(text: tuple[str, ...], index: int) -> bool:
    """'In 2014', 'en el 2014', 'a los 15', 'hace doce años'."""
    word, after = text[index], text[index + 1 : index + 4]
    if word in {"en", "desde"} and after[:1] == ("el",):
        after = after[1:]
    if word in _YEAR_AFTER and after:
        if after[0] in MONTHS and word in {"in", "en"}:
            return True
        return len(after[0]) == 4 and after[0].isdecimal() and after[0][:2] in {"19", "20"}
    if word == "los" and after and index and text[index - 1] == "a":
        return after[0].isdecimal() and "minutos" not in after and "dias" not in after
    return word == "hace" and not _YEARS.isdisjoint(after) and not _ongoing(text, index)


def _ongoing(text: tuple[str, ...], index: int) -> bool:
    """'Hace meses que quiero' goes on; 'hace meses que intenté' and 'hace meses que no' are over."""
    if text[index] != "hace":
        return False
    after = text[index + 1 : index + 8]
    verb = next((at for at in range(1, 5) if after[at : at + 1] == ("que",)), 0) + 1
    while after[verb : verb + 1] and after[verb] in _PRONOUNS:
        verb += 1
    return verb > 1 and after[verb : verb + 1] != () and after[verb] in _GOING_ON


def _ends(text: tuple[str, ...]) -> tuple[int, ...]:
    ends = [len(text)] * len(text)
    end = len(text)
    for index in range(len(text) - 1, -1, -1):
        if text[index] in ".?":
            end = index
        ends[index] = end
    return tuple(ends)


def _quotes(text: tuple[str, ...]) -> tuple[int, ...]:
    marks = [index for index, word in enumerate(text) if word == '"']
    quote = [-1] * len(text)
    words_outside = len(text) - len(marks)
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        inside = closing - opening - 1
        whole_text = inside >= words_outside - 1
        if not whole_text and inside <= _LONGEST_QUOTE:
            quote[opening : closing + 1] = [opening] * (closing - opening + 1)
    return tuple(quote)
