"""What the cues around one value say: how to compare, which way is better, and whether it is a change."""

from dataclasses import dataclass

from app.core.text import Text, fold
from app.indicators import target_questions as ask
from app.indicators.target_clauses import Clause
from app.indicators.target_parts import DOWNWARD, UPWARD, Comparator, Direction
from app.indicators.target_pieces import Piece, Wording
from app.indicators.target_words import Role

_LEVELS = frozenset({Role.REACH, Role.UP_TO, Role.DOWN_TO})
_CHANGES = frozenset({Role.RISE, Role.FALL})
_REMEDIES = frozenset({Role.REMEDY, Role.REACH, Role.HAVE})
_BEFORE_A_VERB = frozenset(
    {Role.ASPIRE, Role.COMMA, Role.SPLIT, Role.PER, Role.BASICALLY, Role.SYMBOL, Role.FILLER}
)
_TIMES = "lần"
_TIMES_TO_KEEP = frozenset({"gio", "h", "phut", "giay", "ngay", "ngay lam viec", "tuan", "thang"})


@dataclass(frozen=True, slots=True)
class Sense:
    """How the value of a clause is meant; `assumed` where the words leave the comparator open."""

    comparator: Comparator
    direction: Direction
    change: bool
    assumed: bool
    questions: tuple[Text, ...]


def sense(text: Wording, clause: Clause) -> Sense:
    """How the value of a clause is meant."""
    change = _change(text, clause)
    comparator, assumed = _comparator(text, clause, change=change)
    direction = _direction(text, clause, comparator, change)
    questions = (
        *clause.quantity.questions,
        *clause.questions,
        *_of_comparator(clause, text, comparator),
        *_of_change(text, clause, change),
        *_of_direction(text, clause, comparator, assumed=assumed, change=change),
    )
    return Sense(comparator, direction, change is not None, assumed, questions)


def _has(pieces: tuple[Piece, ...], *roles: Role) -> bool:
    return any(piece.role in roles for piece in pieces)


def _change(text: Wording, clause: Clause) -> Role | None:
    """RISE, FALL or TIMES where the number is the size of a change and not the level arrived at."""
    if clause.quantity.nothing or clause.origin:
        return None
    cues = clause.cues(text)
    moved: Role | None = _opening_verb(text, clause)
    for piece in cues:
        if piece.role in _CHANGES or piece.role is Role.TIMES:
            moved = piece.role
        elif piece.role in {Role.UP_TO, Role.DOWN_TO, Role.TO} or (
            piece.role is Role.REACH and moved in _CHANGES
        ):
            moved = None
    if moved is None or moved is Role.TIMES:
        return moved
    # "giảm tỷ lệ hộ nghèo xuống dưới 3%" without "xuống": a limit on the wrong side is a level.
    compared = next((piece.comparator for piece in reversed(cues) if piece.role is Role.COMPARE), None)
    is_level = (moved is Role.FALL and compared in DOWNWARD) or (
        compared in UPWARD and not _has(cues, *_CHANGES) and clause.quantity.unit.per is None
    )
    return None if is_level else moved


def _opening_verb(text: Wording, clause: Clause) -> Role | None:
    """The verb a clause opens with: "giảm tỷ lệ hộ nghèo 1%"."""
    for piece in clause.subject(text):
        if piece.role in _CHANGES:
            return piece.role
        if piece.role not in _BEFORE_A_VERB:
            return None
    return None


def _comparator(text: Wording, clause: Clause, *, change: Role | None) -> tuple[Comparator, bool]:
    """The comparator, and whether it is only taken for granted."""
    written = _written(text, clause)
    if written is not None:
        return written, False
    cues = clause.cues(text)
    if clause.quantity.rank:
        return Comparator.AT_MOST, not _has(cues, Role.TOP, Role.GROUP)
    if _has(cues, Role.ABOUT):
        return Comparator.ABOUT, False
    if change is not None:
        return Comparator.CHANGE, False
    # A bare zero aims at none at all: "at least 0" would ask for nothing.
    less = _has(cues, Role.DOWN_TO) or _is_burden(text, clause) or clause.quantity.low == 0
    return (Comparator.AT_MOST if less else Comparator.AT_LEAST), True


def _written(text: Wording, clause: Clause) -> Comparator | None:
    cues, quantity = clause.cues(text), clause.quantity
    if quantity.nothing:
        return Comparator.ABOUT if _has(cues, Role.BASICALLY) else Comparator.EXACTLY
    if quantity.high is not None:
        return Comparator.BETWEEN
    compared = next((piece.comparator for piece in reversed(cues) if piece.role is Role.COMPARE), None)
    if compared is None and _has(cues, Role.GROUP) and _is_time(quantity.unit.name) and not quantity.rank:
        compared = Comparator.AT_MOST  # "giải quyết trong 24 giờ"
    closing = text.pieces[clause.after].comparator if clause.after is not None else None
    if compared is not None or closing is None:
        return compared
    return _better_rank(closing) if quantity.rank else closing


def _is_time(unit: str | None) -> bool:
    return unit is not None and fold(unit) in _TIMES_TO_KEEP


def _better_rank(written: Comparator) -> Comparator:
    """Upward among ranks is toward the smaller number."""
    return Comparator.AT_MOST if written is Comparator.AT_LEAST else Comparator.AT_LEAST


def _direction(text: Wording, clause: Clause, comparator: Comparator, change: Role | None) -> Direction:
    if change is not None:
        return Direction.LOWER_IS_BETTER if change is Role.FALL else Direction.HIGHER_IS_BETTER
    if clause.quantity.rank or clause.quantity.nothing or comparator in DOWNWARD:
        return Direction.LOWER_IS_BETTER
    if comparator in UPWARD:
        return Direction.HIGHER_IS_BETTER
    cues = clause.cues(text)
    before = {piece.comparator for piece in cues if piece.comparator is not None}
    if comparator is Comparator.BETWEEN and before:
        return Direction.LOWER_IS_BETTER if before <= DOWNWARD else Direction.HIGHER_IS_BETTER
    steady = _has(cues, Role.STEADY) or _has(clause.subject(text), Role.STEADY)
    if comparator is Comparator.EXACTLY or steady:
        return Direction.NEUTRAL
    lower = _has(cues, Role.DOWN_TO, Role.FALL) or _is_burden(text, clause)
    return Direction.LOWER_IS_BETTER if lower else Direction.HIGHER_IS_BETTER


def _is_burden(text: Wording, clause: Clause) -> bool:
    """Whether the subject is an evil that is counted, not one that is dealt with."""
    lead = clause.subject(text)
    return _has(lead, Role.BURDEN) and not _has((*lead, *clause.cues(text)), *_REMEDIES)


def _of_comparator(clause: Clause, text: Wording, comparator: Comparator) -> tuple[Text, ...]:
    cues = clause.cues(text)
    asked: list[Text] = []
    limits = {comparator} if comparator is not Comparator.BETWEEN else _limits(text, clause)
    in_words = any(
        piece.words[0].isalpha() for piece in (*cues, *_inside(text, clause)) if piece.role is Role.COMPARE
    )
    if Comparator.MORE_THAN in limits and in_words:
        asked.append(ask.STRICTLY_ABOVE)
    if Comparator.LESS_THAN in limits and in_words:
        asked.append(ask.STRICTLY_BELOW)
    if comparator is Comparator.BETWEEN:
        asked.append(ask.RANGE_REACHED_AT_LOWER_END)
    if _has(cues, Role.ABOUT):
        asked.append(ask.APPROXIMATE)
    if _has(cues, Role.BASICALLY):
        asked.append(ask.BASICALLY)
    return tuple(asked)


def _of_change(text: Wording, clause: Clause, change: Role | None) -> tuple[Text, ...]:
    if change is None:
        return ()
    cues, quantity = clause.cues(text), clause.quantity
    asked: list[Text] = []
    if change is not Role.TIMES and (quantity.unit.name or "").startswith("%"):
        asked.append(ask.PERCENT_OR_POINTS)
    if quantity.unit.per is None:
        asked.append(ask.BASELINE_VALUE if clause.baseline else ask.BASELINE_MISSING)
    if change is Role.RISE and quantity.unit.name == _TIMES:
        asked.append(ask.TIMES_OR_BY_TIMES)
    if quantity.high is not None and _has(cues, Role.FROM) and _has(_inside(text, clause), Role.TO):
        asked.append(ask.RISE_OR_FROM_TO)
    if not _has(cues, Role.RISE, Role.FALL, Role.TIMES) and quantity.unit.per is None:
        asked.append(ask.CHANGE_OR_LEVEL)
    return tuple(asked)


def _limits(text: Wording, clause: Clause) -> set[Comparator]:
    """Every comparator written at either end of a range."""
    pieces = (*clause.cues(text), *_inside(text, clause))
    return {piece.comparator for piece in pieces if piece.comparator is not None}


def _inside(text: Wording, clause: Clause) -> tuple[Piece, ...]:
    return text.pieces[clause.quantity.number : clause.quantity.behind]


def _of_direction(
    text: Wording, clause: Clause, comparator: Comparator, *, assumed: bool, change: Role | None
) -> tuple[Text, ...]:
    cues = clause.cues(text)
    if clause.quantity.rank:
        upward = clause.after is not None and not _has(cues, Role.COMPARE)
        wrong = comparator in UPWARD and not upward
        return (ask.RANK_UPWARD,) if upward else ((ask.RANK_SIGN,) if wrong else ())
    open_sided = (
        assumed or comparator in {Comparator.BETWEEN, Comparator.ABOUT}
    ) and not clause.quantity.nothing
    subject = clause.subject(text)
    burden = _has(subject, Role.BURDEN) and change is None and not _has(cues, Role.DOWN_TO)
    asked: list[Text] = []
    if open_sided and (burden or _has((*subject, *cues), Role.STEADY)):
        asked.append(ask.WHICH_WAY)
    # A limit against its own verb, "giảm dưới 3%", was read as a level.
    if change is None and clause.origin is None and _has(cues, *_CHANGES) and not _has(cues, *_LEVELS):
        asked.append(ask.CHANGE_OR_LEVEL)
    return tuple(asked)
