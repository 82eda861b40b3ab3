"""Series of deadlines: on which points a recurring duty ends, and from when to when the series runs."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.deadlines.leads import Lead
from app.deadlines.parts import Parts, Said, Span
from app.deadlines.reading import Granularity
from app.deadlines.reasons import BACKWARDS, NO_ANCHOR, NO_MONTH, NOT_TOGETHER, Unreadable
from app.deadlines.recurrence import ROUNDS_A_YEAR, Every, Recurrence, YearPoint, at_ends_of
from app.deadlines.stretch import MONTHS

_ONE_DAY = timedelta(days=1)
_SUNDAY = 6
_WEEK = 7
_EVERY_OF_COUNT = {rounds: every for every, rounds in ROUNDS_A_YEAR.items()}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and last day of a series, None where it is open."""

    start: date | None = None
    due: date | None = None


def bounds(parts: Parts) -> Bounds:
    """From when to when the series runs, by the dates that have a year. Unreadable if told twice or backwards."""
    found = [_bounds_of_span(span) for span in parts.spans if _dated_span(span)]
    found += [_bounds_of_said(said) for said in parts.said if said.stretch.year is not None]
    starts = [one.start for one in found if one.start]
    # "2026 trở đi": what was named is the beginning only.
    dues = [one.due for one in found if one.due and not parts.onward]
    if len(starts) > 1 or len(dues) > 1:
        raise Unreadable(NOT_TOGETHER)
    if starts and dues and starts[0] > dues[0]:
        raise Unreadable(BACKWARDS)
    return Bounds(*starts or [None], *dues or [None])


def recurrence(parts: Parts) -> Recurrence:
    """The round with the points its undated stretches name ("tháng 3, 6 hằng năm"), else the ends of the round."""
    if Every.WEEKLY in parts.every:
        return _weekly(parts)
    every = max(parts.every, key=lambda one: ROUNDS_A_YEAR[one])
    marks = with_months(_marks(parts))
    if not marks:
        return Recurrence(every, at_ends_of(every))
    if all(mark.stretch.needs_month for mark in marks):
        return Recurrence(every, _in_each_month(marks, every))
    # "hằng quý, tháng 6" names one point for four instances: which the other three are, nobody said.
    if every is not Every.YEARLY and len(marks) != ROUNDS_A_YEAR[every]:
        raise Unreadable(NO_ANCHOR)
    return Recurrence(every, points(marks))


def recurrence_of_list(said: list[Said]) -> Recurrence:
    """Several separate dates of a year: two are half-yearly, four quarterly, twelve monthly."""
    found = points(said)
    return Recurrence(_EVERY_OF_COUNT.get(len(found), Every.YEARLY), found)


def points(said: list[Said]) -> tuple[YearPoint, ...]:
    """The ends of the stretches as points of every year, in order."""
    if any(one.stretch.needs_month for one in said):
        raise Unreadable(NO_MONTH)
    if any(one.lead in {Lead.FROM, Lead.AFTER} for one in said):
        raise Unreadable(NOT_TOGETHER)
    return tuple(sorted({point(one) for one in said}, key=lambda one: (one.month, one.day or MONTHS**2)))


def point(said: Said) -> YearPoint:
    """The end of what was said as a point of every year."""
    return said.stretch.point(strict=said.lead is Lead.BEFORE)


def with_months(said: list[Said]) -> list[Said]:
    """Days without a month take that of the next day: "ngày 15 và 20/6"."""
    found = list(said)
    for place in range(len(found) - 2, -1, -1):
        one, following = found[place], found[place + 1]
        found[place] = replace(one, stretch=one.stretch.in_month_of(following.stretch))
    return found


def _marks(parts: Parts) -> list[Said]:
    undated = [span for span in parts.spans if not _dated_span(span)]
    if any(span.event for span in undated):
        raise Unreadable(NOT_TOGETHER)
    ends = [Said(span.end, Lead.BEFORE if span.strict else Lead.AT) for span in undated if span.end]
    return [said for said in parts.said if said.stretch.year is None] + ends


def _in_each_month(marks: list[Said], every: Every) -> tuple[YearPoint, ...]:
    if every is not Every.MONTHLY:
        raise Unreadable(NO_MONTH)
    days = sorted({(mark.stretch.day or 1, mark.lead is Lead.BEFORE) for mark in marks})
    return tuple(YearPoint(month, day, strict) for month in range(1, MONTHS + 1) for day, strict in days)


def _weekly(parts: Parts) -> Recurrence:
    if set(parts.every) != {Every.WEEKLY} or _marks(parts):
        raise Unreadable(NOT_TOGETHER)
    day, lead = parts.weekday or (_SUNDAY, Lead.AT)
    return Recurrence(Every.WEEKLY, weekday=(day - 1) % _WEEK if lead is Lead.BEFORE else day)


def _dated_span(span: Span) -> bool:
    return any(stretch is not None and stretch.year is not None for stretch in (span.start, span.end))


def _bounds_of_span(span: Span) -> Bounds:
    if span.start is None or span.end is None:
        raise Unreadable(NOT_TOGETHER)
    start, end = span.start.in_year(span.end.year), span.end.in_year(span.start.year)
    start = start.in_month_of(end)
    if start.needs_month:
        raise Unreadable(NO_MONTH)
    return Bounds(start.first_day(), end.first_day() - _ONE_DAY if span.strict else end.last_day())


def _bounds_of_said(said: Said) -> Bounds:
    stretch = said.stretch
    if said.lead is Lead.FROM:
        return Bounds(start=stretch.first_day())
    if said.lead is Lead.AFTER:
        return Bounds(start=stretch.last_day() + _ONE_DAY)
    if said.lead is Lead.BEFORE:
        return Bounds(due=stretch.first_day() - _ONE_DAY)
    if said.lead is Lead.UNTIL:
        return Bounds(due=stretch.last_day())
    if said.lead is Lead.WITHIN or stretch.level is Granularity.YEAR:
        return Bounds(stretch.first_day(), stretch.last_day())
    raise Unreadable(NOT_TOGETHER)
