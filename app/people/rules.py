"""Decisions about positions, holdings and personal tokens: pure."""

from collections.abc import Iterable
from datetime import date, datetime

from app.core.errors import Refused
from app.people.words import (
    HOLDING_DATE_ORDER,
    TOKEN_ALREADY_REVOKED,
    TOKEN_BY_TOKEN,
    TOKEN_LIMIT,
    TOKEN_SCOPE_UNKNOWN,
)

READ = "read"
"""The scope of a token that only reads. Every token reads what its person sees, whatever else it may."""
MOST_TOKENS = 50

SHARED_OFFICES = frozenset({"deputy", "member", "specialist", "inspector", "integration"})
"""Offices that several persons hold at once under one position row."""


def require_relief_after(since: date, appointed: date | None) -> None:
    """Raises Refused (holding_date_order) for a relief that is not after the appointment."""
    if appointed is not None and since <= appointed:
        raise Refused(HOLDING_DATE_ORDER, since=appointed.isoformat())


def require_not_by_token(scopes: frozenset[str] | None) -> None:
    """Raises Refused (token_by_token) for a caller with a personal token: it could outlive itself or widen its scopes."""
    if scopes is not None:
        raise Refused(TOKEN_BY_TOKEN)


def unknown_scopes(scopes: Iterable[str], powers: Iterable[str]) -> tuple[str, ...]:
    """The scopes that are neither `read`, nor a power, nor the beginning of one up to its point."""
    known = {READ, *(part for one in powers for part in (one, one.partition(".")[0] + "."))}
    return tuple(one for one in scopes if one not in known)


def require_known(scopes: Iterable[str], powers: Iterable[str]) -> None:
    """Raises Refused (token_scope_unknown) for scopes that would give nothing."""
    unknown = unknown_scopes(scopes, powers)
    if unknown:
        raise Refused(TOKEN_SCOPE_UNKNOWN, names=", ".join(unknown))


def require_room(live: int) -> None:
    """Raises Refused (token_limit) where the person has as many tokens as one may have."""
    if live >= MOST_TOKENS:
        raise Refused(TOKEN_LIMIT, limit=MOST_TOKENS)


def require_unrevoked(revoked_at: datetime | None) -> None:
    """Raises Refused (token_already_revoked)."""
    if revoked_at is not None:
        raise Refused(TOKEN_ALREADY_REVOKED, at=revoked_at.isoformat(timespec="seconds"))
