"""What may be asked of documents, what happened to them, and what is refused."""

from dataclasses import dataclass

from app.core.act import CONSTRAINTS, Action, Fact
from app.core.errors import Refusal
from app.core.text import Text

RECORD = Action("document.record", Text("ghi nhận văn bản", "record a document"))
AMEND = Action("document.amend", Text("sửa thông tin văn bản", "amend a document"))

SERIES = {
    "party": Text("số văn bản của Đảng, theo nhiệm kỳ", "Party number, running through a term"),
    "state": Text("số văn bản của Nhà nước, theo năm", "State number, running through a year"),
    "unknown": Text("chưa rõ", "not known"),
}
ACCESS_CLASSES = {
    0: Text("công khai trong hệ thống", "public inside the system"),
    1: Text("nội bộ", "internal"),
    2: Text("hạn chế", "restricted: need to know"),
}


@dataclass(frozen=True)
class DocumentRecorded(Fact, code="document.recorded", words=Text("ghi nhận văn bản", "document recorded")):
    """A document was recorded under its number, if it has one."""

    number: str | None
    clauses: int


@dataclass(frozen=True)
class DocumentAmended(Fact, code="document.amended", words=Text("sửa thông tin văn bản", "document amended")):
    """What is recorded of a document changed."""

    fields: tuple[str, ...]


@dataclass(frozen=True)
class ClauseAdded(Fact, code="document.clause_added", words=Text("thêm điều khoản", "clause added")):
    """A clause was added after the others."""

    label: str


DOCUMENT_NUMBER_TAKEN = Refusal(
    "document_number_taken",
    409,
    Text("Số, ký hiệu văn bản đã có", "The document number is taken"),
    Text(
        "Cơ quan này đã có văn bản cùng loại, cùng số trong nhiệm kỳ (văn bản của Đảng) hoặc trong năm (văn bản của "
        "Nhà nước). Nếu là văn bản khác, hãy ghi rõ nhiệm kỳ hoặc ngày ban hành.",
        "This issuer has a document of the same type and number in the term (Party) or the year (State). If this is "
        "another one, state its term or its date of issue.",
    ),
)
DOCUMENT_TYPE_UNCLEAR = Refusal(
    "document_type_unclear",
    422,
    Text("Chưa rõ loại văn bản", "The type of the document is unclear"),
    Text(
        "Ký hiệu {type} không cho biết loại văn bản ({meanings}); hãy ghi type_name.",
        "The symbol {type} does not give the type ({meanings}); state type_name.",
    ),
)
DOCUMENT_RESTRICTED_TO_NOBODY = Refusal(
    "document_restricted_to_nobody",
    422,
    Text("Văn bản hạn chế phải thuộc một đơn vị", "A restricted document belongs to a unit"),
    Text(
        "Văn bản loại 2 chỉ đơn vị ban hành hoặc đơn vị lưu được xem; hãy ghi issuer_id hoặc keeper_id.",
        "Only the branch of the issuer or keeper sees a document of class 2; state issuer_id or keeper_id.",
    ),
)
DOCUMENT_TERM_DISORDERED = Refusal(
    "document_term_disordered",
    422,
    Text("Nhiệm kỳ không hợp lệ", "The term does not fit"),
    Text(
        "Nhiệm kỳ phải kết thúc sau khi bắt đầu, ví dụ 2025-2030.",
        "A term ends after it begins, e.g. 2025-2030.",
    ),
)
CLAUSE_LABEL_TAKEN = Refusal(
    "clause_label_taken",
    409,
    Text("Điều khoản đã có", "The clause is there already"),
    Text(
        "Mỗi điều khoản của văn bản có một nhãn riêng.", "Each clause of a document has a label of its own."
    ),
)
CLAUSES_UNCLEAR = Refusal(
    "clauses_unclear",
    422,
    Text("Các điều khoản chưa rõ", "The clauses are unclear"),
    Text("Có {count} điều khoản cần sửa; xem errors.", "{count} clauses need mending; see errors."),
)
CONSTRAINTS["uq_document_party_number"] = DOCUMENT_NUMBER_TAKEN
CONSTRAINTS["uq_document_state_number"] = DOCUMENT_NUMBER_TAKEN
CONSTRAINTS["ck_document_restricted_to_somebody"] = DOCUMENT_RESTRICTED_TO_NOBODY
CONSTRAINTS["ck_document_term"] = DOCUMENT_TERM_DISORDERED
CONSTRAINTS["uq_clause_label"] = CLAUSE_LABEL_TAKEN

ACTIONS = (RECORD, AMEND)
REFUSALS = (
    DOCUMENT_NUMBER_TAKEN,
    DOCUMENT_TYPE_UNCLEAR,
    DOCUMENT_RESTRICTED_TO_NOBODY,
    DOCUMENT_TERM_DISORDERED,
    CLAUSE_LABEL_TAKEN,
    CLAUSES_UNCLEAR,
)
