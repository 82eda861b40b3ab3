"""Root, ordinary accounts and accounts without a name, and what each may reach."""

import os
import pwd
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from owners import QUICK, Owner, as_account, ordinary, query

from app.core.embedded import Embedded, Unusable
from app.core.embedded.accounts import Account
from app.core.embedded.binaries import runnable_by, wheel_binaries

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can take another account")


def test_an_ordinary_account_serves_its_own_data(open_dir: Path, own: Callable[..., Owner]) -> None:
    account = ordinary()
    how = as_account(account, open_dir / "nhà của tôi")
    binaries = runnable_by(account, wheel_binaries())
    said = own(open_dir / "nhà của tôi" / "dữ liệu", binaries, **how).hears()
    assert query(said["dsn"], "select 1") == "1"
    assert Path(f"/proc/{said['server']}").stat().st_uid == account.uid
    assert (open_dir / "nhà của tôi" / "dữ liệu" / "pg18").stat().st_mode & 0o777 == 0o700


@only_root
def test_an_account_without_a_name_is_told_what_to_do(open_dir: Path, own: Callable[..., Owner]) -> None:
    account = Account(12345, 12345)
    how = as_account(account, open_dir / "home")
    said = own(open_dir / "home" / "data", runnable_by(account, wheel_binaries()), **how).hears()
    assert "12345 has no name" in said["refused"]


@only_root
def test_root_serves_under_an_account_without_rights_though_the_folder_is_closed_to_it(
    tmp_path: Path,
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with Embedded.start(closed / "data", settings=QUICK) as server:
        pid = int((server.data / "postmaster.pid").read_text().split()[0])
        status = Path(f"/proc/{pid}/status").read_text()
        nobody = pwd.getpwnam("nobody")
        assert f"Uid:\t{nobody.pw_uid}\t{nobody.pw_uid}\t{nobody.pw_uid}" in status
        assert "Groups:\t \n" in status
        assert "CapEff:\t0000000000000000" in status
        assert query(server.dsn("postgres", "postgres"), "create database other") == "CREATE DATABASE"
    assert closed.stat().st_mode & 0o777 == 0o700


@only_root
def test_root_leaves_an_ordinary_accounts_data_to_it(open_dir: Path, own: Callable[..., Owner]) -> None:
    account = ordinary()
    how = as_account(account, open_dir / "home")
    data_dir = open_dir / "home" / "data"
    data_dir.mkdir()
    os.chown(data_dir, account.uid, account.gid)
    with Embedded.start(data_dir, settings=QUICK):
        assert (data_dir / "pg18").stat().st_uid == account.uid
    said = own(data_dir, runnable_by(account, wheel_binaries()), **how).hears()
    assert query(said["dsn"], "select 1") == "1"
    assert {path.stat().st_uid for path in data_dir.iterdir()} == {account.uid}


@only_root
def test_a_directory_closed_to_the_account_is_refused_in_words(
    open_dir: Path, own: Callable[..., Owner]
) -> None:
    account = ordinary()
    how = as_account(account, open_dir / "home")
    (open_dir / "roots").mkdir(mode=0o755)
    said = own(open_dir / "roots", runnable_by(account, wheel_binaries()), **how).hears()
    assert "Permission denied" in said["refused"]


@only_root
def test_data_that_root_restored_as_its_own_is_refused_with_the_remedy(data_dir: Path) -> None:
    os.chown(data_dir / "pg18", 0, 0)
    with pytest.raises(Unusable, match="chown -R nobody"):
        Embedded.start(data_dir, settings=QUICK)


@pytest.mark.parametrize(
    "place", [pytest.param("closed", marks=only_root), 'giá "$tiền" `x`'], ids=["closed", "shell letters"]
)
def test_programs_that_cannot_run_where_they_lie_are_copied_once(tmp_path: Path, place: str) -> None:
    install = wheel_binaries().parent
    lying = tmp_path / place / install.parent.name
    shutil.copytree(install, lying / install.name)
    shutil.copytree(
        install.parent.parent / f"{install.parent.name}.libs", tmp_path / place / f"{lying.name}.libs"
    )
    binaries = lying / install.name / "bin"
    # A date of its own, so that the copy is not taken for, nor removed with, that of the real programs.
    os.utime(binaries / "postgres", (1, time.time()))
    copies = set[Path]()
    try:
        for _ in range(2):
            with Embedded.start(tmp_path / "data", binaries=binaries, settings=QUICK) as server:
                pid = int((server.data / "postmaster.pid").read_text().split()[0])
                copies.add(Path(f"/proc/{pid}/exe").readlink())
                assert query(server.dsn("postgres", "postgres"), "select 1") == "1"
        assert len(copies) == 1
        assert not copies & {binaries / "postgres"}
    finally:
        for copy in copies:
            shutil.rmtree(copy.parents[3])
