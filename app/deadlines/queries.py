"""SQL for the working calendar."""

from uuid import UUID

from app.core.act import Act
from app.core.errors import Refused
from app.core.rows import columns_of, loaded
from app.core.words import NOT_FOUND
from app.deadlines.models import CalendarDayRow

_ONE = f"SELECT {columns_of(CalendarDayRow)} FROM calendar_day WHERE id = $1 FOR UPDATE"


async def day_for_change(act: Act, day_id: UUID) -> CalendarDayRow:
    """The day, locked. Raises Refused (not_found, version_stale)."""
    record = await act.connection.row(_ONE, day_id)
    if record is None:
        raise Refused(NOT_FOUND)
    act.expect(record["version"])
    return loaded(CalendarDayRow, record)
