"""Logging: static event names, values from an allow-list of keys, nothing a person said, no secret.

Events are logged as `log.info("alert_opened", alert=7)`. A key outside ALLOWED is dropped and its name reported, so
that a careless line loses a value rather than leaking one. Exception messages of other libraries are never logged: only
the class and the frames of our own code.
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

ALLOWED = frozenset(
    """
    alert attempt attempts bot_id check_in count database dialect due error event expired fault frames group inbox
    invite kind lane level level_name logger mode ms notice outbox outcome parked port reason replica role round rule
    seconds service signal state step survey tick timestamp tip topic version wait where
    """.split()
)
QUIET = ("httpx", "httpcore", "telegram", "aiosqlite", "apscheduler", "sqlalchemy", "asyncio", "alembic", "uvicorn")
_TOKEN = re.compile(r"\d{3,12}(?::|%3A)[A-Za-z0-9_-]{20,}")  # in an address it follows "bot" without a gap
_PACKAGE = str(Path(__file__).parent)

Event = MutableMapping[str, Any]


def scrub(text: str) -> str:
    """Hides anything shaped like a bot token."""
    return _TOKEN.sub("[token]", text)


def _keep_allowed(_logger: object, _method: str, event: Event) -> Event:
    hidden = sorted(key for key in event if key not in ALLOWED and not key.startswith("_"))
    for key in hidden:
        del event[key]
    if hidden:
        event["error"] = f"hidden keys: {','.join(hidden)}"
    return event


def _plain(_logger: object, _method: str, event: Event) -> Event:
    """Values are numbers, booleans or short machine words; anything else is named by its type."""
    for key, value in event.items():
        if key.startswith("_") or isinstance(value, int | float | None):
            continue
        event[key] = scrub(str(value))[:300] if isinstance(value, str) else type(value).__name__
    return event


def frames(error: BaseException) -> str:
    """Where our own code stood when `error` was raised: `file:line function`, newest last; never a message."""
    spots = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(_PACKAGE)
    ]
    return " > ".join(spots[-6:])


def describe(error: BaseException) -> str:
    """The class of an error and of its cause: what may be said about a foreign exception."""
    cause = error.__cause__
    name = type(error).__name__
    return f"{name} from {type(cause).__name__}" if cause is not None else name


class _ForeignFormatter(logging.Formatter):
    """Other libraries' lines: their name and level only; their words may hold a person's."""

    def format(self, record: logging.LogRecord) -> str:
        failure = f" error={record.exc_info[0].__name__}" if record.exc_info and record.exc_info[0] else ""
        return f"event=foreign_log logger={record.name} level={record.levelname.lower()}{failure}"


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Sets up logging for the process; called once by the command line."""
    target = stream or sys.stderr
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            _keep_allowed,
            _plain,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(target),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    handler = logging.StreamHandler(target)
    handler.setFormatter(_ForeignFormatter())
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def get(where: str) -> structlog.typing.FilteringBoundLogger:
    """A logger that names its module on every line."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(where=where)
    return logger
