"""The clock: instants in UTC, days in Hanoi. Tests may set it; nothing else in the house asks the machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_now: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731 - replaced as a whole by `stopped_at`


def now() -> datetime:
    """This instant, in UTC."""
    return _now()


def today() -> date:
    """This day as Hanoi counts it: deadlines are read by it and never slip by a day."""
    return now().astimezone(HANOI).date()


def day_ends() -> datetime:
    """The instant at which today ends in Hanoi."""
    return datetime.combine(today() + timedelta(days=1), time(), HANOI)


@contextmanager
def stopped_at(instant: datetime) -> Iterator[None]:
    """Within the block the clock stands at `instant` (for tests)."""
    global _now  # noqa: PLW0603 - the one clock of the process
    before, _now = _now, lambda: instant
    try:
        yield
    finally:
        _now = before
