"""oldest update: the next update to handle is found without looking at those that are done

Expand now, contract later: the code before this revision must still run on the schema after it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_inbox_open_id",
        "inbox",
        ["id"],
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def downgrade() -> None:
    op.drop_index("ix_inbox_open_id", table_name="inbox")
