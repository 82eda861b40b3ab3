"""The parts one deadline cell may be made of, as said, before they are put together."""

from dataclasses import dataclass, field

from app.deadlines.leads import Lead
from app.deadlines.reading import Period
from app.deadlines.recurrence import Every
from app.deadlines.stretch import Stretch


@dataclass(frozen=True, slots=True)
class Said:
    """One stretch with the side of it that is meant."""

    stretch: Stretch
    lead: Lead


@dataclass(frozen=True, slots=True)
class Span:
    """From a stretch to a stretch; where one of them is None, an event stands there in its verbatim words."""

    start: Stretch | None
    end: Stretch | None
    strict: bool = False
    event: str | None = None


@dataclass(slots=True)
class Parts:
    """What was said, in order. `term`: the span is a nhiệm kỳ; `onward`: "và những năm tiếp theo", "trở đi";
    `round_last`: a round was taken last, so that a date may follow it without a joint; `periodic`: "định kỳ" was said
    without its round, which the dates must then tell.
    """

    said: list[Said] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    every: list[Every] = field(default_factory=list)
    weekday: tuple[int, Lead] | None = None
    period: Period | None = None
    awaited: str | None = None
    ongoing: bool = False
    on_demand: bool = False
    onward: bool = False
    tentative: bool = False
    term: bool = False
    periodic: bool = False
    round_last: bool = False
    year_said: bool = False

    def say(self, said: Said) -> None:
        """Adds a date."""
        self.said.append(said)
        self.year_said |= said.stretch.year is not None

    def say_span(self, span: Span) -> None:
        """Adds a range."""
        self.spans.append(span)
        self.year_said |= any(end is not None and end.year is not None for end in (span.start, span.end))

    @property
    def dated(self) -> bool:
        """Whether a place in the calendar was said."""
        return bool(self.said or self.spans)

    @property
    def only_ongoing(self) -> bool:
        """Whether nothing was said but that the work goes on."""
        return self.ongoing and not (self.dated or self.every or self.weekday or self.period or self.awaited)

    @property
    def has_series_and_year(self) -> bool:
        """Whether both a round and a date with a year were said."""
        return bool(self.every) and self.year_said

    @property
    def begun(self) -> bool:
        """Whether anything but a hedge was said."""
        lasting = self.ongoing or self.on_demand
        return self.dated or lasting or bool(self.every or self.weekday or self.period or self.awaited)
