"""Values and ids to ask with, out of the answers themselves."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sight.asking import MISSING, RESOURCES, SHAPES, Things, Values, filters_of, ids, listed, shape_of
from sight.ground import COMMON_WORDS, FULL, HIDDEN_WORD, INSIDERS, VIEWERS
from sight.sides import Pair, told

from app.core.database import lent
from app.core.reads.kinds import Choice
from app.core.reads.shape import EVERYONE, Filter

TRIED, KEPT, LONGEST = 20, 2, 64
"""Values tried for a filter, values kept of each sort, and letters of the longest."""
DAYS = ("2026-01-01", "2027-01-01")
OTHER = 2
"""How unlike a filter's name a place is that has nothing to do with it."""


async def values(pair: Pair) -> Values:
    """For every filter values out of the answers themselves: some that find what only one database holds, some others."""
    found: Values = {}
    for path in RESOURCES:
        leaves = await _leaves(pair, path)
        for one in filters_of(path):
            found[path, one.name] = await _telling(pair, path, one, _candidates(pair, one, leaves))
    return found


async def things(pair: Pair) -> Things:
    """For every resource the ids of what was laid and altered of its kind, and two of other kinds."""
    found: Things = {}
    for path, resource in RESOURCES.items():
        if resource.one:
            own = await _of_table(pair, SHAPES[resource.shape].table)
            others = [one for one in ids(pair) if one not in own]
            found[path] = [*own, *(others if FULL else others[:2])]
    return found


async def _of_table(pair: Pair, table: str) -> list[str]:
    """Of the ids of what was laid and altered those of the table, in either database."""
    there = set[UUID]()
    for side in (pair.left, pair.right):
        async with lent(side.stage.house.database.act) as connection:
            rows = await connection.rows(
                f'SELECT id FROM "{table}" WHERE id = ANY($1::uuid[])', list(ids(pair))
            )
            there |= {row["id"] for row in rows}
    return [one for one in ids(pair) if UUID(one) in there]


async def _leaves(pair: Pair, path: str) -> dict[str, list[str]]:
    """The values in what insiders read, by their place; latest first."""
    include = ",".join(RESOURCES[path].include)
    query = "limit=200" + (f"&include={include}" if include else "")
    leaves: dict[str, list[str]] = defaultdict(list)
    for who in INSIDERS:
        for answer in reversed(await pair.get(who, listed(path, query))):
            assert answer.status_code == 200, answer.text
            for key, value in _walked("", answer.json()["items"][::-1]):
                if value not in leaves[key] and len(value) <= LONGEST:
                    leaves[key].append(value)
    return leaves


def _walked(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _walked(f"{key}.{name}".removeprefix("."), one)
    elif isinstance(value, list):
        for one in value:
            yield from _walked(key, one)
    elif isinstance(value, (str, int)) and not isinstance(value, bool):
        yield key, str(value)


def _candidates(pair: Pair, one: Filter, leaves: dict[str, list[str]]) -> list[str]:
    """Values that may fit the filter, likelier ones first."""
    if isinstance(one.kind, Choice):
        return list(one.kind.labels)
    if one.kind.name == "boolean":
        return ["true", "false"]
    likely = [
        value
        for key in sorted(leaves, key=lambda key: _unlike(key, one.name))
        if _unlike(key, one.name) < OTHER
        for value in leaves[key][:8]
    ]
    rest = [value for key in leaves if _unlike(key, one.name) == OTHER for value in leaves[key][:2]]
    match one.kind.name:
        case "id":
            units = [pair.ground.units[name] for name in ("hidden", "below", "DB-ANSON-THUONGKHE", "TW")]
            persons = [str(pair.ground.persons[name]) for name in (*INSIDERS, *VIEWERS)]
            pool = [value for value in (*likely, *units, *persons, *rest) if _is_id(value)]
        case "date":
            pool = [*DAYS, *(value for value in (*likely, *rest) if _is_day(value))]
        case _:
            pool = [*likely[:8], HIDDEN_WORD, COMMON_WORDS, "chuyen doi", "2026", "1", *likely[8:], *rest]
    return list(dict.fromkeys(pool))[:TRIED]


def _unlike(key: str, name: str) -> int:
    """0 for the filter's own field, 1 where all its words are in the key, 2 for any other."""
    if key in {name, f"{name}_id"}:
        return 0
    return 1 if all(word in key for word in name.split("_")) else OTHER


async def _telling(pair: Pair, path: str, one: Filter, candidates: list[str]) -> list[str]:
    """Of the candidates those that tell the two databases apart for an insider, then those that find anything."""
    apart: list[str] = []
    finding: list[str] = []
    for value in candidates:
        if len(apart if shape_of(path).visible != EVERYONE else finding) >= KEPT:
            break
        for who in INSIDERS:
            left, right = await pair.get(who, listed(path, f"{one.name}={value}&limit=5&count=true"))
            if right.status_code != 200:
                break
            if told(left) != told(right):
                apart.append(value)
                break
            if right.json()["items"]:
                finding.append(value)
                break
    none = {"id": [MISSING], "text": ["không-có-gì-như-vậy"]}.get(one.kind.name, [])
    return [*apart[:KEPT], *finding[:KEPT], *none]


def _is_id(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
