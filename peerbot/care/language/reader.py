"""Reads one text: finds patterns, asks the grammar about each, weighs signs, and gives one reading with its reason.

Pure and deterministic: the reading depends on the text alone. Both grammars always run; the locale given is a hint, and
handed back only where the text does not tell its language.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace

from peerbot.care.language.clauses import Clauses, likely, split
from peerbot.care.language.grammar import Setting, setting
from peerbot.care.language.leaning import Leaning, lean, odds
from peerbot.care.language.matching import Match, Matcher
from peerbot.care.language.patterns import Kind, Patterns, Who
from peerbot.care.language.reading import Category, Reading
from peerbot.care.language.spelling import Speller, Words
from peerbot.care.levels import Level

_SHORT, _MIDDLE = 24, 60  # words and marks; in a short text one marked sign is all the person says
_NEEDED = {"short": 2, "middle": 2, "long": 3}  # signs, by the length of the text
# What the scale of `leaning` must show; chosen on batches that were not learnt from.
_LEANS_FROM = 4  # words and marks; fewer say too little
_FEW = 6  # words and marks; so few say URGENT or nothing
_OVER_FROM = 8  # words and marks, to say more than a pattern that found something less or something denied
_PLAIN = 0.0  # for a finding that is not in doubt, in a text that is not long: even odds
_URGENT, _URGENT_LONG = 1.4, 0.0
_URGENT_OVER = 2.0  # for words alone, where a pattern found something less, in a text that is not long
_URGENT_OVER_LAPSE = 3.0  # the same where it found an urge or a lapse, which are daily talk here
_FAINTER = ((1.0, Level.SAME_DAY), (0.5, Level.DIGEST))  # for words alone that show less, where no pattern matched
_CLEAR = 2.5  # for the clause alone in which a pattern found something
_AFTER_ALL = "after-all"  # the cue for taking back what was denied or told as past: "but I am", "I still do"
_NO_DANGER = {Category.NONE, Category.LAPSE, Category.SOURCING}
_SPEECH = {Kind.IDIOM, Kind.TITLE}
_FELLOWSHIP = "fellowship"  # the cue for meetings, sponsors, steps: such talk is full of strong words
_STEADY = "steady"  # the cue for recovery pride: weak signs count for less beside it


@dataclass(frozen=True, slots=True)
class _Finding:
    level: Level
    category: Category
    match: Match
    setting: Setting
    in_doubt: bool
    taken_back: bool = False


class Reader:
    """Reads texts with the patterns it was given."""

    def __init__(self, patterns: Patterns) -> None:
        self._speller = Speller(patterns)
        self._matcher = Matcher(patterns)
        self._weights, self._bias, self._scale = patterns.weights, patterns.bias, patterns.scale

    def words(self, text: str) -> tuple[str, ...]:
        """The plain words of a text, as the patterns see them."""
        return self._speller.words(text).text

    def screen(self, text: str, locale: str) -> Reading:
        """Give the reading of one text of any length and any Unicode content."""
        words = self._speller.words(text)
        locale = likely(words.text) or locale
        if len(words.text) == 1:
            return _quiet(locale)
        found = self._matcher.matches(words.text)
        reading = _by_rules(found, text, words, locale)
        if not self._weights or len(words.text) < _LEANS_FROM:
            return reading
        return self._weighed(reading, text, words)

    def _weighed(self, reading: Reading, text: str, words: Words) -> Reading:
        """What all words together say to what the patterns found."""
        leaning = lean(words.text, self._weights, self._bias)
        length = length_of(len(words.text))
        long = length == "long"
        enough = _URGENT_LONG if long else _URGENT
        shown = odds(leaning.weight, reading, length, self._scale)
        if reading.level >= Level.URGENT:
            enough = enough if long or reading.in_doubt else _PLAIN
            said = not long and (reading.taken_back or self._clear(reading, text, words))
            return reading if said or shown >= enough else _contradicted(reading, shown, long=long)
        if (reading.level > Level.LOG or reading.denied) and len(words.text) < _OVER_FROM:
            return reading
        if reading.level > Level.LOG and not long:
            enough = _URGENT_OVER_LAPSE if reading.category is Category.LAPSE else _URGENT_OVER
        if shown >= enough:
            return _leaning(leaning, shown, Level.URGENT, text, words, reading)
        if reading.rule or len(words.text) < _FEW:
            return reading
        level = next((level for least, level in _FAINTER if shown >= least), Level.LOG)
        return _leaning(leaning, shown, level, text, words, reading) if level else reading

    def _clear(self, reading: Reading, text: str, words: Words) -> bool:
        """Whether the clause that decided speaks for itself: calm words around it do not undo it."""
        own = _clause(words, text.find(reading.span), len(reading.span))
        return odds(lean(own, self._weights, self._bias).weight, reading, "short", self._scale) >= _CLEAR


def _by_rules(found: list[Match], text: str, words: Words, locale: str) -> Reading:
    speech = [match for match in found if match.pattern.kind in _SPEECH]
    matches = [match for match in found if match.pattern.kind not in _SPEECH and not _cancelled(match, speech, words)]
    if not matches:
        return _quiet(locale)
    clauses = split(words)
    cues = _cues(matches, clauses)
    if _AFTER_ALL in cues:  # "asked if I was suicidal ... and I said yes": what was asked is what is meant
        kept = set(map(id, matches))
        matches += [match for match in found if id(match) not in kept and _is_titled(match, speech)]
        cues = _cues(matches, clauses)
    if all(match.pattern.kind is Kind.CUE for match in matches):
        return _quiet(locale)
    asked = [match for match in matches if match.pattern.kind is not Kind.CUE and _allowed(match, cues, clauses)]
    return _judged(asked, frozenset(cues), clauses, text, words, locale)


def _is_titled(match: Match, speech: list[Match]) -> bool:
    """Only an asking title hides it, no idiom."""
    over = [other for other in speech if other.start < match.end and match.start < other.end]
    return match.pattern.kind not in _SPEECH and all(other.pattern.id == "asked" for other in over)


def length_of(length: int) -> str:
    """Short, middle or long: how many words and marks a text has decides how much they must show."""
    return "short" if length <= _SHORT else "middle" if length <= _MIDDLE else "long"


def _clause(words: Words, at: int, length: int) -> tuple[str, ...]:
    """The words of the clauses that the characters [at, at + length) touch."""
    clauses = split(words)
    first, last = (max(0, bisect_right(words.start, place) - 1) for place in (at, at + length - 1))
    end = last
    while end < len(words.text) and clauses.clause[end] <= last and words.text[end] not in ".?":
        end += 1
    return words.text[clauses.clause[first] : end]


def _contradicted(reading: Reading, shown: float, *, long: bool) -> Reading:
    """What a pattern found where the words speak against it: somebody reads it the same day.

    Not so for a call for help, whatever its words. An emergency stays one; in a long text it is in doubt.
    """
    if reading.category is Category.HELP or (reading.level is Level.EMERGENCY and not long):
        return reading
    if reading.level is Level.EMERGENCY:
        return replace(reading, reason=f"{reading.reason} But its words lean calm; in doubt.", in_doubt=True)
    reason = f"{reading.reason} But its words lean calm ({shown:.1f}): to be read the same day."
    return replace(reading, level=Level.SAME_DAY, reason=reason, in_doubt=True)


def _leaning(leaning: Leaning, shown: float, level: Level, text: str, words: Words, found: Reading) -> Reading:
    """What words alone show. A danger that a pattern found keeps its name; the fainter, the less is named."""
    reason = f"Rule leaning: no pattern raises it, but all words together show {shown:.1f}; in doubt."
    span = text[words.start[leaning.start] : words.end[leaning.end - 1]]
    category = found.category if found.category not in _NO_DANGER else Category.SELF_HARM
    if level is Level.DIGEST:
        category = Category.NONE
    return Reading(level, category, span, reason, found.locale, "unknown", "unclear", False, False, True, "leaning")


def _judged(
    matches: list[Match], cues: frozenset[str], clauses: Clauses, text: str, words: Words, locale: str
) -> Reading:
    dangers = sorted(
        (match for match in matches if match.pattern.kind is Kind.DANGER),
        key=lambda match: (-match.pattern.level, match.pattern.doubt, match.start),
    )
    silent: list[tuple[Match, Setting]] = []
    best: _Finding | None = None
    for match in dangers:
        if best and match.pattern.level <= best.level:
            break  # nothing that follows can rise above it
        around = _setting(clauses, match)
        finding = _find(match, around)
        if finding is None:
            silent.append((match, around))
        elif best is None or finding.level > best.level:
            best = finding
    if best is None or best.level < Level.URGENT:
        best = _raised(matches, silent, cues, clauses) or best
    if best:
        return _reading(best, text, words, locale)
    return _silent(silent, text, words, locale)


def _raised(
    matches: list[Match], silent: list[tuple[Match, Setting]], cues: frozenset[str], clauses: Clauses
) -> _Finding | None:
    """What no single pattern decides: something taken back, or several signs together."""
    signs = [(match, _setting(clauses, match)) for match in matches if match.pattern.kind is Kind.SIGN]
    if _AFTER_ALL in cues:
        for match, around in (*silent, *signs):
            if _taken_back(match, around):
                return _after_all(match, around)
    return _weigh(signs, len(clauses.words), cues)


def _cancelled(match: Match, speech: list[Match], words: Words) -> bool:
    """An idiom takes what lies in it or leans on it; a match that says all of the idiom and more stands."""
    for other in speech:
        start, end = other.start, other.end - (words.text[other.end - 1] == ".")
        says_more = match.start <= start and end <= match.end and match.end - match.start > end - start
        if start < match.end and match.start < end and not (says_more and other.pattern.kind is Kind.IDIOM):
            return True
    return False


def _cues(matches: list[Match], clauses: Clauses) -> dict[str, frozenset[int] | None]:
    """The cues of the text, with the sentences they reach; None means all of it."""
    cues: dict[str, frozenset[int] | None] = {}
    for match in matches:
        if match.pattern.kind is Kind.CUE:
            before = cues.get(match.pattern.id) or frozenset()
            here = frozenset({clauses.sentence[match.start]})
            cues[match.pattern.id] = before | here if match.pattern.nearby else None
    return cues


def _allowed(match: Match, cues: dict[str, frozenset[int] | None], clauses: Clauses) -> bool:
    pattern, sentence = match.pattern, clauses.sentence[match.start]

    def reached(cue: str) -> bool:
        if cue not in cues:
            return False
        sentences = cues[cue]
        return sentences is None or sentence in sentences

    if pattern.most_words and len(clauses.words) > pattern.most_words:
        return False
    return (not pattern.needs or any(map(reached, pattern.needs))) and not any(map(reached, pattern.unless))


def _setting(clauses: Clauses, match: Match) -> Setting:
    who = match.pattern.who
    about = "other" if who is Who.OTHER else "self"
    return setting(clauses, match.start, match.end, find_subject=who is Who.FOUND, about=about)


def _find(match: Match, around: Setting) -> _Finding | None:
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


def _taken_back(match: Match, around: Setting) -> bool:
    pattern = match.pattern
    raised = pattern.level >= Level.URGENT or pattern.weight >= 2
    passed = around.denied or around.when == "past" or around.conditional
    return raised and around.about == "self" and not around.quoted and passed


def _after_all(match: Match, around: Setting) -> _Finding:
    category = Category.SELF_HARM if match.pattern.kind is Kind.SIGN else match.pattern.category
    return _Finding(Level.URGENT, category, match, around, in_doubt=True, taken_back=True)


def _weigh(signs: list[tuple[Match, Setting]], length: int, cues: frozenset[str]) -> _Finding | None:
    """Add up the signs of different families; enough of them for the length of the text is URGENT in doubt."""
    best: dict[str, tuple[int, Match, Setting]] = {}
    for match, around in signs:
        if around.quoted or around.about in {"other", "anyone"} or (around.denied and match.pattern.denies):
            continue
        past = around.when == "past" and match.pattern.past is Level.LOG
        weight = 0 if past else match.pattern.weight - (around.conditional and match.pattern.denies)
        family = match.pattern.family or match.pattern.id
        if weight > 0 and weight > best.get(family, (0,))[0]:
            best[family] = (weight, match, around)
    if not best:
        return None
    needed = _NEEDED[length_of(length)]
    needed += 2 * (_STEADY in cues) or _FELLOWSHIP in cues
    if sum(weight for weight, _, _ in best.values()) < needed:
        return None
    _, match, around = max(best.values(), key=lambda entry: (entry[0], -entry[1].start))
    return _Finding(Level.URGENT, Category.SELF_HARM, match, around, in_doubt=True)


def _quiet(locale: str) -> Reading:
    return Reading(
        Level.LOG, Category.NONE, "", "No pattern matched.", locale, "unknown", "unclear", False, False, False, ""
    )


def _silent(silent: list[tuple[Match, Setting]], text: str, words: Words, locale: str) -> Reading:
    """Nothing is raised: say what was seen and why it was not."""
    if not silent:
        return _quiet(locale)
    match, around = silent[0]
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
        locale=match.pattern.locale if finding.level > Level.LOG else locale,
        about=about,
        when=when,
        denied=around.denied and match.pattern.denies,
        quoted=around.quoted,
        in_doubt=finding.in_doubt,
        rule=match.pattern.id,
        taken_back=finding.taken_back,
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
