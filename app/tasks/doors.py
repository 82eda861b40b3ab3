"""Both doors of tasks: one declaration each for the noun and its verbs."""

from app.core.house import Command, Resource
from app.core.text import Text
from app.tasks import service
from app.tasks.schemas import AmendTask, DraftTask, LinkIndicators, WithdrawTask
from app.tasks.task_shape import STILL_DRAFT
from app.tasks.words import AMEND, DRAFT, WITHDRAW

RESOURCES = (
    Resource(
        "tasks",
        "Task",
        one="task",
        many="tasks",
        include=(
            *("programme", "group", "owner", "lead", "head", "responsible_person", "responsible_position"),
            *("competence_body", "submitted_to", "coordinating", "candidates", "milestones", "deliverables"),
            *("indicators", "basis"),
        ),
    ),
)

COMMANDS = (
    Command(
        "draft_task",
        DRAFT,
        service.draft,
        DraftTask,
        "POST",
        "/v1/tasks",
        "Task",
        Text(
            "Dự thảo nhiệm vụ; có thể chưa rõ, kết quả xét bảy rõ trả về cùng.",
            "Drafts a task; it may be unclear yet, and says of each of the seven whether it is.",
        ),
        status=201,
    ),
    Command(
        "amend_task",
        AMEND,
        service.amend,
        AmendTask,
        "PATCH",
        "/v1/tasks/{id}",
        "Task",
        Text(
            "Sửa dự thảo nhiệm vụ; danh sách gửi lên thay cả danh sách cũ.",
            "Amends a draft task; a list that is sent replaces the whole list.",
        ),
        on="Task",
        open_if=STILL_DRAFT,
    ),
    Command(
        "link_indicators",
        AMEND,
        service.link_indicators,
        LinkIndicators,
        "POST",
        "/v1/tasks/{id}:link-indicators",
        "Task",
        Text("Gắn thêm chỉ tiêu vào dự thảo nhiệm vụ.", "Links more indicators to a draft task."),
        on="Task",
        open_if=STILL_DRAFT,
    ),
    Command(
        "withdraw_task",
        WITHDRAW,
        service.withdraw,
        WithdrawTask,
        "POST",
        "/v1/tasks/{id}:withdraw",
        "Task",
        Text(
            "Rút dự thảo chưa giao; phải nêu lý do, nhiệm vụ vẫn đọc được.",
            "Withdraws a draft never issued; a reason is needed, the task stays readable.",
        ),
        on="Task",
        open_if=STILL_DRAFT,
    ),
)
