"""What tasks show: their shapes, and the ways that lead to them from the rooms below."""

from app.core.reads.shape import Edge, Shapes
from app.tasks.part_shapes import BASIS, CANDIDATE, COORDINATOR, COUNT, DELIVERABLE, MILESTONE
from app.tasks.task_shape import TASK

SHAPES = Shapes(
    (TASK, COORDINATOR, CANDIDATE, MILESTONE, DELIVERABLE, BASIS, COUNT),
    edges={
        "Unit": (
            Edge(
                "tasks",
                "Task",
                "tasks it or a unit below it owns, leads or coordinates",
                roots="{t}.id",
                paged=True,
            ),
            Edge("leads", "Task", "tasks it leads", on="{o}.lead_id = {t}.id", paged=True),
            Edge(
                "task_counts",
                "TaskCount",
                "tasks it leads, counted by state",
                on="{o}.lead_id = {t}.id",
                sort="{o}.state",
                many=True,
            ),
        ),
        "Person": (
            Edge("tasks", "Task", "tasks the person answers for by name", roots="{t}.id", paged=True),
        ),
        "Programme": (Edge("tasks", "Task", "its tasks", on="{o}.programme_id = {t}.id", paged=True),),
        "ContentGroup": (
            Edge(
                "tasks",
                "Task",
                "its tasks",
                on="{o}.programme_id = {t}.programme_id AND {o}.group_id = {t}.id",
                paged=True,
            ),
        ),
        "Indicator": (
            Edge(
                "tasks",
                "Task",
                "tasks that move it",
                through="task_indicator {l}",
                on="{l}.indicator_id = {t}.id AND {o}.id = {l}.task_id",
                sort="{o}.annex_key, {o}.number_key, {o}.id",
                many=True,
            ),
        ),
    },
)
