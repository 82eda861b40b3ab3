"""Which digits of a wording are values, and which only name something: years, dates, levels, `5G`, article 12."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.core.text import fold
from app.indicators.numbers import plain
from app.indicators.target_lexicon import Lexicon
from app.indicators.target_parts import Comparator
from app.indicators.target_pieces import Piece, Wording, cut
from app.indicators.target_words import COUNTED, MEASURES, Role, Sense

_YEAR = re.compile("(?:19[4-9]|20[0-9])[0-9]")
_AIMED_AT = re.compile(r"(?:du toan|ke hoach|chi tieu|muc giao)\b")
_MOVES = {
    **dict.fromkeys(("vuot", "cao hon", "lon hon", "nhieu hon"), Role.RISE),
    **dict.fromkeys(("thap hon", "nho hon", "it hon"), Role.FALL),
}
_AFTER_SIGNS = {Role.RISE: Comparator.AT_LEAST, Role.FALL: Comparator.AT_MOST}
_VERSION = re.compile(r"[0-9]\.0")
_ORDINAL = re.compile("[0-9]{1,3}")
_TAG = re.compile(r"\w{1,2}")
_LONGEST_PERIOD = 30
_NOTE_MARK_LENGTH = 2
_LATEST_MONTH, _LATEST_DAY = 12, 31

_UNIT_LIKE = frozenset({Role.SHARE, Role.SCALE, Role.SLASH})
_LISTING = frozenset({Role.COMMA, Role.SPLIT, Role.DASH})
# "một" counts only behind one of these: "một số" and "hai bên" are no values.
_BEFORE_COUNTED = frozenset({Role.COMPARE, Role.TIMES, Role.ABOUT, Role.PER})
_BEFORE_YEAR = Lexicon.of("hết|cuối|đầu|vào|sau|trước|đến|tới", meaning=True)
_BEFORE_DATE = Lexicon.of("hết|trước|sau|ngày|đến|từ|tháng|vào", meaning=True)
_GRADED = Lexicon.of("mức", meaning=True)
_VERSIONED = Lexicon.of("nghiệp|nghệ|hội|số", meaning=True)


def wording(words: str) -> Wording:
    """The pieces of a text, the digits that name something told from those that are values."""
    text = cut(words)
    pieces = list(text.pieces)
    for place, piece in enumerate(pieces):
        if told := _told_by_neighbours(text, pieces, place):
            pieces[place] = replace(piece, sense=told)
        elif _names_something(pieces, place, bare=text.bare):
            pieces[place] = replace(piece, sense=Sense(Role.NAME))
        elif piece.role is Role.PLAIN and _is_counted(pieces, place, bare=text.bare):
            pieces[place] = replace(piece, sense=Sense(Role.NUMBER))
    return replace(text, pieces=tuple(pieces))


def _told_by_neighbours(text: Wording, pieces: Sequence[Piece], place: int) -> Sense | None:
    """What a cue means only by what stands beside it: "95% ↑" is "trở lên", "cao hơn 5% so với" a rise by 5%."""
    piece, before = pieces[place], _role(pieces, place - 1)
    if piece.role in _AFTER_SIGNS and not piece.words[0].isalpha() and before in {Role.SHARE, Role.NUMBER}:
        return Sense(Role.AFTER, _AFTER_SIGNS[piece.role])
    moved = _MOVES.get(fold(piece.words)) if piece.role is Role.COMPARE else None
    return Sense(moved) if moved and _is_set_against(text, pieces, place) else None


def _is_set_against(text: Wording, pieces: Sequence[Piece], place: int) -> bool:
    """`cao hơn 5% so với năm trước`, `vượt 5% dự toán`: a number with its share, then what it is set against."""
    if _role(pieces, place + 1) is not Role.NUMBER:
        return False
    behind = place + 2
    while _role(pieces, behind) in {Role.SHARE, Role.SCALE} or _is_points(pieces, behind):
        behind += 1
    against = _at(pieces, behind)
    return against is not None and (
        against.role is Role.BASELINE or _AIMED_AT.match(fold(text.text[against.start :])) is not None
    )


def _is_points(pieces: Sequence[Piece], place: int) -> bool:
    piece = _at(pieces, place)
    return piece is not None and fold(piece.words) in {"diem", "lan", "bac"}


def is_year(words: str) -> bool:
    """Whether four plain digits may be a year."""
    return _YEAR.fullmatch(plain(words)) is not None


def is_measure(piece: Piece, *, bare: bool) -> bool:
    """Whether a single word is a unit of measure."""
    return MEASURES.at([piece.key], 0, bare=bare) is not None


def _names_something(pieces: Sequence[Piece], place: int, *, bare: bool) -> bool:
    role = pieces[place].role
    if role is Role.FRACTION:
        return _explains_share(pieces, place) or _is_date(pieces, place, bare=bare)
    return role is Role.NUMBER and (
        _is_tag(pieces, place, bare=bare)
        or _is_dated_year(pieces, place, bare=bare)
        or _is_in_period(pieces, place)
        or _is_numbered(pieces, place, bare=bare)
        or _is_version(pieces, place, bare=bare)
        or _is_note(pieces, place)
    )


def _is_tag(pieces: Sequence[Piece], place: int, *, bare: bool) -> bool:
    """`5G`, `3D`, `9001:2015`: glued to letters that are no unit, or to a colon and more."""
    behind = _at(pieces, place + 1)
    if behind is None or behind.start != pieces[place].end:
        return False
    if behind.role is Role.PLAIN and not behind.words[0].isdigit():
        return _TAG.fullmatch(behind.words) is not None and not is_measure(behind, bare=bare)
    return behind.words == ":"


def _is_dated_year(pieces: Sequence[Piece], place: int, *, bare: bool) -> bool:
    """`năm 2030`, `nhiệm kỳ 2025`, `so với 2020`, `(2030)`, `đến 2030` without a unit."""
    before = _at(pieces, place - 1)
    if before is None or not is_year(pieces[place].words):
        return False
    if before.role in {Role.YEAR, Role.LOCATOR, Role.BASELINE} or before.words == "(":
        return True
    said = _BEFORE_YEAR.at([before.key.rsplit(" ", 1)[-1]], 0, bare=bare)
    counted = _role(pieces, place - 2) in {Role.NUMBER, Role.SCALE} or _role(pieces, place + 1) in _UNIT_LIKE
    return said is not None and not counted


def _is_in_period(pieces: Sequence[Piece], place: int) -> bool:
    """`2021 - 2025`, `từ 2021 đến 2025`: two years in order without a unit behind them."""
    if not is_year(pieces[place].words):
        return False
    if _role(pieces, place - 1) in {Role.DASH, Role.TO} and _role(pieces, place - 2) is Role.NAME:
        return is_year(pieces[place - 2].words)
    last = _at(pieces, place + 2)
    if last is None or _role(pieces, place + 1) not in {Role.DASH, Role.TO} or not is_year(last.words):
        return False
    if not 0 < int(plain(last.words)) - int(plain(pieces[place].words)) <= _LONGEST_PERIOD:
        return False
    return _role(pieces, place + 3) not in _UNIT_LIKE | {Role.PLAIN}


def _is_numbered(pieces: Sequence[Piece], place: int, *, bare: bool) -> bool:
    """`điều 12`, `quý 3`, `mức độ 4`, and the rest of a list, `mức độ 3, 4`."""
    if not _ORDINAL.fullmatch(plain(pieces[place].words)) or _role(pieces, place + 1) in {
        Role.SHARE,
        Role.SCALE,
    }:
        return False
    if _role(pieces, place - 1) is Role.LOCATOR or _is_graded(pieces, place, bare=bare):
        return True
    listed = _role(pieces, place - 1) in _LISTING and _role(pieces, place - 2) is Role.NAME
    return listed and _ORDINAL.fullmatch(plain(pieces[place - 2].words)) is not None


def _is_graded(pieces: Sequence[Piece], place: int, *, bare: bool) -> bool:
    """`mức 3 trở lên`: a single digit behind "mức" is a grade, not an amount."""
    before = _at(pieces, place - 1)
    graded = len(pieces[place].words) == 1 and _role(pieces, place + 1) is Role.AFTER
    return (
        before is not None
        and graded
        and _GRADED.at([before.key.rsplit(" ", 1)[-1]], 0, bare=bare) is not None
    )


def _is_version(pieces: Sequence[Piece], place: int, *, bare: bool) -> bool:
    """`công nghiệp 4.0`."""
    before = _at(pieces, place - 1)
    if before is None or not _VERSION.fullmatch(plain(pieces[place].words)):
        return False
    return _VERSIONED.at([before.key.rsplit(" ", 1)[-1]], 0, bare=bare) is not None


def _is_note(pieces: Sequence[Piece], place: int) -> bool:
    """`≥ 80 (1)`: a mark that points to a note."""
    before, behind = _at(pieces, place - 1), _at(pieces, place + 1)
    if (
        before is None
        or behind is None
        or place < _NOTE_MARK_LENGTH
        or not _ORDINAL.fullmatch(plain(pieces[place].words))
    ):
        return False
    return before.words + behind.words in {"()", "[]"}


def _explains_share(pieces: Sequence[Piece], place: int) -> bool:
    """`100% (10/10)`: the count behind the share."""
    before = _at(pieces, place - 1)
    return before is not None and before.words == "(" and _role(pieces, place - 2) is Role.SHARE


def _is_date(pieces: Sequence[Piece], place: int, *, bare: bool) -> bool:
    """`30/6`, and `trước 1/2`: a day and its month, no share."""
    upper, lower = map(int, plain(pieces[place].words).split("/"))
    if upper > lower or lower == 0:
        return True
    before = _at(pieces, place - 1)
    if before is None or upper > _LATEST_DAY or lower > _LATEST_MONTH:
        return False
    return _BEFORE_DATE.at([before.key.rsplit(" ", 1)[-1]], 0, bare=bare) is not None


def _is_counted(pieces: Sequence[Piece], place: int, *, bare: bool) -> bool:
    if COUNTED.at([pieces[place].key], 0, bare=bare) is None:
        return False
    return _role(pieces, place - 1) in _BEFORE_COUNTED or counts_digits(pieces, place)


def counts_digits(pieces: Sequence[Piece], place: int) -> bool:
    """`2 con số`: how many digits the growth has, not how much it is."""
    behind = _at(pieces, place + 1)
    return behind is not None and fold(behind.words) == "con so"


def _at(pieces: Sequence[Piece], place: int) -> Piece | None:
    return pieces[place] if 0 <= place < len(pieces) else None


def _role(pieces: Sequence[Piece], place: int) -> Role | None:
    piece = _at(pieces, place)
    return piece.role if piece else None
