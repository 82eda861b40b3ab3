"""What may be asked of units, what happened to them, and what is refused."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.act import CONSTRAINTS, Action, Fact
from app.core.errors import Refusal
from app.core.text import Text

FOUND = Action("unit.found", Text("thành lập đơn vị", "found a unit"))
RENAME = Action("unit.rename", Text("đổi tên đơn vị", "rename a unit"))
MOVE = Action("unit.move", Text("chuyển đơn vị sang cấp trên khác", "move a unit under another"))
DISSOLVE = Action(
    "unit.dissolve", Text("giải thể, sáp nhập, chia tách đơn vị", "dissolve, merge or split a unit")
)
ALIAS = Action("unit.alias", Text("ghi tên gọi khác của đơn vị", "record another name of a unit"))

LEVELS = {
    "centre": Text("trung ương", "centre"),
    "province": Text("tỉnh", "province"),
    "commune": Text("xã", "commune"),
}
ENDINGS = {
    "merged": Text("sáp nhập", "merged"),
    "split": Text("chia tách", "split"),
    "dissolved": Text("giải thể", "dissolved"),
}


@dataclass(frozen=True)
class UnitFounded(Fact, code="unit.founded", words=Text("thành lập đơn vị", "unit founded")):
    """A unit began."""

    unit_code: str


@dataclass(frozen=True)
class UnitRenamed(Fact, code="unit.renamed", words=Text("đổi tên đơn vị", "unit renamed")):
    """A unit bears another name from `since` on."""

    name: str
    since: str


@dataclass(frozen=True)
class UnitMoved(Fact, code="unit.moved", words=Text("chuyển đơn vị", "unit moved")):
    """A unit stands under another parent from `since` on; `before` are the units it stood under, nearest first.

    `widens` tells whether powers over its new superiors take it in.
    """

    parent_id: UUID | None
    since: str
    before: tuple[UUID, ...]
    widens: bool


@dataclass(frozen=True)
class UnitEnded(Fact, code="unit.ended", words=Text("kết thúc đơn vị", "unit ended")):
    """A unit ended: merged, split or dissolved; successors carry on its name in readings of old papers."""

    how: str
    successors: tuple[str, ...]
    since: date


@dataclass(frozen=True)
class UnitAliased(Fact, code="unit.aliased", words=Text("ghi tên gọi khác", "another name recorded")):
    """Papers may call the unit by this name too."""

    alias: str


UNIT_LOOP = Refusal(
    "unit_loop",
    409,
    Text("Cây đơn vị không được khép vòng", "The unit tree must not close a loop"),
    Text("Đơn vị cấp trên mới nằm dưới chính đơn vị này.", "The new parent lies under this very unit."),
)
UNIT_CODE_TAKEN = Refusal(
    "unit_code_taken",
    409,
    Text("Mã đơn vị đã dùng", "The unit code is taken"),
    Text("Đã có đơn vị mang mã này; hãy chọn mã khác.", "A unit already bears this code; choose another."),
)
UNIT_ENDED = Refusal(
    "unit_ended",
    409,
    Text("Đơn vị đã kết thúc hoạt động", "The unit has ended"),
    Text(
        "Đơn vị kết thúc ngày {on}; không còn thay đổi được.",
        "The unit ended on {on}; it can no longer be changed.",
    ),
)
UNIT_HAS_CHILDREN = Refusal(
    "unit_has_children",
    409,
    Text("Đơn vị còn đơn vị trực thuộc", "The unit still has subordinate units"),
    Text(
        "Còn {count} đơn vị trực thuộc; hãy chuyển hoặc kết thúc trước.",
        "{count} subordinate units remain; move or end them first.",
    ),
)
UNIT_DATE_ORDER = Refusal(
    "unit_date_order",
    409,
    Text("Ngày hiệu lực không hợp lệ", "The effective date does not fit"),
    Text(
        "Ngày hiệu lực phải sau ngày {since} và không sau hôm nay {today}.",
        "The effective date must be after {since} and not after today, {today}.",
    ),
)
CONSTRAINTS["unit_tree_has_no_loop"] = UNIT_LOOP
CONSTRAINTS["uq_unit_code"] = UNIT_CODE_TAKEN

ACTIONS = (FOUND, RENAME, MOVE, DISSOLVE, ALIAS)
REFUSALS = (UNIT_LOOP, UNIT_CODE_TAKEN, UNIT_ENDED, UNIT_HAS_CHILDREN, UNIT_DATE_ORDER)
