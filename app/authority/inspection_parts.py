"""What every figure of inspection has: its floor, what it is counted among, and the way to the acts behind it."""

from app.core.reads.kinds import BOOLEAN, DECIMAL, ID, INTEGER
from app.core.reads.shape import Edge, Field, Filter, Listing, Sort

FLOOR = 20
"""Acts below which a group is not judged: a share of few says nothing about a person."""
FAR = 300
"""Seconds that an act's claimed time may lie from the time of writing: acts last seconds, and clocks differ by less."""

UNITS = "SELECT xu.unit_id FROM unit_ancestor xu WHERE xu.ancestor_id = ANY({inspected})"
"""The units the reader inspects; one may come twice."""
# Below each unit the rest stands as a LATERAL that gathers: the planner cannot turn it around, and so reads the units' own
# entries by index. It does not know how many units a reader inspects, and would rather read the whole record for one.
BY_UNIT = f"(SELECT DISTINCT units.unit_id FROM ({UNITS}) units) iu CROSS JOIN LATERAL"
"""Each unit the reader inspects, once, as `iu.unit_id`; a sub-select over it follows."""
BY_COUNT = (Sort("count", (("{t}.count", "integer"),), "by the number of acts"),)
COUNT = Field("count", INTEGER, "acts this figure is about")
OF = Field("of", INTEGER, "acts it is counted among", sql='{t}."of"')
JUDGED = Field(
    "judged", BOOLEAN, f"whether there are {FLOOR} acts or more to judge by", sql=f'{{t}}."of" >= {FLOOR}'
)
SHARE = Field(
    "share",
    DECIMAL,
    "count as a part of `of`, 0–1; none below the floor",
    sql=f'CASE WHEN {{t}}."of" >= {FLOOR} THEN round({{t}}.count::numeric / {{t}}."of", 4) END',
    null=True,
)
COUNT_JUDGED = Field(
    "judged", BOOLEAN, f"whether there are {FLOOR} acts or more to judge by", sql=f"{{t}}.count >= {FLOOR}"
)
FIGURES = (COUNT, OF, JUDGED, SHARE)
UNIT = Field("unit_id", ID, "the unit")
IS_JUDGED = Filter("judged", BOOLEAN, "with enough acts to judge by", sql=f'({{t}}."of" >= {FLOOR}) = {{v}}')
OF_UNIT = (Filter("unit", ID, "of this unit", sql="{t}.unit_id = {v}"), IS_JUDGED)
OF_ACTOR = Filter("actor", ID, "of this person", sql="{t}.actor_id = {v}")
BY_ACTOR = Listing(filters=(*OF_UNIT, OF_ACTOR), sorts=BY_COUNT)
"""How the figures about one person in one unit are listed."""


def question(says: str) -> str:
    """What a figure is, with what it is not."""
    return f"{says} A question to ask, not a verdict."


def grouped(*columns: str) -> str:
    """An id of a group, the same at every reading: made of what tells it from other groups."""
    return "md5(concat_ws('/', " + ", ".join(columns) + "))::uuid AS id"


def entries(says: str, on: str) -> Edge:
    """The acts behind a figure, page by page."""
    return Edge("entries", "RecordEntry", says, on=on, paged=True)


def to_unit() -> Edge:
    """The unit of a figure."""
    return Edge("unit", "Unit", "the unit", on="{o}.id = {t}.unit_id")


def to_person(name: str, says: str, column: str) -> Edge:
    """A person a figure is about."""
    return Edge(name, "Person", says, on=f"{{o}}.id = {{t}}.{column}")
