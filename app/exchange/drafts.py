"""Items and groups while they grow: a row opens one, later rows may continue it; at the end they become an annex."""

from collections import Counter
from dataclasses import dataclass, field, replace

from app.exchange.annex import AnnexGroup, AnnexItem, Words
from app.exchange.grid import Cell
from app.exchange.headings import Columns
from app.exchange.numbering import Number, led_by
from app.exchange.row_kinds import Row

_PART_SIGNS = frozenset("-–—−+•*●▪(")
_SENTENCE_ENDS = (".", ";", ":", "!", "?")


@dataclass(slots=True)
class ItemDraft:
    """An item and the words of each of its columns so far."""

    sign: Number | None
    group: int | None
    first_row: int
    last_row: int
    reason: str
    texts: dict[int, str] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    stray: list[Cell] = field(default_factory=list)

    def take(self, row: Row, columns: Columns) -> None:
        """Appends the row: every known column to its own words, a lettered part with its letter."""
        self.last_row = row.number
        self.stray.extend(row.stray)
        outside = {cell.column for cell in row.stray}
        for cell in row.cells:
            if cell.column in outside:
                continue
            self.cells.append(cell)
            if cell != row.label:
                self._append(cell.column, self._labelled(row, cell))
            elif row.number != self.first_row and row.title is None:
                self._append(columns.of("title")[0].index, cell.text)

    def _labelled(self, row: Row, cell: Cell) -> str:
        """The words of a cell; those of a part's title with its letter in front."""
        if cell == row.title and row.label and row.number != self.first_row:
            return f"{row.label.text} {cell.text}"
        return cell.text

    def _append(self, column: int, words: str) -> None:
        before = self.texts.get(column, "")
        self.texts[column] = joined(before, words) if before else words


@dataclass(slots=True)
class GroupDraft:
    """A group and where it stands among the groups."""

    place: int
    sign: Number | None
    style: str
    title: str
    reason: str
    level: int
    parent: int | None
    row: int = 0
    cells: list[Cell] = field(default_factory=list)
    stray: list[Cell] = field(default_factory=list)

    def take(self, row: Row) -> None:
        """Appends the words of a row that continues the group's title."""
        self.title = joined(self.title, row.first.text)
        self.cells.append(row.first)
        self.stray.extend(row.cells[1:])

    def done(self) -> AnnexGroup:
        """The finished group."""
        return AnnexGroup(
            place=self.place,
            number=self.sign.printed if self.sign else "",
            title=self.title,
            level=self.level,
            parent=self.parent,
            row=self.row,
            reason=self.reason,
            cells=tuple(self.cells),
            stray=tuple(self.stray),
        )


def joined(before: str, after: str) -> str:
    """Words that continue others: on a new line after a sentence or before a part of a list, else after a blank."""
    begins_part = led_by(after) is not None or after.lstrip()[:1] in _PART_SIGNS
    return (
        f"{before}\n{after}"
        if begins_part or before.rstrip().endswith(_SENTENCE_ENDS)
        else f"{before} {after}"
    )


def finished(
    sheet: str, drafts: list[ItemDraft], groups: list[GroupDraft], columns: Columns
) -> tuple[AnnexItem, ...]:
    """The items with their codes and parents."""
    parents = _parents(drafts)
    keys = _keys(drafts, parents, groups)
    if _restarts(drafts, keys):
        keys = _with_groups(drafts, parents, keys, groups)
    codes = _distinct(keys)
    items = [_item(sheet, draft, code, columns) for draft, code in zip(drafts, codes, strict=True)]
    return tuple(
        replace(item, parent=codes[parent]) if parent is not None else item
        for item, parent in zip(items, parents, strict=True)
    )


def _item(sheet: str, draft: ItemDraft, code: str, columns: Columns) -> AnnexItem:
    texts = tuple(
        Words(
            column.role, column.index, column.words, draft.texts[column.index], column.purpose, column.period
        )
        for column in columns.columns
        if column.role and column.index in draft.texts
    )
    return AnnexItem(
        sheet=sheet,
        number=draft.sign.printed if draft.sign else "",
        code=code,
        parent="",
        group=draft.group,
        first_row=draft.first_row,
        last_row=draft.last_row,
        reason=draft.reason,
        texts=texts,
        cells=tuple(draft.cells),
        stray=tuple(draft.stray),
    )


def _parents(drafts: list[ItemDraft]) -> list[int | None]:
    """For each item the place of the item it belongs to: 11 for 11.1, the numbered one above for a), the part for –."""
    parents: list[int | None] = []
    numbered: dict[tuple[int | None, tuple[str, ...]], int] = {}
    latest: dict[tuple[int | None, str], int] = {}
    for place, draft in enumerate(drafts):
        sign, group = draft.sign, draft.group
        if sign is None:
            parents.append(None)
            continue
        if sign.style == "bullet":
            parents.append(latest.get((group, "lower"), latest.get((group, "number"))))
        elif sign.style == "lower":
            parents.append(latest.get((group, "number")))
            latest[group, "lower"] = place
        else:
            longer = (
                numbered.get((group, sign.path[:length])) for length in range(len(sign.path) - 1, 0, -1)
            )
            parents.append(next((other for other in longer if other is not None), None))
            numbered[group, sign.path] = latest[group, "number"] = place
            latest.pop((group, "lower"), None)
    return parents


def _is_counted(draft: ItemDraft) -> bool:
    """It has a number of its own, not only a letter, a dash or nothing."""
    return draft.sign is not None and draft.sign.style not in {"lower", "bullet"}


def _keys(drafts: list[ItemDraft], parents: list[int | None], groups: list[GroupDraft]) -> list[str]:
    """What each item is matched by: its number; a part by its parent's number too; without number by its place."""
    keys: list[str] = []
    unnumbered: Counter[str] = Counter()
    for draft, parent in zip(drafts, parents, strict=True):
        if draft.sign and _is_counted(draft):
            keys.append(draft.sign.key)
            continue
        scope = keys[parent] if parent is not None else _group_key(draft.group, groups)
        own = draft.sign.key if draft.sign and draft.sign.style == "lower" else ""
        if not own:
            unnumbered[scope] += 1
            own = f"*{unnumbered[scope]}"
        keys.append(f"{scope}.{own}" if scope else own)
    return keys


def _restarts(drafts: list[ItemDraft], keys: list[str]) -> bool:
    """Numbers begin anew in each group: the same number stands in two of them."""
    groups: dict[str, set[int | None]] = {}
    for draft, key in zip(drafts, keys, strict=True):
        if _is_counted(draft):
            groups.setdefault(key, set()).add(draft.group)
    return any(len(places) > 1 for places in groups.values())


def _with_groups(
    drafts: list[ItemDraft], parents: list[int | None], keys: list[str], groups: list[GroupDraft]
) -> list[str]:
    """Numbers that begin anew get their group's in front; parts follow their parents."""
    whole: list[str] = []
    for place, (draft, parent) in enumerate(zip(drafts, parents, strict=True)):
        scope = _group_key(draft.group, groups)
        if _is_counted(draft):
            whole.append(f"{scope}.{keys[place]}" if scope else keys[place])
        elif parent is not None:
            whole.append(whole[parent] + keys[place].removeprefix(keys[parent]))
        else:
            whole.append(keys[place])
    return whole


def _group_key(place: int | None, groups: list[GroupDraft]) -> str:
    words: list[str] = []
    while place is not None:
        group = groups[place]
        words.append(group.sign.key if group.sign else f"({group.place + 1})")
        place = group.parent
    return ".".join(reversed(words))


def _distinct(keys: list[str]) -> list[str]:
    counted: Counter[str] = Counter()
    codes: list[str] = []
    for key in keys:
        counted[key] += 1
        codes.append(key if counted[key] == 1 else f"{key}#{counted[key]}")
    return codes
