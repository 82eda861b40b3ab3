"""The bare application: the service's own statements over an equal pool, and nothing else.

Pure ASGI on the same server (uvicorn, uvloop, httptools). No sign-in, no limits, no checks of what is asked: a request
known from the comparison is looked up, its statement run, PostgreSQL's bytes sent. What the service costs beyond this
is what the service costs.
"""

import json
import pickle
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import uvicorn
from starlette.types import Message, Receive, Scope, Send

from app.core.database import Addresses, Connection, Database, lent
from app.core.ids import new_id
from app.core.settings import Settings
from bench.capture import Read
from bench.statements import Statement

CHANGED = b"/v1/tasks/"
_JSON = (b"content-type", b"application/json")


@dataclass(frozen=True, slots=True)
class Known:
    """What the bare application is told: reads by their key, and the statements of a change of the task `sample`."""

    addresses: Addresses
    reads: dict[bytes, Read]
    sample: UUID
    change: list[Statement]


class Bare:
    """An ASGI application over two pools."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.database: Database | None = None
        self.change = Change(known.sample, known.change)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["method"] == "GET":
            query = scope["query_string"]
            await self.read(scope["raw_path"] + b"?" + query if query else scope["raw_path"], send)
        elif scope["method"] == "POST":
            await self.read(await whole(receive), send)
        else:
            await self.amend(scope["path"], await whole(receive), send)

    async def live(self, receive: Receive, send: Send) -> None:
        """Opens the pools before the first request and closes them after the last."""
        settings = Settings()
        await receive()
        self.database = await Database.open(
            self.known.addresses, read=settings.read_connections, act=settings.act_connections
        )
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.database.close()
        await send({"type": "lifespan.shutdown.complete"})

    @property
    def opened(self) -> Database:
        """The database, once the server has started."""
        if self.database is None:
            raise AssertionError("expected a started server")
        return self.database

    async def read(self, key: bytes, send: Send) -> None:
        """One statement, its bytes; the empty answer where the key is not known."""
        known = self.known.reads.get(key)
        if known is None:
            await answered(send, 404, b"")
            return
        async with self.opened.read.acquire() as connection:
            row = await connection.row(known.text, *known.values)
        await answered(send, 200, body_of(row, known.tail))

    async def amend(self, path: str, body: bytes, send: Send) -> None:
        """The statements of the service's act, in their order, in one transaction."""
        note = json.loads(body)["note"]
        async with lent(self.opened.act) as connection:
            row = await self.change.carried_out(connection, UUID(path[len(CHANGED) :]), note)
        await answered(send, 200, row["body"], [(b"etag", b'"%d."' % row["version"])])


def body_of(row: Any, tail: bytes) -> bytes:
    """The answer's bytes around what PostgreSQL built: an object, a page, or GraphQL data with what stands behind it."""
    if tail:
        return row["body"][:-1] + tail
    if "items" not in row:
        return row["body"]
    ends = ",".join(
        f'"{name}_cursor":{"null" if row[name] is None else chr(34) + row[name] + chr(34)}'
        for name in ("next", "prev")
    )
    return b'{"items":' + row["items"] + b',"page":{' + ends.encode() + b"}}"


class Change:
    """The statements of one change, run again for another task: its id, its version and chain, and fresh ids instead."""

    def __init__(self, sample: UUID, statements: list[Statement]) -> None:
        self.begin, *self.steps, self.commit = statements
        self.sample = sample

    async def carried_out(self, connection: Connection, task: UUID, note: str) -> Any:
        """The row of the answer."""
        await connection.execute(self.begin.text)
        seen: list[Any] = []
        for step in self.steps:
            values = [
                self.value(step, place, value, task, note, seen) for place, value in enumerate(step.values)
            ]
            seen.append(await connection.row(step.text, *values))
        await connection.execute(self.commit.text)
        return seen[-1]

    def value(self, step: Statement, place: int, value: Any, task: UUID, note: str, seen: list[Any]) -> Any:
        """The sample's value, or what stands in its place for this task."""
        if isinstance(value, (list, tuple)):
            return [self.value(step, place, one, task, note, seen) for one in value]
        if value == self.sample:
            return task
        if isinstance(value, str) and value == f"task:{self.sample}":
            return f"task:{task}"
        if step.text.startswith("UPDATE"):
            return (task, note, seen[0]["version"] + 1)[place]
        if "audit.event" in step.text and isinstance(value, int):
            return seen[-1]["objseq"] + 1
        is_new = isinstance(value, UUID) and "INSERT" in step.text and place in _FRESH
        return new_id() if is_new else value


_FRESH = (0, 16)
"""Where the inserts of entry and outbox take an id of their own: the event's, and the batch's."""


async def whole(receive: Callable[[], Awaitable[Message]]) -> bytes:
    """The request's body."""
    message = await receive()
    body = message["body"]
    while message["more_body"]:
        message = await receive()
        body += message["body"]
    return body


async def answered(
    send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    """Status, length, bytes."""
    head = [_JSON, (b"content-length", b"%d" % len(body)), *(headers or [])]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


def main() -> None:
    """Serves what the pickled file of the first argument knows, on the port of the second."""
    known: Known = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - written by our own parent a moment ago
    uvicorn.run(
        Bare(known),
        port=int(sys.argv[2]),
        loop="uvloop",
        http="httptools",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
    )
