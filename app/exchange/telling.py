"""A plan told to people and kept with the import: each row with what is done, differences, readings, notes."""

from collections import Counter
from typing import Any

from app.core.text import Text
from app.deadlines.phrases import read_deadline
from app.exchange.annex import RowNote
from app.exchange.names import PartyReading
from app.exchange.plan import AnnexPlan, RowPlan
from app.indicators.targets import read_target

ACTIONS = {
    "create": Text("lập dự thảo mới", "a new draft"),
    "update": Text("sửa dự thảo đã có", "an existing draft is corrected"),
    "unchanged": Text("không thay đổi", "nothing changes"),
    "kept": Text("không còn là dự thảo; giữ nguyên", "no draft any more; kept as it is"),
}


def counts_of(plans: list[AnnexPlan]) -> dict[str, Any]:
    """Figures of the whole file: rows by what is done, leads and deadlines by kind, names nobody bears."""
    rows = [row for plan in plans for row in plan.rows]
    tasks = [row for plan in plans if plan.annex.kind == "tasks" for row in plan.rows]
    targets = [
        one
        for plan in plans
        if plan.annex.kind == "indicators"
        for row in plan.rows
        for one in row.values["targets"]
    ]
    return {
        "groups": sum(len(plan.annex.groups) for plan in plans),
        "tasks": len(tasks),
        "indicators": len(rows) - len(tasks),
        "actions": dict(Counter(row.action for row in rows)),
        "lead_kinds": dict(Counter(row.lead.kind for row in tasks if row.lead)),
        "deadline_kinds": dict(
            Counter(str(read_deadline(row.values.get("deadline_words", "")).kind) for row in tasks)
        ),
        "targets": len(targets),
        "unknown_names": sum(len(plan.unknown) for plan in plans),
        "absent": sum(len(plan.absent) for plan in plans),
    }


def told(plan: AnnexPlan) -> list[dict[str, Any]]:
    """The rows of an annex, then what the programme holds that the annex does not."""
    rows = [_row(plan, row) for row in plan.rows]
    absent = [
        {"annex": plan.name, "number": number, "action": "absent", "why": _both(_ABSENT)}
        for number in plan.absent
    ]
    others = {(note.row, note.code) for row in plan.rows for note in row.notes}
    loose = [note for note in plan.annex.notes if (note.row, note.code) not in others]
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


def _row(plan: AnnexPlan, row: RowPlan) -> dict[str, Any]:
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
        "reading": _task_reading(row) if plan.annex.kind == "tasks" else _indicator_reading(row),
        "notes": [_note(note) for note in row.notes],
    }


def _task_reading(row: RowPlan) -> dict[str, Any]:
    deadline = read_deadline(row.values.get("deadline_words", ""))
    return {
        "lead": _parties(row.lead),
        "coordinating": _parties(row.others),
        "deadline": {
            "kind": str(deadline.kind),
            "starts_on": deadline.starts_on.isoformat() if deadline.starts_on else None,
            "due_on": deadline.due_on.isoformat() if deadline.due_on else None,
            "why": _both(deadline.why) if deadline.why else None,
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
            "nearest": [
                {"unit_id": near.key, "name": near.name, "score": near.score, "in_force": near.in_force}
                for near in mention.candidates
            ],
            "doubts": list(mention.doubts),
        }
        for mention in reading.mentions
    ]
    return {"kind": str(reading.kind), "mentions": mentions}


def _note(note: RowNote) -> dict[str, Any]:
    return {
        "row": note.row,
        "code": note.code,
        "message": _both(note.text),
        "cells": [cell.ref for cell in note.cells][:20],
    }


def _both(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
