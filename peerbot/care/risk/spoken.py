"""Rules over what a participant asked for, did, or wrote. Who is heard and how a text is read lives elsewhere.

None of these cools down: each is a person speaking, not the same thing measured again.
"""

from peerbot.care.facts import Facts, Happening, Words
from peerbot.care.levels import Level
from peerbot.care.risk.table import Fired, daily, happened, rule, source, without


def _read(level: Level, *, in_doubt: bool = False) -> Facts:
    return Facts(words=Words(level, "self-harm", in_doubt))


def _happens(facts: Facts, happening: Happening) -> Fired | None:
    return Fired({}, (without(happening),)) if facts.happening is happening else None


@rule(
    "help-asked",
    Level.URGENT,
    source=source("7"),
    firing=(happened(Happening.HELP_ASKED), daily(help="help-now")),
    silent=(happened(Happening.TALK_ASKED), daily(mood=1), daily(help="talk-today"), daily(help="no")),
)
def help_asked(facts: Facts) -> Fired | None:
    """The participant asked for help now, by button, in words, or in a check-in."""
    if facts.chosen("help") == {"help-now"}:
        return Fired({}, (without(Happening.HELP_ASKED),))
    return _happens(facts, Happening.HELP_ASKED)


@rule(
    "talk-asked",
    Level.SAME_DAY,
    source=source("7"),
    firing=(happened(Happening.TALK_ASKED), daily(help="talk-today")),
    silent=(happened(Happening.HELP_ASKED), daily(), daily(help="no")),
    cools=False,
)
def talk_asked(facts: Facts) -> Fired | None:
    """The participant asked to talk with their counselor."""
    if facts.chosen("help") == {"talk-today"}:
        return Fired({}, (without(Happening.TALK_ASKED),))
    return _happens(facts, Happening.TALK_ASKED)


@rule(
    "left-programme",
    Level.SAME_DAY,
    source=source("27"),
    firing=(happened(Happening.LEFT),),
    silent=(happened(Happening.UNREAD), daily()),
    cools=False,
)
def left_programme(facts: Facts) -> Fired | None:
    """The participant left the bot."""
    return _happens(facts, Happening.LEFT)


@rule(
    "message-unread",
    Level.SAME_DAY,
    source="house rule 5: a text that could not be handled is read by a person",
    firing=(happened(Happening.UNREAD),),
    silent=(happened(Happening.LEFT), daily()),
    cools=False,
)
def message_unread(facts: Facts) -> Fired | None:
    """A message of theirs could not be handled by the bot."""
    return _happens(facts, Happening.UNREAD)


def _words(facts: Facts, level: Level) -> Fired | None:
    words = facts.words
    if words is None or words.pages_as is not level:
        return None
    return Fired({"category": words.category}, (without("words"),))


@rule(
    "words-emergency",
    Level.EMERGENCY,
    source=source("1-3"),
    firing=(_read(Level.EMERGENCY),),
    silent=(_read(Level.URGENT), _read(Level.LOG), _read(Level.EMERGENCY, in_doubt=True)),
    version=2,
)
def words_emergency(facts: Facts) -> Fired | None:
    """Words that say a life is in danger at this moment."""
    return _words(facts, Level.EMERGENCY)


@rule(
    "words-urgent",
    Level.URGENT,
    source=source("4-6"),
    firing=(_read(Level.URGENT), _read(Level.EMERGENCY, in_doubt=True)),
    silent=(_read(Level.EMERGENCY), _read(Level.SAME_DAY), _read(Level.URGENT, in_doubt=True)),
    version=2,
)
def words_urgent(facts: Facts) -> Fired | None:
    """Words that say someone is not safe, or a reading between that and a life in danger."""
    return _words(facts, Level.URGENT)


@rule(
    "words-same-day",
    Level.SAME_DAY,
    source=source("12, 26, 27"),
    firing=(_read(Level.SAME_DAY), _read(Level.URGENT, in_doubt=True), _read(Level.SAME_DAY, in_doubt=True)),
    silent=(_read(Level.DIGEST), _read(Level.URGENT)),
    version=2,
    cools=False,
)
def words_same_day(facts: Facts) -> Fired | None:
    """Words that a counselor should hear about today, or a reading between that and someone not safe."""
    return _words(facts, Level.SAME_DAY)


@rule(
    "words-digest",
    Level.DIGEST,
    source=source("14, 19"),
    firing=(_read(Level.DIGEST), _read(Level.DIGEST, in_doubt=True)),
    silent=(_read(Level.LOG), _read(Level.SAME_DAY)),
    cools=False,
)
def words_digest(facts: Facts) -> Fired | None:
    """Words about an urge or a heavy moment: no alert, but worth asking about next time."""
    return _words(facts, Level.DIGEST)
