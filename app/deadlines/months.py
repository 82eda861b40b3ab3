"""Months and quarters in words: tháng 6, tháng cuối quý, T9, quý II, quý cuối năm; one of them, or one of each round."""

from dataclasses import dataclass

from app.deadlines.numerals import roman, spelled
from app.deadlines.reasons import MONTHS_OR_DAY, Unreadable, shown
from app.deadlines.recurrence import Every
from app.deadlines.rounds import EACH
from app.deadlines.stretch import Stretch, month_stretch, quarter_stretch
from app.deadlines.tokens import Cursor

_ORDINAL_MONTHS = {
    "thứ nhất": 0,
    "đầu tiên": 0,
    "đầu": 0,
    "thứ hai": 1,
    "giữa": 1,
    "thứ ba": 2,
    "cuối cùng": 2,
    "cuối": 2,
}


@dataclass(frozen=True, slots=True)
class Named:
    """What one naming gives: one stretch, or one for each round when the words name a part of every round."""

    stretches: tuple[Stretch, ...]
    every: Every | None = None


def one(stretch: Stretch | None) -> Named | None:
    """The naming of one stretch, if there is one."""
    return None if stretch is None else Named((stretch,))


def month_head(cursor: Cursor) -> Named | None:
    """The month here behind its word ("tháng 6", "T6"), or that of each quarter ("tháng cuối quý"), stepping over it."""
    start = cursor.place
    found = _month_after_head(cursor) if _month_word(cursor) else None
    if found is None:
        cursor.place = start
    return found


def quarter_head(cursor: Cursor) -> Named | None:
    """The quarter here behind its word, stepping over it."""
    start = cursor.place
    if not cursor.took("quý .", "quý", "quí", "q .", "q"):
        return None
    if cursor.took("đầu", "cuối"):
        last = cursor.tokens[cursor.place - 1].bare == "cuoi"
        return one(quarter_stretch(4 if last else 1)) if year_word(cursor) else None
    number = roman(cursor) or (cursor.next().number if cursor.peek().is_short else _spelled_quarter(cursor))
    if number is None:
        cursor.place = start
        return None
    return one(quarter_stretch(number))


def year_word(cursor: Cursor) -> bool:
    """Steps over "năm" where the year's number follows by itself or not at all."""
    cursor.took("của", "trong")
    return cursor.took("năm nay", "năm")


def elided_month(cursor: Cursor) -> Stretch | None:
    """A further month of a list, its word left out: the 9 of "tháng 6, 9"."""
    token = cursor.peek()
    # "tháng 6, 6 tháng cuối năm" and "tháng 6, 15/7" go on with something else than a month.
    if not token.is_short or cursor.stands("/", ".", "tháng", "ngày", "năm", ahead=1):
        return None
    return month_stretch(cursor.next().number or 0)


def elided_quarter(cursor: Cursor, after: Stretch) -> Stretch | None:
    """A further quarter of a list or span, its word left out: the III of "quý I-III"."""
    number = roman(cursor)
    if number is None and after.year is None and cursor.peek().is_short:
        number = cursor.next().number
    return None if number is None else quarter_stretch(number)


def _month_word(cursor: Cursor) -> bool:
    if cursor.took("tháng"):
        return True
    short = cursor.stands("t .", "th .", "thg .", "t", "th", "thg")
    # "T9", "Th.9": the abbreviation only counts with a number upon it.
    if not short or not cursor.peek(short).is_short:
        return False
    cursor.place += short
    return True


def _month_after_head(cursor: Cursor) -> Named | None:
    for words, place in _ORDINAL_MONTHS.items():
        if cursor.took(words):
            return _month_of_quarter(cursor, place)
    number = _month_number(cursor)
    return None if number is None else one(month_stretch(number))


def _month_number(cursor: Cursor) -> int | None:
    token = cursor.peek()
    if token.is_short:
        return cursor.next().number
    if token.marked == "năm" and cursor.peek(1).number is not None:
        # "tháng năm 2026" is May 2026, or a form with the month left blank.
        raise Unreadable(MONTHS_OR_DAY.filled(rest=shown(cursor.rest())))
    return spelled(cursor)


def _month_of_quarter(cursor: Cursor, place: int) -> Named | None:
    """Tháng đầu/giữa/cuối of one quarter, of each quarter, or of the year."""
    cursor.took("của")
    if cursor.took("năm"):
        return one(month_stretch((1, 6, 12)[place])) if place != 1 else None
    cursor.took(*EACH)
    quarter = quarter_head(cursor)
    if quarter is not None:
        return one(month_stretch((quarter.stretches[0].first or 1) + place))
    if not cursor.took("quý", "quí"):
        return None
    cursor.took("tiếp theo", "kế tiếp", "liền kề", "sau")  # of each quarter: that upon the one reported
    return Named(tuple(month_stretch(first + place) for first in (1, 4, 7, 10)), Every.QUARTERLY)


def _spelled_quarter(cursor: Cursor) -> int | None:
    # In "các quý năm 2026" the word is the year's head, not the number five.
    return None if cursor.stands("năm") and cursor.peek(1).is_year else spelled(cursor)
