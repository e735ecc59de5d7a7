"""Keyboards as they arrive: read, checked, refused with the official texts. Who sees them is decided in hub.py."""

import inspect
import json
from functools import cache
from urllib.parse import urlsplit

import telegram

from peerbot.simulator.errors import bad_request
from peerbot.simulator.parameters import Parameters
from peerbot.simulator.world import Button, Json, Markup, Rows

BUTTON_LIMITS = {"inline_keyboard": 100, "keyboard": 300}  # as clients show them; the server's own figure is not known
DATA_LIMIT = 64  # bytes of UTF-8
_DOES_SOMETHING = (
    "callback_data",
    "url",
    "login_url",
    "web_app",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_MARKUPS = {
    "inline_keyboard": "InlineKeyboardMarkup",
    "keyboard": "ReplyKeyboardMarkup",
    "remove_keyboard": "ReplyKeyboardRemove",
    "force_reply": "ForceReply",
}


@cache
def _fields(name: str) -> frozenset[str]:
    """The fields python-telegram-bot knows for a type; two of them are set by its classes themselves."""
    known = inspect.signature(getattr(telegram, name)).parameters
    return frozenset(known) - {"api_kwargs"} | {"remove_keyboard", "force_reply"}


def read(parameters: Parameters) -> Markup | None:
    """The reply_markup of a call, or None when there is none."""
    raw = parameters.text("reply_markup")
    if not raw:
        return None
    try:
        content = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(content, dict):
        raise bad_request("object expected as reply markup")
    for name, kind in _MARKUPS.items():
        if name in content:
            _check_fields(parameters, kind, content)
            return _markup(parameters, content, name)
    return None


def read_inline(parameters: Parameters) -> Markup | None:
    """The reply_markup of an edit, which can only be inline; an empty keyboard is none."""
    found = read(parameters)
    if found is not None and found.orders_keyboard:
        raise bad_request("inline keyboard expected")
    return found if found is not None and found.inline else None


def _markup(parameters: Parameters, content: Json, name: str) -> Markup | None:
    selective = content.get("selective") is True
    if name == "inline_keyboard":
        rows = _rows(parameters, content, name, "InlineKeyboardButton")
        for button in (button for row in rows for button in row):
            _check_inline(button)
        return Markup(inline=rows) if rows else None
    if name == "keyboard":
        rows = _rows(parameters, content, name, "KeyboardButton")
        return Markup(
            keyboard=rows,
            one_time=content.get("one_time_keyboard") is True,
            persistent=content.get("is_persistent") is True,
            selective=selective,
        )
    if content[name] is not True:
        return None
    return Markup(removes=name == "remove_keyboard", forces=name == "force_reply", selective=selective)


def _rows(parameters: Parameters, content: Json, name: str, kind: str) -> Rows:
    rows = content[name]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'can\'t parse reply markup: field "{name}" must be an Array of Arrays')
    found = tuple(tuple(_button(parameters, button, kind) for button in row) for row in rows if row)
    if sum(len(row) for row in found) > BUTTON_LIMITS[name]:
        raise bad_request("reply markup is too long")
    return found


def _button(parameters: Parameters, raw: object, kind: str) -> Button:
    if isinstance(raw, str) and kind == "KeyboardButton":
        raw = {"text": raw}
    if not isinstance(raw, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    _check_fields(parameters, kind, raw)
    text, data, url = raw.get("text"), raw.get("callback_data"), raw.get("url")
    if not isinstance(text, str) or not text.strip():
        raise bad_request("keyboard button text must be non-empty")
    return Button(text, data if isinstance(data, str) else None, url if isinstance(url, str) else None, raw)


def _check_inline(button: Button) -> None:
    if not any(name in button.raw for name in _DOES_SOMETHING):
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if "callback_data" in button.raw and not (button.data and len(button.data.encode()) <= DATA_LIMIT):
        raise bad_request("BUTTON_DATA_INVALID")
    if button.url is not None:
        parts = urlsplit(button.url)
        if parts.scheme not in {"http", "https", "tg"} or not parts.netloc:
            raise bad_request(f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL")


def _check_fields(parameters: Parameters, kind: str, raw: Json) -> None:
    unknown = sorted(set(raw) - _fields(kind))
    if unknown:
        parameters.complain(f"{kind} has no field {', '.join(unknown)}")
        raise bad_request(f"{kind} has no field {', '.join(unknown)}")
