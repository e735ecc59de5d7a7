"""Texts as Telegram keeps them: trimmed, measured, with the entities it finds by itself. Tags are read in html.py."""

import re
from collections.abc import Iterable

from peerbot.simulator import html
from peerbot.simulator.errors import bad_request
from peerbot.simulator.html import utf16
from peerbot.simulator.parameters import Parameters
from peerbot.simulator.world import Json

TEXT_LIMIT = 4096  # UTF-16 units: the stricter of the two readings; how the server counts is not verified
CAPTION_LIMIT = 1024
_TLD = "com|org|net|info|io|me|edu|gov|app|dev|co|es|mx|de|uk|ru|xyz|shop|club|link|bet|casino|online|site|store|vip|ly"
_FOUND = (
    ("url", re.compile(r"(?<![\w@])(?:https?|tg|ton)://[^\s<>\"]+", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("url", re.compile(rf"(?<![\w@./-])(?:[\w-]+\.)+(?:{_TLD})(?![\w-])(?:/[^\s<>\"]*)?", re.IGNORECASE)),
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}(?![\w@])")),
    ("hashtag", re.compile(r"(?<![\w#/])#(?=\w*[^\W\d])\w{1,256}")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d(?:[ ()-]?\d){6,14}(?!\w)")),
)
_OPAQUE = frozenset({"code", "pre", "text_link"})


def found_entities(text: str, taken: Iterable[Json] = ()) -> list[Json]:
    """Commands, links, addresses, mentions, hashtags and telephone numbers in a text, outside code and links."""
    spans = [_span(entity) for entity in taken if entity["type"] in _OPAQUE]
    found: list[Json] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            words = match.group().rstrip(".,:;!?)'") if kind == "url" else match.group()
            start = utf16(text[: match.start()])
            span = (start, start + utf16(words))
            if not any(span[0] < end and begin < span[1] for begin, end in spans):
                spans.append(span)
                found.append({"type": kind, "offset": span[0], "length": span[1] - span[0]})
    return found


def _span(entity: Json) -> tuple[int, int]:
    offset, length = entity["offset"], entity["length"]
    if not isinstance(offset, int) or not isinstance(length, int):
        raise bad_request("can't parse entities: entity offset and length must be numbers")
    return offset, offset + length


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text without white space at its ends, entities moved and cut to match."""
    shorter = text.strip()
    lead = utf16(text[: len(text) - len(text.lstrip())])
    total = utf16(shorter)
    kept: list[Json] = []
    for entity in entities:
        start, end = (min(max(place - lead, 0), total) for place in _span(entity))
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return shorter, kept


def formatted(text: str, entities: list[Json]) -> tuple[str, tuple[Json, ...]]:
    """Trimmed text with all its entities in Telegram's order: by place, the longer first."""
    text, entities = trimmed(text, entities)
    every = [*entities, *found_entities(text, entities)]
    every.sort(key=lambda entity: (_span(entity)[0], -_span(entity)[1]))
    return text, tuple(every)


def read(parameters: Parameters, name: str) -> tuple[str, tuple[Json, ...]]:
    """The text or caption parameter of a call, parsed by its parse_mode or carrying its own entities."""
    raw = parameters.text(name).replace("\r", "")
    mode = parameters.text("parse_mode").lower()
    if mode == "html":
        return formatted(*html.parse(raw))
    if mode:
        parameters.complain(f"parse_mode {mode} is not simulated: peerbot writes HTML")
        raise bad_request("unsupported parse_mode")
    given = parameters.objects("entities" if name == "text" else "caption_entities")
    return formatted(raw, given)


def message_text(parameters: Parameters) -> tuple[str, tuple[Json, ...]]:
    """The text of a message: there must be some, and not too much."""
    if not parameters.text("text"):
        raise bad_request("message text is empty")
    text, entities = read(parameters, "text")
    if not text:
        raise bad_request("text must be non-empty")
    if utf16(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, entities


def caption(parameters: Parameters) -> tuple[str, tuple[Json, ...]]:
    """The caption of a medium; none is fine, too much is not."""
    text, entities = read(parameters, "caption")
    if utf16(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text, entities


def entity_text(text: str, entity: Json) -> str:
    """The words an entity covers."""
    start, end = _span(entity)
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[start * 2 : end * 2].decode("utf-16-le", "surrogatepass")
