"""The crisis card: whom to call now. It depends on nothing but content, and its numbers are plain, tappable text."""

from collections.abc import Sequence

from peerbot.buttons import HelpNow, ShowCard, inline
from peerbot.care.crisis import CrisisLine
from peerbot.outgoing import Lane, Outgoing
from peerbot.texts import Texts


def lines_of(card: Sequence[CrisisLine], texts: Texts, locale: str) -> str:
    """The lines of a card, one paragraph each."""
    return "\n".join(texts.say(locale, "crisis-line", name=line.named(locale), what=line.says(locale)) for line in card)


def card(texts: Texts, locale: str, lines: Sequence[CrisisLine], *, told: str | None) -> Outgoing:
    """The full card. `told` says who of the team has been told, and is given only once that is a row."""
    parts = [texts.say(locale, "crisis-head"), lines_of(lines, texts, locale)]
    parts.append(texts.say(locale, "crisis-told", who=told) if told else texts.say(locale, "crisis-nobody-told"))
    parts.append(texts.say(locale, "not-watched"))
    return Outgoing("\n\n".join(parts), lane=Lane.CRISIS)


def overdose_card(texts: Texts, locale: str, lines: Sequence[CrisisLine]) -> Outgoing:
    """After opioids or something unknown: what lowers the danger of an overdose, and whom to call."""
    parts = [texts.say(locale, "overdose-card"), lines_of(lines, texts, locale), texts.say(locale, "not-watched")]
    return Outgoing("\n\n".join(parts), lane=Lane.CRISIS)


def offer(texts: Texts, locale: str) -> tuple[str, ShowCard]:
    """The button that shows the card to someone who may want it."""
    return texts.plain(locale, "button-card"), ShowCard()


def noted(texts: Texts, locale: str, *, who: str) -> Outgoing:
    """Below SAME_DAY: what was noted and for whom, and how to reach a person; offers the card."""
    return Outgoing(texts.say(locale, "words-noted", who=who), keyboard=inline([offer(texts, locale)]))


def warm_reply(texts: Texts, locale: str, *, who: str) -> Outgoing:
    """Below URGENT: who reads this and when, and one line that offers the card."""
    text = f"{texts.say(locale, 'told-today', who=who)}\n{texts.say(locale, 'card-offer')}"
    return Outgoing(text, keyboard=inline([offer(texts, locale)], [(texts.plain(locale, "button-help"), HelpNow())]))
