"""The working calendar: which days are worked, counted in Hanoi dates, for the years its table covers.

Working week Monday to Friday; days off, compensation and swaps are announced year by year, so they are data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class DayKind(StrEnum):
    """Why a day differs from its weekday. `statutory_pending` is named but not enacted: it is not a day off."""

    STATUTORY = "statutory"
    COMPENSATORY = "compensatory"
    SWAPPED_OFF = "swapped_off"
    WORKING_WEEKEND = "working_weekend"
    STATUTORY_PENDING = "statutory_pending"


_OFF = frozenset({DayKind.STATUTORY, DayKind.COMPENSATORY, DayKind.SWAPPED_OFF})


class Confidence(StrEnum):
    """How sure the row is: announced or fixed by law (high), computed (medium, low), no law found (unconfirmed)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One row of the calendar table: a day that differs from its weekday, with where that is known from."""

    day: date
    kind: DayKind
    name: str
    confidence: Confidence
    source: str


class UnknownYear(LookupError):
    """The calendar was asked for a year its table does not cover."""

    def __init__(self, year: int, first_year: int, last_year: int) -> None:
        super().__init__(f"expected a year from {first_year} to {last_year}, got {year}")
        self.year = year
        self.first_year = first_year
        self.last_year = last_year


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Days that differ from their weekday, for `first_year` to `last_year`, both included."""

    days: Mapping[date, DayKind]
    first_year: int
    last_year: int

    def is_working(self, day: date) -> bool:
        """Whether the day is worked. Raises UnknownYear beyond the table."""
        if not self.first_year <= day.year <= self.last_year:
            raise UnknownYear(day.year, self.first_year, self.last_year)
        kind = self.days.get(day)
        if kind in _OFF:
            return False
        return kind is DayKind.WORKING_WEEKEND or day.weekday() < _SATURDAY

    def next_working_day(self, day: date) -> date:
        """The first working day after this one. Raises UnknownYear beyond the table."""
        return self.add_working_days(day, 1)

    def add_working_days(self, start: date, count: int) -> date:
        """The day `count` working days from start, start itself not counted; back from it if negative.

        Zero is start itself. Raises UnknownYear beyond the table. Source: Bộ luật Dân sự 2015 art. 147 (2).
        """
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days from start to end, both counted; 0 if the end comes first. Raises UnknownYear beyond the table."""
        span = range(start.toordinal(), end.toordinal() + 1)
        return sum(self.is_working(date.fromordinal(ordinal)) for ordinal in span)
