"""The command line as a person uses it: real processes over one demo that two server processes serve."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from stories.test_readme import pytestmark, shown, surroundings

__all__ = ["pytestmark"]  # the same tests run on the embedded server alone, for the same reason

PROGRAMME = "cthd-dbcqdtw-minh-hoa"
PATIENCE = 60.0
ANNEX = """TT,Nội dung nhiệm vụ,Cơ quan chủ trì,Thời hạn hoàn thành
901,Xây dựng quy chế quản lý tài liệu số,Văn phòng Đảng ủy,Quý I/2027
902,"Rà soát [/đỏ] thiết bị \x1b[31m",Tổ công tác thiết bị,trước 30/6/2027
"""


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def counts(self) -> dict[str, Any]:
        """The figures an import prints."""
        return json.loads(self.out[self.out.index("\n{") : self.out.rindex("\n}") + 2])


@dataclass(frozen=True)
class Served:
    """A demo that is running: its data, its address, its process."""

    data: Path
    url: str
    process: subprocess.Popen[bytes]

    def bayro(self, *arguments: str | Path) -> Ran:
        """A command beside the running server."""
        return bayro(*arguments, "--data-dir", self.data)

    def imported(self, file: Path, *more: str) -> Ran:
        return self.bayro("import", file, "--programme", PROGRAMME, *more)

    def get(self, path: str, token: str = "") -> httpx2.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx2.get(self.url + path, headers=headers, timeout=30)


def environment() -> dict[str, str]:
    """None of our settings but what a command is told."""
    return surroundings(Path("/nonexistent/bayro"))


def bayro(*arguments: str | Path, **settings: str) -> Ran:
    """A command in a process of its own, which finds no settings but what it is told."""
    command = [sys.executable, "-m", "app", *map(str, arguments)]
    ended = subprocess.run(
        command,
        cwd="/",
        env=environment() | settings,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr)


def at_once(*commands: Callable[[], Ran]) -> list[Ran]:
    """Commands that do not touch each other, side by side: each start is dear."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda command: command(), commands))


@contextmanager
def running(data: Path, screen: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`bayro run`, until the block ends; it must end well when it is told to."""
    command = [sys.executable, "-m", "app", "run", "--port", "0", "--data-dir", str(data), *arguments]
    with screen.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd="/",
            env=environment(),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process, shown(screen, process)
    finally:
        process.terminate()
        ended = process.wait(PATIENCE)
    assert ended == 0, screen.read_text(encoding="utf-8")
    assert "Traceback" not in screen.read_text(encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What one process has compiled is kept for the next: twenty of them start here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("compiled")))
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("cli")
    with running(folder / "data", folder / "screen", "--demo", "--workers", "2") as (process, screen):
        address = re.search(r"http://127\.0\.0\.1:\d+", screen)
        assert address, screen
        yield Served(folder / "data", address[0], process)


@pytest.fixture(scope="module")
def secretary(served: Served) -> str:
    """The token that the command gives."""
    ran = served.bayro("token", "--as", "secretary")
    assert (ran.code, ran.err) == (0, "")
    return ran.out.strip()


@pytest.fixture
def annex(tmp_path: Path) -> Path:
    file = tmp_path / "phụ lục.csv"
    file.write_text(ANNEX, encoding="utf-8")
    return file


def entries(served: Served, token: str, annex: str) -> list[dict[str, Any]]:
    """The open tasks of an annex."""
    found = served.get("/v1/tasks?open=true&limit=200&fields=number,annex,title,version", token).json()[
        "items"
    ]
    return [one for one in found if one["annex"] == annex]


def test_a_demo_of_two_processes_answers_whoever_has_a_token(served: Served, secretary: str) -> None:
    codes = served.get("/v1/programmes?fields=code", secretary).json()["items"]
    assert {"code": PROGRAMME} in codes
    assert served.get("/readyz").status_code == 200
    assert served.get("/v1/programmes").status_code == 401
    assert len(servers_of(served.process.pid)) == 2


def servers_of(parent: int) -> list[int]:
    """The processes that serve: spawned children of the one that was started."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split()
    lines = {int(one): Path(f"/proc/{one}/cmdline").read_bytes() for one in children}
    return [one for one, line in lines.items() if b"multiprocessing" in line and b"spawn_main" in line]


def test_a_second_run_on_the_same_data_names_the_address_of_the_first_and_fails(served: Served) -> None:
    ran = served.bayro("run", "--port", "0")
    assert ran.code == 1
    assert served.url in ran.out
    assert "Đã có bản đang chạy / already running" in ran.out
    assert "Traceback" not in ran.err


def test_every_persona_has_a_token_and_an_unknown_one_is_refused(served: Served, secretary: str) -> None:
    assert secretary.count(".") == 2
    assert served.bayro("token", "--as", "king").code == 2


def test_migrating_a_current_database_under_a_running_server_changes_nothing(
    served: Served, secretary: str
) -> None:
    ran = served.bayro("migrate")
    assert (ran.code, ran.err) == (0, "")
    assert "(current)" in ran.out
    assert served.get("/readyz").status_code == 200


def test_a_dry_run_shows_the_plan_and_writes_nothing(served: Served, secretary: str, annex: Path) -> None:
    ran = served.imported(annex, "--annex", "Thử", "--dry-run", "--create-units")
    assert ran.code == 0, ran.err
    assert ran.counts["actions"] == {"create": 2}
    assert "Chưa ghi gì. / Nothing was written." in ran.out
    assert "Lập đơn vị / unit founded: Tổ công tác thiết bị" in ran.out
    # Words of a file are shown as words, whatever a terminal would make of them.
    assert ("[/đỏ]" in ran.out, "\x1b" in ran.out) == (True, False)
    assert entries(served, secretary, "Thử") == []
    units = served.get("/v1/units?q=to+cong+tac+thiet+bi", secretary).json()["items"]
    assert units == []


def test_the_same_file_twice_changes_nothing_the_second_time(
    served: Served, secretary: str, annex: Path
) -> None:
    first = served.imported(annex, "--annex", "Hai lần")
    assert (first.code, first.counts["actions"]) == (0, {"create": 2}), first.err
    before = entries(served, secretary, "Hai lần")
    assert [one["number"] for one in before] == ["901", "902"]

    again = served.imported(annex, "--annex", "Hai lần")
    assert (again.code, again.counts["actions"]) == (0, {"unchanged": 2}), again.err
    assert entries(served, secretary, "Hai lần") == before


def test_what_was_exported_is_imported_without_drift(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "chương trình.xlsx"
    out = served.bayro("export", PROGRAMME, "-o", file)
    assert (out.code, file.exists()) == (0, True), out.err
    back = served.imported(file, "--dry-run")
    assert back.code == 0, back.err
    assert set(back.counts["actions"]) == {"unchanged"}, back.out
    assert back.counts["absent"] == 0


def test_columns_told_by_hand_are_followed(served: Served, tmp_path: Path) -> None:
    file, mapping = tmp_path / "lạ.csv", tmp_path / "cột.json"
    file.write_text("a,b,c\n1,Xây dựng quy chế,Văn phòng Đảng ủy\n", encoding="utf-8")
    mapping.write_text('{"number": "A", "title": "B", "lead": "C", "heading_rows": [1]}', encoding="utf-8")
    ran = served.imported(file, "--annex", "Lạ", "--dry-run", "--mapping", str(mapping))
    assert (ran.code, ran.counts["lead_kinds"]) == (0, {"single": 1}), ran.err


def test_who_may_not_is_refused_on_the_command_line_too(served: Served, secretary: str, annex: Path) -> None:
    persons = served.get("/v1/people?kind=person&limit=200&fields=code", secretary).json()["items"]
    inspector = next(one["code"] for one in persons if one["code"] in inspectors(served, secretary))
    ran = served.imported(annex, "--annex", "Cấm", "--as", inspector)
    assert says_both(ran, "Không dùng được quyền import.carry_out", "The power import.carry_out")


def inspectors(served: Served, token: str) -> set[str]:
    found = served.get("/v1/positions?office=inspector&limit=200&include=holders", token).json()["items"]
    return {holder["person"]["code"] for post in found for holder in post["holders"]}


def says_both(ran: Ran, vi: str, en: str) -> bool:
    """The command failed, and said why in both languages and in nothing else."""
    assert ran.code == 1, ran.out
    assert "Traceback" not in ran.err
    return vi in ran.err and en in ran.err


def test_a_missing_file_is_named_in_both_languages(served: Served, tmp_path: Path) -> None:
    ran = served.imported(tmp_path / "không có.csv")
    assert says_both(ran, "Không đọc được tệp", "cannot be read: No such file")
    assert "không có.csv" in ran.err


def test_an_unknown_programme_or_person_is_named_in_both_languages(
    served: Served, annex: Path, tmp_path: Path
) -> None:
    into, out, who = at_once(
        lambda: served.bayro("import", annex, "--programme", "không-có"),
        lambda: served.bayro("export", "không-có", "-o", tmp_path / "x.xlsx"),
        lambda: served.imported(annex, "--as", "ai-đó"),
    )
    for ran in (into, out):
        assert says_both(
            ran, "Không có chương trình mang mã hoặc id không-có", "no programme of the code or id không-có"
        )
    assert says_both(who, "Không có cán bộ mang mã ai-đó", "no person of the code ai-đó")
    assert not (tmp_path / "x.xlsx").exists()


def test_a_mapping_that_cannot_be_read_is_told_in_both_languages(annex: Path, tmp_path: Path) -> None:
    cut, listed = tmp_path / "cụt.json", tmp_path / "danh sách.json"
    cut.write_text('{"lead": ', encoding="utf-8")
    listed.write_text('["C"]', encoding="utf-8")
    # It is read before any server is looked for: the mistake is in the file.
    given = ("import", annex, "--programme", PROGRAMME, "--mapping")
    for ran in at_once(lambda: bayro(*given, cut), lambda: bayro(*given, listed)):
        assert says_both(ran, "không phải một đối tượng JSON", "is no JSON object")


def test_a_mapping_of_unknown_columns_is_told_in_both_languages(
    served: Served, annex: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "cột.json"
    mapping.write_text('{"chủ trì": "C"}', encoding="utf-8")
    ran = served.imported(annex, "--mapping", str(mapping))
    assert says_both(ran, "Chỉ định cột không dùng được", "The mapping cannot be used")


def test_without_a_running_server_a_command_says_so_in_both_languages(tmp_path: Path) -> None:
    idle = tmp_path / "trống"
    for ran in at_once(
        lambda: bayro("token", "--as", "secretary", "--data-dir", idle),
        lambda: bayro("migrate", "--data-dir", idle),
    ):
        assert says_both(ran, "Không có máy chủ nào đang chạy", "No server is running")
        assert str(idle) in ran.err
    assert not idle.exists()


def test_a_file_that_cannot_be_written_is_named_in_both_languages(served: Served, tmp_path: Path) -> None:
    ran = served.bayro("export", PROGRAMME, "-o", tmp_path / "không" / "có.xlsx")
    assert says_both(ran, "Không ghi được tệp", "cannot be written: No such file")


def test_a_file_that_is_refused_is_refused_as_at_the_doors(served: Served, tmp_path: Path) -> None:
    marked, broken = tmp_path / "KH (Mật).csv", tmp_path / "hỏng.xlsx"
    marked.write_text(ANNEX, encoding="utf-8")
    broken.write_bytes(b"PK\x03\x04" + bytes(100))
    secret, damaged = at_once(lambda: served.imported(marked), lambda: served.imported(broken))
    assert says_both(secret, "dấu chỉ độ mật", "state-secret marking")
    assert says_both(damaged, "Tệp hỏng", "The file is damaged")


def test_a_database_that_does_not_answer_is_told_in_both_languages(annex: Path) -> None:
    ran = bayro(
        "import", annex, "--programme", PROGRAMME, DATABASE_URL="postgresql://bayro@127.0.0.1:1/bayro"
    )
    assert says_both(ran, "Không nối được cơ sở dữ liệu", "The database cannot be reached")
