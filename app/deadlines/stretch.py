"""A stretch of the calendar as words name it: what they leave out is left out, and may be filled from its neighbour."""

import calendar
from dataclasses import dataclass, replace
from datetime import date

from app.deadlines.reading import Granularity
from app.deadlines.reasons import (
    HALF_OF_WHAT,
    NO_SUCH_DAY,
    NO_SUCH_MONTH,
    NO_SUCH_QUARTER,
    YEAR_OUT,
    Unreadable,
)
from app.deadlines.recurrence import YearPoint

FIRST_YEAR, LAST_YEAR = 1900, 2199
_LEAP_YEAR = 2000
MONTHS = 12
_QUARTER = 3
_HALF = 6
_MID_MONTH = 15


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months `first` to `last` of `year`, or one day of the month when `level` is day (`day` None: its last).

    A day without months ("ngày 15 hằng tháng") has `first` and `last` None.
    """

    level: Granularity
    year: int | None = None
    first: int | None = None
    last: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year is not None and not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise Unreadable(YEAR_OUT.filled(year=self.year, first=FIRST_YEAR, last=LAST_YEAR))
        if self.day is not None and not 1 <= self.day <= self._length():
            raise Unreadable(NO_SUCH_DAY.filled(day=self.day, month=self.last or "…"))

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.level is Granularity.DAY

    @property
    def needs_month(self) -> bool:
        """Whether it is a day whose month is not said."""
        return self.last is None

    def in_year(self, year: int | None) -> "Stretch":
        """The same in that year, if it has none of its own. Unreadable if that year has no such day."""
        return self if self.year is not None or year is None else replace(self, year=year)

    def in_month_of(self, other: "Stretch") -> "Stretch":
        """The same in the other day's month, if it has none of its own."""
        if not self.needs_month or not other.is_day:
            return self
        return replace(self, first=other.first, last=other.last)

    def first_day(self) -> date:
        """Its first day; year and month must be known."""
        return self.last_day() if self.is_day else date(self._year, self.first or 1, 1)

    def last_day(self) -> date:
        """Its last day; year and month must be known."""
        return date(self._year, self.last or MONTHS, self.day or self._length())

    def point(self, *, strict: bool) -> YearPoint:
        """Its end as a point of every year; strict: the day before its beginning. Its month must be known."""
        if strict and not self.is_day:
            return YearPoint(self.first or 1, 1, strict=True)
        return YearPoint(self.last or MONTHS, self.day, strict)

    @property
    def _year(self) -> int:
        return self.year if self.year is not None else _LEAP_YEAR

    def _length(self) -> int:
        return calendar.monthrange(self._year, self.last or MONTHS)[1]


def year_stretch(year: int | None) -> Stretch:
    """A whole year."""
    return Stretch(Granularity.YEAR, year, 1, MONTHS)


def quarter_stretch(quarter: int) -> Stretch:
    """A quarter, 1 to 4."""
    if not 1 <= quarter <= MONTHS // _QUARTER:
        raise Unreadable(NO_SUCH_QUARTER.filled(quarter=quarter))
    return Stretch(Granularity.QUARTER, None, quarter * _QUARTER - 2, quarter * _QUARTER)


def month_stretch(month: int, year: int | None = None) -> Stretch:
    """A month, 1 to 12."""
    return Stretch(Granularity.MONTH, year, real_month(month), month)


def day_stretch(day: int, month: int | None = None, year: int | None = None) -> Stretch:
    """A day, of a month if one is said."""
    return Stretch(Granularity.DAY, year, None if month is None else real_month(month), month, day)


def months_at(edge: str, count: int) -> Stretch:
    """The first or last `count` months of a year: three are a quarter, six a half-year."""
    if not 1 <= count <= MONTHS:
        raise Unreadable(NO_SUCH_MONTH.filled(month=count))
    first = 1 if edge == "first" else MONTHS - count + 1
    level = {_QUARTER: Granularity.QUARTER, _HALF: Granularity.HALF_YEAR, MONTHS: Granularity.YEAR}.get(
        count, Granularity.MONTH
    )
    return Stretch(level, None, first, first + count - 1)


def edge_of(stretch: Stretch, edge: str) -> Stretch:
    """The beginning, middle or end of a stretch, which is one day.

    Source: Bộ luật Dân sự 2015 art. 146: đầu tháng, đầu năm are the first day; giữa tháng is the 15th, giữa năm
    30/6; cuối tháng, cuối năm the last day. First and last day of a quarter or half-year by the same rule.
    """
    if edge == "first":
        return Stretch(Granularity.DAY, stretch.year, stretch.first, stretch.first, 1)
    if edge == "last":
        return Stretch(Granularity.DAY, stretch.year, stretch.last, stretch.last)
    if stretch.level is Granularity.MONTH:
        return Stretch(Granularity.DAY, stretch.year, stretch.last, stretch.last, _MID_MONTH)
    if stretch.level is Granularity.YEAR:
        return Stretch(Granularity.DAY, stretch.year, _HALF, _HALF)
    raise Unreadable(HALF_OF_WHAT)


def real_month(month: int) -> int:
    """The month, if it is one; else Unreadable."""
    if not 1 <= month <= MONTHS:
        raise Unreadable(NO_SUCH_MONTH.filled(month=month))
    return month
