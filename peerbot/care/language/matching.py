"""Finds where patterns stand in the words of a text. What a match means is judged in `reader`."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from peerbot.care.language.forms import Form, key
from peerbot.care.language.patterns import Pattern, Patterns


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern at the words [start, end)."""

    pattern: Pattern
    start: int
    end: int


_Likely = tuple[tuple[Pattern, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The patterns that may begin with words of one key, by the key that comes second (`rest`: by any other)."""

    all: tuple[tuple[Pattern, re.Pattern[str], frozenset[str] | None], ...]
    seconds: frozenset[str]
    by_second: dict[str, _Likely]  # filled when first asked for; never more than `seconds`
    rest: _Likely

    def likely(self, second: str) -> _Likely:
        if second not in self.seconds:
            return self.rest
        found = self.by_second.get(second)
        if found is None:
            found = self.by_second[second] = tuple(
                (pattern, forms) for pattern, forms, seconds in self.all if seconds is None or second in seconds
            )
        return found


class Matcher:
    """Holds all patterns, sorted by how they begin."""

    def __init__(self, patterns: Patterns) -> None:
        self._named = {pattern.id: pattern for pattern in patterns.patterns}
        self._forms: dict[str, dict[str, list[Form]]] = {}
        for pattern in patterns.patterns:
            for form in pattern.forms:
                for first in form.starts:
                    self._forms.setdefault(first, {}).setdefault(pattern.id, []).append(form)
        # Compiling every shelf takes more than a second; each is compiled when a text first needs it.
        self._shelves: dict[str, _Shelf] = {}

    def matches(self, words: tuple[str, ...]) -> list[Match]:
        """Every pattern at every place where it stands, in order of place; of its forms, the first that fits."""
        line = " ".join(words) + " "
        starts = [0, *itertools.accumulate(len(word) + 1 for word in words)]
        number = {offset: index for index, offset in enumerate(starts)}
        keys = [*map(key, words), ""]
        found: list[Match] = []
        for position, offset in enumerate(starts[:-1]):
            shelf = self._shelves.get(keys[position]) or self._filled(keys[position])
            if shelf is None:
                continue
            for pattern, forms in shelf.likely(keys[position + 1]):
                if match := forms.match(line, offset):
                    found.append(Match(pattern, position, number[match.end()]))
        return found

    def _filled(self, first: str) -> _Shelf | None:
        by_pattern = self._forms.get(first)
        if by_pattern is None:
            return None
        every = tuple(
            (self._named[name], _together(forms), _seconds(forms, first)) for name, forms in by_pattern.items()
        )
        seconds = frozenset().union(*(some for _, _, some in every if some is not None))
        rest = tuple((pattern, forms) for pattern, forms, some in every if some is None)
        shelf = self._shelves[first] = _Shelf(every, seconds, {}, rest)
        return shelf


def _together(forms: Iterable[Form]) -> re.Pattern[str]:
    return re.compile("|".join(form.regex for form in forms))


def _seconds(forms: Iterable[Form], first: str) -> frozenset[str] | None:
    seconds: frozenset[str] = frozenset()
    for form in forms:
        here = form.starts[first]
        if here is None:
            return None
        seconds |= here
    return seconds
