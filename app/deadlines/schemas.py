"""Inputs of the commands on the working calendar."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.core.inputs import Input, Line
from app.deadlines.calendar import Confidence

DayKind = Literal["statutory", "compensatory", "swapped_off", "working_weekend", "statutory_pending"]


class RecordCalendarDay(Input):
    """A day off, or a weekend day that is worked."""

    day: date
    kind: DayKind
    name: Line
    source: Line = Field(description="document or publication it rests on")
    confidence: Confidence = Confidence.HIGH
    basis_id: UUID | None = None


class AmendCalendarDay(Input):
    """Values to change; what is not named stays."""

    kind: DayKind | None = None
    name: Line | None = None
    source: Line | None = None
    confidence: Confidence | None = None
    basis_id: UUID | None = None
