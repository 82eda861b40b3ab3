"""The service's decision against the oracle's, over generated worlds: no disagreement, and no power above its source."""

from collections.abc import Iterator
from itertools import count
from uuid import UUID, uuid5

import asyncpg
import pytest
from asyncpg import Range
from authority import oracle, worlds
from conftest import FULL

from app.authority.chains import Rows, rights_of
from app.authority.queries import chain_rows
from app.authority.rules import Asked, decided
from app.core.act import ACTIONS, Action
from app.core.database import Addresses, Database, lent
from app.core.text import Text

# Each part in a database of its own: in one, the plans made for few worlds would serve for all.
PARTS, WORLDS = (40, 250) if FULL else (1, 100)
SPACE = UUID("6a2f41a3-c54c-fce8-32d2-0324e1c32e22")
LONELY = 10_000
"""A unit in which nothing lies: stands in for a scope that contains nothing, which our tables refuse to hold."""


class Loaded:
    """One of the oracle's worlds as rows of the database."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.world = worlds.world(seed)

    def id(self, kind: str, number: int) -> UUID:
        return uuid5(SPACE, f"{self.seed}/{kind}/{number}")

    def power(self, name: str) -> str:
        """The oracle's world says which powers may be lent; ours is told by the action."""
        return f"{'lent' if name in self.world.delegable else 'kept'}.{name}"

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        world = self.world
        units = [(self.id("unit", one.id), *self._unit(one)) for one in world.units.values()]
        lonely = (self.id("unit", LONELY), f"{self.seed}-lonely", None, None, None)
        return {
            "unit": [*units, lonely],
            "unit_ancestor": [
                (self.id("unit", unit), self.id("unit", above), steps)
                for unit in world.units
                for steps, above in enumerate(oracle.path(world, unit))
            ],
            "person": [(self.id("person", one), f"{self.seed}-p{one}") for one in world.persons],
            "position": [
                (self.id("position", one.id), f"{self.seed}-c{one.id}", self.id("unit", one.unit))
                for one in world.positions.values()
            ],
            "holding": [self._holding(one) for one in world.holdings.values()],
            "power_grant": [self._grant(one) for one in world.grants.values()],
            "delegation": [self._delegation(one) for one in world.delegations.values()],
        }

    def _unit(self, one: oracle.Unit) -> tuple[object, ...]:
        parent = None if one.parent is None else self.id("unit", one.parent)
        return f"{self.seed}-u{one.id}", parent, one.ended, None if one.ended is None else "dissolved"

    def _holding(self, one: oracle.Holding) -> tuple[object, ...]:
        days = (
            Range(one.first, one.after) if one.after is None or one.after > one.first else Range(empty=True)
        )
        return (
            self.id("holding", one.id),
            self.id("position", one.position),
            self.id("person", one.person),
            one.kind,
            days,
        )

    def _extent(self, row: oracle.Row, power: str) -> tuple[object, ...]:
        nothing = row.strict and not row.subtree
        days = (
            Range(row.first, row.after) if row.after is None or row.after > row.first else Range(empty=True)
        )
        return (
            [self.power(power)],
            self.id("unit", LONELY if nothing else row.unit),
            row.subtree,
            row.strict and row.subtree,
            row.max_amount,
            row.max_class,
            days,
            [self.id("unit", unit) for unit in sorted(row.excluded)],
        )

    def _grant(self, one: oracle.Grant) -> tuple[object, ...]:
        return (
            self.id("grant", one.id),
            self.id("position", one.position),
            *self._extent(one, one.power),
            one.max_depth,
        )

    def _delegation(self, one: oracle.Delegation) -> tuple[object, ...]:
        kind, source = one.source
        return (
            self.id("delegation", one.id),
            self.id("holding", one.from_holding),
            self.id("holding", one.to_holding),
            self.id("grant", source) if kind == "grant" else None,
            self.id("delegation", source) if kind == "delegation" else None,
            *self._extent(one, oracle.chain_down_to(self.world, one).grant.power),
            one.may_sub,
        )

    def asked(self, thing: oracle.Thing) -> Asked:
        world = self.world
        path = (
            ()
            if thing.unit is None
            else tuple(self.id("unit", one) for one in oracle.path(world, thing.unit))
        )
        return Asked(
            path=path,
            amount=thing.amount,
            access_class=thing.klass,
            exercised={
                self.power(power): frozenset(self.id("person", one) for one in persons)
                for power, persons in thing.exercised.items()
            },
            interested=frozenset(
                self.id("person", person) for person, about in world.interests if about == thing.id
            ),
            concerns=frozenset(self.id("person", one) for one in thing.evaluates),
            apart=tuple(tuple(sorted(map(self.power, pair))) for pair in world.duties),  # type: ignore[misc] - pairs
        )


INSERTS = {
    "unit": "INSERT INTO unit (id, code, name, kind, level, parent_id, ended_on, ending, version, created_at) SELECT i, c, c, 'x', 'centre', p, e, h, 1, now() FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::date[], $5::text[]) g(i, c, p, e, h)",
    "unit_ancestor": "INSERT INTO unit_ancestor (unit_id, ancestor_id, distance) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::integer[])",
    "person": "INSERT INTO person (id, code, kind, name, invented, disabled, version, created_at) SELECT i, c, 'person', c, true, false, 1, now() FROM unnest($1::uuid[], $2::text[]) g(i, c)",
    "position": "INSERT INTO position (id, code, unit_id, title, office, head, ordinal, version, created_at) SELECT i, c, u, c, 'member', false, 1, 1, now() FROM unnest($1::uuid[], $2::text[], $3::uuid[]) g(i, c, u)",
    "holding": "INSERT INTO holding (id, position_id, person_id, kind, valid, shared) SELECT i, p, h, k, v, true FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::daterange[]) g(i, p, h, k, v)",
    "power_grant": "INSERT INTO power_grant (id, position_id, powers, unit_id, subtree, strict, max_amount, max_class, valid, excluded, max_depth, basis_id, version, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $1, 1, now())",
    "delegation": "INSERT INTO delegation (id, from_holding_id, to_holding_id, grant_id, delegation_id, powers, unit_id, subtree, strict, max_amount, max_class, valid, excluded, may_sub, basis_id, version, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $1, 1, now())",
}
EACH = ("power_grant", "delegation")


@pytest.fixture
def lendable() -> Iterator[None]:
    """The oracle's powers among ours, some that may be lent and some that may not."""
    made = [
        Action(f"{start}.{name}", Text(name, name), delegable=start == "lent")
        for start in ("lent", "kept")
        for name in worlds.POWERS
    ]
    yield
    for one in made:
        del ACTIONS[one.code]


async def load(root: asyncpg.Connection, batch: list[Loaded]) -> None:
    """As they stand, past triggers and keys: worlds hold whatever their operations led to."""
    async with root.transaction():
        await root.execute("SET LOCAL session_replication_role = replica")
        for table, text in INSERTS.items():
            rows = [row for one in batch for row in one.rows()[table]]
            if table in EACH:
                await root.executemany(text, rows)
            elif rows:
                await root.execute(text, *[list(column) for column in zip(*rows, strict=True)])


@pytest.mark.parametrize("part", range(PARTS))
async def test_no_decision_differs_from_the_oracles(
    addresses: Addresses, database: Database, lendable: None, part: int
) -> None:
    root = await asyncpg.connect(addresses.owner.replace("bayro_owner@", "postgres@"))
    # Holdings that a world has emptied are none of ours: the table refuses them, the oracle keeps them.
    await root.execute("ALTER TABLE holding DROP CONSTRAINT ck_holding_valid_not_empty")
    asked = count()
    batch = [Loaded(seed) for seed in range(part * WORLDS, (part + 1) * WORLDS)]
    await load(root, batch)
    await root.execute("ANALYZE")
    for one in batch:
        rows = {person: await rows_of(database, one, person) for person in one.world.persons}
        for question in worlds.questions(one.world, one.seed):
            agree(one, rows[question.person], question)
            next(asked)
    await root.close()
    assert next(asked) > WORLDS * 10


async def rows_of(database: Database, one: Loaded, person: int) -> Rows:
    async with lent(database.read) as connection:
        return (await chain_rows(connection, one.id("person", person)))[1]


def agree(one: Loaded, rows: Rows, question: worlds.Question) -> None:
    person, power, thing, day = question
    expected = oracle.decide(one.world, person, power, thing, day)
    rights = rights_of(one.id("person", person), rows, day)
    found = decided(rights.get(one.power(power), ()), one.asked(thing))
    told = f"world {one.seed}, {question}"
    if isinstance(found, str):
        assert found == expected.why, told
        return
    assert expected.allowed, told
    assert (found.kind, len(found.chain) // 2) == (expected.kind, expected.steps), told
    assert oracle.Limits(found.max_amount, found.max_class) in expected.limits, told
