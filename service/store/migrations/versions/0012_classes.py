"""Classes: who sits where, the exercises they have had, the answers on their wall."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "classes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("exercise_id", sa.String(length=80), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _foreign("classes", "trainer_id", "users.id"),
        sa.PrimaryKeyConstraint("id", name="pk_classes"),
        sa.UniqueConstraint("code", name="uq_classes_code"),
    )
    op.create_index("ix_classes_trainer_id", "classes", ["trainer_id"])
    op.create_table(
        "class_exercises",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _foreign("class_exercises", "class_id", "classes.id"),
        sa.PrimaryKeyConstraint("class_id", "exercise_id", name="pk_class_exercises"),
    )
    op.create_table(
        "class_members",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=True),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.Column("calling", sa.Boolean(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=True),
        _foreign("class_members", "class_id", "classes.id"),
        _foreign("class_members", "user_id", "users.id"),
        sa.PrimaryKeyConstraint("class_id", "user_id", name="pk_class_members"),
        sa.UniqueConstraint("class_id", "seat", name="uq_class_members_class_id_seat"),
    )
    op.create_index("ix_class_members_user_id", "class_members", ["user_id"])
    op.create_table(
        "class_pins",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _foreign("class_pins", "class_id", "classes.id"),
        _foreign("class_pins", "attempt_id", "attempts.id"),
        sa.PrimaryKeyConstraint("class_id", "attempt_id", name="pk_class_pins"),
    )


def downgrade() -> None:
    for table in ("class_pins", "class_members", "class_exercises", "classes"):
        op.drop_table(table)
