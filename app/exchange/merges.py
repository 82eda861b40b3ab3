"""Merged cells of one table, looked up by row: wide ones name groups, tall ones join rows."""

from collections import defaultdict

from app.exchange.grid import Cell, Merge, Sheet
from app.exchange.headings import Columns

_WIDE = 3  # columns a merged group row reaches over, at least


class Merges:
    """The merges below the heading. Built once: a table may hold thousands of them."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self._sheet = sheet
        self._wide: set[tuple[int, int]] = set()
        self._reaching: defaultdict[int, list[Merge]] = defaultdict(list)
        self._whole = {column.index for column in (*columns.of("number"), *columns.of("title"))}
        for merge in sheet.merges:
            if merge.first_row < columns.first_row:
                continue
            if merge.last_column - merge.first_column + 1 >= _WIDE:
                self._wide.add((merge.first_row, merge.first_column))
            for row in range(merge.first_row + 1, min(merge.last_row, len(sheet.rows)) + 1):
                self._reaching[row].append(merge)

    def is_wide(self, cell: Cell) -> bool:
        """The cell is merged over several columns, across the table."""
        return (cell.row, cell.column) in self._wide

    def joins(self, row: int) -> bool:
        """The number or title of this row lies in a cell merged with the rows above."""
        return any(merge.first_column in self._whole for merge in self._reaching[row])

    def above(self, row: int, columns: list[int]) -> list[Cell]:
        """The cells above whose merges reach down into these columns of the row."""
        reaching = (
            merge
            for merge in self._reaching[row]
            if any(merge.first_column <= index <= merge.last_column for index in columns)
        )
        cells = (self._sheet.cell(merge.first_row, merge.first_column) for merge in reaching)
        return [cell for cell in cells if cell and not cell.blank]
