"""Verbs on what a programme makes concrete."""

from uuid import UUID

from app.core.act import Act
from app.core.errors import Refused
from app.core.ids import new_id
from app.documents.queries import require_documents
from app.programmes import queries, rules
from app.programmes.models import ProgrammeParent
from app.programmes.schemas import AddParent, RemoveParent
from app.programmes.words import AMEND, PARENT_MISSING, PROGRAMME_LOOP, ParentAdded, ParentRemoved


async def add_parent(act: Act, programme_id: UUID, given: AddParent) -> UUID:
    """Name one more document or programme that the programme makes concrete."""
    await queries.lock_parents(act)
    programme = await queries.programme_for_change(act, programme_id)
    await require_documents(act, "document_id", given.document_id)
    await queries.require_programmes(act, "programme_id", given.programme_id)

    await act.require(AMEND, rules.content(programme))

    rules.require_single([given], pointer="")
    if given.programme_id and await queries.descends(act, given.programme_id, programme.id):
        raise Refused(PROGRAMME_LOOP)

    await act.add(ProgrammeParent(new_id(), programme.id, given.document_id, given.programme_id))

    act.record(ParentAdded(programme.id, given.document_id, given.programme_id))
    return programme.id


async def remove_parent(act: Act, programme_id: UUID, given: RemoveParent) -> UUID:
    """Take back a document or programme from what the programme makes concrete."""
    programme = await queries.programme_for_change(act, programme_id)
    rules.require_single([given], pointer="")
    parent = await queries.parent_of(
        act, programme.id, document_id=given.document_id, parent_id=given.programme_id
    )

    await act.require(AMEND, rules.content(programme))

    if parent is None:
        raise Refused(PARENT_MISSING)

    await act.end(parent)

    act.record(ParentRemoved(programme.id, given.document_id, given.programme_id))
    return programme.id
