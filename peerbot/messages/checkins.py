"""The check-in bubble: one message that goes from question to question and ends as a short, kind summary."""

from collections.abc import Sequence
from datetime import datetime

from peerbot.buttons import AnswerTap, Button, CheckInMove, inline
from peerbot.care.questionnaires import SKIPPED, Answers, Kind, Question, Questionnaire, Value, in_locale
from peerbot.messages.crisis import offer
from peerbot.messages.when import clock_time, day_and_clock
from peerbot.outgoing import Keyboard, Lane, Outgoing
from peerbot.texts import Texts

ROW_OF_NUMBERS = 6
SHORT = 14  # characters: labels up to this long stand two in a row
SAID = ("use", "craving", "confidence", "mood", "sleep", "medication")
"""Answers of the daily check-in that its summary says back; each has a text `said-<id>`."""

Labelled = tuple[str, Button]


def question(
    texts: Texts,
    locale: str,
    asked: Questionnaire,
    one: Question,
    *,
    check_in: int,
    step: tuple[int, int],
    answers: Answers,
    told: str | None = None,
    first: bool = False,
    note: str = "",
    back: bool = True,
    snooze: bool = False,
    lane: Lane = Lane.REPLY,
) -> Outgoing:
    """One question with its buttons, a progress mark, and what has been said about the answers so far."""
    parts = [note] if note else []
    if first:
        parts.append(f"<b>{_safe(in_locale(asked.title, locale))}</b>\n{_safe(in_locale(asked.intro, locale))}")
    if told:
        parts.append(texts.say(locale, "told-today", who=told))
    parts.append(
        f"{texts.say(locale, 'check-in-progress', step=step[0], of=step[1])}\n{_safe(in_locale(one.text, locale))}"
    )
    parts += _hints(texts, locale, one)
    rows = _answers(texts, locale, one, check_in, answers.get(one.id))
    rows.append(_moves(texts, locale, one, check_in, back=back, snooze=snooze))
    if told:
        rows.append([offer(texts, locale)])
    return Outgoing("\n\n".join(parts), keyboard=inline(*rows), lane=lane)


def _hints(texts: Texts, locale: str, one: Question) -> list[str]:
    """What the ends of a scale mean, the question's own hint, and how to answer where there is nothing to tap."""
    hints = []
    if one.kind is Kind.SCALE and one.low_label:
        low, high = in_locale(one.low_label, locale), in_locale(one.high_label, locale)
        hints.append(texts.say(locale, "check-in-ends", low=one.low, low_label=low, high=one.high, high_label=high))
    if one.hint:
        hints.append(f"<i>{_safe(in_locale(one.hint, locale))}</i>")
    if one.kind is Kind.TEXT:
        hints.append(texts.say(locale, "check-in-type-text"))
    if one.kind is Kind.TIME:
        hints.append(texts.say(locale, "check-in-type-time"))
    return hints


def _moves(texts: Texts, locale: str, one: Question, check_in: int, *, back: bool, snooze: bool) -> list[Labelled]:
    wanted = (
        ("back", texts.plain(locale, "button-back"), back),
        ("skip", texts.plain(locale, "button-skip"), one.skippable and one.kind is not Kind.SEVERAL),
        ("snooze", texts.plain(locale, "button-snooze"), snooze),
        ("stop", texts.plain(locale, "button-later"), back),
    )
    return [(label, CheckInMove(check_in, one.id, act)) for act, label, shown in wanted if shown]


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _answers(texts: Texts, locale: str, one: Question, check_in: int, given: Value | None) -> list[list[Labelled]]:
    values: list[tuple[str, int | str]]
    if one.kind in (Kind.SCALE, Kind.DAYS):
        values = [(str(number), number) for number in range(one.low, one.high + 1)]
        width = ROW_OF_NUMBERS if one.kind is Kind.SCALE else 4
    else:
        values = [(in_locale(option.label, locale), option.id) for option in one.options]
        width = 2 if all(len(label) <= SHORT for label, _ in values) else 1
    chosen = given if isinstance(given, tuple) else (given,)
    taps: list[Labelled] = [
        (f"✓ {label}" if value in chosen else label, AnswerTap(check_in, one.id, str(value))) for label, value in values
    ]
    rows = [taps[i : i + width] for i in range(0, len(taps), width)]
    if one.kind is Kind.SEVERAL:
        done = "button-done" if isinstance(given, tuple) and given else "button-none-of-these"
        rows.append([(texts.plain(locale, done), CheckInMove(check_in, one.id, "done"))])
    return rows


def answer_in_words(texts: Texts, locale: str, one: Question, value: Value) -> str:
    """An answer as a person would say it."""
    if value == SKIPPED:
        return texts.plain(locale, "answer-skipped")
    if isinstance(value, int):
        return texts.plain(locale, "answer-of", value=value, high=one.high) if one.kind is Kind.SCALE else str(value)
    if one.kind in (Kind.TEXT, Kind.TIME):
        return str(value)
    chosen = [one.option(item) for item in ((value,) if isinstance(value, str) else value)]
    words = ", ".join(in_locale(option.label, locale) for option in chosen if option is not None)
    return words or texts.plain(locale, "answer-none")


def summary(
    texts: Texts,
    locale: str,
    asked: Questionnaire,
    *,
    check_in: int,
    answers: Answers,
    daily: bool,
    look_again: Sequence[str],
    told: str | None,
    closing: Sequence[str],
    tip: tuple[str, list[Labelled]] | None = None,
) -> Outgoing:
    """The end of a check-in: thanks, what was said, a tip, who reads it, closing lines, a way to change an answer."""
    lapse = daily and answers.get("use") in ("alcohol", "other")
    parts = [texts.say(locale, "check-in-thanks-lapse" if lapse else "check-in-thanks")]
    if daily:
        parts.append("\n".join(_said(texts, locale, asked, answers)))
    parts += [_safe(line) for line in look_again]
    if tip is not None:
        parts.append(tip[0])
    if told:
        parts.append(f"{texts.say(locale, 'told-today', who=told)} {texts.say(locale, 'card-offer')}")
    else:
        parts.append(texts.say(locale, "check-in-who-reads"))
    parts += closing
    rows: list[list[Labelled]] = [[offer(texts, locale)]] if told else []
    if tip is not None:
        rows.append(tip[1])
    last = [one.id for one in asked.questions if one.id in answers][-1]
    rows.append([(texts.plain(locale, "button-change"), CheckInMove(check_in, last, "list"))])
    return Outgoing("\n\n".join(part for part in parts if part), keyboard=inline(*rows))


def _said(texts: Texts, locale: str, asked: Questionnaire, answers: Answers) -> list[str]:
    known = [(one, answers[one.id]) for one in asked.questions if one.id in SAID and one.id in answers]
    return [
        texts.say(locale, f"said-{one.id}", answer=answer_in_words(texts, locale, one, value))
        for one, value in known
        if value != SKIPPED
    ]


def choose_answer(texts: Texts, locale: str, asked: Questionnaire, answers: Answers, *, check_in: int) -> Outgoing:
    """Which answer shall be changed? Every answer given, as a button."""
    rows: list[list[Labelled]] = []
    for one in asked.questions:
        if one.id in answers:
            said = answer_in_words(texts, locale, one, answers[one.id])
            label = f"{_short(in_locale(one.text, locale), 28)} {_short(said, 18)}"
            rows.append([(label, CheckInMove(check_in, one.id, "at"))])
    last = next((one.id for one in asked.questions if one.id in answers), asked.questions[0].id)
    rows.append([(texts.plain(locale, "button-back"), CheckInMove(check_in, last, "go"))])
    return Outgoing(texts.say(locale, "check-in-which-answer"), keyboard=inline(*rows))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def part_done(texts: Texts, locale: str, asked: Questionnaire, following: Question, *, check_in: int) -> Outgoing:
    """Between two parts of a long form: go on, or take the rest later today."""
    parts = sorted({one.burst for one in asked.questions})
    text = texts.say(locale, "check-in-part-done", step=parts.index(following.burst), of=len(parts))
    return Outgoing(text, keyboard=_go_on(texts, locale, check_in, following.id, later=True))


def stopped(texts: Texts, locale: str, check_in: int, question_id: str, until: str) -> Outgoing:
    """Put aside by the person: what is answered is kept, and the rest can be taken up until their day ends."""
    text = texts.say(locale, "check-in-stopped", until=until)
    return Outgoing(text, keyboard=_go_on(texts, locale, check_in, question_id, later=False))


def snoozed(texts: Texts, locale: str, check_in: int, question_id: str, at: datetime, zone: str) -> Outgoing:
    """Put off by the person, with the hour it comes back."""
    text = texts.say(locale, "check-in-snoozed", time=clock_time(at, zone))
    return Outgoing(text, keyboard=_go_on(texts, locale, check_in, question_id, later=False))


def _go_on(texts: Texts, locale: str, check_in: int, question_id: str, *, later: bool) -> Keyboard:
    row: list[Labelled] = [(texts.plain(locale, "button-go-on"), CheckInMove(check_in, question_id, "go"))]
    if later:
        row.append((texts.plain(locale, "button-later"), CheckInMove(check_in, question_id, "stop")))
    return inline(row)


def reminder(texts: Texts, locale: str, until: str, *, put_off: bool) -> str:
    """The line above a bubble that comes a second time."""
    return texts.say(locale, "check-in-put-off" if put_off else "check-in-reminder", until=until)


def next_time(texts: Texts, locale: str, at: datetime, zone: str) -> str:
    """When we meet again."""
    return texts.say(locale, "check-in-next", time=day_and_clock(texts, locale, at, zone))


def next_session(texts: Texts, locale: str, group: str, at: datetime, zone: str) -> str:
    """When their group meets."""
    return texts.say(locale, "check-in-next-session", group=group, time=day_and_clock(texts, locale, at, zone))


def continues(texts: Texts, locale: str) -> Outgoing:
    """What an older bubble becomes when the same check-in is shown again further down."""
    return Outgoing(texts.say(locale, "check-in-continues"), keyboard=inline())


def closed(texts: Texts, locale: str) -> Outgoing:
    """What an unfinished bubble becomes when its day has ended."""
    return Outgoing(texts.say(locale, "check-in-day-over"), keyboard=inline(), lane=Lane.BROADCAST)
