"""An annex as read: groups, items, and for every decision about a row its reason; nothing of the file is left out."""

import hashlib
import json
from dataclasses import dataclass, field

from app.core.text import Text
from app.exchange.grid import Cell
from app.exchange.heading_words import Purpose, Role
from app.exchange.headings import AnnexKind, Columns

# Why a row was read as it was. The code is for machines; the words stand in the plan of an import.
REASONS: dict[str, Text] = {
    "item_numbered": Text("Dòng có số thứ tự.", "The row has a number."),
    "item_unnumbered": Text(
        "Dòng không có số thứ tự nhưng có nội dung và đơn vị hoặc thời hạn riêng.",
        "The row has no number but a title and a unit or deadline of its own.",
    ),
    "item_lettered": Text("Ý nhỏ có đơn vị, thời hạn hoặc giá trị riêng.", "A lettered part with a unit, deadline or value of its own."),
    "item_parent": Text("Chỉ tiêu mẹ: các dòng sau mang số con của nó.", "A parent: the rows after it carry numbers below its own."),
    "item_bare": Text("Có số và nội dung, không có gì khác.", "A number and a title, and nothing else."),
    "group_numbered": Text("Dòng nhóm: số La Mã hoặc chữ cái, chỉ có tên.", "A group: a Roman number or letter, and only a title."),
    "group_named": Text('Dòng nhóm: "Phần", "Nhóm", "Mục"… có số.', 'A group: "Phần", "Nhóm", "Mục"… with a number.'),
    "group_merged": Text("Dòng nhóm: một ô gộp ngang bảng.", "A group: one cell merged across the table."),
    "group_capitals": Text("Dòng nhóm: chỉ có tên, viết hoa.", "A group: only a title, in capitals."),
    "group_bold": Text("Dòng nhóm: chỉ có tên, in đậm.", "A group: only a title, in bold type."),
    "group_words": Text("Dòng nhóm: chỉ có tên, không số; suy từ vị trí.", "A group: only a title without number; taken from where it stands."),
    "group_children": Text("Dòng nhóm con: chỉ có tên, các dòng sau mang số con.", "A sub-group: only a title, and the rows after it carry numbers below its own."),
    "group_column": Text("Nhóm lấy từ cột nhóm, lĩnh vực.", "The group stands in a column of its own."),
    "group_cells": Text("Dòng nhóm có thêm ô khác; giữ nguyên ở nhóm, không gán cho nhiệm vụ nào.", "The group row holds other cells; kept with the group, given to no task."),
    "continued": Text("Dòng nối tiếp dòng trên; chữ được ghép vào sau.", "The row continues the one above; its words are appended."),
    "continued_merged": Text("Dòng thuộc ô gộp dọc của dòng trên; chữ được ghép vào sau.", "The row belongs to a merged cell above; its words are appended."),
    "continued_part": Text("Ý nhỏ không có đơn vị hay thời hạn riêng; ghép vào nhiệm vụ phía trên.", "A part without unit or deadline of its own; appended to the task above."),
    "heading_repeated": Text("Tiêu đề bảng lặp lại sau khi sang trang.", "The heading again, after a page break."),
    "page_mark": Text("Số trang lọt vào bảng.", "The number of a page inside the table."),
    "column_numbers": Text("Dòng đánh số cột.", "A row that numbers the columns."),
    "above_table": Text("Dòng phía trên bảng.", "A line above the table."),
    "total_row": Text("Dòng tổng cộng, không phải nhiệm vụ hay chỉ tiêu.", "A total, neither task nor indicator."),
    "footer": Text("Phần cuối: nơi nhận, ký tên, chú thích.", "The foot: recipients, signature, remarks."),
    "trailing": Text("Chữ sau dòng cuối của bảng, chưa đọc.", "Words after the last row of the table, unread."),
    "lone": Text("Dòng không xếp được vào đâu, chưa đọc.", "A row that fits nowhere, unread."),
    "stray_cell": Text("Ô nằm ngoài các cột của bảng; giữ nguyên, chưa đọc.", "A cell outside the columns of the table; kept, unread."),
    "covered_cell": Text("Ô có chữ bị ô gộp che; giữ nguyên, chưa đọc.", "A cell with words lies hidden under a merged one; kept, unread."),
    "unknown_column": Text("Cột có tiêu đề chưa nhận ra; chữ được giữ theo từng dòng, chưa đọc.", "A column whose heading is not known; its words are kept with each row, unread."),
    "second_column": Text("Vai trò của cột đã thuộc cột khác; chữ được giữ theo từng dòng, chưa đọc.", "Another column has this role; the words are kept with each row, unread."),
    "merged_above": Text("Ô gộp dọc từ dòng trên; không chép xuống.", "Merged with a cell above; not copied down."),
    "formula_value": Text("Ô công thức: lấy giá trị lưu lần cuối.", "A formula: the value saved last is taken."),
    "formula_empty": Text("Ô công thức chưa có giá trị lưu; hãy mở và lưu lại tệp.", "A formula without a saved value; open and save the file again."),
    "error_value": Text("Ô báo lỗi của bảng tính.", "A spreadsheet error."),
    "as_shown": Text("Lấy chữ như người xem thấy; tệp lưu giá trị khác.", "Taken as a person sees it; the file holds another value."),
    "hidden": Text("Nằm trong dòng, cột hoặc trang bị ẩn.", "It lies in a hidden row, column or sheet."),
    "number_typed": Text("Số thứ tự lưu ở dạng số: 11.1 và 11.10 không phân biệt được.", "The number is stored as a number: 11.1 and 11.10 cannot be told apart."),
    "number_odd": Text("Số thứ tự viết theo cách riêng; giữ nguyên.", "The number is written in a form of its own; kept as it is."),
    "number_in_title": Text("Số thứ tự lấy từ đầu nội dung.", "The number is taken from the beginning of the title."),
    "number_repeated": Text("Số thứ tự trùng với dòng khác.", "The number stands on another row too."),
    "row_repeated": Text("Dòng trùng hoàn toàn với dòng khác.", "The row repeats another one wholly."),
    "looks_cut": Text("Nội dung có vẻ bị cắt dở khi sang trang.", "The words look cut off, as at a page break."),
    "title_missing": Text("Dòng có số nhưng không có nội dung.", "A number without a title."),
    "deadline_by_heading": Text("Thời hạn lấy theo tiêu đề cột: ô chỉ đánh dấu hoặc không ghi năm.", "The deadline is taken from the column's heading: the cell holds a mark, or no year."),
    "deadline_left": Text("Ô thời hạn khác của dòng; không nhập vào nhiệm vụ.", "Another deadline cell of the row; not taken into the task."),
    "column_left": Text("Cột đã nhận ra nhưng chưa nhập được; chữ chỉ còn trong tệp gốc.", "The column is recognised but cannot be taken in yet; its words stand in the file alone."),
    "loose_quotes": Text("Dấu ngoặc kép trong CSV không đúng quy tắc; chữ giữ nguyên như đã đọc.", "Quotation marks in the CSV break the rule; words are kept as read."),
    "other_table": Text("Từ đây là bảng khác.", "Another table begins here."),
    "table_unread": Text("Dòng của bảng sau mà tiêu đề không nhận ra; chưa đọc.", "A row of a later table whose heading is not recognised; unread."),
    "no_items": Text("Bảng không có dòng nhiệm vụ hay chỉ tiêu nào.", "The table has no row of a task or indicator."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowNote:
    """A decision or doubt about a row: reason, the cells it is about, verbatim."""

    code: str
    row: int
    cells: tuple[Cell, ...] = ()

    @property
    def text(self) -> Text:
        """The reason in words."""
        return REASONS[self.code]


@dataclass(frozen=True, slots=True)
class AnnexGroup:
    """A group of the annex: number as printed, title, level from 0, its parent's place among the groups."""

    place: int
    number: str
    title: str
    level: int
    parent: int | None
    row: int
    reason: str
    cells: tuple[Cell, ...]
    stray: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What one column says of an item: verbatim, continuation rows appended, with the column's heading and meaning."""

    role: Role
    column: int
    heading: str
    text: str
    purpose: Purpose | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class AnnexItem:
    """A task or indicator row with its continuation rows.

    `number` is printed, `code` matches it again in a corrected annex; `parent` is the code of the item it belongs to.
    """

    sheet: str
    number: str
    code: str
    parent: str
    group: int | None
    first_row: int
    last_row: int
    reason: str
    texts: tuple[Words, ...]
    cells: tuple[Cell, ...]
    stray: tuple[Cell, ...] = ()

    def words(self, role: Role) -> str:
        """The words of the first column of this role; empty when it says nothing."""
        return next((told.text for told in self.texts if told.role == role), "")

    def all(self, role: Role) -> tuple[Words, ...]:
        """Every column of this role that says something: a deadline for each purpose, a target for each period."""
        return tuple(told for told in self.texts if told.role == role)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of what the item says; places in the file do not count."""
        told = [[words.role, words.purpose, words.period, words.text] for words in self.texts]
        return hashlib.sha256(json.dumps([self.number, told], ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Annex:
    """One table, read to its end; `next_row` is where another table begins, 0 when none does."""

    kind: AnnexKind
    sheet: str
    columns: Columns
    groups: tuple[AnnexGroup, ...]
    items: tuple[AnnexItem, ...]
    notes: tuple[RowNote, ...]
    next_row: int = 0
    heading_cells: tuple[Cell, ...] = field(default=(), repr=False)

    def notes_of(self, item: AnnexItem) -> tuple[RowNote, ...]:
        """The notes about the rows of an item."""
        return tuple(note for note in self.notes if item.first_row <= note.row <= item.last_row)
