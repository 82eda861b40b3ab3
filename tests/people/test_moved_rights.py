"""Rights that move while an act is under way: it is undone, and decided by the rights there are."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from stage import Caller, Stage

from app.core.act import Act, Terms
from app.core.commands import Done, carried_out
from app.core.database import lent
from app.core.errors import Refused
from app.core.reads.compiler import compile_one
from app.core.reads.selection import Ask, One, Slot
from app.people import service as people
from app.people.schemas import AmendPerson, Appoint, EstablishPosition, Relieve
from app.units.schemas import FoundUnit

Meanwhile = Callable[[], Awaitable[Any]]


class Founding:
    """A secretary who founds a unit, while something else happens in between."""

    def __init__(self, stage: Stage, unit: UUID, caller: Caller, position: UUID) -> None:
        self.stage = stage
        self.position = position
        self.unit = unit
        self.caller = caller
        self.runs = 0

    async def with_meanwhile(self, meanwhile: Meanwhile) -> Done:
        house = self.stage.house
        command = next(one for one in house.commands if one.name == "found_unit")

        async def verb(act: Act, given: FoundUnit) -> UUID:
            made = await command.verb(act, given)
            self.runs += 1
            if self.runs == 1:
                await meanwhile()
            return made

        token = self.caller.headers["Authorization"].split()[1]
        actor = await house.ports.identity.actor(token)
        plan = compile_one(house.registry, One("Unit", Slot(("id",)), (Ask("id", "id"),)), door="rest")
        given = FoundUnit(code="MOI", name="Đơn vị mới", kind="chi_bo", level="commune", parent_id=self.unit)
        return await carried_out(house, replace(command, verb=verb), actor, given, Terms(), answer=plan)

    async def is_founded(self) -> bool:
        async with lent(self.stage.house.database.read) as connection:
            return await connection.one("SELECT EXISTS (SELECT 1 FROM unit WHERE code = 'MOI')")


@pytest.fixture
async def founding(stage: Stage) -> Founding:
    unit = await stage.unit()
    person = await stage.person(unit)
    async with stage.act() as act:
        post = EstablishPosition(code="BT", unit_id=unit, title="Bí thư", office="secretary")
        position = await people.establish(act, post)
        # Held since long, so that it can end today.
        await people.appoint(act, position, Appoint(person_id=person, since=date(2020, 1, 1)))
        await stage.empower(act, position, "secretary")
    return Founding(stage, unit, await stage.signed_in(person), position)


async def test_an_act_whose_caller_is_disabled_meanwhile_leaves_nothing(founding: Founding) -> None:
    async def disable() -> None:
        async with founding.stage.act() as act:
            await people.amend(act, founding.caller.id, AmendPerson(disabled=True))

    with pytest.raises(Refused, match="token_invalid"):
        await founding.with_meanwhile(disable)
    assert not await founding.is_founded()


async def test_an_act_whose_token_is_revoked_meanwhile_leaves_nothing(founding: Founding) -> None:
    body = {"name": "máy", "scopes": ["unit."]}
    made = (await founding.caller.post("/v1/personal-tokens", body)).json()
    person = founding.caller
    founding.caller = Caller(person.client, person.id, made["token"])

    with pytest.raises(Refused, match="token_invalid"):
        await founding.with_meanwhile(lambda: person.post(f"/v1/personal-tokens/{made['id']}:revoke"))
    assert not await founding.is_founded()


async def test_a_relief_waits_for_the_act_that_stands_on_the_post(founding: Founding) -> None:
    async def relieve() -> None:
        async with founding.stage.act() as act:
            given = Relieve(person_id=founding.caller.id, since=act.today)
            await people.relieve(act, founding.position, given)

    async def begin() -> None:
        begun.append(asyncio.create_task(relieve()))
        done, _ = await asyncio.wait(begun, timeout=0.3)
        assert not done

    begun: list[asyncio.Task[None]] = []
    await founding.with_meanwhile(begin)
    await begun[0]
    assert founding.runs == 1
    assert await founding.is_founded()


async def test_an_act_is_not_disturbed_by_rights_of_others_that_move(founding: Founding) -> None:
    async def enrol() -> None:
        await founding.stage.person(founding.unit, office="specialist")

    done = await founding.with_meanwhile(enrol)
    assert (founding.runs, done.body is not None) == (1, True)
    assert await founding.is_founded()


async def test_an_act_that_moves_rights_itself_is_carried_out_once(founding: Founding) -> None:
    async def nothing() -> None:
        pass

    await founding.with_meanwhile(nothing)
    assert founding.runs == 1
    assert await founding.is_founded()
