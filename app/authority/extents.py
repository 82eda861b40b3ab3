"""How far powers go, compared and checked: pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from asyncpg import Range

from app.authority.rules import contains
from app.authority.schemas import GivePowers, LendPowers
from app.authority.words import (
    DELEGATION_TOO_WIDE,
    INSPECT,
    POWER_PERIOD,
    POWER_UNKNOWN,
    READ,
    READING_SCOPE,
    WHYS,
)
from app.core.act import ACTIONS, Right
from app.core.errors import Flaw, Refusal, Refused
from app.core.text import Text

READING = frozenset({READ.code, INSPECT.code})
_WIDER = {
    "subtree": Text("rộng hơn phạm vi của quyền gốc", "wider than the scope of its source"),
    "unit_id": Text(
        "đơn vị nằm ngoài phạm vi của quyền gốc", "the unit lies outside the scope of its source"
    ),
    "max_amount": Text("vượt hạn mức của quyền gốc", "over the amount of its source"),
    "max_class": Text("vượt độ tiếp cận của quyền gốc", "above the class of its source"),
    "since": Text("bắt đầu trước quyền gốc", "begins before its source"),
    "until": Text("kết thúc sau quyền gốc", "ends after its source"),
    "depth": Text("quyền gốc không được ủy quyền tiếp", "its source may not be passed on"),
    "to_holding_id": Text("người nhận đã ở trong chuỗi ủy quyền", "the receiver stands in the chain already"),
}


def require_known(powers: Iterable[str]) -> None:
    """Raises Refused (power_unknown) naming every code that is no power."""
    unknown = sorted(set(powers) - set(ACTIONS))
    if unknown:
        raise Refused(POWER_UNKNOWN, names=", ".join(unknown))


def require_readable(given: GivePowers | LendPowers) -> None:
    """Raises Refused (reading_scope): lists are walked by branches, so sight takes a unit with all below it."""
    if READING.intersection(given.powers) and (given.strict or not given.subtree):
        raise Refused(READING_SCOPE)


def period(since: date, until: date | None) -> Any:
    """Days [since, until] as a range. Raises Refused (power_period) where the last comes before the first."""
    if until is not None and until < since:
        raise Refused(POWER_PERIOD)
    return Range(since, None if until is None else until + timedelta(days=1))


def ended(valid: Any, since: date) -> Any:
    """The same days up to the one before `since`; none at all where it ends before it begins."""
    if valid.isempty or since <= valid.lower:
        return Range(empty=True)
    return Range(valid.lower, since if valid.upper is None else min(valid.upper, since))


def require_in_force(valid: Any, since: date, refusal: Refusal) -> None:
    """Raises the refusal where the period has ended by that day."""
    if valid.isempty or (valid.upper is not None and valid.upper <= since):
        raise Refused(refusal, on="—" if valid.isempty else valid.upper.isoformat())


def require_within(
    given: LendPowers,
    rights: Iterable[tuple[str, Right | None]],
    path: tuple[UUID, ...],
    receiver: UUID,
    since: date,
) -> None:
    """Raises Refused (delegation_too_wide), pointing at each part in which the delegation exceeds what it stands on.

    `rights` are the chains it would stand on by power (None: there is none); `path` is the scope's unit and all above.
    """
    flaws: dict[str, Flaw] = {}
    for power, right in rights:
        if right is None:
            flaws[f"/powers/{power}"] = Flaw("/powers", "no_authority", WHYS["no_authority"])
            continue
        for name in _excesses(given, right, path, receiver, since):
            flaws[name] = Flaw(f"/{name}", "delegation_too_wide", _WIDER[name])
    if flaws:
        raise Refused(DELEGATION_TOO_WIDE, flaws=tuple(flaws.values()))


def _excesses(
    given: LendPowers, right: Right, path: tuple[UUID, ...], receiver: UUID, since: date
) -> Iterable[str]:
    if right.lends < 1:
        yield "depth"
    if receiver in right.persons:
        yield "to_holding_id"
    if not all(contains(scope, path) for scope in right.scopes):
        yield "unit_id"
    if given.subtree and not all(scope.subtree for scope in right.scopes):
        yield "subtree"
    if right.max_amount is not None and (given.max_amount is None or given.max_amount > right.max_amount):
        yield "max_amount"
    if given.max_class > right.max_class:
        yield "max_class"
    firsts = [first for first, _ in right.spans if first is not None]
    afters = [after for _, after in right.spans if after is not None]
    if any(since < first for first in firsts):
        yield "since"
    if any(given.until >= after for after in afters):
        yield "until"
