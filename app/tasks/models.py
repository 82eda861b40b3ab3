"""The table of tasks, with the derived tables that lists and counts are read from. Parts of a task stand in `parts`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)

import app.tasks.parts  # noqa: F401 - its tables belong to this room's
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
from app.core.ids import RESTRICTED
from app.core.rows import stored
from app.deadlines.reading import DeadlineKind
from app.deadlines.recurrence import Every
from app.tasks.facts import LeadKind, Need
from app.tasks.workflow import ENDED, WITHOUT_LEAD, State

TITLE_ORDER_LENGTH = 120  # letters of a title that its place in a list is decided by


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _one_of(column: str, allowed: Iterable[str]) -> CheckConstraint:
    """A closed set of words."""
    return CheckConstraint(f"{column} IN ({_quoted(allowed)})", name=column)


def _ordered(name: str, says: str) -> Column[Any]:
    """Text that lists are ordered by, in byte order."""
    return Column(name, Text(collation="C"), nullable=False, comment=says)


def _flag(name: str, says: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False, comment=says)


task = Table(
    "task",
    metadata,
    id_column("a scheme or task"),
    link("programme_id", "programme", "the programme it belongs to", index=False),
    Column("group_id", Uuid, comment="the content group of the same programme it stands in"),
    words("annex", "annex of the programme it is printed in, e.g. Phụ lục II; empty for the main list"),
    _ordered("annex_key", "the annex in natural order"),
    words("number", "number as printed, e.g. 1. or II.3; empty where the row has none"),
    _ordered("number_key", "the number in natural order: 2 before 11, II before X"),
    Column(
        "ordinal", Integer, nullable=False, comment="which of the rows of this number in the annex, from 1"
    ),
    words("kind", "scheme (đề án) or task (nhiệm vụ)"),
    words("title", "what is to be done, verbatim"),
    words("description", "the work described; empty where it is not"),
    words("state", "where it stands: draft, proposed, issued, …; see tasks.workflow"),
    Column(
        "open",
        Boolean,
        Computed(f"state NOT IN ({_quoted(ENDED)})", persisted=True),
        nullable=False,
        comment="whether something is still owed",
    ),
    _flag("unplanned", "đột xuất: came by the fast lane; stays marked for ever"),
    link("owner_id", "unit", "the unit that owns its programme: whose branch decides about it"),
    link("lead_id", "unit", "the one lead unit; none while the words are not settled", null=True),
    words("lead_kind", "what the words of the lead say: single, collective, several or none"),
    words("lead_words", "the lead as printed, verbatim"),
    words("coordinating_words", "the coordinating units as printed, verbatim"),
    link("responsible_person_id", "person", "who answers for it, where a person is named", null=True),
    link("responsible_position_id", "position", "who answers for it, where a post is named", null=True),
    link("competence_body_id", "unit", "the body competent to decide", null=True),
    words("competence_words", "the competent body as printed, verbatim"),
    words("competence_level", "decides or submits; none where it is not said", null=True),
    link("submitted_to_id", "unit", "the body its product is submitted to", null=True),
    words("issuing_words", "who issues its product, and in what form, verbatim"),
    day("starts_on", "first day; given, or read from the words of the deadline", null=True),
    words("deadline_words", "the deadline as printed, verbatim"),
    words("deadline_kind", "how the words name the deadline; missing and ongoing are two things"),
    day("due_on", "last permitted day; none for what has no day", null=True),
    Column(
        "due_sort",
        Date,
        Computed("coalesce(due_on, 'infinity')", persisted=True),
        nullable=False,
        comment="due_on, or infinity: the order of lists",
    ),
    document("deadline", "the whole reading of the words"),
    document("first_deadline", "words and due_on as first issued; never changes once set", null=True),
    words("report_every", "how often an ongoing task is reported", null=True),
    words("submit_deadline_words", "when its product is to be submitted, verbatim"),
    day("submit_due_on", "last permitted day of submitting", null=True),
    day("accepted_on", "day its result was accepted", null=True),
    words("result_words", "the result as printed, verbatim"),
    words("money_need", "some, none (said outright) or unstated"),
    Column("money_amount", BigInteger, comment="funds needed, đồng"),
    words("money_words", "funds, verbatim"),
    words("people_need", "some, none (said outright) or unstated"),
    Column("people_days", Integer, comment="people needed, working days of one person"),
    words("people_words", "people, verbatim"),
    words("facilities_need", "some, none (said outright) or unstated"),
    words("facilities_words", "facilities, verbatim"),
    words("clarity_pack", "id of the rule pack the verdicts follow"),
    document("clarity", "the seven verdicts of this version: [{ro, verdict, failures, reason}]"),
    _flag("clear", "whether none of the seven is unclear"),
    words("note", "a remark; empty for none"),
    document(
        "source", "where it was imported from: import_id, digest, sheet, first_row, last_row", null=True
    ),
    day("withdrawn_on", "day its draft was withdrawn; its number is free again", null=True),
    version_column(),
    created_column(),
    Column(
        "access_class",
        SmallInteger,
        nullable=False,
        comment="0 public inside the system, 1 internal, 2 restricted; never below its programme's",
    ),
    sort_key_column(f"left(title, {TITLE_ORDER_LENGTH})", "title_key"),
    folded_column("title", "title_folded"),
    search_column("title"),
    Index("ix_task_search", "search", postgresql_using="gin"),
    _one_of("state", State),
    _one_of("kind", ("scheme", "task")),
    _one_of("lead_kind", LeadKind),
    _one_of("deadline_kind", DeadlineKind),
    _one_of("competence_level", ("decides", "submits")),
    _one_of("report_every", Every),
    _one_of("money_need", Need),
    _one_of("people_need", Need),
    _one_of("facilities_need", Need),
    CheckConstraint(
        f"lead_id IS NOT NULL OR (first_deadline IS NULL AND state IN ({_quoted(WITHOUT_LEAD)}))",
        name="one_lead_once_issued",
    ),
    CheckConstraint(
        "num_nonnulls(responsible_person_id, responsible_position_id) <= 1", name="one_responsible"
    ),
    CheckConstraint(
        "money_amount IS NULL OR (money_amount >= 0 AND money_need = 'some')", name="money_amount"
    ),
    CheckConstraint("people_days IS NULL OR (people_days >= 0 AND people_need = 'some')", name="people_days"),
    CheckConstraint("ordinal >= 1", name="ordinal"),
    CheckConstraint("access_class BETWEEN 0 AND 2", name="access_class"),
    CheckConstraint("withdrawn_on IS NULL OR first_deadline IS NULL", name="withdrawn_before_issue"),
    ForeignKeyConstraint(["programme_id", "group_id"], ["content_group.programme_id", "content_group.id"]),
    Index("ix_task_programme_id_group_id", "programme_id", "group_id"),
    # A withdrawn draft gives its number free; that happens once in a life, so the predicate costs no update.
    Index(
        "uq_task_number",
        "programme_id",
        "annex_key",
        "number_key",
        "ordinal",
        unique=True,
        postgresql_where=text("withdrawn_on IS NULL AND number_key <> ''"),
    ),
    Index("ix_task_programme_number", "programme_id", "annex_key", "number_key", "id"),
    Index("ix_task_programme_due", "programme_id", "due_sort", "id"),
    Index("ix_task_title", "title_key", "id"),
    # Few are; a class hardly ever changes, so the predicate costs updates nothing.
    Index("ix_task_restricted", "programme_id", postgresql_where=text(f"access_class = {RESTRICTED}")),
    comment="Schemes and tasks of programmes, with all that the seven rõ need; nothing is ever deleted",
)

task_scope = Table(
    "task_scope",
    metadata,
    # No foreign key: it is a unit, or the responsible person, whose own id is part of his reach; of a restricted task
    # what `cleared` makes of these.
    Column(
        "ancestor_id",
        Uuid,
        primary_key=True,
        comment="a unit at or above the owner, the lead or a coordinating unit, or the responsible person; of a restricted task as `cleared` makes it",
    ),
    Column("open", Boolean, primary_key=True, comment="task.open"),
    Column(
        "due_on",
        Date,
        primary_key=True,
        comment="task.due_sort: last permitted day, infinity where there is none",
    ),
    Column("task_id", Uuid, ForeignKey("task.id"), primary_key=True, comment="the task"),
    Index("ix_task_scope_task_id", "task_id", "ancestor_id"),
    comment="Who reaches which task, in the order of lists; derived, kept by the verbs and when a unit moves",
)

task_count = Table(
    "task_count",
    metadata,
    Column("lead_id", Uuid, ForeignKey("unit.id"), primary_key=True, comment="the lead unit"),
    Column("state", Text, primary_key=True, comment="task.state"),
    # No check that it is not negative: an upsert is checked before it meets the row it adds to.
    Column("n", BigInteger, nullable=False, comment="how many tasks the unit leads in this state"),
    Column("restricted", BigInteger, nullable=False, comment="how many of them are restricted"),
    comment="Tasks by lead unit and state; derived, kept by triggers in the same transaction",
)


@stored(task, kind="task")
@dataclass(frozen=True, slots=True)
class Task:
    """A scheme or task as it stands today."""

    id: UUID
    programme_id: UUID
    group_id: UUID | None
    annex: str
    annex_key: str
    number: str
    number_key: str
    ordinal: int
    kind: str
    title: str
    description: str
    state: str
    unplanned: bool
    owner_id: UUID
    lead_id: UUID | None
    lead_kind: str
    lead_words: str
    coordinating_words: str
    responsible_person_id: UUID | None
    responsible_position_id: UUID | None
    competence_body_id: UUID | None
    competence_words: str
    competence_level: str | None
    submitted_to_id: UUID | None
    issuing_words: str
    starts_on: date | None
    deadline_words: str
    deadline_kind: str
    due_on: date | None
    deadline: dict[str, Any]
    first_deadline: dict[str, Any] | None
    report_every: str | None
    submit_deadline_words: str
    submit_due_on: date | None
    accepted_on: date | None
    result_words: str
    money_need: str
    money_amount: int | None
    money_words: str
    people_need: str
    people_days: int | None
    people_words: str
    facilities_need: str
    facilities_words: str
    clarity_pack: str
    clarity: list[dict[str, Any]]
    clear: bool
    note: str
    source: dict[str, Any] | None
    withdrawn_on: date | None
    version: int
    created_at: datetime
    access_class: int

    @property
    def issued(self) -> bool:
        """Whether it was issued once: from then on its first deadline stands for ever."""
        return self.first_deadline is not None
