"""What moderators read about a review, and what the author of a post reads about it. Content-free but for `words`."""

from dataclasses import dataclass
from datetime import datetime

from peerbot.buttons import Appeal, ReviewAct, inline
from peerbot.messages.groups import safe
from peerbot.messages.when import day_and_time
from peerbot.outgoing import Lane, Outgoing
from peerbot.texts import Texts

URGENT = ("danger", "worry")
LONGEST_SHARED = 3500  # characters; the rest of the 4096 is for the words around them


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """Everything a copy of a review shows."""

    id: int
    kind: str
    place: str
    group: str
    reason: str
    decision: str | None
    by: str
    appealed: bool
    link: str
    has_words: bool
    step: str | None
    step_state: str | None
    next_step: str | None


def offered(kind: str, place: str, decision: str | None, *, has_words: bool) -> tuple[str, ...]:
    """The acts that make sense for a review as it stands; the same list makes the buttons and checks the presses."""
    show = ("show",) if has_words else ()
    if kind in URGENT:
        return {None: (*show, "take", "done"), "take": (*show, "done")}.get(decision, show)
    if place in ("going", "sharing"):
        return show
    if decision is not None:
        return (*show, "undo", "lift")
    if place == "down":
        return (*show, *(("share",) if has_words else ()), "keep", "warn", "lift")
    return (*show, "down", "leave", "warn", "lift")


def review(texts: Texts, locale: str, *, facts: ReviewFacts) -> Outgoing:
    """One review: what it is about, where the post is, what was decided, what can be done."""
    lines = [texts.say(locale, "review-head", review=facts.id, group=facts.group)]
    lines.append(texts.say(locale, f"review-kind-{facts.kind}"))
    if facts.reason and facts.kind not in URGENT:
        lines.append(texts.say(locale, f"verdict-{facts.reason.removeprefix('verdict-')}"))
    if facts.place == "doubtful" or (facts.place == "stands" and facts.kind in ("held", "removed")):
        lines.append(texts.say(locale, f"review-place-{facts.place}"))
    if facts.link:
        lines.append(facts.link)
    if facts.appealed:
        lines.append(texts.say(locale, "review-appealed"))
    if facts.step and facts.step_state:
        step = texts.plain(locale, f"step-{facts.step}")
        lines.append(texts.say(locale, f"step-state-{facts.step_state}", step=step))
    if facts.decision:
        lines.append(texts.say(locale, f"review-decided-{facts.decision}", by=facts.by))
    acts = offered(facts.kind, facts.place, facts.decision, has_words=facts.has_words)
    if facts.step_state != "done":
        acts = tuple(act for act in acts if act != "lift")
    if facts.next_step is None:
        acts = tuple(act for act in acts if act != "warn")
    step = texts.plain(locale, f"step-{facts.next_step}") if facts.next_step else ""
    rows = [[(texts.plain(locale, f"review-button-{act}", step=step), ReviewAct(facts.id, act))] for act in acts]
    lane = Lane.CRISIS if facts.kind in URGENT and facts.decision is None else Lane.MODERATION
    return Outgoing("\n".join(lines), keyboard=inline(*rows), lane=lane, protect=True)


def words(texts: Texts, locale: str, *, review: int, author: str, words: str, has_media: bool) -> Outgoing:
    """The post itself, for the eyes of the moderator who asked; gone again after a while."""
    parts = [texts.say(locale, "review-words-head", review=review, who=author), safe(words[:LONGEST_SHARED])]
    if has_media:
        parts.append(texts.say(locale, "review-had-media"))
    parts.append(texts.say(locale, "review-words-foot"))
    return Outgoing("\n\n".join(part for part in parts if part), protect=True)


def why(texts: Texts, locale: str, *, review: int, group: str, reason: str) -> Outgoing:
    """To the author: your post was taken down, why, and a person can look."""
    parts = [
        texts.say(locale, "post-down", group=group),
        texts.say(locale, f"verdict-{reason.removeprefix('verdict-')}"),
        texts.say(locale, "post-down-foot"),
    ]
    return Outgoing("\n\n".join(parts), keyboard=_appeal(texts, locale, review), lane=Lane.MODERATION)


def _appeal(texts: Texts, locale: str, review: int) -> dict[str, object]:
    return inline([(texts.plain(locale, "button-appeal"), Appeal(review))])


def appealed(texts: Texts, locale: str) -> Outgoing:
    """To the author: a person will look."""
    return Outgoing(texts.say(locale, "appeal-taken"), keyboard=inline())


def warning(texts: Texts, locale: str, *, review: int, group: str) -> Outgoing:
    """To the author: this counts as a warning, and what would come next."""
    text = texts.say(locale, "warned", group=group)
    return Outgoing(text, keyboard=_appeal(texts, locale, review), lane=Lane.MODERATION)


def muted(texts: Texts, locale: str, *, review: int, group: str, until: datetime, zone: str) -> Outgoing:
    """To the author: they cannot post until then; reading and private help go on."""
    text = texts.say(locale, "muted", group=group, until=day_and_time(until, zone))
    return Outgoing(text, keyboard=_appeal(texts, locale, review), lane=Lane.MODERATION)


def lifted(texts: Texts, locale: str, *, group: str) -> Outgoing:
    """To the author: the warning or mute was taken back."""
    return Outgoing(texts.say(locale, "lifted", group=group), lane=Lane.MODERATION)


def not_sanctioned(texts: Texts, locale: str, *, review: int, step: str) -> Outgoing:
    """To staff: Telegram refused, so nothing happened and nothing counts."""
    named = texts.plain(locale, f"step-{step}")
    return Outgoing(texts.say(locale, "step-refused", review=review, step=named), lane=Lane.MODERATION)


def not_lifted(texts: Texts, locale: str, *, review: int) -> Outgoing:
    """To staff: the mute still stands."""
    return Outgoing(texts.say(locale, "step-not-lifted", review=review), lane=Lane.MODERATION)


def shared(texts: Texts, locale: str, *, words: str, had_media: bool) -> Outgoing:
    """In the group: a post a person approved, without a name."""
    parts = [texts.say(locale, "member-shares"), safe(words[:LONGEST_SHARED])]
    if had_media:
        parts.append(texts.say(locale, "member-shares-media"))
    return Outgoing("\n\n".join(parts), lane=Lane.MODERATION)
