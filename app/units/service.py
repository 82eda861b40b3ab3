"""Verbs on units: load, require, decide, change, record."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from asyncpg import Range

from app.core.act import Act, Target
from app.core.errors import Refused
from app.core.ids import new_id
from app.core.rows import Object
from app.units import queries, rules
from app.units.models import Unit, UnitAlias, UnitPeriod, UnitSuccessor
from app.units.schemas import AliasUnit, EndUnit, FoundUnit, MoveUnit, RenameUnit
from app.units.words import (
    ALIAS,
    DISSOLVE,
    FOUND,
    MOVE,
    RENAME,
    UNIT_HAS_CHILDREN,
    UNIT_LOOP,
    UnitAliased,
    UnitEnded,
    UnitFounded,
    UnitMoved,
    UnitRenamed,
)


async def found(act: Act, given: FoundUnit) -> UUID:
    """Founds a unit under its parent."""
    await queries.lock_tree(act)
    await queries.require_units(act, "parent_id", given.parent_id, given.agency_id)
    await queries.require_basis(act, given.basis_id)

    await act.require(FOUND, Target(None, given.parent_id))

    begun = _new_unit(act, given)

    await act.add(begun)
    await act.add(_period(begun, given.founded_on or date.min, given.basis_id))
    await act.add(*(UnitAlias(new_id(), begun.id, alias) for alias in dict.fromkeys(given.aliases)))

    act.record(UnitFounded(begun.id, begun.code))
    return begun.id


async def rename(act: Act, unit_id: UUID, given: RenameUnit) -> UUID:
    """Gives a unit another name from a day on."""
    unit = await queries.unit_for_change(act, unit_id)
    await queries.require_basis(act, given.basis_id)

    await act.require(RENAME, Target(Object("unit", unit.id), unit.id))

    since = given.since or act.today
    rules.require_living(unit.ended_on)

    renamed = await act.change(unit, name=given.name, abbreviation=given.abbreviation)
    await _turn_period(act, renamed, since, given.basis_id)

    act.record(UnitRenamed(unit.id, given.name, since.isoformat()))
    return unit.id


async def move(act: Act, unit_id: UUID, given: MoveUnit) -> UUID:
    """Puts a unit under another parent from a day on."""
    await queries.lock_tree(act)
    unit = await queries.unit_for_change(act, unit_id)
    await queries.require_units(act, "parent_id", given.parent_id)
    await queries.require_basis(act, given.basis_id)
    before = await queries.units_above(act, unit.id)

    await act.require(MOVE, Target(Object("unit", unit.id), unit.id))
    await act.require(MOVE, Target(Object("unit", unit.id), given.parent_id))

    since = given.since or act.today
    rules.require_living(unit.ended_on)
    if given.parent_id and await queries.lies_below(act, given.parent_id, unit.id):
        raise Refused(UNIT_LOOP)

    moved = await act.change(unit, parent_id=given.parent_id)
    await _turn_period(act, moved, since, given.basis_id)

    act.record(UnitMoved(unit.id, given.parent_id, since.isoformat(), before, given.widens))
    return unit.id


async def end(act: Act, unit_id: UUID, given: EndUnit) -> UUID:
    """Ends a unit by merger, split or dissolution; its successors carry on."""
    await queries.lock_tree(act)
    unit = await queries.unit_for_change(act, unit_id)
    await queries.require_units(act, "successor_ids", *given.successor_ids)
    await queries.require_basis(act, given.basis_id)

    await act.require(DISSOLVE, Target(Object("unit", unit.id), unit.id))

    since = given.since or act.today
    rules.require_living(unit.ended_on)
    remaining = await queries.living_children(act, unit.id)
    if remaining:
        raise Refused(UNIT_HAS_CHILDREN, count=remaining)

    await _close_period(act, unit.id, since)
    await act.change(unit, ended_on=since, ending=given.how)
    await act.add(
        *(UnitSuccessor(new_id(), unit.id, one, since) for one in dict.fromkeys(given.successor_ids))
    )

    act.record(UnitEnded(unit.id, given.how, tuple(map(str, given.successor_ids)), since))
    return unit.id


async def alias(act: Act, unit_id: UUID, given: AliasUnit) -> UUID:
    """Records another name under which papers mention the unit."""
    unit = await queries.unit_for_change(act, unit_id)

    await act.require(ALIAS, Target(Object("unit", unit.id), unit.id))

    await act.add(UnitAlias(new_id(), unit.id, given.alias))

    act.record(UnitAliased(unit.id, given.alias))
    return unit.id


def _new_unit(act: Act, given: FoundUnit) -> Unit:
    return Unit(
        id=new_id(),
        code=given.code,
        official_code=given.official_code,
        name=given.name,
        abbreviation=given.abbreviation,
        kind=given.kind,
        level=given.level,
        parent_id=given.parent_id,
        agency_id=given.agency_id,
        founded_on=given.founded_on,
        ended_on=None,
        ending=None,
        basis_id=given.basis_id,
        version=1,
        created_at=act.at,
    )


def _period(unit: Unit, since: date, basis_id: UUID | None) -> UnitPeriod:
    # A first day nobody knows reaches back without bound: papers older than our record still resolve.
    lower = None if since == date.min else since
    return UnitPeriod(
        new_id(),
        unit.id,
        Range(lower, None),
        unit.name,
        unit.abbreviation,
        unit.kind,
        unit.parent_id,
        basis_id,
    )


async def _close_period(act: Act, unit_id: UUID, since: date) -> UnitPeriod | None:
    """Ends the open period the day before `since`. Raises Refused (unit_date_order)."""
    period = await queries.current_period(act, unit_id)
    if period is None:
        return None
    first: date | None = period.valid.lower  # type: ignore[attr-defined] - asyncpg's Range
    rules.require_fitting(since, after=first, today=act.today)
    return await act.change(period, valid=Range(first, since))


async def _turn_period(act: Act, unit: Unit, since: date, basis_id: UUID | None) -> None:
    """Ends the open period and begins the next with the unit's present values."""
    await _close_period(act, unit.id, since)
    await act.add(replace(_period(unit, since, basis_id), valid=Range(since, None)))
