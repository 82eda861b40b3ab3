"""Who a process id belongs to: ids are reused, so an id alone proves nothing."""

import os
from collections.abc import Iterable
from pathlib import Path


def birth(pid: int) -> str | None:
    """When the process began, in clock ticks since the machine's start; None when there is no such process.

    Id and birth together name one process for as long as the machine runs. Source: proc(5), stat, field 22.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    # The second field is the name in brackets and may hold anything, brackets and blanks included.
    fields = stat.rpartition(b")")[2].split()
    # A zombie has ended; only its parent has not been told yet.
    return None if fields[0] in {b"Z", b"X"} else fields[19].decode()


def alive(pid: int, born: str) -> bool:
    """Whether exactly that process still runs."""
    return pid > 0 and birth(pid) == born


def server_of(data: Path, pid: int) -> tuple[str, ...] | None:
    """The command line of the process if it is a PostgreSQL working in `data`, else None.

    A server stands in its data directory, so the kernel's own record of that directory decides, not a path in
    words: the same directory has many spellings.
    """
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        stands_there = Path(f"/proc/{pid}/cwd").samefile(data)
    except OSError:
        return None
    command = tuple(os.fsdecode(word) for word in words if word)
    if not stands_there or not command or not Path(command[0]).name.startswith("postgres"):
        return None
    return command


def servers_in(data: Path, *, among: Iterable[int] | None = None) -> list[int]:
    """PostgreSQL's processes that work in `data`, the head and its children, of those given or of the machine's."""
    return [pid for pid in (_all() if among is None else among) if server_of(data, pid) is not None]


def _all() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]
