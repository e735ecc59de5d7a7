"""Folds every character to a plain small letter where it looks like one, one for one, so that positions stay true.

Accents, full-width and mathematical letters, Cyrillic and Greek look-alikes. What a word means lives in `spelling`.
"""

import unicodedata

GLUE = "\x01"  # stands for what is written but not read: accents on their own, zero-width and direction marks
_LOOKALIKES = dict(
    zip(
        "авекмнорстухіјѕԁһԛԝьαβεικνορτυχωɑɡıłøđħŀƅ†¥€£ᴀʙᴄᴅᴇꜰғɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ",
        "abekmhopctyxijsdhqwbabeikvoptuxwagilodhlbtyelabcdeffghijklmnopqrstuvwyz",
        strict=True,
    )
)
_PUNCTUATION = {
    **dict.fromkeys("’‘ʼ`´′＇", "'"),
    **dict.fromkeys("“”„«»″‟＂", '"'),
    **dict.fromkeys("–—―‐‑−", "-"),
    **dict.fromkeys("…。．｡¡", "."),
    **dict.fromkeys("？¿؟", "?"),
    **dict.fromkeys("，、؛；：", ","),
    "！": "!",
}
_SKIPPED = {"Mn", "Me", "Cf"}


class _Folding(dict[int, str]):
    """Maps a code point to one character; learns each once (a bounded memory of letters, never of words)."""

    def __missing__(self, point: int) -> str:
        folded = _fold(chr(point))
        if len(self) < 20_000:
            self[point] = folded
        return folded


def _fold(char: str) -> str:
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    if 0x1F130 <= ord(char) <= 0x1F189:  # letters in squares and circles have no decomposition
        return chr(ord("a") + (ord(char) - 0x1F130) % 32 % 26)
    if unicodedata.category(char) in _SKIPPED:
        return GLUE
    base = unicodedata.normalize("NFKD", char)[:1].lower()[:1]
    return _LOOKALIKES.get(base, base) or char


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text in plain small letters, with exactly as many characters as before."""
    if text.isascii():
        return text.lower()
    return text.translate(_FOLDING)
