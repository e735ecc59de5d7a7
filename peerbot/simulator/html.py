"""Telegram's HTML: text with tags to plain text with entities, as strictly as the official parser and with its texts.

Offsets in refusals are bytes of UTF-8, offsets of entities are UTF-16 units, as Telegram counts. Entities that Telegram
finds by itself in plain text (commands, links, mentions) are in formatting.py.
"""

import re
from dataclasses import dataclass

from peerbot.simulator.errors import bad_request
from peerbot.simulator.world import Json

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY = re.compile(r"&(?:#(\d{1,8})|#[xX]([0-9A-Fa-f]{1,8})|([a-z]+));?")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]+")


def utf16(text: str) -> int:
    """Length as Telegram counts it: characters beyond the basic plane count twice."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    start: int


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []
        self.language = ""

    def fail(self, text: str) -> Exception:
        return bad_request(f"can't parse entities: {text}")

    def byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def emit(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16(text)

    def skip_spaces(self) -> None:
        while self.peek().isspace():
            self.at += 1

    def character(self) -> str:
        """One character of text or of a quoted value; a known character reference counts as what it names."""
        if self.peek() == "&" and (match := _ENTITY.match(self.source, self.at)):
            decimal, hexadecimal, name = match.groups()
            code = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else 0
            known = NAMED.get(name or "", "") or (chr(code) if 0 < code < 0x10FFFF else "")
            if known:
                self.at = match.end()
                return known
        self.at += 1
        return self.source[self.at - 1]

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if self.peek() != "<":
                self.emit(self.character())
            elif self.source.startswith("</", self.at):
                self.close_tag()
            else:
                self.open_tag()
        if self.open:
            raise self.fail(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.out), self.entities

    def open_tag(self) -> None:
        begin = self.at
        while self.peek() and not self.peek().isspace() and self.peek() != ">":
            self.at += 1
        if not self.peek():
            raise self.fail(f"Unclosed start tag at byte offset {self.byte(begin)}")
        tag = self.source[begin + 1 : self.at].lower()
        if tag not in TAGS:
            raise self.fail(f'Unsupported start tag "{tag}" at byte offset {self.byte(begin)}')
        attributes: dict[str, str] = {}
        while True:
            self.skip_spaces()
            if self.peek() == ">":
                break
            name, value = self.attribute(tag, begin)
            attributes[name] = value
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.fail(f'Tag "span" must have class "tg-spoiler" at byte offset {self.byte(begin)}')
        self.open.append(_Open(tag, _argument(tag, attributes), self.length))

    def attribute(self, tag: str, begin: int) -> tuple[str, str]:
        start = self.at
        while self.peek() and not self.peek().isspace() and self.peek() not in "=>":
            self.at += 1
        name = self.source[start : self.at].lower()
        if not self.peek():
            raise self.fail(f'Unclosed start tag "{tag}" at byte offset {self.byte(begin)}')
        if not name:
            raise self.fail(f'Empty attribute name in the tag "{tag}" at byte offset {self.byte(begin)}')
        self.skip_spaces()
        if self.peek() != "=":
            return name, ""
        self.at += 1
        self.skip_spaces()
        if not self.peek():
            raise self.fail(f'Unclosed start tag "{tag}" at byte offset {self.byte(begin)}')
        return name, self.value(begin)

    def value(self, begin: int) -> str:
        quote = self.peek()
        if quote not in {"'", '"'}:
            start = self.at
            match = _TOKEN.match(self.source, self.at)
            self.at = match.end() if match else self.at
            if self.peek() and not self.peek().isspace() and self.peek() != ">":
                raise self.fail(f"Unexpected end of name token at byte offset {self.byte(start)}")
            found = self.source[start : self.at].lower()
        else:
            self.at += 1
            parts: list[str] = []
            while self.peek() and self.peek() != quote:
                parts.append(self.character())
            found = "".join(parts)
            self.at += 1
        if not self.peek():
            raise self.fail(f"Unclosed start tag at byte offset {self.byte(begin)}")
        return found

    def close_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self.fail(f"Unexpected end tag at byte offset {self.byte(begin)}")
        self.at += 2
        while self.peek() and not self.peek().isspace() and self.peek() != ">":
            self.at += 1
        found = self.source[begin + 2 : self.at].lower()
        self.skip_spaces()
        if self.peek() != ">":
            raise self.fail(f"Unclosed end tag at byte offset {self.byte(begin)}")
        expected = self.open[-1].tag
        if found not in {"", expected}:
            where = f"at byte offset {self.byte(begin)}"
            raise self.fail(f'Unmatched end tag {where}, expected "</{expected}>", found "</{found}>"')
        self.at += 1
        self.finish(self.open.pop())

    def finish(self, opened: _Open) -> None:
        length = self.length - opened.start
        if length == 0:
            return
        entity: Json = {"type": TAGS[opened.tag], "offset": opened.start, "length": length}
        if opened.tag == "a":
            url = opened.argument or "".join(self.out)[-length:]
            if "." not in url and ":" not in url:
                return
            entity["url"] = url
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "code":
            self.language = opened.argument
        elif opened.tag == "pre" and self.entities and self.entities[-1] == entity | {"type": "code"}:
            self.entities.pop()  # code right inside pre is one entity, which knows the language
            entity |= {"language": self.language} if self.language else {}
        self.entities.append(entity)


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "a":
        return attributes.get("href", "")
    if tag == "tg-emoji":
        return attributes.get("emoji-id", "")
    if tag == "blockquote":
        return "expandable" if "expandable" in attributes else ""
    return attributes.get("class", "").removeprefix("language-") if tag == "code" else ""


def parse(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities, or a 400 "can't parse entities: ...", as the official server words it."""
    return _Reader(source).read()
