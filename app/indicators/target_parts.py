"""What a target says, once read: its kind, its values, and whether a measured value reaches them."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.core.text import Text


class TargetKind(StrEnum):
    """What sort of thing is to be reached."""

    NUMBER = "number"
    RANGE = "range"
    RANK = "rank"
    ORDINAL = "ordinal"
    BOOLEAN = "boolean"
    QUALITATIVE = "qualitative"
    REFERENCE = "reference"
    PARENT = "parent"
    UNREAD = "unread"


class Comparator(StrEnum):
    """How a measured value must stand to the value written. CHANGE is a bare "tăng 5%", "gấp 2 lần"."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    EXACTLY = "exactly"
    ABOUT = "about"
    CHANGE = "change"


class Direction(StrEnum):
    """Which way the indicator should move."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NEUTRAL = "neutral"


UPWARD = frozenset({Comparator.AT_LEAST, Comparator.MORE_THAN})
DOWNWARD = frozenset({Comparator.AT_MOST, Comparator.LESS_THAN})


_COMPARED: Mapping[Comparator, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.CHANGE: operator.ge,
    Comparator.MORE_THAN: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.LESS_THAN: operator.lt,
    Comparator.EXACTLY: operator.eq,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPart:
    """One value of a target.

    `value` and `high` carry their multiplier (10,1 tỷ is 10100000000). A change keeps the size as written and
    its sense in `direction`: "giảm 10%" is 10, lower is better; "gấp 2 lần" is 2 in the unit "lần".
    `per` is the period of a rate or the thing each value is due for ("năm", "xã"). `level` is the grade of an
    ordinal, which has no value. `binding` is False for an aspiration.
    """

    comparator: Comparator
    direction: Direction
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    per: str | None = None
    scope: str | None = None
    baseline: str | None = None
    change: bool = False
    level: str | None = None
    binding: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReading:
    """A target as written, and what was read from it.

    `words` and `unit_words` are verbatim. `binding` is False where every value is an aspiration.
    `comparator_assumed` says that "ít nhất" (for a rank "tối đa") was not written but taken for granted.
    `questions` are the traps worth asking the drafter about; `why` tells why the words stayed unread.
    """

    words: str
    unit_words: str
    kind: TargetKind
    parts: tuple[TargetPart, ...] = ()
    binding: bool = True
    condition: str | None = None
    comparator_assumed: bool = False
    questions: tuple[Text, ...] = ()
    why: Text | None = None


def reached(part: TargetPart, value: Decimal) -> bool | None:
    """Whether a measured value, in the unit and multiplier of the part, reaches it; None where a person must judge.

    A range is reached from its lower end on, and beyond its far end if that is the better side. A change is
    compared only where the thing measured is the yearly rate itself; any other needs its baseline.
    """
    if part.value is None or not value.is_finite() or _contradictory(part):
        return None
    if part.change and not _is_rate_of_increase(part):
        return None
    if part.comparator is Comparator.BETWEEN:
        return _within(part, part.value, value)
    if part.comparator is Comparator.ABOUT:
        return True if _as_good(part.value, value, part.direction) else None
    return _COMPARED[part.comparator](value, part.value)


def _contradictory(part: TargetPart) -> bool:
    """A rank "≥ 3", a count "giảm" with a floor: the sign and the better side point apart."""
    if part.change:
        return False
    if part.direction is Direction.LOWER_IS_BETTER:
        return part.comparator in UPWARD
    return part.direction is Direction.HIGHER_IS_BETTER and part.comparator in DOWNWARD


def _is_rate_of_increase(part: TargetPart) -> bool:
    return part.per is not None and part.baseline is None and part.direction is Direction.HIGHER_IS_BETTER


def _as_good(target: Decimal, value: Decimal, direction: Direction) -> bool:
    match direction:
        case Direction.HIGHER_IS_BETTER:
            return value >= target
        case Direction.LOWER_IS_BETTER:
            return value <= target
        case Direction.NEUTRAL:
            return value == target


def _within(part: TargetPart, low: Decimal, value: Decimal) -> bool | None:
    if part.high is None:
        return None
    if low <= value <= part.high:
        return True
    best = part.high if part.direction is Direction.HIGHER_IS_BETTER else low
    return part.direction is not Direction.NEUTRAL and _as_good(best, value, part.direction)
