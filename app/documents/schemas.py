"""Inputs of the commands on documents."""

from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.core.inputs import Input, Line, Short, Words

Value = TypeVar("Value")

AccessClass = Annotated[
    int, Field(ge=0, le=2, description="0 public inside the system, 1 internal, 2 restricted")
]
"""How restricted a thing is."""
Term = Annotated[str, Field(pattern=r"^[12][0-9]{3}-[12][0-9]{3}$", examples=["2025-2030"])]
"""A term (nhiệm kỳ) by the years of two congresses."""


def _never_null(value: Value | None) -> Value:
    if value is None:
        raise PydanticCustomError("missing", "a value is required")
    return value


NeverNull = AfterValidator(_never_null)
"""For a PATCH: the field may be left out (it stays), but not set to null."""


class NewClause(Input):
    """A clause as the document numbers it; clauses are given in the document's order."""

    label: Short = Field(examples=["II.1", "Điều 3"])
    text: Words
    under: Short | None = Field(
        default=None, description="label of the clause it stands under, which comes before it"
    )


class RecordDocument(Input):
    """A document as it was issued."""

    number: Short | None = Field(
        default=None, description="number and symbol, verbatim", examples=["23-CTr/ĐU"]
    )
    type: Short = Field(description="symbol of the type", examples=["NQ", "CTr", "QĐ"])
    type_name: Short | None = Field(
        default=None, description="the type in words; required where the symbol has several meanings"
    )
    title: Line
    issuer_id: UUID | None = Field(
        default=None, description="the unit that issued it, where it is known here"
    )
    issuer_words: Short | None = Field(default=None, description="the issuer as printed")
    keeper_id: UUID | None = Field(
        default=None,
        description="the unit that keeps this record and may amend it; the issuer, or else the unit of the caller's post, where not given",
    )
    issued_on: date | None = None
    term: Term | None = None
    access_class: AccessClass = 1
    note: Words | None = None
    clauses: list[NewClause] = Field(default_factory=list, max_length=1_000)


class AmendDocument(Input):
    """Values to change; what is not named stays."""

    number: Short | None = None
    type: Annotated[Short | None, NeverNull] = None
    type_name: Annotated[Short | None, NeverNull] = None
    title: Annotated[Line | None, NeverNull] = None
    issuer_id: UUID | None = None
    issuer_words: Short | None = None
    issued_on: date | None = None
    term: Term | None = None
    access_class: Annotated[AccessClass | None, NeverNull] = None
    note: Words | None = None


class AddClause(NewClause):
    """A clause after the others."""
