"""Tables of indicators, their targets and their measurements. Words stand verbatim beside every reading of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Numeric, Table, Text, text

from app.core.columns import (
    created_column,
    day,
    document,
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
from app.indicators.rules import PERIOD
from app.indicators.words import COMPARATORS, DIRECTIONS, ROLLUPS, TARGET_KINDS


def _one_of(column: str, allowed: Iterable[str]) -> CheckConstraint:
    """A closed set of words."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(one) for one in allowed)})", name=column)


def _period() -> tuple[Column[Any], Column[Any], CheckConstraint]:
    return (
        words("period", "a year, quarter or month: 2026, 2026-Q4, 2026-11"),
        day("period_end", "last day of the period"),
        CheckConstraint(f"period ~ '{PERIOD}'", name="period"),
    )


def _ordered(name: str, says: str) -> Column[Any]:
    """Text that lists are ordered by, in byte order."""
    return Column(name, Text(collation="C"), nullable=False, comment=says)


indicator = Table(
    "indicator",
    metadata,
    id_column("an indicator"),
    link("programme_id", "programme", "the programme it belongs to", index=False),
    link("group_id", "content_group", "the content group it stands in", null=True),
    link("parent_id", "indicator", "the indicator it is a part of: 11 for 11.1", null=True),
    words("annex", "annex of the programme it is printed in; empty where there is but one"),
    _ordered("annex_key", "the annex in natural order"),
    words("number", "number as printed in the annex; empty where the line has none"),
    _ordered("number_key", "the number in natural order: 2 before 11, 11.2 before 11.10"),
    Column(
        "ordinal", Integer, nullable=False, comment="which of the lines of this number in the annex, from 1"
    ),
    words("title", "what is measured, verbatim"),
    words("unit_words", "unit of measure, verbatim", null=True),
    link("lead_id", "unit", "the unit that follows and measures it", null=True),
    words("lead_words", "the lead as printed, verbatim", null=True),
    words("source_words", "where its figures come from, verbatim", null=True),
    words("definition", "how it is measured", null=True),
    words("rollup", "how its figure follows from its parts: none, sum, average, weighted, latest"),
    Column("share", Numeric, comment="weight within its parent, 0–1; the shares of all parts sum to 1"),
    words("note", "a remark", null=True),
    document(
        "source", "where it was imported from: import_id, digest, sheet, first_row, last_row", null=True
    ),
    day("withdrawn_on", "first day on which it no longer counts", null=True),
    version_column(),
    created_column(),
    sort_key_column("title"),
    folded_column("title", "title_folded"),
    search_column("title"),
    Index("ix_indicator_search", "search", postgresql_using="gin"),
    _one_of("rollup", ROLLUPS),
    CheckConstraint("share BETWEEN 0 AND 1", name="share"),
    CheckConstraint("ordinal >= 1", name="ordinal"),
    CheckConstraint("parent_id <> id", name="not_own_parent"),
    # A withdrawn line gives its number free; that happens once in a life, so the predicate costs no update.
    Index(
        "uq_indicator_number",
        "programme_id",
        "annex",
        "number_key",
        "ordinal",
        unique=True,
        postgresql_where=text("withdrawn_on IS NULL"),
    ),
    Index("ix_indicator_programme_order", "programme_id", "annex_key", "number_key", "id"),
    Index("ix_indicator_order", "annex_key", "number_key", "id"),
    # A whole sort key of a long title would not fit an index row.
    Index("ix_indicator_title", text("left(sort_key, 200)"), "id"),
    comment="Indicators: what a programme is measured by, as printed in its annex",
)

target = Table(
    "target",
    metadata,
    id_column("a target of an indicator"),
    link("indicator_id", "indicator", "the indicator", index=False),
    *_period(),
    words("words", "the target as written, verbatim; may be empty for a heading line"),
    words("kind", "what sort of thing is to be reached; unread where the words could not be read"),
    Column("binding", Boolean, nullable=False, comment="false for an aspiration (phấn đấu)"),
    Column(
        "comparator_assumed", Boolean, nullable=False, comment="the words name no comparator; one was assumed"
    ),
    words("condition", "condition or addition the words make, verbatim", null=True),
    words("baseline_words", "starting point given beside the target, verbatim", null=True),
    Column("baseline_value", Numeric, comment="starting value given beside the target, in the target's unit"),
    day("baseline_on", "day the starting value is true of", null=True),
    document("questions", "what to ask the drafter: [{vi, en}]"),
    document("reading", "the whole reading of the words, as read"),
    Column("ordinal", Integer, nullable=False, comment="order among the indicator's targets, from 1"),
    _one_of("kind", TARGET_KINDS),
    Index("uq_target_ordinal", "indicator_id", "ordinal", unique=True),
    comment="Targets: what an indicator is to reach by the end of a period; verbatim words and their reading",
)

target_part = Table(
    "target_part",
    metadata,
    id_column("one value of a target"),
    link("target_id", "target", "the target", index=False),
    link("indicator_id", "indicator", "the indicator, which owns the part"),
    words("scope", "what the value is set for, e.g. Đông Nam Á; none for the whole", null=True),
    words("comparator", "how a measured value must stand to the value written"),
    Column(
        "value", Numeric, comment="the value, multiplier included; the lower end of a range; size of a change"
    ),
    Column("high", Numeric, comment="upper end of a range, multiplier included"),
    words("unit", "unit of the value, as read", null=True),
    words("direction", "which way is better"),
    words("per", "period of a rate, or the thing each value is due for", null=True),
    Column("binding", Boolean, nullable=False, comment="false for an aspiration (phấn đấu)"),
    words("baseline_words", "what a change is counted from, as read from the target's words", null=True),
    Column("baseline_value", Numeric, comment="starting value, in the measured unit, where known"),
    day("baseline_on", "day the starting value is true of", null=True),
    Column("change", Boolean, nullable=False, comment="the value is the size of a rise or fall, not a level"),
    words("level", "grade to be reached, for an ordinal target", null=True),
    Column("ordinal", Integer, nullable=False, comment="order within the target, from 1"),
    _one_of("comparator", COMPARATORS),
    _one_of("direction", DIRECTIONS),
    Index("uq_target_part_ordinal", "target_id", "ordinal", unique=True),
    comment="Values of targets, one row for each value that the words set",
)

measurement = Table(
    "measurement",
    metadata,
    id_column("a figure of an indicator"),
    link("indicator_id", "indicator", "the indicator", index=False),
    words("scope", "what the figure is about, as in the target; empty for the whole"),
    *_period(),
    Column("value", Numeric, comment="the figure, in the unit and multiplier of the target"),
    words("words", "the figure in words, for what has no number", null=True),
    day("measured_on", "day the figure was taken"),
    words("source_words", "where the figure comes from, verbatim", null=True),
    link("document_id", "document", "document the figure stands in", null=True),
    link("reported_by_id", "person", "who reported it; none for the service itself", null=True),
    link("confirmed_by_id", "person", "who confirmed it: a second pair of eyes", null=True),
    link("replaces_id", "measurement", "the figure this one corrects", null=True, index=False),
    Column(
        "ordinal",
        Integer,
        nullable=False,
        comment="1 for the first figure of its scope and period, one more for each correction",
    ),
    CheckConstraint("value IS NOT NULL OR words IS NOT NULL", name="says_something"),
    CheckConstraint("value <> 'NaN' AND abs(value) <> 'Infinity'", name="finite"),
    CheckConstraint("ordinal >= 1 AND (ordinal = 1) = (replaces_id IS NULL)", name="ordinal"),
    CheckConstraint("confirmed_by_id <> reported_by_id", name="second_pair_of_eyes"),
    # One first figure for each scope and period, and one next in the line of corrections: so one is current.
    Index("uq_measurement_place", "indicator_id", "scope", "period", "ordinal", unique=True),
    Index("uq_measurement_replaces", "replaces_id", unique=True),
    Index(
        "ix_measurement_latest",
        "indicator_id",
        text("period_end DESC"),
        "scope",
        "period",
        text("ordinal DESC"),
    ),
    comment="Figures of indicators by period; a correction is a new row that replaces the older one",
)


@stored(indicator, kind="indicator")
@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as it stands today."""

    id: UUID
    programme_id: UUID
    group_id: UUID | None
    parent_id: UUID | None
    annex: str
    annex_key: str
    number: str
    number_key: str
    ordinal: int
    title: str
    unit_words: str | None
    lead_id: UUID | None
    lead_words: str | None
    source_words: str | None
    definition: str | None
    rollup: str
    share: Decimal | None
    note: str | None
    source: dict[str, Any] | None
    withdrawn_on: date | None
    version: int
    created_at: datetime


@stored(target, kind="indicator", root="indicator_id")
@dataclass(frozen=True, slots=True)
class Target:
    """A target of an indicator: verbatim words, and what was read from them."""

    id: UUID
    indicator_id: UUID
    period: str
    period_end: date
    words: str
    kind: str
    binding: bool
    comparator_assumed: bool
    condition: str | None
    baseline_words: str | None
    baseline_value: Decimal | None
    baseline_on: date | None
    questions: list[Any]
    reading: dict[str, Any]
    ordinal: int


@stored(target_part, kind="indicator", root="indicator_id")
@dataclass(frozen=True, slots=True)
class TargetPart:
    """One value of a target."""

    id: UUID
    target_id: UUID
    indicator_id: UUID
    scope: str | None
    comparator: str
    value: Decimal | None
    high: Decimal | None
    unit: str | None
    direction: str
    per: str | None
    binding: bool
    baseline_words: str | None
    baseline_value: Decimal | None
    baseline_on: date | None
    change: bool
    level: str | None
    ordinal: int


@stored(measurement, kind="indicator", root="indicator_id")
@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure of an indicator for one scope and period."""

    id: UUID
    indicator_id: UUID
    scope: str
    period: str
    period_end: date
    value: Decimal | None
    words: str | None
    measured_on: date
    source_words: str | None
    document_id: UUID | None
    reported_by_id: UUID | None
    confirmed_by_id: UUID | None
    replaces_id: UUID | None
    ordinal: int
