"""Inputs of the commands on units."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.inputs import Input, Line, Short

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", examples=["DU-CQDTW-VP"])]
"""A slug: letters, digits, dot, dash, underscore; at most 64."""


class FoundUnit(Input):
    """A new unit."""

    code: Code
    name: Line
    abbreviation: Short | None = None
    kind: Short = Field(examples=["dang_bo_co_so"])
    level: Literal["centre", "province", "commune"]
    parent_id: UUID | None = None
    agency_id: UUID | None = Field(default=None, description="the agency whose Party organisation this is")
    official_code: Short | None = None
    founded_on: date | None = Field(
        default=None, description="first day; today where not given and not known to be earlier"
    )
    aliases: list[Line] = Field(default_factory=list, max_length=50)
    basis_id: UUID | None = None


class RenameUnit(Input):
    """Another name from a day on; what it was called before stays readable as of any earlier day."""

    name: Line
    abbreviation: Short | None = None
    since: date | None = Field(default=None, description="first day of the new name; today where not given")
    basis_id: UUID | None = None


class MoveUnit(Input):
    """Another parent from a day on."""

    parent_id: UUID | None
    since: date | None = Field(
        default=None, description="first day under the new parent; today where not given"
    )
    widens: bool = Field(
        default=False,
        description="whether powers given over the new superiors take the unit in; otherwise they stay as they were",
    )
    basis_id: UUID | None = None


class EndUnit(Input):
    """The end of a unit, and who carries on."""

    how: Literal["merged", "split", "dissolved"]
    successor_ids: list[UUID] = Field(default_factory=list, max_length=50)
    since: date | None = Field(
        default=None, description="first day on which the unit no longer is; today where not given"
    )
    basis_id: UUID | None = None


class AliasUnit(Input):
    """Another name under which papers mention the unit."""

    alias: Line
