"""Roles, database and rights: what stands before the first migration and after every one."""

import asyncpg

from app.core.database import ACT, OWNER, READ, ROLES, WORKER, Addresses

DATABASE = "bayro"
_LOGIN = {OWNER: "LOGIN", ACT: "LOGIN", READ: "LOGIN", WORKER: "LOGIN"}
# Read by no door: keys, other callers' answers, and the exact bytes of the record with their salts.
HIDDEN_FROM_READ = ("demo_issuer", "idempotency_key", "audit.event", "seal", "personal_token")
# Of some of these tables, all but what must stay hidden: the demo's private key, the digests of personal tokens.
SHOWN_TO_READ = {
    "demo_issuer": "id, created_at",
    "personal_token": "id, person_id, name, scopes, expires_at, revoked_at, version, created_at",
}


async def provision(superuser: str) -> None:
    """Creates the four roles and the database on a server of our own. Repeating it changes nothing."""
    connection = await asyncpg.connect(superuser)
    try:
        known = {record["rolname"] for record in await connection.fetch("SELECT rolname FROM pg_roles")}
        for role in ROLES:
            if role not in known:
                await connection.execute(
                    f"CREATE ROLE {role} {_LOGIN[role]} NOSUPERUSER NOCREATEDB NOCREATEROLE"
                )
        if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", DATABASE):
            await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    finally:
        await connection.close()


async def grant(addresses: Addresses) -> None:
    """Gives each role its rights over the tables as they are now; the owner keeps the rest. A single role needs none."""
    if addresses.single_role:
        return
    connection = await asyncpg.connect(addresses.owner)
    try:
        async with connection.transaction():
            for statement in grants():
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
