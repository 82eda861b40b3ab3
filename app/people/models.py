"""Tables of persons, positions and holdings, of their personal tokens, and of the demo's token issuer."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, ExcludeConstraint

from app.core.columns import (
    created_column,
    document,
    id_column,
    link,
    search_column,
    sort_key_column,
    untold,
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

personal_token = Table(
    "personal_token",
    metadata,
    id_column("a personal token"),
    link("person_id", "person", "whose token it is: who is calling where it is sent", index=False),
    words("name", "its person's own name for it"),
    untold("digest", "SHA-256 of the token's text; the text itself is kept nowhere"),
    Column(
        "scopes",
        ARRAY(Text),
        nullable=False,
        comment="power codes, or their beginnings up to the point, that it narrows the person's powers to; read: none of them",
    ),
    Column("expires_at", DateTime(timezone=True), nullable=False, comment="end of its use, UTC"),
    Column("revoked_at", DateTime(timezone=True), nullable=True, comment="when its person revoked it, UTC"),
    version_column(),
    created_column(),
    CheckConstraint("cardinality(scopes) > 0", name="scopes_not_empty"),
    CheckConstraint(
        "expires_at > created_at AND expires_at <= created_at + interval '8760 hours'", name="lifetime"
    ),
    Index("uq_personal_token_digest", "digest", unique=True),
    Index("ix_personal_token_person_id", "person_id", "created_at"),
    comment="Tokens that persons gave themselves, for scripts and clients without a browser",
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


@stored(personal_token, kind="token")
@dataclass(frozen=True, slots=True)
class PersonalToken:
    """A token its person gave himself."""

    id: UUID
    person_id: UUID
    name: str
    digest: bytes = field(repr=False)
    scopes: list[str]
    expires_at: datetime
    revoked_at: datetime | None
    version: int
    created_at: datetime


def since(row: Holding) -> date | None:
    """First day of the holding."""
    return row.valid.lower  # type: ignore[attr-defined] - asyncpg's Range
