"""The lists of a task: from what was sent to rows, and from the rows there are to the rows there shall be. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any
from uuid import UUID

from app.core.ids import new_id
from app.tasks.deadline import Timing, deadline_of
from app.tasks.models import Task
from app.tasks.parts import Basis, Candidate, Coordinator, Deliverable, IndicatorLink, Milestone
from app.tasks.schemas import TaskContent


@dataclass(frozen=True, slots=True)
class Lists:
    """The parts of one task, each list in its order."""

    coordinating: tuple[Coordinator, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    indicators: tuple[IndicatorLink, ...] = ()
    basis: tuple[Basis, ...] = ()

    def rows(self) -> tuple[Any, ...]:
        """All rows, list by list."""
        return tuple(row for one in fields(self) for row in getattr(self, one.name))


def listed(task: Task, lists: Lists, given: TaskContent, named: frozenset[str], timing: Timing) -> Lists:
    """The lists with those that were sent; candidates go once a lead is settled. Raises Refused (deadline_disagrees)."""
    made: dict[str, tuple[Any, ...]] = {}
    if "coordinating" in named:
        made["coordinating"] = _coordinating(task.id, given)
    if "candidates" in named or task.lead_id is not None:
        made["candidates"] = _candidates(task.id, given)
    if "milestones" in named:
        made["milestones"] = _milestones(task.id, given, timing)
    if "deliverables" in named:
        made["deliverables"] = _deliverables(task.id, given)
    if "indicator_ids" in named:
        made["indicators"] = links(task.id, given.indicator_ids)
    if "basis_documents" in named:
        made["basis"] = _basis(task.id, given)
    return replace(lists, **made)


def links(task_id: UUID, indicator_ids: Sequence[UUID]) -> tuple[IndicatorLink, ...]:
    """Links to indicators, each once."""
    return tuple(IndicatorLink(task_id, one) for one in dict.fromkeys(indicator_ids))


def _coordinating(task_id: UUID, given: TaskContent) -> tuple[Coordinator, ...]:
    # A unit that the words name twice takes part once: its first mention. Words without a unit all stay.
    rows, seen = [], set[UUID]()
    for one in given.coordinating:
        if one.unit_id not in seen:
            rows.append(Coordinator(new_id(), task_id, one.unit_id, one.words, len(rows) + 1))
        if one.unit_id is not None:
            seen.add(one.unit_id)
    return tuple(rows)


def _candidates(task_id: UUID, given: TaskContent) -> tuple[Candidate, ...]:
    first = {one.unit_id: one for one in reversed(given.candidates)}
    rows = [one for one in given.candidates if first[one.unit_id] is one]
    return tuple(
        Candidate(new_id(), task_id, one.unit_id, one.words, one.score, place)
        for place, one in enumerate(rows, 1)
    )


def _milestones(task_id: UUID, given: TaskContent, timing: Timing) -> tuple[Milestone, ...]:
    rows = []
    for place, one in enumerate(given.milestones, 1):
        deadline = deadline_of(one.deadline_words, timing, due_on=one.due_on)
        rows.append(
            Milestone(
                new_id(), task_id, one.title, deadline.words, deadline.kind.value, deadline.due_on, place
            )
        )
    return tuple(rows)


def _deliverables(task_id: UUID, given: TaskContent) -> tuple[Deliverable, ...]:
    return tuple(
        Deliverable(
            new_id(), task_id, one.title, one.measure, one.quantity, one.unit_words, one.confirmer_id, place
        )
        for place, one in enumerate(given.deliverables, 1)
    )


def _basis(task_id: UUID, given: TaskContent) -> tuple[Basis, ...]:
    rows = dict.fromkeys((one.document_id, one.clause_id) for one in given.basis_documents)
    return tuple(
        Basis(new_id(), task_id, document_id, clause_id, place)
        for place, (document_id, clause_id) in enumerate(rows, 1)
    )


# -- from the rows there are to the rows there shall be --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Settled:
    """What to do so that a list is as wanted: rows to end, rows to move to another place, rows to add."""

    ended: tuple[Any, ...]
    moved: tuple[tuple[Any, int], ...]
    added: tuple[Any, ...]

    @property
    def nothing(self) -> bool:
        """Whether the list is as wanted already."""
        return not (self.ended or self.moved or self.added)


def settled(now: Lists, wanted: Lists) -> Settled:
    """Rows whose content is wanted as it is keep their ids; what is wanted anew is added, the rest ends."""
    waiting: dict[Any, list[Any]] = defaultdict(list)
    for row in now.rows():
        waiting[_essence(row)].append(row)
    moved, added = [], []
    for row in wanted.rows():
        same = waiting[_essence(row)]
        if not same:
            added.append(row)
            continue
        kept = same.pop(0)
        if _place(kept) != _place(row):
            moved.append((kept, _place(row)))
    return Settled(tuple(row for rows in waiting.values() for row in rows), tuple(moved), tuple(added))


def _essence(row: Any) -> Any:
    return type(row), *(value for name, value in asdict(row).items() if name not in {"id", "ordinal"})


def _place(row: Any) -> int:
    return getattr(row, "ordinal", 0)
