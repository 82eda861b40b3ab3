"""A programme out again: XLSX in annex order with the original words, one sheet an annex; it imports back without drift."""

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import xlsxwriter

from app.core.text import fold

MAIN_TASKS, MAIN_INDICATORS = "Nhiệm vụ", "Chỉ tiêu"
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_SHEET = 31
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
MERGED = 2  # a merged range has at least two cells


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column of the sheet: heading as committees print it, field of the row, width in characters."""

    heading: str
    field: str
    width: int


TASK_COLUMNS = (
    OutColumn("TT", "number", 7),
    OutColumn("Nhiệm vụ", "title", 60),
    OutColumn("Cơ quan chủ trì", "lead_words", 28),
    OutColumn("Cơ quan phối hợp", "coordinating_words", 32),
    OutColumn("Kết quả", "result_words", 28),
    OutColumn("Thời gian hoàn thành", "deadline_words", 18),
    OutColumn("Thời gian trình", "submit_deadline_words", 18),
    OutColumn("Cấp trình, ban hành", "issuing_words", 22),
    OutColumn("Kinh phí", "money_words", 20),
    OutColumn("Ghi chú", "note", 24),
)
INDICATOR_COLUMNS = (
    OutColumn("TT", "number", 7),
    OutColumn("Chỉ tiêu", "title", 60),
    OutColumn("Đơn vị tính", "unit_words", 18),
    OutColumn("Kết quả", "target", 32),
    OutColumn("Cơ quan chủ trì theo dõi, đánh giá", "lead_words", 32),
    OutColumn("Ghi chú", "note", 24),
)
# Columns that no row of an annex uses are left out, save those every annex has.
_ALWAYS = {"number", "title", "lead_words", "deadline_words", "result_words", "target", "unit_words"}


def workbook(
    title: str, tasks: Iterable[Mapping[str, Any]], indicators: Iterable[Mapping[str, Any]]
) -> bytes:
    """The programme's annexes as XLSX. Rows come in annex order, each with `annex`, `group_number` and `group_title`."""
    out = io.BytesIO()
    # Words are words: a title "=HYPERLINK(…)" must not become a formula, nor an address a link.
    book = xlsxwriter.Workbook(
        out,
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        },
    )
    used: set[str] = set()
    for rows, columns, main in (
        (indicators, INDICATOR_COLUMNS, MAIN_INDICATORS),
        (tasks, TASK_COLUMNS, MAIN_TASKS),
    ):
        for annex, listed in groupby(rows, key=lambda row: row["annex"]):
            every, held = _with_targets(columns, list(listed))
            shown = [one for one in every if one.field in _ALWAYS or any(row.get(one.field) for row in held)]
            _sheet(book, _sheet_name(annex or main, used), title, shown, held)
    if not used:
        _sheet(book, MAIN_TASKS, title, list(TASK_COLUMNS[:6]), [])
    book.close()
    return out.getvalue()


def _with_targets(
    columns: tuple[OutColumn, ...], rows: list[Mapping[str, Any]]
) -> tuple[list[OutColumn], Sequence[Mapping[str, Any]]]:
    """The columns and rows with targets in their cells: one column, or one for each period where a row has several."""
    periods = [tuple(row.get("target_periods") or ()) for row in rows]
    if max(map(len, periods), default=0) <= 1:
        return list(columns), [{**row, "target": "".join(row.get("target_words") or ())} for row in rows]
    places = sorted({place for told in periods for place in _places(told)})
    made = [OutColumn(_target_heading(period), f"target {period} {time}", 20) for period, time in places]
    filled = [
        {
            **row,
            **{
                f"target {period} {time}": words
                for (period, time), words in zip(_places(told), row["target_words"] or (), strict=True)
            },
        }
        for row, told in zip(rows, periods, strict=True)
    ]
    wide = [one for column in columns for one in (made if column.field == "target" else [column])]
    return wide, filled


def _places(periods: tuple[str, ...]) -> list[tuple[str, int]]:
    """Each period with how often it stood before in the row: two targets of a year stand in two columns."""
    seen: Counter[str] = Counter()
    places = []
    for period in periods:
        places.append((period, seen[period]))
        seen[period] += 1
    return places


def _target_heading(period: str) -> str:
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return f"Chỉ tiêu quý {_ROMAN[part[1:]]}/{year}"
    return f"Chỉ tiêu tháng {part}/{year}" if part else f"Chỉ tiêu năm {year}"


def annexes_by_sheet(indicators: Iterable[str], tasks: Iterable[str]) -> dict[str, str]:
    """The annex that stands on each sheet of the workbook: a sheet's name may be cut, or told apart by a number.

    Given are the annexes of the programme's indicators and of its tasks, in annex order.
    """
    used: set[str] = set()
    found: dict[str, str] = {}
    for annexes, main in ((indicators, MAIN_INDICATORS), (tasks, MAIN_TASKS)):
        for annex in dict.fromkeys(annexes):
            found[_sheet_name(annex or main, used)] = annex
    return found


def _sheet_name(words: str, used: set[str]) -> str:
    plain = words.translate(_FORBIDDEN).strip("' ")[:LONGEST_SHEET].strip("' ") or MAIN_TASKS
    name, number = plain, 2
    while fold(name) in used:
        ending = f" ({number})"
        name, number = plain[: LONGEST_SHEET - len(ending)] + ending, number + 1
    used.add(fold(name))
    return name


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    title: str,
    columns: list[OutColumn],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
    )
    group = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    sheet.merge_range(
        0,
        0,
        0,
        max(len(columns), MERGED) - 1,
        title,
        book.add_format({"bold": True, "text_wrap": True, "align": "center"}),
    )
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(2, place, column.heading, bold)
    sheet.freeze_panes(3, 0)
    line, last = 3, ("", "")
    for row in rows:
        now = (row["group_number"] or "", row["group_title"] or "")
        if now != last and any(now):
            sheet.write_string(line, 0, now[0], group)
            sheet.write_string(line, 1, now[1], group)
            line += 1
        last = now
        for place, column in enumerate(columns):
            sheet.write_string(line, place, str(row.get(column.field) or ""), cell)
        line += 1
