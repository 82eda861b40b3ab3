"""Verbs on grants: load, require, decide, change, record."""

from datetime import date
from uuid import UUID

from app.authority import extents, queries
from app.authority.models import Grant
from app.authority.offices import usual_class, usual_depth, usual_powers
from app.authority.rules import WITHOUT_LIMIT
from app.authority.schemas import EmpowerPosition, GivePowers, WithdrawPowers
from app.authority.words import (
    GRANT,
    GRANT_ENDED,
    NO_USUAL_POWERS,
    WITHDRAW,
    Granted,
    GrantWithdrawn,
)
from app.core.act import ACTIONS, Act, Target
from app.core.errors import Refused
from app.core.ids import new_id
from app.core.rows import Object
from app.documents.queries import require_documents
from app.people.queries import hold_alone, position_known
from app.units.queries import require_living_units


async def give(act: Act, given: GivePowers) -> UUID:
    """Gives powers to a position. Nobody gives any to a position he holds, nor wider than he may give."""
    unit_id = await position_known(act, given.position_id)
    await require_living_units(act, "unit_id", given.unit_id)
    await require_documents(act, "basis_id", given.basis_id)
    holders = await queries.holders_from(act, given.position_id, act.today)

    for unit in dict.fromkeys((given.unit_id, unit_id)):
        await act.require(GRANT, _giving(given, unit, holders))

    extents.require_known(given.powers)
    extents.require_readable(given)
    made = _made(act, given)

    await act.add(made)

    act.record(Granted(made.id, made.position_id, made.powers, made.unit_id))
    return made.id


async def empower(act: Act, position_id: UUID, given: EmpowerPosition) -> UUID:
    """Gives a position the powers usual for its office, over the organisation it reaches."""
    post = await queries.post_for_change(act, position_id)
    powers = usual_powers(post.office, ACTIONS)
    if not powers:
        raise Refused(NO_USUAL_POWERS)

    usual = GivePowers(
        position_id=position_id,
        powers=list(powers),
        unit_id=post.root_id,
        max_class=usual_class(post.office),
        max_depth=usual_depth(post.office),
        since=given.since,
        until=given.until,
        basis_id=given.basis_id,
    )
    await give(act, usual)
    return position_id


async def withdraw(act: Act, grant_id: UUID, given: WithdrawPowers) -> UUID:
    """Ends a grant from a day on; what stands on it ends with it."""
    grant = await queries.grant_for_change(act, grant_id)

    await act.require(WITHDRAW, Target(Object("grant", grant.id), grant.unit_id))

    since = given.since or act.today
    extents.require_in_force(grant.valid, since, GRANT_ENDED)

    await end(act, grant, since)
    return grant.id


async def end(act: Act, grant: Grant, since: date) -> None:
    """Ends a grant on a day: waits for acts that stand on it, and lets none begin to."""
    await hold_alone(act, f"grant:{grant.id}")

    await act.change(grant, valid=extents.ended(grant.valid, since))

    act.record(GrantWithdrawn(grant.id, since.isoformat()))


def _giving(given: GivePowers, unit_id: UUID, holders: frozenset[UUID]) -> Target:
    """Giving as a decision: as much as the power given, about whoever holds the position."""
    amount = WITHOUT_LIMIT if given.max_amount is None else given.max_amount
    place = Object("position", given.position_id)
    return Target(place, unit_id, amount=amount, access_class=given.max_class, concerns=holders)


def _made(act: Act, given: GivePowers) -> Grant:
    return Grant(
        new_id(),
        given.position_id,
        tuple(dict.fromkeys(given.powers)),
        given.unit_id,
        given.subtree,
        given.strict,
        given.max_amount,
        given.max_class,
        extents.period(given.since or act.today, given.until),
        (),
        given.max_depth,
        given.basis_id,
        version=1,
        created_at=act.at,
    )
