"""Whoever tries what he may not leaves a trace; who inspects the unit reads it."""

import asyncio
from uuid import UUID

from stage import Caller, Stage
from stories.test_powers import Powers, somebody

from app.core.database import lent


async def rename(caller: Caller, unit: UUID, **options: object) -> int:
    answer = await caller.post(
        f"/v1/units/{unit}:rename", {"name": "Tên khác"}, headers={"If-Match": '"1"'}, **options
    )
    return answer.status_code


async def entries(stage: Stage) -> int:
    async with lent(stage.house.database.act) as connection:
        return await connection.one("SELECT count(*) FROM audit.entry_index WHERE act = 'denial.recorded'")


async def test_equal_denials_of_a_minute_are_one_entry_with_a_count_even_at_once(stage: Stage) -> None:
    unit = await stage.unit()
    caller, _, _ = await somebody(stage, Powers(stage), unit, "task.amend")

    assert await asyncio.gather(*(rename(caller, unit) for _ in range(6))) == [403] * 6

    denials = (await caller.get("/v1/denials?fields=power,why,object_id,times")).json()["items"]
    # A minute may end between two of them.
    assert {(one["power"], one["why"], one["object_id"]) for one in denials} == {
        ("unit.rename", "no_authority", str(unit))
    }
    assert sum(one["times"] for one in denials) == 6
    assert await entries(stage) == len(denials) <= 2


async def test_a_dry_run_and_a_thing_that_is_not_there_leave_no_trace(stage: Stage) -> None:
    unit = await stage.unit()
    caller, _, _ = await somebody(stage, Powers(stage), unit, "task.amend")

    assert await rename(caller, unit, params={"dry_run": "true"}) == 403
    assert await rename(caller, UUID(int=7)) == 404
    assert await entries(stage) == 0


async def test_a_denial_is_seen_by_who_tried_and_who_inspects_the_unit_and_nobody_else(stage: Stage) -> None:
    top = await stage.unit()
    left, right = await stage.unit(parent=top), await stage.unit(parent=top)
    powers = Powers(stage)
    caller, _, _ = await somebody(stage, powers, left, "task.amend")
    inspector, _, _ = await somebody(stage, powers, left, "audit.read")
    elsewhere, _, _ = await somebody(stage, powers, right, "audit.read")
    superior, _, _ = await somebody(stage, powers, top, "task.amend")
    assert await rename(caller, left) == 403

    async def seen(who: Caller) -> int:
        by_graph = await who.data("{ denials { nodes { power } } }")
        by_rest = (await who.get("/v1/denials")).json()["items"]
        assert len(by_graph["denials"]["nodes"]) == len(by_rest)
        return len(by_rest)

    assert [await seen(one) for one in (caller, inspector, elsewhere, superior)] == [1, 1, 0, 0]


async def test_who_inspects_reads_drafts_of_the_unit_he_inspects_and_changes_nothing(stage: Stage) -> None:
    top = await stage.unit()
    left, right = await stage.unit(parent=top), await stage.unit(parent=top)
    powers = Powers(stage)
    person = await stage.person(right)
    post = await powers.post(right, person)
    inspector = await stage.signed_in(person)
    programme = await stage.programme(left)
    assert (await inspector.get(f"/v1/programmes/{programme}")).status_code == 404

    await powers.give(post, left, "audit.read")

    assert (await inspector.get(f"/v1/programmes/{programme}")).status_code == 200
    changed = await inspector.patch(
        f"/v1/programmes/{programme}", {"title": "Khác"}, headers={"If-Match": '"1"'}
    )
    assert changed.status_code == 403
