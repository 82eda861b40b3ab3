"""Each role's rights over the tables, and row-level security: written anew after every migration."""

import asyncpg

from app.core.database import ACT, READ, WORKER, Addresses
from app.core.reads.policy_ddl import WITHOUT, policies
from app.documents.shapes import DOCUMENT
from app.exchange.shapes import IMPORT
from app.indicators.shapes import INDICATOR
from app.programmes.shapes import PROGRAMME
from app.tasks.shapes import TASK

# Read by no door: keys, other callers' answers, and the exact bytes of the record with their salts.
HIDDEN_FROM_READ = ("demo_issuer", "idempotency_key", "audit.event", "seal", "personal_token")
# Of some of these tables, all but what must stay hidden: the demo's private key, the digests of personal tokens.
SHOWN_TO_READ = {
    "demo_issuer": "id, created_at",
    "personal_token": "id, person_id, name, scopes, expires_at, revoked_at, version, created_at",
}


BOUND = (DOCUMENT, PROGRAMME, INDICATOR, TASK, IMPORT)
"""What the role of changes may change only where its actor sees it, whatever a verb forgets; parts hang on these."""


async def grant(addresses: Addresses) -> None:
    """Gives each role its rights over the tables as they are now; the owner keeps the rest. A single role needs none."""
    if not addresses.single_role:
        await _carried_out(addresses, [*grants(), WITHOUT, *policies(BOUND, ACT)])


async def unbind(addresses: Addresses) -> None:
    """Takes row-level security off, so that no policy holds what a migration changes; `grant` puts it back."""
    await _carried_out(addresses, [WITHOUT])


async def _carried_out(addresses: Addresses, statements: list[str]) -> None:
    connection = await asyncpg.connect(addresses.owner)
    try:
        async with connection.transaction():
            for statement in statements:
                await connection.execute(statement)
    finally:
        await connection.close()


def grants() -> list[str]:
    """Every right, from nothing: what is not said here is not held."""
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public, audit FROM {READ}, {ACT}, {WORKER}",
        f"GRANT USAGE ON SCHEMA public, audit TO {READ}, {ACT}, {WORKER}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public, audit TO {READ}, {ACT}, {WORKER}",
        *(f"REVOKE SELECT ON {table} FROM {READ}" for table in HIDDEN_FROM_READ),
        *(f"GRANT SELECT ({columns}) ON {table} TO {READ}" for table, columns in SHOWN_TO_READ.items()),
        f"GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ACT}, {WORKER}",
        f"REVOKE INSERT, UPDATE, DELETE ON epoch, seal, alembic_version FROM {ACT}, {WORKER}",
        # The payload only: seq, xid and db_user are the database's own, so that no entry is dated back.
        f"GRANT INSERT (event_id, class, obj, entry, salt, commitment) ON audit.event TO {ACT}, {WORKER}",
        f"GRANT INSERT ON audit.entry_index TO {ACT}, {WORKER}",
    ]
