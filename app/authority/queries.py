"""SQL for decisions about power: a person's chains, what stands around an object, and the rows verbs change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from app.authority.chains import NEVER, DelegationLink, GrantLink, Held, Rows, Span
from app.authority.models import Delegation, Denial, Duty, Grant, Interest, Reading
from app.authority.rules import Asked
from app.authority.shapes import AROUND, DELEGATION_VISIBLE, GRANT_VISIBLE, HOLDERS, INTEREST_VISIBLE
from app.core.act import Act, Scope, Target
from app.core.database import Connection
from app.core.errors import Refused
from app.core.rows import columns_of, loaded
from app.core.words import NOT_FOUND, REFERENCE_UNKNOWN
from app.people.models import Position
from app.people.queries import ROOT_OF_POST
from app.units.kinds import BODIES

T = TypeVar("T")
# What one may change one must see: grants and delegations in one's branches, one's own interests.
_SEEN: dict[type, str] = {
    row: seen.format(t="t", reach="($2::uuid[])", actor="($3::uuid)")
    for row, seen in ((Grant, GRANT_VISIBLE), (Delegation, DELEGATION_VISIBLE), (Interest, INTEREST_VISIBLE))
}
_EXTENT = """'id', {t}.id, 'powers', {t}.powers, 'unit', {t}.unit_id, 'subtree', {t}.subtree, 'strict', {t}.strict,
  'max_amount', {t}.max_amount, 'max_class', {t}.max_class, 'excluded', {t}.excluded,
  'first', lower({t}.valid), 'after', least(upper({t}.valid), su.ended_on), 'none', isempty({t}.valid)"""
# {holding}, {grant} and {delegation} are the tables, or what was known of them at an instant.
_ROWS = f"""WITH RECURSIVE received AS (
  SELECT d.*, 1 AS step FROM {{delegation}} d JOIN {{holding}} h ON h.id = d.to_holding_id WHERE h.person_id = $1
  UNION
  SELECT d.*, r.step + 1 FROM received r JOIN {{delegation}} d ON d.id = r.delegation_id WHERE r.step < 2
), steps AS (SELECT DISTINCT ON (id) * FROM received ORDER BY id, step
), held AS (
  SELECT h.* FROM {{holding}} h WHERE h.person_id = $1
  UNION SELECT h.* FROM {{holding}} h WHERE h.id IN (SELECT from_holding_id FROM steps)
), given AS (
  SELECT g.* FROM {{grant}} g WHERE g.position_id IN (SELECT position_id FROM held WHERE person_id = $1)
  UNION SELECT g.* FROM {{grant}} g WHERE g.id IN (SELECT grant_id FROM steps)
)
SELECT (SELECT epoch FROM epoch) AS epoch,
  (SELECT true FROM person WHERE id = $1 AND NOT disabled) AS living,
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', h.id, 'person', h.person_id, 'position', h.position_id, 'kind', h.kind,
      'unit', {ROOT_OF_POST.format(bodies="$2")}, 'first', lower(h.valid), 'after', least(upper(h.valid), pu.ended_on), 'none', isempty(h.valid)))
    FROM held h JOIN position p ON p.id = h.position_id JOIN unit pu ON pu.id = p.unit_id), '[]') AS held,
  coalesce((SELECT jsonb_agg(jsonb_build_object({_EXTENT.format(t="g")}, 'position', g.position_id, 'max_depth', g.max_depth))
    FROM given g JOIN unit su ON su.id = g.unit_id), '[]') AS grants,
  coalesce((SELECT jsonb_agg(jsonb_build_object({_EXTENT.format(t="d")}, 'from', d.from_holding_id, 'to', d.to_holding_id,
      'grant', d.grant_id, 'delegation', d.delegation_id, 'may_sub', d.may_sub))
    FROM steps d JOIN unit su ON su.id = d.unit_id), '[]') AS delegations"""
_NOW = _ROWS.format(holding="holding", grant="power_grant", delegation="delegation")
_KNOWN_AT = "(SELECT * FROM {}_known k WHERE k.known @> $3::timestamptz)"
_THEN = _ROWS.format(
    **{
        name: _KNOWN_AT.format(table)
        for name, table in (("holding", "holding"), ("grant", "power_grant"), ("delegation", "delegation"))
    }
)
_AROUND = "SELECT (SELECT epoch FROM epoch) AS epoch, " + ", ".join(
    f"{one.format(unit='$1', object='$2', today='$3')} AS {name}" for name, one in AROUND.items()
)
_PATH_ON = """WITH RECURSIVE up (id, step) AS (
  SELECT $1::uuid, 0
  UNION ALL SELECT p.parent_id, up.step + 1 FROM up JOIN unit_period p ON p.unit_id = up.id AND p.valid @> $2::date
    WHERE p.parent_id IS NOT NULL AND up.step < 64)
SELECT array_agg(id ORDER BY step) FROM up"""
_EXERCISED = "INSERT INTO exercise (object_id, power, person_id, at) SELECT $1, $2, p, $4 FROM unnest($3::uuid[]) p ON CONFLICT DO NOTHING"
_HOLDERS = f"SELECT {HOLDERS.format(position='$1', since='$2')}"
_PATH = f"SELECT {AROUND['path'].format(unit='$1')}"
_PARTIES = """SELECT f.person_id AS giver, t.person_id AS receiver FROM holding f CROSS JOIN holding t
  WHERE f.id = $1 AND t.id = $2"""
_PERSON_OF = "SELECT person_id FROM holding WHERE id = $1"
_LASTING = "(upper_inf(valid) OR upper(valid) > $2)"
_GRANTS_OVER = f"SELECT {columns_of(Grant)} FROM power_grant WHERE unit_id = ANY($1) AND subtree AND {_LASTING} ORDER BY id FOR UPDATE"
_DELEGATIONS_OVER = f"SELECT {columns_of(Delegation)} FROM delegation WHERE unit_id = ANY($1) AND subtree AND {_LASTING} ORDER BY id FOR UPDATE"
_GRANTS_OF_UNIT = f"""SELECT {columns_of(Grant)} FROM power_grant WHERE {_LASTING}
  AND (unit_id = $1 OR position_id IN (SELECT id FROM position WHERE unit_id = $1)) ORDER BY id FOR UPDATE"""
_HELD_IN = "SELECT h.id FROM holding h JOIN position p ON p.id = h.position_id WHERE p.unit_id = $1"
_DELEGATIONS_OF_UNIT = f"""SELECT {columns_of(Delegation)} FROM delegation WHERE {_LASTING}
  AND (unit_id = $1 OR from_holding_id IN ({_HELD_IN}) OR to_holding_id IN ({_HELD_IN})) ORDER BY id FOR UPDATE"""
_POST = f"""SELECT p.version, p.office, {ROOT_OF_POST.format(bodies="$2")} AS root_id FROM position p WHERE p.id = $1
  FOR UPDATE"""
_WITHOUT_GRANTS = f"""SELECT {columns_of(Position, "p")} FROM position p JOIN unit u ON u.id = p.unit_id
  WHERE u.ended_on IS NULL AND NOT EXISTS (SELECT 1 FROM power_grant g WHERE g.position_id = p.id) ORDER BY p.code"""
_DUTY = f"SELECT {columns_of(Duty)} FROM duty WHERE id = $1 FOR UPDATE"
_CANDIDATES = """SELECT array_agg(DISTINCT person_id) FROM (
  SELECT h.person_id FROM power_grant g JOIN holding h ON h.position_id = g.position_id WHERE $1 = ANY(g.powers)
  UNION SELECT h.person_id FROM delegation d JOIN holding h ON h.id = d.to_holding_id WHERE $1 = ANY(d.powers)) found"""
_ALIKE = "SELECT pg_advisory_xact_lock(hashtextextended($1, 6))"
_READ_AGAIN = (
    "UPDATE reading SET times = times + 1 WHERE reader_id = $1 AND shape = $2 AND minute = $3 RETURNING id"
)
_AGAIN = """UPDATE denial SET times = times + 1 WHERE actor_id = $1 AND power = $2 AND minute = $4
  AND coalesce(object_id, '00000000-0000-0000-0000-000000000000') = coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid)
  RETURNING id"""


async def around(act: Act, target: Target) -> tuple[int, Asked]:
    """The epoch, and all a decision about the target depends on, seen by one statement."""
    object_id = target.object.id if target.object else None
    seen = await act.connection.row(_AROUND, target.unit_id, object_id, act.today)
    assert seen is not None  # noqa: S101 - a SELECT without FROM gives one row
    return seen["epoch"], Asked(
        path=tuple(seen["path"] or ()),
        amount=target.amount,
        access_class=target.access_class,
        exercised={
            power: frozenset(map(UUID, persons)) for power, persons in (seen["exercised"] or {}).items()
        },
        interested=frozenset(seen["interested"] or ()),
        concerns=target.concerns,
        apart=tuple((first, second) for first, second in seen["apart"] or ()),
    )


async def path_on(connection: Connection, unit_id: UUID, on: date) -> tuple[UUID, ...]:
    """The unit and every unit above it on that day."""
    return tuple(await connection.one(_PATH_ON, unit_id, on) or ())


async def chain_rows(
    connection: Connection, person_id: UUID, known_at: datetime | None = None
) -> tuple[int, Rows]:
    """The epoch, and every row the person's powers may stand on: as known now, or as known then. None for one disabled."""
    values = (person_id, list(BODIES))
    found = await (
        connection.row(_NOW, *values) if known_at is None else connection.row(_THEN, *values, known_at)
    )
    assert found is not None  # noqa: S101 - a SELECT without FROM gives one row
    if not found["living"] and known_at is None:
        return found["epoch"], Rows({}, {}, {})
    return found["epoch"], _rows(found)


def _rows(found: Any) -> Rows:
    held = [_held(one) for one in found["held"]]
    grants = [
        GrantLink(**_extent(one), position_id=UUID(one["position"]), max_depth=one["max_depth"])
        for one in found["grants"]
    ]
    delegations = [
        DelegationLink(
            **_extent(one),
            from_holding_id=UUID(one["from"]),
            to_holding_id=UUID(one["to"]),
            grant_id=_uuid(one["grant"]),
            delegation_id=_uuid(one["delegation"]),
            may_sub=one["may_sub"],
        )
        for one in found["delegations"]
    ]
    return Rows(
        {one.id: one for one in held}, {one.id: one for one in grants}, {one.id: one for one in delegations}
    )


def _held(one: dict[str, Any]) -> Held:
    return Held(
        UUID(one["id"]),
        UUID(one["person"]),
        UUID(one["position"]),
        UUID(one["unit"]),
        one["kind"],
        _span(one),
    )


def _extent(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": UUID(one["id"]),
        "powers": frozenset(one["powers"]),
        "scope": Scope(
            UUID(one["unit"]), one["subtree"], one["strict"], frozenset(map(UUID, one["excluded"]))
        ),
        "max_amount": one["max_amount"],
        "max_class": one["max_class"],
        "span": _span(one),
    }


def _span(one: dict[str, Any]) -> Span:
    return NEVER if one["none"] else Span(_day(one["first"]), _day(one["after"]))


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _uuid(words: str | None) -> UUID | None:
    return UUID(words) if words else None


async def _for_change(act: Act, row: type[T], table: str, row_id: UUID) -> T:
    seen = _SEEN[row]
    found = f"SELECT {columns_of(row, 't')} FROM {table} t WHERE t.id = $1 AND {seen} FOR UPDATE"
    who = (act.actor.reach, act.actor.id) if "$3" in seen else (act.actor.reach,)
    record = await act.connection.row(found, row_id, *who)
    if record is None:
        raise Refused(NOT_FOUND)
    act.expect(record["version"])
    return loaded(row, record)


async def exercised(act: Act, object_id: UUID, power: str, persons: Iterable[UUID]) -> None:
    """Remembers whose power was used on the object, for the duties kept apart from it."""
    await act.connection.rows(_EXERCISED, object_id, power, list(persons), act.at)


async def holders_from(act: Act, position_id: UUID, since: date) -> frozenset[UUID]:
    """Who holds the position on that day or will after it."""
    return frozenset(await act.connection.one(_HOLDERS, position_id, since) or ())


async def grant_for_change(act: Act, grant_id: UUID) -> Grant:
    """The grant, locked. Raises Refused (not_found, version_stale)."""
    return await _for_change(act, Grant, "power_grant", grant_id)


async def delegation_for_change(act: Act, delegation_id: UUID) -> Delegation:
    """The delegation, locked. Raises Refused (not_found, version_stale)."""
    return await _for_change(act, Delegation, "delegation", delegation_id)


@dataclass(frozen=True, slots=True)
class PostSeen:
    """A position as far as usual powers depend on it: its office, and the organisation it reaches."""

    office: str
    root_id: UUID


async def post_for_change(act: Act, position_id: UUID) -> PostSeen:
    """The position, locked. Raises Refused (not_found, version_stale)."""
    record = await act.connection.row(_POST, position_id, list(BODIES))
    if record is None:
        raise Refused(NOT_FOUND)
    act.expect(record["version"])
    return PostSeen(record["office"], record["root_id"])


async def positions_without_grants(act: Act) -> list[Position]:
    """Positions in living units that were never given a power."""
    return [loaded(Position, one) for one in await act.connection.rows(_WITHOUT_GRANTS)]


async def duty_for_change(act: Act, duty_id: UUID) -> Duty:
    """The pair kept apart, locked. Raises Refused (not_found, version_stale)."""
    record = await act.connection.row(_DUTY, duty_id)
    if record is None:
        raise Refused(NOT_FOUND)
    act.expect(record["version"])
    return loaded(Duty, record)


async def interest_for_change(act: Act, interest_id: UUID) -> Interest:
    """The interest, locked. Raises Refused (not_found, version_stale)."""
    return await _for_change(act, Interest, "interest", interest_id)


async def candidates(act: Act, power: str) -> list[UUID]:
    """Everybody who holds the power by some row, whatever its days and scope."""
    return sorted(await act.connection.one(_CANDIDATES, power) or ())


async def read_again(act: Act, reading: Reading) -> bool:
    """Whether an equal reading of this minute was there, and now counts one more. Equal ones wait for each other."""
    await act.connection.one(_ALIKE, f"{reading.reader_id}/{reading.shape}")
    return (
        await act.connection.one(_READ_AGAIN, reading.reader_id, reading.shape, reading.minute)
    ) is not None


async def denied_again(act: Act, denial: Denial) -> bool:
    """Whether an equal denial of this minute was there, and now counts one more. Equal ones wait for each other."""
    await act.connection.one(_ALIKE, f"{denial.actor_id}/{denial.power}/{denial.object_id}")
    return (
        await act.connection.one(_AGAIN, denial.actor_id, denial.power, denial.object_id, denial.minute)
    ) is not None


async def path(act: Act, unit_id: UUID) -> tuple[UUID, ...]:
    """The unit and every unit above it today, nearest first."""
    return tuple(await act.connection.one(_PATH, unit_id) or ())


async def parties(act: Act, from_holding_id: UUID, to_holding_id: UUID) -> tuple[UUID, UUID]:
    """Who lends and who receives. Raises Refused (reference_unknown) where one of the holdings is none."""
    found = await act.connection.row(_PARTIES, from_holding_id, to_holding_id)
    if found is None:
        raise Refused(REFERENCE_UNKNOWN, name="from_holding_id, to_holding_id")
    return found["giver"], found["receiver"]


async def person_of(act: Act, holding_id: UUID) -> UUID:
    """Whose holding it is."""
    return await act.connection.one(_PERSON_OF, holding_id)


async def grants_over(act: Act, units: tuple[UUID, ...]) -> list[Grant]:
    """Grants over one of the units with all below it, in force or yet to come; locked."""
    return [loaded(Grant, one) for one in await act.connection.rows(_GRANTS_OVER, units, act.today)]


async def delegations_over(act: Act, units: tuple[UUID, ...]) -> list[Delegation]:
    """Delegations over one of the units with all below it, in force or yet to come; locked."""
    return [loaded(Delegation, one) for one in await act.connection.rows(_DELEGATIONS_OVER, units, act.today)]


async def grants_of_unit(act: Act, unit_id: UUID, since: date) -> list[Grant]:
    """Grants over the unit or to its positions that reach beyond the day; locked."""
    return [loaded(Grant, one) for one in await act.connection.rows(_GRANTS_OF_UNIT, unit_id, since)]


async def delegations_of_unit(act: Act, unit_id: UUID, since: date) -> list[Delegation]:
    """Delegations over the unit, or from or to a holder of its positions, that reach beyond the day; locked."""
    return [
        loaded(Delegation, one) for one in await act.connection.rows(_DELEGATIONS_OF_UNIT, unit_id, since)
    ]
