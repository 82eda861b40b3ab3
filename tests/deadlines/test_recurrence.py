"""Days on which a recurring duty ends."""

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadlines.recurrence import Every, Recurrence, YearPoint, at_ends_of

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
POINTS = st.builds(YearPoint, st.integers(1, 12), st.none() | st.integers(1, 28), st.booleans())


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        (Every.YEARLY, ["2026-12-31"]),
        (Every.HALF_YEARLY, ["2026-06-30", "2026-12-31"]),
        (Every.QUARTERLY, ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
    ],
)
def test_a_round_without_points_ends_with_each_part_of_the_year(every: Every, expected: list[str]):
    recurrence = Recurrence(every, at_ends_of(every))

    assert [
        day.isoformat() for day in recurrence.occurrences(date(2026, 1, 1), date(2026, 12, 31))
    ] == expected


def test_a_point_the_month_does_not_have_is_its_last_day():
    monthly = Recurrence(Every.MONTHLY, tuple(YearPoint(month, 31) for month in range(1, 13)))
    leap = Recurrence(Every.YEARLY, (YearPoint(2, 29),))

    assert list(monthly.occurrences(date(2026, 2, 1), date(2026, 4, 30))) == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]
    assert list(leap.occurrences(date(2027, 1, 1), date(2028, 12, 31))) == [
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_before_the_first_of_march_is_the_last_of_february():
    before_march = Recurrence(Every.YEARLY, (YearPoint(3, 1, strict=True),))

    assert list(before_march.occurrences(date(2027, 1, 1), date(2028, 12, 31))) == [
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_before_new_year_falls_in_the_year_before():
    before_new_year = Recurrence(Every.YEARLY, (YearPoint(1, 1, strict=True),))

    assert list(before_new_year.occurrences(date(2026, 1, 1), date(2026, 12, 31))) == [date(2026, 12, 31)]


def test_occurrences_are_lazy_to_the_end_of_the_calendar():
    monthly = Recurrence(Every.MONTHLY, at_ends_of(Every.MONTHLY))

    assert list(islice(monthly.occurrences(date.min, date.max), 2)) == [date(1, 1, 31), date(1, 2, 28)]
    assert list(monthly.occurrences(date(9999, 11, 1), date.max)) == [date(9999, 11, 30), date(9999, 12, 31)]


def test_points_tell_their_months_and_common_day():
    same = Recurrence(Every.HALF_YEARLY, (YearPoint(6, 15), YearPoint(12, 15)))
    mixed = Recurrence(Every.HALF_YEARLY, (YearPoint(6, 15), YearPoint(12, 1)))

    assert (same.months, same.day, same.month_end) == ((6, 12), 15, False)
    assert (mixed.months, mixed.day, mixed.month_end) == ((6, 12), None, False)


@given(points=st.lists(POINTS, max_size=6).map(tuple), start=DAYS, length=st.integers(0, 1500))
def test_occurrences_are_the_days_that_are_points_in_ascending_order(
    points: tuple[YearPoint, ...], start: date, length: int
):
    end = start + timedelta(days=length)
    every_day = [start + timedelta(days=count) for count in range(length + 1)]

    def ends(day: date, point: YearPoint) -> bool:
        named = day + timedelta(days=1) if point.strict else day
        last_of_month = (named + timedelta(days=1)).month != named.month
        return named.month == point.month and (named.day == point.day if point.day else last_of_month)

    expected = [day for day in every_day if any(ends(day, point) for point in points)]

    assert list(Recurrence(Every.YEARLY, points).occurrences(start, end)) == expected


@given(weekday=st.integers(0, 6), start=DAYS, length=st.integers(0, 100))
def test_a_weekly_duty_ends_on_every_such_weekday(weekday: int, start: date, length: int):
    every_day = [start + timedelta(days=count) for count in range(length + 1)]
    weekly = Recurrence(Every.WEEKLY, weekday=weekday)

    assert list(weekly.occurrences(start, every_day[-1])) == [
        day for day in every_day if day.weekday() == weekday
    ]
