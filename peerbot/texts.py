"""The bot's voice: Fluent texts in every locale. A missing id or variable is an error, never a silent blank.

Values are HTML-escaped, texts are HTML: a text may be bold, a value never can.
"""

import html
from collections.abc import Mapping
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast as fluent_ast

TEXTS = Path(__file__).parent / "content" / "texts"
LOCALES = ("en", "es")


class TextError(Exception):
    """A text is missing or broken; the message names locale and id."""


class Texts:
    """All texts of all locales, loaded once."""

    def __init__(self, folder: Path = TEXTS) -> None:
        self._bundles = {locale: self._load(folder / locale, locale) for locale in LOCALES}

    @staticmethod
    def _load(folder: Path, locale: str) -> FluentBundle:
        bundle = FluentBundle([locale], use_isolating=False)
        for file in sorted(folder.glob("*.ftl")):
            resource = FluentResource(file.read_text(encoding="utf-8"))
            junk = [entry for entry in resource.body if isinstance(entry, fluent_ast.Junk)]
            if junk:
                raise TextError(f"{file.name} ({locale}) holds a broken entry: {(junk[0].content or '')[:60]!r}")
            bundle.add_resource(resource, allow_overrides=False)
        return bundle

    def say(self, locale: str, text_id: str, /, **values: str | int) -> str:
        """The text in `locale`, its values escaped for HTML; raises TextError when id or variable is missing."""
        return self._format(
            locale, text_id, {k: html.escape(v) if isinstance(v, str) else v for k, v in values.items()}
        )

    def plain(self, locale: str, text_id: str, /, **values: str | int) -> str:
        """The text for a place that is not HTML: a button label, a toast, a command's description."""
        return html.unescape(self._format(locale, text_id, values))

    def has(self, locale: str, text_id: str) -> bool:
        """Whether the locale has this text."""
        return self._bundles[known(locale)].has_message(text_id)

    def ids(self, locale: str) -> frozenset[str]:
        """Every text id of the locale."""
        return frozenset(self._bundles[locale]._messages)

    def _format(self, locale: str, text_id: str, values: Mapping[str, str | int]) -> str:
        bundle = self._bundles[known(locale)]
        if not bundle.has_message(text_id):
            raise TextError(f"{locale} has no text {text_id}")
        pattern = bundle.get_message(text_id).value
        if pattern is None:
            raise TextError(f"{locale} {text_id} is empty")
        text, errors = bundle.format_pattern(pattern, dict(values))
        if errors:
            raise TextError(f"{locale} {text_id}: {type(errors[0]).__name__} {errors[0]}")
        return str(text)


def known(locale: str | None) -> str:
    """The locale itself where we speak it, else English; `es-MX` is `es`."""
    short = (locale or "")[:2].lower()
    return short if short in LOCALES else "en"
