"""How a tip looks: the thought, the one thing to do now, and a thumb up or down."""

from dataclasses import replace
from datetime import timedelta

from peerbot.buttons import Button, TipRate, TipTime, inline
from peerbot.care.tips import Tip
from peerbot.messages.groups import safe
from peerbot.outgoing import Lane, Outgoing
from peerbot.texts import Texts

TIMES = ("08:00", "12:00", "17:00", "20:00")
LIFE = timedelta(hours=3)  # a daily tip that comes later than that is left out

Labelled = tuple[str, Button]


def body(texts: Texts, locale: str, tip: Tip) -> str:
    """The words of a tip."""
    return f"{safe(tip.says(locale))}\n<b>{texts.say(locale, 'tip-do-now')}</b> {safe(tip.asks(locale))}"


def rating_row(texts: Texts, locale: str, shown: int, rating: int | None) -> list[Labelled]:
    """Thumbs, with a mark on the one that was tapped."""
    labels = {1: texts.plain(locale, "tip-helpful"), -1: texts.plain(locale, "tip-not-helpful")}
    return [(f"✓ {label}" if value == rating else label, TipRate(shown, value)) for value, label in labels.items()]


def part(texts: Texts, locale: str, one: Tip, shown: int, rating: int | None) -> tuple[str, list[Labelled]]:
    """A tip as part of another message: its words and its row of thumbs."""
    return f"{texts.say(locale, 'tip-beside')}\n{body(texts, locale, one)}", rating_row(texts, locale, shown, rating)


def tip(
    texts: Texts, locale: str, one: Tip, shown: int, *, rating: int | None = None, daily_at: str | None = None
) -> Outgoing:
    """A tip by itself."""
    text = f"{texts.say(locale, 'tip-head')}\n{body(texts, locale, one)}\n\n{texts.say(locale, 'tip-foot')}"
    label = texts.plain(locale, "tip-daily-is", time=daily_at) if daily_at else texts.plain(locale, "tip-daily-want")
    return Outgoing(text, keyboard=inline(rating_row(texts, locale, shown, rating), [(label, TipTime("show"))]))


def daily_tip(texts: Texts, locale: str, one: Tip, shown: int) -> Outgoing:
    """The tip of the day, sent without being asked for at that moment: quiet, and not worth sending late."""
    text = f"{texts.say(locale, 'tip-of-the-day')}\n{body(texts, locale, one)}\n\n{texts.say(locale, 'tip-foot')}"
    stop = [(texts.plain(locale, "tip-daily-change"), TipTime("show"))]
    made = Outgoing(text, keyboard=inline(rating_row(texts, locale, shown, None), stop))
    return replace(made, lane=Lane.BROADCAST, expires=LIFE, silent=True)


def daily(texts: Texts, locale: str, *, at: str | None) -> Outgoing:
    """Do you want a tip every day, and when?"""
    text = texts.say(locale, "tip-daily-on", time=at) if at else texts.say(locale, "tip-daily-off")
    taps: list[Labelled] = [(time, TipTime(time.replace(":", "."))) for time in TIMES]
    stop: list[Labelled] = [(texts.plain(locale, "tip-daily-stop"), TipTime("off"))]
    return Outgoing(f"{text}\n\n{texts.say(locale, 'tip-daily-ask')}", keyboard=inline(taps[:2], taps[2:], stop))


def planned(texts: Texts, locale: str, *, at: str | None) -> Outgoing:
    """What was chosen."""
    text = texts.say(locale, "tip-daily-set", time=at) if at else texts.say(locale, "tip-daily-stopped")
    return Outgoing(text, keyboard=inline())
