"""Rows of check-ins: schedules, what was asked, what was answered.

Everything a person says or is known by is sealed; `*_key` columns are blind indexes. `*_at` is aware UTC, `*_on` a
local date.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from peerbot.db.base import Base, one_of
from peerbot.db.sealed import Sealed


class Schedule(Base):
    """When one participant is next asked one questionnaire; `due_at` is computed ahead, so a tick reads an index."""

    __tablename__ = "schedules"
    __table_args__ = (
        UniqueConstraint("participant_id", "questionnaire"),
        Index("ix_schedules_due_at", "due_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.person_id"))
    questionnaire: Mapped[str] = mapped_column(String(40))
    local_time: Mapped[str] = mapped_column(String(5))
    weekdays: Mapped[str] = mapped_column(String(7), default="0123456")
    due_on: Mapped[date | None]
    due_at: Mapped[datetime | None]


class CheckInState(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    CLOSED = "closed"


class Silence(StrEnum):
    NOT_SENT = "not-sent"
    UNREACHABLE = "unreachable"
    UNANSWERED = "unanswered"


class CheckIn(Base):
    """One questionnaire put to one participant on one of their days."""

    __tablename__ = "check_ins"
    __table_args__ = (
        UniqueConstraint("participant_id", "questionnaire", "local_on"),
        one_of("state", CheckInState),
        Index(
            "ix_check_ins_closing",
            "closes_at",
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.person_id"))
    questionnaire: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    local_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default=CheckInState.OPEN)
    silence: Mapped[str | None] = mapped_column(String(12))
    level: Mapped[int] = mapped_column(default=0, comment="the highest level found in it so far")
    opened_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    closes_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(BigInteger)


class Answer(Base):
    """One answer, saved when tapped. A corrected one stays, with the moment it was replaced."""

    __tablename__ = "answers"
    __table_args__ = (
        Index(
            "ix_answers_current",
            "check_in_id",
            "question",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_ins.id"))
    question: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(Sealed("answers.value"))
    answered_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
