"""Weighs all words of a text together: a second opinion for what no pattern foresaw.

The weights are data, learnt from our own sentences by `tests/care/language/learn.py`: a word, the first five letters of
a long one, or two words side by side, each with a number that anybody can look up. Nothing is learnt here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_MARKS = frozenset('.,?"')
_LEAST = 6  # features; below, a single word would weigh as much as a sentence
_STEM = 5


@dataclass(frozen=True, slots=True)
class Leaning:
    """How much the words weigh (at 0 either is as likely), and where the heaviest sentence stands."""

    weight: float
    start: int
    end: int


def features(words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """What is weighed, each with the place of its word."""
    before = ""
    for place, word in enumerate(words):
        if word in _MARKS:
            continue
        here = "#" if word[0].isdecimal() else word
        yield place, here
        if len(here) > _STEM:
            yield place, here[:_STEM] + "*"
        if before:
            yield place, f"{before} {here}"
        before = here


def lean(words: tuple[str, ...], weights: Mapping[str, int], bias: int) -> Leaning:
    """Weigh the words; every feature counts once however often it is said."""
    seen: set[str] = set()
    by_place: dict[int, int] = {}
    total = 0
    for place, feature in features(words):
        weight = weights.get(feature)
        if weight is not None and feature not in seen:
            seen.add(feature)
            total += weight
            by_place[place] = by_place.get(place, 0) + weight
    start, end = _heaviest(words, by_place)
    return Leaning((total / max(_LEAST, len(seen)) ** 0.5 + bias) / 100, start, end)


def _heaviest(words: tuple[str, ...], by_place: Mapping[int, int]) -> tuple[int, int]:
    best, start, heaviest = (0, len(words)), 0, -(10**9)
    for at, word in enumerate(words):
        if word in ".?" or at == len(words) - 1:
            weight = sum(by_place.get(place, 0) for place in range(start, at))
            if at > start and weight > heaviest:
                best, heaviest = (start, at), weight
            start = at + 1
    return best
