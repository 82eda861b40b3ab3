"""What the inspection committee reads of powers as they are held: delegations in use, grants to oneself, single holders."""

from app.authority.inspection_parts import (
    BY_ACTOR,
    BY_COUNT,
    BY_UNIT,
    COUNT,
    COUNT_JUDGED,
    FIGURES,
    UNIT,
    entries,
    grouped,
    question,
    to_person,
    to_unit,
)
from app.authority.rules import KEPT_APART
from app.core.reads.kinds import BOOLEAN, DATE, ID, INSTANT, INTEGER, TEXT, many
from app.core.reads.shape import Edge, Field, Filter, Listing, Shape, Sort, identity

_FOUND = "({t}.count = 0 OR {t}.before_recording > 0 OR {t}.outside_period > 0)"
DELEGATION_USE = Shape(
    "DelegationUse",
    "lent_power",
    question(
        "A delegation with the acts that stood on it: before it was recorded, outside its period as it now is, or none at all."
    ),
    fields=(
        identity("the delegation"),
        UNIT,
        Field("giver_id", ID, "who lent"),
        Field("receiver_id", ID, "who acts for him"),
        Field("valid_from", DATE, "first day; none where it was withdrawn before it began", null=True),
        Field("valid_to", DATE, "first day after it", null=True),
        Field("created_at", INSTANT, "when it was recorded"),
        COUNT,
        COUNT_JUDGED,
        Field("before_recording", INTEGER, "acts before it was recorded"),
        Field("outside_period", INTEGER, "acts on days outside its period"),
        Field("never_used", BOOLEAN, "whether no act stood on it", sql="{t}.count = 0"),
    ),
    edges=(
        to_unit(),
        to_person("giver", "who lent", "giver_id"),
        to_person("receiver", "who acts for him", "receiver_id"),
        Edge("delegation", "Delegation", "the delegation, where it may be seen", on="{o}.id = {t}.id"),
        entries("the acts that stood on it", "{o}.delegation_ids @> ARRAY[{t}.id]"),
    ),
    rows=f"(SELECT du.*, used.* FROM {BY_UNIT} (SELECT * FROM lent_power WHERE unit_id = iu.unit_id OFFSET 0) du"
    " CROSS JOIN LATERAL (SELECT count(DISTINCT a.batch_id)::integer AS count,"
    " (count(DISTINCT a.batch_id) FILTER (WHERE a.early))::integer AS before_recording,"
    " (count(DISTINCT a.batch_id) FILTER (WHERE a.outside))::integer AS outside_period"
    " FROM delegated_act a WHERE a.delegation_id = du.id AND EXISTS (SELECT 1 FROM unit_ancestor xa"
    " WHERE xa.unit_id IN (a.unit_id, a.matter_unit_id) AND xa.ancestor_id = ANY({inspected}))) used)",
    listing=Listing(
        filters=(
            Filter("unit", ID, "over this unit", sql="{t}.unit_id = {v}"),
            Filter("giver", ID, "lent by this person", sql="{t}.giver_id = {v}"),
            Filter("receiver", ID, "lent to this person", sql="{t}.receiver_id = {v}"),
            Filter("never_used", BOOLEAN, "on which no act stood", sql="({t}.count = 0) = {v}"),
            Filter(
                "questioned",
                BOOLEAN,
                "never used, used before it was recorded, or outside its period",
                sql=f"{_FOUND} = {{v}}",
            ),
        ),
        sorts=(Sort("created_at", (("{t}.created_at", "timestamptz"),), "by the time of recording"),),
    ),
    observed=True,
    defaults=("id", "unit_id", "count", "before_recording", "outside_period", "never_used"),
)

GRANT_TO_ONESELF = Shape(
    "GrantToOneself",
    "grant_maker",
    question("How many of a person's grants over a unit are to positions that he holds, held or will hold."),
    fields=(
        identity("the group"),
        UNIT,
        Field("actor_id", ID, "who granted"),
        *FIGURES,
        Field("grant_ids", many(ID), "those grants"),
    ),
    edges=(
        to_unit(),
        to_person("actor", "who granted", "actor_id"),
        Edge(
            "grants",
            "Grant",
            "those grants, where they may be seen",
            on="{o}.id = ANY({t}.grant_ids)",
            sort="{o}.id",
            many=True,
        ),
        entries("the acts of granting them", "{o}.id = ANY({t}.entry_ids)"),
    ),
    rows=f"(SELECT {grouped('iu.unit_id', 'g.actor_id')}, iu.unit_id, g.* FROM {BY_UNIT} ("
    "SELECT m.granter_id AS actor_id,"
    ' (count(*) FILTER (WHERE m.benefits))::integer AS count, count(*)::integer AS "of",'
    " array_agg(m.id ORDER BY m.id) FILTER (WHERE m.benefits) AS grant_ids,"
    " array_agg(m.entry_id ORDER BY m.id) FILTER (WHERE m.benefits) AS entry_ids"
    " FROM grant_maker m WHERE m.unit_id = iu.unit_id GROUP BY m.granter_id HAVING bool_or(m.benefits)) g)",
    listing=BY_ACTOR,
    observed=True,
    defaults=("id", "unit_id", "actor_id", "count", "of", "judged"),
)

_APART = (
    "(SELECT power_a, power_b FROM duty WHERE ended_on IS NULL OR ended_on > {today} UNION VALUES "
    + ", ".join(f"('{a}', '{b}')" for a, b in KEPT_APART)
    + ")"
)
# Delegations do not help: duties are kept apart over all persons of a chain, the delegator among them.
_SINGLE = (
    "SELECT x.power_a, x.power_b, min(h.person_id::text)::uuid AS person_id,"
    " array_agg(DISTINCT h.grant_id) AS grant_ids"
    f" FROM {_APART} x JOIN power_holder h ON h.power IN (x.power_a, x.power_b)"
    " WHERE h.unit_id = iu.unit_id AND h.valid @> {today}"
    " GROUP BY x.power_a, x.power_b HAVING count(DISTINCT h.person_id) = 1 AND count(DISTINCT h.power) = 2"
)
DUTIES_IN_ONE_HAND = Shape(
    "DutiesInOneHand",
    "power_holder",
    question(
        "Two powers kept apart that one person alone holds over a unit today: nobody can be his second pair of eyes."
    ),
    fields=(
        identity("the group"),
        UNIT,
        Field("power_a", TEXT, "one power"),
        Field("power_b", TEXT, "the other power"),
        Field("person_id", ID, "who alone holds both"),
        COUNT,
        COUNT_JUDGED,
        Field("grant_ids", many(ID), "the grants by which he holds them"),
    ),
    edges=(
        to_unit(),
        to_person("person", "who alone holds both", "person_id"),
        Edge(
            "grants",
            "Grant",
            "the grants, where they may be seen",
            on="{o}.id = ANY({t}.grant_ids)",
            sort="{o}.id",
            many=True,
        ),
        entries(
            "his acts by the two powers in the unit's matters",
            "{o}.matter_unit_id = {t}.unit_id AND {o}.actor_id = {t}.person_id"
            " AND {o}.power IN ({t}.power_a, {t}.power_b)",
        ),
    ),
    rows=f"(SELECT {grouped('iu.unit_id', 's.power_a', 's.power_b')}, iu.unit_id, s.*,"
    " (SELECT count(DISTINCT e.batch_id)::integer"
    " FROM audit.entry_index e WHERE e.matter_unit_id = iu.unit_id AND e.actor_id = s.person_id"
    f" AND e.power IN (s.power_a, s.power_b)) AS count FROM {BY_UNIT} ({_SINGLE}) s)",
    listing=Listing(
        filters=(
            Filter("unit", ID, "of this unit", sql="{t}.unit_id = {v}"),
            Filter("person", ID, "held by this person", sql="{t}.person_id = {v}"),
        ),
        sorts=BY_COUNT,
    ),
    observed=True,
    defaults=("id", "unit_id", "power_a", "power_b", "person_id", "count", "judged"),
)

SHAPES = (DELEGATION_USE, GRANT_TO_ONESELF, DUTIES_IN_ONE_HAND)
