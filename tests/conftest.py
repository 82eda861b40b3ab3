"""Real PostgreSQL for every test: one server a run, one migrated template, one copy of it for each test that asks."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx2
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from stage import Stage

from app.core.application import build
from app.core.database import Addresses, Database, lent
from app.core.embedded import Embedded
from app.core.settings import Settings
from app.migrate import migrate
from app.people.identity import make_demo_issuer
from app.provision import provision
from app.runtime import addresses_of
from app.wiring import house as wired

FULL = os.environ.get("BAYRO_TEST_FULL") == "1"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
# Nothing in a test cluster outlives the run, so it need not survive a power cut.
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}

hypothesis_settings.register_profile(
    "share", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.register_profile(
    "full", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.load_profile("full" if FULL else "share")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def server() -> Iterator[Embedded]:
    """The run's server: the embedded one, or another version's programs by BAYRO_TEST_BINARIES."""
    binaries = os.environ.get("BAYRO_TEST_BINARIES")
    with (
        tempfile.TemporaryDirectory(prefix="bayro-test-") as folder,
        Embedded.start(Path(folder), settings=FAST, binaries=Path(binaries) if binaries else None) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def template(server: Embedded) -> str:
    """A migrated database with a demo issuer, which each test's own is copied from."""

    async def make() -> None:
        await provision(server.dsn("postgres", "postgres"))
        await migrate(addresses_of(server))
        database = await Database.open(addresses_of(server), read=1, act=1)
        async with lent(database.act) as connection:
            await make_demo_issuer(connection)
        await database.close()

    asyncio.run(make())
    return "bayro"


def addresses_for(server: Embedded, name: str) -> Addresses:
    return Addresses(
        *(server.dsn(role, name) for role in ("bayro_owner", "bayro_act", "bayro_read", "bayro_worker"))
    )


@pytest.fixture
async def addresses(server: Embedded, template: str) -> AsyncIterator[Addresses]:
    """A database of the test's own."""
    name = f"t{uuid4().hex}"
    root = await asyncpg.connect(server.dsn("postgres", "postgres"))
    await root.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER bayro_owner STRATEGY wal_log")
    yield addresses_for(server, name)
    await root.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await root.close()


@pytest.fixture
async def database(addresses: Addresses) -> AsyncIterator[Database]:
    opened = await Database.open(addresses)
    yield opened
    await opened.close()


@pytest.fixture
async def house(database: Database) -> Any:
    return await wired(Settings(database_url=None, rate_per_minute=1_000_000), database)


@pytest.fixture
async def stage(house: Any) -> AsyncIterator[Stage]:
    """The house with its doors open, and makers of what a test talks about."""
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=build(house)), base_url="http://bayro.test"
    ) as client:
        yield Stage(house, client)
