"""Statements kept as SQL text beside the revisions, as they run."""

from pathlib import Path

from alembic import op

SQL = Path(__file__).parent / "sql"
# Statements are divided by a line of their own, because function bodies hold semicolons.
_BETWEEN = "\n-- ;\n"


def run(name: str) -> None:
    """Runs every statement of a file, in order."""
    for statement in (SQL / name).read_text(encoding="utf-8").split(_BETWEEN):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def require_no_entries() -> None:
    """Raises RuntimeError where the record holds entries: such a database is never taken down."""
    if op.get_bind().exec_driver_sql("SELECT EXISTS (SELECT 1 FROM audit.event)").scalar():
        raise RuntimeError(
            "The record holds entries: this database is never taken down. Make another one instead."
        )
