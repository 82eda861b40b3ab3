"""Clearance by branches against the plain meaning: a unit is cleared where a right reaches it, and reach reaches it."""

from collections.abc import Iterator
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.authority.rules import contains
from app.core.act import Right, Scope
from app.people.clearance import Tree, cleared_roots, extents_of, parted, units_of

UNITS = [UUID(int=number) for number in range(1, 13)]
UNIT = st.sampled_from(UNITS)
SCOPES = st.builds(Scope, UNIT, st.booleans() | st.just(True), st.booleans(), st.frozensets(UNIT, max_size=2))


@st.composite
def paths(draw: st.DrawFn) -> dict[UUID, tuple[UUID, ...]]:
    """A forest over the units: each stands below an earlier one, or below none."""
    above: dict[UUID, tuple[UUID, ...]] = {}
    for place, unit in enumerate(UNITS):
        parent = draw(st.none() | st.sampled_from(UNITS[:place])) if place else None
        above[unit] = (unit, *above[parent]) if parent else (unit,)
    return above


@st.composite
def rights(draw: st.DrawFn) -> Right:
    return Right(
        power="task.amend",
        kind="substantive",
        post_id=UUID(int=0),
        unit_id=UUID(int=0),
        scopes=tuple(draw(st.lists(SCOPES, min_size=1, max_size=3))),
        max_amount=None,
        max_class=draw(st.sampled_from([1, 2, 2, 2])),
        chain=(),
        persons=frozenset(),
        flaw=draw(st.sampled_from([None, None, None, "expired"])),
        spans=(),
    )


@given(paths(), st.lists(rights(), max_size=4), st.lists(UNIT, max_size=3))
def test_it_takes_in_every_whole_branch_of_a_right_and_nothing_beside(
    above: dict[UUID, tuple[UUID, ...]], held: list[Right], reach: list[UUID]
) -> None:
    found = cleared_below(above, held, reach)

    carrying = [one for one in held if one.flaw is None and one.max_class == 2]
    for unit in UNITS:
        branch = [one for one in UNITS if unit in above[one]]
        whole = any(
            all(scope.subtree and contains(scope, above[one]) for scope in right.scopes for one in branch)
            for right in carrying
        )
        reached = any(root in above[unit] for root in reach)
        assert (not found.isdisjoint(above[unit])) is (whole and reached), unit
    for root in found:
        assert found.isdisjoint(above[root][1:]), "one root lies below another"


def cleared_below(
    above: dict[UUID, tuple[UUID, ...]], held: list[Right], reach: list[UUID]
) -> frozenset[UUID]:
    """As the service asks for it: only the paths of the units named, and only the units below those that need it."""
    extents = extents_of({"task.amend": tuple(held)})
    known = {one: above[one] for one in (*units_of(extents), *reach)}
    below = {one: tuple(_children(above, one)) for one in parted(extents, known)}
    return frozenset(cleared_roots(extents, reach, Tree(known, below)))


def _children(above: dict[UUID, tuple[UUID, ...]], parent: UUID) -> Iterator[UUID]:
    return (one for one, path in above.items() if path[1:2] == (parent,))
