"""The outbox's keeper: one row for each fact, in the act's transaction."""

from app.core.act import Act, Receipt
from app.core.canonical import plain
from app.core.ids import new_id

_WRITE = """INSERT INTO outbox (event_id, type, obj, detail, at)
SELECT event_id, type, obj, detail, $5 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[]) AS g(event_id, type, obj, detail)"""


class OutboxKeeper:
    """Fills the keeper's port: what others may be told."""

    async def keep(self, act: Act) -> Receipt | None:
        """Writes the act's facts to the outbox."""
        if act.facts:
            rows = [(new_id(), fact.code, str(fact.object), plain(fact.detail())) for fact in act.facts]
            await act.connection.rows(_WRITE, *(list(column) for column in zip(*rows, strict=True)), act.at)
        return None
