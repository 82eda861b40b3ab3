from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import Text
from app.indicators import numbers
from app.indicators.numbers import doubt, number_or_why, plain, read_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("14,5", "14.5"),
        ("9.800", "9800"),
        ("09", "9"),
        ("0,7", "0.7"),
        ("1.234.567,89", "1234567.89"),
        ("2,345", "2.345"),
        ("1234,5", "1234.5"),
        ("100", "100"),
        ("00", "0"),
        ("0", "0"),
        (" 12 ", "12"),
        ("１４，５", "14.5"),
        ("9\u00a0800", "9800"),
        ("1\u202f234\u202f567", "1234567"),
        ("9 800", "9800"),
        ("-4,13", "-4.13"),
        ("\u22120,5", "-0.5"),
        ("+3", "3"),
    ],
)
def test_a_well_formed_vietnamese_number_is_read(written: str, value: str) -> None:
    assert read_number(written) == Decimal(value)


@pytest.mark.parametrize(
    "written",
    [
        "1.5",
        "0.7",
        "0.700",
        "1,234.5",
        "1,234,567",
        "12.34.567",
        "9.8000",
        "1234.567",
        "1 23",
        "5,",
        "01.234",
    ],
)
def test_a_number_in_another_form_is_refused_as_ill_formed(written: str) -> None:
    assert number_or_why(written) == numbers.ILL_FORMED


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", numbers.EMPTY),
        ("\u00a0 ", numbers.EMPTY),
        ("100%", numbers.NOT_A_NUMBER),
        ("năm", numbers.NOT_A_NUMBER),
        ("2/3", numbers.NOT_A_NUMBER),
        (",5", numbers.NOT_A_NUMBER),
        ("10²", numbers.NOT_A_NUMBER),
        ("٣", numbers.NOT_A_NUMBER),
        ("1e5", numbers.NOT_A_NUMBER),
        ("9" * 25, numbers.TOO_LONG),
        ("9" * 1_000, numbers.TOO_LONG),
        ("x" * 1_000, numbers.NOT_A_NUMBER),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(written: str, why: Text) -> None:
    assert number_or_why(written) == why
    assert read_number(written) is None


@pytest.mark.parametrize(
    ("written", "question"),
    [
        ("2,345", numbers.THOUSANDTHS),
        ("0,345", None),
        ("2,34", None),
        ("9.800", None),
        ("9 800", numbers.BLANK_GROUPS),
        ("9\u00a0800", None),
    ],
)
def test_only_forms_that_others_write_otherwise_are_asked_about(written: str, question: Text | None) -> None:
    assert doubt(written) == question


def vietnamese(value: Decimal, *, blank: str = ".") -> str:
    """The number as a Vietnamese document prints it: an oracle by string work alone."""
    sign = "-" if value < 0 else ""
    whole, _, decimals = f"{abs(value):f}".partition(".")
    groups: list[str] = []
    while len(whole) > 3:
        whole, last = whole[:-3], whole[-3:]
        groups.insert(0, last)
    return sign + blank.join([whole, *groups]) + (f",{decimals}" if decimals else "")


values = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4)


@given(values, st.sampled_from([".", "\u00a0", "\u202f"]))
def test_every_number_printed_the_vietnamese_way_is_read_back(value: Decimal, blank: str) -> None:
    assert read_number(vietnamese(value, blank=blank)) == value


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=5))
def test_leading_zeros_never_change_a_count(count: int, zeros: int) -> None:
    assert read_number("0" * zeros + str(count)) == count


@given(st.text())
def test_any_text_gives_a_number_or_a_reason(text: str) -> None:
    found = number_or_why(text)
    assert isinstance(found, Decimal) == (read_number(text) is not None)
    assert isinstance(found, Decimal) or (found.vi and found.en)


@given(st.text())
def test_making_characters_ordinary_keeps_every_place(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)
