"""Chips: the page only their owner sees, and what a group sees of one that was shared."""

from collections.abc import Sequence

from peerbot.buttons import ChipShare, DialogChoice, inline
from peerbot.care.sobriety import Milestone, SoberDays, milestones_reached, next_milestone
from peerbot.messages.progress import chip_name, sober_line
from peerbot.outgoing import Outgoing
from peerbot.texts import Texts

OFFERED = 3
"""The newest chips that can be shared; older ones have had their day."""
TOLD = ("kept", "on-its-way", "posted", "not-inside", "not-posted", "back", "stays")
"""How it can stand with a chip, as its owner is told."""


def milestones(texts: Texts, locale: str, days: SoberDays) -> Outgoing:
    """Every chip a person has, which no lapse takes away, and the next one; a button to share each of the newest."""
    chips = milestones_reached(0, days.best_run)
    earned = [f"🏅 {chip_name(texts, locale, chip)}" for chip in chips]
    ahead = next_milestone(days.current_run)
    parts = [
        texts.say(locale, "milestones-head"),
        "\n".join(earned) or texts.say(locale, "milestones-none"),
        sober_line(texts, locale, days),
        texts.say(locale, "milestones-next", chip=chip_name(texts, locale, ahead), days=ahead.days - days.current_run),
        texts.say(locale, "milestones-private"),
    ]
    rows: list[list[tuple[str, ChipShare | DialogChoice]]] = [
        [(texts.plain(locale, "chip-button-share", chip=chip_name(texts, locale, chip)), share_of(chip, 0, "choose"))]
        for chip in chips[-OFFERED:][::-1]
    ]
    rows.append([(texts.plain(locale, "milestones-since"), DialogChoice("menu", "sober"))])
    return Outgoing("\n\n".join(parts), keyboard=inline(*rows))


def share_of(chip: Milestone, group: int, act: str) -> ChipShare:
    """The button that does this with a chip."""
    return ChipShare(chip.name, group, act)


def post(texts: Texts, locale: str, *, name: str, chip: Milestone) -> Outgoing:
    """What the group reads."""
    return Outgoing(texts.say(locale, "chip-post", name=name, chip=chip_name(texts, locale, chip)))


def choose_group(
    texts: Texts, locale: str, *, name: str, chip: Milestone, groups: Sequence[tuple[int, str, str]]
) -> Outgoing:
    """Where shall it stand? Each group's words exactly as it would read them: number, title, locale."""
    words = {language: post(texts, language, name=name, chip=chip).text for _, _, language in groups}
    shown = "\n".join(f"<blockquote>{text}</blockquote>" for text in words.values())
    rows = [
        [(texts.plain(locale, "chip-button-post", group=title), share_of(chip, group, "post"))]
        for group, title, _ in groups
    ]
    rows.append([(texts.plain(locale, "chip-button-keep"), share_of(chip, 0, "no"))])
    return Outgoing(
        f"{texts.say(locale, 'chip-choose', chip=chip_name(texts, locale, chip))}\n\n{shown}", keyboard=inline(*rows)
    )


def told(texts: Texts, locale: str, how: str, *, chip: Milestone, group: str) -> Outgoing:
    """How it stands with a chip that was shared, without a button."""
    words = texts.say(locale, f"chip-told-{how}", chip=chip_name(texts, locale, chip), group=group)
    return Outgoing(words, keyboard=inline())


def stands(texts: Texts, locale: str, how: str, *, chip: Milestone, group: str, number: int) -> Outgoing:
    """The chip stands in the group, and can be taken back."""
    words = texts.say(locale, f"chip-told-{how}", chip=chip_name(texts, locale, chip), group=group)
    back = [(texts.plain(locale, "chip-button-back"), share_of(chip, number, "back"))]
    return Outgoing(words, keyboard=inline(back))
