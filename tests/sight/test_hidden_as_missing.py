"""A hidden thing and a missing one: the same statements, the same answer, the same time."""

import time
from statistics import median
from typing import Any

import pytest
from sight.asking import MISSING
from sight.ground import FULL
from sight.sides import Pair, told
from stage import Caller

from bench.statements import heard

PAIRS = 2_000 if FULL else 200
BOUND = 0.05 if FULL else 0.15
"""How far the medians may lie apart, as a share; a short run is noisier."""
NOUNS = {
    "tasks": ("task", "programme.task1"),
    "programmes": ("programme", "programme"),
    "documents": ("document", "document"),
}
DOORS = ("rest", "graph")
EACH = [(door, noun) for door in DOORS for noun in NOUNS]
WHO = "head"


async def asked(caller: Caller, door: str, noun: str, one: str) -> Any:
    if door == "rest":
        return await caller.get(f"/v1/{noun}/{one}")
    query = f"query ($id: ID!) {{ {NOUNS[noun][0]}(id: $id) {{ id title version }} }}"
    return await caller.post("/graphql", {"query": query, "variables": {"id": one}})


@pytest.mark.parametrize(("door", "noun"), EACH)
async def test_the_statements_and_the_answer_are_the_same(pair: Pair, door: str, noun: str) -> None:
    hidden = pair.ground.things["added"][NOUNS[noun][1]]
    caller = pair.right.callers[WHO]
    await asked(caller, door, noun, MISSING)
    found = []
    for one in (hidden, MISSING):
        async with heard(pair.right.stage.house.database) as notes:
            answer = await asked(caller, door, noun, one)
        status, headers, body = told(answer)
        found.append(([note.text for note in notes], status, headers, body.replace(one, "…")))
    assert found[0] == found[1]
    assert len(found[0][0]) >= 1


@pytest.mark.parametrize(("door", "noun"), EACH)
async def test_the_time_is_the_same(pair: Pair, door: str, noun: str) -> None:
    """Asked by turns, each pair in the other order than the one before: what slows the machine slows both."""
    hidden = pair.ground.things["added"][NOUNS[noun][1]]
    caller = pair.right.callers[WHO]
    took: dict[str, list[float]] = {hidden: [], MISSING: []}
    for turn in range(PAIRS + 20):
        for one in (hidden, MISSING) if turn % 2 else (MISSING, hidden):
            started = time.perf_counter()
            await asked(caller, door, noun, one)
            if turn >= 20:
                took[one].append(time.perf_counter() - started)
    # The difference pair by pair: both halves of a pair meet the machine in the same mood.
    apart = median(first - second for first, second in zip(took[hidden], took[MISSING], strict=True))
    assert abs(apart) <= BOUND * median(took[MISSING])
