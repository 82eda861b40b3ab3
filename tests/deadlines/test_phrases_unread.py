"""Deadline wording that says nothing, or nothing that can be read without guessing."""

from datetime import date

import pytest

from app.core.text import Text
from app.deadlines import reasons
from app.deadlines.phrases import LONGEST, read_deadline
from app.deadlines.reading import DeadlineKind, DeadlineReading

DOCUMENT_YEAR = 2026
NOBODY_SAID = ("Chưa xác định thời hạn", "không xác định", "Không có", "Không", "N/A")


def span(reading: DeadlineReading) -> tuple[date | None, date | None]:
    return reading.starts_on, reading.due_on


@pytest.mark.parametrize(
    "words", ["", " \n\t", "-", "…", "...", "/", "***", "Chưa xác định", "chưa rõ", *NOBODY_SAID]
)
def test_a_cell_that_says_nothing_is_missing_and_not_ongoing(words: str):
    assert read_deadline(words) == DeadlineReading(words, DeadlineKind.MISSING)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("31/2/2026", reasons.NO_SUCH_DAY.filled(day=31, month=2)),
        ("29/2/2026", reasons.NO_SUCH_DAY.filled(day=29, month=2)),
        ("trước ngày 31 tháng 4 năm 2026", reasons.NO_SUCH_DAY.filled(day=31, month=4)),
        ("ngày 30/2 hằng năm", reasons.NO_SUCH_DAY.filled(day=30, month=2)),
        ("10 ngày kể từ ngày 31/2/2026", reasons.NO_SUCH_DAY.filled(day=31, month=2)),
        ("tháng 13/2026", reasons.NO_SUCH_MONTH.filled(month=13)),
        ("0/2026", reasons.NO_SUCH_MONTH.filled(month=0)),
        ("quý V/2026", reasons.NO_SUCH_QUARTER.filled(quarter=5)),
        ("trước 25h ngày 15/6/2026", reasons.NO_SUCH_HOUR.filled(hour=25, minute=0)),
        ("năm 1800", reasons.YEAR_OUT.filled(year=1800, first=1900, last=2199)),
        ("15/6/26", reasons.YEAR_SHORT),
        ("2026 - 2025", reasons.BACKWARDS),
        ("từ tháng 10 đến tháng 3/2027", reasons.BACKWARDS),
        ("thứ Năm, ngày 19/6/2026", reasons.WEEKDAY_WRONG),
        ("05 (sáu) ngày làm việc", reasons.COUNTS_DISAGREE),
        ("hằng năm từ 2030 đến 2026", reasons.BACKWARDS),
        ("15/6/2026 và 15/3/2027", reasons.SEVERAL),
        ("2025-2026, 2028-2030", reasons.SEVERAL),
        ("tháng 9, 6/2026", reasons.SEVERAL),
        ("thứ Sáu, 19/6/2026 và 26/6/2026", reasons.SEVERAL),
        ("tháng 6/2026 và năm 2028", reasons.SEVERAL),
        ("6-9/2026", reasons.MONTHS_OR_DAY.filled(rest="6-9/2026")),
        ("ngày 6/2026", reasons.MONTHS_OR_DAY.filled(rest="6/2026")),
        ("tháng năm 2026", reasons.MONTHS_OR_DAY.filled(rest="năm 2026")),
        ("từ 6 đến 9/2026", reasons.NO_MONTH),
        ("hằng năm, ngày 15", reasons.NO_MONTH),
        ("hằng quý, ngày 15", reasons.NO_MONTH),
        ("ngày 15 và ngày 20", reasons.NO_MONTH),
        ("hằng năm từ 15 đến 6/2026", reasons.NO_MONTH),
        ("2 năm một lần", reasons.NO_ANCHOR),
        ("hằng quý, tháng 6", reasons.NO_ANCHOR),
        ("trong 24 giờ kể từ khi nhận", reasons.HOURS),
        ("sau 30 ngày kể từ ngày ký", reasons.ONLY_EARLIEST),
        ("giữa quý III/2026", reasons.HALF_OF_WHAT),
        ("Theo chỉ đạo của Tỉnh ủy, trước 30/6/2026", reasons.MIXED),
        ("Năm 2026, theo tiến độ dự án", reasons.MIXED),
        ("theo kế hoạch, 31/2/2026", reasons.MIXED),
        ("Sau khi có hướng dẫn. Hoàn thành trước 30/6/2026.", reasons.SENTENCES),
        ("Quý II/2026 và hằng năm", reasons.NOT_TOGETHER),
        ("hằng năm 2026", reasons.NOT_TOGETHER),
        ("hằng năm 2026-2028, 2029-2030", reasons.NOT_TOGETHER),
        ("hằng năm, từ tháng 6", reasons.NOT_TOGETHER),
        ("hằng năm từ tháng 6 đến khi xong", reasons.NOT_TOGETHER),
        ("hằng tháng từ 2026 đến khi xong", reasons.NOT_TOGETHER),
        ("hằng tháng, 15/6/2026", reasons.NOT_TOGETHER),
        ("hằng tuần, tháng 6", reasons.NOT_TOGETHER),
        ("hằng năm, 30 ngày", reasons.NO_ANCHOR),
        ("thường xuyên, trong 30 ngày", reasons.NOT_TOGETHER),
        ("thứ Sáu, hằng năm", reasons.NOT_TOGETHER),
        ("thứ Hai, thứ Sáu hằng tuần", reasons.NOT_TOGETHER),
        ("6/2026, trước 9/2026", reasons.NOT_TOGETHER),
        ("trước 2025-2026", reasons.NOT_TOGETHER),
        ("từ 2025 đến từ 2026", reasons.NOT_TOGETHER),
        ("2025, 2027 và những năm tiếp theo", reasons.NOT_TOGETHER),
        ("đến năm 2030 và những năm tiếp theo", reasons.NOT_TOGETHER),
        ("từ ngày ký đến 2026 và những năm tiếp theo", reasons.NOT_TOGETHER),
        ("nhiệm kỳ 2025, 2030", reasons.NOT_TOGETHER),
        ("trong 30 ngày kể từ tháng 6/2026", reasons.NOT_UNDERSTOOD.filled(rest="tháng 6/2026")),
        ("15 tháng đầu năm 2026", reasons.NO_SUCH_MONTH.filled(month=15)),
        ("Thường xuyên; hoàn thành trước 30/6/2026", reasons.NOT_TOGETHER),
        ("định kỳ trước ngày 15/6/2026", reasons.NO_ANCHOR),
        ("Định kỳ, đột xuất", reasons.NO_ANCHOR),
        ("như trên", reasons.AS_ABOVE),
        ("-nt-", reasons.AS_ABOVE),
        ('"', reasons.AS_ABOVE),
        ("''", reasons.AS_ABOVE),
        ("Tháng 6/2026 (theo kế hoạch)", reasons.MIXED),
        ("tháng 6/2026 âm lịch", reasons.NOT_UNDERSTOOD.filled(rest="âm lịch")),
    ],
)
def test_what_cannot_be_read_is_left_verbatim_with_its_reason(words: str, why: Text):
    assert read_deadline(words) == DeadlineReading(words, DeadlineKind.UNREAD, why=why)


@pytest.mark.parametrize(
    "words",
    [
        "năm tiếp theo",  # the torn end of "2025 và những năm tiếp theo"
        "Năm",
        "quý này",
        "tháng sau",
        "tuần 2 tháng 6/2026",
        "6/2025 7/2025",
        "2025 2026",
        "2025 -",
        "2025 - khi xong",
        "2025/2026",
        "2026-06-15/16",
        "15-30",
        "trước 17h tháng 6/2026",
        "tháng giữa năm 2026",
        "30 ngày, 2026",
        "đột xuất theo mẫu 3",
        "định kỳ",
        "6/999",
        "năm 123",
        "từ 2025 đến năm",
        "đến năm",
        "trước năm",
        "tháng đầu xuân",
        "6 tháng và hằng kỳ",
        "cuối mỗi kỳ",
        "dự kiến",
        "Hoàn thành",
        "tháng 6/…",
        "…/2026",
        "ngày     tháng     năm 2026",
        "ngày/tháng/năm",
        "tháng, năm",
        "Trình Ban Thường vụ Kế hoạch năm 2026",
        "trình Chính phủ tháng 6/2026, ban hành tháng 9/2026",
        "Sơ kết năm 2028, tổng kết năm 2030",
        "30/6/2026 (trình), 31/7/2026 (ban hành)",
        "Năm 2026, tầm nhìn xa",
        "trước ngày ... tháng ... năm 2026",
        "Ban hành Kế hoạch trước ngày 15/6/2026 và tổ chức thực hiện",
        "Báo cáo Chính phủ trước ngày 15/6/2026",
        "trình tháng 6/2026, ban hành tháng 9/2026",
        "trước 15/6 (báo cáo 6 tháng) và 15/12 (báo cáo năm)",
        "tháng 6 hoặc tháng 7/2026",
        "Hằng quý hoặc hằng năm",
        "trước và sau 30/6/2026",
        "không trước 30/6/2026",
        "trước mắt",
        "đến nay",
        "Theo dõi",
        "khí thế mới",  # "khí" is not "khi" (when)
        "sâu rộng",  # "sâu" is not "sau" (after)
        "11.8, 11.9",  # section numbers, not 11 August
        "83,3%",
        "ngay",
    ],
)
def test_no_date_is_invented(words: str):
    reading = read_deadline(words, year=DOCUMENT_YEAR)

    assert (reading.kind, *span(reading), reading.recurrence, reading.period) == (
        "unread",
        None,
        None,
        None,
        None,
    )


def test_words_longer_than_any_deadline_are_not_read():
    longest, longer = read_deadline("a" * LONGEST), read_deadline("2026 " * LONGEST)

    assert longest.why != longer.why == reasons.TOO_LONG.filled(limit=LONGEST)
    assert (longer.kind, len(longer.words)) == ("unread", 5 * LONGEST)


def test_every_reason_is_told_in_both_languages():
    told = [reason for reason in vars(reasons).values() if isinstance(reason, Text)]

    assert len(told) > 15
    assert all(reason.vi and reason.en and reason.vi != reason.en for reason in told)


def test_a_long_remainder_is_quoted_in_part():
    why = read_deadline("Báo cáo " + "x" * 200).why

    assert why is not None
    assert len(why.vi) < 100
    assert "x…" in why.vi
