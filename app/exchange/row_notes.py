"""Notes that no single row decides: lines above the table, unknown columns, formulas, merges, repeated numbers."""

import re
from collections.abc import Iterable

from app.exchange.annex import AnnexItem, RowNote
from app.exchange.grid import Cell, Sheet
from app.exchange.heading_rows import filled
from app.exchange.heading_words import key
from app.exchange.headings import Columns
from app.exchange.merges import Merges
from app.exchange.row_kinds import ends_open

_STUMP = re.compile(r",\s*[^\W\d_]{1,2}$")  # a list that ends in a syllable of two letters: "kiến thức, kỹ"


def words_above(sheet: Sheet, columns: Columns) -> frozenset[str]:
    """The words of the lines above the table, folded: a page may repeat them."""
    return frozenset(key(cell.text) for note in notes_above(sheet, columns) for cell in note.cells) - {""}


def notes_above(sheet: Sheet, columns: Columns) -> list[RowNote]:
    """A note for every line between the table before and the first row of this one, the heading apart."""
    above = (row for row in range(columns.after + 1, columns.first_row) if row not in columns.heading_rows)
    return [RowNote("above_table", row, cells) for row in above if (cells := tuple(filled(sheet, row)))]


def notes_on_columns(sheet: Sheet, columns: Columns) -> list[RowNote]:
    """Headings nobody knows, roles that two headings claim, and what concerns the whole sheet."""
    notes = [RowNote("loose_quotes", columns.first_row)] if sheet.loose_quotes else []
    if sheet.hidden:
        notes.append(RowNote("hidden", columns.first_row))
    for column in columns.columns:
        if column.role is None:
            cells = tuple(
                cell
                for row in columns.heading_rows
                if (cell := sheet.cell(row, column.index)) and not cell.blank
            )
            notes.append(
                RowNote("second_column" if column.taken else "unknown_column", columns.heading_rows[0], cells)
            )
    return notes


def notes_on_items(columns: Columns, items: tuple[AnnexItem, ...], merges: Merges) -> list[RowNote]:
    """Formulas, errors, hidden and stray cells, merges, numbers and rows that repeat, titles that look cut."""
    notes: list[RowNote] = []
    digests: dict[str, AnnexItem] = {}
    codes = {item.code for item in items}
    for item in items:
        notes.extend(cell_notes(item.cells, item.first_row))
        notes.extend(_stray_notes(item, columns))
        notes.extend(_merged_notes(columns, item, merges))
        if "#" in item.code or f"{item.code}#2" in codes:
            notes.append(RowNote("number_repeated", item.first_row))
        if item.digest in digests:
            notes.append(RowNote("row_repeated", item.first_row))
        digests.setdefault(item.digest, item)
        title = item.words("title").rstrip()
        if _STUMP.search(title) or (ends_open(title) and not title.endswith((":", ";"))):
            notes.append(RowNote("looks_cut", item.first_row))
    return notes


def cell_notes(cells: Iterable[Cell], row: int) -> list[RowNote]:
    """What the marks of cells say to a reader of the plan."""
    codes = (("formula", "formula_value"), ("error", "error_value"), ("as_shown", "as_shown"))
    cells = tuple(cells)
    notes = [RowNote(code, cell.row, (cell,)) for cell in cells for mark, code in codes if mark in cell.marks]
    unseen = tuple(cell for cell in cells if "hidden" in cell.marks)
    return [*notes, RowNote("hidden", row, unseen)] if unseen else notes


def _stray_notes(item: AnnexItem, columns: Columns) -> list[RowNote]:
    covered = [cell for cell in item.stray if "covered" in cell.marks]
    outside = [cell for cell in item.stray if cell not in covered and columns.at(cell.column) is None]
    notes = [RowNote("covered_cell", cell.row, (cell,)) for cell in covered]
    return [*notes, *(RowNote("stray_cell", cell.row, (cell,)) for cell in outside)]


def _merged_notes(columns: Columns, item: AnnexItem, merges: Merges) -> list[RowNote]:
    """Cells that are empty because they are merged with the row above: told with what stands there, never copied."""
    told = {words.column for words in item.texts}
    empty = [column.index for column in columns.columns if column.role and column.index not in told]
    return [RowNote("merged_above", item.first_row, (cell,)) for cell in merges.above(item.first_row, empty)]
