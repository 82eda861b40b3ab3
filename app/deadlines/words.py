"""What may be asked of the working calendar, what happened, what is refused; words for kinds of deadlines and days."""

from dataclasses import dataclass

from app.core.act import CONSTRAINTS, Action, Fact
from app.core.errors import Refusal
from app.core.text import Text

SET_DAY = Action("calendar.set", Text("sửa lịch làm việc", "edit the working calendar"))

DAY_KINDS = {
    "statutory": Text("nghỉ lễ", "statutory holiday"),
    "compensatory": Text("nghỉ bù", "compensatory day off"),
    "swapped_off": Text("nghỉ hoán đổi", "swapped day off"),
    "working_weekend": Text("làm bù", "worked weekend day"),
    "statutory_pending": Text("ngày nghỉ chờ luật", "holiday pending enactment"),
}


@dataclass(frozen=True)
class CalendarDaySet(
    Fact, code="calendar.day_set", words=Text("sửa một ngày trong lịch", "calendar day set")
):
    """A day off or a worked weekend day was set, by whom and on which basis."""

    day: str
    kind: str


CALENDAR_DAY_KNOWN = Refusal(
    "calendar_day_known",
    409,
    Text("Ngày này đã có trong lịch", "The day is in the calendar already"),
    Text("Ngày này đã được ghi; hãy sửa bản ghi đó.", "This day is recorded already; amend that record."),
)
CONSTRAINTS["uq_calendar_day_day"] = CALENDAR_DAY_KNOWN

ACTIONS = (SET_DAY,)
REFUSALS = (CALENDAR_DAY_KNOWN,)
