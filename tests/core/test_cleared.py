"""The id under which restricted things stand: the database's and the service's are one, and it costs no call."""

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.database import Addresses
from app.core.ids import cleared, new_id

VERSION_AT = 76
SEVENS = st.builds(
    lambda number: UUID(int=number & ~(0xF << VERSION_AT) | 7 << VERSION_AT), st.integers(0, 2**128 - 1)
)


@given(st.sets(SEVENS, min_size=2))
def test_it_is_an_id_nobody_bears_and_no_two_share_one(ids: set[UUID]) -> None:
    mapped = {cleared(one) for one in ids}

    assert len(mapped) == len(ids)
    assert mapped.isdisjoint(ids)
    assert {str(one)[14] for one in mapped} == {"8"}
    assert {cleared(one) for one in mapped} == mapped


def test_a_fresh_id_and_its_mapped_one_differ_in_the_version_alone() -> None:
    one = new_id()
    assert str(cleared(one)) == f"{str(one)[:14]}8{str(one)[15:]}"


@pytest.fixture
async def connection(addresses: Addresses) -> AsyncIterator[asyncpg.Connection]:
    opened = await asyncpg.connect(addresses.owner)
    yield opened
    await opened.close()


async def test_the_database_maps_as_the_service_does(connection: asyncpg.Connection) -> None:
    ids = [UUID(int=0), UUID(int=2**128 - 1), *(new_id() for _ in range(500))]
    found = await connection.fetchval(
        "SELECT array_agg(cleared(one) ORDER BY place) FROM unnest($1::uuid[]) WITH ORDINALITY AS g(one, place)",
        ids,
    )
    assert found == [cleared(one) for one in ids]


async def test_the_function_is_put_into_the_statement_and_not_called(connection: asyncpg.Connection) -> None:
    plan = await connection.fetch("EXPLAIN (VERBOSE) SELECT cleared(id) FROM unit")
    assert not any("cleared(" in line[0] for line in plan), plan
