"""The small notation in which patterns are written, and its translation into bounded regular expressions.

A form is words with single spaces between: `want to (die|be dead)`. `(a|b)` chooses; `?` after a word or a choice
makes it optional; `~` stands for up to three words of the same clause and `~~` for up to six; `word*` for any word that
begins so; `#` for a number and `##` for one of two or more digits; `{name}` for a group of the words file; `.` `,` `!`
for the end of a sentence, a pause and a question mark. There is no unbounded repetition of words, so no form can run
away. Nothing about meaning lives here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

_LEXEME = re.compile(r" +|~~?|\{[a-z-]+\}|[a-z0-9]+\*?|##?|[()|?!.,]")
# A gap never swallows a mark or a denial: "I have (not) eaten" are two things.
_GAP_WORD = r'(?:(?!(?:not|no|never|nunca|jamas) )[^ .,?"]+ )'


class FormError(ValueError):
    """A form is not written in the notation. The message says where."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form ready to be matched at the position of a word.

    `starts`: the key of each word it may begin with -> the keys that may come second, or None if any may.
    """

    source: str
    regex: str
    starts: Mapping[str, frozenset[str] | None]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    regex: str
    prefixes: frozenset[tuple[str, ...]]  # the keys of the first words it may be, at most two; () is being nothing
    words: frozenset[str]


_ANY = "*"  # the key of a word that a gap swallows
_MOST_PREFIXES = 600  # past this the second word is no longer looked at
_NOTHING = _Piece("", frozenset({()}), frozenset())


def key(word: str) -> str:
    """The first three letters, by which forms are found; one key for all numbers."""
    return "#" if word[:1].isdecimal() else word[:3]


def parse(source: str, groups: Mapping[str, str]) -> Form:
    """Translate one form. Raises FormError."""
    lexemes = _lex(_expand(source, groups))
    piece, rest = _choice(lexemes, 0)
    if rest != len(lexemes):
        raise FormError(f"unexpected '{lexemes[rest]}' in '{source}'")
    if any(prefix[:1] in {(), (_ANY,)} for prefix in piece.prefixes):
        raise FormError(f"'{source}' must begin with a word and must not be empty")
    return Form(source, piece.regex, _starts(piece.prefixes), piece.words)


def _starts(prefixes: frozenset[tuple[str, ...]]) -> Mapping[str, frozenset[str] | None]:
    seconds: dict[str, set[str]] = {}
    for prefix in prefixes:
        seconds.setdefault(prefix[0], set()).add(prefix[1] if len(prefix) > 1 else _ANY)
    return {first: None if _ANY in second else frozenset(second) for first, second in seconds.items()}


def _expand(source: str, groups: Mapping[str, str]) -> str:
    for _ in range(5):  # groups may use groups; five levels are more than anyone should nest
        names = re.findall(r"\{([a-z-]+)\}", source)
        if not names:
            return source
        for name in names:
            if name not in groups:
                raise FormError(f"unknown group '{name}'")
            source = source.replace("{" + name + "}", f"({groups[name]})")
    raise FormError(f"groups nested too deep in '{source}'")


def _lex(source: str) -> list[str]:
    lexemes, at = [], 0
    while at < len(source):
        found = _LEXEME.match(source, at)
        if found is None:
            raise FormError(f"unexpected '{source[at]}' in '{source}'")
        at = found.end()
        if not found[0].isspace():
            lexemes.append(found[0])
    return lexemes


def _choice(lexemes: list[str], at: int) -> tuple[_Piece, int]:
    options = []
    while True:
        piece, at = _sequence(lexemes, at)
        options.append(piece)
        if at >= len(lexemes) or lexemes[at] != "|":
            break
        at += 1
    if len(options) == 1:
        return options[0], at
    return _Piece(
        "(?:" + "|".join(option.regex for option in options) + ")",
        frozenset().union(*(option.prefixes for option in options)),
        frozenset().union(*(option.words for option in options)),
    ), at


def _sequence(lexemes: list[str], at: int) -> tuple[_Piece, int]:
    whole = _NOTHING
    while at < len(lexemes) and lexemes[at] not in ")|":
        piece, at = _item(lexemes, at)
        if at < len(lexemes) and lexemes[at] == "?":
            piece = _Piece(f"(?:{piece.regex})?", piece.prefixes | {()}, piece.words)
            at += 1
        whole = _joined(whole, piece)
    return whole, at


def _joined(left: _Piece, right: _Piece) -> _Piece:
    if left is _NOTHING:
        return right
    prefixes = left.prefixes
    if any(len(prefix) < 2 for prefix in prefixes):
        prefixes = _prolonged(left, right)
    return _Piece(left.regex + right.regex, prefixes, left.words | right.words)


def _prolonged(left: _Piece, right: _Piece) -> frozenset[tuple[str, ...]]:
    prefixes = frozenset(
        (one + two)[:2] for one in left.prefixes for two in (right.prefixes if len(one) < 2 else ((),))
    )
    if len(prefixes) > _MOST_PREFIXES:
        prefixes = frozenset((prefix[0], _ANY) if prefix else () for prefix in prefixes)
    return prefixes


def _item(lexemes: list[str], at: int) -> tuple[_Piece, int]:
    lexeme = lexemes[at]
    if lexeme == "(":
        piece, at = _choice(lexemes, at + 1)
        if at >= len(lexemes):
            raise FormError("a bracket is not closed")
        return piece, at + 1
    if lexeme.startswith("~"):
        most = 3 * len(lexeme)
        return _Piece(_GAP_WORD + f"{{0,{most}}}", frozenset({(), (_ANY,), (_ANY, _ANY)}), frozenset()), at + 1
    if lexeme == "?":
        raise FormError("'?' follows nothing")
    return _word(lexeme), at + 1


@cache
def _word(lexeme: str) -> _Piece:
    if lexeme == "#":
        regex = "[0-9][^ ]* "
    elif lexeme == "##":
        regex = "[0-9]{2}[^ ]* "
    elif lexeme == "!":
        regex = re.escape("? ")
    elif lexeme.endswith("*"):
        regex = lexeme[:-1] + "[^ ]* "
    else:
        regex = re.escape(lexeme) + " "
    if lexeme.endswith("*") and len(lexeme) < 4:
        raise FormError(f"'{lexeme}' is too short a beginning")
    word = lexeme.rstrip("*")
    first = "#" if word[0] == "#" else key(word.replace("!", "?"))
    return _Piece(regex, frozenset({(first,)}), frozenset({word}) if word.isalnum() else frozenset())
