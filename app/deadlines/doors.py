"""Both doors of the working calendar."""

from app.core.house import Command, Resource
from app.core.text import Text
from app.deadlines import service
from app.deadlines.schemas import AmendCalendarDay, RecordCalendarDay
from app.deadlines.words import SET_DAY

RESOURCES = (Resource("calendar", "CalendarDay", one="calendar_day", many="calendar"),)

COMMANDS = (
    Command(
        "record_calendar_day",
        SET_DAY,
        service.record_day,
        RecordCalendarDay,
        "POST",
        "/v1/calendar",
        "CalendarDay",
        Text("Ghi một ngày nghỉ hoặc làm bù.", "Records a day off or a worked weekend day."),
        status=201,
    ),
    Command(
        "amend_calendar_day",
        SET_DAY,
        service.amend_day,
        AmendCalendarDay,
        "PATCH",
        "/v1/calendar/{id}",
        "CalendarDay",
        Text("Sửa một ngày trong lịch.", "Amends a day of the calendar."),
        on="CalendarDay",
    ),
)
