"""What each side is sent, and the proof that both give the same answers before anything is measured."""

import http.client
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from app.core.database import Addresses, lent
from bench.bare import Known
from bench.capture import Asking
from bench.items import Item, Request
from bench.load import CONNECTIONS, Amending, Job, Reading
from bench.measure import Server

TASKS_A_CONNECTION = 25
"""Tasks that one connection changes in turn, on each side its own."""
BEGUN, EQUAL = "bắt đầu", "giống nhau"
"""Notes of equally many bytes: lists that hold a changed task keep the length that their answers are judged by."""
_DRAFTS = "SELECT id, version FROM task WHERE state IN ('draft', 'proposed') ORDER BY version, id LIMIT $1"

Loaded = Callable[[Server, float], Job]
"""The job of one side for so many seconds; it goes on where the last one stopped."""
Jobs = list[tuple[Item, tuple[Loaded, Loaded]]]


async def captured(asking: Asking, chosen: list[Item], addresses: Addresses) -> tuple[Known, Jobs]:
    """What the bare application must know, and what both sides are sent. Changes come first: reads see what they leave."""
    known = Known(addresses, {}, UUID(int=0), [])
    jobs: Jobs = []
    for item in sorted(chosen, key=lambda one: not one.changes):
        if item.changes:
            known, made = await _changes(asking, known)
        else:
            made = await _reads(asking, item, known)
        jobs.append((item, made))
    return known, sorted(jobs, key=lambda one: one[0].name)


async def _reads(asking: Asking, item: Item, known: Known) -> tuple[Loaded, Loaded]:
    job = await reading(asking, item, known)
    return job, job


async def reading(asking: Asking, item: Item, known: Known | None = None) -> Loaded:
    """The load of an item's requests; what the bare application must know of them goes into `known`."""
    sent: list[tuple[bytes, int]] = []
    for request, answer, read in await asking.reads(item):
        if known is not None:
            known.reads[request.key] = read
        sent.append((_bytes(request, asking.token), len(answer.body)))
    # Every connection sends all, each from another place on.
    step = max(1, len(sent) // CONNECTIONS)
    turns = [Reading(sent[place * step :] + sent[: place * step]) for place in range(CONNECTIONS)]

    def job(server: Server, seconds: float) -> Job:
        return Job(server.port, seconds, turns)

    return job


def _bytes(request: Request, token: str) -> bytes:
    head = f"{request.method} {request.target} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
    if request.body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(request.body)}\r\n"
    return head.encode() + b"\r\n" + request.body


async def _changes(asking: Asking, known: Known) -> tuple[Known, tuple[Loaded, Loaded]]:
    async with lent(asking.database.act) as connection:
        found = await connection.rows(_DRAFTS, 2 * CONNECTIONS * TASKS_A_CONNECTION + 1)
    if len(found) < 2 * CONNECTIONS:
        raise SystemExit(f"expected {2 * CONNECTIONS} drafts or more, got {len(found)}: more --tasks, please")
    # Changed once, so that each has an entry in the record and today's verdicts.
    first, *tasks = [(one["id"], await asking.amend(one["id"], BEGUN, one["version"])) for one in found]
    known = replace(known, sample=first[0], change=await asking.amendment(*first))
    half = len(tasks) // 2
    head = f"Host: bench\r\nAuthorization: Bearer {asking.token}\r\nContent-Type: application/merge-patch+json\r\n".encode()
    return known, (_amending(tasks[:half], head), _amending(tasks[half:], head))


def _amending(tasks: list[tuple[UUID, int]], head: bytes) -> Loaded:
    shares = [tasks[place::CONNECTIONS] for place in range(CONNECTIONS)]
    turns = [
        Amending(head, [str(task) for task, _ in share], [version for _, version in share])
        for share in shares
    ]

    def job(server: Server, seconds: float) -> Job:
        return Job(server.port, seconds, turns)

    return job


def compared(known: Known, token: str, service: Server, bare: Server) -> None:
    """Asks both sides everything. Raises AssertionError where they differ by a byte."""
    sides = [http.client.HTTPConnection("127.0.0.1", one.port) for one in (service, bare)]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for key in known.reads:
        method, target, body = (
            ("POST", "/graphql", key) if key.startswith(b"{") else ("GET", key.decode(), b"")
        )
        answers = [_answer(side, method, target, body, headers) for side in sides]
        if answers[0] != answers[1]:
            raise AssertionError(
                f"expected the same bytes for {key[:200]!r}, got {answers[0][:300]!r} and {answers[1][:300]!r}"
            )
    if known.change:
        path = f"/v1/tasks/{known.sample}"
        changed = _answer(sides[1], "PATCH", path, f'{{"note":"{EQUAL}"}}'.encode(), headers)
        if changed != _answer(sides[0], "GET", path, b"", headers) or EQUAL.encode() not in changed:
            raise AssertionError(f"expected the change to be read as it was answered, got {changed[:300]!r}")
    for side in sides:
        side.close()


def _answer(
    side: http.client.HTTPConnection, method: str, target: str, body: bytes, headers: dict[str, str]
) -> bytes:
    side.request(method, target, body or None, headers)
    answer = side.getresponse()
    found = answer.read()
    if answer.status != http.client.OK:
        raise AssertionError(f"expected 200 for {method} {target}, got {answer.status}: {found[:300]!r}")
    return found
