"""The database: one metadata for all tables, two pools (reads, acts), statements held per connection."""

import json
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement
from sqlalchemy import MetaData

from app.core.errors import Refused
from app.core.words import NOT_READY

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)
"""Every table of the house registers here; the roof's `tables` imports them all."""

OWNER, ACT, READ, WORKER = "bayro_owner", "bayro_act", "bayro_read", "bayro_worker"
ROLES = (OWNER, ACT, READ, WORKER)
PATIENCE = 10.0  # seconds a request waits for a connection
HELD = 400  # statements kept prepared per connection; GraphQL brings new texts without end
_LIBPQ_ONLY = {
    "options",
    "application_name",
    "connect_timeout",
    "channel_binding",
    "gssencmode",
    "target_session_attrs",
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where each role connects. With a single role all four are the same address."""

    owner: str
    act: str
    read: str
    worker: str

    @property
    def single_role(self) -> bool:
        """Whether the lines of defence between roles are off."""
        return self.act == self.read


def plain_address(url: str) -> str:
    """A PostgreSQL address in the form asyncpg takes, from the forms people paste (postgres://, +asyncpg, libpq options)."""
    parts = urlsplit(url)
    if parts.scheme.split("+")[0] not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must be a postgresql:// address")
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in _LIBPQ_ONLY]
    return urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(query, quote_via=quote), ""))


class Connection(asyncpg.Connection):
    """A connection that keeps its statements prepared and sets no session state, so that it needs no reset."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._held: OrderedDict[str, PreparedStatement] = OrderedDict()

    def get_reset_query(self) -> str:
        """Nothing to reset: session state is only ever set inside a transaction."""
        return ""

    async def begin(self, local: str) -> None:
        """Begins a transaction with the settings `local` (SET LOCAL …), which end with it: one round trip for both."""
        await self.execute(f"BEGIN ISOLATION LEVEL READ COMMITTED; {local}")

    async def statement(self, text: str) -> PreparedStatement:
        """The prepared statement of this text."""
        held = self._held.get(text)
        if held is None:
            held = await self.prepare(text)
            self._held[text] = held
            if len(self._held) > HELD:
                self._held.popitem(last=False)
        else:
            self._held.move_to_end(text)
        # The pool hands the same connection out again; a statement held across loans would refuse to run.
        held._con_release_ctr = self._pool_release_ctr  # noqa: SLF001 # pyright: ignore[reportAttributeAccessIssue] - see above
        return held

    async def row(self, text: str, *values: Any) -> asyncpg.Record | None:
        """The first row."""
        return await (await self.statement(text)).fetchrow(*values)

    async def rows(self, text: str, *values: Any) -> list[asyncpg.Record]:
        """All rows."""
        return await (await self.statement(text)).fetch(*values)

    async def one(self, text: str, *values: Any) -> Any:
        """The first value of the first row."""
        return await (await self.statement(text)).fetchval(*values)


class _Dumb(asyncpg.Record):
    """A row whose columns read as attributes as well."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        return self[name]


async def _prepare(connection: asyncpg.Connection) -> None:
    # json leaves as the bytes PostgreSQL built; jsonb comes in and out as Python values.
    await connection.set_type_codec(
        "json", schema="pg_catalog", encoder=lambda value: value, decoder=bytes, format="binary"
    )
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: b"\x01" + json.dumps(value, ensure_ascii=False).encode(),
        decoder=lambda value: json.loads(bytes(value[1:])),
        format="binary",
    )


class Database:
    """Two pools: `read` runs the compiler's statements, `act` runs changes."""

    def __init__(self, read: asyncpg.Pool, act: asyncpg.Pool, addresses: Addresses) -> None:
        self.read = read
        self.act = act
        self.addresses = addresses

    @classmethod
    async def open(
        cls,
        addresses: Addresses,
        *,
        read: int = 4,
        act: int = 4,
        statement_seconds: float = 10.0,
        connect_seconds: float = 5.0,
    ) -> "Database":
        """Connects both pools. Raises OSError or asyncpg's errors where the server does not answer in time."""
        options: dict[str, Any] = {
            "timeout": connect_seconds,
            "command_timeout": statement_seconds,
            "connection_class": Connection,
            "init": _prepare,
            "record_class": _Dumb,
            "max_inactive_connection_lifetime": 0,
            # JIT costs more than any of our statements; UTC so that instants leave as the contract says.
            "server_settings": {"jit": "off", "timezone": "UTC", "application_name": "bayro"},
        }
        # The compiler's statements are the same for every value: planning them anew for each costs more than it saves.
        settings = {**options["server_settings"], "plan_cache_mode": "force_generic_plan"}
        reading = {**options, "server_settings": settings}
        return cls(
            await asyncpg.create_pool(addresses.read, min_size=1, max_size=read, **reading),
            await asyncpg.create_pool(addresses.act, min_size=1, max_size=act, **options),
            addresses,
        )

    async def close(self) -> None:
        """Closes both pools, waiting for what is under way."""
        await self.read.close()
        await self.act.close()


@asynccontextmanager
async def lent(pool: asyncpg.Pool) -> AsyncIterator[Connection]:
    """A connection of the pool. Raises Refused (not_ready, 503) where the server does not answer."""
    try:
        # A time-out costs a task of its own; where a connection is idle there is nothing to wait for.
        connection = await pool.acquire(timeout=None if pool.get_idle_size() else PATIENCE)
    except (OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError) as error:
        raise Refused(NOT_READY, headers={"Retry-After": "2"}) from error
    try:
        yield connection  # type: ignore[misc] - the proxy stands for our Connection
    finally:
        await pool.release(connection)
