"""Judges the rows of a table from top to bottom, each by its own cells first and by its neighbours second."""

from dataclasses import dataclass, field

from app.exchange.annex import RowNote
from app.exchange.drafts import GroupDraft, ItemDraft
from app.exchange.grid import Cell
from app.exchange.heading_rows import counts, equal_row
from app.exchange.heading_words import key
from app.exchange.headings import Columns
from app.exchange.merges import Merges
from app.exchange.numbering import Number, led_by
from app.exchange.row_kinds import (
    PARTS,
    Row,
    ends_open,
    has_value,
    in_capitals,
    is_footer,
    is_full,
    is_page_mark,
    is_total,
    opens_low,
)
from app.exchange.row_notes import cell_notes
from app.exchange.row_outlook import GROUP_STYLES, Outlook

_PAGE_BREAKS = frozenset({"heading_repeated", "column_numbers", "page_mark"})  # a row goes on after them


@dataclass(slots=True)
class RowReader:
    """Takes the rows from top to bottom; knows what came before and which numbers come after."""

    columns: Columns
    rows: list[Row]
    merges: Merges
    words_above: frozenset[str]
    items: list[ItemDraft] = field(default_factory=list)
    groups: list[GroupDraft] = field(default_factory=list)
    notes: list[RowNote] = field(default_factory=list)
    open: list[GroupDraft] = field(default_factory=list)
    latest: ItemDraft | GroupDraft | None = None
    latest_row: int = 0
    foot: bool = False
    outlook: Outlook = field(init=False)

    def __post_init__(self) -> None:
        self.outlook = Outlook(self.rows, self.columns, self.merges)

    def take(self, row: Row) -> None:
        """Reads one row."""
        if row.cells:
            self._judge(row)
        self.notes.extend(RowNote("formula_empty", row.number, (cell,)) for cell in row.empty_formulas)

    def _judge(self, row: Row) -> None:
        sign = self.outlook.signs.get(row.number)
        heading = self.columns.heading
        if (heading and equal_row(list(row.cells), heading)) or self._repeats_above(row, sign):
            self._note("heading_repeated", row)
        elif counts(list(row.cells)):
            self._note("column_numbers", row)
        elif is_page_mark(row):
            self._note("page_mark", row)
        elif is_total(row):
            self._note("total_row", row)
        elif row.number > self.outlook.last_item_row:
            self._judge_tail(row)
        elif sign is None and self.merges.joins(row.number) and isinstance(self.latest, ItemDraft):
            self._continue(row, "continued_merged")
        elif sign is not None:
            self._judge_numbered(row, sign)
        elif is_footer(row) and not row.own:
            self._note("footer", row)
        else:
            self._judge_unnumbered(row)

    # What a row may be, by its number

    def _judge_numbered(self, row: Row, sign: Number) -> None:
        if row.title is None and not row.own:
            self._note("title_missing", row)
        elif sign.style in GROUP_STYLES:
            self._judge_group_number(row, self._lettered(sign))
        elif sign.style in PARTS:
            self._judge_part(row, sign)
        elif row.own:
            self._open_item(row, sign, "item_numbered")
        else:
            self._judge_bare(row, sign)

    def _judge_group_number(self, row: Row, sign: Number) -> None:
        reason = "group_named" if sign.style == "named" else "group_numbered"
        if not row.own:
            self._open_group(row, sign, sign.style, reason)
        elif "arabic" in self.outlook.styles:
            self._open_group(row, sign, sign.style, "group_cells")
        else:
            self._open_item(row, sign, "item_numbered")

    def _judge_part(self, row: Row, sign: Number) -> None:
        if row.own and row.title:
            self._open_item(row, sign, "item_lettered")
        elif isinstance(self.latest, ItemDraft):
            self._continue(row, "continued_part")
        else:
            self._note("lone", row)

    def _judge_bare(self, row: Row, sign: Number) -> None:
        """An arabic number and a title, nothing else: a group in disguise, a parent, or an unfinished item."""
        following = self.outlook.following[row.number]
        has_children = following is not None and (following.child_of(sign) or following.style in PARTS)
        style = f"arabic{len(sign.path)}"
        if self.merges.is_wide(row.first):
            self._open_group(row, sign, style, "group_merged")
        elif row.title and in_capitals(row.title.text):
            self._open_group(row, sign, style, "group_capitals")
        elif self.columns.kind == "tasks" and row.title and self._is_set_off(row.title):
            self._open_group(row, sign, style, "group_bold")
        elif has_children and self.columns.kind == "tasks":
            self._open_group(row, sign, style, "group_children")
        else:
            self._open_item(row, sign, "item_parent" if has_children else "item_bare")

    # What a row without a number may be

    def _judge_unnumbered(self, row: Row) -> None:
        stands = bool(row.own and row.title) and not opens_low(row.title.text if row.title else "")
        if not row.own:
            self._judge_words(row)
        elif self._has_own_value(row) or (
            stands and (is_full(row) or not self.outlook.numbers_items or self.latest is None)
        ):
            self._open_item(row, None, "item_unnumbered")
        elif isinstance(self.latest, ItemDraft):
            self._continue(row, "continued")
        else:
            self._note("lone", row)

    def _has_own_value(self, row: Row) -> bool:
        """An indicator without a number: its value stands beside that of the row above, or has a unit of its own."""
        if self.columns.kind != "indicators" or not has_value(row, self.columns):
            return False
        target = self.columns.of("target")[0].index
        beside = isinstance(self.latest, ItemDraft) and target in self.latest.texts
        return beside or ("measure" in row.roles and not opens_low(row.title.text if row.title else ""))

    def _judge_words(self, row: Row) -> None:
        """Only words, in one place or two: the name of a group, or the rest of what stands above."""
        cell = row.title or row.label or row.group
        if cell is None:
            self._judge_beside(row)
            return
        reason = self._group_reason(row, cell)
        if reason:
            led = led_by(cell.text)
            sign = led[0] if led and led[0].style in GROUP_STYLES else None
            self._open_group(row, sign, sign.style if sign else "words", reason)
        elif self.latest:
            self._continue(row, "continued")
        else:
            self._note("lone", row)

    def _group_reason(self, row: Row, cell: Cell) -> str:
        """Why these words name a group; empty when they continue the row above."""
        led = led_by(cell.text)
        if led and led[0].style in GROUP_STYLES:
            return "group_named" if led[0].style == "named" else "group_numbered"
        if self.merges.is_wide(row.first):
            return "group_merged"
        if self.latest and (opens_low(cell.text) or self._stands_open()):
            return ""
        if in_capitals(cell.text):
            return "group_capitals"
        if self._is_set_off(cell):
            return "group_bold"
        return "group_words" if self._may_be_group(row, cell) else ""

    def _is_set_off(self, cell: Cell) -> bool:
        return self.outlook.sets_off_in_bold and "bold" in cell.marks

    def _may_be_group(self, row: Row, cell: Cell) -> bool:
        """By position: before any item, before numbers begin anew, outside the title column, or ending in a colon."""
        if not isinstance(self.latest, ItemDraft) or cell != row.title or cell.text.rstrip().endswith(":"):
            return True
        following, before = self.outlook.following[row.number], self.latest.sign
        if (
            following
            and before
            and following.style == before.style == "arabic"
            and _not_after(following, before)
        ):
            return True
        return not any(group.sign for group in self.groups)

    def _judge_beside(self, row: Row) -> None:
        """Only remarks or cells outside the columns."""
        if row.noted and isinstance(self.latest, ItemDraft) and self.latest_row == row.number - 1:
            self._continue(row, "continued")
        else:
            self._note("stray_cell" if not row.noted else "lone", row)

    def _judge_tail(self, row: Row) -> None:
        """Below the last item: its rest, if it follows at once and reads on; else the foot of the page."""
        self.foot = self.foot or is_footer(row)
        follows = isinstance(self.latest, ItemDraft) and self.latest_row == row.number - 1 and not self.foot
        words = (row.title or row.first).text
        reads_on = opens_low(words) or (
            row.title is not None and self._stands_open() and not in_capitals(words)
        )
        if follows and self.merges.joins(row.number):
            self._continue(row, "continued_merged")
        elif follows and reads_on:
            self._continue(row, "continued")
        else:
            self._note("footer" if self.foot else "trailing", row)

    # What is done with a row

    def _open_item(self, row: Row, sign: Number | None, reason: str) -> None:
        self._follow_group_column(row)
        if sign:
            self._leave_groups_of_others(sign)
        draft = ItemDraft(sign, self.open[-1].place if self.open else None, row.number, row.number, reason)
        draft.take(row, self.columns)
        self.items.append(draft)
        self._now(draft, row)
        if not self.columns.of("number") and sign:
            self.notes.append(RowNote("number_in_title", row.number))
        if sign and row.label and row.sign is None:
            self.notes.append(RowNote("number_odd", row.number, (row.label,)))
        if row.is_typed and row.label:
            self.notes.append(RowNote("number_typed", row.number, (row.label,)))
        if row.title is None:
            self.notes.append(RowNote("title_missing", row.number))

    def _open_group(self, row: Row, sign: Number | None, style: str, reason: str) -> None:
        styles = [group.style for group in self.open]
        if style in styles:
            del self.open[styles.index(style) :]
        named = row.title or row.group or row.first
        kept = [cell for cell in row.cells if cell in {row.label, named}]
        stray = [cell for cell in row.cells if cell not in kept]
        led = led_by(named.text) if sign and row.sign is None else None
        draft = self._group(sign, style, led[1] if led and led[1] else named.text, reason)
        draft.row, draft.cells, draft.stray = row.number, kept, stray
        self._push(draft, row)
        if stray:
            self.notes.append(RowNote("group_cells", row.number, tuple(stray)))
        self.notes.extend(cell_notes(row.cells, row.number))

    def _group(self, sign: Number | None, style: str, title: str, reason: str) -> GroupDraft:
        parent = self.open[-1].place if self.open else None
        return GroupDraft(len(self.groups), sign, style, title, reason, level=len(self.open), parent=parent)

    def _push(self, draft: GroupDraft, row: Row) -> None:
        draft.row = row.number
        self.groups.append(draft)
        self.open.append(draft)
        self._now(draft, row)

    def _continue(self, row: Row, reason: str) -> None:
        if isinstance(self.latest, ItemDraft):
            self.latest.take(row, self.columns)
        elif self.latest:
            self.latest.take(row)
        self.latest_row = row.number
        self._note(reason, row)

    def _note(self, code: str, row: Row) -> None:
        self.notes.append(RowNote(code, row.number, row.cells))
        if code in _PAGE_BREAKS and self.latest_row == row.number - 1:
            self.latest_row = row.number

    def _now(self, draft: ItemDraft | GroupDraft, row: Row) -> None:
        self.latest, self.latest_row = draft, row.number

    # What is known beside the row

    def _repeats_above(self, row: Row, sign: Number | None) -> bool:
        """The running head of a page: nothing but words that stand above the table too."""
        return sign is None and all(key(cell.text) in self.words_above for cell in row.cells)

    def _lettered(self, sign: Number) -> Number:
        """A single Roman letter after its neighbour in the alphabet is a letter: C after B, D after C."""
        letters = [group.sign.key for group in self.groups if group.sign and group.sign.style == "letter"]
        if sign.style == "roman" and len(sign.key) == 1 and letters and ord(sign.key) == ord(letters[-1]) + 1:
            return Number(sign.printed, sign.path, "letter")
        return sign

    def _stands_open(self) -> bool:
        """The words above stop in mid-sentence."""
        title = self.columns.of("title")[0].index
        return isinstance(self.latest, ItemDraft) and ends_open(self.latest.texts.get(title, ""))

    def _leave_groups_of_others(self, sign: Number) -> None:
        """A group numbered 1 holds 1.1 and 1.2; number 2 is no longer inside."""
        while self.open and self.open[-1].style.startswith("arabic") and sign.style == "arabic":
            outer = self.open[-1].sign
            if outer and sign.child_of(outer):
                return
            self.open.pop()

    def _follow_group_column(self, row: Row) -> None:
        if row.group is None:
            return
        named = next((group for group in self.open if group.style == "column"), None)
        if named and named.title == row.group.text:
            return
        if named:
            del self.open[self.open.index(named) :]
        self._push(self._group(None, "column", row.group.text, "group_column"), row)


def _not_after(later: Number, earlier: Number) -> bool:
    """The numbers begin anew: 1 after 7."""
    if not (later.key.isdigit() and earlier.path[0].isdigit()):
        return False
    return int(later.key) <= int(earlier.path[0])
