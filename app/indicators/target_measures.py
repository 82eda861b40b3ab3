"""The unit written behind a number: a share, a measure, the noun of the unit cell, or a counted noun."""

from dataclasses import replace

from app.core.text import fold
from app.indicators.target_pieces import Wording
from app.indicators.target_units import Unit, with_period
from app.indicators.target_words import MEASURES, Role

_LONGEST_UNIT = 12
_SHORT_DENOMINATOR = 3
_UNIT_ROLES = frozenset({Role.PLAIN, Role.BURDEN, Role.LOCATOR, Role.RANK, Role.LEADERS, Role.YEAR})
_OPENING_UNIT_ROLES = _UNIT_ROLES | {Role.HEAD, Role.REMEDY}


def unit_behind(text: Wording, place: int, cell: Unit, *, counts: bool) -> tuple[Unit, int]:
    """The unit written behind a number, and the place behind it; ranks and shares have no counted noun."""
    name, behind = _named(text, place, cell, counts=counts)
    over = _over(text, behind)
    unit = with_period(Unit((name + text.slice(behind, over)).strip() or None))
    if over < len(text.pieces) and text.pieces[over].role is Role.PER and unit.per is None:
        return replace(unit, per=text.pieces[over].sense.unit), over + 1
    return unit, over


def _named(text: Wording, place: int, cell: Unit, *, counts: bool) -> tuple[str, int]:
    if place >= len(text.pieces):
        return "", place
    behind = _cell_name_end(text, place, cell.name or "")
    if behind > place:
        return cell.name or "", behind
    piece = text.pieces[place]
    if piece.words == "." and text.pieces[place - 1].role is Role.SCALE and place + 1 < len(text.pieces):
        piece, place = text.pieces[place + 1], place + 1  # "tr.đ"
    if piece.words == ")" and place + 1 < len(text.pieces) and text.pieces[place + 1].role is Role.SHARE:
        piece, place = text.pieces[place + 1], place + 1  # "(30-35)%"
    if piece.role is Role.SHARE:
        return piece.sense.unit or "", place + 1
    if fold(piece.words) == "diem" and text.slice(place, place + 2).endswith("%"):
        return "điểm %", place + 2
    behind = _measure_end(text, place)
    if behind == place and counts and cell.name is None:
        behind = _run_end(text, place)
    return text.slice(place, behind), behind


def _cell_name_end(text: Wording, place: int, name: str) -> int:
    """Place behind the words that repeat the unit cell, whole or one of its alternatives."""
    start = text.pieces[place].start
    for each in [name, *name.split(",")]:
        end = start + len(each.strip())
        if not each.strip() or fold(text.text[start:end]) != fold(each.strip()):
            continue
        behind = place
        while behind < len(text.pieces) and text.pieces[behind].start < end:
            behind += 1
        if text.pieces[behind - 1].end == end:
            return behind
    return place


def _measure_end(text: Wording, place: int) -> int:
    """Place behind a unit of measure; a year or a month that is named after is none."""
    keys = [piece.key for piece in text.pieces[place : place + _SHORT_DENOMINATOR]]
    found = MEASURES.at(keys, 0, bare=text.bare)
    if found is None or (text.pieces[place].role in {Role.YEAR, Role.LOCATOR} and _is_name(text, place + 1)):
        return place
    return place + found[0]


def _run_end(text: Wording, place: int) -> int:
    """Place behind the noun that counts as a unit: plain words up to a cue, a separator or a name."""
    behind = place
    while behind < min(len(text.pieces), place + _LONGEST_UNIT):
        role = text.pieces[behind].role
        allowed = _OPENING_UNIT_ROLES if behind == place else _UNIT_ROLES
        opens = behind == place and fold(text.pieces[behind].words) == "nhom"
        dated = role in {Role.YEAR, Role.LOCATOR} and _is_name(text, behind + 1)
        if dated or not (opens or role in allowed or _is_tag(text, behind)):
            break
        behind += 1
    return behind


def _over(text: Wording, place: int) -> int:
    """Place behind "/người/năm", "/vạn dân", "/1.000 dân"."""
    while place + 1 < len(text.pieces) and text.pieces[place].role is Role.SLASH:
        place += 1
        while place < len(text.pieces) and text.pieces[place].role in {Role.NUMBER, Role.SCALE}:
            place += 1
        behind = _measure_end(text, place) if place < len(text.pieces) else place
        if behind == place:
            run = _run_end(text, place)
            behind = run if run - place <= _SHORT_DENOMINATOR else place + 1
        place = behind
    return place


def _is_tag(text: Wording, place: int) -> bool:
    """`5G` in "500 trạm 5G"."""
    glued = place + 1 < len(text.pieces) and text.pieces[place + 1].start == text.pieces[place].end
    return glued and _is_name(text, place)


def _is_name(text: Wording, place: int) -> bool:
    return place < len(text.pieces) and text.pieces[place].role is Role.NAME
