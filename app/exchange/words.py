"""What may be asked of imports, what happened, what is refused."""

from dataclasses import dataclass

from app.core.act import Action, Fact
from app.core.errors import Refusal
from app.core.text import Text
from app.exchange.refusals import FILE_REFUSALS

CARRY_OUT = Action("import.carry_out", Text("nhập phụ lục", "import an annex"))
WITHDRAW = Action("import.withdraw", Text("rút một lần nhập", "withdraw an import"))

STATES = {"carried_out": Text("đã nhập", "carried out"), "withdrawn": Text("đã rút", "withdrawn")}


@dataclass(frozen=True)
class AnnexImported(Fact, code="import.carried_out", words=Text("nhập phụ lục", "annex imported")):
    """A file was read into a programme."""

    digest: str
    created: int
    updated: int


@dataclass(frozen=True)
class ImportWithdrawn(Fact, code="import.withdrawn", words=Text("rút một lần nhập", "import withdrawn")):
    """What an import made was withdrawn, what it changed was put back."""


IMPORT_WITHDRAWN = Refusal(
    "import_withdrawn",
    409,
    Text("Lần nhập đã được rút", "The import was withdrawn"),
    Text(
        "Lần nhập này đã rút trước đó; không còn gì để rút.",
        "This import was withdrawn before; nothing is left to withdraw.",
    ),
)
IMPORT_TOUCHED = Refusal(
    "import_touched",
    409,
    Text("Dự thảo đã được sửa sau khi nhập", "Drafts were changed since the import"),
    Text(
        "{count} mục đã được sửa sau lần nhập ({numbers}); rút từng mục, hoặc nhập lại phụ lục đã chỉnh.",
        "{count} items were changed since the import ({numbers}); withdraw them one by one, or import the corrected annex.",
    ),
)
UNITS_PARENT_UNKNOWN = Refusal(
    "units_parent_unknown",
    422,
    Text("Không rõ đơn vị cấp trên", "The parent unit is not known"),
    Text("Không có đơn vị mang mã {code}.", "There is no unit with the code {code}."),
)
CONTENT_UNREADABLE = Refusal(
    "content_unreadable",
    422,
    Text("Nội dung tệp không đọc được", "The file's content cannot be read"),
    Text("content phải là tệp mã hóa base64.", "content must be the file in base64."),
)

ACTIONS = (CARRY_OUT, WITHDRAW)
REFUSALS = (IMPORT_WITHDRAWN, IMPORT_TOUCHED, UNITS_PARENT_UNKNOWN, CONTENT_UNREADABLE, *FILE_REFUSALS)
