"""What a whole class votes on."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def _foreign(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_class_votes_{column}", ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "class_votes",
        sa.Column("comparison_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        _foreign("comparison_id", "comparisons.id"),
        _foreign("class_id", "classes.id"),
        sa.PrimaryKeyConstraint("comparison_id", name="pk_class_votes"),
    )
    op.create_index("ix_class_votes_class_id", "class_votes", ["class_id"])


def downgrade() -> None:
    op.drop_table("class_votes")
