"""The general reader of deadline wording, phrase by phrase."""

import unicodedata
from datetime import date

import pytest

from app.deadlines import reasons
from app.deadlines.phrases import read_deadline
from app.deadlines.reading import DeadlineKind, DeadlineReading, Granularity, Period, PeriodUnit
from app.deadlines.recurrence import Every, YearPoint

DOCUMENT_YEAR = 2026


def ends(words: str) -> date | None:
    return read_deadline(words).due_on


def span(reading: DeadlineReading) -> tuple[date | None, date | None]:
    return reading.starts_on, reading.due_on


def points(words: str) -> tuple[YearPoint, ...]:
    reading = read_deadline(words)
    assert reading.kind is DeadlineKind.RECURRING
    assert reading.recurrence is not None
    return reading.recurrence.points


@pytest.mark.parametrize(
    ("words", "kind", "due_on"),
    [
        ("15/6/2026", "day", date(2026, 6, 15)),
        ("15-06-2026", "day", date(2026, 6, 15)),
        ("15.6.2026", "day", date(2026, 6, 15)),
        ("2026-06-15", "day", date(2026, 6, 15)),
        ("2026/06/15", "day", date(2026, 6, 15)),
        ("ngày 15 tháng 6 năm 2026", "day", date(2026, 6, 15)),
        ("ngày 15, tháng 6, năm 2026", "day", date(2026, 6, 15)),
        ("15 tháng 6/2026", "day", date(2026, 6, 15)),
        ("ngày mười lăm tháng sáu năm 2026", "day", date(2026, 6, 15)),
        ("ngày mùng 1 tháng 6 năm 2026", "day", date(2026, 6, 1)),
        ("ngày 6-9/2026", "day", date(2026, 9, 6)),
        ("29/2/2028", "day", date(2028, 2, 29)),
        ("thứ Sáu, ngày 19/6/2026", "day", date(2026, 6, 19)),
        ("tháng 9 năm 2026", "month", date(2026, 9, 30)),
        ("T9/2026", "month", date(2026, 9, 30)),
        ("Th.9/2026", "month", date(2026, 9, 30)),
        ("9-2026", "month", date(2026, 9, 30)),
        ("09.2026", "month", date(2026, 9, 30)),
        ("2026-09", "month", date(2026, 9, 30)),
        ("tháng 2/2028", "month", date(2028, 2, 29)),
        ("tháng tư năm 2026", "month", date(2026, 4, 30)),
        ("tháng năm năm 2026", "month", date(2026, 5, 31)),
        ("tháng cuối quý II/2026", "month", date(2026, 6, 30)),
        ("Quý II/2026", "quarter", date(2026, 6, 30)),
        ("quý 2 năm 2026", "quarter", date(2026, 6, 30)),
        ("Q2/2026", "quarter", date(2026, 6, 30)),
        ("QII/2026", "quarter", date(2026, 6, 30)),
        ("quý hai năm 2026", "quarter", date(2026, 6, 30)),
        ("Quý II (2026)", "quarter", date(2026, 6, 30)),
        ("Quý IV - 2026", "quarter", date(2026, 12, 31)),
        ("3 tháng cuối năm 2026", "quarter", date(2026, 12, 31)),
        ("6 tháng đầu năm 2026", "half_year", date(2026, 6, 30)),
        ("sáu tháng cuối năm 2026", "half_year", date(2026, 12, 31)),
        ("nửa đầu năm 2026", "half_year", date(2026, 6, 30)),
        ("nửa năm cuối 2026", "half_year", date(2026, 12, 31)),
        ("2026", "year", date(2026, 12, 31)),
        ("năm 2026", "year", date(2026, 12, 31)),
        ("trong năm 2026", "year", date(2026, 12, 31)),
        ("đến năm 2030", "year", date(2030, 12, 31)),
        ("từ nay đến hết năm 2026", "year", date(2026, 12, 31)),
        ("tháng cuối năm 2026", "month", date(2026, 12, 31)),
        ("quý cuối năm 2026", "quarter", date(2026, 12, 31)),
        ("cuối ngày 15/6/2026", "day", date(2026, 6, 15)),
        ("2026-06-15 00:00:00", "day", date(2026, 6, 15)),
        ("15/06/2026 00:00", "day", date(2026, 6, 15)),
        ("2026-06-15T00:00:00", "day", date(2026, 6, 15)),
        ("nhân dịp 3/2/2027", "day", date(2027, 2, 3)),
        ("không chậm quá ngày 15/6/2026", "day", date(2026, 6, 15)),
        ("QuýII/2026", "quarter", date(2026, 6, 30)),
        ("6T đầu năm 2026", "half_year", date(2026, 6, 30)),
        ("suốt năm 2026", "year", date(2026, 12, 31)),
        ("Khởi công quý II/2026", "quarter", date(2026, 6, 30)),
        ("Lộ trình đến 2030", "year", date(2030, 12, 31)),
        ("đến năm 2030, tầm nhìn đến năm 2045", "year", date(2030, 12, 31)),
        ("đến năm 2030, định hướng 2045", "year", date(2030, 12, 31)),
    ],
)
def test_one_stretch_of_the_calendar_is_due_on_its_last_day(words: str, kind: str, due_on: date):
    reading = read_deadline(words)

    assert (reading.kind, reading.due_on, reading.starts_on) == (kind, due_on, None)
    assert (reading.strict, reading.assumed_year, reading.why) == (False, False, None)


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        ("đầu năm 2026", date(2026, 1, 1)),
        ("giữa năm 2026", date(2026, 6, 30)),
        ("cuối năm 2026", date(2026, 12, 31)),
        ("đầu tháng 6/2026", date(2026, 6, 1)),
        ("giữa tháng 6/2026", date(2026, 6, 15)),
        ("cuối tháng 2/2026", date(2026, 2, 28)),
        ("ngày cuối cùng của tháng 2/2028", date(2028, 2, 29)),
        ("cuối quý III/2026", date(2026, 9, 30)),
        ("nửa đầu tháng 6/2026", date(2026, 6, 15)),
        ("cuối 6 tháng đầu năm 2026", date(2026, 6, 30)),
        ("thượng tuần tháng 6/2026", date(2026, 6, 10)),
        ("trung tuần tháng 6/2026", date(2026, 6, 20)),
        ("hạ tuần tháng 2/2026", date(2026, 2, 28)),
    ],
)
def test_beginning_middle_and_end_are_the_days_the_civil_code_names(words: str, due_on: date):
    assert (read_deadline(words).kind, ends(words)) == ("day", due_on)


@pytest.mark.parametrize(
    ("words", "kind", "due_on"),
    [
        ("Trình Ban Thường vụ tháng 6/2026", "month", date(2026, 6, 30)),
        ("Trình Bộ Chính trị, Ban Bí thư trong quý II/2026", "quarter", date(2026, 6, 30)),
        ("Trình cấp có thẩm quyền ban hành trong năm 2026", "year", date(2026, 12, 31)),
        ("Trình Quốc hội tại kỳ họp tháng 10/2026", "month", date(2026, 10, 31)),
        ("Phiên họp Ban Thường vụ tháng 6/2026", "month", date(2026, 6, 30)),
        ("Xây dựng xong trong quý II/2026", "quarter", date(2026, 6, 30)),
        ("Báo cáo kết quả trước 15/12/2026", "day", date(2026, 12, 14)),
        ("Tháng 12/2026 (trình Ban Thường vụ)", "month", date(2026, 12, 31)),
        ("Quý IV/2026 (báo cáo sơ kết)", "quarter", date(2026, 12, 31)),
        ("Quý IV/2026 (kỳ họp thứ 10)", "quarter", date(2026, 12, 31)),
        ("Năm 2026 (theo Kế hoạch số 05-KH/TU)", "year", date(2026, 12, 31)),
        ("Quý II/2026 (1)", "quarter", date(2026, 6, 30)),
        ("Quý II/2026*", "quarter", date(2026, 6, 30)),
    ],
)
def test_words_on_the_act_the_body_or_a_note_do_not_move_the_date(words: str, kind: str, due_on: date):
    assert (read_deadline(words).kind, ends(words)) == (kind, due_on)


@pytest.mark.parametrize(
    "until", ["đến", "đến hết", "hết", "chậm nhất", "chậm nhất là", "không quá", "muộn nhất", "không sau"]
)
@pytest.mark.parametrize("head", ["", "ngày "])
def test_words_of_until_include_the_day_they_name(until: str, head: str):
    assert ends(f"{until} {head}30/6/2026") == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        ("trước 30/6/2026", date(2026, 6, 29)),
        ("đến trước ngày 30/6/2026", date(2026, 6, 29)),
        ("hoàn thành trước ngày 01 tháng 3 năm 2028", date(2028, 2, 29)),
        ("trước tháng 6/2026", date(2026, 5, 31)),
        ("trước Quý II/2026", date(2026, 3, 31)),
        ("trước năm 2030", date(2029, 12, 31)),
        ("trước 0 giờ ngày 15/6/2026", date(2026, 6, 14)),
        ("trước thứ Sáu, ngày 19/6/2026", date(2026, 6, 18)),
    ],
)
def test_before_excludes_what_it_names(words: str, due_on: date):
    reading = read_deadline(words)

    assert (reading.due_on, reading.strict) == (due_on, True)


@pytest.mark.parametrize(
    "words", ["trước 17 giờ ngày 15/6/2026", "trước 17h00 ngày 15/6/2026", "trước 17:30, 15/6/2026"]
)
def test_before_an_hour_still_permits_that_day(words: str):
    reading = read_deadline(words)

    assert (reading.due_on, reading.strict) == (date(2026, 6, 15), False)


@pytest.mark.parametrize(
    ("words", "starts_on", "due_on", "granularity"),
    [
        ("2026–2030", date(2026, 1, 1), date(2030, 12, 31), "year"),
        ("giai đoạn 2026 - 2030", date(2026, 1, 1), date(2030, 12, 31), "year"),
        ("Kế hoạch 5 năm 2026 - 2030", date(2026, 1, 1), date(2030, 12, 31), "year"),
        ("Năm 2026, 2027 và 2028", date(2026, 1, 1), date(2028, 12, 31), "year"),
        ("từ năm 2026, đến năm 2030", date(2026, 1, 1), date(2030, 12, 31), "year"),
        ("nhiệm kỳ 2025-2030", date(2025, 1, 1), date(2030, 12, 31), "term"),
        ("đến hết nhiệm kỳ 2025 - 2030", date(2025, 1, 1), date(2030, 12, 31), "term"),
        ("6/2025 - 12/2026", date(2025, 6, 1), date(2026, 12, 31), "month"),
        ("tháng 6-9/2026", date(2026, 6, 1), date(2026, 9, 30), "month"),
        ("T6-T9/2026", date(2026, 6, 1), date(2026, 9, 30), "month"),
        ("tháng 6, 7/2026", date(2026, 6, 1), date(2026, 7, 31), "month"),
        ("9 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 9, 30), "month"),
        ("2025-6/2026", date(2025, 1, 1), date(2026, 6, 30), "month"),
        ("từ Quý IV/2025 đến tháng 6/2026", date(2025, 10, 1), date(2026, 6, 30), "month"),
        ("quý I-III/2026", date(2026, 1, 1), date(2026, 9, 30), "quarter"),
        ("quý 1, 2/2026", date(2026, 1, 1), date(2026, 6, 30), "quarter"),
        ("quý IV/2025 và quý I/2026", date(2025, 10, 1), date(2026, 3, 31), "quarter"),
        ("bắt đầu quý I/2026, hoàn thành quý IV/2026", date(2026, 1, 1), date(2026, 12, 31), "quarter"),
        ("15-20/6/2026", date(2026, 6, 15), date(2026, 6, 20), "day"),
        ("từ 15 đến 20/6/2026", date(2026, 6, 15), date(2026, 6, 20), "day"),
        ("15 tháng 6 đến 20 tháng 7 năm 2026", date(2026, 6, 15), date(2026, 7, 20), "day"),
        ("từ ngày 15/6 đến ngày 20/7/2026", date(2026, 6, 15), date(2026, 7, 20), "day"),
        ("từ 01/01/2026 đến hết ngày 30/6/2026", date(2026, 1, 1), date(2026, 6, 30), "day"),
        ("từ 15/6/2026 đến trước 20/7/2026", date(2026, 6, 15), date(2026, 7, 19), "day"),
        ("ngày 28, 29/6/2026", date(2026, 6, 28), date(2026, 6, 29), "day"),
        ("ngày 30 và 31/12/2026", date(2026, 12, 30), date(2026, 12, 31), "day"),
        ("2026 → 2028", date(2026, 1, 1), date(2028, 12, 31), "year"),
        ("2026 ÷ 2028", date(2026, 1, 1), date(2028, 12, 31), "year"),
        ("trong 5 năm 2026-2030", date(2026, 1, 1), date(2030, 12, 31), "year"),
        ("giai đoạn 2026-2030, tầm nhìn 2045", date(2026, 1, 1), date(2030, 12, 31), "year"),
        ("Khởi công năm 2026, hoàn thành năm 2028", date(2026, 1, 1), date(2028, 12, 31), "year"),
    ],
)
def test_a_range_has_a_start_and_an_end(words: str, starts_on: date, due_on: date, granularity: str):
    reading = read_deadline(words)

    assert (reading.kind, *span(reading), reading.granularity) == ("range", starts_on, due_on, granularity)


@pytest.mark.parametrize(
    ("words", "starts_on", "due_on", "condition"),
    [
        ("từ 6/2025 đến khi hoàn thành", date(2025, 6, 1), None, "khi hoàn thành"),
        ("Từ năm 2025 đến hết nhiệm kỳ", date(2025, 1, 1), None, "hết nhiệm kỳ"),
        ("từ ngày ký đến 31/12/2026", None, date(2026, 12, 31), "ngày ký"),
        ("kể từ khi có hiệu lực đến trước 31/12/2026", None, date(2026, 12, 30), "khi có hiệu lực"),
    ],
)
def test_a_range_may_begin_or_end_with_an_event(
    words: str, starts_on: date | None, due_on: date | None, condition: str
):
    reading = read_deadline(words)

    assert (reading.kind, *span(reading), reading.condition) == ("range", starts_on, due_on, condition)


@pytest.mark.parametrize(
    ("words", "starts_on"),
    [
        ("từ năm 2026", date(2026, 1, 1)),
        ("từ năm 2026 trở đi", date(2026, 1, 1)),
        ("2025-2026 và những năm tiếp theo", date(2025, 1, 1)),
        ("kể từ ngày 1/7/2026", date(2026, 7, 1)),
        ("sau 30/6/2026", date(2026, 7, 1)),
        ("sau năm 2026", date(2027, 1, 1)),
    ],
)
def test_a_beginning_alone_has_no_due_day(words: str, starts_on: date):
    reading = read_deadline(words)

    assert (reading.kind, *span(reading)) == ("open_ended", starts_on, None)


@pytest.mark.parametrize(
    ("words", "every", "count"),
    [
        ("hàng tháng", Every.MONTHLY, 12),
        ("định kỳ 6 tháng", Every.HALF_YEARLY, 2),
        ("06 tháng một lần", Every.HALF_YEARLY, 2),
        ("6 tháng/lần", Every.HALF_YEARLY, 2),
        ("Hằng năm./.", Every.YEARLY, 1),
        ("cuối hằng năm", Every.YEARLY, 1),
        ("2 lần/năm", Every.HALF_YEARLY, 2),
        ("mỗi quý một lần", Every.QUARTERLY, 4),
        ("theo quý", Every.QUARTERLY, 4),
        ("định kỳ quý, 6 tháng, năm", Every.QUARTERLY, 4),
        ("hằng tháng, quý và năm", Every.MONTHLY, 12),
        ("6 tháng và hằng năm", Every.HALF_YEARLY, 2),
        ("Quý, 6 tháng, năm", Every.QUARTERLY, 4),
        ("6 tháng, 1 năm", Every.HALF_YEARLY, 2),
        ("tháng/quý/năm", Every.MONTHLY, 12),
        ("hằng quý/năm", Every.QUARTERLY, 4),
        ("ít nhất 02 lần/năm", Every.HALF_YEARLY, 2),
        ("mỗi quý ít nhất 01 lần", Every.QUARTERLY, 4),
        ("theo từng năm", Every.YEARLY, 1),
    ],
)
def test_a_round_alone_ends_with_its_last_day(words: str, every: Every, count: int):
    recurrence = read_deadline(words).recurrence

    assert recurrence is not None
    assert (recurrence.every, len(recurrence.points), recurrence.month_end) == (every, count, True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ngày 15 hằng tháng", tuple(YearPoint(month, 15) for month in range(1, 13))),
        ("trước ngày 5 hằng tháng", tuple(YearPoint(month, 5, strict=True) for month in range(1, 13))),
        ("ngày 20 tháng cuối mỗi quý", tuple(YearPoint(month, 20) for month in (3, 6, 9, 12))),
        ("cuối hằng quý", tuple(YearPoint(month) for month in (3, 6, 9, 12))),
        ("Hằng năm, báo cáo trước ngày 15/12", (YearPoint(12, 15, strict=True),)),
        ("15/6 và 15/12 hằng năm", (YearPoint(6, 15), YearPoint(12, 15))),
        ("từ tháng 6 đến tháng 9 hằng năm", (YearPoint(9),)),
        ("6 tháng đầu năm hằng năm", (YearPoint(6),)),
        ("giữa mỗi tháng", tuple(YearPoint(month, 15) for month in range(1, 13))),
        ("tháng giữa quý", tuple(YearPoint(month) for month in (2, 5, 8, 11))),
        ("hằng năm từ 15 đến 20/6", (YearPoint(6, 20),)),
        ("trước quý II hằng năm", (YearPoint(4, 1, strict=True),)),
        ("các tháng 3, 6, 9", (YearPoint(3), YearPoint(6), YearPoint(9))),
        (
            "định kỳ 6 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12)",
            (YearPoint(6, 15, strict=True), YearPoint(12, 15, strict=True)),
        ),
        (
            "định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12)",
            (YearPoint(6, 15, strict=True), YearPoint(12, 15, strict=True)),
        ),
        (
            "định kỳ trước ngày 15/6 và 15/12 hằng năm",
            (YearPoint(6, 15, strict=True), YearPoint(12, 15, strict=True)),
        ),
        ("ngày 15 tháng 5 và tháng 11 hằng năm", (YearPoint(5, 15), YearPoint(11, 15))),
        ("ngày 20 các tháng 3, 6, 9 và 12", tuple(YearPoint(month, 20) for month in (3, 6, 9, 12))),
        ("ngày 10 của tháng đầu quý sau", tuple(YearPoint(month, 10) for month in (1, 4, 7, 10))),
    ],
)
def test_a_round_ends_on_the_points_it_names(words: str, expected: tuple[YearPoint, ...]):
    assert points(words) == expected


@pytest.mark.parametrize(
    ("words", "weekday"),
    [("hằng tuần", 6), ("thứ Sáu hằng tuần", 4), ("chủ nhật hằng tuần", 6), ("trước thứ Hai hằng tuần", 6)],
)
def test_a_weekly_duty_ends_on_a_weekday(words: str, weekday: int):
    recurrence = read_deadline(words).recurrence

    assert recurrence is not None
    assert (recurrence.every, recurrence.weekday, recurrence.points) == (Every.WEEKLY, weekday, ())


@pytest.mark.parametrize(
    ("words", "starts_on", "due_on"),
    [
        ("Hằng năm giai đoạn 2026-2030", date(2026, 1, 1), date(2030, 12, 31)),
        ("Hằng năm, từ 2026 đến 2030", date(2026, 1, 1), date(2030, 12, 31)),
        ("từ năm 2026, hằng năm trước ngày 15/12", date(2026, 1, 1), None),
        ("hằng quý năm 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("các quý năm 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("các tháng trong năm 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("hằng quý sau năm 2026", date(2027, 1, 1), None),
        ("hằng quý đến năm 2030", None, date(2030, 12, 31)),
        ("hằng quý trước năm 2030", None, date(2029, 12, 31)),
        ("tháng 6 và tháng 9/2026", date(2026, 6, 1), date(2026, 9, 30)),
        ("trước 15/6 và 15/12/2026", date(2026, 6, 14), date(2026, 12, 14)),
    ],
)
def test_a_series_is_bounded_by_the_years_it_names(words: str, starts_on: date | None, due_on: date | None):
    reading = read_deadline(words)

    assert (reading.kind, *span(reading)) == ("recurring", starts_on, due_on)


@pytest.mark.parametrize(
    ("words", "starts_on", "due_on", "every"),
    [
        ("Thường xuyên, liên tục", None, None, None),
        ("hằng ngày", None, None, None),
        ("TX", None, None, None),
        ("T/xuyên", None, None, None),
        ("Xuyên suốt", None, None, None),
        ("Thường xuyên/định kỳ", None, None, None),
        ("Thường xuyên từ năm 2025", date(2025, 1, 1), None, None),
        ("Thường xuyên trong nhiệm kỳ 2025-2030", date(2025, 1, 1), date(2030, 12, 31), None),
        ("Thường xuyên, báo cáo hằng quý", None, None, Every.QUARTERLY),
    ],
)
def test_ongoing_work_may_say_how_long_and_how_often_it_is_reported(
    words: str, starts_on: date | None, due_on: date | None, every: Every | None
):
    reading = read_deadline(words)

    assert (reading.kind, *span(reading)) == ("ongoing", starts_on, due_on)
    assert (reading.recurrence and reading.recurrence.every) == every


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("trong 30 ngày làm việc kể từ ngày ký", Period(30, PeriodUnit.WORKING_DAY, "ngày ký")),
        (
            "trong thời hạn 05 (năm) ngày làm việc, kể từ ngày nhận được văn bản",
            Period(5, PeriodUnit.WORKING_DAY, "ngày nhận được văn bản"),
        ),
        ("chậm nhất sau 15 ngày kể từ ngày ban hành", Period(15, PeriodUnit.DAY, "ngày ban hành")),
        ("ba mươi ngày kể từ khi có kết luận", Period(30, PeriodUnit.DAY, "khi có kết luận")),
        ("trong 6 tháng", Period(6, PeriodUnit.MONTH)),
        ("tối đa 02 tuần", Period(2, PeriodUnit.WEEK)),
        (
            "trong vòng 3 tháng kể từ ngày 30/11/2026",
            Period(3, PeriodUnit.MONTH, "ngày 30/11/2026", event_on=date(2026, 11, 30)),
        ),
        ("5 ngày trước ngày 30/6/2026", Period(5, PeriodUnit.DAY, "ngày 30/6/2026", True, date(2026, 6, 30))),
        (
            "chậm nhất 3 ngày làm việc trước phiên họp",
            Period(3, PeriodUnit.WORKING_DAY, "phiên họp", before=True),
        ),
        (
            "trước ngày họp ít nhất 05 ngày làm việc",
            Period(5, PeriodUnit.WORKING_DAY, "ngày họp", before=True),
        ),
        ("trước 5 ngày làm việc so với ngày họp", Period(5, PeriodUnit.WORKING_DAY, "ngày họp", before=True)),
    ],
)
def test_a_period_is_a_count_from_an_event(words: str, period: Period):
    reading = read_deadline(words)

    assert (reading.kind, reading.period, reading.due_on) == ("period", period, None)


@pytest.mark.parametrize(
    ("words", "condition", "on_demand"),
    [
        ("sau khi Quốc hội thông qua Luật", "sau khi Quốc hội thông qua Luật", False),
        ("Sau khi TP. Hồ Chí Minh ban hành.", "Sau khi TP. Hồ Chí Minh ban hành", False),
        ("(theo kế hoạch của Trung ương)", "theo kế hoạch của Trung ương", False),
        (
            "theo Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị",
            "theo Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị",
            False,
        ),
        ("trước Đại hội XIV", "trước Đại hội XIV", False),
        ("Tại kỳ họp thứ 10, Quốc hội khóa XVI", "Tại kỳ họp thứ 10, Quốc hội khóa XVI", False),
        ("Trình kỳ họp thứ 10 Quốc hội khóa XVI", "kỳ họp thứ 10 Quốc hội khóa XVI", False),
        ("Kỳ họp giữa năm 2026", "Kỳ họp giữa năm 2026", False),
        ("Cả nhiệm kỳ", "Cả nhiệm kỳ", False),
        ("Đến cuối nhiệm kỳ", "Đến cuối nhiệm kỳ", False),
        ("từ nay đến hết nhiệm kỳ", "đến hết nhiệm kỳ", False),
        ("trong nhiệm kỳ Đại hội XIV", "trong nhiệm kỳ Đại hội XIV", False),
        ("toàn khóa", "toàn khóa", False),
        ("phụ thuộc tiến độ dự án", "phụ thuộc tiến độ dự án", False),
        ("đến khi có văn bản mới", "đến khi có văn bản mới", False),
        ("từ khi thành lập đến khi giải thể", "từ khi thành lập đến khi giải thể", False),
        ("Đột xuất", "Đột xuất", True),
        ("khi có yêu cầu", "khi có yêu cầu", True),
        ("theo yêu cầu của Ban Chỉ đạo 57", "theo yêu cầu của Ban Chỉ đạo 57", True),
    ],
)
def test_an_event_is_kept_in_its_own_words(words: str, condition: str, on_demand: bool):  # noqa: FBT001 - a table's column
    reading = read_deadline(words)

    assert (reading.kind, reading.condition, reading.on_demand) == ("conditional", condition, on_demand)
    assert span(reading) == (None, None)


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("Thường xuyên, theo kế hoạch của cấp trên", "theo kế hoạch của cấp trên"),
        ("Thường xuyên cả nhiệm kỳ", "cả nhiệm kỳ"),
        ("Thường xuyên sau khi Luật có hiệu lực", "sau khi Luật có hiệu lực"),
    ],
)
def test_ongoing_work_may_hang_on_an_event_and_still_is_no_late_work(words: str, condition: str):
    reading = read_deadline(words)

    assert (reading.kind, reading.condition, reading.due_on) == ("ongoing", condition, None)


@pytest.mark.parametrize(
    "words",
    [
        "hằng quý hoặc đột xuất",
        "hằng quý/đột xuất",
        "hằng quý và khi có yêu cầu của cấp trên",
        "Hằng quý (đột xuất khi có yêu cầu)",
    ],
)
def test_a_round_may_also_be_owed_on_demand(words: str):
    reading = read_deadline(words)

    assert (reading.kind, reading.on_demand, reading.condition) == ("recurring", True, None)


@pytest.mark.parametrize(
    "words",
    [
        "dự kiến Quý III/2026",
        "Quý III/2026 (dự kiến)",
        "Phấn đấu hoàn thành trong quý III/2026",
        "vào khoảng quý III/2026",
    ],
)
def test_a_hedge_makes_a_deadline_tentative(words: str):
    reading = read_deadline(words)

    assert (reading.due_on, reading.tentative) == (date(2026, 9, 30), True)


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        ("trước 30/6", date(2026, 6, 29)),
        ("Quý II", date(2026, 6, 30)),
        ("cuối năm", date(2026, 12, 31)),
        ("trong năm", date(2026, 12, 31)),
        ("6 tháng đầu năm", date(2026, 6, 30)),
        ("từ tháng 6 đến hết năm", date(2026, 12, 31)),
        ("quý II năm nay", date(2026, 6, 30)),
        ("từ tháng 6 đến tháng 9", date(2026, 9, 30)),
    ],
)
def test_the_document_s_year_is_used_only_where_the_phrase_says_none(words: str, due_on: date):
    assumed, unknown = read_deadline(words, year=DOCUMENT_YEAR), read_deadline(words)

    assert (assumed.due_on, assumed.assumed_year) == (due_on, True)
    assert (unknown.kind, unknown.why) == ("unread", reasons.NO_YEAR)


@pytest.mark.parametrize(
    "words", ["Quý II/2030", "2030", "từ tháng 6 đến tháng 9/2030", "hằng năm", "trước 15/6 và trước 1/12"]
)
def test_the_document_s_year_changes_nothing_where_the_phrase_needs_none(words: str):
    assert read_deadline(words, year=DOCUMENT_YEAR) == read_deadline(words)


def decomposed(words: str) -> str:
    return unicodedata.normalize("NFD", words)


def spaced(words: str) -> str:
    return f"  {words.replace(' ', '  ').replace('/', ' / ')} \n"


def full_width(words: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign in "0123456789/" else sign for sign in words)


@pytest.mark.parametrize(
    "dress", [str.upper, decomposed, spaced, full_width, "{}.".format, "“{}”;".format, "- {}".format]
)
@pytest.mark.parametrize(
    "words",
    [
        "trước 30/6/2026",
        "Quý II/2026",
        "6 tháng đầu năm 2026",
        "hằng năm trước ngày 20/11 hoặc đột xuất",
        "2025-2026",
        "Thường xuyên",
    ],
)
def test_the_dress_of_a_phrase_does_not_change_its_reading(words: str, dress):
    plain, dressed = read_deadline(words), read_deadline(dress(words))

    assert dressed.words == unicodedata.normalize("NFC", dress(words))
    assert (dressed.kind, *span(dressed), dressed.recurrence) == (plain.kind, *span(plain), plain.recurrence)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tỉnh uỷ", "Tỉnh ủy"), ("Quý", "Qúy"), ("Quý", "Quí"), ("hằng", "hàng"), ("năm", "nam")],
)
def test_spellings_of_one_word_read_alike(one: str, other: str):
    frame = {"Tỉnh uỷ": "theo chỉ đạo của {}", "Quý": "{} II/2026", "hằng": "{} năm", "năm": "trước {} 2026"}[
        one
    ]

    first, second = read_deadline(frame.format(one)), read_deadline(frame.format(other))

    assert first.kind is not DeadlineKind.UNREAD
    assert (first.kind, *span(first), first.recurrence) == (second.kind, *span(second), second.recurrence)


def test_kinds_that_share_a_due_day_stay_apart():
    readings = [
        read_deadline(words)
        for words in ("2026", "tháng 12/2026", "quý IV/2026", "6 tháng cuối năm 2026", "31/12/2026")
    ]

    assert {reading.due_on for reading in readings} == {date(2026, 12, 31)}
    assert [reading.granularity for reading in readings] == [
        Granularity.YEAR,
        Granularity.MONTH,
        Granularity.QUARTER,
        Granularity.HALF_YEAR,
        Granularity.DAY,
    ]
