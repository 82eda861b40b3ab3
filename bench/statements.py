"""Hears every statement that leaves through the database's pools: its text, its values, and how its rows were fetched."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement

from app.core.database import Database

# asyncpg's own questions about types, asked once a connection.
_DRIVERS = ("typeinfo", "current_setting('jit')", "set_config(")
_FETCHES = ("fetch", "fetchrow", "fetchval")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as it was run. `plain` marks those without values of their own road: BEGIN, COMMIT, bare updates."""

    text: str
    values: tuple[Any, ...]
    plain: bool = False


@asynccontextmanager
async def heard(database: Database) -> AsyncIterator[list[Statement]]:
    """Within the block, every statement of the two pools is noted in the order it was run. One block at a time."""
    notes: list[Statement] = []
    kept = {name: getattr(PreparedStatement, name) for name in _FETCHES}

    def overhears(original: Any) -> Any:
        async def fetch(self: Any, *values: Any, **options: Any) -> Any:
            notes.append(Statement(self.get_query(), values))
            return await original(self, *values, **options)

        return fetch

    def logged(record: Any) -> None:
        if not any(mark in record.query for mark in _DRIVERS):
            notes.append(Statement(record.query, tuple(record.args), plain=True))

    for name, original in kept.items():
        setattr(PreparedStatement, name, overhears(original))
    connections = await _all(database.read) + await _all(database.act)
    for connection in connections:
        connection.add_query_logger(logged)
    try:
        yield notes
    finally:
        for connection in connections:
            connection.remove_query_logger(logged)
        for name, original in kept.items():
            setattr(PreparedStatement, name, original)


async def _all(pool: asyncpg.Pool) -> list[Any]:
    """Every connection of the pool, opened if need be; loggers stay on them when they go back."""
    lent = [await pool.acquire() for _ in range(pool.get_max_size())]
    found = [one._con for one in lent]  # noqa: SLF001 - a proxy drops its loggers with the loan, the connection keeps them
    for one in lent:
        await pool.release(one)
    return found
