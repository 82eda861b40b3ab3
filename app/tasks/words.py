"""What may be asked of tasks, what happened to them, and what is refused."""

from dataclasses import dataclass

from app.core.act import CONSTRAINTS, Action, Fact
from app.core.errors import Refusal
from app.core.text import Text

DRAFT = Action("task.draft", Text("dự thảo nhiệm vụ", "draft a task"))
AMEND = Action("task.amend", Text("sửa dự thảo nhiệm vụ", "amend a draft task"))
WITHDRAW = Action("task.withdraw", Text("rút dự thảo nhiệm vụ", "withdraw a draft task"))

KINDS = {"scheme": Text("đề án", "scheme"), "task": Text("nhiệm vụ", "task")}
LEAD_KINDS = {
    "single": Text("một đơn vị", "one unit"),
    "collective": Text("tập thể", "a collective"),
    "several": Text("nhiều đơn vị", "several units"),
    "none": Text("chưa ghi", "none"),
}
LEVELS = {"decides": Text("quyết định", "decides"), "submits": Text("trình", "submits")}
NEEDS = {
    "some": Text("có nhu cầu", "needed"),
    "none": Text("không phát sinh", "none"),
    "unstated": Text("chưa nói", "not stated"),
}
DEADLINE_KINDS = {
    "day": Text("ngày", "a day"),
    "month": Text("tháng", "a month"),
    "quarter": Text("quý", "a quarter"),
    "half_year": Text("nửa năm", "a half-year"),
    "year": Text("năm", "a year"),
    "range": Text("khoảng thời gian", "a range"),
    "ongoing": Text("thường xuyên", "ongoing"),
    "recurring": Text("định kỳ", "recurring"),
    "conditional": Text("theo sự kiện", "hanging on an event"),
    "open_ended": Text("không có hồi kết", "without an end"),
    "period": Text("khoảng thời gian tính từ sự kiện", "a period from an event"),
    "missing": Text("chưa ghi", "missing"),
    "unread": Text("chưa đọc được", "unread"),
}
RHYTHMS = {
    "weekly": Text("hằng tuần", "weekly"),
    "monthly": Text("hằng tháng", "monthly"),
    "quarterly": Text("hằng quý", "quarterly"),
    "half_yearly": Text("sáu tháng", "half-yearly"),
    "yearly": Text("hằng năm", "yearly"),
}


@dataclass(frozen=True)
class TaskDrafted(Fact, code="task.drafted", words=Text("dự thảo nhiệm vụ", "task drafted")):
    """A task was drafted under its number as printed."""

    number: str


@dataclass(frozen=True)
class TaskAmended(Fact, code="task.amended", words=Text("sửa dự thảo nhiệm vụ", "draft task amended")):
    """A draft was changed; `fields` names what was sent."""

    fields: tuple[str, ...]


@dataclass(frozen=True)
class TaskClassRaised(
    Fact,
    code="task.class_raised",
    words=Text("nâng độ tiếp cận theo chương trình", "class raised with the programme's"),
):
    """A task became as restricted as its programme, which was raised in the same act."""

    before: int
    after: int


@dataclass(frozen=True)
class TaskWithdrawn(Fact, code="task.withdrawn", words=Text("rút dự thảo nhiệm vụ", "draft task withdrawn")):
    """A draft that was never issued ended; it stays readable and its number is free again."""


TASK_NOT_DRAFT = Refusal(
    "task_not_draft",
    409,
    Text("Nhiệm vụ không còn là dự thảo", "The task is no longer a draft"),
    Text(
        "Nhiệm vụ đang ở trạng thái “{vi}”; chỉ sửa hoặc rút được nhiệm vụ chưa giao, ở trạng thái {open_vi}.",
        "The task is {en}; only a task that was never issued can be amended or withdrawn, while it is {open_en}.",
    ),
)
TASK_NUMBER_TAKEN = Refusal(
    "task_number_taken",
    409,
    Text("Số thứ tự nhiệm vụ đã dùng", "The number of the task is taken"),
    Text(
        "Phụ lục này đã có nhiệm vụ mang số đó; hãy dùng số khác, hoặc nêu ordinal để giữ cả hai dòng.",
        "A task of this annex already bears that number; use another, or give an ordinal to keep both rows.",
    ),
)
TASK_CLASS_TOO_LOW = Refusal(
    "task_class_too_low",
    422,
    Text("Độ tiếp cận của nhiệm vụ quá thấp", "The class of the task is too low"),
    Text(
        "Nhiệm vụ không được ở độ tiếp cận thấp hơn chương trình ({own} so với {least}).",
        "A task is never less restricted than its programme ({own} against {least}).",
    ),
)
TASK_CLASS_BROKEN = Refusal(
    "task_class_broken",
    409,
    Text("Độ tiếp cận vừa thay đổi", "The class has just changed"),
    Text(
        "Chương trình hoặc nhiệm vụ vừa đổi độ tiếp cận; hãy đọc lại.",
        "The class of the programme or a task has just changed; read again.",
    ),
)
TASK_WITHOUT_LEAD = Refusal(
    "task_without_lead",
    422,
    Text("Nhiệm vụ đã giao phải có đúng một đơn vị chủ trì", "An issued task has exactly one lead unit"),
    Text("Hãy chọn một đơn vị chủ trì trước khi giao.", "Choose one lead unit before it is issued."),
)
DEADLINE_DISAGREES = Refusal(
    "deadline_disagrees",
    422,
    Text("Thời hạn và lời ghi không khớp", "The deadline and its words disagree"),
    Text(
        "“{words}” nghĩa là {read}, nhưng ngày được nêu là {given}; hãy sửa một trong hai.",
        "“{words}” means {read}, but the day given is {given}; correct one of them.",
    ),
)
TASK_REASON_MISSING = Refusal(
    "task_reason_missing",
    422,
    Text("Thiếu lý do", "The reason is missing"),
    Text(
        "Rút một dự thảo phải nêu lý do trong trường reason.",
        "Withdrawing a draft needs a reason, in the field reason.",
    ),
)
CONSTRAINTS["uq_task_number"] = TASK_NUMBER_TAKEN
CONSTRAINTS["ck_task_one_lead_once_issued"] = TASK_WITHOUT_LEAD

CONSTRAINTS["task_as_restricted_as_programme"] = TASK_CLASS_BROKEN

ACTIONS = (DRAFT, AMEND, WITHDRAW)
REFUSALS = (
    TASK_NOT_DRAFT,
    TASK_NUMBER_TAKEN,
    TASK_CLASS_TOO_LOW,
    TASK_CLASS_BROKEN,
    TASK_WITHOUT_LEAD,
    DEADLINE_DISAGREES,
    TASK_REASON_MISSING,
)
