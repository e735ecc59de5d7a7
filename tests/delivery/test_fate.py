"""The outcome table, on what python-telegram-bot really raises for each answer of Telegram (telegram.md, section 5)."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import RetryAfter
from telegram.request import HTTPXRequest

from peerbot.delivery.fate import Fate, Kind, fate_of
from peerbot.simulator.simulator import TEST_TOKEN

Answer = Callable[[httpx.Request], httpx.Response]


def says(code: int, description: str, **parameters: int) -> Answer:
    body = {"ok": False, "error_code": code, "description": description}
    return lambda _request: httpx.Response(code, json=body | ({"parameters": parameters} if parameters else {}))


def page(code: int, content: bytes) -> Answer:
    return lambda _request: httpx.Response(code, content=content)


def breaks(error: type[httpx.TransportError]) -> Answer:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error("broken", request=request)

    return answer


async def raised_by(answer: Answer) -> BaseException:
    """What sendMessage raises when the wire behaves like this."""
    request = HTTPXRequest(httpx_kwargs={"transport": httpx.MockTransport(answer)})
    bot = Bot(TEST_TOKEN, request=request, get_updates_request=request)
    try:
        await bot.send_message(1, "hello")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the sender would meet
        return error
    finally:
        await request.shutdown()
    raise AssertionError("the call went through")


TABLE = {
    "read timeout": (breaks(httpx.ReadTimeout), Kind.DOUBT),
    "write timeout": (breaks(httpx.WriteTimeout), Kind.DOUBT),
    "connection dropped": (breaks(httpx.RemoteProtocolError), Kind.DOUBT),
    "connection reset while reading": (breaks(httpx.ReadError), Kind.DOUBT),
    "500": (says(500, "Internal Server Error"), Kind.DOUBT),
    "502 as a page": (page(502, b"<html>Bad Gateway</html>"), Kind.DOUBT),
    "200 but not JSON": (page(200, b"<p>Welcome to the hotel network</p>"), Kind.DOUBT),
    "200 without a result": (page(200, b'{"ok": true}'), Kind.ODD),
    "connection refused": (breaks(httpx.ConnectError), Kind.AGAIN),
    "no connection in time": (breaks(httpx.ConnectTimeout), Kind.AGAIN),
    "pool exhausted": (breaks(httpx.PoolTimeout), Kind.AGAIN),
    "another poller": (says(409, "Conflict: terminated by other getUpdates request"), Kind.AGAIN),
    "429": (says(429, "Too Many Requests: retry after 7", retry_after=7), Kind.COOL),
    "429 without a time": (says(429, "Too Many Requests"), Kind.COOL),
    "blocked": (says(403, "Forbidden: bot was blocked by the user"), Kind.UNREACHABLE),
    "account gone": (says(403, "Forbidden: user is deactivated"), Kind.UNREACHABLE),
    "never started": (says(403, "Forbidden: bot can't initiate conversation with a user"), Kind.UNREACHABLE),
    "kicked": (says(403, "Forbidden: bot was kicked from the supergroup chat"), Kind.UNREACHABLE),
    "no such chat": (says(400, "Bad Request: chat not found"), Kind.UNREACHABLE),
    "no such user": (says(400, "Bad Request: PEER_ID_INVALID"), Kind.UNREACHABLE),
    "became a supergroup": (
        says(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100123),
        Kind.MIGRATED,
    ),
    "same text": (says(400, "Bad Request: message is not modified: specified new message"), Kind.DONE),
    "deleted already": (says(400, "Bad Request: message to delete not found"), Kind.DONE),
    "too old to delete": (says(400, "Bad Request: message can't be deleted for everyone"), Kind.DONE),
    "old tap": (
        says(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
        Kind.DONE,
    ),
    "already inside": (says(400, "Bad Request: USER_ALREADY_PARTICIPANT"), Kind.DONE),
    "join request gone": (says(400, "Bad Request: HIDE_REQUESTER_MISSING"), Kind.DONE),
    "doors as they were": (says(400, "Bad Request: CHAT_NOT_MODIFIED"), Kind.DONE),
    "edit of nothing": (says(400, "Bad Request: message to edit not found"), Kind.EDIT_GONE),
    "edit not allowed": (says(400, "Bad Request: message can't be edited"), Kind.EDIT_GONE),
    "bad markup": (
        says(400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
        Kind.PLAIN,
    ),
    "anything else": (says(400, "Bad Request: message text is empty"), Kind.REFUSED),
    "wrong token": (says(401, "Unauthorized"), Kind.TOKEN),
    "no such bot": (says(404, "Not Found"), Kind.TOKEN),
}


@pytest.mark.parametrize("situation", TABLE)
async def test_every_answer_of_the_wire_has_its_fate(situation: str) -> None:
    answer, kind = TABLE[situation]

    fate = fate_of(await raised_by(answer))

    assert fate.kind is kind


async def test_a_fate_carries_the_seconds_and_the_chat_that_go_with_it() -> None:
    cool = fate_of(await raised_by(TABLE["429"][0]))
    blind = fate_of(await raised_by(TABLE["429 without a time"][0]))
    moved = fate_of(await raised_by(TABLE["became a supergroup"][0]))
    token = fate_of(await raised_by(TABLE["wrong token"][0]))

    assert cool == Fate(Kind.COOL, "retry_after", seconds=7.0)
    assert blind.seconds > 0
    assert moved == Fate(Kind.MIGRATED, "migrated", chat=-100123)
    assert token.seconds > 0


def test_a_wait_given_as_a_span_of_time_is_read_too() -> None:
    assert fate_of(RetryAfter(timedelta(minutes=2))).seconds == 120.0


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (TimeoutError(), Kind.DOUBT),
        (asyncio.CancelledError(), Kind.DOUBT),
        (KeyError("result"), Kind.ODD),
        (RuntimeError("closed"), Kind.ODD),
        (TypeError("missing text"), Kind.ODD),
        (json.JSONDecodeError("", "", 0), Kind.ODD),
    ],
    ids=repr,
)
def test_what_nobody_foresaw_is_perhaps_sent_and_told_apart(error: BaseException, kind: Kind) -> None:
    assert fate_of(error) == Fate(kind, type(error).__name__)


@pytest.mark.parametrize("situation", TABLE)
async def test_no_note_repeats_words_of_telegram(situation: str) -> None:
    fate = fate_of(await raised_by(TABLE[situation][0]))

    assert " " not in fate.note
    assert fate.note
