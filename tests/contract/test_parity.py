"""What one door does the other does: every noun, every command, and every refusal under the same code."""

from dataclasses import replace

import pytest
from contract.conftest import Demo
from contract.doors import MUTATIONS, SCHEMA, Sent, by_graph, by_rest, camel, refusal_of
from contract.examples import COMMANDS, examples, needs_power
from stage import Caller

from app.core.ids import new_id
from app.wiring import resources


async def test_every_command_has_an_example(own_demo: Demo) -> None:
    assert set(await examples(own_demo)) == set(COMMANDS)


def test_every_command_is_a_mutation_and_every_mutation_a_command() -> None:
    assert set(MUTATIONS) == {camel(name) for name in COMMANDS}


async def test_every_command_is_an_operation_of_the_rest_contract(demo: Demo) -> None:
    contract = (await demo.client.get("/openapi.json")).json()["paths"]
    operations = {
        (path, method): one["operationId"]
        for path, methods in contract.items()
        for method, one in methods.items()
    }
    assert {
        (one.path, one.method.lower()): one.name for one in COMMANDS.values()
    }.items() <= operations.items()


async def test_every_noun_reads_the_same_through_both_doors(demo: Demo) -> None:
    for resource in resources():
        words = {"q": "van"} if resource.path == "search" else {}
        listed = await demo.secretary.get(f"/v1/{resource.path}", params={**words, "limit": "3"})
        key = "objectId" if resource.path == "search" else "uuid"
        filtered = 'filter: {q: "van"}, ' if words else ""
        data = await demo.secretary.data(
            f"{{ {camel(resource.many)}({filtered}first: 3) {{ nodes {{ {key} }} }} }}"
        )

        own = "object_id" if words else "id"
        assert [one[own] for one in listed.json()["items"]] == [
            one[key] for one in data[camel(resource.many)]["nodes"]
        ]


def test_every_noun_with_a_page_of_its_own_has_it_in_both_doors() -> None:
    fields = SCHEMA.query_type.fields if SCHEMA.query_type else {}
    assert {camel(one.one) for one in resources() if one.one} | {
        camel(one.many) for one in resources()
    } <= set(fields)


@pytest.mark.parametrize("door", ["rest", "graphql"])
async def test_every_example_is_carried_out(own_demo: Demo, door: str) -> None:
    refused = {}
    for name, example in (await examples(own_demo)).items():
        code = await code_of(door, own_demo.keeper, name, Sent(example, dry_run=True))
        if code is not None:
            refused[name] = code
    assert refused == {}


async def code_of(door: str, caller: Caller, name: str, sent: Sent) -> str | None:
    """The code a command is refused with through a door; None where it is not."""
    if door == "graphql":
        return refusal_of(await by_graph(caller, COMMANDS[name], sent))
    answer = await by_rest(caller, COMMANDS[name], sent)
    return None if answer.is_success else answer.json()["code"]


async def codes(
    demo: Demo, caller: Caller, asked: dict[str, Sent]
) -> dict[str, tuple[str | None, str | None]]:
    """For each command the codes of both doors, REST first."""
    return {
        name: (await code_of("rest", caller, name, sent), await code_of("graphql", caller, name, sent))
        for name, sent in asked.items()
    }


async def test_a_caller_without_the_power_is_refused_alike(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    # He sees all that the demo shows everybody; what he does not see is not found, at both doors.
    asked = {name: Sent(one) for name, one in ready.items() if needs_power(name)}
    found = await codes(own_demo, own_demo.inspector, asked)
    unequal = {name: both for name, both in found.items() if both[0] != both[1]}
    assert unequal == {}
    assert {both[0] for both in found.values()} <= {"not_allowed", "not_found", "reference_unknown"}
    assert sum(both[0] == "not_allowed" for both in found.values()) > len(found) // 2


async def test_a_thing_that_is_not_there_is_not_found_alike(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    nowhere = {
        name: Sent(replace(one, on=f"{one.on.rpartition('/')[0]}/{new_id()}"), version=1)
        for name, one in ready.items()
        if COMMANDS[name].on
    }
    found = await codes(own_demo, own_demo.keeper, nowhere)
    assert found == dict.fromkeys(nowhere, ("not_found", "not_found"))


async def test_a_stale_version_is_refused_alike(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    stale = {
        name: Sent(one, version=999) for name, one in ready.items() if COMMANDS[name].versioned and one.on
    }
    found = await codes(own_demo, own_demo.keeper, stale)
    assert found == dict.fromkeys(stale, ("version_stale", "version_stale"))


async def test_a_secret_marking_is_refused_alike(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    marked = {name: Sent(replace(one, terms={"reason": "TỐI MẬT"})) for name, one in ready.items()}
    found = await codes(own_demo, own_demo.keeper, marked)
    assert found == dict.fromkeys(marked, ("secret_refused", "secret_refused"))


async def test_words_beyond_the_limit_are_refused_alike(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    long = {name: Sent(replace(one, terms={"reason": "x" * 2_001})) for name, one in ready.items()}
    found = await codes(own_demo, own_demo.keeper, long)
    assert found == dict.fromkeys(long, ("input_invalid", "input_invalid"))


async def test_a_service_account_without_a_key_is_refused_alike(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    found = await codes(own_demo, own_demo.service, {name: Sent(one) for name, one in ready.items()})
    assert found == dict.fromkeys(ready, ("idempotency_key_missing", "idempotency_key_missing"))
