"""The items of the figures, each as the requests a client sends: the same ones to the service and to the bare application."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from bench.seed import ANSWERING, FIRST_ANSWERING, LEVELS, PROGRAMMES, identity

DISTINCT = 600
"""Different requests of an item, where there are so many."""
UNITS_A_PAGE, UNIT_PAGES = 125, 4
"""Item g counts 500 units in four pages: a page of more would cost above the limit of a document."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a client sends it, token aside."""

    method: str
    target: str
    body: bytes = b""

    @property
    def key(self) -> bytes:
        """What tells it from every other: GraphQL by its body, REST by its target."""
        return self.body or self.target.encode()


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the table. `least` is the smallest allowed requests per second as a part of the bare application's.

    `pages` lists are walked by their cursors, so many pages from each request.
    """

    name: str
    says: str
    requests: tuple[Request, ...]
    least: float | None
    pages: int = 1
    changes: bool = field(default=False)


def items(tasks: int, today: date) -> dict[str, Item]:
    """All items over a database of so many tasks."""
    made = (
        Item(
            "a", "one task with lead, programme, coordinating units, milestones", tuple(_tasks(tasks)), 0.40
        ),
        Item(
            "b", "50 tasks by unit subtree, state, due range, keyset", tuple(_subtrees(today)), 0.70, pages=3
        ),
        Item("c", "a person's tasks of the next 30 days", tuple(_persons(today)), 0.40),
        Item("d", "GraphQL, four levels", tuple(_programmes()), 0.60),
        Item("e", "GraphQL, 50 tasks with lead unit", tuple(_leads()), 0.50),
        Item("f", "change of a task with its entry in one transaction", (), 0.30, changes=True),
        Item(
            "g",
            f"counts by state of {UNITS_A_PAGE} units ({UNIT_PAGES} pages make 500)",
            (_counts(None),),
            None,
            pages=UNIT_PAGES,
        ),
    )
    return {one.name: one for one in made}


def _tasks(tasks: int) -> Iterator[Request]:
    step = max(1, tasks // DISTINCT)
    for number in range(1, tasks + 1, step):
        yield Request(
            "GET", f"/v1/tasks/{identity('task', number)}?include=lead,programme,coordinating,milestones"
        )


def _subtrees(today: date) -> Iterator[Request]:
    first = LEVELS[0] + LEVELS[1] + 1
    for unit in range(first, first + LEVELS[2]):
        given = {
            "unit_subtree": identity("unit", unit),
            "state": "issued,in_progress",
            "due_from": today - timedelta(days=60),
            "due_before": today + timedelta(days=60),
            "limit": 50,
        }
        yield Request("GET", "/v1/tasks?" + urlencode(given, safe=","))


def _persons(today: date) -> Iterator[Request]:
    for number in range(FIRST_ANSWERING, FIRST_ANSWERING + ANSWERING, ANSWERING // DISTINCT):
        given = {
            "responsible": identity("person", number),
            "due_from": today,
            "due_before": today + timedelta(days=30),
        }
        yield Request("GET", "/v1/tasks?" + urlencode(given))


def graph(query: str, **variables: object) -> Request:
    """A GraphQL request."""
    return Request(
        "POST", "/graphql", json.dumps({"query": query, "variables": variables}, default=str).encode()
    )


FOUR_LEVELS = """query Programme($id: ID!) {
  programme(id: $id) {
    id code title
    tasks(first: 20) {
      nodes {
        id number title state dueOn
        lead { id name }
        coordinating { words unit { id name } }
        milestones { title dueOn }
      }
    }
    indicators(first: 20) { nodes { id number title unitWords latestValue } }
  }
}"""
_LEADS = """query Tasks($unit: ID!) {
  tasks(first: 50, filter: {unitSubtree: $unit}) {
    nodes { id number title state dueOn lead { id name abbreviation } }
    pageInfo { hasNextPage endCursor }
  }
}"""
_COUNTS = """query Counts($after: String) {
  units(first: %d, after: $after) {
    nodes { id name taskCounts { state count } }
    pageInfo { hasNextPage endCursor }
  }
}"""


def _programmes() -> Iterator[Request]:
    for number in range(1, PROGRAMMES + 1):
        yield graph(FOUR_LEVELS, id=identity("programme", number))


def _leads() -> Iterator[Request]:
    for number in range(1, LEVELS[0] + LEVELS[1] + LEVELS[2] + 1):
        yield graph(_LEADS, unit=identity("unit", number))


def _counts(after: str | None) -> Request:
    return graph(_COUNTS % UNITS_A_PAGE, **({"after": after} if after else {}))


def following(item: Item, request: Request, body: bytes) -> Request | None:
    """The request for the next page after this answer, if there is one."""
    answer = json.loads(body)
    if item.name == "g":
        info = answer["data"]["units"]["pageInfo"]
        return _counts(info["endCursor"]) if info["hasNextPage"] else None
    cursor = answer["page"]["next_cursor"]
    if cursor is None:
        return None
    plain = request.target.partition("&after=")[0]
    return Request("GET", f"{plain}&after={cursor}")
