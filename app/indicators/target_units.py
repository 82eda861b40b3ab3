"""Units of targets: the unit cell of an annex, the unit behind a number, and which of the two holds."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from app.core.text import fold, squeezed
from app.indicators.numbers import plain, read_number
from app.indicators.target_lexicon import spelled, unmarked
from app.indicators.target_words import CUES, Role

ONE = Decimal(1)
_EMPTY = frozenset({"", "-", "--", "…", "...", "/", "x", "."})
_PERIOD = re.compile(
    r"\s*/\s*(?:1\s+)?(năm|tháng|quý|tuần|ngày|nhiệm kỳ|nam|thang|quy|tuan|ngay|nhiem ky)$", re.IGNORECASE
)
_MILLIONS = re.compile(r"tr(?:\.\s?|\s)?(đ|đồng)(?=$|[\s/])", re.IGNORECASE)
_POWER_OF_TEN = re.compile(r"1(?:[.]?0)*")
_SHARE_OF_NOTHING = re.compile(r"(?:tỷ|tỉ|ty|ti)\s+(?:lệ|le)\s*\(?\s*(?=[%‰])", re.IGNORECASE)
_RANKS = frozenset({"thu bac", "thu hang", "xep hang", "hang", "vi tri", "xep thu", "thu tu", "bac xep hang"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by name; `factor` multiplies every value (tỷ đồng: 10^9 in đồng), `per` is the period of a rate."""

    name: str | None = None
    per: str | None = None
    factor: Decimal = ONE
    rank: bool = False


NO_UNIT = Unit()


def cell_unit(words: str) -> Unit:
    """The unit that a cell of an annex names: `%/năm`, `tỷ USD`, `Tr.đ`, `1.000 tấn`, `Người/vạn dân`, `Thứ bậc`."""
    name = squeezed(plain(words))
    if name in _EMPTY:
        return NO_UNIT
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    name = _SHARE_OF_NOTHING.sub("", name).removesuffix(")") if _SHARE_OF_NOTHING.match(name) else name
    if fold(name) in _RANKS:
        return Unit(name, rank=True)
    return with_period(_scaled(_MILLIONS.sub(r"triệu \1", name)))


def closing_period(words: str) -> str | None:
    """The period that words end with: `năm` of "đảng viên/năm"."""
    ending = _PERIOD.search(words)
    return ending[1].lower() if ending else None


def with_period(unit: Unit) -> Unit:
    """The same unit with a closing "/năm" taken off its name into `per`."""
    ending = _PERIOD.search(unit.name or "")
    if unit.name is None or ending is None:
        return unit
    return replace(unit, name=unit.name[: ending.start()].strip() or None, per=ending[1].lower())


def _scaled(name: str) -> Unit:
    """Leading multipliers taken off: "nghìn tỷ đồng", "1.000 người"."""
    words = name.split(" ")
    factor = ONE
    count = read_number(words[0])
    if count is not None and len(words) > 1 and _POWER_OF_TEN.fullmatch(words[0]):
        factor, words = count, words[1:]
    bare = unmarked(name)
    while words and (power := _power(words, bare=bare)):
        factor, words = factor * Decimal(10) ** power, words[1:]
    return Unit(" ".join(words) or None, factor=factor)


def _power(words: list[str], *, bare: bool) -> int:
    """Power of ten of the first word; none in "tỷ lệ", "tỷ trọng"."""
    found = CUES.at([fold(word) if bare else spelled(word) for word in words[:3]], 0, bare=bare)
    return found[1].power if found and found[1].role is Role.SCALE else 0


def settle(own: Unit, cell: Unit) -> tuple[Unit, bool]:
    """The unit of a value that carries `own` beside it under the cell's unit, and whether the two disagree.

    The words beside the number win; the cell fills what they leave open, and names the unit where it is the
    more exact one (`%` under `% tổng chi NSNN`).
    """
    if cell.rank or cell == NO_UNIT:
        return (own if own.name or own.factor != ONE else replace(own, name=cell.name)), False
    if own.name is None:
        clash = own.factor != ONE != cell.factor and own.factor != cell.factor
        factor = cell.factor if own.factor == ONE else own.factor
        return Unit(cell.name, own.per or cell.per, factor), clash
    if not _same(own.name, cell.name):
        return own, True
    clash = cell.factor not in {ONE, own.factor}
    return Unit(cell.name or own.name, own.per or cell.per, own.factor), clash


def _same(own: str, cell: str | None) -> bool:
    if cell is None:
        return True
    short, long = sorted((fold(own), fold(cell)), key=len)
    return long.startswith(short) or short in re.split(r",\s*|\s+hoặc\s+|\s+và\s+", long)
