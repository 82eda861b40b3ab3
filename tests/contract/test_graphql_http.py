"""The GraphQL door beyond the audits: limits, what it costs, and what cannot be asked in which way."""

import json
from typing import Any

import pytest
from contract.conftest import Demo
from contract.examples import first

from app.core.graph.bounds import ALIASES, COST, DEPTH, DIRECTIVES, TOKENS
from app.core.ids import new_id

JSON = {"Content-Type": "application/json"}
MUTATION = 'mutation { draftTask(input: {programmeId: "%s", title: "x"}) { __typename } }'


async def code_of(demo: Demo, query: str, **variables: Any) -> str | None:
    answer = await demo.secretary.graph(query, **variables)
    return answer["errors"][0]["extensions"]["code"] if "errors" in answer else None


def nested(depth: int) -> str:
    """A query of that many levels of fields."""
    return "{ units(first: 1) { nodes " + "{ parent " * (depth - 3) + "{ name }" + " }" * (depth - 3) + " } }"


def through_fragments(depth: int) -> str:
    """The same depth, hidden in fragments."""
    parts = [f"fragment f{place} on Unit {{ parent {{ ...f{place + 1} }} }}" for place in range(depth - 3)]
    return (
        "{ units(first: 1) { nodes { ...f0 } } } "
        + " ".join(parts)
        + f" fragment f{depth - 3} on Unit {{ name }}"
    )


def aliased(count: int) -> str:
    return "{ " + " ".join(f"a{place}: __typename" for place in range(count)) + " }"


def aliased_in_fragments(count: int) -> str:
    """Few aliases in the text, many when the fragment is spread."""
    spreads = " ".join("a { ...f }".replace("a", f"u{place}: me") for place in range(count // 5))
    return f"{{ {spreads} }} fragment f on Person {{ a: id b: id c: id d: id }}"


def directed(count: int) -> str:
    return "{ " + " ".join("__typename @include(if: true)" for _ in range(count)) + " }"


def tokens(count: int) -> str:
    """A document of exactly so many tokens."""
    return "{ units(first: 1, filter: {code: [" + '"x" ' * (count - 22) + "]}) { nodes { id } } }"


LIMITS = {
    "depth": (nested(DEPTH), nested(DEPTH + 1)),
    "depth in fragments": (through_fragments(DEPTH), through_fragments(DEPTH + 1)),
    "aliases": (aliased(ALIASES), aliased(ALIASES + 1)),
    "aliases in fragments": (aliased_in_fragments(ALIASES), aliased_in_fragments(ALIASES + 5)),
    "directives": (directed(DIRECTIVES), directed(DIRECTIVES + 1)),
    "cost": (
        "{ units(first: 199) { nodes { name parent { name } agency { name } basis { title } a: parent { name } } } }",
        "{ units(first: 200) { nodes { name parent { name } agency { name } basis { title } a: parent { name } } } }",
    ),
}


@pytest.mark.parametrize("what", LIMITS)
async def test_a_document_at_a_limit_runs_and_one_beyond_it_does_not(demo: Demo, what: str) -> None:
    allowed, refused = LIMITS[what]
    assert await code_of(demo, allowed) is None
    assert await code_of(demo, refused) == "query_too_costly"


async def test_a_document_of_too_many_tokens_is_not_parsed_further(demo: Demo) -> None:
    assert await code_of(demo, tokens(TOKENS)) is None
    assert await code_of(demo, tokens(TOKENS + 1)) == "query_invalid"


def bomb(levels: int) -> str:
    """Fragments that double at each level: 2^levels fields from a short text."""
    parts = [f"fragment f{n} on Unit {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels)]
    return (
        "{ units(first: 1) { nodes { ...f0 } } } "
        + " ".join(parts)
        + f" fragment f{levels} on Unit {{ name }}"
    )


@pytest.mark.parametrize(
    "document",
    [
        bomb(40),
        "{" * 900,
        "{ a" * 600 + "}" * 600,
        "{ units(filter: " + "[" * 900 + "]" * 900 + ") { nodes { id } } }",
        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
        "query ($a: " + "[" * 900 + "Int" + "]" * 900 + ") { __typename }",
        "x" * 200_000,
        "\x00",
        "",
        "   ",
        "#",
        "{ units { nodes { no_such } } }",
    ],
    ids=lambda one: one[:20].replace("\x00", "NUL"),
)
async def test_a_hostile_document_is_refused_at_once(demo: Demo, document: str) -> None:
    answer = await demo.secretary.post("/graphql", {"query": document})
    assert answer.status_code in {200, 400}
    assert answer.json()["errors"][0]["extensions"]["code"] in {"query_invalid", "query_too_costly"}


@pytest.mark.parametrize(
    "variables",
    [{"q": "\ud800"}, {"q": "\x00"}, {"q": "x" * 2_000}, {"q": {"a": 1}}, {"q": 5}, {"q": [["x"]]}],
    ids=["surrogate", "NUL", "long", "object", "number", "list"],
)
async def test_a_hostile_variable_is_refused(demo: Demo, variables: dict[str, Any]) -> None:
    query = "query ($q: String) { units(first: 1, filter: {q: $q}) { nodes { id } } }"
    body = json.dumps({"query": query, "variables": variables}).encode()
    answer = await demo.secretary.post("/graphql", content=body, headers=JSON)
    document = answer.json()
    code = document.get("code") or document["errors"][0]["extensions"]["code"]
    assert (answer.status_code < 500, code in {"request_malformed", "query_invalid", "value_invalid"}) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    "query",
    [
        "{ __typename }",
        "{ units(first: 3) { nodes { id } } }",
        "{ __schema { queryType { name } } }",
        '{ units(first: 1) { nodes { id } } __type(name: "Unit") { name } }',
        MUTATION % new_id(),
    ],
)
async def test_every_answer_says_what_it_cost(demo: Demo, query: str) -> None:
    answer = await demo.secretary.graph(query)
    assert answer["extensions"]["cost"]["limit"] == COST
    assert 1 <= answer["extensions"]["cost"]["value"] <= COST


async def test_a_larger_page_costs_more(demo: Demo) -> None:
    costs = [
        (await demo.secretary.graph(f"{{ units(first: {n}) {{ nodes {{ id }} }} }}"))["extensions"]["cost"][
            "value"
        ]
        for n in (1, 50, 200)
    ]
    assert costs == sorted(set(costs))


async def test_what_a_node_is_can_be_asked_beside_the_schema(demo: Demo) -> None:
    unit = await first(demo.secretary, "units")
    data = await demo.secretary.data(
        'query ($id: ID!) { units(first: 1) { nodes { id } } node(id: $id) { id ... on Unit { name } } __type(name: "Unit") { name } }',
        id=(await demo.secretary.data(f'{{ unit(id: "{unit["id"]}") {{ id }} }}'))["unit"]["id"],
    )
    assert (data["node"]["name"], data["__type"]["name"]) == (unit["name"], "Unit")


async def test_only_the_contract_is_open_to_everybody(demo: Demo) -> None:
    for query in ("{ __typename }", "{ __schema { types { name } } }", '{ __type(name: "Task") { name } }'):
        answer = await demo.client.post("/graphql", json={"query": query})
        assert "errors" not in answer.json()
    for query in (
        "{ me { id } }",
        "{ __typename units { nodes { id } } }",
        MUTATION % new_id(),
        "{ __schema { types { name } } me { id } }",
    ):
        answer = await demo.client.post("/graphql", json={"query": query})
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (
            401,
            "token_missing",
        )
        assert "data" not in answer.json()


# -- ways of asking --------------------------------------------------------------------------------------------------


async def test_a_query_may_be_sent_by_get_and_a_mutation_never(demo: Demo) -> None:
    read = await demo.secretary.get("/graphql", params={"query": "{ me { uuid } }"})
    assert read.json()["data"]["me"]["uuid"] == str(demo.secretary.id)
    changing = {
        "query": 'query Q { __typename } mutation M { draftTask(input: {programmeId: "x", title: "x"}) { __typename } }',
        "operationName": "M",
    }
    for params in ({"query": MUTATION % new_id()}, changing):
        answer = await demo.secretary.get("/graphql", params=params)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "media",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "",
        "application/graphql",
    ],
)
async def test_what_a_browser_form_can_send_is_not_taken(demo: Demo, media: str) -> None:
    answer = await demo.secretary.post(
        "/graphql", content=b'{"query": "{ __typename }"}', headers={"Content-Type": media}
    )
    assert (answer.status_code, answer.json()["code"]) == (415, "media_type_unsupported")


async def test_several_operations_in_one_request_are_not_taken(demo: Demo) -> None:
    answer = await demo.secretary.post("/graphql", [{"query": "{ __typename }"}, {"query": "{ __typename }"}])
    assert (answer.status_code, answer.json()["code"]) == (400, "request_malformed")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD"])
async def test_another_method_is_refused(demo: Demo, method: str) -> None:
    answer = await demo.client.request(method, "/graphql", headers=demo.secretary.headers)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"[]",
        b"null",
        b"{}",
        b'{"query": 1}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "a", "query": "b"}',
        b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 5_000 + b"]" * 5_000 + b"}}",
    ],
    ids=lambda one: one[:30].decode(),
)
async def test_a_malformed_request_is_refused(demo: Demo, body: bytes) -> None:
    answer = await demo.secretary.post("/graphql", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "request_malformed")


async def test_the_same_refusal_is_an_error_in_both_media_types(demo: Demo) -> None:
    body = {"query": "{ no_such }"}
    plain = await demo.secretary.post("/graphql", body, headers={"Accept": "application/json"})
    own = await demo.secretary.post("/graphql", body, headers={"Accept": "application/graphql-response+json"})
    assert (plain.status_code, own.status_code) == (200, 400)
    assert plain.json() == own.json()
    assert own.headers["content-type"].startswith("application/graphql-response+json")


async def test_each_mutation_of_a_document_is_an_act_of_its_own(own_demo: Demo) -> None:
    programme = await first(own_demo.keeper, "programmes")
    query = (
        "mutation ($id: ID!) {"
        ' a: draftTask(input: {programmeId: $id, title: "một", number: "901"}) { ...r }'
        ' b: draftTask(input: {programmeId: $id, title: "hai", number: "901"}) { ...r }'
        ' c: draftTask(input: {programmeId: $id, title: "ba", number: "903"}) { ...r }'
        "} fragment r on DraftTaskAnswer { __typename ... on DraftTaskResult { task { title number } } ... on Refusal { code } }"
    )
    data = await own_demo.keeper.data(query, id=programme["id"])
    assert data["a"]["task"] == {"title": "một", "number": "901"}
    assert data["b"]["__typename"] in {"Conflict", "Invalid"}
    assert data["c"]["task"] == {"title": "ba", "number": "903"}
