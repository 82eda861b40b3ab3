"""What may be asked of powers themselves, what happened to them, and why something is not allowed."""

from dataclasses import dataclass
from uuid import UUID

from app.core.act import CONSTRAINTS, Action, Fact
from app.core.errors import Refusal
from app.core.text import Text

GRANT = Action(
    "authority.grant", Text("giao quyền cho chức danh", "grant powers to a position"), delegable=False
)
WITHDRAW = Action(
    "authority.withdraw", Text("thu hồi quyền đã giao", "withdraw a grant of powers"), delegable=False
)
DELEGATE = Action("authority.delegate", Text("ủy quyền", "delegate powers"), delegable=False)
REVOKE = Action("authority.revoke", Text("thu hồi ủy quyền", "revoke a delegation"), own=True)
KEEP_APART = Action(
    "authority.keep_apart",
    Text("quy định việc không được kiêm", "say which powers are kept apart"),
    delegable=False,
)
DECLARE_INTEREST = Action(
    "authority.declare_interest",
    Text("ghi nhận lợi ích liên quan", "record an interest"),
    own=True,
    delegable=False,
)
END_INTEREST = Action(
    "authority.end_interest",
    Text("ghi nhận thôi lợi ích liên quan", "record the end of an interest"),
    delegable=False,
)
EXPLAIN = Action(
    "authority.explain", Text("hỏi căn cứ thẩm quyền", "ask by what right somebody acts"), own=True
)
READ = Action(
    "record.read", Text("đọc ngoài phạm vi chức danh", "read beyond the reach of the post"), delegable=False
)
INSPECT = Action(
    "audit.read",
    Text("kiểm tra: đọc mọi tài liệu trong phạm vi", "inspect: read everything within reach"),
    delegable=False,
)

WHYS = {
    "no_authority": Text("chưa được giao quyền này", "this power has not been given"),
    "expired": Text("quyền đã hết hoặc chưa có hiệu lực", "the power is not in force on that day"),
    "not_delegable": Text("quyền này không được ủy quyền", "this power may not be delegated"),
    "out_of_scope": Text("ngoài phạm vi được giao", "outside the scope of the power"),
    "above_clearance": Text("vượt độ tiếp cận được giao", "above the class the power reaches"),
    "over_limit": Text("vượt hạn mức được giao", "over the amount the power reaches"),
    "conflict_of_interest": Text("có lợi ích liên quan", "there is an interest in the matter"),
    "self_evaluation": Text("không ai tự quyết cho chính mình", "nobody decides on himself"),
    "separation_of_duties": Text(
        "người này đã làm việc phải tách riêng với việc này",
        "a duty kept apart from this one was done by the same person",
    ),
    "token_scope": Text("mã truy cập không bao gồm việc này", "the token does not extend to this"),
}
"""Why not, in the order in which a chain is examined; the reason told is that of the chain that got furthest."""


@dataclass(frozen=True)
class Granted(Fact, code="grant.given", words=Text("giao quyền", "powers granted")):
    """A position holds powers over a unit from a day on."""

    position_id: UUID
    powers: tuple[str, ...]
    unit_id: UUID


@dataclass(frozen=True)
class GrantWithdrawn(Fact, code="grant.withdrawn", words=Text("thu hồi quyền", "grant withdrawn")):
    """A grant ends on a day, by a decision or because its unit ended."""

    since: str


@dataclass(frozen=True)
class GrantNarrowed(
    Fact, code="grant.narrowed", words=Text("giữ nguyên phạm vi quyền", "grant kept from widening")
):
    """A unit moved in below the scope; the grant does not take it in by itself."""

    unit_id: UUID


@dataclass(frozen=True)
class Delegated(Fact, code="delegation.given", words=Text("ủy quyền", "powers delegated")):
    """A holder lets another act with powers of his, until a day."""

    from_person_id: UUID
    to_person_id: UUID
    powers: tuple[str, ...]


@dataclass(frozen=True)
class DelegationRevoked(
    Fact, code="delegation.revoked", words=Text("thu hồi ủy quyền", "delegation revoked")
):
    """A delegation ends on a day, before its time."""

    since: str


@dataclass(frozen=True)
class DelegationNarrowed(
    Fact,
    code="delegation.narrowed",
    words=Text("giữ nguyên phạm vi ủy quyền", "delegation kept from widening"),
):
    """A unit moved in below the scope; the delegation does not take it in by itself."""

    unit_id: UUID


@dataclass(frozen=True)
class DutiesKeptApart(Fact, code="duty.kept_apart", words=Text("tách nhiệm vụ", "duties kept apart")):
    """One person may not exercise both powers on one object."""

    power_a: str
    power_b: str


@dataclass(frozen=True)
class DutiesJoined(Fact, code="duty.joined", words=Text("thôi tách nhiệm vụ", "duties no longer kept apart")):
    """The two powers may meet in one person again."""

    since: str


@dataclass(frozen=True)
class InterestDeclared(
    Fact, code="interest.declared", words=Text("ghi nhận lợi ích liên quan", "interest declared")
):
    """A person has an interest in an object and takes no decision on it."""

    person_id: UUID
    object_kind: str
    object_id: UUID


@dataclass(frozen=True)
class InterestEnded(Fact, code="interest.ended", words=Text("thôi lợi ích liên quan", "interest ended")):
    """The interest is no longer."""

    since: str


@dataclass(frozen=True)
class InquiryAnswered(
    Fact, code="inquiry.answered", words=Text("trả lời về căn cứ thẩm quyền", "inquiry answered")
):
    """Somebody asked who may use a power, and was answered."""

    power: str
    person_id: UUID | None
    on: str


@dataclass(frozen=True)
class DenialRecorded(Fact, code="denial.recorded", words=Text("từ chối vì không đủ thẩm quyền", "denied")):
    """Somebody tried what he may not."""

    power: str
    why: str
    object_kind: str | None
    object_id: UUID | None


@dataclass(frozen=True)
class ReadingRecorded(
    Fact, code="reading.recorded", words=Text("đọc số liệu kiểm tra", "inspection figures read")
):
    """Somebody who inspects read what he inspects."""

    shape: str


POWER_UNKNOWN = Refusal(
    "power_unknown",
    422,
    Text("Không có quyền này", "There is no such power"),
    Text("Không có quyền {names}; xem /v1/words.", "There is no power {names}; see /v1/words."),
)
NO_USUAL_POWERS = Refusal(
    "no_usual_powers",
    422,
    Text("Chức danh này thường không được giao quyền", "This office usually holds no powers"),
    Text(
        "Hãy giao từng quyền cụ thể bằng POST /v1/grants.",
        "Give the powers one by one, by POST /v1/grants.",
    ),
)
DELEGATION_TOO_WIDE = Refusal(
    "delegation_too_wide",
    422,
    Text("Ủy quyền rộng hơn quyền gốc", "The delegation is wider than its source"),
    Text(
        "Ủy quyền không được vượt quyền gốc; hãy thu hẹp các mục dưới đây.",
        "A delegation never exceeds its source; narrow what is named below.",
    ),
)
READING_SCOPE = Refusal(
    "reading_scope",
    422,
    Text("Phạm vi đọc không hợp lệ", "This is no scope for reading"),
    Text(
        "Quyền đọc bao trọn một đơn vị và mọi đơn vị dưới nó.",
        "A power to read takes a unit with everything below it.",
    ),
)
GRANT_ENDED = Refusal(
    "grant_ended",
    409,
    Text("Quyền đã hết hiệu lực", "The grant has ended"),
    Text("Việc giao quyền đã kết thúc ngày {on}.", "The grant ended on {on}."),
)
DELEGATION_ENDED = Refusal(
    "delegation_ended",
    409,
    Text("Ủy quyền đã hết hiệu lực", "The delegation has ended"),
    Text("Việc ủy quyền đã kết thúc ngày {on}.", "The delegation ended on {on}."),
)
POWER_PERIOD = Refusal(
    "power_period",
    422,
    Text("Thời gian hiệu lực không hợp lệ", "The period does not fit"),
    Text("Ngày cuối phải từ ngày đầu trở đi.", "The last day must not be before the first."),
)
MATTER_UNCLEAR = Refusal(
    "matter_unclear",
    422,
    Text("Chưa rõ việc được hỏi", "The matter is unclear"),
    Text(
        "Hãy nêu một đối tượng (object_kind và object_id) hoặc một đơn vị (unit_id).",
        "Name an object (object_kind and object_id) or a unit (unit_id).",
    ),
)
DUTIES_SAME = Refusal(
    "duties_same",
    422,
    Text("Hai quyền phải khác nhau", "Two different powers are needed"),
    Text("Một quyền không thể tách khỏi chính nó.", "A power cannot be kept apart from itself."),
)
DUTY_KNOWN = Refusal(
    "duty_known",
    409,
    Text("Hai quyền này đã được tách", "These powers are kept apart already"),
    Text("Không cần ghi nhận thêm.", "Nothing more needs to be recorded."),
)
DUTY_ENDED = Refusal(
    "duty_ended",
    409,
    Text("Việc tách nhiệm vụ đã thôi áp dụng", "The duties are kept apart no longer"),
    Text("Đã thôi áp dụng từ ngày {on}.", "It ended on {on}."),
)
INTEREST_ENDED = Refusal(
    "interest_ended",
    409,
    Text("Lợi ích liên quan đã thôi", "The interest has ended"),
    Text("Đã thôi từ ngày {on}.", "It ended on {on}."),
)
CONSTRAINTS["uq_duty_pair"] = DUTY_KNOWN

ACTIONS = (
    *(GRANT, WITHDRAW, DELEGATE, REVOKE, KEEP_APART, DECLARE_INTEREST, END_INTEREST),
    *(EXPLAIN, READ, INSPECT),
)
REFUSALS = (
    *(
        POWER_UNKNOWN,
        NO_USUAL_POWERS,
        DELEGATION_TOO_WIDE,
        READING_SCOPE,
        GRANT_ENDED,
        DELEGATION_ENDED,
        POWER_PERIOD,
    ),
    *(DUTIES_SAME, DUTY_KNOWN, DUTY_ENDED, INTEREST_ENDED),
)
