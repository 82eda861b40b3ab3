"""Inputs of the commands on persons and positions."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.inputs import Input, Line, Short

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", examples=["CVP"])]
Office = Literal["secretary", "deputy", "head", "member", "specialist", "inspector", "integration"]


class EnrolPerson(Input):
    """A person or service account."""

    code: Code
    name: Line
    kind: Literal["person", "service"] = "person"
    unit_id: UUID = Field(description="the unit that enrols: whose branch the act lies in")
    invented: bool = Field(default=False, description="an invented person of a demo")


class AmendPerson(Input):
    """Values to change; what is not named stays."""

    name: Line | None = None
    disabled: bool | None = None


class EstablishPosition(Input):
    """A position in a unit."""

    code: Code
    unit_id: UUID
    title: Short
    office: Office
    head: bool = False
    ordinal: int = Field(default=100, ge=0, le=10_000)


class Appoint(Input):
    """A person takes the position."""

    person_id: UUID
    kind: Literal["substantive", "acting"] = "substantive"
    since: date | None = Field(default=None, description="first day; today where not given")
    until: date | None = Field(default=None, description="last day, where set from the start")
    basis_id: UUID | None = Field(default=None, description="document of the appointment")


class Relieve(Input):
    """A person leaves the position."""

    person_id: UUID
    since: date | None = Field(
        default=None, description="first day without the position; today where not given"
    )


Scope = Annotated[
    str,
    Field(
        pattern=r"^(read|[a-z]+\.[a-z_]*)$",
        max_length=64,
        description="read; a power such as task.amend; or task. for all powers of that kind",
        examples=["read", "task."],
    ),
]


class CreatePersonalToken(Input):
    """A token for oneself."""

    name: Short = Field(description="one's own name for it, e.g. where it is used")
    scopes: list[Scope] = Field(
        min_length=1,
        max_length=50,
        description="what it narrows one's powers to; every token reads what its person sees, and read alone does no more",
    )
    days: int = Field(default=90, ge=1, le=365, description="how long it can be used")
