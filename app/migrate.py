"""Migrations: run by one process at a time, as the owner, then the rights of the other roles."""

from dataclasses import dataclass
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app.core.database import Addresses
from app.provision import grant

ROOT = Path(__file__).parents[1]
_LOCK = text("SELECT pg_advisory_lock(hashtextextended('bayro migrate', 2))")


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


def _config() -> Config:
    return Config(str(ROOT / "alembic.ini"))


async def migrate(addresses: Addresses, revision: str = "head") -> State:
    """Brings the database to the revision, under a lock that makes two starts at once go one after the other."""
    before = await state(addresses.owner)
    if before.word == "current" and revision == "head":
        return before
    engine = create_async_engine(_engine_address(addresses.owner), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(_LOCK)
            await connection.run_sync(_run, revision)
    finally:
        await engine.dispose()
    after = await state(addresses.owner)
    if after.at is not None:
        await grant(addresses)
    return after


def _engine_address(address: str) -> str:
    return address.replace("postgresql://", "postgresql+asyncpg://", 1)


def _run(connection: Connection, revision: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    connection.commit()
    down = revision == "base" or revision.startswith("-")
    (command.downgrade if down else command.upgrade)(config, revision)


async def state(address: str) -> State:
    """Where the database stands."""
    connection = await asyncpg.connect(address, timeout=5)
    try:
        known = await connection.fetchval("SELECT to_regclass('public.alembic_version') IS NOT NULL")
        at = await connection.fetchval("SELECT version_num FROM alembic_version") if known else None
    finally:
        await connection.close()
    return State(at, newest())
