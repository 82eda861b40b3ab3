"""How an embedded server ends, what a crash leaves, and who comes second: every trap that has been seen."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from owners import PATIENCE, QUICK, Owner, eventually, query, runs

from app.core.embedded import AlreadyRunning, Embedded, attached
from app.core.embedded.accounts import Account
from app.core.embedded.binaries import runnable_by, wheel_binaries

# Ends


def test_stopping_twice_stops_once_and_leaves_no_socket(data_dir: Path) -> None:
    server = Embedded.start(data_dir, settings=QUICK)
    server.stop()
    server.stop()
    assert not server.socket_dir.exists()
    assert attached(data_dir) is None
    assert (data_dir / "server.log").read_text().count(
        "received fast shutdown request"
    ) == 2  # once when it was made


def test_a_forked_child_cannot_stop_its_parents_server(data_dir: Path, own: Callable[..., Owner]) -> None:
    owner = own(data_dir)
    dsn = owner.hears()["dsn"]
    owner.told("fork a child that stops it")
    assert owner.hears() == {"child": 0}
    assert query(dsn, "select 1") == "1"
    assert attached(data_dir) is not None


@pytest.mark.parametrize("end", ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL", "leave"])
def test_the_server_ends_with_its_owner_and_starts_again_at_once(
    data_dir: Path, own: Callable[..., Owner], end: str
) -> None:
    owner = own(data_dir)
    first = owner.hears()
    query(first["dsn"], "create table kept (word text); insert into kept values ('giữ')")
    if end == "leave":
        owner.told(end)
    else:
        owner.process.send_signal(signal.Signals[end])
    owner.process.wait(PATIENCE)
    with Embedded.start(data_dir, settings=QUICK) as server:
        assert not runs(first["server"])
        assert not Path(first["socket"]).exists()
        # It was given the time to end in order, so there was nothing to recover.
        assert "not properly shut down" not in (data_dir / "server.log").read_text()
        assert query(server.dsn("postgres", "postgres"), "select word from kept") == "giữ"


def test_the_server_of_a_killed_owner_ends_though_nobody_starts_another(
    data_dir: Path, own: Callable[..., Owner]
) -> None:
    owner = own(data_dir)
    said = owner.hears()
    owner.process.kill()
    assert eventually(lambda: not runs(said["server"]))
    assert attached(data_dir) is None
    shutil.rmtree(said["socket"])


def test_owner_and_server_killed_together_lose_nothing_committed(
    data_dir: Path, own: Callable[..., Owner]
) -> None:
    owner = own(data_dir)
    first = owner.hears()
    query(first["dsn"], "create table kept (word text); insert into kept values ('giữ')")
    # The owner stands still, so that it is the kill that ends the server and not its owner's end.
    owner.process.send_signal(signal.SIGSTOP)
    os.kill(first["server"], signal.SIGKILL)
    owner.process.kill()
    owner.process.wait(PATIENCE)
    with Embedded.start(data_dir, settings=QUICK) as server:
        assert query(server.dsn("postgres", "postgres"), "select word from kept") == "giữ"
    assert "was not properly shut down" in (data_dir / "server.log").read_text()


def test_a_session_that_outlives_a_killed_server_is_ended_before_the_next_start(
    data_dir: Path, own: Callable[..., Owner]
) -> None:
    owner = own(data_dir)
    first = owner.hears()
    endless = "select count(*) from generate_series(1, 1e10)"
    command = [wheel_binaries() / "psql", "-X", "-d", first["dsn"], "-c", endless]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as psql:
        busy = "select pid from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()"
        assert eventually(lambda: query(first["dsn"], busy) != "")
        session = int(query(first["dsn"], busy))
        os.kill(first["server"], signal.SIGKILL)
        owner.process.kill()
        owner.process.wait(PATIENCE)
        try:
            # It computes and looks at nothing else, so it does not know yet.
            assert runs(session)
            with Embedded.start(data_dir, settings=QUICK) as server:
                assert not runs(session)
                assert query(server.dsn("postgres", "postgres"), "select 1") == "1"
        finally:
            psql.kill()
            if runs(session):
                os.kill(session, signal.SIGKILL)


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(data_dir: Path, own: Callable[..., Owner]) -> None:
    owner = own(data_dir, process_group=0)
    dsn = owner.hears()["dsn"]
    owner.told("ignore ctrl-c")
    owner.hears()
    os.killpg(owner.process.pid, signal.SIGINT)
    time.sleep(0.3)
    assert query(dsn, "select 1") == "1"


# What a crash leaves


@pytest.mark.parametrize("whose", ["of a living stranger", "of nobody"])
def test_a_stale_pid_file_does_not_hinder_a_start(data_dir: Path, whose: str) -> None:
    with subprocess.Popen(["sleep", "60"], **_as_the_server(data_dir)) as stranger:
        try:
            if whose == "of nobody":
                stranger.kill()
                stranger.wait()
            left = (
                f"{stranger.pid}\n{data_dir / 'pg18'}\n1760000000\n5432\n/tmp/bayro-gone\n\n  1 1\nready   \n"
            )
            (data_dir / "pg18" / "postmaster.pid").write_text(left)
            with Embedded.start(data_dir, settings=QUICK) as server:
                assert query(server.dsn("postgres", "postgres"), "select 1") == "1"
            assert runs(stranger.pid) == (whose == "of a living stranger")
        finally:
            stranger.kill()


def _as_the_server(data_dir: Path) -> dict:
    """PostgreSQL minds a living process of its own account only, so the stranger must be one."""
    return {"user": (data_dir / "pg18").stat().st_uid} if os.geteuid() == 0 else {}


def test_a_server_that_somebody_started_by_hand_is_not_ended(data_dir: Path, open_dir: Path) -> None:
    served = open_dir / "data"
    shutil.move(data_dir, served)
    sockets = open_dir / "sockets"
    sockets.mkdir()
    sockets.chmod(0o777)
    command = [wheel_binaries() / "postgres", "-D", served / "pg18", "-c", "listen_addresses=", "-k", sockets]
    if os.geteuid() == 0:
        command[0] = runnable_by(_owner_of(served / "pg18"), wheel_binaries()) / "postgres"
    with subprocess.Popen(command, cwd="/", stderr=subprocess.DEVNULL, **_as_the_server(served)) as byhand:
        try:
            assert eventually(lambda: "ready" in _text(served / "pg18" / "postmaster.pid"))
            with pytest.raises(AlreadyRunning) as caught:
                Embedded.start(served, settings=QUICK)
            assert caught.value.pid == byhand.pid
            assert caught.value.address is None
            assert byhand.poll() is None
        finally:
            byhand.send_signal(signal.SIGINT)


def _owner_of(path: Path) -> Account:
    return Account(path.stat().st_uid, path.stat().st_gid)


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


# Two at once


def test_of_many_starts_at_once_exactly_one_wins(tmp_path: Path, own: Callable[..., Owner]) -> None:
    owners = [own(tmp_path / "data") for _ in range(4)]
    said = [owner.hears() for owner in owners]
    winners = [owner for owner, words in zip(owners, said, strict=True) if "dsn" in words]
    assert len(winners) == 1
    assert [words["running"] for words in said if "dsn" not in words] == [winners[0].process.pid] * 3


def test_a_second_start_learns_what_the_first_published(data_dir: Path, own: Callable[..., Owner]) -> None:
    owner = own(data_dir)
    owner.hears()
    owner.told('publish {"url": "http://127.0.0.1:8000", "tên": "Bảy Rõ"}')
    owner.hears()
    with pytest.raises(AlreadyRunning) as caught:
        Embedded.start(data_dir, settings=QUICK)
    assert caught.value.pid == owner.process.pid
    assert caught.value.note == {"url": "http://127.0.0.1:8000", "tên": "Bảy Rõ"}
    assert str(owner.process.pid) in caught.value.text.vi


def test_a_command_attaches_to_a_running_server_and_to_no_other(
    data_dir: Path, own: Callable[..., Owner]
) -> None:
    assert attached(data_dir / "never made") is None
    assert attached(data_dir) is None
    owner = own(data_dir)
    owner.hears()
    address = attached(data_dir)
    assert address is not None
    assert address.pid == owner.process.pid
    assert query(address.dsn("postgres", "postgres"), "select 1") == "1"
    owner.told("stop")
    owner.process.wait(PATIENCE)
    assert attached(data_dir) is None
