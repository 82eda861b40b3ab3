"""What can be read of indicators, their targets and their figures: by whoever may see the programme."""

from app.core.reads.kinds import BOOLEAN, DATE, DECIMAL, ID, INSTANT, INTEGER, JSON, TEXT, choice, choice_of
from app.core.reads.shape import Edge, Field, Filter, Listing, Matter, Shape, Shapes, Sort, identity
from app.documents.shapes import visible_document
from app.indicators.target_parts import Comparator, Direction, TargetKind
from app.indicators.words import COMPARATORS, DIRECTIONS, ROLLUPS, TARGET_KINDS
from app.programmes.shapes import visible_through

TARGET_KIND = choice_of("TargetKind", TargetKind, TARGET_KINDS)
COMPARATOR = choice_of("TargetComparator", Comparator, COMPARATORS)
DIRECTION = choice_of("TargetDirection", Direction, DIRECTIONS)
ROLLUP = choice("RollUp", ROLLUPS)

# Of one scope and period the last correction stands; of equal days the whole year before its last quarter and month.
_NEWEST = "{o}.period_end DESC, {o}.scope, {o}.period, {o}.ordinal DESC"
_LATEST_VALUE = (
    "(SELECT lm.value FROM measurement lm WHERE lm.indicator_id = {t}.id"
    f" ORDER BY {_NEWEST.replace('{o}', 'lm')} LIMIT 1)"
)
# A scalar and not EXISTS, which PostgreSQL may answer by hashing the whole table.
_CURRENT = "((SELECT nm.id FROM measurement nm WHERE nm.replaces_id = {t}.id) IS NULL)"
_MEASURED = "((SELECT fm.id FROM measurement fm WHERE fm.indicator_id = {t}.id LIMIT 1) IS NOT NULL)"
_SEEN = (
    "EXISTS (SELECT 1 FROM indicator vi WHERE vi.id = {t}.indicator_id AND "
    f"{visible_through('vi.programme_id')})"
)
_IN_ORDER = "{o}.annex_key, {o}.number_key, {o}.ordinal, {o}.id"


def _with_target(predicate: str) -> str:
    """Indicators one of whose targets is so."""
    return f"EXISTS (SELECT 1 FROM target ft WHERE ft.indicator_id = {{t}}.id AND {predicate})"


_OWNER = "(SELECT mp.owner_id FROM programme mp WHERE mp.id = {t}.programme_id)"
_CLASS = "(SELECT mc.access_class FROM programme mc WHERE mc.id = {t}.programme_id)"
MEASURED = Matter(unit=f"coalesce({{t}}.lead_id, {_OWNER})", access_class=_CLASS)
"""Who leads an indicator measures it; where no lead is known, who owns the programme."""
STANDING = "{t}.withdrawn_on IS NULL"

INDICATOR = Shape(
    "Indicator",
    "indicator",
    "An indicator (chỉ tiêu): what a programme is measured by, as printed in its annex.",
    fields=(
        identity("the indicator"),
        Field("programme_id", ID, "the programme it belongs to"),
        Field("group_id", ID, "the content group it stands in", null=True),
        Field("parent_id", ID, "the indicator it is a part of: 11 for 11.1", null=True),
        Field("annex", TEXT, "annex it is printed in; empty where there is but one"),
        Field("number", TEXT, "number as printed; empty where the line has none"),
        Field("ordinal", INTEGER, "which of the lines of this number in the annex, from 1"),
        Field("title", TEXT, "what is measured, verbatim"),
        Field("unit_words", TEXT, "unit of measure, verbatim", null=True),
        Field("lead_id", ID, "the unit that follows and measures it", null=True),
        Field("lead_words", TEXT, "the lead as printed, verbatim", null=True),
        Field("source_words", TEXT, "where its figures come from, verbatim", null=True),
        Field("definition", TEXT, "how it is measured", null=True),
        Field("rollup", ROLLUP, "how its figure follows from its parts"),
        Field("share", DECIMAL, "weight within its parent, 0–1", null=True),
        Field("note", TEXT, "a remark", null=True),
        Field(
            "source",
            JSON,
            "where it was imported from: import_id, digest, sheet, first_row, last_row",
            null=True,
        ),
        Field("withdrawn_on", DATE, "first day on which it no longer counts", null=True),
        Field(
            "latest_value",
            DECIMAL,
            "value of the newest figure, in the unit and multiplier of the target; none where it is in words",
            sql=_LATEST_VALUE,
            null=True,
        ),
        Field("version", INTEGER, "rises with each act on the indicator, its targets and figures"),
        Field("created_at", INSTANT, "when it was recorded"),
    ),
    edges=(
        Edge("programme", "Programme", "the programme", on="{o}.id = {t}.programme_id", null=False),
        Edge("group", "ContentGroup", "the content group", on="{o}.id = {t}.group_id"),
        Edge("parent", "Indicator", "the indicator it is a part of", on="{o}.id = {t}.parent_id"),
        Edge(
            "children",
            "Indicator",
            "its parts, in order",
            on="{o}.parent_id = {t}.id",
            sort=_IN_ORDER,
            many=True,
        ),
        Edge("lead", "Unit", "the unit that follows and measures it", on="{o}.id = {t}.lead_id"),
        Edge(
            "targets",
            "Target",
            "what it is to reach",
            on="{o}.indicator_id = {t}.id",
            sort="{o}.ordinal",
            many=True,
            part=True,
        ),
        Edge(
            "measurements",
            "Measurement",
            "its figures, latest first, corrected ones included",
            on="{o}.indicator_id = {t}.id",
            sort=_NEWEST,
            many=True,
            part=True,
        ),
        Edge(
            "latest",
            "Measurement",
            "its newest figure",
            on="{o}.indicator_id = {t}.id",
            sort=_NEWEST,
            part=True,
        ),
    ),
    visible=visible_through("{t}.programme_id"),
    listing=Listing(
        filters=(
            Filter("programme", ID, "of this programme", sql="{t}.programme_id = {v}"),
            Filter("group", ID, "of this content group", sql="{t}.group_id = {v}"),
            Filter("parent", ID, "parts of this indicator", sql="{t}.parent_id = {v}"),
            Filter("lead", ID, "led by this unit", sql="{t}.lead_id = {v}"),
            Filter("annex", TEXT, "of this annex"),
            Filter("number", TEXT, "of these numbers, as printed", many=True),
            Filter(
                "kind",
                TARGET_KIND,
                "with a target of these kinds",
                sql=_with_target("ft.kind = ANY({v})"),
                many=True,
            ),
            Filter(
                "binding",
                BOOLEAN,
                "with a binding target, or an aspiration",
                sql=_with_target("ft.binding = {v}"),
            ),
            Filter(
                "period",
                TEXT,
                "with a target for these periods",
                sql=_with_target("ft.period = ANY({v})"),
                many=True,
            ),
            Filter(
                "measured",
                BOOLEAN,
                "with (or without) a figure",
                sql=f"{_MEASURED} = {{v}}",
            ),
            Filter(
                "withdrawn", BOOLEAN, "withdrawn, or counting", sql="({t}.withdrawn_on IS NOT NULL) = {v}"
            ),
            Filter(
                "q",
                TEXT,
                "words of the title, with or without marks",
                sql="strpos({t}.title_folded, vietnamese_fold({v})) > 0",
            ),
        ),
        sorts=(
            Sort(
                "number", (("{t}.annex_key", "text"), ("{t}.number_key", "text")), "annex order: 2 before 11"
            ),
            Sort("title", (("left({t}.sort_key, 200)", "text"),), "Vietnamese order of titles"),
        ),
    ),
    defaults=("id", "number", "title", "unit_words"),
    matter=Matter(unit=_OWNER, access_class=_CLASS),
)

TARGET = Shape(
    "Target",
    "target",
    "A target (mục tiêu của chỉ tiêu): verbatim words beside what was read from them.",
    fields=(
        identity("the target"),
        Field("indicator_id", ID, "the indicator"),
        Field("period", TEXT, "a year, quarter or month: 2026, 2026-Q4, 2026-11"),
        Field("period_end", DATE, "last day of the period"),
        Field("words", TEXT, "the target as written, verbatim"),
        Field(
            "kind",
            TARGET_KIND,
            "what sort of thing is to be reached; unread where the words could not be read",
        ),
        Field("binding", BOOLEAN, "false for an aspiration (phấn đấu)"),
        Field("comparator_assumed", BOOLEAN, "the words name no comparator; one was assumed"),
        Field("condition", TEXT, "condition or addition the words make, verbatim", null=True),
        Field("baseline_words", TEXT, "starting point given beside the target, verbatim", null=True),
        Field("baseline_value", DECIMAL, "starting value", null=True),
        Field("baseline_on", DATE, "day the starting value is true of", null=True),
        Field("questions", JSON, "what to ask the drafter: a list of {vi, en}"),
        Field("why", JSON, "why the words stayed unread: {vi, en}", sql="({t}.reading -> 'why')", null=True),
        Field("ordinal", INTEGER, "order among the indicator's targets, from 1"),
    ),
    edges=(
        Edge("indicator", "Indicator", "the indicator", on="{o}.id = {t}.indicator_id", null=False),
        Edge(
            "parts",
            "TargetPart",
            "the values it sets",
            on="{o}.target_id = {t}.id",
            sort="{o}.ordinal",
            many=True,
            part=True,
        ),
    ),
    visible=_SEEN,
    node=False,
    defaults=("id", "period", "words", "kind", "binding", "comparator_assumed", "questions", "why", "parts"),
)

TARGET_PART = Shape(
    "TargetPart",
    "target_part",
    "One value of a target.",
    fields=(
        Field("scope", TEXT, "what the value is set for, e.g. Đông Nam Á; none for the whole", null=True),
        Field("comparator", COMPARATOR, "how a measured value must stand to the value written"),
        Field(
            "value",
            DECIMAL,
            "the value, multiplier included; lower end of a range; size of a change",
            null=True,
        ),
        Field("high", DECIMAL, "upper end of a range", null=True),
        Field("unit", TEXT, "unit of the value, as read", null=True),
        Field("direction", DIRECTION, "which way is better"),
        Field("per", TEXT, "period of a rate, or the thing each value is due for", null=True),
        Field("binding", BOOLEAN, "false for an aspiration (phấn đấu)"),
        Field(
            "baseline_words",
            TEXT,
            "what a change is counted from, as read from the target's words",
            null=True,
        ),
        Field("baseline_value", DECIMAL, "starting value, in the measured unit, where known", null=True),
        Field("baseline_on", DATE, "day the starting value is true of", null=True),
        Field("change", BOOLEAN, "the value is the size of a rise or fall, not a level"),
        Field("level", TEXT, "grade to be reached, for an ordinal target", null=True),
        Field("ordinal", INTEGER, "order within the target, from 1"),
    ),
    visible=_SEEN,
    node=False,
)

MEASUREMENT = Shape(
    "Measurement",
    "measurement",
    "A figure of an indicator for a scope and period; a correction is a figure of its own.",
    fields=(
        identity("the figure"),
        Field("indicator_id", ID, "the indicator"),
        Field("scope", TEXT, "what the figure is about, as in the target; empty for the whole"),
        Field("period", TEXT, "a year, quarter or month: 2026, 2026-Q4, 2026-11"),
        Field("period_end", DATE, "last day of the period"),
        Field("value", DECIMAL, "the figure, in the unit and multiplier of the target", null=True),
        Field("words", TEXT, "the figure in words, for what has no number", null=True),
        Field("measured_on", DATE, "day the figure was taken"),
        Field("source_words", TEXT, "where the figure comes from", null=True),
        Field(
            "document_id",
            ID,
            "document the figure stands in, where it may be seen",
            sql=f"CASE WHEN {visible_document('{t}.document_id')} THEN {{t}}.document_id END",
            null=True,
        ),
        Field("reported_by_id", ID, "who reported it", null=True),
        Field("confirmed_by_id", ID, "who confirmed it", null=True),
        Field("replaces_id", ID, "the figure this one corrects", null=True),
        Field("current", BOOLEAN, "false once a correction stands in its place", sql=_CURRENT),
        Field("ordinal", INTEGER, "1 for the first figure, one more for each correction"),
    ),
    edges=(
        Edge("indicator", "Indicator", "the indicator", on="{o}.id = {t}.indicator_id", null=False),
        Edge("document", "Document", "document the figure stands in", on="{o}.id = {t}.document_id"),
        Edge("reporter", "Person", "who reported it", on="{o}.id = {t}.reported_by_id"),
        Edge("confirmer", "Person", "who confirmed it", on="{o}.id = {t}.confirmed_by_id"),
        Edge("replaces", "Measurement", "the figure this one corrects", on="{o}.id = {t}.replaces_id"),
    ),
    visible=_SEEN,
    node=False,
    defaults=("id", "scope", "period", "value", "words", "measured_on", "current"),
)

SHAPES = Shapes(
    (INDICATOR, TARGET, TARGET_PART, MEASUREMENT),
    edges={
        "Programme": (
            Edge("indicators", "Indicator", "its indicators", on="{o}.programme_id = {t}.id", paged=True),
        ),
        "ContentGroup": (
            Edge(
                "indicators",
                "Indicator",
                "its indicators, in order",
                on="{o}.group_id = {t}.id",
                sort=_IN_ORDER,
                many=True,
            ),
        ),
        "Unit": (
            Edge("indicators", "Indicator", "indicators it leads", on="{o}.lead_id = {t}.id", paged=True),
        ),
    },
)
