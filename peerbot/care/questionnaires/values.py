"""Whether a value can be an answer to a question. How typed words become a value lives in words.py."""

import re
from collections.abc import Collection

from peerbot.care.questionnaires.model import SKIPPED, InvalidAnswer, Kind, Question, Value

UNKNOWN_OPTION = "unknown-option"
OUT_OF_RANGE = "out-of-range"
TOO_LONG = "too-long"
EMPTY = "empty"
NOT_SKIPPABLE = "not-skippable"
WRONG_KIND = "wrong-kind"
NOT_A_TIME = "not-a-time"

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


def check_value(question: Question, value: object) -> Value:
    """Return the value as it is kept (a list becomes a tuple in option order), or raise InvalidAnswer(reason)."""
    if value == SKIPPED:
        if question.skippable:
            return SKIPPED
        if question.kind is not Kind.TEXT:
            raise InvalidAnswer(NOT_SKIPPABLE)
    match question.kind:
        case Kind.SCALE | Kind.DAYS:
            return _number(question, value)
        case Kind.CHOICE | Kind.YESNO:
            if not isinstance(value, str):
                raise InvalidAnswer(WRONG_KIND)
            return _known(question, value)
        case Kind.SEVERAL:
            return _several(question, value)
        case Kind.TIME:
            if not isinstance(value, str) or not _TIME.fullmatch(value):
                raise InvalidAnswer(NOT_A_TIME)
            return value
        case Kind.TEXT:
            return _text(question, value)


def _number(question: Question, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidAnswer(WRONG_KIND)
    if not question.low <= value <= question.high:
        raise InvalidAnswer(OUT_OF_RANGE)
    return value


def _known(question: Question, value: str) -> str:
    if question.option(value) is None:
        raise InvalidAnswer(UNKNOWN_OPTION)
    return value


def _several(question: Question, value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Collection):
        raise InvalidAnswer(WRONG_KIND)
    chosen = {_known(question, item) if isinstance(item, str) else "" for item in value}
    if "" in chosen:
        raise InvalidAnswer(WRONG_KIND)
    return tuple(option.id for option in question.options if option.id in chosen)


def _text(question: Question, value: object) -> str:
    if not isinstance(value, str):
        raise InvalidAnswer(WRONG_KIND)
    if len(value) > question.max_length:
        raise InvalidAnswer(TOO_LONG)
    if not value.strip():
        raise InvalidAnswer(EMPTY)
    return value
