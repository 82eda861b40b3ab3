"""The inspection committee asks of the record: figures with a floor, each leading to its acts; asking leaves a trace."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from stage import Caller, Stage
from stories.test_powers import Powers, approve, proposed, somebody

from app.authority import delegations, grants
from app.authority.inspection_ddl import APPROVALS, PROPOSALS
from app.authority.inspection_shapes import FEW
from app.authority.schemas import GivePowers, RevokeDelegation
from app.core.act import FACTS
from app.core.clock import now, stopped_at, today
from app.core.database import lent
from app.people import service as people
from app.people.schemas import Appoint


@pytest.fixture
def powers(stage: Stage) -> Powers:
    return Powers(stage)


async def inspecting(stage: Stage, powers: Powers, unit: UUID) -> Caller:
    return (await somebody(stage, powers, unit, "audit.read"))[0]


async def figures(caller: Caller, path: str, field: str, *names: str) -> list[dict[str, Any]]:
    """The same figures at both doors, by REST's names."""
    by_rest = (await caller.get(f"/v1/{path}")).json()["items"]
    camel = {name: name.split("_")[0] + "".join(map(str.title, name.split("_")[1:])) for name in names}
    by_graph = (await caller.data(f"{{ {field} {{ nodes {{ {' '.join(camel.values())} }} }} }}"))[field][
        "nodes"
    ]
    rest = [{name: one[name] for name in names} for one in by_rest]
    told = [{name: one[camel[name]] for name in names} for one in by_graph]
    assert [{**one, "id": None} for one in rest] == [{**one, "id": None} for one in told]
    return rest


async def unseen(stage: Stage, powers: Powers, unit: UUID, path: str, field: str, group: str) -> None:
    """Neither who inspects another unit nor who merely acts in this one sees any of it, at either door."""
    elsewhere = await inspecting(stage, powers, await stage.unit())
    plain, _, _ = await somebody(stage, powers, unit, "task.amend")
    for who in (elsewhere, plain):
        assert await figures(who, path, field, "id") == []
        assert (await who.get(f"/v1/{path}/{group}")).status_code == 404
    async with lent(stage.house.database.act) as connection:
        read = await connection.one("SELECT count(*) FROM reading WHERE reader_id = $1", plain.id)
    assert read == 0


async def readings(stage: Stage, shape: str) -> tuple[int, int]:
    """Entries about readings of this shape, and how often it was read."""
    async with lent(stage.house.database.act) as connection:
        return await connection.one(
            "SELECT count(*) FROM audit.entry_index e JOIN reading r ON e.obj = 'reading:' || r.id WHERE r.shape = $1",
            shape,
        ), await connection.one("SELECT coalesce(sum(times), 0) FROM reading WHERE shape = $1", shape)


def test_every_fact_counted_as_an_approval_or_a_proposal_is_known() -> None:
    assert {*APPROVALS, *PROPOSALS} <= FACTS.keys()


async def test_a_share_of_fewer_than_twenty_approvals_is_counted_and_not_judged(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    proposer, _, _ = await somebody(stage, powers, unit, "programme.propose")
    one, _, _ = await somebody(stage, powers, unit, "programme.approve")
    other, _, _ = await somebody(stage, powers, unit, "programme.approve")
    inspector = await inspecting(stage, powers, unit)
    for caller, times in ((one, 15), (other, 4)):
        for _ in range(times):
            assert await approve(caller, await proposed(stage, proposer, unit)) == (200, None)

    async def shown(path: str = "") -> list[tuple[Any, ...]]:
        items = (await inspector.get(f"/v1/approval-shares?sort=-count{path}")).json()["items"]
        return [(i["actor_id"], i["count"], i["of"], i["judged"], i["share"]) for i in items]

    assert await shown() == [(str(one.id), 15, 19, False, None), (str(other.id), 4, 19, False, None)]
    assert await approve(other, await proposed(stage, proposer, unit)) == (200, None)
    judged = [(str(one.id), 15, 20, True, "0.7500"), (str(other.id), 5, 20, True, "0.2500")]
    assert await shown() == judged
    # A filter names some of the groups; what they are counted among stays the same.
    assert await shown(f"&actor={other.id}") == judged[1:]
    assert await shown("&judged=false") == []

    by_graph = await inspector.data(
        "{ approvalShares(first: 5, descending: true) { nodes { actorId count of judged share"
        " entries(first: 40) { nodes { act actorId } } } } }"
    )
    nodes = by_graph["approvalShares"]["nodes"]
    assert [(n["actorId"], n["count"], n["of"], n["judged"], n["share"]) for n in nodes] == judged
    assert [len(n["entries"]["nodes"]) for n in nodes] == [15, 5]
    found = await inspector.get(f"/v1/record-entries?act=programme.approved&actor={other.id}&limit=200")
    assert len(found.json()["items"]) == 5
    group = (await inspector.get("/v1/approval-shares?sort=-count")).json()["items"][0]
    assert (await inspector.get(f"/v1/approval-shares/{group['id']}")).json() == group


async def test_figures_are_seen_over_what_one_inspects_and_are_missing_elsewhere(
    stage: Stage, powers: Powers
) -> None:
    top = await stage.unit()
    left, right = await stage.unit(parent=top), await stage.unit(parent=top)
    proposer, _, _ = await somebody(stage, powers, left, "programme.propose")
    one, _, _ = await somebody(stage, powers, left, "programme.approve")
    assert await approve(one, await proposed(stage, proposer, left)) == (200, None)
    inspector, above = await inspecting(stage, powers, left), await inspecting(stage, powers, top)
    elsewhere = await inspecting(stage, powers, right)
    head, _, _ = await somebody(stage, powers, top, "task.amend")

    async def seen(caller: Caller) -> int:
        return len(await figures(caller, "approval-shares", "approvalShares", "count", "of"))

    assert [await seen(who) for who in (inspector, above, elsewhere, head, one)] == [1, 1, 0, 0, 0]
    group = (await inspector.get("/v1/approval-shares")).json()["items"][0]["id"]
    entry = (await inspector.get("/v1/record-entries?act=programme.approved")).json()["items"][0]["id"]
    for path in (f"approval-shares/{group}", f"record-entries/{entry}"):
        assert (await inspector.get(f"/v1/{path}")).status_code == 200
        assert {(await who.get(f"/v1/{path}")).status_code for who in (elsewhere, head, one)} == {404}
    assert (await elsewhere.get("/v1/record-entries?act=programme.approved")).json()["items"] == []


async def test_reading_is_an_entry_and_equal_readings_of_a_minute_are_one_even_at_once(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    inspector = await inspecting(stage, powers, unit)
    other, _, _ = await somebody(stage, powers, unit, "task.amend")
    minute = now().replace(second=30, microsecond=0)

    with stopped_at(minute):
        answers = await asyncio.gather(*(inspector.get("/v1/mutual-approvals") for _ in range(5)))
        assert {one.status_code for one in answers} == {200}
        await inspector.data("{ mutualApprovals { nodes { count } } }")
        assert await readings(stage, "MutualApproval") == (1, 6)
    with stopped_at(minute + timedelta(minutes=1)):
        await inspector.data("{ mutualApprovals(first: 5) { nodes { count entries { nodes { id } } } } }")
    assert await readings(stage, "MutualApproval") == (2, 7)
    assert await readings(stage, "RecordEntry") == (1, 1)
    # Whoever inspects nothing is shown nothing, and a plain read leaves nothing.
    await other.get("/v1/mutual-approvals")
    await inspector.get("/v1/programmes")
    assert await readings(stage, "MutualApproval") == (2, 7)
    # Who inspects the inspector's unit reads that he read, and by which power.
    shown = (await inspector.get("/v1/record-entries?act=reading.recorded")).json()["items"]
    assert {(one["actor_id"], one["power"]) for one in shown} == {(str(inspector.id), "audit.read")}


async def test_what_cannot_be_traced_is_not_answered(stage: Stage, powers: Powers) -> None:
    unit = await stage.unit()
    inspector = await inspecting(stage, powers, unit)
    owner = await asyncpg.connect(stage.house.database.addresses.owner)
    await owner.execute("REVOKE INSERT ON reading, denial FROM bayro_act")
    await owner.close()

    assert (await inspector.get("/v1/approval-shares")).status_code == 503
    said = await inspector.graph("{ approvalShares { nodes { count } } }")
    assert not said.get("data")
    assert said["errors"][0]["extensions"]["code"] == "not_ready"
    tried = await inspector.post(
        f"/v1/units/{unit}:rename", {"name": "Tên khác"}, headers={"If-Match": '"1"'}
    )
    assert tried.status_code == 503


async def test_denied_self_dealing_is_counted_among_all_that_was_denied(stage: Stage, powers: Powers) -> None:
    unit = await stage.unit()
    both, _, _ = await somebody(stage, powers, unit, "programme.propose", "programme.approve")
    plain, _, _ = await somebody(stage, powers, unit, "task.amend")
    inspector = await inspecting(stage, powers, unit)
    programme = await proposed(stage, both, unit)
    rename = {"json": {"name": "Tên khác"}, "headers": {"If-Match": '"1"'}}
    for _ in range(3):
        assert await approve(both, programme) == (403, "separation_of_duties")
    for who, times in ((both, 2), (plain, 1)):
        for _ in range(times):
            assert (await who.post(f"/v1/units/{unit}:rename", **rename)).status_code == 403

    names = ("actor_id", "count", "of", "judged", "share", "separation_of_duties", "self_evaluation")
    tried = await figures(inspector, "self-dealing-tried", "selfDealingTried", *names)
    assert [tuple(one.values()) for one in tried] == [(str(both.id), 3, 5, False, None, 3, 0)]
    led = await inspector.data("{ selfDealingTried(first: 5) { nodes { denials { nodes { why times } } } } }")
    denials = led["selfDealingTried"]["nodes"][0]["denials"]["nodes"]
    assert {one["why"] for one in denials} == {"separation_of_duties"}
    assert sum(one["times"] for one in denials) == 3
    group = (await inspector.get("/v1/self-dealing-tried")).json()["items"][0]["id"]
    await unseen(stage, powers, unit, "self-dealing-tried", "selfDealingTried", group)
    # At twenty there is enough to judge by.
    for number in range(15):
        assert (
            await both.post(f"/v1/units/{unit}:rename", {"name": f"N{number}"}, headers={"If-Match": '"1"'})
        ).status_code == 403
    judged = await figures(
        inspector, "self-dealing-tried", "selfDealingTried", "count", "of", "judged", "share"
    )
    assert [tuple(one.values()) for one in judged] == [(3, 20, True, "0.1500")]


async def test_approvals_back_and_forth_name_the_pair_and_not_who_approved_one_way(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    a, _, _ = await somebody(stage, powers, unit, "programme.propose", "programme.approve")
    b, _, _ = await somebody(stage, powers, unit, "programme.propose", "programme.approve")
    c, _, _ = await somebody(stage, powers, unit, "programme.propose", "programme.approve")
    inspector = await inspecting(stage, powers, unit)
    for approver, proposer, times in ((a, b, 3), (b, a, 2), (a, c, 4)):
        for _ in range(times):
            assert await approve(approver, await proposed(stage, proposer, unit)) == (200, None)
    # Proposed by one, sent back, proposed anew by another: it is the other's.
    again = await proposed(stage, a, unit)
    back, _, _ = await somebody(stage, powers, unit, "programme.send_back")
    for who, verb, body in ((back, "send-back", {"reason": "thiếu"}), (c, "propose", {})):
        read = await who.get(f"/v1/programmes/{again}")
        done = await who.post(
            f"/v1/programmes/{again}:{verb}", body, headers={"If-Match": read.headers["etag"]}
        )
        assert done.status_code == 200, done.text
    assert await approve(b, again) == (200, None)

    names = ("one_id", "other_id", "by_one", "by_other", "count", "of", "judged")
    pairs = await figures(inspector, "mutual-approvals", "mutualApprovals", *names)
    one, other = sorted([a, b], key=lambda who: who.id)
    gave = {a.id: 3, b.id: 2}
    expected = (str(one.id), str(other.id), gave[one.id], gave[other.id], 5, 3 + 2 + 4 + 1, False)
    assert [tuple(pair.values()) for pair in pairs] == [expected]
    led = await inspector.data(
        "{ mutualApprovals(first: 5) { nodes { entryIds entries { nodes { uuid } } } } }"
    )
    node = led["mutualApprovals"]["nodes"][0]
    assert sorted(node["entryIds"]) == sorted(entry["uuid"] for entry in node["entries"]["nodes"])
    assert len(node["entryIds"]) == 5
    group = (await inspector.get("/v1/mutual-approvals")).json()["items"][0]["id"]
    await unseen(stage, powers, unit, "mutual-approvals", "mutualApprovals", group)


async def test_a_delegation_tells_of_acts_before_it_was_recorded_outside_its_period_and_of_none(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    _, post, grant = await somebody(stage, powers, unit, "unit.alias", since=today() - timedelta(days=30))
    user, desk, _ = await somebody(stage, powers, unit, "task.amend")
    inspector = await inspecting(stage, powers, unit)
    used = await powers.lend(grant, post, desk, unit, "unit.alias")
    # Two acts before it is withdrawn on the same day stand within its period.

    async def alias(name: str, who: Caller = user) -> int:
        read = await who.get(f"/v1/units/{unit}")
        answer = await who.post(
            f"/v1/units/{unit}:alias", {"alias": name}, headers={"If-Match": read.headers["etag"]}
        )
        return answer.status_code

    assert [await alias(name) for name in ("a", "b")] == [200, 200]
    recorded = (await inspector.get(f"/v1/delegation-uses/{used}")).json()["created_at"]
    with stopped_at(datetime.fromisoformat(recorded) - timedelta(minutes=1)):
        assert await alias("c") == 200
    async with stage.act() as act:
        await delegations.revoke(act, used, RevokeDelegation())
    cut = await powers.lend(grant, post, desk, unit, "unit.alias")
    with stopped_at(now() + timedelta(days=4)):
        assert await alias("d", await stage.signed_in(user.id)) == 200
    with stopped_at(now() + timedelta(days=5)):
        async with stage.act() as act:
            await delegations.revoke(act, cut, RevokeDelegation(since=today() - timedelta(days=2)))
    never = await powers.lend(grant, post, desk, unit, "unit.alias", since=today() + timedelta(days=1))
    other, table, _ = await somebody(stage, powers, unit, "task.amend")
    sound = await powers.lend(grant, post, table, unit, "unit.alias")
    assert await alias("e", other) == 200

    names = ("id", "count", "before_recording", "outside_period", "never_used", "judged")
    rest = (await inspector.get("/v1/delegation-uses")).json()["items"]
    told = {one["id"]: tuple(one[name] for name in names[1:]) for one in rest}
    assert told == {
        str(used): (3, 1, 1, False, False),
        str(cut): (1, 0, 1, False, False),
        str(never): (0, 0, 0, True, False),
        str(sound): (1, 0, 0, False, False),
    }
    by_graph = await inspector.data(
        "{ delegationUses(first: 5, filter: {questioned: true}) { nodes { uuid count entries { nodes { act } } delegation { uuid } } } }"
    )
    nodes = {node["uuid"]: node for node in by_graph["delegationUses"]["nodes"]}
    assert nodes.keys() == {str(used), str(cut), str(never)}
    assert len(nodes[str(used)]["entries"]["nodes"]) == 3
    assert nodes[str(never)]["delegation"] == {"uuid": str(never)}
    only = (await inspector.get("/v1/delegation-uses?never_used=true&fields=id")).json()["items"]
    assert only == [{"id": str(never)}]
    await unseen(stage, powers, unit, "delegation-uses", "delegationUses", str(used))


async def test_time_claimed_far_from_the_writing_is_counted_among_ones_acts(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    caller, _, _ = await somebody(stage, powers, unit, "unit.alias")
    punctual, _, _ = await somebody(stage, powers, unit, "unit.alias")
    inspector = await inspecting(stage, powers, unit)

    async def alias(who: Caller, name: str) -> None:
        read = await who.get(f"/v1/units/{unit}")
        answer = await who.post(
            f"/v1/units/{unit}:alias", {"alias": name}, headers={"If-Match": read.headers["etag"]}
        )
        assert answer.status_code == 200, answer.text

    await alias(caller, "a")
    await alias(punctual, "b")
    with stopped_at(now() - timedelta(minutes=10)):
        await alias(caller, "c")
    with stopped_at(now() - timedelta(minutes=4)):
        await alias(punctual, "d")

    told = await figures(inspector, "claimed-times", "claimedTimes", "actor_id", "count", "of", "judged")
    assert [tuple(one.values()) for one in told] == [(str(caller.id), 1, 2, False)]
    led = await inspector.data(
        "{ claimedTimes(first: 5) { nodes { largestSeconds entries { nodes { act } } } } }"
    )
    node = led["claimedTimes"]["nodes"][0]
    assert 600 <= node["largestSeconds"] < 660
    assert node["entries"]["nodes"] == [{"act": "unit.aliased"}]
    far = (await inspector.get(f"/v1/record-entries?far=true&unit={unit}")).json()["items"]
    assert [one["actor_id"] for one in far] == [str(caller.id)]
    group = (await inspector.get("/v1/claimed-times")).json()["items"][0]["id"]
    await unseen(stage, powers, unit, "claimed-times", "claimedTimes", group)


async def test_amounts_within_a_limit_are_summed_over_seven_days_for_one_owner(
    stage: Stage, powers: Powers
) -> None:
    top = await stage.unit()
    unit, beside = await stage.unit(parent=top), await stage.unit(parent=top)
    proposer, _, _ = await somebody(stage, powers, top, "programme.propose")
    limited, _, _ = await somebody(stage, powers, top, "programme.approve", max_amount=100)
    free, _, _ = await somebody(stage, powers, top, "programme.approve")
    inspector = await inspecting(stage, powers, top)
    start = now()
    given = (
        (limited, unit, 90, 0),
        (limited, unit, 10, 1),  # a hundred together: not beyond the limit
        (limited, unit, 60, 6),  # 160 within seven days
        (limited, unit, 95, 14),  # the eighth day after: alone
        (limited, beside, 90, 0),  # another owner
        (free, unit, 900, 0),
        (free, unit, 900, 0),
    )
    for approver, owner, amount, day in given:
        programme = await proposed(stage, proposer, owner, amount)
        with stopped_at(start + timedelta(days=day)):
            signed = await stage.signed_in(approver.id)
            assert await approve(signed, programme) == (200, None)

    names = ("unit_id", "actor_id", "power", "largest", "count", "of", "judged")
    split = await figures(inspector, "split-amounts", "splitAmounts", *names)
    assert [tuple(one.values()) for one in split] == [
        (str(unit), str(limited.id), "programme.approve", 160, 1, 4, False)
    ]
    led = await inspector.data(
        "{ splitAmounts(first: 5) { nodes { entryIds entries { nodes { uuid amount maxAmount } } } } }"
    )
    node = led["splitAmounts"]["nodes"][0]
    entries = {one["uuid"]: (one["amount"], one["maxAmount"]) for one in node["entries"]["nodes"]}
    assert sorted(entries.values()) == [(10, 100), (60, 100), (90, 100), (95, 100)]
    assert [entries[one] for one in node["entryIds"]] == [(60, 100)]
    group = (await inspector.get("/v1/split-amounts")).json()["items"][0]["id"]
    await unseen(stage, powers, top, "split-amounts", "splitAmounts", group)


async def test_grants_to_a_position_that_the_granter_comes_to_hold_are_counted_among_his_grants(
    stage: Stage, powers: Powers
) -> None:
    unit = await stage.unit()
    granter, _, _ = await somebody(stage, powers, unit, "authority.grant")
    inspector = await inspecting(stage, powers, unit)
    posts = [await powers.post(unit) for _ in range(3)]
    async with stage.act() as act:
        basis = await stage.basis(act)
    actor = await stage.house.ports.identity.person(granter.id)
    given = []
    for post in posts:
        async with stage.act(actor) as act:
            given.append(
                await grants.give(
                    act, GivePowers(position_id=post, powers=["task.amend"], unit_id=unit, basis_id=basis)
                )
            )
    assert (await inspector.get("/v1/grants-to-oneself")).json()["items"] == []
    async with stage.act() as act:
        await people.appoint(act, posts[1], Appoint(person_id=granter.id))

    names = ("unit_id", "actor_id", "count", "of", "judged", "grant_ids")
    told = await figures(inspector, "grants-to-oneself", "grantsToOneself", *names)
    assert [tuple(one.values()) for one in told] == [
        (str(unit), str(granter.id), 1, 3, False, [str(given[1])])
    ]
    led = await inspector.data(
        "{ grantsToOneself(first: 5) { nodes { id grants { uuid } entries { nodes { act actorId objectId amount } } } } }"
    )
    node = led["grantsToOneself"]["nodes"][0]
    assert node["grants"] == [{"uuid": str(given[1])}]
    # A power without a limit is no act of an amount.
    granted = {"act": "grant.given", "actorId": str(granter.id), "objectId": str(given[1]), "amount": None}
    assert node["entries"]["nodes"] == [granted]
    group = (await inspector.get("/v1/grants-to-oneself")).json()["items"][0]["id"]
    await unseen(stage, powers, unit, "grants-to-oneself", "grantsToOneself", group)


async def test_duties_lie_in_one_hand_where_one_person_alone_holds_both_powers(
    stage: Stage, powers: Powers
) -> None:
    top = await stage.unit()
    alone, pair, half = [await stage.unit(parent=top) for _ in range(3)]
    both = ("programme.propose", "programme.approve")
    single, _, grant = await somebody(stage, powers, alone, *both)
    await somebody(stage, powers, pair, *both)
    await somebody(stage, powers, pair, "programme.approve")
    await somebody(stage, powers, half, "programme.propose")
    inspector = await inspecting(stage, powers, top)
    await proposed(stage, single, alone)

    names = ("unit_id", "power_a", "power_b", "person_id", "count", "judged", "grant_ids")
    told = await figures(inspector, "duties-in-one-hand", "dutiesInOneHand", *names)
    expected = (str(alone), *sorted(both), str(single.id), 1, False, [str(grant)])
    assert [tuple(one.values()) for one in told] == [expected]
    led = await inspector.data("{ dutiesInOneHand(first: 5) { nodes { entries { nodes { act } } } } }")
    assert led["dutiesInOneHand"]["nodes"][0]["entries"]["nodes"] == [{"act": "programme.proposed"}]
    group = (await inspector.get("/v1/duties-in-one-hand")).json()["items"][0]["id"]
    await unseen(stage, powers, top, "duties-in-one-hand", "dutiesInOneHand", group)
    # A second holder above, whose power takes the unit in, is a second pair of eyes.
    await somebody(stage, powers, top, "programme.approve")
    assert (await inspector.get("/v1/duties-in-one-hand")).json()["items"] == []


@dataclass(frozen=True)
class Approved:
    """An approval as the story made it."""

    approver: UUID
    proposer: UUID
    unit: UUID
    amount: int
    day: int


def shares(acts: list[Approved]) -> set[tuple[Any, ...]]:
    """Each approver's count among all, judged from twenty on."""
    counts = Counter(one.approver for one in acts)
    total = len(acts)
    return {
        (str(who), count, total, total >= 20, f"{count / total:.4f}" if total >= 20 else None)
        for who, count in counts.items()
    }


def pairs(acts: list[Approved]) -> set[tuple[Any, ...]]:
    """Who approved each other's proposals, among all approvals of the two."""
    given = Counter(one.approver for one in acts)
    way = Counter((one.approver, one.proposer) for one in acts)
    return {
        (str(a), str(b), way[a, b], way[b, a], given[a] + given[b])
        for a in given
        for b in given
        if a < b and way[a, b] and way[b, a]
    }


def splits(acts: list[Approved], limit: int) -> set[tuple[Any, ...]]:
    """Per unit and approver: how many approvals took the sum of seven days beyond the limit, and the largest sum."""
    found = set()
    for unit, who in {(one.unit, one.approver) for one in acts}:
        own = [one for one in acts if (one.unit, one.approver) == (unit, who)]
        near = [[other for other in own if 0 <= one.day - other.day <= 7] for one in own]
        sums = [sum(one.amount for one in some) for some in near if len(some) > 1]
        beyond = [one for one in sums if one > limit]
        if beyond:
            found.add((str(unit), str(who), max(beyond), len(beyond), len(own)))
    return found


async def test_all_figures_of_a_busy_month_are_those_counted_from_its_acts(
    stage: Stage, powers: Powers
) -> None:
    top = await stage.unit()
    left, right = await stage.unit(parent=top), await stage.unit(parent=top)
    both = ("programme.propose", "programme.approve")
    people = [(await somebody(stage, powers, top, *both, max_amount=100))[0] for _ in range(3)]
    over_all, over_left = await inspecting(stage, powers, top), await inspecting(stage, powers, left)
    chance, start = Random(7), now()  # noqa: S311 - a story, not a secret
    acts: list[Approved] = []
    for day in sorted(chance.randrange(25) for _ in range(24)):
        approver, proposer = chance.sample(people, 2)
        unit, amount = chance.choice((left, right)), chance.randrange(20, 100)
        programme = await proposed(stage, proposer, unit, amount)
        with stopped_at(start + timedelta(days=day)):
            assert await approve(await stage.signed_in(approver.id), programme) == (200, None)
        acts.append(Approved(approver.id, proposer.id, unit, amount, day))
    of_left = [one for one in acts if one.unit == left]

    async def told(who: Caller, path: str, field: str, *names: str) -> set[tuple[Any, ...]]:
        return {tuple(one.values()) for one in await figures(who, path, field, *names)}

    share = ("approval-shares", "approvalShares", "actor_id", "count", "of", "judged", "share")
    assert await told(over_all, *share) == shares(acts)
    # They approve in posts of the unit above, which the other inspector does not inspect.
    assert await told(over_left, *share) == set()
    mutual = ("mutual-approvals", "mutualApprovals", "one_id", "other_id", "by_one", "by_other", "of")
    split = ("split-amounts", "splitAmounts", "unit_id", "actor_id", "largest", "count", "of")
    for who, seen in ((over_all, acts), (over_left, of_left)):
        assert await told(who, *mutual) == pairs(seen)
        assert await told(who, *split) == splits(seen, 100)
    claimed = ("claimed-times", "claimedTimes", "actor_id", "count", "of")
    late = Counter(one.approver for one in acts if one.day)
    entries = Counter(one.approver for one in acts) + Counter(one.proposer for one in acts)
    assert await told(over_all, *claimed) == {(str(who), late[who], entries[who]) for who in late}


async def test_entries_are_the_same_page_by_page_in_both_orders_for_one_unit_and_for_many(
    stage: Stage, powers: Powers
) -> None:
    top = await stage.unit()
    left, right = await stage.unit(parent=top), await stage.unit(parent=top)
    for unit in (left, right):
        caller, _, _ = await somebody(stage, powers, unit, "unit.alias")
        for name in ("a", "b", "c"):
            read = await caller.get(f"/v1/units/{unit}")
            await caller.post(
                f"/v1/units/{unit}:alias", {"alias": name}, headers={"If-Match": read.headers["etag"]}
            )
    one, many = await inspecting(stage, powers, left), await inspecting(stage, powers, top)

    async def paged(who: Caller, sort: str) -> list[str]:
        found: list[str] = []
        path = f"/v1/record-entries?act=unit.aliased&sort={sort}&limit=2"
        while True:
            page = (await who.get(path)).json()
            found += [entry["id"] for entry in page["items"]]
            cursor = page["page"]["next_cursor"]
            if cursor is None:
                return found
            path = f"/v1/record-entries?act=unit.aliased&sort={sort}&limit=2&after={cursor}"

    assert [len(await paged(who, "written")) for who in (one, many)] == [3, 6]
    assert await paged(many, "-written") == (await paged(many, "written"))[::-1]
    # Units enough that the record itself is walked, in its order.
    for _ in range(FEW):
        await stage.unit(parent=top)
    walked = await paged(many, "written")
    assert len(walked) == 6
    assert walked == sorted(walked)
    assert await paged(many, "-written") == walked[::-1]
    backward = await many.data(
        '{ recordEntries(last: 4, filter: {act: ["unit.aliased"]}) { nodes { uuid } } }'
    )
    assert [node["uuid"] for node in backward["recordEntries"]["nodes"]] == walked[-4:]
    entry = await many.get(f"/v1/record-entries/{walked[0]}")
    about = entry.json()["object_kind"], entry.json()["object_id"]
    of_one = (await many.get(f"/v1/record-entries?object={':'.join(about)}")).json()["items"]
    assert walked[0] in [each["id"] for each in of_one]


async def test_who_inspects_may_do_nothing_to_what_he_reads(stage: Stage, powers: Powers) -> None:
    unit = await stage.unit()
    proposer, post, grant = await somebody(stage, powers, unit, "programme.propose")
    inspector = await inspecting(stage, powers, unit)
    programme = await proposed(stage, proposer, unit)
    things = {
        "units": unit,
        "programmes": programme,
        "positions": post,
        "grants": grant,
        "people": proposer.id,
    }
    for path, thing in things.items():
        read = await inspector.get(f"/v1/{path}/{thing}?include=allowed_actions")
        assert read.status_code == 200, path
        actions = read.json()["allowed_actions"]
        assert actions
        assert [one for one in actions if one["enabled"]] == [], path
    for path in ("record-entries", "approval-shares"):
        assert (await inspector.post(f"/v1/{path}", {})).status_code in {404, 405}
