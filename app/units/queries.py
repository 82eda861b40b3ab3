"""SQL for the verbs on units."""

from uuid import UUID

from app.core.act import Act
from app.core.errors import Refused
from app.core.rows import Object, columns_of, loaded
from app.core.words import NOT_FOUND, REFERENCE_UNKNOWN
from app.units.models import Unit, UnitPeriod
from app.units.shapes import TOP_UNIT

_ONE = f"SELECT {columns_of(Unit)} FROM unit WHERE id = $1 FOR UPDATE"
_PERIOD = (
    f"SELECT {columns_of(UnitPeriod)} FROM unit_period WHERE unit_id = $1 AND upper_inf(valid) FOR UPDATE"
)
_KNOWN = "SELECT array_agg(id) FROM unit WHERE id = ANY($1)"
_CHILDREN = "SELECT count(*) FROM unit WHERE parent_id = $1 AND ended_on IS NULL"
_BELOW = "SELECT EXISTS (SELECT 1 FROM unit_ancestor WHERE unit_id = $1 AND ancestor_id = $2)"
_ABOVE = (
    "SELECT array_agg(ancestor_id ORDER BY distance) FROM unit_ancestor WHERE unit_id = $1 AND distance > 0"
)
_LIVING = "SELECT array_agg(id) FROM unit WHERE id = ANY($1) AND ended_on IS NULL"
_TOP = f"SELECT {TOP_UNIT}"
_LOCK_TREE = "SELECT pg_advisory_xact_lock(hashtextextended('unit tree', 1))"


async def lock_tree(act: Act) -> None:
    """Changes of the tree go one at a time, so that two moves cannot close a loop between them."""
    await act.connection.one(_LOCK_TREE)


async def unit_for_change(act: Act, unit_id: UUID) -> Unit:
    """The unit, locked and at the version the caller knows. Raises Refused (not_found, version_stale)."""
    record = await act.connection.row(_ONE, unit_id)
    if record is None:
        raise Refused(NOT_FOUND)
    act.expect(record["version"])
    return loaded(Unit, record)


async def current_period(act: Act, unit_id: UUID) -> UnitPeriod | None:
    """The unit's open period."""
    record = await act.connection.row(_PERIOD, unit_id)
    return loaded(UnitPeriod, record) if record else None


async def require_units(act: Act, name: str, *ids: UUID | None) -> None:
    """Raises Refused (reference_unknown) where one of the ids is no unit."""
    asked = {one for one in ids if one is not None}
    if asked and set(await act.connection.one(_KNOWN, list(asked)) or ()) != asked:
        raise Refused(REFERENCE_UNKNOWN, name=name)


async def require_living_units(act: Act, name: str, *ids: UUID | None) -> None:
    """Raises Refused (reference_unknown) where one of the ids is no unit that lives today."""
    asked = {one for one in ids if one is not None}
    if asked and set(await act.connection.one(_LIVING, list(asked)) or ()) != asked:
        raise Refused(REFERENCE_UNKNOWN, name=name)


async def require_basis(act: Act, document_id: UUID | None) -> None:
    """Raises Refused (reference_unknown) where there is no such document, or the caller does not see it.

    Without it the database's own key would tell a hidden document from a missing one. Asked through the port, because
    documents are a room of a higher floor.
    """
    if document_id is None:
        return
    try:
        await act.ports.matter(act, Object("document", document_id))
    except Refused as refused:
        raise Refused(REFERENCE_UNKNOWN, name="basis_id") from refused


async def units_above(act: Act, unit_id: UUID) -> tuple[UUID, ...]:
    """The units above it today, nearest first."""
    return tuple(await act.connection.one(_ABOVE, unit_id) or ())


async def top_unit(act: Act) -> UUID | None:
    """The unit under whose branch lies what holds for the whole house."""
    return await act.connection.one(_TOP)


async def living_children(act: Act, unit_id: UUID) -> int:
    """How many units stand directly under it today."""
    return await act.connection.one(_CHILDREN, unit_id)


async def lies_below(act: Act, unit_id: UUID, ancestor_id: UUID) -> bool:
    """Whether the unit is the other one or lies under it today."""
    return await act.connection.one(_BELOW, unit_id, ancestor_id)
