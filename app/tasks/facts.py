"""What the rules of a pack look at: one frozen value that holds all that the verdicts of a task rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.deadlines.reading import DeadlineKind


class LeadKind(StrEnum):
    """What the words of the lead say: one unit, a collective ("các bộ, ngành"), several named units, or nothing."""

    SINGLE = "single"
    COLLECTIVE = "collective"
    SEVERAL = "several"
    NONE = "none"


class Need(StrEnum):
    """Of a resource: needed, said outright to be none, or not spoken of."""

    SOME = "some"
    NONE = "none"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A deliverable as the rules see it: whether its measure is stated, and who confirms it."""

    measured: bool
    confirmer_id: UUID | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A milestone as the rules see it."""

    kind: DeadlineKind
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource: the need, and whether amount or words say how much."""

    need: Need
    told: bool


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """All that the verdicts rest on, gathered on one day (`on`).

    `event` is the verbatim event a conditional deadline or a period hangs on; `counted` that days are counted from it.
    """

    on: date
    title: str
    described: bool
    lead_kind: LeadKind
    lead_words: str
    lead_id: UUID | None
    lead_living: bool
    lead_head_id: UUID | None
    coordinating_ids: frozenset[UUID]
    responsible_person_id: UUID | None
    responsible_position_id: UUID | None
    responsible_holder_id: UUID | None
    competence_body_id: UUID | None
    competence_living: bool
    competence_words: str
    competence_level: str | None
    submitted_to_id: UUID | None
    starts_on: date | None
    deadline_kind: DeadlineKind
    deadline_words: str
    due_on: date | None
    event: str | None
    counted: bool
    report_every: str | None
    milestones: tuple[Marked, ...]
    deliverables: tuple[Delivered, ...]
    indicators: int
    resources: Mapping[str, Resource]
