"""Putting the parts of a cell together into one reading, or saying that they do not go together."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from app.deadlines.leads import DUE_LEADS, Lead
from app.deadlines.parts import Parts, Said, Span
from app.deadlines.reading import DeadlineKind, DeadlineReading, Granularity
from app.deadlines.reasons import (
    BACKWARDS,
    NO_ANCHOR,
    NO_MONTH,
    NO_YEAR,
    NOT_TOGETHER,
    NOT_UNDERSTOOD,
    SEVERAL,
    WEEKDAY_WRONG,
    Unreadable,
    shown,
)
from app.deadlines.recurrence import Every
from app.deadlines.series import bounds, point, recurrence, recurrence_of_list, with_months
from app.deadlines.stretch import FIRST_YEAR, Stretch
from app.deadlines.tokens import clipped

_ONE_DAY = timedelta(days=1)
_BEGUN_AND_ENDED = [
    [begin, end] for begin in (Lead.FROM, Lead.BREAKING_GROUND) for end in (Lead.UNTIL, Lead.BEFORE)
]
_KINDS = {
    Granularity.DAY: DeadlineKind.DAY,
    Granularity.MONTH: DeadlineKind.MONTH,
    Granularity.QUARTER: DeadlineKind.QUARTER,
    Granularity.HALF_YEAR: DeadlineKind.HALF_YEAR,
    Granularity.YEAR: DeadlineKind.YEAR,
}


def assembled(parts: Parts, words: str, year: int | None) -> DeadlineReading:
    """The reading of the parts; `year` fills in where no part says one. Unreadable if they do not go together."""
    reading = _reading(parts, words, year)
    if parts.periodic and reading.kind not in {DeadlineKind.RECURRING, DeadlineKind.ONGOING}:
        raise Unreadable(NO_ANCHOR)
    return replace(reading, tentative=parts.tentative, on_demand=parts.on_demand)


def _reading(parts: Parts, words: str, year: int | None) -> DeadlineReading:
    rhythmic = bool(parts.every or parts.weekday)
    if parts.awaited and not parts.ongoing:
        return DeadlineReading(words, DeadlineKind.CONDITIONAL, condition=parts.awaited)
    if parts.period:
        return _of_period(parts, words)
    if parts.ongoing:
        return _ongoing(parts, words, year)
    if parts.every:
        return _recurring(parts, words)
    if parts.dated:
        return _dated(parts, words, year)
    if parts.on_demand and not rhythmic:
        return DeadlineReading(words, DeadlineKind.CONDITIONAL, condition=clipped(words))
    raise Unreadable(NOT_UNDERSTOOD.filled(rest=shown(clipped(words))))


def _of_period(parts: Parts, words: str) -> DeadlineReading:
    if parts.dated or parts.every or parts.weekday or parts.ongoing:
        raise Unreadable(NOT_TOGETHER)
    return DeadlineReading(words, DeadlineKind.PERIOD, period=parts.period)


def _ongoing(parts: Parts, words: str, year: int | None) -> DeadlineReading:
    """Ongoing work may say when its reports fall, from when to when it runs, and under what; none makes it due."""
    if (
        parts.weekday
        or parts.onward
        or any(said.lead is Lead.BEFORE for said in parts.said if not parts.every)
    ):
        raise Unreadable(NOT_TOGETHER)
    assumed = False
    if not parts.every:
        said, assumed = _in_known_year(parts.said, year)
        parts = replace(parts, said=said)
    run = bounds(parts)
    return DeadlineReading(
        words,
        DeadlineKind.ONGOING,
        starts_on=run.start,
        due_on=run.due,
        recurrence=recurrence(parts) if parts.every else None,
        condition=parts.awaited,
        assumed_year=assumed,
    )


def _recurring(parts: Parts, words: str) -> DeadlineReading:
    run, found = bounds(parts), recurrence(parts)
    # "hằng năm 2026" is torn or miswritten: one year is no series of years.
    if found.every is Every.YEARLY and run.start and run.due and run.start.year == run.due.year:
        raise Unreadable(NOT_TOGETHER)
    if parts.weekday and found.weekday is None:
        raise Unreadable(NOT_TOGETHER)
    strict = any(one.strict for one in found.points)
    return DeadlineReading(
        words, DeadlineKind.RECURRING, starts_on=run.start, due_on=run.due, recurrence=found, strict=strict
    )


def _dated(parts: Parts, words: str, year: int | None) -> DeadlineReading:
    if parts.spans:
        if len(parts.spans) > 1 or parts.said or parts.weekday:
            raise Unreadable(SEVERAL)
        return _span(parts, parts.spans[0], words, year)
    if parts.term:
        raise Unreadable(NOT_TOGETHER)
    said = _with_years(with_months(parts.said))
    if len(said) == 1:
        known, assumed = _in_known_year(said, year)
        return replace(_single(parts, known[0], words), assumed_year=assumed)
    if parts.weekday:
        raise Unreadable(SEVERAL)
    if [one.lead for one in said] in _BEGUN_AND_ENDED:
        strict = said[1].lead is Lead.BEFORE
        return _span(parts, Span(said[0].stretch, said[1].stretch, strict=strict), words, year)
    return _list(parts, said, words, year)


def _single(parts: Parts, said: Said, words: str) -> DeadlineReading:
    stretch = said.stretch
    if parts.weekday and (not stretch.is_day or stretch.last_day().weekday() != parts.weekday[0]):
        raise Unreadable(WEEKDAY_WRONG)
    if parts.onward or said.lead in {Lead.FROM, Lead.AFTER}:
        return _open_ended(said, words, onward=parts.onward)
    if said.lead is Lead.BEFORE:
        return _due(words, stretch, strict=True)
    reading = _due(words, stretch)
    if stretch.level is Granularity.MONTH and stretch.first != stretch.last:
        return replace(reading, kind=DeadlineKind.RANGE, starts_on=stretch.first_day())
    return reading


def _due(words: str, stretch: Stretch, *, strict: bool = False) -> DeadlineReading:
    due_on = stretch.first_day() - _ONE_DAY if strict else stretch.last_day()
    return DeadlineReading(
        words, _KINDS[stretch.level], due_on=due_on, granularity=stretch.level, strict=strict
    )


def _open_ended(said: Said, words: str, *, onward: bool) -> DeadlineReading:
    if onward and said.lead in {Lead.UNTIL, Lead.BEFORE}:
        raise Unreadable(NOT_TOGETHER)
    stretch = said.stretch
    starts_on = stretch.last_day() + _ONE_DAY if said.lead is Lead.AFTER else stretch.first_day()
    return DeadlineReading(words, DeadlineKind.OPEN_ENDED, starts_on=starts_on, granularity=stretch.level)


def _span(parts: Parts, span: Span, words: str, year: int | None) -> DeadlineReading:
    if span.start is None or span.end is None:
        return _span_with_event(parts, span, words, year)
    start = span.start.in_year(span.end.year).in_month_of(span.end)
    (start, end), assumed = _known([start, span.end.in_year(span.start.year)], year)
    due_on = end.first_day() - _ONE_DAY if span.strict else end.last_day()
    if start.first_day() > due_on:
        raise Unreadable(BACKWARDS)
    return DeadlineReading(
        words,
        DeadlineKind.OPEN_ENDED if parts.onward else DeadlineKind.RANGE,
        starts_on=start.first_day(),
        due_on=None if parts.onward else due_on,
        granularity=Granularity.TERM if parts.term else end.level,
        strict=span.strict and not parts.onward,
        assumed_year=assumed,
    )


def _span_with_event(parts: Parts, span: Span, words: str, year: int | None) -> DeadlineReading:
    if parts.onward:
        raise Unreadable(NOT_TOGETHER)
    known, assumed = _known([stretch for stretch in (span.start, span.end) if stretch], year)
    reading = DeadlineReading(
        words, DeadlineKind.RANGE, granularity=known[0].level, condition=span.event, assumed_year=assumed
    )
    if span.end is None:
        return replace(reading, starts_on=known[0].first_day())
    due_on = known[0].first_day() - _ONE_DAY if span.strict else known[0].last_day()
    return replace(reading, due_on=due_on, strict=span.strict)


def _list(parts: Parts, said: list[Said], words: str, year: int | None) -> DeadlineReading:
    """Neighbouring stretches are one range ("quý I và quý II"); separate ones come back, each a deadline."""
    if len({one.stretch.level for one in said}) > 1:
        raise Unreadable(SEVERAL)
    if len({one.lead for one in said}) > 1 or said[0].lead not in DUE_LEADS:
        raise Unreadable(NOT_TOGETHER)
    if _adjoining(said) and said[0].lead is not Lead.BEFORE:
        return _span(parts, Span(said[0].stretch, said[-1].stretch), words, year)
    if parts.onward:
        raise Unreadable(NOT_TOGETHER)
    found = recurrence_of_list(said)
    if any(later <= earlier for earlier, later in pairwise(_dues(said))):
        raise Unreadable(SEVERAL)
    strict = said[0].lead is Lead.BEFORE
    reading = DeadlineReading(words, DeadlineKind.RECURRING, recurrence=found, strict=strict)
    return reading if said[0].stretch.year is None else _within_one_year(said, reading)


def _within_one_year(said: list[Said], reading: DeadlineReading) -> DeadlineReading:
    if len({one.stretch.year for one in said}) > 1:
        raise Unreadable(SEVERAL)
    dues = _dues(said)
    return replace(reading, starts_on=min(said[0].stretch.first_day(), dues[0]), due_on=dues[-1])


def _dues(said: list[Said]) -> list[date]:
    return [point(one).in_year(one.stretch.year or FIRST_YEAR) for one in said]


def _adjoining(said: list[Said]) -> bool:
    stretches = [one.stretch for one in said]
    return all(earlier.last_day() + _ONE_DAY == later.first_day() for earlier, later in pairwise(stretches))


def _with_years(said: list[Said]) -> list[Said]:
    """A stretch without a year takes that of the next one, the last ones that of the one before."""
    found = list(said)
    for place in range(len(found) - 2, -1, -1):
        found[place] = _in_year_of(found[place], found[place + 1])
    for place in range(1, len(found)):
        found[place] = _in_year_of(found[place], found[place - 1])
    return found


def _in_year_of(said: Said, other: Said) -> Said:
    return replace(said, stretch=said.stretch.in_year(other.stretch.year))


def _in_known_year(said: list[Said], year: int | None) -> tuple[list[Said], bool]:
    stretches, assumed = _known([one.stretch for one in said], year)
    return [replace(one, stretch=stretch) for one, stretch in zip(said, stretches, strict=True)], assumed


def _known(stretches: list[Stretch], year: int | None) -> tuple[list[Stretch], bool]:
    """The stretches with a month and year each, and whether the document's year had to be taken for one."""
    if any(stretch.needs_month for stretch in stretches):
        raise Unreadable(NO_MONTH)
    assumed = any(stretch.year is None for stretch in stretches)
    if assumed and year is None:
        raise Unreadable(NO_YEAR)
    return [stretch.in_year(year) for stretch in stretches], assumed
