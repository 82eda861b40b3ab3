"""Verbs on documents: load, require, decide, change, record."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from app.core.act import Act, Target
from app.core.ids import new_id
from app.core.rows import Object
from app.documents import queries, rules
from app.documents.models import Clause, Document
from app.documents.schemas import AddClause, AmendDocument, NewClause, RecordDocument
from app.documents.words import AMEND, RECORD, ClauseAdded, DocumentAmended, DocumentRecorded
from app.units.queries import require_units

_FILED_BY = frozenset({"number", "issued_on"})


async def record(act: Act, given: RecordDocument) -> UUID:
    """Record a document and its clauses."""
    await require_units(act, "issuer_id", given.issuer_id)
    await require_units(act, "keeper_id", given.keeper_id)
    keeper_id = given.keeper_id or given.issuer_id or _desk(act)

    await act.require(RECORD, Target(None, keeper_id, access_class=given.access_class))

    rules.require_clear_clauses(given.clauses)
    recorded = _new_document(act, given, keeper_id)

    await act.add(recorded)
    await act.add(*_new_clauses(recorded.id, given.clauses, ()))

    act.record(DocumentRecorded(recorded.id, recorded.number, len(given.clauses)))
    return recorded.id


async def amend(act: Act, document_id: UUID, given: AmendDocument) -> UUID:
    """Change what is recorded of a document."""
    document = await queries.document_for_change(act, document_id)
    await require_units(act, "issuer_id", given.issuer_id)

    # Neither what it is nor what it becomes lies above the power.
    await act.require(AMEND, _kept(document, given.access_class))

    values = _amended(document, given)

    amended = await act.change(document, **values)

    if amended is not document:
        act.record(DocumentAmended(document.id, tuple(sorted(given.model_fields_set))))
    return document.id


async def add_clause(act: Act, document_id: UUID, given: AddClause) -> UUID:
    """Add a clause after the others."""
    document = await queries.document_for_change(act, document_id)
    standing = await queries.clauses_of(act, document.id)

    await act.require(AMEND, _kept(document, None))

    rules.require_clear_clauses([given], [one.label for one in standing], pointer="")

    await act.add(*_new_clauses(document.id, [given], standing))

    act.record(ClauseAdded(document.id, given.label))
    return document.id


def _kept(document: Document, becomes: int | None) -> Target:
    """The document as its keeper's matter, of the higher of the classes it has and gets."""
    highest = max(document.access_class, becomes or 0)
    return Target(Object("document", document.id), document.keeper_id, access_class=highest)


def _desk(act: Act) -> UUID | None:
    """The unit the caller records for: of the post named in `as`, or of the first."""
    posts = [post for post in act.actor.posts if act.terms.post in {None, post.position_id}]
    return posts[0].unit_id if posts else None


def _new_document(act: Act, given: RecordDocument, keeper_id: UUID | None) -> Document:
    return Document(
        id=new_id(),
        number=given.number,
        **asdict(rules.filed(given.number, given.issued_on)),
        type=given.type,
        type_name=rules.type_name(given.type, given.type_name),
        issuer_id=given.issuer_id,
        issuer_words=given.issuer_words,
        keeper_id=keeper_id,
        issued_on=given.issued_on,
        term=given.term,
        title=given.title,
        access_class=given.access_class,
        note=given.note,
        version=1,
        created_at=act.at,
    )


def _amended(document: Document, given: AmendDocument) -> dict[str, Any]:
    """The values that change, and what follows from them: the filing from the number, the type's name from its symbol."""
    values = given.model_dump(exclude_unset=True)
    if _FILED_BY & values.keys():
        number = values.get("number", document.number)
        values |= asdict(rules.filed(number, values.get("issued_on", document.issued_on)))
    if "type" in values and values["type"] != document.type:
        values["type_name"] = rules.type_name(values["type"], values.get("type_name"))
    return values


def _new_clauses(document_id: UUID, clauses: Sequence[NewClause], standing: Sequence[Clause]) -> list[Clause]:
    """Rows of new clauses after those that stand; each comes after the one it stands under."""
    ids = {one.label: one.id for one in standing}
    ordinal = max((one.ordinal for one in standing), default=0)
    rows: list[Clause] = []
    for place, clause in enumerate(clauses, ordinal + 1):
        parent_id = ids[clause.under] if clause.under is not None else None
        row = Clause(new_id(), document_id, parent_id, clause.label, clause.text, place)
        ids[clause.label] = row.id
        rows.append(row)
    return rows
