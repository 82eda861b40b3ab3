"""What can be read of units."""

from app.core.reads.kinds import BOOLEAN, DATE, ID, INSTANT, INTEGER, TEXT, choice
from app.core.reads.shape import Edge, Field, Filter, Listing, Matter, Shape, Shapes, Sort, identity
from app.units.words import ENDINGS, LEVELS

LEVEL = choice("UnitLevel", LEVELS)
ENDING = choice("UnitEnding", ENDINGS)

# The unit as it stood on a day: name, kind and parent of that day's period; units not yet or no longer there are absent.
AS_OF = (
    "(SELECT u.id, u.code, u.official_code, p.name, p.abbreviation, p.kind, u.level, p.parent_id, u.agency_id, u.founded_on,"
    " u.ended_on, u.ending, u.basis_id, u.version, u.created_at, vietnamese_sort_key(p.name) AS sort_key,"
    " vietnamese_fold(p.name) AS name_folded FROM unit u JOIN unit_period p ON p.unit_id = u.id AND p.valid @> {as_of})"
)

TOP_UNIT = "(SELECT top.id FROM unit top WHERE top.parent_id IS NULL AND top.ended_on IS NULL ORDER BY top.level, top.created_at, top.id LIMIT 1)"
"""The unit under whose branch lies what holds for the whole house."""

LIVING = "{t}.ended_on IS NULL"
UNIT = Shape(
    "Unit",
    "unit",
    "A unit: a Party organisation, one of its bodies or offices, or a state agency.",
    fields=(
        identity("the unit"),
        Field("code", TEXT, "our slug; opaque"),
        Field("official_code", TEXT, "identification code of the competent body; opaque", null=True),
        Field("name", TEXT, "full name"),
        Field("abbreviation", TEXT, "abbreviation", null=True),
        Field("kind", TEXT, "kind of unit, e.g. cap_uy, ban_thuong_vu, co_quan_tham_muu_giup_viec"),
        Field("level", LEVEL, "centre, province or commune"),
        Field("parent_id", ID, "the unit it stands under", null=True),
        Field("agency_id", ID, "the agency whose Party organisation this is", null=True),
        Field("founded_on", DATE, "first day, where known", null=True),
        Field("ended_on", DATE, "first day on which the unit no longer is", null=True),
        Field("ending", ENDING, "how it ended", null=True),
        Field(
            "living",
            BOOLEAN,
            "whether the unit is today",
            sql="({t}.ended_on IS NULL OR {t}.ended_on > {today})",
        ),
        Field("version", INTEGER, "rises with each act on the unit"),
        Field("created_at", INSTANT, "when it was recorded"),
    ),
    edges=(
        Edge("parent", "Unit", "the unit it stands under", on="{o}.id = {t}.parent_id"),
        Edge("agency", "Unit", "the agency whose Party organisation this is", on="{o}.id = {t}.agency_id"),
        Edge("children", "Unit", "units directly under it", on="{o}.parent_id = {t}.id", paged=True),
        Edge(
            "ancestors",
            "Unit",
            "the units above it, the nearest first",
            through="unit_ancestor {l}",
            on="{l}.unit_id = {t}.id AND {l}.distance > 0 AND {o}.id = {l}.ancestor_id",
            sort="{l}.distance",
            many=True,
        ),
        Edge(
            "periods",
            "UnitPeriod",
            "what it was called and where it stood, latest first",
            on="{o}.unit_id = {t}.id",
            sort="lower({o}.valid) DESC NULLS LAST",
            many=True,
        ),
        Edge(
            "successors",
            "Unit",
            "units that carry on its work",
            through="unit_successor {l}",
            on="{l}.unit_id = {t}.id AND {o}.id = {l}.successor_id",
            sort="{o}.sort_key",
            many=True,
        ),
        Edge(
            "aliases",
            "UnitAlias",
            "other names papers use",
            on="{o}.unit_id = {t}.id",
            sort="{o}.alias_folded",
            many=True,
        ),
    ),
    listing=Listing(
        filters=(
            Filter("code", TEXT, "exactly this code", many=True),
            Filter("kind", TEXT, "of these kinds", many=True),
            Filter("level", LEVEL, "of these levels", many=True),
            Filter("parent", ID, "directly under this unit", sql="{t}.parent_id = {v}"),
            Filter(
                "unit_subtree",
                ID,
                "this unit and all below it",
                sql="EXISTS (SELECT 1 FROM unit_ancestor x WHERE x.unit_id = {t}.id AND x.ancestor_id = {v})",
            ),
            Filter(
                "living",
                BOOLEAN,
                "units that are (or no longer are) today",
                sql="({t}.ended_on IS NULL OR {t}.ended_on > {today}) = {v}",
            ),
            Filter("root", BOOLEAN, "units without (or with) a parent", sql="({t}.parent_id IS NULL) = {v}"),
            Filter(
                "q",
                TEXT,
                "words of the name, with or without marks",
                sql="{t}.name_folded LIKE '%' || replace(replace(vietnamese_fold({v}), '%', ''), '_', '') || '%'",
            ),
        ),
        sorts=(
            Sort("name", (("{t}.sort_key", "text"),), "Vietnamese order of names"),
            Sort("code", (("{t}.code", "text"),)),
        ),
    ),
    as_of=AS_OF,
    defaults=("id", "code", "name", "abbreviation"),
    matter=Matter(unit="{t}.id"),
)

UNIT_PERIOD = Shape(
    "UnitPeriod",
    "unit_period",
    "A period in the life of a unit.",
    fields=(
        Field("name", TEXT, "full name in this period"),
        Field("abbreviation", TEXT, "abbreviation in this period", null=True),
        Field("kind", TEXT, "kind in this period"),
        Field("valid_from", DATE, "first day, where known", sql="lower({t}.valid)", null=True),
        Field("valid_to", DATE, "first day after the period", sql="upper({t}.valid)", null=True),
        Field("parent_id", ID, "parent in this period", null=True),
    ),
    node=False,
)

UNIT_ALIAS = Shape(
    "UnitAlias",
    "unit_alias",
    "Another name of a unit.",
    fields=(Field("alias", TEXT, "the name, verbatim"),),
    node=False,
)

SHAPES = Shapes((UNIT, UNIT_PERIOD, UNIT_ALIAS))
