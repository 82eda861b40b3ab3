"""Verbs on delegations: load, require, decide, change, record."""

from datetime import date
from uuid import UUID

from app.authority import extents, queries
from app.authority.chains import rights_of
from app.authority.decision import denied
from app.authority.models import Delegation
from app.authority.schemas import LendPowers, RevokeDelegation
from app.authority.words import DELEGATE, DELEGATION_ENDED, REVOKE, Delegated, DelegationRevoked
from app.core.act import Act, Right, Target
from app.core.ids import new_id
from app.core.rows import Object
from app.documents.queries import require_documents
from app.people.queries import hold, hold_alone
from app.units.queries import require_living_units


async def lend(act: Act, given: LendPowers) -> UUID:
    """Lends powers to another holder: in writing, until a day, never wider than what they stand on."""
    giver, receiver = await queries.parties(act, given.from_holding_id, given.to_holding_id)
    await require_living_units(act, "unit_id", given.unit_id)
    await require_documents(act, "basis_id", given.basis_id)
    since = given.since or act.today

    matter = Target(Object("holding", given.from_holding_id), given.unit_id)
    await act.require(DELEGATE, matter)
    require_own(act, giver, matter)

    extents.require_known(given.powers)
    extents.require_readable(given)
    sources = await _sources(act, given, giver, since)
    path = await queries.path(act, given.unit_id)
    extents.require_within(given, sources, path, receiver, since)

    made = _made(act, given, since, [right for _, right in sources if right])
    await hold(act, {step for _, right in sources if right for step in right.chain})
    await act.add(made)

    act.record(Delegated(made.id, giver, receiver, made.powers))
    return made.id


async def _sources(act: Act, given: LendPowers, giver: UUID, since: date) -> list[tuple[str, Right | None]]:
    """By power the chain of the giver that begins with his holding and the source named."""
    _, rows = await queries.chain_rows(act.connection, giver)
    rights = rights_of(giver, rows, since)
    source = f"grant:{given.grant_id}" if given.grant_id else f"delegation:{given.delegation_id}"
    start = (f"holding:{given.from_holding_id}", source)
    return [
        (
            power,
            next((one for one in rights.get(power, ()) if one.chain[:2] == start and not one.flaw), None),
        )
        for power in dict.fromkeys(given.powers)
    ]


def require_own(act: Act, giver: UUID, matter: Target) -> None:
    """Raises Refused (not_allowed): a power is lent by who holds it, or recorded by the operator from a paper."""
    if not act.actor.everything and act.actor.id != giver:
        raise denied(DELEGATE, "no_authority", matter)


async def revoke(act: Act, delegation_id: UUID, given: RevokeDelegation) -> UUID:
    """Ends a delegation before its time: the one who gave it, or a power over its unit."""
    lent = await queries.delegation_for_change(act, delegation_id)
    giver = await queries.person_of(act, lent.from_holding_id)

    await act.require(REVOKE, Target(Object("delegation", lent.id), lent.unit_id, owner=giver))

    since = given.since or act.today
    extents.require_in_force(lent.valid, since, DELEGATION_ENDED)

    await end(act, lent, since)
    return lent.id


async def end(act: Act, lent: Delegation, since: date) -> None:
    """Ends a delegation on a day: waits for acts that stand on it, and lets none begin to."""
    await hold_alone(act, f"delegation:{lent.id}")

    await act.change(lent, valid=extents.ended(lent.valid, since))

    act.record(DelegationRevoked(lent.id, since.isoformat()))


def _made(act: Act, given: LendPowers, since: date, sources: list[Right]) -> Delegation:
    excluded = {unit for right in sources for scope in right.scopes for unit in scope.excluded}
    return Delegation(
        new_id(),
        given.from_holding_id,
        given.to_holding_id,
        given.grant_id,
        given.delegation_id,
        tuple(dict.fromkeys(given.powers)),
        given.unit_id,
        given.subtree,
        given.strict,
        given.max_amount,
        given.max_class,
        extents.period(since, given.until),
        tuple(sorted(excluded)),
        given.may_sub,
        given.basis_id,
        version=1,
        created_at=act.at,
    )
