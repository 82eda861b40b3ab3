"""Decisions about positions and holdings: pure."""

from datetime import date

from app.core.errors import Refused
from app.people.words import HOLDING_DATE_ORDER

SHARED_OFFICES = frozenset({"deputy", "member", "specialist", "inspector", "integration"})
"""Offices that several persons hold at once under one position row."""


def require_relief_after(since: date, appointed: date | None) -> None:
    """Raises Refused (holding_date_order) for a relief that is not after the appointment."""
    if appointed is not None and since <= appointed:
        raise Refused(HOLDING_DATE_ORDER, since=appointed.isoformat())
