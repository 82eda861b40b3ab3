import csv
import io
import json
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.annex import REASONS, Annex
from app.exchange.grid import Cell, Limits, Merge, Sheet, is_blank
from app.exchange.heading_words import ROLES
from app.exchange.headings import read_headings
from app.exchange.numbering import led_by, number_of
from app.exchange.refusals import FileRefused
from app.exchange.rows import read_annex, read_annexes
from app.exchange.sheets import read_sheet

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
HEAD = "TT;Nhiệm vụ;Chủ trì;Phối hợp;Kết quả;Thời hạn;Ghi chú\n"


def annexes(text: str, mapping=None) -> tuple[Annex, ...]:
    return read_annexes(read_sheet(text.encode(), "phu-luc.csv", Limits()), mapping)


def annex(text: str, mapping=None) -> Annex:
    (only,) = annexes(text, mapping)
    return only


def body(rows: str) -> Annex:
    """An annex of tasks with the usual columns and these rows."""
    return annex(HEAD + rows)


def workbook(fill) -> Annex:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    fill(book, book.add_worksheet("Phụ lục II"))
    book.close()
    (only,) = read_annexes(read_sheet(held.getvalue(), "a.xlsx", Limits()))
    return only


def numbers(found: Annex) -> list[str]:
    return [item.number for item in found.items]


def codes(found: Annex) -> Counter[str]:
    return Counter(note.code for note in found.notes)


def kept(found: Annex) -> set[tuple[int, int]]:
    """Places of all cells that an annex holds anywhere."""
    cells: list[Cell] = [*found.heading_cells]
    for item in found.items:
        cells += [*item.cells, *item.stray]
    for group in found.groups:
        cells += [*group.cells, *group.stray]
    for note in found.notes:
        cells += note.cells
    return {(cell.row, cell.column) for cell in cells}


def filled(sheet: Sheet) -> set[tuple[int, int]]:
    return {(cell.row, cell.column) for row in sheet.rows for cell in row if not is_blank(cell.text)}


@cache
def real(number: int) -> Annex:
    """Annex 1 or 2 of the real programme."""
    name = f"programme-nq03-2025-pl{number}-raw.csv"
    (only,) = read_annexes(read_sheet((SHARED / name).read_bytes(), name, Limits()))
    return only


@cache
def by_hand(name: str) -> list[dict]:
    """The rows of an annex as somebody wrote them down from the same source."""
    programme = json.loads((SHARED / "programme-nq03-2025.json").read_text())
    return next(one["rows"] for one in programme["annexes"] if one["name"] == name)


class TestRealProgramme:
    def test_there_are_140_tasks_in_7_groups(self):
        tasks = real(2)
        assert (tasks.kind, len(tasks.items)) == ("tasks", 140)
        assert [group.number for group in tasks.groups] == ["I.", "II.", "III.", "IV.", "V.", "VI.", "VII."]
        assert [item.code for item in tasks.items] == [str(number) for number in range(1, 141)]

    def test_there_are_57_indicators_in_2_groups(self):
        indicators = real(1)
        assert (indicators.kind, len(indicators.items)) == ("indicators", 57)
        assert [group.title for group in indicators.groups] == ["Đến năm 2030", "Đến năm 2045"]

    def test_every_task_says_what_the_transcription_by_hand_says(self):
        tasks = real(2)
        rows = by_hand("Phụ lục II")
        own = [row for row in rows if row["kind"] == "task"]
        for item, row in zip(tasks.items, own, strict=True):
            cells = row["cells"]
            assert item.number == cells["TT"]
            assert item.words("lead") == cells["Cơ quan chủ trì"]
            assert item.words("deadline") == cells["Thời gian hoàn thành"]
            assert item.words("result") == cells["Kết quả"]
            assert item.words("title").startswith(cells["Tên nhiệm vụ"])
            assert tasks.groups[item.group or 0].number == f"{row['group']}."

    def test_three_rows_continue_the_task_above_and_are_told(self):
        tasks = real(2)
        continued = [note for note in tasks.notes if note.code == "continued"]
        assert [note.row for note in continued] == [115, 118, 138]
        long = next(item for item in tasks.items if item.code == "108")
        assert (long.first_row, long.last_row) == (114, 115)
        assert long.words("title").endswith("các tỉnh, thành phố có đảo.")
        assert long.words("coordinating").startswith("nghiệp và phát triển nông thôn")

    def test_the_cell_beside_a_group_is_kept_with_it_and_given_to_no_task(self):
        tasks = real(2)
        (note,) = [note for note in tasks.notes if note.code == "group_cells"]
        assert (note.row, [cell.text for cell in note.cells]) == (81, ["năm tiếp theo"])
        assert [cell.text for cell in tasks.groups[3].stray] == ["năm tiếp theo"]

    def test_titles_cut_by_a_page_break_are_told_or_continued(self):
        tasks = real(2)
        told = {note.row for note in tasks.notes if note.code in {"looks_cut", "continued"}}
        cut = {item.code for item in tasks.items if told & set(range(item.first_row, item.last_row + 1))}
        assert cut == {"3", "12", "108", "110", "128"}

    def test_the_blank_deadline_stays_blank(self):
        tasks = real(2)
        assert [item.code for item in tasks.items if not item.words("deadline")] == ["42"]

    def test_indicators_say_what_the_transcription_by_hand_says(self):
        indicators = real(1)
        for item, row in zip(indicators.items, by_hand("Phụ lục I"), strict=True):
            cells = row["cells"]
            assert item.number == cells["TT"]
            assert item.words("target") == cells["Kết quả"]
            assert item.words("measure") == cells["Đơn vị"]
            assert item.words("lead") == cells["Cơ quan chủ trì theo dõi, đánh giá"]
            assert item.parent == row.get("parent_tt", "")

    def test_a_parent_without_a_value_is_an_indicator_too(self):
        indicators = real(1)
        parent = next(item for item in indicators.items if item.code == "11")
        assert (parent.reason, parent.words("target")) == ("item_parent", "")
        assert [item.code for item in indicators.items if item.parent == "11"] == [
            f"11.{n}" for n in range(1, 13)
        ]

    @pytest.mark.parametrize("name", ["programme-nq03-2025-pl1-raw.csv", "programme-nq03-2025-pl2-raw.csv"])
    def test_no_cell_is_lost(self, name):
        sheets = read_sheet((SHARED / name).read_bytes(), name, Limits())
        (found,) = read_annexes(sheets)
        assert kept(found) == filled(sheets[0])

    def test_the_reading_does_not_depend_on_the_composition_of_letters(self):
        tasks = real(2)
        text = unicodedata.normalize("NFD", (SHARED / "programme-nq03-2025-pl2-raw.csv").read_text())
        (again,) = read_annexes(read_sheet(text.encode(), "pl2.csv", Limits()))
        assert [item.digest for item in again.items] == [item.digest for item in tasks.items]

    def test_the_same_table_as_xlsx_reads_the_same(self):
        tasks = real(2)
        rows = list(
            csv.reader(
                io.StringIO((SHARED / "programme-nq03-2025-pl2-raw.csv").read_text(encoding="utf-8-sig"))
            )
        )

        def fill(_, sheet):
            sheet.write("A1", "PHỤ LỤC II")
            for place, row in enumerate(rows, 4):
                for column, words in enumerate(row):
                    sheet.write_string(place, column + 1, words)

        again = workbook(fill)
        assert [(item.code, item.digest) for item in again.items] == [
            (item.code, item.digest) for item in tasks.items
        ]


class TestGroups:
    def test_letters_hold_roman_numbers_and_these_hold_tasks(self):
        found = body(
            "A;XÂY DỰNG ĐẢNG\nI;Tư tưởng\n1;Một;Ban A\nII;Tổ chức\n2;Hai;Ban B\nB;KINH TẾ\n3;Ba;Ban C\n"
        )
        told = [(group.number, group.level, group.parent) for group in found.groups]
        assert told == [("A", 0, None), ("I", 1, 0), ("II", 1, 0), ("B", 0, None)]
        assert [item.group for item in found.items] == [1, 2, 3]

    def test_c_after_b_is_a_letter_and_c_after_xcix_would_be_roman(self):
        found = body("A;Một\n1;x;Ban A\nB;Hai\n2;x;Ban A\nC;Ba\n3;x;Ban A\nD;Bốn\n4;x;Ban A\n")
        assert {group.level for group in found.groups} == {0}

    @pytest.mark.parametrize(
        ("row", "number", "title", "reason"),
        [
            ("II. KINH TẾ;;", "II.", "KINH TẾ", "group_numbered"),
            (";II. Kinh tế;", "II.", "Kinh tế", "group_numbered"),
            (";LĨNH VỰC KINH TẾ;", "", "LĨNH VỰC KINH TẾ", "group_capitals"),
            ("Phần thứ nhất: Kinh tế;;", "Phần thứ nhất", "Kinh tế", "group_named"),
            (";Nhóm 2. Kinh tế;", "Nhóm 2", "Kinh tế", "group_named"),
            ("Lĩnh vực kinh tế;;", "", "Lĩnh vực kinh tế", "group_words"),
            (";Lĩnh vực kinh tế;", "", "Lĩnh vực kinh tế", "group_words"),
            (";Các nhiệm vụ về kinh tế:;", "", "Các nhiệm vụ về kinh tế:", "group_words"),
        ],
    )
    def test_a_row_with_only_words_names_a_group(self, row, number, title, reason):
        found = body(f"1;Việc một.;Sở A;;KH;2026\n{row}\n2;Việc hai;Sở B;;KH;2026\n")
        (group,) = found.groups
        assert (group.number, group.title, group.reason) == (number, title, reason)
        assert [item.group for item in found.items] == [None, 0]

    def test_a_title_whose_parts_carry_the_numbers_below_it_is_a_sub_group_of_tasks(self):
        found = body("I;Nhóm\n1;Nhóm việc\n1.1;Một;Sở A\n1.2;Hai;Sở B\n2;Ba;Sở C\n")
        assert [(group.title, group.level) for group in found.groups] == [("Nhóm", 0), ("Nhóm việc", 1)]
        assert [(item.code, item.group) for item in found.items] == [("1.1", 1), ("1.2", 1), ("2", 0)]

    def test_a_wide_merged_cell_names_a_group(self):
        def fill(_, sheet):
            sheet.write_row(0, 0, ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"])
            sheet.merge_range("A2:D2", "Lĩnh vực xã hội")
            sheet.write_row(2, 0, [1, "Một", "Sở A", "2026"])

        found = workbook(fill)
        assert [(group.title, group.reason) for group in found.groups] == [
            ("Lĩnh vực xã hội", "group_merged")
        ]
        assert numbers(found) == ["1"]

    def test_a_column_of_groups_opens_a_group_where_it_changes(self):
        text = "Lĩnh vực;STT;Nội dung;Chủ trì\nKinh tế;1;Một;Sở A\n;2;Hai;Sở A\nXã hội;3;Ba;Sở B\nXã hội;4;Bốn;Sở B\n"
        found = annex(text)
        assert [(group.title, group.reason) for group in found.groups] == [
            ("Kinh tế", "group_column"),
            ("Xã hội", "group_column"),
        ]
        assert [item.group for item in found.items] == [0, 0, 1, 1]

    def test_a_group_title_cut_by_a_page_goes_on(self):
        found = body("I;Nâng cao nhận thức và\n;đổi mới tư duy\n1;Một;Sở A\n")
        assert [group.title for group in found.groups] == ["Nâng cao nhận thức và đổi mới tư duy"]

    def test_roman_rows_with_a_lead_are_items_where_nothing_else_is_numbered(self):
        found = body("I;Một;Sở A;;KH;2026\nII;Hai;Sở B;;KH;2026\n")
        assert numbers(found) == ["I", "II"]

    def test_roman_rows_with_a_lead_are_groups_above_numbered_tasks_and_keep_their_cells(self):
        found = body("I;Nhóm;Sở A\n1;Một;Sở B;;KH;2026\n")
        assert numbers(found) == ["1"]
        assert [cell.text for cell in found.groups[0].stray] == ["Sở A"]
        assert codes(found)["group_cells"] == 1


class TestItems:
    @pytest.mark.parametrize(
        "printed", ["1", "1.", "01", "1)", "(1)", "1/", "11.10", "II.3", "NV-01", "1a", "I.1.a", "A.1"]
    )
    def test_a_number_is_kept_as_printed(self, printed):
        found = body(f"{printed};Việc;Sở A;;KH;2026\n")
        assert numbers(found) == [printed]

    def test_11_10_is_not_11_1(self):
        found = body("11.1;a;Sở A;;;2026\n11.10;b;Sở A;;;2026\n")
        assert [item.code for item in found.items] == ["11.1", "11.10"]

    def test_lettered_parts_with_a_unit_are_items_of_their_task(self):
        found = body(
            "1;Việc;Sở A;;KH;2026\na);phần a;Sở B;;;2026\nb);phần b;Sở C\n2;Hai;Sở D\na);phần a;Sở B\n"
        )
        assert [(item.code, item.parent) for item in found.items] == [
            ("1", ""),
            ("1.a", "1"),
            ("1.b", "1"),
            ("2", ""),
            ("2.a", "2"),
        ]

    def test_lettered_parts_without_a_unit_belong_to_the_words_of_their_task(self):
        found = body("1;Việc:;Sở A;;KH;2026\na);phần a\n-;phần b\n2;Hai;Sở A\n")
        assert [item.words("title") for item in found.items] == ["Việc:\na) phần a\n- phần b", "Hai"]
        assert codes(found)["continued_part"] == 2

    def test_a_full_row_without_a_number_is_an_item_and_told(self):
        found = body("1;Một;Sở A;;KH;2026\n;Hai;Sở B;;KH;2026\n")
        assert [(item.number, item.reason) for item in found.items] == [
            ("1", "item_numbered"),
            ("", "item_unnumbered"),
        ]

    def test_a_table_without_numbers_is_read_by_its_cells(self):
        found = annex(
            "Nội dung;Đơn vị chủ trì;Thời hạn\nKINH TẾ\nViệc một;Sở A;2026\nViệc hai;Sở B\nvà phần còn lại\n"
        )
        assert [item.words("title") for item in found.items] == ["Việc một", "Việc hai và phần còn lại"]
        assert [item.code for item in found.items] == ["(1).*1", "(1).*2"]

    def test_numbers_inside_titles_are_taken_and_told(self):
        found = annex(
            "Nội dung;Đơn vị chủ trì;Thời hạn\nI. KINH TẾ\n1. Việc một;Sở A;2026\n2. Việc hai;Sở B;2026\n"
        )
        assert [item.code for item in found.items] == ["1", "2"]
        assert [item.words("title") for item in found.items] == ["1. Việc một", "2. Việc hai"]
        assert codes(found)["number_in_title"] == 2

    def test_numbers_that_begin_anew_in_each_group_carry_the_group_in_their_code(self):
        found = body("I;A\n1;a;Sở A\n2;b;Sở A\nII;B\n1;c;Sở A\na);d;Sở B\n")
        assert [item.code for item in found.items] == ["I.1", "I.2", "II.1", "II.1.a"]
        assert not codes(found)["number_repeated"]

    def test_a_number_that_stands_twice_is_kept_twice_and_told_twice(self):
        found = body("1;a;Sở A\n1.;b;Sở B\n")
        assert [item.code for item in found.items] == ["1", "1#2"]
        assert codes(found)["number_repeated"] == 2

    def test_a_row_that_stands_twice_is_told(self):
        found = body("1;a;Sở A\n1;a;Sở A\n")
        assert codes(found)["row_repeated"] == 1

    def test_a_number_stored_as_a_number_is_doubtful(self):
        def fill(book, sheet):
            sheet.write_row(0, 0, ["TT", "Chỉ tiêu", "ĐVT", "Năm 2026"])
            sheet.write_row(1, 0, [11.1, "a", "%", 0.7])
            sheet.write_number(2, 0, 11.1, book.add_format({"num_format": "0.00"}))
            sheet.write_row(2, 1, ["b", "%", 1])
            sheet.write_row(3, 0, [12, "c", "%", 1])

        found = workbook(fill)
        assert numbers(found) == ["11.1", "11.10", "12"]
        assert codes(found)["number_typed"] == 2
        assert found.items[0].words("target") == "0,7"

    def test_a_number_in_a_form_of_its_own_is_kept_and_told(self):
        found = body("1-2;3;Sở A;;KH;2026\nTheo 57;x;Sở B;;KH;2026\n")
        assert numbers(found) == ["1-2", "Theo 57"]
        assert codes(found)["number_odd"] == 1

    def test_a_title_that_stops_in_mid_sentence_is_told(self):
        found = body("1;Xây dựng chương trình, kế hoạch và;Sở A;;KH;2026\n2;Việc;Sở B;;KH;2026\n")
        assert [note.row for note in found.notes if note.code == "looks_cut"] == [2]

    def test_a_number_without_a_title_is_an_item_only_with_content(self):
        found = body("1;;Sở A;;KH;2026\n7\n2;Hai;Sở B;;;2026\n")
        assert numbers(found) == ["1", "2"]
        assert codes(found)["title_missing"] == 2

    def test_several_deadline_columns_keep_their_purposes(self):
        text = "TT;Đề án;Chủ trì;Thời gian;;\n;;;Trình BTV;Ban hành;Hoàn thành\n1;Một;Ban A;T6/2026;T7/2026;12/2026\n"
        (item,) = annex(text).items
        assert [(told.purpose, told.text) for told in item.all("deadline")] == [
            ("submit", "T6/2026"),
            ("issue", "T7/2026"),
            ("complete", "12/2026"),
        ]

    def test_targets_of_several_years_keep_their_periods(self):
        text = "STT;Chỉ tiêu;ĐVT;Thực hiện 2025;Mục tiêu;;Chủ trì\n;;;;2026;2030;\n1;GRDP;%;8,1;10;12;Sở A\n"
        (item,) = annex(text).items
        assert [(told.period, told.text) for told in item.all("target")] == [("2026", "10"), ("2030", "12")]
        assert item.words("baseline") == "8,1"


class TestParts:
    """Rows without a number that stand by themselves."""

    def test_dashed_parts_with_a_unit_and_a_deadline_are_items_below_their_number(self):
        found = body(
            "1;Hoàn thiện thể chế:\n;- Sửa Luật A;Bộ Tư pháp;;Luật;2026\n;b) Sửa Luật B;Bộ Tài chính;;Luật;2027\n2;Hai;Sở A\n"
        )
        assert [item.words("lead") for item in found.items] == ["Bộ Tư pháp", "Bộ Tài chính", "Sở A"]
        assert [group.reason for group in found.groups] == ["group_children"]

    def test_the_rest_of_a_unit_below_a_dash_is_no_part(self):
        found = body("1;Gồm;Sở Khoa học;;KH;2026\n;- ý hai;và Công nghệ;;;năm sau\n2;Hai;Sở A\n")
        assert [item.words("lead") for item in found.items] == ["Sở Khoa học và Công nghệ", "Sở A"]

    def test_values_of_their_own_are_never_joined_to_those_above(self):
        found = annex(
            "TT;Chỉ tiêu;ĐVT;2026\n1;Tăng trưởng;%;10\n;- Khu vực I;%;3,5\n;Trong đó: lúa;%;2\n2;Thu;Tỷ đồng;\n;- Nội địa;Tỷ đồng;9\n"
        )
        assert [(item.words("title"), item.words("target")) for item in found.items] == [
            ("Tăng trưởng", "10"),
            ("- Khu vực I", "3,5"),
            ("Trong đó: lúa", "2"),
            ("Thu", ""),
            ("- Nội địa", "9"),
        ]
        assert [item.parent for item in found.items] == ["", "1", "", "", "2"]

    def test_a_value_cut_off_by_a_page_break_still_reads_on(self):
        found = annex(
            "TT;Chỉ tiêu;ĐVT;2026\n1;Tỷ lệ chi;%;≥ 3% và tăng dần theo\n;trong tổng chi;;yêu cầu\n2;Tỷ lệ hồ sơ;%;\n;trực tuyến;;100\n3;Ba;%;1\n"
        )
        assert [item.words("target") for item in found.items] == ["≥ 3% và tăng dần theo yêu cầu", "100", "1"]

    def test_bold_type_sets_a_group_off_where_tasks_are_plain(self):
        def fill(book, sheet, *, bold_tasks=False):
            bold = book.add_format({"bold": True})
            sheet.write_row(0, 0, ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], bold)
            sheet.write_row(1, 0, ["I", "Nhóm lớn"], bold)
            sheet.write_row(2, 0, ["1", "Một", "Sở A", "2026"], bold if bold_tasks else None)
            sheet.write_row(3, 0, ["", "Về cơ chế"], bold)
            sheet.write_row(4, 0, ["2", "Hai", "Sở A", "2026"])
            sheet.write_row(5, 0, ["3", "Về hạ tầng"], bold)
            sheet.write_row(6, 0, ["", "Ba", "Sở B", "2027"])

        found = workbook(fill)
        assert [(group.title, group.reason) for group in found.groups] == [
            ("Nhóm lớn", "group_numbered"),
            ("Về cơ chế", "group_bold"),
            ("Về hạ tầng", "group_bold"),
        ]
        assert [item.words("title") for item in found.items] == ["Một", "Hai", "Ba"]
        told = workbook(lambda book, sheet: fill(book, sheet, bold_tasks=True))
        assert "group_bold" not in {group.reason for group in told.groups}


class TestContinuations:
    @pytest.mark.parametrize(
        ("before", "after", "whole"),
        [
            ("Xây dựng kế hoạch", "và tổ chức thực hiện", "Xây dựng kế hoạch và tổ chức thực hiện"),
            ("Gồm: a;", "Kết quả xét nghiệm", "Gồm: a;\nKết quả xét nghiệm"),
            ("Gồm:", "- một", "Gồm:\n- một"),
            ("Việc một", "(5) Việc năm", "Việc một\n(5) Việc năm"),
            ("Xây dựng và", "Ban hành", "Xây dựng và Ban hành"),
        ],
    )
    def test_words_that_read_on_are_appended_and_told(self, before, after, whole):
        found = body(f"I;Nhóm\n1;{before};Sở A;;KH;2026\n;{after}\n2;Hai;Sở B\n".replace("a;", "a,"))
        assert [item.words("title") for item in found.items] == [
            whole.replace("a;", "a,").replace("a,\n", "a, "),
            "Hai",
        ]
        assert codes(found)["continued"] == 1

    def test_every_column_goes_on_by_itself(self):
        found = body(
            "1;Việc một;Sở Khoa học;Sở A,;Kế hoạch;2026\n;;và Công nghệ;Sở B;năm 2026;\n2;Hai;Sở C\n"
        )
        item = found.items[0]
        assert item.words("lead") == "Sở Khoa học và Công nghệ"
        assert item.words("coordinating") == "Sở A, Sở B"
        assert item.words("result") == "Kế hoạch năm 2026"

    def test_rows_go_on_across_a_repeated_heading(self):
        found = body(f"1;Việc một;Sở A;;KH;2026\n{HEAD}(1);(2);(3);(4);(5);(6);(7)\n;và phần còn lại\n")
        assert [item.words("title") for item in found.items] == ["Việc một và phần còn lại"]
        assert (codes(found)["heading_repeated"], codes(found)["column_numbers"]) == (1, 1)

    @pytest.mark.parametrize("mark", ["Trang 2", ";Trang 2/15", "Phụ lục 1 - Trang 1/5", ";;page 3"])
    def test_the_number_of_a_page_is_no_group_and_rows_go_on_across_it(self, mark):
        found = body(f"1;Việc một;Sở A;;KH;2026\n{mark}\n;và phần còn lại\n2;Hai;Sở B\n")
        assert [item.words("title") for item in found.items] == ["Việc một và phần còn lại", "Hai"]
        assert (codes(found)["page_mark"], found.groups) == (1, ())

    def test_rows_of_a_tall_merged_cell_belong_together(self):
        def fill(_, sheet):
            sheet.write_row(0, 0, ["TT", "Nhiệm vụ", "Chủ trì", "Sản phẩm"])
            sheet.merge_range("A2:A3", "1")
            sheet.merge_range("B2:B3", "Việc một")
            sheet.write_column("C2", ["Sở A", "Sở B"])
            sheet.write_column("D2", ["Đề án.", "Kế hoạch"])
            sheet.write_row(3, 0, ["2", "Việc hai", "Sở C", "KH"])

        found = workbook(fill)
        assert numbers(found) == ["1", "2"]
        assert found.items[0].words("result") == "Đề án.\nKế hoạch"
        assert codes(found)["continued_merged"] == 1

    def test_a_lead_merged_over_several_tasks_is_told_and_not_copied(self):
        def fill(_, sheet):
            sheet.write_row(0, 0, ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"])
            sheet.write_row(1, 0, ["1", "Một", "", "2026"])
            sheet.write_row(2, 0, ["2", "Hai", "", "2027"])
            sheet.merge_range("C2:C3", "Sở A")

        found = workbook(fill)
        assert [item.words("lead") for item in found.items] == ["Sở A", ""]
        (note,) = [note for note in found.notes if note.code == "merged_above"]
        assert (note.row, note.cells[0].text) == (3, "Sở A")


class TestEdges:
    def test_lines_above_totals_feet_and_strays_are_kept_with_their_reasons(self):
        text = (
            "PHỤ LỤC II\n(Kèm theo Chương trình số 23-CTr/ĐU)\n\n"
            + HEAD
            + "1;Một;Sở A;;KH;2026;gấp;ngoài bảng\n"
            + ";Tổng cộng: 1 nhiệm vụ\n\nNơi nhận:;;;;T/M BAN THƯỜNG VỤ\n- Như trên;;;;BÍ THƯ\n\n;;;;Nguyễn Văn A\n"
        )
        found = annex(text)
        assert numbers(found) == ["1"]
        assert codes(found) == {"above_table": 2, "total_row": 1, "footer": 3, "stray_cell": 1}
        assert [cell.text for cell in found.items[0].stray] == ["ngoài bảng"]

    @pytest.mark.parametrize("total", ["Cộng I", "Tổng cộng (I+II)", "CỘNG NHÓM A", "Tổng số: 24 nhiệm vụ"])
    def test_sums_over_groups_are_no_group_and_no_words_of_a_task(self, total):
        found = body(f"I;Nhóm\n1;Một;Sở A;;KH;2026\n;{total}\nII;Hai\n1;Hai;Sở B;;KH;2026\n")
        assert [item.words("title") for item in found.items] == ["Một", "Hai"]
        assert (codes(found)["total_row"], len(found.groups)) == (1, 2)

    def test_words_far_below_the_last_row_never_become_part_of_it(self):
        found = body("1;Một;Sở A;;KH;2026\n\n\n;;Người lập biểu\n;;Trần Thị B\n")
        assert found.items[0].words("lead") == "Sở A"
        assert codes(found) == {"footer": 2}

    def test_a_column_nobody_knows_keeps_its_words_with_each_row(self):
        found = annex("TT;Nhiệm vụ;Chủ trì;Xyz\n1;Một;Sở A;điều lạ\n")
        assert [cell.text for cell in found.items[0].stray] == ["điều lạ"]
        assert codes(found) == {"unknown_column": 1}

    def test_two_tables_in_one_sheet_are_two_annexes(self):
        text = "PHỤ LỤC I\nSTT;Chỉ tiêu;ĐVT;2030\n1;GRDP;%;10\nPHỤ LỤC II\nSTT;Nhiệm vụ;Chủ trì;Thời hạn\n1;Một;Sở A;2026\n"
        first, second = annexes(text)
        assert (first.kind, first.next_row, second.kind) == ("indicators", 5, "tasks")
        assert [len(first.items), len(second.items)] == [1, 1]
        assert "other_table" in codes(first)

    def test_a_second_table_that_cannot_be_read_is_kept_with_notes(self):
        text = HEAD + "1;Một;Sở A;;KH;2026\n\nSTT;Nhiệm vụ;Nội dung;Chủ trì\n1;a;b;Sở B\n"
        (only,) = annexes(text)
        assert [note.row for note in only.notes if note.code == "table_unread"] == [4, 5]

    def test_sheets_without_a_table_are_passed_over_if_another_has_one(self):
        sheets = (
            Sheet("Bìa", ((Cell("CHƯƠNG TRÌNH", 1, 1),),)),
            *read_sheet((HEAD + "1;Một;Sở A\n").encode(), "a.csv", Limits()),
        )
        assert len(read_annexes(sheets)) == 1
        with pytest.raises(FileRefused) as caught:
            read_annexes(sheets[:1])
        assert caught.value.code == "structure_unreadable"

    def test_a_heading_without_rows_gives_no_items_and_says_so(self):
        found = annex(HEAD)
        assert found.items == ()
        assert codes(found)["no_items"] == 1

    def test_formulas_errors_hidden_and_rounded_cells_are_told(self):
        def fill(book, sheet):
            sheet.write_row(0, 0, ["TT", "Chỉ tiêu", "ĐVT", "Năm 2026", "Ghi chú"])
            sheet.write_row(1, 0, ["1", "a", "%"])
            sheet.write_formula(1, 3, "=1+1", value=2)
            sheet.write_row(2, 0, ["2", "b", "%"])
            sheet.write_number(2, 3, 0.14523, book.add_format({"num_format": "0%"}))
            sheet.write_row(3, 0, ["3", "c", "%", 5])
            sheet.set_row(3, None, None, {"hidden": True})
            sheet.write_row(4, 0, ["4", "d", "%"])
            sheet.write_formula(4, 3, "=1/0", value="#DIV/0!")

        found = workbook(fill)
        assert len(found.items) == 4
        assert codes(found) == {"formula_value": 2, "as_shown": 1, "hidden": 1, "error_value": 1}

    def test_a_thousand_rows_are_read_at_once(self):
        found = body("".join(f"{n};Việc {n};Sở A;;KH;2026\n;và tiếp\n" for n in range(1, 2_001)))
        assert len(found.items) == 2_000

    def test_the_digest_speaks_of_words_not_of_places(self):
        (first,) = body("1;Một;Sở A\n").items
        (moved,) = annex("\n\nPHỤ LỤC\n" + HEAD + "\n1;Một;Sở A\n").items
        (other,) = body("1;Một;Sở B\n").items
        assert first.digest == moved.digest != other.digest


class TestNumbering:
    @pytest.mark.parametrize(
        ("words", "style", "key"),
        [
            ("1.", "arabic", "1"),
            ("(01)", "arabic", "1"),
            ("11.10", "arabic", "11.10"),
            ("1.a", "arabic", "1.a"),
            ("IV.", "roman", "IV"),
            ("A.II", "roman", "A.II"),
            ("B", "letter", "B"),
            ("Đ)", "letter", "Đ"),
            ("đ)", "lower", "đ"),
            ("–", "bullet", "-"),
            ("Phần II", "named", "phần ii"),
            ("NHÓM 3:", "named", "nhóm 3"),
        ],
    )
    def test_a_number_has_a_style_and_a_key(self, words, style, key):
        found = number_of(words)
        assert found is not None
        assert (found.style, found.key) == (style, key)

    @pytest.mark.parametrize(
        "words", ["", ".", "UBND", "2026 và", "Nội dung", "Tổng", "12/2026", "≥ 80", "12345678"]
    )
    def test_words_that_say_more_are_no_number(self, words):
        assert number_of(words) is None

    @pytest.mark.parametrize(
        "words", ["2026 là năm bản lề", "Bộ Nội vụ", "10 mô hình", "Mục tiêu năm 2026", "5G cho mọi người"]
    )
    def test_sentences_are_not_led_by_a_number(self, words):
        assert led_by(words) is None

    @given(st.text(max_size=20))
    def test_any_words_are_judged(self, words):
        number_of(words)
        led_by(words)


WORDS = st.sampled_from(
    [
        *("", "", "", "", "1", "2.", "1.1", "a)", "-", "I", "II.", "A", "C", "Phần I", "(1)", "7,5"),
        *(
            "Xây dựng đề án",
            "và phần sau",
            "KINH TẾ",
            "Lĩnh vực:",
            "Việc gồm:",
            "- ý một",
            "Tổng cộng",
            "Nơi nhận:",
        ),
        *(
            "Sở A",
            "2026",
            "Nhiệm vụ",
            "Chủ trì",
            "Thời hạn",
            "TT",
            "Chỉ tiêu",
            "ĐVT",
            "Ghi chú",
            "T/M BAN THƯỜNG VỤ",
            "\u00a0",
            "=1+1",
            "#REF!",
        ),
    ]
)
MARKS = st.frozensets(
    st.sampled_from(["formula", "number", "date", "covered", "hidden", "as_shown", "error"]), max_size=2
)


@st.composite
def sheets(draw) -> Sheet:
    """A grid of plausible and wild words with merges anywhere; a heading stands on top more often than not."""
    grid = draw(st.lists(st.lists(st.tuples(WORDS | st.text(max_size=8), MARKS), max_size=7), max_size=14))
    if draw(st.booleans()):
        grid.insert(
            draw(st.integers(0, 2)),
            [(words, frozenset()) for words in ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn")],
        )
    rows = tuple(
        tuple(Cell(words, row, column, marks) for column, (words, marks) in enumerate(line, 1))
        for row, line in enumerate(grid, 1)
    )
    spans = st.integers(1, 8)
    merges = draw(st.lists(st.tuples(spans, spans, spans, spans), max_size=3))
    return Sheet("S", rows, tuple(Merge(min(a, b), min(c, d), max(a, b), max(c, d)) for a, b, c, d in merges))


@given(sheets())
def test_any_grid_is_read_or_refused_and_no_cell_is_lost(sheet):
    try:
        found = read_annexes([sheet])
    except FileRefused:
        return
    assert set[tuple[int, int]]().union(*(kept(one) for one in found)) >= filled(sheet)


@given(sheets())
def test_codes_are_unique_reasons_known_and_parents_real(sheet):
    try:
        columns = read_headings(sheet)
    except FileRefused:
        return
    found = read_annex(sheet, columns)
    told = [item.code for item in found.items]
    assert len(set(told)) == len(told)
    assert {item.parent for item in found.items} <= {"", *told}
    assert {note.code for note in found.notes} | {item.reason for item in found.items} | {
        group.reason for group in found.groups
    } <= set(REASONS)
    assert all(words.role in ROLES for item in found.items for words in item.texts)
    assert all(item.group is None or 0 <= item.group < len(found.groups) for item in found.items)


def test_every_reason_speaks_both_languages():
    for words in REASONS.values():
        assert words.vi
        assert words.en
        assert words.vi != words.en
