"""Rows of the two queues and the one row of the programme. Their times are real time, not the clock people live by.

Everything a person says or is known by is sealed; `*_key` columns are blind indexes. `*_at` is aware UTC, `*_on` a
local date.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from peerbot.db.base import Base, one_of
from peerbot.db.sealed import Sealed

_KEY = String(32)


class Programme(Base):
    """The one row of the programme: its blind index key, its bot, and when it last heard from Telegram."""

    __tablename__ = "programme"
    id: Mapped[int] = mapped_column(primary_key=True)
    index_key: Mapped[bytes] = mapped_column(LargeBinary)
    bot_json: Mapped[str | None] = mapped_column(Text)
    last_heard_at: Mapped[datetime | None]


class InboxState(StrEnum):
    OPEN = "open"
    DONE = "done"
    PARKED = "parked"


class InboxRow(Base):
    """One update as Telegram sent it. `id` is the order of arrival: update ids may jump."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        one_of("state", InboxState),
        Index(
            "ix_inbox_open",
            "chat_key",
            "id",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "ix_inbox_due", "due_at", "id", sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")
        ),
        Index("ix_inbox_open_id", "id", sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
        Index("ix_inbox_done_at", "done_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    bot_id: Mapped[int] = mapped_column(BigInteger)
    update_id: Mapped[int] = mapped_column(BigInteger)
    chat_key: Mapped[str | None] = mapped_column(_KEY)
    payload: Mapped[str | None] = mapped_column(Sealed("inbox.payload"))
    state: Mapped[str] = mapped_column(String(8), default=InboxState.OPEN)
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(String(300))
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class OutboxState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    DROPPED = "dropped"  # expired, superseded by a later edit, or its chat is gone
    PARKED = "parked"


# States as words of the statement itself: a partial index serves only a query that names its condition outright.
OPEN: ColumnElement[str] = literal_column("'open'")
PENDING: ColumnElement[str] = literal_column("'pending'")
CLAIMED: ColumnElement[str] = literal_column("'claimed'")


class OutboxRow(Base):
    """One Bot API call to make. The partial unique index keeps one call in flight per chat and kind."""

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("state", OutboxState),
        Index(
            "ix_outbox_in_flight",
            "chat_key",
            "is_crisis",
            unique=True,
            sqlite_where=text("state = 'claimed'"),
            postgresql_where=text("state = 'claimed'"),
        ),
        Index(
            "ix_outbox_pending",
            "lane",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_outbox_chat",
            "chat_key",
            "is_crisis",
            "lane",
            "id",
            sqlite_where=text("state IN ('pending', 'claimed')"),
            postgresql_where=text("state IN ('pending', 'claimed')"),
        ),
        Index(
            "ix_outbox_edit",
            "edit_key",
            sqlite_where=text("state = 'pending' AND edit_key IS NOT NULL"),
            postgresql_where=text("state = 'pending' AND edit_key IS NOT NULL"),
        ),
        Index("ix_outbox_settled_at", "settled_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    lane: Mapped[int]
    is_crisis: Mapped[bool] = mapped_column(Boolean)
    chat_key: Mapped[str] = mapped_column(_KEY)
    chat: Mapped[str | None] = mapped_column(Sealed("outbox.chat"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    method: Mapped[str] = mapped_column(String(40))
    payload: Mapped[str | None] = mapped_column(Sealed("outbox.payload"))
    then: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column(comment="the row that `then` is about")
    edit_key: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(8), default=OutboxState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    doubtful: Mapped[int] = mapped_column(default=0, comment="sends that Telegram may have accepted unseen")
    failure: Mapped[str | None] = mapped_column(String(120))
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
