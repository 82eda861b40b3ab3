"""SQL for the verbs on documents."""

from uuid import UUID

from app.core.act import Act
from app.core.errors import Refused
from app.core.rows import columns_of, loaded
from app.core.words import NOT_FOUND, REFERENCE_UNKNOWN
from app.documents.models import Clause, Document
from app.documents.shapes import DOCUMENT_VISIBLE

_SEEN = DOCUMENT_VISIBLE.format(t="document", reach="$2::uuid[]")
# NO KEY: who cites the document meanwhile need not wait.
_ONE = f"SELECT {columns_of(Document)} FROM document WHERE id = $1 AND {_SEEN} FOR NO KEY UPDATE"
_CLAUSES = f"SELECT {columns_of(Clause)} FROM clause WHERE document_id = $1 ORDER BY ordinal"
_KNOWN = f"SELECT array_agg(id) FROM document WHERE id = ANY($1::uuid[]) AND {_SEEN}"


async def document_for_change(act: Act, document_id: UUID) -> Document:
    """The document, locked and at the version the caller knows. Raises Refused (not_found, version_stale)."""
    record = await act.connection.row(_ONE, document_id, act.actor.reach)
    if record is None:
        raise Refused(NOT_FOUND)
    act.expect(record["version"])
    return loaded(Document, dict(record))


async def clauses_of(act: Act, document_id: UUID) -> list[Clause]:
    """The document's clauses in order."""
    return [loaded(Clause, dict(record)) for record in await act.connection.rows(_CLAUSES, document_id)]


async def require_documents(act: Act, name: str, *ids: UUID | None) -> None:
    """Raises Refused (reference_unknown) where one of the ids is no document the caller may see."""
    asked = {one for one in ids if one is not None}
    if asked and set(await act.connection.one(_KNOWN, list(asked), act.actor.reach) or ()) != asked:
        raise Refused(REFERENCE_UNKNOWN, name=name)
