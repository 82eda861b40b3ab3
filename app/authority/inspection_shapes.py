"""What the inspection committee reads: counts with a floor, each leading to the acts behind it. Questions, not verdicts.

Every group is gathered from what the reader inspects and nothing else, so that no number tells of what he may not see.
Reading any of them is recorded.
"""

from uuid import UUID

from app.authority.inspection_ddl import APPROVALS, ENTRY_COLUMNS, listed
from app.authority.inspection_parts import (
    BY_ACTOR,
    BY_COUNT,
    BY_UNIT,
    FAR,
    FIGURES,
    IS_JUDGED,
    OF_ACTOR,
    OF_UNIT,
    UNIT,
    UNITS,
    entries,
    grouped,
    question,
    to_person,
    to_unit,
)
from app.core.reads.kinds import BOOLEAN, ID, INSTANT, INTEGER, MONEY, TEXT, many
from app.core.reads.shape import Edge, Field, Filter, Listing, Shape, Sort, identity

FEW = 64
"""Units up to which their entries are found by index; beyond, the record is walked in its order until a page is full."""
_FEW = f"(SELECT count(*) <= {FEW} FROM ({UNITS} LIMIT {FEW + 1}) xf)"
_REST = ", ".join(ENTRY_COLUMNS[1:])
# Two plans in one statement, of which one runs: no plan is good for one unit and for all. The id passes through nullif
# in the first, so that no order is had by walking the whole record for a unit with few entries.
_ENTRIES = (
    f"(SELECT nullif(re.id, '{UUID(int=0)}') AS id, {_REST} FROM record_entry re WHERE {_FEW}"
    f" AND (re.unit_id = ANY(ARRAY({UNITS})) OR re.matter_unit_id = ANY(ARRAY({UNITS})))"
    f" UNION ALL (SELECT re.id, {_REST} FROM record_entry re WHERE NOT {_FEW}"
    f" AND (re.unit_id IN ({UNITS}) OR re.matter_unit_id IN ({UNITS})) ORDER BY re.id {{way}}))"
)
SELF_DEALING = ("self_evaluation", "separation_of_duties", "conflict_of_interest")

RECORD_ENTRY = Shape(
    "RecordEntry",
    "record_entry",
    "An entry of the record without its content: who acted, when, in which post, by which power, on what.",
    fields=(
        identity("the entry"),
        Field("object_kind", TEXT, "kind of the object"),
        Field("object_id", ID, "the object"),
        Field("objseq", INTEGER, "place in the object's own chain, from 1 without a hole"),
        Field("act", TEXT, "what happened"),
        Field("actor_id", ID, "who acted"),
        Field("post_id", ID, "in which position", null=True),
        Field("unit_id", ID, "the unit of that position", null=True),
        Field("matter_unit_id", ID, "the unit whose matter it was", null=True),
        Field("power", TEXT, "by which power", null=True),
        Field("basis_id", ID, "on which document", null=True),
        Field("amount", MONEY, "amount of the act, đồng", null=True),
        Field("max_amount", MONEY, "largest amount its chain allowed, đồng; none: no limit", null=True),
        Field(
            "delegation_ids",
            many(ID),
            "delegations it stood on",
            sql="coalesce({t}.delegation_ids, ARRAY[]::uuid[])",
        ),
        Field("at", INSTANT, "claimed time of the act"),
        Field("written_at", INSTANT, "when the entry was written, by its own id"),
        Field("commitment", TEXT, "the entry's commitment (hex), as its receipt showed it"),
    ),
    edges=(to_person("actor", "who acted", "actor_id"),),
    rows=_ENTRIES,
    listing=Listing(
        filters=(
            Filter("act", TEXT, "of these kinds", many=True),
            Filter("actor", ID, "by this person", sql="{t}.actor_id = {v}"),
            Filter("unit", ID, "in a post of this unit", sql="{t}.unit_id = {v}"),
            Filter("matter_unit", ID, "in matters of this unit", sql="{t}.matter_unit_id = {v}"),
            Filter("power", TEXT, "by this power"),
            Filter("object", TEXT, "on this object, as kind:id", sql="{t}.obj = {v}"),
            Filter(
                "delegation",
                ID,
                "standing on this delegation",
                sql="{t}.delegation_ids @> ARRAY[{v}]",
            ),
            Filter(
                "far",
                BOOLEAN,
                "whose claimed time lies more than five minutes from its writing",
                sql=f"({{t}}.away > {FAR}) = {{v}}",
            ),
        ),
        sorts=(Sort("written", (("{t}.id", "uuid"),), "in the order of writing"),),
    ),
    observed=True,
    defaults=("id", "act", "actor_id", "power", "at"),
)

APPROVAL_SHARE = Shape(
    "ApprovalShare",
    "record_entry",
    question("How many of the approvals by a power in a unit's posts are one person's."),
    fields=(
        identity("the group"),
        UNIT,
        Field("power", TEXT, "the power"),
        Field("actor_id", ID, "who approved"),
        *FIGURES,
    ),
    edges=(
        to_unit(),
        to_person("actor", "who approved", "actor_id"),
        entries(
            "the approvals",
            "{o}.actor_id = {t}.actor_id AND {o}.unit_id = {t}.unit_id AND {o}.power = {t}.power"
            f" AND {{o}}.act IN {listed(APPROVALS)}",
        ),
    ),
    rows=f"(SELECT {grouped('iu.unit_id', 'g.power', 'g.actor_id')}, iu.unit_id, g.* FROM {BY_UNIT} ("
    "SELECT e.power, e.actor_id, count(*)::integer AS count,"
    ' (sum(count(*)) OVER (PARTITION BY e.power))::integer AS "of"'
    f" FROM audit.entry_index e WHERE e.act IN {listed(APPROVALS)} AND e.unit_id = iu.unit_id"
    " GROUP BY e.power, e.actor_id) g)",
    listing=Listing(
        filters=(
            *OF_UNIT,
            Filter("power", TEXT, "by this power"),
            OF_ACTOR,
        ),
        sorts=BY_COUNT,
    ),
    observed=True,
    defaults=("id", "unit_id", "power", "actor_id", "count", "of", "judged", "share"),
)

SELF_DEALING_TRIED = Shape(
    "SelfDealingTried",
    "denial",
    question(
        "How many of a person's denials in a unit were for deciding on himself, on his own proposal or in his own interest."
    ),
    fields=(
        identity("the group"),
        UNIT,
        Field("actor_id", ID, "who tried"),
        *FIGURES,
        *(Field(why, INTEGER, f"denied for {why}") for why in SELF_DEALING),
    ),
    edges=(
        to_unit(),
        to_person("actor", "who tried", "actor_id"),
        Edge(
            "denials",
            "Denial",
            "the denials",
            on="{o}.actor_id = {t}.actor_id AND {o}.unit_id = {t}.unit_id"
            f" AND {{o}}.why IN {listed(SELF_DEALING)}",
            paged=True,
        ),
    ),
    rows=f"(SELECT {grouped('iu.unit_id', 'g.actor_id')}, iu.unit_id, g.* FROM {BY_UNIT} ("
    f"SELECT n.actor_id, (sum(n.times) FILTER (WHERE n.why IN {listed(SELF_DEALING)}))::integer AS count,"
    ' sum(n.times)::integer AS "of", '
    + ", ".join(
        f"coalesce(sum(n.times) FILTER (WHERE n.why = '{why}'), 0)::integer AS {why}" for why in SELF_DEALING
    )
    + " FROM denial n WHERE n.unit_id = iu.unit_id GROUP BY n.actor_id"
    f" HAVING bool_or(n.why IN {listed(SELF_DEALING)})) g)",
    listing=BY_ACTOR,
    observed=True,
    defaults=("id", "unit_id", "actor_id", "count", "of", "judged"),
)

# OFFSET: else the planner would look for the proposals of all approvals there are.
_GIVEN = (
    "SELECT v.approver_id, v.proposer_id, count(*) AS count, array_agg(v.id ORDER BY v.id) AS ids,"
    ' sum(count(*)) OVER (PARTITION BY v.approver_id) AS "of"'
    f" FROM {BY_UNIT} (SELECT * FROM approval WHERE matter_unit_id = iu.unit_id OFFSET 0) v"
    " GROUP BY v.approver_id, v.proposer_id"
)
MUTUAL_APPROVAL = Shape(
    "MutualApproval",
    "approval",
    question("Two persons of whom each approved what the other proposed, among all approvals the two gave."),
    fields=(
        identity("the pair"),
        Field("one_id", ID, "one of the two"),
        Field("other_id", ID, "the other"),
        Field("by_one", INTEGER, "approvals by the one of what the other proposed"),
        Field("by_other", INTEGER, "approvals by the other of what the one proposed"),
        *FIGURES,
        Field("entry_ids", many(ID), "the approvals between the two"),
    ),
    edges=(
        to_person("one", "one of the two", "one_id"),
        to_person("other", "the other", "other_id"),
        entries("the approvals between the two", "{o}.id = ANY({t}.entry_ids)"),
    ),
    rows=f"(WITH given AS ({_GIVEN})"
    f" SELECT {grouped('a.approver_id', 'b.approver_id')}, a.approver_id AS one_id, b.approver_id AS other_id,"
    " a.count::integer AS by_one, b.count::integer AS by_other, (a.count + b.count)::integer AS count,"
    ' (a."of" + b."of")::integer AS "of", a.ids || b.ids AS entry_ids'
    " FROM given a JOIN given b ON b.approver_id = a.proposer_id AND b.proposer_id = a.approver_id"
    " WHERE a.approver_id < b.approver_id)",
    listing=Listing(
        filters=(
            IS_JUDGED,
            Filter("person", ID, "with this person", sql="{v} IN ({t}.one_id, {t}.other_id)"),
        ),
        sorts=BY_COUNT,
    ),
    observed=True,
    defaults=("id", "one_id", "other_id", "by_one", "by_other", "count", "judged"),
)

SPLIT_DAYS = 7
# Summed over the days before each approval: split amounts are told by their sum, whatever the day of the week.
_WINDOW = (
    "PARTITION BY v.actor_id, v.power ORDER BY v.at"
    f" RANGE BETWEEN interval '{SPLIT_DAYS} days' PRECEDING AND CURRENT ROW"
)
_SUMMED = (
    "SELECT v.event_id AS id, v.actor_id, v.power, v.max_amount,"
    f" sum(v.amount) OVER ({_WINDOW}) AS together, count(*) OVER ({_WINDOW}) AS near FROM audit.entry_index v"
    f" WHERE v.act IN {listed(APPROVALS)} AND v.matter_unit_id = iu.unit_id AND v.amount IS NOT NULL"
)
_OVER = "s.near > 1 AND s.together > s.max_amount"

SPLIT_AMOUNT = Shape(
    "SplitAmount",
    "approval",
    question(
        "Approvals by one person in one unit's matters, each within his limit, that go beyond it together within seven days."
    ),
    fields=(
        identity("the group"),
        UNIT,
        Field("actor_id", ID, "who approved"),
        Field("power", TEXT, "the power"),
        Field("largest", MONEY, "largest sum within seven days that went beyond the limit, đồng"),
        *FIGURES,
        Field("entry_ids", many(ID), "each approval by which the sum of the seven days before went beyond"),
    ),
    edges=(
        to_unit(),
        to_person("actor", "who approved", "actor_id"),
        entries(
            "all his approvals with an amount in the unit's matters",
            "{o}.actor_id = {t}.actor_id AND {o}.matter_unit_id = {t}.unit_id AND {o}.power = {t}.power"
            f" AND {{o}}.amount IS NOT NULL AND {{o}}.act IN {listed(APPROVALS)}",
        ),
    ),
    rows=f"(SELECT {grouped('iu.unit_id', 'g.actor_id', 'g.power')}, iu.unit_id, g.* FROM {BY_UNIT} ("
    f"SELECT s.actor_id, s.power, (max(s.together) FILTER (WHERE {_OVER}))::bigint AS largest,"
    f' (count(*) FILTER (WHERE {_OVER}))::integer AS count, count(*)::integer AS "of",'
    f" array_agg(s.id ORDER BY s.id) FILTER (WHERE {_OVER}) AS entry_ids"
    f" FROM ({_SUMMED}) s GROUP BY s.actor_id, s.power HAVING bool_or({_OVER})) g)",
    listing=BY_ACTOR,
    observed=True,
    defaults=("id", "unit_id", "actor_id", "largest", "count", "of", "judged"),
)

CLAIMED_TIME = Shape(
    "ClaimedTime",
    "record_entry",
    question(
        "How many entries of a person in a unit's posts claim a time more than five minutes from their writing."
    ),
    fields=(
        identity("the group"),
        UNIT,
        Field("actor_id", ID, "who acted"),
        Field("largest_seconds", INTEGER, "largest distance, seconds"),
        *FIGURES,
    ),
    edges=(
        to_unit(),
        to_person("actor", "who acted", "actor_id"),
        entries(
            "those entries",
            f"{{o}}.actor_id = {{t}}.actor_id AND {{o}}.unit_id = {{t}}.unit_id AND {{o}}.away > {FAR}",
        ),
    ),
    rows=f"(SELECT {grouped('iu.unit_id', 'g.actor_id')}, iu.unit_id, g.* FROM {BY_UNIT} ("
    f'SELECT e.actor_id, (count(*) FILTER (WHERE e.away > {FAR}))::integer AS count, count(*)::integer AS "of",'
    " least(max(e.away), 2147483647)::integer AS largest_seconds"
    " FROM (SELECT actor_id, away FROM record_entry WHERE unit_id = iu.unit_id OFFSET 0) e"
    f" GROUP BY e.actor_id HAVING bool_or(e.away > {FAR})) g)",
    listing=BY_ACTOR,
    observed=True,
    defaults=("id", "unit_id", "actor_id", "count", "of", "judged"),
)

SHAPES = (RECORD_ENTRY, APPROVAL_SHARE, SELF_DEALING_TRIED, MUTUAL_APPROVAL, SPLIT_AMOUNT, CLAIMED_TIME)
