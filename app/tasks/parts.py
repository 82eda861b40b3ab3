"""Parts of a task: coordinating units, candidate leads, milestones, deliverables, links to indicators and basis documents."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    Table,
    Uuid,
)

from app.core.columns import day, id_column, link, words
from app.core.database import metadata
from app.core.rows import stored


def _ordinal() -> Column[int]:
    return Column("ordinal", Integer, nullable=False, comment="order within the task, from 1")


task_coordinator = Table(
    "task_coordinator",
    metadata,
    id_column("one coordinating unit of a task"),
    link("task_id", "task", "the task", index=False),
    link("unit_id", "unit", "the unit; none for a collective or a name that did not resolve", null=True),
    words("words", "the name as printed, verbatim; empty where only the unit was given"),
    _ordinal(),
    CheckConstraint("unit_id IS NOT NULL OR words <> ''", name="somebody"),
    # Without a unit rows are words alone, of which there may be many.
    Index("uq_task_coordinator_unit", "task_id", "unit_id", unique=True),
    comment="Who coordinates; a collective phrase is one row of words, never one per unit",
)

task_candidate = Table(
    "task_candidate",
    metadata,
    id_column("one candidate lead of a task"),
    link("task_id", "task", "the task", index=False),
    link("unit_id", "unit", "a unit that the words of the lead may mean"),
    words("words", "the part of the words it was found for, verbatim"),
    Column("score", Numeric(5, 4), nullable=False, comment="likeness of the names, 0–1"),
    _ordinal(),
    CheckConstraint("score BETWEEN 0 AND 1", name="score"),
    Index("uq_task_candidate_unit", "task_id", "unit_id", unique=True),
    comment="Units the words of a lead may mean, while no lead is settled",
)

milestone = Table(
    "milestone",
    metadata,
    id_column("one milestone of a task"),
    link("task_id", "task", "the task"),
    words("title", "what is reached"),
    words("deadline_words", "by when, verbatim"),
    words("deadline_kind", "how the words name the time"),
    day("due_on", "last permitted day; none for what has no day", null=True),
    _ordinal(),
    comment="Milestones (mốc) on the way of a task",
)

deliverable = Table(
    "deliverable",
    metadata,
    id_column("one deliverable of a task"),
    link("task_id", "task", "the task"),
    words("title", "the product"),
    words("measure", "what is measured or counted; empty where nobody said"),
    Column("quantity", Numeric(20, 6), comment="how much of it, in the unit of measure"),
    words("unit_words", "unit of measure, verbatim"),
    link("confirmer_id", "unit", "the unit that confirms it", null=True),
    _ordinal(),
    CheckConstraint("quantity >= 0 AND quantity <> 'NaN'", name="quantity"),
    comment="Deliverables (sản phẩm) of a task, each with its measure and confirmer",
)

task_indicator = Table(
    "task_indicator",
    metadata,
    Column("task_id", Uuid, ForeignKey("task.id"), primary_key=True, comment="the task"),
    Column(
        "indicator_id",
        Uuid,
        ForeignKey("indicator.id"),
        primary_key=True,
        comment="an indicator that it moves",
    ),
    Index("ix_task_indicator_indicator_id", "indicator_id", "task_id"),
    comment="Which indicators a task moves",
)

task_basis = Table(
    "task_basis",
    metadata,
    id_column("one basis of a task"),
    link("task_id", "task", "the task"),
    link("document_id", "document", "the basis document", index=False),
    Column("clause_id", Uuid, comment="the clause of that document, where one is named"),
    _ordinal(),
    ForeignKeyConstraint(["document_id", "clause_id"], ["clause.document_id", "clause.id"]),
    Index("ix_task_basis_document_id_clause_id", "document_id", "clause_id"),
    comment="Documents and clauses a task follows from",
)


@stored(task_coordinator, kind="task", root="task_id")
@dataclass(frozen=True, slots=True)
class Coordinator:
    """A unit that coordinates, or the words for one."""

    id: UUID
    task_id: UUID
    unit_id: UUID | None
    words: str
    ordinal: int


@stored(task_candidate, kind="task", root="task_id")
@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit the words of the lead may mean."""

    id: UUID
    task_id: UUID
    unit_id: UUID
    words: str
    score: Decimal
    ordinal: int


@stored(milestone, kind="task", root="task_id")
@dataclass(frozen=True, slots=True)
class Milestone:
    """What is reached on the way, and by when."""

    id: UUID
    task_id: UUID
    title: str
    deadline_words: str
    deadline_kind: str
    due_on: date | None
    ordinal: int


@stored(deliverable, kind="task", root="task_id")
@dataclass(frozen=True, slots=True)
class Deliverable:
    """A product, how it is measured, and who confirms it."""

    id: UUID
    task_id: UUID
    title: str
    measure: str
    quantity: Decimal | None
    unit_words: str
    confirmer_id: UUID | None
    ordinal: int


@stored(task_indicator, kind="task", root="task_id")
@dataclass(frozen=True, slots=True)
class IndicatorLink:
    """An indicator the task moves."""

    task_id: UUID
    indicator_id: UUID


@stored(task_basis, kind="task", root="task_id")
@dataclass(frozen=True, slots=True)
class Basis:
    """A document or clause the task follows from."""

    id: UUID
    task_id: UUID
    document_id: UUID
    clause_id: UUID | None
    ordinal: int
