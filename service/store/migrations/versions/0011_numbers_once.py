"""On SQLite, too, the number of a removed document, question, summary or experiment is never given again.

SQLite cannot add AUTOINCREMENT to a table, so each is made anew as SQLite advises (copy, drop, rename: «Making Other
Kinds Of Table Schema Changes», sqlite.org/lang_altertable.html), within the one transaction of ``Database.migrate``.
A table of highest numbers would spare these small copies, but every insert would have to ask it, for ever.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

TABLES = {
    "documents": "$.document_id",
    "questions": "$.question_id",
    "summaries": "$.summary_id",
    "experiments": "$.experiment_id",
}
"""What jobs call the numbers of each."""
HIGHEST = """
INSERT INTO sqlite_sequence(name, seq)
SELECT :name, coalesce(max(n), 0) FROM (
    SELECT id AS n FROM {table} UNION ALL SELECT json_extract(args, :number) FROM jobs
)
"""
# What is gone by now counts as well: jobs outlive what they were for. Questions have none, nor does anything name them.


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return  # sequences never go back
    if connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one():
        raise RuntimeError("with foreign keys on, dropping a table would delete what belongs to its rows")
    for table, number in TABLES.items():
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table})
        connection.execute(sa.text(HIGHEST.format(table=table)), {"name": table, "number": number})


def downgrade() -> None:
    """An older version works with these tables as well."""
