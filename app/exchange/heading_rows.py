"""Where the headings of a table stand: one to three rows, parents over their columns, and a row that only counts."""

from dataclasses import dataclass, replace
from re import compile as pattern

from app.exchange.grid import Cell, Sheet, letters
from app.exchange.heading_words import Meaning, key, meaning, named_purpose

_SEARCHED_ROWS = 60
_HEADING_ROWS = 3
_COUNTING = pattern(r"[(\[]?\s*(\d{1,2}|[A-Z])\s*[)\]]?(?:\s*=.*)?")
_SUB_WORDS = 8
_SEEN_CELLS = 12
_SEEN_CHARACTERS = 60
_FEWEST_COUNTED = 3
_SURE = 3
_TIME_TOLD = pattern(r"\d|thuong xuyen|hang nam|hang quy|hang thang|quy [iv]+")
_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Heading:
    """Heading rows that were found: the words over each column and the row after them."""

    rows: tuple[int, ...]
    words: dict[int, tuple[str, ...]]

    @property
    def first_row(self) -> int:
        """The row after the heading."""
        return self.rows[-1] + 1

    def told(self, index: int) -> str:
        """The heading of a column as one line, parent first."""
        return " – ".join(dict.fromkeys(self.words.get(index, ())))


def find_heading(sheet: Sheet, after: int = 0, *, titled: bool = True) -> Heading | None:
    """The first heading after this row, in one to three rows: at least two known columns, a title among them if asked."""
    for row in range(after + 1, min(len(sheet.rows), after + _SEARCHED_ROWS) + 1):
        roles = {found.role for cell in sheet.rows[row - 1] if (found := meaning(cell.text))}
        if len(roles) > 1 and ("title" in roles or not titled):
            return heading_from(sheet, row)
    return None


def heading_from(sheet: Sheet, row: int) -> Heading:
    """The heading that begins in this row, with the rows below that still belong to it and a row that only counts."""
    words = _first_words(sheet, row)
    bottom = min(_merged_down(sheet, row, words), row + _HEADING_ROWS)
    rows = [row]
    while rows[-1] < bottom or (len(rows) < _HEADING_ROWS and _continues(sheet, rows, words)):
        rows.append(rows[-1] + 1)
        _add_row(sheet, rows, words)
    if counts(filled(sheet, rows[-1] + 1)):
        rows.append(rows[-1] + 1)
    return Heading(tuple(rows), words)


def heading_of(sheet: Sheet, rows: tuple[int, ...]) -> Heading:
    """The heading that stands in exactly these rows, as somebody says it does."""
    words = _first_words(sheet, rows[0])
    for place in range(1, len(rows)):
        _add_row(sheet, list(rows[: place + 1]), words)
    return Heading(rows, words)


def seen(sheet: Sheet, heading: Heading | None, after: int = 0) -> str:
    """What stands where a heading was looked for: "A: TT; B: …", for the refusal that asks to map by hand."""
    if heading:
        pairs = [(index, heading.told(index)) for index in sorted(heading.words)]
    else:
        searched = sheet.rows[after : after + _SEARCHED_ROWS]
        row = max(
            searched, key=lambda row: (sum(1 for cell in row if meaning(cell.text)), len(row)), default=()
        )
        pairs = [(cell.column, _one_line(cell.text)) for cell in row if not cell.blank]
    told = [f"{letters(index)}: {words[:_SEEN_CHARACTERS]}" for index, words in pairs[:_SEEN_CELLS]]
    return "; ".join(told) or "—"


def meaning_of(sheet: Sheet, heading: Heading, index: int) -> Meaning | None:
    """What the heading of this column means: its lowest words if they are sure by themselves, else with their parents."""
    words = heading.words[index]
    own, whole = meaning(words[-1]), meaning(" ".join(words))
    alone = own and ((own.strength == _SURE and own.role not in {"target", "title"}) or whole is None)
    read = own if alone else whole or own or meaning(words[0])
    if (
        read
        and read.role == "issuing"
        and read.strength < _SURE
        and _tells_time(sheet, heading.first_row, index)
    ):
        read = replace(read, role="deadline")
    # Under "Thời gian thực hiện" the lower words tell which moment: "Bắt đầu" is no completion.
    moment = named_purpose(key(words[-1])) if read and read.purpose else None
    return replace(read, purpose=moment) if read and moment else read


def equal_row(cells: list[Cell], heading: Heading) -> bool:
    """The row repeats the heading, as tables do after a page break: every cell stands under the same words."""
    if not cells:
        return False
    return all(
        key(cell.text) in {key(words) for words in heading.words.get(cell.column, ())} for cell in cells
    )


def counts(cells: list[Cell]) -> bool:
    """The row only numbers the columns: (1) (2) (3), or A B 1 2 where letters come first."""
    if len(cells) < _FEWEST_COUNTED:
        return False
    told = [_COUNTING.fullmatch(cell.text.strip()) for cell in cells]
    signs = [found[1] for found in told if found]
    if len(signs) < len(cells):
        return False
    lettered = [sign for sign in signs if not sign.isdigit()]
    expected = [
        *"ABCDEFGHIJ"[: len(lettered)],
        *(str(number) for number in range(1, len(signs) - len(lettered) + 1)),
    ]
    return [sign.lstrip("0") for sign in signs] == expected


def filled(sheet: Sheet, row: int) -> list[Cell]:
    """The cells of the row that hold words."""
    return [cell for cell in sheet.rows[row - 1] if not cell.blank] if row <= len(sheet.rows) else []


def _first_words(sheet: Sheet, row: int) -> dict[int, tuple[str, ...]]:
    return {cell.column: (_one_line(cell.text),) for cell in filled(sheet, row)}


def _merged_down(sheet: Sheet, row: int, words: dict[int, tuple[str, ...]]) -> int:
    """The last row that the merged heading of the title or number column reaches."""
    whole = _whole(words)
    reached = [
        merge.last_row for merge in sheet.merges if merge.first_row == row and merge.first_column in whole
    ]
    return max(reached, default=row)


def _whole(words: dict[int, tuple[str, ...]]) -> set[int]:
    """Columns that no second heading row divides: number and title."""
    read = {index: found for index, spoken in words.items() if (found := meaning(spoken[-1]))}
    surest = max((found.strength for found in read.values() if found.role == "title"), default=0)
    return {
        index
        for index, found in read.items()
        if (found.role, found.strength) == ("title", surest) or found.role == "number"
    }


def _continues(sheet: Sheet, rows: list[int], words: dict[int, tuple[str, ...]]) -> bool:
    """The next row is one more heading row: it fills no title or number column and divides columns that have a parent."""
    cells = filled(sheet, rows[-1] + 1)
    if not cells or counts(cells):
        return False
    whole = _whole(words)
    if any(cell.column in whole or key(cell.text).count(" ") >= _SUB_WORDS for cell in cells):
        return False
    return any(
        meaning(cell.text) or meaning(f"{_parent(sheet, rows, words, cell)} {cell.text}") for cell in cells
    )


def _add_row(sheet: Sheet, rows: list[int], words: dict[int, tuple[str, ...]]) -> None:
    above = dict(words)
    for cell in filled(sheet, rows[-1]):
        parent = above.get(cell.column) or _spoken_left(sheet, rows, above, cell)
        words[cell.column] = (*parent, _one_line(cell.text))


def _parent(sheet: Sheet, rows: list[int], words: dict[int, tuple[str, ...]], cell: Cell) -> str:
    return " ".join(words.get(cell.column) or _spoken_left(sheet, [*rows, cell.row], words, cell))


def _spoken_left(
    sheet: Sheet, rows: list[int], words: dict[int, tuple[str, ...]], cell: Cell
) -> tuple[str, ...]:
    """The heading to the left that reaches over this cell: by its merge, or in CSV by the next filled cell leftward."""
    left = max((index for index in words if index < cell.column), default=0)
    if not left:
        return ()
    reaching = (merge for merge in sheet.merges if merge.first_row in rows and merge.first_column == left)
    if sheet.merges and not any(merge.last_column >= cell.column for merge in reaching):
        return ()
    return words[left]


def _tells_time(sheet: Sheet, first_row: int, index: int) -> bool:
    """A column headed "Trình BTV" may hold a body or a date: its first cells decide."""
    told = [
        key(cell.text)
        for row in range(first_row, first_row + _LOOKED_AT)
        if (cell := sheet.cell(row, index)) and not cell.blank
    ]
    return bool(told) and sum(1 for words in told if _TIME_TOLD.search(words)) * 2 > len(told)


def _one_line(words: str) -> str:
    return " ".join(words.split())
