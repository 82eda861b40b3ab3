"""Which column holds what: headings read by their words, an explicit mapping over them, tasks told from indicators."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from app.core.text import Text
from app.exchange.grid import Sheet, column_of
from app.exchange.heading_rows import (
    Heading,
    filled,
    find_heading,
    heading_from,
    heading_of,
    meaning_of,
    seen,
)
from app.exchange.heading_words import (
    MANY,
    PURPOSES,
    ROLES,
    Meaning,
    Purpose,
    Role,
    key,
    period_of,
    purpose_of,
)
from app.exchange.refusals import FileRefused, refused

AnnexKind = Literal["tasks", "indicators"]

_INDICATORS = re.compile(r"\b(?:chi tieu|chi so|tieu chi|muc tieu)\b")
_TASKS = re.compile(r"\b(?:nhiem vu|cong viec|de an|giai phap|hoat dong)\b")
_BARE_YEARS = re.compile(r"(?:den )?(?:het )?(?:nam )?(?:19|20)\d\d")
_YEARS_ALONE = re.compile(r"(?:den |het )*(?:nam |giai doan )?(?:19|20)\d\d(?: (?:den )?(?:19|20)\d\d)?")
_BARE_PART = re.compile(r"(?:quy [ivx\d]+|thang \d+) (?:nam )?(?:19|20)\d\d")
_EXAMPLE = '{"title": "B", "lead": 3, "deadline:submit": "Thời gian trình", "annex": "tasks", "heading_rows": [4, 5], "first_row": 6}'


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it holds; `words` are its heading as printed, two heading rows joined by a dash.

    `role` is None for a heading nobody knows; `taken` names the role that another column claims more surely.
    """

    index: int
    role: Role | None
    words: str = ""
    purpose: Purpose | None = None
    period: str = ""
    joint: bool = False  # lead and coordinating units stand in the one column
    taken: Role | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The mapping of a table: its kind, its columns from left to right, its heading rows, the first row of its body."""

    kind: AnnexKind
    columns: tuple[Column, ...]
    heading: Heading | None
    first_row: int
    after: int = 0  # the row after which this table was looked for

    @property
    def heading_rows(self) -> tuple[int, ...]:
        """The rows of the heading, from 1; empty when columns were mapped by hand over a table without one."""
        return self.heading.rows if self.heading else ()

    def of(self, role: Role) -> tuple[Column, ...]:
        """All columns of this role, from left to right."""
        return tuple(column for column in self.columns if column.role == role)

    def at(self, index: int) -> Column | None:
        """The column with this number (from 1), if it has a heading or a role."""
        return next((column for column in self.columns if column.index == index), None)


@dataclass(frozen=True, slots=True)
class _ByHand:
    """An explicit mapping, checked: for each role (with purpose or period) the columns it names."""

    refs: dict[tuple[Role, str], list[int | str]] = field(default_factory=dict)
    annex: AnnexKind | None = None
    heading_rows: tuple[int, ...] = ()
    first_row: int = 0


def read_headings(sheet: Sheet, mapping: Mapping[str, Any] | None = None, *, after: int = 0) -> Columns:
    """The columns of the first table below row `after`.

    `mapping` overrides: a role ("lead", or with purpose or period: "deadline:submit", "target:2030") to a column letter,
    number, heading words, a list of them, or None for "no such column"; and "annex", "heading_rows", "first_row".
    Raises FileRefused: structure_unreadable when the title column is missing or ambiguous, mapping_invalid.
    """
    hand = _by_hand(mapping or {})
    heading = _heading(sheet, hand, after)
    columns = _overridden(_assigned(sheet, heading), hand, sheet, heading)
    _check_title(columns, sheet, heading, after)
    kind = hand.annex or _kind(columns)
    if heading and 0 < hand.first_row < heading.first_row:
        raise _invalid("first_row phải ở dưới tiêu đề", "first_row stands below the heading")
    first_row = hand.first_row or (heading.first_row if heading else after + 1)
    return Columns(kind, tuple(_resolved(columns, kind)), heading, first_row, after)


def unreadable(why: Text, sheet: Sheet, heading: Heading | None, after: int = 0) -> FileRefused:
    """The refusal of a structure that is not understood: why, what was seen, how to map by hand."""
    return refused("structure_unreadable", at=sheet.name, why=why, seen=seen(sheet, heading, after))


def _heading(sheet: Sheet, hand: _ByHand, after: int) -> Heading | None:
    if hand.heading_rows:
        return heading_of(sheet, hand.heading_rows)
    heading = find_heading(sheet, after)
    if heading or hand.first_row or not hand.refs:
        return heading
    return find_heading(sheet, after, titled=False) or _heading_spoken(sheet, hand, after)


def _heading_spoken(sheet: Sheet, hand: _ByHand, after: int) -> Heading | None:
    """The heading row that holds words the mapping quotes; a column letter is not such a word."""
    refs = (ref for refs in hand.refs.values() for ref in refs if isinstance(ref, str))
    spoken = {key(ref) for ref in refs if not column_of(ref) or len(ref) > len("XFD")}
    for row in range(after + 1, len(sheet.rows) + 1):
        if any(key(cell.text) in spoken for cell in filled(sheet, row)):
            return heading_from(sheet, row)
    return None


def _assigned(sheet: Sheet, heading: Heading | None) -> list[Column]:
    """A column for every heading; of several that claim one role, the surest and then the leftmost gets it."""
    if heading is None:
        return []
    read = {index: meaning_of(sheet, heading, index) for index in sorted(heading.words)}
    return [_column(index, heading.told(index), found, read) for index, found in read.items()]


def _column(index: int, words: str, found: Meaning | None, all_read: dict[int, Meaning | None]) -> Column:
    if found is None:
        return Column(index, None, words)
    claims = [
        (-other.strength, place) for place, other in all_read.items() if other and other.role == found.role
    ]
    ambiguous = found.role == "title" and sum(1 for strength, _ in claims if strength == min(claims)[0]) > 1
    if found.role in MANY or (min(claims)[1] == index and not ambiguous):
        return Column(index, found.role, words, purpose=found.purpose, period=found.period, joint=found.joint)
    return Column(index, None, words, taken=found.role)


def _check_title(columns: list[Column], sheet: Sheet, heading: Heading | None, after: int) -> None:
    if any(column.role == "title" for column in columns):
        return
    claims = [column.words for column in columns if column.taken == "title"]
    if claims:
        told = "; ".join(claims)
        why = Text(
            f"nhiều cột có thể là tên nhiệm vụ ({told}).", f"several columns may hold the title ({told})."
        )
    else:
        why = Text(
            "không thấy cột tên nhiệm vụ hoặc chỉ tiêu.",
            "no column for the title of a task or indicator was found.",
        )
    raise unreadable(why, sheet, heading, after)


def _kind(columns: list[Column]) -> AnnexKind:
    """Indicators when the title says so, or when things are measured and nobody coordinates or keeps a deadline."""
    title = next(key(column.words) for column in columns if column.role == "title")
    roles = {column.role for column in columns}
    if _TASKS.search(title):
        return "tasks"
    if _INDICATORS.search(title):
        return "indicators"
    measured = bool(roles & {"measure", "target"}) and not roles & {"deadline", "coordinating"}
    return "indicators" if measured else "tasks"


def _resolved(columns: list[Column], kind: AnnexKind) -> list[Column]:
    """Headings that mean one thing among tasks and another among indicators: Đơn vị, Kết quả, Chỉ tiêu."""
    roles = {column.role for column in columns}
    resolved = []
    for column in columns:
        words = key(column.words)
        if column.by_hand:
            resolved.append(column)
        elif column.taken == "title" and _INDICATORS.match(words):
            resolved.append(replace(column, role="target", taken=None, period=period_of(words)))
        elif words == "don vi" and kind == "indicators" and "measure" not in roles:
            resolved.append(replace(column, role="measure", taken=None))
        elif column.role == "target" and kind == "tasks" and _BARE_YEARS.fullmatch(words):
            # Among tasks a year is no aim: the row is ticked under the year it is to be done in.
            resolved.append(replace(column, role="deadline", purpose="complete"))
        elif column.role == "deadline" and kind == "indicators" and _is_of_years(column):
            # Under "Lộ trình" the years of an indicator hold its values.
            resolved.append(replace(column, role="target", purpose=None))
        elif column.role == "deadline" and kind == "indicators" and _BARE_PART.fullmatch(words):
            resolved.append(replace(column, role="target", purpose=None, period=period_of(words)))
        elif column.role == "result" and kind == "indicators" and "target" not in roles:
            resolved.append(replace(column, role="target", period=period_of(words)))
        else:
            resolved.append(column)
    return resolved


def _is_of_years(column: Column) -> bool:
    """Its lowest heading row names years and nothing else."""
    return _YEARS_ALONE.fullmatch(key(column.words.rpartition(" – ")[2])) is not None


def _by_hand(mapping: Mapping[str, Any]) -> _ByHand:
    refs: dict[tuple[Role, str], list[int | str]] = {}
    for name, value in mapping.items():
        if name in {"annex", "heading_rows", "first_row"}:
            continue
        role, _, detail = name.partition(":")
        if role not in ROLES or (
            detail and role not in {"deadline", "issuing", "target", "baseline", "resources"}
        ):
            raise _invalid(
                f"không có vai trò cột {name!r}; có {', '.join(ROLES)}",
                f"no role {name!r}; there are {', '.join(ROLES)}",
            )
        if role in {"deadline", "issuing"} and detail and detail not in PURPOSES:
            raise _invalid(
                f"không có mốc {detail!r}; có {', '.join(PURPOSES)}",
                f"no purpose {detail!r}; there are {', '.join(PURPOSES)}",
            )
        refs[role, detail] = _refs(name, value)
    annex = mapping.get("annex")
    if annex not in {None, "tasks", "indicators"}:
        raise _invalid("annex là tasks hoặc indicators", "annex is tasks or indicators")
    rows = _rows(mapping.get("heading_rows"))
    return _ByHand(refs, annex, rows, next(iter(_rows(mapping.get("first_row"))), 0))


def _refs(name: str, value: Any) -> list[int | str]:
    refs = value if isinstance(value, list | tuple) else [] if value is None else [value]
    if any(isinstance(ref, bool) or not isinstance(ref, int | str) or not ref for ref in refs):
        raise _invalid(
            f"{name}: cần chữ cột, số cột hoặc lời tiêu đề",
            f"{name}: a column letter, number or heading words are needed",
        )
    return list(refs)


def _rows(value: Any) -> tuple[int, ...]:
    rows = value if isinstance(value, list | tuple) else [] if value is None else [value]
    if any(isinstance(row, bool) or not isinstance(row, int) or row < 1 for row in rows):
        raise _invalid(
            "heading_rows và first_row là số dòng, từ 1", "heading_rows and first_row are row numbers from 1"
        )
    return tuple(sorted(set(rows)))


def _overridden(columns: list[Column], hand: _ByHand, sheet: Sheet, heading: Heading | None) -> list[Column]:
    by_index = {column.index: column for column in columns}
    told: dict[int, Column] = {}
    for (role, detail), refs in hand.refs.items():
        for index in _indexes(refs, role, sheet, heading):
            if index in told:
                raise _invalid(f"cột {index} được chỉ định hai lần", f"column {index} is mapped twice")
            words = by_index[index].words if index in by_index else ""
            told[index] = _told(index, role, detail, words)
    roles = {role for role, _ in hand.refs}
    kept = {
        index: replace(column, role=None, taken=column.role) if column.role in roles else column
        for index, column in by_index.items()
    }
    return [column for _, column in sorted((kept | told).items())]


def _told(index: int, role: Role, detail: str, words: str) -> Column:
    given: list[Purpose] = [purpose for purpose in PURPOSES if purpose == detail]
    purpose = given[0] if given else purpose_of(role, key(words))
    period = period_of(key(words)) if purpose == detail or not detail else detail
    joint = role == "lead" and "phoi hop" in key(words)
    return Column(index, role, words, purpose=purpose, period=period, joint=joint, by_hand=True)


def _indexes(refs: Iterable[int | str], role: Role, sheet: Sheet, heading: Heading | None) -> list[int]:
    indexes = [index for ref in refs for index in _indexes_of(ref, sheet, heading)]
    if role not in MANY and len(indexes) > 1:
        raise _invalid(f"{role} chỉ nhận một cột", f"{role} takes one column")
    return indexes


def _indexes_of(ref: int | str, sheet: Sheet, heading: Heading | None) -> list[int]:
    width = max((len(row) for row in sheet.rows), default=0)
    if isinstance(ref, str) and heading:
        spoken = [
            index
            for index in heading.words
            if key(ref) in {key(heading.told(index)), key(heading.words[index][-1])}
        ]
        if spoken:
            return spoken
    index = (
        ref
        if isinstance(ref, int)
        else int(ref)
        if ref.isascii() and ref.isdigit() and len(ref) < len("10000")
        else column_of(ref)
    )
    if not 1 <= index <= width:
        seen_words = seen(sheet, heading)
        raise _invalid(
            f"không có cột {ref!r}; đã thấy {seen_words}", f"there is no column {ref!r}; seen: {seen_words}"
        )
    return [index]


def _invalid(vi: str, en: str) -> FileRefused:
    return refused("mapping_invalid", why=Text(f"{vi}. Ví dụ {_EXAMPLE}", f"{en}. Example: {_EXAMPLE}"))
