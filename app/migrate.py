"""Migrations: run by one process at a time, as the owner, then the rights of the other roles."""

import argparse
import asyncio

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app.core.database import Addresses
from app.core.settings import Settings
from app.revisions import ROOT, State, state
from app.rights import grant, unbind
from app.runtime import addresses_from_environment

_LOCK = text("SELECT pg_advisory_lock(hashtextextended('bayro migrate', 2))")


def _config() -> Config:
    return Config(str(ROOT / "alembic.ini"))


async def migrate(addresses: Addresses, revision: str = "head") -> State:
    """Brings the database to the revision, under a lock that makes two starts at once go one after the other."""
    before = await state(addresses.owner)
    if before.word == "current" and revision == "head":
        return before
    engine = create_async_engine(
        "postgresql+asyncpg://",
        # asyncpg reads the address itself: SQLAlchemy would hand it libpq's words, which it does not know.
        async_creator=lambda: asyncpg.connect(addresses.owner),
        poolclass=NullPool,
    )
    try:
        async with engine.connect() as connection:
            await connection.execute(_LOCK)
            await unbind(addresses)
            await connection.run_sync(_run, revision)
    finally:
        await engine.dispose()
    after = await state(addresses.owner)
    # Rights are written for the tables of this version; on the way down those given before stand.
    if after.word == "current":
        await grant(addresses)
    return after


def _run(connection: Connection, revision: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    connection.commit()
    down = revision == "base" or revision.startswith("-")
    (command.downgrade if down else command.upgrade)(config, revision)


async def _brought(settings: Settings, revision: str) -> int:
    after = await migrate(addresses_from_environment(settings), revision)
    print(f"Cơ sở dữ liệu ở bản / the database is at {after.at or '—'} ({after.word})")  # noqa: T201 - a command's answer
    return 0


def main(given: argparse.Namespace, settings: Settings) -> int:
    """`bayro migrate`."""
    return asyncio.run(_brought(settings, given.to))
