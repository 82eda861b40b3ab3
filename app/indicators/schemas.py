"""Inputs of the commands on indicators."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.core.inputs import Input, Line, Words
from app.indicators.rules import PERIOD, RollUp

Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=50)]
"""A number as printed in an annex, e.g. `11.10`; empty where the line has none."""
Annex = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Period = Annotated[str, Field(pattern=PERIOD, examples=["2030", "2026-Q4", "2026-11"])]
"""A year, a quarter or a month."""
Figure = Annotated[Decimal, Field(max_digits=40, decimal_places=10, examples=["14.5"])]
"""A decimal with a point."""
Share = Annotated[Decimal, Field(ge=0, le=1, max_digits=9, decimal_places=8, examples=["0.25"])]
Ordinal = Annotated[int, Field(ge=1, le=10_000)]


class GivenTarget(Input):
    """What is to be reached by the end of a period, in the words of the paper; the service reads them."""

    words: Words = Field(
        description="verbatim, e.g. ≥ 80; empty for a heading line", examples=["≥ 80", "40 - 50"]
    )
    period: Period
    baseline_words: Line | None = Field(
        default=None, description="starting point, verbatim", examples=["88 (năm 2025)"]
    )
    baseline_value: Figure | None = Field(
        default=None, description="starting value; read from its words where not given"
    )
    baseline_on: date | None = Field(
        default=None, description="day of the starting value; read from its words where not given"
    )


class Source(Input):
    """Which rows of which file a line was imported from."""

    import_id: UUID
    digest: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file, hex")
    sheet: Line | None = None
    first_row: int = Field(ge=1)
    last_row: int = Field(ge=1)


class IndicatorDraft(Input):
    """A line of an annex."""

    number: Number = ""
    annex: Annex = ""
    ordinal: Ordinal | None = Field(
        default=None, description="which line of this number; needed to keep two of one number"
    )
    title: Line
    group_id: UUID | None = None
    parent_id: UUID | None = Field(default=None, description="the indicator it is a part of")
    parent_number: Number | None = Field(
        default=None, description="number of that indicator in the annex, instead of its id"
    )
    unit_words: Line | None = Field(
        default=None, description="unit of measure, verbatim", examples=["%", "Thứ bậc"]
    )
    lead_id: UUID | None = Field(default=None, description="the unit that follows and measures it")
    lead_words: Line | None = Field(default=None, description="the lead as printed, verbatim")
    source_words: Line | None = Field(default=None, description="where its figures come from")
    definition: Words | None = None
    rollup: RollUp = "none"
    share: Share | None = Field(default=None, description="weight within its parent, 0–1")
    note: Words | None = None
    targets: list[GivenTarget] = Field(default_factory=list, max_length=50)

    @model_validator(mode="after")
    def _one_parent(self) -> Self:
        if self.parent_id is not None and self.parent_number is not None:
            raise PydanticCustomError("one_parent", "either parent_id or parent_number")
        return self


class DraftIndicator(IndicatorDraft):
    """A new indicator of a programme."""

    programme_id: UUID


class ImportedIndicator(IndicatorDraft):
    """A new indicator read from a file."""

    source: Source


class AmendIndicator(Input):
    """Values to change; what is not named stays. Targets are given as a whole, in order."""

    number: Number | None = None
    annex: Annex | None = None
    ordinal: Ordinal | None = None
    title: Line | None = None
    group_id: UUID | None = None
    parent_id: UUID | None = None
    unit_words: Line | None = None
    lead_id: UUID | None = None
    lead_words: Line | None = None
    source_words: Line | None = None
    definition: Words | None = None
    rollup: RollUp | None = None
    share: Share | None = None
    note: Words | None = None
    targets: list[GivenTarget] | None = Field(default=None, max_length=50)

    @field_validator("number", "annex", "ordinal", "title", "rollup", "targets", mode="after")
    @classmethod
    def _not_cleared(cls, value: object) -> object:
        # Runs for values that were sent: null clears a value, and these cannot be without one.
        if value is None:
            raise PydanticCustomError("missing", "cannot be null")
        return value


class CorrectedIndicator(AmendIndicator):
    """Values changed by a corrected file."""

    source: Source | None = None


class MeasureIndicator(Input):
    """A figure for a period, as a number, in words, or both."""

    period: Period
    scope: Annex = Field(
        default="",
        description="which part of the target it is about; empty for the whole",
        examples=["Đông Nam Á"],
    )
    value: Figure | None = Field(default=None, description="in the unit and multiplier of the target")
    words: Line | None = Field(default=None, description="in words, for what has no number", examples=["Đạt"])
    measured_on: date | None = Field(
        default=None, description="day the figure was taken; today where not given"
    )
    source_words: Line | None = Field(default=None, description="where the figure comes from")
    document_id: UUID | None = Field(default=None, description="document the figure stands in")
    replaces_id: UUID | None = Field(default=None, description="the current figure this one corrects")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.value is None and self.words is None:
            raise PydanticCustomError("missing", "value or words")
        return self
