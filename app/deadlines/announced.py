"""Days announced or decided that the `holidays` package has wrong or not at all: facts with their sources."""

from datetime import date

from app.deadlines.calendar import CalendarDay, Confidence, DayKind

_SWAP_OF_2026 = "VB 12729/VPCP-KGVX 25/12/2025"

# Years whose days off were compared with the announcement for that year; elsewhere computed days stay computed.
ANNOUNCED_YEARS = frozenset({2026})

ANNOUNCED = (
    CalendarDay(
        date(2026, 1, 2),
        DayKind.SWAPPED_OFF,
        "Nghỉ hoán đổi (làm bù thứ Bảy 10/01/2026)",
        Confidence.HIGH,
        _SWAP_OF_2026,
    ),
    CalendarDay(
        date(2026, 1, 10), DayKind.WORKING_WEEKEND, "Làm bù cho 02/01/2026", Confidence.HIGH, _SWAP_OF_2026
    ),
)

_CULTURE_DAY = (11, 24)
_NAMED_IN = 2026


def culture_days(years: range) -> tuple[CalendarDay, ...]:
    """24/11 of each year since it was named a day off; pending, because no law has enacted it."""
    return tuple(
        CalendarDay(
            date(year, *_CULTURE_DAY),
            DayKind.STATUTORY_PENDING,
            "Ngày Văn hóa Việt Nam",
            Confidence.UNCONFIRMED,
            "80-NQ/TW 07/01/2026 names it a paid day off; NQ 30/NQ-CP 2026 orders Điều 112 Bộ luật Lao động amended; "
            "enactment not found",
        )
        for year in years
        if year >= _NAMED_IN
    )
