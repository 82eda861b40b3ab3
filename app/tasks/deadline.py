"""A task's deadline: verbatim words, what was read from them, and a day given outright. Pure."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from app.core.canonical import plain
from app.core.errors import Refused
from app.deadlines.calendar import UnknownYear, WorkingCalendar
from app.deadlines.phrases import read_deadline
from app.deadlines.reading import DeadlineKind, DeadlineReading, Granularity
from app.deadlines.rules import due_day
from app.tasks.words import DEADLINE_DISAGREES


@dataclass(frozen=True, slots=True)
class Timing:
    """What words of time are read with: the document's year, the working calendar, and whether dates leave rest days."""

    year: int | None
    calendar: WorkingCalendar
    moves_off_rest_days: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as read; `given` says that the day was given outright."""

    reading: DeadlineReading
    due_on: date | None
    given: bool

    @property
    def words(self) -> str:
        """The verbatim words."""
        return self.reading.words

    @property
    def kind(self) -> DeadlineKind:
        """How the words name the deadline."""
        return self.reading.kind

    def stored(self) -> dict[str, Any]:
        """The whole reading as plain JSON, with `given` beside it."""
        return plain(asdict(self.reading)) | {"given": self.given}


def deadline_of(words: str, timing: Timing, *, due_on: date | None = None) -> Deadline:
    """The deadline of these words, or of the day given outright. Raises Refused (deadline_disagrees) where they differ."""
    reading = read_deadline(words, year=timing.year)
    if due_on is None:
        return Deadline(reading, _due(reading, timing), given=False)
    return Deadline(_given(reading, due_on), due_on, given=True)


def _given(reading: DeadlineReading, due_on: date) -> DeadlineReading:
    if reading.due_on not in {None, due_on}:
        raise Refused(DEADLINE_DISAGREES, words=reading.words, read=str(reading.due_on), given=str(due_on))
    return replace(
        reading, kind=DeadlineKind.DAY, due_on=due_on, granularity=Granularity.DAY, recurrence=None, why=None
    )


def _due(reading: DeadlineReading, timing: Timing) -> date | None:
    try:
        return due_day(reading, timing.calendar, moves_off_rest_days=timing.moves_off_rest_days)
    except UnknownYear:
        # Nobody has announced the days off of that year yet: there is no day to hold anyone to.
        return None


def event_of(reading: dict[str, Any]) -> tuple[str | None, bool]:
    """The verbatim event a stored reading hangs on, and whether days are counted from it."""
    period = reading.get("period") or {}
    return reading.get("condition") or period.get("event"), bool(period)


def start_of(
    named: frozenset[str],
    given: date | None,
    *,
    before: date | None,
    earlier: dict[str, Any],
    read: date | None,
) -> date | None:
    """First day: the one given, else the one the words say, else the one given before.

    `named` are the fields sent, `before` and `earlier` the start and the reading so far, `read` what the words say now.
    """
    if "starts_on" in named:
        return given or read
    if before is None or earlier.get("starts_on") == before.isoformat():
        return read
    return before
