"""What may not be seen changes no answer of the REST door; for who may see it, it does."""

from collections import Counter, defaultdict

import pytest
from sight.asking import (
    RESOURCES,
    SHAPES,
    Asked,
    Things,
    Values,
    filters_of,
    pages,
    requests,
    share,
    sorts_of,
)
from sight.ground import INSIDERS, VIEWERS
from sight.sides import Pair, told

from app.core.reads.shape import EVERYONE

OPEN_TO_ALL = {path for path, one in RESOURCES.items() if SHAPES[one.shape].visible == EVERYONE}
"""What everybody sees is the same in both databases."""


@pytest.mark.parametrize("who", VIEWERS)
async def test_both_databases_answer_the_same(pair: Pair, known: Values, there: Things, who: str) -> None:
    apart, statuses = [], Counter[int]()
    for asked in share(requests(pair, known, there), who):
        async for one, left, right in pages(pair, who, asked):
            statuses[left.status_code] += 1
            if told(left) != told(right):
                apart.append((one.kind, one.path, told(left), told(right)))
    assert apart == []
    assert set(statuses) == {200, 400, 404}
    assert statuses[200] > 200
    assert statuses[400] > 40
    assert statuses[404] > 40


async def test_who_sees_it_is_answered_differently_to_every_kind_of_request(
    pair: Pair, known: Values, there: Things
) -> None:
    """Otherwise the test above could not fail."""
    differs = defaultdict[str, bool](bool)
    for who in INSIDERS:
        for asked in requests(pair, known, there):
            if not differs[asked.kind]:
                async for one, left, right in pages(pair, who, asked):
                    differs[one.kind] |= told(left) != told(right)
    assert {kind for kind in differs if not differs[kind]} == {
        kind for kind in differs if alike(Asked(kind, ""))
    }
    for path in RESOURCES:
        assert {f"{path} filter {one.name}" for one in filters_of(path)} <= set(differs)
        assert {f"{path} sort {one}" for one in sorts_of(path)} <= set(differs)


def alike(asked: Asked) -> bool:
    """Whether both databases must answer so even to who sees everything."""
    noun, _, kind = asked.kind.partition(" ")
    if noun.startswith("/"):
        return "{id}" not in noun
    return noun in OPEN_TO_ALL or kind == "refused"
