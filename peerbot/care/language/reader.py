"""Reads one text: finds patterns, asks the grammar about each, weighs signs, and gives one reading with its reason.

Pure and deterministic: the reading depends on the text alone. The locale is a hint that is handed back; both grammars always run.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from peerbot.care.language.clauses import Clauses, split
from peerbot.care.language.forms import Form, key
from peerbot.care.language.grammar import Setting, setting
from peerbot.care.language.patterns import Kind, Pattern, Patterns, Who
from peerbot.care.language.reading import Category, Reading
from peerbot.care.language.spelling import Speller, Words
from peerbot.care.levels import Level

_SHORT, _MIDDLE = 14, 45  # words; in a short text one marked sign is all the person says
_NEEDED_SHORT, _NEEDED_MIDDLE, _NEEDED_LONG = 2, 3, 4
_CALM = "steady"  # the cue for recovery pride: weak signs count for less beside it


@dataclass(frozen=True, slots=True)
class _Match:
    pattern: Pattern
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Finding:
    level: Level
    category: Category
    match: _Match
    setting: Setting
    in_doubt: bool


class Reader:
    """Reads texts with the patterns it was given."""

    def __init__(self, patterns: Patterns) -> None:
        self._speller = Speller(patterns)
        self._idioms = _index(patterns, {Kind.IDIOM})
        self._others = _index(patterns, {Kind.DANGER, Kind.SIGN, Kind.CUE})

    def screen(self, text: str, locale: str) -> Reading:
        """Give the reading of one text of any length and any Unicode content."""
        words = self._speller.words(text)
        if len(words.text) == 1:
            return _quiet(locale)
        clauses = split(words)
        idioms = [(match.start, match.end) for match in _matches(words.text, self._idioms)]
        matches = [match for match in _matches(words.text, self._others) if not _cancelled(match, idioms)]
        cues = frozenset(match.pattern.id for match in matches if match.pattern.kind is Kind.CUE)
        judged = [
            (match, _setting(clauses, match))
            for match in matches
            if match.pattern.kind is not Kind.CUE and _allowed(match.pattern, cues, len(words.text))
        ]
        findings = [finding for match, around in judged if (finding := _find(match, around))]
        if weighed := _weigh([pair for pair in judged if pair[0].pattern.kind is Kind.SIGN], len(words.text), cues):
            findings.append(weighed)
        if findings:
            best = max(findings, key=lambda finding: (finding.level, not finding.in_doubt, -finding.match.start))
            return _reading(best, text, words, locale)
        return _silent(judged, text, words, locale)


def _index(patterns: Patterns, kinds: set[Kind]) -> dict[str, list[tuple[Form, Pattern]]]:
    index: dict[str, list[tuple[Form, Pattern]]] = {}
    for pattern in patterns.patterns:
        if pattern.kind in kinds:
            for form in pattern.forms:
                for first in form.first:
                    index.setdefault(first, []).append((form, pattern))
    return index


def _matches(words: tuple[str, ...], index: dict[str, list[tuple[Form, Pattern]]]) -> Iterator[_Match]:
    keys = [key(word) for word in words]
    present = set(keys)
    line = " ".join(words) + " "
    offsets: list[int] = []
    at = 0
    for word in words:
        offsets.append(at)
        at += len(word) + 1
    number = {offset: index for index, offset in enumerate([*offsets, at])}
    active: dict[str, list[tuple[Form, Pattern]]] = {}
    for position, first in enumerate(keys):
        if first not in active:
            active[first] = [pair for pair in index.get(first, ()) if not present.isdisjoint(pair[0].needs)]
        for form, pattern in active[first]:
            if found := form.matcher.match(line, offsets[position]):
                yield _Match(pattern, position, number[found.end()])


def _cancelled(match: _Match, idioms: list[tuple[int, int]]) -> bool:
    """An idiom takes what lies in it or leans on it; a match that says all of the idiom and more stands."""
    return any(
        start < match.end
        and match.start < end
        and not (match.start <= start and end <= match.end and match.end - match.start > end - start)
        for start, end in idioms
    )


def _allowed(pattern: Pattern, cues: frozenset[str], length: int) -> bool:
    if pattern.most_words and length > pattern.most_words:
        return False
    return (not pattern.needs or not cues.isdisjoint(pattern.needs)) and cues.isdisjoint(pattern.unless)


def _setting(clauses: Clauses, match: _Match) -> Setting:
    who = match.pattern.who
    about = "other" if who is Who.OTHER else "self"
    return setting(clauses, match.start, match.end, find_subject=who is Who.FOUND, about=about)


def _find(match: _Match, around: Setting) -> _Finding | None:
    pattern = match.pattern
    if pattern.kind is not Kind.DANGER or around.quoted or (around.denied and pattern.denies):
        return None
    if around.about == "anyone":
        return None
    level, category = pattern.level, pattern.category
    if around.about == "other" and pattern.who is Who.FOUND:
        level = pattern.other
        category = Category.OTHER_IN_DANGER if level >= Level.URGENT else category
    if around.when == "past":
        level = min(level, pattern.past)
    if around.conditional and pattern.denies:
        level = min(level, Level.LOG)
    if level is Level.LOG:
        return None
    return _Finding(level, category, match, around, pattern.doubt)


def _weigh(signs: list[tuple[_Match, Setting]], length: int, cues: frozenset[str]) -> _Finding | None:
    """Add up the signs of different families; enough of them for the length of the text is URGENT in doubt."""
    best: dict[str, tuple[int, _Match, Setting]] = {}
    for match, around in signs:
        if around.quoted or around.about in {"other", "anyone"} or (around.denied and match.pattern.denies):
            continue
        weight = match.pattern.weight - (around.when == "past") - around.conditional
        family = match.pattern.family or match.pattern.id
        if weight > 0 and weight > best.get(family, (0,))[0]:
            best[family] = (weight, match, around)
    if not best:
        return None
    needed = _NEEDED_SHORT if length <= _SHORT else _NEEDED_MIDDLE if length <= _MIDDLE else _NEEDED_LONG
    if _CALM in cues:
        needed += 2
    if sum(weight for weight, _, _ in best.values()) < needed:
        return None
    _, match, around = max(best.values(), key=lambda entry: (entry[0], -entry[1].start))
    return _Finding(Level.URGENT, Category.SELF_HARM, match, around, in_doubt=True)


def _quiet(locale: str) -> Reading:
    return Reading(
        Level.LOG, Category.NONE, "", "No pattern matched.", locale, "unknown", "unclear", False, False, False, ""
    )


def _silent(judged: list[tuple[_Match, Setting]], text: str, words: Words, locale: str) -> Reading:
    """Nothing is raised: say what was seen and why it was not."""
    dangers = [pair for pair in judged if pair[0].pattern.kind is Kind.DANGER]
    if not dangers:
        return _quiet(locale)
    match, around = max(dangers, key=lambda pair: pair[0].pattern.level)
    finding = _Finding(Level.LOG, Category.NONE, match, around, in_doubt=False)
    return _reading(finding, text, words, locale)


def _reading(finding: _Finding, text: str, words: Words, locale: str) -> Reading:
    match, around = finding.match, finding.setting
    about = "unknown" if around.about == "anyone" else around.about
    when = "conditional" if around.conditional else around.when
    return Reading(
        level=finding.level,
        category=finding.category,
        span=text[words.start[match.start] : words.end[match.end - 1]],
        reason=_reason(finding),
        locale=locale,
        about=about,
        when=when,
        denied=around.denied and match.pattern.denies,
        quoted=around.quoted,
        in_doubt=finding.in_doubt,
        rule=match.pattern.id,
    )


def _reason(finding: _Finding) -> str:
    around, pattern = finding.setting, finding.match.pattern
    who = {"self": "the writer", "other": "someone else", "anyone": "people in general"}.get(around.about, "someone")
    parts = [f"said of {who}"]
    parts.append({"past": "told as past", "now": "told as now"}.get(around.when, "time not stated"))
    parts.append("denied" if around.denied and pattern.denies else "not denied")
    if around.conditional:
        parts.append("under a condition")
    if around.quoted:
        parts.append("quoted")
    weighed = " with other signs" if pattern.kind is Kind.SIGN else ""
    doubt = "; in doubt, so the higher level" if finding.in_doubt else ""
    return f"Rule {pattern.id}{weighed}: {', '.join(parts)}{doubt}."
