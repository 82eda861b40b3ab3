import datetime as dt
import io
import re
import time
import unicodedata
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.formats import moment_shown, number_shown
from app.exchange.grid import Limits, column_of, letters
from app.exchange.refusals import CODES, FileRefused, refused
from app.exchange.sheets import read_sheet

LIMITS = Limits()
HEAD = "TT,Nhiệm vụ,Cơ quan chủ trì\n"


def workbook(fill, **options) -> bytes:
    """An XLSX whose sheets the given function fills."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, **options})
    fill(book)
    book.close()
    return held.getvalue()


def changed(data: bytes, **parts: bytes | None) -> bytes:
    """The package with parts replaced, added (`__` for a slash) or left out (None)."""
    held = io.BytesIO()
    wanted = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = wanted.pop(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in wanted.items():
            if content is not None:
                new.writestr(name, content)
    return held.getvalue()


def texts(data: bytes, name: str = "a.csv", limits: Limits = LIMITS) -> list[list[str]]:
    return [[cell.text for cell in row] for row in read_sheet(data, name, limits)[0].rows]


def refusal(data: bytes, name: str = "a.csv", limits: Limits = LIMITS) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_sheet(data, name, limits)
    return caught.value


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_unicode_is_read_whatever_its_mark(self, encoding):
        assert texts((HEAD + "1,Xây dựng đề án,Sở Y tế\n").encode(encoding))[1] == [
            "1",
            "Xây dựng đề án",
            "Sở Y tế",
        ]

    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    def test_the_separator_is_found_by_what_rows_agree_on(self, separator):
        rows = [
            ["TT", "Nhiệm vụ", "Chủ trì"],
            ["1", "Rà soát, sửa đổi, bổ sung; báo cáo", "Sở A, Sở B"],
            ["2", "x", "y"],
        ]
        text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
        assert texts(text.encode()) == rows

    def test_commas_in_unquoted_words_do_not_outvote_the_semicolon(self):
        text = "TT;Nhiệm vụ;Chủ trì\n1;a, b, c, d;x\n2;e, f, g;y\n"
        assert texts(text.encode())[1] == ["1", "a, b, c, d", "x"]

    def test_the_line_that_names_the_separator_is_no_row(self):
        assert texts("sep=;\na;b,c\n1;2\n".encode("utf-8-sig")) == [["a", "b,c"], ["1", "2"]]

    def test_line_breaks_inside_quotes_stay_in_their_cell(self):
        sheet = read_sheet(b'a,b\r\n"mot\nhai","x"\r\n1,2\r\n', "a.csv", LIMITS)[0]
        assert sheet.rows[1][0].text == "mot\nhai"
        assert sheet.rows[2][0].row == 3

    def test_ragged_rows_keep_every_cell_at_its_place(self):
        sheet = read_sheet(b"a,b,c\n1\n1,2,3,4,,6\n", "a.csv", LIMITS)[0]
        assert [len(row) for row in sheet.rows] == [3, 1, 6]
        assert sheet.rows[2][5].ref == "F3"

    def test_blank_rows_keep_the_numbers_of_those_below(self):
        sheet = read_sheet(b"a,b\n\n,\n\xc2\xa0,\n1,2\n\n\n", "a.csv", LIMITS)[0]
        assert [row[0].row for row in sheet.rows if row] == [1, 5]
        assert len(sheet.rows) == 5

    def test_decomposed_letters_are_composed_and_nothing_else_changes(self):
        words = "  Xây dựng  Đề án,\n uỷ ban "
        data = unicodedata.normalize("NFD", f'a,b\n"{words}",x\n').encode()
        assert texts(data)[1][0] == words

    @pytest.mark.parametrize("words", ["=1+2", "=HYPERLINK(0)", " =SUM(A1)", "=-1", '="a"'])
    def test_words_that_are_a_formula_are_marked_and_kept(self, words):
        cell = read_sheet(f"a;b\n{words};x\n".encode(), "a.csv", LIMITS)[0].rows[1][0]
        assert cell.marks == {"formula"}
        assert cell.text == words

    @pytest.mark.parametrize("words", ["= 30%)", "- Sửa đổi", "+84", "≥ 80", "a=b", "=="])
    def test_words_that_only_begin_like_one_are_plain(self, words):
        cell = read_sheet(f"a;b\n{words};x\n".encode(), "a.csv", LIMITS)[0].rows[1][0]
        assert (cell.text, bool(cell.marks)) == (words, words == "= 30%)")

    def test_quotes_against_the_rule_are_read_and_told(self):
        sheet = read_sheet('a,b\n"Bộ "Thông tin"",x\n'.encode(), "a.csv", LIMITS)[0]
        assert sheet.loose_quotes
        assert "Thông tin" in sheet.rows[1][0].text

    def test_a_quote_that_never_closes_is_refused_with_its_row(self):
        found = refusal(b'a,b\n1,2\n"mo,3\n4,5\n')
        assert found.code == "file_damaged"
        assert "3" in found.text.vi

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            ("Cơ quan chủ trì".encode("cp1258", "replace") + b"\xec\xf2", "encoding_unknown"),
            ("Số,Mã\n1,Đ\n".encode("latin-1", "replace") + b"\xe9\xe8", "encoding_unknown"),
            (
                "TT,NhiÖm vô,C¬ quan chñ tr×\n1,X©y dùng ®Ò ¸n ph¸t triÓn,Së Y tÕ\n".encode(),
                "encoding_unknown",
            ),
            ("Cơ quan chủ trì, đơn vị phối hợp\n".encode().decode("latin-1").encode(), "encoding_unknown"),
            ("a,b\n1,2\n".encode("utf-16-le"), "encoding_unknown"),
            ("a,b\n1,2\n".encode("utf-32"), "encoding_unknown"),
            (b"\xff\xfea", "encoding_unknown"),
            (b"a,b\n1,\x002 abcdefghijk\n", "nul_found"),
            (b"", "empty_file"),
            (b"\n \n,,,\n", "empty_file"),
            (b"\xef\xbb\xbf", "empty_file"),
        ],
    )
    def test_text_that_is_not_clean_unicode_is_refused_with_a_reason(self, data, code):
        found = refusal(data)
        assert found.code == code
        assert found.text.en != found.text.vi

    def test_honest_measures_are_not_taken_for_a_wrong_encoding(self):
        row = "1,Area 5 m² at 20 °C ± 2 µm « ok »,x\n"
        assert len(texts(("a,b,c\n" + row * 20).encode())) == 21

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            ("a,b\n" + "1,2\n" * 10, None),
            ("a,b\n" + "1,2\n" * 11, "too_many_rows"),
            ("a,b\n" * 5 + "\n" * 50, None),
            ("a" + "," * 4 + "b\n", None),
            ("a" + "," * 5 + "b\n", "too_many_columns"),
            ("a" + "," * 500 + "\n", None),
            ("x" * 40 + ",b\n", None),
            ("x" * 41 + ",b\n", "cell_too_long"),
            ('"' + "x" * 200_000 + '",b\n', "cell_too_long"),
        ],
    )
    def test_limits_are_exact(self, data, code):
        limits = Limits(rows=11, columns=5, cell_characters=40)
        if code is None:
            assert texts(data.encode(), limits=limits)
        else:
            assert refusal(data.encode(), limits=limits).code == code

    def test_fifty_megabytes_are_refused_before_a_byte_is_read(self):
        data = b"a,b\n" * 13_000_000
        started = time.process_time()
        found = refusal(data)
        assert (found.code, found.status) == ("too_large", 413)
        assert time.process_time() - started < 1

    def test_a_hundred_thousand_rows_are_refused_at_the_first_one_too_many(self):
        data = (HEAD + "".join(f"{n},Việc,Sở Y tế\n" for n in range(100_000))).encode()
        found = refusal(data)
        assert (found.code, found.status, found.at) == ("too_many_rows", 422, "A5001")


class TestXlsx:
    def test_cells_show_what_a_person_sees(self):
        def fill(book):
            sheet = book.add_worksheet("PL")
            for column, (value, code) in enumerate(SEEN):
                sheet.write(0, column, value, book.add_format({"num_format": code}) if code else None)

        cells = read_sheet(workbook(fill), "a.xlsx", LIMITS)[0].rows[0]
        assert [cell.text for cell in cells] == [
            "2025", "0,7", "90%", "15%", "09", "9.800", "30/06/2026", "06/2025", "2025", "30/06", "TRUE", "5 triệu", "11,10",
        ]  # fmt: skip
        assert cells[3].stored == "0,14523"
        assert cells[7].stored == "2025-06-01"
        assert {cell.column for cell in cells if "as_shown" in cell.marks} == {4, 8, 9, 10}

    def test_formulas_keep_their_saved_value_and_are_marked(self):
        def fill(book):
            sheet = book.add_worksheet()
            sheet.write_formula("A1", '="a"&"b"', value="ab")
            sheet.write_formula("B1", "=1/0", value="#DIV/0!")
            sheet.write("C1", "chữ")
            sheet.write_array_formula("A2:A3", "{=ROW(1:2)}", value=1)
            sheet.write_number("A3", 2)

        sheet = read_sheet(workbook(fill), "a.xlsx", LIMITS)[0]
        assert [(cell.text, cell.marks) for cell in sheet.rows[0]] == [
            ("ab", {"formula"}),
            ("#DIV/0!", {"formula", "error"}),
            ("chữ", frozenset()),
        ]
        assert "formula" in sheet.rows[2][0].marks

    def test_a_formula_without_a_saved_value_is_still_seen(self):
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet["A1"] = "TT"
        sheet["D4"] = "=A1&A1"
        held = io.BytesIO()
        book.save(held)
        cell = read_sheet(held.getvalue(), "a.xlsx", LIMITS)[0].cell(4, 4)
        assert cell is not None
        assert (cell.text, cell.marks) == ("", {"formula"})

    def test_merges_hidden_rows_columns_and_sheets_are_told(self):
        def fill(book):
            sheet = book.add_worksheet("Phụ lục II")
            sheet.merge_range("A1:C2", "Nhóm")
            sheet.write("A3", "ẩn dòng")
            sheet.set_row(2, None, None, {"hidden": True})
            sheet.write("E4", "ẩn cột")
            sheet.set_column("E:E", 10, None, {"hidden": True})
            hidden = book.add_worksheet("Nháp")
            hidden.write("A1", "x")
            hidden.hide()

        first, second = read_sheet(workbook(fill), "a.xlsx", LIMITS)
        assert [(merge.first_row, merge.last_row, merge.last_column) for merge in first.merges] == [(1, 2, 3)]
        assert first.rows[0][0].marks == frozenset()
        assert (first.hidden_rows, first.hidden_columns) == ({3}, {5})
        assert "hidden" in first.rows[2][0].marks
        assert "hidden" in first.rows[3][4].marks
        assert second.hidden
        assert "hidden" in second.rows[0][0].marks

    def test_words_under_a_merged_cell_are_kept_and_marked(self):
        def fill(book):
            sheet = book.add_worksheet()
            sheet.merge_range("A1:B1", "trên")
            sheet.write("B1", "dưới")

        row = read_sheet(workbook(fill), "a.xlsx", LIMITS)[0].rows[0]
        assert [(cell.text, "covered" in cell.marks) for cell in row] == [("trên", False), ("dưới", True)]

    def test_decomposed_letters_are_composed(self):
        data = workbook(
            lambda book: book.add_worksheet().write(0, 0, unicodedata.normalize("NFD", "Đề án chuyển đổi số"))
        )
        assert texts(data) == [["Đề án chuyển đổi số"]]

    def test_legacy_font_text_is_refused(self):
        def fill(book):
            sheet = book.add_worksheet()
            for row in range(4):
                sheet.write(row, 0, "NhiÖm vô träng t©m n¨m ®ang thùc hiÖn")

        assert refusal(workbook(fill)).code == "encoding_unknown"

    def test_an_empty_workbook_is_refused(self):
        assert refusal(workbook(lambda book: book.add_worksheet())).code == "empty_file"

    def test_a_cell_far_away_is_refused_before_any_grid_is_built(self):
        far_row = workbook(lambda book: book.add_worksheet().write(1_048_575, 0, "x"))
        far_column = workbook(lambda book: book.add_worksheet().write(0, 16_383, "x"))
        assert refusal(far_row).code == "too_many_rows"
        assert refusal(far_column).code == "too_many_columns"

    def test_formatting_far_away_does_not_count(self):
        def fill(book):
            sheet = book.add_worksheet()
            sheet.write(0, 0, "x")
            sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

        assert texts(workbook(fill)) == [["x"]]

    def test_a_hundred_thousand_rows_are_refused(self):
        def fill(book):
            sheet = book.add_worksheet()
            for row in range(100_000):
                sheet.write_number(row, 0, row)

        found = refusal(workbook(fill, constant_memory=True))
        assert (found.code, found.at) == ("too_many_rows", "A5001")

    def test_too_many_sheets_are_refused(self):
        data = workbook(lambda book: [book.add_worksheet().write(0, 0, "x") for _ in range(4)])
        assert refusal(data, limits=Limits(sheets=3)).code == "too_many_sheets"
        assert len(read_sheet(data, "a.xlsx", Limits(sheets=4))) == 4

    def test_cells_without_a_place_follow_the_one_before(self):
        data = workbook(lambda book: book.add_worksheet().write(0, 0, "x"))
        sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        sheet += b'<row><c t="str"><v>a</v></c><c t="str"><f>1</f><v>b</v></c></row><row><c t="e"><v>#N/A</v></c></row></sheetData></worksheet>'
        rows = read_sheet(changed(data, xl__worksheets__sheet1_xml=sheet), "a.xlsx", LIMITS)[0].rows
        assert [[(cell.text, set(cell.marks)) for cell in row] for row in rows] == [
            [("a", set()), ("b", {"formula"})],
            [("#N/A", {"error"})],
        ]


SEEN: list[tuple[object, str]] = [
    (2025.0, ""),
    (0.7, ""),
    (0.9, "0%"),
    (0.14523, "0%"),
    (9, "00"),
    (9800, "#,##0"),
    (dt.date(2026, 6, 30), "dd/mm/yyyy"),
    (dt.date(2025, 6, 1), "mmm-yy"),
    (dt.date(2025, 1, 1), "yyyy"),
    (dt.date(2026, 6, 30), "d-mmm"),
    (True, ""),
    (5, '0" triệu"'),
    (11.1, "0.00"),
]


class TestPackages:
    @pytest.mark.parametrize(
        ("data", "code", "seen"),
        [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "format_unknown", "XLS"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                "file_encrypted",
                "mật khẩu",
            ),
            (b"%PDF-1.7 ...", "format_unknown", "PDF"),
            (b"{\\rtf1 x}", "format_unknown", "RTF"),
            (b"<html><table><tr><td>1</td></tr></table></html>", "format_unknown", "HTML"),
            (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "format_unknown", "HTML/XML"),
            (b"Rar!\x1a\x07", "format_unknown", "RAR"),
            (b"PK\x03\x04 but nothing else", "file_damaged", "gói nén"),
            (b"PK", "file_damaged", "gói nén"),
        ],
    )
    def test_other_formats_are_refused_by_name(self, data, code, seen):
        found = refusal(data, "a.xlsx")
        assert found.code == code
        assert seen in found.text.vi

    @pytest.mark.parametrize(
        ("part", "seen"),
        [
            ("word/document.xml", "DOCX"),
            ("xl/workbook.bin", "XLSB"),
            ("content.xml", "ODS"),
            ("a.txt", "ZIP"),
        ],
    )
    def test_other_packages_are_refused_by_name(self, part, seen):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as package:
            package.writestr(part, "x")
        found = refusal(held.getvalue(), "a.xlsx")
        assert (found.code, found.status) == ("format_unknown", 415)
        assert seen in found.text.en

    def test_a_zip_bomb_is_refused_by_its_directory(self):
        data = workbook(lambda book: book.add_worksheet().write(0, 0, "x"))
        for bomb in (b"0" * 30_000_000, b"0" * 120_000_000):
            found = refusal(changed(data, xl__worksheets__sheet1_xml=bomb))
            assert (found.code, found.status) == ("unpacks_too_large", 413)

    def test_many_small_parts_are_refused(self):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as package:
            for number in range(2_100):
                package.writestr(f"xl/{number}.xml", "")
        assert refusal(held.getvalue()).code == "unpacks_too_large"

    def test_a_size_that_lies_is_found_by_the_checksum(self):
        data = workbook(lambda book: book.add_worksheet().write(0, 0, "x" * 5_000))
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            true = package.getinfo("xl/sharedStrings.xml").file_size
        directory = data.index(b"PK\x01\x02")
        lied = data[:directory] + data[directory:].replace(
            true.to_bytes(4, "little"), (40).to_bytes(4, "little")
        )
        assert refusal(lied).code == "file_damaged"

    def test_parts_that_share_bytes_are_refused(self):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as package:
            package.writestr("xl/workbook.xml", "<workbook/>" * 50)
            package.writestr("xl/b.xml", "<b/>")
            second = package.getinfo("xl/b.xml")
            second.header_offset = 10
        assert refusal(held.getvalue()).code == "file_damaged"

    def test_two_parts_of_one_name_are_refused(self):
        data = workbook(lambda book: book.add_worksheet().write(0, 0, "x"))
        assert refusal(changed(data, xl__Workbook_xml=b"<workbook/>")).code == "file_damaged"

    @pytest.mark.parametrize("part", ["xl__worksheets__sheet1_xml", "xl__workbook_xml", "xl__styles_xml"])
    def test_a_document_type_is_refused_and_no_entity_expanded(self, part):
        bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'
        data = workbook(lambda book: book.add_worksheet().write(0, 0, "x"))
        assert refusal(changed(data, **{part: bomb})).code == "file_damaged"

    @pytest.mark.parametrize(
        "part",
        [
            "xl__worksheets__sheet1_xml",
            "xl__workbook_xml",
            "xl___rels__workbook_xml",
            "xl__sharedStrings_xml",
        ],
    )
    @pytest.mark.parametrize("content", [b"", b"<a", b"\xff\xfe\x00", None])
    def test_a_broken_or_missing_part_is_refused_not_a_crash(self, part, content):
        data = workbook(lambda book: book.add_worksheet().write(0, 0, "x"))
        names = {part: content} if "_rels" not in part else {"xl___rels__workbook_xml.rels": content}
        found = refusal(changed(data, **names))
        assert found.code in {"file_damaged", "format_unknown", "empty_file"}

    def test_overlapping_merges_are_refused(self):
        data = workbook(lambda book: book.add_worksheet().write(0, 0, "x"))
        sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        sheet += b'<row r="5000"><c r="A5000" t="str"><v>a</v></c></row></sheetData><mergeCells>'
        sheet += b'<mergeCell ref="A1:XFD1048576"/>' * 3 + b"</mergeCells></worksheet>"
        assert refusal(changed(data, xl__worksheets__sheet1_xml=sheet)).code == "file_damaged"


class TestFormats:
    @pytest.mark.parametrize(
        ("value", "code", "words", "exact"),
        [
            (0.145, "0.0%", "14,5%", ""),
            (9800.5, "#,##0", "9.801", "9800,5"),
            (1e20, "", "1" + "0" * 20, ""),
            (1e25, "General", "1E+25", ""),
            (0.1 + 0.2, "", "0,3", ""),
            (-5, "0;(0)", "(5)", "-5"),
            (0, '_(* #,##0_);_(* "-"??_);_(* "-"??_)', "-", "0"),
            (-1234.5, "#,##0.00", "-1.234,50", ""),
            (1234567, "#,##0,", "1.235", "1234567"),
            (0.5, "# ?/?", "0,5", ""),
            (5, "[>100]0;0.0", "5", ""),
            (5, "[Red]0.00", "5,00", ""),
            (5, ";;;", "5", ""),
            (-0.0, "", "0", ""),
            (1.5, "[$VND-42A] #,##0.0", "VND 1,5", ""),
            (12.5, "#,##0.0#", "12,5", ""),
        ],
    )  # fmt: skip
    def test_a_number_is_shown_as_its_format_says(self, value, code, words, exact):
        shown = number_shown(value, code)
        assert (shown.words, shown.exact) == (words, exact)

    @pytest.mark.parametrize(
        ("value", "code", "words"),
        [
            (dt.date(2026, 6, 30), "m/d/yyyy", "30/06/2026"),
            (dt.date(2026, 6, 30), "[$-42A]dd/mm/yyyy;@", "30/06/2026"),
            (dt.date(2026, 6, 30), '"Trước ngày "dd/mm/yyyy', "Trước ngày 30/06/2026"),
            (dt.date(2025, 6, 1), '"Tháng "m/yyyy', "Tháng 06/2025"),
            (dt.datetime(2026, 6, 30, 8, 30), "dd/mm/yyyy h:mm", "30/06/2026 08:30"),  # noqa: DTZ001 - a cell has no zone
            (dt.time(8, 30), "h:mm", "08:30"),
            (dt.timedelta(hours=30), "[h]:mm", "30:00"),
        ],
    )
    def test_a_moment_is_shown_by_the_parts_its_format_has(self, value, code, words):
        assert moment_shown(value, code).words == words

    @given(
        st.floats(allow_nan=True, allow_infinity=True),
        st.text(alphabet='0#?.,%;-()[]"\\_*@ EymdhsGeneral/+$', max_size=24),
    )
    def test_any_number_and_format_give_some_words(self, value, code):
        assert number_shown(value, code).words

    @given(st.datetimes(), st.text(alphabet='ymdhs/-.,;"\\[]@ aAPM', max_size=20))
    def test_any_moment_and_format_give_some_words(self, value, code):
        assert moment_shown(value, code).words

    @given(st.integers(min_value=-(10**14), max_value=10**14))
    def test_a_grouped_whole_number_reads_back_as_itself(self, value):
        assert int(number_shown(value, "#,##0").words.replace(".", "")) == value


@given(st.integers(min_value=1, max_value=16_384))
def test_column_letters_and_numbers_are_one_to_one(column):
    assert column_of(letters(column)) == column


def test_every_refusal_speaks_both_languages_and_carries_no_open_place():
    values = {"limit": 1, "ratio": 2, "count": 3, "seen": "s", "why": "w"}
    for code in CODES:
        found = refused(code, at="C7", **values)
        assert found.text.vi != found.text.en
        assert not re.search(r"\{\w+\}", found.text.vi + found.text.en)
        assert "C7" in str(found)


SOUND = workbook(lambda book: book.add_worksheet().write_row(0, 0, ["TT", "Nhiệm vụ", "Chủ trì"]))


def outcome(data: bytes) -> str:
    """`read`, or the code of the refusal; anything else is a crash."""
    try:
        read_sheet(data, "a.csv", LIMITS)
    except FileRefused as found:
        return found.code
    return "read"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    assert outcome(data) in {"read", *CODES}


@given(
    st.lists(
        st.tuples(st.integers(min_value=0, max_value=9_999), st.integers(min_value=0, max_value=255)),
        min_size=1,
        max_size=6,
    )
)
def test_a_workbook_with_bytes_turned_over_is_read_or_refused(turned):
    spoiled = bytearray(SOUND)
    for place, value in turned:
        spoiled[place % len(spoiled)] = value
    assert outcome(bytes(spoiled)) in {"read", *CODES}
