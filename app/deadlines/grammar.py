"""Stretches in words: ngày, tháng, quý, 6 tháng đầu năm, năm, đầu/giữa/cuối of each."""

from dataclasses import replace

from app.deadlines.figures import in_figures, year_after
from app.deadlines.months import (
    Named,
    elided_month,
    elided_quarter,
    month_head,
    one,
    quarter_head,
    year_word,
)
from app.deadlines.numerals import counted, spelled
from app.deadlines.reading import Granularity
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

__all__ = ["Named", "named"]

_TENS_OF_DAYS = ("thượng tuần", "trung tuần", "hạ tuần")


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
        return one(elided_quarter(cursor, after))
    if after.level is Granularity.MONTH:
        return one(elided_month(cursor))
    if after.is_day and cursor.peek().is_short and not cursor.peek(2).is_year:
        return _day(cursor)
    return None


def _headed(cursor: Cursor) -> Named | None:
    for head in _HEADS:
        start = cursor.place
        found = head(cursor)
        if found is not None:
            return found
        cursor.place = start
    return None


def _figures(cursor: Cursor) -> Named | None:
    stretch = in_figures(cursor, after_day=False)
    return None if stretch is None else _with_month(cursor, stretch)


def _months_at_an_edge(cursor: Cursor) -> Named | None:
    """6 tháng đầu năm, 9 tháng đầu năm, nửa đầu năm, nửa cuối tháng 6."""
    if cursor.took("nửa năm"):
        edge = _edge_word(cursor)
        return None if edge is None else one(months_at(edge, 6))
    if cursor.took("nửa"):
        return _half(cursor)
    count = counted(cursor)
    edge = _edge_word(cursor) if count is not None and cursor.took("tháng", "t") else None
    if count is None or edge not in {"first", "last"}:
        return None
    year_word(cursor)
    return one(months_at(edge, count))


def _half(cursor: Cursor) -> Named | None:
    edge = _edge_word(cursor)
    if edge not in {"first", "last"}:
        return None
    month = month_head(cursor)
    if month is not None:
        # Half a month is fifteen days: Bộ luật Dân sự 2015 art. 146.
        return replace(
            month,
            stretches=tuple(edge_of(part, "middle" if edge == "first" else edge) for part in month.stretches),
        )
    return one(months_at(edge, 6)) if year_word(cursor) else None


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
        or month_head(cursor)
        or quarter_head(cursor)
        or _whole_year(cursor)
    )
    if inner is None:
        return _day_head(cursor)
    return replace(inner, stretches=tuple(edge_of(stretch, edge) for stretch in inner.stretches))


def _ten_days(cursor: Cursor) -> Named | None:
    """Thượng, trung, hạ tuần of a month: its first, second and last ten days."""
    place = next((place for place, words in enumerate(_TENS_OF_DAYS) if cursor.took(words)), None)
    month = None if place is None else month_head(cursor)
    if place is None or month is None:
        return None
    last = (10, 20, None)[place]
    return replace(
        month,
        stretches=tuple(
            Stretch(Granularity.DAY, part.year, part.first, part.last, last) for part in month.stretches
        ),
    )


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
        return one(year_stretch(None))
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
    listed = cursor.took("các", "những")
    months = month_head(cursor)
    if months is None or any(month.first != month.last for month in months.stretches):
        cursor.place = start
        return Named((stretch,))
    further = [] if months.every else _further_months(cursor, listed=listed)
    days = (day_stretch(stretch.day or 0, month.last, month.year) for month in (*months.stretches, *further))
    return replace(months, stretches=tuple(days))


def _further_months(cursor: Cursor, *, listed: bool) -> list[Stretch]:
    """The months the same day falls in too: "ngày 15 tháng 5 và tháng 11", "ngày 20 các tháng 3, 6, 9 và 12"."""
    found: list[Stretch] = []
    start = cursor.place
    while cursor.took(",", ";", "và"):
        month = month_head(cursor) or (one(elided_month(cursor)) if listed else None)
        if month is None or month.every:
            break
        found.extend(month.stretches)
        start = cursor.place
    cursor.place = start
    return found


def _year_head(cursor: Cursor) -> Named | None:
    if not cursor.took("năm"):
        return None
    if cursor.peek().is_year:
        return one(year_stretch(cursor.next().number))
    if cursor.took("nay") or cursor.done or cursor.stands(",", ";", ")"):
        return one(year_stretch(None))
    return None


_HEADS = (
    _months_at_an_edge,
    _ten_days,
    _edge,
    _day_head,
    month_head,
    quarter_head,
    _year_head,
    _figures,
)
