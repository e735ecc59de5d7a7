"""rules: what would have kept a finding silent, cool-down, feedback on alerts, changed thresholds

Expand now, contract later: the code before this revision must still run on the schema after it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

EVERYONE = "ended_at IS NULL AND participant_id IS NULL"
ONE = "ended_at IS NULL AND participant_id IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "rule_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.person_id"], name=op.f("fk_rule_changes_participant_id_participants")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_rule_changes_set_by_people")),
        sa.ForeignKeyConstraint(["ended_by"], ["people.id"], name=op.f("fk_rule_changes_ended_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_changes")),
    )
    with op.batch_alter_table("rule_changes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rule_changes_everyone",
            ["key"],
            unique=True,
            sqlite_where=sa.text(EVERYONE),
            postgresql_where=sa.text(EVERYONE),
        )
        batch_op.create_index(
            "ix_rule_changes_one",
            ["participant_id", "key"],
            unique=True,
            sqlite_where=sa.text(ONE),
            postgresql_where=sa.text(ONE),
        )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("silent_if", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("cooled", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("feedback", sa.String(length=12), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_column("feedback")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_column("cooled")
        batch_op.drop_column("silent_if")
    with op.batch_alter_table("rule_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_rule_changes_one", sqlite_where=sa.text(ONE), postgresql_where=sa.text(ONE))
        batch_op.drop_index(
            "ix_rule_changes_everyone", sqlite_where=sa.text(EVERYONE), postgresql_where=sa.text(EVERYONE)
        )
    op.drop_table("rule_changes")
