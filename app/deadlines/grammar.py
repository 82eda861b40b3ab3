"""Stretches in words: ngày, tháng, quý, 6 tháng đầu năm, năm, đầu/giữa/cuối of each."""

from dataclasses import dataclass, replace

from app.deadlines.figures import in_figures, year_after
from app.deadlines.numerals import counted, roman, spelled
from app.deadlines.reading import Granularity
from app.deadlines.reasons import MONTHS_OR_DAY, Unreadable, shown
from app.deadlines.recurrence import Every
from app.deadlines.rounds import EACH
from app.deadlines.stretch import (
    Stretch,
    day_stretch,
    edge_of,
    month_stretch,
    months_at,
    quarter_stretch,
    year_stretch,
)
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


def named(cursor: Cursor, *, after: Stretch | None = None) -> Named | None:
    """The stretch named here with its year, stepping over it; None (and no step) if none is named here.

    `after` is the stretch a list or span began with: its head word may be left out ("tháng 3, 6, 9", "quý I-III").
    """
    start = cursor.place
    found = _elided(cursor, after) or _headed(cursor)
    if found is None:
        cursor.place = start
        return None
    if found.every is not None or any(stretch.year is not None for stretch in found.stretches):
        return found
    year = year_after(cursor)
    return replace(found, stretches=tuple(stretch.in_year(year) for stretch in found.stretches))


def _elided(cursor: Cursor, after: Stretch | None) -> Named | None:
    if after is None:
        return None
    if after.level is Granularity.QUARTER:
        return _one(_elided_quarter(cursor, after))
    if after.level is Granularity.MONTH:
        return _one(_elided_month(cursor))
    if after.is_day and cursor.peek().is_short and not cursor.peek(2).is_year:
        return _day(cursor)
    return None


def _elided_quarter(cursor: Cursor, after: Stretch) -> Stretch | None:
    number = roman(cursor)
    if number is None and after.year is None and cursor.peek().is_short:
        number = cursor.next().number
    return None if number is None else quarter_stretch(number)


def _elided_month(cursor: Cursor) -> Stretch | None:
    token = cursor.peek()
    # "tháng 6, 6 tháng cuối năm" and "tháng 6, 15/7" go on with something else than a month.
    if not token.is_short or cursor.stands("/", ".", "tháng", "ngày", "năm", ahead=1):
        return None
    return month_stretch(cursor.next().number or 0)


def _headed(cursor: Cursor) -> Named | None:
    for head in (_months_at_an_edge, _edge, _day_head, _month_head, _quarter_head, _year_head, _figures):
        start = cursor.place
        found = head(cursor)
        if found is not None:
            return found
        cursor.place = start
    return None


def _one(stretch: Stretch | None) -> Named | None:
    return None if stretch is None else Named((stretch,))


def _figures(cursor: Cursor) -> Named | None:
    stretch = in_figures(cursor, after_day=False)
    return None if stretch is None else _with_month(cursor, stretch)


def _months_at_an_edge(cursor: Cursor) -> Named | None:
    """6 tháng đầu năm, 9 tháng đầu năm, nửa đầu năm, nửa cuối tháng 6."""
    if cursor.took("nửa năm"):
        edge = _edge_word(cursor)
        return None if edge is None else _one(months_at(edge, 6))
    if cursor.took("nửa"):
        return _half(cursor)
    count = counted(cursor)
    edge = _edge_word(cursor) if count is not None and cursor.took("tháng") else None
    if count is None or edge not in {"first", "last"}:
        return None
    _year_word(cursor)
    return _one(months_at(edge, count))


def _half(cursor: Cursor) -> Named | None:
    edge = _edge_word(cursor)
    if edge not in {"first", "last"}:
        return None
    month = _month_head(cursor)
    if month is not None:
        # Half a month is fifteen days: Bộ luật Dân sự 2015 art. 146.
        return replace(
            month,
            stretches=tuple(edge_of(part, "middle" if edge == "first" else edge) for part in month.stretches),
        )
    return _one(months_at(edge, 6)) if _year_word(cursor) else None


def _year_word(cursor: Cursor) -> bool:
    """Steps over "năm" where the year's number follows by itself or not at all."""
    cursor.took("của", "trong")
    return cursor.took("năm nay", "năm")


def _edge_word(cursor: Cursor) -> str | None:
    if cursor.took("đầu tiên", "đầu"):
        edge = "first"
    elif cursor.took("cuối cùng", "cuối"):
        edge = "last"
    elif cursor.took("giữa"):
        edge = "middle"
    else:
        return None
    cursor.took("của")
    return edge


def _edge(cursor: Cursor) -> Named | None:
    """Đầu/giữa/cuối of a stretch or of each round; "ngày cuối cùng của tháng" is the same day."""
    cursor.took("ngày")
    edge = _edge_word(cursor)
    if edge is None:
        return None
    inner = (
        _each_round(cursor)
        or _half_of_year(cursor)
        or _month_head(cursor)
        or _quarter_head(cursor)
        or _whole_year(cursor)
    )
    if inner is None:
        return _day_head(cursor)
    return replace(inner, stretches=tuple(edge_of(stretch, edge) for stretch in inner.stretches))


def _half_of_year(cursor: Cursor) -> Named | None:
    start = cursor.place
    found = _months_at_an_edge(cursor)
    if found is None:
        cursor.place = start
    return found


def _each_round(cursor: Cursor) -> Named | None:
    start = cursor.place
    if cursor.took(*EACH):
        if cursor.took("năm"):
            return Named((year_stretch(None),), Every.YEARLY)
        if cursor.took("quý", "quí"):
            return Named(tuple(quarter_stretch(quarter) for quarter in range(1, 5)), Every.QUARTERLY)
        if cursor.took("tháng"):
            return Named(tuple(month_stretch(month) for month in range(1, 13)), Every.MONTHLY)
    cursor.place = start
    return None


def _whole_year(cursor: Cursor) -> Named | None:
    if cursor.took("năm nay", "năm") or cursor.peek().is_year:
        return _one(year_stretch(None))
    return None


def _day_head(cursor: Cursor) -> Named | None:
    if not cursor.took("ngày", "mùng", "mồng"):
        return None
    cursor.took("mùng", "mồng")
    return _day(cursor)


def _day(cursor: Cursor) -> Named | None:
    stretch = in_figures(cursor, after_day=True) if cursor.peek().is_short else _spelled_day(cursor)
    return None if stretch is None else _with_month(cursor, stretch)


def _spelled_day(cursor: Cursor) -> Stretch | None:
    day = spelled(cursor)
    return None if day is None else day_stretch(day)


def _with_month(cursor: Cursor, stretch: Stretch) -> Named:
    """The day with the month that follows it: "15 tháng 6", "15, tháng 6", "15 của tháng cuối quý"."""
    start = cursor.place
    if not stretch.is_day or not stretch.needs_month:
        return Named((stretch,))
    cursor.took(",", "của")
    months = _month_head(cursor)
    if months is None or any(month.first != month.last for month in months.stretches):
        cursor.place = start
        return Named((stretch,))
    return replace(
        months,
        stretches=tuple(day_stretch(stretch.day or 0, month.last, month.year) for month in months.stretches),
    )


def _month_head(cursor: Cursor) -> Named | None:
    start = cursor.place
    found = _month_after_head(cursor) if _month_word(cursor) else None
    if found is None:
        cursor.place = start
    return found


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
    return None if number is None else _one(month_stretch(number))


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
        return _one(month_stretch((1, 6, 12)[place])) if place != 1 else None
    cursor.took(*EACH)
    quarter = _quarter_head(cursor)
    if quarter is not None:
        return _one(month_stretch((quarter.stretches[0].first or 1) + place))
    if not cursor.took("quý", "quí"):
        return None
    return Named(tuple(month_stretch(first + place) for first in (1, 4, 7, 10)), Every.QUARTERLY)


def _quarter_head(cursor: Cursor) -> Named | None:
    start = cursor.place
    if not cursor.took("quý .", "quý", "quí", "q .", "q"):
        return None
    if cursor.took("đầu", "cuối"):
        last = cursor.tokens[cursor.place - 1].bare == "cuoi"
        return _one(quarter_stretch(4 if last else 1)) if _year_word(cursor) else None
    number = roman(cursor) or (cursor.next().number if cursor.peek().is_short else spelled(cursor))
    if number is None:
        cursor.place = start
        return None
    return _one(quarter_stretch(number))


def _year_head(cursor: Cursor) -> Named | None:
    if not cursor.took("năm"):
        return None
    if cursor.peek().is_year:
        return _one(year_stretch(cursor.next().number))
    if cursor.took("nay") or cursor.done or cursor.stands(",", ";", ")"):
        return _one(year_stretch(None))
    return None
