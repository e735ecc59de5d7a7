"""The Bot API's names, read from python-telegram-bot's own methods: it covers Bot API 10.0, so it is the schema.

Only names are checked here. Values are the methods' business.
"""

import inspect
from functools import cache

import telegram

# Arguments that python-telegram-bot adds for convenience or for itself; they never travel.
NOT_ON_THE_WIRE = frozenset(
    {
        "self",
        "read_timeout",
        "write_timeout",
        "connect_timeout",
        "pool_timeout",
        "api_kwargs",
        "reply_to_message_id",
        "allow_sending_without_reply",
        "disable_web_page_preview",
        "filename",
        "current_offset",
        "auto_pagination",
    }
)


@cache
def schema() -> dict[str, frozenset[str]]:
    """Every method of the Bot API, lower case and without underscores, with the parameters it takes."""
    found: dict[str, frozenset[str]] = {}
    for name, method in inspect.getmembers(telegram.Bot, inspect.iscoroutinefunction):
        if not name.startswith("_") and name == name.lower():
            found[name.replace("_", "")] = frozenset(inspect.signature(method).parameters) - NOT_ON_THE_WIRE
    return found


def unknown_parameters(method: str, names: set[str]) -> list[str]:
    """Which of these parameters the method does not have; `method` is known and lower case."""
    return sorted(names - schema()[method])
