"""sharing and reasons: chips shared with a group, who changed a plan and why, why a threshold was taken back

Expand now, contract later: the code before this revision must still run on the schema after it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_chips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("chip", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("bubble_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('checking', 'posting', 'posted', 'going', 'gone')",
            name=op.f("ck_shared_chips_state_known"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_shared_chips_person_id_people")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_shared_chips_group_id_groups")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_chips")),
        sa.UniqueConstraint("person_id", "group_id", "chip", name=op.f("uq_shared_chips_person_id")),
    )
    op.create_table(
        "plan_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.person_id"], name=op.f("fk_plan_changes_participant_id_participants")
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name=op.f("fk_plan_changes_changed_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_changes")),
    )
    with op.batch_alter_table("plan_changes", schema=None) as batch_op:
        batch_op.create_index("ix_plan_changes_participant_id", ["participant_id", "changed_at"], unique=False)
    with op.batch_alter_table("rule_changes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_why", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index("ix_findings_found_at", ["found_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index("ix_findings_found_at")
    with op.batch_alter_table("rule_changes", schema=None) as batch_op:
        batch_op.drop_column("ended_why")
    op.drop_table("plan_changes")
    op.drop_table("shared_chips")
