"""Roles and database: what stands before the first migration on a server of our own."""

import asyncpg

from app.core.database import ACT, OWNER, READ, ROLES, WORKER

DATABASE = "bayro"
_LOGIN = {OWNER: "LOGIN", ACT: "LOGIN", READ: "LOGIN", WORKER: "LOGIN"}


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
