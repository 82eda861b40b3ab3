"""Starting and stopping the embedded PostgreSQL.

The parent owns the server: it holds the data directory's lock, and whatever way it ends, the server ends with it.
"""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from app.core.embedded.accounts import account_for
from app.core.embedded.address import PORT, Address
from app.core.embedded.binaries import clean_environment, major_version, runnable_by, wheel_binaries
from app.core.embedded.cluster import Cluster
from app.core.embedded.journal import Journal
from app.core.embedded.lock import Lock, Record, owner
from app.core.embedded.processes import birth
from app.core.embedded.programs import reaching, spawn
from app.core.embedded.refusals import NotStarted, Unusable
from app.core.embedded.sockets import is_private, make_socket_dir, remove_socket_dir
from app.core.text import Text

_LOCK = "server.lock"
_JOURNAL = "server.log"
# Root's new data directory lets the server's account pass through, and nobody list it.
_PASSABLE, _PRIVATE = 0o711, 0o700
# Fast (end sessions, write everything), immediate (recover at the next start), and the end of patience.
_STOP_STEPS = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
_NO_SETTINGS: Mapping[str, str] = MappingProxyType({})

_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "max_connections": "60",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # Statements' errors go to the caller alone: they quote values, and refused text is written nowhere.
        "log_min_messages": "log",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_checkpoints": "off",
        "logging_collector": "off",
        "log_destination": "stderr",
    }
)


class Embedded:
    """A running server that this process owns."""

    def __init__(
        self, *, address: Address, data: Path, process: subprocess.Popen[bytes], journal: Journal, lock: Lock
    ) -> None:
        self._address = address
        self._process = process
        self._journal = journal
        self._lock = lock
        self._owner = os.getpid()
        self._stopped = False
        self.data = data

    @classmethod
    def start(
        cls, data_dir: Path, *, settings: Mapping[str, str] = _NO_SETTINGS, binaries: Path | None = None
    ) -> "Embedded":
        """Start the server of a data directory, making its data first if there is none; return when it answers.

        `settings` go over ours; `binaries` is another installation's program folder. Call it from the main thread.
        Raises AlreadyRunning, OtherMajor, Unusable, NotStarted.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("expected the main thread: the server ends with the thread that starts it")
        lock = _locked(data_dir)
        try:
            return cls._started(data_dir.resolve(), lock, settings, (binaries or wheel_binaries()).resolve())
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _started(cls, data_dir: Path, lock: Lock, settings: Mapping[str, str], binaries: Path) -> "Embedded":
        cluster = _cluster(data_dir, binaries)
        if lock.before:
            remove_socket_dir(lock.before.socket_dir, left_by=cluster.account)
        cluster.settle()
        socket_dir = make_socket_dir(cluster.account)
        journal = Journal(data_dir / _JOURNAL)
        try:
            process = _serve(cluster, socket_dir, settings, journal)
        except BaseException:
            shutil.rmtree(socket_dir, ignore_errors=True)
            raise
        address = Address(os.getpid(), socket_dir, cluster.major)
        server = cls(address=address, data=cluster.data, process=process, journal=journal, lock=lock)
        server.publish({})
        return server

    @property
    def socket_dir(self) -> Path:
        """The private folder of the server's socket."""
        return self._address.socket_dir

    @property
    def version(self) -> int:
        """PostgreSQL's major version."""
        return self._address.version

    def dsn(self, role: str, database: str = "bayro") -> str:
        """The server's address for a role, for libpq and asyncpg."""
        return self._address.dsn(role, database)

    def publish(self, note: Mapping[str, Any]) -> None:
        """Tell whoever finds the server running what they may want to know, such as the HTTP address."""
        pid = self._address.pid
        self._lock.write(Record(pid, birth(pid) or "", str(self.socket_dir), self.version, note))

    def stop(self) -> None:
        """End sessions, write everything, end the server, let the directory go. Doing it twice does nothing."""
        # A forked child has a copy of this object, and no right to stop the server.
        if self._stopped or os.getpid() != self._owner:
            return
        self._stopped = True
        _end(self._process)
        self._journal.close()
        shutil.rmtree(self.socket_dir, ignore_errors=True)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def attached(data_dir: Path) -> Address | None:
    """Where the running server of a data directory is reached, None when none runs or it is still starting.

    Raises Unusable when the directory is closed to this account.
    """
    data_dir = data_dir.resolve()
    try:
        record = owner(data_dir / _LOCK)
    except OSError as error:
        raise _closed(data_dir, error) from error
    address = record.address if record else None
    if address is None:
        return None
    account = account_for(data_dir, _data(data_dir, address.version))
    return address if is_private(address.socket_dir, account) else None


def _locked(data_dir: Path) -> Lock:
    try:
        data_dir.mkdir(mode=_PASSABLE if os.geteuid() == 0 else _PRIVATE, parents=True, exist_ok=True)
        return Lock.take(data_dir.resolve() / _LOCK)
    except OSError as error:
        raise _closed(data_dir, error) from error


def _closed(data_dir: Path, error: OSError) -> Unusable:
    return Unusable(
        Text(
            "Không dùng được thư mục dữ liệu {data_dir}: {error}. Hãy kiểm tra quyền đọc và ghi, hoặc chọn thư mục "
            "khác bằng --data-dir.",
            "The data directory {data_dir} cannot be used: {error}. Check that it can be read and written, or choose "
            "another with --data-dir.",
        ).filled(data_dir=data_dir, error=error)
    )


def _data(data_dir: Path, major: int) -> Path:
    """Where the data of a major version stands. Raises Unusable for a symbolic link to nothing.

    Such a link means a disk that is not there today; new data in its place would look like a loss.
    """
    named = data_dir / f"pg{major}"
    if named.is_symlink() and not named.exists():
        raise _closed(named, FileNotFoundError(f"{named.readlink()} is missing"))
    return named.resolve()


def _cluster(data_dir: Path, binaries: Path) -> Cluster:
    major = major_version(binaries)
    data = _data(data_dir, major)
    account = account_for(data_dir, data)
    return Cluster(data, major, account, runnable_by(account, binaries))


def _serve(
    cluster: Cluster, socket_dir: Path, settings: Mapping[str, str], journal: Journal
) -> subprocess.Popen[bytes]:
    """Start the server's process and give it once it answers."""
    ours = {"listen_addresses": "", "unix_socket_directories": str(socket_dir), "port": str(PORT)}
    options = [f"--{name}={value}" for name, value in {**_SETTINGS, **settings, **ours}.items()]
    with reaching(cluster.data, cluster.account) as (name, files):
        command = [cluster.programs / "postgres", "-D", name, *options]
        process = spawn(command, cluster.account, files=files, when_parent_ends=signal.SIGINT)
    try:
        if process.stdout:
            journal.follow(process.stdout)
        answers = _answers(process, cluster, socket_dir)
    except BaseException:
        _end(process)
        raise
    if not answers:
        journal.close()
        raise NotStarted(cluster.data, journal.last_words())
    return process


def _answers(process: subprocess.Popen[bytes], cluster: Cluster, socket_dir: Path) -> bool:
    """Wait until the server takes sessions; False when it has ended.

    There is no other end to the waiting: recovery after a crash takes as long as it takes.
    """
    where = ["--host", socket_dir, "--port", str(PORT), "--username", "postgres", "--dbname", "postgres"]
    ask = [cluster.programs / "pg_isready", "--quiet", *where]
    while process.poll() is None:
        # Its own word first: asked too early, it would fill the journal with refusals.
        if cluster.recorded() == (process.pid, "ready"):
            answer = subprocess.run(ask, env=clean_environment(), check=False)  # noqa: S603 — our program, no shell
            if answer.returncode == 0:
                return True
        time.sleep(0.005)
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    for request, patience in _STOP_STEPS:
        process.send_signal(request)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return
