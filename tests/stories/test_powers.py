"""Power is given in writing, within limits, for a time; every use of it can answer by what right."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from stage import Caller, Stage

from app.authority import delegations, grants
from app.authority.schemas import GivePowers, LendPowers, RevokeDelegation, WithdrawPowers
from app.core.clock import today
from app.core.database import lent
from app.people import service as people
from app.people.schemas import Appoint, EstablishPosition, Relieve
from app.units import service as units
from app.units.schemas import RenameUnit

EN = {"Accept-Language": "en"}


class Powers:
    """Makers of posts, grants and delegations, as the operator records them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    async def post(self, unit: UUID, *holders: UUID, kind: Any = "substantive") -> UUID:
        number = next(self.stage.numbers)
        async with self.stage.act() as act:
            given = EstablishPosition(code=f"G{number}", unit_id=unit, title="Ủy viên", office="member")
            post = await people.establish(act, given)
            for one in holders:
                await people.appoint(act, post, Appoint(person_id=one, kind=kind))
        return post

    async def give(self, post: UUID, unit: UUID, *powers: str, **limits: Any) -> UUID:
        async with self.stage.act() as act:
            given = GivePowers(
                position_id=post,
                powers=list(powers),
                unit_id=unit,
                basis_id=await self.stage.basis(act),
                **{"max_depth": 2, "max_class": 2, **limits},
            )
            return await grants.give(act, given)

    async def lend(
        self, grant: UUID | None, giver: UUID, receiver: UUID, unit: UUID, *powers: str, **how: Any
    ) -> UUID:
        async with self.stage.act() as act:
            given = LendPowers(
                from_holding_id=await self.holding(giver),
                to_holding_id=await self.holding(receiver),
                grant_id=grant,
                powers=list(powers),
                unit_id=unit,
                until=today() + timedelta(days=30),
                basis_id=await self.stage.basis(act),
                **{"max_class": 1, **how},
            )
            return await delegations.lend(act, given)

    async def holding(self, post: UUID) -> UUID:
        async with lent(self.stage.house.database.read) as connection:
            return await connection.one(
                "SELECT id FROM holding WHERE position_id = $1 ORDER BY id LIMIT 1", post
            )


@pytest.fixture
def powers(stage: Stage) -> Powers:
    return Powers(stage)


async def somebody(
    stage: Stage, powers: Powers, unit: UUID, *codes: str, **limits: Any
) -> tuple[Caller, UUID, UUID]:
    """A signed-in holder of one post with these powers over the unit; his post and its grant."""
    person = await stage.person(unit)
    post = await powers.post(unit, person)
    grant = await powers.give(post, unit, *codes, **limits)
    return await stage.signed_in(person), post, grant


async def approve(caller: Caller, programme: UUID, **terms: Any) -> tuple[int, str | None]:
    """The status, and why not."""
    read = await caller.get(f"/v1/programmes/{programme}")
    if read.status_code != 200:
        return read.status_code, None
    answer = await caller.post(
        f"/v1/programmes/{programme}:approve",
        {"reason": "đủ điều kiện", **terms},
        headers={"If-Match": read.headers["etag"]},
    )
    return answer.status_code, None if answer.is_success else why(answer.json())


def why(problem: dict[str, Any]) -> str | None:
    return problem["errors"][0]["code"] if problem.get("code") == "not_allowed" else problem.get("code")


async def proposed(stage: Stage, by: Caller, unit: UUID, budget: int = 1_000) -> UUID:
    programme = await stage.programme(unit, budget=budget)
    answer = await by.post(f"/v1/programmes/{programme}:propose", {}, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    return programme


async def test_what_was_withdrawn_is_gone_with_the_next_request_at_both_doors(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    caller, _, grant = await somebody(stage, powers, unit, "unit.rename")
    path = f"/v1/units/{unit}:rename"
    assert (await caller.post(path, {"name": "Một"}, headers={"If-Match": '"1"'})).status_code == 200

    async with stage.act() as act:
        await grants.withdraw(act, grant, WithdrawPowers())

    refused = await caller.post(path, {"name": "Hai"}, headers={"If-Match": '"2"'})
    assert (refused.status_code, why(refused.json())) == (403, "expired")
    said = await caller.data(
        'mutation ($id: ID!) { renameUnit(id: $id, expectedVersion: 2, input: {name: "Hai"}) { __typename ... on Refusal { code } } }',
        id=str(unit),
    )
    assert said["renameUnit"] == {"__typename": "NotAllowed", "code": "not_allowed"}


async def test_a_power_reaches_its_scope_and_nothing_beside_or_above(stage: Stage, powers: Powers) -> None:
    top = await stage.unit()
    own, other = await stage.unit(parent=top), await stage.unit(parent=top)
    below = await stage.unit(parent=own)
    caller, _, _ = await somebody(stage, powers, own, "unit.alias", strict=True)

    async def met(unit: UUID) -> str | int:
        answer = await caller.post(
            f"/v1/units/{unit}:alias", {"alias": "Tên khác"}, headers={"If-Match": '"1"'}
        )
        return answer.status_code if answer.status_code == 200 else str(why(answer.json()))

    assert await met(below) == 200
    assert {await met(one) for one in (own, other, top)} == {"out_of_scope"}


async def test_nobody_gives_powers_to_a_post_he_holds_or_wider_than_his_own(
    stage: Stage, powers: Powers
) -> None:
    top = await stage.unit()
    unit = await stage.unit(parent=top)
    caller, post, _ = await somebody(stage, powers, unit, "authority.grant", max_amount=100, max_class=1)
    other = await powers.post(unit)
    async with stage.act() as act:
        basis = await stage.basis(act)

    async def give(position: UUID, **values: Any) -> str | None:
        body = {
            "position_id": str(position),
            "powers": ["task.amend"],
            "unit_id": str(unit),
            "basis_id": str(basis),
            "max_amount": 100,
            **values,
        }
        answer = await caller.post("/v1/grants", body)
        return None if answer.status_code == 201 else why(answer.json())

    assert await give(other) is None
    assert await give(post) == "self_evaluation"
    assert await give(other, max_amount=101) == "over_limit"
    assert await give(other, max_amount=None) == "over_limit"
    assert await give(other, max_class=2) == "above_clearance"
    assert await give(other, unit_id=str(top)) == "out_of_scope"
    assert await give(other, powers=["no.power"]) == "power_unknown"


async def test_a_proposer_does_not_approve_not_by_a_delegate_an_acting_post_or_a_second_one(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    proposer, _, _ = await somebody(stage, powers, unit, "programme.propose", "authority.delegate")
    second = await powers.post(unit, proposer.id)
    grant = await powers.give(second, unit, "programme.approve")
    await powers.post(unit, proposer.id, kind="acting")
    assistant, desk, _ = await somebody(stage, powers, unit, "task.amend")
    await powers.lend(grant, second, desk, unit, "programme.approve", subtree=True)
    stranger, _, _ = await somebody(stage, powers, unit, "programme.approve")
    programme = await proposed(stage, proposer, unit)

    assert await approve(proposer, programme) == (403, "separation_of_duties")
    assert await approve(assistant, programme) == (403, "separation_of_duties")
    assert await approve(stranger, programme) == (200, None)


async def test_who_proposed_for_another_keeps_that_other_from_approving(stage: Stage, powers: Powers) -> None:
    unit = await stage.unit()
    head, post, grant = await somebody(stage, powers, unit, "programme.propose", "programme.approve")
    assistant, desk, _ = await somebody(stage, powers, unit, "task.amend")
    await powers.lend(grant, post, desk, unit, "programme.propose")
    programme = await proposed(stage, assistant, unit)

    assert await approve(head, programme) == (403, "separation_of_duties")


async def test_a_limit_in_dong_holds_for_each_approval_even_fifty_at_once(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    proposer, _, _ = await somebody(stage, powers, unit, "programme.propose")
    approver, _, _ = await somebody(stage, powers, unit, "programme.approve", max_amount=100)
    amounts = [99, 100, 101, 200, 100] * 10
    programmes = [await proposed(stage, proposer, unit, budget=amount) for amount in amounts]

    answers = await asyncio.gather(*(approve(approver, one) for one in programmes))

    assert answers == [(200, None) if amount <= 100 else (403, "over_limit") for amount in amounts]


async def test_of_fifty_approvals_of_one_programme_at_once_one_is_carried_out(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    proposer, _, _ = await somebody(stage, powers, unit, "programme.propose")
    approver, _, _ = await somebody(stage, powers, unit, "programme.approve", max_amount=100)
    programme = await proposed(stage, proposer, unit, budget=100)

    answers = await asyncio.gather(*(approve(approver, programme) for _ in range(50)))

    assert [status for status, _ in answers].count(200) == 1
    assert {code for status, code in answers if status != 200} <= {"version_stale", "programme_not_open"}


async def test_an_interest_bars_its_person_and_whoever_acts_for_him(stage: Stage, powers: Powers) -> None:
    unit = await stage.unit()
    proposer, _, _ = await somebody(stage, powers, unit, "programme.propose")
    approver, post, grant = await somebody(stage, powers, unit, "programme.approve", "authority.end_interest")
    assistant, desk, _ = await somebody(stage, powers, unit, "task.amend")
    await powers.lend(grant, post, desk, unit, "programme.approve")
    programme = await proposed(stage, proposer, unit)
    declared = await approver.post(
        "/v1/interests",
        {
            "person_id": str(approver.id),
            "object_kind": "programme",
            "object_id": str(programme),
            "why": "người nhà",
        },
    )
    assert declared.status_code == 201, declared.text

    assert await approve(approver, programme) == (403, "conflict_of_interest")
    assert await approve(assistant, programme) == (403, "conflict_of_interest")
    withdrawn = await approver.post(
        f"/v1/interests/{declared.json()['id']}:end", {}, headers={"If-Match": declared.headers["etag"]}
    )
    assert (withdrawn.status_code, why(withdrawn.json())) == (403, "self_evaluation")


async def test_a_delegation_never_exceeds_what_it_stands_on(stage: Stage, powers: Powers) -> None:
    top = await stage.unit()
    unit = await stage.unit(parent=top)
    giver, post, grant = await somebody(
        stage,
        powers,
        unit,
        "task.amend",
        "authority.delegate",
        max_amount=100,
        max_class=1,
        until=date(2030, 6, 30),
    )
    await powers.give(post, top, "authority.delegate")
    receiver, desk, _ = await somebody(stage, powers, unit, "task.draft")
    async with stage.act() as act:
        basis = await stage.basis(act)
    fitting = {
        "from_holding_id": str(await powers.holding(post)),
        "to_holding_id": str(await powers.holding(desk)),
        "grant_id": str(grant),
        "powers": ["task.amend"],
        "unit_id": str(unit),
        "max_amount": 100,
        "until": "2030-06-30",
        "basis_id": str(basis),
    }

    async def flaws(**values: Any) -> set[str]:
        answer = await giver.post("/v1/delegations", {**fitting, **values})
        assert answer.status_code == 422, answer.text
        assert answer.json()["code"] == "delegation_too_wide"
        return {one["pointer"] for one in answer.json()["errors"]}

    assert await flaws(max_amount=101) == {"/max_amount"}
    assert await flaws(max_amount=None) == {"/max_amount"}
    assert await flaws(max_class=2) == {"/max_class"}
    assert await flaws(unit_id=str(top)) == {"/unit_id"}
    assert await flaws(until="2030-07-01") == {"/until"}
    assert await flaws(since=(today() - timedelta(days=1)).isoformat()) == {"/powers"}
    assert await flaws(powers=["task.withdraw"]) == {"/powers"}
    assert await flaws(to_holding_id=fitting["from_holding_id"]) == {"/to_holding_id"}
    assert await flaws(powers=["authority.delegate"]) == {"/depth"}
    assert (await giver.post("/v1/delegations", fitting)).status_code == 201
    # What is another's to lend is not the receiver's.
    refused = await receiver.post("/v1/delegations", fitting)
    assert (refused.status_code, why(refused.json())) == (403, "no_authority")


async def test_a_delegation_ends_with_the_office_of_who_gave_it_and_may_be_revoked_by_him(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    giver, post, grant = await somebody(stage, powers, unit, "unit.alias")
    first, desk, _ = await somebody(stage, powers, unit, "task.amend")
    second, other_desk, _ = await somebody(stage, powers, unit, "task.amend")
    revoked = await powers.lend(grant, post, desk, unit, "unit.alias")
    await powers.lend(grant, post, other_desk, unit, "unit.alias")

    async def met(caller: Caller, name: str) -> tuple[int, str | None]:
        read = await caller.get(f"/v1/units/{unit}")
        answer = await caller.post(
            f"/v1/units/{unit}:alias", {"alias": name}, headers={"If-Match": read.headers["etag"]}
        )
        return answer.status_code, why(answer.json()) if answer.status_code != 200 else None

    assert await met(first, "a") == (200, None)
    ended = await giver.post(f"/v1/delegations/{revoked}:revoke", {}, headers={"If-Match": '"1"'})
    assert ended.status_code == 200, ended.text
    assert await met(first, "b") == (403, "expired")
    assert await met(second, "c") == (200, None)
    async with stage.act() as act:
        await people.relieve(act, post, Relieve(person_id=giver.id, since=today() + timedelta(days=1)))
    assert await met(second, "d") == (200, None)


async def test_a_unit_that_moves_in_is_not_taken_into_powers_unless_the_mover_says_so(
    stage: Stage, powers: Powers
) -> None:
    top = await stage.unit()
    left, right = await stage.unit(parent=top), await stage.unit(parent=top)
    moving, coming = await stage.unit(parent=left), await stage.unit(parent=left)
    caller, _, grant = await somebody(stage, powers, right, "unit.alias")
    mover, _, _ = await somebody(stage, powers, top, "unit.move")

    async def met(unit: UUID) -> str | int:
        read = await caller.get(f"/v1/units/{unit}")
        answer = await caller.post(
            f"/v1/units/{unit}:alias", {"alias": "Tên khác"}, headers={"If-Match": read.headers["etag"]}
        )
        return answer.status_code if answer.status_code == 200 else str(why(answer.json()))

    for unit, widens in ((moving, False), (coming, True)):
        moved = await mover.post(
            f"/v1/units/{unit}:move",
            {"parent_id": str(right), "since": today().isoformat(), "widens": widens},
            headers={"If-Match": '"1"'},
        )
        assert moved.status_code == 200, moved.text

    assert (await met(moving), await met(coming)) == ("out_of_scope", 200)
    shown = (await caller.get(f"/v1/grants/{grant}?fields=id,version")).json()
    assert shown["version"] == 2
    excluded = await caller.data("query ($id: ID!) { grant(id: $id) { excluded { uuid } } }", id=str(grant))
    assert excluded["grant"]["excluded"] == [{"uuid": str(moving)}]


async def test_a_unit_that_ends_takes_holdings_grants_and_delegations_along(
    stage: Stage, powers: Powers
) -> None:
    top = await stage.unit()
    unit, heir = await stage.unit(parent=top), await stage.unit(parent=top)
    inside, post, grant = await somebody(stage, powers, unit, "unit.alias")
    outside, desk, over = await somebody(stage, powers, top, "task.amend")
    over_unit = await powers.give(desk, unit, "unit.rename")
    lent_out = await powers.lend(grant, post, desk, unit, "unit.alias")
    ender, _, _ = await somebody(stage, powers, top, "unit.dissolve")

    ended = await ender.post(
        f"/v1/units/{unit}:end",
        {"how": "merged", "successor_ids": [str(heir)], "since": today().isoformat()},
        headers={"If-Match": '"1"'},
    )
    assert ended.status_code == 200, ended.text

    async with lent(stage.house.database.read) as connection:
        rows = await connection.rows(
            "SELECT id, valid @> $1::date AS stands FROM power_grant UNION ALL SELECT id, valid @> $1::date FROM delegation"
            " UNION ALL SELECT id, valid @> $1::date FROM holding WHERE person_id = $2",
            today(),
            inside.id,
        )
    stands = {row["id"]: row["stands"] for row in rows}
    assert [stands[one] for one in (grant, over_unit, lent_out, over)] == [False, False, False, True]
    assert (await outside.get("/v1/me")).status_code == 200


async def test_an_act_under_way_is_not_overtaken_by_the_withdrawal_of_its_power(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    caller, _, grant = await somebody(stage, powers, unit, "unit.rename")
    actor = await stage.house.ports.identity.person(caller.id)
    order: list[str] = []

    async def withdrawing() -> None:
        async with stage.act() as act:
            await grants.withdraw(act, grant, WithdrawPowers())
        order.append("withdrawn")

    async with stage.act(actor) as act:
        await units.rename(act, unit, RenameUnit(name="Tên mới"))
        waiting = asyncio.create_task(withdrawing())
        await asyncio.sleep(0.3)
        order.append("acted")
    await waiting
    assert order == ["acted", "withdrawn"]


async def test_an_act_that_meets_a_withdrawal_under_way_waits_and_is_refused(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    caller, _, grant = await somebody(stage, powers, unit, "unit.rename")
    assert (await caller.get("/v1/me")).status_code == 200

    async with stage.act() as act:
        await grants.withdraw(act, grant, WithdrawPowers())
        sent = asyncio.create_task(
            caller.post(f"/v1/units/{unit}:rename", {"name": "Hai"}, headers={"If-Match": '"1"'})
        )
        done, _ = await asyncio.wait({sent}, timeout=0.3)
        assert not done
    refused = await sent
    assert (refused.status_code, why(refused.json())) == (403, "expired")


async def answers(caller: Caller, inquiry: str) -> list[dict[str, Any]]:
    return (await caller.get(f"/v1/inquiries/{inquiry}?include=answers")).json()["answers"]


async def test_an_inquiry_tells_the_chain_as_it_is_and_as_it_was_known(stage: Stage, powers: Powers) -> None:
    unit = await stage.unit()
    holder, post, grant = await somebody(stage, powers, unit, "programme.approve", max_amount=500)
    assistant, desk, _ = await somebody(stage, powers, unit, "task.amend")
    lent_id = await powers.lend(grant, post, desk, unit, "programme.approve", max_amount=50)
    async with lent(stage.house.database.read) as connection:
        before = await connection.one("SELECT now()")
    async with stage.act() as act:
        await delegations.revoke(act, lent_id, RevokeDelegation())
    inspector, _, _ = await somebody(stage, powers, unit, "authority.explain")

    async def asked(**values: Any) -> dict[str, Any]:
        answer = await inspector.post(
            "/v1/inquiries", {"power": "programme.approve", "unit_id": str(unit), "amount": 40, **values}
        )
        assert answer.status_code == 201, answer.text
        return {one["person"]["id"]: one for one in await answers(inspector, answer.json()["id"])}

    now = await asked(person_id=str(assistant.id))
    assert (now[str(assistant.id)]["allowed"], now[str(assistant.id)]["why"]) == (False, "expired")
    then = await asked(person_id=str(assistant.id), known_at=before.isoformat())
    told = then[str(assistant.id)]
    assert told["allowed"]
    assert [one.partition(":")[0] for one in told["chain"]] == ["holding", "delegation", "holding", "grant"]
    assert set(await asked()) == {str(holder.id)}
    assert await asked(amount=501) == {}


async def test_everybody_may_ask_about_himself_and_about_others_by_power_only(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    caller, _, _ = await somebody(stage, powers, unit, "task.amend")
    other, _, _ = await somebody(stage, powers, unit, "task.amend")
    body = {"power": "task.amend", "unit_id": str(unit)}

    own = await caller.post("/v1/inquiries", {**body, "person_id": str(caller.id)})
    others = await caller.post("/v1/inquiries", {**body, "person_id": str(other.id)})

    assert own.status_code == 201, own.text
    assert [one["allowed"] for one in await answers(caller, own.json()["id"])] == [True]
    assert (await other.get(f"/v1/inquiries/{own.json()['id']}")).status_code == 404
    assert (others.status_code, why(others.json())) == (403, "no_authority")
