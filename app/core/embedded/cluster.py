"""The data of one major version: made whole or not at all, and cleared of what a crash left."""

import contextlib
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.core.embedded.accounts import Account
from app.core.embedded.processes import server_of, servers_in
from app.core.embedded.programs import reaching, spawn
from app.core.embedded.refusals import AlreadyRunning, NotStarted, OtherMajor, Unusable
from app.core.text import Text

# The first major version whose built-in provider knows Unicode without the machine's locales.
_BUILTIN_LOCALE_SINCE = 17
# Requests to end, 0 for none, and how long each is given, in seconds.
Steps = tuple[tuple[int, float], ...]
# An orphan was told when its owner died; then it is told again, ever more strongly.
_ORPHAN_STEPS: Steps = ((0, 15.0), (signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))
_REMNANT_STEPS: Steps = ((signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))


@dataclass(frozen=True, slots=True)
class Cluster:
    """A data directory of PostgreSQL's, its major version, the account it belongs to, and the programs to run it."""

    data: Path
    major: int
    account: Account
    programs: Path

    def settle(self) -> None:
        """Make the data ready for a start, making it anew if there is none.

        Raises OtherMajor, AlreadyRunning, Unusable, NotStarted.
        """
        self._require_same_major()
        self._remove_half_made()
        if self.data.exists():
            self._lay_orphan_to_rest()
        else:
            self._make()
        if self.data.stat().st_uid != self.account.uid:
            raise _foreign(self.data, self.account)

    def recorded(self) -> tuple[int, str]:
        """The server's process id and state as it records them, (0, "") when there is no record.

        Source: PostgreSQL's miscadmin.h, lines 1 and 8 of postmaster.pid. A single-user server writes a minus.
        """
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return abs(int(lines[0])), "".join(lines[7:8]).strip()
        except (FileNotFoundError, ValueError, IndexError):
            return 0, ""

    def _require_same_major(self) -> None:
        if self.data.exists():
            stated = self.data / "PG_VERSION"
            found = stated.read_text().strip() if stated.exists() else "?"
            if found != str(self.major):
                raise OtherMajor(self.data, found=found, wanted=self.major)
            return
        for other in sorted(self.data.parent.glob("pg[0-9]*/PG_VERSION")):
            raise OtherMajor(other.parent, found=other.read_text().strip(), wanted=self.major)

    def _lay_orphan_to_rest(self) -> None:
        """Wait until a server that outlived its owner has ended; make it end if it does not.

        Raises AlreadyRunning for a server on this data that somebody started by other means: it is not ours to end.
        """
        pid, _ = self.recorded()
        command = server_of(self.data, pid)
        if command and not _started_by_us(command):
            raise AlreadyRunning(self.data.parent, pid=pid, address=None)
        _end(lambda: servers_in(self.data, among=(pid,)), _ORPHAN_STEPS)
        # A session that computes does not notice that its head was killed, and must not write beside a new server.
        _end(lambda: servers_in(self.data), _REMNANT_STEPS)
        if pid and Path(f"/proc/{pid}").exists() and server_of(self.data, pid) is None:
            # Another program has the number now. PostgreSQL would take it for a server of this data and refuse.
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _remove_half_made(self) -> None:
        """Remove what an initdb left that was killed together with its owner."""
        for left in self.data.parent.glob(f"making-{self.data.name}-*"):
            shutil.rmtree(left, ignore_errors=True)

    def _make(self) -> None:
        """Run initdb beside the place and move the result there in one step."""
        if self.account.name is None:
            raise _nameless(self.account)
        making = Path(tempfile.mkdtemp(prefix=f"making-{self.data.name}-", dir=self.data.parent))
        try:
            self.account.give(making)
            self._initdb(making)
            making.rename(self.data)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
        _sync_folder(self.data.parent)

    def _initdb(self, making: Path) -> None:
        options = ["--username=postgres", "--auth=trust", "--data-checksums", "--no-instructions"]
        options += ["--encoding=UTF8", "--locale=C"]
        if self.major >= _BUILTIN_LOCALE_SINCE:
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        with reaching(making, self.account) as (name, files):
            command = [self.programs / "initdb", *options, "-D", name]
            initdb = spawn(command, self.account, files=files, when_parent_ends=signal.SIGKILL)
        with initdb:
            try:
                said, _ = initdb.communicate()
            except BaseException:
                initdb.kill()
                raise
        if initdb.returncode != 0:
            raise NotStarted(self.data, said.decode(errors="replace"))


def _end(left: Callable[[], list[int]], steps: Steps) -> None:
    """Make processes end, step by step; those that do not, PostgreSQL itself will refuse to start beside."""
    for request, patience in steps:
        pids = left()
        if not pids:
            return
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, request)
        until = time.monotonic() + patience
        while left() and time.monotonic() < until:
            time.sleep(0.02)


def _started_by_us(command: tuple[str, ...]) -> bool:
    return any(word.startswith("--unix_socket_directories=") and "/bayro-" in word for word in command)


def _sync_folder(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _foreign(data: Path, account: Account) -> Unusable:
    return Unusable(
        Text(
            "Dữ liệu ở {data} thuộc tài khoản khác, không phải tài khoản {account} mà PostgreSQL chạy. Hãy chạy bằng "
            "tài khoản chủ, hoặc: chown -R {account} '{data}'",
            "The data in {data} belongs to another account than {account}, which PostgreSQL runs under. Run as its "
            "owner, or: chown -R {account} '{data}'",
        ).filled(data=data, account=account.name or account.uid)
    )


def _nameless(account: Account) -> Unusable:
    return Unusable(
        Text(
            "Tài khoản số {uid} không có tên trên máy này nên PostgreSQL không tạo được dữ liệu. Hãy chạy bằng tài "
            "khoản có tên, thêm một dòng vào /etc/passwd, hoặc đặt DATABASE_URL.",
            "Account number {uid} has no name on this machine, and PostgreSQL makes no data without one. Run under an "
            "account with a name, add a line to /etc/passwd, or set DATABASE_URL.",
        ).filled(uid=account.uid)
    )
