"""What powers do within the acts of rooms below: a reorganisation ends or narrows them, never widens them silently."""

from collections.abc import Mapping

from app.authority import delegations, grants, queries, rules
from app.authority.models import Delegation, Grant
from app.authority.words import DelegationNarrowed, GrantNarrowed
from app.core.act import Act, Fact, Reaction, Scope
from app.units.words import UnitEnded, UnitMoved


async def stay_as_they_were(act: Act, fact: UnitMoved) -> None:
    """A unit that came into a scope by moving is excluded from it, unless the mover says that powers shall widen."""
    if fact.widens:
        return
    before = (fact.about, *fact.before)
    after = await queries.path(act, fact.about)
    for one in await queries.grants_over(act, after):
        if rules.entered(scope_of(one), before, after):
            await act.change(one, excluded=(*one.excluded, fact.about))
            act.record(GrantNarrowed(one.id, fact.about))
    for lent in await queries.delegations_over(act, after):
        if rules.entered(scope_of(lent), before, after):
            await act.change(lent, excluded=(*lent.excluded, fact.about))
            act.record(DelegationNarrowed(lent.id, fact.about))


def scope_of(row: Grant | Delegation) -> Scope:
    """The scope a row gives."""
    return Scope(row.unit_id, row.subtree, row.strict, frozenset(row.excluded))


async def end_with_unit(act: Act, fact: UnitEnded) -> None:
    """What was given over an ended unit, to its positions, or between their holders, ends on the same day."""
    for lent in await queries.delegations_of_unit(act, fact.about, fact.since):
        await delegations.end(act, lent, fact.since)
    for one in await queries.grants_of_unit(act, fact.about, fact.since):
        await grants.end(act, one, fact.since)


REACTIONS: Mapping[type[Fact], tuple[Reaction, ...]] = {
    UnitMoved: (stay_as_they_were,),
    UnitEnded: (end_with_unit,),
}
