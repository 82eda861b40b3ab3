"""Files as offices really send them, through both doors: what is read, what is told, what is refused and left nowhere."""

import asyncio
import base64
import io
import json
import os
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx2
import openpyxl
import pytest
import xlsxwriter
from stage import Caller, Stage

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADING = "TT,Nhiệm vụ,Cơ quan chủ trì,Cơ quan phối hợp,Thời hạn hoàn thành,Sản phẩm\n"
ONE_ROW = HEADING + "1,Xây dựng quy chế,Văn phòng,,Quý II/2026,Quy chế\n"
IMPORT = """mutation ($input: ImportAnnexInput!, $dryRun: Boolean!, $key: String) {
  it: importAnnex(input: $input, dryRun: $dryRun, idempotencyKey: $key) {
    ... on ImportAnnexResult { id dryRun replayed import { counts plan } }
    ... on Refusal { code status errors { pointer code } } } }"""
WITHDRAW = """mutation ($id: ID!, $version: Int!) {
  it: withdrawImport(id: $id, expectedVersion: $version, reason: "nhập nhầm") {
    ... on WithdrawImportResult { import { version state } }
    ... on Refusal { code } } }"""


@dataclass(frozen=True)
class Office:
    """A committee's office: its secretary signed in, the unit, and a programme to import into."""

    stage: Stage
    secretary: Caller
    unit: UUID
    programme: UUID

    async def send(
        self, data: bytes | str, *, media: str = CSV, who: Caller | None = None, key: str = "", **beside: Any
    ) -> httpx2.Response:
        """The file through REST."""
        params = {"programme_id": str(self.programme), "file_name": "phu-luc.csv", **beside}
        headers = {"Content-Type": media} | ({"Idempotency-Key": key} if key else {})
        body = data.encode() if isinstance(data, str) else data
        return await (who or self.secretary).post("/v1/imports", content=body, params=params, headers=headers)

    async def imported(self, data: bytes | str, **how: Any) -> dict[str, Any]:
        """What the import answers; it is carried out."""
        answer = await self.send(data, **how)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json()

    async def refused(self, data: bytes | str, **how: Any) -> tuple[int, str]:
        """Status and code of the refusal; nothing was imported."""
        answer = await self.send(data, **how)
        assert await self.count("tasks") == 0
        return answer.status_code, answer.json()["code"]

    async def by_graph(
        self,
        data: bytes | str,
        *,
        who: Caller | None = None,
        dry: bool = False,
        key: str | None = None,
        **beside: Any,
    ) -> dict[str, Any]:
        """The file through GraphQL."""
        body = data.encode() if isinstance(data, str) else data
        given = {"programmeId": str(self.programme), "content": base64.b64encode(body).decode(), **beside}
        answer = await (who or self.secretary).data(IMPORT, input=given, dryRun=dry, key=key)
        return answer["it"]

    async def tasks(self, include: str = "lead") -> list[dict[str, Any]]:
        """The open tasks in the order of their numbers."""
        answer = await self.secretary.get(f"/v1/tasks?limit=200&open=true&sort=number&include={include}")
        return answer.json()["items"]

    async def count(self, noun: str) -> int:
        return (await self.secretary.get(f"/v1/{noun}?count=true&limit=1")).json()["page"]["count"]

    async def withdraw(self, done: dict[str, Any]) -> httpx2.Response:
        return await self.secretary.post(
            f"/v1/imports/{done['id']}:withdraw",
            {"reason": "nhập nhầm"},
            headers={"If-Match": f'"{done["version"]}"'},
        )

    async def taken_out(self) -> bytes:
        """The programme as XLSX."""
        answer = await self.secretary.get(f"/v1/programmes/{self.programme}/annex.xlsx")
        assert answer.status_code == 200, answer.text
        return answer.content


@pytest.fixture
async def office(stage: Stage) -> Office:
    unit = await stage.unit("Đảng ủy Khối")
    programme = await stage.programme(unit, ends_on=date(2030, 12, 31))
    return Office(stage, await stage.caller(unit), unit, programme)


def workbook(*sheets: Callable[[xlsxwriter.Workbook, Any], None], names: tuple[str, ...] = ()) -> bytes:
    """An XLSX file, each sheet filled by its function."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    for place, fill in enumerate(sheets):
        fill(book, book.add_worksheet(names[place] if place < len(names) else None))
    book.close()
    return held.getvalue()


def table(*rows: list[Any]) -> Callable[[xlsxwriter.Workbook, Any], None]:
    """A sheet of these rows under the usual heading."""

    def fill(_: xlsxwriter.Workbook, sheet: Any) -> None:
        for place, row in enumerate([["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"], *rows]):
            sheet.write_row(place, 0, row)

    return fill


def rows_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the plan that stand for rows of the file."""
    return [row for row in answer["plan"] if "title" in row]


def notes_of(answer: dict[str, Any]) -> set[str]:
    """Every note of the plan by its code."""
    return {note["code"] for row in answer["plan"] for note in row.get("notes", [])}


# -- units that are missing ------------------------------------------------------------------------------------------

WITH_UNKNOWN = (
    HEADING
    + '1,Việc một,Tổ công tác Đề án 06,"Ban Mới, Tổ Công tác đề án 06",2026,\n'
    + '2,Việc hai,TỔ CÔNG TÁC ĐỀ ÁN 06,,2026,\n3,Việc ba,"Các Bộ: Alpha, Beta",,2026,\n'
)
FOUNDED = {"Tổ công tác Đề án 06", "Ban Mới", "Bộ Alpha", "Bộ Beta"}


def units_founded(answer: dict[str, Any]) -> set[str]:
    return {row["name"] for row in answer["plan"] if row["action"] == "found_unit"}


async def test_missing_units_are_founded_once_each_and_the_plan_names_them(office: Office) -> None:
    done = await office.imported(WITH_UNKNOWN, create_units="true")

    assert units_founded(done) == FOUNDED
    assert (done["counts"]["units_founded"], done["counts"]["unknown_names"]) == (4, 0)
    below = (await office.secretary.get(f"/v1/units?parent={office.unit}&limit=50")).json()["items"]
    assert {one["name"] for one in below} == FOUNDED
    leads = [task["lead"] and task["lead"]["name"] for task in await office.tasks()]
    assert leads == ["Tổ công tác Đề án 06", "Tổ công tác Đề án 06", None]


async def test_a_dry_run_names_the_units_it_would_found_and_founds_none(office: Office) -> None:
    tried = await office.imported(WITH_UNKNOWN, create_units="true", dry_run="true")
    by_graph = await office.by_graph(WITH_UNKNOWN, dry=True, createUnits=True)

    assert units_founded(tried) == units_founded(by_graph["import"]) == FOUNDED
    assert await office.count("units") == 1
    assert await office.count("tasks") == 0


async def test_the_same_file_again_founds_nothing_more(office: Office) -> None:
    await office.imported(WITH_UNKNOWN, create_units="true")
    again = await office.imported(WITH_UNKNOWN, create_units="true")
    assert (units_founded(again), again["counts"]["actions"]) == (set(), {"unchanged": 3})
    assert await office.count("units") == 5


@pytest.mark.parametrize(
    "words",
    ["Văn phòng", "Đồng chí Nguyễn Văn A", "#REF!", "#N/A", "nt", "Tổ công tác 06, 07", "-", "Các ban"],
)
async def test_what_is_not_surely_one_unknown_unit_is_never_founded(office: Office, words: str) -> None:
    await office.stage.unit("Văn phòng", parent=office.unit)
    await office.stage.unit("Văn phòng", parent=office.unit)
    done = await office.imported(f'{HEADING}1,Việc một,"{words}",,2026,\n', create_units="true")
    assert (units_founded(done), done["counts"]["units_founded"]) == (set(), 0)
    assert await office.count("units") == 3


async def test_a_name_close_to_a_known_one_is_founded_with_the_known_one_beside_it(office: Office) -> None:
    await office.stage.unit("Ban Tuyên giáo và Dân vận", parent=office.unit)
    done = await office.imported(f"{HEADING}1,Việc,Ban Tuyên giáo Dân vận,,2026,\n", create_units="true")
    made = next(row for row in done["plan"] if row["action"] == "found_unit")
    assert [near["name"] for near in made["nearest"]] == ["Ban Tuyên giáo và Dân vận"]


async def test_units_are_founded_under_the_unit_that_is_named_and_an_unknown_one_is_refused(
    office: Office,
) -> None:
    other = await office.stage.unit("Đảng ủy xã", parent=office.unit, kind="dang_bo_xa")
    code = (await office.secretary.get(f"/v1/units/{other}")).json()["code"]
    known = f"{HEADING}1,Việc một,Đảng ủy xã,,2026,\n"

    assert await office.refused(WITH_UNKNOWN, create_units="true", units_under="NONE") == (
        422,
        "units_parent_unknown",
    )
    assert await office.refused(known, create_units="true", units_under="NONE") == (
        422,
        "units_parent_unknown",
    )
    await office.imported(WITH_UNKNOWN, create_units="true", units_under=code)
    below = (await office.secretary.get(f"/v1/units?parent={other}&limit=50")).json()["items"]
    assert {one["name"] for one in below} == FOUNDED


async def test_who_may_import_but_not_found_units_leaves_nothing_when_he_tries(office: Office) -> None:
    head = await office.stage.caller(office.unit, office="head")
    assert await office.refused(WITH_UNKNOWN, who=head, create_units="true") == (403, "not_allowed")
    assert await office.count("units") == 1
    assert (await office.imported(WITH_UNKNOWN, who=head))["counts"]["actions"] == {"create": 3}


# -- when: several columns of time -----------------------------------------------------------------------------------

QUARTERS = "TT,Nhiệm vụ,Cơ quan chủ trì,Tiến độ thực hiện năm 2027,,,\n,,,Quý I,Quý II,Quý III,Quý IV\n"
YEARS = "TT,Nhiệm vụ,Cơ quan chủ trì,Năm 2026,Năm 2027,Năm 2028\n"
TWO_ROWS = "TT,Nhiệm vụ,Cơ quan chủ trì,Thời gian,\n,,,Trình,Ban hành\n"
SPAN = "TT,Nhiệm vụ,Cơ quan chủ trì,Thời gian,\n,,,Bắt đầu,Kết thúc\n"


@pytest.mark.parametrize(
    ("heading", "cells", "words", "starts_on", "due_on"),
    [
        (QUARTERS, ",x,,", "Quý II/2027", None, "2027-06-30"),
        (
            QUARTERS,
            "X,x,x,X",
            "Quý I/2027, Quý II/2027, Quý III/2027, Quý IV/2027",
            "2027-01-01",
            "2027-12-31",
        ),
        (QUARTERS, ",,✓,", "Quý III/2027", None, "2027-09-30"),
        (QUARTERS, ",tháng 5,,", "tháng 5/2027", None, "2027-05-31"),
        (YEARS, ",x,", "Năm 2027", None, "2027-12-31"),
        (YEARS, ",x,x", "Năm 2027, Năm 2028", "2027-01-01", "2028-12-31"),
        (YEARS, ",Quý II,", "Quý II/2027", None, "2027-06-30"),
        (SPAN, "01/3/2026,30/6/2026", "từ 01/3/2026 đến 30/6/2026", "2026-03-01", "2026-06-30"),
        (SPAN, "Tháng 3/2026,Quý II/2026", "từ Tháng 3/2026 đến Quý II/2026", "2026-03-01", "2026-06-30"),
        (SPAN, "Tháng 3/2026,", "từ Tháng 3/2026", "2026-03-01", None),
    ],
)
async def test_the_time_is_read_where_the_paper_shows_it(
    office: Office, heading: str, cells: str, words: str, starts_on: str | None, due_on: str | None
) -> None:
    file = f"{heading}1,Xây dựng đề án,Văn phòng,{cells}\n"
    done = await office.imported(file)
    task = (await office.tasks())[0]

    assert (task["deadline_words"], task["starts_on"], task["due_on"]) == (words, starts_on, due_on)
    planned = rows_of(done)[0]["reading"]["deadline"]
    assert (planned["starts_on"], planned["due_on"]) == (starts_on, due_on)
    assert ("deadline_by_heading" in notes_of(done)) is (heading is not SPAN)
    assert (await office.imported(file))["counts"]["actions"] == {"unchanged": 1}


async def test_submitting_and_issuing_are_kept_as_two_moments(office: Office) -> None:
    await office.imported(f"{TWO_ROWS}1,Xây dựng đề án,Văn phòng,Tháng 3/2026,Quý II/2026\n")
    task = (await office.tasks())[0]
    assert (task["submit_deadline_words"], task["deadline_words"]) == ("Tháng 3/2026", "Quý II/2026")
    assert (task["submit_due_on"], task["due_on"]) == ("2026-03-31", "2026-06-30")


async def test_a_deadline_cell_that_no_field_takes_is_told_and_not_dropped_in_silence(office: Office) -> None:
    heading = "TT,Nhiệm vụ,Cơ quan chủ trì,Thời hạn hoàn thành,Thời hạn báo cáo,Người phụ trách\n"
    done = await office.imported(
        f"{heading}1,Xây dựng đề án,Văn phòng,Quý II/2026,Tháng 7/2026,Nguyễn Văn A\n"
    )
    notes = [note for row in done["plan"] for note in row["notes"]]
    assert [(note["code"], note["cells"]) for note in notes] == [
        ("deadline_left", ["E2"]),
        ("column_left", ["F1"]),
    ]


async def test_the_plan_reads_time_with_the_year_and_calendar_the_task_is_read_with(office: Office) -> None:
    words = ("Quý II", "trước 30/4", "Tháng 2", "Tháng 1/2027", "sau 10 ngày", "Thường xuyên")
    file = HEADING + "".join(f"{place},Việc,Văn phòng,,{one},\n" for place, one in enumerate(words, 1))
    tried = await office.imported(file, dry_run="true")
    await office.imported(file)

    planned = [row["reading"]["deadline"] for row in rows_of(tried)]
    tasks = await office.tasks()
    assert [(one["kind"], one["due_on"]) for one in planned] == [
        (task["deadline_kind"], task["due_on"]) for task in tasks
    ]
    assert planned[0] == {"kind": "quarter", "starts_on": None, "due_on": "2026-06-30", "why": None}


# -- targets by years ------------------------------------------------------------------------------------------------

TARGETS = (
    "TT,Chỉ tiêu,Đơn vị tính,Năm 2026,Quý IV năm 2027,Giai đoạn 2026-2030,Đến năm 2030\n"
    "1,Tỷ lệ số hóa hồ sơ,%,80,90,95,100\n2,Số lớp bồi dưỡng,lớp,5,,,10\n"
)


async def test_targets_of_several_periods_go_out_and_come_back_without_drift(office: Office) -> None:
    await office.imported(TARGETS, annex="Phụ lục I")
    lines = (await office.secretary.get("/v1/indicators?include=targets&sort=number")).json()["items"]
    assert [[(one["period"], one["words"]) for one in line["targets"]] for line in lines] == [
        [("2026", "80"), ("2027-Q4", "90"), ("2030", "95"), ("2030", "100")],
        [("2026", "5"), ("2030", "10")],
    ]

    back = await office.imported(await office.taken_out(), media=XLSX)
    assert back["counts"]["actions"] == {"unchanged": 2}
    other = await office.stage.programme(office.unit)
    fresh = await office.imported(await office.taken_out(), media=XLSX, programme_id=str(other))
    assert (fresh["counts"]["actions"], fresh["counts"]["targets"]) == ({"create": 2}, 6)


NAMES = (
    "",
    "Phụ lục I",
    "Hai lần",
    "Phụ lục II: Nhiệm vụ trọng tâm của các đảng ủy trực thuộc",
    "Biểu [1/2]",
)


async def test_annexes_of_any_name_come_back_into_themselves(office: Office) -> None:
    for name in NAMES:
        await office.imported(ONE_ROW, annex=name)
        await office.imported(TARGETS, annex=name)
    back = await office.imported(await office.taken_out(), media=XLSX)
    assert back["counts"]["actions"] == {"unchanged": 3 * len(NAMES)}
    assert {row["annex"] for row in rows_of(back)} == set(NAMES)


# -- cells of a workbook ---------------------------------------------------------------------------------------------


def _odd_cells(book: xlsxwriter.Workbook, sheet: Any) -> None:
    day, month = (book.add_format({"num_format": code}) for code in ("dd/mm/yyyy", "mm/yyyy"))
    sheet.merge_range("A1:D1", "PHỤ LỤC II")
    sheet.write_row("A2", ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"])
    sheet.write_formula("A3", "=ROW()-2", value=1)
    sheet.write("B3", "Việc một")
    sheet.write_formula("C3", '=HYPERLINK("http://x.example","Văn phòng")', value="Văn phòng")
    sheet.write_datetime("D3", date(2026, 3, 31), day)
    sheet.write_row("A4", [2, "Việc hai"])
    sheet.write_formula("C4", "=Khac!A1", value="#REF!")
    sheet.write_datetime("D4", date(2026, 6, 1), month)
    sheet.merge_range("C5:C6", "Ban Tổ chức")
    sheet.write_row("A5", [3, "Việc ba"])
    sheet.write_row("A6", [4, "Việc bốn"])
    sheet.write_row("A7", [5, "Việc ẩn", "Văn phòng"])
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.write("A8", 6)
    sheet.write_string("B8", '=HYPERLINK("http://x.example","bấm")')
    sheet.write("A9", 7)
    sheet.write_formula("B9", "=B100", value="")
    sheet.write("C9", "Văn phòng")


async def test_cells_are_taken_as_a_person_sees_them_and_every_doubt_is_told(office: Office) -> None:
    done = await office.imported(workbook(_odd_cells), media=XLSX)
    told = {row["number"]: {note["code"] for note in row["notes"]} for row in rows_of(done)}
    assert told == {
        "1": {"formula_value"},
        "2": {"formula_value", "error_value", "as_shown"},
        "3": set(),
        "4": {"merged_above"},
        "5": {"hidden"},
        "6": set(),
        "7": {"title_missing", "formula_empty"},
    }
    tasks = {task["number"]: task for task in await office.tasks()}
    assert [(one["lead_words"], one["deadline_words"]) for one in tasks.values()] == [
        ("Văn phòng", "31/03/2026"),
        ("", "06/2026"),
        ("Ban Tổ chức", ""),
        ("", ""),
        ("Văn phòng", ""),
        ("", ""),
    ]
    assert (tasks["1"]["due_on"], tasks["2"]["due_on"]) == ("2026-03-31", "2026-06-30")


async def test_a_row_with_a_number_and_no_title_is_passed_over_and_told(office: Office) -> None:
    file = HEADING + "1,,Văn phòng,,2026,\n2,Việc hai,Văn phòng,,2026,\n"
    done = await office.imported(file)
    assert done["counts"]["actions"] == {"skipped": 1, "create": 1}
    assert (rows_of(done)[0]["action"], done["counts"]["tasks"]) == ("skipped", 1)
    assert [task["number"] for task in await office.tasks()] == ["2"]
    assert (await office.imported(file))["counts"]["actions"] == {"skipped": 1, "unchanged": 1}


async def test_what_looks_like_a_formula_goes_out_as_words_and_never_as_a_formula(office: Office) -> None:
    risky = ['=HYPERLINK("http://x.example","bấm")', "=1+2", "@SUM(A1)", "+84", "http://x.example"]
    await office.imported(
        workbook(table(*[[n, words, words, words] for n, words in enumerate(risky, 1)])), media=XLSX
    )
    sheet = openpyxl.load_workbook(io.BytesIO(await office.taken_out())).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert {str(cell.value) for cell in cells} >= set(risky)
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell for cell in cells if cell.hyperlink] == []


async def test_a_hidden_sheet_is_read_and_said_to_be_hidden(office: Office) -> None:
    def hidden(book: xlsxwriter.Workbook, sheet: Any) -> None:
        table([1, "Việc nháp", "Văn phòng"])(book, sheet)
        sheet.hide()

    done = await office.imported(
        workbook(table([1, "Việc thật", "Văn phòng"]), hidden, names=("Phụ lục I", "Phụ lục II")), media=XLSX
    )
    marked = {row["annex"]: "hidden" in {note["code"] for note in row["notes"]} for row in rows_of(done)}
    assert marked == {"Phụ lục I": False, "Phụ lục II": True}


async def test_one_annex_on_two_sheets_keeps_both_rows_of_a_number(office: Office) -> None:
    file = workbook(
        table([1, "Việc một", "Văn phòng"]),
        table([1, "Việc khác", "Văn phòng"]),
        names=("Trang 1", "Trang 2"),
    )
    done = await office.imported(file, media=XLSX)
    assert (done["counts"]["actions"], done["counts"]["unknown_names"]) == ({"create": 2}, 1)
    assert [(one["number"], one["ordinal"], one["title"]) for one in await office.tasks()] == [
        ("1", 1, "Việc một"),
        ("1", 2, "Việc khác"),
    ]
    again = await office.imported(file, media=XLSX)
    assert (again["counts"]["actions"], again["counts"]["absent"]) == ({"unchanged": 2}, 0)
    assert (await office.imported(workbook(table([1, "Việc một", "Văn phòng"])), media=XLSX))["counts"][
        "absent"
    ] == 1


async def test_rows_and_numbers_that_repeat_are_kept_and_told(office: Office) -> None:
    same = "1,Xây dựng quy chế,Văn phòng,,2026,\n"
    file = HEADING + same + same + same.replace("quy chế", "đề án")
    done = await office.imported(file)
    told = [{note["code"] for note in row["notes"]} for row in rows_of(done)]
    assert told == [{"number_repeated"}, {"number_repeated", "row_repeated"}, {"number_repeated"}]
    assert [one["ordinal"] for one in await office.tasks()] == [1, 2, 3]
    assert (await office.imported(file))["counts"]["actions"] == {"unchanged": 3}


async def test_words_around_which_blanks_stand_do_not_differ_the_second_time(office: Office) -> None:
    file = HEADING + '" 1. "," Xây dựng quy chế ", Văn phòng ,, 2026 , Quy chế \n'
    await office.imported(file)
    assert (await office.imported(file))["counts"]["actions"] == {"unchanged": 1}


@pytest.mark.parametrize(
    ("row", "pointer"),
    [
        (f"1,{'x y ' * 1_500},Văn phòng,,2026,\n", "/rows/2/title"),
        (f"{'1.' * 40},Việc,Văn phòng,,2026,\n", "/rows/2/number"),
        (f"1,Việc,Văn phòng,,{'đến 2026 ' * 300},\n", "/rows/2/deadline_words"),
    ],
)
async def test_a_cell_too_long_for_its_field_is_told_by_row_at_both_doors(
    office: Office, row: str, pointer: str
) -> None:
    answer = await office.send(HEADING + row)
    assert (answer.status_code, answer.json()["code"]) == (422, "input_invalid")
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    by_graph = await office.by_graph(HEADING + row)
    assert (by_graph["code"], [one["pointer"] for one in by_graph["errors"]]) == ("input_invalid", [pointer])
    assert await office.count("tasks") == 0


# -- bytes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom"])
async def test_unicode_in_any_dress_says_the_same(office: Office, encoding: str) -> None:
    words = "\ufeff" + ONE_ROW if encoding == "utf-16-le-bom" else ONE_ROW
    done = await office.imported(words.encode(encoding.removesuffix("-bom")))
    assert rows_of(done)[0]["title"] == "Xây dựng quy chế"


async def test_decomposed_letters_are_the_same_letters(office: Office) -> None:
    await office.imported(ONE_ROW)
    again = await office.imported(unicodedata.normalize("NFD", ONE_ROW))
    assert again["counts"]["actions"] == {"unchanged": 1}


@pytest.mark.parametrize(
    "data",
    [
        "TT,Nhiê\u0323m vu\u0323\n1,Xây dư\u0323ng đê\u0300 a\u0301n\n".encode("cp1258"),
        "TT,Nhiệm vụ\n".encode() + b"1,\xff\xfe\n",
        ONE_ROW.encode("utf-16-le"),
        ONE_ROW.encode("utf-32"),
        ONE_ROW.encode().decode("latin-1").encode(),
        "TT,NhiÖm vô,C¬ quan chñ tr×\n1,X©y dùng ®Ò ¸n tæ chøc,V¨n phßng\n".encode(),
    ],
    ids=["windows-1258", "no utf-8", "utf-16 without its mark", "utf-32", "decoded twice", "tcvn3"],
)
async def test_an_encoding_that_would_have_to_be_guessed_is_refused(office: Office, data: bytes) -> None:
    assert await office.refused(data) == (422, "encoding_unknown")
    assert (await office.by_graph(data))["code"] == "encoding_unknown"


def _bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 150_000_000)
    return held.getvalue()


def _many_rows(count: int) -> str:
    return HEADING + "".join(f"{place},Việc {place},Văn phòng,,2026,\n" for place in range(1, count))


@pytest.mark.parametrize(
    ("make", "media", "status", "code"),
    [
        (lambda: b"x" * 10_000_001, CSV, 413, "too_large"),
        (_bomb, XLSX, 413, "unpacks_too_large"),
        (lambda: _many_rows(5_001), CSV, 422, "too_many_rows"),
        (lambda: _many_rows(100_000), CSV, 422, "too_many_rows"),
        (lambda: workbook(table(*([["1", "Việc"]] * 100_000))), XLSX, 422, "too_many_rows"),
        (lambda: workbook(table([1, "Việc"]))[:3_000], XLSX, 422, "file_damaged"),
        (lambda: b"PK\x03\x04" + os.urandom(500), XLSX, 422, "file_damaged"),
        (lambda: b"%PDF-1.7", XLSX, 415, "format_unknown"),
        (lambda: b"%PDF-1.7", "application/pdf", 415, "media_type_unsupported"),
        (lambda: ONE_ROW, "application/json", 415, "media_type_unsupported"),
        (lambda: ONE_ROW, "", 415, "media_type_unsupported"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, XLSX, 415, "format_unknown"),
        (lambda: b"", CSV, 422, "empty_file"),
        (lambda: "chỉ,là,chữ\n1,2,3\n", CSV, 422, "structure_unreadable"),
        (lambda: 'TT,Nhiệm vụ\n1,"mở ngoặc không đóng\n', CSV, 422, "file_damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
async def test_what_cannot_be_taken_is_refused_quickly_by_its_own_code(
    office: Office, make: Callable[[], bytes | str], media: str, status: int, code: str
) -> None:
    data = make()
    begun = time.monotonic()
    assert await office.refused(data, media=media) == (status, code)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"x" * 10_000_001, "too_large"),
        (_bomb, "unpacks_too_large"),
        (lambda: _many_rows(5_001), "too_many_rows"),
        (lambda: b"%PDF-1.7", "format_unknown"),
        (lambda: workbook(table([1, "Việc"]))[:3_000], "file_damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
async def test_the_other_door_refuses_the_same_files(
    office: Office, make: Callable[[], bytes], code: str
) -> None:
    assert (await office.by_graph(make()))["code"] == code
    assert await office.count("imports") == 0


# -- secrets ---------------------------------------------------------------------------------------------------------

CANARY = f"Phương án {uuid4().hex}"


def _with_cell(words: str) -> bytes:
    return f'{HEADING}1,{CANARY},Văn phòng,,2026,\n2,"{words}",Văn phòng,,2026,\n'.encode()


MARKED: dict[str, tuple[bytes, dict[str, str]]] = {
    "a whole cell": (_with_cell("Mật"), {}),
    "a line of a cell": (_with_cell(f"{CANARY}\nTuyệt mật"), {}),
    "capitals": (_with_cell("TỐI MẬT"), {}),
    "a field": (_with_cell("Độ mật: Mật"), {}),
    "decomposed": (unicodedata.normalize("NFD", _with_cell("Tối mật").decode()).encode(), {}),
    "utf-16": (_with_cell("Mật").decode().encode("utf-16"), {}),
    "a line above the table": ("MẬT,,,,,\n".encode() + _with_cell("x"), {}),
    "the file's name": (_with_cell("x"), {"file_name": f"KH {CANARY} (Mật).csv"}),
    "the file's name, decomposed": (
        _with_cell("x"),
        {"file_name": unicodedata.normalize("NFD", f"{CANARY} [TỐI MẬT].csv")},
    ),
    "the annex's name": (_with_cell("x"), {"annex": f"{CANARY}\nĐộ mật: Mật"}),
    "the mapping": (_with_cell("x"), {"mapping": json.dumps({"lead": f"{CANARY}\nMật"})}),
    "the reason": (_with_cell("x"), {"reason": f"{CANARY} (Mật)"}),
    "a cell of a workbook": (workbook(table([1, CANARY], [2, "Tuyệt mật"])), {}),
    "a sheet's name": (workbook(table([1, CANARY]), names=("Mật",)), {}),
}


async def _by_graph_too(office: Office, data: bytes, beside: dict[str, str]) -> str:
    """The code the other door refuses with; a reason stands beside the input there."""
    given: dict[str, Any] = {"annex": beside.get("annex", ""), "fileName": beside.get("file_name", "")}
    if "mapping" in beside:
        given["mapping"] = json.loads(beside["mapping"])
    if "reason" in beside:
        return "secret_refused"
    return (await office.by_graph(data, key=str(uuid4()), **given))["code"]


async def test_a_marked_file_is_refused_and_its_words_are_found_nowhere_afterwards(
    office: Office, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    begun = time.time()
    codes: dict[str, tuple[str, str]] = {}
    answers = ""
    for where, (data, beside) in MARKED.items():
        media = XLSX if data.startswith(b"PK") else CSV
        rest = await office.send(data, media=media, who=None, key=str(uuid4()), **beside)
        codes[where] = (rest.json()["code"], await _by_graph_too(office, data, beside))
        answers += rest.text

    assert codes == dict.fromkeys(MARKED, ("secret_refused", "secret_refused"))
    assert (await office.count("imports"), await office.count("tasks")) == (0, 0)
    assert await columns_holding(office.stage, CANARY) == []
    said = capfd.readouterr()
    assert CANARY not in answers + said.out + said.err + caplog.text
    assert files_holding(CANARY, since=begun) == []


async def test_what_only_speaks_of_secrecy_is_taken(office: Office) -> None:
    words = ("Bảo vệ bí mật nhà nước", "Rà soát mật độ dân số", "Danh mục bí mật nhà nước (độ mật)")
    rows = "".join(f"{place},{one},Văn phòng,,2026,\n" for place, one in enumerate(words, 1))
    done = await office.imported(HEADING + rows, file_name="bảo vệ bí mật nhà nước.csv")
    assert [row["title"] for row in rows_of(done)] == list(words)


async def test_what_was_taken_is_found_by_the_same_search(office: Office) -> None:
    begun = time.time()
    canary = f"Tìm {uuid4().hex}"
    await office.imported(ONE_ROW.replace("Xây dựng quy chế", canary), key="k")
    found = await columns_holding(office.stage, canary)
    assert {"task.title", "annex_import.plan", "idempotency_key.answer"} <= set(found)
    assert files_holding(canary, since=begun) != []


async def columns_holding(stage: Stage, words: str) -> list[str]:
    """Every column of text, JSON or bytes of every table in which the words stand."""
    connection = await asyncpg.connect(stage.house.database.addresses.owner)
    columns = await connection.fetch(
        """SELECT c.relname AS table, a.attname AS column, a.atttypid = 'bytea'::regtype AS bytes
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
          AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype, 'json'::regtype,
                             'bytea'::regtype, 'text[]'::regtype, 'tsvector'::regtype)"""
    )
    assert len(columns) > 100
    found = []
    # Search columns hold the words folded: the last word of the canary is the same in every spelling.
    plain = words.rpartition(" ")[2]
    for one in columns:
        text = f"encode(\"{one['column']}\", 'escape')" if one["bytes"] else f'"{one["column"]}"::text'
        if await connection.fetchval(
            f'SELECT EXISTS (SELECT 1 FROM "{one["table"]}" WHERE strpos({text}, $1) > 0)', plain
        ):
            found.append(f"{one['table']}.{one['column']}")
    await connection.close()
    return found


def files_holding(words: str, *, since: float) -> list[str]:
    """Files written since then below the folder of temporary files, the database's own with its write-ahead log too."""
    needle = words.rpartition(" ")[2].encode()
    return [
        str(path) for path in _fresh_files(Path(tempfile.gettempdir()), since) if needle in _bytes_of(path)
    ]


def _fresh_files(folder: Path, since: float) -> list[Path]:
    found = []
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root) / name
            try:
                if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since - 1:
                    found.append(path)
            except OSError:  # others come and go while we look
                continue
    return found


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


# -- who, how often, and back ----------------------------------------------------------------------------------------


async def test_one_file_sent_twice_at_once_is_drafted_once(office: Office) -> None:
    file = _many_rows(30)
    answers = await asyncio.gather(*(office.imported(file) for _ in range(2)))
    assert sorted(str(one["counts"]["actions"]) for one in answers) == ["{'create': 29}", "{'unchanged': 29}"]
    assert await office.count("tasks") == 29


async def test_two_imports_at_once_found_a_unit_once(office: Office) -> None:
    other = await office.stage.programme(office.unit)
    answers = await asyncio.gather(
        office.imported(WITH_UNKNOWN, create_units="true"),
        office.imported(WITH_UNKNOWN, create_units="true", programme_id=str(other)),
    )
    assert sorted(len(units_founded(one)) for one in answers) == [0, 4]
    assert await office.count("units") == 5


@pytest.mark.parametrize("role", ["inspector", "member"])
async def test_who_sees_the_programme_without_the_power_is_refused_at_both_doors(
    office: Office, role: str
) -> None:
    who = await office.stage.caller(office.unit, office=role)
    assert await office.refused(ONE_ROW, who=who) == (403, "not_allowed")
    assert await office.refused(ONE_ROW, who=who, dry_run="true") == (403, "not_allowed")
    assert (await office.by_graph(ONE_ROW, who=who))["code"] == "not_allowed"


async def test_who_does_not_see_the_programme_is_told_that_it_is_not_there(office: Office) -> None:
    stranger = await office.stage.caller(await office.stage.unit("Đảng ủy khác"))
    assert await office.refused(ONE_ROW, who=stranger) == (404, "not_found")
    assert (await office.by_graph(ONE_ROW, who=stranger))["code"] == "not_found"


async def test_a_lost_answer_is_given_again_and_nothing_is_imported_twice(office: Office) -> None:
    first = await office.send(ONE_ROW, key="mot")
    again = await office.send(ONE_ROW, key="mot")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"

    graph = [await office.by_graph(ONE_ROW, key="hai", annex="B") for _ in range(2)]
    assert [one["replayed"] for one in graph] == [False, True]
    assert graph[0]["id"] == graph[1]["id"]
    assert (await office.count("imports"), await office.count("tasks")) == (2, 2)


async def test_an_import_whose_draft_was_touched_is_not_withdrawn_at_either_door(office: Office) -> None:
    done = await office.imported(ONE_ROW)
    task = (await office.tasks())[0]
    touched = await office.secretary.patch(
        f"/v1/tasks/{task['id']}", {"note": "đã xem"}, headers={"If-Match": '"1"'}
    )
    assert touched.status_code == 200, touched.text

    refused = await office.withdraw(done)
    assert (refused.status_code, refused.json()["code"]) == (409, "import_touched")
    by_graph = await office.secretary.data(WITHDRAW, id=done["id"], version=done["version"])
    assert by_graph["it"] == {"code": "import_touched"}
    assert len(await office.tasks()) == 1


async def test_an_untouched_import_is_withdrawn_and_can_be_imported_anew(office: Office) -> None:
    done = await office.imported(ONE_ROW)
    by_graph = await office.secretary.data(WITHDRAW, id=done["id"], version=done["version"])
    assert by_graph["it"] == {"import": {"version": done["version"] + 1, "state": "WITHDRAWN"}}
    stands = (await office.secretary.get(f"/v1/imports/{done['id']}")).json()
    assert (stands["state"], stands["version"]) == ("withdrawn", done["version"] + 1)
    assert await office.tasks() == []
    again = await office.withdraw({**done, "version": done["version"] + 1})
    assert (again.status_code, again.json()["code"]) == (409, "import_withdrawn")
    assert (await office.imported(ONE_ROW))["counts"]["actions"] == {"create": 1}


async def _content(office: Office) -> list[dict[str, Any]]:
    """What tasks say, without what an act leaves behind."""
    passing = {"version", "updated_at", "allowed_actions"}
    tasks = await office.tasks("lead,coordinating,deliverables")
    for task in tasks:
        for one in task["deliverables"]:
            del one["id"]
    return [{name: value for name, value in task.items() if name not in passing} for task in tasks]


async def test_a_withdrawn_correction_puts_back_lead_partners_product_and_source(office: Office) -> None:
    for name in ("Ban Alpha", "Ban Beta"):
        await office.stage.unit(name, parent=office.unit)
    file = HEADING + "1,Việc một,Ban Alpha,Ban Beta,2026,Đề án\n"
    await office.imported(file)
    before = await _content(office)
    done = await office.imported(HEADING + "1,Đề án một,Ban Beta,Ban Alpha,2027,Quyết định\n")
    assert [one["lead"]["name"] for one in await office.tasks()] == ["Ban Beta"]

    withdrawn = await office.withdraw(done)
    assert withdrawn.status_code == 200, withdrawn.text
    assert await _content(office) == before


@pytest.mark.parametrize(
    ("words", "kind"), [("Tổ lạ", "single"), ("Các ban", "collective"), ("-", "none"), ("#REF!", "none")]
)
async def test_a_correction_that_names_no_known_lead_leaves_the_old_one_nowhere(
    office: Office, words: str, kind: str
) -> None:
    await office.stage.unit("Ban Alpha", parent=office.unit)
    file = HEADING + "1,Việc một,Ban Alpha,,2026,Đề án\n"
    await office.imported(file)
    done = await office.imported(file.replace("Ban Alpha", words).replace("Đề án", ""))
    task = (await office.tasks("lead,deliverables"))[0]
    assert done["counts"]["actions"] == {"update": 1}
    assert (task["lead"], task["lead_kind"], task["deliverables"]) == (None, kind, [])


async def test_a_corrected_indicator_follows_its_new_lead_and_goes_back_to_the_old(office: Office) -> None:
    for name in ("Ban Alpha", "Ban Beta"):
        await office.stage.unit(name, parent=office.unit)
    file = "TT,Chỉ tiêu,Đơn vị tính,Năm 2026,Cơ quan chủ trì\n1,Tỷ lệ số hóa,%,80,Ban Alpha\n"

    async def lead_and_target() -> tuple[str, str]:
        line = (await office.secretary.get("/v1/indicators?include=lead,targets")).json()["items"][0]
        return line["lead"]["name"], line["targets"][0]["words"]

    await office.imported(file)
    done = await office.imported(file.replace("80", "90").replace("Alpha", "Beta"))
    assert await lead_and_target() == ("Ban Beta", "90")
    assert (await office.withdraw(done)).status_code == 200
    assert await lead_and_target() == ("Ban Alpha", "80")
