"""The demo's personas and their tokens: light, because every start of a demo shows them."""

import json
from importlib.resources import files
from typing import Any

from app.core.database import Addresses, Database, lent
from app.core.settings import Settings
from app.people.identity import demo_key, demo_token
from app.people.queries import person_by_code

IS_DEMO = "SELECT EXISTS (SELECT 1 FROM mark WHERE name = 'demo')"
HAS_CALENDAR = "SELECT EXISTS (SELECT 1 FROM calendar_day)"


def content(name: str) -> dict[str, Any]:
    """One of the demo's files."""
    return json.loads((files("app.demo") / f"{name}.json").read_text(encoding="utf-8"))


async def standing(settings: Settings, addresses: Addresses) -> tuple[bool, dict[str, str]]:
    """Whether the calendar is there already, and a token for each persona where this is a demo database."""
    database = await Database.open(addresses, read=1, act=1, connect_seconds=settings.connect_seconds)
    try:
        async with lent(database.act) as connection:
            calendar, demo = await connection.one(HAS_CALENDAR), await connection.one(IS_DEMO)
        return calendar, await persona_tokens(database) if demo else {}
    finally:
        await database.close()


async def persona_tokens(database: Database) -> dict[str, str]:
    """A token for each persona; none where the demo's issuer was taken away."""
    made: dict[str, str] = {}
    async with lent(database.act) as connection:
        if await demo_key(connection) is None:
            return made
        for persona in content("organisation")["personas"]:
            one = await person_by_code(connection, persona["person"] or persona["code"])
            if one is not None:
                made[persona["code"]] = await demo_token(connection, one)
    return made
