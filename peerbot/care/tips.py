"""Which tip fits a person now: one short relapse-prevention text that meets what they answered.

Here: the type of a tip, what the answers ask for, and the choice among tips. Not here: the tips (content/tips), when
one is sent, and what was sent before (services).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from peerbot.care.crisis import language

CATEGORIES = (
    "craving",
    "triggers",
    "thinking",
    "feelings",
    "people",
    "routine",
    "early",
    "motivation",
    "lapse",
    "overdose",
    "safety",
    "special-days",
    "peer-life",
)
TAGS = (
    "craving",
    "mood",
    "sleep",
    "conflict",
    "boredom",
    "social",
    "lapse",
    "opioid",
    "ahead",
    "missed",
    "celebration",
    "lonely",
    "anxious",
    "angry",
    "general",
)
TONES = ("steady", "gentle", "cheerful")

NOT_AGAIN_WITHIN = timedelta(days=30)
LONGEST = 400  # characters of text and act together: one phone screen, no scrolling

# Peerbot's own defaults, no published cut-offs (clinical.md section 2): when an answer asks for a tip about itself.
CRAVING_ASKS, MOOD_ASKS, SLEEP_ASKS, CONFIDENCE_ASKS = 4, 4, 1, 3
# And when a cheerful word would hurt.
DARK_MOOD, DARK_CRAVING = 3, 7
GOOD_MOOD, QUIET_CRAVING = 8, 2

# "Prefer not to say" is never treated as use (clinical.md section 2).
NO_USE_REPORTED = frozenset({"", "no", "none", "prefer_not", "prefer-not", "skipped", "unknown"})

# What answers ask for, most pressing first.
PRESSING = (
    "lapse",
    "opioid",
    "craving",
    "mood",
    "angry",
    "conflict",
    "anxious",
    "lonely",
    "missed",
    "ahead",
    "boredom",
    "sleep",
    "celebration",
)

CHIP_TAGS: Mapping[str, str] = {
    "angry": "angry",
    "argument": "conflict",
    "lonely": "lonely",
    "anxious": "anxious",
    "bored": "boredom",
    "tired": "sleep",
    "hungry": "craving",
    "ashamed": "mood",
    "pain": "mood",
}


@dataclass(frozen=True, slots=True)
class Tip:
    """One tip: a thought and one thing to do now. Text and act together are at most 400 characters."""

    id: str
    category: str
    tags: frozenset[str]
    tone: str
    text: Mapping[str, str]
    do: Mapping[str, str]
    source: str

    def says(self, locale: str) -> str:
        """The thought, in this language; English where the language is unknown."""
        return self.text.get(language(locale), self.text["en"])

    def asks(self, locale: str) -> str:
        """The one thing to do now, in this language."""
        return self.do.get(language(locale), self.do["en"])


@dataclass(frozen=True, slots=True)
class TipFacts:
    """What is known when a tip is chosen; None means not asked or not answered.

    craving, mood, confidence 0 to 10; sleep 0 (very bad) to 4; ahead "no", "maybe" or "yes". `lapse` is a lapse known
    from elsewhere in the last days, `opioid` a person for whom opioids matter, `missed` a return after missed days,
    `dark` anything else that makes this no time for cheer: an open alert, a call for help, a worrying text.
    """

    use: str | None = None
    craving: int | None = None
    mood: int | None = None
    sleep: int | None = None
    confidence: int | None = None
    ahead: str | None = None
    chips: frozenset[str] = field(default_factory=frozenset)
    lapse: bool = False
    opioid: bool = False
    missed: bool = False
    dark: bool = False

    @property
    def used(self) -> bool:
        return self.lapse or (self.use is not None and self.use not in NO_USE_REPORTED)


def is_dark(facts: TipFacts) -> bool:
    """Whether the answers forbid a cheerful tip: low mood, a strong craving, reported use, danger known elsewhere."""
    low = facts.mood is not None and facts.mood <= DARK_MOOD
    strong = facts.craving is not None and facts.craving >= DARK_CRAVING
    return facts.dark or facts.used or low or strong


def wanted_tags(facts: TipFacts) -> tuple[str, ...]:
    """What a tip should be about, most pressing first; "general" is always last, so something always fits."""
    mood, craving = facts.mood, facts.craving
    asked = {CHIP_TAGS[chip] for chip in facts.chips if chip in CHIP_TAGS}
    if mood is not None and mood <= MOOD_ASKS:
        asked.add("mood")
    if facts.sleep is not None and facts.sleep <= SLEEP_ASKS:
        asked.add("sleep")
    if facts.ahead in {"maybe", "yes"} or (facts.confidence is not None and facts.confidence <= CONFIDENCE_ASKS):
        asked.add("ahead")
    if craving is not None and craving >= CRAVING_ASKS:
        asked.add("craving")
    if facts.used:
        asked |= {"lapse", "opioid"} if facts.opioid else {"lapse"}
    if facts.missed:
        asked.add("missed")
    if not asked and not is_dark(facts) and (mood or 0) >= GOOD_MOOD and (craving or 0) <= QUIET_CRAVING:
        asked.add("celebration")
    return (*(tag for tag in PRESSING if tag in asked), "general")


def choose(
    tips: Sequence[Tip],
    facts: TipFacts,
    recent: Mapping[str, date],
    on: date,
    salt: str,
    *,
    ratings: Mapping[str, int] | None = None,
) -> Tip:
    """The tip for these answers on this day, the same for the same inputs.

    `recent` says when each tip was last shown to this person; `salt` is something of theirs that is not their name, so
    that a group does not all read the same line; `ratings` are sums of likes and dislikes.

    1. No cheerful tip after a dark answer; nothing about opioids or a lapse for those it does not concern.
    2. Not shown within 30 days, while any tip that fits is left; after that the one shown longest ago.
    3. The most pressing wanted tag first, then the better rated, then by lot.
    """
    wanted, liked = wanted_tags(facts), ratings or {}
    pressing = wanted[:-1] or wanted  # "general" only counts where nothing else is asked for
    suitable = [tip for tip in tips if _suits(tip, facts)] or list(tips)
    fitting = [tip for tip in suitable if tip.tags & set(wanted)] or suitable
    fresh = [tip for tip in fitting if tip.id not in recent or on - recent[tip.id] >= NOT_AGAIN_WITHIN]

    def lot(tip: Tip) -> str:
        return hashlib.sha256(f"{salt}|{on}|{tip.id}".encode("utf-8", "replace")).hexdigest()

    if not fresh:
        return min(fitting, key=lambda tip: (recent[tip.id], lot(tip)))
    return min(fresh, key=lambda tip: ([tag not in tip.tags for tag in pressing], -liked.get(tip.id, 0), lot(tip)))


def _suits(tip: Tip, facts: TipFacts) -> bool:
    if is_dark(facts) and (tip.tone == "cheerful" or "celebration" in tip.tags):
        return False
    return (facts.opioid or "opioid" not in tip.tags) and (facts.used or tip.category != "lapse")
