"""Decisions about programmes: pure, total, no clock."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.core.act import Target
from app.core.errors import Flaw, Refused
from app.core.rows import Object
from app.core.text import Text
from app.programmes.models import Programme
from app.programmes.schemas import ParentReference
from app.programmes.words import (
    BUDGET_FIXED,
    PARENT_UNCLEAR,
    PROGRAMME_ISSUED_LATER,
    PROGRAMME_NOT_APPROVED,
    PROGRAMME_NOT_DRAFT,
    PROGRAMME_NOT_OPEN,
    PROGRAMME_PERIOD_DISORDERED,
    PROGRAMME_WITHOUT_GROUND,
    STATES,
)

_ONE = Text(
    "cần đúng một trong document_id, programme_id", "exactly one of document_id and programme_id is needed"
)

AMENDABLE, PROPOSABLE = ("draft", "approved", "issued"), ("draft",)
RETURNABLE, APPROVABLE = ("proposed", "approved"), ("proposed",)
"""From which states each move is open."""


def content(programme: Programme, becomes: int | None = None) -> Target:
    """The programme as its owner's matter, of the higher of the classes it has and gets."""
    highest = max(programme.access_class, becomes or 0)
    return Target(Object("programme", programme.id), programme.owner_id, access_class=highest)


def require_issuable(state: str, issued_on: date | None, budget: int | None) -> None:
    """Raises Refused where the programme is issued already, waits for a decision, or has a budget nobody approved."""
    if state == "issued":
        raise Refused(PROGRAMME_NOT_DRAFT, on=issued_on.isoformat() if issued_on else "—")
    if budget is not None and state != "approved":
        raise Refused(PROGRAMME_NOT_APPROVED)
    require_state(state, "draft", "approved")


def require_state(state: str, *needed: str) -> None:
    """Raises Refused (programme_not_open), naming the states from which the move is open."""
    if state not in needed:
        names = [STATES[one] for one in needed]
        open_in = Text(", ".join(one.vi for one in names), ", ".join(one.en for one in names))
        raise Refused(PROGRAMME_NOT_OPEN, state=STATES[state], needed=open_in)


def require_open_budget(state: str) -> None:
    """Raises Refused (budget_fixed) for a programme that is no draft any more."""
    if state != "draft":
        raise Refused(BUDGET_FIXED)


def require_reason(reason: str | None) -> None:
    """Raises Refused (programme_without_ground) where no reason is given."""
    if not (reason or "").strip():
        raise Refused(PROGRAMME_WITHOUT_GROUND)


def require_ground(document_id: UUID | None, *, basis: UUID | None, reason: str | None) -> None:
    """Raises Refused (programme_without_ground) where it rests on no document, basis or reason."""
    if document_id is None and basis is None and not (reason or "").strip():
        raise Refused(PROGRAMME_WITHOUT_GROUND)


def require_issued_by(issued_on: date, *, today: date) -> None:
    """Raises Refused (programme_issued_later) for a date of issue after today."""
    if issued_on > today:
        raise Refused(PROGRAMME_ISSUED_LATER, on=issued_on.isoformat(), today=today.isoformat())


def require_period(starts_on: date, ends_on: date | None) -> None:
    """Raises Refused (programme_period_disordered) for a last day before the first; one day is a period."""
    if ends_on is not None and ends_on < starts_on:
        raise Refused(PROGRAMME_PERIOD_DISORDERED)


def require_single(parents: Sequence[ParentReference], *, pointer: str = "/parents/{place}") -> None:
    """Raises Refused (parent_unclear), pointing at each parent that is both or neither of document and programme.

    `pointer` tells where in the input a parent stands.
    """
    flaws = tuple(
        Flaw(pointer.format(place=place) or "/", "parent_unclear", _ONE)
        for place, one in enumerate(parents)
        if (one.document_id is None) == (one.programme_id is None)
    )
    if flaws:
        raise Refused(PARENT_UNCLEAR, flaws=flaws)
