"""Keyset pages: walking them while rows come gives each old row exactly once, for every list, order and direction."""

import base64
import random
from dataclasses import dataclass
from typing import Any

import pytest
from contract.conftest import Demo
from contract.examples import made
from stage import Caller

from app.core.reads.compiler import COUNT_CAP
from app.wiring import registry, resources

REGISTRY = registry()
LISTINGS = [(one, REGISTRY[one.shape].listing) for one in resources()]
LISTS = [
    (one, sort.name, way)
    for one, listing in LISTINGS
    if listing
    for sort in listing.sorts
    for way in ("", "-")
]
every_list = pytest.mark.parametrize(
    ("resource", "sort", "way"), LISTS, ids=[f"{one.path}-{way}{sort}" for one, sort, way in LISTS]
)


@dataclass
class Walk:
    """A walk over a list: what came, and the pages."""

    seen: list[str]
    pages: int


def identity_of(item: dict[str, Any]) -> str:
    return item.get("id") or item["object_id"]


async def page(caller: Caller, path: str, query: dict[str, Any]) -> dict[str, Any]:
    answer = await caller.get(f"/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def walk(
    caller: Caller, path: str, query: dict[str, Any], newcomer: Any = None, *, back: bool = False
) -> Walk:
    """All pages to the end, or back from where `query` stands; `newcomer` adds a row after each page."""
    found = Walk([], 0)
    key, cursor = ("before", "prev_cursor") if back else ("after", "next_cursor")
    while True:
        got = await page(caller, path, query)
        items = [identity_of(one) for one in got["items"]]
        found.seen = [*items, *found.seen] if back else [*found.seen, *items]
        found.pages += 1
        if newcomer is not None:
            await newcomer(found.pages)
        if got["page"][cursor] is None:
            return found
        query = {name: one for name, one in query.items() if name not in {"after", "before"}}
        query[key] = got["page"][cursor]


def newcomers(demo: Demo, where: tuple[str, str], things: dict[str, str]) -> Any:
    """Adds a row of the noun whose place in the order is anywhere; the same rows in every run."""
    path = where[0]
    chance = random.Random(str(where))  # noqa: S311 - places in a list, no secret
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"

    async def add(number: int) -> None:
        word = "".join(chance.choices(letters, k=8))
        code = f"m{number}-{chance.randrange(10**9)}"
        bodies: dict[str, dict[str, Any]] = {
            "units": {
                "code": code,
                "name": word,
                "kind": "chi_bo",
                "level": "centre",
                "parent_id": things["unit"],
            },
            "documents": {
                "type": "KL",
                "title": word,
                "number": f"{chance.randrange(999)}-KL/TW",
                "keeper_id": things["unit"],
            },
            "people": {"code": code, "name": word, "unit_id": things["unit"]},
            "positions": {"code": code, "title": word, "unit_id": things["unit"], "office": "member"},
            "calendar": {
                "day": f"{chance.randrange(2031, 2099)}-0{chance.randrange(1, 9)}-{10 + number % 18}",
                "kind": "swapped_off",
                "name": word,
                "source": "x",
            },
            "programmes": {
                "code": code,
                "title": word,
                "kind": "plan",
                "owner_id": things["unit"],
                "starts_on": f"20{chance.randrange(10, 60)}-01-01",
                "rule_pack": "six-ro",
            },
            "indicators": {
                "programme_id": things["programme"],
                "title": word,
                "number": str(chance.randrange(10**9)),
            },
            "tasks": {
                "programme_id": things["programme"],
                "title": word,
                "number": str(chance.randrange(10**9)),
                "deadline_words": f"{chance.randrange(2020, 2040)}",
            },
        }
        made_by = "units" if path == "search" else path
        if made_by in bodies:
            await made(demo.keeper, f"/v1/{made_by}", bodies[made_by])

    return add


@pytest.fixture
async def things(own_demo: Demo) -> dict[str, str]:
    unit = (await page(own_demo.keeper, "units", {"code": "TW"}))["items"][0]["id"]
    programme = {
        "code": "trang",
        "title": "Trang",
        "kind": "plan",
        "owner_id": unit,
        "starts_on": "2026-01-01",
        "rule_pack": "six-ro",
    }
    return {"unit": unit, "programme": (await made(own_demo.keeper, "/v1/programmes", programme))["id"]}


async def test_each_old_row_comes_exactly_once_while_rows_are_added(
    own_demo: Demo, things: dict[str, str]
) -> None:
    for resource, sort, way in LISTS:
        words = {"q": "b"} if resource.path == "search" else {}
        whole = await walk(own_demo.keeper, resource.path, {**words, "limit": 200, "sort": way + sort})
        query = {**words, "limit": 13, "sort": way + sort}

        where = (resource.path, way + sort)
        forth = await walk(own_demo.keeper, resource.path, query, newcomers(own_demo, where, things))
        old = [one for one in forth.seen if one in set(whole.seen)]
        assert (where, old) == (where, whole.seen)
        assert len(set(forth.seen)) == len(forth.seen)


@every_list
async def test_walking_back_gives_the_same_rows_in_the_same_order(
    demo: Demo, resource: Any, sort: str, way: str
) -> None:
    words = {"q": "b"} if resource.path == "search" else {}
    whole = (await walk(demo.keeper, resource.path, {**words, "limit": 200, "sort": way + sort})).seen
    query = {**words, "limit": 7, "sort": way + sort}
    pages, got = [], await page(demo.keeper, resource.path, query)
    while got["page"]["next_cursor"]:
        pages.append([identity_of(one) for one in got["items"]])
        got = await page(demo.keeper, resource.path, {**query, "after": got["page"]["next_cursor"]})
    last = [identity_of(one) for one in got["items"]]
    before = {"before": got["page"]["prev_cursor"]} if got["page"]["prev_cursor"] else None
    back = await walk(demo.keeper, resource.path, {**query, **before}, back=True) if before else Walk([], 0)

    assert [one for page_ in pages for one in page_] + last == whole
    assert back.seen + last == whole
    assert len(whole) == len(set(whole))


@every_list
async def test_a_link_leads_to_the_neighbouring_pages(demo: Demo, resource: Any, sort: str, way: str) -> None:
    words = {"q": "b"} if resource.path == "search" else {}
    first = await demo.keeper.get(f"/v1/{resource.path}", params={**words, "limit": 2, "sort": way + sort})
    if "link" not in first.headers:
        assert first.json()["page"] == {"next_cursor": None, "prev_cursor": None}
        return
    second = await demo.keeper.get(first.links["next"]["url"])
    again = await demo.keeper.get(second.links["prev"]["url"])
    assert second.json()["items"] != first.json()["items"]
    assert again.json()["items"] == first.json()["items"]


async def test_a_cursor_of_another_list_order_direction_or_filter_is_refused(demo: Demo) -> None:
    cursors = {}
    queries = [
        ("tasks", {}),
        ("tasks", {"sort": "title"}),
        ("tasks", {"sort": "-due_on"}),
        ("tasks", {"open": "true"}),
        ("tasks", {"open": "true", "kind": "task"}),
        ("units", {}),
        ("units", {"sort": "code"}),
        ("people", {}),
    ]
    for path, query in queries:
        got = await page(demo.keeper, path, {**query, "limit": 1})
        cursors[path, *query.items()] = (path, query, got["page"]["next_cursor"])
    for path, query, _ in cursors.values():
        for _, other, cursor in cursors.values():
            answer = await demo.keeper.get(f"/v1/{path}", params={**query, "limit": 1, "after": cursor})
            own = cursor == cursors[path, *query.items()][2]
            assert (answer.status_code == 200) is own, (path, query, other)
            if not own:
                assert answer.json()["code"] == "cursor_invalid"


async def test_a_cursor_altered_anywhere_is_refused(demo: Demo) -> None:
    cursor = (await page(demo.keeper, "tasks", {"limit": 1}))["page"]["next_cursor"]
    altered = {
        cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        for place in range(len(cursor))
    }
    altered |= {
        cursor[:-1],
        cursor + "A",
        cursor + "=",
        cursor + "\n",
        cursor + "!",
        " " + cursor,
        cursor * 2,
        cursor[::-1],
    }
    altered |= {
        cursor[:-1] + chr(ord(cursor[-1]) ^ 1),
        base64.urlsafe_b64encode(b"0" * 16 + b'["2026-01-01","x"]').decode(),
        "đ",
        "\x00",
    }
    for one in altered - {cursor}:
        for name in ("after", "before"):
            answer = await demo.keeper.get("/v1/tasks", params={"limit": 1, name: one})
            assert (one, answer.status_code, answer.json()["code"]) == (one, 400, "cursor_invalid")


async def test_a_cursor_serves_both_doors_and_constants_as_well_as_variables(demo: Demo) -> None:
    got = await page(demo.keeper, "tasks", {"limit": 2, "state": "draft", "open": "true"})
    cursor, following = (
        got["page"]["next_cursor"],
        await page(
            demo.keeper,
            "tasks",
            {"limit": 2, "state": "draft", "open": "true", "after": got["page"]["next_cursor"]},
        ),
    )
    ids = [one["id"] for one in following["items"]]

    constants = await demo.keeper.graph(
        "query ($after: String) { tasks(first: 2, after: $after, filter: {state: [DRAFT], open: true}) { nodes { uuid } } }",
        after=cursor,
    )
    variables = await demo.keeper.graph(
        "query ($after: String, $filter: TaskFilter) { tasks(first: 2, after: $after, filter: $filter) { nodes { uuid } } }",
        after=cursor,
        filter={"state": "DRAFT", "open": True},
    )
    for answer in (constants, variables):
        assert [one["uuid"] for one in answer["data"]["tasks"]["nodes"]] == ids, answer


async def test_a_count_is_given_when_asked_and_ends_at_its_cap(own_demo: Demo) -> None:
    uncounted = await page(own_demo.keeper, "units", {"limit": 1})
    counted = await page(own_demo.keeper, "units", {"limit": 1, "count": "true"})
    few = await page(own_demo.keeper, "units", {"limit": 1, "count": "true", "code": "TW"})
    assert "count" not in uncounted["page"]
    assert 1 < counted["page"]["count"] < COUNT_CAP
    assert few["page"]["count"] == 1
