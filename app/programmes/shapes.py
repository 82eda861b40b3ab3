"""What can be read of programmes and their content groups, and the visibility that all their parts share."""

from app.core.ids import RESTRICTED
from app.core.reads.kinds import BOOLEAN, DATE, ID, INSTANT, INTEGER, MONEY, TEXT, choice
from app.core.reads.shape import Edge, Field, Filter, Listing, Matter, Shape, Shapes, Sort, identity
from app.documents.shapes import visible_document
from app.programmes.words import GROUP_KINDS, KINDS, STATES

KIND = choice("ProgrammeKind", KINDS)
STATE = choice("ProgrammeState", STATES)
GROUP_KIND = choice("ContentGroupKind", GROUP_KINDS)

PROGRAMME_VISIBLE = (
    "(EXISTS (SELECT 1 FROM programme_scope ps WHERE ps.programme_id = {t}.id AND ps.ancestor_id = ANY({reach}))"
    f" OR ({{t}}.state = 'issued' AND {{t}}.access_class < {RESTRICTED} AND EXISTS (SELECT 1 FROM programme_addressee pa"
    " JOIN unit_ancestor pu ON pu.ancestor_id = pa.unit_id"
    " WHERE pa.programme_id = {t}.id AND pu.unit_id = ANY({reach}))))"
)
"""Visibility of a programme row `{t}`: the branch of its owner; once issued, the units it addresses and all below them.

A restricted one: those alone who are cleared in the branch of its owner, which its scope rows tell.
"""


def visible_through(expression: str) -> str:
    """Visibility of a part: that of the programme whose id the SQL expression gives, e.g. `{t}.programme_id`.

    The aliases pv, ps, pa and pu are taken inside.
    """
    seen = PROGRAMME_VISIBLE.replace("{t}", "pv")
    return f"EXISTS (SELECT 1 FROM programme pv WHERE pv.id = {expression} AND {seen})"


_NAMES_DOCUMENT = "SELECT pp.programme_id FROM programme_parent pp WHERE pp.document_id"
_NAMES_PROGRAMME = "SELECT pp.programme_id FROM programme_parent pp WHERE pp.parent_programme_id"

PROGRAMME = Shape(
    "Programme",
    "programme",
    "A programme of action, a work programme or a plan.",
    fields=(
        identity("the programme"),
        Field("code", TEXT, "our slug; opaque"),
        Field("title", TEXT, "title"),
        Field("kind", KIND, "programme of action, work programme or plan"),
        Field("owner_id", ID, "the unit that answers for it"),
        Field(
            "document_id",
            ID,
            "the document that carries it, where it may be seen",
            sql=f"CASE WHEN {visible_document('{t}.document_id')} THEN {{t}}.document_id END",
            null=True,
        ),
        Field("term", TEXT, "term (nhiệm kỳ), e.g. 2025-2030", null=True),
        Field("starts_on", DATE, "first day"),
        Field("ends_on", DATE, "last day, where it sets one", null=True),
        Field("rule_pack", TEXT, "rules by which its tasks are clear: six-ro or seven-ro"),
        Field("state", STATE, "draft, proposed, approved or issued"),
        Field("issued_on", DATE, "date of issue", null=True),
        Field(
            "moves_off_rest_days", BOOLEAN, "whether a fixed date on a rest day moves to the next working day"
        ),
        Field("note", TEXT, "note of the owner", null=True),
        Field("budget", MONEY, "money it asks for, đồng; none: not stated", null=True),
        Field("access_class", INTEGER, "0 public inside the system, 1 internal, 2 restricted"),
        Field("version", INTEGER, "rises with each act on the programme or a part of it"),
        Field("created_at", INSTANT, "when it was recorded"),
    ),
    edges=(
        Edge("owner", "Unit", "the unit that answers for it", on="{o}.id = {t}.owner_id", null=False),
        Edge("document", "Document", "the document that carries it", on="{o}.id = {t}.document_id"),
        Edge(
            "parents",
            "ProgrammeParent",
            "what it makes concrete",
            on="{o}.programme_id = {t}.id",
            sort="{o}.id",
            many=True,
        ),
        Edge(
            "addressees",
            "Unit",
            "units it addresses, each with all units below it",
            through="programme_addressee {l}",
            on="{l}.programme_id = {t}.id AND {o}.id = {l}.unit_id",
            sort="{o}.sort_key, {o}.id",
            many=True,
        ),
        Edge(
            "groups",
            "ContentGroup",
            "its content groups in the order of its annexes",
            on="{o}.programme_id = {t}.id",
            sort='{o}.annex COLLATE "C", {o}.ordinal',
            many=True,
            part=True,
        ),
        Edge(
            "derived",
            "Programme",
            "programmes that make it concrete",
            on=f"{{o}}.id IN ({_NAMES_PROGRAMME} = {{t}}.id)",
            paged=True,
        ),
    ),
    visible=PROGRAMME_VISIBLE,
    listing=Listing(
        filters=(
            Filter("code", TEXT, "exactly this code", many=True),
            Filter("owner", ID, "this unit answers for it", sql="{t}.owner_id = {v}"),
            Filter(
                "unit_subtree",
                ID,
                "this unit or one below it answers for it",
                sql="EXISTS (SELECT 1 FROM programme_scope ps WHERE ps.programme_id = {t}.id"
                " AND ps.ancestor_id IN ({v}, cleared({v})))",
            ),
            Filter("kind", KIND, "of these kinds", many=True),
            Filter("state", STATE, "in these states", many=True),
            Filter("term", TEXT, "of this term"),
            Filter("access_class", INTEGER, "of these classes", many=True),
            # The parent must be in sight: a list must not tell what a hidden programme or document leads to.
            Filter(
                "parent_programme",
                ID,
                "making this programme concrete",
                sql=f"{{t}}.id IN ({_NAMES_PROGRAMME} = {{v}}) AND {visible_through('{v}')}",
            ),
            Filter(
                "parent_document",
                ID,
                "making this document concrete",
                sql=f"{{t}}.id IN ({_NAMES_DOCUMENT} = {{v}}) AND {visible_document('{v}')}",
            ),
            Filter(
                "q",
                TEXT,
                "words of the title, with or without marks",
                sql="strpos({t}.title_folded, vietnamese_fold({v})) > 0",
            ),
        ),
        sorts=(
            Sort("starts_on", (("{t}.starts_on", "date"),)),
            Sort("title", (("left({t}.sort_key, 200)", "text"),), "Vietnamese order of titles"),
            Sort("code", (("{t}.code", "text"),)),
        ),
    ),
    defaults=("id", "code", "title", "kind", "state"),
    matter=Matter(unit="{t}.owner_id", amount="{t}.budget", access_class="{t}.access_class"),
)

PARENT_VISIBLE = (
    f"({visible_through('{t}.programme_id')}"
    f" AND ({visible_document('{t}.document_id')} OR {visible_through('{t}.parent_programme_id')}))"
)
"""A parent of a programme is seen where both its ends are."""

PROGRAMME_PARENT = Shape(
    "ProgrammeParent",
    "programme_parent",
    "One thing a programme makes concrete: a document or a programme.",
    fields=(
        Field("document_id", ID, "the document", null=True),
        Field("parent_programme_id", ID, "the programme", null=True),
    ),
    edges=(
        Edge("document", "Document", "the document", on="{o}.id = {t}.document_id"),
        Edge("programme", "Programme", "the programme", on="{o}.id = {t}.parent_programme_id"),
    ),
    visible=PARENT_VISIBLE,
    node=False,
    defaults=("document", "programme"),
)

CONTENT_GROUP = Shape(
    "ContentGroup",
    "content_group",
    "A content group (nhóm nội dung) of a programme as its annex prints it.",
    fields=(
        identity("the group"),
        Field("programme_id", ID, "the programme"),
        Field("parent_id", ID, "the group it stands under", null=True),
        Field("annex", TEXT, "annex as printed; empty for none"),
        Field("code", TEXT, "number as printed; may repeat or be empty"),
        Field("title", TEXT, "title as printed"),
        Field("kind", GROUP_KIND, "what it holds"),
        Field("ordinal", INTEGER, "place in the annex, from 1"),
    ),
    edges=(
        Edge("programme", "Programme", "the programme", on="{o}.id = {t}.programme_id", null=False),
        Edge("parent", "ContentGroup", "the group it stands under", on="{o}.id = {t}.parent_id"),
        Edge(
            "groups",
            "ContentGroup",
            "groups directly under it, in order",
            on="{o}.parent_id = {t}.id",
            sort="{o}.ordinal",
            many=True,
        ),
    ),
    visible=visible_through("{t}.programme_id"),
    defaults=("id", "annex", "code", "title", "kind", "ordinal"),
)

SHAPES = Shapes(
    (PROGRAMME, PROGRAMME_PARENT, CONTENT_GROUP),
    edges={
        "Unit": (
            Edge(
                "programmes", "Programme", "programmes it answers for", on="{o}.owner_id = {t}.id", paged=True
            ),
        ),
        "Document": (
            Edge(
                "programmes",
                "Programme",
                "programmes it carries or that make it concrete",
                on=f"({{o}}.document_id = {{t}}.id OR {{o}}.id IN ({_NAMES_DOCUMENT} = {{t}}.id))",
                paged=True,
            ),
        ),
    },
)
