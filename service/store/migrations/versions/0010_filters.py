"""What narrows a question: kinds of document, and whose they are."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("questions", sa.Column("kinds", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("questions", sa.Column("shelf", sa.String(length=8), nullable=True))


def downgrade() -> None:
    op.drop_column("questions", "shelf")
    op.drop_column("questions", "kinds")
