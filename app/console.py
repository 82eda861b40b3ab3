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

from rich.console import Console
from rich.table import Table

from app.core.act import Actor, Terms
from app.core.commands import carried_out
from app.core.database import Database, lent
from app.core.errors import Refused
from app.core.house import House
from app.core.inputs import cleaned
from app.core.reads.compiler import compile_one
from app.core.reads.selection import Ask, One, Slot
from app.core.settings import Settings
from app.core.words import DEMO_ONLY, NOT_FOUND, TOO_LARGE
from app.demo.personas import persona_tokens
from app.exchange.rest import exported
from app.exchange.schemas import ImportAnnex
from app.people.identity import operator
from app.people.queries import person_by_code
from app.programmes.queries import programme_by_words
from app.runtime import addresses_from_environment
from app.wiring import house as wired

screen = Console(highlight=False, soft_wrap=True)
SHOWN_ROWS = 40


@asynccontextmanager
async def _house(settings: Settings) -> AsyncIterator[House]:
    database = await Database.open(addresses_from_environment(settings), read=1, act=2, statement_seconds=120)
    try:
        yield await wired(settings, database)
    finally:
        await database.close()


async def print_token(settings: Settings, persona: str) -> int:
    """Prints a demo persona's token. Raises Refused (demo_only)."""
    async with _house(settings) as house:
        made = await persona_tokens(house.database)
    if persona not in made:
        raise Refused(DEMO_ONLY)
    print(made[persona])  # noqa: T201 - for scripts: the token alone
    return 0


async def import_annex(settings: Settings, given: argparse.Namespace) -> int:
    """Imports an annex, or shows its plan; the exit status."""
    if given.file.stat().st_size > settings.import_max_bytes:
        raise Refused(TOO_LARGE, limit=f"{settings.import_max_bytes:,} B")
    async with _house(settings) as house:
        actor = await _actor(house, given.person)
        order = ImportAnnex(
            programme_id=await _programme(house, given.programme),
            content=base64.b64encode(given.file.read_bytes()).decode(),
            file_name=cleaned(given.file.name, "/file_name"),
            annex=cleaned(given.annex, "/annex"),
            mapping=cleaned(json.loads(given.mapping.read_text(encoding="utf-8")), "/mapping")
            if given.mapping
            else None,
            create_units=given.create_units,
        )
        with screen.status("Đang đọc phụ lục… / Reading the annex…"):
            found = await _imported(house, actor, order, dry_run=given.dry_run)
    _show(found, dry_run=given.dry_run)
    return 0


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
        raise Refused(NOT_FOUND)
    return await house.ports.identity.person(person)


async def _programme(house: House, words: str) -> UUID:
    async with lent(house.database.act) as connection:
        found = await programme_by_words(connection, words)
    if found is None:
        raise Refused(NOT_FOUND)
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
            row["number"],
            row["why"]["vi"],
            row["title"][:60],
            lead.get("kind", ""),
            deadline.get("kind", ""),
        )
    screen.print(table)
    if len(rows) > SHOWN_ROWS:
        screen.print(f"… và {len(rows) - SHOWN_ROWS} dòng nữa / and {len(rows) - SHOWN_ROWS} more rows")
    screen.print_json(json.dumps(found["counts"], ensure_ascii=False))
    screen.print("Chưa ghi gì. / Nothing was written." if dry_run else f"Lần nhập / import: {found['id']}")


async def export_programme(settings: Settings, programme: str, output: Path) -> int:
    """Writes a programme's annexes as XLSX; the exit status."""
    async with _house(settings) as house:
        actor = await _actor(house, None)
        _, body = await exported(house, actor, await _programme(house, programme))
    await asyncio.to_thread(output.write_bytes, body)
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
