"""Tables of imports: which file, read how, made what; so that every row of a programme knows where it came from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, Table, Uuid

from app.core.columns import created_column, document, id_column, link, version_column, words
from app.core.database import metadata
from app.core.rows import stored

annex_import = Table(
    "annex_import",
    metadata,
    id_column("one import of a file"),
    link("programme_id", "programme", "the programme it went into"),
    link("owner_id", "unit", "the programme's owner: whose branch sees the import"),
    Column(
        "importer_id",
        Uuid,
        nullable=False,
        index=True,
        comment="who imported: a person, a service account or the operator",
    ),
    words("file_name", "name of the file as sent; empty where none was"),
    Column(
        "digest",
        LargeBinary,
        nullable=False,
        comment="SHA-256 of the file's bytes; the file itself is not kept",
    ),
    words("state", "carried_out or withdrawn"),
    document("counts", "rows by kind and what was done with them"),
    document("plan", "each row: number, what was done, differences, readings, notes"),
    document("mapping", "the explicit mapping of columns, where one was given", null=True),
    version_column(),
    created_column(),
    CheckConstraint("state IN ('carried_out', 'withdrawn')", name="state"),
    CheckConstraint("length(digest) = 32", name="digest"),
    Index("ix_annex_import_created_at", "created_at", "id"),
    comment="Imports of annexes: the plan that was carried out, row by row",
)

import_row = Table(
    "import_row",
    metadata,
    id_column("what an import did to one object"),
    link("import_id", "annex_import", "the import"),
    words("kind", "task or indicator"),
    Column("object_id", Uuid, nullable=False, index=True, comment="the task or indicator"),
    words("action", "created or updated"),
    Column(
        "version_after",
        Integer,
        nullable=False,
        comment="the object's version when the import was done: higher means touched since",
    ),
    document("before", "values the import replaced, by field; null for a created object", null=True),
    CheckConstraint("kind IN ('task', 'indicator')", name="kind"),
    CheckConstraint("action IN ('created', 'updated')", name="action"),
    comment="Objects an import made or changed, so that it can be withdrawn as one act",
)


@stored(annex_import, kind="import")
@dataclass(frozen=True, slots=True)
class AnnexImport:
    """An import that was carried out."""

    id: UUID
    programme_id: UUID
    owner_id: UUID
    importer_id: UUID
    file_name: str
    digest: bytes
    state: str
    counts: dict[str, Any]
    plan: list[dict[str, Any]]
    mapping: dict[str, Any] | None
    version: int
    created_at: datetime


@stored(import_row, kind="import", root="import_id")
@dataclass(frozen=True, slots=True)
class ImportRow:
    """What an import did to one object."""

    id: UUID
    import_id: UUID
    kind: str
    object_id: UUID
    action: str
    version_after: int
    before: dict[str, Any] | None
