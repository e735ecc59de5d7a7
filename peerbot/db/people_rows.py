"""Rows of people: who they are to the programme, what they may do, what they agreed to.

Everything a person says or is known by is sealed; `*_key` columns are blind indexes. `*_at` is aware UTC, `*_on` a
local date.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from peerbot.db.base import Base, one_of
from peerbot.db.sealed import Sealed

_KEY = String(32)


class Person(Base):
    """Someone the programme knows in Telegram: a participant, a member of staff, or both in turn."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat_key: Mapped[str] = mapped_column(_KEY, unique=True)
    chat: Mapped[str] = mapped_column(Sealed("people.chat"))
    alias: Mapped[str] = mapped_column(Sealed("people.alias"))
    locale: Mapped[str] = mapped_column(String(5))
    zone: Mapped[str]
    reachable: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class Role(StrEnum):
    COUNSELOR = "counselor"
    SUPERVISOR = "supervisor"
    MODERATOR = "moderator"
    ADMIN = "admin"


class StaffRole(Base):
    """A role someone holds or held. Authority is this row, read at the moment of each act."""

    __tablename__ = "staff_roles"
    __table_args__ = (
        one_of("role", Role),
        Index(
            "ix_staff_roles_held",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(12))
    since_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Participant(Base):
    """A person in treatment. `enrolled_at` is empty until the welcome questions are answered."""

    __tablename__ = "participants"
    __table_args__ = (Index("ix_participants_counselor_id", "counselor_id"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    case_code: Mapped[str] = mapped_column(Sealed("participants.case_code"))
    case_key: Mapped[str] = mapped_column(_KEY, unique=True)
    counselor_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    joined_at: Mapped[datetime]
    enrolled_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]


class Invite(Base):
    """A one-time way in. Only the hash of the code is kept."""

    __tablename__ = "invites"
    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(12))
    counselor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    case_code: Mapped[str | None] = mapped_column(Sealed("invites.case_code"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Consent(Base):
    """What someone agreed to, in which version and language, and when they took it back."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_person_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    version: Mapped[str] = mapped_column(String(20))
    locale: Mapped[str] = mapped_column(String(5))
    accepted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Dialog(Base):
    """Where someone stands in a conversation of several steps; one per person."""

    __tablename__ = "dialogs"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    step: Mapped[str] = mapped_column(String(30))
    facts: Mapped[str] = mapped_column(Sealed("dialogs.facts"))
    since_at: Mapped[datetime]
