"""Details checked by the person, hand-ins, marks by rubric, the model's second opinion."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _foreign(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "verified",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _foreign("verified", "attempt_id", "attempts.id"),
        sa.PrimaryKeyConstraint("attempt_id", "key", name="pk_verified"),
    )
    op.create_table(
        "hand_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.String(length=80), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _foreign("hand_ins", "attempt_id", "attempts.id"),
        _foreign("hand_ins", "user_id", "users.id"),
        _foreign("hand_ins", "draft_id", "drafts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_hand_ins"),
        sa.UniqueConstraint("attempt_id", name="uq_hand_ins_attempt_id"),
    )
    op.create_index("ix_hand_ins_user_id", "hand_ins", ["user_id"])
    op.create_index("ix_hand_ins_draft_id", "hand_ins", ["draft_id"])
    op.create_table(
        "peers",
        sa.Column("hand_in_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        _foreign("peers", "hand_in_id", "hand_ins.id"),
        _foreign("peers", "user_id", "users.id"),
        _foreign("peers", "given_by", "users.id", "SET NULL"),
        sa.PrimaryKeyConstraint("hand_in_id", "user_id", name="pk_peers"),
    )
    op.create_index("ix_peers_given_by", "peers", ["given_by"])
    op.create_table(
        "markings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hand_in_id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("rubric", sa.String(length=100), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _foreign("markings", "hand_in_id", "hand_ins.id"),
        _foreign("markings", "rater_id", "users.id"),
        sa.PrimaryKeyConstraint("id", name="pk_markings"),
    )
    op.create_index("ix_markings_hand_in_id", "markings", ["hand_in_id"])
    op.create_index("ix_markings_rater_id", "markings", ["rater_id"])
    op.create_table(
        "opinions",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("engine", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        _foreign("opinions", "attempt_id", "attempts.id"),
        sa.PrimaryKeyConstraint("attempt_id", "n", name="pk_opinions"),
    )


def downgrade() -> None:
    for table in ("opinions", "markings", "peers", "hand_ins", "verified"):
        op.drop_table(table)
