"""Inputs of the commands on powers."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.inputs import Input, Short
from app.documents.schemas import AccessClass

Power = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z_]+$", examples=["programme.approve"])]
"""A power's code; /v1/words lists them."""
Amount = Annotated[int, Field(ge=0, le=10**15, description="largest amount of one act, đồng; none: no limit")]
Highest = Annotated[
    int, Field(ge=0, le=2, description="highest class: 0 public inside the system, 1 internal, 2 restricted")
]


class GivePowers(Input):
    """Powers for a position: which, over whose matters, how far, how long, by which document."""

    position_id: UUID
    powers: list[Power] = Field(min_length=1, max_length=100)
    unit_id: UUID = Field(description="the unit whose matters the powers are about")
    subtree: bool = Field(default=True, description="with all units below it")
    strict: bool = Field(default=False, description="only the units below it, never the unit itself")
    max_amount: Amount | None = None
    max_class: Highest = 1
    since: date | None = Field(default=None, description="first day; today where not given")
    until: date | None = Field(default=None, description="last day, where set from the start")
    max_depth: int = Field(
        default=1, ge=0, le=2, description="how many delegations may stand on it; 0: not to be delegated"
    )
    basis_id: UUID = Field(description="the document that gives the powers")


class EmpowerPosition(Input):
    """The powers usual for a position's office, over the organisation it reaches."""

    since: date | None = Field(default=None, description="first day; today where not given")
    until: date | None = Field(default=None, description="last day, where set from the start")
    basis_id: UUID = Field(description="the document that gives the powers")


class WithdrawPowers(Input):
    """The end of a grant."""

    since: date | None = Field(default=None, description="first day without it; today where not given")


class LendPowers(Input):
    """Powers one holder lends another: never wider than what they stand on, and always until a day."""

    from_holding_id: UUID = Field(description="the holding of the one who delegates")
    to_holding_id: UUID = Field(description="the holding of the one who will act")
    grant_id: UUID | None = Field(default=None, description="the grant it stands on")
    delegation_id: UUID | None = Field(
        default=None, description="the delegation it stands on, where one is passed on"
    )
    powers: list[Power] = Field(min_length=1, max_length=100)
    unit_id: UUID = Field(description="the unit whose matters the powers are about")
    subtree: bool = True
    strict: bool = False
    max_amount: Amount | None = None
    max_class: Highest = 1
    since: date | None = Field(default=None, description="first day; today where not given")
    until: date = Field(description="last day")
    may_sub: bool = Field(default=False, description="whether it may be passed on")
    basis_id: UUID = Field(description="the document that delegates")


class RevokeDelegation(Input):
    """The end of a delegation before its time."""

    since: date | None = Field(default=None, description="first day without it; today where not given")


class Inquire(Input):
    """By what right may a person use a power on a matter, on a day; without a person: who may."""

    person_id: UUID | None = Field(default=None, description="whom it is about; not given: whoever may")
    power: Power
    object_kind: Short | None = Field(default=None, description="kind of the object", examples=["programme"])
    object_id: UUID | None = Field(default=None, description="the object")
    unit_id: UUID | None = Field(
        default=None, description="the unit whose matter it is, where no object is named"
    )
    amount: Amount | None = Field(default=None, description="the amount, đồng, where no object is named")
    access_class: AccessClass = Field(default=0, description="the class, where no object is named")
    on: date | None = Field(default=None, description="the day; today where not given")
    known_at: datetime | None = Field(
        default=None, description="as known at this instant; as known now where not given"
    )


class KeepApart(Input):
    """Two powers one person may not both exercise on one object."""

    power_a: Power
    power_b: Power
    basis_id: UUID | None = Field(default=None, description="the document that says so")


class Rejoin(Input):
    """The two powers may meet in one person again."""

    since: date | None = Field(default=None, description="first day; today where not given")


class DeclareInterest(Input):
    """An interest of a person in an object: he takes no decision on it, nor lends power for it."""

    person_id: UUID
    object_kind: Short
    object_id: UUID
    why: Short


class EndInterest(Input):
    """The interest is no longer."""

    since: date | None = Field(default=None, description="first day without it; today where not given")
