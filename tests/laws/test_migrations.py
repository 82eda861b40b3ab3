"""Migrations go up, down and up, and make the database of the models."""

import os
import re
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from app.core.database import Addresses
from app.core.embedded import Embedded
from app.core.embedded.binaries import wheel_binaries
from app.migrate import migrate
from app.provision import provision
from app.rights import grant
from app.schema_sql import statements


@pytest.fixture
async def empty(server: Embedded) -> AsyncIterator[str]:
    name = f"m{uuid4().hex}"
    await provision(server.dsn("postgres", "postgres"))
    root = await asyncpg.connect(server.dsn("postgres", "postgres"))
    await root.execute(f"CREATE DATABASE {name} OWNER bayro_owner")
    yield name
    await root.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await root.close()


def _addresses(server: Embedded, name: str) -> Addresses:
    return Addresses(
        *(server.dsn(role, name) for role in ("bayro_owner", "bayro_act", "bayro_read", "bayro_worker"))
    )


def _dump(server: Embedded, name: str) -> str:
    programs = Path(os.environ.get("BAYRO_TEST_BINARIES") or wheel_binaries())
    said = subprocess.run(
        [programs / "pg_dump", "-s", "-x", "-h", str(server.socket_dir), "-U", "postgres", name],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    # Restricted-mode keys differ from dump to dump; who owns the schema `public` is the server's business.
    kept = [
        line for line in said.splitlines() if not re.match(r"--|\\(un)?restrict|.* SCHEMA public|$", line)
    ]
    return "\n".join(kept)


async def test_migrations_go_up_down_and_up_again(server: Embedded, empty: str) -> None:
    addresses = _addresses(server, empty)
    assert (await migrate(addresses)).word == "current"
    first = _dump(server, empty)
    assert (await migrate(addresses, "base")).word == "empty"
    await migrate(addresses)
    assert _dump(server, empty) == first


async def test_migrations_and_models_make_the_same_database(server: Embedded, empty: str) -> None:
    addresses = _addresses(server, empty)
    await migrate(addresses)
    migrated = _dump(server, empty)
    connection = await asyncpg.connect(addresses.owner)
    await connection.execute("DROP SCHEMA public CASCADE; DROP SCHEMA audit CASCADE; CREATE SCHEMA public")
    await connection.execute(
        "CREATE TABLE alembic_version (version_num character varying(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY)"
    )
    for statement in statements():
        await connection.execute(statement)
    await connection.close()
    await grant(addresses)
    assert sorted(_dump(server, empty).splitlines()) == sorted(migrated.splitlines())


async def test_a_database_with_entries_is_never_taken_down(server: Embedded, empty: str) -> None:
    addresses = _addresses(server, empty)
    await migrate(addresses)
    connection = await asyncpg.connect(addresses.owner)
    await connection.execute(
        "INSERT INTO audit.event (event_id, class, obj, entry, salt, commitment) VALUES (gen_random_uuid(), 0, 'unit:x', '', '', '')"
    )
    await connection.close()
    with pytest.raises(RuntimeError, match="holds entries"):
        await migrate(addresses, "base")
