"""Which words of a target belong to which of its values: the subject before it, the conditions behind it."""

from dataclasses import dataclass, replace

from app.core.text import Text, fold
from app.indicators import target_questions as ask
from app.indicators.target_pieces import Piece, Wording
from app.indicators.target_quantities import CUE_ROLES, Quantity
from app.indicators.target_units import closing_period
from app.indicators.target_words import Role

# Ages, stars and spans of years mostly describe who or what is counted, where another number counts it.
_DESCRIBING_UNITS = frozenset({"tuổi", "sao", "năm"})
_OPENS_A_CLAUSE = CUE_ROLES | {Role.HEAD, Role.NUMBER, Role.ZERO}
_MAY_JOIN_NOUNS = frozenset({"va", "hoac", "("})
NO_CONTENT = CUE_ROLES - {Role.RANK} | {Role.COMMA, Role.SPLIT, Role.BREAK, Role.SYMBOL, Role.DASH}
_ENDS_A_BASELINE = frozenset(
    {
        Role.COMMA, Role.BREAK, Role.LINK, Role.SPLIT, Role.COMPARE, Role.RISE, Role.FALL, Role.REACH,
        Role.UP_TO, Role.DOWN_TO, Role.NUMBER, Role.AFTER,
    }
)  # fmt: skip
# "90% chi bộ xếp loại tốt trở lên": behind one of these "trở lên" speaks of the level, not of the number.
_BLOCKS_AFTER = frozenset(
    {
        Role.NUMBER,
        Role.FRACTION,
        Role.BREAK,
        Role.COMMA,
        Role.LOCATOR,
        Role.REACH,
        Role.RANK,
        Role.HAVE,
        Role.FROM,
    }
)
_GRADES = frozenset(
    {"xếp", "xep", "tốt", "tot", "khá", "kha", "giỏi", "gioi", "tuổi", "tuoi", "sao", "loại", "loai"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One quantity with its words.

    All are places among the pieces: `lead` before the cues, `rest` behind the unit, `after` the "trở lên" or
    "trở xuống" in the rest, `baseline` the "so với …", `origin` the "từ 60%" of "từ 60% lên 75%", `shared` the cues
    of an earlier value that hold for this one too ("giảm 5% số vụ, 5% số người chết").
    """

    quantity: Quantity
    lead: tuple[int, int]
    rest: tuple[int, int]
    after: int | None = None
    baseline: tuple[int, int] | None = None
    origin: tuple[int, int] | None = None
    shared: tuple[int, int] | None = None
    questions: tuple[Text, ...] = ()

    def cues(self, text: Wording) -> tuple[Piece, ...]:
        """The cues that lead up to the number."""
        return text.pieces[slice(*(self.shared or (self.quantity.cues, self.quantity.number)))]

    def subject(self, text: Wording) -> tuple[Piece, ...]:
        """The pieces before the cues."""
        return text.pieces[self.lead[0] : self.lead[1]]

    def remains(self) -> list[tuple[int, int]]:
        """The rest without "trở lên" and the baseline."""
        holes = [(self.after, self.after + 1)] if self.after is not None else []
        holes += [self.baseline] if self.baseline and self.baseline[0] >= self.rest[0] else []
        places: list[tuple[int, int]] = []
        start = self.rest[0]
        for first, behind in sorted(holes):
            places.append((start, first))
            start = behind
        return [*places, (start, max(start, self.rest[1]))]

    def baseline_words(self, text: Wording) -> str | None:
        """What the value is set against, as written."""
        against = self.baseline or self.origin
        return text.slice(*against) if against else None


def clauses(text: Wording, found: list[Quantity]) -> list[Clause]:
    """Every value with the words that belong to it, in the order written."""
    kept: list[Clause] = []
    for quantity in _counting(found):
        clause = Clause(quantity=quantity, lead=(0, quantity.cues), rest=(quantity.behind, len(text.pieces)))
        if not kept:
            kept.append(clause)
            continue
        kept[-1:] = _joined(text, kept[-1], clause)
    return kept


def _counting(found: list[Quantity]) -> list[Quantity]:
    counting = [each for each in found if each.unit.name not in _DESCRIBING_UNITS]
    return counting or found


def _joined(text: Wording, before: Clause, clause: Clause) -> list[Clause]:
    """Both clauses told apart, or the one that says the target where the other only describes."""
    first, second = before.quantity, clause.quantity
    cut = _cut(text, first.behind, second.cues)
    if cut is not None and _is_firm(text, cut, second):
        return _apart(text, before, clause, cut)
    if _leads_on(text, before, clause):
        origin = (_from(text, before), first.behind)
        reached = replace(second, rank=second.rank or first.rank)
        return [replace(clause, quantity=reached, lead=before.lead, origin=origin)]
    if _describes(text, before, second):
        return [replace(clause, lead=(before.lead[0], second.cues))]
    if cut is not None:
        return _apart(text, before, clause, cut)
    if first.nothing or not has_content(text, *before.lead):
        return [before]
    asked = replace(
        before, rest=(first.behind, second.cues), questions=(*before.questions, ask.SEVERAL_VALUES)
    )
    return [asked, replace(clause, lead=(second.cues, second.cues))]


def _apart(text: Wording, before: Clause, clause: Clause, cut: int) -> list[Clause]:
    start = max(
        (place + 1 for place in range(cut, clause.quantity.cues) if text.pieces[place].role is Role.BREAK),
        default=cut,
    )
    lead = (start, clause.quantity.cues)
    shared = _shared(text, before, clause, cut)
    return [
        replace(before, rest=(before.quantity.behind, cut)),
        replace(clause, lead=lead, shared=shared),
    ]


def _shared(text: Wording, before: Clause, clause: Clause, cut: int) -> tuple[int, int] | None:
    """The cues before the earlier value, where they tell of a change and this one stands bare behind a comma or "và"."""
    first, second = before.quantity, clause.quantity
    bare = second.cues == second.number == cut + 1 and text.pieces[cut].role is not Role.BREAK
    changes = {Role.RISE, Role.FALL, Role.TIMES}
    if not bare or first.unit.name != second.unit.name:
        return None
    if before.shared:
        return before.shared
    moved = any(piece.role in changes for piece in before.cues(text))
    return (first.cues, first.number) if moved else None


def _cut(text: Wording, first: int, behind: int) -> int | None:
    """Place of the separator between two quantities: an end of sentence, else the one a new clause follows."""
    places = range(first, behind)
    ends = [place for place in places if text.pieces[place].role is Role.BREAK]
    soft = [place for place in places if text.pieces[place].role in {Role.COMMA, Role.SPLIT}]
    opening = [
        place for place in soft if place + 1 < behind and text.pieces[place + 1].role in _OPENS_A_CLAUSE
    ]
    return next(iter(ends or opening or soft[-1:]), None)


def _is_firm(text: Wording, cut: int, second: Quantity) -> bool:
    """Whether the separator surely parts two clauses: "và", "hoặc" and "(" may as well join two nouns."""
    separator = text.pieces[cut]
    if separator.role is Role.BREAK or fold(separator.words) not in _MAY_JOIN_NOUNS:
        return True
    return cut + 1 == second.cues or text.pieces[cut + 1].role in _OPENS_A_CLAUSE


def _leads_on(text: Wording, before: Clause, clause: Clause) -> bool:
    """`từ 60% lên 75%`, `từ 5% xuống còn 3%`."""
    onward = any(piece.role in {Role.UP_TO, Role.DOWN_TO} for piece in clause.cues(text))
    return onward and clause.quantity.cues == before.quantity.behind and _from(text, before) >= 0


def _from(text: Wording, clause: Clause) -> int:
    """Place of the "từ" that the number stands behind, "hạng" between them or not; -1 if there is none."""
    place = clause.quantity.number - 1
    while place >= clause.quantity.cues and text.pieces[place].role is Role.RANK:
        place -= 1
    return place if place >= clause.quantity.cues and text.pieces[place].role is Role.FROM else -1


def _describes(text: Wording, before: Clause, second: Quantity) -> bool:
    """Whether the earlier number only describes: "tốc độ trên 1Gb/s đạt 100%", "tỷ lệ xã đạt 19 tiêu chí đạt 90%"."""
    first = before.quantity
    if first.nothing or not has_content(text, *before.lead) or (first.unit.name or "").startswith("%"):
        return False
    reaches = any(piece.role is Role.REACH for piece in text.pieces[second.cues : second.number])
    bound = {Role.REACH, Role.RISE, Role.FALL, Role.UP_TO, Role.DOWN_TO, Role.TIMES}
    free = not any(piece.role in bound for piece in before.cues(text))
    a_share = any(piece.role is Role.HEAD for piece in before.subject(text))
    return reaches and (free or (a_share and (second.unit.name or "").startswith("%")))


def completed(text: Wording, clause: Clause) -> Clause:
    """The clause with its "trở lên", its baseline and its period found."""
    found = replace(clause, after=_after(text, clause), baseline=_baseline(text, clause))
    before = (*found.subject(text), *found.cues(text))
    period = next((piece.sense.unit for piece in before if piece.role is Role.PER), None)
    period = period or closing_period(text.slice(*found.rest))
    unit = found.quantity.unit
    return replace(found, quantity=replace(found.quantity, unit=replace(unit, per=unit.per or period)))


def _after(text: Wording, clause: Clause) -> int | None:
    if any(piece.role is Role.COMPARE for piece in clause.cues(text)):
        # "tối thiểu 80% trở lên" says it twice; further on it speaks of something else.
        first, behind = clause.rest
        return first if first < behind and text.pieces[first].role is Role.AFTER else None
    for place in range(*clause.rest):
        piece = text.pieces[place]
        if piece.role is Role.AFTER:
            return place
        if piece.role in _BLOCKS_AFTER or piece.key in _GRADES:
            return None
    return None


def _baseline(text: Wording, clause: Clause) -> tuple[int, int] | None:
    for first, behind in (clause.rest, clause.lead):
        for place in range(first, behind):
            if text.pieces[place].role is Role.BASELINE:
                return place, _baseline_end(text, place, behind)
    first, behind = clause.rest
    multiplied = any(piece.role is Role.TIMES for piece in clause.cues(text))
    if multiplied and first < behind and text.pieces[first].role not in _ENDS_A_BASELINE:
        return first, _baseline_end(text, first, behind)
    return None


def _baseline_end(text: Wording, place: int, behind: int) -> int:
    end = place + 1
    while end < behind and text.pieces[end].role not in _ENDS_A_BASELINE:
        end += 1
    return end


def has_content(text: Wording, first: int, behind: int) -> bool:
    """Whether the words between two places name anything at all."""
    return any(piece.role not in NO_CONTENT for piece in text.pieces[first:behind])
