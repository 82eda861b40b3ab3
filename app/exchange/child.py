"""A file is parsed in a process of its own, with bounds on memory, processor and time; nothing touches a disk.

`python -m app.exchange.child` reads one request from standard input and writes one answer to standard output. The
secrecy check runs there, on every word of the file, before anything leaves: of a marked file only the place comes out.
"""

import asyncio
import gc
import hashlib
import json
import os
import resource
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.core.secrecy import file_name_marking, marking
from app.core.text import Text
from app.exchange.grid import Cell, Limits, Merge, Sheet
from app.exchange.packages import Package, texts
from app.exchange.refusals import FileRefused, refused
from app.exchange.sheets import package_of, sheets_of

_ROOT = Path(__file__).resolve().parents[2]
_ROW_JOINED = 80  # characters: a marking set across the cells of a row is short
_PARTS = (
    ("docProps/", Text("thuộc tính tài liệu", "document properties")),
    ("xl/comments", Text("ghi chú ô", "cell comments")),
    ("xl/threadedComments", Text("ghi chú ô", "cell comments")),
    ("xl/drawings", Text("hình vẽ, hộp chữ", "drawings and text boxes")),
    (
        "xl/worksheets",
        Text("trang tính hoặc đầu trang, chân trang in", "a sheet or its page header or footer"),
    ),
    ("xl/workbook.xml", Text("tên trang tính hoặc tên vùng", "a sheet name or defined name")),
)
_SOME_PART = Text("phần trong gói", "a part of the package")


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file as read: its name, the SHA-256 of its bytes (hex), its sheets."""

    file_name: str
    digest: str
    sheets: tuple[Sheet, ...]


async def parse_in_child(data: bytes, file_name: str, limits: Limits) -> ParsedFile:
    """Parses the file in a bounded child process.

    Raises FileRefused: all of `read_sheet`, `secret_refused` with the place alone, and `file_unreadable` when the
    child crashes or meets a bound.
    """
    if len(data) > limits.data_bytes:
        raise refused("too_large", limit=limits.data_bytes)
    answer = await _answer_of_child(_request(data, file_name, limits), limits.wall_seconds)
    # In a thread: half a million cells would hold up every other request.
    sheets = await asyncio.to_thread(_sheets_from, answer)
    return ParsedFile(file_name, hashlib.sha256(data).hexdigest(), sheets)


def parse(data: bytes, file_name: str, limits: Limits) -> tuple[Sheet, ...]:
    """The sheets of a file that carries no secrecy marking anywhere; what the child does, in this process."""
    if file_name_marking(file_name):
        raise _secret(Text("tên tệp", "the file name"))
    package = package_of(data, limits)
    sheets = sheets_of(data, file_name, limits, package)
    for sheet in sheets:
        _refuse_marked_cells(sheet)
    if package:
        _refuse_marked_parts(package)
    return sheets


def _refuse_marked_cells(sheet: Sheet) -> None:
    if marking(sheet.name):
        raise _secret(Text("tên trang tính", "a sheet name"))
    for row in sheet.rows:
        for cell in row:
            if marking(cell.text):
                raise _secret(Text(f"ô {cell.ref}", f"cell {cell.ref}"), at=cell.ref)
        joined = " ".join(cell.text for cell in row if not cell.blank)
        if len(joined) <= _ROW_JOINED and marking(joined):
            raise _secret(Text(f"dòng {row[0].row}", f"row {row[0].row}"), at=row[0].ref)


def _refuse_marked_parts(package: Package) -> None:
    """What stands beside the cells: properties, comments, drawings, page headers, strings no cell uses, names."""
    if any(file_name_marking(name) for name in package.names):
        raise _secret(Text("tên phần trong gói", "the name of a part"))
    for name, text in texts(package):
        if marking(text):
            raise _secret(next((words for start, words in _PARTS if name.startswith(start)), _SOME_PART))


def _secret(place: Text, *, at: str = "") -> FileRefused:
    return refused("secret_refused", at=at, seen=place)


def _request(data: bytes, file_name: str, limits: Limits) -> bytes:
    return json.dumps({"file_name": file_name, "limits": asdict(limits)}).encode() + b"\n" + data


async def _answer_of_child(request: bytes, seconds: float) -> bytes:
    # The child inherits neither settings nor secrets, and stderr is closed: a trace could repeat words of the file.
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "app.exchange.child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd="/",
        env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
    )
    try:
        async with asyncio.timeout(seconds):
            answer, _ = await child.communicate(request)
    except TimeoutError:
        raise refused("file_unreadable", seen=Text("quá thời gian", "out of time")) from None
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
    if child.returncode != 0:
        raise refused(
            "file_unreadable", seen=Text("quá bộ nhớ hoặc thời gian xử lý", "out of memory or processor time")
        )
    return answer


def main() -> int:
    """The child: bounds first, then the file, then one answer. Anything unforeseen ends it without a word."""
    request = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**request["limits"])
    _bound(limits)
    gc.disable()  # one short life, no circles to find: half the time on a large file
    try:
        sheets = parse(sys.stdin.buffer.read(), request["file_name"], limits)
        answer: dict[str, Any] = {"sheets": [_sheet_told(sheet) for sheet in sheets]}
    except FileRefused as refusal:
        answer = {
            "refused": {
                "code": refusal.code,
                "vi": refusal.text.vi,
                "en": refusal.text.en,
                "status": refusal.status,
                "at": refusal.at,
            }
        }
    sys.stdout.write(json.dumps(answer))
    return 0


def _bound(limits: Limits) -> None:
    """Memory, processor seconds, no file of any size, no core dump: a crash must not write what was in memory."""
    for bound, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.processor_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # some systems know only some of the bounds
            resource.setrlimit(bound, (value, value))


def _sheet_told(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "rows": [[cell.text for cell in row] for row in sheet.rows],
        "marks": [
            [cell.row, cell.column, sorted(cell.marks), cell.stored]
            for row in sheet.rows
            for cell in row
            if cell.marks
        ],
        "merges": [
            [merge.first_row, merge.first_column, merge.last_row, merge.last_column] for merge in sheet.merges
        ],
        "hidden": sheet.hidden,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "loose_quotes": sheet.loose_quotes,
    }


def _sheets_from(answer: bytes) -> tuple[Sheet, ...]:
    told = json.loads(answer)
    if "refused" in told:
        why = told["refused"]
        raise FileRefused(why["code"], Text(why["vi"], why["en"]), status=why["status"], at=why["at"])
    return tuple(_sheet_from(sheet) for sheet in told["sheets"])


def _sheet_from(told: dict[str, Any]) -> Sheet:
    rows = [
        [Cell(text, row, column) for column, text in enumerate(words, 1)]
        for row, words in enumerate(told["rows"], 1)
    ]
    for row, column, marks, stored in told["marks"]:
        rows[row - 1][column - 1] = Cell(
            rows[row - 1][column - 1].text, row, column, frozenset(marks), stored
        )
    return Sheet(
        told["name"],
        tuple(tuple(row) for row in rows),
        tuple(Merge(*merge) for merge in told["merges"]),
        hidden=told["hidden"],
        hidden_rows=frozenset(told["hidden_rows"]),
        hidden_columns=frozenset(told["hidden_columns"]),
        loose_quotes=told["loose_quotes"],
    )


if __name__ == "__main__":
    try:
        code = main()
    except BaseException:  # noqa: BLE001 - a trace would name words of the file
        code = 3
    sys.stdout.flush()
    os._exit(code)
