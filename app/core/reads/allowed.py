"""`allowed_actions`: what a caller may do with a thing. Which values a statement brings for it, and the list made of them.

The statement cannot decide: chains of powers are the process's, not the database's. So it leaves a mark with all that the
decision depends on, and the list takes the mark's place in the bytes of the answer. Pure.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from app.core.act import Action
from app.core.canonical import encoded
from app.core.reads.selection import Ask
from app.core.reads.shape import Matter, Shape, Verb
from app.core.words import NOT_IN_STATE

NAME, TYPE = "allowed_actions", "AllowedAction"
PARTS = {
    "action": "the command: its operation in REST, in camelCase its mutation in GraphQL",
    "power": "the power it needs, or of several the one that is missing; /v1/words names it",
    "enabled": "whether it may be asked now, as far as that does not depend on what is sent with it",
    "reason": "why not; /v1/words names it",
}
SAYS = "what the caller may do with it: every command on it, in a fixed order; none in a read as of a day"
WHOLE = Ask(NAME, NAME, tuple(Ask(one, one) for one in PARTS), many=True)

MARK = token_hex(16)
"""Begins and ends what a statement leaves for a list. Random and never shown, so nothing anybody wrote can look like it."""
_OPENS, _CLOSES = f'{{"{MARK}" : '.encode(), f', "{MARK}" : 0}}'.encode()
_AROUND_OBJECT = ("exercised", "interested", "apart")
_OF_MATTER = ("amount", "access_class", "owner", "concerns")

Places = tuple[tuple[str, int], ...]
"""Names of values, each with its place among those the statement brings."""
Obstacle = Callable[[Action, Any], str | None]
"""What stands between the caller and an action in a matter; None: nothing."""
MatterOf = Callable[[Mapping[str, Any]], Any]
"""The matter as authority takes it, of what a statement saw around the thing."""


@dataclass(frozen=True, slots=True)
class Need:
    """A power over one of the fill's matters; `where` is the place of whether it is needed."""

    action: Action
    matter: int
    where: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """A verb: the place of its needs among the fill's, and of whether it is open."""

    name: str
    action: Action
    needs: int
    open: int | None


@dataclass(frozen=True, slots=True)
class Fill:
    """How one list is made: its verbs, what they need (equal needs once), the matters by the places of what a decision
    depends on, and the parts asked for by response key.
    """

    verbs: tuple[Told, ...]
    needs: tuple[tuple[Need, ...], ...]
    matters: tuple[Places, ...]
    keys: tuple[tuple[str, str], ...]


def laid_out(
    shape: Shape, verbs: Iterable[Verb], around: Mapping[str, str], asks: Iterable[Ask]
) -> tuple[tuple[str, ...], Fill]:
    """The SQL expressions a statement brings for a list (equal ones once), and how the list is made of them.

    Place 0 is the fill's own number; `around` is the SQL of what a decision looks at, by name.
    """
    places: dict[str, int] = {}
    needs: dict[tuple[Need, ...], int] = {}
    matters: dict[Places, int] = {}

    def place(expression: str) -> int:
        return places.setdefault(expression, len(places) + 1)

    def matter(one: Matter) -> int:
        path = around["path"].replace("{unit}", one.unit)
        of_object = ((name, place(around[name].replace("{object}", "{t}.id"))) for name in _AROUND_OBJECT)
        own = (("path", place(path)), *((name, place(getattr(one, name))) for name in _OF_MATTER))
        return matters.setdefault((*of_object, *own), len(matters))

    def needed(verb: Verb) -> tuple[Need, ...]:
        about = [matter(one) for one in verb.about or (shape.matter,) if one]
        own = [Need(verb.action, one, None) for one in about]
        more = [Need(also.action, one, place(also.where)) for also in verb.also for one in about]
        return (*own, *more)

    told = tuple(
        Told(
            one.name,
            one.action,
            needs.setdefault(needed(one), len(needs)),
            place(one.open_if) if one.open_if else None,
        )
        for one in verbs
    )
    keys = tuple((ask.key, ask.name) for ask in asks)
    return tuple(places), Fill(told, tuple(needs), tuple(matters), keys)


def marked(mark: str, slot: int, values: Iterable[str]) -> str:
    """The SQL of a mark: `mark` is the bound value, `slot` the fill's number."""
    return f"json_build_object({mark}, json_build_array({', '.join([str(slot), *values])}), {mark}, 0)"


def filled(body: bytes, fills: tuple[Fill, ...], matter_of: MatterOf, obstacle: Obstacle) -> bytes:
    """The answer with each mark replaced by its list. Equal circumstances are decided once."""
    head, *rest = body.split(_OPENS)
    made: dict[bytes, bytes] = {}
    parts = [head]
    for one in rest:
        values, _, after = one.partition(_CLOSES)
        if values not in made:
            made[values] = encoded(_listed(fills, json.loads(values), matter_of, obstacle))
        parts += (made[values], after)
    return b"".join(parts)


def _listed(
    fills: tuple[Fill, ...], values: list[Any], matter_of: MatterOf, obstacle: Obstacle
) -> list[dict[str, Any]]:
    fill = fills[values[0]]
    matters = [matter_of({name: values[place] for name, place in places}) for places in fill.matters]
    against = [_against(needs, values, matters, obstacle) for needs in fill.needs]
    listed = []
    for told in fill.verbs:
        shown = _shown(told, against[told.needs], values)
        listed.append({key: shown[name] for key, name in fill.keys})
    return listed


def _against(
    needs: tuple[Need, ...], values: list[Any], matters: list[Any], obstacle: Obstacle
) -> tuple[Action, str] | None:
    """The first power that is missing, and why; None where all are there."""
    for need in needs:
        if need.where is None or values[need.where] is True:
            why = obstacle(need.action, matters[need.matter])
            if why is not None:
                return need.action, why
    return None


def _shown(told: Told, against: tuple[Action, str] | None, values: list[Any]) -> dict[str, Any]:
    # Power first, as in the verb itself: who may not do it is not told whether it would be open.
    power, why = against or (told.action, None)
    if why is None and told.open is not None and values[told.open] is not True:
        why = NOT_IN_STATE
    return {
        "action": told.name,
        "power": power.code,
        "enabled": why is None,
        "reason": why,
        "__typename": TYPE,
    }
