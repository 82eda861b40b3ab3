"""The tree of units: through time, without loops, under concurrent moves."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest
from stage import Stage

from app.core import clock
from app.core.database import Addresses, lent
from app.core.errors import Refused
from app.units import service as units
from app.units.schemas import EndUnit, MoveUnit, RenameUnit

ABOVE = "SELECT ancestor_id, distance FROM unit_ancestor WHERE unit_id = $1 ORDER BY distance"


async def _above(stage: Stage, unit: UUID) -> list[UUID]:
    async with lent(stage.house.database.read) as connection:
        return [row["ancestor_id"] for row in await connection.rows(ABOVE, unit)]


async def test_ancestors_follow_a_move_of_a_whole_branch(stage: Stage) -> None:
    root = await stage.unit()
    left, right = await stage.unit(parent=root), await stage.unit(parent=root)
    branch = await stage.unit(parent=left)
    leaf = await stage.unit(parent=branch)
    async with stage.act() as act:
        await units.move(act, branch, MoveUnit(parent_id=right))
    assert await _above(stage, leaf) == [leaf, branch, right, root]
    assert await _above(stage, branch) == [branch, right, root]


async def test_two_moves_at_once_never_close_a_loop(stage: Stage) -> None:
    root = await stage.unit()
    one, other = await stage.unit(parent=root), await stage.unit(parent=root)

    async def move(unit: UUID, under: UUID) -> str:
        try:
            async with stage.act() as act:
                await units.move(act, unit, MoveUnit(parent_id=under))
        except Refused as refused:
            return refused.refusal.code
        return "moved"

    moved = await asyncio.gather(move(one, other), move(other, one))

    assert sorted(moved) == ["moved", "unit_loop"]
    assert root in await _above(stage, one)
    assert root in await _above(stage, other)


async def test_plain_sql_cannot_close_a_loop_either(stage: Stage, addresses: Addresses) -> None:
    root = await stage.unit()
    leaf = await stage.unit(parent=root)
    connection = await asyncpg.connect(addresses.owner)
    try:
        with pytest.raises(asyncpg.CheckViolationError, match="under itself"):
            await connection.execute("UPDATE unit SET parent_id = $2 WHERE id = $1", root, leaf)
    finally:
        await connection.close()


async def test_a_unit_is_read_as_it_was_on_a_day(stage: Stage) -> None:
    root = await stage.unit("Đảng ủy Khối", founded_on=clock.today() - timedelta(days=400))
    caller = await stage.caller(root)
    before, since = clock.today() - timedelta(days=30), clock.today() - timedelta(days=10)
    async with stage.act() as act:
        await units.rename(act, root, RenameUnit(name="Đảng ủy Cơ quan", since=since))

    assert (await caller.get(f"/v1/units/{root}")).json()["name"] == "Đảng ủy Cơ quan"
    assert (await caller.get(f"/v1/units/{root}?as_of={before}")).json()["name"] == "Đảng ủy Khối"
    assert (await caller.get(f"/v1/units?as_of={before}&q=khoi")).json()["items"][0]["id"] == str(root)
    assert (
        await caller.get(f"/v1/units/{root}?as_of={clock.today() - timedelta(days=401)}")
    ).status_code == 404
    seen = await caller.data(
        "query($id: ID!, $day: Date) { unit(id: $id, asOf: $day) { name periods { name validFrom validTo } } }",
        id=str(root),
        day=before.isoformat(),
    )
    assert seen["unit"]["name"] == "Đảng ủy Khối"
    assert [one["name"] for one in seen["unit"]["periods"]] == ["Đảng ủy Cơ quan", "Đảng ủy Khối"]


async def test_periods_of_a_unit_never_overlap(stage: Stage, addresses: Addresses) -> None:
    root = await stage.unit()
    connection = await asyncpg.connect(addresses.owner)
    try:
        with pytest.raises(asyncpg.ExclusionViolationError):
            await connection.execute(
                "INSERT INTO unit_period (id, unit_id, valid, name, kind) VALUES (gen_random_uuid(), $1, '[2020-01-01,2020-02-01)', 'x', 'y')",
                root,
            )
    finally:
        await connection.close()


async def test_a_unit_with_subordinates_is_not_ended_and_an_ended_one_not_changed(stage: Stage) -> None:
    root = await stage.unit(founded_on=clock.today() - timedelta(days=9))
    leaf = await stage.unit(parent=root, founded_on=clock.today() - timedelta(days=9))
    heir = await stage.unit(parent=None)
    caller = await stage.caller(root)
    refused = await caller.post(f"/v1/units/{root}:end", {"how": "dissolved"}, headers={"If-Match": '"1"'})
    assert (refused.status_code, refused.json()["code"]) == (409, "unit_has_children")
    async with stage.act() as act:
        await units.end(act, leaf, EndUnit(how="merged", successor_ids=[heir]))
    again = await caller.post(f"/v1/units/{leaf}:rename", {"name": "x"}, headers={"If-Match": '"2"'})
    assert (again.status_code, again.json()["code"]) == (409, "unit_ended")
    kept = (await caller.get(f"/v1/units/{leaf}?include=successors")).json()
    assert [one["id"] for one in kept["successors"]] == [str(heir)]
    assert kept["living"] is False
