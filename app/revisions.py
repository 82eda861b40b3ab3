"""Where a database stands among the migrations: read without the migration tool, which a server process never needs."""

from dataclasses import dataclass
from pathlib import Path

import asyncpg

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class State:
    """Where a database stands: its revision and the newest one this version brings."""

    at: str | None
    newest: str

    @property
    def word(self) -> str:
        """current, behind, ahead (a newer version migrated it), or empty."""
        if self.at == self.newest:
            return "current"
        if self.at is None:
            return "empty"
        return "behind" if self.at < self.newest else "ahead"


def newest() -> str:
    """The newest revision this version brings, by the files' own order."""
    return max(path.name.split("_")[0] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))


async def state(address: str) -> State:
    """Where the database stands."""
    connection = await asyncpg.connect(address, timeout=5)
    try:
        known = await connection.fetchval("SELECT to_regclass('public.alembic_version') IS NOT NULL")
        at = await connection.fetchval("SELECT version_num FROM alembic_version") if known else None
    finally:
        await connection.close()
    return State(at, newest())
