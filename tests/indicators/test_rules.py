"""Decisions about indicators, without a database."""

import calendar
import csv
import json
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refused
from app.indicators import rules
from app.indicators.rules import Course, Piece, Place, Point
from app.indicators.target_parts import Comparator, Direction, TargetPart
from app.indicators.targets import read_target

ANNEX = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "programme-nq03-2025-pl1-raw.csv"

figures = st.decimals(min_value=-(10**12), max_value=10**12, places=4)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2050, 12, 31))


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.RaisesExc(Refused, match=f"^{code}$")


# -- numbers and places ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "printed",
    [
        ["", "1", "2", "9", "10", "11", "11.1", "11.2", "11.10", "11a", "12", "100", "1000000000000"],
        ["I", "II", "III", "IV", "V", "VI", "IX", "X", "XI", "XIX", "XL", "L"],
        ["I.1", "I.2", "I.10", "II.1", "IX.1", "X.1"],
        ["a)", "b)", "c)", "d)", "đ)", "e)", "ê)", "g)"],
        ["", "Phụ lục I", "Phụ lục II", "Phụ lục IX", "Phụ lục X"],
        ["KT_01", "KT_02", "KT_10", "XH_01"],
        ["1", "1.1.9", "1.1.10", "1.2", "2"],
    ],
)
def test_keys_stand_in_the_order_of_numbers_as_printed(printed: list[str]) -> None:
    keys = [rules.number_key(number) for number in printed]

    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert all(key.isascii() for key in keys)


@given(st.lists(st.lists(st.integers(0, 10**15), min_size=1, max_size=4), min_size=2, max_size=6))
def test_keys_order_dotted_numbers_as_their_integers_do(numbers: list[list[int]]) -> None:
    by_key = sorted(numbers, key=lambda one: rules.number_key(".".join(map(str, one))))

    assert by_key == sorted(numbers)


def test_the_lines_of_a_real_annex_stand_in_the_order_of_their_keys() -> None:
    with ANNEX.open(encoding="utf-8-sig", newline="") as lines:
        printed = [row["TT"] for row in csv.DictReader(lines) if row["TT"][:1].isdigit()]

    assert len(printed) == 57
    assert printed == sorted(printed, key=rules.number_key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("9", "09"),
        ("11.1", "11.1."),
        ("11.1", " 11 . 1"),
        ("11.1", "11-1"),
        ("12", "１２"),
        ("đ", "đ"),
        ("A.1", "a)1"),
    ],
)
def test_zeros_punctuation_and_spelling_do_not_make_another_number(one: str, other: str) -> None:
    assert rules.number_key(one) == rules.number_key(other)


@pytest.mark.parametrize("number", ["", " ", "-", "*", "…"])
def test_a_line_without_letters_or_digits_has_no_number(number: str) -> None:
    assert rules.number_key(number) == ""


def test_lines_without_a_number_are_counted_on() -> None:
    first = rules.place_of("", "", None, [])
    second = rules.place_of("", "-", None, [first])

    assert [first.ordinal, second.ordinal] == [1, 2]


def test_a_number_in_use_is_refused_unless_an_ordinal_tells_the_lines_apart() -> None:
    first = rules.place_of("PL1", "4", None, [])

    with refused("indicator_number_taken"):
        rules.place_of("PL1", "04", None, [first])
    with refused("indicator_number_taken"):
        rules.place_of("PL1", "4", 1, [first])
    assert rules.place_of("PL1", "4", 2, [first]) == first._replace(ordinal=2)
    assert rules.place_of("PL2", "4", None, [first]) == first._replace(annex="PL2")


def test_a_parent_named_by_number_is_the_first_line_of_that_number_in_the_same_annex() -> None:
    lines = {Place("PL1", rules.number_key("11"), ordinal): uuid4() for ordinal in (3, 2)}

    assert rules.parent_at("PL1", "11.", lines) == lines[Place("PL1", rules.number_key("11"), 2)]
    with refused("reference_unknown"):
        rules.parent_at("PL2", "11", lines)
    with refused("reference_unknown"):
        rules.parent_at("PL1", "1", lines)


@given(st.lists(st.integers(-1, 30), max_size=30), st.randoms(use_true_random=False))
def test_every_line_comes_after_its_parent(picks: list[int], shuffled) -> None:
    ids = [uuid4() for _ in picks]
    outside = uuid4()
    # Each line hangs under an earlier one, under one that stands already, or under none.
    parents: list[tuple[UUID, UUID | None]] = [
        (line, None if pick < 0 else ids[pick] if pick < place else outside)
        for place, (line, pick) in enumerate(zip(ids, picks, strict=True))
    ]
    shuffled.shuffle(parents)

    order = rules.parents_first(dict(parents))

    assert sorted(order) == sorted(ids)
    places = {line: place for place, line in enumerate(order)}
    assert all(
        places[parent] < places[line] for line, parent in parents if parent is not None and parent in places
    )


@pytest.mark.parametrize("size", [1, 2, 3])
def test_lines_that_are_parts_of_each_other_are_refused(size: int) -> None:
    ids = [uuid4() for _ in range(size)]

    with refused("indicator_loop"):
        rules.parents_first({line: ids[(place + 1) % size] for place, line in enumerate(ids)})


# -- periods and figures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q2", "2026-04-01", "2026-06-30"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2100-02", "2100-02-01", "2100-02-28"),
        ("2045", "2045-01-01", "2045-12-31"),
        ("2999", "2999-01-01", "2999-12-31"),
    ],
)
def test_a_period_runs_from_its_first_to_its_last_day(period: str, first: str, last: str) -> None:
    assert rules.period_start(period).isoformat() == first
    assert rules.period_end(period).isoformat() == last


@given(days)
def test_a_day_lies_in_its_month_its_quarter_and_its_year(day: date) -> None:
    periods = [f"{day:%Y-%m}", f"{day.year}-Q{(day.month + 2) // 3}", f"{day.year}"]

    assert rules.period_end(periods[0]).day == calendar.monthrange(day.year, day.month)[1]
    for period in periods:
        assert rules.period_start(period) <= day <= rules.period_end(period)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "26",
        "0999",
        "3026",
        "2026-13",
        "2026-00",
        "2026-1",
        "2026-Q0",
        "2026-Q5",
        "2026-q4",
        "Q4-2026",
        "2026-Q4\n",
        "2026 ",
        "２０２６",
        "2026-11-30",
        "2026/11",
        "2026-11-",
    ],
)
def test_what_is_no_year_quarter_or_month_is_no_period(words: str) -> None:
    with pytest.raises(ValueError, match="expected a period"):
        rules.period_end(words)


@pytest.mark.parametrize("measured_on", ["2026-10-01", "2026-11-22"])
def test_a_figure_is_taken_once_its_period_has_begun(measured_on: str) -> None:
    rules.require_measured_within(date.fromisoformat(measured_on), "2026-Q4", today=date(2026, 11, 22))


@pytest.mark.parametrize("measured_on", ["2026-09-30", "2026-11-23"])
def test_a_figure_from_before_its_period_or_from_the_future_is_refused(measured_on: str) -> None:
    with refused("measured_on_outside"):
        rules.require_measured_within(date.fromisoformat(measured_on), "2026-Q4", today=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("scope", "found"),
    [("Đông Nam Á", "Đông Nam Á"), ("dong nam a", "Đông Nam Á"), ("THẾ GIỚI", "Thế giới"), ("", "")],
)
def test_a_scope_is_known_with_or_without_marks(scope: str, found: str) -> None:
    assert rules.scope_among(scope, ["Đông Nam Á", "Thế giới"]) == found


@pytest.mark.parametrize("scopes", [[], ["Đông Nam Á"]])
def test_a_scope_that_no_target_sets_a_value_for_is_refused(scopes: list[str]) -> None:
    with refused("scope_unknown"):
        rules.scope_among("châu Á", scopes)


def test_a_period_has_one_current_figure() -> None:
    standing = uuid4()

    rules.require_current(None, current=None)
    rules.require_current(standing, current=standing)
    for replaces in (None, uuid4()):
        with refused("measurement_exists"):
            rules.require_current(replaces, current=standing)


@pytest.mark.parametrize(("period", "scope"), [("2026-Q3", ""), ("2026-Q4", "Thế giới")])
def test_a_correction_keeps_its_period_and_scope(period: str, scope: str) -> None:
    rules.require_same_place("2026-Q4", "", replaced=("2026-Q4", ""))
    with refused("measurement_elsewhere"):
        rules.require_same_place(period, scope, replaced=("2026-Q4", ""))


def test_a_withdrawn_indicator_is_neither_amended_nor_measured() -> None:
    rules.require_standing(None)
    with refused("indicator_withdrawn"):
        rules.require_standing(date(2026, 11, 22))


def test_a_heading_line_is_withdrawn_after_its_parts() -> None:
    rules.require_no_parts(0)
    with refused("indicator_has_parts"):
        rules.require_no_parts(12)


# -- targets ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "unit_words", "value", "on"),
    [
        ("88 (năm 2025)", "%", "88", "2025-12-31"),
        ("6,5 (năm 2025)", "%", "6.5", "2025-12-31"),
        ("0,52", "Chỉ số (0 - 1)", "0.52", None),
        ("02 tổ chức (năm 2025)", "Tổ chức", "2", "2025-12-31"),
        ("9.800", "Hồ sơ", "9800", None),
        ("8,5 tỷ đồng", "tỷ đồng", "8500000000", None),
        ("khoảng 88", "%", None, None),
        ("40 - 50", "%", None, None),
        ("tăng 5%", "%", None, None),
        ("mức đầu nhiệm kỳ", "%", None, None),
        ("năm 2024 và năm 2025", "%", None, None),
        ("", "%", None, None),
    ],
)
def test_a_starting_point_is_read_only_where_the_words_name_one_plain_value(
    words: str, unit_words: str, value: str | None, on: str | None
) -> None:
    found, day = rules.baseline_read(words, unit_words)

    assert found == (value and Decimal(value))
    assert day == (on and date.fromisoformat(on))


@pytest.mark.parametrize(
    "words", ["≤ 3 Đông Nam Á; ≤ 50 Thế giới", "trên 90%", "10,1 tỷ đồng", "Tiên tiến, hiện đại", ""]
)
def test_a_reading_as_plain_json_keeps_the_words_and_every_value(words: str) -> None:
    reading = read_target(words, "%")
    kept = json.loads(json.dumps(rules.plainly(reading)))

    assert kept == rules.plainly(reading)
    assert (kept["words"], kept["unit_words"], kept["kind"]) == (words, "%", reading.kind.value)
    assert [part["value"] and Decimal(part["value"]) for part in kept["parts"]] == [
        part.value for part in reading.parts
    ]
    assert not any("E" in (part["value"] or "") for part in kept["parts"])
    assert kept["why"] == (reading.why and {"vi": reading.why.vi, "en": reading.why.en})


# -- the whole from its parts ----------------------------------------------------------------------------------

Q3, Q4 = date(2026, 9, 30), date(2026, 12, 31)


def pieces(*values: str | None, shares: Sequence[str] = ()) -> list[Piece]:
    weights = [Decimal(one) for one in shares] or [None] * len(values)
    return [
        Piece(None if value is None else Decimal(value), Q4, share)
        for value, share in zip(values, weights, strict=True)
    ]


@pytest.mark.parametrize(
    ("how", "parts", "whole"),
    [
        ("sum", pieces("1", "2.5", "-0.5"), "3"),
        ("average", pieces("1", "2"), "1.5"),
        ("average", pieces("1", "1", "2"), "1.3333333333"),
        ("weighted", pieces("100", "50", shares=("0.25", "0.75")), "62.5"),
        ("weighted", pieces("1", "2", "3", shares=("0.33333333", "0.33333333", "0.33333333")), "2"),
        ("latest", [Piece(Decimal(7), Q4), Piece(Decimal(9), Q3), Piece(None, None)], "7"),
        ("latest", [Piece(None, Q4), Piece(Decimal(9), Q3)], "9"),
        (
            "sum",
            pieces("123456789012345678901234567890123456.5", "0.0000000001"),
            "123456789012345678901234567890123456.5000000001",
        ),
    ],
)
def test_a_whole_follows_from_its_parts(how: rules.RollUp, parts: list[Piece], whole: str) -> None:
    assert rules.rolled_up(how, parts) == Decimal(whole)


@pytest.mark.parametrize(
    ("how", "parts"),
    [
        ("none", pieces("1", "2")),
        ("sum", []),
        ("latest", []),
        ("latest", pieces(None, None)),
        ("weighted", pieces("1", "2")),
        ("weighted", pieces("1", "2", shares=("0.5", "0.4"))),
        ("weighted", pieces("1", "2", shares=("0.6", "0.6"))),
        ("weighted", [Piece(Decimal(1), Q4, Decimal(1)), Piece(Decimal(2), Q4, None)]),
    ],
)
def test_a_whole_that_cannot_be_told_is_none(how: rules.RollUp, parts: list[Piece]) -> None:
    assert rules.rolled_up(how, parts) is None


@given(st.sampled_from(["sum", "average", "weighted"]), st.lists(figures, min_size=1, max_size=6), st.data())
def test_a_missing_figure_is_never_filled_in(
    how: rules.RollUp, values: list[Decimal], data: st.DataObject
) -> None:
    share = Decimal(1) / (len(values) + 1)
    parts = [Piece(value, Q4, share) for value in values]
    parts.insert(data.draw(st.integers(0, len(values))), Piece(None, None, share))

    assert rules.rolled_up(how, parts) is None


@given(st.lists(figures, min_size=1, max_size=8))
def test_equal_shares_weigh_as_the_average_does(values: list[Decimal]) -> None:
    shares = [Decimal(1) / len(values)] * len(values)
    weighted = rules.rolled_up("weighted", [Piece(v, Q4, s) for v, s in zip(values, shares, strict=True)])
    average = rules.rolled_up("average", [Piece(value, Q4) for value in values])
    exact = sum(map(Fraction, values), Fraction()) / len(values)

    assert weighted == average
    assert average is not None
    assert abs(Fraction(average) - exact) <= Fraction(1, 2 * 10**10)


# -- where a figure is heading ---------------------------------------------------------------------------------

BY = date(2030, 12, 31)
START = Point(date(2025, 12, 31), Decimal(50))


def target(words: str, unit_words: str = "%") -> TargetPart:
    return read_target(words, unit_words).parts[0]


def at(day: str, value: str) -> Point:
    return Point(date.fromisoformat(day), Decimal(value))


@pytest.mark.parametrize(
    ("words", "unit_words", "start", "latest", "course"),
    [
        ("≥ 80", "%", "50", "60", Course.ON_TRACK),
        ("≥ 80", "%", "50", "52", Course.BEHIND),
        ("≥ 80", "%", "90", "88", Course.BEHIND),  # reached today, but falling too fast to stay so
        ("≥ 80", "%", "90", "89.9", Course.ON_TRACK),
        ("dưới 3%", "%", "6.5", "5", Course.ON_TRACK),
        ("dưới 3%", "%", "6.5", "6.4", Course.BEHIND),
        ("≤ 3 Đông Nam Á", "Thứ bậc", "6", "5", Course.ON_TRACK),
        ("≤ 3 Đông Nam Á", "Thứ bậc", "6", "7", Course.BEHIND),
        ("40 - 50", "Tổ chức", "10", "17", Course.ON_TRACK),
        ("40 - 50", "Tổ chức", "10", "11", Course.BEHIND),
        ("không còn hộ nghèo", "hộ", "100", "60", Course.ON_TRACK),
        ("không còn hộ nghèo", "hộ", "100", "99", Course.BEHIND),
        ("giảm 30% so với đầu nhiệm kỳ", "%", "10", "9", Course.UNKNOWN),
    ],
)
def test_a_year_on_the_course_is_told_from_where_the_line_ends(
    words: str, unit_words: str, start: str, latest: str, course: Course
) -> None:
    points = [at("2025-12-31", start), at("2026-12-31", latest)]

    assert rules.outlook(target(words, unit_words), points, by=BY, today=date(2026, 12, 31)).course is course


def test_expected_today_lies_on_the_straight_way_from_start_to_target() -> None:
    half = START.on + (BY - START.on) / 2

    for today, expected in (
        (date(2024, 1, 1), 50),
        (START.on, 50),
        (half, 65),
        (BY, 80),
        (date(2040, 1, 1), 80),
    ):
        found = rules.outlook(target("≥ 80"), [], by=BY, today=today, baseline=START).expected
        assert found == Decimal(expected)


def test_the_first_figure_is_the_start_where_there_is_no_baseline() -> None:
    points = [at("2028-01-01", "70"), at("2026-01-01", "60"), at("2027-01-01", "61")]
    found = rules.outlook(target("≥ 80"), points, by=date(2030, 1, 1), today=date(2026, 1, 1))

    # 730 days brought 10; 1461 days bring 20 and the share of one day.
    assert found.expected == 60
    assert found.projected == Decimal("80.0136986301")
    assert found.course is Course.ON_TRACK


@pytest.mark.parametrize(
    ("points", "course"),
    [
        ([], Course.UNKNOWN),
        ([at("2026-06-30", "60")], Course.UNKNOWN),
        ([at("2026-06-30", "85")], Course.ON_TRACK),
    ],
)
def test_one_figure_alone_projects_nothing(points: list[Point], course: Course) -> None:
    found = rules.outlook(target("≥ 80"), points, by=BY, today=date(2026, 7, 1))

    assert found.projected is None
    assert found.course is course


def test_a_baseline_newer_than_every_figure_projects_nothing() -> None:
    found = rules.outlook(target("≥ 80"), [at("2025-06-30", "40")], by=BY, today=BY, baseline=START)

    assert (found.projected, found.course) == (None, Course.UNKNOWN)


def test_figures_from_behind_the_targets_last_day_are_not_about_it() -> None:
    points = [at("2029-12-31", "60"), at("2031-06-30", "100")]
    found = rules.outlook(target("≥ 80"), points, by=BY, today=date(2031, 7, 1), baseline=START)

    assert found == rules.outlook(target("≥ 80"), points[:1], by=BY, today=date(2031, 7, 1), baseline=START)
    assert found.course is Course.BEHIND


def test_a_start_on_the_last_day_leaves_no_way_to_go() -> None:
    found = rules.outlook(target("≥ 80"), [], by=START.on, today=START.on, baseline=START)

    assert (found.expected, found.projected, found.course) == (None, None, Course.UNKNOWN)


@pytest.mark.parametrize(
    ("direction", "start", "latest", "course"),
    [
        (Direction.HIGHER_IS_BETTER, "90", "99", Course.ON_TRACK),  # the line goes past 100
        (Direction.HIGHER_IS_BETTER, "100", "90", Course.BEHIND),
        (Direction.NEUTRAL, "90", "99", Course.BEHIND),
        (Direction.NEUTRAL, "100", "100", Course.ON_TRACK),
    ],
)
def test_an_exact_value_may_be_passed_on_its_better_side_only(
    direction: Direction, start: str, latest: str, course: Course
) -> None:
    exact = TargetPart(comparator=Comparator.EXACTLY, direction=direction, value=Decimal(100))
    points = [at("2025-12-31", start), at("2026-12-31", latest)]

    assert rules.outlook(exact, points, by=BY, today=BY).course is course


def test_a_lower_range_is_approached_from_above() -> None:
    burden = TargetPart(
        comparator=Comparator.BETWEEN, direction=Direction.LOWER_IS_BETTER, value=Decimal(3), high=Decimal(5)
    )

    assert rules.outlook(burden, [at("2025-12-31", "10")], by=BY, today=BY).expected == 5


@given(st.tuples(figures, figures, figures), days, st.integers(1, 4_000), st.integers(1, 4_000))
def test_at_least_is_on_track_exactly_if_the_figure_is_not_below_the_line(
    values: tuple[Decimal, Decimal, Decimal], begun: date, gone: int, left: int
) -> None:
    start, latest, aim = values
    part = TargetPart(comparator=Comparator.AT_LEAST, direction=Direction.HIGHER_IS_BETTER, value=aim)
    by = begun + timedelta(days=gone + left)
    points = [Point(begun, start), Point(begun + timedelta(days=gone), latest)]

    found = rules.outlook(part, points, by=by, today=points[1].on)

    # Slopes compared crosswise, without division.
    shortfall = (aim - start) * gone - (latest - start) * (gone + left)
    way = Fraction(start) * gone + Fraction(latest - start) * (gone + left)
    assert found.projected is not None
    assert abs(Fraction(found.projected) * gone - way) <= Fraction(gone, 10**10)
    assert (found.course is Course.ON_TRACK) == (shortfall <= 0)


@given(figures, figures, days, st.integers(2, 4_000), st.data())
def test_a_figure_on_the_line_ends_at_the_target_and_is_what_was_expected(
    start: Decimal, aim: Decimal, begun: date, length: int, data: st.DataObject
) -> None:
    part = TargetPart(comparator=Comparator.EXACTLY, direction=Direction.NEUTRAL, value=aim)
    by = begun + timedelta(days=length)
    today = begun + timedelta(days=data.draw(st.integers(1, length - 1)))
    expected = rules.outlook(part, [Point(begun, start)], by=by, today=today).expected

    assert expected is not None
    low, high = sorted((start, aim))
    assert low <= expected <= high
    found = rules.outlook(part, [Point(begun, start), Point(today, expected)], by=by, today=today)
    assert found.projected is not None
    assert abs(found.projected - aim) <= Decimal("0.000001")
