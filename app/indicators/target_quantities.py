"""The quantities of a wording: a number or range with the cues before it and the unit behind it."""

from dataclasses import dataclass, replace
from decimal import Context, Decimal

from app.core.text import Text, fold
from app.indicators import target_questions as ask
from app.indicators.numbers import doubt, number_or_why, plain
from app.indicators.target_measures import unit_behind
from app.indicators.target_names import counts_digits
from app.indicators.target_pieces import Piece, Wording
from app.indicators.target_units import NO_UNIT, ONE, Unit, settle
from app.indicators.target_words import COUNTED, Role

# Wide enough for the longest number admitted under the largest multiplier: nothing is rounded.
_EXACT = Context(prec=60)
_LEADERS_WITHIN = 12
# More numbers than any target seen; keeps the time linear in the length of the text.
MAX_QUANTITIES = 40

CUE_ROLES = frozenset(
    {
        Role.COMPARE, Role.ABOUT, Role.RISE, Role.FALL, Role.TIMES, Role.REACH, Role.UP_TO, Role.DOWN_TO,
        Role.STEADY, Role.ASPIRE, Role.BASICALLY, Role.FILLER, Role.HAVE, Role.FROM, Role.TO, Role.PER,
        Role.RANK, Role.TOP, Role.GROUP,
    }
)  # fmt: skip
_SEPARATORS = frozenset({Role.BREAK, Role.COMMA, Role.SPLIT})
_DEFECTIVE = frozenset("±≠∓^_×→➔")  # an arrow may lead from a level to the next, or over a range
_COUNTED_DIGITS = frozenset({2, 3})
_AVERAGES = frozenset({"binh quan", "trung binh"})
_TIMES = "lần"
# A change may be told in these whatever the indicator itself is counted in.
_UNITS_OF_CHANGE = frozenset({_TIMES, "bậc", "điểm %", "%"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """Places among the pieces: cues from `cues`, the number from `number`, `behind` the one after the unit."""

    cues: int
    number: int
    behind: int
    low: Decimal
    high: Decimal | None = None
    unit: Unit = NO_UNIT
    rank: bool = False
    nothing: bool = False
    questions: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Decimal
    factor: Decimal
    behind: int
    doubts: tuple[Text, ...]


def quantities(text: Wording, cell: Unit) -> list[Quantity] | Text:
    """Every quantity from left to right, or why one of the numbers cannot be read."""
    found: list[Quantity] = []
    place = 0
    while place < len(text.pieces):
        quantity = _quantity(text, place, cell)
        if isinstance(quantity, Text):
            return quantity
        if quantity is not None and len(found) == MAX_QUANTITIES:
            return ask.TOO_MANY
        if quantity is not None:
            floor = found[-1].behind if found else 0
            found.append(replace(quantity, cues=max(quantity.cues, floor)))
        place = quantity.behind if quantity else place + 1
    return found


def _quantity(text: Wording, place: int, cell: Unit) -> Quantity | Text | None:
    role = text.pieces[place].role
    if role is Role.ZERO:
        return _nothing(text, place, cell)
    if role not in {Role.NUMBER, Role.FRACTION}:
        return None
    if _is_defective(text, place):
        return ask.NOT_UNDERSTOOD
    amount = _amount(text, place)
    if isinstance(amount, Text):
        return amount
    if digits := _digits(text, place, amount):
        return digits
    sign = _sign_before(text, place)
    first = place - 1 if sign else place
    cues = cues_before(text, first)
    rank = _is_rank(text, cues, amount.behind, cell)
    if role is Role.FRACTION:
        amount = _of_whole(text.pieces[place], amount, cell, rank=rank)
    own, behind = unit_behind(text, amount.behind, cell, counts=not rank and role is Role.NUMBER)
    if own.name is None and any(piece.role is Role.TIMES for piece in text.pieces[cues:first]):
        own = replace(own, name=_TIMES)
    quantity = Quantity(
        cues=cues, number=first, behind=behind, low=_times(amount.value, amount.factor),
        unit=replace(own, factor=amount.factor), rank=rank and own.name in {None, cell.name}, questions=amount.doubts,
    )  # fmt: skip
    if sign:
        quantity = _signed(text, quantity)
    ranged = quantity if role is Role.FRACTION else _ranged(text, quantity, amount, cell)
    return ranged if isinstance(ranged, Text) else _settled(text, ranged, cell)


def _of_whole(piece: Piece, amount: _Amount, cell: Unit, *, rank: bool) -> _Amount:
    """`15/63` is the 15th of 63, `8/10` under the unit "xã" eight of ten, and under "%" eighty."""
    upper = Decimal(plain(piece.words).split("/")[0])
    if rank or (cell.name and not cell.name.startswith("%")):
        return replace(amount, value=upper, doubts=())
    return replace(amount, value=_times(amount.value, Decimal(100))) if cell.name else amount


def _digits(text: Wording, place: int, amount: _Amount) -> Quantity | None:
    """`tăng trưởng 2 con số`: the least number of so many digits, in percent."""
    count = int(amount.value)
    if not counts_digits(text.pieces, place) or count != amount.value or count not in _COUNTED_DIGITS:
        return None
    return Quantity(
        cues=cues_before(text, place), number=place, behind=place + 2, low=Decimal(10) ** (count - 1),
        unit=Unit("%"), questions=(ask.DIGITS,),
    )  # fmt: skip


def _is_defective(text: Wording, place: int) -> bool:
    """`±5`, `10 +/- 2`, `10^6`, `10²`: more than a plain number, which must not be read as the plain part of it."""
    if place and text.pieces[place - 1].words in _DEFECTIVE:
        return True
    if place + 1 == len(text.pieces):
        return False
    behind = text.pieces[place + 1]
    if text.slice(place + 1, place + 4) == "+/-":
        return True
    glued = behind.start == text.pieces[place].end
    return glued and (behind.words in _DEFECTIVE or behind.words[0].isnumeric())


def _nothing(text: Wording, place: int, cell: Unit) -> Quantity | None:
    """`không còn hộ nghèo`: zero. "không có" says so only at the head of its clause."""
    cues = cues_before(text, place)
    everywhere = fold(text.pieces[place].words) != "khong co"
    heads = cues == 0 or text.pieces[cues - 1].role in _SEPARATORS
    named = place + 1 < len(text.pieces) and text.pieces[place + 1].role not in _SEPARATORS
    # Alone in the cell it is zero of what the title names; "không có" alone may say that nothing is set.
    alone = len(text.pieces) == 1 and (everywhere or cell.name is not None)
    if not alone and (not named or not (everywhere or heads)):
        return None
    return Quantity(cues=cues, number=place, behind=place + 1, low=Decimal(0), unit=cell, nothing=True)


def cues_before(text: Wording, place: int) -> int:
    """Place of the first of the cues that lead up to a number without a break."""
    while place:
        colon = place > 1 and text.pieces[place - 1].words == ":"
        if text.pieces[place - 1 - colon].role not in CUE_ROLES:
            break
        place -= 1 + colon
    # "thu nhập bình quân 75 triệu": of the subject, unless a verb stands before it.
    while (
        place
        and fold(text.pieces[place].words) in _AVERAGES
        and text.pieces[place - 1].role not in _SEPARATORS
    ):
        place += 1
    return place


def _amount(text: Wording, place: int) -> _Amount | Text:
    """A number with the multipliers behind it."""
    piece = text.pieces[place]
    value = _value(piece, bare=text.bare)
    if isinstance(value, Text):
        return ask.ILL_FORMED.filled(words=piece.words, vi=value.vi, en=value.en)
    behind, factor = place + 1, ONE
    while behind < len(text.pieces) and text.pieces[behind].role is Role.SCALE:
        factor = _EXACT.multiply(factor, Decimal(10) ** text.pieces[behind].sense.power)
        behind += 1
    doubts = (
        (ask.SHARE_OF_WHAT,) if piece.role is Role.FRACTION else tuple(filter(None, [doubt(piece.words)]))
    )
    return _Amount(value, factor, behind, doubts)


def _value(piece: Piece, *, bare: bool) -> Decimal | Text:
    if piece.role is Role.FRACTION:
        upper, lower = plain(piece.words).split("/")
        return Context(prec=28).divide(Decimal(upper), Decimal(lower))
    counted = COUNTED.at([piece.key], 0, bare=bare)
    return counted[1] if counted else number_or_why(piece.words)


def _sign_before(text: Wording, place: int) -> str:
    """`-` or `+` where it belongs to the number, not between two numbers or before an item of a list."""
    if not place or plain(text.pieces[place - 1].words) not in {"-", "+"}:
        return ""
    sign = text.pieces[place - 1]
    compared = place > 1 and text.pieces[place - 2].role is Role.COMPARE
    stands_apart = place == 1 or text.pieces[place - 2].role in CUE_ROLES | _SEPARATORS | {Role.SYMBOL}
    return plain(sign.words) if compared or (stands_apart and sign.end == text.pieces[place].start) else ""


def _signed(text: Wording, quantity: Quantity) -> Quantity:
    minus = plain(text.pieces[quantity.number].words) == "-"
    compared = quantity.number and text.pieces[quantity.number - 1].role is Role.COMPARE
    return replace(
        quantity,
        low=-quantity.low if minus else quantity.low,
        questions=quantity.questions if compared else (*quantity.questions, ask.SIGN),
    )


def _is_rank(text: Wording, cues: int, behind: int, cell: Unit) -> bool:
    """A rank by its unit, by "xếp hạng", "top", "nhóm", or by "thuộc … nước dẫn đầu"."""
    before = text.pieces[cues:behind]
    if cell.rank or any(piece.role in {Role.RANK, Role.TOP} for piece in before):
        return True
    if not any(piece.role is Role.GROUP for piece in before):
        return False
    if any("nhom" in fold(piece.words) for piece in before if piece.role is Role.GROUP):
        return True
    for piece in text.pieces[behind : behind + _LEADERS_WITHIN]:
        if piece.role in {Role.BREAK, Role.NUMBER}:
            return False
        if piece.role is Role.LEADERS:
            return True
    return False


def _ranged(text: Wording, first: Quantity, amount: _Amount, cell: Unit) -> Quantity | Text:
    """The same quantity with its far end, where a dash or "đến" leads on to a second number."""
    place = first.behind
    if place >= len(text.pieces) or not _leads_on(text.pieces[place]):
        return first
    place += 1
    while place < len(text.pieces) and text.pieces[place].role is Role.COMPARE:
        place += 1
    if place >= len(text.pieces) or text.pieces[place].role is not Role.NUMBER:
        return first
    second = _amount(text, place)
    if isinstance(second, Text):
        return second
    unit, behind = unit_behind(text, second.behind, cell, counts=not first.rank)
    if first.unit.name and unit.name and fold(first.unit.name) != fold(unit.name):
        return first
    shared = amount.factor == ONE and first.unit.name is None
    low = _times(first.low, second.factor) if shared else first.low
    ranged = replace(
        first, behind=behind, low=low, high=_times(second.value, second.factor),
        unit=Unit(unit.name or first.unit.name, unit.per or first.unit.per, max(amount.factor, second.factor)),
        questions=(*first.questions, *second.doubts),
    )  # fmt: skip
    return _well_ordered(text, ranged)


def _leads_on(piece: Piece) -> bool:
    """A dash or "đến" between two numbers, or a tilde written for the dash."""
    return piece.role in {Role.DASH, Role.TO} or piece.words == "~"


def _well_ordered(text: Wording, quantity: Quantity) -> Quantity | Text:
    words = text.slice(quantity.number, quantity.behind)
    roles = [piece.role for piece in text.pieces[quantity.behind : quantity.behind + 2]]
    if roles == [Role.DASH, Role.NUMBER]:
        return ask.CHAINED.filled(words=text.slice(quantity.number, quantity.behind + 2))
    if quantity.high is not None and quantity.low > quantity.high:
        return ask.BACKWARDS.filled(words=words)
    return quantity


def _settled(text: Wording, quantity: Quantity, cell: Unit) -> Quantity:
    """The quantity under the unit of its cell, multiplied where only the cell says by how much."""
    unit, clash = settle(quantity.unit, cell)
    extra = unit.factor if quantity.unit.factor == ONE else ONE
    moved = any(
        piece.role in {Role.RISE, Role.FALL, Role.TIMES}
        for piece in text.pieces[quantity.cues : quantity.number]
    )
    asked = clash and not (moved and quantity.unit.name in _UNITS_OF_CHANGE)
    return replace(
        quantity,
        unit=unit,
        low=_times(quantity.low, extra),
        high=None if quantity.high is None else _times(quantity.high, extra),
        questions=(*quantity.questions, ask.UNIT_DIFFERS) if asked else quantity.questions,
    )


def _times(value: Decimal, factor: Decimal) -> Decimal:
    """The exact product, without a fraction where it is whole."""
    if factor == ONE:
        return value
    product = _EXACT.multiply(value, factor)
    whole = product.to_integral_value(context=_EXACT)
    return whole if whole == product else product
