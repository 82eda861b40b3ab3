"""Both doors of units: one declaration each for the noun and its verbs."""

from app.core.house import Command, Resource
from app.core.text import Text
from app.units import service
from app.units.schemas import AliasUnit, EndUnit, FoundUnit, MoveUnit, RenameUnit
from app.units.shapes import LIVING
from app.units.words import ALIAS, DISSOLVE, FOUND, MOVE, RENAME

RESOURCES = (
    Resource(
        "units",
        "Unit",
        one="unit",
        many="units",
        include=("parent", "agency", "ancestors", "periods", "successors", "aliases"),
    ),
)

COMMANDS = (
    Command(
        "found_unit",
        FOUND,
        service.found,
        FoundUnit,
        "POST",
        "/v1/units",
        "Unit",
        Text("Thành lập đơn vị.", "Founds a unit."),
        status=201,
    ),
    Command(
        "rename_unit",
        RENAME,
        service.rename,
        RenameUnit,
        "POST",
        "/v1/units/{id}:rename",
        "Unit",
        Text("Đổi tên đơn vị từ một ngày.", "Renames a unit from a day on."),
        on="Unit",
        open_if=LIVING,
    ),
    Command(
        "move_unit",
        MOVE,
        service.move,
        MoveUnit,
        "POST",
        "/v1/units/{id}:move",
        "Unit",
        Text("Chuyển đơn vị sang cấp trên khác.", "Moves a unit under another."),
        on="Unit",
        open_if=LIVING,
    ),
    Command(
        "end_unit",
        DISSOLVE,
        service.end,
        EndUnit,
        "POST",
        "/v1/units/{id}:end",
        "Unit",
        Text("Kết thúc đơn vị: sáp nhập, chia tách, giải thể.", "Ends a unit: merged, split or dissolved."),
        on="Unit",
        open_if=LIVING,
    ),
    Command(
        "alias_unit",
        ALIAS,
        service.alias,
        AliasUnit,
        "POST",
        "/v1/units/{id}:alias",
        "Unit",
        Text("Ghi thêm tên gọi của đơn vị.", "Records another name of a unit."),
        on="Unit",
    ),
)
