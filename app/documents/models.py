"""Tables of documents. What was read of a number stands beside its words; only the words are ever shown as the number."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from app.core.columns import (
    created_column,
    day,
    folded_column,
    id_column,
    link,
    search_column,
    sort_key_column,
    version_column,
    words,
)
from app.core.database import metadata
from app.core.rows import stored


def number_folding(expression: str) -> str:
    """The SQL of `numbers.folded_number`: letters and digits only, without marks, single blanks, "số" in front off."""
    plain = f"vietnamese_fold(translate(normalize({expression}, NFKC), 'ÐðƉɖ', 'ĐđĐđ'))"
    spaced = f"btrim(regexp_replace({plain}, '[^a-z0-9]+', ' ', 'g'))"
    return f"regexp_replace({spaced}, '^([a-z]+ )*so (va )?(ky hieu )?(?=[0-9])', '')"


# A unit known here, or else the words on the paper; two unknown issuers are never taken for one.
_ISSUER = text("coalesce(issuer_id::text, vietnamese_fold(issuer_words))")

document = Table(
    "document",
    metadata,
    id_column("a document"),
    words("number", "number and symbol, verbatim; none where unknown", null=True),
    words("series", "party or state numbering as read from the number; unknown where it was not read"),
    words(
        "number_key", "what must be unique in the series: running number without zeros, symbols", null=True
    ),
    Column("serial", Integer, nullable=True, comment="running number as a number, for sorting"),
    Column(
        "number_year",
        SmallInteger,
        nullable=True,
        comment="year a State number belongs to: written in it, else of issue",
    ),
    words("type", "symbol of the type, e.g. NQ, QĐ; does not give the type alone"),
    words("type_name", "the type in words, e.g. Quy định"),
    link("issuer_id", "unit", "the unit that issued it, where known here", null=True),
    words("issuer_words", "the issuer as printed", null=True),
    link("keeper_id", "unit", "the unit that keeps this record and may amend it", null=True),
    day("issued_on", "date of issue, where known", null=True),
    words("term", "term (nhiệm kỳ) by two years, e.g. 2025-2030", null=True),
    words("title", "subject of the document"),
    Column(
        "access_class",
        SmallInteger,
        nullable=False,
        comment="0 public inside the system, 1 internal, 2 restricted; never a state secret",
    ),
    words("note", "note of the keeper", null=True),
    version_column(),
    created_column(),
    sort_key_column("title"),
    folded_column("title", "title_folded"),
    search_column("title || ' ' || coalesce(number, '')"),
    Index("ix_document_search", "search", postgresql_using="gin"),
    Column(
        "number_folded",
        Text(collation="C"),
        Computed(number_folding("number"), persisted=True),
        nullable=True,
        comment="number for search: letters and digits only, without marks",
    ),
    CheckConstraint("series IN ('party', 'state', 'unknown')", name="series"),
    CheckConstraint("number IS NOT NULL OR series = 'unknown'", name="series_of_number"),
    CheckConstraint("access_class BETWEEN 0 AND 2", name="access_class"),
    CheckConstraint(
        "access_class < 2 OR num_nonnulls(issuer_id, keeper_id) > 0", name="restricted_to_somebody"
    ),
    CheckConstraint("term ~ '^[12][0-9]{3}-[12][0-9]{3}$' AND left(term, 4) < right(term, 4)", name="term"),
    # An unknown term or year counts as one value: a second such number asks which of the two it is.
    Index(
        "uq_document_party_number",
        _ISSUER,
        "type",
        text("coalesce(term, '')"),
        "number_key",
        unique=True,
        postgresql_where=text("series = 'party'"),
    ),
    Index(
        "uq_document_state_number",
        _ISSUER,
        "type",
        text("coalesce(number_year, 0)"),
        "number_key",
        unique=True,
        postgresql_where=text("series = 'state'"),
    ),
    Index("ix_document_issued_on", text("coalesce(issued_on, '-infinity'::date)"), "id"),
    Index(
        "ix_document_number", text("coalesce(serial, 2147483647)"), text("coalesce(number_folded, '')"), "id"
    ),
    Index("ix_document_number_prefix", text("ltrim(number_folded, '0')")),
    # A whole sort key of a long title would not fit an index row.
    Index("ix_document_title", text("left(sort_key, 200)"), "id"),
    comment="Basis documents: resolutions, conclusions, decisions, programmes, letters of the Party and the State",
)

clause = Table(
    "clause",
    metadata,
    id_column("a clause"),
    link("document_id", "document", "the document", index=False),
    Column("parent_id", Uuid, nullable=True, comment="the clause it stands under, in the same document"),
    words("label", "number of the clause as the document gives it, e.g. II.1, Điều 3"),
    words("text", "wording of the clause"),
    Column("ordinal", Integer, nullable=False, comment="place in the document, from 1"),
    ForeignKeyConstraint(["document_id", "parent_id"], ["clause.document_id", "clause.id"]),
    # Exact labels: points d) and đ) are two.
    Index("uq_clause_label", "document_id", "label", unique=True),
    Index("uq_clause_ordinal", "document_id", "ordinal", unique=True),
    UniqueConstraint("document_id", "id", name="uq_clause_document_id"),
    Index("ix_clause_document_id_parent_id", "document_id", "parent_id"),
    CheckConstraint("parent_id <> id", name="not_under_itself"),
    CheckConstraint("ordinal > 0", name="ordinal"),
    comment="Clauses of documents: what tasks answer and acts cite",
)


@stored(document, kind="document")
@dataclass(frozen=True, slots=True)
class Document:
    """A document."""

    id: UUID
    number: str | None
    series: str
    number_key: str | None
    serial: int | None
    number_year: int | None
    type: str
    type_name: str
    issuer_id: UUID | None
    issuer_words: str | None
    keeper_id: UUID | None
    issued_on: date | None
    term: str | None
    title: str
    access_class: int
    note: str | None
    version: int
    created_at: datetime


@stored(clause, kind="document", root="document_id")
@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a document."""

    id: UUID
    document_id: UUID
    parent_id: UUID | None
    label: str
    text: str
    ordinal: int
