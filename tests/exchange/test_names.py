import csv
import json
import time
import unicodedata
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.names import NO_NAMES, Names, PartyReading, UnitName, read_coordinating, read_leads

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@cache
def task_rows() -> list[list[str]]:
    """The 140 task rows of the real programme, continuation and group rows left out."""
    text = (SHARED / "programme-nq03-2025-pl2-raw.csv").read_text(encoding="utf-8-sig")
    return [row for row in csv.reader(text.splitlines()) if row[0][:1].isdigit()]


@cache
def ministries(on: date | None = None) -> Names:
    """Names and aliases of the real programme; a merged unit's names end on the day of its merger."""
    entries = []
    for place, unit in enumerate(json.loads((SHARED / "unit-aliases.json").read_text())["aliases"]):
        first, *others = unit["forms"]
        until = date.fromisoformat(f"{unit['since']}-01"[:10]) if "since" in unit else None
        entries.append(UnitName(f"unit-{place}", first, tuple(others), valid_to=until))
    return Names.of(entries, on)


@cache
def party_units() -> Names:
    units = json.loads((SHARED / "units.json").read_text())["units"]
    return Names.of(
        UnitName(unit["code"], unit["name"], (unit["abbr"],) if unit.get("abbr") else ()) for unit in units
    )


def told(reading: PartyReading) -> list[str]:
    """Each mention as it is read; * for many at once, ~ for coordinating."""
    return [
        f"{one.read_as}{'*' if one.collective else ''}{'~' if one.part == 'coordinating' else ''}"
        for one in reading.mentions
    ]


class TestRealProgramme:
    @pytest.mark.parametrize("known", [NO_NAMES, ministries()], ids=["without names", "with names"])
    def test_92_rows_have_one_lead_29_a_collective_one_and_19_several(self, known):
        assert Counter(read_leads(row[2], known).kind for row in task_rows()) == {
            "single": 92,
            "collective": 29,
            "several": 19,
        }

    def test_the_reading_agrees_with_the_flags_set_by_hand(self):
        programme = json.loads((SHARED / "programme-nq03-2025.json").read_text())
        for row in programme["annexes"][1]["rows"]:
            if row["kind"] != "task":
                continue
            flags = " ".join(row.get("flags", []))
            expected = (
                "collective"
                if "collective lead" in flags
                else "several"
                if "more than one named lead" in flags
                else "single"
            )
            assert read_leads(row["cells"]["Cơ quan chủ trì"]).kind == expected

    @pytest.mark.parametrize("column", [2, 3])
    def test_known_names_part_the_cells_as_the_grammar_does(self, column):
        for row in task_rows():
            assert told(read_leads(row[column], ministries())) == told(read_leads(row[column]))

    def test_the_indicators_are_tracked_by_one_unit_but_for_one(self):
        text = (SHARED / "programme-nq03-2025-pl1-raw.csv").read_text(encoding="utf-8-sig")
        cells = [row[4] for row in csv.reader(text.splitlines())][1:]
        several = [cell for cell in cells if read_leads(cell).kind not in {"single", "none"}]
        assert several == ["Bộ Công an, Bộ Thông tin và Truyền thông và các bộ, ngành"]
        assert told(read_leads(several[0])) == [
            "Bộ Công an",
            "Bộ Thông tin và Truyền thông",
            "các bộ, ngành*",
        ]

    def test_every_alias_leads_to_its_unit(self):
        known = ministries()
        for unit in json.loads((SHARED / "unit-aliases.json").read_text())["aliases"]:
            keys = {read_leads(form, known).mentions[0].key for form in unit["forms"] if "(" not in form}
            assert len(keys) == 1
            assert None not in keys

    def test_names_resolve_as_of_the_day(self):
        cell = "Bộ Thông tin và Truyền thông"
        before, after = (
            read_leads(cell, ministries(date(2025, month, day))) for month, day in ((2, 28), (3, 1))
        )
        assert before.mentions[0].key == "unit-0"
        (mention,) = after.mentions
        assert (mention.key, mention.doubts) == (None, ("not_in_force",))
        assert [(one.key, one.in_force, one.score) for one in mention.candidates] == [("unit-0", False, 1.0)]

    def test_every_collective_form_is_one(self):
        for form in json.loads((SHARED / "unit-aliases.json").read_text())["collective_forms"]:
            assert read_leads(form).kind == "collective", form


class TestParting:
    @pytest.mark.parametrize(
        ("cell", "units"),
        [
            ("Bộ Văn hóa, Thể thao và Du lịch", ["Bộ Văn hóa, Thể thao và Du lịch"]),
            ("Bộ Lao động - Thương binh và Xã hội", ["Bộ Lao động - Thương binh và Xã hội"]),
            ("Bộ Tài nguyên và Môi trường", ["Bộ Tài nguyên và Môi trường"]),
            ("Bộ Thông tin và Truyền thông Bộ Khoa học và Công nghệ", ["Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ"]),
            ("Văn phòng Chính phủ; Bộ Công an", ["Văn phòng Chính phủ", "Bộ Công an"]),
            (
                "Bộ Khoa học, Công nghệ, Bộ Thông tin và Truyền thông, Bộ Kế hoạch và Đầu tư và các địa phương",
                ["Bộ Khoa học, Công nghệ", "Bộ Thông tin và Truyền thông", "Bộ Kế hoạch và Đầu tư", "các địa phương*"],
            ),
            ("Bộ Lao động - Thương binh và Xã hội,Thanh tra Chính phủ", ["Bộ Lao động - Thương binh và Xã hội", "Thanh tra Chính phủ"]),
            ("VTV, VOV, TTXVN, các địa phương", ["VTV", "VOV", "TTXVN", "các địa phương*"]),
            ("Hội Nông dân, Hội Phụ nữ và Đoàn Thanh niên", ["Hội Nông dân", "Hội Phụ nữ", "Đoàn Thanh niên"]),
            ("- Ban Tổ chức\n- Văn phòng\n+ Công an xã", ["Ban Tổ chức", "Văn phòng", "Công an xã"]),
            ("1. Ban Tổ chức\n2. Văn phòng", ["Ban Tổ chức", "Văn phòng"]),
            ("Ban Tổ chức\nVăn phòng", ["Ban Tổ chức", "Văn phòng"]),
            ("Sở Tài chính/Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
            ("Sở Tài chính - Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
            ("sở Y tế và sở Tài chính", ["sở Y tế", "sở Tài chính"]),
            ("So Tai chinh, So Noi vu", ["So Tai chinh", "So Noi vu"]),
            ("Vietcombank, Viettel, VNPT", ["Vietcombank", "Viettel", "VNPT"]),
            ("Trạm Y tế xã, Công an xã, BCH Quân sự xã", ["Trạm Y tế xã", "Công an xã", "BCH Quân sự xã"]),
            ("Bộ Công an (A05), Bộ Quốc phòng", ["Bộ Công an (A05)", "Bộ Quốc phòng"]),
            ("Phòng KT, Phòng VH-XH", ["Phòng KT", "Phòng VH-XH"]),
            ("Sở LĐ-TB&XH; Sở VH,TT&DL", ["Sở LĐ-TB&XH", "Sở VH,TT&DL"]),
            ("Báo và Phát thanh, Truyền hình tỉnh, Sở Y tế", ["Báo và Phát thanh, Truyền hình tỉnh", "Sở Y tế"]),
            ("Thường trực HĐND và UBND xã", ["Thường trực HĐND", "UBND xã"]),
            ("Giao Sở Nội vụ, Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
            ("Đề nghị Ủy ban MTTQ tỉnh", ["Ủy ban MTTQ tỉnh"]),
            ("Sở Giao thông vận tải", ["Sở Giao thông vận tải"]),
            ("Bảo hiểm Xã hội Việt Nam, Bộ Công an và các địa phương Bắc Ninh, Bình Dương, An Giang",
             ["Bảo hiểm Xã hội Việt Nam", "Bộ Công an", "các địa phương Bắc Ninh, Bình Dương, An Giang*"]),
        ],
    )  # fmt: skip
    def test_a_cell_is_parted_where_names_begin(self, cell, units):
        assert told(read_leads(cell)) == units

    @pytest.mark.parametrize(
        "name",
        [
            "Văn phòng Đảng ủy",
            "Ban Tổ chức Tỉnh ủy",
            "Ban Tổ chức\nTỉnh ủy",
            "Đảng uỷ UBND xã",
            "Đảng ủy các cơ quan Đảng Trung ương",
            "Đảng bộ Mặt trận Tổ quốc, các đoàn thể Trung ương",
            "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
            "Ban Chính sách, chiến lược Trung ương",
            "Ban Thường vụ Ban Chấp hành Đảng bộ",
            "Bộ Tư lệnh Bộ đội Biên phòng",
            "Học viện Báo chí và Tuyên truyền",
            "Văn phòng HĐND và UBND xã",
            "Báo và Đài Phát thanh, Truyền hình",
            "Ban Quản lý các KCN - KKT",
            "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh",
            "Viện Khoa học xã hội và nhân văn",
            "Ban Nội chính và Phòng, chống tham nhũng",
            "Sở Y tế Thành phố",
            "Bộ Khoa học và\nCông nghệ",
            "Phòng Văn hóa - Xã hội",
            "Hợp tác xã Hoa Sen",
            "công an xã",
            "Đảng ủy Công an Trung ương (Đảng bộ Công an Trung ương)",
        ],
    )
    def test_one_name_stays_one(self, name):
        reading = read_leads(name)
        assert (told(reading), reading.kind) == ([name], "single")

    @pytest.mark.parametrize(
        ("cell", "units"),
        [
            ("Các Bộ: Công an, Quốc phòng và Ngoại giao", ["Bộ Công an", "Bộ Quốc phòng", "Bộ Ngoại giao"]),
            (
                "Các Bộ Công an, Văn hóa, Thể thao và Du lịch",
                ["Bộ Công an", "Bộ Văn hóa, Thể thao và Du lịch"],
            ),
            ("các xã: Bình An, Bình Hòa và Bình Minh", ["Xã Bình An", "Xã Bình Hòa", "Xã Bình Minh"]),
            ("Sở Nội vụ, Tài chính, Xây dựng", ["Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng"]),
            ("Các Sở: Y tế, Tư pháp; UBND các xã", ["Sở Y tế", "Sở Tư pháp", "UBND các xã*"]),
            ("Các Sở: Y tế, Tư pháp; Công an tỉnh", ["Sở Y tế", "Sở Tư pháp", "Công an tỉnh"]),
        ],
    )
    def test_a_head_that_is_said_once_is_read_before_each_name(self, cell, units):
        assert told(read_leads(cell)) == units

    @pytest.mark.parametrize(
        "cell",
        [
            "Các bộ, ngành, địa phương",
            "Bộ, ngành, địa phương",
            "Các tỉnh, thành phố trực thuộc TW",
            "Địa phương được lựa chọn",
            "Tập đoàn, doanh nghiệp công nghệ số",
            "các cấp ủy trực thuộc",
            "Các đảng bộ, chi bộ trực thuộc",
            "Chi bộ trực thuộc",
            "UBND các xã, phường",
            "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
            "Sở, ban, ngành tỉnh; UBND các xã, phường, đặc khu",
            "Thủ trưởng các cơ quan, đơn vị",
            "Các cơ quan chuyên trách tham mưu, giúp việc Tỉnh ủy",
            "Ban Thường vụ các đảng ủy trực thuộc",
            "Trưởng các thôn",
            "Tỉnh ủy, thành ủy",
            "Toàn Đảng bộ",
            "Cả hệ thống chính trị",
            "Tất cả các đơn vị",
            "Doanh nghiệp",
            "cac so, ban, nganh",
            "Các bộ, ngành, địa phương là chủ quản CSDLQG, CSDL chuyên ngành",
            "Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ, UBND các tỉnh, thành phố",
        ],
    )
    def test_words_for_many_units_are_collective(self, cell):
        assert read_leads(cell).kind == "collective"
        assert read_leads(cell, ministries()).kind == "collective"

    @pytest.mark.parametrize(
        "cell", ["", "  ", "-", "…", "Không", "không có", "\u00a0", "x", "N/A", "Chưa xác định"]
    )
    def test_a_cell_that_names_nobody_has_no_mention(self, cell):
        assert read_leads(cell) == PartyReading(cell, (), "lead")
        assert read_leads(cell).kind == "none"

    @pytest.mark.parametrize("cell", ["Như trên", "-nt-", '"', "''", "Tương tự"])
    def test_a_ditto_names_nobody_and_is_kept_as_a_doubt(self, cell):
        (mention,) = read_leads(cell, ministries()).mentions
        assert (mention.words, mention.key, mention.doubts) == (cell, None, ("as_above",))

    def test_one_name_beside_many_is_mixed(self):
        assert read_leads("Bộ Tài chính; các bộ, ngành").kind == "mixed"


class TestRoles:
    @pytest.mark.parametrize(
        ("cell", "units"),
        [
            ("ĐU UBND xã chủ trì, phối hợp Công an xã", ["ĐU UBND xã", "Công an xã~"]),
            ("Chủ trì: Ban Tổ chức; Phối hợp: Văn phòng, UBKT", ["Ban Tổ chức", "Văn phòng~", "UBKT~"]),
            ("Phối hợp: Văn phòng; Chủ trì: Ban Tổ chức", ["Văn phòng~", "Ban Tổ chức"]),
            ("Ban Tổ chức (chủ trì), Văn phòng Đảng ủy (phối hợp)", ["Ban Tổ chức", "Văn phòng Đảng ủy~"]),
            (
                "Ban Tổ chức chủ trì, Văn phòng, Ban Tuyên giáo phối hợp",
                ["Ban Tổ chức", "Văn phòng~", "Ban Tuyên giáo~"],
            ),
            (
                "Ban Tổ chức chủ trì, phối hợp với các cơ quan liên quan",
                ["Ban Tổ chức", "các cơ quan liên quan*~"],
            ),
            ("Ban Tổ chức phối hợp với Văn phòng", ["Ban Tổ chức", "Văn phòng~"]),
            ("Bộ Ngoại giao và Bộ Công an thực hiện", ["Bộ Ngoại giao", "Bộ Công an"]),
            ("Ban Tổ chức tham mưu", ["Ban Tổ chức"]),
            ("Cục Tham mưu", ["Cục Tham mưu"]),
            ("CT: Sở Y tế; PH: Sở Tài chính", ["Sở Y tế", "Sở Tài chính~"]),
            ("Cơ quan chủ trì: Sở Y tế; Cơ quan phối hợp: Sở Tài chính", ["Sở Y tế", "Sở Tài chính~"]),
            ("Đơn vị chủ trì: Sở Y tế", ["Sở Y tế"]),
        ],
    )
    def test_words_about_roles_part_lead_from_coordinating(self, cell, units):
        assert told(read_leads(cell)) == units

    def test_only_leads_count_for_the_kind_of_a_lead_cell(self):
        reading = read_leads("ĐU UBND xã chủ trì, phối hợp Công an xã, Trạm Y tế", ministries())
        assert reading.kind == "single"
        assert [one.words for one in reading.leads] == ["ĐU UBND xã"]
        assert reading.leads[0].key is not None
        assert len(reading.coordinating) == 2

    def test_a_coordinating_column_names_coordinating_units(self):
        reading = read_coordinating("Bộ Nội vụ, các bộ, ngành, địa phương")
        assert (reading.kind, told(reading)) == ("mixed", ["Bộ Nội vụ~", "các bộ, ngành, địa phương*~"])


class TestKnownNames:
    def test_letters_and_marks_may_vary(self):
        known = ministries()
        for words in (
            "ĐẢNG ỦY UBND XÃ",
            "đảng uỷ ubnd xã",
            "Dang uy UBND xa",
            "Đảng ủy Ủy ban nhân dân xã",
            unicodedata.normalize("NFD", "Đảng uỷ UBND xã"),
        ):
            assert read_leads(words, known).mentions[0].key == "unit-9", words

    def test_the_longest_name_wins(self):
        known = Names.of(
            [UnitName("a", "Ban Tổ chức"), UnitName("b", "Ban Tổ chức Tỉnh ủy"), UnitName("c", "Tỉnh ủy")]
        )
        assert [
            one.key for one in read_leads("Ban Tổ chức Tỉnh ủy, Ban Tổ chức, Tỉnh ủy", known).mentions
        ] == ["b", "a", "c"]

    def test_a_known_name_inside_a_longer_unknown_one_is_offered_not_taken(self):
        (mention,) = read_leads("Ban Tổ chức cán bộ", Names.of([UnitName("a", "Ban Tổ chức")])).mentions
        assert mention.key is None
        assert [one.key for one in mention.candidates] == ["a"]

    def test_a_comma_that_the_name_does_not_have_parts_two_units(self):
        known = Names.of([UnitName("a", "Ban Tổ chức Tỉnh ủy")])
        assert told(read_leads("Ban Tổ chức, Tỉnh ủy", known)) == ["Ban Tổ chức", "Tỉnh ủy"]

    def test_a_comma_that_the_name_has_may_be_missing(self):
        known = Names.of(
            [UnitName("a", "Bộ Văn hóa, Thể thao và Du lịch"), UnitName("b", "Sở Lao động - Thương binh")]
        )
        assert [
            one.key
            for one in read_leads("Bộ Văn hóa Thể thao và Du lịch; Sở Lao động Thương binh", known).mentions
        ] == ["a", "b"]

    def test_names_that_the_grammar_does_not_know_are_parted_too(self):
        known = Names.of(
            [UnitName("a", "Hoa Sen"), UnitName("b", "Hướng Dương"), UnitName("c", "Đồng Tâm, Nhất Trí")]
        )
        assert [
            one.key for one in read_leads("Hoa Sen, Hướng Dương và Đồng Tâm, Nhất Trí", known).mentions
        ] == ["a", "b", "c"]

    def test_two_known_names_need_no_sign_between_them(self):
        known = Names.of([UnitName("a", "Văn phòng Chính phủ"), UnitName("b", "Bộ Công an")])
        assert [one.key for one in read_leads("Văn phòng Chính phủ Bộ Công an", known).mentions] == ["a", "b"]

    def test_words_in_brackets_explain_and_do_not_hinder(self):
        known = Names.of(
            [UnitName("a", "Bộ Công an"), UnitName("b", "Quân ủy Trung ương (Đảng bộ Quân đội)")]
        )
        assert [one.key for one in read_leads("Bộ Công an (A05), Quân ủy Trung ương", known).mentions] == [
            "a",
            "b",
        ]

    def test_a_head_said_once_is_found_with_its_name(self):
        known = Names.of([UnitName("a", "Bộ Công an"), UnitName("b", "Xã Bình Hòa")])
        assert [
            one.key for one in read_leads("Các Bộ: Công an; các xã: Bình Hòa, Bình An", known).mentions
        ] == ["a", "b", None]

    def test_a_name_that_two_units_bear_is_not_resolved(self):
        known = Names.of([UnitName("a", "Ban Tổ chức"), UnitName("b", "Ban Tổ chức")])
        (mention,) = read_leads("Ban Tổ chức", known).mentions
        assert (mention.key, mention.doubts) == (None, ("ambiguous",))
        assert {one.key for one in mention.candidates} == {"a", "b"}

    def test_of_two_units_of_one_name_the_one_in_force_is_meant(self):
        known = Names.of(
            [
                UnitName("a", "Ban Dân vận", valid_to=date(2025, 2, 1)),
                UnitName("b", "Ban Dân vận", valid_from=date(2025, 2, 1)),
            ],
            date(2025, 2, 1),
        )
        assert read_leads("Ban Dân vận", known).mentions[0].key == "b"

    def test_a_slip_of_the_pen_offers_the_nearest_names_best_first(self):
        (mention,) = read_leads("Ban Tuyen giao và Dân vân Trung ương Đảng", party_units()).mentions
        assert mention.key is None
        assert mention.candidates[0].key == "TW-BTGDVTW"
        assert [one.score for one in mention.candidates] == sorted(
            (one.score for one in mention.candidates), reverse=True
        )

    def test_party_units_of_the_same_name_stay_apart(self):
        known = party_units()
        assert read_leads("Đảng bộ Văn phòng Trung ương Đảng", known).mentions[0].key == "DB-CQDTW-VPTW"
        assert read_leads("Văn phòng Trung ương Đảng", known).mentions[0].key == "TW-VPTW"

    @pytest.mark.parametrize(
        "unit", json.loads((SHARED / "units.json").read_text())["units"], ids=lambda unit: unit["code"]
    )
    def test_every_unit_of_the_organisation_is_found_by_its_name(self, unit):
        assert read_leads(unit["name"], party_units()).mentions[0].key == unit["code"]

    def test_four_thousand_names_are_searched_at_once(self):
        known = Names.of(UnitName(str(n), f"Đảng bộ xã Bình {chr(65 + n % 26)} {n}") for n in range(4_000))
        started = time.process_time()
        for n in range(200):
            read_leads(f"Đảng bộ xã Bình {n}x; Văn phòng Đảng ủy", known)
        assert time.process_time() - started < 20


class TestDoubts:
    @pytest.mark.parametrize(
        ("cell", "doubts"),
        [
            ("Bộ Nội vụ, Bộ", [(), ("cut",)]),
            ("Bộ Tài chính và", [("cut",)]),
            ("nghiệp và phát triển nông thôn", [("fragment",)]),
            ("Phòng Kinh tế, Hạ tầng và Đô thị", [("comma_inside",)]),
            ("Sở Nội vụ, Tài chính", [(), ("head_elided",)]),
            ("Bộ Y tế Bộ Công an", [(), ("no_separator",)]),
            ("Đồng chí Bí thư Đảng ủy", [("post",)]),
            ("Đ/c Nguyễn Văn A", [("post",)]),
            ("Bộ trưởng Bộ Công an", [("post",)]),
            ("Bộ Công an", [()]),
            ("x" * 4_000, [("too_long",)]),
        ],
    )
    def test_what_is_doubtful_is_said(self, cell, doubts):
        assert [one.doubts for one in read_leads(cell).mentions] == doubts


PIECES = st.sampled_from(
    [
        *(
            "Bộ",
            "Ban",
            "Sở",
            "các",
            "Các",
            "bộ",
            "ngành",
            "địa phương",
            "và",
            ",",
            ";",
            "\n",
            "-",
            "(",
            ")",
            ":",
            "chủ trì",
            "phối hợp",
            "với",
        ),
        *(
            "Công an",
            "Tài chính",
            "Khoa học và Công nghệ",
            "UBND",
            "xã",
            "VTV",
            "Đảng ủy",
            "Văn phòng",
            "Đồng chí",
            "1.",
            "a)",
            "là",
            "/",
            "Xã hội",
        ),
    ]
)


@given(
    st.lists(PIECES | st.text(max_size=4), max_size=24).map(" ".join),
    st.sampled_from([NO_NAMES, ministries(), party_units()]),
)
def test_any_cell_is_read_and_every_mention_stands_in_it(cell, known):
    reading = read_leads(cell, known)
    end = 0
    for mention in reading.mentions:
        assert reading.words[mention.start : mention.end] == mention.words
        assert mention.start >= end
        assert mention.words.strip()
        end = mention.end
    assert reading.kind in {"single", "collective", "several", "mixed", "none"}


@given(
    st.lists(
        st.sampled_from(["Bộ Công an", "Bộ Nội vụ", "Sở Y tế", "Ban Tổ chức", "VTV", "Văn phòng Đảng ủy"]),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([", ", "; ", " và ", "\n", " - ", "/"]),
)
def test_names_that_are_joined_are_parted_again(names, joiner):
    assert told(read_leads(joiner.join(names))) == names


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    read_leads(text, ministries())
