"""A grid and its columns to an annex: groups, items, continuation rows, everything else with a note.

Real annexes are cut by page breaks, number their rows in five ways and put words where no column is. Every row is
judged by its own cells first and by its neighbours second; each decision keeps its reason, and no cell is dropped.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.exchange.annex import Annex, RowNote
from app.exchange.drafts import finished
from app.exchange.grid import Sheet
from app.exchange.heading_rows import equal_row, filled
from app.exchange.headings import Columns, read_headings
from app.exchange.merges import Merges
from app.exchange.refusals import FileRefused
from app.exchange.row_kinds import is_other_heading, rows_of
from app.exchange.row_notes import notes_above, notes_on_columns, notes_on_items, words_above
from app.exchange.row_reader import RowReader


def read_annexes(sheets: Iterable[Sheet], mapping: Mapping[str, Any] | None = None) -> tuple[Annex, ...]:
    """Every table of every sheet. A sheet without a table is passed over as long as another has one.

    Raises FileRefused when no sheet has a table: the reason of the first sheet that holds anything.
    """
    annexes: list[Annex] = []
    refusals: list[FileRefused] = []
    for sheet in sheets:
        after: int | None = 0 if sheet.rows else None
        while after is not None:
            try:
                annex = read_annex(sheet, read_headings(sheet, mapping, after=after))
            except FileRefused as refusal:
                refusals.append(refusal)
                if after:
                    annexes[-1] = _with_unread_rest(annexes[-1], sheet)
                break
            annexes.append(annex)
            after = annex.next_row - 1 if annex.next_row else None
    if not annexes and refusals:
        raise refusals[0]
    return tuple(annexes)


def _with_unread_rest(annex: Annex, sheet: Sheet) -> Annex:
    """The annex with a note for every row of a second table whose heading cannot be read."""
    rows = ((row, tuple(filled(sheet, row))) for row in range(annex.next_row, len(sheet.rows) + 1))
    return replace(
        annex, notes=(*annex.notes, *(RowNote("table_unread", row, cells) for row, cells in rows if cells))
    )


def read_annex(sheet: Sheet, columns: Columns) -> Annex:
    """The table under these columns, down to its end or to the heading of another table."""
    last = _last_row(sheet, columns)
    merges = Merges(sheet, columns)
    reader = RowReader(columns, list(rows_of(sheet, columns, last)), merges, words_above(sheet, columns))
    for row in reader.rows:
        reader.take(row)
    items = finished(sheet.name, reader.items, reader.groups, columns)
    notes = [
        *notes_above(sheet, columns),
        *notes_on_columns(sheet, columns),
        *reader.notes,
        *notes_on_items(columns, items, merges),
    ]
    next_row = last + 1 if last < len(sheet.rows) else 0
    if next_row:
        notes.append(RowNote("other_table", next_row))
    if not items:
        notes.append(RowNote("no_items", columns.first_row))
    heading_cells = tuple(cell for row in columns.heading_rows for cell in filled(sheet, row))
    groups = tuple(group.done() for group in reader.groups)
    ordered = tuple(sorted(notes, key=lambda note: note.row))
    return Annex(columns.kind, sheet.name, columns, groups, items, ordered, next_row, heading_cells)


def _last_row(sheet: Sheet, columns: Columns) -> int:
    for row in range(columns.first_row, len(sheet.rows) + 1):
        cells = filled(sheet, row)
        repeated = columns.heading is not None and equal_row(cells, columns.heading)
        if not repeated and is_other_heading(cells):
            return row - 1
    return len(sheet.rows)
