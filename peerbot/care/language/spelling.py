"""Turns a text into plain words: contractions, slang, typos, leetspeak, spaced letters and stars undone.

Each word remembers where it stood in the text. Which words belong together, and what they mean, lives in `clauses` and
`grammar`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from peerbot.care.language.guessing import Guesser, apart, shorter
from peerbot.care.language.letters import GLUE, fold
from peerbot.care.language.patterns import Patterns

_TOKEN = re.compile(
    r"(?P<word>[^\W_](?:[\w\x01]|['*@$!+|#](?=[\w*$@]))*\*?|[$@*](?=\w)[\w*@$!\x01]+)"
    r"|(?P<stop>[.!\n\r]+)|(?P<ask>\?+)|(?P<pause>[,;:()\[\]/|~]|--?(?=\s)|\s[-](?=\s))|(?P<quote>\")|(?P<face>[😂🤣💀😭💊🔪🔫🩸⚰🪦])"
)
_SPELT = re.compile(r"(?<![\w'])(?:[a-z0-9][ .\-_*/,]{1,2}){3,39}[a-z0-9](?![\w'])")
_QUOTED = re.compile(r"(?<![\w\"'])'(?=[^'\n]{2,200}'(?!\w))|(?<=[\w.!?,])'(?=[\s.,;:!?)]|$)")
_WIDE = re.compile(r"[ .\-_*/,]{2}")
_REPEATED = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"(.)\1+")
_LAUGH = re.compile(r"^(?:a?(?:ha|ja|je|he){2,}[hj]?|l+o+l+[ol]*|lmf?ao+|rofl|x+d+|jsjs\w*|kkk+)$")
_LEET = str.maketrans("0134578@$!+|", "oieastbasitl")
_LEET_L = str.maketrans("0134578@$!+|", "oleastbasitl")
_FACES = {
    **dict.fromkeys("😂🤣💀", "lol"),
    "😭": "",
    "💊": "pills",
    "🔪": "knife",
    "🔫": "gun",
    "🩸": "blood",
    "⚰": "coffin",
    "🪦": "grave",
}
_MARKS = {"stop": ".", "ask": "?", "pause": ",", "quote": '"'}
_SOUNDS = [
    ("ch", "1"), ("h", ""), ("v", "b"), ("z", "s"), ("ce", "se"), ("ci", "si"), ("qu", "k"), ("q", "k"), ("c", "k"),
    ("ll", "y"),
]  # fmt: skip


@dataclass(slots=True)
class _Tries:
    """How many unknown words of one text are still taken apart, and guessed; bounds the time an odd text may take."""

    glued: int = 12
    guessed: int = 40


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks (. ? , ") of a text in order, with where each began and ended in it."""

    text: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]


class Speller:
    """Knows the words that matter and finds them behind the ways people write them."""

    def __init__(self, patterns: Patterns) -> None:
        self._expand = dict(patterns.expand)
        formed = (form.words for pattern in patterns.patterns for form in pattern.forms)
        self._vocabulary = frozenset().union(*formed, *map(frozenset, patterns.expand.values()))
        spanish = (form.words for pattern in patterns.patterns if pattern.locale == "es" for form in pattern.forms)
        self._by_sound = {_sound(word): word for word in sorted(frozenset().union(*spanish)) if len(word) >= 4}
        self._critical = frozenset(word for word in patterns.critical if len(word) >= 5)
        self._ordinary = patterns.ordinary
        self._guesser = Guesser(patterns.said)
        self._stars = tuple(sorted(patterns.critical))
        self._shortened = _deletions(self._critical)
        stems = sorted({word[:4] for word in patterns.critical if len(word) >= 4})
        self._stem = re.compile("|".join(map(re.escape, stems)) or r"(?!)")

    def words(self, text: str) -> Words:
        """Read the text into words."""
        folded = fold(text)
        if "'" in folded:
            folded = _QUOTED.sub('"', folded)
        spelt = self._spelt_out(folded)
        found: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        known: dict[str, tuple[str, ...]] = {}
        tries = _Tries()
        for token in _TOKEN.finditer(folded):
            start, end = token.span()
            if spelt and (inside := next((run for run in spelt if run[0] <= start < run[1]), None)):
                if start != inside[0]:
                    continue
                end, plain = inside[1], inside[2]
            else:
                written = text[start:end]  # with its accents: "si" and "sí" are two words
                if written not in known:
                    known[written] = self._token(token, text, tries)
                plain = known[written]
            for word in plain:
                found.append(word)
                starts.append(start)
                ends.append(end)
        # A text ends like a sentence, so that a form may ask for "and then nothing more".
        return Words((*found, "."), (*starts, len(text)), (*ends, len(text)))

    def _token(self, token: re.Match[str], text: str, tries: _Tries) -> tuple[str, ...]:
        if token.lastgroup == "word":
            return self._read(token[0], text[token.start() : token.end()], tries)
        if token.lastgroup == "face":
            return (_FACES[token[0]],) if _FACES[token[0]] else ()
        return (_MARKS[token.lastgroup or ""],)

    def _spelt_out(self, folded: str) -> list[tuple[int, int, tuple[str, ...]]]:
        runs = []
        for run in _SPELT.finditer(folded):
            pieces = ["".join(filter(str.isalnum, piece)).translate(_LEET) for piece in _WIDE.split(run[0])]
            whole = self._pieces(pieces) if len(pieces) > 1 else self._together(pieces[0])
            if whole:
                runs.append((run.start(), run.end(), whole))
        return runs

    def _pieces(self, pieces: list[str]) -> tuple[str, ...]:
        return tuple(word for piece in pieces for word in self._together(piece) or (piece,))

    def _together(self, letters: str) -> tuple[str, ...] | None:
        return self._whole(letters) or self._apart(letters) or self._guesser.apart(letters)

    def _read(self, written: str, original: str, tries: _Tries) -> tuple[str, ...]:
        written = written.replace(GLUE, "")
        if original in {"sí", "Sí", "SÍ"}:
            return ("yes",)  # without its accent it would be "if"
        if whole := self._whole(written):
            return whole
        plain = written.replace("'", "")
        if "*" in plain:
            return self._starred(plain)
        if _LAUGH.match(plain):
            return ("lol",)
        if not plain.isalpha() and not plain.isdecimal():
            for table in (_LEET, _LEET_L):
                clear = plain.translate(table)
                if whole := self._whole(clear) or self._near(clear):
                    return whole
        if whole := self._unrepeated(plain):
            return whole
        return self._traced(plain, tries) or (plain.strip("@$!") or plain,)

    def _traced(self, plain: str, tries: _Tries) -> tuple[str, ...] | None:
        if found := self._near(plain) or self._heard(plain) or self._glued(plain, tries):
            return found
        if tries.guessed <= 0 or self._guesser.known(plain):
            return None
        tries.guessed -= 1
        found = self._guesser.meant(plain) or ()
        return tuple(word for guessed in found for word in self._whole(guessed) or (guessed,))

    def _heard(self, word: str) -> tuple[str, ...] | None:
        """A Spanish word written as it sounds: "bibir", "nesesito", "aser"; an English one without its last letter."""
        if len(word) < 4:
            return None
        if word.endswith("in") and word + "g" in self._vocabulary:
            return (word + "g",)
        meant = self._by_sound.get(_sound(word))
        return self._whole(meant) if meant else None

    def _whole(self, word: str) -> tuple[str, ...] | None:
        plain = word.replace("'", "")
        expanded = self._expand.get(word) or self._expand.get(plain)
        if expanded:
            return expanded
        return (plain,) if plain in self._vocabulary or plain in self._ordinary else None

    def _unrepeated(self, word: str) -> tuple[str, ...] | None:
        if not _REPEATED.search(word):
            single = _DOUBLED.sub(r"\1", word)
            return (single,) if single != word and single in self._stars else None
        for kept in (r"\1", r"\1\1"):
            if whole := self._whole(_REPEATED.sub(kept, word)):
                return whole
        single = _DOUBLED.sub(r"\1", word)
        return self._whole(single) or self._near(single) or (_REPEATED.sub(r"\1", word),)

    def _starred(self, word: str) -> tuple[str, ...]:
        shape = re.compile(re.escape(word).replace(r"\*", "[a-z]?") if word.count("*") <= 6 else r"(?!)")
        if sum(char.isalpha() for char in word) >= 2:
            for candidate in self._stars:
                if len(candidate) >= 3 and shape.fullmatch(candidate):
                    return self._whole(candidate) or (candidate,)
        return (word.replace("*", "") or word,)

    def _near(self, word: str) -> tuple[str, ...] | None:
        """A critical word one slip of the finger away: one letter wrong, missing, too many, or two swapped."""
        if not 5 <= len(word) <= 20 or word in self._ordinary:
            return None
        for left in shorter(word):
            for candidate in self._shortened.get(left, ()):
                close = OSA.distance(word, candidate) <= 1 and (word[0] == candidate[0] or len(word) >= 8)
                if close and (len(candidate) >= 6 or sorted(word) == sorted(candidate)):
                    return self._whole(candidate) or (candidate,)
        return None

    def _glued(self, word: str, tries: _Tries) -> tuple[str, ...] | None:
        if not 7 <= len(word) <= 40 or not self._stem.search(word) or tries.glued <= 0:
            return None
        tries.glued -= 1
        return self._apart(word)

    def _apart(self, letters: str) -> tuple[str, ...] | None:
        """Known words that make up the letters without rest, the fewest, or None."""
        return apart(letters, self._part)

    def _part(self, word: str) -> tuple[int, tuple[str, ...]] | None:
        known = None if len(word) == 1 and word not in "iyau" else self._whole(word)
        return (len(known), known) if known else None


def _sound(word: str) -> str:
    """How a Spanish word sounds where spellings fall together: v = b, z = soft c = s, qu = hard c = k, no h."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return word


def _deletions(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for word in sorted(words):
        for left in shorter(word):
            if word not in table.get(left, ()):
                table[left] = (*table.get(left, ()), word)
    return table
