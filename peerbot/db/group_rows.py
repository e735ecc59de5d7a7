"""Rows of groups: the group and its chats, who belongs, what a person looks at, what was done, when it meets, its tips.

Ordinary posts leave nothing here but the times of somebody's last few, for a minute. Everything a person says or is
known by is sealed; `*_key` columns are blind indexes. `*_at` is aware UTC, `*_on` a local date.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from peerbot.db.base import Base, one_of
from peerbot.db.sealed import Sealed

_KEY = String(32)


class Group(Base):
    """A Telegram group the programme looks after. Its chat id may change (GroupChat); this row never does."""

    __tablename__ = "groups"
    __table_args__ = (
        Index("ix_groups_rights_due_at", "rights_due_at"),
        Index("ix_groups_topic_due_at", "topic_due_at"),
        Index("ix_groups_hours_due_at", "hours_due_at"),
        Index("ix_groups_sessions_due_at", "sessions_due_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Sealed("groups.title"))
    locale: Mapped[str] = mapped_column(String(5))
    zone: Mapped[str]
    is_supergroup: Mapped[bool]
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    rights: Mapped[str | None] = mapped_column(String(300), comment="what Telegram last said the bot may do, names")
    told_missing: Mapped[str | None] = mapped_column(String(300), comment="the missing rights staff know about")
    report_wanted: Mapped[bool] = mapped_column(default=False, comment="/setup waits for the list of rights")
    rights_due_at: Mapped[datetime | None]
    link: Mapped[str | None] = mapped_column(Sealed("groups.link"))
    statement_id: Mapped[int | None] = mapped_column(BigInteger, comment="the pinned not-for-emergencies message")
    topic_time: Mapped[str | None] = mapped_column(String(5))
    topic_due_on: Mapped[date | None]
    topic_due_at: Mapped[datetime | None]
    is_closed: Mapped[bool] = mapped_column(default=False, comment="as Telegram confirmed it")
    hours_due_at: Mapped[datetime | None]
    hours_failed: Mapped[bool] = mapped_column(default=False, comment="staff know that it could not be turned")
    open_permissions: Mapped[str | None] = mapped_column(Text, comment="what members could do before closing, JSON")
    sessions_due_at: Mapped[datetime | None]


class GroupChat(Base):
    """One chat id a group has or had. An upgrade adds a row; the old id still leads to the group."""

    __tablename__ = "group_chats"
    __table_args__ = (Index("ix_group_chats_group_id", "group_id"),)
    chat_key: Mapped[str] = mapped_column(_KEY, primary_key=True)
    chat: Mapped[str] = mapped_column(Sealed("group_chats.chat"))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    is_current: Mapped[bool] = mapped_column(default=True)


class GroupMember(Base):
    """Somebody in, or meant for, one group: assigned by staff, rules accepted, come in, gone."""

    __tablename__ = "group_members"
    __table_args__ = (
        UniqueConstraint("group_id", "user_key"),
        Index("ix_group_members_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    user_key: Mapped[str] = mapped_column(_KEY)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    assigned_at: Mapped[datetime | None]
    assigned_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    accepted_at: Mapped[datetime | None]
    joined_at: Mapped[datetime | None]
    lately: Mapped[str | None] = mapped_column(String(400), comment="times of the last posts, for flooding; cleared")


class RequestState(StrEnum):
    RULES = "rules"
    WAITING = "waiting"
    APPROVING = "approving"
    APPROVED = "approved"
    DECLINED = "declined"


class JoinRequest(Base):
    """Somebody knocks: they are shown the rules, or wait for staff. One row per person and group, used again."""

    __tablename__ = "join_requests"
    __table_args__ = (UniqueConstraint("group_id", "user_key"), one_of("state", RequestState))
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    user_key: Mapped[str] = mapped_column(_KEY)
    user: Mapped[str] = mapped_column(Sealed("join_requests.user"))
    name: Mapped[str | None] = mapped_column(Sealed("join_requests.name"), comment="gone once decided")
    locale: Mapped[str] = mapped_column(String(5))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]


class ReviewKind(StrEnum):
    HELD = "held"
    REMOVED = "removed"
    FLAGGED = "flagged"
    REPORTED = "reported"
    DANGER = "danger"
    WORRY = "worry"


class Place(StrEnum):
    """Where the post is, as Telegram confirmed it."""

    STANDS = "stands"
    GOING = "going"
    DOWN = "down"
    DOUBTFUL = "doubtful"
    SHARING = "sharing"
    SHARED = "shared"


class Review(Base):
    """Something in a group a person looks at. The words of a post stand here only when it was held or reported."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("group_id", "message_id", "kind"),
        one_of("kind", ReviewKind),
        one_of("place", Place),
        Index("ix_reviews_next_page_at", "next_page_at"),
        Index("ix_reviews_created_at", "created_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    kind: Mapped[str] = mapped_column(String(10))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    user_key: Mapped[str | None] = mapped_column(_KEY)
    user: Mapped[str | None] = mapped_column(Sealed("reviews.user"))
    author: Mapped[str | None] = mapped_column(Sealed("reviews.author"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str | None] = mapped_column(Sealed("reviews.words"))
    has_media: Mapped[bool] = mapped_column(default=False)
    rule: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(String(40), default="")
    pattern: Mapped[str] = mapped_column(String(60), default="")
    place: Mapped[str] = mapped_column(String(10), default=Place.STANDS)
    shared_id: Mapped[int | None] = mapped_column(BigInteger)
    decision: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    appealed_at: Mapped[datetime | None]
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    next_page_at: Mapped[datetime | None]
    rounds: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class ReviewNotice(Base):
    """One message to one member of staff about a review, so that every copy can say how it ended."""

    __tablename__ = "review_notices"
    __table_args__ = (Index("ix_review_notices_review_id", "review_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    is_stale: Mapped[bool] = mapped_column(default=False, comment="the review changed while it was on its way")


class SanctionState(StrEnum):
    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    LIFTING = "lifting"
    LIFTED = "lifted"


class Sanction(Base):
    """One step of the ladder for one person. It counts only once Telegram confirmed it (`done`)."""

    __tablename__ = "sanctions"
    __table_args__ = (one_of("state", SanctionState), Index("ix_sanctions_group_id", "group_id", "user_key"))
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"))
    user_key: Mapped[str] = mapped_column(_KEY)
    user: Mapped[str] = mapped_column(Sealed("sanctions.user"))
    step: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(8), default=SanctionState.ASKED)
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    until_at: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]


class SlotKind(StrEnum):
    SESSION = "session"
    HOURS = "hours"


class GroupSlot(Base):
    """One weekly time of a group: a session, or hours in which staff are there. Times are HH:MM in its zone."""

    __tablename__ = "group_slots"
    __table_args__ = (one_of("kind", SlotKind), Index("ix_group_slots_group_id", "group_id", "kind"))
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    kind: Mapped[str] = mapped_column(String(8))
    weekday: Mapped[int]
    starts: Mapped[str] = mapped_column(String(5))
    ends: Mapped[str] = mapped_column(String(5))


class GroupChange(Base):
    """An exception to the week of sessions: a day off (no times), or one more session."""

    __tablename__ = "group_changes"
    __table_args__ = (Index("ix_group_changes_group_id", "group_id", "local_on"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    local_on: Mapped[date]
    starts: Mapped[str | None] = mapped_column(String(5))
    ends: Mapped[str | None] = mapped_column(String(5))


class GroupSession(Base):
    """One meeting that is coming, with its reminders; a called-off one keeps its row."""

    __tablename__ = "group_sessions"
    __table_args__ = (UniqueConstraint("group_id", "starts_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    local_on: Mapped[date]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    called_off_at: Mapped[datetime | None]


class SessionReminder(Base):
    """One round of reminders for one session; `done_at` says it was sent, or came too late to be."""

    __tablename__ = "session_reminders"
    __table_args__ = (
        UniqueConstraint("session_id", "kind"),
        Index(
            "ix_session_reminders_due_at",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("group_sessions.id"))
    kind: Mapped[str] = mapped_column(String(12))
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    was_sent: Mapped[bool] = mapped_column(default=False)


class SessionAnswer(Base):
    """Coming, late, or can't: what one participant last said about one session."""

    __tablename__ = "session_answers"
    session_id: Mapped[int] = mapped_column(ForeignKey("group_sessions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    answer: Mapped[str] = mapped_column(String(8))
    answered_at: Mapped[datetime]


class TopicUse(Base):
    """The topic a group talked about on one of its days."""

    __tablename__ = "topic_uses"
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    local_on: Mapped[date] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(40))


class TipShown(Base):
    """One tip shown to one person, and what they thought of it: 1, -1 or nothing."""

    __tablename__ = "tips_shown"
    __table_args__ = (
        UniqueConstraint("check_in_id"),
        Index("ix_tips_shown_person_id", "person_id", "shown_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    tip: Mapped[str] = mapped_column(String(40))
    shown_on: Mapped[date]
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey("check_ins.id"))
    rating: Mapped[int | None]


class TipPlan(Base):
    """The daily tip a participant asked for; without a row there is none."""

    __tablename__ = "tip_plans"
    __table_args__ = (Index("ix_tip_plans_due_at", "due_at"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    local_time: Mapped[str] = mapped_column(String(5))
    due_on: Mapped[date | None]
    due_at: Mapped[datetime | None]
