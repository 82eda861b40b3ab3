"""SQL for decisions about power."""

from uuid import UUID

from app.core.act import Act

_COVERING = "SELECT array_agg(ancestor_id) FROM unit_ancestor WHERE unit_id = $1 AND ancestor_id = ANY($2)"


async def covering(act: Act, unit_id: UUID, roots: list[UUID]) -> set[UUID]:
    """Which of the roots are the unit or lie above it."""
    return set(await act.connection.one(_COVERING, unit_id, roots) or ())
