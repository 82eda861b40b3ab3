"""Decisions about units: pure, total, no clock."""

from datetime import date

from app.core.errors import Refused
from app.units.words import UNIT_DATE_ORDER, UNIT_ENDED


def require_living(ended_on: date | None) -> None:
    """Raises Refused (unit_ended) for a unit that is no more."""
    if ended_on is not None:
        raise Refused(UNIT_ENDED, on=ended_on.isoformat())


def require_fitting(since: date, *, after: date | None, today: date) -> None:
    """A period begins after the last one began, and not in the future: what is to come is applied on its day.

    Raises Refused (unit_date_order).
    """
    if since > today or (after is not None and since <= after):
        raise Refused(UNIT_DATE_ORDER, since=after.isoformat() if after else "—", today=today.isoformat())
