"""Decisions about indicators: their numbers, periods and figures, their roll-up, and where a figure is heading."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal, NamedTuple
from uuid import UUID

from app.core.errors import Refused
from app.core.text import Text, fold, sort_key
from app.core.words import REFERENCE_UNKNOWN
from app.indicators.target_parts import Comparator, Direction, TargetKind, TargetPart, TargetReading, reached
from app.indicators.targets import read_target
from app.indicators.words import (
    INDICATOR_HAS_PARTS,
    INDICATOR_LOOP,
    INDICATOR_NUMBER_TAKEN,
    INDICATOR_WITHDRAWN,
    MEASURED_ON_OUTSIDE,
    MEASUREMENT_ELSEWHERE,
    MEASUREMENT_EXISTS,
    SCOPE_UNKNOWN,
)

PERIOD = r"^[12][0-9]{3}(-(Q[1-4]|0[1-9]|1[0-2]))?$"
"""A year, a quarter or a month: `2026`, `2026-Q4`, `2026-11`."""
PLACES = 10  # decimals kept of a computed figure; a recorded one has no more
SHARE_TOLERANCE = Decimal("0.000001")  # thirds written with eight decimals do not sum to 1

RollUp = Literal["none", "sum", "average", "weighted", "latest"]

_PERIOD = re.compile(PERIOD.removesuffix("$") + r"\Z")
_RUNS = re.compile(r"[0-9]+|[^\W\d_]+")
_ROMAN = re.compile(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_PARTS = {"L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
_YEARS = re.compile(r"\bnăm\s+((?:19|20)[0-9]{2})\b", re.IGNORECASE)


# -- numbers and places ----------------------------------------------------------------------------------------


class Place(NamedTuple):
    """Where a line stands in its programme: the annex, its number as a key, and which of the lines of that number."""

    annex: str
    number_key: str
    ordinal: int


def number_key(number: str) -> str:
    """ASCII key whose byte order is the order of numbers as printed: 2 before 11, 11.2 before 11.10, IV before IX.

    Numbers that differ in leading zeros or punctuation alone have one key; a number without letters or digits has "".
    """
    return ".".join(_run_key(run) for run in _RUNS.findall(unicodedata.normalize("NFKC", number)))


def _run_key(run: str) -> str:
    if run.isascii() and run.isdigit():
        digits = run.lstrip("0") or "0"
        # The length first: the key orders by size, whatever the size.
        return f"{len(digits):02d}{digits}"
    if _ROMAN.fullmatch(run):
        return _run_key(str(_roman(run)))
    return sort_key(run).partition(" ")[0]


def _roman(numeral: str) -> int:
    value = 0
    while numeral:
        part = next(part for part in ("XL", "IX", "IV", *_ROMAN_PARTS) if numeral.startswith(part))
        value += _ROMAN_PARTS[part]
        numeral = numeral.removeprefix(part)
    return value


def place_of(annex: str, number: str, ordinal: int | None, taken: Iterable[Place]) -> Place:
    """A free place for a line. Lines without a number are counted on; a number is used twice only if an ordinal says so.

    Raises Refused (indicator_number_taken).
    """
    key = number_key(number)
    used = {place.ordinal for place in taken if place[:2] == (annex, key)}
    chosen = ordinal or (max(used, default=0) + 1 if not key else 1)
    if chosen in used:
        raise Refused(INDICATOR_NUMBER_TAKEN)
    return Place(annex, key, chosen)


def parent_at(annex: str, number: str, lines: Mapping[Place, UUID]) -> UUID:
    """The first line of that number in the annex. Raises Refused (reference_unknown)."""
    key = number_key(number)
    first = min((place for place in lines if place[:2] == (annex, key)), default=None)
    if first is None:
        raise Refused(REFERENCE_UNKNOWN, name="parent_number")
    return lines[first]


def parents_first(parents: Mapping[UUID, UUID | None]) -> list[UUID]:
    """The same lines, each behind its parent. Raises Refused (indicator_loop)."""
    within = {
        line: [parent] if parent is not None and parent in parents else [] for line, parent in parents.items()
    }
    try:
        return list(TopologicalSorter(within).static_order())
    except CycleError:
        raise Refused(INDICATOR_LOOP) from None


def require_no_loop(*, loops: bool) -> None:
    """Raises Refused (indicator_loop) for a parent that lies under its own part."""
    if loops:
        raise Refused(INDICATOR_LOOP)


def require_no_parts(remaining: int) -> None:
    """A heading line goes after its parts. Raises Refused (indicator_has_parts)."""
    if remaining:
        raise Refused(INDICATOR_HAS_PARTS, count=remaining)


# -- periods and figures ---------------------------------------------------------------------------------------


def period_start(period: str) -> date:
    """First day of a period. Raises ValueError for what is no period."""
    year, month, _ = _span(period)
    return date(year, month, 1)


def period_end(period: str) -> date:
    """Last day of a period. Raises ValueError for what is no period."""
    year, month, months = _span(period)
    years, behind = divmod(month - 1 + months, 12)
    return date(year + years, behind + 1, 1) - timedelta(days=1)


def _span(period: str) -> tuple[int, int, int]:
    """Year, first month and number of months."""
    if not _PERIOD.match(period):
        raise ValueError(f"expected a period such as 2026, 2026-Q4 or 2026-11, got {period!r}")
    year, part = int(period[:4]), period[5:]
    if not part:
        return year, 1, 12
    if part.startswith("Q"):
        return year, int(part[1]) * 3 - 2, 3
    return year, int(part), 1


def require_standing(withdrawn_on: date | None) -> None:
    """Raises Refused (indicator_withdrawn) for an indicator that no longer counts."""
    if withdrawn_on is not None:
        raise Refused(INDICATOR_WITHDRAWN, on=withdrawn_on.isoformat())


def require_measured_within(measured_on: date, period: str, *, today: date) -> None:
    """A figure is taken once its period has begun, and not in the future. Raises Refused (measured_on_outside)."""
    first = period_start(period)
    if not first <= measured_on <= today:
        raise Refused(MEASURED_ON_OUTSIDE, first=first.isoformat(), today=today.isoformat())


def scope_among(scope: str, scopes: Iterable[str]) -> str:
    """The scope as the target spells it; the empty scope is the whole. Raises Refused (scope_unknown)."""
    known = {fold(one): one for one in scopes}
    if not scope or fold(scope) in known:
        return known.get(fold(scope), "")
    raise Refused(SCOPE_UNKNOWN, scope=scope, open=", ".join(sorted(known.values(), key=sort_key)) or "—")


def require_same_place(period: str, scope: str, *, replaced: tuple[str, str]) -> None:
    """A correction stands where the corrected figure stood. Raises Refused (measurement_elsewhere)."""
    if (period, scope) != replaced:
        raise Refused(MEASUREMENT_ELSEWHERE, period=replaced[0], scope=replaced[1])


def require_current(replaces_id: UUID | None, *, current: UUID | None) -> None:
    """A first figure finds none, a correction names the one that stands. Raises Refused (measurement_exists)."""
    if replaces_id != current:
        raise Refused(MEASUREMENT_EXISTS)


# -- targets ---------------------------------------------------------------------------------------------------


def baseline_read(words: str, unit_words: str) -> tuple[Decimal | None, date | None]:
    """The value and day that baseline words name, e.g. `88 (năm 2025)`; None for what they do not plainly say."""
    reading = read_target(words, unit_words)
    years = _YEARS.findall(words)
    on = date(int(years[0]), 12, 31) if len(years) == 1 else None
    if reading.kind is not TargetKind.NUMBER or len(reading.parts) != 1 or not reading.comparator_assumed:
        return None, on
    part = reading.parts[0]
    return (None if part.change else part.value), on


def plainly(value: Any) -> Any:
    """A reading, or a value of it, as plain JSON: numbers as text with a point, words in both languages."""
    match value:
        case Text():
            return {"vi": value.vi, "en": value.en}
        case TargetReading() | TargetPart():
            return {name: plainly(getattr(value, name)) for name in value.__slots__}
        case tuple():
            return [plainly(one) for one in value]
        case StrEnum():
            return value.value
        case Decimal():
            return f"{value:f}"
        case _:
            return value


# -- the whole from its parts ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A part's current figure. `share` is its part of the whole, 0–1; `value` None means that nobody has measured it."""

    value: Decimal | None
    period_end: date | None = None
    share: Decimal | None = None


def rolled_up(how: RollUp, pieces: Sequence[Piece]) -> Decimal | None:
    """The figure of a whole from its parts; None where one is missing, for a missing figure is never filled in.

    A weighted average needs every share, and shares that sum to 1. `latest` needs one figure only.
    """
    values = [piece.value for piece in pieces if piece.value is not None]
    if not values or (how != "latest" and len(values) < len(pieces)):
        return None
    match how:
        case "none":
            return None
        case "sum":
            return _decimal(sum(map(Fraction, values), Fraction()))
        case "average":
            return _decimal(sum(map(Fraction, values), Fraction()) / len(values))
        case "weighted":
            return _weighted(pieces)
        case "latest":
            return _newest(pieces)


def _weighted(pieces: Sequence[Piece]) -> Decimal | None:
    pairs = [
        (Fraction(one.value), Fraction(one.share))
        for one in pieces
        if one.value is not None and one.share is not None
    ]
    whole = sum((share for _, share in pairs), Fraction())
    if len(pairs) < len(pieces) or abs(whole - 1) > Fraction(SHARE_TOLERANCE):
        return None
    return _decimal(sum((value * share for value, share in pairs), Fraction()) / whole)


def _newest(pieces: Sequence[Piece]) -> Decimal | None:
    dated = [one for one in pieces if one.value is not None and one.period_end is not None]
    return max(dated, key=lambda one: one.period_end or date.min).value if dated else None


def _decimal(exact: Fraction) -> Decimal:
    """To ten decimals, half to even, whatever the size: the decimal context would round at 28 digits."""
    scaled = round(exact * 10**PLACES)
    whole, rest = divmod(abs(scaled), 10**PLACES)
    return Decimal(f"{'-' if scaled < 0 else ''}{whole}.{rest:0{PLACES}d}".rstrip("0").rstrip("."))


# -- where a figure is heading ---------------------------------------------------------------------------------


class Course(StrEnum):
    """Whether a target will be reached if things go on as they do."""

    ON_TRACK = "on_track"
    BEHIND = "behind"
    UNKNOWN = "unknown"


class Point(NamedTuple):
    """A figure and the day it is true of."""

    on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Outlook:
    """`expected`: where the straight way to the target stands today; `projected`: where the figure ends up.

    Both are in the unit of the target; None where nobody can tell.
    """

    expected: Decimal | None
    projected: Decimal | None
    course: Course


def outlook(
    part: TargetPart, points: Iterable[Point], *, by: date, today: date, baseline: Point | None = None
) -> Outlook:
    """Where figures lead by the target's last day, along the straight line from the baseline or the first figure.

    Figures of days behind `by` are not about this target. With one figure and no baseline nothing is projected:
    then the course is known only if that figure reaches the target already.
    """
    known = sorted(point for point in points if point.on <= by)
    start = baseline or (known[0] if known else None)
    if start is None:
        return Outlook(None, None, Course.UNKNOWN)
    expected = _expected(part, start, by, today)
    latest = known[-1] if known else start
    if latest.on <= start.on:
        return Outlook(
            expected, None, Course.ON_TRACK if known and reached(part, latest.value) else Course.UNKNOWN
        )
    projected = _decimal(_along(start, latest, by))
    return Outlook(expected, projected, _course(part, projected))


def _expected(part: TargetPart, start: Point, by: date, today: date) -> Decimal | None:
    aim = _aim(part)
    if aim is None or by <= start.on:
        return None
    return _decimal(_along(start, Point(by, aim), min(max(today, start.on), by)))


def _aim(part: TargetPart) -> Decimal | None:
    """The nearer end of what is to be reached; None for a change, whose end depends on how its size is meant."""
    if part.change:
        return None
    nearer_is_high = part.comparator is Comparator.BETWEEN and part.direction is Direction.LOWER_IS_BETTER
    return part.high if nearer_is_high else part.value


def _along(first: Point, second: Point, on: date) -> Fraction:
    """The straight line through two points, on a day."""
    slope = (Fraction(second.value) - Fraction(first.value)) / (second.on - first.on).days
    return Fraction(first.value) + slope * (on - first.on).days


def _course(part: TargetPart, projected: Decimal) -> Course:
    if part.comparator is Comparator.EXACTLY:
        # A line that passes an exact value on its better side reaches it: nobody goes on below "no poor household".
        part = replace(part, comparator=_BETTER_SIDE[part.direction])
    verdict = reached(part, projected)
    if verdict is None:
        return Course.UNKNOWN
    return Course.ON_TRACK if verdict else Course.BEHIND


_BETTER_SIDE = {
    Direction.HIGHER_IS_BETTER: Comparator.AT_LEAST,
    Direction.LOWER_IS_BETTER: Comparator.AT_MOST,
    Direction.NEUTRAL: Comparator.EXACTLY,
}
