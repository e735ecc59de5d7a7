"""Rows of risk: findings, alerts, notices and the history of each alert.

Everything a person says or is known by is sealed; `*_key` columns are blind indexes. `*_at` is aware UTC, `*_on` a
local date.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from peerbot.db.base import Base, one_of
from peerbot.db.sealed import Sealed


class AlertState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Outcome(StrEnum):
    REACHED = "reached"
    NOT_REACHED = "not-reached"
    HANDED_OVER = "handed-over"


class Feedback(StrEnum):
    """What the carer who closed an alert says of it; it counts for every rule that fired in it."""

    USEFUL = "useful"
    FALSE_ALARM = "false-alarm"
    KNOWN = "known"


class Alert(Base):
    """One case, at most one open per participant. It rises, is acknowledged, is closed with an outcome."""

    __tablename__ = "alerts"
    __table_args__ = (
        one_of("state", AlertState),
        Index(
            "ix_alerts_one_open",
            "participant_id",
            unique=True,
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        Index("ix_alerts_next_page_at", "next_page_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.person_id"))
    level: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12), default=AlertState.OPEN)
    steps: Mapped[str] = mapped_column(Text, comment="the escalation policy as it was when the alert opened, JSON")
    step: Mapped[int] = mapped_column(default=0)
    round: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime]
    next_page_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str | None] = mapped_column(String(12))
    feedback: Mapped[str | None] = mapped_column(String(12))


class Finding(Base):
    """What a risk rule said about the facts. `source_key` makes the same fact found twice one finding.

    `silent_if` are the single changes that would have kept the rule silent, JSON. `cooled`: the same rule had fired for
    the same person within 24 hours, so this one opened no alert.
    """

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("source_key", "rule"),
        Index("ix_findings_alert_id", "alert_id"),
        Index("ix_findings_participant_id", "participant_id", "found_at"),
        Index("ix_findings_found_at", "found_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.person_id"))
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alerts.id"))
    rule: Mapped[str] = mapped_column(String(40))
    rule_version: Mapped[int] = mapped_column(default=1)
    level: Mapped[int]
    inputs: Mapped[str] = mapped_column(Sealed("findings.inputs"))
    source_key: Mapped[str] = mapped_column(String(80))
    found_at: Mapped[datetime]
    silent_if: Mapped[str | None] = mapped_column(Sealed("findings.silent_if"))
    cooled: Mapped[bool] = mapped_column(default=False, server_default=false())


class Notice(Base):
    """One message to one member of staff about an alert: the proof of telling."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("alert_id", "step", "round", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"))
    step: Mapped[int]
    round: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    failure: Mapped[str | None] = mapped_column(String(40))


class AlertEvent(Base):
    """One line of an alert's history: opened, paged, step skipped, closed. Answers 'why was nobody called'."""

    __tablename__ = "alert_events"
    __table_args__ = (Index("ix_alert_events_alert_id", "alert_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"))
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    detail: Mapped[str | None] = mapped_column(String(80))
