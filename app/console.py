"""Commands that speak to the database directly: token, import, export. They act as the operator, on the record."""

import argparse
import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from rich.console import Console
from rich.table import Table

from app.core.act import Actor, Terms
from app.core.commands import carried_out
from app.core.database import Database, lent
from app.core.errors import Refusal, Refused
from app.core.house import House
from app.core.inputs import cleaned, strict_json, validated
from app.core.reads.compiler import compile_one
from app.core.reads.selection import Ask, One, Slot
from app.core.settings import Settings
from app.core.text import Text
from app.core.words import DEMO_ONLY, TOO_LARGE
from app.demo.personas import persona_tokens
from app.exchange.rest import exported
from app.exchange.schemas import ImportAnnex
from app.people.identity import operator
from app.people.queries import person_by_code
from app.programmes.queries import programme_by_words
from app.runtime import addresses_from_environment
from app.wiring import house as wired

# Words of a file are words: no style marks of ours, nothing a terminal would obey.
screen = Console(highlight=False, soft_wrap=True, markup=False)
SHOWN_ROWS = 40
LARGEST_MAPPING = 1_000_000  # bytes; a mapping names a few columns

_TITLE = Text("Lệnh không chạy được", "The command cannot run")
FILE_UNREAD = Refusal(
    "file_unread",
    422,
    _TITLE,
    Text("Không đọc được tệp {path}: {why}.", "The file {path} cannot be read: {why}."),
)
FILE_UNWRITTEN = Refusal(
    "file_unwritten",
    422,
    _TITLE,
    Text("Không ghi được tệp {path}: {why}.", "The file {path} cannot be written: {why}."),
)
MAPPING_UNREAD = Refusal(
    "mapping_unread",
    422,
    _TITLE,
    Text(
        'Tệp chỉ cột {path} không phải một đối tượng JSON, ví dụ {{"lead": "C"}}: {why}.',
        'The mapping {path} is no JSON object such as {{"lead": "C"}}: {why}.',
    ),
)
PROGRAMME_UNKNOWN = Refusal(
    "programme_unknown",
    404,
    _TITLE,
    Text(
        "Không có chương trình mang mã hoặc id {words}.", "There is no programme of the code or id {words}."
    ),
)
PERSON_UNKNOWN = Refusal(
    "person_unknown",
    404,
    _TITLE,
    Text("Không có cán bộ mang mã {words}.", "There is no person of the code {words}."),
)
DATABASE_UNREACHABLE = Refusal(
    "database_unreachable",
    503,
    _TITLE,
    Text("Không nối được cơ sở dữ liệu: {why}.", "The database cannot be reached: {why}."),
)


@asynccontextmanager
async def opened_house(settings: Settings) -> AsyncIterator[House]:
    """The house over the database of the settings, for one command. Raises Refused (database_unreachable)."""
    addresses = addresses_from_environment(settings)
    try:
        database = await Database.open(addresses, read=1, act=2, statement_seconds=120)
    except (OSError, asyncpg.PostgresError) as error:
        raise Refused(DATABASE_UNREACHABLE, why=error) from error
    try:
        yield await wired(settings, database)
    finally:
        await database.close()


async def print_token(settings: Settings, persona: str) -> int:
    """Prints a demo persona's token. Raises Refused (demo_only)."""
    async with opened_house(settings) as house:
        made = await persona_tokens(house.database)
    if persona not in made:
        raise Refused(DEMO_ONLY)
    print(made[persona])  # noqa: T201 - for scripts: the token alone
    return 0


async def import_annex(settings: Settings, given: argparse.Namespace) -> int:
    """Imports an annex, or shows its plan; the exit status."""
    data = _read(given.file, limit=settings.import_max_bytes)
    mapping = _mapping(given.mapping) if given.mapping else None
    async with opened_house(settings) as house:
        actor = await _actor(house, given.person)
        beside = {
            "programme_id": str(await _programme(house, given.programme)),
            "file_name": given.file.name,
            "annex": given.annex,
            "mapping": mapping,
            "create_units": given.create_units,
        }
        order = validated(ImportAnnex, {**cleaned(beside), "content": base64.b64encode(data).decode()})
        with screen.status("Đang đọc phụ lục… / Reading the annex…"):
            found = await _imported(house, actor, order, dry_run=given.dry_run)
    _show(found, dry_run=given.dry_run)
    return 0


def _read(path: Path, *, limit: int) -> bytes:
    """The bytes of a file. Raises Refused (file_unread, too_large)."""
    try:
        if path.stat().st_size > limit:
            raise Refused(TOO_LARGE, limit=f"{limit:,} B")
        return path.read_bytes()
    except OSError as error:
        raise Refused(FILE_UNREAD, path=path, why=error.strerror) from error


def _mapping(path: Path) -> dict[str, Any]:
    """The columns told by hand. Raises Refused (file_unread, too_large, mapping_unread)."""
    body = _read(path, limit=LARGEST_MAPPING)
    try:
        found = strict_json(body)
    except Refused as refused:
        raise Refused(MAPPING_UNREAD, path=path, why=refused.values["why"]) from None
    if not isinstance(found, dict):
        raise Refused(MAPPING_UNREAD, path=path, why=type(found).__name__)
    return found


async def _imported(house: House, actor: Actor, order: ImportAnnex, *, dry_run: bool) -> dict[str, Any]:
    command = next(one for one in house.commands if one.name == "import_annex")
    fields = ("id", "digest", "counts", "plan")
    answer = compile_one(
        house.registry, One("Import", Slot(("id",)), tuple(Ask(name, name) for name in fields)), door="rest"
    )
    done = await carried_out(house, command, actor, order, Terms(dry_run=dry_run), answer=answer)
    return json.loads(done.body) if done.body else {}


async def _actor(house: House, code: str | None) -> Actor:
    async with lent(house.database.act) as connection:
        if code is None:
            return await operator(connection)
        person = await person_by_code(connection, code)
    if person is None:
        raise Refused(PERSON_UNKNOWN, words=code)
    return await house.ports.identity.person(person)


async def _programme(house: House, words: str) -> UUID:
    async with lent(house.database.act) as connection:
        found = await programme_by_words(connection, words)
    if found is None:
        raise Refused(PROGRAMME_UNKNOWN, words=words)
    return found


def _show(found: dict[str, Any], *, dry_run: bool) -> None:
    table = Table(title="Kế hoạch / plan" if dry_run else "Đã nhập / imported")
    for heading in (
        "dòng/row",
        "số/no.",
        "việc/action",
        "nội dung/title",
        "chủ trì/lead",
        "thời hạn/deadline",
    ):
        table.add_column(heading, overflow="fold")
    rows = [row for row in found["plan"] if "title" in row]
    for row in rows[:SHOWN_ROWS]:
        lead, deadline = row["reading"].get("lead") or {}, row["reading"].get("deadline") or {}
        table.add_row(
            str(row["first_row"]),
            _printable(row["number"]),
            row["why"]["vi"],
            _printable(row["title"][:60]),
            lead.get("kind", ""),
            deadline.get("kind", ""),
        )
    screen.print(table)
    if len(rows) > SHOWN_ROWS:
        screen.print(f"… và {len(rows) - SHOWN_ROWS} dòng nữa / and {len(rows) - SHOWN_ROWS} more rows")
    for unit in (row for row in found["plan"] if row["action"] == "found_unit"):
        near = ", ".join(one["name"] for one in unit["nearest"])
        screen.print(
            f"Lập đơn vị / unit founded: {_printable(unit['name'])} ({unit['code']})"
            + (f"; gần giống / near: {near}" if near else "")
        )
    screen.print_json(json.dumps(found["counts"], ensure_ascii=False))
    screen.print("Chưa ghi gì. / Nothing was written." if dry_run else f"Lần nhập / import: {found['id']}")


def _printable(words: str) -> str:
    return "".join(sign if sign.isprintable() or sign == "\n" else "·" for sign in words)


async def export_programme(settings: Settings, programme: str, output: Path) -> int:
    """Writes a programme's annexes as XLSX; the exit status."""
    async with opened_house(settings) as house:
        actor = await _actor(house, None)
        _, body = await exported(house, actor, await _programme(house, programme))
    try:
        await asyncio.to_thread(output.write_bytes, body)
    except OSError as error:
        raise Refused(FILE_UNWRITTEN, path=output, why=error.strerror) from error
    screen.print(f"Đã ghi / written: {output} ({len(body):,} B)")
    return 0


def main(given: argparse.Namespace, settings: Settings) -> int:
    """`bayro token`, `bayro import`, `bayro export`."""
    match given.command:
        case "token":
            return asyncio.run(print_token(settings, given.persona))
        case "import":
            return asyncio.run(import_annex(settings, given))
        case _:
            return asyncio.run(export_programme(settings, given.programme, given.output))
