"""Logs: static events and machine words only; no person's words, no token, no foreign message."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from peerbot import log

CANARY = "zanzibar-quokka"


@pytest.fixture
def lines() -> Iterator[StringIO]:
    stream = StringIO()
    log.configure(stream, level=logging.DEBUG)
    yield stream
    log.configure()


def test_a_line_names_its_event_level_and_place(lines: StringIO) -> None:
    log.get("sender").info("claims_freed", count=3)

    said = lines.getvalue()
    assert "event='claims_freed'" in said
    assert "level='info'" in said
    assert "where='sender'" in said
    assert "count=3" in said


def test_a_key_nobody_allowed_is_dropped_and_its_name_told(lines: StringIO) -> None:
    log.get("x").warning("odd", alias=CANARY, chat_id=7, alert=2)

    said = lines.getvalue()
    assert CANARY not in said
    assert "hidden keys: alias,chat_id" in said
    assert "alert=2" in said


@pytest.mark.parametrize("value", [[CANARY], {CANARY: 1}, ValueError(CANARY), object()])
def test_a_value_that_is_no_plain_word_is_named_by_its_type(lines: StringIO, value: object) -> None:
    log.get("x").error("odd", reason=value)

    assert CANARY not in lines.getvalue()
    assert f"reason='{type(value).__name__}'" in lines.getvalue()


def test_a_very_long_word_is_cut(lines: StringIO) -> None:
    log.get("x").info("odd", reason="a" * 5000)

    assert len(lines.getvalue()) < 600


def test_a_token_is_hidden_wherever_it_stands() -> None:
    token = "123456789:AAaaBBbbCCccDDddEEeeFFffGGgg"

    assert log.scrub(f"GET /bot{token}/getMe") != f"GET /bot{token}/getMe"
    assert "AAaaBB" not in log.scrub(f"GET /bot{token}/getMe")
    assert "AAaaBB" not in log.scrub(token.replace(":", "%3A"))
    assert log.scrub("12:30 is a time") == "12:30 is a time"


@pytest.mark.parametrize("name", ["httpx", "telegram.ext", "sqlalchemy.engine", "someone.else"])
def test_other_libraries_may_say_that_something_happened_but_not_what(lines: StringIO, name: str) -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger(name).exception("it failed for %s", CANARY)
    logging.getLogger(name).info(CANARY)

    assert CANARY not in lines.getvalue()
    assert lines.getvalue().count("foreign_log") == 1
    assert "error=ValueError" in lines.getvalue()


def test_an_error_is_described_by_its_class_and_cause() -> None:
    error = ValueError(CANARY)
    error.__cause__ = KeyError(CANARY)

    assert log.describe(error) == "ValueError from KeyError"
    assert log.describe(KeyError(CANARY)) == "KeyError"
    assert log.frames(error) == ""


def test_frames_name_only_our_own_code() -> None:
    with pytest.raises(TypeError) as raised:
        log.scrub(None)  # type: ignore[arg-type]

    assert log.frames(raised.value).startswith("log.py:")
    assert log.frames(raised.value).endswith("scrub")
