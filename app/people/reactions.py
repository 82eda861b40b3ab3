"""What holdings do within the acts of rooms below: a unit that ends takes its positions' holdings along."""

from collections.abc import Mapping

from asyncpg import Range

from app.core.act import Act, Fact, Reaction
from app.people import queries
from app.people.models import since
from app.people.words import Relieved
from app.units.words import UnitEnded


async def leave_with_unit(act: Act, fact: UnitEnded) -> None:
    """Who holds a position of the ended unit holds it no longer from that day on."""
    for held in await queries.holdings_in(act, fact.about, fact.since):
        await queries.hold_alone(act, f"holding:{held.id}")
        await act.change(held, valid=Range(since(held), fact.since))
        act.record(Relieved(held.position_id, held.person_id, fact.since.isoformat()))


REACTIONS: Mapping[type[Fact], tuple[Reaction, ...]] = {UnitEnded: (leave_with_unit,)}
