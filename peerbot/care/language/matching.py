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
# The patterns that may begin with words of one key: each with its forms, and with the keys that may come second.
_Shelf = tuple[tuple[Pattern, re.Pattern[str], frozenset[str] | None], ...]


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
        likely: dict[tuple[str, str], _Likely] = {}
        found: list[Match] = []
        for position, offset in enumerate(starts[:-1]):
            pair = keys[position], keys[position + 1]
            patterns = likely.get(pair)
            if patterns is None:
                patterns = likely[pair] = self._likely(*pair)
            for pattern, forms in patterns:
                if match := forms.match(line, offset):
                    found.append(Match(pattern, position, number[match.end()]))
        return found

    def _likely(self, first: str, second: str) -> _Likely:
        """The patterns that may begin with words of these two keys."""
        return tuple(
            (pattern, forms) for pattern, forms, seconds in self._shelf(first) if seconds is None or second in seconds
        )

    def _shelf(self, first: str) -> _Shelf:
        shelf = self._shelves.get(first)
        if shelf is None and (by_pattern := self._forms.get(first)):
            shelf = self._shelves[first] = tuple(
                (self._named[name], _together(forms), _seconds(forms, first)) for name, forms in by_pattern.items()
            )
        return shelf or ()


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
