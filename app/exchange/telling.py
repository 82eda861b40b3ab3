"""A plan told to people and kept with the import: each row with what is done, differences, readings, notes."""

from collections import Counter
from typing import Any
from uuid import UUID

from app.core.text import Text, fold, squeezed
from app.exchange.annex import RowNote
from app.exchange.heading_words import Role
from app.exchange.headings import AnnexKind
from app.exchange.names import Mention, PartyReading
from app.exchange.plan import AnnexPlan, RowPlan
from app.indicators.targets import read_target
from app.tasks.deadline import Timing, deadline_of

ACTIONS = {
    "create": Text("lập dự thảo mới", "a new draft"),
    "update": Text("sửa dự thảo đã có", "an existing draft is corrected"),
    "unchanged": Text("không thay đổi", "nothing changes"),
    "kept": Text("không còn là dự thảo; giữ nguyên", "no draft any more; kept as it is"),
    "skipped": Text("bỏ qua: dòng có số nhưng không có nội dung", "passed over: a number without a title"),
}
_FOUND_UNIT = Text("lập đơn vị chưa có", "a unit that was missing is founded")
# Columns that are understood and have no place to go yet.
_LEFT: dict[AnnexKind, frozenset[Role]] = {
    "tasks": frozenset({"responsible", "basis", "progress", "measure", "target", "baseline"}),
    "indicators": frozenset(
        {
            *("coordinating", "responsible", "deadline", "baseline", "issuing", "resources", "basis"),
            *("progress", "kind"),
        }
    ),
}


def counts_of(plans: list[AnnexPlan], timing: Timing) -> dict[str, Any]:
    """Figures of the whole file: rows by what is done, leads and deadlines by kind, names nobody bears."""
    rows = [row for plan in plans for row in plan.rows]
    taken = [(plan.annex.kind, row) for plan in plans for row in plan.rows if row.action != "skipped"]
    tasks = [row for kind, row in taken if kind == "tasks"]
    targets = [one for kind, row in taken if kind == "indicators" for one in row.values["targets"]]
    return {
        "groups": sum(len(plan.annex.groups) for plan in plans),
        "tasks": len(tasks),
        "indicators": len(taken) - len(tasks),
        "actions": dict(Counter(row.action for row in rows)),
        "lead_kinds": dict(Counter(row.lead.kind for row in tasks if row.lead)),
        "deadline_kinds": dict(
            Counter(str(deadline_of(row.values.get("deadline_words", ""), timing).kind) for row in tasks)
        ),
        "targets": len(targets),
        "unknown_names": len({fold(squeezed(one.words)) for plan in plans for one in plan.unknown}),
        "absent": sum(len(plan.absent) for plan in plans),
    }


def founded(mention: Mention, unit_id: UUID, *, code: str, name: str) -> dict[str, Any]:
    """A unit that the import founded, with the known names that came near: it may be one of those, misspelt."""
    return {
        "action": "found_unit",
        "why": _both(_FOUND_UNIT),
        "unit_id": str(unit_id),
        "code": code,
        "name": name,
        "nearest": _nearest(mention),
    }


def told(plan: AnnexPlan, timing: Timing) -> list[dict[str, Any]]:
    """The rows of an annex, then what the programme holds that the annex does not."""
    rows = [_row(plan, row, timing) for row in plan.rows]
    absent = [
        {"annex": plan.name, "number": number, "action": "absent", "why": _both(_ABSENT)}
        for number in plan.absent
    ]
    others = {(note.row, note.code) for row in plan.rows for note in row.notes}
    loose = [note for note in plan.annex.notes if (note.row, note.code) not in others]
    loose += _notes_on_left(plan)
    return [
        *rows,
        *absent,
        *(
            [{"annex": plan.name, "action": "notes", "notes": [_note(note) for note in loose[:500]]}]
            if loose
            else []
        ),
    ]


_ABSENT = Text("Không có trong phụ lục lần này; giữ nguyên.", "Not in the annex this time; kept as it is.")


def _notes_on_left(plan: AnnexPlan) -> list[RowNote]:
    """A note for each column that is understood, says something, and goes nowhere."""
    filled = {words.column for item in plan.annex.items for words in item.texts}
    left = _LEFT[plan.annex.kind]
    gone = {one.index for one in plan.annex.columns.columns if one.role in left and one.index in filled}
    cells = [cell for cell in plan.annex.heading_cells if cell.column in gone]
    return [RowNote("column_left", cell.row, (cell,)) for cell in cells]


def _row(plan: AnnexPlan, row: RowPlan, timing: Timing) -> dict[str, Any]:
    item = row.item
    return {
        "annex": plan.name,
        "sheet": item.sheet,
        "first_row": item.first_row,
        "last_row": item.last_row,
        "number": item.number,
        "title": row.values["title"][:300],
        "group": plan.annex.groups[item.group].number if item.group is not None else None,
        "action": row.action,
        "why": _both(ACTIONS[row.action]),
        "differences": [
            {"field": one.field, "before": one.before, "after": one.after} for one in row.differences
        ],
        "reading": _task_reading(row, timing) if plan.annex.kind == "tasks" else _indicator_reading(row),
        "notes": [_note(note) for note in row.notes],
    }


def _task_reading(row: RowPlan, timing: Timing) -> dict[str, Any]:
    deadline = deadline_of(row.values.get("deadline_words", ""), timing)
    read = deadline.reading
    return {
        "lead": _parties(row.lead),
        "coordinating": _parties(row.others),
        "deadline": {
            "kind": str(deadline.kind),
            "starts_on": read.starts_on.isoformat() if read.starts_on else None,
            "due_on": deadline.due_on.isoformat() if deadline.due_on else None,
            "why": _both(read.why) if read.why else None,
        },
    }


def _indicator_reading(row: RowPlan) -> dict[str, Any]:
    read = [read_target(one["words"], row.values.get("unit_words") or "") for one in row.values["targets"]]
    return {
        "lead": _parties(row.lead),
        "targets": [{"kind": str(one.kind), "why": _both(one.why) if one.why else None} for one in read],
    }


def _parties(reading: PartyReading | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    mentions = [
        {
            "words": mention.words,
            "unit_id": mention.key,
            "collective": mention.collective,
            "nearest": _nearest(mention),
            "doubts": list(mention.doubts),
        }
        for mention in reading.mentions
    ]
    return {"kind": str(reading.kind), "mentions": mentions}


def _nearest(mention: Mention) -> list[dict[str, Any]]:
    return [
        {"unit_id": near.key, "name": near.name, "score": near.score, "in_force": near.in_force}
        for near in mention.candidates
    ]


def _note(note: RowNote) -> dict[str, Any]:
    return {
        "row": note.row,
        "code": note.code,
        "message": _both(note.text),
        "cells": [cell.ref for cell in note.cells][:20],
    }


def _both(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
