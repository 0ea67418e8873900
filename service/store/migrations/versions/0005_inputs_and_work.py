"""Attempts know which input of the exercise they are on, and keep work that was done by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("attempts", sa.Column("input", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("attempts", sa.Column("work", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("attempts", "work")
    op.drop_column("attempts", "input")
