"""The day a deadline falls due and whether it is kept: decisions on Hanoi dates the caller gives, never stored."""

import calendar as months
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum

from app.core.text import Text
from app.deadlines.calendar import UnknownYear, WorkingCalendar
from app.deadlines.reading import DeadlineKind, DeadlineReading, Period, PeriodUnit

_MONTHS = 12
_DAYS = {PeriodUnit.DAY: 1, PeriodUnit.WEEK: 7}
_MONTHS_OF = {PeriodUnit.MONTH: 1, PeriodUnit.YEAR: _MONTHS}


class Timeliness(StrEnum):
    """Done or not, in time or not, as of a day. Computed from the deadline in force, never stored.

    `not_applicable`: no day is owed (ongoing, conditional, open-ended). `missing`: nobody wrote a deadline; `unread`:
    nobody has read it. None of the three counts in a share of overdue tasks.
    """

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    UNREAD = "unread"


TIMELINESS_NAMES = {
    Timeliness.IN_TIME: Text("trong hạn", "in time"),
    Timeliness.DUE_SOON: Text("sắp đến hạn", "due soon"),
    Timeliness.OVERDUE: Text("quá hạn", "overdue"),
    Timeliness.DONE_IN_TIME: Text("đúng hạn", "completed in time"),
    Timeliness.DONE_LATE: Text("trễ hạn", "completed late"),
    Timeliness.NOT_APPLICABLE: Text("không áp dụng", "not applicable"),
    Timeliness.MISSING: Text("chưa có thời hạn", "no deadline given"),
    Timeliness.UNREAD: Text("chưa đọc được thời hạn", "deadline not read"),
}
_WITHOUT_DAY = {DeadlineKind.MISSING: Timeliness.MISSING, DeadlineKind.UNREAD: Timeliness.UNREAD}


def due_day(
    reading: DeadlineReading,
    calendar: WorkingCalendar,
    *,
    moves_off_rest_days: bool = False,
    event_on: date | None = None,
) -> date | None:
    """The last permitted day, None where none is owed (ongoing, recurring as a whole, event not happened yet).

    A fixed date stays where it is unless the programme says otherwise (`moves_off_rest_days`); a period that ends on
    a rest day ends on the next working day. `event_on` is the day the period's event happened. Raises UnknownYear
    where the calendar is needed and its table ends. Source: Bộ luật Dân sự 2015 art. 147, 148.
    """
    if reading.kind in {DeadlineKind.ONGOING, DeadlineKind.RECURRING}:
        return None
    if reading.period is not None:
        return _end_of_period(reading.period, calendar, reading.period.event_on or event_on)
    return _moved(reading.due_on, calendar) if reading.due_on and moves_off_rest_days else reading.due_on


def due_days(
    reading: DeadlineReading,
    calendar: WorkingCalendar,
    *,
    start: date,
    end: date,
    moves_off_rest_days: bool = False,
) -> Iterator[date]:
    """The due days of a recurring duty whose instances end from start to end, within the bounds of its series.

    Moving off rest days may take the last of them beyond the end. Nothing for a reading that does not recur.
    """
    if reading.recurrence is None:
        return
    first, last = max(start, reading.starts_on or start), min(end, reading.due_on or end)
    for day in reading.recurrence.occurrences(first, last):
        yield _moved(day, calendar) if moves_off_rest_days else day


def timeliness(
    due_on: date | None, done_on: date | None, today: date, kind: DeadlineKind, *, soon_days: int
) -> Timeliness:
    """Whether the deadline is kept as of `today`; done after today does not count as done yet.

    `due_on` is the deadline in force, of one instance if the duty recurs. Due soon: `soon_days` days or fewer are left
    (0: on the day itself). Ongoing work is never late, whatever its bounds.
    """
    if kind is DeadlineKind.ONGOING:
        return Timeliness.NOT_APPLICABLE
    if due_on is None:
        return _WITHOUT_DAY.get(kind, Timeliness.NOT_APPLICABLE)
    if done_on is not None and done_on <= today:
        return Timeliness.DONE_IN_TIME if done_on <= due_on else Timeliness.DONE_LATE
    if today > due_on:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if (due_on - today).days <= soon_days else Timeliness.IN_TIME


def _moved(day: date, calendar: WorkingCalendar) -> date:
    return day if calendar.is_working(day) else calendar.next_working_day(day)


def _end_of_period(period: Period, calendar: WorkingCalendar, event_on: date | None) -> date | None:
    if event_on is None:
        return None
    if period.before:
        # "At least five days before" would be broken by moving later, and no law moves a day earlier.
        return _counted(period, calendar, event_on, -period.count)
    return _moved(_counted(period, calendar, event_on, period.count), calendar)


def _counted(period: Period, calendar: WorkingCalendar, start: date, count: int) -> date:
    """The day so many units from start, start not counted; the month's last day where it has no such day."""
    if period.unit is PeriodUnit.WORKING_DAY:
        return calendar.add_working_days(start, count)
    if period.unit in _DAYS:
        return start + timedelta(days=count * _DAYS[period.unit])
    year, month = divmod(start.year * _MONTHS + start.month - 1 + count * _MONTHS_OF[period.unit], _MONTHS)
    if not MINYEAR <= year <= MAXYEAR:
        raise UnknownYear(year, calendar.first_year, calendar.last_year)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))
