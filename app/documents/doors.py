"""Both doors of documents: one declaration each for the noun and its verbs."""

from app.core.house import Command, Resource
from app.core.text import Text
from app.documents import service
from app.documents.schemas import AddClause, AmendDocument, RecordDocument
from app.documents.words import AMEND, RECORD

RESOURCES = (
    Resource(
        "documents", "Document", one="document", many="documents", include=("issuer", "keeper", "clauses")
    ),
)

COMMANDS = (
    Command(
        "record_document",
        RECORD,
        service.record,
        RecordDocument,
        "POST",
        "/v1/documents",
        "Document",
        Text("Ghi nhận văn bản và các điều khoản.", "Records a document and its clauses."),
        status=201,
    ),
    Command(
        "amend_document",
        AMEND,
        service.amend,
        AmendDocument,
        "PATCH",
        "/v1/documents/{id}",
        "Document",
        Text("Sửa thông tin văn bản.", "Amends what is recorded of a document."),
        on="Document",
    ),
    Command(
        "add_clause",
        AMEND,
        service.add_clause,
        AddClause,
        "POST",
        "/v1/documents/{id}:add-clause",
        "Document",
        Text("Thêm điều khoản vào cuối văn bản.", "Adds a clause after the others."),
        on="Document",
    ),
)
