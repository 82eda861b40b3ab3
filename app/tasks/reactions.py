"""What tasks do within the acts of rooms below: who reaches which task, and how restricted it is, follows at once."""

from collections.abc import Mapping

from app.core.act import Act, Fact, Reaction
from app.programmes.words import ProgrammeReclassed
from app.tasks import queries, service
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


async def follow_class(act: Act, fact: ProgrammeReclassed) -> None:
    """Tasks are never less restricted than their programme."""
    await service.raise_classes(act, fact.about, fact.after)


REACTIONS: Mapping[type[Fact], tuple[Reaction, ...]] = {
    UnitMoved: (follow_move,),
    ProgrammeReclassed: (follow_class,),
}
