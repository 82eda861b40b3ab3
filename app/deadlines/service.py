"""Verbs on the working calendar. The calendar is the whole house's: it lies in the branch of the topmost unit."""

from uuid import UUID

from app.core.act import Act, Target
from app.core.ids import new_id
from app.core.rows import Object
from app.deadlines import queries
from app.deadlines.models import CalendarDayRow
from app.deadlines.schemas import AmendCalendarDay, RecordCalendarDay
from app.deadlines.words import SET_DAY, CalendarDaySet
from app.documents.queries import require_documents
from app.units.queries import top_unit


async def record_day(act: Act, given: RecordCalendarDay) -> UUID:
    """Records a day off or a worked weekend day."""
    await require_documents(act, "basis_id", given.basis_id)

    await act.require(SET_DAY, Target(None, await top_unit(act)))

    made = CalendarDayRow(
        new_id(),
        given.day,
        given.kind,
        given.name,
        given.source,
        given.confidence,
        given.basis_id,
        version=1,
        created_at=act.at,
    )

    await act.add(made)

    act.record(CalendarDaySet(made.id, made.day.isoformat(), made.kind))
    return made.id


async def amend_day(act: Act, day_id: UUID, given: AmendCalendarDay) -> UUID:
    """Changes what a day is: swaps are announced year by year."""
    day = await queries.day_for_change(act, day_id)
    await require_documents(act, "basis_id", given.basis_id)

    await act.require(SET_DAY, Target(Object("calendar", day.id), await top_unit(act)))

    values = given.model_dump(exclude_unset=True)

    day = await act.change(
        day, **{name: value for name, value in values.items() if value is not None or name == "basis_id"}
    )

    act.record(CalendarDaySet(day.id, day.day.isoformat(), day.kind))
    return day.id
