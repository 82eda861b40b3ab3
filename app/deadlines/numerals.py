"""Numbers in deadline words: digits, Roman numerals, Vietnamese number words."""

from app.deadlines.reasons import COUNTS_DISAGREE, Unreadable
from app.deadlines.tokens import Cursor

_ROMAN = {
    numeral: value
    for value, numeral in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), start=1
    )
}
# Keyed with marks: without them "sau" (after), "tu" (from) and "nam" (year) would count as numbers.
_ONES = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_MOST_DIGITS = 4


def roman(cursor: Cursor) -> int | None:
    """The Roman numeral here (I to XII), stepping over it."""
    value = _ROMAN.get(cursor.peek().bare)
    if value is not None:
        cursor.next()
    return value


def spelled(cursor: Cursor) -> int | None:
    """The number in words here (một … chín mươi chín), stepping over it."""
    if cursor.peek().marked == "mười":
        cursor.next()
        return 10 + (_ones(cursor) or 0)
    ones = _ones(cursor)
    if ones is None or cursor.peek().marked not in {"mươi", "mười"}:
        return ones
    cursor.next()
    return ones * 10 + (_ones(cursor) or 0)


def counted(cursor: Cursor) -> int | None:
    """The count here, "05", "năm" or "05 (năm)", stepping over it. Unreadable if digits and words disagree."""
    token = cursor.peek()
    if token.number is None:
        return spelled(cursor)
    if len(token.bare) > _MOST_DIGITS:
        return None
    cursor.next()
    _check_repetition(cursor, token.number)
    return token.number


def _ones(cursor: Cursor) -> int | None:
    value = _ONES.get(cursor.peek().marked)
    if value is not None:
        cursor.next()
    return value


def _check_repetition(cursor: Cursor, value: int) -> None:
    start = cursor.place
    repeated = spelled(cursor) if cursor.took("(") else None
    if repeated is None or not cursor.took(")"):
        cursor.place = start
        return
    if repeated != value:
        raise Unreadable(COUNTS_DISAGREE)
