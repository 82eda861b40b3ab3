"""Tables of units. A unit keeps its present name and parent beside its periods, so that reading today costs nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Uuid, text
from sqlalchemy.dialects.postgresql import DATERANGE, ExcludeConstraint

from app.core.columns import (
    bare_link,
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

unit = Table(
    "unit",
    metadata,
    id_column("a unit"),
    words("code", "our slug for people and scripts, unique for all time; an opaque string"),
    words("official_code", "identification code given by the competent body; opaque", null=True),
    words("name", "present full name"),
    words("abbreviation", "present abbreviation", null=True),
    words("kind", "kind of unit, e.g. dang_bo_xa, cap_uy, ban_thuong_vu; see units.kinds"),
    words("level", "centre, province or commune; there is no district since 2025-07-01"),
    link("parent_id", "unit", "the unit it stands under today; none for a root", null=True),
    link("agency_id", "unit", "the agency whose Party organisation this is", null=True),
    day("founded_on", "first day of the unit, where known", null=True),
    day("ended_on", "first day on which the unit no longer is", null=True),
    words("ending", "merged, split or dissolved, once ended", null=True),
    bare_link("basis_id", "document that founded the unit"),
    version_column(),
    created_column(),
    sort_key_column("name"),
    folded_column("name", "name_folded"),
    search_column("name || ' ' || coalesce(abbreviation, '') || ' ' || code"),
    CheckConstraint("level IN ('centre', 'province', 'commune')", name="level"),
    CheckConstraint("ending IN ('merged', 'split', 'dissolved')", name="ending"),
    CheckConstraint("(ended_on IS NULL) = (ending IS NULL)", name="ended_how"),
    CheckConstraint("parent_id <> id", name="not_own_parent"),
    Index("uq_unit_code", "code", unique=True),
    Index("ix_unit_sort_key", "sort_key", "id"),
    Index("ix_unit_name_folded", "name_folded"),
    Index("ix_unit_search", "search", postgresql_using="gin"),
    comment="Units: Party organisations, their bodies and offices, state agencies; each node of its own",
)

unit_period = Table(
    "unit_period",
    metadata,
    id_column("one period in the life of a unit"),
    link("unit_id", "unit", "the unit"),
    Column(
        "valid", DATERANGE, nullable=False, comment="days for which name, kind and parent held: [first, next)"
    ),
    words("name", "full name in this period"),
    words("abbreviation", "abbreviation in this period", null=True),
    words("kind", "kind in this period"),
    link("parent_id", "unit", "parent in this period", null=True),
    bare_link("basis_id", "document by which the period began"),
    # A range over uuid stands in for btree_gist, which the embedded build does not have.
    ExcludeConstraint(
        (text("uuidrange(unit_id, unit_id, '[]')"), "&&"),
        ("valid", "&&"),
        name="unit_periods_do_not_overlap",
        using="gist",
    ),
    CheckConstraint("NOT isempty(valid)", name="valid_not_empty"),
    comment="What a unit was called and where it stood, period by period; periods of one unit never overlap",
)

unit_ancestor = Table(
    "unit_ancestor",
    metadata,
    Column("unit_id", Uuid, primary_key=True, comment="the unit below, or the unit itself at distance 0"),
    Column("ancestor_id", Uuid, primary_key=True, comment="a unit above it today"),
    Column("distance", Integer, nullable=False, comment="steps up: 0 itself, 1 its parent"),
    Index("ix_unit_ancestor_ancestor_id", "ancestor_id", "unit_id"),
    comment="The present tree with every step taken; kept by the database when a parent changes",
)

unit_successor = Table(
    "unit_successor",
    metadata,
    id_column("one succession"),
    link("unit_id", "unit", "the unit that ended"),
    link("successor_id", "unit", "a unit that carries on its work"),
    day("since", "first day of the succession"),
    CheckConstraint("successor_id <> unit_id", name="not_own_successor"),
    Index("uq_unit_successor_pair", "unit_id", "successor_id", unique=True),
    comment="Which unit carries on after a merger or split",
)

unit_alias = Table(
    "unit_alias",
    metadata,
    id_column("another name of a unit"),
    link("unit_id", "unit", "the unit"),
    words("alias", "a name papers use for it, verbatim"),
    folded_column("alias", "alias_folded"),
    Index("uq_unit_alias_pair", "unit_id", "alias_folded", unique=True),
    Index("ix_unit_alias_alias_folded", "alias_folded"),
    comment="Other names under which papers mention a unit",
)


@stored(unit, kind="unit")
@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stands today."""

    id: UUID
    code: str
    official_code: str | None
    name: str
    abbreviation: str | None
    kind: str
    level: str
    parent_id: UUID | None
    agency_id: UUID | None
    founded_on: date | None
    ended_on: date | None
    ending: str | None
    basis_id: UUID | None
    version: int
    created_at: datetime


@stored(unit_period, kind="unit", root="unit_id")
@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """One period: what the unit was called and where it stood."""

    id: UUID
    unit_id: UUID
    valid: object
    name: str
    abbreviation: str | None
    kind: str
    parent_id: UUID | None
    basis_id: UUID | None


@stored(unit_successor, kind="unit", root="unit_id")
@dataclass(frozen=True, slots=True)
class UnitSuccessor:
    """A unit that carries on the work of one that ended."""

    id: UUID
    unit_id: UUID
    successor_id: UUID
    since: date


@stored(unit_alias, kind="unit", root="unit_id")
@dataclass(frozen=True, slots=True)
class UnitAlias:
    """Another name of a unit."""

    id: UUID
    unit_id: UUID
    alias: str
