"""What the whole database holds: its fingerprint, and all its words."""

import asyncpg
from contract.conftest import Demo

_TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
)


async def fingerprint(demo: Demo) -> dict[str, tuple[int, str]]:
    """Of each table the number of its rows and a digest over all of them."""
    connection = await asyncpg.connect(demo.house.database.addresses.owner)
    found: dict[str, tuple[int, str]] = {}
    for row in await connection.fetch(_TABLES):
        table = row["relname"]
        text = f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{table}\" t"
        found[table] = tuple((await connection.fetchrow(text)).values())
    await connection.close()
    return found


async def tables_holding(demo: Demo, words: str) -> list[str]:
    """The tables in a row of which the words stand, as text or as the bytes of a kept answer."""
    connection = await asyncpg.connect(demo.house.database.addresses.owner)
    found = []
    as_hex = words.encode().hex()
    for row in await connection.fetch(_TABLES):
        text = f'SELECT EXISTS (SELECT 1 FROM "{row["relname"]}" t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0)'
        if await connection.fetchval(text, words, as_hex):
            found.append(row["relname"])
    await connection.close()
    return found
