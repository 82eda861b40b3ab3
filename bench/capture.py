"""Asks the service in this process, and notes which statements an answer takes: what the bare application then runs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.types import ASGIApp, Message

from app.core.database import Database
from bench.items import Item, Request, following
from bench.statements import Statement, heard


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    version: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """How the bare application answers a read: one statement, its values, and the bytes behind a GraphQL answer."""

    text: str
    values: tuple[Any, ...]
    tail: bytes


class Asking:
    """The service's application in this process, asked by one signed-in person."""

    def __init__(self, app: ASGIApp, database: Database, token: str) -> None:
        self.app = app
        self.database = database
        self.token = token

    async def ask(self, request: Request, *headers: tuple[bytes, bytes]) -> Answer:
        """The service's answer. Raises AssertionError for any but 200."""
        path, _, query = request.target.partition("?")
        kind = b"application/merge-patch+json" if request.method == "PATCH" else b"application/json"
        scope = {
            "type": "http",
            "method": request.method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [
                (b"authorization", b"Bearer " + self.token.encode()),
                (b"content-type", kind),
                *headers,
            ],
            "http_version": "1.1",
            "scheme": "http",
            "server": ("bench", 80),
            "client": ("bench", 1),
            "root_path": "",
        }
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": request.body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        body = b"".join(one.get("body", b"") for one in sent[1:])
        if sent[0]["status"] != 200:
            raise AssertionError(
                f"expected 200 for {request.method} {request.target}, got {sent[0]['status']}: {body[:400]!r}"
            )
        tag = dict(sent[0]["headers"]).get(b"etag", b'"0.')
        return Answer(200, int(tag[1:].partition(b".")[0]), body)

    async def read(self, request: Request) -> tuple[Answer, Read]:
        """The answer to a read, and the one statement it took. Raises AssertionError where it took more or less."""
        async with heard(self.database) as notes:
            answer = await self.ask(request)
        if len(notes) != 1:
            raise AssertionError(
                f"expected one statement for {request.target}, got {[one.text[:80] for one in notes]}"
            )
        tail = answer.body[answer.body.rindex(b',"extensions"') :] if request.method == "POST" else b""
        return answer, Read(notes[0].text, notes[0].values, tail)

    async def reads(self, item: Item) -> list[tuple[Request, Answer, Read]]:
        """Every request of the item with its answer and statement, pages walked by their cursors."""
        found = []
        for first in item.requests:
            request: Request | None = first
            for _ in range(item.pages):
                if request is None:
                    break
                answer, read = await self.read(request)
                found.append((request, answer, read))
                request = following(item, request, answer.body) if item.pages > 1 else None
        return found

    async def amend(self, task: UUID, note: str, version: int) -> int:
        """Changes a task's note; the version it has then."""
        request = Request("PATCH", f"/v1/tasks/{task}", b'{"note":"%s"}' % note.encode())
        return (await self.ask(request, (b"if-match", b'"%d"' % version))).version

    async def amendment(self, task: UUID, version: int) -> list[Statement]:
        """The statements of a change of a note, BEGIN and COMMIT included. The task's verdicts are today's already."""
        async with heard(self.database) as notes:
            await self.amend(task, "đo", version)
        return list(notes)
