"""The outcome table: what a failure of the Bot API means for an outbox row. Pure but for the exception types.

Facts: telegram.md, section 5. `BadRequest` is a subclass of `NetworkError`, so the order of the checks matters. A
failure nobody foresaw is doubtful too (twice is allowed, never is not), and it is odd: likely a mistake of our own.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

import aiohttp
import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)


class Kind(Enum):
    """What becomes of the row."""

    DONE = auto()
    COOL = auto()
    AGAIN = auto()
    DOUBT = auto()
    ODD = auto()
    UNREACHABLE = auto()
    MIGRATED = auto()
    PLAIN = auto()
    EDIT_GONE = auto()
    TOKEN = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Fate:
    """The kind, and the seconds or chat id that go with it. `note` is safe to log and keep."""

    kind: Kind
    note: str
    seconds: float = 0.0
    chat: int = 0


_HARMLESS = (
    "message is not modified",
    "message to delete not found",
    "message can't be deleted",
    "query is too old",
    "query id is invalid",
    "user_already_participant",
    "hide_requester_missing",
    "chat_not_modified",
)
_NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "bot can't initiate", "input_user_deactivated")
_EDIT_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_UNPARSABLE = ("can't parse entities", "can't find end", "unsupported start tag")
_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    # The rehearsal's Telegram stands in-process behind httpx.
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
)


def fate_of(error: BaseException) -> Fate:
    """Reads an exception of a call as the fate of its row."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            return Fate(Kind.COOL, "retry_after", seconds=seconds)
        case ChatMigrated():
            return Fate(Kind.MIGRATED, "migrated", chat=error.new_chat_id)
        case Forbidden():
            return Fate(Kind.UNREACHABLE, "forbidden")
        case InvalidToken():
            return Fate(Kind.TOKEN, "token", seconds=5.0)
        case BadRequest():
            return _bad_request(error.message.lower())
        case Conflict():
            return Fate(Kind.AGAIN, "conflict", seconds=1.0)
        case TimedOut() | NetworkError():
            if isinstance(error.__cause__, _NEVER_LEFT):
                return Fate(Kind.AGAIN, type(error.__cause__).__name__)
            if "too many requests" in error.message.lower():
                return Fate(Kind.COOL, "too_many_requests", seconds=3.0)
            return Fate(Kind.DOUBT, type(error.__cause__ or error).__name__)
        case TelegramError() | TimeoutError() | asyncio.CancelledError():
            return Fate(Kind.DOUBT, type(error).__name__)
        case _:
            return Fate(Kind.ODD, type(error).__name__)


def _bad_request(message: str) -> Fate:
    if any(text in message for text in _HARMLESS):
        return Fate(Kind.DONE, "harmless")
    if any(text in message for text in _NOBODY_THERE):
        return Fate(Kind.UNREACHABLE, "nobody_there")
    if any(text in message for text in _EDIT_GONE):
        return Fate(Kind.EDIT_GONE, "edit_gone")
    if any(text in message for text in _UNPARSABLE):
        return Fate(Kind.PLAIN, "unparsable")
    return Fate(Kind.REFUSED, "bad_request")
