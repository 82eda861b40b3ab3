"""The two databases side by side: one request to both, and what their answers must have in common."""

import asyncio
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
from sight.ground import Ground
from stage import Caller, Stage

from app.core.database import Addresses
from app.core.embedded import Embedded
from app.exchange.outgoing import MEDIA

# The two names of a request are its own in every answer.
_TRACE = re.compile(r'"trace_id":"[^"]*"|"traceId":"[^"]*"')
# What was spent before is the caller's own account, not a matter of rows.
_NOT_COMPARED = {"x-request-id", "date", "ratelimit"}
_WRITTEN_AT = "docProps/core.xml"

Answer = tuple[int, tuple[tuple[str, str], ...], Any]


@dataclass
class Side:
    """One database, its doors, and everybody signed in."""

    name: str
    stage: Stage
    callers: dict[str, Caller]


@dataclass
class Pair:
    """Both databases."""

    left: Side
    right: Side
    ground: Ground

    async def get(self, who: str, path: str, **options: Any) -> tuple[httpx2.Response, httpx2.Response]:
        """The same request to both."""
        return await self.send(who, "GET", path, **options)

    async def send(
        self, who: str, method: str, path: str, **options: Any
    ) -> tuple[httpx2.Response, httpx2.Response]:
        """The same request to both."""
        left, right = (side.callers[who]._send(method, path, {**options}) for side in (self.left, self.right))
        return await asyncio.gather(left, right)  # type: ignore[return-value] - two in, two out


def addresses_of(server: Embedded, name: str) -> Addresses:
    """A database of the run's server by every role."""
    return Addresses(
        *(server.dsn(role, name) for role in ("bayro_owner", "bayro_act", "bayro_read", "bayro_worker"))
    )


def told(answer: httpx2.Response) -> Answer:
    """All that an answer tells: status, headers, body; of a workbook its sheets."""
    headers = sorted((name, value) for name, value in answer.headers.items() if name not in _NOT_COMPARED)
    if answer.headers.get("content-type") == MEDIA:
        headers = [(name, value) for name, value in headers if name != "content-length"]
        return answer.status_code, tuple(headers), _sheets(answer.content)
    return answer.status_code, tuple(headers), _TRACE.sub("", answer.text)


def _sheets(content: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return [(name, book.read(name)) for name in book.namelist() if name != _WRITTEN_AT]


def cursors(answer: httpx2.Response) -> Iterator[str]:
    """The pages that come after and before this one."""
    if answer.status_code == 200:
        page = answer.json()["page"]
        for parameter, cursor in (("after", page["next_cursor"]), ("before", page["prev_cursor"])):
            if cursor is not None:
                yield f"{parameter}={cursor}"
