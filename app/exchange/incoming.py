"""From a file to annexes, before any act begins: decoded, parsed in a child process, structure read."""

import asyncio
import base64
import binascii
from dataclasses import dataclass, replace

from app.core.errors import Refused
from app.core.settings import Settings
from app.core.text import fold
from app.exchange.annex import Annex
from app.exchange.child import parse_in_child
from app.exchange.grid import Limits
from app.exchange.refusals import FILE_REFUSALS, FileRefused
from app.exchange.rows import read_annexes
from app.exchange.schemas import ImportAnnex
from app.exchange.words import CONTENT_UNREADABLE

# Each child may take most of a gigabyte; two at a time leave room for everybody else.
_TURN = asyncio.Semaphore(2)
_BY_CODE = {one.code: one for one in FILE_REFUSALS}


@dataclass(frozen=True, slots=True)
class NamedAnnex:
    """An annex and the name it goes by in the programme; empty for the main list."""

    name: str
    annex: Annex


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as read, and what was asked of it."""

    given: ImportAnnex
    digest: str
    annexes: tuple[NamedAnnex, ...]


async def prepare(settings: Settings, given: ImportAnnex) -> Incoming:
    """The file's annexes. Raises Refused for a file that is too large, unreadable or marked secret."""
    try:
        data = base64.b64decode(given.content, validate=True)
    except (ValueError, binascii.Error):
        raise Refused(CONTENT_UNREADABLE) from None
    limits = Limits(
        data_bytes=settings.import_max_bytes,
        rows=settings.import_max_rows,
        wall_seconds=settings.import_seconds,
    )
    try:
        async with _TURN:
            parsed = await parse_in_child(data, given.file_name, limits)
        # In a thread: reading five thousand rows would hold up every other request.
        annexes = await asyncio.to_thread(read_annexes, parsed.sheets, given.mapping)
    except FileRefused as refused:
        raise as_refused(refused) from None
    named = tuple(NamedAnnex(given.annex or _sheet_annex(one.sheet), one) for one in annexes)
    return Incoming(given.model_copy(update={"content": ""}), parsed.digest, named)


def as_refused(refused: FileRefused) -> Refused:
    """The file's refusal as every door gives it; its words are filled already."""
    known = _BY_CODE[refused.code]
    return Refused(replace(known, status=refused.status, detail=refused.text))


def _sheet_annex(sheet: str) -> str:
    return sheet.strip() if fold(sheet).strip().startswith("phu luc") else ""
