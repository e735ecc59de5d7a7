"""The grammar around a match: is it denied, whose state is it, when, under a condition, in somebody else's words.

Every function looks only at the words around the match, never at what the pattern means. English and Spanish run
together: a person may change language in the middle of a sentence.
"""

from dataclasses import dataclass

from peerbot.care.language import grammar_words as gw
from peerbot.care.language.clauses import Clauses

_STORY = 35  # words: "Ten years ago I was alone. I thought about ending it." is one story


@dataclass(frozen=True, slots=True)
class Setting:
    """What the grammar found around a match."""

    about: str  # "self", "other", "anyone", "unknown"
    when: str  # "now", "past", "unclear"
    denied: bool
    conditional: bool
    quoted: bool


def setting(clauses: Clauses, start: int, end: int, *, find_subject: bool, about: str) -> Setting:
    """Look around the words [start, end)."""
    # A form that runs on into the next sentence tells nothing of that one.
    end = max(start + 1, min(end, clauses.sentence_end[start]))
    if find_subject:
        about = _subject(clauses, start, end)
    elif about == "self" and _addressed(clauses, start):
        about = "anyone"
    sentence = clauses.words[clauses.sentence[start] : clauses.sentence_end[start]]
    if about == "other" and not gw.FICTION.isdisjoint(sentence):
        about = "anyone"
    return Setting(
        about=about,
        when=_time(clauses, start, end),
        denied=_denied(clauses, start, end),
        conditional=_conditional(clauses, start),
        quoted=_quoted(clauses, start, end),
    )


def _denied(clauses: Clauses, start: int, end: int) -> bool:
    words, low = clauses.words, clauses.clause[start]
    if _no_promise(words, start, low):
        return False
    if words[start] in gw.FINITE:
        return _denied_verb(words, start, low) or _answered_no(words, end)
    denials, together = 0, False
    for at in range(start - 1, max(low, start - 10) - 1, -1):
        word = words[at]
        if word in gw.DENIALS or (word in gw.NO_BEFORE and start - at <= 7):
            following = words[at + 1]
            if (following in gw.NO_DENIAL_AFTER and at + 1 < start) or _no_end(words[at + 1 : start + 1]):
                continue
            together = together or word in gw.CONCORD
            denials += word not in gw.CONCORD
        elif word in gw.SUBJECT_I and at > low and words[at - 1] not in gw.LETS_DENIAL_PAST | gw.INVERTED:
            break
    denials = max(denials, together)
    if denials % 2 == 1:
        return not _until_now(clauses, end)
    return denials == 0 and (_answered_no(words, end) or _listed_no(clauses, start))


def _no_promise(words: tuple[str, ...], start: int, low: int) -> bool:
    """'I cannot promise that I will not', 'no te puedo prometer que no' deny nothing."""
    return any(
        words[at] in gw.PROMISES and not gw.REFUSALS.isdisjoint(words[max(low, at - 4) : at])
        for at in range(max(low, start - 9), start)
    )


def _no_end(between: tuple[str, ...]) -> bool:
    """'No puedo dejar de lastimarme', 'no me saco de la cabeza matarme': it goes on."""
    ceasing = any(word in gw.CEASING and between[at + 1] == "de" for at, word in enumerate(between[:-1]))
    return ceasing or not gw.RIDDING.isdisjoint(between[:-1])


def _denied_verb(words: tuple[str, ...], start: int, low: int) -> bool:
    """A Spanish verb is denied only by a "no" right before it: "no le importo a nadie quiero morir" denies nothing."""
    for at in range(start - 1, max(low, start - 5) - 1, -1):
        if words[at] in {"no", "nunca", "jamas", "tampoco", "ni"}:
            return at == 0 or words[at - 1] not in {"por", "pero"} or words[at] != "que"
        if words[at] not in gw.LIGHT:
            return False
    return False


def _until_now(clauses: Clauses, end: int) -> bool:
    """'Not for years, until tonight' denies the years, not tonight."""
    after = clauses.words[end : clauses.sentence_end[end - 1]]
    return _has(
        after,
        ("until now", "until tonight", "until today", "until recently", "until this", "until last", "until yesterday"),
    ) or _has(after, ("hasta hoy", "hasta ahora", "hasta anoche", "hasta ayer", "hasta esta"))


def _answered_no(words: tuple[str, ...], end: int) -> bool:
    """'Suicidal thoughts? No.' and 'suicidal thoughts: none'."""
    at = end
    while at < len(words) and at - end < 4 and words[at] not in '.,?"':
        at += 1
    if at >= len(words) or words[at] not in ",?":
        return False
    after = words[at + 1 : at + 3]
    if not after or after[0] not in {
        "no",
        "none",
        "never",
        "nope",
        "nah",
        "negative",
        "nada",
        "ninguno",
        "ninguna",
        "nunca",
        "denied",
    }:
        return False
    return len(after) == 1 or after[1] in {*'.,?"', "hay", "tengo", "ninguna", "ninguno"} or words[at] == "?"


def _listed_no(clauses: Clauses, start: int) -> bool:
    """'I am not going to drink, use or hurt myself': a denied list whose last part has no subject of its own."""
    words = clauses.words
    at = start - 1
    if at < 1 or words[at] not in {"or", "nor", "o", "ni", "u"}:
        return False
    for back in range(at - 1, max(clauses.sentence[start], at - 9) - 1, -1):
        if words[back] in gw.DENIALS or words[back] == "no":
            return True
        if words[back] in _BREAK_LIST:
            return False
    return False


_BREAK_LIST = frozenset({"but", "pero", ".", "?"})


def _subject(clauses: Clauses, start: int, end: int) -> str:
    words = clauses.words
    inside = words[start:end]
    if any(word in gw.SELF for word in inside):
        return "self"
    if any(word in ("himself", "herself", "themselves") for word in inside):
        return "other"
    if any(word in ("yourself", "yourselves") for word in inside):
        return "anyone"
    first = max(clauses.sentence[start], start - 12)
    for at in range(start - 1, first - 1, -1):
        found = _named(words, at, first, start)
        if found:
            return found
    return "self"


def _addressed(clauses: Clauses, start: int) -> bool:
    """'Dices que quieres morir', '¿has intentado ...?': the verb right before is not the writer's."""
    words = clauses.words
    before = words[max(clauses.clause[start], start - 3) : start]
    return words[start] not in gw.FINITE and not gw.SECOND_PERSON.isdisjoint(before)


def _named(words: tuple[str, ...], at: int, first: int, start: int) -> str:
    """Whom the word at this place makes the subject, "" if nobody."""
    word = words[at]
    if word in gw.SUBJECT_I or (word == "me" and start - at <= 3):
        return "self"
    if word in gw.RELATIVES and at > first and words[at - 1] in gw.OTHERS:
        return "other"
    if word in {"he", "she", "they", "ella"} or (word in gw.OTHERS and word not in {"el", "her", "him", "them"}):
        return "self" if _makes_me(words, at, start) else "other"
    if word in {"him", "her", "them"} and at == start - 1:
        return "other"
    if word in {"my", "mi"} and at + 2 <= start <= at + 4 and words[at + 1] not in gw.PARTS_OF_ME:
        return "self" if _makes_me(words, at, start) else "other"
    return "anyone" if word in gw.ANYONE else ""


def _makes_me(words: tuple[str, ...], at: int, start: int) -> bool:
    return "me" in words[at + 1 : start]


def _time(clauses: Clauses, start: int, end: int) -> str:
    words, low = clauses.words, clauses.clause[start]
    before = words[max(low, start - 4) : start]
    if _until_now(clauses, end):
        return "now"
    if any(word in gw.ALWAYS_PAST for word in before[-3:]):
        return "past"
    high = next(
        (at for at in range(end, min(end + 10, len(words))) if clauses.clause[at] > start), min(end + 10, len(words))
    )
    now = any(low <= at < high for at in clauses.now)
    if _past_auxiliary(before) and not now:
        return "past"
    if now:
        return "now"
    past = any(clauses.sentence[start] <= at < clauses.sentence_end[start] for at in clauses.past)
    if past or (
        not gw.SIMPLE_PASTS.isdisjoint(words[max(low, start - 2) : start + 1])
        and any(abs(at - start) <= _STORY for at in clauses.past)
    ):
        return "past"
    return "unclear"


def _past_auxiliary(before: tuple[str, ...]) -> bool:
    """'I had enough' is past, 'I have had enough' is not."""
    return any(
        word in gw.PAST_AUXILIARIES and not (word == "had" and at and before[at - 1] in {"have", "has"})
        for at, word in enumerate(before)
    )


def _has(words: tuple[str, ...], marks: tuple[str, ...]) -> bool:
    line = f" {' '.join(words)} "
    return any(f" {mark} " in line for mark in marks)


def _conditional(clauses: Clauses, start: int) -> bool:
    words = clauses.words
    for at in range(start - 1, max(clauses.clause[start], start - 9) - 1, -1):
        if words[at] in gw.IF:
            if _main_clause(words, at, start) or _wondering(words, at):
                return False
            return at == 0 or words[at - 1] not in gw.NO_CONDITION_BEFORE_IF
    return False


def _wondering(words: tuple[str, ...], condition: int) -> bool:
    """'Me pregunto si': without accents the same as 'me preguntó si', so that nobody else may stand before it."""
    if condition < 2 or words[condition - 2 : condition] != ("me", "pregunto"):
        return False
    return condition < 3 or words[condition - 3] not in gw.OTHERS


def _main_clause(words: tuple[str, ...], condition: int, start: int) -> bool:
    """'If I use again I hope it kills me': with a second subject the condition is over."""
    subjects = [
        at
        for at in range(condition + 1, start + 1)
        if words[at] in gw.SUBJECTS and (at == condition + 1 or words[at - 1] not in gw.LETS_DENIAL_PAST)
    ]
    return len(subjects) >= 2


def _quoted(clauses: Clauses, start: int, end: int) -> bool:
    opening = clauses.quote[start]
    if opening < 0 or clauses.quote[end - 1] != opening:
        return False
    words = clauses.words
    before = words[max(0, opening - 9) : opening]
    closing = next((at for at in range(end, len(words)) if words[at] == '"'), len(words))
    around = (*before, *words[closing + 1 : closing + 7])
    if not any(word in gw.SAYING for word in around):
        return closing - opening > 5
    speaker = [word for word in before[-5:] if word in gw.OWN_WORDS or word in gw.OTHERS]
    return not (speaker and speaker[-1] in {"i", "yo"} and "told" not in before and "read" not in before)
