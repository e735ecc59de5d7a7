"""A group's settings as staff see them in their private chat: what is set, in words, and buttons to change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peerbot.buttons import Button, GroupPage, GroupSet, inline
from peerbot.care.sessions import Session, WeeklySlot
from peerbot.messages.groups import LONGEST_LABEL, RIGHTS
from peerbot.messages.when import day_and_time
from peerbot.outgoing import Outgoing
from peerbot.texts import LOCALES, Texts

TOPIC_TIMES = ("08:00", "10:00", "17:00", "19:00")
PAGES = ("sessions", "hours", "topic", "people", "locale")
Labelled = tuple[str, Button]


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group as its first page shows it."""

    id: int
    title: str
    locale: str
    zone: str
    missing: Sequence[str]
    people: int
    week: Sequence[WeeklySlot]
    hours: Sequence[WeeklySlot]
    topic_time: str | None
    link: str | None
    is_closed: bool


def _back(texts: Texts, locale: str, group: int) -> list[Labelled]:
    return [(texts.plain(locale, "button-back"), GroupPage(group, "main" if group else "list"))]


def listing(texts: Texts, locale: str, groups: Sequence[tuple[int, str]]) -> Outgoing:
    """/groups: every group the bot looks after."""
    if not groups:
        return Outgoing(texts.say(locale, "groups-none"), keyboard=inline())
    rows = [[(title[:LONGEST_LABEL], GroupPage(group, "main"))] for group, title in groups]
    return Outgoing(texts.say(locale, "groups-head"), keyboard=inline(*rows))


def week(texts: Texts, locale: str, slots: Sequence[WeeklySlot]) -> str:
    """A week in words: one line for each day that has times."""
    if not slots:
        return texts.say(locale, "week-none")
    days: dict[int, list[str]] = {}
    for slot in sorted(slots):
        days.setdefault(slot.weekday, []).append(f"{slot.start:%H:%M}–{slot.end:%H:%M}")
    return "\n".join(
        f"{texts.say(locale, 'group-weekday', weekday=day)} {', '.join(times)}" for day, times in days.items()
    )


def main(texts: Texts, locale: str, facts: GroupFacts) -> Outgoing:
    """The first page of one group."""
    rights = texts.say(locale, "group-rights-well")
    if facts.missing:
        rights = texts.say(locale, "group-rights-missing", count=len(facts.missing), most=len(RIGHTS))
    topic = texts.plain(locale, "group-topic-off") if facts.topic_time is None else facts.topic_time
    text = texts.say(
        locale,
        "group-main",
        group=facts.title,
        language=texts.plain(facts.locale, "language-name"),
        zone=facts.zone.rpartition("/")[2].replace("_", " "),
        count=facts.people,
        time=topic,
    )
    parts = [text, rights]
    parts.append(f"{texts.say(locale, 'group-sessions-are')}\n{week(texts, locale, facts.week)}")
    parts.append(f"{texts.say(locale, 'group-hours-are')}\n{week(texts, locale, facts.hours)}")
    if facts.is_closed:
        parts.append(texts.say(locale, "group-is-closed"))
    if facts.link:
        parts.append(texts.say(locale, "group-link", link=facts.link))
    taps = [(texts.plain(locale, f"group-page-{page}"), GroupPage(facts.id, page)) for page in PAGES]
    return Outgoing("\n\n".join(parts), keyboard=inline(taps[:2], taps[2:4], taps[4:], _back(texts, locale, 0)))


def sessions(
    texts: Texts,
    locale: str,
    *,
    group: int,
    slots: Sequence[WeeklySlot],
    coming: Sequence[Session],
    zone: str,
    off: Sequence[date],
) -> Outgoing:
    """The week of sessions and its exceptions. A typed week or date follows."""
    text = f"{texts.say(locale, 'sessions-page')}\n{week(texts, locale, slots)}\n\n{texts.say(locale, 'sessions-type')}"
    rows: list[list[Labelled]] = []
    for one in coming:
        at = day_and_time(one.starts_at, zone)
        rows.append([(texts.plain(locale, "sessions-call-off", time=at), GroupSet(group, "off", one.on.isoformat()))])
    for day in off:
        label = texts.plain(locale, "sessions-take-place", time=day.isoformat())
        rows.append([(label, GroupSet(group, "on", day.isoformat()))])
    if slots:
        rows.append([(texts.plain(locale, "week-empty"), GroupSet(group, "empty", "session"))])
    return Outgoing(text, keyboard=inline(*rows, _back(texts, locale, group)))


def hours(texts: Texts, locale: str, *, group: int, slots: Sequence[WeeklySlot]) -> Outgoing:
    """The hours in which staff are there. A typed week follows."""
    text = f"{texts.say(locale, 'hours-page')}\n{week(texts, locale, slots)}\n\n{texts.say(locale, 'hours-type')}"
    none = [(texts.plain(locale, "hours-empty"), GroupSet(group, "empty", "hours"))] if slots else []
    return Outgoing(text, keyboard=inline(none, _back(texts, locale, group)))


def understood(texts: Texts, locale: str, *, group: int, kind: str, slots: Sequence[WeeklySlot]) -> Outgoing:
    """What was understood of a typed week, before it counts."""
    text = f"{texts.say(locale, 'week-understood')}\n{week(texts, locale, slots)}"
    save = [(texts.plain(locale, "button-save"), GroupSet(group, "save", kind))]
    return Outgoing(text, keyboard=inline(save, _back(texts, locale, group)))


def misread(texts: Texts, locale: str, *, group: int, reason: str, piece: str) -> Outgoing:
    """A typed week that was not understood: which piece, and how to write it."""
    text = texts.say(locale, f"misread-{reason}", what=piece[:60])
    how = texts.say(locale, "week-how")
    return Outgoing(f"{text}\n\n{how}", keyboard=inline(_back(texts, locale, group)))


def topic(texts: Texts, locale: str, *, group: int, at: str | None) -> Outgoing:
    """When the topic of the day comes. A typed time follows."""
    text = texts.say(locale, "topic-page-at", time=at) if at else texts.say(locale, "topic-page-off")
    taps: list[Labelled] = [(time, GroupSet(group, "topic", time.replace(":", "."))) for time in TOPIC_TIMES]
    stop: list[Labelled] = [(texts.plain(locale, "topic-stop"), GroupSet(group, "topic", "off"))] if at else []
    return Outgoing(
        f"{text}\n\n{texts.say(locale, 'topic-ask')}", keyboard=inline(taps, stop, _back(texts, locale, group))
    )


def language(texts: Texts, locale: str, *, group: int) -> Outgoing:
    """Which language the bot speaks in the group."""
    taps: list[Labelled] = [(texts.plain(one, "language-name"), GroupSet(group, "locale", one)) for one in LOCALES]
    return Outgoing(texts.say(locale, "group-language"), keyboard=inline(taps, _back(texts, locale, group)))


def people(
    texts: Texts,
    locale: str,
    *,
    group: int,
    listed: Sequence[tuple[int, str, bool]],
    page: int,
    more: bool,
) -> Outgoing:
    """Who has a place in the group; a tap gives or takes it."""
    if not listed and page == 0:
        return Outgoing(texts.say(locale, "people-none"), keyboard=inline(_back(texts, locale, group)))
    rows: list[list[Labelled]] = [
        [(f"{'✅' if inside else '▫️'} {who}"[:LONGEST_LABEL], GroupSet(group, "person", f"{person}.{page}"))]
        for person, who, inside in listed
    ]
    turn: list[Labelled] = []
    if page:
        turn.append((texts.plain(locale, "button-earlier"), GroupSet(group, "people", str(page - 1))))
    if more:
        turn.append((texts.plain(locale, "button-more"), GroupSet(group, "people", str(page + 1))))
    return Outgoing(texts.say(locale, "people-page"), keyboard=inline(*rows, turn, _back(texts, locale, group)))
