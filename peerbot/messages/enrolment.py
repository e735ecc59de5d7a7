"""The way in: consent and not-for-emergencies first, then alias, language, zone and time; for staff what is due."""

from collections.abc import Sequence
from datetime import date, datetime

from peerbot.buttons import Button, Consented, ConsentLocale, Declined, DialogChoice, PauseChoice, inline
from peerbot.care.crisis import CrisisLine
from peerbot.messages.crisis import lines_of
from peerbot.messages.plans import PAUSES
from peerbot.messages.when import day_and_time
from peerbot.outgoing import Keyboard, Outgoing
from peerbot.texts import LOCALES, Texts

TIMES = ("08:00", "09:00", "12:00", "18:00", "20:00", "21:00")


def consent(texts: Texts, locale: str, lines: Sequence[CrisisLine], *, invite: str, role: str) -> Outgoing:
    """The first screen: what the bot is, who reads what and when, Telegram's limits, whom to call now."""
    if role == "participant":
        parts = [texts.say(locale, name) for name in ("consent-what", "consent-who-reads", "consent-telegram")]
        parts += [
            texts.say(locale, "not-for-emergencies"),
            lines_of(lines, texts, locale),
            texts.say(locale, "consent-ask"),
        ]
    else:
        parts = [
            texts.say(locale, "staff-consent", role=texts.plain(locale, f"role-{role}")),
            texts.say(locale, "staff-consent-ask"),
        ]
    others = [
        (texts.plain(other, "language-name"), ConsentLocale(invite, other)) for other in LOCALES if other != locale
    ]
    return Outgoing(
        "\n\n".join(parts),
        keyboard=inline(
            [(texts.plain(locale, "button-agree"), Consented(invite, locale))],
            [(texts.plain(locale, "button-decline"), Declined(locale))],
            others,
        ),
    )


def ask_alias(texts: Texts, locale: str, *, suggestion: str) -> Outgoing:
    """What shall I call you? An alias, with one ready to tap."""
    return Outgoing(
        texts.say(locale, "ask-alias"),
        keyboard=inline([(texts.plain(locale, "alias-use", alias=suggestion), DialogChoice("alias", suggestion))]),
    )


def ask_language(texts: Texts, locale: str) -> Outgoing:
    """English or Spanish."""
    return Outgoing(
        texts.say(locale, "ask-language"),
        keyboard=inline([(texts.plain(other, "language-name"), DialogChoice("language", other)) for other in LOCALES]),
    )


def ask_zone(texts: Texts, locale: str, zones: Sequence[str], *, typed: bool = False) -> Outgoing:
    """Where do you live? Common zones to tap, any city to type."""
    rows = [[(city(zone), DialogChoice("zone", zone))] for zone in zones]
    return Outgoing(texts.say(locale, "ask-zone-which" if typed else "ask-zone"), keyboard=inline(*rows))


def city(zone: str) -> str:
    """A zone as people know it: America/New_York is New York."""
    return zone.rpartition("/")[2].replace("_", " ")


def ask_time(texts: Texts, locale: str) -> Outgoing:
    """When shall I ask each day?"""
    taps = [(at, DialogChoice("time", at.replace(":", "."))) for at in TIMES]
    return Outgoing(texts.say(locale, "ask-time"), keyboard=inline(taps[:3], taps[3:]))


def ask_sober(texts: Texts, locale: str) -> Outgoing:
    """Since when are you sober? Typed, as days or as a date."""
    return Outgoing(texts.say(locale, "ask-sober"))


def welcome(
    texts: Texts, locale: str, *, alias: str, counselor: str, at: str, zone: str, keyboard: Keyboard
) -> Outgoing:
    """Everything is set: what happens next, and that help is one tap away."""
    return Outgoing(
        texts.say(locale, "welcome-done", alias=alias, counselor=counselor, time=at, zone=city(zone)), keyboard=keyboard
    )


def staff_welcome(texts: Texts, locale: str, *, role: str) -> Outgoing:
    """You are in, as one of the staff: what will come here and what to do."""
    return Outgoing(texts.say(locale, f"staff-welcome-{role}"))


def settings(texts: Texts, locale: str, *, alias: str, at: str, zone: str, paused_until: date | None) -> Outgoing:
    """What can be changed, as it is now."""
    rows: list[list[tuple[str, Button]]] = [
        [(texts.plain(locale, f"settings-{name}"), DialogChoice("menu", name))]
        for name in ("alias", "language", "zone", "time")
    ]
    if paused_until is None:
        rows.append([(texts.plain(locale, "settings-pause", days=days), PauseChoice(days)) for days in PAUSES])
    else:
        rows.append([(texts.plain(locale, "plan-button-resume"), PauseChoice(0))])
    return Outgoing(
        texts.say(
            locale,
            "settings-head",
            alias=alias,
            time=at,
            zone=city(zone),
            language=texts.plain(locale, "language-name"),
        ),
        keyboard=inline(*rows),
    )


def invite_link(texts: Texts, locale: str, *, link: str, role: str, expires: datetime, zone: str) -> Outgoing:
    """A fresh one-time invite, to hand to one person."""
    return Outgoing(
        texts.say(
            locale,
            "invite-made",
            link=link,
            role=texts.plain(locale, f"role-{role}"),
            until=day_and_time(expires, zone),
        ),
        protect=False,
    )
