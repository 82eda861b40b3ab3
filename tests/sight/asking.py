"""Every request of the REST door, made from the resources and shapes: a new shape is asked for without being named here."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sight.ground import COMMON_WORDS, FULL, HIDDEN_WORD, VIEWERS
from sight.sides import Pair, cursors, told

from app.core.house import Resource
from app.core.reads.shape import Filter, Shape
from app.wiring import paper_house, registry, resources

SHAPES = registry()
# Figures of inspection are gathered within what their reader inspects; nobody here inspects anything.
RESOURCES = {one.path: one for one in resources() if not SHAPES[one.shape].observed}
ROUTES = [one.path for one in paper_house().routes if one.method == "GET" and one.path != "/metrics"]
"""Addresses that are neither list nor thing; figures of the process are no matter of rows."""
MISSING = str(UUID(int=0x01A2_0000_0000_7000_8000_0000_0000_0001))
PAST = ("2026-01-01", "2026-02-15")

Values = dict[tuple[str, str], list[str]]
"""By resource and filter: values that find something, and one that finds nothing."""
Things = dict[str, list[str]]
"""By resource: ids to ask it for."""


@dataclass(frozen=True)
class Asked:
    """A request, and of which kind it is."""

    kind: str
    path: str


def shape_of(path: str) -> Shape:
    return SHAPES[RESOURCES[path].shape]


def filters_of(path: str) -> tuple[Filter, ...]:
    listing = shape_of(path).listing
    return listing.filters if listing else ()


def sorts_of(path: str) -> list[str]:
    listing = shape_of(path).listing
    return [one.name for one in listing.sorts] if listing else []


def required(path: str) -> str:
    """What a list cannot be asked without."""
    listing = shape_of(path).listing
    return "".join(f"&{name}={COMMON_WORDS}" for name in (listing.required if listing else ()))


def listed(path: str, query: str = "limit=50") -> str:
    """The address of a list: with what it cannot be asked without, unless the query begins with that."""
    needed = required(path)
    return f"/v1/{path}?{query}{'' if needed and query.startswith(needed[1:].partition('=')[0] + '=') else needed}"


def requests(pair: Pair, known: Values, there: Things) -> Iterator[Asked]:
    """Every kind of read there is."""
    for path, resource in RESOURCES.items():
        yield from _lists(path, resource, known)
        yield from _refused(path, pair)
        if resource.one:
            yield from _things(path, resource, there[path])
    yield from _others(there)


def _lists(path: str, resource: Resource, known: Values) -> Iterator[Asked]:
    yield Asked(f"{path} whole", listed(path, "limit=200&count=true"))
    for sort in sorts_of(path):
        for way in ("", "-"):
            yield Asked(f"{path} sort {way}{sort}", listed(path, f"sort={way}{sort}&limit=3&count=true"))
    for edge in resource.include:
        yield Asked(f"{path} include {edge}", listed(path, f"include={edge}&limit=100"))
    if resource.shape in SHAPES.verbs:
        yield Asked(f"{path} allowed", listed(path, "fields=id,allowed_actions&limit=200"))
    for one in filters_of(path):
        for value in known[path, one.name]:
            asked = f"{one.name}={value}"
            yield Asked(f"{path} filter {one.name}", listed(path, f"{asked}&limit=4&count=true"))
        for sort, value in (
            (sort, value) for sort in sorts_of(path) for value in known[path, one.name][: 4 if FULL else 1]
        ):
            asked = f"{one.name}={value}&sort=-{sort}&limit=2&count=true"
            yield Asked(f"{path} filter {one.name}", listed(path, asked))
    if SHAPES[resource.shape].as_of:
        for day in PAST:
            yield Asked(f"{path} as of", listed(path, f"as_of={day}&limit=200&count=true"))


def _things(path: str, resource: Resource, there: list[str]) -> Iterator[Asked]:
    """Things seen, hidden and missing."""
    include = ",".join([*resource.include, *(["allowed_actions"] if resource.shape in SHAPES.verbs else [])])
    query = f"?include={include}" if include else ""
    for one in (*there, MISSING, "không-phải-mã"):
        yield Asked(f"{path} one", f"/v1/{path}/{one}{query}")
        if SHAPES[resource.shape].as_of:
            yield Asked(f"{path} one as of", f"/v1/{path}/{one}?as_of={PAST[0]}")


def _refused(path: str, pair: Pair) -> Iterator[Asked]:
    """Requests that are refused, with what is hidden in them."""
    hidden = pair.ground.things["added"]["programme"]
    for query in (
        f"sort={hidden}",
        f"include={HIDDEN_WORD}",
        f"fields={hidden}",
        f"limit={hidden}",
        f"after={hidden}",
        f"count={HIDDEN_WORD}",
        f"as_of={hidden}",
        f"{HIDDEN_WORD}={hidden}",
    ):
        yield Asked(f"{path} refused", listed(path, query))
    for one in filters_of(path):
        yield Asked(f"{path} refused", listed(path, f"{one.name}={hidden}0&limit=1"))


def _others(there: Things) -> Iterator[Asked]:
    for route in ROUTES:
        if "{id}" not in route:
            yield Asked(route, route.replace("{code}", "not_found"))
        else:
            for one in (*there[route.split("/")[2]], MISSING):
                yield Asked(route, route.replace("{id}", one))


def ids(pair: Pair) -> Iterable[str]:
    """Ids of what was laid and altered, seen or not."""
    things = [one for branch in pair.ground.things.values() for one in branch.values()]
    units = [pair.ground.units[name] for name in ("hidden", "DB-ANSON-THUONGKHE", "DB-CQDTW-VPTW-CCDS")]
    return dict.fromkeys([*things, *units, *map(str, pair.ground.persons.values())])


def share(asked: Iterable[Asked], who: str) -> Iterator[Asked]:
    """In a full run all; otherwise the viewers take turns at what comes in many values, those who see least at the rest."""
    for place, one in enumerate(asked):
        many = " filter " in one.kind or one.kind.endswith(" refused")
        turns = VIEWERS if many else () if who in {"specialist", "head"} else ("nobody", "service")
        if FULL or not turns or turns[place % len(turns)] == who:
            yield one


async def pages(pair: Pair, who: str, asked: Asked) -> AsyncIterator[tuple[Asked, Any, Any]]:
    """Both answers, and those to the pages onward and back, as far as both agree on where these begin."""
    waiting, seen = [asked.path], set[str]()
    while waiting and len(seen) < 4:
        path = waiting.pop()
        seen.add(path)
        left, right = await pair.get(who, path)
        yield Asked(asked.kind, path), left, right
        if "sort=" in path and told(left) == told(right):
            waiting += [one for one in (f"{asked.path}&{more}" for more in cursors(left)) if one not in seen]
