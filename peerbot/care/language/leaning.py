"""Weighs all words of a text together, and puts that and what the patterns found on one scale.

The weights are data, learnt from our own sentences by `tests/care/language/learn.py`: a word, the first five letters of
a long one, two or three words side by side, or a word beside a mark, and on the scale each kind of finding, each with a
number that anybody can look up. Nothing is learnt here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from peerbot.care.language.reading import Reading
from peerbot.care.levels import Level

_MARKS = frozenset('.,?"')
FEWEST = 6  # features; below, a single word would weigh as much as a sentence
_STEM = 5
_MOST = 4.0  # what words weigh beyond this counts no more beside a finding


@dataclass(frozen=True, slots=True)
class Leaning:
    """How much the words weigh (at 0 either is as likely), and where the heaviest sentence stands."""

    weight: float
    start: int
    end: int


def features(words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """What is weighed, each with the place of its word."""
    first = second = token = ""
    for place, word in enumerate(words):
        here = "#" if word[0].isdecimal() else word
        token, last = here, token
        if last and (here in _MARKS or last in _MARKS):
            yield place, last + here
        if here in _MARKS:
            continue
        yield place, here
        if len(here) > _STEM:
            yield place, here[:_STEM] + "*"
        if second:
            yield place, f"{second} {here}"
            if first:
                yield place, f"{first} {second} {here}"
        first, second = second, here


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
    return Leaning((total / max(FEWEST, len(seen)) ** 0.5 + bias) / 100, start, end)


def _heaviest(words: tuple[str, ...], by_place: Mapping[int, int]) -> tuple[int, int]:
    best, start, heaviest = (0, len(words)), 0, -(10**9)
    for at, word in enumerate(words):
        if word in ".?" or at == len(words) - 1:
            weight = sum(by_place.get(place, 0) for place in range(start, at))
            if at > start and weight > heaviest:
                best, heaviest = (start, at), weight
            start = at + 1
    return best


def odds(weight: float, reading: Reading, length: str, scale: Mapping[str, int]) -> float:
    """How likely danger is after words and patterns together: log-odds, as learnt where half of the lines were urgent.

    `reading` is what the patterns made of the text, `length` "short", "middle" or "long", `scale` in hundredths.
    """
    return sum(scale.get(name, 0) * amount for name, amount in evidence(weight, reading, length)) / 100


def evidence(weight: float, reading: Reading, length: str) -> Iterator[tuple[str, float]]:
    """What lies on the scale, each with its amount."""
    weight = max(-_MOST, min(_MOST, weight))
    found = reading.level.name + "?" * reading.in_doubt
    yield "words", weight
    yield f"words {length}", weight
    yield length, 1
    yield found, 1
    yield f"{found} {length}", 1
    yield reading.category.value, 1
    if reading.denied:
        yield "denied", 1
    if reading.rule and reading.level is Level.LOG:
        yield "passed", 1
