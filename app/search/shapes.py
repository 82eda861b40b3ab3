"""What a search finds: of each kind what its own shape lets the caller see."""

from app.core.reads.kinds import ID, QUERY, TEXT, choice
from app.core.reads.shape import EVERYONE, Edge, Field, Filter, Listing, Shape, Shapes, Sort
from app.documents.shapes import DOCUMENT
from app.indicators.shapes import INDICATOR
from app.people.shapes import PERSON
from app.programmes.shapes import PROGRAMME
from app.search.words import FOUND_KINDS
from app.tasks.shapes import TASK
from app.units.shapes import UNIT

FOUND_KIND = choice("FoundKind", FOUND_KINDS)
SHOWN = {
    "unit": UNIT,
    "person": PERSON,
    "document": DOCUMENT,
    "programme": PROGRAMME,
    "indicator": INDICATOR,
    "task": TASK,
}


def _visible() -> str:
    """Each kind by its own shape's rule, so that search knows no rule of its own."""
    ruled = []
    for kind, shape in SHOWN.items():
        if shape.visible == EVERYONE:
            ruled.append(f"{{t}}.kind = '{kind}'")
        else:
            own = shape.visible.replace("{t}", "own")
            ruled.append(
                f"({{t}}.kind = '{kind}' AND EXISTS (SELECT 1 FROM \"{shape.table}\" own WHERE own.id = {{t}}.id AND ({own})))"
            )
    return "(" + " OR ".join(ruled) + ")"


FOUND = Shape(
    "Found",
    "found",
    "Something a search found.",
    fields=(
        Field("kind", FOUND_KIND, "what it is"),
        Field("object_id", ID, "its id", sql="{t}.id"),
        Field("title", TEXT, "its title or name"),
        Field("code", TEXT, "its number or code", null=True),
    ),
    edges=tuple(
        Edge(
            kind,
            shape.name,
            f"the {kind}, where it is one",
            on=f"{{t}}.kind = '{kind}' AND {{o}}.id = {{t}}.id",
        )
        for kind, shape in SHOWN.items()
    ),
    visible=_visible(),
    listing=Listing(
        filters=(
            Filter(
                "q",
                QUERY,
                "words to look for, with or without marks, each as a prefix",
                sql="{t}.search @@ {v}",
            ),
            Filter("kind", FOUND_KIND, "only of these kinds", many=True),
        ),
        # The better match first; ranks are negated so that all parts of the order rise.
        sorts=(
            Sort(
                "rank",
                (("(-round(ts_rank({t}.search, {q})::numeric, 6))", "numeric"),),
                "the better match first",
            ),
        ),
        required=("q",),
    ),
    node=False,
)

SHAPES = Shapes((FOUND,))
