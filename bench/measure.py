"""Processes under measurement, what they use, and the rounds of one item."""

import asyncio
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from uuid import UUID

from app.core.database import Addresses
from app.runtime import told
from bench.bare import Known
from bench.load import Amending, Job, Told

_TICK = os.sysconf("SC_CLK_TCK")
_START_SECONDS = 60


@dataclass(slots=True)
class Server:
    """One of the two sides: its process, port, and the seconds from typing to first answer."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    started: float

    def pss(self) -> float:
        """Memory in MB (10^6 bytes), shared pages by their share, children included."""
        return sum(_pss(pid) for pid in _tree(self.process.pid))

    def cpu(self) -> float:
        """CPU seconds used so far, children included."""
        return _cpu(self.process.pid)


@contextmanager
def service(addresses: Addresses, folder: Path) -> Iterator[Server]:
    """The service as an operator starts it, over the database at `addresses`; only the allowance is raised."""
    port = _free_port()
    command = [sys.executable, "-m", "app", "run", "--port", str(port), "--no-worker"]
    with _over(addresses, "service", command, port, folder) as server:
        yield server


@contextmanager
def open_service(addresses: Addresses, folder: Path, person: UUID) -> Iterator[Server]:
    """The same without sign-in and visibility, as `person`."""
    port = _free_port()
    command = [sys.executable, "-c", "from bench.open_house import main; main()", str(port), str(person)]
    with _over(addresses, "open", command, port, folder) as server:
        yield server


@contextmanager
def _over(addresses: Addresses, name: str, command: list[str], port: int, folder: Path) -> Iterator[Server]:
    environment = {"DATABASE_URL": addresses.act, "BAYRO_RATE_PER_MINUTE": "1000000000"}
    with told(addresses), _running(name, command, port, "/livez", folder, environment) as server:
        yield server


@contextmanager
def bare(known: Known, folder: Path) -> Iterator[Server]:
    """The bare application."""
    port, file = _free_port(), folder / "known.pickle"
    file.write_bytes(pickle.dumps(known))
    command = [sys.executable, "-c", "from bench.bare import main; main()", str(file), str(port)]
    with _running("bare", command, port, "/", folder, {}) as server:
        yield server


@contextmanager
def _running(
    name: str, command: list[str], port: int, path: str, folder: Path, environment: dict[str, str]
) -> Iterator[Server]:
    started = time.monotonic()
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=log, stderr=log)
    try:
        _await_answer(process, f"http://127.0.0.1:{port}{path}", folder / f"{name}.log")
        yield Server(name, process, port, time.monotonic() - started)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _await_answer(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"expected an answer at {url}, got none: {log.read_text(errors='replace')[-2_000:]}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


# -- what /proc tells ------------------------------------------------------------------------------------------


def _tree(root: int) -> list[int]:
    found = [root]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            found.extend(int(one) for one in task.read_text().split())
    return found


def _cpu(root: int) -> float:
    """Seconds of the processes that are there, and of those that were and have ended."""
    return sum(sum(_ticks(pid)) for pid in _tree(root)) / _TICK


def _ticks(pid: int) -> tuple[int, int, int, int]:
    try:
        after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return (0, 0, 0, 0)
    return (int(after[11]), int(after[12]), int(after[13]), int(after[14]))


def _pss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1_024 / 1e6
    return 0.0


# -- rounds ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Round:
    """One stretch of load on one side. Rates per second, latencies in ms, CPU in µs per request."""

    rate: float
    p50: float
    p99: float
    cpu: float
    cpu_postgres: float
    load: float
    errors: int
    wrong: str


@dataclass(slots=True)
class Figures:
    """All rounds of one side for one item."""

    rounds: list[Round] = field(default_factory=list)

    def middle(self, name: str) -> float:
        """The median of one figure over the rounds."""
        return median(getattr(one, name) for one in self.rounds)

    @property
    def wrong(self) -> str:
        """The beginning of a wrong answer, if there was one."""
        return next((one.wrong for one in self.rounds if one.wrong), "")

    @property
    def errors(self) -> int:
        """Wrong answers in all rounds."""
        return sum(one.errors for one in self.rounds)


def loaded(job: Job, folder: Path) -> Told:
    """Runs a job in a process of its own."""
    file = folder / "job.pickle"
    file.write_bytes(pickle.dumps(job))
    command = [sys.executable, "-c", "from bench.load import main; main()", str(file)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    made = Told(**json.loads(done.stdout))
    # The tasks stand at other versions now: the next job goes on from there.
    for turn, versions in zip(
        [one for one in job.turns if isinstance(one, Amending)], made.versions, strict=True
    ):
        turn.versions = versions
    return made


def measured(job: Job, server: Server, postmaster: int, folder: Path) -> Round:
    """One round: the job, and what the server and PostgreSQL used for it."""
    before = server.cpu(), _cpu(postmaster)
    done = loaded(job, folder)
    used = server.cpu() - before[0], _cpu(postmaster) - before[1]
    each = 1e6 / max(1, done.answers)
    return Round(
        rate=done.answers / done.seconds,
        p50=done.p50,
        p99=done.p99,
        cpu=(used[0] + used[1]) * each,
        cpu_postgres=used[1] * each,
        load=done.cpu / done.seconds,
        errors=done.errors,
        wrong=done.wrong,
    )


async def in_thread(job: Job, server: Server, postmaster: int, folder: Path) -> Round:
    """`measured` from a coroutine."""
    return await asyncio.to_thread(measured, job, server, postmaster, folder)
