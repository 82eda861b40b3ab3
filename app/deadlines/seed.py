"""The rows a new calendar starts from: what the `holidays` package computes, put right by what was announced."""

from collections.abc import Iterable, Iterator
from datetime import date

from holidays.countries.vietnam import Vietnam

from app.deadlines.announced import ANNOUNCED, ANNOUNCED_YEARS, culture_days
from app.deadlines.calendar import CalendarDay, Confidence, DayKind, UnknownYear

# From the Labour Code of 2019, in force since 2021, to the end of the package's table of lunar dates.
FIRST_YEAR, LAST_YEAR = 2021, 2099
_LABOUR_CODE = "Bộ luật Lao động 2019, Điều 112"
_COMPUTED = "PyPI holidays (vacanza), country VN"
# Days of law that fall on the same date every year; every other date is lunar or decided year by year.
_FIXED = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})
_SWAPPED = "Ngày nghỉ (thay cho ngày "
_CULTURE_DAY = "Ngày Văn hóa Việt Nam"
_NATIONAL_DAY = "Quốc khánh"
_COMPENSATED = "(nghỉ bù)"


def seed_days(years: Iterable[int]) -> tuple[CalendarDay, ...]:
    """The calendar rows of those years in date order, one for each day that differs from its weekday.

    Days off, compensation and swaps come from the `holidays` package; announcements win over it. Raises UnknownYear
    for a year the package cannot compute under the law in force.
    """
    wanted = frozenset(years)
    for year in wanted:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise UnknownYear(year, FIRST_YEAR, LAST_YEAR)
    if not wanted:
        return ()
    # A swap may stand in the year before the day it makes up for, so the neighbours are computed too.
    span = range(min(wanted) - 1, max(wanted) + 2)
    rows = {row.day: row for row in (*_computed(span), *culture_days(span), *ANNOUNCED)}
    return tuple(rows[day] for day in sorted(rows) if day.year in wanted)


def _computed(span: range) -> Iterator[CalendarDay]:
    off, of_law = Vietnam(years=span, language="vi"), Vietnam(years=span, observed=False)
    for day, name in off.items():
        # The package counts 24/11 and its compensation as law; what is known of that day is in `announced`.
        if _CULTURE_DAY not in name:
            yield _day_off(day, name, of_law=day in of_law)
    for day in off.weekend_workdays:
        yield CalendarDay(day, DayKind.WORKING_WEEKEND, "Làm bù", Confidence.MEDIUM, _COMPUTED)


def _day_off(day: date, name: str, *, of_law: bool) -> CalendarDay:
    if name.startswith(_SWAPPED):
        return CalendarDay(day, DayKind.SWAPPED_OFF, name, Confidence.MEDIUM, _COMPUTED)
    if not of_law:
        return CalendarDay(day, DayKind.COMPENSATORY, name, _compensated(day, name), _COMPUTED)
    if (day.month, day.day) in _FIXED:
        return CalendarDay(day, DayKind.STATUTORY, name, Confidence.HIGH, _LABOUR_CODE)
    if name == _NATIONAL_DAY:
        return CalendarDay(
            day, DayKind.STATUTORY, f"{name} (ngày liền kề)", _of_year(day, Confidence.LOW), _COMPUTED
        )
    return CalendarDay(day, DayKind.STATUTORY, name, _of_year(day, Confidence.MEDIUM), _COMPUTED)


def _compensated(day: date, name: str) -> Confidence:
    """Compensation of a weekend follows the rule; that of Tết is decided with the whole holiday, year by year."""
    return _of_year(day, Confidence.MEDIUM if _COMPENSATED in name else Confidence.LOW)


def _of_year(day: date, computed: Confidence) -> Confidence:
    return Confidence.HIGH if day.year in ANNOUNCED_YEARS else computed
