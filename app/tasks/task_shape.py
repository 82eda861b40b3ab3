"""What can be read of a task. Seen by whoever reaches the owner, the lead or a coordinating unit, and is cleared there where
it is restricted; and by the responsible person.
"""

from app.core.reads.kinds import BOOLEAN, DATE, ID, INSTANT, INTEGER, JSON, MONEY, TEXT, choice, choice_of
from app.core.reads.shape import Edge, Field, Filter, Listing, Matter, Scope, Shape, Sort, identity, in_states
from app.deadlines.rules import TIMELINESS_NAMES, Timeliness
from app.tasks.packs import RO_NAMES, Ro
from app.tasks.words import DEADLINE_KINDS, KINDS, LEAD_KINDS, LEVELS, NEEDS, RHYTHMS
from app.tasks.workflow import AMENDABLE, LABELS, State

KIND = choice("TaskKind", KINDS)
STATE = choice_of("TaskState", State, {state.value: text for state, text in LABELS.items()})
LEAD_KIND = choice("LeadKind", LEAD_KINDS)
LEVEL = choice("CompetenceLevel", LEVELS)
NEED = choice("ResourceNeed", NEEDS)
RHYTHM = choice("ReportRhythm", RHYTHMS)
DEADLINE_KIND = choice("DeadlineKind", DEADLINE_KINDS)
TIMELINESS = choice_of("Timeliness", Timeliness, {one.value: text for one, text in TIMELINESS_NAMES.items()})
RO = choice_of("Ro", Ro, {one.value: text for one, text in RO_NAMES.items()})

TASK_VISIBLE = (
    "EXISTS (SELECT 1 FROM task_scope sc WHERE sc.task_id = {t}.id AND sc.ancestor_id = ANY({reach}))"
)
"""Visibility of a task row `{t}`."""

STILL_DRAFT = f"{in_states(*AMENDABLE)} AND {{t}}.first_deadline IS NULL"
"""The same verdict as `workflow.is_amendable`."""
SOON_DAYS = 7  # a task is due soon while so many days or fewer are left

# The same verdicts as deadlines.rules.timeliness, where a result counts on the day it was accepted; work that ended
# without a result (cancelled, superseded, closed unaccepted) is neither in time nor late.
_TIMELINESS = (
    "CASE WHEN {t}.state IN ('cancelled', 'superseded') OR {t}.deadline_kind = 'ongoing' THEN 'not_applicable'"
    " WHEN {t}.due_on IS NULL THEN CASE WHEN {t}.deadline_kind IN ('missing', 'unread') THEN {t}.deadline_kind ELSE 'not_applicable' END"
    " WHEN {t}.accepted_on <= {t}.due_on THEN 'done_in_time'"
    " WHEN {t}.accepted_on IS NOT NULL THEN 'done_late'"
    " WHEN {t}.state = 'closed' THEN 'not_applicable'"
    " WHEN {t}.due_on < {today} THEN 'overdue'"
    f" WHEN {{t}}.due_on - {{today}} <= {SOON_DAYS} THEN 'due_soon' ELSE 'in_time' END"
)

TASK = Shape(
    "Task",
    "task",
    "A scheme (đề án) or task (nhiệm vụ) of a programme, with all that the seven rõ need.",
    fields=(
        identity("the task"),
        Field("programme_id", ID, "the programme it belongs to"),
        Field("group_id", ID, "the content group it stands in", null=True),
        Field("annex", TEXT, "annex it is printed in; empty for the main list"),
        Field("number", TEXT, "number as printed; empty where the row has none"),
        Field("ordinal", INTEGER, "which of the rows of this number in the annex, from 1"),
        Field("kind", KIND, "scheme or task"),
        Field("title", TEXT, "what is to be done, verbatim"),
        Field("description", TEXT, "the work described; empty where it is not"),
        Field("state", STATE, "where it stands"),
        Field("open", BOOLEAN, "whether something is still owed"),
        Field("unplanned", BOOLEAN, "đột xuất: came by the fast lane"),
        Field("access_class", INTEGER, "0 public inside the system, 1 internal, 2 restricted"),
        Field("owner_id", ID, "the unit that owns its programme"),
        Field("lead_id", ID, "the one lead unit; none while the words are not settled", null=True),
        Field("lead_kind", LEAD_KIND, "what the words of the lead say"),
        Field("lead_words", TEXT, "the lead as printed, verbatim"),
        Field("coordinating_words", TEXT, "the coordinating units as printed, verbatim"),
        Field("responsible_person_id", ID, "the person who answers for it, where one is named", null=True),
        Field("responsible_position_id", ID, "the post that answers for it, where one is named", null=True),
        Field("competence_body_id", ID, "the body competent to decide", null=True),
        Field("competence_words", TEXT, "the competent body as printed, verbatim"),
        Field("competence_level", LEVEL, "whether it decides, or submits", null=True),
        Field("submitted_to_id", ID, "the body its product is submitted to", null=True),
        Field("issuing_words", TEXT, "who issues its product, and in what form, verbatim"),
        Field("starts_on", DATE, "first day", null=True),
        Field("deadline_words", TEXT, "the deadline as printed, verbatim"),
        Field(
            "deadline_kind",
            DEADLINE_KIND,
            "how the words name the deadline; missing and ongoing are two things",
        ),
        Field("due_on", DATE, "last permitted day; none for what has no day", null=True),
        Field("deadline", JSON, "the whole reading of the words; given: the day was given outright"),
        Field("first_deadline", JSON, "words and due_on as first issued; never changes", null=True),
        Field(
            "timeliness", TIMELINESS, "whether the deadline is kept as of today; computed", sql=_TIMELINESS
        ),
        Field("report_every", RHYTHM, "how often an ongoing task is reported", null=True),
        Field("submit_deadline_words", TEXT, "when its product is to be submitted, verbatim"),
        Field("submit_due_on", DATE, "last permitted day of submitting", null=True),
        Field("accepted_on", DATE, "day its result was accepted", null=True),
        Field("result_words", TEXT, "the result as printed, verbatim"),
        Field("money_need", NEED, "whether funds are needed, or said to be none"),
        Field("money_amount", MONEY, "funds needed, đồng", null=True),
        Field("money_words", TEXT, "funds, verbatim"),
        Field("people_need", NEED, "whether people are needed, or said to be none"),
        Field("people_days", INTEGER, "people needed, working days of one person", null=True),
        Field("people_words", TEXT, "people, verbatim"),
        Field("facilities_need", NEED, "whether facilities are needed, or said to be none"),
        Field("facilities_words", TEXT, "facilities, verbatim"),
        Field("clear", BOOLEAN, "whether none of the seven is unclear"),
        Field("clarity_pack", TEXT, "id of the rule pack the verdicts follow"),
        Field(
            "clarity", JSON, "the seven verdicts: ro, verdict, failures (rule, evidence, why, mend), reason"
        ),
        Field("note", TEXT, "a remark; empty for none"),
        Field(
            "source",
            JSON,
            "where it was imported from: import_id, digest, sheet, first_row, last_row",
            null=True,
        ),
        Field("withdrawn_on", DATE, "day its draft was withdrawn", null=True),
        Field("version", INTEGER, "rises with each act on the task or a part of it"),
        Field("created_at", INSTANT, "when it was recorded"),
    ),
    edges=(
        Edge("programme", "Programme", "the programme it belongs to", on="{o}.id = {t}.programme_id"),
        Edge("group", "ContentGroup", "the content group it stands in", on="{o}.id = {t}.group_id"),
        Edge("owner", "Unit", "the unit that owns its programme", on="{o}.id = {t}.owner_id", null=False),
        Edge("lead", "Unit", "the one lead unit", on="{o}.id = {t}.lead_id"),
        Edge(
            "head",
            "Person",
            "the head (người đứng đầu) of the lead unit today; a substantive holder before an acting one",
            through="holding {l}, position hp",
            on="hp.unit_id = {t}.lead_id AND hp.head AND {l}.position_id = hp.id AND {l}.valid @> {today} AND {o}.id = {l}.person_id",
            sort="{l}.kind DESC, hp.ordinal, {l}.id",
        ),
        Edge(
            "responsible_person",
            "Person",
            "the person who answers for it",
            on="{o}.id = {t}.responsible_person_id",
        ),
        Edge(
            "responsible_position",
            "Position",
            "the post that answers for it",
            on="{o}.id = {t}.responsible_position_id",
        ),
        Edge("competence_body", "Unit", "the body competent to decide", on="{o}.id = {t}.competence_body_id"),
        Edge(
            "submitted_to", "Unit", "the body its product is submitted to", on="{o}.id = {t}.submitted_to_id"
        ),
        Edge(
            "coordinating",
            "TaskCoordinator",
            "coordinating units, in order",
            on="{o}.task_id = {t}.id",
            sort="{o}.ordinal",
            many=True,
            part=True,
        ),
        Edge(
            "candidates",
            "TaskCandidate",
            "units the words of the lead may mean",
            on="{o}.task_id = {t}.id",
            sort="{o}.ordinal",
            many=True,
            part=True,
        ),
        Edge(
            "milestones",
            "Milestone",
            "milestones, in order",
            on="{o}.task_id = {t}.id",
            sort="{o}.ordinal",
            many=True,
            part=True,
        ),
        Edge(
            "deliverables",
            "Deliverable",
            "deliverables, in order",
            on="{o}.task_id = {t}.id",
            sort="{o}.ordinal",
            many=True,
            part=True,
        ),
        Edge(
            "indicators",
            "Indicator",
            "indicators it moves",
            through="task_indicator {l}",
            on="{l}.task_id = {t}.id AND {o}.id = {l}.indicator_id",
            sort="{o}.number_key, {o}.id",
            many=True,
        ),
        Edge(
            "basis",
            "TaskBasis",
            "documents and clauses it follows from, in order",
            on="{o}.task_id = {t}.id",
            sort="{o}.ordinal",
            many=True,
        ),
    ),
    visible=TASK_VISIBLE,
    listing=Listing(
        filters=(
            Filter("programme", ID, "of this programme", sql="{t}.programme_id = {v}", narrow=True),
            Filter("group", ID, "of this content group", sql="{t}.group_id = {v}", narrow=True),
            Filter("state", STATE, "in these states", many=True),
            Filter("open", BOOLEAN, "something is (or is not) still owed"),
            Filter("kind", KIND, "schemes or tasks"),
            Filter("lead", ID, "led by this unit", sql="{t}.lead_id = {v}", narrow=True),
            Filter("lead_kind", LEAD_KIND, "whose words of the lead say so", many=True),
            Filter("unit_subtree", ID, "owned, led or coordinated by this unit or one below it", root=True),
            Filter("responsible", ID, "this person answers for it", root=True),
            # A task without a day is in no range; on the scope table it stands at infinity.
            Filter(
                "due_from",
                DATE,
                "due on this day or later",
                sql="{t}.due_on >= {v} AND {t}.due_on < 'infinity'",
            ),
            Filter("due_before", DATE, "due before this day", sql="{t}.due_on < {v}"),
            Filter(
                "timeliness",
                TIMELINESS,
                "whose deadline is kept so as of today",
                sql=f"array_position({{v}}, {_TIMELINESS}) IS NOT NULL",
                many=True,
            ),
            Filter("deadline_kind", DEADLINE_KIND, "whose deadline is worded so", many=True),
            Filter("clear", BOOLEAN, "all seven clear, or not"),
            Filter(
                "unclear_ro",
                RO,
                "unclear in this rõ",
                sql="{t}.clarity @> jsonb_build_array(jsonb_build_object('ro', {v}, 'verdict', 'unclear'))",
            ),
            Filter("unplanned", BOOLEAN, "đột xuất, or not"),
            Filter("access_class", INTEGER, "of these classes", many=True),
            Filter(
                "code",
                TEXT,
                "printed under this number; a stop at its end does not matter",
                sql="rtrim({t}.number, '. ') = rtrim({v}, '. ')",
            ),
            Filter(
                "q",
                TEXT,
                "words of the title, with or without marks",
                sql="strpos({t}.title_folded, vietnamese_fold({v})) > 0",
            ),
        ),
        sorts=(
            Sort("due_on", (("{t}.due_sort", "date"),), "what has no day comes last"),
            Sort("number", (("{t}.annex_key", "text"), ("{t}.number_key", "text")), "order of the annexes"),
            Sort("title", (("{t}.title_key", "text"),), "Vietnamese order of titles"),
            # Ids are UUIDv7, made when the task is recorded: their order is that of recording, and it is indexed.
            Sort("created_at", (("{t}.id", "uuid"),)),
        ),
        scope=Scope(
            table="task_scope",
            object="task_id",
            sort="due_on",
            columns=("open", "due_on"),
            above="SELECT xa.ancestor_id FROM unit_ancestor xa WHERE xa.unit_id = {a}",
        ),
    ),
    defaults=("id", "number", "kind", "title", "state", "lead_id", "due_on", "timeliness", "clear"),
    matter=Matter(unit="{t}.owner_id", access_class="{t}.access_class"),
)
