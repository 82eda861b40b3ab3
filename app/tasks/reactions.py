"""What tasks do within the acts of rooms below: who reaches which task follows at once."""

from collections.abc import Mapping

from app.core.act import Act, Fact, Reaction
from app.tasks import queries
from app.units.words import UnitMoved


async def follow_move(act: Act, fact: UnitMoved) -> None:
    """Tasks of the moved branch are reached by the units now above it, and no longer by those before."""
    left = [
        one.before["parent_id"]
        for one in act.changes
        if one.table == "unit" and one.before and "parent_id" in one.before
    ]
    # The short way needs the tree as it was but for this one move; after several, rows are made anew.
    if len(left) == 1:
        await queries.move_scope(act, fact.about, left[0])
    else:
        await queries.keep_scope_below(act, fact.about)


REACTIONS: Mapping[type[Fact], tuple[Reaction, ...]] = {UnitMoved: (follow_move,)}
