"""Dates written in figures: 15/6/2026, 15-06-2026, 15.6, 6/2025, 2026-06-15, and where such figures are ambiguous."""

from app.deadlines.reasons import MONTHS_OR_DAY, YEAR_SHORT, Unreadable, shown
from app.deadlines.stretch import MONTHS, Stretch, day_stretch, month_stretch, year_stretch
from app.deadlines.tokens import Cursor, Token

_SEPARATORS = frozenset("/-.")
# What spreadsheets write behind a day when they save it as text.
_MIDNIGHT = ("00 : 00 : 00", "t 00 : 00 : 00", "0 : 00 : 00", "00 : 00", "t 00 : 00", "0 : 00")


def in_figures(cursor: Cursor, *, after_day: bool) -> Stretch | None:
    """The date in figures here, stepping over it. `after_day`: the word "ngày" stands before, so 6-9 is 6 September."""
    token = cursor.peek()
    if token.is_year:
        return _iso(cursor) or _year(cursor)
    if not token.is_short:
        return None
    if cursor.peek(1).bare in _SEPARATORS and cursor.peek(2).number is not None:
        return _separated(cursor, after_day=after_day)
    return _day_alone(cursor, after_day=after_day)


def year_after(cursor: Cursor) -> int | None:
    """The year that completes what stands before ("năm 2026", "/2026", "- 2026", ", 2026"), stepping over it."""
    start = cursor.place
    if cursor.stands("(") and cursor.peek(1).is_year and cursor.peek(2).bare in {")", ""}:
        cursor.place += 3
        return cursor.tokens[start + 1].number
    comma = cursor.took(",")
    if not comma and cursor.peek().bare in _SEPARATORS:
        cursor.next()
    cursor.took("của")
    said = cursor.took("năm")
    token = cursor.peek()
    if said and cursor.took("nay"):
        return None
    if token.is_year and not (comma and not said and _opens_a_span(cursor)):
        return cursor.next().number
    cursor.place = start
    return None


def _opens_a_span(cursor: Cursor) -> bool:
    """Whether a year here begins a span of its own: in "tháng 6, 2025 - 2026" it does not belong to the month."""
    return cursor.peek(1).bare == "-" and cursor.peek(2).is_year


def _year(cursor: Cursor) -> Stretch:
    return year_stretch(cursor.next().number)


def _iso(cursor: Cursor) -> Stretch | None:
    year, first, month, second, day = (cursor.peek(ahead) for ahead in range(5))
    if first.bare not in _SEPARATORS or not (first.glued and month.glued and month.is_short):
        return None
    if second.bare == first.bare and day.is_short and day.glued:
        cursor.place += 5
        cursor.took(*_MIDNIGHT)
        return day_stretch(_value(day), _value(month), year.number)
    if second.bare in _SEPARATORS and day.number is not None:
        return None
    cursor.place += 3
    return month_stretch(_value(month), year.number)


def _separated(cursor: Cursor, *, after_day: bool) -> Stretch | None:
    first, sign, second, sign_after, third = (cursor.peek(ahead) for ahead in range(5))
    if second.is_year:
        if after_day:
            raise _ambiguous(cursor)
        cursor.place += 3
        return month_stretch(_value(first), second.number)
    if not second.is_short:
        return None
    if sign_after.bare == sign.bare and third.number is not None:
        return _whole(cursor, first, second, third)
    if sign.bare == "-":
        return _hyphened(cursor, after_day=after_day)
    # "11.8" is the number of a section or a share more often than 11 August.
    if sign.bare == "." and not after_day:
        return None
    cursor.place += 3
    return day_stretch(_value(first), _value(second))


def _whole(cursor: Cursor, day: Token, month: Token, year: Token) -> Stretch:
    if not year.is_year:
        raise Unreadable(YEAR_SHORT)
    cursor.place += 5
    cursor.took(*_MIDNIGHT)
    return day_stretch(_value(day), _value(month), year.number)


def _hyphened(cursor: Cursor, *, after_day: bool) -> Stretch | None:
    """`15-20/6/2026` are days 15 to 20 and `15-6` is 15 June; `6-9` and `6-9/2026` could be days or months."""
    first, _, second, sign, third = (cursor.peek(ahead) for ahead in range(5))
    if (sign.bare in {"/", "."} and third.is_short) or cursor.stands("tháng", ahead=3):
        cursor.next()
        return day_stretch(_value(first))
    if not after_day and _value(first) <= MONTHS:
        raise _ambiguous(cursor)
    if _value(second) > MONTHS:
        return None
    cursor.place += 3
    return day_stretch(_value(first), _value(second))


def _day_alone(cursor: Cursor, *, after_day: bool) -> Stretch | None:
    token = cursor.peek()
    if after_day:
        cursor.next()
        return day_stretch(_value(token))
    if (cursor.stands("tháng", ahead=1) and cursor.peek(2).is_short) or cursor.stands("đến", "tới", ahead=1):
        cursor.next()
        return day_stretch(_value(token))
    return None


def _value(token: Token) -> int:
    return token.number or 0


def _ambiguous(cursor: Cursor) -> Unreadable:
    return Unreadable(MONTHS_OR_DAY.filled(rest=shown(cursor.rest())))
