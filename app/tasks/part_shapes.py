"""What can be read of a task's parts, and the counts of a unit's tasks. A part is seen where its task is."""

from app.core.reads.kinds import DATE, DECIMAL, ID, INTEGER, TEXT
from app.core.reads.shape import Edge, Field, Shape
from app.documents.shapes import visible_document
from app.tasks.task_shape import DEADLINE_KIND, STATE

_SEEN = (
    "EXISTS (SELECT 1 FROM task_scope sp WHERE sp.task_id = {t}.task_id AND sp.ancestor_id = ANY({reach}))"
)
_COUNTED = (
    "({t}.n - CASE WHEN {t}.restricted = 0 OR EXISTS (SELECT 1 FROM unit_ancestor xr WHERE xr.unit_id = {t}.lead_id"
    " AND cleared(xr.ancestor_id) = ANY({reach})) THEN 0 ELSE {t}.restricted END)"
)

COORDINATOR = Shape(
    "TaskCoordinator",
    "task_coordinator",
    "A coordinating unit, or the words for one.",
    fields=(
        Field("unit_id", ID, "the unit; none for a collective or a name that did not resolve", null=True),
        Field("words", TEXT, "the name as printed; empty where only the unit was given"),
        Field("ordinal", INTEGER, "order within the task, from 1"),
    ),
    edges=(Edge("unit", "Unit", "the unit", on="{o}.id = {t}.unit_id"),),
    visible=_SEEN,
    node=False,
    defaults=("words", "unit"),
)

CANDIDATE = Shape(
    "TaskCandidate",
    "task_candidate",
    "A unit the words of the lead may mean, while no lead is settled.",
    fields=(
        Field("unit_id", ID, "the unit"),
        Field("words", TEXT, "the part of the words it was found for"),
        Field("score", DECIMAL, "likeness of the names, 0–1"),
        Field("ordinal", INTEGER, "order within the task, from 1"),
    ),
    edges=(Edge("unit", "Unit", "the unit", on="{o}.id = {t}.unit_id", null=False),),
    visible=_SEEN,
    node=False,
    defaults=("words", "score", "unit"),
)

MILESTONE = Shape(
    "Milestone",
    "milestone",
    "A milestone (mốc) on the way of a task.",
    fields=(
        Field("id", ID, "the milestone"),
        Field("title", TEXT, "what is reached"),
        Field("deadline_words", TEXT, "by when, verbatim"),
        Field("deadline_kind", DEADLINE_KIND, "how the words name the time"),
        Field("due_on", DATE, "last permitted day; none for what has no day", null=True),
        Field("ordinal", INTEGER, "order within the task, from 1"),
    ),
    visible=_SEEN,
    node=False,
)

DELIVERABLE = Shape(
    "Deliverable",
    "deliverable",
    "A deliverable (sản phẩm) of a task.",
    fields=(
        Field("id", ID, "the deliverable"),
        Field("title", TEXT, "the product"),
        Field("measure", TEXT, "what is measured or counted; empty where nobody said"),
        Field("quantity", DECIMAL, "how much of it", sql="trim_scale({t}.quantity)", null=True),
        Field("unit_words", TEXT, "unit of measure, verbatim"),
        Field("confirmer_id", ID, "the unit that confirms it", null=True),
        Field("ordinal", INTEGER, "order within the task, from 1"),
    ),
    edges=(Edge("confirmer", "Unit", "the unit that confirms it", on="{o}.id = {t}.confirmer_id"),),
    visible=_SEEN,
    node=False,
    defaults=("id", "title", "measure", "quantity", "unit_words", "confirmer"),
)

BASIS = Shape(
    "TaskBasis",
    "task_basis",
    "A document a task follows from, or a clause of it.",
    fields=(
        Field("document_id", ID, "the document"),
        Field("clause_id", ID, "the clause, where one is named", null=True),
        Field("ordinal", INTEGER, "order within the task, from 1"),
    ),
    edges=(
        Edge("document", "Document", "the document", on="{o}.id = {t}.document_id", null=False),
        Edge("clause", "Clause", "the clause", on="{o}.id = {t}.clause_id"),
    ),
    visible=f"({_SEEN} AND {visible_document('{t}.document_id')})",
    node=False,
    defaults=("document", "clause"),
)

COUNT = Shape(
    "TaskCount",
    "task_count",
    "How many tasks a unit leads in one state.",
    fields=(
        Field("state", STATE, "the state"),
        Field(
            "count", INTEGER, "how many; of the restricted ones where he is cleared for them", sql=_COUNTED
        ),
    ),
    # Kept for a unit as a whole: told only where the unit lies inside the reach, so that no count speaks of the unseen.
    visible="EXISTS (SELECT 1 FROM unit_ancestor xc WHERE xc.unit_id = {t}.lead_id AND xc.ancestor_id = ANY({reach}))"
    f" AND {_COUNTED} > 0",
    node=False,
)
