"""Inputs of the commands on programmes."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.inputs import Input, Line, Words
from app.documents.schemas import AccessClass, NeverNull, Term

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", examples=["cthd-2026"])]
"""A slug: letters, digits, dot, dash, underscore; at most 64."""
RulePack = Annotated[str, Field(pattern="^(six|seven)-ro$", examples=["six-ro", "seven-ro"])]
"""The dated rules by which its tasks are clear: of six or of seven."""
Printed = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)]
"""Words as printed, which may be none; at most 1,000 characters."""
PrintedCode = Annotated[str, StringConstraints(strip_whitespace=True, max_length=50)]
"""A number as printed, which may be none; at most 50 characters."""
Budget = Annotated[int, Field(ge=0, le=10**15, description="money it asks for, đồng; not given: not stated")]
Kind = Literal["programme_of_action", "work_programme", "plan"]
GroupKind = Literal["tasks", "indicators", "both"]


class ParentReference(Input):
    """What a programme makes concrete: one document or one programme."""

    document_id: UUID | None = None
    programme_id: UUID | None = None


class NewGroup(Input):
    """A content group as printed; groups are given in the annex's order."""

    code: PrintedCode = Field(default="", description="number as printed", examples=["I"])
    title: Printed
    annex: PrintedCode = Field(default="", description="annex as printed", examples=["Phụ lục II"])
    kind: GroupKind = "both"
    under: PrintedCode | None = Field(
        default=None,
        description="code of the group it stands under: the nearest one before it in the same annex",
    )


class DraftProgramme(Input):
    """A programme in draft, with what it makes concrete, whom it addresses and its groups."""

    code: Code
    title: Line
    kind: Kind
    owner_id: UUID = Field(description="the unit that answers for the programme")
    document_id: UUID | None = Field(default=None, description="the document that carries it")
    term: Term | None = None
    starts_on: date
    ends_on: date | None = Field(default=None, description="last day, where the programme sets one")
    rule_pack: RulePack
    moves_off_rest_days: bool = Field(
        default=False, description="whether a fixed date on a rest day moves to the next working day"
    )
    note: Words | None = None
    budget: Budget | None = None
    access_class: AccessClass = 1
    parents: list[ParentReference] = Field(default_factory=list, max_length=50)
    addressee_ids: list[UUID] = Field(default_factory=list, max_length=2_000)
    groups: list[NewGroup] = Field(default_factory=list, max_length=500)


class AmendProgramme(Input):
    """Values to change; what is not named stays."""

    code: Annotated[Code | None, NeverNull] = None
    title: Annotated[Line | None, NeverNull] = None
    kind: Annotated[Kind | None, NeverNull] = None
    document_id: UUID | None = None
    term: Term | None = None
    starts_on: Annotated[date | None, NeverNull] = None
    ends_on: date | None = None
    rule_pack: Annotated[RulePack | None, NeverNull] = None
    moves_off_rest_days: Annotated[bool | None, NeverNull] = None
    note: Words | None = None
    budget: Budget | None = None
    access_class: Annotated[AccessClass | None, NeverNull] = None


class ProposeProgramme(Input):
    """The proposing of a draft, as it stands."""


class SendProgrammeBack(Input):
    """The return of a proposed or approved programme to its owner; say why in `reason`."""


class ApproveProgramme(Input):
    """The approval of a proposed programme with its budget."""

    document_id: UUID | None = Field(default=None, description="the document that approves it")


class IssueProgramme(Input):
    """The issuing of a draft, or of an approved programme where it has a budget."""

    issued_on: date | None = Field(default=None, description="date of issue; today where not given")
    document_id: UUID | None = Field(
        default=None, description="the document that carries it, where not yet named"
    )


class AddressProgramme(Input):
    """Every unit the programme addresses from now on; each with all units below it."""

    unit_ids: list[UUID] = Field(max_length=2_000)


class AddParent(ParentReference):
    """One more document or programme that the programme makes concrete."""


class RemoveParent(ParentReference):
    """A document or programme that the programme no longer names."""


class AddGroup(NewGroup):
    """A content group after the others, or after the last one under the same group."""


class AmendGroup(Input):
    """Values of a content group to change; what is not named stays."""

    group_id: UUID
    code: Annotated[PrintedCode | None, NeverNull] = None
    title: Annotated[Printed | None, NeverNull] = None
    kind: Annotated[GroupKind | None, NeverNull] = None
