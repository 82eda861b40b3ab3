import csv
import string
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.indicators import numbers
from app.indicators import target_questions as ask
from app.indicators.targets import (
    Comparator,
    Direction,
    TargetKind,
    TargetPart,
    TargetReading,
    reached,
    read_target,
)

REAL_INPUT = Path(__file__).resolve().parents[2].parent / "shared" / "data"

HIGHER, LOWER, NEUTRAL = Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER, Direction.NEUTRAL
AT_LEAST, MORE, AT_MOST, LESS = (
    Comparator.AT_LEAST,
    Comparator.MORE_THAN,
    Comparator.AT_MOST,
    Comparator.LESS_THAN,
)
BETWEEN, EXACTLY, ABOUT, CHANGE = Comparator.BETWEEN, Comparator.EXACTLY, Comparator.ABOUT, Comparator.CHANGE
NUMBER, RANGE, RANK, ORDINAL = TargetKind.NUMBER, TargetKind.RANGE, TargetKind.RANK, TargetKind.ORDINAL
BOOLEAN, QUALITATIVE, REFERENCE = TargetKind.BOOLEAN, TargetKind.QUALITATIVE, TargetKind.REFERENCE
PARENT, UNREAD = TargetKind.PARENT, TargetKind.UNREAD


def rows_of(name: str) -> list[list[str]]:
    with (REAL_INPUT / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def part(
    comparator: Comparator,
    value: str | None,
    unit: str | None = None,
    *,
    high: str | None = None,
    direction: Direction | None = None,
    **said: object,
) -> TargetPart:
    downward = comparator in {AT_MOST, LESS}
    return TargetPart(
        comparator=comparator,
        direction=direction or (LOWER if downward else HIGHER),
        value=None if value is None else Decimal(value),
        high=None if high is None else Decimal(high),
        unit=unit,
        **said,  # type: ignore[arg-type]  # the other fields by name
    )


def reading_of(kind: TargetKind, *parts: TargetPart, **said: object) -> TargetReading:
    return TargetReading(words="", unit_words="", kind=kind, parts=parts, **said)  # type: ignore[arg-type]  # by name


def check(words: str, unit_words: str, expected: TargetReading) -> None:
    assert read_target(words, unit_words) == replace(expected, words=words, unit_words=unit_words)


ASIA_AND_WORLD = reading_of(
    RANK,
    part(AT_MOST, "3", "Thứ bậc", scope="Đông Nam Á"),
    part(AT_MOST, "50", "Thứ bậc", scope="Thế giới"),
)
JUDGED = reading_of(QUALITATIVE, questions=(ask.WHO_JUDGES,))


def stated(comparator: Comparator, value: str, unit: str | None, **said: object) -> TargetReading:
    return reading_of(NUMBER, part(comparator, value, unit, **said))  # type: ignore[arg-type]  # by name


def assumed(value: str, unit: str | None, **said: object) -> TargetReading:
    return reading_of(NUMBER, part(AT_LEAST, value, unit, **said), comparator_assumed=True)  # type: ignore[arg-type]


def ranged(low: str, high: str, unit: str | None, **said: object) -> TargetReading:
    between = part(BETWEEN, low, unit, high=high, **said)  # type: ignore[arg-type]  # by name
    return reading_of(RANGE, between, questions=(ask.RANGE_REACHED_AT_LOWER_END,))


KPI_PHRASES = {
    "≥ 80": stated(AT_LEAST, "80", "%"),
    ">= 30": stated(AT_LEAST, "30", "%"),
    "90": assumed("90", "%"),
    "100%": assumed("100", "%"),
    "> 0,7": stated(MORE, "0.7", "HDI"),
    "≤ 3 Đông Nam Á; ≤ 50 Thế giới": ASIA_AND_WORLD,
    "40 - 50": ranged("40", "50", "Tổ chức"),
    "16 - 18": ranged("16", "18", "%", per="năm"),
    "20% - 50%": ranged("20", "50", "%"),
    "≥ 3% và tăng dần theo yêu cầu phát triển": replace(
        stated(AT_LEAST, "3", "% tổng chi NSNN"), condition="và tăng dần theo yêu cầu phát triển"
    ),
    "09": assumed("9", "Tuyến cáp quang biển"),
    "01": assumed("1", "Cơ sở"),
    "Đạt mức trên trung bình của thế giới": JUDGED,
    "trên 90%": replace(stated(MORE, "90", "%"), questions=(ask.STRICTLY_ABOVE,)),
    "đạt từ 3% … trở lên": stated(AT_LEAST, "3", "%"),
    "ít nhất 01 mô hình": stated(AT_LEAST, "1", "mô hình"),
    "đạt 11 - 12%": ranged("11", "12", "%"),
    "dưới 3%": replace(stated(LESS, "3", "%"), questions=(ask.STRICTLY_BELOW,)),
    "tăng 5% so với đầu nhiệm kỳ": replace(
        stated(CHANGE, "5", "%", change=True, baseline="so với đầu nhiệm kỳ"),
        questions=(ask.PERCENT_OR_POINTS, ask.BASELINE_VALUE),
    ),
    "đảm bảo đạt tỷ lệ theo quy định": reading_of(REFERENCE, questions=(ask.WHERE_SET,)),
    'xếp loại … "Hoàn thành tốt nhiệm vụ" trở lên': reading_of(
        ORDINAL, part(AT_LEAST, None, level="Hoàn thành tốt nhiệm vụ")
    ),
    "không còn hộ nghèo theo chuẩn nghèo đa chiều, giai đoạn 2021 - 2025": replace(
        stated(EXACTLY, "0", "hộ", direction=LOWER, scope="hộ nghèo"),
        condition="theo chuẩn nghèo đa chiều, giai đoạn 2021 - 2025",
        questions=(ask.EXPIRING_STANDARD,),
    ),
    "14,5%/năm": assumed("14.5", "%", per="năm"),
    "10,1 tỷ USD": assumed("10100000000", "USD"),
    "~9.800 MW": replace(stated(ABOUT, "9800", "MW"), questions=(ask.APPROXIMATE,)),
    "trên 75%": replace(stated(MORE, "75", "%"), questions=(ask.STRICTLY_ABOVE,)),
    "hướng tới tối thiểu đạt 25%": replace(stated(AT_LEAST, "25", "%", binding=False), binding=False),
    "phấn đấu …": reading_of(UNREAD, binding=False, why=ask.ASPIRATION_ONLY),
}


def test_expectations_cover_every_listed_phrase() -> None:
    assert [row[0] for row in rows_of("kpi-phrases.csv")] == list(KPI_PHRASES)


@pytest.mark.parametrize(("phrase", "unit"), [tuple(row[:2]) for row in rows_of("kpi-phrases.csv")])
def test_every_listed_phrase_is_read_as_expected(phrase: str, unit: str) -> None:
    check(phrase, unit, KPI_PHRASES[phrase])


HDI = "Chỉ số phát triển con người (HDI)"
ANNEX_LINES = {
    "1": JUDGED,
    "2": JUDGED,
    "3": JUDGED,
    "4": ASIA_AND_WORLD,
    "5": ASIA_AND_WORLD,
    "6": reading_of(RANK, part(AT_MOST, "3", "Thứ bậc", scope="Đông Nam Á")),
    "7": stated(AT_LEAST, "5", "Doanh nghiệp"),
    "8": stated(AT_LEAST, "55", "%"),
    "9": stated(AT_LEAST, "50", "%"),
    "10": stated(AT_LEAST, "30", "% GDP"),
    "11": reading_of(PARENT),
    "11.1": stated(AT_LEAST, "80", "%"),
    "11.2": assumed("90", "%"),
    "11.3": assumed("100", "%"),
    "11.4": assumed("100", "%"),
    "11.5": assumed("80", "%"),
    "11.6": assumed("80", "%"),
    "11.7": assumed("70", "%"),
    "11.8": stated(AT_LEAST, "30", "%"),
    "11.9": assumed("50", "%"),
    "11.10": assumed("100", "%"),
    "11.11": assumed("100", "%"),
    "11.12": assumed("100", "%"),
    "12": stated(AT_LEAST, "80", "%"),
    "13": stated(AT_LEAST, "40", "%"),
    "14": stated(MORE, "0.7", HDI),
    "15": assumed("2", "% GDP"),
    "16": stated(MORE, "60", "%"),
    "17": replace(stated(AT_LEAST, "3", "% tổng chi NSNN"), condition="và tăng dần theo yêu cầu phát triển"),
    "18": assumed("12", "Người/vạn dân"),
    "19": ranged("40", "50", "Tổ chức"),
    "20": assumed("10", "%", per="năm"),
    "21": ranged("16", "18", "%", per="năm"),
    "22": ranged("8", "10", "%"),
    "23": JUDGED,
    "23.1": assumed("100", "%"),
    "23.2": assumed("9", "Tuyến cáp quang biển"),
    "23.3": stated(AT_LEAST, "350", "Tbps"),
    "23.4": assumed("99", "% dân số"),
    "24": stated(AT_LEAST, "6", "Thành phố, Tỉnh"),
    "25": stated(AT_LEAST, "3", "Tổ chức, doanh nghiệp"),
    "26": assumed("100", "%"),
    "27": assumed("100", "%"),
    "28": assumed("5", "Sàn dữ liệu"),
    "29": stated(AT_LEAST, "3", "Trung tâm dữ liệu quốc gia"),
    "30": stated(AT_LEAST, "95", "%"),
    "31": stated(AT_LEAST, "70", "%"),
    "32": stated(AT_LEAST, "95", "%"),
    "33": reading_of(RANK, part(AT_MOST, "10", "Thứ bậc")),
    "34": assumed("1", "Cơ sở"),
    "35": assumed("50", "%"),
    "36": stated(AT_LEAST, "50", "% GDP"),
    "37": reading_of(RANK, part(AT_MOST, "30", "Thứ bậc")),
    "38": assumed("1", "Số doanh nghiệp/1000 dân"),
    "39": stated(AT_LEAST, "10", "Doanh nghiệp"),
    "40": stated(AT_LEAST, "5", "Tổ chức, doanh nghiệp"),
    "41": ranged("20", "50", "%"),
}
LINES = [row for row in rows_of("programme-nq03-2025-pl1-raw.csv") if row[0] not in {"I", "II"}]


def test_expectations_cover_all_57_lines_of_the_annex() -> None:
    assert [row[0] for row in LINES] == list(ANNEX_LINES)
    assert len(LINES) == 57


@pytest.mark.parametrize(("number", "unit", "words"), [(row[0], row[2], row[3]) for row in LINES])
def test_every_line_of_the_annex_is_read_as_expected(number: str, unit: str, words: str) -> None:
    check(words, unit, ANNEX_LINES[number])


# Wordings that stand in no list the reader was written from.
UNSEEN = [
    # comparators in words and signs
    ("không quá 5 ngày làm việc", "", AT_MOST, "5", "ngày làm việc"),
    ("không thấp hơn 90%", "", AT_LEAST, "90", "%"),
    ("tối đa 24 giờ", "", AT_MOST, "24", "giờ"),
    ("đạt và vượt 100% kế hoạch", "", AT_LEAST, "100", "%"),
    ("80% trở lên", "", AT_LEAST, "80", "%"),
    ("10 ngày trở xuống", "", AT_MOST, "10", "ngày"),
    ("⩾ 95", "%", AT_LEAST, "95", "%"),
    ("=> 90", "%", AT_LEAST, "90", "%"),
    ("=< 5", "%", AT_MOST, "5", "%"),
    ("> = 70", "%", AT_LEAST, "70", "%"),
    ("hơn 90% người dân hài lòng", "", MORE, "90", "%"),
    ("đúng 12", "Người", EXACTLY, "12", "Người"),
    ("khoảng 65% số xã", "", ABOUT, "65", "%"),
    ("ít nhất hai mô hình", "", AT_LEAST, "2", "mô hình"),
    ("Không để xảy ra quá 3 vụ", "", AT_MOST, "3", "vụ"),
    ("tối thiểu 80% trở lên", "", AT_LEAST, "80", "%"),
    ("95% ↑", "", AT_LEAST, "95", "%"),
    ("trên dưới 10%", "", ABOUT, "10", "%"),
    # a time to keep is a limit
    ("trong vòng 24 giờ", "", AT_MOST, "24", "giờ"),
    ("giải quyết trong 24 giờ", "", AT_MOST, "24", "giờ"),
    ("chậm nhất 3 ngày", "", AT_MOST, "3", "ngày"),
    ("thời gian xử lý bình quân 5 ngày", "", AT_MOST, "5", "ngày"),
    # numbers and multipliers
    ("１００％", "%", AT_LEAST, "100", "%"),
    ("1\u00a0234\u00a0567 đồng", "", AT_LEAST, "1234567", "đồng"),
    ("quy mô kinh tế đạt 500 nghìn tỷ đồng", "", AT_LEAST, "500000000000000", "đồng"),
    ("75 triệu đồng/người", "", AT_LEAST, "75000000", "đồng/người"),
    ("10 vạn dân", "", AT_LEAST, "100000", "dân"),
    ("12 bác sĩ/vạn dân", "", AT_LEAST, "12", "bác sĩ/vạn dân"),
    ("dưới 15/1.000 trẻ đẻ sống", "", LESS, "15", "/1.000 trẻ đẻ sống"),
    ("10,1", "tỷ USD", AT_LEAST, "10100000000", "USD"),
    ("120", "1.000 người", AT_LEAST, "120000", "người"),
    ("15,2", "Tr.đ/người", AT_LEAST, "15200000", "đ/người"),
    ("hỗ trợ 1\u200b00 hộ", "", AT_LEAST, "100", "hộ"),
    ("≥ -0,5", "", AT_LEAST, "-0.5", None),
    ("200 tr.đ", "", AT_LEAST, "200000000", "đ"),
    ("5 tr USD", "", AT_LEAST, "5000000", "USD"),
    ("tăng trưởng hai con số", "", AT_LEAST, "10", "%"),
    ("trên 2 con số", "", MORE, "10", "%"),
    ("8/10", "xã", AT_LEAST, "8", "xã"),
    ("10/10", "%", AT_LEAST, "100", "%"),
    ("100% (158/158 xã)", "", AT_LEAST, "100", "%"),
    # digits that are no value
    ("Hoàn thành 3 trung tâm trước 30/6/2026", "", AT_LEAST, "3", "trung tâm"),
    ("Tốc độ truy nhập internet trên 1Gb/s đạt 100%", "", AT_LEAST, "100", "%"),
    ("80% dịch vụ công trực tuyến mức độ 4", "", AT_LEAST, "80", "%"),
    ("cách mạng công nghiệp 4.0 đạt 50%", "", AT_LEAST, "50", "%"),
    ("Từ 15 tuổi trở lên có tài khoản: ≥ 95%", "", AT_LEAST, "95", "%"),
    ("5G phủ sóng 99% dân số", "", AT_LEAST, "99", "%"),
    ("≥ 80 (1)", "%", AT_LEAST, "80", "%"),
    ("500 trạm 5G", "", AT_LEAST, "500", "trạm 5G"),
    ("100% các xã có ít nhất 01 mô hình", "", AT_LEAST, "100", "%"),
    ("90% chi bộ xếp loại hoàn thành tốt nhiệm vụ trở lên", "", AT_LEAST, "90", "%"),
    ("Tốc độ tăng GRDP bình quân 5 năm (2021-2025) đạt 8,0%", "", AT_LEAST, "8.0", "%"),
    # "not any more"
    ("0", "vụ", AT_MOST, "0", "vụ"),
    ("tỷ lệ hồ sơ quá hạn 0%", "", AT_MOST, "0", "%"),
    ("Không để xảy ra", "vụ", EXACTLY, "0", "vụ"),
    ("Không có", "vụ", EXACTLY, "0", "vụ"),
    ("không để xảy ra cháy lớn", "", EXACTLY, "0", None),
    ("cơ bản không còn xã đặc biệt khó khăn", "", ABOUT, "0", None),
    ("cả nước chấm dứt khai thác trái phép", "", EXACTLY, "0", None),
    # levels to arrive at
    ("giảm tỷ lệ hộ nghèo xuống dưới 10%", "", LESS, "10", "%"),
    ("tỷ lệ hộ nghèo còn 3%", "", AT_MOST, "3", "%"),
    ("rút ngắn còn 5 ngày", "", AT_MOST, "5", "ngày"),
    ("tỷ lệ thất nghiệp 3%", "", AT_MOST, "3", "%"),
    # text without marks
    ("tren 90%", "", MORE, "90", "%"),
]


@pytest.mark.parametrize(("words", "unit_words", "comparator", "value", "unit"), UNSEEN)
def test_an_unseen_wording_of_one_value_is_read(
    words: str, unit_words: str, comparator: Comparator, value: str, unit: str | None
) -> None:
    (only,) = read_target(words, unit_words).parts

    assert (only.comparator, only.value, only.unit) == (comparator, Decimal(value), unit)
    assert only.high is None
    assert not only.change


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("từ 3% đến 5%", ("3", "5", "%", None, HIGHER)),
        ("3-5 mô hình", ("3", "5", "mô hình", None, HIGHER)),
        ("đạt từ 3.400 – 3.700 USD", ("3400", "3700", "USD", None, HIGHER)),
        ("1,5 - 2 triệu người", ("1500000", "2000000", "người", None, HIGHER)),
        ("500 triệu - 1 tỷ đồng", ("500000000", "1000000000", "đồng", None, HIGHER)),
        ("mỗi năm kết nạp từ 90 - 100 đảng viên", ("90", "100", "đảng viên", "năm", HIGHER)),
        ("từ 15.000 - 17.000 lao động/năm", ("15000", "17000", "lao động", "năm", HIGHER)),
        ("không quá 3 - 5%", ("3", "5", "%", None, LOWER)),
        ("giữ ổn định 4 - 4,5%", ("4", "4.5", "%", None, NEUTRAL)),
        ("7,5-8,0%", ("7.5", "8.0", "%", None, HIGHER)),
        ("từ 50 đến dưới 70 điểm", ("50", "70", "điểm", None, HIGHER)),
        ("90÷95%", ("90", "95", "%", None, HIGHER)),
        ("90 ~ 95%", ("90", "95", "%", None, HIGHER)),
        ("(30-35)%", ("30", "35", "%", None, HIGHER)),
        ("CPI bình quân 4 - 4,5%", ("4", "4.5", "%", None, LOWER)),
        ("kết nạp từ 3 - 4% đảng viên/năm", ("3", "4", "%", "năm", HIGHER)),
    ],
)
def test_an_unseen_range_is_read(words: str, expected: tuple[str, str, str, str | None, Direction]) -> None:
    low, high, unit, per, direction = expected
    reading = read_target(words)
    (only,) = reading.parts

    assert reading.kind is RANGE
    assert (only.comparator, only.value, only.high) == (BETWEEN, Decimal(low), Decimal(high))
    assert (only.unit, only.per, only.direction) == (unit, per, direction)
    assert ask.RANGE_REACHED_AT_LOWER_END in reading.questions


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "giảm 10% so với cùng kỳ năm trước",
            (CHANGE, "10", "%", LOWER, "so với cùng kỳ năm trước", ask.BASELINE_VALUE),
        ),
        ("so với năm 2020 giảm 10%", (CHANGE, "10", "%", LOWER, "so với năm 2020", ask.BASELINE_VALUE)),
        ("cắt giảm ít nhất 30% thời gian", (AT_LEAST, "30", "%", LOWER, None, ask.BASELINE_MISSING)),
        ("tăng bình quân 8%/năm", (CHANGE, "8", "%", HIGHER, None, ask.PERCENT_OR_POINTS)),
        ("tăng 5 điểm phần trăm", (CHANGE, "5", "điểm %", HIGHER, None, ask.BASELINE_MISSING)),
        ("gấp 2 lần so với 2020", (CHANGE, "2", "lần", HIGHER, "so với 2020", ask.BASELINE_VALUE)),
        ("gấp đôi so với năm 2020", (CHANGE, "2", "lần", HIGHER, "so với năm 2020", ask.BASELINE_VALUE)),
        (
            "gấp 1,5 lần bình quân cả nước",
            (CHANGE, "1.5", "lần", HIGHER, "bình quân cả nước", ask.BASELINE_VALUE),
        ),
        ("tăng 2 lần so với 2020", (CHANGE, "2", "lần", HIGHER, "so với 2020", ask.TIMES_OR_BY_TIMES)),
        ("giảm tỷ lệ hộ nghèo 1%", (CHANGE, "1", "%", LOWER, None, ask.CHANGE_OR_LEVEL)),
        ("↓ 5%", (CHANGE, "5", "%", LOWER, None, ask.BASELINE_MISSING)),
        ("cải thiện 5 bậc", (CHANGE, "5", "bậc", HIGHER, None, ask.BASELINE_MISSING)),
        ("vượt 5% dự toán", (CHANGE, "5", "%", HIGHER, None, ask.BASELINE_MISSING)),
        ("vượt dự toán giao 5%", (CHANGE, "5", "%", HIGHER, None, ask.BASELINE_MISSING)),
        ("vượt 5% so với dự toán", (CHANGE, "5", "%", HIGHER, "so với dự toán", ask.BASELINE_VALUE)),
        ("cao hơn 5% so với năm trước", (CHANGE, "5", "%", HIGHER, "so với năm trước", ask.BASELINE_VALUE)),
        ("thấp hơn 1% so với cả nước", (CHANGE, "1", "%", LOWER, "so với cả nước", ask.BASELINE_VALUE)),
    ],
)
def test_a_change_keeps_its_size_its_sense_and_its_baseline(
    words: str, expected: tuple[Comparator, str, str, Direction, str | None, object]
) -> None:
    comparator, value, unit, direction, baseline, question = expected
    reading = read_target(words)
    (only,) = reading.parts

    assert only.change
    assert (only.comparator, only.value, only.unit) == (comparator, Decimal(value), unit)
    assert (only.direction, only.baseline) == (direction, baseline)
    assert question in reading.questions


@pytest.mark.parametrize(
    ("words", "comparator", "value", "baseline"),
    [
        ("tăng từ 60% lên 75%", AT_LEAST, "75", "từ 60%"),
        ("giảm từ 5% xuống còn 3%", AT_MOST, "3", "từ 5%"),
        ("tăng lên 80%", AT_LEAST, "80", None),
        ("nâng hạng từ 15 lên 10", AT_MOST, "10", "từ 15"),
        ("tăng từ hạng 15 lên hạng 10", AT_MOST, "10", "từ hạng 15"),
    ],
)
def test_a_change_that_names_its_end_is_a_level(
    words: str, comparator: Comparator, value: str, baseline: str | None
) -> None:
    (only,) = read_target(words).parts

    assert not only.change
    assert (only.comparator, only.value, only.baseline) == (comparator, Decimal(value), baseline)


@pytest.mark.parametrize(
    ("words", "unit_words", "value", "is_assumed"),
    [
        ("top 3", "", "3", False),
        ("thuộc nhóm 3 nước dẫn đầu ASEAN", "", "3", False),
        ("Thuộc 10 tỉnh dẫn đầu cả nước", "", "10", False),
        ("đứng thứ 9 cả nước", "", "9", True),
        ("Xếp hạng: 45", "", "45", True),
        ("3", "Thứ bậc", "3", True),
        ("Xếp hạng 15/63", "", "15", True),
        ("5/34", "Hạng", "5", True),
        ("đứng trong tốp 5 của cả nước", "", "5", False),
        ("hạng 50 trở lên", "Thứ bậc", "50", False),
    ],
)
def test_a_rank_is_to_be_that_place_or_a_better_one(
    words: str, unit_words: str, value: str, *, is_assumed: bool
) -> None:
    reading = read_target(words, unit_words)
    (only,) = reading.parts

    assert (reading.kind, reading.comparator_assumed) == (RANK, is_assumed)
    assert (only.comparator, only.value, only.direction) == (AT_MOST, Decimal(value), LOWER)


SEVERAL = [
    ("Top 30 thế giới và top 3 ASEAN", [("thế giới", "30"), ("ASEAN", "3")]),
    ("Năm 2025: 80%; năm 2030: 95%", [("Năm 2025", "80"), ("năm 2030", "95")]),
    ("khu vực I là 33%, khu vực II 26%", [("khu vực I", "33"), ("khu vực II", "26")]),
    ("- Cấp tỉnh: 100%\n- Cấp xã: 80%", [("Cấp tỉnh", "100"), ("Cấp xã", "80")]),
    (
        "90% hồ sơ cấp tỉnh; 80% cấp huyện và 60% cấp xã",
        [("hồ sơ cấp tỉnh", "90"), ("cấp huyện", "80"), ("cấp xã", "60")],
    ),
    (
        "Tỷ lệ dân số dùng nước hợp vệ sinh đạt 95% (trong đó, nước sạch đạt 90%)",
        [("Tỷ lệ dân số dùng nước hợp vệ sinh", "95"), ("nước sạch", "90")],
    ),
    ("cả nước không còn xã đặc biệt khó khăn", [("xã đặc biệt khó khăn", "0")]),
    (
        "60% (trong đó có bằng cấp, chứng chỉ 35%)",
        [(None, "60"), ("bằng cấp, chứng chỉ", "35")],
    ),
    ("100% xã đạt chuẩn, trong đó 50% đạt nâng cao", [("xã đạt chuẩn", "100"), ("đạt nâng cao", "50")]),
    ("Giải quyết 100% đơn thư, không để tồn đọng", [("Giải quyết", "100"), ("tồn đọng", "0")]),
]


@pytest.mark.parametrize(("words", "expected"), SEVERAL)
def test_several_values_keep_what_each_is_about(words: str, expected: list[tuple[str | None, str]]) -> None:
    read = [(one.scope, one.value) for one in read_target(words).parts]
    assert read == [(scope, Decimal(value)) for scope, value in expected]


@pytest.mark.parametrize(
    ("words", "comparator", "scopes"),
    [
        (
            "giảm ít nhất 5% số vụ, 5% số người chết và 5% số người bị thương",
            AT_LEAST,
            ["số vụ", "số người chết", "số người bị thương"],
        ),
        ("giảm 30% thời gian, 50% chi phí", CHANGE, ["thời gian", "chi phí"]),
    ],
)
def test_a_verb_said_once_holds_for_the_values_listed_after_it(
    words: str, comparator: Comparator, scopes: list[str]
) -> None:
    parts = read_target(words).parts
    assert [one.scope for one in parts] == scopes
    assert {(one.change, one.direction, one.comparator) for one in parts} == {(True, LOWER, comparator)}


@pytest.mark.parametrize(
    ("words", "per", "unit"),
    [
        ("mỗi năm 01 mô hình", "năm", "mô hình"),
        ("mỗi xã có ít nhất 01 mô hình", "xã", "mô hình"),
        ("8% mỗi năm", "năm", "%"),
        ("kết nạp 2.000 đảng viên hằng năm", "năm", "đảng viên"),
        ("75 triệu đồng/người/năm trở lên", "năm", "đồng/người"),
        ("tối đa 3 người/xã", None, "người/xã"),
    ],
)
def test_what_each_value_is_due_for_is_told_from_its_unit(words: str, per: str | None, unit: str) -> None:
    (only,) = read_target(words).parts
    assert (only.per, only.unit) == (per, unit)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Hoàn thành", BOOLEAN),
        ("Có", BOOLEAN),
        ("đạt chuẩn", BOOLEAN),
        ("cơ bản hoàn thành", BOOLEAN),
        ("Hoàn thành trong năm 2026", BOOLEAN),
        ("Đề án được phê duyệt trước 30/6/2026", BOOLEAN),
        ("Ban hành Nghị quyết", BOOLEAN),
        ("theo quy định", REFERENCE),
        ("Theo Kế hoạch số 12/KH-UBND ngày 30/6/2026", REFERENCE),
        ("Hoàn thành chỉ tiêu được giao", REFERENCE),
        ("Môi trường sống xanh, sạch, đẹp", QUALITATIVE),
        ("Một số lĩnh vực đạt trình độ quốc tế", QUALITATIVE),
        ("Tăng dần hằng năm", QUALITATIVE),
        ("Có chuyển biến rõ rệt", QUALITATIVE),
        ("", PARENT),
        (" \u00a0\n", PARENT),
    ],
)
def test_words_without_a_value_are_told_apart(words: str, kind: TargetKind) -> None:
    reading = read_target(words)
    assert (reading.kind, reading.parts, reading.why) == (kind, (), None)


@pytest.mark.parametrize(
    ("words", "level", "comparator"),
    [
        ("Hoàn thành tốt nhiệm vụ trở lên", "Hoàn thành tốt nhiệm vụ", AT_LEAST),
        ("từ loại khá trở lên", "loại khá", AT_LEAST),
        ("Xếp loại A trở lên", "loại A", AT_LEAST),
        ("Từ mức 3 trở lên", "mức 3", AT_LEAST),
        ("cấp độ 3 trở lên", "cấp độ 3", AT_LEAST),
        ("Không hoàn thành nhiệm vụ trở xuống", "Không hoàn thành nhiệm vụ", AT_MOST),
        ("Đô thị loại II", "loại II", AT_LEAST),
        ("Xếp loại Tốt", "Tốt", AT_LEAST),
    ],
)
def test_a_level_is_read_as_an_ordinal(words: str, level: str, comparator: Comparator) -> None:
    reading = read_target(words)
    (only,) = reading.parts

    assert reading.kind is ORDINAL
    assert (only.level, only.comparator, only.value) == (level, comparator, None)


@pytest.mark.parametrize(
    ("words", "unit_words", "why"),
    [
        ("", "%", ask.NO_VALUE),
        ("…", "", ask.NOTHING_SAID),
        ("-", "%", ask.NOTHING_SAID),
        ("đang cập nhật", "%", ask.NOT_SET_YET),
        ("2026 - 2030", "", ask.NO_TARGET_NUMBER),
        ("30/6/2026", "", ask.NO_TARGET_NUMBER),
        ("Quý II/2026", "", ask.NO_TARGET_NUMBER),
        ("2030", "", ask.NO_TARGET_NUMBER),
        ("±5%", "", ask.NOT_UNDERSTOOD),
        ("10² km", "", ask.NOT_UNDERSTOOD),
        ("10^6", "", ask.NOT_UNDERSTOOD),
        ("10 +/- 2%", "", ask.NOT_UNDERSTOOD),
        ("10 → 12%", "", ask.NOT_UNDERSTOOD),
        ("Không có", "", ask.NOT_SET_YET),
        ("abc", "", ask.NOT_UNDERSTOOD),
        ("50 - 40", "%", ask.BACKWARDS.filled(words="50 - 40")),
        ("80 - 90 - 100", "%", ask.CHAINED.filled(words="80 - 90 - 100")),
        ("x" * 5_000, "", ask.TOO_LONG),
        ("5; " * 100, "", ask.TOO_MANY),
    ],
)
def test_what_cannot_be_read_stays_verbatim_with_the_reason(words: str, unit_words: str, why: object) -> None:
    reading = read_target(words, unit_words)
    assert (reading.kind, reading.why, reading.parts) == (UNREAD, why, ())
    assert (reading.words, reading.unit_words) == (words, unit_words)


@pytest.mark.parametrize("words", ["1.5", "> 0.7", "1,234.5", "đạt 99.5%", "từ 1.5 đến 2%"])
def test_a_number_not_written_the_vietnamese_way_is_never_guessed(words: str) -> None:
    reading = read_target(words, "%")
    assert (reading.kind, reading.parts) == (UNREAD, ())
    assert reading.why is not None
    assert numbers.ILL_FORMED.en in reading.why.en


@pytest.mark.parametrize(
    ("words", "unit_words", "question"),
    [
        ("2,345", "%", numbers.THOUSANDTHS),
        ("9 800", "MW", numbers.BLANK_GROUPS),
        ("-5%", "", ask.SIGN),
        ("10 triệu đồng", "tỷ đồng", ask.UNIT_DIFFERS),
        ("90%", "Hộ", ask.UNIT_DIFFERS),
        ("2/3 số xã", "", ask.SHARE_OF_WHAT),
        ("ít nhất 80%, phấn đấu 90%", "", ask.BINDING_AND_ASPIRED),
        ("1. Đạt 90%\n2. Đạt 80%", "", ask.SEVERAL_VALUES),
        ("tỷ lệ hộ nghèo 3%", "", ask.WHICH_WAY),
        ("≥ 3", "Thứ bậc", ask.RANK_SIGN),
        ("hạng 50 trở lên", "Thứ bậc", ask.RANK_UPWARD),
        ("tăng từ 3% đến 5%", "", ask.RISE_OR_FROM_TO),
        ("cơ bản hoàn thành", "", ask.BASICALLY),
        ("tren 90%", "", ask.UNMARKED),
        ("tăng trưởng hai con số", "", ask.DIGITS),
    ],
)
def test_a_trap_is_asked_about(words: str, unit_words: str, question: object) -> None:
    assert question in read_target(words, unit_words).questions


@pytest.mark.parametrize(
    ("words", "unit_words"), [("≥ 80", "%"), ("10,1 tỷ USD", "USD"), ("top 3", ""), ("5", "MW")]
)
def test_a_plain_target_raises_no_question(words: str, unit_words: str) -> None:
    assert read_target(words, unit_words).questions == ()


@pytest.mark.parametrize(
    ("words", "binding"),
    [
        ("đạt 90%", [True]),
        ("phấn đấu đạt 90%", [False]),
        ("ít nhất 80%, phấn đấu 90%", [True, False]),
        ("Phấn đấu:\n- Cấp tỉnh: 100%\n- Cấp xã: 80%", [False, False]),
        ("Phấn đấu tỷ lệ A đạt 90%; tỷ lệ B đạt 80%", [False, False]),
        ("Phấn đấu đạt 90%. Tỷ lệ B đạt 80%", [False, True]),
    ],
)
def test_striving_reaches_to_the_end_of_its_sentence_or_list(words: str, binding: list[bool]) -> None:
    reading = read_target(words)
    assert [one.binding for one in reading.parts] == binding
    assert reading.binding is any(binding)


@pytest.mark.parametrize(
    ("words", "unit_words"),
    [
        ("Nâng cao năng lực giám sát 5 xã", ""),
        ("Hạ tầng đạt 90%", ""),
        ("một số giải pháp đạt 5", "Giải pháp"),
    ],
)
def test_words_that_only_look_like_cues_without_their_marks_are_none(words: str, unit_words: str) -> None:
    (only,) = read_target(words, unit_words).parts
    assert not only.change
    assert only.comparator is AT_LEAST


RISES = part(CHANGE, "8", "%", change=True, per="năm")


@pytest.mark.parametrize(
    ("target", "measured", "expected"),
    [
        (part(AT_LEAST, "80"), "80", True),
        (part(AT_LEAST, "80"), "79.99", False),
        (part(MORE, "90"), "90", False),
        (part(MORE, "90"), "90.1", True),
        (part(AT_MOST, "3"), "3", True),
        (part(AT_MOST, "3"), "4", False),
        (part(LESS, "3"), "3", False),
        (part(EXACTLY, "0", direction=LOWER), "0", True),
        (part(EXACTLY, "0", direction=LOWER), "1", False),
        (part(BETWEEN, "40", high="50"), "40", True),
        (part(BETWEEN, "40", high="50"), "55", True),
        (part(BETWEEN, "40", high="50"), "39", False),
        (part(BETWEEN, "3", high="5", direction=LOWER), "2", True),
        (part(BETWEEN, "3", high="5", direction=LOWER), "6", False),
        (part(BETWEEN, "4", high="5", direction=NEUTRAL), "6", False),
        (part(ABOUT, "65"), "66", True),
        (part(ABOUT, "65"), "64", None),
        (RISES, "8.2", True),
        (RISES, "7.9", False),
        (replace(RISES, baseline="so với 2020"), "9", None),
        (replace(RISES, per=None), "9", None),
        (replace(RISES, direction=LOWER), "9", None),
        (part(AT_LEAST, "3", direction=LOWER), "5", None),
        (part(AT_LEAST, None, level="Tốt"), "5", None),
        (part(AT_LEAST, "80"), "NaN", None),
        (part(AT_LEAST, "80"), "sNaN", None),
        (part(AT_LEAST, "80"), "Infinity", None),
    ],
)
def test_a_measured_value_reaches_reaches_not_or_needs_a_judge(
    target: TargetPart, measured: str, *, expected: bool | None
) -> None:
    assert reached(target, Decimal(measured)) is expected


COMPARED = {
    "≥": AT_LEAST, ">=": AT_LEAST, "ít nhất": AT_LEAST, "tối thiểu": AT_LEAST, "không dưới": AT_LEAST,
    ">": MORE, "trên": MORE, "≤": AT_MOST, "<=": AT_MOST, "không quá": AT_MOST, "tối đa": AT_MOST,
    "<": LESS, "dưới": LESS, "=": EXACTLY, "bằng": EXACTLY, "khoảng": ABOUT, "~": ABOUT, "": AT_LEAST,
}  # fmt: skip
# Unit as written behind the number, factor, unit as read, period as read.
UNITS = [
    ("%", 1, "%", None),
    (" %/năm", 1, "%", "năm"),
    (" tỷ đồng", 10**9, "đồng", None),
    (" triệu USD", 10**6, "USD", None),
    (" nghìn tấn", 10**3, "tấn", None),
    (" mô hình", 1, "mô hình", None),
    (" Người/vạn dân", 1, "Người/vạn dân", None),
    (" triệu đồng/người/năm", 10**6, "đồng/người", "năm"),
]


def vietnamese(value: Decimal) -> str:
    """The number as printed, dots between thousands: by string work alone."""
    whole, _, decimals = f"{value:,f}".partition(".")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


amounts = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@given(st.sampled_from(sorted(COMPARED)), amounts, st.sampled_from(UNITS))
def test_every_comparator_number_and_unit_goes_round(
    comparator: str, amount: Decimal, unit: tuple[str, int, str, str | None]
) -> None:
    written, factor, name, per = unit
    (only,) = read_target(f"{comparator} {vietnamese(amount)}{written}").parts

    bare_zero = not comparator and not amount  # "at least 0" would ask for nothing
    assert only.comparator is (AT_MOST if bare_zero else COMPARED[comparator])
    assert (only.value, only.unit, only.per) == (amount * factor, name, per)


@given(amounts, amounts, st.sampled_from([" - ", "-", " – ", " đến "]), st.sampled_from(UNITS))
def test_every_range_goes_round_whatever_joins_its_ends(
    one: Decimal, other: Decimal, joint: str, unit: tuple[str, int, str, str | None]
) -> None:
    written, factor, name, per = unit
    low, high = sorted((one, other))
    (only,) = read_target(f"từ {vietnamese(low)}{joint}{vietnamese(high)}{written}").parts

    assert (only.comparator, only.value, only.high) == (BETWEEN, low * factor, high * factor)
    assert (only.unit, only.per) == (name, per)


@given(amounts, amounts, st.sampled_from([AT_LEAST, MORE, AT_MOST, LESS]))
def test_a_better_value_never_unreaches_a_target(
    value: Decimal, step: Decimal, comparator: Comparator
) -> None:
    target = part(comparator, "500000000")
    better = value + step if target.direction is HIGHER else value - step
    assert not reached(target, value) or reached(target, better)


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_is_read_or_left_with_a_reason(words: str, unit_words: str) -> None:
    reading = read_target(words, unit_words)
    assert (reading.words, reading.unit_words) == (words, unit_words)
    assert (reading.kind is UNREAD) == (reading.why is not None)


SCRAPS = [
    *KPI_PHRASES, "≥", "-", "%", ",", ";", "(", ")", "\n", "5", "1.5", "2030", "1/2", "trên", "từ", "đến", "tăng", "giảm",
    "so với", "tỷ", "mỗi", "không còn", "trở lên", "top", "nhóm", "dẫn đầu", "phấn đấu", "hộ nghèo", "và", "gấp", "lần",
    "²", "±", *string.punctuation,
]  # fmt: skip
UNIT_SCRAPS = ["", "%", "hộ", "Thứ bậc", "tỷ đồng", "%/năm", "-", "1.000 tấn", "Tr.đ", "(%)", "/"]


@given(
    st.lists(st.sampled_from(SCRAPS), max_size=12), st.sampled_from(["", " "]), st.sampled_from(UNIT_SCRAPS)
)
def test_scraps_of_wording_in_any_order_are_read_or_left_with_a_reason(
    scraps: list[str], joint: str, unit_words: str
) -> None:
    reading = read_target(joint.join(scraps), unit_words)

    assert (reading.kind is UNREAD) == (reading.why is not None)
    assert reading.parts or reading.kind in {BOOLEAN, QUALITATIVE, REFERENCE, PARENT, UNREAD}
    assert all(one.value is not None or one.level for one in reading.parts)
    assert all(one.high is None or (one.value is not None and one.value <= one.high) for one in reading.parts)
