"""Words for rounds: hằng năm, hằng quý, định kỳ 6 tháng, 6 tháng một lần, 2 lần/năm, thứ Sáu."""

from dataclasses import dataclass

from app.deadlines.numerals import counted
from app.deadlines.parts import Parts
from app.deadlines.reasons import NO_ANCHOR, Unreadable
from app.deadlines.recurrence import Every
from app.deadlines.tokens import Cursor

EACH = ("hằng", "hàng", "mỗi", "từng")
_JOINTS = (",", ";", "và", "+", "&", "/")
_UNIT_MONTHS = {"tháng": 1, "quý": 3, "quí": 3, "năm": 12}
_UNITS = (*_UNIT_MONTHS, "tuần", "ngày")
_BLANK_DATE = frozenset({"ngày", "tháng", "năm"})
_AT_LEAST = ("ít nhất", "tối thiểu")
_EVERY_MONTHS = {1: Every.MONTHLY, 3: Every.QUARTERLY, 6: Every.HALF_YEARLY, 12: Every.YEARLY}
_WEEKDAYS = {
    "hai": 0,
    "2": 0,
    "ba": 1,
    "3": 1,
    "tư": 2,
    "4": 2,
    "năm": 3,
    "5": 3,
    "sáu": 4,
    "6": 4,
    "bảy": 5,
    "7": 5,
}
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class _Round:
    count: int
    unit: str
    times: int = 1


def rounds(cursor: Cursor, parts: Parts) -> bool:
    """Takes the rounds that stand here ("hằng tháng, quý, năm"); daily work is ongoing work."""
    found = _opened(cursor) or _told_in_times(cursor) or _opened_later(cursor) or _bare(cursor, parts)
    for one in found:
        if one.unit == "ngày" and one.count == one.times == 1:
            parts.ongoing = True
        else:
            parts.every.append(_every(one))
    return bool(found)


def weekday(cursor: Cursor) -> int | None:
    """The weekday here (Monday 0), stepping over it."""
    if cursor.took("chủ nhật"):
        return _SUNDAY
    found = _WEEKDAYS.get(cursor.peek(1).marked) if cursor.stands("thứ") else None
    if found is not None:
        cursor.place += 2
    return found


def _every(one: _Round) -> Every:
    if one.unit == "tuần" and one.count == one.times == 1:
        return Every.WEEKLY
    months, left = divmod(one.count * _UNIT_MONTHS.get(one.unit, 0), one.times)
    if left or months not in _EVERY_MONTHS:
        raise Unreadable(NO_ANCHOR)
    return _EVERY_MONTHS[months]


def _opened(cursor: Cursor) -> list[_Round]:
    """Rounds behind định kỳ, hằng, mỗi; behind theo and các only where nothing follows ("theo quý", "các năm")."""
    start = cursor.place
    opened = _opening(cursor) or cursor.took("theo hằng", "theo hàng", "theo từng", "theo mỗi")
    found = _round(cursor, alone=not opened) if opened or cursor.took("theo", "các", "những") else None
    if found is None:
        cursor.place = start
        return []
    found_all = [found]
    while (further := _further(cursor)) is not None:
        found_all.append(further)
    return found_all


def _opening(cursor: Cursor) -> bool:
    if cursor.took("định kỳ"):
        cursor.took(*EACH, "theo")
        return True
    return cursor.took(*EACH)


def _further(cursor: Cursor) -> _Round | None:
    """The next of several rounds under one opening word: a unit with nothing upon it."""
    start = cursor.place
    if cursor.took(*_JOINTS):
        opened = _opening(cursor)
        found = _round(cursor, alone=not opened)
        if found is not None:
            return found
    cursor.place = start
    return None


def _told_in_times(cursor: Cursor) -> list[_Round]:
    """6 tháng một lần, 6 tháng/lần, một năm hai lần; 2 lần/năm, 2 lần mỗi năm."""
    start = cursor.place
    times = _times(cursor)
    if times is not None:
        cursor.took("/", "trong", "một", "mỗi", "hằng", "hàng")
        found = _unit(cursor)
    else:
        found = _unit(cursor)
        times = _times(cursor) if found else None
    if found is None or times is None:
        cursor.place = start
        return []
    return [_Round(*found, times)]


def _opened_later(cursor: Cursor) -> list[_Round]:
    """6 tháng và hằng năm: a round whose opening word stands only before the next one."""
    start = cursor.place
    found = _unit(cursor)
    if found is not None and cursor.took(*_JOINTS) and cursor.stands("định kỳ", *EACH):
        further = _opened(cursor)
        if further:
            return [_Round(*found), *further]
    cursor.place = start
    return []


def _bare(cursor: Cursor, parts: Parts) -> list[_Round]:
    """Quý, 6 tháng, năm: rounds that no word opens, told by their number; one more where rounds were told before."""
    start = cursor.place
    found: list[_Round] = []
    end = start
    while (one := _round(cursor, alone=True)) is not None:
        found.append(one)
        end = cursor.place
        if not cursor.took(*_JOINTS):
            break
    cursor.place = end
    # "ngày, tháng, năm" is a date left blank, not three rounds.
    told = len(found) > 1 and any(one.count > 1 or one.unit not in _BLANK_DATE for one in found)
    if told or (found and parts.every):
        return found
    cursor.place = start
    return []


def _round(cursor: Cursor, *, alone: bool) -> _Round | None:
    """The round here. `alone`: only where it does not begin something else ("năm 2026")."""
    start = cursor.place
    found = _unit(cursor)
    if found is None or (alone and not _stops(cursor)) or cursor.stands("đầu", "cuối", "tiếp"):
        cursor.place = start
        return None
    return _Round(*found, _times(cursor) or 1)


def _stops(cursor: Cursor) -> bool:
    of_year = cursor.stands("trong năm", "của năm", "năm")
    if of_year and cursor.peek(of_year).is_year:
        return True
    return cursor.done or bool(cursor.stands(*_JOINTS, "(", ")", "hoặc", "một lần", "1 lần", "01 lần"))


def _unit(cursor: Cursor) -> tuple[int, str] | None:
    if cursor.took("nửa năm"):
        return 6, "tháng"
    start = cursor.place
    count = 1 if cursor.stands(*_UNITS) else counted(cursor)
    for unit in _UNITS:
        if count and cursor.took(unit):
            return count, unit
    cursor.place = start
    return None


def _times(cursor: Cursor) -> int | None:
    """How many times in the round are said: "một lần", "/lần", "2 lần", "ít nhất 2 lần"."""
    start = cursor.place
    cursor.took("/")
    if not cursor.took(*_AT_LEAST) and cursor.took("lần"):
        return 1
    times = counted(cursor)
    if times and cursor.took("lần"):
        return times
    cursor.place = start
    return None
