"""What can be read of documents and clauses. Class 2 is seen by those alone who are cleared where issuer or keeper lies."""

from app.core.ids import RESTRICTED
from app.core.reads.kinds import DATE, ID, INSTANT, INTEGER, TEXT, choice
from app.core.reads.shape import Edge, Field, Filter, Listing, Matter, Shape, Shapes, Sort, identity
from app.documents.models import number_folding
from app.documents.words import SERIES

NUMBER_SERIES = choice("NumberSeries", SERIES)

DOCUMENT_VISIBLE = (
    f"({{t}}.access_class < {RESTRICTED} OR EXISTS (SELECT 1 FROM unit_ancestor du"
    " WHERE du.unit_id IN ({t}.issuer_id, {t}.keeper_id) AND cleared(du.ancestor_id) = ANY({reach})))"
)
"""Visibility of a document row `{t}`."""


def visible_document(expression: str) -> str:
    """Whether the document whose id the SQL expression gives may be seen; `{t}` and `{reach}` inside stay open."""
    seen = DOCUMENT_VISIBLE.replace("{t}", "dv")
    return f"EXISTS (SELECT 1 FROM document dv WHERE dv.id = {expression} AND {seen})"


# A prefix as a range: unlike LIKE with a bound pattern it uses the index, and no sign in the value is a wildcard.
# "~" sorts after every letter, digit and blank.
_PREFIX = f"ltrim({number_folding('{v}')}, '0')"
_BY_NUMBER = (
    f"({_PREFIX} <> '' AND ltrim({{t}}.number_folded, '0') >= {_PREFIX}"
    f" AND ltrim({{t}}.number_folded, '0') < {_PREFIX} || '~')"
)

DOCUMENT = Shape(
    "Document",
    "document",
    "A basis document: a resolution, conclusion, decision, programme, letter of the Party or the State.",
    fields=(
        identity("the document"),
        Field("number", TEXT, "number and symbol, verbatim", null=True),
        Field("series", NUMBER_SERIES, "numbering it belongs to, as read from the number"),
        Field("type", TEXT, "symbol of the type, e.g. NQ, QĐ; does not give the type alone"),
        Field("type_name", TEXT, "the type in words"),
        Field("title", TEXT, "subject"),
        Field("issuer_id", ID, "the unit that issued it", null=True),
        Field("issuer_words", TEXT, "the issuer as printed", null=True),
        Field("keeper_id", ID, "the unit that keeps this record and may amend it", null=True),
        Field("issued_on", DATE, "date of issue, where known", null=True),
        Field("term", TEXT, "term (nhiệm kỳ), e.g. 2025-2030", null=True),
        Field("access_class", INTEGER, "0 public inside the system, 1 internal, 2 restricted"),
        Field("note", TEXT, "note of the keeper", null=True),
        Field("version", INTEGER, "rises with each act on the document"),
        Field("created_at", INSTANT, "when it was recorded"),
    ),
    edges=(
        Edge("issuer", "Unit", "the unit that issued it", on="{o}.id = {t}.issuer_id"),
        Edge("keeper", "Unit", "the unit that keeps this record", on="{o}.id = {t}.keeper_id"),
        Edge(
            "clauses",
            "Clause",
            "its clauses in order",
            on="{o}.document_id = {t}.id",
            sort="{o}.ordinal",
            many=True,
            part=True,
        ),
    ),
    visible=DOCUMENT_VISIBLE,
    listing=Listing(
        filters=(
            Filter(
                "number",
                TEXT,
                "number beginning so; marks, blanks, dashes and leading zeros do not matter",
                sql=_BY_NUMBER,
            ),
            Filter("type", TEXT, "of these type symbols", many=True),
            Filter("issuer", ID, "issued by this unit", sql="{t}.issuer_id = {v}"),
            Filter("issued_from", DATE, "issued on this day or later", sql="{t}.issued_on >= {v}"),
            Filter("issued_to", DATE, "issued on this day or earlier", sql="{t}.issued_on <= {v}"),
            Filter("term", TEXT, "of this term"),
            Filter("access_class", INTEGER, "of these classes", many=True),
            Filter(
                "q",
                TEXT,
                "words of the subject, with or without marks",
                sql="strpos({t}.title_folded, vietnamese_fold({v})) > 0",
            ),
        ),
        sorts=(
            Sort(
                "issued_on", (("coalesce({t}.issued_on, '-infinity'::date)", "date"),), "unknown dates first"
            ),
            Sort(
                "number",
                (
                    ("coalesce({t}.serial, 2147483647)", "integer"),
                    ("coalesce({t}.number_folded, '')", "text"),
                ),
                "by running number; without a number last",
            ),
            Sort("title", (("left({t}.sort_key, 200)", "text"),), "Vietnamese order of subjects"),
        ),
    ),
    defaults=("id", "number", "type_name", "title", "issued_on"),
    matter=Matter(unit="{t}.keeper_id", access_class="{t}.access_class"),
)

CLAUSE = Shape(
    "Clause",
    "clause",
    "A clause of a document.",
    fields=(
        identity("the clause"),
        Field("document_id", ID, "the document"),
        Field("parent_id", ID, "the clause it stands under", null=True),
        Field("label", TEXT, "its number in the document"),
        Field("text", TEXT, "wording"),
        Field("ordinal", INTEGER, "place in the document, from 1"),
    ),
    edges=(
        Edge("document", "Document", "the document", on="{o}.id = {t}.document_id", null=False),
        Edge("parent", "Clause", "the clause it stands under", on="{o}.id = {t}.parent_id"),
    ),
    visible=visible_document("{t}.document_id"),
    defaults=("id", "parent_id", "label", "text"),
)

SHAPES = Shapes(
    (DOCUMENT, CLAUSE),
    edges={
        "Unit": (
            Edge("basis", "Document", "document that founded it", on="{o}.id = {t}.basis_id"),
            Edge("documents", "Document", "documents it issued", on="{o}.issuer_id = {t}.id", paged=True),
        )
    },
)
