"""Rows of check-ins: rhythms, schedules, what was asked, what was answered.

Everything a person says or is known by is sealed; `*_key` columns are blind indexes. `*_at` is aware UTC, `*_on` a
local date.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from peerbot.db.base import Base, one_of
from peerbot.db.sealed import Sealed


class Rhythm(Base):
    """How one participant is asked: when their day ends, quiet hours, phase, pause, and what the questions assume.

    Missing until something is set; the defaults then hold. `medication`, `opioid` and `safety_plan` are the facts that
    questions may depend on; a carer sets them.
    """

    __tablename__ = "rhythms"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.person_id"), primary_key=True)
    day_ends: Mapped[str] = mapped_column(String(5), default="03:00")
    quiet_from: Mapped[str | None] = mapped_column(String(5))
    quiet_until: Mapped[str | None] = mapped_column(String(5))
    phase: Mapped[str] = mapped_column(String(12), default="early")
    paused_until: Mapped[date | None] = mapped_column(comment="the first day that is asked again")
    medication: Mapped[bool] = mapped_column(default=False)
    opioid: Mapped[bool] = mapped_column(default=False)
    safety_plan: Mapped[bool] = mapped_column(default=False)
    sober_since: Mapped[str | None] = mapped_column(Sealed("rhythms.sober_since"))
    sober_said_on: Mapped[date | None]


class Schedule(Base):
    """When one participant is next asked one questionnaire; `due_at` is computed ahead, so a tick reads an index.

    Asked on `weekdays` (0 is Monday) of every `every_weeks`-th week, counted from the week of `counted_from`. `set_by`
    is the carer who decided it; empty where it is the programme's way or the person's own.
    """

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
    every_weeks: Mapped[int] = mapped_column(default=1, server_default="1")
    counted_from: Mapped[date | None]
    set_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime | None]
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


class Cause(StrEnum):
    """Why a check-in was opened."""

    SCHEDULE = "schedule"
    OWN = "own"
    CARER = "carer"
    FOLLOW_UP = "follow-up"


class CheckIn(Base):
    """One questionnaire put to one participant on one of their days.

    `at_question` is set while the bubble stands at another question than the next unanswered one: after a step back, or
    while several options are being chosen. `remind_at` is when it is brought up once more, `answer_by` when an
    unanswered follow-up becomes a finding; both are emptied once done.
    """

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
        Index(
            "ix_check_ins_open",
            "participant_id",
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        Index(
            "ix_check_ins_remind_at",
            "remind_at",
            sqlite_where=text("remind_at IS NOT NULL"),
            postgresql_where=text("remind_at IS NOT NULL"),
        ),
        Index(
            "ix_check_ins_answer_by",
            "answer_by",
            sqlite_where=text("answer_by IS NOT NULL"),
            postgresql_where=text("answer_by IS NOT NULL"),
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
    cause: Mapped[str] = mapped_column(String(10), default=Cause.SCHEDULE, server_default=Cause.SCHEDULE.value)
    at_question: Mapped[str | None] = mapped_column(String(40))
    touched_at: Mapped[datetime | None] = mapped_column(comment="when it was last sent, tapped or typed into")
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    snoozed_at: Mapped[datetime | None]
    late_at: Mapped[datetime | None] = mapped_column(comment="a first answer from here on is late")
    late: Mapped[bool] = mapped_column(default=False, server_default=false())
    answer_by: Mapped[datetime | None]
    overdose_card_at: Mapped[datetime | None]


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


class PlanChange(Base):
    """One change a carer made to what a participant is asked: what, to which value, by whom, when and why."""

    __tablename__ = "plan_changes"
    __table_args__ = (Index("ix_plan_changes_participant_id", "participant_id", "changed_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.person_id"))
    what: Mapped[str] = mapped_column(String(8))
    value: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(String(8))
    changed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]


class ChipState(StrEnum):
    CHECKING = "checking"  # Telegram is being asked whether the person is in the group
    POSTING = "posting"
    POSTED = "posted"
    GOING = "going"
    GONE = "gone"


class SharedChip(Base):
    """One chip shared with one group by its owner's own tap; `bubble_id` is the owner's message that tells about it."""

    __tablename__ = "shared_chips"
    __table_args__ = (UniqueConstraint("person_id", "group_id", "chip"), one_of("state", ChipState))
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    chip: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(8), default=ChipState.CHECKING)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    bubble_id: Mapped[int | None] = mapped_column(BigInteger)
    asked_at: Mapped[datetime]
