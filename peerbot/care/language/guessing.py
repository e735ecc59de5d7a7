"""Finds the words behind one that nobody knows: misspelt as it sounds, without vowels, or run together.

`Speller` asks here last, when neither the patterns nor the tables of words know a word. What it may find are the words
our own sentences say, in both languages, the one said most often first.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from rapidfuzz.distance import OSA

_SHORTEST, _LONGEST = 4, 20
_GLUED_FROM, _GLUED_TO = 9, 40
_LONGEST_PART = 14
_ALONE = frozenset("iyauo")
_SOUNDS = [
    (re.compile(r"^ll"), "y"), (re.compile(r"^kn|^gn"), "n"), (re.compile(r"^wr"), "r"), (re.compile("ph"), "f"),
    (re.compile("tion"), "shn"), (re.compile("ck"), "k"), (re.compile("ch"), "1"), (re.compile("gh|h"), ""),
    (re.compile("v"), "b"), (re.compile("c(?=[eiy])|z"), "s"), (re.compile("qu?|c"), "k"), (re.compile("y"), "i"),
    (re.compile(r"(.)\1+"), r"\1"), (re.compile(r"(?<=..)e$"), ""),
]  # fmt: skip
_VOWELS = re.compile("[aeiou]")


class Guesser:
    """Knows how often a word is said, and from that what an unknown one most likely means."""

    def __init__(self, said: Mapping[str, int]) -> None:
        """`said`: each word with how often it is said, as a power of two."""
        self._said = said
        self._all = max(said.values(), default=0) + 4
        self._sounds = {word: _sound(word) for word in said if len(word) >= _SHORTEST and word.isalpha()}
        self._by_bones: dict[str, str] = {}
        by_sound: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._sounds, key=lambda word: (-said[word], word)):
            for key in shorter(self._sounds[word]):
                by_sound[key].append(word)
            self._by_bones.setdefault(_VOWELS.sub("", word), word)
        self._by_sound = {key: tuple(words) for key, words in by_sound.items()}

    def known(self, word: str) -> bool:
        """Whether it is a word our own sentences say."""
        return word in self._said

    def meant(self, word: str) -> tuple[str, ...] | None:
        """What an unknown word most likely is, or None when nothing is close."""
        if not word.isalpha() or len(word) < _SHORTEST or self.known(word):
            return None
        whole = self._close(word) if _VOWELS.search(word) else self._by_bones.get(word)
        if whole:
            return (whole,)
        return self.apart(word) if _GLUED_FROM <= len(word) <= _GLUED_TO else None

    def _close(self, word: str) -> str | None:
        """The word that sounds the same or nearly, of several the one written most alike, then the one said most."""
        if len(word) > _LONGEST:
            return None
        sound = _sound(word)
        near = {candidate for key in shorter(sound) for candidate in self._by_sound.get(key, ())}
        ranked = [
            (far, OSA.distance(word, candidate), -self._said[candidate], candidate)
            for candidate in near
            if (far := OSA.distance(sound, self._sounds[candidate], score_cutoff=1)) == 0
            or (far == 1 and len(sound) >= _SHORTEST and candidate[0] == word[0])
        ]
        return min(ranked)[3] if ranked else None

    def apart(self, letters: str) -> tuple[str, ...] | None:
        """The likeliest words that make up the letters without rest, or None."""
        return apart(letters, self._part)

    def _part(self, word: str) -> tuple[int, tuple[str, ...]] | None:
        if word not in self._said or (len(word) == 1 and word not in _ALONE):
            return None
        return self._all - self._said[word], (word,)


def apart(letters: str, part: Callable[[str], tuple[int, tuple[str, ...]] | None]) -> tuple[str, ...] | None:
    """The cheapest parts that make up the letters without rest, or None. `part`: what a piece costs and stands for."""
    best: list[tuple[int, tuple[str, ...]] | None] = [(0, ())] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST_PART), end):
            before = best[start]
            if before is None or (known := part(letters[start:end])) is None:
                continue
            here, cost = best[end], before[0] + known[0]
            if here is None or cost < here[0]:
                best[end] = (cost, before[1] + known[1])
    return best[-1][1] if best[-1] else None


def _sound(word: str) -> str:
    """How a word sounds where English and Spanish spellings fall together, wider than what `Speller` trusts."""
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word


def shorter(word: str) -> Iterator[str]:
    """The word, and unless it is very short, each word that is left when one letter is taken out."""
    yield word
    if len(word) >= _SHORTEST:
        for at in range(len(word)):
            yield word[:at] + word[at + 1 :]
