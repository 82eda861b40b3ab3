"""XLSX: values by calamine, and beside them what it does not tell: formulas, formats, errors, hidden rows, merges."""

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import python_calamine

from app.core.text import Text, nfc
from app.exchange.formats import Shown, moment_shown, number_shown
from app.exchange.grid import Cell, Limits, Mark, Merge, Sheet, check_place, check_text, column_of, trimmed
from app.exchange.packages import Package, parse
from app.exchange.refusals import refused
from app.exchange.styles import TRUE, CellStyle, cell_styles, whole

_WORKBOOK = "xl/workbook.xml"
_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_UNMARKED: frozenset[Mark] = frozenset()
_PLAIN = CellStyle()

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read_workbook(data: bytes, package: Package, limits: Limits) -> tuple[Sheet, ...]:
    """All worksheets in order, hidden ones too. Raises FileRefused for what is damaged or beyond the limits."""
    parts = _worksheets(package)
    if len(parts) > limits.sheets:
        raise refused("too_many_sheets", count=len(parts), limit=limits.sheets)
    styles = cell_styles(package)
    facts = {entry.name: _facts(package.part(entry.part), styles, limits) for entry in parts}
    try:
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            values = {name: _values(book, name) for name in facts}
    except (python_calamine.CalamineError, OSError, ValueError):
        raise refused(
            "file_damaged", seen=Text("bảng tính không đọc được", "the workbook cannot be read")
        ) from None
    return tuple(_sheet(entry, values[entry.name], facts[entry.name], limits) for entry in parts)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class _Facts:
    """What the XML of a sheet says about its cells; places are (row, column) from 1."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    bold: set[tuple[int, int]] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def last_place(self) -> tuple[int, int]:
        """The furthest row and column of a formula or error, which may stand beyond the values."""
        places = [*self.formulas, *self.errors]
        return max((row for row, _ in places), default=0), max((column for _, column in places), default=0)


def _values(book: python_calamine.CalamineWorkbook, name: str) -> list[list[Value]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _worksheets(package: Package) -> list[_Entry]:
    """Worksheets in the order of the workbook; chart and dialogue sheets hold no cells."""
    sheets: list[dict[str, str]] = []
    parse(
        package.part(_WORKBOOK),
        lambda name, values: sheets.append(values) if name == "sheet" else None,
        _ignore,
        _ignore,
    )
    targets = _relations(package)
    entries = [
        _Entry(
            sheet.get("name", ""), targets[sheet.get("id", "")], sheet.get("state", "visible") != "visible"
        )
        for sheet in sheets
        if sheet.get("id", "") in targets
    ]
    if len({entry.name for entry in entries}) < len(entries):
        raise refused("file_damaged", seen=Text("trang tính trùng tên", "sheets of the same name"))
    return entries


def _relations(package: Package) -> dict[str, str]:
    """Part of each worksheet by the id the workbook uses."""
    found: list[dict[str, str]] = []
    related = package.part("xl/_rels/workbook.xml.rels")
    parse(
        related,
        lambda name, values: found.append(values) if name == "Relationship" else None,
        _ignore,
        _ignore,
    )
    return {
        values.get("Id", ""): posixpath.normpath(posixpath.join("/xl", values.get("Target", ""))).lstrip("/")
        for values in found
        if values.get("Type", "").endswith("/worksheet")
        and values.get("TargetMode", "Internal") == "Internal"
    }


def _facts(part: bytes, styles: list[CellStyle], limits: Limits) -> _Facts:
    reader = _SheetReader(styles, limits)
    parse(part, reader.start, reader.end, reader.words)
    return reader.facts


@dataclass(slots=True)
class _SheetReader:
    """Streams a sheet once. A cell may leave out its place: it then follows the one before."""

    styles: list[CellStyle]
    limits: Limits
    facts: _Facts = field(default_factory=_Facts)
    row: int = 0
    column: int = 0
    kind: str = ""
    style: CellStyle = _PLAIN
    in_value: bool = False

    def start(self, name: str, values: dict[str, str]) -> None:
        if name == "c":
            self._open_cell(values)
        elif name == "row":
            self._open_row(values)
        elif name in {"v", "is"}:
            self._hold_value()
            self.in_value = name == "v"
        elif name == "f":
            check_place(self.row, self.column, self.limits)
            self.facts.formulas.update(self._formula_places(values.get("ref", "")))
        elif name == "mergeCell":
            self._merge(values.get("ref", ""))
        elif name == "col" and values.get("hidden", "") in TRUE:
            last = min(whole(values.get("max", "")), self.limits.columns)
            self.facts.hidden_columns.update(range(whole(values.get("min", "")), last + 1))

    def words(self, text: str) -> None:
        if self.in_value and self.kind == "e":
            place = (self.row, self.column)
            self.facts.errors[place] = self.facts.errors.get(place, "") + text

    def end(self, name: str) -> None:
        if name == "v":
            self.in_value = False

    def _open_row(self, values: dict[str, str]) -> None:
        self.row = whole(values.get("r", "")) or self.row + 1
        self.column = 0
        if values.get("hidden", "") in TRUE:
            self.facts.hidden_rows.add(self.row)

    def _open_cell(self, values: dict[str, str]) -> None:
        place = _REF.fullmatch(values.get("r", ""))
        self.column = column_of(place[1]) if place else self.column + 1
        self.row = int(place[2]) if place else self.row
        self.kind = values.get("t", "n")
        style = whole(values.get("s", "0"))
        self.style = self.styles[style] if style < len(self.styles) else _PLAIN

    def _hold_value(self) -> None:
        check_place(self.row, self.column, self.limits)
        if self.kind in {"n", "d"} and self.style.format not in {"", "General", "@"}:
            self.facts.formats[self.row, self.column] = self.style.format
        if self.style.bold:
            self.facts.bold.add((self.row, self.column))

    def _formula_places(self, ref: str) -> Iterator[tuple[int, int]]:
        """The cell itself, and every cell an array formula fills."""
        yield self.row, self.column
        merge = _range(ref)
        if merge:
            for row in range(merge.first_row, min(merge.last_row, self.limits.rows) + 1):
                for column in range(merge.first_column, min(merge.last_column, self.limits.columns) + 1):
                    yield row, column

    def _merge(self, ref: str) -> None:
        merge = _range(ref)
        if merge:
            self.facts.merges.append(merge)


def _sheet(entry: _Entry, values: list[list[Value]], facts: _Facts, limits: Limits) -> Sheet:
    last_row, last_column = facts.last_place()
    height = max(last_row, len(values))
    cells = _Cells(facts, entry.hidden, set(_covered(facts.merges, height, limits)))
    rows = []
    for row in range(1, height + 1):
        given = values[row - 1] if row <= len(values) else []
        padded = [*given, *[""] * (last_column - len(given))]
        rows.append(trimmed([cells.cell(value, row, column) for column, value in enumerate(padded, 1)]))
        for cell in rows[-1]:
            check_text(cell.text, cell.row, cell.column, limits)
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(
        nfc(entry.name),
        tuple(rows),
        tuple(facts.merges),
        hidden=entry.hidden,
        hidden_rows=frozenset(facts.hidden_rows),
        hidden_columns=frozenset(facts.hidden_columns),
    )


@dataclass(frozen=True, slots=True)
class _Cells:
    """Makes the cells of one sheet from calamine's values and what the XML says beside them."""

    facts: _Facts
    hidden: bool
    covered: set[tuple[int, int]]

    def cell(self, value: Value, row: int, column: int) -> Cell:
        place, facts = (row, column), self.facts
        shown, kind = _shown(value, facts.formats.get(place, ""))
        if place in facts.errors:
            shown, kind = Shown(facts.errors[place]), "error"
        marks: list[Mark] = [kind] if kind else []
        if place in facts.formulas:
            marks.append("formula")
        if shown.exact:
            marks.append("as_shown")
        if place in self.covered:
            marks.append("covered")
        if place in facts.bold:
            marks.append("bold")
        if self.hidden or row in facts.hidden_rows or column in facts.hidden_columns:
            marks.append("hidden")
        return Cell(nfc(shown.words), row, column, frozenset(marks) if marks else _UNMARKED, shown.exact)


def _covered(merges: list[Merge], rows: int, limits: Limits) -> Iterator[tuple[int, int]]:
    left = limits.rows * limits.columns  # merges that do not overlap cover no more than this
    for merge in merges:
        for row in range(merge.first_row, min(merge.last_row, rows) + 1):
            for column in range(merge.first_column, min(merge.last_column, limits.columns) + 1):
                left -= 1
                if left < 0:
                    raise refused(
                        "file_damaged", seen=Text("các ô gộp chồng lên nhau", "merged cells overlap")
                    )
                if (row, column) != (merge.first_row, merge.first_column):
                    yield row, column


def _shown(value: Value, code: str) -> tuple[Shown, Mark | None]:
    if isinstance(value, str):
        return Shown(value), None
    if isinstance(value, bool):
        return Shown("TRUE" if value else "FALSE"), "boolean"
    if isinstance(value, int | float):
        return number_shown(value, code), "number"
    if isinstance(value, dt.date):
        return moment_shown(value, code), "date"
    return moment_shown(value, code), "time"


def _range(ref: str) -> Merge | None:
    first, _, last = ref.partition(":")
    start, stop = _REF.fullmatch(first), _REF.fullmatch(last or first)
    if not start or not stop:
        return None
    rows, columns = sorted((int(start[2]), int(stop[2]))), sorted((column_of(start[1]), column_of(stop[1])))
    return Merge(rows[0], columns[0], rows[1], columns[1])


def _ignore(*_: object) -> None:
    """Nothing of this matters to the reader."""
