"""The day something falls due, and whether it is kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadlines.calendar import UnknownYear, WorkingCalendar
from app.deadlines.phrases import read_deadline
from app.deadlines.reading import DeadlineKind
from app.deadlines.rules import TIMELINESS_NAMES, Timeliness, due_day, due_days, timeliness
from app.deadlines.seed import seed_days

YEARS = (2026, 2027)
CALENDAR = WorkingCalendar({row.day: row.kind for row in seed_days(YEARS)}, *YEARS)
DUE = date(2026, 6, 30)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("words", "stays", "moves"),
    [
        ("đến 28/6/2026", date(2026, 6, 28), date(2026, 6, 29)),  # a Sunday
        ("trước 28/6/2026", date(2026, 6, 27), date(2026, 6, 29)),
        ("tháng 5/2026", date(2026, 5, 31), date(2026, 6, 1)),
        ("17/02/2026", date(2026, 2, 17), date(2026, 2, 23)),  # the first day of Tết
        ("10/01/2026", date(2026, 1, 10), date(2026, 1, 10)),  # a worked Saturday
        ("Quý II/2026", DUE, DUE),
    ],
)
def test_a_fixed_date_moves_off_a_rest_day_only_where_the_programme_says_so(
    words: str, stays: date, moves: date
):
    reading = read_deadline(words)

    assert due_day(reading, CALENDAR) == stays
    assert due_day(reading, CALENDAR, moves_off_rest_days=True) == moves


@pytest.mark.parametrize(
    ("words", "event_on", "due_on"),
    [
        ("trong 30 ngày kể từ ngày ký", date(2026, 6, 1), date(2026, 7, 1)),
        ("trong 26 ngày kể từ ngày ký", date(2026, 6, 1), date(2026, 6, 29)),  # the 27th is a Saturday
        ("trong 5 ngày làm việc kể từ ngày ký", date(2026, 6, 1), date(2026, 6, 8)),
        ("trong 1 ngày làm việc kể từ ngày ký", date(2026, 2, 13), date(2026, 2, 23)),
        ("trong 2 tuần kể từ ngày ký", date(2026, 6, 1), date(2026, 6, 15)),
        ("trong 1 tháng kể từ ngày ký", date(2026, 1, 30), date(2026, 3, 2)),  # 28/2 is a Saturday
        ("trong 3 tháng kể từ ngày ký", date(2026, 11, 30), date(2027, 3, 1)),  # 28/2/2027 is a Sunday
        ("trong 1 năm kể từ ngày ký", date(2026, 6, 1), date(2027, 6, 1)),
        ("chậm nhất 3 ngày làm việc trước phiên họp", date(2026, 6, 10), date(2026, 6, 5)),
        (
            "10 ngày trước phiên họp",
            date(2026, 6, 10),
            date(2026, 5, 31),
        ),  # a Sunday: later would be too late
        ("1 tháng trước phiên họp", date(2026, 3, 31), date(2026, 2, 28)),
    ],
)
def test_a_period_runs_from_its_event_without_the_first_day(words: str, event_on: date, due_on: date):
    assert due_day(read_deadline(words), CALENDAR, event_on=event_on) == due_on


def test_a_period_whose_event_has_its_day_in_the_words_needs_no_other():
    reading = read_deadline("trong 30 ngày kể từ ngày 01/6/2026")

    assert due_day(reading, CALENDAR) == date(2026, 7, 1)
    assert due_day(reading, CALENDAR, event_on=date(2027, 1, 1)) == date(2026, 7, 1)


@pytest.mark.parametrize(
    "words",
    [
        "Thường xuyên trong năm 2026",
        "hằng năm",
        "tháng 3 và tháng 9/2026",
        "từ năm 2026",
        "sau khi họp",
        "",
        "quý này",
    ],
)
def test_where_no_day_is_owed_there_is_none(words: str):
    assert due_day(read_deadline(words), CALENDAR, moves_off_rest_days=True) is None


def test_a_period_is_not_due_before_its_event_happened():
    assert due_day(read_deadline("trong 30 ngày kể từ ngày ký"), CALENDAR) is None


def test_the_calendar_is_needed_only_where_a_day_may_move():
    reading = read_deadline("31/12/2030")

    assert due_day(reading, CALENDAR) == date(2030, 12, 31)
    with pytest.raises(UnknownYear, match="got 2030"):
        due_day(reading, CALENDAR, moves_off_rest_days=True)


@pytest.mark.parametrize(
    "words", ["trong 9999 năm kể từ ngày ký", "9999 năm trước phiên họp", "trong 9999 tuần kể từ ngày ký"]
)
def test_a_period_beyond_the_table_is_unknown(words: str):
    with pytest.raises(UnknownYear):
        due_day(read_deadline(words), CALENDAR, event_on=date(2026, 6, 1))


def test_a_series_gives_the_due_days_within_its_bounds():
    reading = read_deadline("hằng quý, từ tháng 6/2026 đến hết năm 2026")

    whole = list(due_days(reading, CALENDAR, start=date(2026, 1, 1), end=date(2027, 12, 31)))
    summer = list(due_days(reading, CALENDAR, start=date(2026, 7, 1), end=date(2026, 9, 30)))

    assert whole == [date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]
    assert summer == [date(2026, 9, 30)]


def test_the_due_days_of_a_series_move_where_the_programme_says_so():
    reading = read_deadline("hằng tháng")
    start, end = date(2026, 2, 1), date(2026, 3, 31)

    stays = list(due_days(reading, CALENDAR, start=start, end=end))
    moves = list(due_days(reading, CALENDAR, start=start, end=end, moves_off_rest_days=True))

    assert (stays[0], moves[0]) == (date(2026, 2, 28), date(2026, 3, 2))
    assert stays[1:] == moves[1:] == [date(2026, 3, 31)]


def test_a_deadline_that_does_not_recur_has_no_series():
    assert list(due_days(read_deadline("2026"), CALENDAR, start=date(2026, 1, 1), end=date(2027, 1, 1))) == []


@pytest.mark.parametrize(
    ("done_on", "today", "expected"),
    [
        (None, date(2026, 6, 22), Timeliness.IN_TIME),
        (None, date(2026, 6, 23), Timeliness.DUE_SOON),
        (None, DUE, Timeliness.DUE_SOON),
        (None, date(2026, 7, 1), Timeliness.OVERDUE),
        (DUE, date(2026, 7, 1), Timeliness.DONE_IN_TIME),
        (date(2026, 1, 1), date(2026, 1, 1), Timeliness.DONE_IN_TIME),
        (date(2026, 7, 1), date(2026, 7, 1), Timeliness.DONE_LATE),
        (date(2026, 7, 5), date(2026, 7, 2), Timeliness.OVERDUE),  # as of a day before it was done
    ],
)
def test_timeliness_is_done_or_not_and_in_time_or_not(
    done_on: date | None, today: date, expected: Timeliness
):
    assert timeliness(DUE, done_on, today, DeadlineKind.DAY, soon_days=7) is expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (DeadlineKind.ONGOING, Timeliness.NOT_APPLICABLE),
        (DeadlineKind.CONDITIONAL, Timeliness.NOT_APPLICABLE),
        (DeadlineKind.OPEN_ENDED, Timeliness.NOT_APPLICABLE),
        (DeadlineKind.PERIOD, Timeliness.NOT_APPLICABLE),
        (DeadlineKind.MISSING, Timeliness.MISSING),
        (DeadlineKind.UNREAD, Timeliness.UNREAD),
    ],
)
def test_without_a_day_ongoing_missing_and_unread_stay_apart(kind: DeadlineKind, expected: Timeliness):
    assert timeliness(None, None, DUE, kind, soon_days=7) is expected
    assert timeliness(None, DUE, DUE, kind, soon_days=7) is expected


def test_ongoing_work_is_never_late_whatever_its_bounds():
    assert (
        timeliness(DUE, None, DUE + timedelta(days=1), DeadlineKind.ONGOING, soon_days=7)
        is Timeliness.NOT_APPLICABLE
    )


def test_a_condition_that_got_its_day_is_kept_or_not():
    assert (
        timeliness(DUE, None, DUE + timedelta(days=1), DeadlineKind.CONDITIONAL, soon_days=7)
        is Timeliness.OVERDUE
    )


@given(due_on=DAYS, today=DAYS, soon_days=st.integers(0, 60))
def test_only_a_deadline_behind_is_overdue(due_on: date, today: date, soon_days: int):
    found = timeliness(due_on, None, today, DeadlineKind.DAY, soon_days=soon_days)

    assert (found is Timeliness.OVERDUE) == (today > due_on)
    assert (found is Timeliness.DUE_SOON) == (0 <= (due_on - today).days <= soon_days)


@given(due_on=DAYS, done_on=DAYS, late=st.integers(0, 400))
def test_what_was_done_in_time_stays_so(due_on: date, done_on: date, late: int):
    found = timeliness(due_on, done_on, done_on + timedelta(days=late), DeadlineKind.DAY, soon_days=7)

    assert found is (Timeliness.DONE_IN_TIME if done_on <= due_on else Timeliness.DONE_LATE)


def test_every_timeliness_has_its_words():
    assert set(TIMELINESS_NAMES) == set(Timeliness)
    assert TIMELINESS_NAMES[Timeliness.DONE_LATE].vi == "trễ hạn"
    assert TIMELINESS_NAMES[Timeliness.OVERDUE].vi == "quá hạn"
