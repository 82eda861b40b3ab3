"""What can be read of the working calendar."""

from app.core.reads.kinds import BOOLEAN, DATE, ID, INSTANT, INTEGER, TEXT, choice
from app.core.reads.shape import Field, Filter, Listing, Matter, Shape, Shapes, Sort, identity
from app.deadlines.words import DAY_KINDS
from app.units.shapes import TOP_UNIT

DAY_KIND = choice("CalendarDayKind", DAY_KINDS)

CALENDAR_DAY = Shape(
    "CalendarDay",
    "calendar_day",
    "A day that is not what its weekday says: a day off, or a weekend day that is worked.",
    fields=(
        identity("the day's record"),
        Field("day", DATE, "the day, in Hanoi"),
        Field("kind", DAY_KIND, "what kind of day"),
        Field(
            "working",
            BOOLEAN,
            "whether it is worked",
            sql="({t}.kind IN ('working_weekend', 'statutory_pending'))",
        ),
        Field("name", TEXT, "what the day is"),
        Field("source", TEXT, "what it rests on"),
        Field("confidence", TEXT, "high, medium, low or unconfirmed"),
        Field("basis_id", ID, "basis document", null=True),
        Field("version", INTEGER, "rises with each act on the day"),
        Field("created_at", INSTANT, "when it was recorded"),
    ),
    listing=Listing(
        filters=(
            Filter("day_from", DATE, "on or after this day", sql="{t}.day >= {v}"),
            Filter("day_before", DATE, "before this day", sql="{t}.day < {v}"),
            Filter("kind", DAY_KIND, "of these kinds", many=True),
        ),
        sorts=(Sort("day", (("{t}.day", "date"),)),),
    ),
    defaults=("id", "day", "kind", "name"),
    matter=Matter(unit=TOP_UNIT),
)

SHAPES = Shapes((CALENDAR_DAY,))
