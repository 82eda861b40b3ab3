"""A second opinion on authority: the rules written plainly, sharing nothing with the service they judge.

Slow and obvious on purpose. Days are dates, periods are half-open, and the tree of units is today's.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any, Literal, TypeVar

Kind = Literal["substantive", "acting"]
Source = tuple[Literal["grant", "delegation"], int]
MOST_DELEGATIONS = 2


@dataclass(frozen=True)
class Unit:
    """`ended`: the first day on which the unit is no more."""

    id: int
    parent: int | None
    ended: date | None = None


@dataclass(frozen=True)
class Position:
    id: int
    unit: int


@dataclass(frozen=True)
class Holding:
    id: int
    position: int
    person: int
    kind: Kind
    first: date
    after: date | None = None


@dataclass(frozen=True)
class Grant:
    """`unit`, `subtree`, `strict` and `excluded` are its scope; no `max_amount` means no limit."""

    id: int
    position: int
    power: str
    unit: int
    subtree: bool
    strict: bool
    max_amount: int | None
    max_class: int
    max_depth: int
    first: date
    after: date | None = None
    excluded: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Delegation:
    """`from_holding` passes on to `to_holding` what it has by `source`."""

    id: int
    from_holding: int
    to_holding: int
    source: Source
    unit: int
    subtree: bool
    strict: bool
    max_amount: int | None
    max_class: int
    first: date
    after: date
    may_sub: bool
    excluded: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Thing:
    """`exercised`: who stood in the chain when a power was used on it; `evaluates`: whose evaluation it is."""

    id: int
    unit: int | None
    amount: int | None
    klass: int
    exercised: dict[str, frozenset[int]] = field(default_factory=dict)
    evaluates: frozenset[int] = frozenset()


Row = Grant | Delegation
Ended = TypeVar("Ended", bound=Grant | Delegation | Holding)


@dataclass(frozen=True)
class Limits:
    max_amount: int | None
    max_class: int


@dataclass(frozen=True)
class Step:
    """One operation as it was asked on a day, and whether it was accepted; all steps in order make the world."""

    day: date
    operation: str
    arguments: tuple[Any, ...]
    accepted: bool


@dataclass(frozen=True)
class Chain:
    """From the asking person up to the grant: delegations and holdings both begin with the asking person's."""

    grant: Grant
    delegations: tuple[Delegation, ...]
    holdings: tuple[Holding, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.delegations, self.grant)

    @property
    def steps(self) -> int:
        return len(self.rows)

    @property
    def persons(self) -> tuple[int, ...]:
        """The asking person, then every delegator."""
        return tuple(holding.person for holding in self.holdings)

    @property
    def limits(self) -> Limits:
        """The least along the chain."""
        amounts = [row.max_amount for row in self.rows if row.max_amount is not None]
        return Limits(min(amounts, default=None), min(row.max_class for row in self.rows))

    @property
    def kind(self) -> str:
        """How the power is held: by own office, of which kind, or by delegation."""
        return "delegated" if self.delegations else self.holdings[0].kind

    @property
    def cost(self) -> tuple[int, bool]:
        """Own substantive office is cheapest, then own acting, then delegated with fewer steps."""
        return self.steps, self.kind == "acting"


@dataclass(frozen=True)
class Decision:
    """Allowed by any of `winners` (the cheapest chains that pass, several when they cost the same), or `why` not."""

    why: str | None
    winners: tuple[Chain, ...] = ()

    @property
    def allowed(self) -> bool:
        return bool(self.winners)

    @property
    def kind(self) -> str | None:
        return self.winners[0].kind if self.winners else None

    @property
    def steps(self) -> int | None:
        return self.winners[0].steps if self.winners else None

    @property
    def limits(self) -> frozenset[Limits]:
        """One element unless chains of equal cost differ: then each of them is a right answer."""
        return frozenset(chain.limits for chain in self.winners)


@dataclass
class World:
    """All rows, and the operations that change them. `today` is the day on which operations are asked.

    Every operation answers whether it was accepted; a refused one changes nothing.
    """

    today: date
    units: dict[int, Unit] = field(default_factory=dict)
    positions: dict[int, Position] = field(default_factory=dict)
    holdings: dict[int, Holding] = field(default_factory=dict)
    grants: dict[int, Grant] = field(default_factory=dict)
    delegations: dict[int, Delegation] = field(default_factory=dict)
    things: dict[int, Thing] = field(default_factory=dict)
    persons: set[int] = field(default_factory=set)
    powers: set[str] = field(default_factory=set)
    delegable: set[str] = field(default_factory=set)
    duties: set[frozenset[str]] = field(default_factory=set)
    interests: set[tuple[int, int]] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)

    def found_unit(self, unit: Unit) -> bool:
        self.units[unit.id] = unit
        return True

    def establish(self, position: Position) -> bool:
        self.positions[position.id] = position
        return True

    def appoint(self, holding: Holding) -> bool:
        self.holdings[holding.id] = holding
        return True

    def grant(self, grant: Grant) -> bool:
        self.grants[grant.id] = grant
        return True

    def allow_delegation(self, power: str) -> bool:
        self.delegable.add(power)
        return True

    def forbid_delegation(self, power: str) -> bool:
        """Delegations of the power that exist stay as they are, and no longer pass."""
        self.delegable.discard(power)
        return True

    def delegate(self, delegation: Delegation) -> bool:
        """Refused where it would be wider than its source; exclusions of the source below its scope go with it."""
        if not may_delegate(self, delegation):
            return False
        inherited = {
            unit
            for unit in source_of(self, delegation).excluded
            if delegation.subtree and delegation.unit in path(self, unit)
        }
        self.delegations[delegation.id] = replace(delegation, excluded=delegation.excluded | inherited)
        return True

    def relieve(self, holding: int, day: date) -> bool:
        self.holdings[holding] = ended(self.holdings[holding], day)
        return True

    def withdraw(self, grant: int, day: date) -> bool:
        self.grants[grant] = ended(self.grants[grant], day)
        return True

    def revoke(self, delegation: int, day: date) -> bool:
        self.delegations[delegation] = ended(self.delegations[delegation], day)
        return True

    def move_unit(self, unit: int, new_parent: int) -> bool:
        """Refused for a loop or an ended unit. A scope that would newly reach the moved unit excludes it."""
        both_live = all(lives(self, each, self.today) for each in (unit, new_parent))
        if unit in path(self, new_parent) or not both_live:
            return False
        reached = {row for row in all_rows(self) if contains(self, row, unit)}
        self.units[unit] = replace(self.units[unit], parent=new_parent)
        for row in all_rows(self):
            if not is_over(self, row) and row not in reached and contains(self, row, unit):
                self._put(replace(row, excluded=row.excluded | {unit}))
        return True

    def end_unit(self, unit: int, day: date) -> bool:
        """Only without living children. All that rests on the unit ends with it on that day."""
        if not lives(self, unit, day) or any(
            child.parent == unit and lives(self, child.id, day) for child in self.units.values()
        ):
            return False
        self.units[unit] = replace(self.units[unit], ended=day)
        for row in all_rows(self):
            if unit == row.unit or unit in seats(self, row):
                self._put(ended(row, day))
        for holding in self.holdings.values():
            if self.positions[holding.position].unit == unit:
                self.holdings[holding.id] = ended(holding, day)
        return True

    def _put(self, row: Row) -> None:
        if isinstance(row, Grant):
            self.grants[row.id] = row
        else:
            self.delegations[row.id] = row


# Periods, the tree and scopes.


def covers(row: Row | Holding, day: date) -> bool:
    """A period covers its first day and every later one before its end."""
    return row.first <= day and (row.after is None or day < row.after)


def ended(row: Ended, day: date) -> Ended:
    """Ending never prolongs."""
    return replace(row, after=day if row.after is None else min(row.after, day))


def is_over(world: World, row: Row) -> bool:
    """Ended for ever: it covers neither today nor any later day."""
    return row.after is not None and row.after <= world.today


def lives(world: World, unit: int, day: date) -> bool:
    """A unit has ended from its day of ending on."""
    end = world.units[unit].ended
    return end is None or day < end


def path(world: World, unit: int) -> list[int]:
    """The unit and all that stand above it, lowest first."""
    parent = world.units[unit].parent
    return [unit] if parent is None else [unit, *path(world, parent)]


def contains(world: World, scope: Row, unit: int) -> bool:
    """A scope holds its own unit (not when strict) and, with its subtree, those below, but no excluded branch."""
    way = path(world, unit)
    if scope.unit not in way:
        return False
    below = way[: way.index(scope.unit)]
    if (below and not scope.subtree) or (scope.strict and not (below and scope.subtree)):
        return False
    return scope.excluded.isdisjoint({unit, *below})


def all_rows(world: World) -> list[Row]:
    return [*world.grants.values(), *world.delegations.values()]


def seats(world: World, row: Row) -> set[int]:
    """The units of the positions a row runs between."""
    if isinstance(row, Grant):
        return {world.positions[row.position].unit}
    return {
        world.positions[world.holdings[holding].position].unit
        for holding in (row.from_holding, row.to_holding)
    }


# Chains.


def source_of(world: World, delegation: Delegation) -> Row:
    kind, number = delegation.source
    return world.grants[number] if kind == "grant" else world.delegations[number]


def chain_down_to(world: World, delegation: Delegation) -> Chain:
    """From a delegation's receiver up, source by source, to the grant; it may be too long, or not hold together."""
    delegations = [delegation]
    while isinstance(source := source_of(world, delegations[-1]), Delegation):
        delegations.append(source)
    holdings = [delegation.to_holding, *(row.from_holding for row in delegations)]
    return Chain(source, tuple(delegations), tuple(world.holdings[holding] for holding in holdings))


def holds_together(chain: Chain) -> bool:
    """Whatever the dates.

    The highest holding sits in the grant's position; every delegation but the last was received by the very holding
    that passes it on, with leave to do so; there are at most two, and no more than the grant lets; no person twice.
    """
    return (
        chain.holdings[-1].position == chain.grant.position
        and all(
            upper.to_holding == lower.from_holding and upper.may_sub
            for lower, upper in pairwise(chain.delegations)
        )
        and len(chain.delegations) <= min(MOST_DELEGATIONS, chain.grant.max_depth)
        and len(set(chain.persons)) == len(chain.persons)
    )


def chains(world: World, person: int, power: str) -> list[Chain]:
    """All chains by which the person holds the power: own offices, then delegations received."""
    own = [
        Chain(grant, (), (holding,))
        for grant in world.grants.values()
        for holding in world.holdings.values()
        if holding.person == person
    ]
    received = [
        chain_down_to(world, delegation)
        for delegation in world.delegations.values()
        if world.holdings[delegation.to_holding].person == person
    ]
    return [chain for chain in own + received if chain.grant.power == power and holds_together(chain)]


# The decision.


def in_force(world: World, chain: Chain, day: date) -> bool:
    """Every holding, grant and delegation covers the day; no unit of a scope or a position has ended by then."""
    units = {row.unit for row in chain.rows} | {
        world.positions[holding.position].unit for holding in chain.holdings
    }
    return all(covers(row, day) for row in (*chain.rows, *chain.holdings)) and all(
        lives(world, unit, day) for unit in units
    )


def delegable(world: World, chain: Chain) -> bool:
    """A power marked not delegable never passes through a delegation."""
    return not chain.delegations or chain.grant.power in world.delegable


def in_scope(world: World, chain: Chain, thing: Thing) -> bool:
    """The thing's unit lies inside every scope of the chain; a thing of no unit lies inside none."""
    return thing.unit is not None and all(contains(world, row, thing.unit) for row in chain.rows)


def cleared(chain: Chain, thing: Thing) -> bool:
    """The thing's class is not above the least along the chain."""
    return thing.klass <= chain.limits.max_class


def within_limit(chain: Chain, thing: Thing) -> bool:
    """The thing's amount, where it has one, is not above the least along the chain, where there is one."""
    limit = chain.limits.max_amount
    return thing.amount is None or limit is None or thing.amount <= limit


def disinterested(world: World, chain: Chain, thing: Thing) -> bool:
    """No person of the chain has an interest in the thing."""
    return not any((person, thing.id) in world.interests for person in chain.persons)


def judges_another(chain: Chain, thing: Thing) -> bool:
    """No person of the chain, asking or delegating, is evaluated by the thing."""
    return thing.evaluates.isdisjoint(chain.persons)


def duties_apart(world: World, chain: Chain, thing: Thing) -> bool:
    """No person of the chain stood in a chain by which a power kept apart from this one was used on the thing."""
    apart = {
        power for pair in world.duties if chain.grant.power in pair for power in pair - {chain.grant.power}
    }
    return all(thing.exercised.get(power, frozenset()).isdisjoint(chain.persons) for power in apart)


Test = Callable[[World, Chain, Thing, date], bool]
# In the order in which a chain is tested; it fails at the first that does not hold.
TESTS: dict[str, Test] = {
    "expired": lambda world, chain, _thing, day: in_force(world, chain, day),
    "not_delegable": lambda world, chain, _thing, _day: delegable(world, chain),
    "out_of_scope": lambda world, chain, thing, _day: in_scope(world, chain, thing),
    "above_clearance": lambda _world, chain, thing, _day: cleared(chain, thing),
    "over_limit": lambda _world, chain, thing, _day: within_limit(chain, thing),
    "conflict_of_interest": lambda world, chain, thing, _day: disinterested(world, chain, thing),
    "self_evaluation": lambda _world, chain, thing, _day: judges_another(chain, thing),
    "separation_of_duties": lambda world, chain, thing, _day: duties_apart(world, chain, thing),
}
# `no_authority` is the failure of having no chain at all.
REASONS = ("no_authority", *TESTS)


def failure(world: World, chain: Chain, thing: Thing, day: date) -> str | None:
    return next((why for why, holds in TESTS.items() if not holds(world, chain, thing, day)), None)


def decide(world: World, person: int, power: str, thing: Thing, day: date) -> Decision:
    """Allowed by the cheapest chain that passes; else denied with the reason of the chain that got furthest."""
    tried = [(chain, failure(world, chain, thing, day)) for chain in chains(world, person, power)]
    passing = [chain for chain, why in tried if why is None]
    if passing:
        least = min(chain.cost for chain in passing)
        return Decision(None, tuple(chain for chain in passing if chain.cost == least))
    return Decision(max((why for _, why in tried if why), key=REASONS.index, default="no_authority"))


# Never wider than the source.


def may_delegate(world: World, new: Delegation) -> bool:
    """The power may be delegated, the delegator holds it today, and nothing becomes wider or longer."""
    chain = chain_down_to(world, new)
    source = source_of(world, new)
    held = Chain(chain.grant, chain.delegations[1:], chain.holdings[1:])
    return (
        delegable(world, chain)
        and holds_together(chain)
        and in_force(world, held, world.today)
        and scope_within(world, new, source)
        and amount_within(new, source)
        and new.max_class <= source.max_class
        and new.first >= source.first
        and ends_within(new, source)
        and ends_within(new, chain.holdings[1])
    )


def scope_within(world: World, new: Delegation, source: Row) -> bool:
    """Its unit lies inside the source's scope (strictly below a strict one); a single unit gives only itself."""
    return contains(world, source, new.unit) and (source.subtree or not new.subtree)


def amount_within(new: Delegation, source: Row) -> bool:
    """No limit is the largest of all."""
    return source.max_amount is None or (new.max_amount is not None and new.max_amount <= source.max_amount)


def ends_within(new: Delegation, other: Row | Holding) -> bool:
    return other.after is None or new.after <= other.after


def no_larger_than_source(world: World) -> list[tuple[int, str]]:
    """Every delegation that exceeds its source, with where: amount, class, or scope (some unit only it contains).

    Those over for ever are left out, for moves no longer narrow them. A scope exceeds also where a move carried its
    unit out of its source's scope; nobody gains by that, as a thing must lie inside every scope of the chain.
    """
    return [
        (delegation.id, where)
        for delegation in world.delegations.values()
        if not is_over(world, delegation)
        for where in _excesses(world, delegation, source_of(world, delegation))
    ]


def _excesses(world: World, delegation: Delegation, source: Row) -> Iterator[str]:
    if not amount_within(delegation, source):
        yield "amount"
    if delegation.max_class > source.max_class:
        yield "class"
    if any(contains(world, delegation, unit) and not contains(world, source, unit) for unit in world.units):
        yield "scope"
