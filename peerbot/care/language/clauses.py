"""Splits the words of a text into sentences, clauses and quotations. Who does what in them is decided in `grammar`."""

from dataclasses import dataclass

from peerbot.care.language.grammar_words import NOW_TIMES, PAST_TIMES
from peerbot.care.language.spelling import Words

_BREAKS = frozenset(
    "but however except because although though unless while since until yet then plus anyway"
    " pero porque aunque sino mientras entonces excepto".split()
)
_LINKS = frozenset("and so y e asi which".split())
_YEAR_AFTER = frozenset({"in", "en", "since", "desde"})
_LONGEST_QUOTE = 60


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
        clause[index], sentence[index] = min(clause_at, index), min(sentence_at, index)
    return Clauses(text, tuple(clause), tuple(sentence), _ends(text), _quotes(text), *_times(text))


def _times(text: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    past: list[int] = []
    now: list[int] = []
    for index, word in enumerate(text):
        for phrases, places in ((PAST_TIMES, past), (NOW_TIMES, now)):
            if word in phrases and any(text[index : index + len(phrase)] == phrase for phrase in phrases[word]):
                places.append(index)
        if word in _YEAR_AFTER and index + 1 < len(text) and _is_year(text[index + 1]):
            past.append(index)
    return tuple(past), tuple(now)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in {"19", "20"}


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
