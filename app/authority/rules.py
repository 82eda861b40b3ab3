"""The decision: by which of a person's rights he may do a thing, or why not. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from app.authority.words import WHYS
from app.core.act import Action, Actor, Ground, Right, Scope
from app.core.errors import NARROWED

KEPT_APART: tuple[tuple[str, str], ...] = (("programme.approve", "programme.propose"),)
"""Pairs of powers one person may not both exercise on one object, whatever the database says beside them."""
WITHOUT_LIMIT = 2**62
"""The amount of a power without a limit: only who has none himself may give it."""
_CAPACITIES = {"substantive": "office", "acting": "Q.", "delegated": "TUQ"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a decision is about: where the object lies (its unit first, then every unit above), how much, how secret.

    `exercised` tells by power whose power was used on the object before, `concerns` whom the act is about.
    """

    path: tuple[UUID, ...]
    amount: int | None = None
    access_class: int = 0
    exercised: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    interested: frozenset[UUID] = frozenset()
    concerns: frozenset[UUID] = frozenset()
    apart: tuple[tuple[str, str], ...] = KEPT_APART


def without_chain(actor: Actor, action: Action, owner: UUID | None) -> Ground | str | None:
    """What is decided before any chain is looked at: a ground, a reason why not, or nothing yet."""
    if not within(actor.scopes, action.code):
        return NARROWED
    if action.own and owner == actor.id:
        return own_ground(actor.id, action.code)
    return None


def decided(rights: Iterable[Right], asked: Asked) -> Right | str:
    """The first right that carries the act, or why none does: the reason of the one that got furthest."""
    order = list(WHYS)
    why = "no_authority"
    for right in rights:
        obstacle = against(right, asked)
        if obstacle is None:
            return right
        why = max(why, obstacle, key=order.index)
    return why


def against(right: Right, asked: Asked) -> str | None:
    """What stands against this one right, or None."""
    if right.flaw is not None:
        return right.flaw
    if not all(contains(scope, asked.path) for scope in right.scopes):
        return "out_of_scope"
    if asked.access_class > right.max_class:
        return "above_clearance"
    if asked.amount is not None and right.max_amount is not None and asked.amount > right.max_amount:
        return "over_limit"
    if right.persons & asked.interested:
        return "conflict_of_interest"
    if right.persons & asked.concerns:
        return "self_evaluation"
    if any(
        right.persons & asked.exercised.get(other, frozenset()) for other in opposites(right.power, asked)
    ):
        return "separation_of_duties"
    return None


def opposites(power: str, asked: Asked) -> tuple[str, ...]:
    """The powers kept apart from this one."""
    pairs = [pair for pair in (*KEPT_APART, *asked.apart) if power in pair]
    return tuple(second if first == power else first for first, second in pairs)


def contains(scope: Scope, path: tuple[UUID, ...]) -> bool:
    """Whether the unit at the head of the path lies in the scope."""
    if scope.unit_id not in path:
        return False
    steps = path.index(scope.unit_id)
    if not scope.subtree:
        return steps == 0
    if scope.strict and steps == 0:
        return False
    return scope.excluded.isdisjoint(path[:steps])


def entered(scope: Scope, before: tuple[UUID, ...], after: tuple[UUID, ...]) -> bool:
    """Whether a unit came into the scope by a move, from one path to another."""
    return contains(scope, after) and not contains(scope, before)


def ground_of(right: Right, action: Action) -> Ground:
    """The ground an act stands on when this right carries it."""
    return Ground(
        action.code,
        right.post_id,
        right.unit_id,
        _CAPACITIES[right.kind],
        right.chain,
        right.persons,
        max_amount=right.max_amount,
    )


def within(scopes: frozenset[str] | None, power: str) -> bool:
    """Whether a token of these scopes leaves its person the power (None: it narrows nothing). It never adds one."""
    if scopes is None:
        return True
    return any(power.startswith(one) if one.endswith(".") else power == one for one in scopes)


def own_ground(person_id: UUID, power: str) -> Ground:
    """The ground an act on one's own thing stands on: no post carries it."""
    return Ground(power, None, None, "self", (f"person:{person_id}",), frozenset({person_id}))
