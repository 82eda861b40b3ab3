"""Random worlds of authority, each with its history of operations, and questions that meet every outcome."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from authority.oracle import (
    Chain,
    Decision,
    Delegation,
    Grant,
    Holding,
    Kind,
    Position,
    Row,
    Source,
    Step,
    Thing,
    Unit,
    World,
    chains,
    contains,
    covers,
    decide,
    in_scope,
    lives,
    may_delegate,
    path,
)

FIRST_DAY = date(2026, 1, 1)
DAYS = [FIRST_DAY + timedelta(days=number) for number in range(365)]
POWERS = ("propose", "approve", "pay")
PAIRS = (("propose", "approve"), ("approve", "pay"), ("propose", "pay"))
AMOUNTS = (20, 50, 100)
MOST_UNITS = 14
MOST_POSITIONS = 10
THINGS = 50
TRIES = 200
KEPT_OF_EACH_OUTCOME = 4

Ask = tuple[str, tuple[Any, ...]]


class Question(NamedTuple):
    person: int
    power: str
    thing: Thing
    day: date


def world(seed: int) -> World:
    """The same world for the same seed. Its `steps`, asked again in order, make it from nothing."""
    rng = random.Random(seed)  # noqa: S311 - a repeatable world, no secret
    made = World(today=FIRST_DAY, powers=set(POWERS), persons=set(range(1, rng.randint(3, 8) + 1)))
    made.duties = {frozenset(pair) for pair in rng.sample(PAIRS, rng.randint(1, 3))}
    _settle(rng, made)
    for day in sorted(rng.choices(DAYS, k=rng.randint(10, 35))):
        made.today = day
        _ask(made, _some_operation(rng, made))
    # Late, so that long chains live when questions are asked, and some of them by a power no longer delegable.
    for _ in range(3):
        _ask(made, _delegate(rng, made) or _some_operation(rng, made))
    if made.delegable and rng.random() < 0.4:
        _ask(made, ("forbid_delegation", (rng.choice(sorted(made.delegable)),)))
    if rng.random() < 0.2:
        # Only as the last: whether a unit that will end still takes part in moves is not for the oracle to say.
        _ask(made, ("end_unit", (_living(rng, made), _later(rng, made.today))))
    _add_things(rng, made)
    return made


def questions(world: World, seed: int) -> Iterator[Question]:
    """A few dozen, no more than four of each outcome; none before the last operation, for the tree is today's."""
    rng = random.Random(seed)  # noqa: S311 - repeatable questions, no secret
    held = [
        chain
        for person in sorted(world.persons)
        for power in POWERS
        for chain in chains(world, person, power)
    ]
    seen: Counter[str] = Counter()
    for _ in range(TRIES):
        question = _aimed(rng, world, held) if held and rng.random() < 0.9 else _blind(rng, world)
        met = outcome(decide(world, *question))
        seen[met] += 1
        if seen[met] <= KEPT_OF_EACH_OUTCOME:
            yield question


def outcome(decision: Decision) -> str:
    """One word for each of the thirteen ways a decision ends."""
    if decision.why:
        return decision.why
    return f"delegated_{decision.steps}" if decision.kind == "delegated" else f"own_{decision.kind}"


# The beginning.


def _settle(rng: random.Random, world: World) -> None:
    _ask(world, ("found_unit", (Unit(1, None),)))
    for number in range(2, rng.randint(3, 9) + 1):
        _ask(world, ("found_unit", (Unit(number, rng.randint(1, number - 1)),)))
    for number in range(1, rng.randint(3, 7) + 1):
        _ask(world, ("establish", (Position(number, rng.choice(list(world.units))),)))
    for power in POWERS:
        if rng.random() < 0.9:
            _ask(world, ("allow_delegation", (power,)))
    for asked, times in ((_appoint, rng.randint(8, 16)), (_grant, rng.randint(4, 8)), (_delegate, 5)):
        for _ in range(times):
            if ask := asked(rng, world):
                _ask(world, ask)


def _add_things(rng: random.Random, world: World) -> None:
    persons = sorted(world.persons)
    for number in range(1, THINGS + 1):
        world.things[number] = _thing(rng, world, number)
        if rng.random() < 0.2:
            world.interests |= {(person, number) for person in _some(rng, persons)}


def _thing(rng: random.Random, world: World, number: int) -> Thing:
    persons = sorted(world.persons)
    edges = [amount + more for amount in AMOUNTS for more in (-1, 0, 1)]
    return Thing(
        number,
        unit=rng.choice(list(world.units)) if rng.random() < 0.95 else None,
        amount=rng.choice(edges) if rng.random() < 0.6 else None,
        klass=rng.choices((0, 1, 2), (4, 2, 1))[0],
        exercised={power: _some(rng, persons) for power in POWERS if rng.random() < 0.2},
        evaluates=_some(rng, persons) if rng.random() < 0.2 else frozenset(),
    )


def _some(rng: random.Random, persons: list[int]) -> frozenset[int]:
    return frozenset(rng.sample(persons, rng.randint(1, 2)))


# Operations. Each returns what to ask, or None where the world has nothing to ask it of.


def _ask(world: World, ask: Ask) -> None:
    operation, arguments = ask
    accepted = getattr(world, operation)(*arguments)
    world.steps.append(Step(world.today, operation, arguments, accepted))


def _some_operation(rng: random.Random, world: World) -> Ask:
    while True:
        operation = rng.choices(list(OPERATIONS), list(OPERATIONS.values()))[0]
        if ask := operation(rng, world):
            return ask


def _found_unit(rng: random.Random, world: World) -> Ask | None:
    number = len(world.units) + 1
    return ("found_unit", (Unit(number, _living(rng, world)),)) if number <= MOST_UNITS else None


def _move_unit(rng: random.Random, world: World) -> Ask | None:
    """Also onto its own branch and with ended units: those must be refused. To where it stands already: never."""
    any_unit = rng.random() < 0.1
    unit, parent = (
        rng.choice(list(world.units)) if any_unit else _living(rng, world, below_root=True) for _ in range(2)
    )
    return None if world.units[unit].parent == parent else ("move_unit", (unit, parent))


def _end_unit(rng: random.Random, world: World) -> Ask | None:
    """Also with living children: that must be refused."""
    unit = _living(rng, world, below_root=True)
    return None if unit == 1 else ("end_unit", (unit, world.today))


def _establish(rng: random.Random, world: World) -> Ask | None:
    number = len(world.positions) + 1
    return ("establish", (Position(number, _living(rng, world)),)) if number <= MOST_POSITIONS else None


def _appoint(rng: random.Random, world: World) -> Ask | None:
    """Never two substantive holders of a position, nor one person twice in it, at a time."""
    open_positions = [each.id for each in world.positions.values() if lives(world, each.unit, world.today)]
    if not open_positions:
        return None
    kind: Kind = "acting" if rng.random() < 0.4 else "substantive"
    first, after = _period(rng, world.today)
    holding = Holding(
        len(world.holdings) + 1,
        rng.choice(open_positions),
        rng.choice(sorted(world.persons)),
        kind,
        first,
        after,
    )
    clash = any(_clashes(holding, other) for other in world.holdings.values())
    return None if clash else ("appoint", (holding,))


def _clashes(new: Holding, old: Holding) -> bool:
    meet = (old.after is None or new.first < old.after) and (new.after is None or old.first < new.after)
    same_seat = new.kind == old.kind == "substantive" or new.person == old.person
    return new.position == old.position and meet and same_seat


def _grant(rng: random.Random, world: World) -> Ask | None:
    """Mostly to a position that somebody holds."""
    positions = [each.id for each in world.positions.values() if lives(world, each.unit, world.today)]
    held = [holding.position for holding in world.holdings.values() if _is_open(world, holding)]
    if not positions:
        return None
    subtree = rng.random() < 0.85
    first, after = _period(rng, world.today)
    grant = Grant(
        len(world.grants) + 1,
        rng.choice(held if held and rng.random() < 0.8 else positions),
        rng.choice(POWERS),
        rng.choice(path(world, _living(rng, world))),
        subtree=subtree,
        strict=rng.random() < (0.2 if subtree else 0.05),
        max_amount=rng.choice((None, *AMOUNTS)),
        max_class=rng.choices((0, 1, 2), (1, 2, 3))[0],
        max_depth=rng.choices((0, 1, 2), (1, 1, 5))[0],
        first=first,
        after=after,
    )
    return "grant", (grant,)


def _delegate(rng: random.Random, world: World) -> Ask | None:
    """Mostly one that is no wider than its source; sometimes spoilt in one way, which mostly must be refused."""
    drafts = [draft for _ in range(8) if (draft := _draft(rng, world))]
    if not drafts:
        return None
    new = next((draft for draft in drafts if may_delegate(world, draft)), drafts[0])
    return "delegate", (_spoilt(rng, world, new) if rng.random() < 0.3 else new,)


def _draft(rng: random.Random, world: World) -> Delegation | None:
    source = _some_source(rng, world)
    receivers = [each for each in world.holdings.values() if _is_open(world, each)]
    return _narrowed(rng, world, source, rng.choice(receivers)) if source and receivers else None


def _some_source(rng: random.Random, world: World) -> tuple[Row, Holding] | None:
    """A row in force with the holding that may pass it on; now and then any row at all."""
    received = [(row, world.holdings[row.to_holding]) for row in world.delegations.values()]
    granted = [
        (row, holding)
        for row in world.grants.values()
        for holding in world.holdings.values()
        if holding.position == row.position
    ]
    pool: list[tuple[Row, Holding]] = [*(received if received and rng.random() < 0.5 else granted)]
    in_force = [pair for pair in pool if all(covers(each, world.today) for each in pair)]
    if in_force and rng.random() < 0.95:
        pool = in_force
    return rng.choice(pool) if pool else None


def _narrowed(
    rng: random.Random, world: World, given: tuple[Row, Holding], receiver: Holding
) -> Delegation | None:
    source, delegator = given
    units = [unit for unit in _all_living(world) if contains(world, source, unit)]
    first = max(world.today, source.first) + timedelta(days=rng.choice((0, 0, 0, 5, 20)))
    wished = first + timedelta(days=rng.randint(120, 700))
    after = min(wished, *(each.after or wished for each in given))
    if not units or after <= first:
        return None
    subtree = source.subtree and rng.random() < 0.8
    amounts = [amount for amount in AMOUNTS if source.max_amount is None or amount <= source.max_amount]
    return Delegation(
        len(world.delegations) + 1,
        delegator.id,
        receiver.id,
        _named(source),
        # The top of what is contained, as often as anything below it: chains of one scope inside another live longer.
        units[0] if rng.random() < 0.5 else rng.choice(units),
        subtree=subtree,
        strict=subtree and rng.random() < 0.1,
        max_amount=rng.choice([source.max_amount, *amounts]),
        max_class=source.max_class if rng.random() < 0.6 else rng.randint(0, source.max_class),
        first=first,
        after=after,
        may_sub=rng.random() < 0.8,
    )


def _named(source: Row) -> Source:
    return ("grant" if isinstance(source, Grant) else "delegation", source.id)


def _spoilt(rng: random.Random, world: World, new: Delegation) -> Delegation:
    holdings = list(world.holdings)
    spoil: dict[str, Callable[[], Any]] = {
        "from_holding": lambda: rng.choice(holdings),
        "to_holding": lambda: new.from_holding,
        "unit": lambda: _living(rng, world),
        "subtree": lambda: True,
        "max_amount": lambda: rng.choice((None, *AMOUNTS)),
        "max_class": lambda: 2,
        "first": lambda: world.today,
        "after": lambda: new.after + timedelta(days=rng.choice((1, 400))),
    }
    part = rng.choice(list(spoil))
    return replace(new, **{part: spoil[part]()})


def _relieve(rng: random.Random, world: World) -> Ask | None:
    return _ending(rng, world, "relieve", world.holdings.values())


def _withdraw(rng: random.Random, world: World) -> Ask | None:
    return _ending(rng, world, "withdraw", world.grants.values())


def _revoke(rng: random.Random, world: World) -> Ask | None:
    return _ending(rng, world, "revoke", world.delegations.values())


def _ending(rng: random.Random, world: World, operation: str, rows: Any) -> Ask | None:
    """On the same day, or announced for a later one."""
    lasting = [row.id for row in rows if row.after is None or world.today < row.after]
    day = world.today if rng.random() < 0.4 else _later(rng, world.today)
    return (operation, (rng.choice(lasting), day)) if lasting else None


def _forbid_delegation(rng: random.Random, world: World) -> Ask | None:
    return ("forbid_delegation", (rng.choice(sorted(world.delegable)),)) if world.delegable else None


OPERATIONS: dict[Callable[[random.Random, World], Ask | None], int] = {
    _found_unit: 4,
    _move_unit: 14,
    _end_unit: 6,
    _establish: 3,
    _appoint: 14,
    _grant: 12,
    _delegate: 40,
    _relieve: 4,
    _withdraw: 4,
    _revoke: 5,
    _forbid_delegation: 1,
}


def _all_living(world: World) -> list[int]:
    """Higher units first."""
    living = [unit for unit in world.units if lives(world, unit, world.today)]
    return sorted(living, key=lambda unit: len(path(world, unit)))


def _living(rng: random.Random, world: World, *, below_root: bool = False) -> int:
    """A unit that lives today; the root where no other does."""
    living = _all_living(world)
    return rng.choice(living[1:] if below_root and living[1:] else living)


def _is_open(world: World, holding: Holding) -> bool:
    lasts = holding.after is None or world.today < holding.after
    return lasts and lives(world, world.positions[holding.position].unit, world.today)


def _later(rng: random.Random, day: date) -> date:
    return day + timedelta(days=rng.randint(1, 60))


def _period(rng: random.Random, day: date) -> tuple[date, date | None]:
    """Mostly from the day itself on, mostly open."""
    first = day if rng.random() < 0.75 else _later(rng, day)
    return first, None if rng.random() < 0.65 else first + timedelta(days=rng.randint(60, 700))


# Questions.


def _blind(rng: random.Random, world: World) -> Question:
    return Question(
        rng.choice(sorted(world.persons)),
        rng.choice(POWERS),
        rng.choice(list(world.things.values())),
        world.today,
    )


def _aimed(rng: random.Random, world: World, held: list[Chain]) -> Question:
    """At a chain, rare sorts as often as others: mostly on a thing in its scopes, on a day where something turns."""
    sorts = {(chain.steps, chain.grant.power in world.delegable) for chain in held}
    sort = rng.choice(sorted(sorts))
    chain = rng.choice([each for each in held if (each.steps, each.grant.power in world.delegable) == sort])
    things = list(world.things.values())
    inside = [thing for thing in things if in_scope(world, chain, thing)]
    thing = rng.choice(inside if inside and rng.random() < 0.8 else things)
    day = world.today if rng.random() < 0.4 else rng.choice(_turning_days(world, chain))
    return Question(chain.persons[0], chain.grant.power, thing, day)


def _turning_days(world: World, chain: Chain) -> list[date]:
    """The last operation's day, and those after it on which, or before which, a part of the chain begins or ends."""
    turns = [day for part in (*chain.rows, *chain.holdings) for day in (part.first, part.after) if day]
    turns += [end for row in chain.rows if (end := world.units[row.unit].ended)]
    nights = [turn - timedelta(days=1) for turn in turns]
    return [world.today, *(day for day in turns + nights if day >= world.today)]
