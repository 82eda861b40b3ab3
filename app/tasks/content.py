"""From what was sent to a task: pure, the same for a draft, an amendment and an import."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.core.errors import Flaw, Refused
from app.core.ids import new_id
from app.core.text import Text
from app.core.words import INPUT_INVALID
from app.deadlines.calendar import WorkingCalendar
from app.deadlines.reading import DeadlineKind
from app.indicators.rules import number_key
from app.tasks.deadline import Timing, deadline_of, start_of
from app.tasks.facts import LeadKind, Need
from app.tasks.models import Task
from app.tasks.schemas import TaskContent
from app.tasks.workflow import State

PLAIN = frozenset(
    {
        *("annex", "number", "ordinal", "kind", "title", "description", "unplanned", "group_id"),
        *("lead_id", "lead_words", "coordinating_words", "responsible_person_id", "responsible_position_id"),
        *("competence_body_id", "competence_words", "competence_level", "submitted_to_id", "issuing_words"),
        *("report_every", "result_words", "note"),
        *("money_need", "money_amount", "money_words", "people_need", "people_days", "people_words"),
        *("facilities_need", "facilities_words"),
    }
)
"""Fields that are kept exactly as they were sent."""
_UNKNOWN = (
    *(
        "group_id",
        "lead_id",
        "responsible_person_id",
        "responsible_position_id",
        "competence_body_id",
        "competence_level",
    ),
    *(
        "submitted_to_id",
        "starts_on",
        "due_on",
        "first_deadline",
        "report_every",
        "submit_due_on",
        "accepted_on",
    ),
    *("money_amount", "people_days", "source", "withdrawn_on"),
)
_DEADLINE = frozenset({"deadline_words", "deadline_kind", "due_on"})
_SUBMISSION = frozenset({"submit_deadline_words", "submit_due_on"})
TIMED = _DEADLINE | _SUBMISSION | {"milestones"}
"""Fields whose words are read with the working calendar."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a task takes from its programme: the owner, the rule pack, the least class, and how words of time are read.

    `year` is that of its document; `moves_off_rest_days` says whether a fixed date on a rest day moves to the next
    working day.
    """

    programme_id: UUID
    owner_id: UUID
    rule_pack: str
    year: int | None
    moves_off_rest_days: bool
    access_class: int


_NO_CALENDAR = WorkingCalendar({}, 1, 0)


def untimed(frame: Frame) -> Timing:
    """For inputs without words of time: no calendar is looked at."""
    return Timing(frame.year, _NO_CALENDAR)


def blank(frame: Frame, at: datetime) -> Task:
    """A draft of which nothing is known yet."""
    unknown: dict[str, Any] = dict.fromkeys((one.name for one in fields(Task)), "") | dict.fromkeys(_UNKNOWN)
    known = {
        "id": new_id(),
        "programme_id": frame.programme_id,
        "owner_id": frame.owner_id,
        "ordinal": 1,
        "kind": "task",
        "state": State.DRAFT.value,
        "lead_kind": LeadKind.NONE.value,
        "deadline_kind": DeadlineKind.MISSING.value,
        "deadline": {},
        "money_need": Need.UNSTATED.value,
        "people_need": Need.UNSTATED.value,
        "facilities_need": Need.UNSTATED.value,
        "clarity_pack": frame.rule_pack,
        "clarity": [],
        "clear": False,
        "unplanned": False,
        "access_class": frame.access_class,
        "version": 1,
        "created_at": at,
    }
    return Task(**unknown | known)


def taken(task: Task, given: TaskContent, named: frozenset[str], timing: Timing) -> Task:
    """The task with what was sent; `named` are the fields that were. Raises Refused (input_invalid, deadline_disagrees)."""
    task = replace(task, **{name: getattr(given, name) for name in PLAIN & named})
    task = replace(task, annex_key=number_key(task.annex), number_key=number_key(task.number))
    task = replace(task, lead_kind=_lead_kind(task, given, named))
    if given.access_class is not None:
        task = replace(task, access_class=given.access_class)
    task = _timed(task, given, named, timing)
    task = _submitted(task, given, named, timing)
    flaws = tuple(_flaws(task, given, named))
    if flaws:
        raise Refused(INPUT_INVALID, flaws=flaws, count=len(flaws))
    return task


def _lead_kind(task: Task, given: TaskContent, named: frozenset[str]) -> str:
    if "lead_kind" in named and given.lead_kind is not None:
        return given.lead_kind
    if not named & {"lead_id", "lead_words", "lead_kind"}:
        return task.lead_kind
    if task.lead_id is not None:
        return LeadKind.SINGLE.value
    if not task.lead_words.strip():
        return LeadKind.NONE.value
    unsaid = Text(
        "cần nói lời ghi chủ trì nêu một đơn vị, nhiều đơn vị hay tập thể",
        "say whether the words name one unit, several, or a collective",
    )
    raise Refused(INPUT_INVALID, flaws=(Flaw("/lead_kind", "missing", unsaid),), count=1)


def _timed(task: Task, given: TaskContent, named: frozenset[str], timing: Timing) -> Task:
    if not named & _DEADLINE:
        said = task.deadline.get("starts_on")
        read = date.fromisoformat(said) if said else None
        return replace(
            task,
            starts_on=start_of(
                named, given.starts_on, before=task.starts_on, earlier=task.deadline, read=read
            ),
        )
    words = given.deadline_words if "deadline_words" in named else task.deadline_words
    deadline = deadline_of(words, timing, due_on=given.due_on if "due_on" in named else None)
    begun = start_of(
        named, given.starts_on, before=task.starts_on, earlier=task.deadline, read=deadline.reading.starts_on
    )
    return replace(
        task,
        deadline_words=deadline.words,
        deadline_kind=deadline.kind.value,
        due_on=deadline.due_on,
        deadline=deadline.stored(),
        starts_on=begun,
    )


def _submitted(task: Task, given: TaskContent, named: frozenset[str], timing: Timing) -> Task:
    if not named & _SUBMISSION:
        return task
    words = given.submit_deadline_words if "submit_deadline_words" in named else task.submit_deadline_words
    deadline = deadline_of(words, timing, due_on=given.submit_due_on if "submit_due_on" in named else None)
    return replace(task, submit_deadline_words=deadline.words, submit_due_on=deadline.due_on)


def _flaws(task: Task, given: TaskContent, named: frozenset[str]) -> Iterator[Flaw]:
    """What does not go together, each at its place."""
    if task.responsible_person_id and task.responsible_position_id:
        yield Flaw(
            "/responsible_position_id",
            "one_of",
            Text("chỉ ghi người hoặc chức danh, không ghi cả hai", "a person or a post, not both"),
        )
    if task.money_amount is not None and task.money_need != Need.SOME:
        yield Flaw(
            "/money_amount",
            "not_needed",
            Text("có mức kinh phí thì money_need phải là some", "an amount needs money_need to be some"),
        )
    if task.people_days is not None and task.people_need != Need.SOME:
        yield Flaw(
            "/people_days",
            "not_needed",
            Text("có số ngày công thì people_need phải là some", "days need people_need to be some"),
        )
    if task.lead_kind == LeadKind.NONE and (task.lead_id or task.lead_words.strip()):
        yield Flaw(
            "/lead_kind",
            "contradiction",
            Text("đã ghi chủ trì nên không thể là none", "a lead is given, so it cannot be none"),
        )
    if task.lead_id is not None and given.candidates:
        yield Flaw(
            "/candidates",
            "contradiction",
            Text(
                "đã có đơn vị chủ trì thì không còn ứng viên", "with a lead settled there are no candidates"
            ),
        )
    if "deadline_kind" in named and given.deadline_kind is not None and given.due_on is None:
        yield Flaw(
            "/due_on",
            "missing",
            Text("deadline_kind là day thì cần due_on", "deadline_kind day needs due_on"),
        )
    for place, one in enumerate(given.coordinating):
        if one.unit_id is None and not one.words.strip():
            yield Flaw(
                f"/coordinating/{place}",
                "missing",
                Text("cần unit_id hoặc words", "unit_id or words is needed"),
            )
