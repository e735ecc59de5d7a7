"""Rows of tuning: which thresholds a programme or a counselor changed, by whom, when and why. `*_at` is aware UTC."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from peerbot.db.base import Base
from peerbot.db.sealed import Sealed

_EVERYONE = "ended_at IS NULL AND participant_id IS NULL"
_ONE = "ended_at IS NULL AND participant_id IS NOT NULL"


class RuleChange(Base):
    """One changed threshold, for everyone or for one participant. A replaced one stays, with when it ended
    and why.

    `set_by` is empty when it was changed from the command line.
    """

    __tablename__ = "rule_changes"
    __table_args__ = (
        Index(
            "ix_rule_changes_everyone",
            "key",
            unique=True,
            sqlite_where=text(_EVERYONE),
            postgresql_where=text(_EVERYONE),
        ),
        Index(
            "ix_rule_changes_one",
            "participant_id",
            "key",
            unique=True,
            sqlite_where=text(_ONE),
            postgresql_where=text(_ONE),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participants.person_id"))
    key: Mapped[str] = mapped_column(String(40))
    value: Mapped[int]
    why: Mapped[str] = mapped_column(Sealed("rule_changes.why"))
    set_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_why: Mapped[str | None] = mapped_column(Sealed("rule_changes.ended_why"))
