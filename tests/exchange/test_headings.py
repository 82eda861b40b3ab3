import io
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.grid import Limits, Sheet
from app.exchange.heading_words import meaning
from app.exchange.headings import Columns, read_headings
from app.exchange.refusals import FileRefused
from app.exchange.rows import read_annex
from app.exchange.sheets import read_sheet

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def sheet_of(text: str) -> Sheet:
    return read_sheet(text.encode(), "a.csv", Limits())[0]


def columns_of(text: str, mapping=None) -> Columns:
    return read_headings(sheet_of(text), mapping)


def roles(found: Columns) -> dict[str, str | None]:
    """Role by column letter, with purpose or period behind a colon."""
    told = {}
    for column in found.columns:
        detail = column.purpose or column.period
        told["ABCDEFGHIJKLM"[column.index - 1]] = (
            f"{column.role}:{detail}" if column.role and detail else column.role
        )
    return told


def refusal(text: str, mapping=None) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        columns_of(text, mapping)
    return caught.value


class TestWords:
    @pytest.mark.parametrize(
        ("role", "headings"),
        [
            ("number", "TT | STT | Số TT | S.T.T | Số thứ tự | TT (NQ 57) | Stt | No."),
            ("title", ("Nhiệm vụ | Tên nhiệm vụ | Nội dung | Nội dung công việc | Đề án/nhiệm vụ | Chỉ tiêu | Nhiệm vụ, giải pháp | "
             "Tên đề án | Tên chỉ tiêu | Nội dung nhiệm vụ được giao | Công việc | Danh mục nhiệm vụ | NHIỆM VỤ CỤ THỂ | Các chỉ tiêu chủ yếu | Trích yếu nội dung | Task | Indicator")),
            ("group", "Lĩnh vực | Nhóm nhiệm vụ | Nhóm nội dung"),
            ("kind", "Loại nhiệm vụ | Phân loại"),
            ("lead", ("Cơ quan chủ trì | Đơn vị chủ trì | Chủ trì | Cơ quan thực hiện | Cơ quan chủ trì tham mưu | Đơn vị đầu mối | "
             "Cơ quan chủ trì theo dõi, đánh giá | Phân công thực hiện | Đơn vị được giao | Cơ quan, đơn vị thực hiện | Đơn vị | "
             "CQ chủ trì | Đơn vị chủ trì thực hiện | Đơn vị quản lý | Chủ đầu tư | Lead unit")),
            ("coordinating", "Cơ quan phối hợp | Phối hợp | Đơn vị phối hợp thực hiện | Cơ quan tham gia | Các đơn vị liên quan | Coordinating agencies"),
            ("responsible", ("Lãnh đạo phụ trách | Người chịu trách nhiệm | Đồng chí UVBTV phụ trách | Cán bộ theo dõi | "
             "Người đứng đầu cơ quan chủ trì | Đ/c phụ trách | PCT phụ trách | Thường trực chỉ đạo | Responsible person")),
            ("result", ("Kết quả | Sản phẩm | Kết quả yêu cầu | Kết quả đầu ra | Sản phẩm/Kết quả | Dự kiến sản phẩm | Hình thức văn bản | "
             "Kết quả/Sản phẩm dự kiến | Expected results")),
            ("deadline", ("Thời gian hoàn thành | Thời hạn | Tiến độ | Thời gian trình BTV | Thời gian ban hành | Hạn hoàn thành | "
             "Thời gian thực hiện | Lộ trình | Ngày trình | Năm hoàn thành | Mốc thời gian | T.gian hoàn thành | TG hoàn thành | "
             "Kỳ báo cáo | Dự kiến hoàn thành | Giai đoạn thực hiện | Due date")),
            ("measure", "Đơn vị tính | ĐVT | Đơn vị đo lường | Đ.V.T | Unit"),
            ("target", "Chỉ tiêu đến 2030 | Năm 2026 | 2027 | Mục tiêu đến năm 2030 | Kế hoạch năm 2026 | Giai đoạn 2026-2030 | Tầm nhìn đến năm 2045 | Target 2030"),
            ("baseline", "Thực hiện năm 2025 | Ước thực hiện 2025 | Hiện trạng | Giá trị nền | Kết quả thực hiện đến 31/12/2025 | Số liệu năm 2025"),
            ("issuing", "Cấp trình | Cấp ban hành | Cơ quan ban hành | Thẩm quyền | Cấp phê duyệt"),
            ("resources", "Kinh phí (triệu đồng) | Nguồn lực | Nguồn vốn | Kinh phí thực hiện nhiệm vụ"),
            ("basis", "Văn bản căn cứ | Căn cứ | Cơ sở pháp lý | Văn bản chỉ đạo | Số, ký hiệu"),
            ("progress", "Tình hình thực hiện | Mức độ hoàn thành | Trạng thái | Tình trạng | Status"),
            ("note", "Ghi chú | Chú thích | Khó khăn, vướng mắc | Kiến nghị, đề xuất | Remarks"),
        ],
    )  # fmt: skip
    def test_headings_say_their_role_in_any_case_and_with_any_signs(self, role, headings):
        for heading in headings.split(" | "):
            for words in (heading, heading.upper(), f"  {heading} :\n", heading.replace(" ", "\n")):
                found = meaning(words)
                assert found is not None, words
                assert found.role == role, words

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "Bộ Nội vụ",
            "Thường xuyên",
            "I",
            "PHỤ LỤC II",
            "Bí thư",
            "12/2026",
            "x" * 300,
            "Xây dựng đề án",
        ],
    )
    def test_other_words_are_no_heading(self, words):
        assert meaning(words) is None

    @pytest.mark.parametrize(
        ("heading", "purpose"),
        [
            ("Thời gian trình BTV", "submit"),
            ("Thời gian trình, ban hành", "submit"),
            ("Thời gian ban hành", "issue"),
            ("Thời gian hoàn thành", "complete"),
            ("Thời hạn", "complete"),
            ("Lộ trình", "complete"),
            ("Thời gian bắt đầu", "start"),
            ("Thời hạn báo cáo", "report"),
            ("Kỳ báo cáo", "report"),
            ("Start date", "start"),
            ("Cấp trình/Cấp ban hành", "submit"),
            ("Cấp trình", "submit"),
            ("Cấp ban hành", "issue"),
        ],
    )
    def test_a_moment_or_a_body_has_its_purpose(self, heading, purpose):
        found = meaning(heading)
        assert found is not None
        assert found.purpose == purpose

    @given(st.text(max_size=60))
    def test_any_words_are_judged(self, words):
        meaning(words)


class TestTables:
    @pytest.mark.parametrize(("name", "kind"), [("pl1", "indicators"), ("pl2", "tasks")])
    def test_the_real_annexes_tell_tasks_from_indicators(self, name, kind):
        file = f"programme-nq03-2025-{name}-raw.csv"
        found = read_headings(read_sheet((SHARED / file).read_bytes(), file, Limits())[0])
        assert (found.kind, found.heading_rows, found.first_row) == (kind, (1,), 2)
        assert all(column.role for column in found.columns)

    def test_ket_qua_is_a_target_among_indicators_and_a_result_among_tasks(self):
        assert roles(columns_of("TT,Chỉ tiêu,Đơn vị,Kết quả\n"))["D"] == "target"
        assert roles(columns_of("TT,Nhiệm vụ,Đơn vị,Kết quả\n"))["D"] == "result"

    def test_don_vi_is_a_measure_among_indicators_and_a_lead_among_tasks(self):
        assert roles(columns_of("TT,Chỉ tiêu,Đơn vị,2030\n"))["C"] == "measure"
        assert roles(columns_of("TT,Nhiệm vụ,Đơn vị,Thời hạn\n"))["C"] == "lead"
        assert roles(columns_of("TT,Chỉ tiêu,ĐVT,2030,Đơn vị\n"))["E"] == "lead"

    def test_title_lines_two_heading_rows_and_a_counting_row(self):
        text = (
            "PHỤ LỤC II,,,,,,,,\nDANH MỤC NHIỆM VỤ TRỌNG TÂM,,,,,,,,\n,,,,,,,,\n"
            "TT,Nội dung công việc,Phân công thực hiện,,Sản phẩm,Thời gian,,,Ghi chú\n"
            ",,Chủ trì,Phối hợp,,Trình BTV,Ban hành,Hoàn thành,\n"
            "(1),(2),(3),(4),(5),(6),(7),(8),(9)\n1,Việc,Ban A,,KH,T6/2026,,,\n"
        )
        found = columns_of(text)
        assert (found.heading_rows, found.first_row) == ((4, 5, 6), 7)
        assert roles(found) == {
            "A": "number",
            "B": "title",
            "C": "lead",
            "D": "coordinating",
            "E": "result",
            "F": "deadline:submit",
            "G": "deadline:issue",
            "H": "deadline:complete",
            "I": "note",
        }
        assert found.of("deadline")[0].words == "Thời gian – Trình BTV"

    def test_years_under_a_parent_belong_to_it(self):
        text = "STT;Chỉ tiêu;ĐVT;Thực hiện 2025;Mục tiêu;;;Kinh phí;\n;;;;2026;2027;2030;2026;2027\n1;GRDP;%;8;9;10;11;5;6\n"
        assert roles(columns_of(text)) == {
            "A": "number",
            "B": "title",
            "C": "measure",
            "D": "baseline:2025",
            "E": "target:2026",
            "F": "target:2027",
            "G": "target:2030",
            "H": "resources:2026",
            "I": "resources:2027",
        }

    def test_years_of_a_roadmap_hold_the_values_of_an_indicator(self):
        text = (
            "STT;Chỉ tiêu;ĐVT;Lộ trình;;;Cơ quan theo dõi\n;;;2026;2027;2028-2030;\n1;GRDP;%;10;11;12;Sở A\n"
        )
        found = roles(columns_of(text))
        assert [found[place] for place in "DEF"] == ["target:2026", "target:2027", "target:2028-2030"]

    def test_the_lower_heading_says_which_moment_is_meant(self):
        text = "STT;Nhiệm vụ;Chủ trì;Thời gian thực hiện;\n;;;Bắt đầu;Kết thúc\n1;a;Sở A;1/2026;6/2026\n"
        found = roles(columns_of(text))
        assert [found[place] for place in "DE"] == ["deadline:start", "deadline:complete"]

    def test_merged_headings_of_a_workbook(self):
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet["A1"] = "PHỤ LỤC"
        sheet.merge_cells("A1:F1")
        for place, words in {
            "A3": "STT",
            "B3": "Nhiệm vụ",
            "C3": "Đơn vị thực hiện",
            "E3": "Thời gian",
            "F3": "Cấp trình",
        }.items():
            sheet[place] = words
        for merged in ("A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4"):
            sheet.merge_cells(merged)
        sheet["C4"], sheet["D4"] = "Chủ trì", "Phối hợp"
        sheet["A5"], sheet["B5"], sheet["C5"] = 1, "Việc", "Ban A"
        held = io.BytesIO()
        book.save(held)
        found = read_headings(read_sheet(held.getvalue(), "a.xlsx", Limits())[0])
        assert (found.heading_rows, found.first_row) == ((3, 4), 5)
        assert roles(found) == {
            "A": "number",
            "B": "title",
            "C": "lead",
            "D": "coordinating",
            "E": "deadline:complete",
            "F": "issuing:submit",
        }

    def test_merged_titles_show_a_second_heading_row_nobody_knows(self):
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for place, words in {
            "A1": "STT",
            "B1": "Nhiệm vụ",
            "C1": "Chia ra",
            "C2": "Khối A",
            "D2": "Khối B",
            "E1": "Thời hạn",
        }.items():
            sheet[place] = words
        for merged in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
            sheet.merge_cells(merged)
        held = io.BytesIO()
        book.save(held)
        found = read_headings(read_sheet(held.getvalue(), "a.xlsx", Limits())[0])
        assert found.first_row == 3
        assert [column.words for column in found.columns if column.role is None] == [
            "Chia ra – Khối A",
            "Chia ra – Khối B",
        ]

    def test_a_column_headed_trinh_btv_is_a_moment_or_a_body_by_what_it_holds(self):
        head = "TT,Nhiệm vụ,Trình BTV\n"
        assert roles(columns_of(head + "1,a,T6/2026\n2,b,Quý I\n"))["C"] == "deadline:submit"
        assert roles(columns_of(head + "1,a,Ban Thường vụ\n2,b,BTV\n"))["C"] == "issuing:submit"

    def test_lead_and_coordinating_in_one_column_are_told(self):
        assert columns_of("TT,Nhiệm vụ,Cơ quan chủ trì/phối hợp\n").of("lead")[0].joint

    def test_of_two_leads_the_surer_and_then_the_left_one_has_the_role(self):
        found = columns_of("TT,Nhiệm vụ,Cơ quan thực hiện,Cơ quan chủ trì\n")
        assert [(column.role, column.taken) for column in found.columns[2:]] == [
            (None, "lead"),
            ("lead", None),
        ]

    def test_a_table_below_another_is_found_behind_it(self):
        sheet = sheet_of("TT,Nhiệm vụ,Chủ trì\n1,a,b\nSTT,Chỉ tiêu,ĐVT,2030\n1,c,%,5\n")
        assert read_headings(sheet, after=1).heading_rows == (3,)

    @pytest.mark.parametrize(
        ("row", "counts"),
        [
            ("(1),(2),(3)", True),
            ("1,2,3", True),
            ("A,B,1", True),
            ("A,B,C", True),
            ("1,A,B", False),
            ("1,2,4", False),
            ("2,3,4", False),
            ("1,2,3=1+2", True),
        ],
    )
    def test_a_counting_row_counts_from_its_beginning(self, row, counts):
        found = columns_of(f"TT,Nhiệm vụ,Chủ trì\n{row}\n")
        assert found.first_row == (3 if counts else 2)


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "seen"),
        [
            ("STT,Đơn vị,Thời hạn\n1,Sở A,2026\n", "B: Đơn vị"),
            ("TT,Nhiệm vụ,Nội dung công việc,Chủ trì\n1,a,b,c\n", "Nội dung công việc"),
            ("a,b,c\n1,2,3\n", "A: a"),
            ("chỉ một dòng chữ\n", "chỉ một dòng chữ"),
        ],
    )
    def test_a_missing_or_ambiguous_title_is_refused_with_what_was_seen_and_a_way_out(self, text, seen):
        found = refusal(text)
        assert (found.code, found.status) == ("structure_unreadable", 422)
        assert seen in found.text.vi
        assert seen in found.text.en
        assert '"title": "B"' in found.text.vi
        assert seen not in str(found)

    @pytest.mark.parametrize(
        "mapping",
        [
            {"leed": "C"},
            {"title": "ZZ"},
            {"title": 0},
            {"title": 99},
            {"title": True},
            {"title": 1.5},
            {"title": "không có tiêu đề này"},
            {"title": ["B", "C"]},
            {"title": "B", "lead": "B"},
            {"deadline:sometimes": "C"},
            {"title:complete": "B"},
            {"annex": "both"},
            {"heading_rows": "1"},
            {"heading_rows": [0]},
            {"first_row": -1},
            {"first_row": 1},
        ],
    )
    def test_a_mapping_that_says_nothing_sensible_is_refused(self, mapping):
        found = refusal("TT,Nhiệm vụ,Chủ trì\n1,a,b\n", mapping)
        assert found.code == "mapping_invalid"
        assert re.search(r"Ví dụ \{", found.text.vi)


class TestMappings:
    TEXT = "STT,Đầu việc A,Ai làm,Bao giờ xong,Bao giờ trình\n1,a,Sở A,2026,T5\n"

    @pytest.mark.parametrize(
        "mapping",
        [
            {"number": "A", "title": "B", "lead": "C", "deadline:complete": "D", "deadline:submit": "E"},
            {"number": 1, "title": 2, "lead": 3, "deadline": 4, "deadline:submit": 5},
            {
                "title": "đầu việc a",
                "lead": "AI LÀM",
                "deadline": "Bao giờ xong",
                "deadline:submit": "bao giờ  trình",
            },
            {"title": "B", "lead": "3", "deadline": ["D"], "deadline:submit": ["e"]},
        ],
    )
    def test_letters_numbers_and_heading_words_name_columns(self, mapping):
        found = columns_of(self.TEXT, mapping)
        assert roles(found) == {
            "A": "number",
            "B": "title",
            "C": "lead",
            "D": "deadline:complete",
            "E": "deadline:submit",
        }
        assert found.first_row == 2

    def test_a_mapping_overrides_what_headings_say_and_leaves_the_rest(self):
        found = columns_of(
            "TT,Nhiệm vụ,Chủ trì,Phối hợp,Thời hạn\n1,a,b,c,d\n", {"lead": "D", "coordinating": None}
        )
        assert roles(found) == {"A": "number", "B": "title", "C": None, "D": "lead", "E": "deadline:complete"}
        assert found.columns[3].by_hand

    def test_a_mapping_settles_an_ambiguous_title(self):
        found = columns_of("TT,Nhiệm vụ,Nội dung công việc,Chủ trì\n1,a,b,c\n", {"title": "C", "group": "B"})
        assert roles(found) == {"A": "number", "B": "group", "C": "title", "D": "lead"}

    def test_a_table_without_any_heading_is_read_from_the_row_that_is_told(self):
        sheet = sheet_of("PHỤ LỤC,,\n1,Việc một,Sở A\n2,Việc hai,Sở B\n")
        columns = read_headings(sheet, {"number": "A", "title": "B", "lead": "C", "first_row": 2})
        found = read_annex(sheet, columns)
        assert [item.words("lead") for item in found.items] == ["Sở A", "Sở B"]
        assert [note.code for note in found.notes] == ["above_table"]

    def test_heading_rows_and_the_kind_may_be_told(self):
        text = "x,y,z\nu,v,w\nMục,Chỗ,Chốn\n1,a,b\n"
        found = columns_of(
            text, {"title": "Chỗ", "target:2030": "Chốn", "heading_rows": [2, 3], "annex": "indicators"}
        )
        assert (found.kind, found.heading_rows, found.first_row) == ("indicators", (2, 3), 4)
        assert found.of("target")[0].period == "2030"
        assert found.of("title")[0].words == "v – Chỗ"

    def test_rows_between_the_heading_and_the_first_row_told_are_kept_with_a_note(self):
        sheet = sheet_of("TT,Nhiệm vụ,Chủ trì\nđoạn,giữa,\n1,a,b\n")
        found = read_annex(sheet, read_headings(sheet, {"first_row": 3}))
        assert [(note.code, note.row) for note in found.notes] == [("above_table", 2)]

    def test_a_heading_word_that_is_also_a_letter_means_the_heading(self):
        found = columns_of("B,Nhiệm vụ,Chủ trì\n1,a,b\n", {"number": "B"})
        assert roles(found)["A"] == "number"
