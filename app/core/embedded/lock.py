"""One lock file per data directory: who owns the server, and where it is reached.

The kernel's lock (flock) says whether there is an owner and vanishes with it, whatever way it ends; the JSON inside
only says who. The file is never removed or replaced: a lock on a removed file would lock nobody out.
"""

import fcntl
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.core.embedded.accounts import as_its_folder
from app.core.embedded.address import Address
from app.core.embedded.processes import alive, birth
from app.core.embedded.refusals import AlreadyRunning

# How long a lock may look taken by nobody: a reader's glance, or an owner between taking it and writing its name.
_GLANCE_SECONDS = 3.0
_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Record:
    """What the lock file says. `socket_dir` is empty until the server answers."""

    pid: int
    born: str
    socket_dir: str = ""
    version: int = 0
    note: Mapping[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> Address | None:
        """Where the server is reached; None while it starts."""
        if not self.socket_dir:
            return None
        return Address(self.pid, Path(self.socket_dir), self.version, self.note)

    @property
    def owner_lives(self) -> bool:
        """Whether the process that wrote it still runs."""
        return alive(self.pid, self.born)


class Lock:
    """The lock, held. `before` is the record of an owner that ended without clearing it."""

    def __init__(self, file: int, before: Record | None) -> None:
        self._file = file
        self.before = before

    @classmethod
    def take(cls, path: Path) -> "Lock":
        """Take the lock at once. Raises AlreadyRunning when another process has it."""
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, _OWNER_ONLY)
        try:
            as_its_folder(file, path.parent)
            _take(file, path)
            lock = cls(file, _read(file))
            lock.write(Record(os.getpid(), birth(os.getpid()) or ""))
        except BaseException:
            os.close(file)
            raise
        return lock

    def write(self, record: Record) -> None:
        """Put the record in the file's place, for others to read."""
        words = json.dumps(
            {
                "pid": record.pid,
                "born": record.born,
                "socket_dir": record.socket_dir,
                "version": record.version,
                "note": dict(record.note),
            },
            ensure_ascii=False,
        ).encode()
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, words, 0)

    def release(self) -> None:
        """Clear the record and let go."""
        os.ftruncate(self._file, 0)
        os.close(self._file)


def owner(path: Path) -> Record | None:
    """The record of the living owner of the lock file, None when nobody owns it."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _settled(file)
    else:
        return None
    finally:
        os.close(file)


def _take(file: int, path: Path) -> None:
    until = time.monotonic() + _GLANCE_SECONDS
    while True:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            record = _read(file)
            known = record is not None and record.owner_lives
            if known or time.monotonic() > until:
                address = record.address if record else None
                raise AlreadyRunning(path.parent, pid=record.pid if record else 0, address=address) from None
        time.sleep(0.02)


def _settled(file: int) -> Record | None:
    """The record of a locked file once it is whole and its writer lives; None if that does not come to pass."""
    until = time.monotonic() + _GLANCE_SECONDS
    while time.monotonic() < until:
        record = _read(file)
        if record and record.owner_lives:
            return record
        time.sleep(0.02)
    return None


def _read(file: int) -> Record | None:
    """The record, or None when the file is empty, half-written or not ours."""
    try:
        return Record(**json.loads(os.pread(file, os.fstat(file).st_size, 0)))
    except (ValueError, TypeError):
        return None
