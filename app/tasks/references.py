"""What an input points at, gathered from one or many inputs so that each kind is looked up once. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from app.tasks.schemas import TaskContent

_UNITS = ("lead_id", "competence_body_id", "submitted_to_id")


@dataclass(slots=True)
class References:
    """Ids by kind; those of units under the name of the input that gave them."""

    units: defaultdict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    persons: set[UUID] = field(default_factory=set)
    positions: set[UUID] = field(default_factory=set)
    groups: set[UUID] = field(default_factory=set)
    indicators: set[UUID] = field(default_factory=set)
    documents: set[UUID] = field(default_factory=set)
    clauses: set[tuple[UUID, UUID]] = field(default_factory=set)

    @property
    def all_units(self) -> set[UUID]:
        """Every unit named, whatever for."""
        return set().union(*self.units.values())


def references_of(inputs: Iterable[TaskContent]) -> References:
    """What the inputs point at."""
    found = References()
    for given in inputs:
        for name in _UNITS:
            found.units[name] |= _known(getattr(given, name))
        found.units["candidates"].update(one.unit_id for one in given.candidates)
        found.units["coordinating"] |= _known(*(one.unit_id for one in given.coordinating))
        found.units["deliverables"] |= _known(*(one.confirmer_id for one in given.deliverables))
        found.persons |= _known(given.responsible_person_id)
        found.positions |= _known(given.responsible_position_id)
        found.groups |= _known(given.group_id)
        found.indicators.update(given.indicator_ids)
        found.documents.update(one.document_id for one in given.basis_documents)
        found.clauses.update(
            (one.document_id, one.clause_id) for one in given.basis_documents if one.clause_id
        )
    return found


def _known(*ids: UUID | None) -> set[UUID]:
    return {one for one in ids if one is not None}
