"""Budgets counted in statements and in the kind of plan, never in milliseconds."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import httpx2
import pytest
from stage import Caller, Stage
from stories.test_powers import Powers, somebody

from app.core.application import build
from app.core.clock import now, stopped_at
from app.core.database import Addresses, lent
from app.core.embedded import Embedded
from app.core.graph.names import camel
from app.core.house import House, Resource
from app.core.reads.shape import Edge, Shape
from app.core.rows import STORED
from app.core.settings import Settings
from app.demo import load as demo
from app.demo.personas import persona_tokens
from app.tasks.models import Task
from app.tasks.queries import keep_scope
from app.wiring import registry, resources
from bench.items import FOUR_LEVELS
from bench.statements import Statement, heard

AMEND_BUDGET = 12
"""BEGIN, task locked, its parts, chain of power held, decision, standing of units, update, chain, entry, outbox, answer, COMMIT."""
SHAPES = registry()


@pytest.fixture
async def secretary(house: House, addresses: Addresses) -> AsyncIterator[Caller]:
    """The demo's secretary, already known to the process."""
    await demo.prepared(Settings(database_url=None), addresses, load=True)
    tokens = await persona_tokens(house.database)
    transport = httpx2.ASGITransport(app=build(house))
    async with httpx2.AsyncClient(transport=transport, base_url="http://bayro.test") as client:
        caller = Caller(client, UUID(int=0), tokens["secretary"])
        await caller.get("/v1/me")
        yield caller


# -- reads -----------------------------------------------------------------------------------------------------


def rest_paths(resource: Resource, first: str | None) -> Iterator[str]:
    """The list and, where there is one of them, the thing itself: each as it comes and with all it may include."""
    listing = SHAPES[resource.shape].listing
    given = ["count=true", *(["q=nghị quyết"] if listing and "q" in listing.required else [])]
    included = [[], [f"include={','.join(resource.include)}"]] if resource.include else [[]]
    for more in included:
        yield f"/v1/{resource.path}?{'&'.join([*given, *more])}"
        if resource.one and first:
            yield f"/v1/{resource.path}/{first}?{'&'.join(more)}".removesuffix("?")


async def test_every_rest_read_is_one_statement_with_all_it_may_include(
    secretary: Caller, house: House
) -> None:
    counted: dict[str, int] = {}
    for resource in resources():
        listing = SHAPES[resource.shape].listing
        given = {"q": "nghị quyết"} if listing and "q" in listing.required else {}
        items = (await secretary.get(f"/v1/{resource.path}", params=given)).json()["items"]
        for path in rest_paths(resource, items[0].get("id") if items else None):
            async with heard(house.database) as notes:
                answer = await secretary.get(path)
            assert answer.status_code == 200, (path, answer.text)
            counted[path] = len(notes)

    # Of the demo's figures of inspection the secretary sees none: test_a_figure_of_inspection counts theirs.
    plain = [f"/v1/{one.path}" for one in resources() if not SHAPES[one.shape].observed]
    assert sum(path.startswith(tuple(plain)) for path in counted) > 3 * len(plain)
    assert {path: count for path, count in counted.items() if count != 1} == {}


def graph_fields(shape: Shape, *, edges: bool) -> str:
    """Every field of a shape, and every edge with all of the other shape's fields."""
    below = [graph_edge(one) for one in shape.edges] if edges else []
    return " ".join([*(camel(one.name) for one in shape.fields), *below])


def graph_edge(edge: Edge) -> str:
    fields = graph_fields(SHAPES[edge.to], edges=False)
    return (
        f"{camel(edge.name)}(first: 2) {{ nodes {{ {fields} }} totalCount }}"
        if edge.paged
        else f"{camel(edge.name)} {{ {fields} }}"
    )


async def test_every_graphql_list_is_one_statement_with_all_fields_and_edges(
    secretary: Caller, house: House
) -> None:
    counted: dict[str, int] = {}
    for resource in resources():
        shape = SHAPES[resource.shape]
        given = ', filter: {q: "nghị quyết"}' if shape.listing and "q" in shape.listing.required else ""
        fields = graph_fields(shape, edges=True)
        query = f"{{ {camel(resource.many)}(first: 2{given}) {{ nodes {{ {fields} }} totalCount }} }}"
        async with heard(house.database) as notes:
            data = await secretary.data(query)
        assert data[camel(resource.many)]["nodes"] is not None
        counted[resource.many] = len(notes)

    assert counted == {one.many: 1 for one in resources()}


async def test_a_figure_of_inspection_is_one_statement_and_the_four_of_its_trace(stage: Stage) -> None:
    powers, unit = Powers(stage), await stage.unit()
    inspector, _, _ = await somebody(stage, powers, unit, "audit.read")
    counted: dict[str, int] = {}
    with stopped_at(now()):
        for resource in (one for one in resources() if SHAPES[one.shape].observed):
            path = f"/v1/{resource.path}?count=true&include={','.join(resource.include)}"
            assert (await inspector.get(path)).status_code == 200  # the first of the minute is an entry
            async with heard(stage.house.database) as notes:
                await inspector.get(path)
            counted[resource.path] = len(notes)

    # BEGIN, equal readings wait for each other, one more is counted, COMMIT.
    assert counted.keys() >= {"record-entries", "duties-in-one-hand"}
    assert {path: count for path, count in counted.items() if count != 1 + 4} == {}


async def test_graphql_of_four_levels_is_one_statement(secretary: Caller, house: House) -> None:
    programme = (await secretary.get("/v1/programmes")).json()["items"][0]["id"]

    async with heard(house.database) as notes:
        data = await secretary.data(FOUR_LEVELS, id=programme)

    assert len(data["programme"]["tasks"]["nodes"]) == 20
    assert len(notes) == 1


# -- changes ---------------------------------------------------------------------------------------------------


async def test_a_change_of_a_task_stays_within_its_round_trips(stage: Stage) -> None:
    unit = await stage.unit()
    caller = await stage.caller(unit)
    path = f"/v1/tasks/{await stage.task(await stage.programme(unit), lead_id=unit)}"
    before = await caller.get(path)

    async with heard(stage.house.database) as notes:
        answer = await caller.patch(path, {"note": "khác"}, headers={"If-Match": before.headers["etag"]})

    assert answer.status_code == 200, answer.text
    begun, *bounds = notes[0].text.split("; ")
    assert (begun, notes[-1].text) == ("BEGIN ISOLATION LEVEL READ COMMITTED", "COMMIT")
    assert len(bounds) == 2, "what binds the act travels with its BEGIN"
    assert len(notes) <= AMEND_BUDGET, [one.text[:60] for one in notes]


# -- plans -----------------------------------------------------------------------------------------------------

BRANCHES, ROWS = 20, 4_000
_COPIES = """INSERT INTO task ({names}) SELECT {values} FROM task t CROSS JOIN generate_series(2, $2::integer) n WHERE t.id = $1
  RETURNING id"""
_CHANGED = {
    "id": "gen_random_uuid()",
    "ordinal": "n",
    "lead_id": "($3::uuid[])[1 + n % cardinality($3::uuid[])]",
    "due_on": "$4::date + n % 365",
    "state": "(ARRAY['draft', 'proposed', 'in_progress', 'closed'])[1 + n / 20 % 4]",
}


async def grown(stage: Stage, server: Embedded, root: UUID) -> list[UUID]:
    """Branches of the root with some thousands of tasks between them, their scopes made by the room's own rule."""
    branches = [await stage.unit(parent=root) for _ in range(BRANCHES)]
    first = await stage.task(await stage.programme(root), lead_id=branches[0])
    database = stage.house.database.addresses.owner.partition("?")[0].rpartition("/")[2]
    columns = STORED[Task].columns
    superuser = await asyncpg.connect(server.dsn("postgres", database))
    # Only so are rows made without an entry in the record.
    await superuser.execute("SET session_replication_role = replica")
    values = ", ".join(_CHANGED.get(name, f"t.{name}") for name in columns)
    text = _COPIES.format(names=", ".join(columns), values=values)
    made = await superuser.fetch(text, first, ROWS, branches, date(2026, 1, 1))
    async with stage.act() as act:
        await keep_scope(act, [one["id"] for one in made])
    await superuser.execute("ANALYZE")
    await superuser.close()
    return branches


def literal(value: Any) -> str:
    """A bound value as EXECUTE takes it."""
    if isinstance(value, (list, tuple)):
        return "'{" + ",".join(str(one) for one in value) + "}'"
    return f"'{value}'"


async def plan_of(house: House, statement: Statement, mode: str) -> list[dict[str, Any]]:
    """The nodes of the plan that the statement gets when it is prepared, in one of PostgreSQL's two ways."""
    async with lent(house.database.read) as connection, connection.transaction():
        await connection.execute(f"SET LOCAL plan_cache_mode = {mode}")
        await connection.execute(f"PREPARE read AS {statement.text}")
        values = ", ".join(literal(one) for one in statement.values)
        explained = await connection.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE read({values})")
        await connection.execute("DEALLOCATE read")
    return list(nodes_of(json.loads(explained or b"")[0]["Plan"]))


def nodes_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes_of(below)


LISTS = {
    "by state": "state=draft,in_progress",
    "by due range": "due_from=2026-03-01&due_before=2026-06-01",
    "latest first": "sort=-due_on",
    "counted": "count=true",
    "open": "open=true",
}


@pytest.mark.parametrize("mode", ["force_custom_plan", "force_generic_plan"])
async def test_lists_by_subtree_read_a_range_of_the_scope_index(
    stage: Stage, server: Embedded, mode: str
) -> None:
    root = await stage.unit()
    branches = await grown(stage, server, root)
    caller = await stage.caller(root)
    await caller.get("/v1/me")
    for name, query in LISTS.items():
        async with heard(stage.house.database) as notes:
            answer = await caller.get(f"/v1/tasks?unit_subtree={branches[3]}&limit=20&{query}")
        assert len(answer.json()["items"]) == 20, (name, answer.text)

        nodes = await plan_of(stage.house, notes[0], mode)

        whole = {one["Relation Name"] for one in nodes if one["Node Type"] == "Seq Scan"}
        ranges = [one for one in nodes if one.get("Index Name") == "pk_task_scope"]
        assert whole & {"task", "task_scope"} == set(), (name, nodes)
        assert any("ancestor_id" in one.get("Index Cond", "") for one in ranges), (name, nodes)


@pytest.mark.parametrize("mode", ["force_custom_plan", "force_generic_plan"])
async def test_a_list_of_what_the_caller_reaches_reads_ranges_of_the_scope_index(
    stage: Stage, server: Embedded, mode: str
) -> None:
    root = await stage.unit()
    await grown(stage, server, root)
    caller = await stage.caller(root)
    await caller.get("/v1/me")
    async with heard(stage.house.database) as notes:
        answer = await caller.get("/v1/tasks?limit=20")
    assert len(answer.json()["items"]) == 20

    nodes = await plan_of(stage.house, notes[0], mode)

    whole = {one["Relation Name"] for one in nodes if one["Node Type"] == "Seq Scan"}
    assert whole & {"task", "task_scope"} == set(), nodes
    assert any(one.get("Index Name") == "pk_task_scope" for one in nodes), nodes
