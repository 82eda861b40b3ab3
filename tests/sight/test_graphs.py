"""What may not be seen changes no answer of the GraphQL door, over whatever edge it is asked for."""

import base64
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest
from sight.asking import RESOURCES, SHAPES, Things, Values, shape_of
from sight.graphs import Document, Way, documents, seen_over, share
from sight.ground import FULL, INSIDERS, VIEWERS
from sight.sides import Pair, told

from app.core.reads.shape import EVERYONE

EDGES = {(shape.name, edge.name) for shape in SHAPES if not shape.observed for edge in shape.edges}


async def both(pair: Pair, who: str, one: Document) -> tuple[Any, Any]:
    return await pair.send(who, "POST", "/graphql", json={"query": one.text})


@pytest.mark.parametrize("who", VIEWERS)
async def test_both_databases_answer_the_same(pair: Pair, known: Values, there: Things, who: str) -> None:
    apart, over = [], set[Way]()
    for one in share(documents(known, there), who):
        left, right = await both(pair, who, one)
        assert "errors" not in left.json(), (one.text, left.text)
        over |= one.over
        if told(left) != told(right):
            apart.append((one.kind, one.text, told(left), told(right)))
    assert apart == []
    assert over == EDGES or (who in {"nobody", "service"} and not FULL)


@pytest.mark.parametrize("who", VIEWERS)
async def test_anything_by_its_global_id(pair: Pair, there: Things, who: str) -> None:
    for path, resource in RESOURCES.items():
        ids = there.get(path, [])
        for one in ids if FULL else ids[VIEWERS.index(who) :: len(VIEWERS)]:
            name = base64.b64encode(f"{resource.shape}:{one}".encode()).decode()
            left, right = await both(
                pair, who, Document(path, f'{{ node(id: "{name}") {{ __typename id }} }}')
            )
            assert told(left) == told(right), (path, one)


async def test_who_sees_it_is_answered_differently_wherever_an_edge_leads_to_what_may_be_hidden(
    pair: Pair, known: Values, there: Things
) -> None:
    """Otherwise the tests above could not fail."""
    differs = defaultdict[Way, bool](bool)
    for who in INSIDERS:
        for one in documents(known, there):
            left, right = await both(pair, who, one)
            shape = shape_of(one.kind.partition(" ")[0])
            answers = [list(seen_over(shape, list(side.json()["data"].values()))) for side in (left, right)]
            for way in one.over:
                of_way = [[value for other, value in found if other == way] for found in answers]
                differs[way] |= of_way[0] != of_way[1]
    assert set(differs) == EDGES
    assert leads_to(way for way in EDGES if differs[way]) >= {
        name for name in leads_to(EDGES) if SHAPES[name].visible != EVERYONE
    }


def leads_to(ways: Iterable[Way]) -> set[str]:
    """The shapes at the end of the edges."""
    found = ((SHAPES[shape].edge(name)) for shape, name in ways)
    return {edge.to for edge in found if edge is not None}
