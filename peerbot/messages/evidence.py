"""What stands behind an alert, for the carer who asks: reasons, answers, the person's own usual, what else was noticed.

Words that participants wrote are never shown here; the message removes itself after a while.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peerbot.care.levels import Level
from peerbot.care.questionnaires import SKIPPED, Answers, Kind, Questionnaire, in_locale
from peerbot.care.risk import Change, Relation
from peerbot.messages.alerts import level_name
from peerbot.messages.checkins import answer_in_words
from peerbot.messages.when import day_and_time
from peerbot.outgoing import Outgoing
from peerbot.texts import Texts

MOST_REASONS = 10
LIMIT = 4000  # characters; Telegram takes 4096


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding as it is told."""

    rule: str
    level: Level
    inputs: Mapping[str, int | str]
    silent_if: Sequence[Change]
    found_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """One check-in behind an alert: its questions, current answers, and the sums of a form."""

    asked: Questionnaire
    on: date
    answers: Answers
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Usual:
    """A number of the last check-in beside the median of the days before it."""

    question: str
    now: int
    median: float
    days: int


def details(
    texts: Texts,
    locale: str,
    *,
    alert: int,
    case: str,
    alias: str,
    reasons: Sequence[Reason],
    answered: Sequence[Answered],
    usual: Sequence[Usual],
    noticed: Sequence[Reason],
    zone: str,
) -> Outgoing:
    """Everything in order; what does not fit one message is left out from the end, and said so."""
    parts = [texts.say(locale, "alert-details-head", alert=alert, case=case, alias=alias)]
    parts += [_reason(texts, locale, one, zone) for one in reasons[:MOST_REASONS]]
    parts += [_answers(texts, locale, one) for one in answered]
    if usual:
        parts.append("\n".join([texts.say(locale, "usual-head"), *(_usual(texts, locale, one) for one in usual)]))
    elif answered:
        parts.append(texts.say(locale, "usual-unknown"))
    if noticed:
        lines = [f"{one.found_at:%Y-%m-%d}: {reason_in_words(texts, locale, one)}" for one in noticed]
        parts.append("\n".join([texts.say(locale, "noticed-head"), *lines]))
    foot = texts.say(locale, "alert-details-foot")
    return Outgoing(fitting(texts, locale, parts, foot), protect=True, expires=timedelta(minutes=5))


def fitting(texts: Texts, locale: str, parts: Sequence[str], foot: str = "") -> str:
    """As many parts as one message holds, with a line that more was left out, and the foot."""
    more, kept, used = texts.say(locale, "more-left-out"), [], len(foot)
    for part in parts:
        used += len(part) + 2
        if used + len(more) > LIMIT:
            kept.append(more)
            break
        kept.append(part)
    return "\n\n".join([*kept, foot] if foot else kept)


def reason_in_words(texts: Texts, locale: str, one: Reason) -> str:
    """What the rule saw."""
    return texts.say(locale, f"rule-{one.rule}", **one.inputs)


def _reason(texts: Texts, locale: str, one: Reason, zone: str) -> str:
    head = texts.say(
        locale, "alert-reason", time=day_and_time(one.found_at, zone), level=level_name(texts, locale, one.level)
    )
    lines = [head, reason_in_words(texts, locale, one)]
    if one.silent_if:
        lines.append(texts.say(locale, "silent-if", changes=silent_in_words(texts, locale, one.silent_if)))
    return "\n".join(lines)


def silent_in_words(texts: Texts, locale: str, changes: Sequence[Change]) -> str:
    """Each change that alone would have kept the rule silent, with "or" between them."""
    between = f" {texts.plain(locale, 'silent-or')} "
    return between.join(_change(texts, locale, change) for change in changes)


def _change(texts: Texts, locale: str, change: Change) -> str:
    if change.relation is Relation.WITHOUT:
        return texts.plain(locale, f"without-{change.fact}")
    fact = texts.plain(locale, f"measure-{change.fact}")
    if change.relation is Relation.AT_MOST:
        return texts.plain(locale, "silent-at-most", fact=fact, value=change.value)
    return texts.plain(locale, "silent-at-least", fact=fact, value=change.value)


def _answers(texts: Texts, locale: str, one: Answered) -> str:
    title = in_locale(one.asked.title, locale)
    lines = [texts.say(locale, "answers-head", title=title, day=one.on.isoformat())]
    if one.asked.subscales:
        lines += [
            texts.say(locale, "answer-line", what=in_locale(scale.title, locale), answer=str(one.scores[scale.id]))
            for scale in one.asked.subscales
            if scale.id in one.scores
        ]
        return "\n".join(lines)
    for question in one.asked.questions:
        value = one.answers.get(question.id, SKIPPED)
        if value == SKIPPED or question.kind is Kind.TEXT:
            continue
        short = f"short-{question.id}"
        what = texts.plain(locale, short) if texts.has(locale, short) else in_locale(question.text, locale)[:60]
        lines.append(
            texts.say(locale, "answer-line", what=what, answer=answer_in_words(texts, locale, question, value))
        )
    return "\n".join(lines)


def _usual(texts: Texts, locale: str, one: Usual) -> str:
    what = texts.plain(locale, f"short-{one.question}")
    return texts.say(locale, "usual-line", what=what, now=one.now, median=html.escape(f"{one.median:g}"), days=one.days)
