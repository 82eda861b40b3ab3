"""SQL for the verbs on programmes, and the upkeep of their scope rows."""

from uuid import UUID

from app.core.act import Act
from app.core.database import Connection
from app.core.ddl import scope_id
from app.core.errors import Refused
from app.core.rows import columns_of, loaded
from app.core.words import NOT_FOUND, REFERENCE_UNKNOWN
from app.programmes.models import ContentGroup, Programme, ProgrammeAddressee, ProgrammeParent
from app.programmes.shapes import PARENT_VISIBLE, PROGRAMME_VISIBLE

_SEEN = PROGRAMME_VISIBLE.format(t="programme", reach="$2::uuid[]")
# NO KEY: a unit that moves writes scope rows of its programmes, and their foreign key must not wait for us while we wait
# for the tree.
_ONE = f"SELECT {columns_of(Programme)} FROM programme WHERE id = $1 AND {_SEEN} FOR NO KEY UPDATE"
_KNOWN = f"SELECT array_agg(id) FROM programme WHERE id = ANY($1::uuid[]) AND {_SEEN}"
_PARENT = (
    f"SELECT {columns_of(ProgrammeParent, 't')} FROM programme_parent t"
    " WHERE t.programme_id = $1 AND (t.document_id = $2 OR t.parent_programme_id = $3)"
    # A parent out of sight is no more there than one that was never named.
    f" AND {PARENT_VISIBLE.replace('{t}', 't').replace('{reach}', '($4::uuid[])')}"
)
_DESCENDS = """WITH RECURSIVE above (id) AS (
  SELECT $1::uuid
  UNION SELECT p.parent_programme_id FROM programme_parent p JOIN above ON p.programme_id = above.id
    WHERE p.parent_programme_id IS NOT NULL)
SELECT EXISTS (SELECT 1 FROM above WHERE id = $2)"""
_ADDRESSEES = f"SELECT {columns_of(ProgrammeAddressee)} FROM programme_addressee WHERE programme_id = $1 ORDER BY unit_id"
_GROUPS = (
    f"SELECT {columns_of(ContentGroup)} FROM content_group WHERE programme_id = $1 ORDER BY annex, ordinal"
)
_LOCK_PARENTS = "SELECT pg_advisory_xact_lock(hashtextextended('programme parents', 1))"
# Shared with itself, not with a change of the tree: see units.queries.lock_tree.
_HOLD_TREE = "SELECT pg_advisory_xact_lock_shared(hashtextextended('unit tree', 1))"
_SCOPE = f"""INSERT INTO programme_scope (programme_id, ancestor_id, open, starts_on)
SELECT p.id, {scope_id("a.ancestor_id", "p.access_class")}, true, p.starts_on
FROM programme p JOIN unit_ancestor a ON a.unit_id = p.owner_id WHERE p.id = $1"""
_OUT_OF_SCOPE = "DELETE FROM programme_scope WHERE programme_id = $1"
_RESTART = "UPDATE programme_scope SET starts_on = $2 WHERE programme_id = $1"
_LEAVE = f"""DELETE FROM programme_scope s USING programme p JOIN unit_ancestor moved ON moved.unit_id = p.owner_id
WHERE moved.ancestor_id = $1 AND s.programme_id = p.id AND NOT EXISTS (
  SELECT 1 FROM unit_ancestor a
  WHERE a.unit_id = p.owner_id AND s.ancestor_id = {scope_id("a.ancestor_id", "p.access_class")})"""
_ENTER = f"""INSERT INTO programme_scope (programme_id, ancestor_id, open, starts_on)
SELECT p.id, {scope_id("a.ancestor_id", "p.access_class")}, own.open, p.starts_on
FROM unit_ancestor moved JOIN programme p ON p.owner_id = moved.unit_id
JOIN programme_scope own ON own.programme_id = p.id AND own.ancestor_id = {scope_id("p.owner_id", "p.access_class")}
JOIN unit_ancestor a ON a.unit_id = p.owner_id
WHERE moved.ancestor_id = $1
ON CONFLICT DO NOTHING"""

_BY_WORDS = "SELECT id FROM programme WHERE code = $1 OR id::text = $1"


async def hold_tree(act: Act) -> None:
    """The unit tree stays as it is until the act ends, so that scope rows written by it are not stale at COMMIT."""
    await act.connection.one(_HOLD_TREE)


async def lock_parents(act: Act) -> None:
    """Changes of parents go one at a time, so that two of them cannot close a loop between them."""
    await act.connection.one(_LOCK_PARENTS)


async def programme_for_change(act: Act, programme_id: UUID) -> Programme:
    """The programme, locked and at the version the caller knows. Raises Refused (not_found, version_stale)."""
    programme = await programme_locked(act, programme_id)
    act.expect(programme.version)
    return programme


async def programme_locked(act: Act, programme_id: UUID) -> Programme:
    """The programme, locked, for acts whose caller knows the version of something else. Raises Refused (not_found)."""
    record = await act.connection.row(_ONE, programme_id, act.actor.reach)
    if record is None:
        raise Refused(NOT_FOUND)
    return loaded(Programme, dict(record))


async def require_programmes(act: Act, name: str, *ids: UUID | None) -> None:
    """Raises Refused (reference_unknown) where one of the ids is no programme the caller may see."""
    asked = {one for one in ids if one is not None}
    if asked and set(await act.connection.one(_KNOWN, list(asked), act.actor.reach) or ()) != asked:
        raise Refused(REFERENCE_UNKNOWN, name=name)


async def parent_of(
    act: Act, programme_id: UUID, *, document_id: UUID | None, parent_id: UUID | None
) -> ProgrammeParent | None:
    """The row by which the programme names this document or programme as a parent."""
    record = await act.connection.row(_PARENT, programme_id, document_id, parent_id, act.actor.reach)
    return loaded(ProgrammeParent, dict(record)) if record else None


async def descends(act: Act, programme_id: UUID, from_id: UUID) -> bool:
    """Whether the programme is the other one or descends from it, at any distance."""
    return await act.connection.one(_DESCENDS, programme_id, from_id)


async def addressees_of(act: Act, programme_id: UUID) -> list[ProgrammeAddressee]:
    """The units the programme addresses."""
    return [
        loaded(ProgrammeAddressee, dict(record))
        for record in await act.connection.rows(_ADDRESSEES, programme_id)
    ]


async def groups_of(act: Act, programme_id: UUID) -> list[ContentGroup]:
    """The programme's content groups in order."""
    return [loaded(ContentGroup, dict(record)) for record in await act.connection.rows(_GROUPS, programme_id)]


async def enter_scope(act: Act, programme_id: UUID) -> None:
    """Scope rows of a new programme: one for each unit above its owner, the owner included."""
    await act.connection.rows(_SCOPE, programme_id)


async def reclass_scope(act: Act, programme_id: UUID) -> None:
    """Scope rows follow the programme's class: what is restricted stands where only the cleared look."""
    await hold_tree(act)
    await act.connection.rows(_OUT_OF_SCOPE, programme_id)
    await enter_scope(act, programme_id)


async def restart_scope(act: Act, programme: Programme) -> None:
    """Scope rows follow the programme's first day."""
    await act.connection.rows(_RESTART, programme.id, programme.starts_on)


async def move_scope(act: Act, unit_id: UUID) -> None:
    """Scope rows of all programmes owned in the moved branch follow the tree as it is now."""
    await act.connection.rows(_LEAVE, unit_id)
    await act.connection.rows(_ENTER, unit_id)


async def programme_by_words(connection: Connection, words: str) -> UUID | None:
    """The programme of that code or id, for the operator's commands."""
    return await connection.one(_BY_WORDS, words)
