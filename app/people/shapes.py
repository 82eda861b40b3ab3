"""What can be read of persons, positions and holdings. Names and posts are seen by all who signed in; one's tokens by
oneself alone.
"""

from app.core.reads.kinds import BOOLEAN, DATE, ID, INSTANT, INTEGER, TEXT, choice, many
from app.core.reads.shape import Edge, Field, Filter, Listing, Matter, Shape, Shapes, Sort, identity
from app.people.words import HOLDING_KINDS, OFFICES, PERSON_KINDS

PERSON_KIND = choice("PersonKind", PERSON_KINDS)
HOLDING_KIND = choice("HoldingKind", HOLDING_KINDS)
OFFICE = choice("Office", OFFICES)
TODAY = "{o}.valid @> {today}"

UNIT_OF_PERSON = (
    "(SELECT up.unit_id FROM holding uh JOIN position up ON up.id = uh.position_id WHERE uh.person_id = {t}.id"
    " ORDER BY uh.valid DESC LIMIT 1)"
)
"""The unit of the person's latest position: whose branch acts on the person lie in."""

PERSON = Shape(
    "Person",
    "person",
    "A person or a service account: name and posts only.",
    fields=(
        identity("the person"),
        Field("code", TEXT, "our slug"),
        Field("kind", PERSON_KIND, "person or service account"),
        Field("name", TEXT, "full name"),
        Field("invented", BOOLEAN, "an invented person of the demo"),
        Field("disabled", BOOLEAN, "whether access is off"),
        Field("version", INTEGER, "rises with each act on the person"),
        Field("created_at", INSTANT, "when it was recorded"),
    ),
    edges=(
        Edge(
            "holdings",
            "Holding",
            "positions held, latest first",
            on="{o}.person_id = {t}.id",
            sort="lower({o}.valid) DESC NULLS LAST, {o}.id",
            many=True,
        ),
        Edge(
            "posts",
            "Holding",
            "positions held today",
            on=f"{{o}}.person_id = {{t}}.id AND {TODAY}",
            sort="{o}.kind DESC, {o}.id",
            many=True,
        ),
    ),
    listing=Listing(
        filters=(
            Filter("code", TEXT, "exactly this code", many=True),
            Filter("kind", PERSON_KIND, "persons or service accounts"),
            Filter(
                "unit_subtree",
                ID,
                "holding a position today in this unit or below it",
                sql="EXISTS (SELECT 1 FROM holding h JOIN position p ON p.id = h.position_id JOIN unit_ancestor x ON x.unit_id = p.unit_id"
                " WHERE h.person_id = {t}.id AND h.valid @> {today} AND x.ancestor_id = {v})",
            ),
            Filter(
                "q",
                TEXT,
                "words of the name, with or without marks",
                sql="vietnamese_fold({t}.name) LIKE '%' || replace(replace(vietnamese_fold({v}), '%', ''), '_', '') || '%'",
            ),
        ),
        sorts=(
            Sort("name", (("{t}.sort_key", "text"),), "by given name, in Vietnamese order"),
            Sort("code", (("{t}.code", "text"),)),
        ),
    ),
    defaults=("id", "code", "name"),
    matter=Matter(unit=UNIT_OF_PERSON, concerns="ARRAY[{t}.id]"),
)

POSITION = Shape(
    "Position",
    "position",
    "A position in a unit: rights hang on it, never on the person.",
    fields=(
        identity("the position"),
        Field("code", TEXT, "our slug"),
        Field("title", TEXT, "title"),
        Field("office", OFFICE, "what kind of office"),
        Field("head", BOOLEAN, "whether its holder is the head of the unit"),
        Field("ordinal", INTEGER, "order within the unit"),
        Field("unit_id", ID, "the unit"),
        Field("version", INTEGER, "rises with each act on the position"),
        Field("created_at", INSTANT, "when it was recorded"),
    ),
    edges=(
        Edge("unit", "Unit", "the unit", on="{o}.id = {t}.unit_id", null=False),
        Edge(
            "holdings",
            "Holding",
            "who held it, latest first",
            on="{o}.position_id = {t}.id",
            sort="lower({o}.valid) DESC NULLS LAST, {o}.id",
            many=True,
        ),
        Edge(
            "holders",
            "Holding",
            "who holds it today",
            on=f"{{o}}.position_id = {{t}}.id AND {TODAY}",
            sort="{o}.kind DESC, {o}.id",
            many=True,
        ),
    ),
    listing=Listing(
        filters=(
            Filter("code", TEXT, "exactly this code", many=True),
            Filter("unit", ID, "of this unit", sql="{t}.unit_id = {v}"),
            Filter(
                "unit_subtree",
                ID,
                "of this unit and all below it",
                sql="EXISTS (SELECT 1 FROM unit_ancestor x WHERE x.unit_id = {t}.unit_id AND x.ancestor_id = {v})",
            ),
            Filter("head", BOOLEAN, "positions of heads"),
            Filter("office", OFFICE, "of these kinds", many=True),
            Filter(
                "vacant",
                BOOLEAN,
                "held by nobody today",
                sql="(NOT EXISTS (SELECT 1 FROM holding h WHERE h.position_id = {t}.id AND h.valid @> {today})) = {v}",
            ),
        ),
        sorts=(Sort("title", (("{t}.sort_key", "text"),)), Sort("code", (("{t}.code", "text"),))),
    ),
    defaults=("id", "code", "title", "unit_id"),
    matter=Matter(unit="{t}.unit_id"),
)

HOLDING = Shape(
    "Holding",
    "holding",
    "A person holds a position for a time.",
    fields=(
        identity("the holding"),
        Field("kind", HOLDING_KIND, "substantive or acting"),
        Field("valid_from", DATE, "first day", sql="lower({t}.valid)", null=True),
        Field("valid_to", DATE, "first day after it", sql="upper({t}.valid)", null=True),
        Field("person_id", ID, "who"),
        Field("position_id", ID, "which position"),
        Field("basis_id", ID, "document of the appointment", null=True),
    ),
    edges=(
        Edge("person", "Person", "who", on="{o}.id = {t}.person_id", null=False),
        Edge("position", "Position", "which position", on="{o}.id = {t}.position_id", null=False),
        Edge("basis", "Document", "document of the appointment", on="{o}.id = {t}.basis_id"),
    ),
    node=False,
    defaults=("id", "kind", "valid_from", "valid_to", "person", "position"),
)

OWN_TOKEN = Matter(unit="NULL::uuid", owner="{t}.person_id")
"""A token is its person's own, and no unit's matter."""
NOT_REVOKED = "{t}.revoked_at IS NULL"
LIVE = "({t}.revoked_at IS NULL AND {t}.expires_at > now())"
PERSONAL_TOKEN = Shape(
    "PersonalToken",
    "personal_token",
    "A personal token of the caller's own; its text is shown once, where it is created.",
    fields=(
        identity("the token"),
        Field("name", TEXT, "one's own name for it"),
        Field("scopes", many(TEXT), "what it narrows one's powers to"),
        Field("live", BOOLEAN, "whether it can be used: neither revoked nor expired", sql=LIVE),
        Field("expires_at", INSTANT, "end of its use"),
        Field("revoked_at", INSTANT, "when it was revoked", null=True),
        Field("version", INTEGER, "rises with each act on the token"),
        Field("created_at", INSTANT, "when it was created"),
    ),
    visible="{t}.person_id = {actor}",
    listing=Listing(
        filters=(Filter("live", BOOLEAN, "those that can be used", sql=f"{LIVE} = {{v}}"),),
        sorts=(
            Sort("created_at", (("{t}.created_at", "timestamptz"),)),
            Sort("expires_at", (("{t}.expires_at", "timestamptz"),)),
        ),
    ),
)

SHAPES = Shapes(
    (PERSON, POSITION, HOLDING, PERSONAL_TOKEN),
    edges={
        "Unit": (
            Edge(
                "positions",
                "Position",
                "positions of the unit, in order",
                on="{o}.unit_id = {t}.id",
                sort="{o}.ordinal, {o}.sort_key",
                many=True,
            ),
            Edge(
                "head",
                "Person",
                "the head (người đứng đầu) today; a substantive holder before an acting one",
                through="holding {l}, position hp",
                on="hp.unit_id = {t}.id AND hp.head AND {l}.position_id = hp.id AND {l}.valid @> {today} AND {o}.id = {l}.person_id",
                sort="{l}.kind DESC, hp.ordinal, {l}.id",
            ),
        )
    },
)
