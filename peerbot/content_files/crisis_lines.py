"""Reads content/crisis_lines into care types, and holds the small reader of entries the other plain lists share.

Not here: which line a person sees (care/crisis) and the numbers themselves (content).
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from peerbot.care.crisis import KINDS, CrisisLine, digits
from peerbot.content_files import CONTENT, ContentError

LOCALES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a content file. Every read that fails says which file, which entry and what is wrong."""

    file: str
    id: str
    values: Mapping[str, object]

    def wrong(self, reason: str) -> ContentError:
        return ContentError(self.file, self.id, reason)

    def only(self, *known: str) -> None:
        """Refuses keys nobody reads: a misspelt key would otherwise be a silent loss."""
        if extra := sorted(set(self.values) - set(known) - {"id"}):
            raise self.wrong(f"unknown key {extra[0]!r}")

    def words(self, key: str, *, empty: bool = False) -> str:
        value = self.values.get(key, "" if empty else None)
        if not isinstance(value, str) or not (empty or value.strip()):
            raise self.wrong(f"{key} must be a text")
        return value.strip()

    def several(self, key: str, *, empty: bool = False, among: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self.values.get(key, [] if empty else None)
        if not isinstance(value, list) or not (empty or value) or not all(isinstance(item, str) for item in value):
            raise self.wrong(f"{key} must be a list of texts")
        found = tuple(item for item in value if isinstance(item, str))
        if among and (unknown := [item for item in found if item not in among]):
            raise self.wrong(f"{key} has {unknown[0]!r}, which is none of {', '.join(among)}")
        if twice := [item for place, item in enumerate(found) if item in found[:place]]:
            raise self.wrong(f"{key} says {twice[0]!r} twice")
        return found

    def one_of(self, key: str, among: tuple[str, ...]) -> str:
        value = self.words(key)
        if value not in among:
            raise self.wrong(f"{key} is {value!r}, which is none of {', '.join(among)}")
        return value

    def both(self, key: str, *, at_most: int) -> Mapping[str, str]:
        """One text per language, each within `at_most` characters."""
        value = self.values.get(key)
        if not isinstance(value, dict) or set(value) != set(LOCALES):
            raise self.wrong(f"{key} needs exactly {' and '.join(LOCALES)}")
        texts: dict[str, str] = {}
        for locale in LOCALES:
            text = value[locale]
            if not isinstance(text, str) or not text.strip():
                raise self.wrong(f"{key}.{locale} must be a text")
            if len(text.strip()) > at_most:
                raise self.wrong(f"{key}.{locale} has {len(text.strip())} characters, at most {at_most} fit")
            texts[locale] = text.strip()
        return MappingProxyType(texts)


def entries(folder: Path, key: str) -> Iterator[Entry]:
    """Every `[[key]]` of every TOML file of a folder, by file name, then as written; no id comes twice."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ContentError(path.name, "the file", f"is not readable as TOML: {error}") from error
        listed = content.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(values, dict) for values in listed):
            raise ContentError(path.name, key, f"must be written as [[{key}]]")
        for place, values in enumerate(listed, start=1):
            entry = Entry(path.name, str(values.get("id", f"entry {place}")), values)
            entry.words("id")
            if entry.id in seen:
                raise entry.wrong("the id is used twice")
            seen.add(entry.id)
            yield entry


def load_crisis_lines(folder: Path = CONTENT / "crisis_lines") -> tuple[CrisisLine, ...]:
    """Every crisis line, in the order of the files: within a country the first written is the first offered.

    Raises ContentError for a mistake, and when the line for an unknown country is missing: a card is never empty.
    """
    lines = tuple(_line(entry) for entry in entries(folder, "line"))
    if not any("emergency" in line.kinds and not line.countries for line in lines):
        raise ContentError(folder.name, "the folder", "no emergency entry without countries, for places we do not know")
    return lines


def _line(entry: Entry) -> CrisisLine:
    entry.only(*(field for field in CrisisLine.__slots__ if field != "id"))
    verified = entry.words("verified_on", empty=True)
    try:
        verified_on = date.fromisoformat(verified) if verified else None
    except ValueError as error:
        raise entry.wrong("verified_on must be a date such as 2026-01-31, or empty") from error
    listed = entry.several("countries", empty=True)
    if any(len(code) != 2 or not code.isupper() for code in listed):  # ISO 3166-1 alpha-2
        raise entry.wrong("countries are two capital letters each")
    shown = entry.several("numbers", empty=not listed)
    if not all(digits(number) for number in shown):
        raise entry.wrong("numbers must contain digits")
    return CrisisLine(
        id=entry.id,
        countries=frozenset(listed),
        region=entry.words("region", empty=True),
        kinds=frozenset(entry.several("kinds", among=KINDS)),
        name=entry.both("name", at_most=60),
        text=entry.both("text", at_most=200),
        numbers=shown,
        languages=frozenset(entry.several("languages", empty=True)),
        verified_on=verified_on,
        evidence=entry.one_of("evidence", ("V", "V secondary", "V older page", "M")),
        source=entry.words("source"),
    )
