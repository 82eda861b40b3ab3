"""The verdicts of a task as it is about to be stored: facts gathered from its row, its lists and who stands where. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from app.deadlines.reading import DeadlineKind
from app.tasks.clarity import is_clear, pack_of, shown, verdicts
from app.tasks.deadline import event_of
from app.tasks.facts import Delivered, LeadKind, Marked, Need, Resource, TaskFacts
from app.tasks.lists import Lists
from app.tasks.models import Task


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit on the day: whether it is in being, and who heads it."""

    living: bool
    head_id: UUID | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands where on the day: units by id, and holders of posts by the post's id (None: vacant)."""

    on: date
    units: Mapping[UUID, UnitStanding] = field(default_factory=dict)
    holders: Mapping[UUID, UUID | None] = field(default_factory=dict)


_UNKNOWN = UnitStanding(living=False, head_id=None)


def judged(task: Task, lists: Lists, standing: Standing, pack: str) -> Task:
    """The task with its seven verdicts under the rule pack."""
    found = verdicts(pack_of(pack), facts_of(task, lists, standing))
    return replace(task, clarity_pack=pack, clarity=shown(found), clear=is_clear(found))


def facts_of(task: Task, lists: Lists, standing: Standing) -> TaskFacts:
    """What the rules look at."""
    event, counted = event_of(task.deadline)
    lead = standing.units.get(task.lead_id, _UNKNOWN) if task.lead_id else _UNKNOWN
    body = standing.units.get(task.competence_body_id, _UNKNOWN) if task.competence_body_id else _UNKNOWN
    return TaskFacts(
        on=standing.on,
        title=task.title,
        described=bool(task.description.strip()),
        lead_kind=LeadKind(task.lead_kind),
        lead_words=task.lead_words,
        lead_id=task.lead_id,
        lead_living=lead.living,
        lead_head_id=lead.head_id,
        coordinating_ids=frozenset(one.unit_id for one in lists.coordinating if one.unit_id is not None),
        responsible_person_id=task.responsible_person_id,
        responsible_position_id=task.responsible_position_id,
        responsible_holder_id=standing.holders.get(task.responsible_position_id)
        if task.responsible_position_id
        else None,
        competence_body_id=task.competence_body_id,
        competence_living=body.living,
        competence_words=task.competence_words,
        competence_level=task.competence_level,
        submitted_to_id=task.submitted_to_id,
        starts_on=task.starts_on,
        deadline_kind=DeadlineKind(task.deadline_kind),
        deadline_words=task.deadline_words,
        due_on=task.due_on,
        event=event,
        counted=counted,
        report_every=task.report_every,
        milestones=tuple(Marked(DeadlineKind(one.deadline_kind), one.due_on) for one in lists.milestones),
        deliverables=tuple(
            Delivered(bool(one.measure.strip()), one.confirmer_id) for one in lists.deliverables
        ),
        indicators=len(lists.indicators),
        resources=_resources(task),
    )


def _resources(task: Task) -> dict[str, Resource]:
    return {
        "money": Resource(
            Need(task.money_need), task.money_amount is not None or bool(task.money_words.strip())
        ),
        "people": Resource(
            Need(task.people_need), task.people_days is not None or bool(task.people_words.strip())
        ),
        "facilities": Resource(Need(task.facilities_need), bool(task.facilities_words.strip())),
    }
