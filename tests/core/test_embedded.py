"""The embedded server from its first start on, with real processes."""

import asyncio
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
from owners import PATIENCE, QUICK, Owner, eventually, query

from app.core.embedded import Embedded, NotStarted, OtherMajor, Unusable

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")


@pytest.mark.parametrize("name", ["data", "Bảy Rõ – dữ liệu", "a \"b\" $HOME `id` 'c' \\d"])
def test_a_new_server_answers_libpq_and_asyncpg_whatever_its_path(tmp_path: Path, name: str) -> None:
    async def asked(dsn: str) -> str:
        connection = await asyncpg.connect(dsn)
        try:
            return await connection.fetchval("select 'Bảy Rõ'")
        finally:
            await connection.close()

    with Embedded.start(tmp_path / name, settings=QUICK) as server:
        dsn = server.dsn("postgres", "postgres")
        assert server.version == 18
        assert server.data == tmp_path / name / "pg18"
        assert query(dsn, "show server_encoding") == "UTF8"
        assert (
            query(dsn, "select datlocprovider, datlocale from pg_database where datname = 'template0'")
            == "b|C.UTF-8"
        )
        assert query(dsn, "select lower('ĐƯỜNG')") == "đường"
        assert asyncio.run(asked(dsn)) == "Bảy Rõ"


def test_what_is_committed_is_kept_durably_and_nobody_listens_on_the_network(data_dir: Path) -> None:
    with Embedded.start(data_dir) as server:
        dsn = server.dsn("postgres", "postgres")
        said = {
            name: query(dsn, f"show {name}")
            for name in (
                "fsync",
                "synchronous_commit",
                "full_page_writes",
                "data_checksums",
                "listen_addresses",
                "timezone",
            )
        }
        assert said == {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "data_checksums": "on",
            "listen_addresses": "",
            "timezone": "UTC",
        }


def test_given_settings_win_except_over_where_the_server_listens(data_dir: Path) -> None:
    wishes = {"max_connections": "7", "fsync": "off", "listen_addresses": "*", "port": "6000"}
    with Embedded.start(data_dir, settings=wishes) as server:
        dsn = server.dsn("postgres", "postgres")
        assert query(dsn, "show max_connections") == "7"
        assert query(dsn, "show fsync") == "off"
        assert query(dsn, "show listen_addresses") == ""
        assert query(dsn, "show port") == "5432"


def test_the_environment_of_a_foreign_server_leads_nobody_astray(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "PGHOST": "nowhere", "PGUSER": "nobody"}.items():
        monkeypatch.setenv(name, value)
    with Embedded.start(data_dir, settings=QUICK) as server:
        assert query(server.dsn("postgres", "postgres"), "select current_user") == "postgres"


def test_a_statement_that_fails_leaves_none_of_its_words_in_the_log(data_dir: Path) -> None:
    with Embedded.start(data_dir, settings=QUICK) as server, pytest.raises(RuntimeError, match="kín đáo"):
        query(server.dsn("postgres", "postgres"), "select 'kín đáo'::int")
    assert "ready to accept connections" in (data_dir / "server.log").read_text()
    assert "kín" not in (data_dir / "server.log").read_text()


@pytest.mark.skipif(not DEBIAN_15.exists(), reason="Debian's PostgreSQL 15 is not installed")
def test_another_installation_serves_its_own_data_beside_ours(tmp_path: Path) -> None:
    with Embedded.start(tmp_path, binaries=DEBIAN_15, settings=QUICK) as server:
        assert server.version == 15
        assert server.data == tmp_path / "pg15"
        assert query(server.dsn("postgres", "postgres"), "show server_encoding") == "UTF8"


def test_a_server_is_not_started_by_a_thread_with_which_it_would_end(tmp_path: Path) -> None:
    refusals: list[str] = []

    def start() -> None:
        with pytest.raises(RuntimeError, match="main thread") as caught:
            Embedded.start(tmp_path / "data", settings=QUICK)
        refusals.append(str(caught.value))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert refusals
    assert not (tmp_path / "data").exists()


def test_a_start_that_fails_quotes_postgresql_and_leaves_the_way_free(
    data_dir: Path, open_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_dir.chmod(0o1777)
    monkeypatch.setattr(tempfile, "tempdir", str(open_dir))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with pytest.raises(NotStarted, match="no_such_setting") as caught:
        Embedded.start(data_dir, settings={"no_such_setting": "1"})
    assert "no_such_setting" in caught.value.text.vi
    assert list(open_dir.iterdir()) == []
    with Embedded.start(data_dir, settings=QUICK) as server:
        assert query(server.dsn("postgres", "postgres"), "select 1") == "1"


def test_data_of_another_major_is_refused_in_both_languages_and_left_alone(tmp_path: Path) -> None:
    old = tmp_path / "pg17"
    old.mkdir()
    (old / "PG_VERSION").write_text("17\n")
    with pytest.raises(OtherMajor) as caught:
        Embedded.start(tmp_path, settings=QUICK)
    assert "PostgreSQL 17" in caught.value.text.vi
    assert "pg_dumpall" in caught.value.text.en
    assert [path.name for path in old.iterdir()] == ["PG_VERSION"]
    assert not (tmp_path / "pg18").exists()


def test_a_folder_that_belies_its_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pg18").mkdir()
    (tmp_path / "pg18" / "PG_VERSION").write_text("16\n")
    with pytest.raises(OtherMajor, match="PostgreSQL 16"):
        Embedded.start(tmp_path, settings=QUICK)


def test_data_moved_to_another_disk_is_served_there_and_never_made_anew(
    data_dir: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    shutil.move(data_dir / "pg18", disk)
    (data_dir / "pg18").symlink_to(disk / "pg18")
    with Embedded.start(data_dir, settings=QUICK) as server:
        assert query(server.dsn("postgres", "postgres"), "select 1") == "1"
    (disk / "pg18").rename(tmp_path / "unmounted")
    with pytest.raises(Unusable, match="missing"):
        Embedded.start(data_dir, settings=QUICK)
    assert list(disk.iterdir()) == []


def test_an_initdb_killed_with_its_owner_leaves_nothing_half_made(
    tmp_path: Path, own: Callable[..., Owner]
) -> None:
    owner = own(tmp_path / "data")
    assert eventually(lambda: any((tmp_path / "data").glob("making-pg18-*/PG_VERSION")))
    owner.process.kill()
    owner.process.wait(PATIENCE)
    assert not (tmp_path / "data" / "pg18").exists()
    with Embedded.start(tmp_path / "data", settings=QUICK) as server:
        assert query(server.dsn("postgres", "postgres"), "select 1") == "1"
    assert eventually(
        lambda: not [path for path in (tmp_path / "data").glob("making-pg18-*") if any(path.iterdir())]
    )
