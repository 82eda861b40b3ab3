"""The working calendar as editable data: days that are not what their weekday says."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Table

from app.core.columns import created_column, day, id_column, link, version_column, words
from app.core.database import metadata
from app.core.rows import stored

calendar_day = Table(
    "calendar_day",
    metadata,
    id_column("one day of the calendar"),
    day("day", "the day, in Hanoi"),
    words(
        "kind",
        "statutory, compensatory, swapped_off, working_weekend or statutory_pending (worked until enacted)",
    ),
    words("name", "what the day is"),
    words("source", "document or publication it rests on"),
    words("confidence", "high, medium, low or unconfirmed"),
    link("basis_id", "document", "basis document, where it is recorded", null=True),
    version_column(),
    created_column(),
    CheckConstraint(
        "kind IN ('statutory', 'compensatory', 'swapped_off', 'working_weekend', 'statutory_pending')",
        name="kind",
    ),
    CheckConstraint("confidence IN ('high', 'medium', 'low', 'unconfirmed')", name="confidence"),
    Index("uq_calendar_day_day", "day", unique=True),
    comment="Days off and worked weekend days; any other day is worked from Monday to Friday",
)


@stored(calendar_day, kind="calendar")
@dataclass(frozen=True, slots=True)
class CalendarDayRow:
    """A day that is not what its weekday says."""

    id: UUID
    day: date
    kind: str
    name: str
    source: str
    confidence: str
    basis_id: UUID | None
    version: int
    created_at: datetime
