"""The contract's tests stand on the demo: a whole organisation with programmes, loaded once a run through the verbs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import asyncpg
import httpx2
import pytest
from stage import Caller, Stage

from app.core.application import build
from app.core.database import Addresses, Database, lent
from app.core.embedded import Embedded
from app.core.house import House
from app.core.settings import Settings
from app.demo.load import prepared
from app.demo.personas import content, persona_tokens
from app.wiring import house as wired

PERSONAS = ("secretary", "head", "specialist", "inspector", "service")


@dataclass(frozen=True)
class Demo:
    """The demo's house with its doors open, its personas signed in, and a secretary of the topmost unit."""

    house: House = field(repr=False)
    client: httpx2.AsyncClient = field(repr=False)
    keeper: Caller
    secretary: Caller
    head: Caller
    specialist: Caller
    inspector: Caller
    service: Caller


def _addresses(server: Embedded, name: str) -> Addresses:
    return Addresses(
        *(server.dsn(role, name) for role in ("bayro_owner", "bayro_act", "bayro_read", "bayro_worker"))
    )


@asynccontextmanager
async def copied(server: Embedded, template: str) -> AsyncIterator[Addresses]:
    """A database of its own, dropped at the end."""
    name = f"c{uuid4().hex}"
    root = await asyncpg.connect(server.dsn("postgres", "postgres"))
    await _copy(root, name, template)
    yield _addresses(server, name)
    await root.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await root.close()


async def _copy(root: asyncpg.Connection, name: str, template: str) -> None:
    await root.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER bayro_owner STRATEGY wal_log")


@pytest.fixture(scope="session")
def demo_template(server: Embedded, template: str) -> str:
    """A database with the demo in it, which each `own_demo` is copied from."""

    async def make() -> None:
        root = await asyncpg.connect(server.dsn("postgres", "postgres"))
        await _copy(root, "contract_demo", template)
        await root.close()
        addresses = _addresses(server, "contract_demo")
        await prepared(Settings(), addresses, load=True)

    asyncio.run(make())
    return "contract_demo"


@asynccontextmanager
async def opened(server: Embedded, template: str) -> AsyncIterator[Demo]:
    """A demo over a database of its own, its doors open in this process."""
    async with copied(server, template) as addresses:
        database = await Database.open(addresses)
        house = await wired(Settings(database_url=None, rate_per_minute=1_000_000), database)
        transport = httpx2.ASGITransport(app=build(house))
        async with httpx2.AsyncClient(transport=transport, base_url="http://bayro.test") as client:
            tokens = await persona_tokens(database)
            callers = {one: await _caller(client, database, one, tokens[one]) for one in PERSONAS}
            yield Demo(house, client, await _keeper(Stage(house, client)), **callers)
        await database.close()


async def _keeper(stage: Stage) -> Caller:
    """Whoever holds a power over the whole house holds it in the topmost unit, where the demo appoints nobody."""
    async with lent(stage.house.database.read) as connection:
        top: UUID = await connection.one("SELECT id FROM unit WHERE code = 'TW'")
    return await stage.caller(top)


async def _caller(client: httpx2.AsyncClient, database: Database, persona: str, token: str) -> Caller:
    found = next(one for one in content("organisation")["personas"] if one["code"] == persona)
    async with lent(database.read) as connection:
        one: UUID = await connection.one(
            "SELECT id FROM person WHERE code = $1", found["person"] or found["code"]
        )
    return Caller(client, one, token)


@pytest.fixture(scope="session")
async def demo(server: Embedded, demo_template: str) -> AsyncIterator[Demo]:
    """One demo for all tests that only read, or whose changes are all refused."""
    async with opened(server, demo_template) as one:
        yield one


@pytest.fixture
async def own_demo(server: Embedded, demo_template: str) -> AsyncIterator[Demo]:
    """A demo of the test's own, to be changed."""
    async with opened(server, demo_template) as one:
        yield one
