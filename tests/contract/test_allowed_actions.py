"""`allowed_actions`: what a read tells of an act is what the act itself decides, at both doors, in the one statement."""

import json
from dataclasses import replace
from typing import Any

import asyncpg
import pytest
from contract.conftest import PERSONAS, Demo
from contract.doors import MUTATIONS, SCHEMA, Sent, by_rest, camel
from contract.examples import COMMANDS, Example, examples
from graphql import GraphQLObjectType
from stage import Caller

from app.core.embedded import Embedded
from app.core.reads.allowed import MARK
from app.tasks.workflow import State
from app.wiring import reasons, registry, resources
from bench.statements import heard

ON = {name: one for name, one in COMMANDS.items() if one.on}
REGISTRY = registry()
ONE = {one.shape: one.one for one in resources()}
BEFORE_POWER = {"reference_unknown", "not_found"}
"""Refusals of what is sent, which a verb sees before it asks for the power."""


async def by_read(caller: Caller, path: str) -> list[dict[str, Any]] | None:
    """The list as REST gives it; None where the thing is not seen."""
    answer = await caller.get(f"{path}?fields=allowed_actions")
    if answer.status_code == 404:
        return None
    assert answer.status_code == 200, answer.text
    return answer.json()["allowed_actions"]


async def by_query(caller: Caller, shape: str, path: str) -> list[dict[str, Any]] | None:
    """The list as GraphQL gives it."""
    one = camel(ONE[shape])
    query = f"query ($id: ID!) {{ {one}(id: $id) {{ allowedActions {{ action power enabled reason }} }} }}"
    thing = (await caller.data(query, id=path.rpartition("/")[2]))[one]
    return thing and thing["allowedActions"]


async def tried(caller: Caller, name: str, example: Example) -> tuple[int, str | None, str | None]:
    """Status, code and reason of a dry run."""
    answer = await by_rest(caller, COMMANDS[name], Sent(example, dry_run=True))
    body = answer.json()
    if answer.is_success:
        return answer.status_code, None, None
    return answer.status_code, body["code"], next((one["code"] for one in body.get("errors", ())), None)


def test_every_command_on_a_thing_is_told_of_in_its_order() -> None:
    told = [(shape, verb.name) for shape, verbs in REGISTRY.verbs.items() for verb in verbs]
    assert sorted(told) == sorted((one.on, name) for name, one in ON.items())
    for shape, verbs in REGISTRY.verbs.items():
        assert [verb.name for verb in verbs] == [name for name, one in ON.items() if one.on == shape]


def test_both_contracts_promise_it_on_the_same_things() -> None:
    graph = {
        name
        for name, kind in SCHEMA.type_map.items()
        if isinstance(kind, GraphQLObjectType) and "allowedActions" in kind.fields
    }
    assert graph == set(REGISTRY.verbs)
    assert {camel(name) for name in ON} <= set(MUTATIONS)


async def test_what_is_told_is_what_a_dry_run_decides(own_demo: Demo) -> None:
    """Every command on a thing × every persona: enabled where it is not refused for want of power, and why not alike."""
    ready = await examples(own_demo)
    wrong: dict[tuple[str, str], Any] = {}
    compared = {True: 0, False: 0}
    for persona in ("keeper", *PERSONAS):
        caller: Caller = getattr(own_demo, persona)
        lists = {path: await by_read(caller, path) for path in {ready[name].on for name in ON}}
        for name in ON:
            status, code, why = await tried(caller, name, ready[name])
            listed = lists[ready[name].on]
            if listed is None:
                if status != 404:
                    wrong[persona, name] = (status, "not seen")
                continue
            told = next(one for one in listed if one["action"] == name)
            if code in BEFORE_POWER and not told["enabled"]:
                continue
            compared[status != 403] += 1
            # All examples are in the state their command needs, so want of power is the only reason there can be.
            if (told["enabled"], told["reason"]) != (status != 403, why if status == 403 else None):
                wrong[persona, name] = (told, status, code, why)
    assert wrong == {}
    assert min(compared.values()) > len(ON), compared


@pytest.mark.parametrize("persona", ["keeper", *PERSONAS])
async def test_both_doors_tell_the_same(own_demo: Demo, persona: str) -> None:
    caller: Caller = getattr(own_demo, persona)
    ready = await examples(own_demo)
    seen = 0
    for name, command in ON.items():
        path = ready[name].on
        listed = await by_read(caller, path)
        assert listed == await by_query(caller, command.on or "", path), (name, path)
        seen += listed is not None
    assert seen > 5


async def test_every_reason_has_words(demo: Demo) -> None:
    words = (await demo.client.get("/v1/words")).json()
    assert set(words["reasons"]) == set(reasons())
    told = (await by_read(demo.inspector, await some_path(demo.inspector, "programmes"))) or []
    assert told
    assert {one["reason"] for one in told} <= set(reasons())
    assert {one["power"] for one in told} <= set(words["actions"])


async def some_path(caller: Caller, noun: str) -> str:
    return f"/v1/{noun}/{(await caller.get(f'/v1/{noun}?limit=1')).json()['items'][0]['id']}"


# -- states ----------------------------------------------------------------------------------------------------


async def superuser(demo: Demo, server: Embedded) -> asyncpg.Connection:
    """Only so are rows changed without an entry in the record: put into states that no verb leads to yet."""
    name = demo.house.database.addresses.owner.partition("?")[0].rpartition("/")[2]
    connection = await asyncpg.connect(server.dsn("postgres", name))
    await connection.execute("SET session_replication_role = replica")
    return connection


OVER = {
    *("programme_not_open", "programme_not_draft", "programme_not_approved", "task_not_draft", "unit_ended"),
    *("indicator_withdrawn", "import_withdrawn", "grant_ended", "delegation_ended", "duty_ended"),
    *("interest_ended", "token_already_revoked"),
}
"""Refusals for the state a thing is in."""
_ENDED = {"ended_on": "current_date - 1"}
STATES: dict[str, list[dict[str, str]]] = {
    "programme": [
        {
            "state": f"'{state}'",
            "budget": budget,
            "issued_on": "current_date" if state == "issued" else "NULL",
        }
        for state in ("draft", "proposed", "approved", "issued")
        for budget in ("NULL", "5000000")
    ],
    "task": [
        {"state": f"'{state}'", "first_deadline": first, "lead_id": "owner_id"}
        for state in State
        for first in ("NULL", "'{}'")
    ],
    "unit": [{**_ENDED, "ending": "'merged'"}],
    "indicator": [{"withdrawn_on": "NULL"}, {"withdrawn_on": "current_date"}],
    "annex_import": [{"state": "'withdrawn'"}, {"state": "'carried_out'"}],
    "power_grant": [
        {"valid": f"daterange({span})"}
        for span in ("'2026-01-01', current_date", "current_date, NULL", "current_date + 9, NULL")
    ],
    "delegation": [
        {"valid": f"daterange({span})"}
        for span in ("'2026-01-01', current_date", "current_date, '2031-01-01'", "'2026-01-01', '2026-01-01'")
    ],
    "duty": [{"ended_on": "NULL"}, _ENDED],
    "interest": [{"ended_on": "NULL"}, _ENDED],
    "personal_token": [{"revoked_at": "NULL"}, {"revoked_at": "now()"}],
}
"""By table: values that put one of its rows into each state."""


async def test_the_states_told_are_those_the_verbs_refuse_in(own_demo: Demo, server: Embedded) -> None:
    ready = await examples(own_demo)
    owner = await superuser(own_demo, server)
    wrong, told_off = [], set()
    for table, states in STATES.items():
        shape = next(one.name for one in REGISTRY if one.table == table)
        for values in states:
            for name in (name for name, one in ON.items() if one.on == shape):
                one = ready[name]
                changes = ", ".join(f"{column} = {value}" for column, value in values.items())
                await owner.execute(f'UPDATE "{table}" SET {changes} WHERE id = $1', one.id)
                await owner.execute("UPDATE epoch SET epoch = epoch + 1")
                listed = await by_read(own_demo.keeper, one.on) or []
                told = next(each for each in listed if each["action"] == name)
                _, code, _ = await tried(own_demo.keeper, name, one)
                if told["reason"] not in {None, "not_in_state"} or told["enabled"] == (code in OVER):
                    wrong.append((name, values, told, code))
                if code in OVER:
                    told_off.add(name)
    await owner.close()
    assert wrong == []
    # A predicate that never says no would pass above: every command that names one was seen refused.
    assert told_off == {name for name, one in ON.items() if one.open_if}


# -- the statement ---------------------------------------------------------------------------------------------


async def test_a_list_with_actions_is_one_statement_of_its_own_and_others_are_as_before(demo: Demo) -> None:
    await demo.keeper.get("/v1/me")
    async with heard(demo.house.database) as notes:
        plain = await demo.keeper.get("/v1/tasks?limit=50")
        asked = await demo.keeper.get("/v1/tasks?limit=50&include=allowed_actions")
    assert len(notes) == 2
    assert "unit_ancestor WHERE" not in notes[0].text
    assert MARK not in notes[1].text
    assert MARK not in notes[0].values
    assert len(asked.json()["items"]) == 50
    for before, after in zip(plain.json()["items"], asked.json()["items"], strict=True):
        assert [one["action"] for one in after.pop("allowed_actions")] == [
            *("amend_task", "link_indicators", "withdraw_task")
        ]
        assert after == before


@pytest.mark.parametrize("resource", [one for one in resources() if one.shape in REGISTRY.verbs], ids=str)
async def test_every_list_carries_them_in_one_statement(demo: Demo, resource: Any) -> None:
    await demo.keeper.get("/v1/me")
    async with heard(demo.house.database) as notes:
        answer = await demo.keeper.get(f"/v1/{resource.path}?fields=id,allowed_actions")
    assert len(notes) == 1
    names = [verb.name for verb in REGISTRY.verbs[resource.shape]]
    for one in answer.json()["items"]:
        assert [told["action"] for told in one["allowed_actions"]] == names


async def test_graphql_makes_each_list_as_it_was_asked_for(demo: Demo) -> None:
    query = """{ programmes(first: 2) { nodes {
      allowedActions { action }
      more: allowedActions { __typename is: enabled }
      tasks(first: 2) { nodes { id allowedActions { why: reason enabled } } } } } }"""
    await demo.secretary.get("/v1/me")
    async with heard(demo.house.database) as notes:
        data = await demo.secretary.data(query)
    assert len(notes) == 1
    for one in data["programmes"]["nodes"]:
        assert [[*each] for each in one["allowedActions"]] == [["action"]] * len(REGISTRY.verbs["Programme"])
        assert {tuple(each) for each in one["more"]} == {("__typename", "is")}
        assert {each["__typename"] for each in one["more"]} == {"AllowedAction"}
        for task in one["tasks"]["nodes"]:
            assert [[*each] for each in task["allowedActions"]] == [["why", "enabled"]] * 3


async def test_their_cost_is_counted(demo: Demo) -> None:
    costs = [
        (await demo.secretary.graph(f"{{ tasks(first: 10) {{ nodes {{ id {more} }} }} }}"))["extensions"][
            "cost"
        ]
        for more in ("", "allowedActions { action }")
    ]
    assert costs[1]["value"] == costs[0]["value"] + 10 * 5


async def test_a_read_of_the_past_tells_of_no_act(demo: Demo) -> None:
    path = await some_path(demo.keeper, "units")
    answer = await demo.keeper.get(f"{path}?as_of=2026-11-01&fields=id,allowed_actions")
    assert answer.json()["allowed_actions"] == []


async def test_words_that_look_like_a_mark_stay_words(own_demo: Demo) -> None:
    """Even with the mark known, which nobody is told: text is quoted; and without it, JSON is no mark either."""
    forged = f'{{"{MARK}" : [0], "{MARK}" : 0}}'
    unit = (await own_demo.keeper.get("/v1/units?code=DU-CQDTW-VP")).json()["items"][0]["id"]
    answer = await own_demo.keeper.post("/v1/units", {**_unit(unit), "aliases": [forged], "name": forged})
    assert answer.status_code == 201, answer.text
    read = await own_demo.keeper.get(f"/v1/units/{answer.json()['id']}?include=allowed_actions,aliases")
    assert read.json()["name"] == forged
    assert next(one["action"] for one in read.json()["allowed_actions"]) == "rename_unit"
    assert MARK not in (
        await own_demo.keeper.get("/v1/units?include=allowed_actions&limit=200")
    ).text.replace(json.dumps(forged)[1:-1], "")


def _unit(parent: str) -> dict[str, Any]:
    return {"code": "vd-dau", "kind": "chi_bo", "level": "centre", "parent_id": parent}


# -- rights that change ----------------------------------------------------------------------------------------


async def test_rights_that_change_change_the_answer_and_its_tag(own_demo: Demo, server: Embedded) -> None:
    ready = await examples(own_demo)
    path = f"{ready['amend_task'].on}?include=allowed_actions"
    before = await own_demo.secretary.get(path)
    assert any(one["enabled"] for one in before.json()["allowed_actions"])
    same = await own_demo.secretary.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert same.status_code == 304

    owner = await superuser(own_demo, server)
    await owner.execute("UPDATE power_grant SET valid = 'empty'")
    await owner.execute("UPDATE epoch SET epoch = epoch + 1")
    await owner.close()

    after = await own_demo.secretary.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert {one["reason"] for one in after.json()["allowed_actions"]} == {"expired"}


async def test_a_command_answers_with_what_may_be_asked_next(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    one = ready["propose_programme"]
    answer = await own_demo.keeper.post(
        f"{one.on}:propose?include=allowed_actions", {}, headers={"If-Match": '"1"'}
    )
    told = {each["action"]: each["reason"] for each in answer.json()["allowed_actions"]}
    assert told["propose_programme"] == "not_in_state"
    assert told["approve_programme"] == "separation_of_duties"
    assert told["send_programme_back"] is None
    assert (await own_demo.keeper.post(f"{one.on}:propose?include=owner", {})).json()[
        "code"
    ] == "value_invalid"


async def test_an_import_tells_what_may_be_done_with_it(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    sent = replace(ready["import_annex"], input={**ready["import_annex"].input, "include": "allowed_actions"})
    answer = await by_rest(own_demo.keeper, COMMANDS["import_annex"], Sent(sent))
    assert [one["reason"] for one in answer.json()["allowed_actions"]] == [None]


async def test_an_act_on_ones_own_power_tells_of_the_powers_it_leaves(own_demo: Demo) -> None:
    """The answer is read before the commit, and the caller's chains of before are no more."""
    own = (await own_demo.keeper.get("/v1/me")).json()["posts"][0]["position"]["id"]
    grant = (await own_demo.keeper.get(f"/v1/grants?position={own}")).json()["items"][0]
    result = await own_demo.keeper.data(
        """mutation ($id: ID!, $version: Int!) { withdrawPowers(id: $id, input: {}, expectedVersion: $version) {
          ... on WithdrawPowersResult { grant { allowedActions { reason } } } } }""",
        id=grant["id"],
        version=grant["version"],
    )
    assert result["withdrawPowers"]["grant"]["allowedActions"] == [{"reason": "expired"}]


# -- what a decision depends on --------------------------------------------------------------------------------


async def agreed(caller: Caller, ready: dict[str, Example], *names: str) -> dict[str, str | None]:
    """What is told of each command, where a dry run says the same."""
    found = {}
    for name in names:
        listed = await by_read(caller, ready[name].on) or []
        told = next(one for one in listed if one["action"] == name)
        status, _, why = await tried(caller, name, ready[name])
        assert (told["enabled"], told["reason"]) == (status != 403, why if status == 403 else None), name
        found[name] = told["reason"]
    return found


async def test_an_amount_binds_only_who_decides_on_money_and_an_interest_everybody(own_demo: Demo) -> None:
    ready, specialist = await examples(own_demo), own_demo.specialist
    await given(own_demo, specialist, ["programme.approve", "programme.amend"], max_amount=4_999_999)
    laid = ready["approve_programme"].on
    ready["address_programme"] = replace(ready["address_programme"], on=laid)
    assert await agreed(specialist, ready, "approve_programme", "address_programme") == {
        "approve_programme": "over_limit",
        "address_programme": None,
    }
    interest = {"object_kind": "programme", "object_id": laid.rpartition("/")[2], "why": "người thân"}
    answer = await own_demo.keeper.post("/v1/interests", {"person_id": str(specialist.id), **interest})
    assert answer.status_code == 201, answer.text
    assert await agreed(specialist, ready, "address_programme") == {
        "address_programme": "conflict_of_interest"
    }


async def test_giving_usual_powers_is_giving_them_without_limit_and_of_their_class(own_demo: Demo) -> None:
    ready, specialist = await examples(own_demo), own_demo.specialist
    for limits, why in (
        ({"max_class": 1}, "above_clearance"),
        ({"max_class": 2, "max_amount": 9}, "over_limit"),
        ({"max_class": 2}, None),
    ):
        await given(own_demo, specialist, ["authority.grant"], **limits)
        assert await agreed(specialist, ready, "empower_position") == {"empower_position": why}


async def test_who_leads_an_indicator_measures_it_whoever_owns_it(own_demo: Demo) -> None:
    ready, specialist = await examples(own_demo), own_demo.specialist
    path = ready["measure_indicator"].on
    assert await agreed(specialist, ready, "measure_indicator", "amend_indicator") == {
        "measure_indicator": None,
        "amend_indicator": None,
    }
    other = (await own_demo.keeper.get("/v1/units?code=DU-CQDTW-UBKT")).json()["items"][0]["id"]
    answer = await own_demo.keeper.patch(path, {"lead_id": other}, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    assert await agreed(specialist, ready, "measure_indicator", "amend_indicator") == {
        "measure_indicator": "out_of_scope",
        "amend_indicator": None,
    }


async def test_a_token_narrows_what_is_told(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    answer = await own_demo.keeper.post(
        "/v1/personal-tokens", {"name": "chỉ đọc", "scopes": ["read", "task.amend"], "days": 3}
    )
    narrow = Caller(own_demo.client, own_demo.keeper.id, answer.json()["token"])
    assert await agreed(narrow, ready, "amend_task", "withdraw_task") == {
        "amend_task": None,
        "withdraw_task": "token_scope",
    }


async def given(demo: Demo, caller: Caller, powers: list[str], **limits: Any) -> None:
    """Powers to the caller's post, over the unit of the examples."""
    post = (await caller.get("/v1/me")).json()["posts"][0]["position"]["id"]
    unit = (await demo.keeper.get("/v1/units?code=DU-CQDTW-VP")).json()["items"][0]["id"]
    basis = (await demo.keeper.get("/v1/documents?limit=1")).json()["items"][0]["id"]
    body = {"position_id": post, "powers": powers, "unit_id": unit, "basis_id": basis, **limits}
    answer = await demo.keeper.post("/v1/grants", body)
    assert answer.status_code == 201, answer.text
