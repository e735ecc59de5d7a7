"""Reads one TOML table strictly: every key has a type, a key nobody asked for is a mistake. Knows no questionnaire."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NoReturn

from peerbot.content_files import ContentError

_LOCALE = re.compile(r"[a-z]{2}(-[A-Z0-9]{2,3})?")


class Table:
    """One TOML table. Ask for its keys, then call `done`: whatever was not asked for is refused by name."""

    def __init__(self, file: str, entry: str, raw: object) -> None:
        self.file, self.entry = file, entry
        if not isinstance(raw, Mapping):
            self.wrong("must be a table")
        self._raw: Mapping[str, object] = raw
        self._seen: set[str] = set()

    def wrong(self, reason: str) -> NoReturn:
        """Refuse this entry."""
        raise ContentError(self.file, self.entry, reason)

    def done(self) -> None:
        """Refuse keys that nobody reads: they are spelling mistakes, and what they meant would be lost."""
        unknown = sorted(set(self._raw) - self._seen)
        if unknown:
            self.wrong(f'unknown key "{unknown[0]}"')

    def has(self, key: str) -> bool:
        """Whether the key is there at all."""
        return key in self._raw

    def raw(self, key: str) -> object:
        """The value as it stands, or None."""
        self._seen.add(key)
        return self._raw.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A line of text; required unless there is a default."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (not value.strip() and default is None):
            self.wrong(f'"{key}" must be a text')
        return value

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number; required unless there is a default."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(f'"{key}" must be a whole number')
        return value

    def maybe_number(self, key: str) -> int | None:
        """A whole number, or None when the key is absent."""
        return self.number(key) if self.has(key) else None

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(f'"{key}" must be true or false')
        return value

    def day(self, key: str) -> date | None:
        """A date, or None when absent or empty."""
        value = self.raw(key)
        if value is None or value == "":
            return None
        if type(value) is not date:
            self.wrong(f'"{key}" must be a date such as 2026-01-31')
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when absent."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.wrong(f'"{key}" must be a list of texts')
        return tuple(value)

    def items(self, key: str) -> list[object]:
        """A list, empty when absent."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(f'"{key}" must be a list')
        return value

    def mapping(self, key: str) -> dict[str, object]:
        """A table of plain values, empty when absent."""
        value = self.raw(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.wrong(f'"{key}" must be a table')
        return value

    def tables(self, key: str, name: str) -> list["Table"]:
        """The tables of a list such as [[questions]], named by their id in messages, else by their place."""
        found = []
        for place, raw in enumerate(self.items(key), 1):
            identity = raw.get("id", raw.get("name")) if isinstance(raw, dict) else None
            label = f"{name} {identity if isinstance(identity, str) else place}"
            found.append(Table(self.file, self._inside(label), raw))
        return found

    def table(self, key: str) -> "Table":
        """The table under this key."""
        return Table(self.file, self._inside(key), self.raw(key))

    def texts(
        self, key: str, locales: tuple[str, ...], *, required: bool = True, longest: int | None = None
    ) -> dict[str, str]:
        """One wording for each locale. A missing language, an empty wording or one over `longest` is refused."""
        if not self.has(key) and not required:
            return {}
        wordings: dict[str, str] = {}
        for locale, wording in self.mapping(key).items():
            if not _LOCALE.fullmatch(locale):
                self.wrong(f'"{key}" has the unknown language "{locale}"')
            if not isinstance(wording, str) or not wording.strip():
                self.wrong(f'"{key}" has no wording in "{locale}"')
            if longest is not None and len(wording) > longest:
                self.wrong(f'"{key}" in "{locale}" is longer than {longest} characters')
            wordings[locale] = wording.strip()
        missing = [locale for locale in locales if locale not in wordings]
        if missing:
            self.wrong(f'"{key}" has no wording in "{missing[0]}"')
        return wordings

    def phrases(self, key: str) -> dict[str, tuple[str, ...]]:
        """Typed phrases for each locale; none are required."""
        if not self.has(key):
            return {}
        inner = self.table(key)
        found: dict[str, tuple[str, ...]] = {}
        for locale in self.mapping(key):
            if not _LOCALE.fullmatch(locale):
                self.wrong(f'"{key}" has the unknown language "{locale}"')
            found[locale] = inner.strings(locale)
        return found

    def _inside(self, label: str) -> str:
        return label if self.entry == "file" else f"{self.entry}, {label}"
