"""What holds of the reader for every date, every style of writing and every text."""

import sys
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadlines.phrases import LONGEST, read_deadline
from app.deadlines.reading import DeadlineKind

YEARS = st.integers(2000, 2099)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 30))
MONTHS = st.integers(1, 12)
ROMAN = ("I", "II", "III", "IV")
ONE_DAY = timedelta(days=1)

DAY_STYLES = [
    "{d}/{m}/{y}",
    "{d:02}/{m:02}/{y}",
    "{d}-{m}-{y}",
    "{d}.{m}.{y}",
    "{y}-{m:02}-{d:02}",
    "ngày {d} tháng {m} năm {y}",
    "ngày {d:02} tháng {m:02} năm {y}",
    "ngày {d}/{m}/{y}",
    "{d} tháng {m} năm {y}",
    "ngày {d}, tháng {m}, năm {y}",
    "ngày {d} tháng {m}/{y}",
]
MONTH_STYLES = [
    "{m}/{y}",
    "{m:02}/{y}",
    "tháng {m}/{y}",
    "Tháng {m:02} năm {y}",
    "T{m}/{y}",
    "{m}-{y}",
    "{m:02}.{y}",
    "{y}-{m:02}",
]
QUARTER_STYLES = ["Quý {r}/{y}", "quý {q} năm {y}", "Q{q}/{y}", "QUÝ {r} NĂM {y}", "quý {r}, {y}", "Q{r}-{y}"]
JOINS = ["{} - {}", "{}–{}", "từ {} đến {}", "từ {} đến hết {}", "{} đến {}", "từ {}, đến {}"]

# Pieces of real phrases, so that random texts reach deep into the grammar.
VOCABULARY = (
    "ngày tháng quý năm tuần thứ hằng hàng định kỳ mỗi trước sau từ đến hết chậm nhất trong khi theo và hoặc , ; ( ) - / . : "
    "đầu cuối giữa nửa lần làm việc kể giờ h T Q II IV thường xuyên đột xuất yêu cầu dự kiến nhiệm kỳ giai đoạn tiếp theo những "
    "các trở đi một hai năm sáu mười mươi 0 1 2 6 12 15 31 99 2025 2026 2030 9999 12345 Tỉnh ủy họp nay này … không quá"
)
PIECES = st.sampled_from(VOCABULARY.split())


def first_of_next_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


@given(day=DAYS, style=st.sampled_from(DAY_STYLES))
def test_a_day_is_read_back_however_it_is_written(day: date, style: str):
    reading = read_deadline(style.format(d=day.day, m=day.month, y=day.year))

    assert (reading.kind, reading.due_on) == (DeadlineKind.DAY, day)


@given(day=DAYS, style=st.sampled_from(DAY_STYLES))
def test_before_a_day_ends_one_day_earlier_than_until_it(day: date, style: str):
    words = style.format(d=day.day, m=day.month, y=day.year)

    before, until = read_deadline(f"trước {words}"), read_deadline(f"đến {words}")

    assert (before.due_on, until.due_on) == (day - ONE_DAY, day)
    assert (before.strict, until.strict) == (True, False)


@given(year=YEARS, month=MONTHS, style=st.sampled_from(MONTH_STYLES))
def test_a_month_is_due_the_day_before_the_next_begins(year: int, month: int, style: str):
    reading = read_deadline(style.format(m=month, y=year))

    assert (reading.kind, reading.due_on) == (DeadlineKind.MONTH, first_of_next_month(year, month) - ONE_DAY)


@given(year=YEARS, quarter=st.integers(1, 4), style=st.sampled_from(QUARTER_STYLES))
def test_a_quarter_is_due_the_day_before_the_next_begins(year: int, quarter: int, style: str):
    reading = read_deadline(style.format(q=quarter, r=ROMAN[quarter - 1], y=year))

    assert (reading.kind, reading.due_on) == (
        DeadlineKind.QUARTER,
        first_of_next_month(year, 3 * quarter) - ONE_DAY,
    )


@given(
    ends=st.tuples(DAYS, DAYS),
    first_style=st.sampled_from(DAY_STYLES),
    last_style=st.sampled_from(DAY_STYLES),
    join=st.sampled_from(JOINS),
)
def test_a_range_of_days_is_read_back_or_refused_backwards(
    ends, first_style: str, last_style: str, join: str
):
    first, last = ends
    words = join.format(
        first_style.format(d=first.day, m=first.month, y=first.year),
        last_style.format(d=last.day, m=last.month, y=last.year),
    )

    reading = read_deadline(words)

    if first <= last:
        assert (reading.kind, reading.starts_on, reading.due_on) == (DeadlineKind.RANGE, first, last)
    else:
        assert reading.kind is DeadlineKind.UNREAD


@given(day=st.integers(0, 40), month=st.integers(0, 20), year=YEARS, style=st.sampled_from(DAY_STYLES))
def test_a_day_is_read_exactly_if_it_exists(day: int, month: int, year: int, style: str):
    reading = read_deadline(style.format(d=day, m=month, y=year))

    try:
        assert reading.due_on == date(year, month, day)
    except ValueError:
        assert (reading.kind, reading.due_on) == (DeadlineKind.UNREAD, None)


@given(day=DAYS, year=YEARS)
def test_a_day_without_a_year_falls_in_the_document_s_year_or_nowhere(day: date, year: int):
    reading = read_deadline(f"trước ngày {day.day}/{day.month}", year=year)

    try:
        assert reading.due_on == date(year, day.month, day.day) - ONE_DAY
        assert reading.assumed_year
    except ValueError:
        assert reading.kind is DeadlineKind.UNREAD


@given(
    day=DAYS,
    count=st.integers(1, 999),
    unit=st.sampled_from(["ngày", "ngày làm việc", "tuần", "tháng", "năm"]),
)
def test_a_period_keeps_its_count_and_the_day_of_its_event(day: date, count: int, unit: str):
    reading = read_deadline(f"trong {count} {unit} kể từ ngày {day.day}/{day.month}/{day.year}")

    assert reading.period is not None
    assert (reading.period.count, reading.period.event_on, reading.period.before) == (count, day, False)


texts = st.text() | st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=12).map("".join)


@given(words=texts, year=st.none() | st.integers())
def test_any_text_gives_a_reading_that_keeps_its_words(words: str, year: int | None):
    reading = read_deadline(words, year=year)

    assert reading.words == unicodedata.normalize("NFC", words)
    assert (reading.why is not None) == (reading.kind is DeadlineKind.UNREAD)
    assert (reading.recurrence is not None) >= (reading.kind is DeadlineKind.RECURRING)
    if reading.starts_on and reading.due_on:
        assert reading.starts_on <= reading.due_on
    if reading.why:
        assert reading.why.vi
        assert (reading.starts_on, reading.due_on, reading.recurrence, reading.period) == (
            None,
            None,
            None,
            None,
        )


@given(words=st.text())
def test_a_text_without_any_number_has_no_day(words: str):
    numberless = "".join(letter for letter in words if not letter.isalnum() or letter.isalpha())
    reading = read_deadline(numberless)

    assert (reading.starts_on, reading.due_on) == (None, None)


@given(words=texts)
def test_no_year_is_read_that_does_not_stand_in_the_words(words: str):
    reading = read_deadline(words)

    digits = "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else " " for letter in reading.words
    )
    years = {int(run) for run in digits.split()}
    for day in (reading.starts_on, reading.due_on):
        assert day is None or {day.year, (day - ONE_DAY).year, (day + ONE_DAY).year} & years


def calls(words: str) -> int:
    """How many Python calls the reader makes: its work, told in steps and not in seconds."""
    count = 0

    def counting(_frame, event: str, _arg) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        read_deadline(words)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "quý I, ",
        "hằng năm, ",
        "tháng 6 và ",
        "2025 - ",
        "trước ",
        "theo a, 6, ",
        "sau khi a, đầu cuối ",
        "từ a đến ",
        "6/6/",
        "mươi ",
        "(",
        "1",
        "trước họp 5 ngày, ",
    ],
)
def test_twice_the_words_are_at_most_about_twice_the_work(piece: str):
    half = piece * (LONGEST // 2 // len(piece))
    calls(half)

    assert calls(half + half) <= 2.5 * calls(half) + 500
