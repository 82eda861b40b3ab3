"""What a deadline's words were read as: a rule beside its verbatim words, never instead of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.text import Text
from app.deadlines.recurrence import Recurrence


class DeadlineKind(StrEnum):
    """How the words name the deadline. `missing` (nothing written) and `ongoing` (thường xuyên) are never the same."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    RANGE = "range"
    ONGOING = "ongoing"
    RECURRING = "recurring"
    CONDITIONAL = "conditional"
    OPEN_ENDED = "open_ended"
    PERIOD = "period"
    MISSING = "missing"
    UNREAD = "unread"


class Granularity(StrEnum):
    """The part of the calendar the words speak in; of a range, that of its end. `term` is a nhiệm kỳ."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    TERM = "term"


class PeriodUnit(StrEnum):
    """What a period is counted in."""

    WORKING_DAY = "working_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A count from an event ("30 ngày làm việc kể từ ngày ký"), or back from one when `before` is set.

    `event` keeps the event's verbatim words, None if none were said; `event_on` is its day when the words give one.
    """

    count: int
    unit: PeriodUnit
    event: str | None = None
    before: bool = False
    event_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """Verbatim words with the rule read from them.

    `due_on` is the last permitted day, the day before the one named when the words say "trước" (`strict`).
    `starts_on` is set only where the words give a start. Of a recurring or ongoing duty both bound the whole series.
    `condition` holds verbatim event words; `on_demand` that it is also owed when asked for (đột xuất); `tentative`
    that the words hedge (dự kiến, phấn đấu); `assumed_year` that the year is the document's, not the phrase's.
    `why` says why nothing could be read; it is set exactly when `kind` is `unread`.
    """

    words: str
    kind: DeadlineKind
    starts_on: date | None = None
    due_on: date | None = None
    granularity: Granularity | None = None
    recurrence: Recurrence | None = None
    condition: str | None = None
    period: Period | None = None
    tentative: bool = False
    on_demand: bool = False
    strict: bool = False
    assumed_year: bool = False
    why: Text | None = None
