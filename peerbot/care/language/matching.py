"""Finds where patterns stand in the words of a text. What a match means is judged in `reader`."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from peerbot.care.language.forms import key
from peerbot.care.language.patterns import Pattern, Patterns


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern at the words [start, end)."""

    pattern: Pattern
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The patterns that may begin with words of one key: all forms at once, and each pattern's own.

    At most places in a text nothing matches, so that one look with `any_form` is enough.
    """

    any_form: re.Pattern[str]
    patterns: tuple[tuple[Pattern, re.Pattern[str]], ...]


class Matcher:
    """Holds all patterns, sorted by how they begin."""

    def __init__(self, patterns: Patterns) -> None:
        self._named = {pattern.id: pattern for pattern in patterns.patterns}
        self._regexes: dict[str, dict[str, list[str]]] = {}
        for pattern in patterns.patterns:
            for form in pattern.forms:
                for first in form.first:
                    self._regexes.setdefault(first, {}).setdefault(pattern.id, []).append(form.regex)
        # Compiling every shelf takes more than a second; each is compiled when a text first needs it.
        self._shelves: dict[str, _Shelf] = {}

    def matches(self, words: tuple[str, ...]) -> list[Match]:
        """Every pattern at every place where it stands, in order of place; of its forms, the first that fits."""
        line = " ".join(words) + " "
        starts = [0, *itertools.accumulate(len(word) + 1 for word in words)]
        number = {offset: index for index, offset in enumerate(starts)}
        found: list[Match] = []
        for position, word in enumerate(words):
            shelf = self._shelf(key(word))
            if shelf is None or not shelf.any_form.match(line, starts[position]):
                continue
            for pattern, forms in shelf.patterns:
                if match := forms.match(line, starts[position]):
                    found.append(Match(pattern, position, number[match.end()]))
        return found

    def _shelf(self, first: str) -> _Shelf | None:
        shelf = self._shelves.get(first)
        if shelf is None and (forms := self._regexes.get(first)):
            shelf = self._shelves[first] = _Shelf(
                _together(itertools.chain.from_iterable(forms.values())),
                tuple((self._named[name], _together(regexes)) for name, regexes in forms.items()),
            )
        return shelf


def _together(regexes: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(regexes))
