"""What can be read of powers: grants, delegations, duties kept apart, interests."""

from app.authority import holding_shapes, inspection_shapes
from app.authority.offices import USUAL_CLASSES, usual_class
from app.authority.rules import WITHOUT_LIMIT
from app.core.ids import RESTRICTED
from app.core.reads.kinds import BOOLEAN, DATE, ID, INSTANT, INTEGER, MONEY, TEXT, many
from app.core.reads.shape import Edge, Field, Filter, Listing, Matter, Shape, Shapes, Sort, identity
from app.people.queries import ROOT_OF_POST
from app.people.shapes import UNIT_OF_PERSON
from app.units.kinds import BODIES
from app.units.shapes import TOP_UNIT

GRANT_VISIBLE = (
    "EXISTS (SELECT 1 FROM unit_ancestor gu WHERE gu.ancestor_id = ANY({reach}) AND gu.unit_id IN"
    " ({t}.unit_id, (SELECT gp.unit_id FROM position gp WHERE gp.id = {t}.position_id)))"
)
"""A grant is seen in the branch of its scope and of its position."""
_PARTY = "SELECT dh.person_id FROM holding dh WHERE dh.id IN ({t}.from_holding_id, {t}.to_holding_id)"
DELEGATION_VISIBLE = (
    f"({{actor}} IN ({_PARTY}) OR EXISTS"
    " (SELECT 1 FROM unit_ancestor du WHERE du.ancestor_id = ANY({reach}) AND du.unit_id = {t}.unit_id))"
)
"""A delegation is seen by both its parties and in the branch of its scope."""
INTEREST_VISIBLE = (
    "({t}.person_id = {actor} OR EXISTS (SELECT 1 FROM holding ih JOIN position ip ON ip.id = ih.position_id"
    " JOIN unit_ancestor iu ON iu.unit_id = ip.unit_id"
    " WHERE ih.person_id = {t}.person_id AND iu.ancestor_id = ANY({reach})))"
)
"""An interest is seen by its person and in the branches of his posts."""
DENIAL_VISIBLE = (
    "({t}.actor_id = {actor} OR (EXISTS (SELECT 1 FROM unit_ancestor xu"
    " WHERE xu.unit_id = {t}.unit_id AND xu.ancestor_id = ANY({inspected}))"
    f" AND ({{t}}.access_class < {RESTRICTED} OR EXISTS (SELECT 1 FROM unit_ancestor xr"
    " WHERE xr.unit_id = {t}.unit_id AND cleared(xr.ancestor_id) = ANY({reach})))))"
)
"""A denial is seen by who tried, and by who inspects the unit; over a restricted matter, where he is cleared there."""

HOLDERS = (
    "(SELECT array_agg(person_id) FROM holding WHERE position_id = {position}"
    " AND (isempty(valid) OR upper(valid) IS NULL OR upper(valid) > {since}))"
)
"""Who holds a position on a day or will after it."""
AROUND = {
    "path": "(SELECT array_agg(ancestor_id ORDER BY distance) FROM unit_ancestor WHERE unit_id = {unit})",
    "exercised": "(SELECT jsonb_object_agg(power, persons) FROM (SELECT power, jsonb_agg(person_id) AS persons"
    " FROM exercise WHERE object_id = {object} GROUP BY power) e)",
    "interested": "(SELECT array_agg(person_id) FROM interest"
    " WHERE object_id = {object} AND (ended_on IS NULL OR ended_on > {today}))",
    "apart": "(SELECT jsonb_agg(jsonb_build_array(power_a, power_b)) FROM duty WHERE ended_on IS NULL OR ended_on > {today})",
}
"""By name: the unit's path upwards, persons by power they used on the object, persons with an interest, powers kept apart.

One text for the act and for the reads that tell of it.
"""
_BODIES = "ARRAY[" + ", ".join(f"'{one}'" for one in BODIES) + "]"
_REACHED = ROOT_OF_POST.replace("p.unit_id", "{t}.unit_id").replace("{bodies}", _BODIES)
_CLASSES = " ".join(f"WHEN '{office}' THEN {highest}" for office, highest in USUAL_CLASSES.items())
EMPOWERING = tuple(
    Matter(
        unit=unit,
        amount=f"{WITHOUT_LIMIT}::bigint",
        access_class=f"CASE {{t}}.office {_CLASSES} ELSE {usual_class('')} END",
        concerns=HOLDERS.replace("{position}", "{t}.id").replace("{since}", "{today}"),
    )
    for unit in (_REACHED, "{t}.unit_id")
)
"""Giving a position the powers usual for its office: over the organisation it reaches, and in the unit it lies in."""
NOT_OVER = "NOT isempty({t}.valid) AND (upper({t}.valid) IS NULL OR upper({t}.valid) > {today})"
"""Open to whoever would end it: it is in force, or will be."""
NOT_ENDED = "{t}.ended_on IS NULL"
_FORCE = "{t}.valid @> {today}"
_EXTENT = (
    Field("powers", many(TEXT), "codes of the powers; /v1/words names them"),
    Field("unit_id", ID, "the unit whose matters they are about"),
    Field("subtree", BOOLEAN, "with all units below it"),
    Field("strict", BOOLEAN, "only the units below it, never the unit itself"),
    Field("max_amount", MONEY, "largest amount of one act, đồng; none: no limit", null=True),
    Field("max_class", INTEGER, "highest class: 0 public inside the system, 1 internal, 2 restricted"),
    Field(
        "valid_from",
        DATE,
        "first day; none where it was withdrawn before it began",
        sql="lower({t}.valid)",
        null=True,
    ),
    Field("valid_to", DATE, "first day after it", sql="upper({t}.valid)", null=True),
    Field("in_force", BOOLEAN, "whether it is in force today", sql=_FORCE),
    Field("basis_id", ID, "the document that gives them"),
)
_EXTENT_EDGES = (
    Edge("unit", "Unit", "the unit whose matters they are about", on="{o}.id = {t}.unit_id", null=False),
    Edge(
        "excluded",
        "Unit",
        "units that moved in below the scope since, which it does not take in",
        on="{o}.id = ANY({t}.excluded)",
        sort="{o}.sort_key, {o}.id",
        many=True,
    ),
    Edge("basis", "Document", "the document, where it may be seen", on="{o}.id = {t}.basis_id"),
)
_RECORDED = (
    Field("version", INTEGER, "rises with each act on it"),
    Field("created_at", INSTANT, "when it was recorded"),
)
_EXTENT_FILTERS = (
    Filter("power", TEXT, "with this power", sql="{v} = ANY({t}.powers)"),
    Filter("unit", ID, "over this unit", sql="{t}.unit_id = {v}"),
    Filter(
        "unit_subtree",
        ID,
        "over this unit or one below it",
        sql="EXISTS (SELECT 1 FROM unit_ancestor x WHERE x.unit_id = {t}.unit_id AND x.ancestor_id = {v})",
    ),
    Filter("in_force", BOOLEAN, "in force today", sql="({t}.valid @> {today}) = {v}"),
)
_BY_RECORDING = (Sort("created_at", (("{t}.created_at", "timestamptz"),), "by the time of recording"),)

GRANT = Shape(
    "Grant",
    "power_grant",
    "Powers given in writing to a position: rights hang on positions, never on persons.",
    fields=(
        identity("the grant"),
        Field("position_id", ID, "the position that holds them"),
        *_EXTENT,
        Field("max_depth", INTEGER, "how many delegations may stand on it: 0, 1 or 2"),
        *_RECORDED,
    ),
    edges=(
        Edge(
            "position", "Position", "the position that holds them", on="{o}.id = {t}.position_id", null=False
        ),
        *_EXTENT_EDGES,
        Edge(
            "delegations",
            "Delegation",
            "delegations that stand on it",
            on="{o}.grant_id = {t}.id",
            sort="{o}.id",
            many=True,
        ),
    ),
    visible=GRANT_VISIBLE,
    listing=Listing(
        filters=(
            *_EXTENT_FILTERS,
            Filter("position", ID, "held by this position", sql="{t}.position_id = {v}"),
        ),
        sorts=_BY_RECORDING,
    ),
    defaults=("id", "position_id", "powers", "unit_id", "valid_from", "valid_to", "in_force"),
    matter=Matter(unit="{t}.unit_id"),
)

DELEGATION = Shape(
    "Delegation",
    "delegation",
    "Powers lent by their holder to another, in writing and until a day.",
    fields=(
        identity("the delegation"),
        Field("from_holding_id", ID, "the holding of the one who delegates"),
        Field("to_holding_id", ID, "the holding of the one who acts for him"),
        Field("grant_id", ID, "the grant it stands on", null=True),
        Field("delegation_id", ID, "the delegation it stands on, where it is passed on", null=True),
        *_EXTENT,
        Field("may_sub", BOOLEAN, "whether it may be passed on"),
        *_RECORDED,
    ),
    edges=(
        Edge(
            "giver",
            "Holding",
            "the holding of the one who delegates",
            on="{o}.id = {t}.from_holding_id",
            null=False,
        ),
        Edge(
            "receiver",
            "Holding",
            "the holding of the one who acts for him",
            on="{o}.id = {t}.to_holding_id",
            null=False,
        ),
        Edge("grant", "Grant", "the grant it stands on, where it may be seen", on="{o}.id = {t}.grant_id"),
        Edge("source", "Delegation", "the delegation it stands on", on="{o}.id = {t}.delegation_id"),
        *_EXTENT_EDGES,
    ),
    visible=DELEGATION_VISIBLE,
    listing=Listing(
        filters=(
            *_EXTENT_FILTERS,
            Filter(
                "giver",
                ID,
                "given by this person",
                sql="{t}.from_holding_id IN (SELECT gh.id FROM holding gh WHERE gh.person_id = {v})",
            ),
            Filter(
                "receiver",
                ID,
                "received by this person",
                sql="{t}.to_holding_id IN (SELECT rh.id FROM holding rh WHERE rh.person_id = {v})",
            ),
        ),
        sorts=_BY_RECORDING,
    ),
    defaults=("id", "powers", "valid_from", "valid_to", "in_force"),
    matter=Matter(
        unit="{t}.unit_id", owner="(SELECT oh.person_id FROM holding oh WHERE oh.id = {t}.from_holding_id)"
    ),
)

DUTY = Shape(
    "Duty",
    "duty",
    "Two powers kept apart: one person may not exercise both on one object, nor lend them so.",
    fields=(
        identity("the pair"),
        Field("power_a", TEXT, "one power"),
        Field("power_b", TEXT, "the other power"),
        Field("basis_id", ID, "the document that says so", null=True),
        Field("ended_on", DATE, "first day on which they are kept apart no longer", null=True),
        *_RECORDED,
    ),
    edges=(Edge("basis", "Document", "the document, where it may be seen", on="{o}.id = {t}.basis_id"),),
    listing=Listing(
        filters=(Filter("power", TEXT, "with this power", sql="{v} IN ({t}.power_a, {t}.power_b)"),),
        sorts=(Sort("power_a", (("{t}.power_a", "text"), ("{t}.power_b", "text"))),),
    ),
    defaults=("id", "power_a", "power_b", "ended_on"),
    matter=Matter(unit=TOP_UNIT),
)

INTEREST = Shape(
    "Interest",
    "interest",
    "An interest of a person in an object: he takes no decision on it, nor lends power for it.",
    fields=(
        identity("the interest"),
        Field("person_id", ID, "whose interest"),
        Field("object_kind", TEXT, "kind of the object, e.g. programme"),
        Field("object_id", ID, "the object"),
        Field("why", TEXT, "what the interest is"),
        Field("ended_on", DATE, "first day without it", null=True),
        *_RECORDED,
    ),
    edges=(Edge("person", "Person", "whose interest", on="{o}.id = {t}.person_id", null=False),),
    visible=INTEREST_VISIBLE,
    listing=Listing(
        filters=(
            Filter("person", ID, "of this person", sql="{t}.person_id = {v}"),
            Filter("object_id", ID, "in this object"),
        ),
        sorts=_BY_RECORDING,
    ),
    defaults=("id", "person_id", "object_kind", "object_id", "why", "ended_on"),
    matter=Matter(unit=UNIT_OF_PERSON.replace("{t}.id", "{t}.person_id"), concerns="ARRAY[{t}.person_id]"),
)

DENIAL = Shape(
    "Denial",
    "denial",
    "What was tried without the power to; equal ones of a minute are one. Seen by who tried, and by who inspects the unit.",
    fields=(
        identity("the denial"),
        Field("actor_id", ID, "who tried"),
        Field("power", TEXT, "the power that was missing"),
        Field("why", TEXT, "why not; /v1/words names it"),
        Field("object_kind", TEXT, "kind of the object, where there was one", null=True),
        Field("object_id", ID, "the object, where there was one", null=True),
        Field("unit_id", ID, "the unit whose matter it was", null=True),
        Field("access_class", INTEGER, "the class of the matter"),
        Field("minute", INSTANT, "the minute it happened in"),
        Field("times", INTEGER, "how often within that minute"),
    ),
    visible=DENIAL_VISIBLE,
    listing=Listing(
        filters=(
            Filter("actor", ID, "tried by this person", sql="{t}.actor_id = {v}"),
            Filter("power", TEXT, "of this power", sql="{t}.power = {v}"),
            Filter("why", TEXT, "for this reason", many=True),
            Filter("unit", ID, "over this unit", sql="{t}.unit_id = {v}"),
        ),
        sorts=(Sort("minute", (("{t}.minute", "timestamptz"),)),),
    ),
    defaults=("id", "actor_id", "power", "why", "minute", "times"),
)

_OF_INQUIRY = "EXISTS (SELECT 1 FROM inquiry iq WHERE iq.id = {t}.inquiry_id AND iq.asker_id = {actor})"

INQUIRY = Shape(
    "Inquiry",
    "inquiry",
    "A question by what right somebody may use a power, and its answers; seen by who asked.",
    fields=(
        identity("the inquiry"),
        Field("person_id", ID, "about whom; none: about whoever may", null=True),
        Field("power", TEXT, "the power"),
        Field("object_kind", TEXT, "kind of the object, where one was named", null=True),
        Field("object_id", ID, "the object, where one was named", null=True),
        Field("unit_id", ID, "the unit whose matter it was"),
        Field("amount", MONEY, "the amount, đồng", null=True),
        Field("access_class", INTEGER, "the class of the matter"),
        Field("asked_on", DATE, "the day it was about"),
        Field("known_at", INSTANT, "as known at this instant; none: as known now", null=True),
        *_RECORDED,
    ),
    edges=(
        Edge("unit", "Unit", "the unit whose matter it was", on="{o}.id = {t}.unit_id", null=False),
        Edge(
            "answers",
            "InquiryAnswer",
            "an answer for each person",
            on="{o}.inquiry_id = {t}.id",
            sort="{o}.person_id",
            many=True,
        ),
    ),
    visible="{t}.asker_id = {actor}",
    listing=Listing(
        filters=(Filter("power", TEXT, "into this power", sql="{t}.power = {v}"),), sorts=_BY_RECORDING
    ),
    defaults=("id", "power", "asked_on", "answers"),
)

INQUIRY_ANSWER = Shape(
    "InquiryAnswer",
    "inquiry_answer",
    "Whether a person may, by which chain, or why not.",
    fields=(
        Field("person_id", ID, "the person"),
        Field("allowed", BOOLEAN, "whether he may"),
        Field("why", TEXT, "why not; /v1/words names it", null=True),
        Field("kind", TEXT, "substantive, acting or delegated", null=True),
        Field("chain", many(TEXT), "the steps that carry it, his own holding first"),
        Field("max_amount", MONEY, "least amount along the chain, đồng", null=True),
        Field("max_class", INTEGER, "least class along the chain", null=True),
    ),
    edges=(Edge("person", "Person", "the person", on="{o}.id = {t}.person_id", null=False),),
    visible=_OF_INQUIRY,
    node=False,
    defaults=("person", "allowed", "why", "kind", "chain"),
)

SHAPES = Shapes(
    (
        *(GRANT, DELEGATION, DUTY, INTEREST, DENIAL, INQUIRY, INQUIRY_ANSWER),
        *(*inspection_shapes.SHAPES, *holding_shapes.SHAPES),
    ),
    edges={
        "Position": (
            Edge(
                "grants",
                "Grant",
                "powers given to it",
                on="{o}.position_id = {t}.id",
                sort="{o}.id",
                many=True,
            ),
        ),
        "Holding": (
            Edge(
                "delegations",
                "Delegation",
                "powers lent to its holder",
                on="{o}.to_holding_id = {t}.id",
                sort="{o}.id",
                many=True,
            ),
        ),
    },
)
