"""The plan of an import: for each row of the annex what is to be done, with its reasons. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from app.core.text import fold, squeezed
from app.exchange.annex import Annex, AnnexItem, RowNote
from app.exchange.heading_words import Purpose, Role
from app.exchange.moments import moments_of, notes_on_moments
from app.exchange.names import Mention, Names, PartyReading, read_coordinating, read_leads

_SCHEME = "de an"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STAGE = re.compile(r"(?:19|20)\d\d-((?:19|20)\d\d)")  # "2026-2030": what is aimed at stands at its end
_BROKEN = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")
_SURE_ENOUGH = {"head_elided"}  # doubts under which a name is still one unit's
_SAYS_NONE = re.compile(r"khong(?: co| phat sinh| can| su dung| bo tri)?(?=$|[ .,;:(])")
READ_FROM = {"kind": "title", "money_need": "money_words"}
"""Fields that are read from the words of another."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An object the programme holds already: its version, and its words by field."""

    id: UUID
    version: int
    open: bool
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose words differ."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What is to be done with one row: create, update, unchanged, kept (no draft any more), skipped (no title)."""

    item: AnnexItem
    ordinal: int
    action: str
    values: dict[str, Any]
    differences: tuple[Difference, ...] = ()
    standing: Standing | None = None
    lead: PartyReading | None = None
    others: PartyReading | None = None
    notes: tuple[RowNote, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnexPlan:
    """The rows of one annex in order, and what the programme holds that the annex does not."""

    name: str
    annex: Annex
    rows: tuple[RowPlan, ...]
    absent: tuple[str, ...] = ()
    unknown: tuple[Mention, ...] = field(default=())


def planned(
    name: str,
    annex: Annex,
    known: Names,
    standing: Mapping[tuple[str, int], Standing],
    *,
    last_year: int,
    seen: Counter[str],
) -> AnnexPlan:
    """The plan for an annex over what stands already, by number and ordinal.

    `last_year` is the period of a target for which neither its column nor its group names one. `seen` counts the rows
    of each number in this and earlier tables of the annex: one that goes on over two sheets is one annex.
    """
    rows: list[RowPlan] = []
    for item in annex.items:
        code = code_of(item.number)
        seen[code] += 1
        rows.append(_row(annex, item, seen[code], known, (standing.get((code, seen[code])), last_year)))
    return AnnexPlan(name, annex, tuple(rows), unknown=_unknown(rows))


def with_absent(plan: AnnexPlan, standing: Iterable[tuple[str, int]], seen: Counter[str]) -> AnnexPlan:
    """The plan of an annex's last table with what stands of the annex and no table of it holds."""
    return replace(plan, absent=tuple(code for code, ordinal in standing if ordinal > seen[code]))


def code_of(number: str) -> str:
    """The number by which a row is found again, whatever dot or blank it is printed with."""
    return squeezed(number).rstrip(".)").strip()


def _row(
    annex: Annex, item: AnnexItem, ordinal: int, known: Names, over: tuple[Standing | None, int]
) -> RowPlan:
    found, last_year = over
    lead = read_leads(_names_in(item, "lead"), known)
    others = read_coordinating(_names_in(item, "coordinating"), known)
    values = _task_values(annex, item) if annex.kind == "tasks" else _indicator_values(annex, item, last_year)
    if lead.kind == "none" and values.get("lead_words"):
        values["lead_words"] = ""  # a dash, or a broken reference: nobody leads
    notes = annex.notes_of(item)
    if annex.kind == "tasks":
        notes += tuple(notes_on_moments(item, submitted=_several_deadlines(annex)))
    if not values["title"]:
        return RowPlan(item, ordinal, "skipped", values, (), None, lead, others, notes)
    if found is None:
        return RowPlan(item, ordinal, "create", values, (), None, lead, others, notes)
    if annex.kind == "indicators":
        values["targets"] = _periods_kept(item, values["targets"], found.values.get("targets") or [])
    differences = _differences(values, found.values)
    action = "unchanged" if not differences else "update" if found.open else "kept"
    return RowPlan(item, ordinal, action, values, differences, found, lead, others, notes)


def _names_in(item: AnnexItem, role: Role) -> str:
    """The words of a column of units; nothing where a spreadsheet has lost them."""
    words = item.words(role)
    return "" if _BROKEN.fullmatch(words.strip()) else words


def _differences(values: Mapping[str, Any], standing: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Fields whose words differ; what was only read from words differs where its words do."""
    changed = {name for name, value in values.items() if not _same(standing.get(name), value)}
    changed -= {name for name, words in READ_FROM.items() if words not in changed}
    return tuple(
        Difference(name, standing.get(name), value) for name, value in values.items() if name in changed
    )


def _periods_kept(item: AnnexItem, targets: list[Any], standing: list[Any]) -> list[Any]:
    """A target whose annex names no period keeps the one it has, as long as its words stay."""
    told = targets_of(item)
    if len(told) != len(standing):
        return targets
    return [
        dict(before) if not words.period and before["words"] == after["words"] else after
        for words, after, before in zip(told, targets, standing, strict=True)
    ]


def _same(before: Any, after: Any) -> bool:
    return (before or "") == (after or "") if not isinstance(after, list) else list(before or []) == after


def _task_values(annex: Annex, item: AnnexItem) -> dict[str, Any]:
    """The words of a task row by field: only of columns the annex has, so that a narrower annex clears nothing."""
    roles = {column.role for column in annex.columns.columns if column.role}
    values: dict[str, Any] = {"title": item.words("title").strip(), "number": item.number.strip()}
    if "lead" in roles:
        values["lead_words"] = item.words("lead")
    if "coordinating" in roles:
        values["coordinating_words"] = item.words("coordinating")
    if "result" in roles:
        values["result_words"] = _joined(item, "result")
    if "deadline" in roles:
        values["deadline_words"] = moments_of(item).words
        values["submit_deadline_words"] = _of_purpose(item, "submit") if _several_deadlines(annex) else ""
    if "issuing" in roles:
        values["issuing_words"] = _joined(item, "issuing")
    if "resources" in roles:
        words = _joined(item, "resources")
        values["money_words"] = words
        values["money_need"] = (
            "unstated" if not words else "none" if _SAYS_NONE.match(fold(squeezed(words))) else "some"
        )
    values["note"] = _joined(item, "note") if "note" in roles else None
    values["kind"] = "scheme" if _is_scheme(item) else "task"
    return {name: value for name, value in values.items() if value is not None}


def _indicator_values(annex: Annex, item: AnnexItem, last_year: int) -> dict[str, Any]:
    period = _period(annex, item) or str(last_year)
    return {
        "title": item.words("title").strip(),
        "number": item.number.strip(),
        "unit_words": squeezed(item.words("measure")) or None,
        "lead_words": squeezed(item.words("lead")) or None,
        "note": _joined(item, "note") or None,
        "targets": [
            {"words": told.text, "period": _end_of(told.period or period)} for told in targets_of(item)
        ],
    }


def _period(annex: Annex, item: AnnexItem) -> str:
    """The year a group's title names ("Đến năm 2030"); empty where none does."""
    place = item.group
    while place is not None:
        years = _YEAR.findall(annex.groups[place].title)
        if years:
            return years[-1]
        place = annex.groups[place].parent
    return ""


def _end_of(period: str) -> str:
    """The last year of a stage of years; any other period as it is."""
    stage = _STAGE.fullmatch(period)
    return stage[1] if stage else period


@dataclass(frozen=True, slots=True)
class Told:
    """A target's words and the period its column names, if it does."""

    text: str
    period: str


def targets_of(item: AnnexItem) -> tuple[Told, ...]:
    """The target cells of an indicator row: columns of targets, or the result column where an annex calls it so."""
    columns = item.all("target") or item.all("result")
    return tuple(Told(one.text, one.period) for one in columns if one.text.strip())


def _is_scheme(item: AnnexItem) -> bool:
    words = fold(squeezed(item.words("kind") or item.words("title")))
    return words.startswith(_SCHEME)


def _joined(item: AnnexItem, role: Any) -> str:
    return "\n".join(one.text for one in item.all(role) if one.text.strip())


def _several_deadlines(annex: Annex) -> bool:
    return len(annex.columns.of("deadline")) > 1


def _of_purpose(item: AnnexItem, purpose: Purpose) -> str:
    return next((one.text for one in item.all("deadline") if one.purpose == purpose and one.text.strip()), "")


def _unknown(rows: Iterable[RowPlan]) -> tuple[Mention, ...]:
    """Names of units that no index entry carries, each once."""
    found: dict[str, Mention] = {}
    for row in rows:
        for reading in (row.lead, row.others):
            for mention in reading.mentions if reading else ():
                if mention.key is None and not mention.collective:
                    found.setdefault(fold(squeezed(mention.words)), mention)
    return tuple(found.values())


def is_foundable(mention: Mention) -> bool:
    """Whether the words name exactly one unit that nobody has heard of: no post, no list, no name of several or of old."""
    return _SURE_ENOUGH.issuperset(mention.doubts)
