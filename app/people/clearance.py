"""Where a person is cleared for what is restricted: below which units, of those he reaches. Pure.

Clearance is never wider than a right. Lists are walked by whole branches, so of a right that leaves part of its branch
out (the unit itself, or one that moved in since) those branches clear that lie in it as a whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.core.act import Right, Scope
from app.core.ids import RESTRICTED

Path = tuple[UUID, ...]
"""A unit and every unit above it, nearest first."""
Extent = tuple[Scope, ...]
"""The scopes of one chain: the matter lies in every one of them."""


@dataclass(frozen=True, slots=True)
class Tree:
    """As much of today's tree as clearance depends on: paths upwards, and the units directly below some."""

    above: Mapping[UUID, Path]
    below: Mapping[UUID, tuple[UUID, ...]]

    def path(self, unit: UUID) -> Path:
        """The unit's path; empty for what is no unit."""
        return self.above.get(unit, ())


def extents_of(rights: Mapping[str, tuple[Right, ...]]) -> frozenset[Extent]:
    """How far rights in force reach that go up to restricted matters; one over a single unit is no branch."""
    return frozenset(
        right.scopes
        for chains in rights.values()
        for right in chains
        if right.flaw is None
        and right.max_class >= RESTRICTED
        and all(scope.subtree for scope in right.scopes)
    )


def units_of(extents: Iterable[Extent]) -> frozenset[UUID]:
    """The units whose paths are needed."""
    return frozenset(
        unit for scopes in extents for scope in scopes for unit in (scope.unit_id, *scope.excluded)
    )


def parted(extents: Iterable[Extent], above: Mapping[UUID, Path]) -> frozenset[UUID]:
    """Units that lie in an extent with a part of their branch only: those below them are needed."""
    found: set[UUID] = set()
    for scope in (scope for scopes in extents for scope in scopes):
        if scope.strict:
            found.add(scope.unit_id)
        for one in scope.excluded:
            path = above.get(one, ())
            if scope.unit_id in path:
                found.update(path[: path.index(scope.unit_id) + 1])
    return frozenset(found)


def cleared_roots(extents: Iterable[Extent], reach: Iterable[UUID], tree: Tree) -> tuple[UUID, ...]:
    """The topmost units whose whole branch lies both in the reach and in every scope of one of the extents; in order of ids."""
    reached = frozenset(reach)
    found = {
        path[0]: path
        for scopes in extents
        for start in _starts(scopes, reached, tree)
        for path in _whole(start, scopes, tree)
    }
    return tuple(sorted(unit for unit, path in found.items() if found.keys().isdisjoint(path[1:])))


def _starts(scopes: Extent, reached: frozenset[UUID], tree: Tree) -> Iterator[Path]:
    """Where the branches of all scopes and of the reach meet: each begins with the unit of one of them."""
    for unit in reached.union(scope.unit_id for scope in scopes):
        path = tree.path(unit)
        if not reached.isdisjoint(path) and all(scope.unit_id in path for scope in scopes):
            yield path


def _whole(path: Path, scopes: Extent, tree: Tree) -> Iterator[Path]:
    """The path where the unit's whole branch lies in the scopes; else the paths of such branches below it."""
    if any(scope.excluded.intersection(path[: path.index(scope.unit_id)]) for scope in scopes):
        return
    unit = path[0]
    if not any(_is_parted(unit, scope, tree) for scope in scopes):
        yield path
        return
    for child in tree.below.get(unit, ()):
        yield from _whole((child, *path), scopes, tree)


def _is_parted(unit: UUID, scope: Scope, tree: Tree) -> bool:
    own = scope.strict and unit == scope.unit_id
    # What is left out lies below the scope's unit; the unit itself never is (authority.rules.contains).
    return own or any(unit in tree.path(one) for one in scope.excluded - {scope.unit_id})
