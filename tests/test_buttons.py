"""Buttons: what is packed reads back, and nothing else is taken for one of ours."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot import buttons
from peerbot.buttons import AlertAct, AnswerTap, BadButtonError, Button, Consented, DialogChoice, HelpNow

KINDS = [kind for kind in vars(buttons).values() if isinstance(kind, type) and issubclass(kind, Button)][1:]


@given(
    check_in=st.integers(-buttons.LARGEST, buttons.LARGEST),
    value=st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", max_size=20),
)
def test_any_answer_reads_back_as_it_was_packed(check_in: int, value: str) -> None:
    button = AnswerTap(check_in, "use", value)

    assert AnswerTap.unpack(button.pack()) == button


@given(data=st.text(max_size=64))
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_whatever_is_pressed_is_read_exactly_or_refused(kind: type[Button], data: str) -> None:
    try:
        read = kind.unpack(data)
    except BadButtonError:
        return
    assert kind.unpack(read.pack()) == read


FORGED = """
    al al:1 al:1:ack:more al:one:ack al::ack al:²:ack al:٣:ack al:--1:ack al:1.0:ack AL:1:ack al:0x1:ack al:-:ack
    al:2147483648:ack al:-2147483648:ack al:999999999999999999:ack
""".split()


@pytest.mark.parametrize("data", ["", "al: 1:ack", *FORGED])
def test_a_forged_button_is_refused(data: str) -> None:
    with pytest.raises(BadButtonError):
        AlertAct.unpack(data)


def test_a_button_without_values_never_grows_old() -> None:
    assert HelpNow().pack() == "help"
    assert HelpNow.unpack("help") == HelpNow()
    with pytest.raises(BadButtonError):
        HelpNow.unpack("help:1")


def test_a_button_too_long_for_telegram_or_with_the_separator_is_never_made() -> None:
    with pytest.raises(ValueError, match="more than 64 bytes"):
        Consented("c" * 60, "es").pack()
    with pytest.raises(ValueError, match="more than 64 bytes"):
        DialogChoice("zone", "ñ" * 31).pack()
    with pytest.raises(ValueError, match="holds ':'"):
        DialogChoice("zone", "a:b").pack()


def test_the_longest_numbers_of_a_database_still_fit() -> None:
    for kind in KINDS:
        if all(field.type is int for field in fields(kind)):
            assert len(kind(*[buttons.LARGEST] * len(fields(kind))).pack()) <= buttons.LIMIT


def test_keyboards_are_what_telegram_takes() -> None:
    assert buttons.inline([("Yes", HelpNow())], []) == {"inline_keyboard": [[{"text": "Yes", "callback_data": "help"}]]}
    keys = buttons.reply_keyboard(["Check in", "Tip"], ["I need help now"])
    assert keys["keyboard"] == [[{"text": "Check in"}, {"text": "Tip"}], [{"text": "I need help now"}]]
    assert keys["is_persistent"] is True
