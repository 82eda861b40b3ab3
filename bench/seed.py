"""Fills a migrated, empty database with the sizes the figures are about, by SQL and the same way every time.

Triggers sleep meanwhile (session_replication_role = replica), so the record asks for no entries and holds none; what
the triggers and verbs would have kept (ancestors, scopes, counters) is filled here, set by set, by their own rules.
"""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import md5
from time import monotonic
from typing import Any
from uuid import UUID

import asyncpg

from app.authority.offices import usual_powers
from app.core.act import ACTIONS
from app.core.canonical import plain
from app.core.ddl import scope_id
from app.deadlines.reading import DeadlineKind
from app.indicators.rules import number_key
from app.tasks.clarity import is_clear, pack_of, shown, verdicts
from app.tasks.facts import Delivered, LeadKind, Need, Resource, TaskFacts
from app.tasks.workflow import State

LEVELS = (1, 8, 64, 300, 700, 927)
"""Units of each level of the tree, the root first: 2,000 units, depth 6."""
PEOPLE = 20_000
PROGRAMMES = 200
INDICATORS, MEASUREMENTS = 20_000, 500_000
FIRST_ANSWERING, ANSWERING = 15_001, 5_000
"""Tasks are answered for by the last 5,000 of the people, so that a person has some forty of them."""
SPREAD_DAYS = 180
"""Deadlines lie this many days before and after the day of seeding."""

_KINDS = {
    "unit": 1,
    "person": 2,
    "position": 3,
    "programme": 4,
    "group": 5,
    "task": 6,
    "indicator": 7,
    "other": 8,
    "grant": 9,
}


def identity(kind: str, number: int) -> UUID:
    """The id of the n-th thing of a kind: in the form and, within a kind, the order of UUIDv7; equal to SQL's `bid`."""
    digits = md5(f"{_KINDS[kind]}/{number}".encode()).hexdigest()  # noqa: S324 - spreads numbers, protects nothing
    return UUID(f"019{_KINDS[kind]}{number:08x}7{digits[:3]}8{digits[3:18]}")


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is seeded: the number of tasks, the day deadlines are spread around, the units of each level."""

    tasks: int
    on: date
    levels: tuple[int, ...] = LEVELS

    @property
    def units(self) -> int:
        """Units of the whole tree."""
        return sum(self.levels)


# `bid` is `identity`; `pick` gives a number below `size`, the same for the same n and salt on every run.
_FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION pg_temp.bid(kind integer, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
      SELECT ('019' || kind || lpad(to_hex(n), 8, '0') || '7' || left(md5(kind || '/' || n), 3) || '8'
        || substr(md5(kind || '/' || n), 4, 15))::uuid $$""",
    """CREATE OR REPLACE FUNCTION pg_temp.pick(n bigint, salt bigint, size bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
      SELECT (hashint8extended(n, salt) & 9223372036854775807) % size $$""",
)
_UNIT_LEVEL = """INSERT INTO unit (id, code, name, abbreviation, kind, level, parent_id, founded_on, version, created_at)
  SELECT pg_temp.bid(1, n), 'B' || n, 'Đảng bộ cơ sở số ' || n, 'ĐB' || n, 'dang_bo_co_so',
    (ARRAY['centre', 'province', 'commune'])[least($5::integer, 2) + 1],
    CASE WHEN $3::bigint > 0 THEN pg_temp.bid(1, $3 + ((n - $1) * $4) / $2) END, '2020-01-01', 1, '2026-01-01'
  FROM generate_series($1::bigint, $1 + $2::bigint - 1) n"""
_TREE = (
    """INSERT INTO unit_period (id, unit_id, valid, name, abbreviation, kind, parent_id)
      SELECT gen_random_uuid(), id, '[2020-01-01,)', name, abbreviation, kind, parent_id FROM unit""",
    """INSERT INTO unit_ancestor (unit_id, ancestor_id, distance)
      WITH RECURSIVE above AS (
        SELECT id AS unit_id, id AS ancestor_id, 0 AS distance, parent_id FROM unit
        UNION ALL
        SELECT a.unit_id, u.id, a.distance + 1, u.parent_id FROM above a JOIN unit u ON u.id = a.parent_id)
      SELECT unit_id, ancestor_id, distance FROM above""",
)
_PEOPLE = (
    """INSERT INTO person (id, code, kind, name, invented, disabled, version, created_at)
      SELECT pg_temp.bid(2, n), 'CB' || n, 'person',
        (ARRAY['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Đỗ', 'Bùi', 'Đặng'])[pg_temp.pick(n, 21, 8) + 1] || ' Văn '
        || (ARRAY['An', 'Bình', 'Cường', 'Dũng', 'Đức', 'Giang', 'Hà', 'Yên'])[pg_temp.pick(n, 22, 8) + 1] || ' ' || n,
        true, false, 1, '2026-01-01' FROM generate_series(1, $1::bigint) n""",
    # Person n holds position n; a unit's first is its head, and the root's first its secretary.
    """INSERT INTO position (id, code, unit_id, title, office, head, ordinal, version, created_at)
      SELECT pg_temp.bid(3, n), 'CD' || n, pg_temp.bid(1, (n - 1) % $2 + 1), office, office, n <= $2, (n - 1) / $2 + 1, 1, '2026-01-01'
      FROM (SELECT n, CASE WHEN n = 1 THEN 'secretary' WHEN n <= $2 THEN 'head' WHEN n <= 2 * $2 THEN 'deputy' ELSE 'specialist' END AS office
        FROM generate_series(1, $1::bigint) n) made""",
    """INSERT INTO holding (id, position_id, person_id, kind, valid, shared)
      SELECT pg_temp.bid(8, n), pg_temp.bid(3, n), pg_temp.bid(2, n), 'substantive', '[2025-01-01,)', n > 2 * $2
      FROM generate_series(1, $1::bigint) n""",
)
# Every position holds the powers usual for its office over its unit and all below: $1 the office, $2 its powers, $3 where its numbers begin.
_POWERS = """INSERT INTO power_grant (id, position_id, powers, unit_id, subtree, strict, max_class, valid, excluded, max_depth,
    basis_id, version, created_at)
  SELECT pg_temp.bid(9, $3::bigint + row_number() OVER (ORDER BY id)), id, $2::text[], unit_id, true, false, 2, '[2025-01-01,)', '{}', 1,
    pg_temp.bid(9, 0), 1, '2026-01-01' FROM position WHERE office = $1"""
# Owners are the units of the second and third level.
_PROGRAMMES = (
    """INSERT INTO programme (id, code, title, kind, owner_id, term, starts_on, ends_on, rule_pack, state, issued_on,
        moves_off_rest_days, access_class, version, created_at)
      SELECT pg_temp.bid(4, n), 'CT' || n, 'Chương trình hành động số ' || n || ' thực hiện Nghị quyết Đại hội XIV', 'programme_of_action',
        pg_temp.bid(1, 2 + (n - 1) % 72), '2025-2030', '2026-01-01', '2030-12-31', 'seven-ro', 'issued', '2026-01-05', false, 1, 1, '2026-01-01'
      FROM generate_series(1, $1::bigint) n""",
    """INSERT INTO content_group (id, programme_id, annex, code, title, kind, ordinal)
      SELECT pg_temp.bid(5, (n - 1) * 5 + g), pg_temp.bid(4, n), 'Phụ lục II', g::text, 'Nhóm nội dung ' || g, 'both', g
      FROM generate_series(1, $1::bigint) n CROSS JOIN generate_series(1, 5) g""",
    """INSERT INTO programme_scope (programme_id, ancestor_id, open, starts_on)
      SELECT p.id, a.ancestor_id, true, p.starts_on FROM programme p JOIN unit_ancestor a ON a.unit_id = p.owner_id
      WHERE $1::bigint > 0""",
)
# $1 first and $2 last number, $3 the day, $4 states, $5 keys of numbers, $6 key of the annex, $7 clear verdicts, $8 unclear ones.
_TASKS = """INSERT INTO task (id, programme_id, group_id, annex, annex_key, number, number_key, ordinal, kind, title, description,
    state, unplanned, owner_id, lead_id, lead_kind, lead_words, coordinating_words, responsible_person_id, competence_body_id,
    competence_words, competence_level, issuing_words, starts_on, deadline_words, deadline_kind, due_on, deadline,
    first_deadline, submit_deadline_words, accepted_on, result_words, money_need, money_words, people_need, people_words,
    facilities_need, facilities_words, clarity_pack, clarity, clear, note, access_class, version, created_at)
  SELECT pg_temp.bid(6, n), p.id, pg_temp.bid(5, (of_programme - 1) * 5 + line % 5 + 1), 'Phụ lục II', $6::text,
    line || '.', ($5::text[])[line], 1, CASE WHEN n % 5 = 0 THEN 'scheme' ELSE 'task' END,
    'Nhiệm vụ số ' || n || ': rà soát, sửa đổi quy định về phân cấp',
    'Rà soát văn bản hiện hành, đề xuất nội dung sửa đổi, lấy ý kiến, hoàn thiện và trình ban hành.',
    stands, n % 50 = 0, p.owner_id, lead.id, 'single', lead.name, 'Các đơn vị có liên quan',
    pg_temp.bid(2, $9::bigint + pg_temp.pick(n, 5, $10::bigint)), p.owner_id, 'Ban Thường vụ', 'decides', 'Ban Thường vụ ban hành quyết định',
    due - 120, coalesce(to_char(due, 'DD/MM/YYYY'), 'Thường xuyên'), CASE WHEN due IS NULL THEN 'ongoing' ELSE 'day' END, due,
    jsonb_build_object('words', coalesce(to_char(due, 'DD/MM/YYYY'), 'Thường xuyên'), 'kind', CASE WHEN due IS NULL THEN 'ongoing' ELSE 'day' END,
      'due_on', due, 'granularity', CASE WHEN due IS NULL THEN NULL ELSE 'day' END, 'given', false),
    CASE WHEN stands NOT IN ('draft', 'proposed', 'returned') THEN jsonb_build_object('words', to_char(due, 'DD/MM/YYYY'), 'due_on', due) END,
    '', CASE WHEN stands IN ('accepted', 'closed') THEN due - 3 END, 'Quyết định của Ban Thường vụ', 'none', '', 'none', '', 'none', '',
    'seven-ro', CASE WHEN n % 4 = 0 THEN $8::jsonb ELSE $7::jsonb END, n % 4 <> 0, '',
    CASE WHEN n % 20 = 0 THEN 2 ELSE 1 END, 1, '2026-01-01'::timestamptz + n * interval '1 second'
  FROM (SELECT n, (n - 1) % 200 + 1 AS of_programme, ((n - 1) / 200 + 1)::integer AS line,
      ($4::text[])[pg_temp.pick(n, 3, cardinality($4)) + 1] AS stands,
      CASE WHEN pg_temp.pick(n, 7, 20) > 0 THEN $3::date - $11::integer + pg_temp.pick(n, 6, 2 * $11 + 1)::integer END AS due
    FROM generate_series($1::bigint, $2::bigint) n) made
  JOIN programme p ON p.id = pg_temp.bid(4, of_programme)
  JOIN unit lead ON lead.id = pg_temp.bid(1, 1 + pg_temp.pick(n, 1, $12::bigint))"""
# Two coordinating units, neither the lead nor each other.
_COORDINATORS = """INSERT INTO task_coordinator (id, task_id, unit_id, words, ordinal)
  SELECT pg_temp.bid(9, 2 * n + place), pg_temp.bid(6, n),
    pg_temp.bid(1, 1 + (pg_temp.pick(n, 1, $2) + 1 + place * 900 + pg_temp.pick(n, 30 + place, 900)) % $2), '', place + 1
  FROM generate_series(1, $1::bigint) n CROSS JOIN generate_series(0, 1) place"""
_MILESTONES = """INSERT INTO milestone (id, task_id, title, deadline_words, deadline_kind, due_on, ordinal)
  SELECT pg_temp.bid(8, 4 * n + place), pg_temp.bid(6, n), (ARRAY['Lập kế hoạch', 'Dự thảo, lấy ý kiến', 'Trình ban hành'])[place],
    coalesce(to_char(t.due_on - 120 + 30 * place, 'DD/MM/YYYY'), ''), CASE WHEN t.due_on IS NULL THEN 'missing' ELSE 'day' END,
    t.due_on - 120 + 30 * place, place
  FROM generate_series(1, $1::bigint) n JOIN task t ON t.id = pg_temp.bid(6, n) CROSS JOIN generate_series(1, 3) place"""
# The rule of tasks.queries: at or above owner, lead and coordinating units, and the responsible person; what is restricted
# as `cleared` makes these. In key order.
_SCOPE = f"""INSERT INTO task_scope (ancestor_id, open, due_on, task_id)
  SELECT {scope_id("ancestor_id", "access_class")} AS scope_id, open, due_sort, id FROM (
    SELECT x.ancestor_id, t.open, t.due_sort, t.id, t.access_class FROM task t JOIN unit_ancestor x ON x.unit_id = t.owner_id
    UNION SELECT x.ancestor_id, t.open, t.due_sort, t.id, t.access_class FROM task t JOIN unit_ancestor x ON x.unit_id = t.lead_id
    UNION SELECT x.ancestor_id, t.open, t.due_sort, t.id, t.access_class
      FROM task_coordinator k JOIN task t ON t.id = k.task_id JOIN unit_ancestor x ON x.unit_id = k.unit_id
    UNION SELECT responsible_person_id, open, due_sort, id, access_class FROM task WHERE responsible_person_id IS NOT NULL
  ) wanted ORDER BY 1, 2, 3, 4"""
_COUNTS = """INSERT INTO task_count (lead_id, state, n, restricted)
  SELECT lead_id, state, count(*), count(*) FILTER (WHERE access_class = 2) FROM task WHERE lead_id IS NOT NULL GROUP BY 1, 2"""
_INDICATOR = """INSERT INTO indicator (id, programme_id, annex, annex_key, number, number_key, ordinal, title, unit_words, lead_id, rollup, version, created_at)
      SELECT pg_temp.bid(7, n), pg_temp.bid(4, (n - 1) % $2 + 1), 'Phụ lục I', $4::text, (n - 1) / $2 + 1 || '', ($3::text[])[(n - 1) / $2 + 1], 1,
        'Tỷ lệ hồ sơ giải quyết đúng hạn, chỉ tiêu số ' || n, '%', pg_temp.bid(1, 1 + pg_temp.pick(n, 8, $5::bigint)), 'none', 1, '2026-01-01'
      FROM generate_series(1, $1::bigint) n"""
_TARGETS = (
    """INSERT INTO target (id, indicator_id, period, period_end, words, kind, binding, comparator_assumed, questions, reading, ordinal)
      SELECT pg_temp.bid(8, 8 * n), pg_temp.bid(7, n), '2026', '2026-12-31', '≥ 90%', 'number', true, false, '[]', '{}', 1
      FROM generate_series(1, $1::bigint) n""",
    """INSERT INTO target_part (id, target_id, indicator_id, comparator, value, unit, direction, binding, change, ordinal)
      SELECT pg_temp.bid(8, 8 * n + 1), pg_temp.bid(8, 8 * n), pg_temp.bid(7, n), 'at_least', 90, '%', 'higher_is_better', true, false, 1
      FROM generate_series(1, $1::bigint) n""",
)
_MEASUREMENTS = """INSERT INTO measurement (id, indicator_id, scope, period, period_end, value, measured_on, ordinal)
  SELECT pg_temp.bid(8, n * 32 + m), pg_temp.bid(7, n), '', to_char(month, 'YYYY-MM'), (month + interval '1 month - 1 day')::date,
    50 + pg_temp.pick(n * 32 + m, 9, 500) / 10.0, (month + interval '1 month')::date, 1
  FROM generate_series(1, $1::bigint) n CROSS JOIN generate_series(0, $2::integer - 1) m
  CROSS JOIN LATERAL (SELECT date_trunc('month', $3::date) - m * interval '1 month' AS month) past"""
_INDEXES = """SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indrelid = ANY($1::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"""
_SESSION = (
    "session_replication_role = replica",
    "synchronous_commit = off",
    "work_mem = '256MB'",
    "maintenance_work_mem = '512MB'",
)
_LARGE = ("task", "task_coordinator", "milestone", "task_scope", "measurement", "indicator")


Step = list[tuple[str, tuple[Any, ...]]]


async def seed(superuser: str, sizes: Sizes) -> None:
    """Fills the database. It must be migrated and empty."""
    lanes = [await _lane(superuser) for _ in range(2)]
    try:
        indexes = await lanes[0].fetch(_INDEXES, list(_LARGE))
        for index in indexes:
            await lanes[0].execute(f"DROP INDEX {index['name']}")
        for name, *work in _stages(sizes):
            with _told(name):
                await asyncio.gather(
                    *(_carried_out(lane, step) for lane, step in zip(lanes, work, strict=False))
                )
        with _told(f"{len(indexes)} indexes"):
            steps = [
                [(index["text"], ()) for index in indexes if ("task" in index["name"]) is task]
                for task in (True, False)
            ]
            await asyncio.gather(*(_carried_out(lane, step) for lane, step in zip(lanes, steps, strict=True)))
        with _told("vacuum"):
            await lanes[0].execute("VACUUM (ANALYZE, FREEZE)")
    finally:
        for lane in lanes:
            await lane.close()


async def _lane(superuser: str) -> asyncpg.Connection:
    connection = await asyncpg.connect(superuser, command_timeout=3_600)
    for setting in _SESSION:
        await connection.execute(f"SET {setting}")
    for text in _FUNCTIONS:
        await connection.execute(text)
    return connection


async def _carried_out(lane: asyncpg.Connection, step: Step) -> None:
    for text, values in step:
        await lane.execute(text, *values)


@contextmanager
def _told(what: str) -> Iterator[None]:
    started = monotonic()
    yield
    print(f"  {what}: {monotonic() - started:.1f} s", flush=True)


def _stages(sizes: Sizes) -> list[tuple[Any, ...]]:
    """Stages in order: a name, and what runs side by side in it."""
    months = MEASUREMENTS // INDICATORS
    annex = (number_key("Phụ lục II"), number_key("Phụ lục I"))
    numbers = [number_key(str(one)) for one in range(1, INDICATORS // PROGRAMMES + 1)]
    values, half = _task_values(sizes, annex[0]), sizes.tasks // 2
    units = sizes.units
    return [
        ("units", [*_levels(sizes), *((text, ()) for text in _TREE)]),
        (
            "people, programmes, indicators",
            [(_PEOPLE[0], (PEOPLE,)), *((text, (PEOPLE, units)) for text in _PEOPLE[1:]), *_powers()],
            [
                *((text, (PROGRAMMES,)) for text in _PROGRAMMES),
                (_INDICATOR, (INDICATORS, PROGRAMMES, numbers, annex[1], units)),
            ],
        ),
        ("tasks", [(_TASKS, (1, half, *values))], [(_TASKS, (half + 1, sizes.tasks, *values))]),
        (
            "their parts, targets, measurements",
            [(_COORDINATORS, (sizes.tasks, units)), (_MILESTONES, (sizes.tasks,)), (_COUNTS, ())],
            [*((text, (INDICATORS,)) for text in _TARGETS), (_MEASUREMENTS, (INDICATORS, months, sizes.on))],
        ),
        ("scopes", [(_SCOPE, ())]),
    ]


def _powers() -> list[tuple[str, tuple[Any, ...]]]:
    return [
        (_POWERS, (office, list(usual_powers(office, ACTIONS)), place * PEOPLE))
        for place, office in enumerate(("secretary", "head", "deputy", "specialist"))
    ]


def _levels(sizes: Sizes) -> Step:
    steps, first, above = [], 1, (0, 1)
    for level, size in enumerate(sizes.levels):
        steps.append((_UNIT_LEVEL, (first, size, *above, level)))
        above = (first, size)
        first += size
    return steps


def _task_values(sizes: Sizes, annex_key: str) -> tuple[Any, ...]:
    rows = -(-sizes.tasks // PROGRAMMES)
    numbers = [number_key(f"{one}.") for one in range(1, rows + 1)]
    clear, unclear = (_verdicts(sizes.on, measured=measured) for measured in (True, False))
    states = [one.value for one in State]
    return (
        sizes.on,
        states,
        numbers,
        annex_key,
        clear,
        unclear,
        FIRST_ANSWERING,
        ANSWERING,
        SPREAD_DAYS,
        sizes.units,
    )


def _verdicts(on: date, *, measured: bool) -> str:
    """The verdicts of a task as these are, by the service's own rules: with or without a measured deliverable."""
    unit = identity("unit", 1)
    nothing = {name: Resource(Need.NONE, told=False) for name in ("money", "people", "facilities")}
    facts = TaskFacts(
        on=on,
        title="Rà soát, sửa đổi quy định về phân cấp, phân quyền",
        described=True,
        lead_kind=LeadKind.SINGLE,
        lead_words="Đảng bộ cơ sở",
        lead_id=unit,
        lead_living=True,
        lead_head_id=identity("person", 1),
        coordinating_ids=frozenset(),
        responsible_person_id=identity("person", 2),
        responsible_position_id=None,
        responsible_holder_id=None,
        competence_body_id=unit,
        competence_living=True,
        competence_words="Ban Thường vụ",
        competence_level="decides",
        submitted_to_id=None,
        starts_on=on,
        deadline_kind=DeadlineKind.DAY,
        deadline_words="31/12/2026",
        due_on=on + timedelta(days=200),
        event=None,
        counted=False,
        report_every=None,
        milestones=(),
        deliverables=(Delivered(measured, identity("unit", 2)),),
        indicators=0,
        resources=nothing,
    )
    judged = verdicts(pack_of("seven-ro"), facts)
    if is_clear(judged) is not measured:
        raise AssertionError(
            f"expected the verdicts to be {'clear' if measured else 'unclear'}, got {plain(shown(judged))}"
        )
    return json.dumps(shown(judged), ensure_ascii=False)
