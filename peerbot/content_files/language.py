"""Loads the patterns and word tables of the reader of words. What they mean in a text is decided in `care.language`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from peerbot.care.language import Category, Kind, Pattern, Patterns, Who
from peerbot.care.language.forms import Form, FormError, parse
from peerbot.care.levels import Level
from peerbot.content_files import CONTENT, ContentError

_WORDS, _LEANING = "words.toml", "leaning.toml"
_KEYS = {
    "id", "kind", "level", "category", "forms", "who", "other", "past", "weight", "family", "needs", "unless",
    "denies", "doubt", "most_words", "nearby", "fires", "silent",
}  # fmt: skip


def load_patterns(folder: Path = CONTENT / "language") -> Patterns:
    """Read every pattern file of the folder. Raises ContentError."""
    words = _toml(folder / _WORDS)
    groups = _texts(words.get("groups", {}), "groups")
    patterns: list[Pattern] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name not in {_WORDS, _LEANING}:
            patterns.extend(_patterns(path, groups))
    _check(patterns, folder.name)
    leaning = _toml(folder / _LEANING) if (folder / _LEANING).exists() else {}
    expand = {
        written: tuple(meant.split())
        for table in ("expand", "typos")
        for written, meant in _texts(words.get(table, {}), table).items()
    }
    return Patterns(
        patterns=tuple(patterns),
        expand=expand,
        critical=frozenset(_text(words, "critical").split()),
        ordinary=frozenset(_text(words, "ordinary").split()),
        said=_weights(leaning, "said"),
        weights=_weights(leaning, "words"),
        bias=int(str(leaning.get("bias", 0))),
        scale=_scale(leaning),
    )


def _weights(leaning: Mapping[str, object], table: str) -> Mapping[str, int]:
    try:
        by_weight = _texts(leaning.get(table, {}), table)
        return {name: int(weight) for weight, names in by_weight.items() for name in names.split("|")}
    except ValueError as error:
        raise ContentError(_LEANING, table, "has a weight that is no whole number") from error


def _scale(leaning: Mapping[str, object]) -> Mapping[str, int]:
    scale = leaning.get("scale", {})
    if not isinstance(scale, dict) or not all(isinstance(weight, int) for weight in scale.values()):
        raise ContentError(_LEANING, "scale", "must be a table of whole numbers")
    return cast("dict[str, int]", scale)


def _toml(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError(path.name, "the file", f"cannot be read ({type(error).__name__})") from error


def _texts(table: object, entry: str) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise ContentError(_WORDS, entry, "must be a table of texts")
    return cast("dict[str, str]", table)


def _text(table: Mapping[str, object], entry: str) -> str:
    value = table.get(entry)
    if not isinstance(value, str):
        raise ContentError(_WORDS, entry, "must be a text")
    return value


def _patterns(path: Path, groups: Mapping[str, str]) -> list[Pattern]:
    entries = _toml(path).get("pattern")
    if not isinstance(entries, list) or not entries:
        raise ContentError(path.name, "the file", "has no [[pattern]]")
    return [_pattern(path, cast("dict[str, object]", entry), groups) for entry in entries]


def _pattern(path: Path, entry: Mapping[str, object], groups: Mapping[str, str]) -> Pattern:
    name = str(entry.get("id", "an entry without id"))

    def strings(field: str) -> tuple[str, ...]:
        value = entry.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ContentError(path.name, name, f"{field} must be a list of texts")
        return tuple(value)

    unknown = sorted(set(entry) - _KEYS)
    if "id" not in entry or unknown:
        raise ContentError(path.name, name, f"has unknown fields {unknown}" if unknown else "needs an id")
    try:
        return Pattern(
            id=name,
            kind=Kind(str(entry.get("kind", "danger"))),
            locale=path.name[:2],
            level=Level[str(entry.get("level", "LOG"))],
            category=Category(str(entry.get("category", "none"))),
            forms=_forms(strings("forms"), groups),
            who=Who(str(entry.get("who", "found"))),
            other=Level[str(entry.get("other", "LOG"))],
            past=Level[str(entry.get("past", "LOG"))],
            weight=int(str(entry.get("weight", 0))),
            family=str(entry.get("family", "")),
            needs=strings("needs"),
            unless=strings("unless"),
            denies=entry.get("denies", True) is True,
            doubt=entry.get("doubt", False) is True,
            most_words=int(str(entry.get("most_words", 0))),
            nearby=entry.get("nearby", False) is True,
            fires=strings("fires"),
            silent=strings("silent"),
        )
    except (FormError, ValueError, KeyError) as error:
        raise ContentError(path.name, name, str(error)) from error


def _forms(sources: tuple[str, ...], groups: Mapping[str, str]) -> tuple[Form, ...]:
    return tuple(parse(source, groups) for source in sources)


def _check(patterns: list[Pattern], folder: str) -> None:
    ids = [pattern.id for pattern in patterns]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise ContentError(folder, twice[0], "is there twice")
    cues = {pattern.id for pattern in patterns if pattern.kind is Kind.CUE}
    for pattern in patterns:
        if missing := sorted({*pattern.needs, *pattern.unless} - cues):
            raise ContentError(folder, pattern.id, f"asks for cues that do not exist: {', '.join(missing)}")
        if not pattern.forms:
            raise ContentError(folder, pattern.id, "has no forms")
        if pattern.kind is Kind.SIGN and pattern.weight < 1:
            raise ContentError(folder, pattern.id, "is a sign without weight")
        if pattern.kind is Kind.DANGER and pattern.level is Level.LOG:
            raise ContentError(folder, pattern.id, "is a danger without level")
