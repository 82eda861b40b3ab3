"""Periods counted from or back from an event: trong 30 ngày làm việc kể từ ngày ký, 5 ngày trước phiên họp."""

from datetime import date

from app.deadlines.events import check_one_sentence, names_event
from app.deadlines.grammar import named
from app.deadlines.numerals import counted
from app.deadlines.parts import Parts
from app.deadlines.reading import Period, PeriodUnit
from app.deadlines.reasons import HOURS, NOT_UNDERSTOOD, ONLY_EARLIEST, Unreadable, shown
from app.deadlines.tokens import Cursor, clipped

_UNITS = {
    "ngày làm việc": PeriodUnit.WORKING_DAY,
    "ngày": PeriodUnit.DAY,
    "tuần": PeriodUnit.WEEK,
    "tháng": PeriodUnit.MONTH,
    "năm": PeriodUnit.YEAR,
}
_AT_MOST = ("chậm nhất là", "chậm nhất", "muộn nhất", "không quá", "tối đa", "ít nhất", "tối thiểu")
_WITHIN = ("trong vòng", "trong thời hạn", "trong thời gian", "trong", "thời hạn", "là")
_FROM = ("kể từ", "tính từ", "từ", "sau")
_BACK_FROM = ("trước", "so với", "tính đến")
# "ít nhất 05 (năm) ngày làm việc" is nine tokens; no count at the end of a phrase is longer.
_LONGEST_COUNT = 10


def period(cursor: Cursor, parts: Parts) -> bool:
    """Takes the period that stands here, with the words of its event to the end."""
    start = cursor.place
    found = _event_first(cursor) or _count_first(cursor)
    if found is None:
        cursor.place = start
        return False
    parts.period = found
    return True


def number_of_years(cursor: Cursor) -> bool:
    """Steps over "5 năm" where the years themselves follow ("kế hoạch 5 năm 2026 - 2030", "trong 5 năm, 2026-2030")."""
    start = cursor.place
    cursor.took("trong", "cả")
    if counted(cursor) and cursor.took("năm"):
        cursor.took("(", ":", ",")
        if cursor.peek().is_year:
            return True
    cursor.place = start
    return False


def _count_first(cursor: Cursor) -> Period | None:
    start = cursor.place
    before = _lead(cursor)
    size = _size(cursor)
    if size is None:
        cursor.place = start
        return None
    if cursor.done:
        return Period(*size, before=before)
    cursor.took(",")
    back = cursor.took(*_BACK_FROM)
    if not back and not cursor.took(*_FROM):
        return None
    return _with_event(cursor, Period(*size, before=before or back), len(cursor.tokens))


def _event_first(cursor: Cursor) -> Period | None:
    """Trước ngày họp ít nhất 05 ngày làm việc: the event stands between "trước" and the count."""
    if not cursor.took("trước"):
        return None
    first = cursor.place
    for place in range(max(first + 1, len(cursor.tokens) - _LONGEST_COUNT), len(cursor.tokens)):
        count = Cursor(cursor.words, cursor.tokens, place)
        count.took(*_AT_MOST)
        size = _size(count)
        if size is not None and count.done and names_event(cursor.tokens[first:place]):
            return _with_event(cursor, Period(*size, before=True), place)
    cursor.place = first - 1
    return None


def _lead(cursor: Cursor) -> bool:
    """Steps over the words before the count; whether they count back ("trước 5 ngày so với ngày họp")."""
    bounded = cursor.took(*_AT_MOST)
    if cursor.took("sau"):
        after = cursor.place
        if not bounded and not cursor.took(*_AT_MOST) and _size(cursor) is not None:
            raise Unreadable(ONLY_EARLIEST)
        cursor.place = after
    before = cursor.took("trước")
    while cursor.took(*_AT_MOST, *_WITHIN):
        pass
    return before


def _size(cursor: Cursor) -> tuple[int, PeriodUnit] | None:
    count = counted(cursor)
    if not count:
        return None
    if cursor.took("giờ làm việc", "giờ") and (cursor.done or cursor.stands(*_FROM, *_BACK_FROM, ",")):
        raise Unreadable(HOURS)
    for words, unit in _UNITS.items():
        if cursor.took(words):
            return count, unit
    return None


def _with_event(cursor: Cursor, found: Period, end: int) -> Period:
    tokens = cursor.tokens[cursor.place : end]
    event_on = _day(Cursor(cursor.words, tokens))
    if event_on is None and not names_event(tokens):
        raise Unreadable(NOT_UNDERSTOOD.filled(rest=shown(cursor.rest() or clipped(cursor.words))))
    check_one_sentence(cursor)
    stop = len(cursor.words) if end == len(cursor.tokens) else tokens[-1].end
    words = clipped(cursor.words[tokens[0].start : stop])
    cursor.place = len(cursor.tokens)
    return Period(found.count, found.unit, words, found.before, event_on)


def _day(event: Cursor) -> date | None:
    found = named(event)
    if found is None or not event.done or len(found.stretches) != 1:
        return None
    stretch = found.stretches[0]
    whole = stretch.is_day and stretch.year is not None and not stretch.needs_month
    return stretch.last_day() if whole else None
