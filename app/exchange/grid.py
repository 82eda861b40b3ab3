"""What every reader of files gives: sheets of cells with their words, places and marks; and how much is taken."""

import unicodedata
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.exchange.refusals import refused

Mark = Literal[
    "formula",  # the words are the last value a formula gave; without one the words are empty
    "number",  # the file holds a number, not text
    "date",
    "time",
    "boolean",
    "error",  # a spreadsheet error such as #REF!
    "as_shown",  # the words are what a person sees; `stored` holds what the file holds
    "bold",  # the whole cell is set in bold type
    "covered",  # lies under a merged cell: a person does not see it
    "hidden",  # lies in a hidden row, column or sheet
]

_BLANK = {"Cf", "Cc", "Zs", "Zl", "Zp"}
_ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is taken. Beyond: 413 for bytes, 422 for rows, columns and cells."""

    data_bytes: int = 10 * 1024 * 1024
    rows: int = 5_000
    columns: int = 100
    cell_characters: int = 20_000
    sheets: int = 50
    package_parts: int = 2_000
    unpacked_bytes: int = 100 * 1024 * 1024
    unpacked_ratio: int = 200  # of a part over a megabyte
    memory_bytes: int = 768 * 1024 * 1024  # address space of the reading process
    processor_seconds: int = 30  # the fullest file that is taken, 5,000 x 100 cells, needs a third of it
    wall_seconds: float = 45.0


class Cell(NamedTuple):
    """One cell: its words as a person sees them (NFC, otherwise untouched), row and column from 1, marks.

    A named tuple, not a dataclass: a file may hold half a million of them.
    """

    text: str
    row: int
    column: int
    marks: frozenset[Mark] = frozenset()
    stored: str = ""

    @property
    def ref(self) -> str:
        """The place as spreadsheets write it: C12."""
        return f"{letters(self.column)}{self.row}"

    @property
    def blank(self) -> bool:
        """No visible sign in it."""
        return is_blank(self.text)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, ends included; its words stand in the first row and column."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows[i] is row i + 1; a row ends with its last cell that holds something, empty rows are ()."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    loose_quotes: bool = False  # CSV: quotation marks do not follow the rule; the words are kept as they came

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell at this place (from 1); None where the row ends before."""
        if not 1 <= row <= len(self.rows) or not 1 <= column <= len(self.rows[row - 1]):
            return None
        return self.rows[row - 1][column - 1]


def is_blank(text: str) -> bool:
    """Only blanks and characters nobody sees: no-break blanks, zero-width signs, marks of direction."""
    return not text or text.isspace() or all(unicodedata.category(sign) in _BLANK for sign in text)


def letters(column: int) -> str:
    """Column from 1 as letters: 1 A, 27 AA."""
    words = ""
    while column > 0:
        column, place = divmod(column - 1, _ALPHABET)
        words = chr(ord("A") + place) + words
    return words


def column_of(words: str) -> int:
    """Column from 1 of its letters (A to XFD, either case); 0 when the words are not letters."""
    if not (words.isascii() and words.isalpha()):
        return 0
    column = 0
    for letter in words.upper():
        column = column * _ALPHABET + ord(letter) - ord("A") + 1
    return column


def check_place(row: int, column: int, limits: Limits) -> None:
    """Raises FileRefused when content stands beyond the rows or columns that are taken."""
    if row > limits.rows:
        raise refused("too_many_rows", at=f"{letters(column)}{row}", limit=limits.rows)
    if column > limits.columns:
        raise refused("too_many_columns", at=f"{letters(column)}{row}", limit=limits.columns)


def check_text(text: str, row: int, column: int, limits: Limits) -> None:
    """Raises FileRefused for a cell that is too long or holds NUL."""
    if len(text) > limits.cell_characters:
        raise refused("cell_too_long", at=f"{letters(column)}{row}", limit=limits.cell_characters)
    if "\x00" in text:
        raise refused("nul_found", at=f"{letters(column)}{row}")


def trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    """The row without the cells after the last that holds words or a formula."""
    last = len(cells)
    while last and cells[last - 1].blank and "formula" not in cells[last - 1].marks:
        last -= 1
    return tuple(cells[:last])
