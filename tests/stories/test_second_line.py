"""The second line: what a verb forgets to ask, the database does not let it change."""

from typing import Any
from uuid import UUID

import asyncpg
import httpx2
import pytest
from stage import Stage

from app.authority import grants
from app.authority.schemas import GivePowers
from app.core.application import build
from app.core.bounds import OutOfBounds, bound_to
from app.core.database import Addresses, Database
from app.core.rows import loaded
from app.core.settings import Settings
from app.rights import BOUND
from app.tasks.models import Task
from app.tasks.words import TaskAmended
from app.wiring import house as wired

TABLES = [shape.table for shape in BOUND]


async def own_task(stage: Stage) -> UUID:
    unit = await stage.unit()
    return await stage.task(await stage.programme(unit), lead_id=unit)


async def test_a_verb_that_forgets_visibility_finds_nothing_to_change(stage: Stage) -> None:
    task = await own_task(stage)
    stranger = await stage.house.ports.identity.person((await stage.caller(await stage.unit())).id)

    async with stage.act(stranger) as act:
        assert await act.connection.rows("SELECT id FROM task WHERE id = $1 FOR NO KEY UPDATE", task) == []

    async def blindly() -> None:
        async with stage.act(stranger) as act:
            found = await act.connection.row("SELECT * FROM task WHERE id = $1", task)
            await act.change(loaded(Task, found), note="của người lạ")
            act.record(TaskAmended(task, ("note",)))

    with pytest.raises(OutOfBounds):
        await blindly()


async def test_whose_it_is_may_change_it(stage: Stage) -> None:
    unit = await stage.unit()
    task = await stage.task(await stage.programme(unit), lead_id=unit)
    insider = await stage.house.ports.identity.person((await stage.caller(unit)).id)

    async with stage.act(insider) as act:
        found = await act.connection.row("SELECT * FROM task WHERE id = $1 FOR NO KEY UPDATE", task)
        assert (await act.change(loaded(Task, found), note="của mình")).note == "của mình"
        act.record(TaskAmended(task, ("note",)))


@pytest.mark.parametrize("said", ["", "; SET LOCAL bayro.reach = '{}'", "; SET LOCAL bayro.everything = ''"])
async def test_where_nothing_was_set_nothing_can_be_changed(
    stage: Stage, addresses: Addresses, said: str
) -> None:
    await own_task(stage)
    connection = await asyncpg.connect(addresses.act)
    try:
        for table in ("task", "programme"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 1
            await connection.execute(f"BEGIN{said}")
            assert await connection.execute(f"UPDATE {table} SET note = 'x'") == "UPDATE 0"
            assert await connection.execute(f"DELETE FROM {table}") == "DELETE 0"
            await connection.execute("ROLLBACK")
    finally:
        await connection.close()


async def test_what_an_act_set_ends_with_it(stage: Stage) -> None:
    await own_task(stage)
    async with stage.house.database.act.acquire() as connection:
        await connection.begin("SET LOCAL bayro.everything = 'on'")
        assert await connection.execute("UPDATE task SET note = 'x'") == "UPDATE 1"
        await connection.execute("ROLLBACK")
        assert await connection.execute("UPDATE task SET note = 'x'") == "UPDATE 0"


async def test_who_sends_a_task_out_of_his_sight_still_raises_its_version(stage: Stage) -> None:
    """Only a part changes, and with it goes the very row by which the actor saw the task."""
    owner, helper = await stage.unit(), await stage.unit()
    programme = await stage.programme(owner)
    task = await stage.task(programme, lead_id=owner, coordinating=[{"unit_id": str(helper)}])
    caller = await stage.caller(helper)
    async with stage.act() as act:
        post = await act.connection.one("SELECT position_id FROM holding WHERE person_id = $1", caller.id)
        await grants.give(
            act,
            GivePowers(
                position_id=post,
                powers=["task.amend"],
                unit_id=owner,
                basis_id=await stage.basis(act),
            ),
        )
    path = f"/v1/tasks/{task}"
    before = await caller.get(path)

    answer = await caller.patch(path, {"coordinating": []}, headers={"If-Match": before.headers["etag"]})

    assert answer.status_code == 200, answer.text
    assert (await caller.get(path)).status_code == 404
    after = (await (await stage.caller(owner)).get(path)).json()
    assert after["version"] == before.json()["version"] + 1


async def readiness(house: Any) -> dict[str, Any]:
    transport = httpx2.ASGITransport(app=build(house))
    async with httpx2.AsyncClient(transport=transport, base_url="http://bayro.test") as client:
        return (await client.get("/readyz")).json()


async def test_readyz_names_the_lines_in_force(stage: Stage, addresses: Addresses) -> None:
    told = await readiness(stage.house)
    assert (told["roles_apart"], told["row_level_security"]) == (True, True)

    alone = await Database.open(Addresses(*[addresses.owner] * 4), read=1, act=1)
    try:
        told = await readiness(await wired(Settings(database_url=None), alone))
        assert (told["roles_apart"], told["row_level_security"]) == (False, False)
    finally:
        await alone.close()

    owner = await asyncpg.connect(addresses.owner)
    await owner.execute("DROP POLICY within_sight ON programme")
    await owner.close()
    assert (await readiness(stage.house))["row_level_security"] is False


async def test_every_bound_table_is_bound_for_changes_and_removal(addresses: Addresses) -> None:
    connection = await asyncpg.connect(addresses.owner)
    try:
        found = await connection.fetch(
            "SELECT tablename, cmd FROM pg_policies WHERE permissive = 'RESTRICTIVE' AND roles = '{bayro_act}'"
        )
    finally:
        await connection.close()
    assert sorted(map(tuple, found)) == sorted(
        (table, way) for table in TABLES for way in ("DELETE", "UPDATE")
    )


async def test_who_does_not_see_a_programme_cannot_open_its_task_behind_its_back(
    stage: Stage, addresses: Addresses
) -> None:
    """The database's own rule looks at the programme as its owner: bound to the actor, it would see none, and pass."""
    owner, helper = await stage.unit(), await stage.unit()
    programme = await stage.programme(owner, access_class=1)
    task = await stage.task(programme, lead_id=owner, coordinating=[{"unit_id": str(helper)}])
    connection = await asyncpg.connect(addresses.act)
    try:
        await connection.execute(f"BEGIN; {bound_to(helper, [helper])}")
        locked = "SELECT id FROM programme WHERE id = $1 FOR SHARE"
        assert await connection.fetch(locked, programme) == []
        await connection.execute("SET CONSTRAINTS task_as_restricted_as_programme IMMEDIATE")
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="less restricted"):
            await connection.execute("UPDATE task SET access_class = 0 WHERE id = $1", task)
    finally:
        await connection.close()
