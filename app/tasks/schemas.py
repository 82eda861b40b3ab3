"""Inputs of the commands on tasks."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from app.core.inputs import Input, Line, Words
from app.documents.schemas import AccessClass, NeverNull
from app.indicators.schemas import Source

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]
"""What is to be done: annexes put whole lists of papers into one title."""
Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=50)]
"""A number as printed, e.g. `II.3`; empty where the row has none."""
Annex = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Phrase = Annotated[str, StringConstraints(max_length=2_000)]
"""Words of a deadline, kept as they were given."""
Ordinal = Annotated[int, Field(ge=1, le=10_000)]
Money = Annotated[int, Field(ge=0, le=2**53 - 1, examples=[420_000_000])]
"""Đồng; up to what every JSON reader holds exactly."""
Days = Annotated[int, Field(ge=0, le=10_000_000, examples=[160])]
"""Working days of one person."""
Quantity = Annotated[Decimal, Field(ge=0, max_digits=20, decimal_places=6, examples=["14.5"])]
Score = Annotated[Decimal, Field(ge=0, le=1, max_digits=5, decimal_places=4, examples=["0.8667"])]

LeadKindWord = Literal["single", "collective", "several", "none"]
NeedWord = Literal["some", "none", "unstated"]
RhythmWord = Literal["weekly", "monthly", "quarterly", "half_yearly", "yearly"]


class GivenCoordinator(Input):
    """A coordinating unit; a collective phrase or an unknown name is given by its words alone."""

    unit_id: UUID | None = None
    words: Phrase = Field(
        default="", description="the name as printed", examples=["các bộ, ngành, địa phương"]
    )


class GivenCandidate(Input):
    """A unit the words of the lead may mean."""

    unit_id: UUID
    words: Phrase = Field(default="", description="the part of the words it was found for")
    score: Score = Field(default=Decimal(1), description="likeness of the names, 0–1")


class GivenMilestone(Input):
    """What is reached on the way, and by when."""

    title: Line
    deadline_words: Phrase = Field(
        default="", description="by when, verbatim; the service reads it", examples=["tháng 3/2026"]
    )
    due_on: date | None = Field(default=None, description="the day itself, where the words do not give it")


class GivenDeliverable(Input):
    """A product, how it is measured, and who confirms it."""

    title: Title
    measure: Words = Field(
        default="", description="what is measured or counted", examples=["Số bản in phát hành tới chi bộ"]
    )
    quantity: Quantity | None = Field(default=None, description="how much of it")
    unit_words: Phrase = Field(default="", description="unit of measure, verbatim", examples=["bản"])
    confirmer_id: UUID | None = Field(
        default=None, description="the unit that confirms it; another than the lead"
    )


class GivenBasis(Input):
    """A document the task follows from, or a clause of it."""

    document_id: UUID
    clause_id: UUID | None = None


class TaskContent(Input):
    """What is said of a task. Words stay as given; the service keeps its reading beside them."""

    annex: Annex = Field(
        default="", description="annex it is printed in; empty for the main list", examples=["Phụ lục II"]
    )
    number: Number = Field(default="", description="number as printed", examples=["1.", "II.3"])
    ordinal: Ordinal = Field(
        default=1, description="which of the rows of this number, where an annex prints it twice"
    )
    kind: Literal["scheme", "task"] = Field(default="task", description="scheme (đề án) or task (nhiệm vụ)")
    description: Words = ""
    group_id: UUID | None = Field(default=None, description="content group of the same programme")
    lead_id: UUID | None = Field(default=None, description="the one lead unit")
    lead_kind: LeadKindWord | None = Field(
        default=None, description="what the words of the lead say; single where only lead_id is given"
    )
    lead_words: Words = Field(
        default="", description="the lead as printed", examples=["Bộ Khoa học và Công nghệ"]
    )
    candidates: list[GivenCandidate] = Field(
        default_factory=list, max_length=50, description="while no lead is settled"
    )
    coordinating: list[GivenCoordinator] = Field(default_factory=list, max_length=300)
    coordinating_words: Words = Field(default="", description="the coordinating units as printed")
    responsible_person_id: UUID | None = Field(
        default=None, description="who answers for it; a person or a post, not both"
    )
    responsible_position_id: UUID | None = None
    competence_body_id: UUID | None = Field(default=None, description="the body competent to decide")
    competence_words: Words = ""
    competence_level: Literal["decides", "submits"] | None = Field(
        default=None, description="whether it decides, or submits"
    )
    submitted_to_id: UUID | None = Field(
        default=None, description="the body its product is submitted to (trình)"
    )
    issuing_words: Words = Field(
        default="", description="who issues its product (ban hành), and in what form"
    )
    starts_on: date | None = Field(
        default=None, description="first day; read from the deadline's words where they say it"
    )
    deadline_words: Phrase = Field(
        default="", description="the deadline as printed; the service reads it", examples=["Quý II/2026"]
    )
    deadline_kind: Literal["day"] | None = Field(default=None, description="day: due_on is given outright")
    due_on: date | None = Field(
        default=None, description="last permitted day, where the words are empty or do not give it"
    )
    report_every: RhythmWord | None = Field(default=None, description="how often an ongoing task is reported")
    submit_deadline_words: Phrase = Field(default="", description="when its product is to be submitted")
    submit_due_on: date | None = None
    milestones: list[GivenMilestone] = Field(default_factory=list, max_length=100)
    deliverables: list[GivenDeliverable] = Field(default_factory=list, max_length=100)
    result_words: Words = Field(default="", description="the result as printed")
    indicator_ids: list[UUID] = Field(default_factory=list, max_length=100, description="indicators it moves")
    basis_documents: list[GivenBasis] = Field(default_factory=list, max_length=50)
    money_need: NeedWord = "unstated"
    money_amount: Money | None = Field(default=None, description="funds needed, đồng")
    money_words: Words = ""
    people_need: NeedWord = "unstated"
    people_days: Days | None = Field(default=None, description="people needed, working days of one person")
    people_words: Words = ""
    facilities_need: NeedWord = "unstated"
    facilities_words: Words = ""
    access_class: AccessClass | None = Field(
        default=None, description="not below its programme's, which it is where not given"
    )
    note: Words = ""


class TaskDraft(TaskContent):
    """A new task."""

    title: Title
    unplanned: bool = Field(default=False, description="đột xuất; stays marked for ever")


class DraftTask(TaskDraft):
    """A new task of a programme."""

    programme_id: UUID


class ImportedTask(TaskDraft):
    """A new task read from a file."""

    source: Source


def _without_defaults(schema: dict[str, Any]) -> None:
    """Takes defaults out of a JSON Schema: a client that filled them in would clear what it never meant to touch."""
    for one in schema["properties"].values():
        one.pop("default", None)


class AmendTask(TaskContent):
    """Values to change; what is not named stays. Lists are given as a whole; rows that did not change keep their ids."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=_without_defaults)

    title: Title = Field(default_factory=str)
    access_class: Annotated[AccessClass | None, NeverNull] = None


class CorrectedTask(AmendTask):
    """Values changed by a corrected file."""

    source: Source | None = None


class LinkIndicators(Input):
    """Indicators to link beside those linked already."""

    indicator_ids: list[UUID] = Field(min_length=1, max_length=100)


class WithdrawTask(Input):
    """The end of a draft that was never issued. The reason stands beside, as with every command."""
