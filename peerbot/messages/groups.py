"""What is said in a group and around it: setting up, coming in, rules, hours, topics, sessions. Reviews: reviews.py.

In a group nothing names a person beyond the name Telegram shows there anyway.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from peerbot.buttons import Coming, GroupPage, JoinDecision, RulesAnswer, inline
from peerbot.care.crisis import CrisisLine
from peerbot.care.topics import GroupText
from peerbot.messages.crisis import lines_of
from peerbot.messages.when import clock_time, day_and_time
from peerbot.outgoing import Lane, Outgoing
from peerbot.texts import Texts

RIGHTS = ("can_delete_messages", "can_restrict_members", "can_invite_users", "can_pin_messages")
"""What the bot needs in a group; each has a text that says what for."""
ANSWERS = ("coming", "late", "cannot")
LONGEST_LABEL = 40
BRIEF = timedelta(minutes=10)  # what is only worth saying now


def safe(text: str) -> str:
    """A text of content as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def brief(words: str) -> Outgoing:
    """A short word that is only worth saying now."""
    return Outgoing(words, expires=BRIEF)


def _right(texts: Texts, locale: str, name: str) -> str:
    return texts.say(locale, f"right-{name.removeprefix('can_').replace('_', '-')}")


def rights(texts: Texts, locale: str, *, missing: Sequence[str], is_supergroup: bool) -> Outgoing:
    """/setup: every right, what it is for, and whether all is well."""
    parts = [texts.say(locale, "setup-head")]
    parts.append("\n".join(f"{'❌' if name in missing else '✅'} {_right(texts, locale, name)}" for name in RIGHTS))
    if missing:
        parts.append(texts.say(locale, "setup-missing"))
    if not is_supergroup:
        parts.append(texts.say(locale, "setup-not-super"))
    if not missing and is_supergroup:
        parts.append(texts.say(locale, "setup-well"))
    return Outgoing("\n\n".join(parts))


def rights_changed(texts: Texts, locale: str, *, group: str, missing: Sequence[str]) -> Outgoing:
    """To staff, once per change: which right is missing and what is off by that, or that all is well again."""
    if not missing:
        return Outgoing(texts.say(locale, "rights-back", group=group))
    lines = "\n".join(f"❌ {_right(texts, locale, name)}" for name in missing)
    return Outgoing(f"{texts.say(locale, 'rights-lost', group=group)}\n\n{lines}\n\n{texts.say(locale, 'rights-how')}")


def how_to_set_up(texts: Texts, locale: str, *, bot: str) -> Outgoing:
    """/setup outside a group: step by step."""
    return Outgoing(texts.say(locale, "setup-how", bot=bot))


def put_out(texts: Texts, locale: str, *, group: str) -> Outgoing:
    """To staff: the bot is not in the group any more."""
    return Outgoing(texts.say(locale, "group-put-out", group=group))


def post_unread(texts: Texts, locale: str, *, group: str) -> Outgoing:
    """To staff: a post could not be read by the bot, so a person should."""
    return Outgoing(texts.say(locale, "group-post-unread", group=group), lane=Lane.CRISIS)


def statement(texts: Texts, locale: str, lines: Sequence[CrisisLine]) -> Outgoing:
    """The pinned statement: not for emergencies, whom to call."""
    parts = [
        texts.say(locale, "group-statement"),
        lines_of(lines, texts, locale),
        texts.say(locale, "group-statement-2"),
    ]
    return Outgoing("\n\n".join(parts), silent=True)


def card_for_all(texts: Texts, locale: str, lines: Sequence[CrisisLine]) -> Outgoing:
    """The crisis card in the group, naming nobody: its reader could not be written to alone."""
    parts = [texts.say(locale, "crisis-head"), lines_of(lines, texts, locale), texts.say(locale, "group-card-foot")]
    return Outgoing("\n\n".join(parts), lane=Lane.CRISIS)


# --- coming in ---------------------------------------------------------------------------------------------------


def _numbered(rules: Iterable[GroupText], locale: str) -> str:
    return "\n".join(f"{number}. {safe(rule.says(locale))}" for number, rule in enumerate(rules, 1))


def rules(texts: Texts, locale: str, listed: Sequence[GroupText]) -> Outgoing:
    """/rules."""
    return Outgoing(f"{texts.say(locale, 'group-rules-head')}\n\n{_numbered(listed, locale)}")


def accept_rules(texts: Texts, locale: str, listed: Sequence[GroupText], *, group: int, title: str) -> Outgoing:
    """The rules, to be accepted before the door opens."""
    parts = [texts.say(locale, "rules-accept", group=title), _numbered(listed, locale), texts.say(locale, "rules-ask")]
    return Outgoing(
        "\n\n".join(parts),
        keyboard=inline(
            [(texts.plain(locale, "button-accept-rules"), RulesAnswer(group, "yes"))],
            [(texts.plain(locale, "button-not-now"), RulesAnswer(group, "later"))],
        ),
    )


def done(words: str) -> Outgoing:
    """What a message with buttons becomes once answered."""
    return Outgoing(words, keyboard=inline())


def knock(texts: Texts, locale: str, *, request: int, who: str, group: str, is_participant: bool) -> Outgoing:
    """To staff: somebody waits at the door."""
    text_id = "join-staff-participant" if is_participant else "join-staff-unknown"
    return Outgoing(
        texts.say(locale, text_id, who=who, group=group),
        keyboard=inline(
            [(texts.plain(locale, "button-let-in"), JoinDecision(request, "in"))],
            [(texts.plain(locale, "button-turn-away"), JoinDecision(request, "no"))],
        ),
    )


def assigned(texts: Texts, locale: str, *, group: str, link: str | None) -> Outgoing:
    """To a participant who was given a place in a group: what it is and the way in."""
    text = texts.say(locale, "group-assigned", group=group)
    return Outgoing(f"{text}\n\n{texts.say(locale, 'group-assigned-link', link=link)}" if link else text)


def welcome(texts: Texts, locale: str, *, name: str, question: str) -> Outgoing:
    """To the group: somebody new, and an easy first question."""
    text = texts.say(locale, "group-welcome", name=name, question=question)
    return Outgoing(text, expires=timedelta(hours=1), silent=True)


def which_group(texts: Texts, locale: str, listed: Sequence[tuple[int, str]]) -> Outgoing:
    """/worried by somebody in several groups: which one is it about?"""
    rows = [[(title[:LONGEST_LABEL], GroupPage(group, "worry"))] for group, title in listed]
    return Outgoing(texts.say(locale, "worry-which"), keyboard=inline(*rows))


# --- between sessions --------------------------------------------------------------------------------------------


def closing(
    texts: Texts, locale: str, lines: Sequence[CrisisLine], *, opens_at: datetime | None, zone: str
) -> Outgoing:
    """The group closes: when it opens again, and whom to call meanwhile."""
    until = (
        texts.say(locale, "hours-closed-until", time=day_and_time(opens_at, zone))
        if opens_at
        else texts.say(locale, "hours-closed")
    )
    return Outgoing(f"{until}\n\n{texts.say(locale, 'hours-meanwhile')}\n{lines_of(lines, texts, locale)}")


def opening(texts: Texts, locale: str, *, closes_at: datetime | None, zone: str) -> Outgoing:
    """The group opens: until when staff are there."""
    if closes_at is None:
        return Outgoing(texts.say(locale, "hours-open"))
    return Outgoing(texts.say(locale, "hours-open-until", time=day_and_time(closes_at, zone)))


def hours_failed(texts: Texts, locale: str, *, group: str, closing_it: bool) -> Outgoing:
    """To staff, once: Telegram did not let the bot turn the group."""
    return Outgoing(texts.say(locale, "hours-not-closed" if closing_it else "hours-not-opened", group=group))


def topic(texts: Texts, locale: str, question: str) -> Outgoing:
    """The topic of the day."""
    text = texts.say(locale, "topic-of-the-day", question=question)
    return Outgoing(text, lane=Lane.BROADCAST, expires=timedelta(hours=6), silent=True)


def reminder(
    texts: Texts,
    locale: str,
    *,
    session: int,
    group: str,
    starts_at: datetime,
    zone: str,
    kind: str,
    life: timedelta,
) -> Outgoing:
    """A session is near: are you coming? Worth nothing once it has begun."""
    at = clock_time(starts_at, zone)
    if kind == "day-before":
        text = texts.say(locale, "session-tomorrow", group=group, time=day_and_time(starts_at, zone))
    else:
        text = texts.say(locale, "session-soon", group=group, time=at)
    rows = [[(texts.plain(locale, f"session-{answer}"), Coming(session, answer))] for answer in ANSWERS]
    return Outgoing(text, keyboard=inline(*rows), lane=Lane.CHECKIN, expires=life)


def answered(
    texts: Texts, locale: str, *, session: int, group: str, starts_at: datetime, zone: str, answer: str
) -> Outgoing:
    """The reminder once answered; the answer can be changed until the session starts."""
    said = texts.plain(locale, f"session-{answer}")
    text = texts.say(locale, "session-answered", group=group, time=day_and_time(starts_at, zone), answer=said)
    others = [(texts.plain(locale, f"session-{other}"), Coming(session, other)) for other in ANSWERS if other != answer]
    return Outgoing(text, keyboard=inline(others))


def called_off(texts: Texts, locale: str, *, group: str, starts_at: datetime, zone: str) -> Outgoing:
    """A session people were reminded of does not take place."""
    return Outgoing(texts.say(locale, "session-off", group=group, time=day_and_time(starts_at, zone)))


def sessions(
    texts: Texts,
    locale: str,
    listed: Sequence[tuple[str, datetime, str, Sequence[tuple[str, str | None]]]],
) -> Outgoing:
    """/sessions: the next session of each group, and who said what about it."""
    if not listed:
        return Outgoing(texts.say(locale, "sessions-none"))
    parts = []
    for group, starts_at, zone, people in listed:
        lines = [texts.say(locale, "sessions-head", group=group, time=day_and_time(starts_at, zone))]
        for who, answer in people:
            said = texts.plain(locale, f"session-{answer}") if answer else texts.plain(locale, "session-no-answer")
            lines.append(f"{safe(said)} · {safe(who)}")
        if not people:
            lines.append(texts.say(locale, "sessions-nobody"))
        parts.append("\n".join(lines))
    return Outgoing("\n\n".join(parts), protect=True)
