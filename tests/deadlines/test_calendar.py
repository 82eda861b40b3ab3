"""The working calendar and the rows it starts from."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadlines.calendar import DayKind, UnknownYear, WorkingCalendar
from app.deadlines.seed import seed_days

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
KNOWN = json.loads((DATA / "holidays-vn.json").read_text(encoding="utf-8"))["days"]
YEARS = (2026, 2027)
SEED = WorkingCalendar({row.day: row.kind for row in seed_days(YEARS)}, *YEARS)
PLAIN = WorkingCalendar({}, *YEARS)
DAYS = st.dates(date(2026, 3, 1), date(2027, 10, 1))


def test_the_seed_agrees_with_the_known_days_in_date_kind_and_confidence():
    seeded = [(row.day.isoformat(), row.kind.value, row.confidence.value) for row in seed_days(YEARS)]

    assert seeded == [(known["date"], known["kind"], known["confidence"]) for known in KNOWN]


def test_every_seeded_row_has_a_name_and_a_source():
    assert [row for row in seed_days(range(2021, 2040)) if not (row.name and row.source)] == []


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 2), False),  # Friday swapped off, which the package misses
        (date(2026, 1, 10), True),  # the Saturday worked for it
        (date(2026, 2, 18), False),  # Tết
        (date(2026, 4, 27), False),  # compensation of Giỗ Tổ on a Sunday
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 11, 24), True),  # named a day off, not enacted
        (date(2027, 11, 24), True),
        (date(2026, 6, 26), True),
        (date(2026, 6, 27), False),
    ],
)
def test_a_day_is_worked_or_not(day: date, working: bool):  # noqa: FBT001 - a table's column
    assert SEED.is_working(day) is working


def test_the_compensation_of_a_day_off_that_is_not_enacted_is_not_seeded():
    # 24/11/2029 is a Saturday: the package gives the Monday after it.
    assert date(2029, 11, 26) not in {row.day for row in seed_days([2029])}


def test_only_the_years_asked_for_are_seeded_one_row_a_day_in_order():
    days = [row.day for row in seed_days([2029, 2024])]

    assert {day.year for day in days} == {2024, 2029}
    assert days == sorted(set(days))
    assert seed_days([]) == ()


@pytest.mark.parametrize("year", [2020, 2100])
def test_a_year_beyond_the_law_or_the_lunar_table_is_not_seeded(year: int):
    with pytest.raises(UnknownYear, match=f"got {year}"):
        seed_days([2026, year])


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2028, 1, 1)])
def test_a_day_beyond_the_table_is_unknown_and_not_simply_a_weekday(day: date):
    with pytest.raises(UnknownYear) as unknown:
        SEED.is_working(day)

    assert (unknown.value.year, unknown.value.first_year, unknown.value.last_year) == (day.year, 2026, 2027)


def test_counting_past_the_table_is_unknown():
    with pytest.raises(UnknownYear):
        SEED.add_working_days(date(2027, 12, 31), 1)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # Friday before Tết to the Monday after
        (date(2026, 1, 1), 1, date(2026, 1, 5)),  # over the swapped Friday and the weekend
        (date(2026, 1, 9), 1, date(2026, 1, 10)),  # into the worked Saturday
        (date(2026, 6, 1), 5, date(2026, 6, 8)),
        (date(2026, 6, 6), 0, date(2026, 6, 6)),
        (date(2026, 6, 8), -5, date(2026, 6, 1)),
    ],
)
def test_working_days_are_counted_without_the_first(start: date, count: int, end: date):
    assert SEED.add_working_days(start, count) == end


def test_the_next_working_day_is_never_the_day_itself():
    assert SEED.next_working_day(date(2026, 6, 26)) == date(2026, 6, 29)
    assert SEED.next_working_day(date(2026, 6, 27)) == date(2026, 6, 29)


def test_working_days_between_counts_both_ends():
    assert SEED.working_days_between(date(2026, 6, 1), date(2026, 6, 5)) == 5
    assert SEED.working_days_between(date(2026, 6, 6), date(2026, 6, 7)) == 0
    assert SEED.working_days_between(date(2026, 6, 5), date(2026, 6, 1)) == 0


@given(start=DAYS, count=st.integers(1, 40))
def test_the_day_counted_to_is_worked_and_as_many_working_days_away(start: date, count: int):
    end = SEED.add_working_days(start, count)

    assert SEED.is_working(end)
    assert SEED.working_days_between(start + timedelta(days=1), end) == count


@given(start=DAYS, count=st.integers(1, 40))
def test_counting_back_undoes_counting_on_from_a_worked_day(start: date, count: int):
    worked = start if SEED.is_working(start) else SEED.next_working_day(start)

    assert SEED.add_working_days(SEED.add_working_days(worked, count), -count) == worked


@given(start=DAYS, weeks=st.integers(0, 12))
def test_without_exceptions_a_week_has_five_working_days(start: date, weeks: int):
    assert PLAIN.working_days_between(start, start + timedelta(days=7 * weeks - 1)) == 5 * weeks


@given(day=DAYS, kind=st.sampled_from(DayKind))
def test_a_row_decides_its_day_whatever_the_weekday(day: date, kind: DayKind):
    calendar = WorkingCalendar({day: kind}, *YEARS)

    expected = {DayKind.WORKING_WEEKEND: True, DayKind.STATUTORY_PENDING: PLAIN.is_working(day)}.get(
        kind, False
    )

    assert calendar.is_working(day) is expected
