"""From rows to rights: every chain by which a person holds a power. Pure.

A chain walks up: the person's holding, the delegations received by it, the grant of a position. At most three steps,
nobody twice, never further than the grant and each delegation allow.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.act import ACTIONS, Right, Scope

LONGEST = 2  # delegations in one chain: with the grant, three steps
RANKS = {"substantive": 0, "acting": 1, "delegated": 2}


@dataclass(frozen=True, slots=True)
class Span:
    """Days [first, after); an end that is not known is open."""

    first: date | None
    after: date | None

    def covers(self, on: date) -> bool:
        """Whether the day lies in it."""
        return (self.first is None or self.first <= on) and (self.after is None or on < self.after)


NEVER = Span(date.max, date.min)
"""The days of what was withdrawn before it began."""


@dataclass(frozen=True, slots=True)
class Held:
    """A holding: who holds which position when; `unit_id` is the organisation the post reaches."""

    id: UUID
    person_id: UUID
    position_id: UUID
    unit_id: UUID
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """One step up: a grant (`above` is its position) or a delegation (`above` is its source)."""

    id: UUID
    powers: frozenset[str]
    scope: Scope
    max_amount: int | None
    max_class: int
    span: Span


@dataclass(frozen=True, slots=True)
class GrantLink(Link):
    """A grant to a position."""

    position_id: UUID
    max_depth: int


@dataclass(frozen=True, slots=True)
class DelegationLink(Link):
    """A delegation from one holding to another, standing on a grant or on another delegation."""

    from_holding_id: UUID
    to_holding_id: UUID
    grant_id: UUID | None
    delegation_id: UUID | None
    may_sub: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows a person's powers may stand on."""

    held: Mapping[UUID, Held]
    grants: Mapping[UUID, GrantLink]
    delegations: Mapping[UUID, DelegationLink]


def rights_of(person_id: UUID, rows: Rows, on: date) -> dict[str, tuple[Right, ...]]:
    """Every right of the person by power, cheapest first; those not in force on that day carry the flaw."""
    found: dict[str, list[Right]] = {}
    for held, delegations, grant in _chains(person_id, rows):
        for power in _powers(delegations, grant):
            right = _right(rows, (held, delegations, grant), power, on)
            found.setdefault(power, []).append(right)
    return {power: tuple(sorted(rights, key=_price)) for power, rights in found.items()}


Chain = tuple[Held, tuple[DelegationLink, ...], GrantLink]


def _chains(person_id: UUID, rows: Rows) -> Iterator[Chain]:
    own = [held for held in rows.held.values() if held.person_id == person_id]
    for held in own:
        yield from (
            (held, (), grant) for grant in rows.grants.values() if grant.position_id == held.position_id
        )
        for one in rows.delegations.values():
            if one.to_holding_id == held.id:
                yield from ((held, path, grant) for path, grant in _upwards(rows, (one,), {person_id}))


def _upwards(
    rows: Rows, path: tuple[DelegationLink, ...], persons: set[UUID]
) -> Iterator[tuple[tuple[DelegationLink, ...], GrantLink]]:
    """From the last delegation of the path up to its grant, if the way is sound."""
    last = path[-1]
    giver = rows.held.get(last.from_holding_id)
    if giver is None or giver.person_id in persons:
        return
    grant = rows.grants.get(last.grant_id) if last.grant_id else None
    if grant is not None and grant.position_id == giver.position_id and len(path) <= grant.max_depth:
        yield path, grant
    above = rows.delegations.get(last.delegation_id) if last.delegation_id else None
    if above is not None and len(path) < LONGEST and above.may_sub and above.to_holding_id == giver.id:
        yield from _upwards(rows, (*path, above), {*persons, giver.person_id})


def _powers(delegations: Iterable[DelegationLink], grant: GrantLink) -> frozenset[str]:
    return grant.powers.intersection(*(one.powers for one in delegations))


def _right(rows: Rows, chain: Chain, power: str, on: date) -> Right:
    held, delegations, grant = chain
    givers = [rows.held[one.from_holding_id] for one in delegations]
    links: tuple[Link, ...] = (*delegations, grant)
    spans = [one.span for one in (held, *givers, *links)]
    flaw = None
    if not all(span.covers(on) for span in spans):
        flaw = "expired"
    elif delegations and not _delegable(power):
        flaw = "not_delegable"
    amounts = [one.max_amount for one in links if one.max_amount is not None]
    return Right(
        power=power,
        kind="delegated" if delegations else held.kind,
        post_id=held.position_id,
        unit_id=held.unit_id,
        scopes=tuple(one.scope for one in links),
        max_amount=min(amounts, default=None),
        max_class=min(one.max_class for one in links),
        chain=_named(held, delegations, givers, grant),
        persons=frozenset({held.person_id, *(one.person_id for one in givers)}),
        flaw=flaw,
        spans=tuple((span.first, span.after) for span in spans),
        lends=_lends(delegations, grant) if _delegable(power) else 0,
    )


def _delegable(power: str) -> bool:
    """A power nobody knows any more may not be lent."""
    return power in ACTIONS and ACTIONS[power].delegable


def _lends(delegations: tuple[DelegationLink, ...], grant: GrantLink) -> int:
    """How many delegations may yet stand on the chain."""
    if delegations and not delegations[0].may_sub:
        return 0
    return max(0, min(grant.max_depth, LONGEST) - len(delegations))


def _named(
    held: Held, delegations: tuple[DelegationLink, ...], givers: list[Held], grant: GrantLink
) -> tuple[str, ...]:
    steps = [f"holding:{held.id}"]
    for one, giver in zip(delegations, givers, strict=True):
        steps += [f"delegation:{one.id}", f"holding:{giver.id}"]
    return (*steps, f"grant:{grant.id}")


def _price(right: Right) -> tuple[Any, ...]:
    return right.flaw is not None, RANKS[right.kind], len(right.chain), right.chain
