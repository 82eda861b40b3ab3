"""What programmes do within the acts of rooms below: visibility follows at once."""

from collections.abc import Mapping

from app.core.act import Act, Fact, Reaction
from app.programmes import queries
from app.units.words import UnitMoved


async def follow_move(act: Act, fact: UnitMoved) -> None:
    """Programmes owned in the moved branch are seen by the units now above it, and no longer by those before."""
    await queries.move_scope(act, fact.about)


REACTIONS: Mapping[type[Fact], tuple[Reaction, ...]] = {UnitMoved: (follow_move,)}
