"""Two databases that differ only in what the viewers may not see, their doors open side by side; the clock stands."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import asyncpg
import httpx2
import pytest
from contract.conftest import copied
from sight.altering import altered, linked
from sight.asking import Things, Values
from sight.ground import Ground, laid
from sight.sides import Pair, Side, addresses_of
from sight.values import things, values
from stage import Stage

from app.core import clock
from app.core.application import build
from app.core.database import Database
from app.core.embedded import Embedded
from app.core.settings import Settings
from app.demo.load import prepared
from app.wiring import house as wired

STANDS_AT = datetime.now(UTC).replace(microsecond=0)
"""The instant the clock stands at: that of this run, because the database's own clock runs on."""


@asynccontextmanager
async def opened(server: Embedded, name: str) -> AsyncIterator[Stage]:
    """The doors of a database, one connection each: every statement is planned but once."""
    database = await Database.open(addresses_of(server, name), read=1, act=1)
    house = await wired(Settings(database_url=None, rate_per_minute=10_000_000), database)
    transport = httpx2.ASGITransport(app=build(house))
    async with httpx2.AsyncClient(transport=transport, base_url="http://bayro.test") as client:
        yield Stage(house, client)
    await database.close()


@pytest.fixture(scope="session")
def ground(server: Embedded, template: str) -> Ground:
    """What both databases hold, laid in a database to be copied."""

    async def make() -> Ground:
        root = await asyncpg.connect(server.dsn("postgres", "postgres"))
        await root.execute(
            f"CREATE DATABASE sight_ground TEMPLATE {template} OWNER bayro_owner STRATEGY wal_log"
        )
        await root.close()
        await prepared(Settings(), addresses_of(server, "sight_ground"), load=True)
        async with opened(server, "sight_ground") as stage:
            return await laid(stage)

    return asyncio.run(make())


@asynccontextmanager
async def signed_in(server: Embedded, ground: Ground) -> AsyncIterator[Side]:
    """A copy of the ground with its doors open and everybody signed in."""
    async with copied(server, "sight_ground") as addresses:
        name = addresses.owner.partition("?")[0].rpartition("/")[2]
        async with opened(server, name) as stage:
            # At one instant: a token tells when it was made.
            with clock.stopped_at(STANDS_AT):
                callers = {one: await stage.signed_in(who) for one, who in ground.persons.items()}
            yield Side(name, stage, callers)


@pytest.fixture(scope="session")
async def pair(server: Embedded, ground: Ground) -> AsyncIterator[Pair]:
    """The two databases: as laid, and with what was altered out of sight."""
    async with signed_in(server, ground) as left, signed_in(server, ground) as right:
        await altered(right.callers, ground)
        await linked(server, right, ground)
        yield Pair(left, right, ground)


@pytest.fixture(scope="session")
async def side(server: Embedded, ground: Ground) -> AsyncIterator[Side]:
    """A database of its own, for acts that leave traces."""
    async with signed_in(server, ground) as one:
        yield one


@pytest.fixture(scope="session")
async def known(pair: Pair) -> Values:
    """What to filter by."""
    return await values(pair)


@pytest.fixture(scope="session")
async def there(pair: Pair) -> Things:
    """What to ask for."""
    return await things(pair)


@pytest.fixture(autouse=True)
def _standing() -> Iterator[None]:
    """Nothing that a clock says differs between the two."""
    with clock.stopped_at(STANDS_AT):
        yield
