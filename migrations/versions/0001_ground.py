"""The ground floor and its rooms: units, people, record, outbox, documents, calendar, programmes, indicators, tasks, imports.

The statements stand in `migrations/sql/0001_ground.sql`, as they run; a law holds that they agree with the models.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    _run(SQL / "0001_ground.sql")


def downgrade() -> None:
    held = op.get_bind().exec_driver_sql("SELECT EXISTS (SELECT 1 FROM audit.event)").scalar()
    if held:
        raise RuntimeError(
            "The record holds entries: this database is never taken down. Make another one instead."
        )
    _run(SQL / "0001_ground_down.sql")


def _run(path: Path) -> None:
    # Statements are divided by a line of their own, because function bodies hold semicolons.
    for statement in path.read_text(encoding="utf-8").split("\n-- ;\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)
