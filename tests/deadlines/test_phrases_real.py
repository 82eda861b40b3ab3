"""Deadline wording as real documents have it: the collected phrases and the annex of Nghị quyết 03/NQ-CP."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.deadlines.phrases import read_deadline
from app.deadlines.reading import DeadlineKind, DeadlineReading, Granularity
from app.deadlines.recurrence import Every, YearPoint

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
NUMBERED = re.compile(r"\d+\.")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


PHRASES = rows("deadline-phrases.csv")
ANNEX = rows("programme-nq03-2025-pl2-raw.csv")


def year(number: int) -> dict:
    return {"kind": "year", "due_on": date(number, 12, 31)}


def month(number: int, of: int, last: int, **more) -> dict:
    return {"kind": "month", "due_on": date(of, number, last), **more}


def quarter(of: int, number: int, last: int) -> dict:
    return {"kind": "quarter", "due_on": date(of, number, last)}


def recurring(every: Every, *points: YearPoint, **more) -> dict:
    return {"kind": "recurring", "every": every, "points": points, **more}


END = YearPoint
# Typed from the column `suggested_reading`, not from what the reader answers.
EXPECTED = {
    "6/2025": month(6, 2025, 30),
    "06/2025": month(6, 2025, 30),
    "Tháng 10/2025": month(10, 2025, 31),
    "Tháng 12/2025": month(12, 2025, 31),
    "tháng 6/2028": month(6, 2028, 30),
    "2025": year(2025),
    "2025 - 2026": {"kind": "range", "starts_on": date(2025, 1, 1), "due_on": date(2026, 12, 31)},
    "2025-2026": {"kind": "range", "starts_on": date(2025, 1, 1), "due_on": date(2026, 12, 31)},
    "Quý II/2025": quarter(2025, 6, 30),
    "Quý I/2026": quarter(2026, 3, 31),
    "quý I và quý II/2030": {"kind": "range", "starts_on": date(2030, 1, 1), "due_on": date(2030, 6, 30)},
    "Quý III/2027": quarter(2027, 9, 30),
    "Thường xuyên": {"kind": "ongoing"},
    "Nhiệm vụ thường xuyên": {"kind": "ongoing"},
    "Hằng năm": recurring(Every.YEARLY, END(12)),
    "hằng năm": recurring(Every.YEARLY, END(12)),
    "Hàng quý": recurring(Every.QUARTERLY, END(3), END(6), END(9), END(12)),
    "Quý IV hàng năm": recurring(Every.YEARLY, END(12)),
    "Quý I hàng năm": recurring(Every.YEARLY, END(3)),
    "tháng 3, 6, 9, 11 hằng năm": recurring(Every.YEARLY, END(3), END(6), END(9), END(11)),
    "tháng 12 hằng năm": recurring(Every.YEARLY, END(12)),
    "2025 và những năm tiếp theo": {"kind": "open_ended", "starts_on": date(2025, 1, 1)},
    "Theo chỉ đạo của tỉnh": {"kind": "conditional", "condition": "Theo chỉ đạo của tỉnh"},
    "Thực hiện theo chỉ đạo của Tỉnh uỷ": {"kind": "conditional", "condition": "theo chỉ đạo của Tỉnh uỷ"},
    "Theo Thông tư mới": {"kind": "conditional", "condition": "Theo Thông tư mới"},
    "Thực hiện sau khi Bộ Tài chính ban hành Thông tư thay thế TT 28/2018/TT-BTC": {
        "kind": "conditional",
        "condition": "sau khi Bộ Tài chính ban hành Thông tư thay thế TT 28/2018/TT-BTC",
    },
    "Thực hiện sau khi có khung cơ chế, hướng dẫn của Trung ương": {
        "kind": "conditional",
        "condition": "sau khi có khung cơ chế, hướng dẫn của Trung ương",
    },
    "từ quý IV/2025 đến khi kết thúc bầu cử": {
        "kind": "range",
        "starts_on": date(2025, 10, 1),
        "condition": "khi kết thúc bầu cử",
    },
    "dự kiến tháng 8/2030": month(8, 2030, 31, tentative=True),
    "trước ngày 15 tháng 6 và trước ngày 01 tháng 12": recurring(
        Every.HALF_YEARLY, YearPoint(6, 15, strict=True), YearPoint(12, 1, strict=True), strict=True
    ),
    "hằng năm trước ngày 20/11 hoặc đột xuất": recurring(
        Every.YEARLY, YearPoint(11, 20, strict=True), strict=True, on_demand=True
    ),
    "trước ngày 15 tháng cuối quý": recurring(
        Every.QUARTERLY, *(YearPoint(last, 15, strict=True) for last in (3, 6, 9, 12)), strict=True
    ),
    "": {"kind": "missing"},
}


def told(reading: DeadlineReading) -> dict:
    """What a reading says, without what it leaves open."""
    said: dict = {"kind": reading.kind.value}
    for name in (
        "starts_on",
        "due_on",
        "condition",
        "tentative",
        "on_demand",
        "strict",
        "assumed_year",
        "why",
    ):
        if value := getattr(reading, name):
            said[name] = value
    if reading.recurrence:
        said |= {"every": reading.recurrence.every, "points": reading.recurrence.points}
    return said


def test_every_collected_phrase_has_an_expected_reading():
    assert {row["phrase_verbatim"] for row in PHRASES} == set(EXPECTED)


@pytest.mark.parametrize("phrase", [row["phrase_verbatim"] for row in PHRASES])
def test_a_collected_phrase_is_read_as_suggested(phrase: str):
    reading = read_deadline(phrase)

    assert told(reading) == EXPECTED[phrase]
    assert reading.words == phrase


def test_the_report_dates_of_a_strict_phrase_are_the_days_before():
    recurrence = read_deadline("trước ngày 15 tháng 6 và trước ngày 01 tháng 12").recurrence

    assert recurrence is not None
    assert list(recurrence.occurrences(date(2025, 1, 1), date(2025, 12, 31))) == [
        date(2025, 6, 14),
        date(2025, 11, 30),
    ]


def test_the_annex_has_one_hundred_and_forty_tasks_with_the_known_kinds_of_deadline():
    tasks = [read_deadline(row["Thời gian hoàn thành"]) for row in ANNEX if NUMBERED.fullmatch(row["TT"])]

    assert len(tasks) == 140
    assert Counter(task.kind for task in tasks) == {
        DeadlineKind.YEAR: 69,
        DeadlineKind.MONTH: 48,
        DeadlineKind.ONGOING: 13,
        DeadlineKind.RECURRING: 3,
        DeadlineKind.OPEN_ENDED: 3,
        DeadlineKind.RANGE: 2,
        DeadlineKind.QUARTER: 1,
        DeadlineKind.MISSING: 1,
    }
    assert {task.granularity for task in tasks if task.kind is DeadlineKind.RANGE} == {Granularity.YEAR}
    assert {task.recurrence.every for task in tasks if task.recurrence} == {Every.YEARLY}
    assert not any(task.assumed_year for task in tasks)


def test_a_deadline_torn_onto_a_group_row_is_not_read_as_a_date():
    others = [row["Thời gian hoàn thành"] for row in ANNEX if not NUMBERED.fullmatch(row["TT"])]

    assert Counter(read_deadline(words).kind for words in others) == {
        DeadlineKind.MISSING: len(others) - 1,
        DeadlineKind.UNREAD: 1,
    }


def test_no_name_of_a_task_or_unit_in_the_annex_is_taken_for_a_date():
    cells = {
        row[column]
        for row in ANNEX
        for column in ("Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả")
    }
    readings = [read_deadline(cell, year=2025) for cell in cells if cell]

    assert [
        reading.words for reading in readings if reading.due_on or reading.starts_on or reading.recurrence
    ] == []
