"""Tables of programmes."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
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

programme = Table(
    "programme",
    metadata,
    id_column("a programme"),
    words("code", "our slug, unique for all time; an opaque string"),
    words("title", "title"),
    words("kind", "programme_of_action, work_programme or plan"),
    link("owner_id", "unit", "the unit that answers for it"),
    link("document_id", "document", "the document that carries it", null=True),
    words("term", "term (nhiệm kỳ) by two years, e.g. 2025-2030", null=True),
    day("starts_on", "first day"),
    day("ends_on", "last day, where it sets one", null=True),
    words("rule_pack", "rules by which its tasks are clear: six-ro or seven-ro"),
    words("state", "draft, proposed, approved or issued"),
    day("issued_on", "date of issue, once issued", null=True),
    Column(
        "moves_off_rest_days",
        Boolean,
        nullable=False,
        comment="whether a fixed date on a rest day moves to the next working day",
    ),
    words("note", "note of the owner", null=True),
    version_column(),
    created_column(),
    Column("budget", BigInteger, nullable=True, comment="money it asks for, đồng; none: not stated"),
    Column(
        "access_class",
        SmallInteger,
        nullable=False,
        comment="0 public inside the system, 1 internal, 2 restricted; never a state secret",
    ),
    sort_key_column("title"),
    folded_column("title", "title_folded"),
    search_column("title || ' ' || code"),
    Index("ix_programme_search", "search", postgresql_using="gin"),
    CheckConstraint("kind IN ('programme_of_action', 'work_programme', 'plan')", name="kind"),
    CheckConstraint("rule_pack IN ('six-ro', 'seven-ro')", name="rule_pack"),
    CheckConstraint("state IN ('draft', 'proposed', 'approved', 'issued')", name="state"),
    CheckConstraint("(state = 'issued') = (issued_on IS NOT NULL)", name="issued_when"),
    CheckConstraint("budget >= 0", name="budget"),
    CheckConstraint("access_class BETWEEN 0 AND 2", name="access_class"),
    CheckConstraint("ends_on >= starts_on", name="period"),
    CheckConstraint("term ~ '^[12][0-9]{3}-[12][0-9]{3}$' AND left(term, 4) < right(term, 4)", name="term"),
    Index("uq_programme_code", "code", unique=True),
    Index("ix_programme_starts_on", "starts_on", "id"),
    # A whole sort key of a long title would not fit an index row.
    Index("ix_programme_title", text("left(sort_key, 200)"), "id"),
    comment="Programmes of action, work programmes, plans: from the draft to the issued one",
)

programme_parent = Table(
    "programme_parent",
    metadata,
    id_column("one parent of a programme"),
    link("programme_id", "programme", "the programme", index=False),
    link("document_id", "document", "a document it makes concrete", null=True),
    link("parent_programme_id", "programme", "a programme it makes concrete", null=True),
    CheckConstraint("num_nonnulls(document_id, parent_programme_id) = 1", name="one"),
    CheckConstraint("parent_programme_id <> programme_id", name="not_itself"),
    Index("uq_programme_parent_document", "programme_id", "document_id", unique=True),
    Index("uq_programme_parent_programme", "programme_id", "parent_programme_id", unique=True),
    comment="What a programme makes concrete: documents and programmes, several of them",
)

programme_addressee = Table(
    "programme_addressee",
    metadata,
    Column("programme_id", Uuid, ForeignKey("programme.id"), primary_key=True, comment="the programme"),
    Column(
        "unit_id",
        Uuid,
        ForeignKey("unit.id"),
        primary_key=True,
        index=True,
        comment="a unit it addresses, with all units below it",
    ),
    comment="Units a programme addresses: an issued programme is seen by them and by the units below them",
)

content_group = Table(
    "content_group",
    metadata,
    id_column("a content group"),
    link("programme_id", "programme", "the programme", index=False),
    Column("parent_id", Uuid, nullable=True, comment="the group it stands under, in the same programme"),
    words("annex", "annex as printed, e.g. Phụ lục II; empty for none"),
    words("code", "number as printed, e.g. I; may repeat or be empty"),
    words("title", "title as printed"),
    words("kind", "what it holds: tasks, indicators or both"),
    Column("ordinal", Integer, nullable=False, comment="place in the annex, from 1"),
    ForeignKeyConstraint(["programme_id", "parent_id"], ["content_group.programme_id", "content_group.id"]),
    # Deferred: a group that comes between others moves them on within one act.
    UniqueConstraint(
        "programme_id",
        "annex",
        "ordinal",
        name="uq_content_group_place",
        deferrable=True,
        initially="DEFERRED",
    ),
    UniqueConstraint("programme_id", "id", name="uq_content_group_programme_id"),
    Index("ix_content_group_programme_id_parent_id", "programme_id", "parent_id"),
    CheckConstraint("kind IN ('tasks', 'indicators', 'both')", name="kind"),
    CheckConstraint("ordinal > 0", name="ordinal"),
    CheckConstraint("code <> '' OR title <> ''", name="named"),
    CheckConstraint("parent_id <> id", name="not_under_itself"),
    comment="Content groups (nhóm nội dung) of programmes as their annexes print them",
)

programme_scope = Table(
    "programme_scope",
    metadata,
    Column("programme_id", Uuid, ForeignKey("programme.id"), primary_key=True, comment="the programme"),
    # No foreign key: of a restricted programme it is no unit's id, but what `cleared` makes of one.
    Column(
        "ancestor_id",
        Uuid,
        primary_key=True,
        comment="its owner or a unit above the owner today; of a restricted programme as `cleared` makes it",
    ),
    Column("open", Boolean, nullable=False, comment="whether the programme still runs"),
    Column("starts_on", Date, nullable=False, comment="first day of the programme"),
    Index("ix_programme_scope_ancestor_id", "ancestor_id", "open", "starts_on", "programme_id"),
    comment="Derived: programmes of a unit and of all units below it, one row for each unit above the owner",
)


@stored(programme, kind="programme")
@dataclass(frozen=True, slots=True)
class Programme:
    """A programme."""

    id: UUID
    code: str
    title: str
    kind: str
    owner_id: UUID
    document_id: UUID | None
    term: str | None
    starts_on: date
    ends_on: date | None
    rule_pack: str
    state: str
    issued_on: date | None
    moves_off_rest_days: bool
    note: str | None
    version: int
    created_at: datetime
    budget: int | None
    access_class: int


@stored(programme_parent, kind="programme", root="programme_id")
@dataclass(frozen=True, slots=True)
class ProgrammeParent:
    """One thing the programme makes concrete: a document or a programme."""

    id: UUID
    programme_id: UUID
    document_id: UUID | None
    parent_programme_id: UUID | None


@stored(programme_addressee, kind="programme", root="programme_id")
@dataclass(frozen=True, slots=True)
class ProgrammeAddressee:
    """A unit the programme addresses."""

    programme_id: UUID
    unit_id: UUID


@stored(content_group, kind="programme", root="programme_id")
@dataclass(frozen=True, slots=True)
class ContentGroup:
    """A content group."""

    id: UUID
    programme_id: UUID
    parent_id: UUID | None
    annex: str
    code: str
    title: str
    kind: str
    ordinal: int
