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

CREATE_TOKEN = Action("token.create", Text("tạo mã truy cập cá nhân", "create a personal token"), own=True)
REVOKE_TOKEN = Action(
    "token.revoke", Text("thu hồi mã truy cập cá nhân", "revoke a personal token"), own=True
)

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


@dataclass(frozen=True)
class TokenCreated(
    Fact, code="token.created", words=Text("tạo mã truy cập cá nhân", "personal token created")
):
    """A person gave himself a token. Of the token itself nothing is told."""

    scopes: tuple[str, ...]
    until: str


@dataclass(frozen=True)
class TokenRevoked(
    Fact, code="token.revoked", words=Text("thu hồi mã truy cập cá nhân", "personal token revoked")
):
    """A personal token can no longer be used."""


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
SIGN_IN_UNAVAILABLE = Refusal(
    "sign_in_unavailable",
    503,
    Text("Chưa kiểm tra được mã truy cập", "The token cannot be checked yet"),
    Text(
        "Hệ thống định danh chưa cho khóa công khai; hãy thử lại sau giây lát với cùng mã truy cập.",
        "The identity provider has not given its public keys; try again in a moment with the same token.",
    ),
)
TOKEN_BY_TOKEN = Refusal(
    "token_by_token",
    403,
    Text("Mã cá nhân không tạo được mã khác", "A personal token creates no other"),
    Text(
        "Hãy đăng nhập qua hệ thống định danh để tạo mã; mã cá nhân chỉ dùng được cho việc khác.",
        "Sign in at the identity provider to create one; a personal token serves for other acts.",
    ),
)
TOKEN_SCOPE_UNKNOWN = Refusal(
    "token_scope_unknown",
    422,
    Text("Không có phạm vi này", "There is no such scope"),
    Text(
        "Không có quyền nào tên là hoặc bắt đầu bằng {names}; xem actions tại /v1/words, hoặc dùng read.",
        "No power is called or begins with {names}; see actions at /v1/words, or use read.",
    ),
)
TOKEN_LIMIT = Refusal(
    "token_limit",
    409,
    Text("Đã đủ số mã cá nhân", "No more personal tokens"),
    Text(
        "Đang có {limit} mã dùng được; hãy thu hồi mã không cần nữa.",
        "There are {limit} tokens that can be used; revoke those no longer needed.",
    ),
)
TOKEN_ALREADY_REVOKED = Refusal(
    "token_already_revoked",
    409,
    Text("Mã đã được thu hồi", "The token is revoked already"),
    Text("Mã đã được thu hồi lúc {at}.", "The token was revoked at {at}."),
)
CONSTRAINTS["holdings_do_not_overlap"] = POSITION_HELD
CONSTRAINTS["uq_position_code"] = POSITION_CODE_TAKEN
CONSTRAINTS["uq_person_code"] = PERSON_CODE_TAKEN

ACTIONS = (ENROL, AMEND_PERSON, ESTABLISH, APPOINT, RELIEVE, CREATE_TOKEN, REVOKE_TOKEN)
REFUSALS = (
    *(POSITION_HELD, POSITION_CODE_TAKEN, PERSON_CODE_TAKEN, NOT_HOLDING, HOLDING_DATE_ORDER),
    *(SIGN_IN_UNAVAILABLE, TOKEN_BY_TOKEN, TOKEN_SCOPE_UNKNOWN, TOKEN_LIMIT, TOKEN_ALREADY_REVOKED),
)
