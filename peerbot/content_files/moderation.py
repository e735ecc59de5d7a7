"""Reads content/moderation into a Rulebook; every pattern proves itself on its own examples.

How a phrase is written: small words as they are said; `*` at the end of a word takes any ending; `...` skips up to
three words; `<number>`, `<money>` and `<handle>` (a name with a digit or a low line) stand for any such; `{list}` for
any phrase of a list written above. Accents and capitals do not matter. Not here: the phrases (content) and the rules
(care/moderation).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from peerbot.care.crisis import CrisisLine, numbers
from peerbot.care.moderation import Kind, Pattern, Rulebook, plain
from peerbot.content_files import CONTENT, ContentError
from peerbot.content_files.crisis_lines import LOCALES, Entry, entries

ACTIONS: Mapping[str, Kind] = {"flag": Kind.FLAG, "hold": Kind.HOLD, "remove": Kind.REMOVE}
REASONS = (
    "verdict-selling",
    "verdict-seeking",
    "verdict-using-together",
    "verdict-contact",
    "verdict-invite",
    "verdict-doubt",
)
NUMBER = r"(?<!\d)\d{1,7}(?:[.,]\d{1,3})?"
MONEY = rf"(?:[$€£]\s?{NUMBER}|{NUMBER}\s?(?:[$€£]|dollars?|bucks?|quid|euros?|pesos?|usd|varos|lucas|pavos)(?!\w))"
AMOUNTS: Mapping[str, str] = {
    "<number>": NUMBER,
    "<money>": MONEY,
    "<handle>": r"@?(?=\w*[a-z])(?=\w*[\d_])\w{4,}",
}


def load_rulebook(
    lines: Iterable[CrisisLine],
    folder: Path = CONTENT / "moderation",
    *,
    numbers_too: Iterable[str] = (),
    hosts_too: Iterable[str] = (),
) -> Rulebook:
    """Our patterns, with the crisis lines and the programme's own numbers and hosts let through.

    Raises ContentError for a mistake, also for a pattern that misses one of its `fires` or meets one of its `silent`.
    """
    lists = _lists(folder)
    limits = _limits(folder / "limits.toml")
    for needed in ("number-cue", "platform"):
        if needed not in lists:
            raise ContentError(folder.name, needed, "this list of words is missing")
    known = numbers(lines) | frozenset(re.sub(r"\D", "", number) for number in numbers_too)
    return Rulebook(
        patterns=tuple(_pattern(entry, lists) for entry in entries(folder, "pattern")),
        number_cue=_words(lists["number-cue"]),
        platform=_words(lists["platform"]),
        allowed_numbers=known | {number[1:] for number in known if len(number) == 11 and number[0] == "1"},
        allowed_hosts=frozenset(limits.several("hosts")) | frozenset(host.lower() for host in hosts_too),
        flood_posts=_whole(limits, "flood_posts"),
        flood_within=timedelta(seconds=_whole(limits, "flood_seconds")),
    )


def _limits(path: Path) -> Entry:
    try:
        return Entry(path.name, "limits", tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ContentError(path.name, "the file", f"is not readable as TOML: {error}") from error


def _whole(limits: Entry, key: str) -> int:
    value = limits.values.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 2:
        raise limits.wrong(f"{key} must be a whole number above 1")
    return value


def _lists(folder: Path) -> dict[str, str]:
    """Each list of words as one regular expression; a list may name those written above it."""
    lists: dict[str, str] = {}
    for entry in entries(folder, "words"):
        entry.only(*LOCALES)
        phrases = [phrase for locale in LOCALES for phrase in entry.several(locale, empty=True)]
        if not phrases:
            raise entry.wrong("has no phrase in any language")
        lists[entry.id] = "|".join(_phrase(phrase, lists, entry) for phrase in phrases)
    return lists


def _phrase(phrase: str, lists: Mapping[str, str], entry: Entry) -> str:
    parts = []
    for word in plain(phrase).split():
        if word == "...":
            parts.append(r"(?:\S+ ){0,3}")
            continue
        if named := re.match(r"\{([\w-]+)\}", word):
            if named[1] not in lists:
                raise entry.wrong(f"names the list {named[1]!r}, which is not written above it")
            part = rf"(?:{lists[named[1]]}){re.escape(word[named.end() :])}"
        elif word in AMOUNTS:
            part = AMOUNTS[word]
        else:
            part = re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
        parts.append(part + " ")
    return "".join(parts).removesuffix(" ")


def _words(expression: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{expression})(?!\w)")


def _pattern(entry: Entry, lists: Mapping[str, str]) -> Pattern:
    entry.only("rule", "action", "reason", "all", "unless", "within", "whole", "fires", "silent")
    wanted, unless = entry.several("all", among=tuple(lists)), entry.several("unless", empty=True, among=tuple(lists))
    within, whole = entry.values.get("within", 60), entry.values.get("whole", False)
    if not isinstance(within, int) or not isinstance(whole, bool):
        raise entry.wrong("within is a number of words, whole is true or false")
    pattern = Pattern(
        id=entry.id,
        rule=entry.one_of("rule", ("sourcing", "contact")),
        kind=ACTIONS[entry.one_of("action", tuple(ACTIONS))],
        reason=entry.one_of("reason", REASONS),
        wanted=tuple(_words(lists[name]) for name in wanted),
        unless=tuple(_words(lists[name]) for name in unless),
        within=within,
        whole=whole,
    )
    for example in entry.several("fires"):
        if not pattern.fires(example):
            raise entry.wrong(f"does not fire on its own example {example!r}")
    for example in entry.several("silent"):
        if pattern.fires(example):
            raise entry.wrong(f"fires on {example!r}, where it must be silent")
    return pattern
