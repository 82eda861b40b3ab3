"""When a row is to be done, out of its columns: a plain deadline first, else the years and quarters it is ticked under.

Offices draw a roadmap as columns ("Tiến độ thực hiện năm 2026": Quý I, Quý II …) and put a mark, or a quarter without
its year, into the cells: then the time stands in the heading. What no deadline took is told, never dropped in silence.
"""

import re
from dataclasses import dataclass

from app.core.text import fold, squeezed
from app.deadlines.phrases import read_deadline
from app.deadlines.reading import DeadlineKind
from app.exchange.annex import AnnexItem, RowNote, Words
from app.exchange.heading_words import Purpose

_MARKS = frozenset("xv+*✓✔√☑☒●■•")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAMES_TIME = re.compile(r"\b(?:nam|quy|thang|(?:19|20)\d\d)\b")
_ANY_YEAR = 2000  # only asks whether a label would be read once its year is known
_SHORT_TIME = ("quy", "thang")
# The words by which a task is done: completion before issuing, before any other moment.
_WANTED: tuple[Purpose | None, ...] = ("complete", "issue", None, "report", "submit")


@dataclass(frozen=True, slots=True)
class Moments:
    """The words of the deadline, and the columns they were taken from; `by_heading` where the heading gave the time."""

    words: str
    used: frozenset[int] = frozenset()
    by_heading: frozenset[int] = frozenset()


def moments_of(item: AnnexItem) -> Moments:
    """By when the item is to be done, with its first day where a column of its own says it."""
    filled = [one for one in item.all("deadline") if one.text.strip()]
    chosen = next(
        (found for wanted in _WANTED if (found := [one for one in filled if one.purpose == wanted])), []
    )
    plain = [one for one in chosen if not _label(one)]
    ended = _plainly(plain[0]) if plain else _by_headings(chosen)
    begun = next((one for one in filled if one.purpose == "start"), None)
    return _from(begun, ended) if begun else ended


def notes_on_moments(item: AnnexItem, *, submitted: bool) -> list[RowNote]:
    """What a heading gave, and which deadline cells no field of the task took; `submitted`: one is kept for submitting."""
    moments = moments_of(item)
    kept = {one.column for one in item.all("deadline") if submitted and one.purpose == "submit"}
    told = {one.column for one in item.all("deadline") if one.text.strip()}
    return [
        *_noted(item, "deadline_by_heading", moments.by_heading),
        *_noted(item, "deadline_left", told - moments.used - kept),
    ]


def _noted(item: AnnexItem, code: str, columns: frozenset[int] | set[int]) -> list[RowNote]:
    cells = tuple(cell for cell in item.cells if cell.column in columns)
    return [RowNote(code, item.first_row, cells)] if cells else []


def _plainly(one: Words) -> Moments:
    return Moments(one.text, frozenset({one.column}))


def _by_headings(chosen: list[Words]) -> Moments:
    """The cells under years and quarters, each with the time of its heading where its own words leave that out."""
    placed = {one.column: _placed(one) for one in chosen}
    changed = frozenset(one.column for one in chosen if placed[one.column] != one.text)
    return Moments(", ".join(placed.values()), frozenset(placed), changed)


def _placed(one: Words) -> str:
    label = _label(one)
    if squeezed(one.text).casefold() in _MARKS:
        return label
    year = _YEAR.search(label)
    if year is None or _YEAR.search(one.text) or not _read(one.text):
        return one.text
    return _dated(squeezed(one.text), year[0])


def _label(one: Words) -> str:
    """The time the column's heading names: its lowest words, with the year of the words above; empty for none."""
    *above, lowest = one.heading.split(" – ")
    if not _NAMES_TIME.search(fold(lowest)):
        return ""
    years = _YEAR.findall(" ".join(above))
    label = lowest if _YEAR.search(lowest) or not years else _dated(lowest, years[-1])
    return label if _read(label) else ""


def _dated(words: str, year: str) -> str:
    return f"{words}/{year}" if fold(words).startswith(_SHORT_TIME) else f"{words} năm {year}"


def _read(words: str) -> bool:
    return read_deadline(words, year=_ANY_YEAR).kind not in {DeadlineKind.UNREAD, DeadlineKind.MISSING}


def _from(begun: Words, ended: Moments) -> Moments:
    """The end with its beginning before it: "từ 3/2026 đến Quý II/2026"; the end alone where that cannot be read."""
    start = squeezed(begun.text)
    start = start if fold(start).startswith("tu ") else f"từ {start}"
    end = squeezed(ended.words)
    whole = f"{start} {end}".strip() if not end or fold(end).startswith("den ") else f"{start} đến {end}"
    return Moments(whole, ended.used | {begun.column}, ended.by_heading) if _read(whole) else ended
