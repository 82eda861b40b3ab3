"""What may be asked of persons and positions, what happened, what is refused."""

from dataclasses import dataclass
from uuid import UUID

from app.core.act import CONSTRAINTS, Action, Fact
from app.core.errors import Refusal
from app.core.text import Text

ENROL = Action("person.enrol", Text("ghi nhận cán bộ", "enrol a person"))
AMEND_PERSON = Action("person.amend", Text("sửa thông tin cán bộ", "amend a person"))
ESTABLISH = Action("position.establish", Text("lập chức danh", "establish a position"))
APPOINT = Action("position.appoint", Text("bổ nhiệm, giao quyền", "appoint to a position"))
RELIEVE = Action("position.relieve", Text("thôi giữ chức", "relieve of a position"))

PERSON_KINDS = {"person": Text("cán bộ", "person"), "service": Text("tài khoản dịch vụ", "service account")}
HOLDING_KINDS = {"substantive": Text("giữ chức", "substantive"), "acting": Text("quyền", "acting")}
OFFICES = {
    "secretary": Text("bí thư", "secretary"),
    "deputy": Text("cấp phó", "deputy"),
    "head": Text("người đứng đầu cơ quan", "head of an office"),
    "member": Text("ủy viên", "member of a body"),
    "specialist": Text("chuyên viên", "specialist"),
    "inspector": Text("ủy viên kiểm tra", "member of an inspection committee"),
    "integration": Text("kết nối hệ thống", "system integration"),
}


@dataclass(frozen=True)
class PersonEnrolled(Fact, code="person.enrolled", words=Text("ghi nhận cán bộ", "person enrolled")):
    """A person or service account became known."""

    kind: str


@dataclass(frozen=True)
class PersonAmended(Fact, code="person.amended", words=Text("sửa thông tin cán bộ", "person amended")):
    """Values of a person changed."""


@dataclass(frozen=True)
class PositionEstablished(
    Fact, code="position.established", words=Text("lập chức danh", "position established")
):
    """A position exists in a unit."""

    title: str


@dataclass(frozen=True)
class Appointed(Fact, code="position.appointed", words=Text("bổ nhiệm", "appointed")):
    """A person holds the position from a day on."""

    person_id: UUID
    how: str
    since: str


@dataclass(frozen=True)
class Relieved(Fact, code="position.relieved", words=Text("thôi giữ chức", "relieved")):
    """A person no longer holds the position from a day on."""

    person_id: UUID
    since: str


POSITION_HELD = Refusal(
    "position_held",
    409,
    Text("Chức danh đang có người giữ", "The position is held"),
    Text(
        "Trong thời gian này đã có người giữ chức danh; hãy cho thôi giữ trước, hoặc giao quyền (acting).",
        "Somebody holds the position in this period; relieve first, or appoint as acting.",
    ),
)
POSITION_CODE_TAKEN = Refusal(
    "position_code_taken",
    409,
    Text("Mã chức danh đã dùng", "The position code is taken"),
    Text("Hãy chọn mã khác.", "Choose another code."),
)
PERSON_CODE_TAKEN = Refusal(
    "person_code_taken",
    409,
    Text("Mã cán bộ đã dùng", "The person code is taken"),
    Text("Hãy chọn mã khác.", "Choose another code."),
)
NOT_HOLDING = Refusal(
    "not_holding",
    409,
    Text("Không giữ chức danh này", "The position is not held"),
    Text("Người này không giữ chức danh vào ngày {on}.", "This person does not hold the position on {on}."),
)
HOLDING_DATE_ORDER = Refusal(
    "holding_date_order",
    409,
    Text("Ngày thôi giữ chức không hợp lệ", "The date of relief does not fit"),
    Text(
        "Ngày thôi giữ phải sau ngày nhận chức {since}.",
        "The date of relief must be after the appointment, {since}.",
    ),
)
CONSTRAINTS["holdings_do_not_overlap"] = POSITION_HELD
CONSTRAINTS["uq_position_code"] = POSITION_CODE_TAKEN
CONSTRAINTS["uq_person_code"] = PERSON_CODE_TAKEN

ACTIONS = (ENROL, AMEND_PERSON, ESTABLISH, APPOINT, RELIEVE)
REFUSALS = (POSITION_HELD, POSITION_CODE_TAKEN, PERSON_CODE_TAKEN, NOT_HOLDING, HOLDING_DATE_ORDER)
