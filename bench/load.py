"""The load, in a process of its own: connections that stay open, each sending its next request when it has the last answer.

`main` reads a pickled `Job`, runs it, and prints what came of it as a JSON line.
"""

import asyncio
import json
import pickle
import sys
import time
from array import array
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from typing import Protocol

import uvloop

CONNECTIONS = 16
_SHOWN = 700


class Turn(Protocol):
    """What one connection sends, and what it makes of the answers."""

    def next(self) -> bytes:
        """The next request's bytes."""
        ...

    def right(self, head: bytes, length: int) -> bool:
        """Whether this is the answer that was expected."""
        ...


@dataclass(slots=True)
class Reading:
    """Sends prepared requests round and round; each answer must have the status and length it had when it was compared."""

    requests: list[tuple[bytes, int]]
    round: "cycle[tuple[bytes, int]] | None" = None
    length: int = 0

    def next(self) -> bytes:
        """The next request's bytes."""
        self.round = self.round or cycle(self.requests)
        request, self.length = next(self.round)
        return request

    def right(self, head: bytes, length: int) -> bool:
        """Status 200 and the known length."""
        return head[9:12] == b"200" and length == self.length


@dataclass(slots=True)
class Amending:
    """Changes the notes of its own tasks in turn, each at the version the last answer gave."""

    head: bytes
    tasks: list[str]
    versions: list[int]
    sent: int = 0

    def next(self) -> bytes:
        """The next change's bytes."""
        place = self.sent % len(self.tasks)
        # A note nobody wrote before: where nothing differs nothing is changed.
        body = b'{"note":"Ghi ch\xc3\xba %d"}' % self.versions[place]
        start = b"PATCH /v1/tasks/%s HTTP/1.1\r\n" % self.tasks[place].encode()
        return (
            start
            + self.head
            + b'If-Match: "%d"\r\nContent-Length: %d\r\n\r\n' % (self.versions[place], len(body))
            + body
        )

    def right(self, head: bytes, length: int) -> bool:
        """Status 200, an answer, and the version one higher than it was."""
        place = self.sent % len(self.tasks)
        self.sent += 1
        start = head.find(b'etag: "') + 7
        version = int(head[start : head.find(b".", start)]) if head[9:12] == b"200" else 0
        rose = version == self.versions[place] + 1
        self.versions[place] = version or self.versions[place]
        return rose and length > 0


@dataclass(frozen=True, slots=True)
class Job:
    """What to send where and for how long, one turn for each connection."""

    port: int
    seconds: float
    turns: list[Reading] | list[Amending]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it. Latencies in milliseconds; `cpu` is the load's own, in seconds; `versions` where tasks stand
    now; `wrong` the beginning of the first wrong answer."""

    answers: int
    errors: int
    seconds: float
    p50: float
    p99: float
    cpu: float
    versions: list[list[int]]
    wrong: str


class _Client(asyncio.Protocol):
    """One connection. Answers are read by their Content-Length; nothing is sent ahead."""

    def __init__(
        self, turn: Turn, until: float, times: "array[float]", done: "asyncio.Future[tuple[int, str]]"
    ) -> None:
        self.turn, self.until, self.times, self.done = turn, until, times, done
        self.transport: asyncio.Transport | None = None
        self.held = b""
        self.sent_at = 0.0
        self.errors = 0
        self.wrong = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment] - a stream's transport
        self.send()

    def send(self) -> None:
        """The next request, or the end."""
        self.sent_at = time.perf_counter()
        if self.transport is None or self.sent_at > self.until:
            self.finish()
        else:
            self.transport.write(self.turn.next())

    def data_received(self, data: bytes) -> None:
        data = self.held + data if self.held else data
        end = data.find(b"\r\n\r\n")
        length = _length(data, end)
        if end < 0 or len(data) < end + 4 + length:
            self.held = data
            return
        self.held = b""
        self.times.append(time.perf_counter() - self.sent_at)
        if not self.turn.right(data[:end], length):
            self.errors += 1
            self.wrong = self.wrong or data[:_SHOWN].decode(errors="replace")
        self.send()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio calls it so
        if not self.done.done():
            self.errors += 1
            self.wrong = self.wrong or "the connection was closed"
        self.finish()

    def finish(self) -> None:
        """Tells the errors, once."""
        if not self.done.done():
            self.done.set_result((self.errors, self.wrong))
            if self.transport is not None:
                self.transport.close()


def _length(data: bytes, end: int) -> int:
    start = data.find(b"content-length: ", 0, max(end, 0))
    return int(data[start + 16 : data.find(b"\r\n", start)]) if start >= 0 else 0


async def run(job: Job) -> Told:
    """Carries the job out."""
    loop = asyncio.get_running_loop()
    times = array("d")
    started, used = time.perf_counter(), time.process_time()
    ends = [loop.create_future() for _ in job.turns]
    for turn, done in zip(job.turns, ends, strict=True):
        await loop.create_connection(
            lambda turn=turn, done=done: _Client(turn, started + job.seconds, times, done),
            "127.0.0.1",
            job.port,
        )
    ended = await asyncio.gather(*ends)
    seconds = time.perf_counter() - started
    ordered = sorted(times) or [0.0]
    versions = [turn.versions for turn in job.turns if isinstance(turn, Amending)]
    return Told(
        answers=len(times),
        errors=sum(errors for errors, _ in ended),
        seconds=seconds,
        p50=ordered[len(ordered) // 2] * 1_000,
        p99=ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1_000,
        cpu=time.process_time() - used,
        versions=versions,
        wrong=next((wrong for _, wrong in ended if wrong), ""),
    )


def main() -> None:
    """Runs the job in the file named by the first argument."""
    job: Job = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - written by our own parent a moment ago
    print(json.dumps(asdict(uvloop.run(run(job)))))
