"""States of a task: the closed set, their names, and what each means for amending and listing. Pure."""

from enum import StrEnum

from app.core.text import Text


class State(StrEnum):
    """Where a task stands. Timeliness is never a state: it is computed from the deadline and the day."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    RETURNED = "returned"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


LABELS = {
    State.DRAFT: Text("dự thảo", "draft"),
    State.PROPOSED: Text("trình duyệt", "proposed"),
    State.ISSUED: Text("đã giao", "issued"),
    State.ACKNOWLEDGED: Text("nhận việc", "acknowledged"),
    State.IN_PROGRESS: Text("đang thực hiện", "in progress"),
    State.REPORTED: Text("báo cáo kết quả", "reported"),
    State.ACCEPTED: Text("nghiệm thu", "accepted"),
    State.CLOSED: Text("kết thúc", "closed"),
    State.RETURNED: Text("trả lại", "returned"),
    State.PAUSED: Text("tạm dừng", "paused"),
    State.CANCELLED: Text("hủy", "cancelled"),
    State.SUPERSEDED: Text("được thay thế", "superseded"),
}

ENDED = (State.CLOSED, State.CANCELLED, State.SUPERSEDED)
"""States in which nothing more is owed."""
AMENDABLE = (State.DRAFT, State.PROPOSED, State.RETURNED)
"""States in which a task that was never issued is still its drafter's to change."""
WITHOUT_LEAD = (*AMENDABLE, State.CANCELLED)
"""States a task without a lead unit may be in: from `issued` on there is exactly one."""


def is_open(state: State) -> bool:
    """Whether something is still owed."""
    return state not in ENDED


def is_amendable(state: State, *, issued: bool) -> bool:
    """Whether the task is a draft still; `issued` says that it was issued once, which no later state takes back."""
    return state in AMENDABLE and not issued
