"""What may be asked of programmes, what happened to them, and what is refused."""

from dataclasses import dataclass
from uuid import UUID

from app.core.act import CONSTRAINTS, Action, Fact
from app.core.errors import Refusal
from app.core.text import Text

DRAFT = Action("programme.draft", Text("dự thảo chương trình", "draft a programme"))
AMEND = Action("programme.amend", Text("sửa chương trình", "amend a programme"))
PROPOSE = Action("programme.propose", Text("trình duyệt chương trình", "propose a programme"))
SEND_BACK = Action("programme.send_back", Text("trả lại chương trình", "send a programme back"))
APPROVE = Action("programme.approve", Text("phê duyệt chương trình", "approve a programme"))
ISSUE = Action("programme.issue", Text("ban hành chương trình", "issue a programme"))

KINDS = {
    "programme_of_action": Text("chương trình hành động", "programme of action"),
    "work_programme": Text("chương trình công tác", "work programme"),
    "plan": Text("kế hoạch", "plan"),
}
STATES = {
    "draft": Text("dự thảo", "draft"),
    "proposed": Text("trình duyệt", "proposed"),
    "approved": Text("đã phê duyệt", "approved"),
    "issued": Text("đã ban hành", "issued"),
}
GROUP_KINDS = {
    "tasks": Text("nhiệm vụ", "tasks"),
    "indicators": Text("chỉ tiêu", "indicators"),
    "both": Text("chỉ tiêu và nhiệm vụ", "indicators and tasks"),
}


@dataclass(frozen=True)
class ProgrammeDrafted(
    Fact, code="programme.drafted", words=Text("dự thảo chương trình", "programme drafted")
):
    """A programme began as a draft of its owner."""

    programme_code: str
    owner_id: UUID


@dataclass(frozen=True)
class ProgrammeAmended(Fact, code="programme.amended", words=Text("sửa chương trình", "programme amended")):
    """Values of a programme changed."""

    fields: tuple[str, ...]


@dataclass(frozen=True)
class ProgrammeReclassed(
    Fact, code="programme.reclassed", words=Text("đổi độ tiếp cận của chương trình", "programme reclassed")
):
    """A programme is more or less restricted than before; its tasks are never less so."""

    before: int
    after: int


@dataclass(frozen=True)
class ProgrammeProposed(
    Fact, code="programme.proposed", words=Text("trình duyệt chương trình", "programme proposed")
):
    """A programme with its budget was laid before who approves it."""

    budget: int | None


@dataclass(frozen=True)
class ProgrammeSentBack(
    Fact, code="programme.sent_back", words=Text("trả lại chương trình", "programme sent back")
):
    """A proposed programme is a draft again."""


@dataclass(frozen=True)
class ProgrammeApproved(
    Fact, code="programme.approved", words=Text("phê duyệt chương trình", "programme approved")
):
    """A programme with its budget was approved by another than who proposed it."""

    budget: int | None


@dataclass(frozen=True)
class ProgrammeIssued(Fact, code="programme.issued", words=Text("ban hành chương trình", "programme issued")):
    """A programme was issued, and is seen by those it addresses."""

    issued_on: str
    document_id: UUID | None


@dataclass(frozen=True)
class ProgrammeAddressed(
    Fact, code="programme.addressed", words=Text("đổi nơi nhận chương trình", "programme addressed")
):
    """The units a programme addresses changed."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class ParentAdded(Fact, code="programme.parent_added", words=Text("thêm căn cứ cấp trên", "parent added")):
    """The programme makes one more document or programme concrete."""

    document_id: UUID | None
    programme_id: UUID | None


@dataclass(frozen=True)
class ParentRemoved(
    Fact, code="programme.parent_removed", words=Text("bỏ căn cứ cấp trên", "parent removed")
):
    """The programme no longer names this parent."""

    document_id: UUID | None
    programme_id: UUID | None


@dataclass(frozen=True)
class GroupsAdded(
    Fact, code="programme.groups_added", words=Text("thêm nhóm nội dung", "content groups added")
):
    """Content groups were added, each in its place."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class GroupAmended(
    Fact, code="programme.group_amended", words=Text("sửa nhóm nội dung", "content group amended")
):
    """The code, title or kind of a content group changed."""

    group_id: UUID
    fields: tuple[str, ...]


PROGRAMME_CODE_TAKEN = Refusal(
    "programme_code_taken",
    409,
    Text("Mã chương trình đã dùng", "The programme code is taken"),
    Text(
        "Đã có chương trình mang mã này; hãy chọn mã khác.",
        "A programme already bears this code; choose another.",
    ),
)
PROGRAMME_NOT_DRAFT = Refusal(
    "programme_not_draft",
    409,
    Text("Chương trình không còn là dự thảo", "The programme is no longer a draft"),
    Text(
        "Chương trình đã ban hành ngày {on}; có thể sửa nội dung, không ban hành lần nữa.",
        "The programme was issued on {on}; it can be amended, not issued again.",
    ),
)
PROGRAMME_NOT_OPEN = Refusal(
    "programme_not_open",
    409,
    Text("Trạng thái chương trình không cho phép", "Not in this state of the programme"),
    Text(
        "Chương trình đang ở trạng thái {state}; việc này cần trạng thái {needed}.",
        "The programme is {state}; this needs it to be {needed}.",
    ),
)
PROGRAMME_NOT_APPROVED = Refusal(
    "programme_not_approved",
    409,
    Text("Kinh phí chưa được phê duyệt", "The budget is not approved"),
    Text(
        "Chương trình có kinh phí phải được trình và phê duyệt trước khi ban hành.",
        "A programme with a budget is proposed and approved before it is issued.",
    ),
)
BUDGET_FIXED = Refusal(
    "budget_fixed",
    409,
    Text("Kinh phí không sửa được nữa", "The budget is fixed"),
    Text(
        "Kinh phí chỉ sửa khi còn dự thảo; hãy trả lại chương trình trước.",
        "The budget is changed in a draft only; send the programme back first.",
    ),
)
PROGRAMME_WITHOUT_GROUND = Refusal(
    "programme_without_ground",
    422,
    Text("Thiếu căn cứ", "This rests on nothing"),
    Text(
        "Việc này cần văn bản (document_id), căn cứ (basis) hoặc lý do (reason).",
        "This needs a document (document_id), a basis or a reason.",
    ),
)
PROGRAMME_ISSUED_LATER = Refusal(
    "programme_issued_later",
    422,
    Text("Ngày ban hành ở tương lai", "The date of issue lies in the future"),
    Text("Ngày ban hành {on} sau hôm nay {today}.", "The date of issue, {on}, is after today, {today}."),
)
PROGRAMME_PERIOD_DISORDERED = Refusal(
    "programme_period_disordered",
    422,
    Text("Thời gian của chương trình không hợp lệ", "The programme's period does not fit"),
    Text("Ngày kết thúc không được trước ngày bắt đầu.", "The last day must not be before the first."),
)
PROGRAMME_TERM_DISORDERED = Refusal(
    "programme_term_disordered",
    422,
    Text("Nhiệm kỳ không hợp lệ", "The term does not fit"),
    Text(
        "Nhiệm kỳ phải kết thúc sau khi bắt đầu, ví dụ 2025-2030.",
        "A term ends after it begins, e.g. 2025-2030.",
    ),
)
PARENT_UNCLEAR = Refusal(
    "parent_unclear",
    422,
    Text("Căn cứ cấp trên chưa rõ", "The parent is unclear"),
    Text(
        "Mỗi căn cứ cấp trên là một văn bản hoặc một chương trình, không phải cả hai.",
        "Each parent is one document or one programme, never both and never none.",
    ),
)
PARENT_TAKEN = Refusal(
    "parent_taken",
    409,
    Text("Căn cứ cấp trên đã có", "The parent is there already"),
    Text("Chương trình đã nêu căn cứ này.", "The programme names this parent already."),
)
PARENT_MISSING = Refusal(
    "parent_missing",
    409,
    Text("Không có căn cứ cấp trên này", "There is no such parent"),
    Text("Chương trình không nêu căn cứ này.", "The programme does not name this parent."),
)
PROGRAMME_LOOP = Refusal(
    "programme_loop",
    409,
    Text("Chương trình không thể là căn cứ của chính mình", "A programme cannot descend from itself"),
    Text(
        "Chương trình cấp trên được chọn lại cụ thể hóa chính chương trình này.",
        "The chosen parent itself descends from this programme.",
    ),
)
GROUPS_UNCLEAR = Refusal(
    "groups_unclear",
    422,
    Text("Nhóm nội dung chưa rõ", "The content groups are unclear"),
    Text("Có {count} nhóm cần sửa; xem errors.", "{count} groups need mending; see errors."),
)
GROUP_NAMELESS = Refusal(
    "group_nameless",
    422,
    Text("Nhóm nội dung không có tên", "The content group has no name"),
    Text("Nhóm cần có số hoặc tên.", "A group bears a code or a title."),
)
GROUP_PLACE_TAKEN = Refusal(
    "group_place_taken",
    409,
    Text("Vị trí nhóm đã dùng", "The place of the group is taken"),
    Text(
        "Hai nhóm cùng một vị trí trong phụ lục; hãy đọc lại.",
        "Two groups stand in one place of the annex; read again.",
    ),
)
CONSTRAINTS["uq_programme_code"] = PROGRAMME_CODE_TAKEN
CONSTRAINTS["ck_programme_period"] = PROGRAMME_PERIOD_DISORDERED
CONSTRAINTS["ck_programme_term"] = PROGRAMME_TERM_DISORDERED
CONSTRAINTS["ck_programme_parent_one"] = PARENT_UNCLEAR
CONSTRAINTS["ck_programme_parent_not_itself"] = PROGRAMME_LOOP
CONSTRAINTS["uq_programme_parent_document"] = PARENT_TAKEN
CONSTRAINTS["uq_programme_parent_programme"] = PARENT_TAKEN
CONSTRAINTS["ck_content_group_named"] = GROUP_NAMELESS
CONSTRAINTS["uq_content_group_place"] = GROUP_PLACE_TAKEN

ACTIONS = (DRAFT, AMEND, PROPOSE, SEND_BACK, APPROVE, ISSUE)
REFUSALS = (
    PROGRAMME_CODE_TAKEN,
    PROGRAMME_NOT_DRAFT,
    PROGRAMME_NOT_OPEN,
    PROGRAMME_NOT_APPROVED,
    BUDGET_FIXED,
    PROGRAMME_WITHOUT_GROUND,
    PROGRAMME_ISSUED_LATER,
    PROGRAMME_PERIOD_DISORDERED,
    PROGRAMME_TERM_DISORDERED,
    PARENT_UNCLEAR,
    PARENT_TAKEN,
    PARENT_MISSING,
    PROGRAMME_LOOP,
    GROUPS_UNCLEAR,
    GROUP_NAMELESS,
    GROUP_PLACE_TAKEN,
)
