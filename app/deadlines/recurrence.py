"""Deadlines that come back: on which days of the year, month or week an instance ends."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

_ONE_DAY = timedelta(days=1)
_WEEK = 7


class Every(StrEnum):
    """The round of a recurring duty, from the coarsest to the finest."""

    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"


ROUNDS_A_YEAR = {Every.YEARLY: 1, Every.HALF_YEARLY: 2, Every.QUARTERLY: 4, Every.MONTHLY: 12}


@dataclass(frozen=True, slots=True, order=True)
class YearPoint:
    """A day of every year. `day` None is the month's last day; `strict` means the day before it is the last permitted.

    A day the month has not (29/2 in a common year, 31 of a monthly duty) is the month's last day.
    """

    month: int
    day: int | None = None
    strict: bool = False

    def in_year(self, year: int) -> date:
        """The last permitted day of this point's instance of that year (may fall in the year before, if strict)."""
        length = calendar.monthrange(year, self.month)[1]
        named = date(year, self.month, min(self.day or length, length))
        return named - _ONE_DAY if self.strict and named > date.min else named


@dataclass(frozen=True, slots=True)
class Recurrence:
    """One instance ends on each of `points`, every year; a weekly duty has a `weekday` (Monday 0) instead."""

    every: Every
    points: tuple[YearPoint, ...] = ()
    weekday: int | None = None

    @property
    def months(self) -> tuple[int, ...]:
        """Months in which an instance is named, in order, each once."""
        return tuple(sorted({point.month for point in self.points}))

    @property
    def day(self) -> int | None:
        """The day of the month that all instances share, None if they differ or end with the month."""
        days = {point.day for point in self.points}
        return days.pop() if len(days) == 1 else None

    @property
    def month_end(self) -> bool:
        """Whether every instance ends with its month."""
        return bool(self.points) and all(point.day is None and not point.strict for point in self.points)

    def occurrences(self, start: date, end: date) -> Iterator[date]:
        """Last permitted days from start to end, both included, ascending. Lazy, so a far end costs nothing."""
        found = self._weekly(start, end) if self.weekday is not None else self._yearly(start, end)
        yield from found

    def _weekly(self, start: date, end: date) -> Iterator[date]:
        first = start.toordinal() + ((self.weekday or 0) - start.weekday()) % _WEEK
        for ordinal in range(first, end.toordinal() + 1, _WEEK):
            yield date.fromordinal(ordinal)

    def _yearly(self, start: date, end: date) -> Iterator[date]:
        # "trước ngày 1/1" of the year after the end still falls inside it.
        for year in range(start.year, min(end.year + 1, MAXYEAR) + 1):
            for day in sorted({point.in_year(year) for point in self.points}):
                if start <= day <= end:
                    yield day


def at_ends_of(every: Every) -> tuple[YearPoint, ...]:
    """The year points of a round that says no more: the last day of each year, half, quarter or month."""
    length = 12 // ROUNDS_A_YEAR[every]
    return tuple(YearPoint(month) for month in range(length, 13, length))
