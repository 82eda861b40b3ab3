"""Verbs on tasks: load, require, decide, change, record."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from uuid import UUID

from app.core.act import Act, Target
from app.core.errors import Refused
from app.core.rows import Object
from app.tasks import queries
from app.tasks.content import TIMED, Frame, blank, taken, untimed
from app.tasks.deadline import Timing
from app.tasks.judgement import Standing, judged
from app.tasks.lists import Lists, Settled, links, listed, settled
from app.tasks.models import Task
from app.tasks.parts import Coordinator
from app.tasks.references import References, references_of
from app.tasks.schemas import (
    AmendTask,
    CorrectedTask,
    DraftTask,
    ImportedTask,
    LinkIndicators,
    TaskContent,
    TaskDraft,
    WithdrawTask,
)
from app.tasks.words import (
    AMEND,
    DRAFT,
    TASK_CLASS_TOO_LOW,
    TASK_NOT_DRAFT,
    TASK_REASON_MISSING,
    WITHDRAW,
    TaskAmended,
    TaskClassRaised,
    TaskDrafted,
    TaskWithdrawn,
)
from app.tasks.workflow import AMENDABLE, LABELS, State, is_amendable

_DRAFTED = frozenset(TaskDraft.model_fields)
_SCOPED = ("lead_id", "responsible_person_id", "due_on", "access_class")


async def draft(act: Act, given: DraftTask) -> UUID:
    """Draft a task of a programme."""
    return (await _drafted(act, given.programme_id, [given]))[0]


async def draft_many(act: Act, programme_id: UUID, given: Sequence[ImportedTask]) -> list[UUID]:
    """Draft the rows of an annex; the ids in the order given."""
    return await _drafted(act, programme_id, given)


async def amend(act: Act, task_id: UUID, given: AmendTask) -> UUID:
    """Change a draft: what is said anew is read and judged anew. Where nothing differs nothing is changed."""
    named = frozenset(given.model_fields_set)
    if "access_class" in named:
        await queries.hold_programme_of(act, task_id)
    task, frame = await queries.task_for_change(act, task_id)
    now = await queries.lists_of(act, task.id)

    # Neither what it is nor what it becomes lies above the power.
    await act.require(AMEND, _owned(task, given.access_class))

    _require_draft(task)
    timing = await queries.timing(act, frame) if named & TIMED else untimed(frame)
    said = taken(task, given, named, timing)
    if "access_class" in named:
        _require_class(said, frame)
    lists = listed(said, now, given, named, timing)
    if said == task and settled(now, lists).nothing:
        return task.id

    wanted = await _judged(act, frame, _sourced(said, given), lists, references_of([given]))
    await _change(act, task, wanted, settled(now, lists))

    act.record(TaskAmended(task.id, tuple(sorted(named))))
    return task.id


async def link_indicators(act: Act, task_id: UUID, given: LinkIndicators) -> UUID:
    """Link indicators to a draft beside those linked already."""
    task, frame = await queries.task_for_change(act, task_id)
    now = await queries.lists_of(act, task.id)

    await act.require(AMEND, _owned(task))

    _require_draft(task)
    linked = [*(one.indicator_id for one in now.indicators), *given.indicator_ids]
    lists = replace(now, indicators=links(task.id, linked))
    if settled(now, lists).nothing:
        return task.id

    wanted = await _judged(act, frame, task, lists, References(indicators=set(given.indicator_ids)))
    await _change(act, task, wanted, settled(now, lists))

    act.record(TaskAmended(task.id, ("indicator_ids",)))
    return task.id


async def withdraw(act: Act, task_id: UUID, _: WithdrawTask) -> UUID:
    """End a draft that was never issued. It stays readable; its number is free again."""
    await _withdrawn(act, [await queries.task_for_change(act, task_id)])
    return task_id


async def raise_classes(act: Act, programme_id: UUID, least: int) -> None:
    """What is less restricted than its programme becomes so, whatever its state: part of the act that raised the programme."""
    tasks = await queries.tasks_below_class(act, programme_id, least)
    for task in tasks:
        await act.change(task, access_class=least)
        act.record(TaskClassRaised(task.id, task.access_class, least))
    if tasks:
        await queries.keep_scope(act, [task.id for task in tasks])


async def withdraw_many(act: Act, ids: Sequence[UUID]) -> None:
    """End the drafts of an import as one act."""
    await _withdrawn(act, await queries.tasks_for_change(act, ids))


async def _drafted(act: Act, programme_id: UUID, given: Sequence[TaskDraft]) -> list[UUID]:
    frame = await queries.frame_for_drafting(act, programme_id)
    asked = references_of(given)
    standing = await queries.standing(act, asked.all_units, asked.positions)
    await queries.require_known(act, frame, asked, standing)

    highest = max(one.access_class or frame.access_class for one in given)
    await act.require(DRAFT, Target(None, frame.owner_id, access_class=highest))

    timing = await queries.timing(act, frame)
    made = [_new(frame, one, timing, standing, act.at) for one in given]
    for task, _ in made:
        _require_class(task, frame)

    await act.add(*(task for task, _ in made))
    await act.add(*(row for _, lists in made for row in lists.rows()))
    await queries.keep_scope(act, [task.id for task, _ in made])

    for task, _ in made:
        act.record(TaskDrafted(task.id, task.number))
    return [task.id for task, _ in made]


def _new(
    frame: Frame, given: TaskDraft, timing: Timing, standing: Standing, at: datetime
) -> tuple[Task, Lists]:
    task = taken(blank(frame, at), given, _DRAFTED, timing)
    lists = listed(task, Lists(), given, _DRAFTED, timing)
    return judged(_sourced(task, given), lists, standing, frame.rule_pack), lists


async def _judged(act: Act, frame: Frame, said: Task, lists: Lists, asked: References) -> Task:
    """The task with its verdicts as of today. Raises Refused (reference_unknown)."""
    units = {*asked.all_units, said.lead_id, said.competence_body_id}
    standing = await queries.standing(act, units, {*asked.positions, said.responsible_position_id})
    await queries.require_known(act, frame, asked, standing)
    return judged(said, lists, standing, frame.rule_pack)


async def _change(act: Act, task: Task, wanted: Task, changes: Settled) -> None:
    await act.change(task, **{one.name: getattr(wanted, one.name) for one in fields(Task)})
    # Ends come first: a unit may leave one row of a list and enter another.
    await act.end(*changes.ended)
    for row, place in changes.moved:
        await act.change(row, ordinal=place)
    await act.add(*changes.added)
    others = any(isinstance(row, Coordinator) for row in (*changes.ended, *changes.added))
    if others or any(getattr(task, name) != getattr(wanted, name) for name in _SCOPED):
        await queries.keep_scope(act, [task.id])


async def _withdrawn(act: Act, found: Sequence[tuple[Task, Frame]]) -> None:
    for task, _ in found:
        await act.require(WITHDRAW, _owned(task))

    for task, _ in found:
        _require_draft(task)
    if not (act.terms.reason or "").strip():
        raise Refused(TASK_REASON_MISSING)

    for task, _ in found:
        await act.change(task, state=State.CANCELLED.value, withdrawn_on=act.today)
        act.record(TaskWithdrawn(task.id))
    await queries.keep_scope(act, [task.id for task, _ in found])


def _owned(task: Task, becomes: int | None = None) -> Target:
    """The task as its owner's matter, of the higher of the classes it has and gets."""
    return Target(Object("task", task.id), task.owner_id, access_class=max(task.access_class, becomes or 0))


def _require_class(task: Task, frame: Frame) -> None:
    if task.access_class < frame.access_class:
        raise Refused(TASK_CLASS_TOO_LOW, own=task.access_class, least=frame.access_class)


def _require_draft(task: Task) -> None:
    state = State(task.state)
    if is_amendable(state, issued=task.issued):
        return
    open_vi, open_en = (", ".join(LABELS[one].of(language) for one in AMENDABLE) for language in ("vi", "en"))
    raise Refused(TASK_NOT_DRAFT, vi=LABELS[state].vi, en=LABELS[state].en, open_vi=open_vi, open_en=open_en)


def _sourced(task: Task, given: TaskContent) -> Task:
    """The task with the rows of the file it was read from, where it was."""
    source = given.source if isinstance(given, (ImportedTask, CorrectedTask)) else None
    return replace(task, source=source.model_dump(mode="json")) if source else task
