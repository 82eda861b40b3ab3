"""What can be read of imports, and where a programme's annex can be had."""

from app.core.ids import RESTRICTED
from app.core.reads.kinds import ID, INSTANT, INTEGER, JSON, TEXT, choice
from app.core.reads.shape import Edge, Field, Filter, Listing, Matter, Shape, Shapes, Sort, identity
from app.exchange.words import STATES
from app.programmes.shapes import PROGRAMME_VISIBLE
from app.tasks.task_shape import TASK_VISIBLE

STATE = choice("ImportState", STATES)

_PROGRAMME_SEEN = PROGRAMME_VISIBLE.replace("{t}", "ip")
_TASK_SEEN = TASK_VISIBLE.replace("{t}", "it")
IMPORT_VISIBLE = (
    f"(EXISTS (SELECT 1 FROM programme ip WHERE ip.id = {{t}}.programme_id AND (ip.access_class < {RESTRICTED} OR {_PROGRAMME_SEEN}))"
    " AND ({t}.importer_id = {actor}"
    " OR (EXISTS (SELECT 1 FROM unit_ancestor x WHERE x.unit_id = {t}.owner_id AND x.ancestor_id = ANY({reach}))"
    " AND NOT EXISTS (SELECT 1 FROM task it WHERE it.programme_id = {t}.programme_id"
    f" AND it.access_class = {RESTRICTED} AND it.created_at <= {{t}}.created_at AND NOT {_TASK_SEEN}))))"
)
"""Visibility of an import row `{t}`: its importer, and the branch of the owner. The plan names the rows of the annex that
were there, so those alone see it who see the restricted among these; and of a restricted programme who sees that.
"""
IMPORT_CLASS = (
    "(SELECT greatest(cp.access_class, (SELECT max(ct.access_class) FROM import_row cr JOIN task ct ON ct.id = cr.object_id"
    " WHERE cr.import_id = {t}.id)) FROM programme cp WHERE cp.id = {t}.programme_id)"
)
"""The class of an import: the highest of its programme and of the tasks it drafted or corrected."""

IMPORT = Shape(
    "Import",
    "annex_import",
    "An import of an annex: which file, what was planned, what was done.",
    fields=(
        identity("the import; of a dry run, of no lasting import"),
        Field("programme_id", ID, "the programme"),
        Field("importer_id", ID, "who imported"),
        Field("file_name", TEXT, "name of the file as sent"),
        Field("digest", TEXT, "SHA-256 of the file's bytes, hex", sql="encode({t}.digest, 'hex')"),
        Field("state", STATE, "carried out, or withdrawn since"),
        Field("counts", JSON, "rows by kind and by what was done"),
        Field("plan", JSON, "each row: number, action, why, differences, readings, notes"),
        Field("mapping", JSON, "columns told by hand", null=True),
        Field("version", INTEGER, "rises with each act on the import"),
        Field("created_at", INSTANT, "when it was carried out"),
    ),
    edges=(
        Edge("programme", "Programme", "the programme", on="{o}.id = {t}.programme_id"),
        Edge(
            "importer", "Person", "who imported, where a person or service did", on="{o}.id = {t}.importer_id"
        ),
    ),
    visible=IMPORT_VISIBLE,
    listing=Listing(
        filters=(
            Filter("programme", ID, "into this programme", sql="{t}.programme_id = {v}"),
            Filter("state", STATE, "of these states", many=True),
            Filter("digest", TEXT, "of this file", sql="encode({t}.digest, 'hex') = {v}"),
        ),
        sorts=(Sort("created_at", (("{t}.created_at", "timestamptz"),)),),
    ),
    defaults=("id", "file_name", "digest", "state", "created_at"),
    matter=Matter(unit="{t}.owner_id", access_class=IMPORT_CLASS),
)


def did(kind: str, *actions: str) -> str:
    """Whether an import did one of these to something of the kind: taking it back needs the power to."""
    among = ", ".join(f"'{one}'" for one in actions)
    return f"EXISTS (SELECT 1 FROM import_row ir WHERE ir.import_id = {{t}}.id AND ir.kind = '{kind}' AND ir.action IN ({among}))"


SHAPES = Shapes(
    (IMPORT,),
    edges={
        "Programme": (
            Edge("imports", "Import", "files imported into it", on="{o}.programme_id = {t}.id", paged=True),
        )
    },
    fields={
        "Programme": (
            Field(
                "annex_address",
                TEXT,
                "where its annexes can be had as XLSX",
                sql="'/v1/programmes/' || {t}.id || '/annex.xlsx'",
            ),
        )
    },
)
