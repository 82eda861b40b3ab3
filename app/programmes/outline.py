"""Content groups in their places: pure.

An annex may number two groups alike, leave a number out, or come again corrected. So a group is found again by its
annex, the group it stands under, its code and its title; groups that are new take the place the annex gives them, and
groups that an annex no longer names stay behind the one they followed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.core.errors import Flaw, Refused
from app.core.text import Text
from app.programmes.models import ContentGroup
from app.programmes.schemas import NewGroup
from app.programmes.words import GROUPS_UNCLEAR

_NOWHERE = Text("chưa có nhóm mang số này ở phía trước", "no group before it bears this code")
_NAMELESS = Text("thiếu cả số và tên nhóm", "neither code nor title is given")


@dataclass(frozen=True, slots=True)
class Outline:
    """All groups of a programme, each with its place, and the id of each group that was asked for, in the order asked.

    Among the rows each group comes after the one it stands under.
    """

    rows: tuple[ContentGroup, ...]
    ids: tuple[UUID, ...]


def require_clear_groups(
    wanted: Sequence[NewGroup], standing: Iterable[ContentGroup] = (), *, pointer: str = "/groups/{place}"
) -> None:
    """Raises Refused (groups_unclear) for a group without code and title, or under a code that none before it bears.

    `pointer` tells where in the input a group stands.
    """
    known = {(one.annex, one.code) for one in standing}
    flaws: list[Flaw] = []
    for place, one in enumerate(wanted):
        at = pointer.format(place=place)
        if one.under is not None and (one.annex, one.under) not in known:
            flaws.append(Flaw(f"{at}/under", "group_unknown", _NOWHERE))
        if not one.code and not one.title:
            flaws.append(Flaw(f"{at}/title", "group_nameless", _NAMELESS))
        known.add((one.annex, one.code))
    if flaws:
        raise Refused(GROUPS_UNCLEAR, flaws=tuple(flaws), count=len(flaws))


def outlined(
    programme_id: UUID,
    standing: Iterable[ContentGroup],
    wanted: Sequence[NewGroup],
    *,
    fresh: Callable[[], UUID],
) -> Outline:
    """The groups that stand and those wanted, each once, numbered from 1 within each annex.

    `fresh` gives the ids of new groups. Expects what `require_clear_groups` has let pass.
    """
    rows = {one.id: one for one in sorted(standing, key=lambda one: one.ordinal)}
    orders: dict[str, list[UUID]] = {}
    for one in rows.values():
        orders.setdefault(one.annex, []).append(one.id)
    ids = _found_or_made(programme_id, rows, wanted, fresh)
    for annex in dict.fromkeys(one.annex for one in wanted):
        asked = [identity for identity, one in zip(ids, wanted, strict=True) if one.annex == annex]
        orders[annex] = _merged(rows, orders.get(annex, []), list(dict.fromkeys(asked)))
    places = {identity: place for order in orders.values() for place, identity in enumerate(order, 1)}
    placed = tuple(replace(one, ordinal=places[one.id]) for one in rows.values())
    return Outline(placed, tuple(ids))


def _found_or_made(
    programme_id: UUID, rows: dict[UUID, ContentGroup], wanted: Sequence[NewGroup], fresh: Callable[[], UUID]
) -> list[UUID]:
    """The id of each wanted group; new ones are put into `rows`."""
    # Of groups that stood as exact doubles, the first is meant.
    known = {_key(one): one.id for one in reversed(rows.values())}
    last = {(one.annex, one.code): one.id for one in rows.values()}
    ids: list[UUID] = []
    for one in wanted:
        above = last[one.annex, one.under] if one.under is not None else None
        made = ContentGroup(fresh(), programme_id, above, one.annex, one.code, one.title, one.kind, ordinal=1)
        identity = known.setdefault(_key(made), made.id)
        rows.setdefault(identity, made)
        last[one.annex, one.code] = identity
        ids.append(identity)
    return ids


def _key(group: ContentGroup) -> tuple[str, UUID | None, str, str]:
    return (group.annex, group.parent_id, group.code, group.title)


def _merged(rows: dict[UUID, ContentGroup], order: list[UUID], asked: list[UUID]) -> list[UUID]:
    """The order that stood, with each new group after the one asked for before it."""
    merged = list(order)
    named = set(asked)
    before: UUID | None = None
    for identity in asked:
        if identity not in merged:
            merged.insert(_place(rows, merged, rows[identity], before, named), identity)
        before = identity
    return merged


def _place(
    rows: dict[UUID, ContentGroup],
    order: list[UUID],
    new: ContentGroup,
    before: UUID | None,
    named: set[UUID],
) -> int:
    """Where a new group goes: behind the one before it and what nobody named there, or else last under its parent."""
    if before is not None:
        return _end(order, order.index(before) + 1, {each for each in order if each not in named})
    if new.parent_id is not None:
        below = {each for each in order if _lies_under(rows, each, new.parent_id)}
        return _end(order, order.index(new.parent_id) + 1, below)
    return next((place for place, each in enumerate(order) if each in named), len(order))


def _end(order: list[UUID], start: int, among: set[UUID]) -> int:
    """The first place from `start` on whose group is not `among` those to be passed."""
    return next((place for place in range(start, len(order)) if order[place] not in among), len(order))


def _lies_under(rows: dict[UUID, ContentGroup], identity: UUID, above: UUID) -> bool:
    parent = rows[identity].parent_id
    while parent is not None and parent != above:
        parent = rows[parent].parent_id
    return parent is not None
