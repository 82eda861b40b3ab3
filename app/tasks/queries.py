"""SQL for the verbs on tasks. What the caller does not reach is not there for him."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from asyncpg import Record

from app.core.act import Act
from app.core.ddl import scope_id
from app.core.errors import Refused
from app.core.rows import columns_of, loaded
from app.core.words import NOT_FOUND, REFERENCE_UNKNOWN
from app.deadlines.calendar import DayKind, WorkingCalendar
from app.documents.queries import require_documents
from app.programmes.queries import hold_tree
from app.programmes.shapes import PROGRAMME_VISIBLE
from app.tasks.content import Frame
from app.tasks.deadline import Timing
from app.tasks.judgement import Standing, UnitStanding
from app.tasks.lists import Lists
from app.tasks.models import Task
from app.tasks.parts import Basis, Candidate, Coordinator, Deliverable, IndicatorLink, Milestone
from app.tasks.references import References

_PROGRAMME_SEEN = PROGRAMME_VISIBLE.replace("{t}", "p").replace("{reach}", "($2::uuid[])")
_TASK_SEEN = "EXISTS (SELECT 1 FROM task_scope s WHERE s.task_id = t.id AND s.ancestor_id = ANY($2::uuid[]))"
# The year that words of time mean when they say none is that of the paper they stand in.
_FRAME = """p.rule_pack, p.moves_off_rest_days, p.access_class AS least_class, extract(year FROM coalesce(
    (SELECT d.issued_on FROM document d WHERE d.id = p.document_id), p.issued_on, p.starts_on))::integer AS year"""
# Locked against change, so that no task is judged by a rule pack that is exchanged at the same moment.
_PROGRAMME = f"SELECT p.id AS programme_id, p.owner_id, {_FRAME} FROM programme p WHERE p.id = $1 AND {_PROGRAMME_SEEN} FOR SHARE OF p"
# NO KEY: a unit that moves writes scope rows of these tasks, and their foreign key must not wait for us while we wait for the tree.
_TASKS = (
    f"SELECT {columns_of(Task, 't')}, {_FRAME} FROM task t JOIN programme p ON p.id = t.programme_id"
    f" WHERE t.id = ANY($1::uuid[]) AND {_TASK_SEEN} ORDER BY t.id FOR NO KEY UPDATE OF t"
)
# Before a task whose class changes is locked: who raises the programme locks its tasks after it. Row-level security lets
# this hold what the actor sees; where he sees the task alone, the deferred trigger holds the programme (tasks/ddl.py).
_HOLD_PROGRAMME = """SELECT p.id FROM programme p WHERE p.id = (SELECT t.programme_id FROM task t WHERE t.id = $1)
  FOR SHARE OF p"""
_BELOW_CLASS = f"""SELECT {columns_of(Task, "t")} FROM task t WHERE t.programme_id = $1 AND t.access_class < $2
  ORDER BY t.id FOR NO KEY UPDATE OF t"""
_STANDING_TASKS = (
    f"SELECT {columns_of(Task, 't')} FROM task t WHERE t.programme_id = $1 AND t.withdrawn_on IS NULL AND {_TASK_SEEN}"
    " ORDER BY t.annex_key, t.number_key, t.ordinal, t.id"
)
_PARTS = {
    "coordinating": (Coordinator, "task_coordinator", "x.ordinal"),
    "candidates": (Candidate, "task_candidate", "x.ordinal"),
    "milestones": (Milestone, "milestone", "x.ordinal"),
    "deliverables": (Deliverable, "deliverable", "x.ordinal"),
    "indicators": (IndicatorLink, "task_indicator", "x.indicator_id"),
    "basis": (Basis, "task_basis", "x.ordinal"),
}
# After the lock and in a statement of its own: a statement's snapshot is older than the lock it waited for.
_LISTS = "SELECT " + ", ".join(
    f"ARRAY(SELECT x FROM {table} x WHERE x.task_id = $1 ORDER BY {order}) AS {name}"
    for name, (_, table, order) in _PARTS.items()
)
_UNITS = """SELECT u.id, (u.ended_on IS NULL OR u.ended_on > $2::date) AS living,
  (SELECT h.person_id FROM position p JOIN holding h ON h.position_id = p.id
    WHERE p.unit_id = u.id AND p.head AND h.valid @> $2::date ORDER BY h.kind DESC, p.ordinal, h.id LIMIT 1) AS head_id
  FROM unit u WHERE u.id = ANY($1::uuid[])"""
_POSITIONS = """SELECT p.id, (SELECT h.person_id FROM holding h WHERE h.position_id = p.id AND h.valid @> $2::date
    ORDER BY h.kind DESC, h.id LIMIT 1) AS holder_id
  FROM position p WHERE p.id = ANY($1::uuid[])"""
_PERSONS = "SELECT count(*) FROM person WHERE id = ANY($1::uuid[]) AND kind = 'person'"
_GROUPS = "SELECT count(*) FROM content_group WHERE id = ANY($1::uuid[]) AND programme_id = $2"
_INDICATORS = f"""SELECT count(*) FROM indicator i JOIN programme p ON p.id = i.programme_id
  WHERE i.id = ANY($1::uuid[]) AND i.withdrawn_on IS NULL AND {_PROGRAMME_SEEN}"""
_CLAUSES = """SELECT count(*) FROM unnest($1::uuid[], $2::uuid[]) AS g(document_id, id)
  JOIN clause c ON c.document_id = g.document_id AND c.id = g.id"""
_CALENDAR = "SELECT day, kind FROM calendar_day"
_SCOPE = f"""WITH chosen AS (
  SELECT t.id, t.open, t.due_sort, t.owner_id, t.lead_id, t.responsible_person_id, t.access_class
  FROM task t WHERE t.id IN ({{which}})
), reached (ancestor_id, id) AS (
  SELECT x.ancestor_id, c.id FROM chosen c JOIN unit_ancestor x ON x.unit_id = c.owner_id
  UNION
  SELECT x.ancestor_id, c.id FROM chosen c JOIN unit_ancestor x ON x.unit_id = c.lead_id
  UNION
  SELECT x.ancestor_id, c.id
    FROM chosen c JOIN task_coordinator k ON k.task_id = c.id JOIN unit_ancestor x ON x.unit_id = k.unit_id
  UNION
  SELECT c.responsible_person_id, c.id FROM chosen c WHERE c.responsible_person_id IS NOT NULL
), wanted (ancestor_id, open, due_on, task_id) AS (
  SELECT {scope_id("r.ancestor_id", "c.access_class")}, c.open, c.due_sort, c.id FROM reached r JOIN chosen c ON c.id = r.id
), kept (ancestor_id, open, due_on, task_id) AS (
  SELECT s.ancestor_id, s.open, s.due_on, s.task_id FROM task_scope s JOIN chosen c ON s.task_id = c.id
), gone AS (
  DELETE FROM task_scope s USING (SELECT * FROM kept EXCEPT SELECT * FROM wanted) g
  WHERE s.ancestor_id = g.ancestor_id AND s.open = g.open AND s.due_on = g.due_on AND s.task_id = g.task_id
)
INSERT INTO task_scope (ancestor_id, open, due_on, task_id) SELECT * FROM wanted EXCEPT SELECT * FROM kept"""
_SCOPE_OF = _SCOPE.format(which="SELECT unnest($1::uuid[])")
_SCOPE_BELOW = _SCOPE.format(
    which="SELECT b.task_id FROM task_scope b WHERE b.ancestor_id IN ($1, cleared($1))"
)
# One unit ($1) has left its parent ($2): only the units above it come or leave, and whoever leaves may still be above
# another unit of the task. A tenth of the time of making every row of the branch anew. A unit stands twice: as itself
# for what is not restricted, and as `cleared` makes it for what is.
_SCOPE_MOVED = """WITH below AS MATERIALIZED (
  SELECT b.open, b.due_on, b.task_id, b.ancestor_id <> $1 AS restricted
  FROM task_scope b WHERE b.ancestor_id IN ($1, cleared($1))
), above_no_more AS MATERIALIZED (
  SELECT ancestor_id FROM unit_ancestor WHERE unit_id = $2
  EXCEPT SELECT ancestor_id FROM unit_ancestor WHERE unit_id = $1
), left_behind (ancestor_id, restricted) AS MATERIALIZED (
  SELECT ancestor_id, false FROM above_no_more UNION ALL SELECT cleared(ancestor_id), true FROM above_no_more
), still_under (unit_id, ancestor_id, restricted) AS MATERIALIZED (
  SELECT x.unit_id, CASE WHEN r.restricted THEN cleared(x.ancestor_id) ELSE x.ancestor_id END, r.restricted
    FROM unit_ancestor x JOIN above_no_more l ON l.ancestor_id = x.ancestor_id
    CROSS JOIN (VALUES (false), (true)) r(restricted)
), gone AS (
  DELETE FROM task_scope s USING (
    SELECT l.ancestor_id, b.open, b.due_on, b.task_id FROM below b JOIN left_behind l ON l.restricted = b.restricted
    EXCEPT (
      SELECT u.ancestor_id, b.open, b.due_on, b.task_id FROM below b JOIN task t ON t.id = b.task_id
        JOIN still_under u ON u.unit_id = t.owner_id AND u.restricted = b.restricted
      UNION ALL
      SELECT u.ancestor_id, b.open, b.due_on, b.task_id FROM below b JOIN task t ON t.id = b.task_id
        JOIN still_under u ON u.unit_id = t.lead_id AND u.restricted = b.restricted
      UNION ALL
      SELECT u.ancestor_id, b.open, b.due_on, b.task_id FROM below b JOIN task_coordinator k ON k.task_id = b.task_id
        JOIN still_under u ON u.unit_id = k.unit_id AND u.restricted = b.restricted)
  ) g
  WHERE s.ancestor_id = g.ancestor_id AND s.open = g.open AND s.due_on = g.due_on AND s.task_id = g.task_id
)
INSERT INTO task_scope (ancestor_id, open, due_on, task_id)
SELECT CASE WHEN b.restricted THEN cleared(a.ancestor_id) ELSE a.ancestor_id END, b.open, b.due_on, b.task_id
FROM below b CROSS JOIN (
  SELECT ancestor_id FROM unit_ancestor WHERE unit_id = $1 AND distance > 0
  EXCEPT SELECT ancestor_id FROM unit_ancestor WHERE unit_id = $2) a
ON CONFLICT DO NOTHING"""


# -- what is there ---------------------------------------------------------------------------------------------


async def frame_for_drafting(act: Act, programme_id: UUID) -> Frame:
    """What a task takes from the programme. Raises Refused (reference_unknown)."""
    record = await act.connection.row(_PROGRAMME, programme_id, act.actor.reach)
    if record is None:
        raise Refused(REFERENCE_UNKNOWN, name="programme_id")
    return _frame(record)


async def tasks_for_change(act: Act, ids: Collection[UUID]) -> list[tuple[Task, Frame]]:
    """The tasks, locked in order of their ids and at the version the caller knows. Raises Refused (not_found, version_stale)."""
    records = await act.connection.rows(_TASKS, list(ids), act.actor.reach)
    if len(records) != len(set(ids)):
        raise Refused(NOT_FOUND)
    for record in records:
        act.expect(record["version"])
    return [(loaded(Task, dict(record)), _frame(record)) for record in records]


async def task_for_change(act: Act, task_id: UUID) -> tuple[Task, Frame]:
    """The task, locked and at the version the caller knows. Raises Refused (not_found, version_stale)."""
    return (await tasks_for_change(act, [task_id]))[0]


async def hold_programme_of(act: Act, task_id: UUID) -> None:
    """Until the act ends the class of the task's programme stays as it is. Called before the task is locked."""
    await act.connection.one(_HOLD_PROGRAMME, task_id)


async def tasks_below_class(act: Act, programme_id: UUID, access_class: int) -> list[Task]:
    """The programme's tasks that are less restricted than that, all of them, locked in order of their ids."""
    records = await act.connection.rows(_BELOW_CLASS, programme_id, access_class)
    return [loaded(Task, dict(record)) for record in records]


async def standing_tasks(act: Act, programme_id: UUID) -> list[Task]:
    """The programme's tasks that the caller reaches, withdrawn ones aside, in annex order."""
    return [
        loaded(Task, dict(record))
        for record in await act.connection.rows(_STANDING_TASKS, programme_id, act.actor.reach)
    ]


async def lists_of(act: Act, task_id: UUID) -> Lists:
    """The task's parts, each list in its order."""
    record = await act.connection.row(_LISTS, task_id)
    if record is None:
        raise AssertionError("expected one row from a SELECT without FROM, got none")
    return Lists(
        **{name: tuple(loaded(row, part) for part in record[name]) for name, (row, _, _) in _PARTS.items()}
    )


async def timing(act: Act, frame: Frame) -> Timing:
    """What words of time are read with. The calendar covers the years it has rows for."""
    days = {record["day"]: DayKind(record["kind"]) for record in await act.connection.rows(_CALENDAR)}
    years = [day.year for day in days]
    calendar = WorkingCalendar(days, min(years, default=1), max(years, default=0))
    return Timing(frame.year, calendar, frame.moves_off_rest_days)


async def standing(act: Act, units: Iterable[UUID | None], positions: Iterable[UUID | None]) -> Standing:
    """Who stands where today, of the units and positions that are there."""
    wanted = [one for one in set(units) if one is not None]
    posts = [one for one in set(positions) if one is not None]
    found = await act.connection.rows(_UNITS, wanted, act.today) if wanted else []
    held = await act.connection.rows(_POSITIONS, posts, act.today) if posts else []
    return Standing(
        act.today,
        {record["id"]: UnitStanding(record["living"], record["head_id"]) for record in found},
        {record["id"]: record["holder_id"] for record in held},
    )


async def require_known(act: Act, frame: Frame, asked: References, known: Standing) -> None:
    """Raises Refused (reference_unknown) where an input points at a thing that is not there or may not be seen."""
    for name, ids in asked.units.items():
        _require(name, ids <= known.units.keys())
    _require("responsible_position_id", asked.positions <= known.holders.keys())
    await _require_counted(act, "responsible_person_id", _PERSONS, asked.persons)
    await _require_counted(act, "group_id", _GROUPS, asked.groups, frame.programme_id)
    await _require_counted(act, "indicator_ids", _INDICATORS, asked.indicators, act.actor.reach)
    await require_documents(act, "basis_documents", *asked.documents)
    if asked.clauses:
        documents, clauses = zip(*asked.clauses, strict=True)
        found = await act.connection.one(_CLAUSES, list(documents), list(clauses))
        _require("basis_documents", found == len(asked.clauses))


async def _require_counted(act: Act, name: str, text: str, ids: set[UUID], *more: object) -> None:
    if ids:
        _require(name, await act.connection.one(text, list(ids), *more) == len(ids))


def _require(name: str, holds: object) -> None:
    if not holds:
        raise Refused(REFERENCE_UNKNOWN, name=name)


def _frame(record: Record) -> Frame:
    return Frame(
        record["programme_id"],
        record["owner_id"],
        record["rule_pack"],
        record["year"],
        record["moves_off_rest_days"],
        record["least_class"],
    )


# -- who reaches what ------------------------------------------------------------------------------------------


async def keep_scope(act: Act, ids: Sequence[UUID]) -> None:
    """Makes the scope rows of these tasks what class, owner, lead, coordinating units and responsible person say."""
    await hold_tree(act)
    await act.connection.rows(_SCOPE_OF, list(ids))


async def keep_scope_below(act: Act, unit_id: UUID) -> None:
    """The same for every task the unit reaches; the caller holds the tree alone."""
    await act.connection.rows(_SCOPE_BELOW, unit_id)


async def move_scope(act: Act, unit_id: UUID, left_id: UUID | None) -> None:
    """The same after one move alone, away from the parent `left_id`; the caller holds the tree alone."""
    await act.connection.rows(_SCOPE_MOVED, unit_id, left_id)
