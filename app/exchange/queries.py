"""SQL for imports and exports."""

from datetime import date
from typing import Any
from uuid import UUID

from app.core.act import Act
from app.core.errors import Refused
from app.core.rows import columns_of, loaded
from app.core.words import NOT_FOUND
from app.exchange.models import AnnexImport, ImportRow
from app.exchange.shapes import IMPORT_CLASS, IMPORT_VISIBLE

# The day the programme's paper was issued: names resolve as they were then.
_AS_OF = """SELECT coalesce(d.issued_on, p.issued_on, p.starts_on) AS day, coalesce(extract(year FROM p.ends_on)::integer, 0) AS last_year
FROM programme p LEFT JOIN document d ON d.id = p.document_id WHERE p.id = $1"""
_NAMES = """SELECT u.id, u.code, p.name, p.abbreviation, lower(p.valid) AS valid_from, upper(p.valid) AS valid_to,
  coalesce((SELECT array_agg(a.alias ORDER BY a.alias) FROM unit_alias a WHERE a.unit_id = u.id), '{}') AS aliases
FROM unit u JOIN unit_period p ON p.unit_id = u.id ORDER BY p.name, u.id"""
_UNIT_BY_CODE = "SELECT id FROM unit WHERE code = $1"
_CODES = "SELECT code FROM unit WHERE code = ANY($1)"
_LEVEL = "SELECT level FROM unit WHERE id = $1"
_SEEN = IMPORT_VISIBLE.format(t="i", actor="$2::uuid", reach="$3::uuid[]")
_IMPORT = f"""SELECT {columns_of(AnnexImport, "i")}, {IMPORT_CLASS.format(t="i")} AS access_class
  FROM annex_import i WHERE i.id = $1 AND {_SEEN} FOR UPDATE OF i"""
_ROWS = f"SELECT {columns_of(ImportRow)} FROM import_row WHERE import_id = $1 ORDER BY id"
_VERSIONS = {
    "task": "SELECT id, version, number FROM task WHERE id = ANY($1)",
    "indicator": "SELECT id, version, number FROM indicator WHERE id = ANY($1)",
}


async def paper_of(act: Act, programme_id: UUID) -> tuple[date, int]:
    """The day of the programme's paper, and the last year of the programme (0: none set)."""
    record = await act.connection.row(_AS_OF, programme_id)
    if record is None:
        raise Refused(NOT_FOUND)
    return record["day"], record["last_year"]


async def unit_names(act: Act) -> list[Any]:
    """Every name of every unit in every period, with abbreviations and aliases."""
    return await act.connection.rows(_NAMES)


async def unit_by_code(act: Act, code: str) -> UUID | None:
    """The unit of that code."""
    return await act.connection.one(_UNIT_BY_CODE, code)


async def codes_taken(act: Act, codes: list[str]) -> set[str]:
    """Which of the codes are borne by a unit already."""
    return {record["code"] for record in await act.connection.rows(_CODES, codes)}


async def level_of(act: Act, unit_id: UUID) -> str:
    """The level of a unit."""
    return await act.connection.one(_LEVEL, unit_id)


async def import_for_change(act: Act, import_id: UUID) -> tuple[AnnexImport, int]:
    """The import, locked, and its class. Raises Refused (not_found, version_stale)."""
    record = await act.connection.row(_IMPORT, import_id, act.actor.id, act.actor.reach)
    if record is None:
        raise Refused(NOT_FOUND)
    act.expect(record["version"])
    return loaded(AnnexImport, dict(record)), record["access_class"]


async def rows_of(act: Act, import_id: UUID) -> list[ImportRow]:
    """What the import did, object by object."""
    return [loaded(ImportRow, record) for record in await act.connection.rows(_ROWS, import_id)]


async def versions(act: Act, kind: str, ids: list[UUID]) -> dict[UUID, tuple[int, str]]:
    """Present version and number of tasks or indicators."""
    return {
        record["id"]: (record["version"], record["number"])
        for record in await act.connection.rows(_VERSIONS[kind], ids)
    }


OUT_PROGRAMME = "SELECT t.title, t.code FROM programme t WHERE t.id = $1 AND {visible}"
OUT_TASKS = """SELECT k.annex, k.number, k.title, k.lead_words, k.coordinating_words, k.result_words, k.deadline_words,
  k.submit_deadline_words, k.issuing_words, k.money_words, k.note, g.code AS group_number, g.title AS group_title
FROM task k LEFT JOIN content_group g ON g.id = k.group_id
WHERE k.programme_id = $1 AND k.withdrawn_on IS NULL AND EXISTS (SELECT 1 FROM task_scope s WHERE s.task_id = k.id AND s.ancestor_id = ANY($2))
ORDER BY k.annex_key, coalesce(g.ordinal, 0), k.number_key, k.ordinal, k.id"""
OUT_INDICATORS = """SELECT k.annex, k.number, k.title, k.unit_words, k.lead_words, k.note, g.code AS group_number, g.title AS group_title,
  (SELECT array_agg(x.words ORDER BY x.ordinal) FROM target x WHERE x.indicator_id = k.id) AS target_words,
  (SELECT array_agg(x.period ORDER BY x.ordinal) FROM target x WHERE x.indicator_id = k.id) AS target_periods
FROM indicator k LEFT JOIN content_group g ON g.id = k.group_id
WHERE k.programme_id = $1 AND k.withdrawn_on IS NULL
ORDER BY k.annex_key, coalesce(g.ordinal, 0), k.number_key, k.ordinal, k.id"""
