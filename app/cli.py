"""The command line: what `./bayro --help` explains. Each command is a few lines over the house."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

from app.core.embedded import StartRefused
from app.core.errors import Refused
from app.core.settings import Settings
from app.runtime import NO_SERVER, NoServer

PERSONAS = ("secretary", "head", "specialist", "inspector", "service")


def parser() -> argparse.ArgumentParser:
    """Every command and option, in both languages."""
    made = argparse.ArgumentParser(
        prog="bayro",
        description="Bảy Rõ: ai chủ trì, nợ việc gì, khi nào, theo quyền nào, kết quả ra sao. / Who leads, what is owed, by when, by what right, with what result.",
        epilog="Bắt đầu / begin: ./bayro run --demo",
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _run(commands.add_parser("run", help="chạy dịch vụ / serve (PostgreSQL nhúng, hoặc DATABASE_URL)"))
    worker = commands.add_parser("worker", help="chạy việc nền / run background jobs")
    _data_dir(worker)
    migrate = commands.add_parser(
        "migrate", help="đưa cơ sở dữ liệu lên bản mới / bring the database to this version"
    )
    migrate.add_argument(
        "--to",
        default="head",
        metavar="REVISION",
        help="phiên bản đích; 'base' chỉ trên cơ sở dữ liệu chưa có bản ghi / target; 'base' only without entries",
    )
    _data_dir(migrate)
    _import(commands.add_parser("import", help="nhập phụ lục CSV, XLSX / import an annex"))
    _export(commands.add_parser("export", help="xuất chương trình ra XLSX / export a programme as XLSX"))
    _found(
        commands.add_parser("found", help="lập đơn vị đầu tiên và bí thư / the first unit and its secretary")
    )
    empower = commands.add_parser(
        "empower",
        help="giao các chức danh quyền thường giao / give positions the powers usual for their offices",
    )
    _basis(empower)
    token = commands.add_parser("token", help="mã truy cập của vai trình diễn / a demo persona's token")
    token.add_argument("--as", dest="persona", required=True, choices=PERSONAS, help="vai / persona")
    _data_dir(token)
    contract = commands.add_parser("contract", help="hợp đồng API / the API contract")
    contract.add_argument(
        "action",
        choices=["export", "check"],
        help="export: ghi openapi/ / write openapi/; check: so với bản đang chạy / compare with what runs",
    )
    test = commands.add_parser("test", help="chạy bộ kiểm thử / run the tests", add_help=False)
    test.add_argument(
        "--full", action="store_true", help="chạy trọn các phép thử dài / run the long ones whole"
    )
    return made


def _data_dir(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--data-dir",
        type=Path,
        metavar="D",
        help="thư mục dữ liệu của PostgreSQL nhúng / the embedded server's data (BAYRO_DATA_DIR)",
    )


def _run(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--demo",
        action="store_true",
        help="nạp tổ chức và chương trình minh họa vào cơ sở dữ liệu trống / load the demo into an empty database",
    )
    to.add_argument(
        "--host", default="127.0.0.1", metavar="H", help="địa chỉ nghe / address to listen on (127.0.0.1)"
    )
    to.add_argument("--port", type=int, default=8000, metavar="P", help="cổng / port (8000; 0: bất kỳ / any)")
    to.add_argument(
        "--workers", type=int, default=1, metavar="N", help="số tiến trình phục vụ / server processes (1)"
    )
    to.add_argument(
        "--no-worker",
        action="store_true",
        help="không chạy tiến trình việc nền / without the background process",
    )
    _data_dir(to)


def _import(to: argparse.ArgumentParser) -> None:
    to.add_argument("file", type=Path, metavar="FILE", help="tệp phụ lục / the annex")
    to.add_argument(
        "--programme",
        required=True,
        metavar="CODE",
        help="mã hoặc id chương trình / the programme's code or id",
    )
    to.add_argument(
        "--annex", default="", metavar="NAME", help="tên phụ lục, ví dụ 'Phụ lục II' / the annex's name"
    )
    to.add_argument("--dry-run", action="store_true", help="chỉ xem kế hoạch / show the plan only")
    to.add_argument(
        "--mapping",
        type=Path,
        metavar="M",
        help='tệp JSON chỉ cột / JSON file of columns, e.g. {"lead": "C"}',
    )
    to.add_argument(
        "--create-units", action="store_true", help="lập đơn vị chưa có / found units that are missing"
    )
    to.add_argument(
        "--as",
        dest="person",
        metavar="CODE",
        help="nhân danh cán bộ này / on behalf of this person (default: the operator)",
    )
    _data_dir(to)


def _found(to: argparse.ArgumentParser) -> None:
    to.add_argument("--unit", required=True, metavar="CODE", help="mã đơn vị / the unit's code")
    to.add_argument("--name", required=True, help="tên đơn vị / the unit's name")
    to.add_argument("--kind", default="dang_bo", metavar="K", help="loại đơn vị / kind of unit (dang_bo)")
    to.add_argument(
        "--level",
        default="province",
        choices=["centre", "province", "commune"],
        help="cấp / level (province)",
    )
    to.add_argument("--person", required=True, metavar="CODE", help="mã bí thư / the secretary's code")
    to.add_argument("--person-name", required=True, metavar="NAME", help="họ tên bí thư / his name")
    _basis(to)


def _basis(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--basis",
        required=True,
        metavar="TITLE",
        help="văn bản giao quyền / the document that gives the powers",
    )
    _data_dir(to)


def _export(to: argparse.ArgumentParser) -> None:
    to.add_argument("programme", metavar="CODE", help="mã hoặc id chương trình / the programme's code or id")
    to.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="tệp XLSX / the XLSX file"
    )
    _data_dir(to)


# The module of each command. Brought by name when the command is known: serving shall not wait for what only the
# contract or an import needs, and every one of these stands below this roof.
MODULES = {
    "run": "app.serve",
    "worker": "app.worker",
    "migrate": "app.migrate",
    "token": "app.console",
    "import": "app.console",
    "found": "app.founding",
    "empower": "app.founding",
    "export": "app.console",
    "contract": "app.contract",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; the exit status."""
    given, rest = parser().parse_known_args(arguments)
    if given.command == "test":
        return _test(rest, full=given.full)
    if rest:
        parser().error(f"không hiểu / not understood: {' '.join(rest)}")
    try:
        settings = Settings()
    except (ValidationError, SettingsError) as wrong:
        return _misconfigured(wrong)
    if getattr(given, "data_dir", None):
        settings.data_dir = given.data_dir
    try:
        return import_module(MODULES[given.command]).main(given, settings)
    except NoServer as missing:
        said = NO_SERVER.filled(dir=missing)
        print(said.vi, said.en, sep="\n", file=sys.stderr)
    except StartRefused as refused:
        print(refused, file=sys.stderr)
    except Refused as refused:
        flaws = (f"  {flaw.pointer}: {flaw.message.vi} / {flaw.message.en}" for flaw in refused.flaws)
        print(refused.detail.vi, refused.detail.en, *flaws, sep="\n", file=sys.stderr)
    return 1


def _misconfigured(wrong: ValidationError | SettingsError) -> int:
    """Says which settings cannot be used, and why; never what was set, for it may be a password."""
    print("Cấu hình không dùng được / the settings cannot be used:", file=sys.stderr)
    if isinstance(wrong, SettingsError):
        print(f"  {wrong}", file=sys.stderr)
        return 1
    for error in wrong.errors(include_url=False, include_input=False, include_context=False):
        name = "_".join(str(step) for step in error["loc"][:1]).upper()
        print(f"  {f'BAYRO_{name}: ' if name else ''}{error['msg']}", file=sys.stderr)
    return 1


def _test(rest: list[str], *, full: bool) -> int:
    if full:
        os.environ["BAYRO_TEST_FULL"] = "1"
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *rest])  # noqa: S606 - hands over to the test runner
