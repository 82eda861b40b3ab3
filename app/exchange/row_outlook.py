"""What the rows of a table say together before any of them is judged: numbers, what comes after, where items end."""

from app.exchange.heading_rows import counts
from app.exchange.headings import Columns
from app.exchange.merges import Merges
from app.exchange.numbering import Number
from app.exchange.row_kinds import Row, has_value, is_full, is_total, lead_number, part_sign, stands_as_part

GROUP_STYLES = frozenset({"roman", "letter", "named"})
_ODD_NUMBER = 12  # characters a number in a form of its own may have


class Outlook:
    """The rows of one table, looked over once from top to bottom."""

    def __init__(self, rows: list[Row], columns: Columns, merges: Merges) -> None:
        self._columns, self._merges = columns, merges
        self.signs = {row.number: sign for row in rows if (sign := self._sign(row))}
        # A dash before a title is no number that would say whether items have one.
        labelled = (row.number for row in rows if not stands_as_part(row, columns))
        self.styles = frozenset(self.signs[number].style for number in labelled if number in self.signs)
        # Where the tasks themselves are bold, bold type tells nothing.
        self.sets_off_in_bold = not any(row.title and "bold" in row.title.marks for row in rows if row.own)
        self.following = self._followed(rows)
        self.last_item_row = max((row.number for row in rows if self._may_be_item(row)), default=0)

    @property
    def numbers_items(self) -> bool:
        """Items have numbers here; where only groups do, a title with a unit or deadline is an item."""
        return bool(self.styles - GROUP_STYLES)

    def _followed(self, rows: list[Row]) -> dict[int, Number | None]:
        """For each row the next number below it."""
        found: dict[int, Number | None] = {}
        following: Number | None = None
        for row in reversed(rows):
            found[row.number] = following
            following = self.signs.get(row.number, following)
        return found

    def _sign(self, row: Row) -> Number | None:
        if not self._columns.of("number"):
            return lead_number(row) if row.title else None
        odd = row.sign is None and row.label and row.title and row.own and not is_total(row)
        if odd and row.label and len(row.label.text) <= _ODD_NUMBER:
            return Number(row.label.text, (row.label.text,), "arabic")
        if stands_as_part(row, self._columns) and not self._merges.joins(row.number):
            return part_sign(row)
        return row.sign

    def _may_be_item(self, row: Row) -> bool:
        if is_total(row) or counts(list(row.cells)):
            return False
        return bool(
            (row.number in self.signs and (row.title or row.own))
            or is_full(row)
            or (self._columns.kind == "indicators" and has_value(row, self._columns))
            or (not self.numbers_items and row.title and row.own)
        )
