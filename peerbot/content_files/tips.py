"""Reads content/tips into care types. Which tip is chosen is care/tips; the words are content."""

from pathlib import Path

from peerbot.care.tips import CATEGORIES, LONGEST, TAGS, TONES, Tip
from peerbot.content_files import CONTENT, ContentError
from peerbot.content_files.crisis_lines import LOCALES, Entry, entries


def load_tips(folder: Path = CONTENT / "tips") -> tuple[Tip, ...]:
    """Every tip, in the order of the files. Raises ContentError for a mistake.

    At least one tip must fit anybody on any day (general, not cheerful), so that a choice never comes back empty.
    """
    tips = tuple(_tip(entry) for entry in entries(folder, "tip"))
    if not any("general" in tip.tags and tip.tone != "cheerful" and "opioid" not in tip.tags for tip in tips):
        raise ContentError(folder.name, "the folder", "no general tip that is not cheerful, for a dark day")
    return tips


def _tip(entry: Entry) -> Tip:
    entry.only(*Tip.__slots__)
    text, do = entry.both("text", at_most=LONGEST), entry.both("do", at_most=LONGEST)
    for locale in LOCALES:
        if (length := len(text[locale]) + 1 + len(do[locale])) > LONGEST:
            raise entry.wrong(f"text and do together have {length} characters in {locale}, at most {LONGEST} fit")
    return Tip(
        id=entry.id,
        category=entry.one_of("category", CATEGORIES),
        tags=frozenset(entry.several("tags", among=TAGS)),
        tone=entry.one_of("tone", TONES),
        text=text,
        do=do,
        source=entry.words("source"),
    )
