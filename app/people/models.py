"""Tables of persons, positions and holdings, and of the demo's token issuer."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Table, text
from sqlalchemy.dialects.postgresql import DATERANGE, ExcludeConstraint

from app.core.columns import (
    created_column,
    document,
    id_column,
    link,
    search_column,
    sort_key_column,
    version_column,
    words,
)
from app.core.database import metadata
from app.core.rows import stored

person = Table(
    "person",
    metadata,
    id_column("a person or service account"),
    words("code", "our slug for scripts, unique"),
    words("kind", "person or service"),
    words("name", "full name"),
    Column("invented", Boolean, nullable=False, comment="an invented person of the demo"),
    Column("disabled", Boolean, nullable=False, comment="no access while true"),
    version_column(),
    created_column(),
    # Persons sort by given name, the last word.
    sort_key_column("regexp_replace(name, '^.*\\s', '') || ' ' || name"),
    search_column("name"),
    CheckConstraint("kind IN ('person', 'service')", name="kind"),
    Index("uq_person_code", "code", unique=True),
    Index("ix_person_sort_key", "sort_key", "id"),
    Index("ix_person_search", "search", postgresql_using="gin"),
    comment="Persons and service accounts: only what naming a responsible person needs",
)

position = Table(
    "position",
    metadata,
    id_column("a position in a unit"),
    words("code", "our slug for scripts, unique"),
    link("unit_id", "unit", "the unit the position belongs to"),
    words("title", "title, e.g. Chánh Văn phòng"),
    words(
        "office", "what kind of office: secretary, deputy, head, member, specialist, inspector, integration"
    ),
    Column(
        "head", Boolean, nullable=False, comment="whether its holder is the head (người đứng đầu) of the unit"
    ),
    Column("ordinal", Integer, nullable=False, comment="order within the unit"),
    version_column(),
    created_column(),
    sort_key_column("title"),
    CheckConstraint(
        "office IN ('secretary', 'deputy', 'head', 'member', 'specialist', 'inspector', 'integration')",
        name="office",
    ),
    Index("uq_position_code", "code", unique=True),
    Index("ix_position_sort_key", "sort_key", "id"),
    comment="Positions: rights hang on them, never on persons",
)

holding = Table(
    "holding",
    metadata,
    id_column("one holding"),
    link("position_id", "position", "the position held"),
    link("person_id", "person", "who holds it"),
    words("kind", "substantive (giữ chức) or acting (quyền)"),
    Column("valid", DATERANGE, nullable=False, comment="days of the holding: [first, next)"),
    link("basis_id", "document", "document of the appointment", null=True),
    CheckConstraint("kind IN ('substantive', 'acting')", name="kind"),
    CheckConstraint("NOT isempty(valid)", name="valid_not_empty"),
    ExcludeConstraint(
        (text("uuidrange(position_id, position_id, '[]')"), "&&"),
        ("valid", "&&"),
        where=text("kind = 'substantive' AND NOT shared"),
        name="holdings_do_not_overlap",
        using="gist",
    ),
    Column(
        "shared",
        Boolean,
        nullable=False,
        comment="the position has many holders at once, e.g. member, specialist",
    ),
    comment="Who held which position when; a position of one holder has at most one substantive holder a day",
)

demo_issuer = Table(
    "demo_issuer",
    metadata,
    id_column("the demo's token issuer"),
    document("key", "private Ed25519 key as JWK; exists only in a demo database"),
    created_column(),
    comment="Signs the demo personas' tokens; empty outside the demo, and then no demo token is accepted",
)


@stored(person, kind="person")
@dataclass(frozen=True, slots=True)
class Person:
    """A person or service account."""

    id: UUID
    code: str
    kind: str
    name: str
    invented: bool
    disabled: bool
    version: int
    created_at: datetime


@stored(position, kind="position")
@dataclass(frozen=True, slots=True)
class Position:
    """A position in a unit."""

    id: UUID
    code: str
    unit_id: UUID
    title: str
    office: str
    head: bool
    ordinal: int
    version: int
    created_at: datetime


@stored(holding, kind="position", root="position_id")
@dataclass(frozen=True, slots=True)
class Holding:
    """A person holds a position for a time."""

    id: UUID
    position_id: UUID
    person_id: UUID
    kind: str
    valid: object
    basis_id: UUID | None
    shared: bool


def since(row: Holding) -> date | None:
    """First day of the holding."""
    return row.valid.lower  # type: ignore[attr-defined] - asyncpg's Range
