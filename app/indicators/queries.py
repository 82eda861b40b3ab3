"""SQL for the verbs on indicators. What the caller may not see of a programme is not there for its indicators either."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from app.core.act import Act
from app.core.errors import Refused
from app.core.rows import columns_of, loaded
from app.core.words import NOT_FOUND, REFERENCE_UNKNOWN
from app.indicators.models import Indicator, Measurement, Target, TargetPart
from app.indicators.rules import Place
from app.programmes.shapes import PROGRAMME_VISIBLE

_VISIBLE = PROGRAMME_VISIBLE.format(t="p", reach="$2::uuid[]")
# Locked against change, so that the branch whose powers were asked for is the branch the line comes to lie in.
_PROGRAMME = (
    f"SELECT p.owner_id, p.access_class FROM programme p WHERE p.id = $1 AND {_VISIBLE} FOR SHARE OF p"
)
_CHANGED = (
    f"SELECT {columns_of(Indicator, 'i')}, p.owner_id, p.access_class FROM indicator i JOIN programme p ON p.id = i.programme_id"
    f" WHERE i.id = ANY($1::uuid[]) AND {_VISIBLE} ORDER BY i.id FOR NO KEY UPDATE OF i"
)
_STANDING = (
    f"SELECT {columns_of(Indicator, 'i')} FROM indicator i JOIN programme p ON p.id = i.programme_id"
    f" WHERE p.id = $1 AND i.withdrawn_on IS NULL AND {_VISIBLE} ORDER BY i.annex_key, i.number_key, i.ordinal, i.id"
)
_STANDING_TARGETS = f"SELECT {columns_of(Target)} FROM target WHERE indicator_id = ANY($1::uuid[]) ORDER BY indicator_id, ordinal"
# Shared, so that no line is drafted under one that is withdrawn at the same moment.
_LINES = (
    "SELECT id, annex, number_key, ordinal FROM indicator WHERE programme_id = $1 AND withdrawn_on IS NULL"
    " AND (number_key = ANY($2::text[]) OR id = ANY($3::uuid[])) ORDER BY id FOR SHARE"
)
_GROUPS = "SELECT array_agg(id) FROM content_group WHERE programme_id = $1 AND id = ANY($2::uuid[])"
_LOCK_TREE = "SELECT pg_advisory_xact_lock(hashtextextended('indicator tree', 1))"
_ABOVE = (
    "WITH RECURSIVE up(id, parent_id) AS (SELECT id, parent_id FROM indicator WHERE id = $1"
    " UNION SELECT i.id, i.parent_id FROM indicator i JOIN up ON i.id = up.parent_id)"
    " SELECT EXISTS (SELECT 1 FROM up WHERE id = $2)"
)
_STANDING_PARTS = (
    "SELECT count(*) FROM indicator"
    " WHERE parent_id = ANY($1::uuid[]) AND withdrawn_on IS NULL AND id <> ALL($1::uuid[])"
)
_TARGETS = f"SELECT {columns_of(Target)} FROM target WHERE indicator_id = $1 ORDER BY ordinal"
_PARTS = (
    f"SELECT {columns_of(TargetPart)} FROM target_part WHERE indicator_id = $1 ORDER BY target_id, ordinal"
)
_SCOPES = "SELECT array_agg(DISTINCT scope) FROM target_part WHERE indicator_id = $1 AND scope IS NOT NULL"
_MEASUREMENT = f"SELECT {columns_of(Measurement)} FROM measurement WHERE indicator_id = $1 AND id = $2"
_CURRENT = (
    f"SELECT DISTINCT ON (scope) {columns_of(Measurement)} FROM measurement"
    " WHERE indicator_id = $1 AND period = $2 ORDER BY scope, ordinal DESC"
)
_PERSON = "SELECT id FROM person WHERE id = $1"


@dataclass(frozen=True, slots=True)
class OfProgramme:
    """Whose matter an indicator is: the unit that owns its programme, and how restricted that is."""

    owner_id: UUID
    access_class: int


async def programme_for_drafting(act: Act, programme_id: UUID) -> OfProgramme:
    """What an indicator takes from its programme. Raises Refused (reference_unknown)."""
    record = await act.connection.row(_PROGRAMME, programme_id, act.actor.reach)
    if record is None:
        raise Refused(REFERENCE_UNKNOWN, name="programme_id")
    return OfProgramme(record["owner_id"], record["access_class"])


async def indicator_for_change(act: Act, indicator_id: UUID) -> tuple[Indicator, OfProgramme]:
    """The indicator, locked, and what it has of its programme. Raises Refused (not_found, version_stale)."""
    found = await indicators_for_change(act, [indicator_id])
    act.expect(found[0][0].version)
    return found[0]


async def indicators_for_change(act: Act, ids: Collection[UUID]) -> list[tuple[Indicator, OfProgramme]]:
    """The indicators, locked in the order of their ids, each with what it has of its programme. Raises Refused (not_found)."""
    records = await act.connection.rows(_CHANGED, list(ids), act.actor.reach)
    if len(records) != len(set(ids)):
        raise Refused(NOT_FOUND)
    return [
        (loaded(Indicator, dict(record)), OfProgramme(record["owner_id"], record["access_class"]))
        for record in records
    ]


async def standing_indicators(act: Act, programme_id: UUID) -> list[tuple[Indicator, list[Target]]]:
    """The programme's indicators in annex order, withdrawn ones aside, each with its targets."""
    records = await act.connection.rows(_STANDING, programme_id, act.actor.reach)
    lines = {record["id"]: (loaded(Indicator, dict(record)), list[Target]()) for record in records}
    for record in await act.connection.rows(_STANDING_TARGETS, list(lines)):
        lines[record["indicator_id"]][1].append(loaded(Target, dict(record)))
    return list(lines.values())


async def lock_tree(act: Act) -> None:
    """Changes of parents go one at a time, so that two of them cannot close a loop between them."""
    await act.connection.one(_LOCK_TREE)


async def standing_lines(
    act: Act, programme_id: UUID, keys: Iterable[str], ids: Iterable[UUID | None] = ()
) -> dict[Place, UUID]:
    """The programme's lines of these numbers or ids, withdrawn ones aside."""
    asked = [one for one in ids if one is not None]
    records = await act.connection.rows(_LINES, programme_id, list(keys), asked)
    return {Place(one["annex"], one["number_key"], one["ordinal"]): one["id"] for one in records}


async def require_groups(act: Act, programme_id: UUID, *ids: UUID | None) -> None:
    """Raises Refused (reference_unknown) where one of the ids is no content group of the programme."""
    asked = {one for one in ids if one is not None}
    if asked and set(await act.connection.one(_GROUPS, programme_id, list(asked)) or ()) != asked:
        raise Refused(REFERENCE_UNKNOWN, name="group_id")


def require_parents(lines: dict[Place, UUID], *ids: UUID | None) -> None:
    """Raises Refused (reference_unknown) where one of the ids is no standing line of the programme."""
    if {one for one in ids if one is not None} - set(lines.values()):
        raise Refused(REFERENCE_UNKNOWN, name="parent_id")


async def lies_under(act: Act, indicator_id: UUID, above_id: UUID) -> bool:
    """Whether the indicator is the other one or lies under it."""
    return await act.connection.one(_ABOVE, indicator_id, above_id)


async def standing_parts(act: Act, ids: Collection[UUID]) -> int:
    """How many lines stand directly under these and are none of them."""
    return await act.connection.one(_STANDING_PARTS, list(ids))


async def targets_of(act: Act, indicator_id: UUID) -> list[tuple[Target, list[TargetPart]]]:
    """The indicator's targets in order, each with its parts."""
    targets = [loaded(Target, dict(record)) for record in await act.connection.rows(_TARGETS, indicator_id)]
    parts = [loaded(TargetPart, dict(record)) for record in await act.connection.rows(_PARTS, indicator_id)]
    return [(target, [part for part in parts if part.target_id == target.id]) for target in targets]


async def scopes_of(act: Act, indicator_id: UUID) -> list[str]:
    """What the indicator's targets set values for, the whole aside."""
    return await act.connection.one(_SCOPES, indicator_id) or []


async def measurement_of(act: Act, indicator_id: UUID, measurement_id: UUID) -> Measurement:
    """A figure of the indicator. Raises Refused (reference_unknown)."""
    record = await act.connection.row(_MEASUREMENT, indicator_id, measurement_id)
    if record is None:
        raise Refused(REFERENCE_UNKNOWN, name="replaces_id")
    return loaded(Measurement, dict(record))


async def current_measurements(act: Act, indicator_id: UUID, period: str) -> dict[str, Measurement]:
    """The figures that stand for a period, by scope."""
    records = await act.connection.rows(_CURRENT, indicator_id, period)
    return {record["scope"]: loaded(Measurement, dict(record)) for record in records}


async def reporter(act: Act) -> UUID | None:
    """The actor, where it is a person or service account; None for the service itself."""
    return await act.connection.one(_PERSON, act.actor.id)
