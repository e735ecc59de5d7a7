"""The check-in bubble: one message that goes from question to question and ends as a short, kind summary."""

from peerbot.buttons import AnswerTap, Button, CheckInMove, inline
from peerbot.care.questionnaires import Answers, Kind, Question, Questionnaire, Value, in_locale
from peerbot.messages.crisis import offer
from peerbot.outgoing import Lane, Outgoing
from peerbot.texts import Texts

ROW_OF_NUMBERS = 6
SHORT = 14  # characters: labels up to this long stand two in a row

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
    back: bool = True,
    lane: Lane = Lane.REPLY,
) -> Outgoing:
    """One question with its buttons, a progress mark, and what has been said about the answers so far."""
    parts = []
    if first:
        parts.append(f"<b>{_safe(in_locale(asked.title, locale))}</b>\n{_safe(in_locale(asked.intro, locale))}")
    if told:
        parts.append(texts.say(locale, "told-today", who=told))
    parts.append(
        f"{texts.say(locale, 'check-in-progress', step=step[0], of=step[1])}\n{_safe(in_locale(one.text, locale))}"
    )
    if one.kind is Kind.SCALE and one.low_label:
        parts.append(
            texts.say(
                locale,
                "check-in-ends",
                low=one.low,
                low_label=in_locale(one.low_label, locale),
                high=one.high,
                high_label=in_locale(one.high_label, locale),
            )
        )
    rows = _answers(locale, one, check_in, answers.get(one.id))
    if back:
        rows.append([(texts.plain(locale, "button-back"), CheckInMove(check_in, one.id, "back"))])
    if told:
        rows.append([offer(texts, locale)])
    return Outgoing("\n\n".join(parts), keyboard=inline(*rows), lane=lane)


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _answers(locale: str, one: Question, check_in: int, given: Value | None) -> list[list[Labelled]]:
    if one.kind in (Kind.SCALE, Kind.DAYS):
        values = [(str(number), number) for number in range(one.low, one.high + 1)]
        width = ROW_OF_NUMBERS
    else:
        values = [(in_locale(option.label, locale), option.id) for option in one.options]  # type: ignore[misc]
        width = 2 if all(len(label) <= SHORT for label, _ in values) else 1
    taps: list[Labelled] = [
        (f"✓ {label}" if value == given else label, AnswerTap(check_in, one.id, str(value))) for label, value in values
    ]
    return [taps[i : i + width] for i in range(0, len(taps), width)]


def answer_in_words(texts: Texts, locale: str, one: Question, value: Value) -> str:
    """An answer as a person would say it."""
    if isinstance(value, int):
        return texts.plain(locale, "answer-of", value=value, high=one.high) if one.kind is Kind.SCALE else str(value)
    chosen = [one.option(item) for item in ((value,) if isinstance(value, str) else value)]
    return ", ".join(in_locale(option.label, locale) for option in chosen if option is not None) or str(value)


def summary(
    texts: Texts,
    locale: str,
    asked: Questionnaire,
    *,
    check_in: int,
    answers: Answers,
    told: str | None,
    next_time: str,
    tip: tuple[str, list[Labelled]] | None = None,
) -> Outgoing:
    """The end of a check-in: thanks, what was said, a tip, who reads it, when we meet again, a way to change it."""
    use = answers.get("use")
    parts = [texts.say(locale, "check-in-thanks-lapse" if use in ("alcohol", "other") else "check-in-thanks")]
    last = ""
    said = []
    for one in asked.questions:
        if one.id in answers and texts.has(locale, f"said-{one.id}"):
            said.append(
                texts.say(locale, f"said-{one.id}", answer=answer_in_words(texts, locale, one, answers[one.id]))
            )
        if one.id in answers:
            last = one.id
    parts.append("\n".join(said))
    if tip is not None:
        parts.append(tip[0])
    if told:
        parts.append(f"{texts.say(locale, 'told-today', who=told)} {texts.say(locale, 'card-offer')}")
    else:
        parts.append(texts.say(locale, "check-in-who-reads"))
    parts.append(texts.say(locale, "check-in-next", time=next_time))
    rows: list[list[Labelled]] = [[offer(texts, locale)]] if told else []
    if tip is not None:
        rows.append(tip[1])
    rows.append([(texts.plain(locale, "button-change"), CheckInMove(check_in, last, "last"))])
    return Outgoing("\n\n".join(part for part in parts if part), keyboard=inline(*rows))


def closed(texts: Texts, locale: str) -> Outgoing:
    """What an unfinished bubble becomes when its day has ended."""
    return Outgoing(texts.say(locale, "check-in-day-over"), keyboard={"inline_keyboard": []}, lane=Lane.BROADCAST)
