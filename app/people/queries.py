"""SQL for the verbs on persons and positions, and for turning a token into an actor."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.core.act import Act, Right, SignIn
from app.core.database import Connection
from app.core.errors import Refused
from app.core.rows import columns_of, loaded
from app.core.words import NOT_FOUND, REFERENCE_UNKNOWN
from app.people.clearance import Tree, cleared_roots, extents_of, parted, units_of
from app.people.models import Holding, Person, PersonalToken, Position
from app.people.shapes import UNIT_OF_PERSON
from app.units.kinds import BODIES

_PERSON = f"SELECT {columns_of(Person)} FROM person WHERE id = $1 FOR UPDATE"
_POSITION = f"SELECT {columns_of(Position)} FROM position WHERE id = $1 FOR UPDATE"
_HOLDING = f"SELECT {columns_of(Holding)} FROM holding WHERE position_id = $1 AND person_id = $2 AND valid @> $3::date FOR UPDATE"
_UNIT_OF = f"SELECT {UNIT_OF_PERSON.replace('{t}.id', '$1::uuid')}"
# A post in a committee or one of its bodies reaches as far as the organisation the body leads: the nearest unit above
# it that is no such body (or the topmost body, where there is none).
ROOT_OF_POST = """coalesce(
    (SELECT a.ancestor_id FROM unit_ancestor a JOIN unit u ON u.id = a.ancestor_id
      WHERE a.unit_id = p.unit_id AND u.kind <> ALL({bodies}) ORDER BY a.distance LIMIT 1),
    (SELECT a.ancestor_id FROM unit_ancestor a WHERE a.unit_id = p.unit_id ORDER BY a.distance DESC LIMIT 1))"""
_ACTOR = f"""SELECT (SELECT epoch FROM epoch) AS epoch, s.id, s.name, s.kind, coalesce((
  SELECT jsonb_agg(jsonb_build_object('holding', h.id, 'position', p.id, 'unit', {ROOT_OF_POST.format(bodies="$3")}, 'title', p.title, 'kind', h.kind, 'office', p.office)
    ORDER BY h.kind DESC, p.ordinal, h.id)
  FROM holding h JOIN position p ON p.id = h.position_id WHERE h.person_id = s.id AND h.valid @> $2::date), '[]') AS posts
FROM person s WHERE s.id = $1 AND NOT s.disabled
  AND ($4::uuid IS NULL OR EXISTS (SELECT 1 FROM personal_token k WHERE k.id = $4 AND k.revoked_at IS NULL))
  AND (NOT $5::boolean OR EXISTS (SELECT 1 FROM demo_issuer))"""
_PATHS = """SELECT unit_id, array_agg(ancestor_id ORDER BY distance) AS path FROM unit_ancestor
  WHERE unit_id = ANY($1::uuid[]) GROUP BY unit_id"""
_BELOW = (
    "SELECT parent_id, array_agg(id) AS units FROM unit WHERE parent_id = ANY($1::uuid[]) GROUP BY parent_id"
)
_BY_CODE = "SELECT id FROM person WHERE code = $1"
_BY_KIND = "SELECT id FROM person WHERE kind = $1 AND code = $2"
_TOKEN = (
    "SELECT id, person_id, scopes, expires_at FROM personal_token WHERE digest = $1 AND revoked_at IS NULL"  # noqa: S105 - a statement
)
_OWN_TOKEN = (
    f"SELECT {columns_of(PersonalToken)} FROM personal_token WHERE id = $1 AND person_id = $2 FOR UPDATE"
)
_LIVE_TOKENS = (
    "SELECT count(*) FROM personal_token WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2"
)
_ROOTS = "SELECT id FROM unit WHERE parent_id IS NULL ORDER BY id"
_ISSUER = "SELECT key FROM demo_issuer ORDER BY created_at DESC LIMIT 1"

# One that would begin later stays as it is: the unit's end bounds it wherever it is counted.
_HELD_IN = f"""SELECT {columns_of(Holding)} FROM holding WHERE position_id IN (SELECT id FROM position WHERE unit_id = $1)
  AND (upper_inf(valid) OR upper(valid) > $2) AND (lower(valid) IS NULL OR lower(valid) < $2) ORDER BY id FOR UPDATE"""
_POSITION_UNIT = "SELECT unit_id FROM position WHERE id = $1"
# Shared: acts on the same right do not wait for each other. What would end the right takes the same lock alone.
_HOLD = "SELECT pg_advisory_xact_lock_shared(k) FROM unnest($1::bigint[]) k"
_ALONE = "SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) k"


async def hold(act: Act, steps: Iterable[str]) -> None:
    """Holds the steps of chains (`holding:<id>`, `grant:<id>`) until the act ends: who would end one waits, or has won."""
    keys = sorted(set(map(_lock_key, steps)))
    if keys:
        await act.connection.rows(_HOLD, keys)


async def hold_alone(act: Act, *steps: str) -> None:
    """Waits until no act stands on these steps, and lets none begin to before this one ends."""
    await act.connection.rows(_ALONE, sorted(map(_lock_key, steps)))


def _lock_key(step: str) -> int:
    # The last 64 bits of the step's id: random in a UUIDv7.
    return int.from_bytes(UUID(step.partition(":")[2]).bytes[8:], "big", signed=True)


async def cleared_below(
    connection: Connection, rights: Mapping[str, tuple[Right, ...]], reach: Iterable[UUID]
) -> tuple[UUID, ...]:
    """The roots of the reach, or below, where the rights clear for what is restricted."""
    extents = extents_of(rights)
    if not extents:
        return ()
    found = await connection.rows(_PATHS, [*units_of(extents), *reach])
    above = {one["unit_id"]: tuple(one["path"]) for one in found}
    below: dict[UUID, tuple[UUID, ...]] = {}
    if units := parted(extents, above):
        below = {one["parent_id"]: tuple(one["units"]) for one in await connection.rows(_BELOW, list(units))}
    return cleared_roots(extents, reach, Tree(above, below))


async def person_for_change(act: Act, person_id: UUID) -> Person:
    """The person, locked. Raises Refused (not_found, version_stale)."""
    record = await act.connection.row(_PERSON, person_id)
    if record is None:
        raise Refused(NOT_FOUND)
    act.expect(record["version"])
    return loaded(Person, record)


async def position_for_change(act: Act, position_id: UUID) -> Position:
    """The position, locked. Raises Refused (not_found, version_stale)."""
    record = await act.connection.row(_POSITION, position_id)
    if record is None:
        raise Refused(NOT_FOUND)
    act.expect(record["version"])
    return loaded(Position, record)


async def holding_on(act: Act, position_id: UUID, person_id: UUID, on: date) -> Holding | None:
    """The holding of that person on that day."""
    record = await act.connection.row(_HOLDING, position_id, person_id, on)
    return loaded(Holding, record) if record else None


async def holdings_in(act: Act, unit_id: UUID, since: date) -> list[Holding]:
    """Holdings of the unit's positions that reach from before the day beyond it; locked."""
    return [loaded(Holding, one) for one in await act.connection.rows(_HELD_IN, unit_id, since)]


async def position_known(act: Act, position_id: UUID) -> UUID:
    """The unit of the position. Raises Refused (reference_unknown) where there is no such position."""
    unit_id = await act.connection.one(_POSITION_UNIT, position_id)
    if unit_id is None:
        raise Refused(REFERENCE_UNKNOWN, name="position_id")
    return unit_id


async def unit_of(act: Act, person_id: UUID) -> UUID | None:
    """The unit of the person's latest position: whose branch acts on the person lie in."""
    return await act.connection.one(_UNIT_OF, person_id)


async def require_known(act: Act, table: str, name: str, one: UUID | None) -> None:
    """Raises Refused (reference_unknown) where the id is not in the table: only for things that everybody sees."""
    if one is not None and not await act.connection.one(f'SELECT true FROM "{table}" WHERE id = $1', one):
        raise Refused(REFERENCE_UNKNOWN, name=name)


async def actor_record(connection: Connection, person_id: UUID, on: date, sign_in: SignIn | None) -> Any:
    """Who the person is on that day, with posts and the epoch of authority.

    None for a person unknown or disabled, and where that with which he signed in has no standing any more.
    """
    token_id, demo = (sign_in.token_id, sign_in.by == "demo") if sign_in is not None else (None, False)
    return await connection.row(_ACTOR, person_id, on, list(BODIES), token_id, demo)


async def personal_token(connection: Connection, digest: bytes) -> Any:
    """The token of that digest (id, person_id, scopes, expires_at), unless it was revoked."""
    return await connection.row(_TOKEN, digest)


async def own_token_for_change(act: Act, token_id: UUID) -> PersonalToken:
    """The caller's own token, locked. Raises Refused (not_found) for anybody else's as for none."""
    record = await act.connection.row(_OWN_TOKEN, token_id, act.actor.id)
    if record is None:
        raise Refused(NOT_FOUND)
    return loaded(PersonalToken, record)


async def live_tokens(act: Act) -> int:
    """How many tokens of the caller's can be used now."""
    return await act.connection.one(_LIVE_TOKENS, act.actor.id, act.at)


async def issuer_key(connection: Connection) -> dict[str, Any] | None:
    """The demo issuer's key, if this is a demo database."""
    return await connection.one(_ISSUER)


async def root_units(connection: Connection) -> list[UUID]:
    """Units without a parent."""
    return [record["id"] for record in await connection.rows(_ROOTS)]


async def person_of_kind(connection: Connection, kind: str, code: str) -> UUID | None:
    """The person (`person`) or service account (`service`) of that code."""
    return await connection.one(_BY_KIND, kind, code)


async def person_by_code(connection: Connection, code: str) -> UUID | None:
    """The person of that code."""
    return await connection.one(_BY_CODE, code)
