"""What one row of a table is, judged by its own cells: numbers, own content, openings, footers, totals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.exchange.grid import Cell, Sheet
from app.exchange.heading_rows import counts, filled
from app.exchange.heading_words import Role, key, meaning
from app.exchange.headings import Columns
from app.exchange.numbering import Number, led_by, number_of

# Content that makes a row an item of its own; a remark alone does not.
_OWN: frozenset[Role] = frozenset(
    {
        "kind",
        "lead",
        "coordinating",
        "responsible",
        "result",
        "deadline",
        "measure",
        "target",
        "baseline",
        "issuing",
        "resources",
        "basis",
        "progress",
    }
)
PARTS = frozenset({"lower", "bullet"})
"""Styles of numbers that mark a part of what stands above."""
_MOMENT: frozenset[Role] = frozenset({"deadline", "result", "target"})
_QUOTES = " \t\n\r\u00a0\"'“”‘’«»"
_OPENERS = frozenset("-–—+•*…,;:.)([")
_ENDS_OPEN = re.compile(
    r"(?:[,;:\-–(\"“]|\b(?:và|của|các|cho|để|với|trong|về|theo|từ|tại|bằng|hoặc|là|nhằm|những))\s*$",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"^(?:noi nhan|tm |t m |kt |k t |tl |t l |tuq|t uq|nguoi lap|lap bieu|ky ten|ghi chu|chu thich|luu y|xac nhan|nguon so lieu"
    r"|(?:pho )?(?:bi thu|chu tich|truong ban|chanh van phong|giam doc|thu truong|bo truong|chu nhiem)(?: \w+){0,4}$"
    r"|ban (?:thuong vu|chap hanh)$|(?:\w+ ){0,4}ngay \w* ?thang \w* ?nam)"
)
_TOTAL = re.compile(
    r"^(?:tong (?:cong|so)|tong|cong)(?: (?:nhiem vu|chi tieu|de an|muc|nhom|phan))*(?: (?:[ivx]+|[a-d]))*(?: \d+.*)?$"
)
_PAGE_MARK = re.compile(r"^(?:phu luc (?:[ivx]+|\d+) )?(?:trang|page) (?:so )?\d+(?: (?:tren |of )?\d+)?$")
_VALUE = re.compile(
    r"\s*(?:[<>=≥≤~≈]|\d|[-–]\d|(?:trên|dưới|từ|ít nhất|tối thiểu|không quá|khoảng)\b)", re.IGNORECASE
)
_HEADING_ROLES = 3
_CAPITALS = 4  # letters, at least, before capitals mean a heading


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table body, its filled cells sorted by what their columns hold."""

    number: int
    cells: tuple[Cell, ...]
    label: Cell | None  # of the number column
    title: Cell | None
    group: Cell | None
    own: tuple[Cell, ...]
    noted: tuple[Cell, ...]  # of the remark column
    stray: tuple[Cell, ...]  # outside known columns, or hidden under a merged cell
    roles: frozenset[Role]
    empty_formulas: tuple[Cell, ...]

    @property
    def sign(self) -> Number | None:
        """The number in the number column, if it holds one.

        A spreadsheet may have turned "1.2" into a number or a day: the first gets its point back, the second stays as
        it is shown, and `is_typed` tells that neither is sure.
        """
        if self.label is None:
            return None
        if "date" in self.label.marks:
            return Number(self.label.text, (self.label.text,), "arabic")
        return number_of(
            self.label.text.replace(",", ".") if "number" in self.label.marks else self.label.text
        )

    @property
    def is_typed(self) -> bool:
        """The number is stored in a way that may have changed it: 11.10 as 11.1, or 1.2 as the second of January."""
        return self.label is not None and (
            "date" in self.label.marks or ("number" in self.label.marks and "," in self.label.text)
        )

    @property
    def first(self) -> Cell:
        """The leftmost filled cell."""
        return self.cells[0]


def rows_of(sheet: Sheet, columns: Columns, last: int) -> Iterator[Row]:
    """The rows of the body that hold anything, down to row `last`."""
    for number in range(columns.first_row, last + 1):
        empty_formulas = tuple(
            cell for cell in sheet.rows[number - 1] if cell.blank and "formula" in cell.marks
        )
        cells = tuple(filled(sheet, number))
        if cells or empty_formulas:
            yield _row(number, cells, columns, empty_formulas)


def _row(number: int, cells: tuple[Cell, ...], columns: Columns, empty_formulas: tuple[Cell, ...]) -> Row:
    known: list[tuple[Role, Cell]] = [
        (column.role, cell)
        for cell in cells
        if "covered" not in cell.marks and (column := columns.at(cell.column)) and column.role
    ]
    read = {cell.column for _, cell in known}
    first = dict(reversed(known))
    return Row(
        number=number,
        cells=cells,
        label=first.get("number"),
        title=first.get("title"),
        group=first.get("group"),
        own=tuple(cell for role, cell in known if role in _OWN),
        noted=tuple(cell for role, cell in known if role == "note"),
        stray=tuple(cell for cell in cells if cell.column not in read),
        roles=frozenset(role for role, _ in known),
        empty_formulas=empty_formulas,
    )


def is_full(row: Row) -> bool:
    """It says who and by when or with what result: enough to stand as a task without a number."""
    return bool(row.title and "lead" in row.roles and row.roles & _MOMENT)


def is_page_mark(row: Row) -> bool:
    """The number of a page, that its foot or head carried into the table."""
    return len(row.cells) == 1 and _PAGE_MARK.match(key(row.first.text)) is not None


def has_value(row: Row, columns: Columns) -> bool:
    """It names something and gives it a value of its own: "- Khu vực I" with 3,5 among indicators."""
    targets = {column.index for column in columns.of("target")}
    return row.title is not None and any(
        cell.column in targets and _VALUE.match(cell.text) is not None for cell in row.own
    )


def part_sign(row: Row) -> Number | None:
    """The letter or dash that the title of a part begins with."""
    led = led_by(row.title.text) if row.title else None
    return led[0] if led and led[0].style in PARTS else None


def stands_as_part(row: Row, columns: Columns) -> bool:
    """A part set off by a dash or letter in its title, with a value of its own, or saying who and by when."""
    if row.label is not None or part_sign(row) is None:
        return False
    if columns.kind == "indicators":
        return has_value(row, columns)
    # A unit's name that begins in mid-sentence is the rest of the name above.
    leads = {column.index for column in columns.of("lead")}
    return is_full(row) and not any(cell.column in leads and opens_low(cell.text) for cell in row.own)


def opens_low(words: str) -> bool:
    """The words begin in mid-sentence or as a list: a small letter, a dash, a bracket, a comma."""
    first = words.lstrip(_QUOTES)[:1]
    return first in _OPENERS or first.islower()


def ends_open(words: str) -> bool:
    """The words stop where a sentence cannot: after a comma, a semicolon, a linking word, inside brackets."""
    return (
        bool(_ENDS_OPEN.search(words))
        or words.count("(") > words.count(")")
        or words.count("“") > words.count("”")
    )


def in_capitals(words: str) -> bool:
    """All letters are capitals, and there are enough of them to mean it."""
    letters = [sign for sign in words if sign.isalpha()]
    return len(letters) >= _CAPITALS and all(sign.isupper() for sign in letters)


def is_footer(row: Row) -> bool:
    """Recipients, a signature, a date line or remarks stand in it."""
    return any(_FOOTER.match(key(cell.text)) for cell in row.cells)


def is_total(row: Row) -> bool:
    """A sum over rows: "Tổng cộng", "Cộng", where a number or title would stand."""
    if row.sign or is_full(row):
        return False
    return any(cell is not None and _TOTAL.match(key(cell.text)) for cell in (row.label, row.title))


def is_other_heading(cells: list[Cell]) -> bool:
    """A heading of another table: a title and two more known columns, each in few words, and no number among them."""
    roles = {found.role for cell in cells if (found := meaning(cell.text))}
    return (
        len(roles) >= _HEADING_ROLES
        and "title" in roles
        and not any(number_of(cell.text) for cell in cells)
        and not counts(cells)
    )


def lead_number(row: Row) -> Number | None:
    """The number a row without a number column begins with, in its title or first cell."""
    words = row.title or row.first
    led = led_by(words.text)
    return led[0] if led else None
