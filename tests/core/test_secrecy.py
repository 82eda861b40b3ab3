import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.secrecy import file_name_marking, marked_in, marking

MARKED = [
    ("Mật", "mat", "line"),
    ("MẬT", "mat", "line"),
    ("mật", "mat", "line"),
    ("Tối mật", "toi_mat", "line"),
    ("TUYỆT MẬT", "tuyet_mat", "line"),
    ("  *** MẬT ***  ", "mat", "line"),
    ("“Tối mật”", "toi_mat", "line"),
    ("- Tuyệt mật -", "tuyet_mat", "line"),
    ("Độ mật: Mật", "mat", "line"),
    ("Độ mật:Tối mật", "toi_mat", "line"),
    ("Độ Mật : TỐI MẬT.", "toi_mat", "line"),
    ("Mức độ mật: Tuyệt mật", "tuyet_mat", "line"),
    ("MỨC ĐỘ MẬT – MẬT", "mat", "line"),
    ("Dấu chỉ độ mật: Mật", "mat", "line"),
    ("Độ bảo mật: Tối mật", "toi_mat", "line"),
    ("M Ậ T", "mat", "line"),
    ("T Ố I   M Ậ T", "toi_mat", "line"),
    ("T.U.Y.Ệ.T M.Ậ.T", "tuyet_mat", "line"),
    ("MẬT - MẬT - MẬT", "mat", "line"),
    ("Mậ\u200bt", "mat", "line"),
    ("\ufeffMật\u00a0", "mat", "line"),
    ("Tối\u00a0mật", "toi_mat", "line"),
    ("ＭẬＴ", "mat", "line"),
    ("M\u00adật", "mat", "line"),
    ("Ma\u200d\u0302\u034f\u0323t", "mat", "line"),
    ("M̲ậ̲t̲", "mat", "line"),
    ("Tối_mật", "toi_mat", "line"),
    ("Kế hoạch số 12\nMẬT\nnăm 2026", "mat", "line"),
    ("Kế hoạch\r\nĐộ mật: Tuyệt mật\r\n", "tuyet_mat", "line"),
    ("Số 12-KH/ĐU\tMẬT", "mat", "line"),
    ("| Tối mật | 12 |", "toi_mat", "line"),
    ("Số: 12-KH/ĐU    Độ mật: MẬT", "mat", "field"),
    ("Độ mật: Tối mật; độ khẩn: hỏa tốc", "toi_mat", "field"),
    ("Độ mật: Mật    Độ khẩn: Thường", "mat", "field"),
    ("[Tối mật] Kế hoạch phòng thủ", "toi_mat", "bracket"),
    ("Kế hoạch phòng thủ (Mật)", "mat", "bracket"),
    ("Kế hoạch phòng thủ 【TUYỆT MẬT】.", "tuyet_mat", "bracket"),
    ("3. (Mật) Kế hoạch", "mat", "bracket"),
    ("Báo cáo （ＭẬＴ）", "mat", "bracket"),
    ("Báo cáo [Độ mật: Mật]", "mat", "field"),
]

SPOKEN = [
    "",
    "   ",
    "bảo vệ bí mật nhà nước",
    "Bí mật",
    "mật độ dân số",
    "Mật độ",
    "cây mật ong",
    "Mật ong",
    "Độ mật",
    "Độ mật:",
    "Mức độ mật của tài liệu",
    "Quản lý tài liệu mật, tối mật, tuyệt mật",
    "Tài liệu có độ mật (Mật, Tối mật, Tuyệt mật) phải nộp lưu",
    "Mật/Tối mật/Tuyệt mật",
    "Độ mật: Mật, Tối mật hoặc Tuyệt mật",
    "Tài liệu đóng dấu [Mật] phải được bảo quản riêng",
    "Bảo mật",
    "An toàn, bảo mật thông tin",
    "Mật 1",
    "mất",
    "Mát",
    "Thường",
    "Không mật",
    "Tuyệt đối bí mật",
    "Điệp viên mật vụ",
    "Bộ Công an",
]


@pytest.mark.parametrize(("text", "level", "place"), MARKED)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_a_marking_is_found_in_every_composition(text, level, place, form):
    found = marking(unicodedata.normalize(form, text))
    assert found is not None
    assert (found.level, found.place) == (level, place)


@pytest.mark.parametrize("text", SPOKEN)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_text_that_speaks_of_secrecy_passes(text, form):
    assert marking(unicodedata.normalize(form, text)) is None
    assert marking(unicodedata.normalize(form, text).upper()) is None


def test_the_line_of_a_marking_is_told():
    found = marking("một\nhai\nĐộ mật: Mật\nbốn")
    assert found is not None
    assert found.line == 3


@pytest.mark.parametrize(
    "name",
    [
        "KH (MẬT).xlsx",
        "KH(mật).csv",
        "[Tối mật] ke hoach 2026.xlsx",
        "ke hoach {Tuyệt mật} ban cuoi.docx",
        "KH [Mật] bản [2].xlsx",
        "Mật.xlsx",
        "TỐI MẬT.XLSX",
        "_Mật_.docx",
        "Mật (1).xlsx",
        "Mật.2026.xlsx",
        "Độ mật - Tối mật.xlsx",
        "2026/Mật/ke-hoach.xlsx",
        "C:\\KH\\TUYỆT MẬT\\ke-hoach.xlsx",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_name_that_says_a_level_is_marked(name, form):
    assert file_name_marking(unicodedata.normalize(form, name)) is not None


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".xlsx",
        "KH bảo vệ bí mật nhà nước.xlsx",
        "KH_nuôi_ong_lấy_mật.xlsx",
        "Mật độ dân số.csv",
        "(ong) mật.xlsx",
        "Mật ong (2026).xlsx",
        "ke hoach (bảo mật).xlsx",
        "ke hoach.xlsx",
    ],
)
def test_a_file_name_that_speaks_of_secrecy_passes(name):
    assert file_name_marking(name) is None


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ("Mật", ""),
        ({"title": "Mật"}, "/title"),
        ({"a": {"b": [{"c": "một"}, {"c": "Độ mật: Tối mật"}]}}, "/a/b/1/c"),
        (["một", "hai", "TUYỆT MẬT"], "/2"),
        ({"một": 1, "Mật": 2}, "/[1]"),
        ({"nội dung kín": {"x": "Mật"}}, "/[0]/x"),
        ({"a": "Mật", "b": "Mật"}, "/a"),
        ({"a": None, "b": 3, "c": True, "d": 1.5, "e": []}, None),
        ({"title": "Bảo vệ bí mật nhà nước", "notes": ["mật độ"]}, None),
        ((("x",), {"k": ("Mật",)}), "/1/k/0"),
    ],
)
def test_the_pointer_leads_to_the_first_marking(values, pointer):
    assert marked_in(values) == pointer


def test_the_pointer_never_repeats_words_of_the_user():
    secret = "Phương án tác chiến"
    pointer = marked_in({secret: {f"{secret} 2": ["Tối mật"]}})
    assert pointer == "/[0]/[0]/0"


def test_nesting_of_any_depth_is_searched():
    deep: object = "Mật"
    for _ in range(5_000):
        deep = [deep]
    assert marked_in(deep) == "/0" * 5_000


@given(st.text(max_size=200))
def test_any_text_is_judged_without_an_error(text):
    found = marking(text)
    assert found is None or found.level in {"mat", "toi_mat", "tuyet_mat"}
    file_name_marking(text)


@given(
    st.sampled_from(["Mật", "Tối mật", "TUYỆT MẬT"]),
    st.text(alphabet=" *-–\"'“”.\u00a0\u200b\u2060_", max_size=12),
)
def test_ornament_around_a_level_never_hides_it(level, ornament):
    assert marking(ornament + level + ornament[::-1]) is not None


@given(st.text(alphabet="độmậtốiuyệ :([)]\n\u0302\u0323", max_size=400))
def test_a_long_run_of_suspicious_letters_stays_quick(text):
    marking(text * 20)
