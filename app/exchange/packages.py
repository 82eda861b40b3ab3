"""An XLSX file is a zip package of XML parts: opened only after it is shown to be harmless, read only within bounds."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from io import BytesIO
from itertools import pairwise
from xml.parsers import expat

from app.core.text import Text
from app.exchange.grid import Limits
from app.exchange.refusals import FileRefused, refused

_MEGABYTE = 1024 * 1024
_ENCRYPTED_FLAG = 0x1
_LOCAL_HEADER = 30  # bytes a part takes before its name
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MARKUP = (".xml", ".rels", ".vml")
_TAGS = re.compile(r"<[^>]*>")
_QUOTED = re.compile(r"=\s*[\"']([^\"'<>]*)[\"']")
_PRINT_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&[A-JM-QS-Za-z]')
_PRINT_SECTIONS = re.compile(r"&[LCR]")
# The only characters a marking cannot do without (see core.secrecy): ậ, Ậ, U+0302, U+0323, or any numeric reference.
_TELLING = (b"\xe1\xba\xad", b"\xe1\xba\xac", b"\xcc\x82", b"\xcc\xa3", b"&#")
_TEXT_KEPT = 400  # characters of an element's joined text: a marking is short


@dataclass(slots=True)
class Package:
    """The parts of a package that was found harmless."""

    archive: zipfile.ZipFile
    limits: Limits

    @property
    def names(self) -> tuple[str, ...]:
        """All parts in the order of the package."""
        return tuple(self.archive.namelist())

    def part(self, name: str) -> bytes:
        """The bytes of a part, checked against their checksum. Raises FileRefused file_damaged when missing or broken."""
        try:
            return self.archive.read(name)
        except (
            KeyError,
            ValueError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ):
            raise refused(
                "file_damaged", seen=Text("phần XML thiếu hoặc hỏng", "a part is missing or broken")
            ) from None


def open_package(data: bytes, limits: Limits) -> Package:
    """The package, after its directory was checked: number of parts, sizes, ratio, overlaps, doubles, passwords."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        raise refused(
            "file_damaged", seen=Text("không mở được gói nén", "the package cannot be opened")
        ) from None
    parts = archive.infolist()
    _check_sizes(parts, limits)
    _check_directory(parts)
    return Package(archive, limits)


def _check_sizes(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    too_large = refused("unpacks_too_large", limit=limits.unpacked_bytes, ratio=limits.unpacked_ratio)
    if len(parts) > limits.package_parts or sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise too_large
    for part in parts:
        if part.file_size > _MEGABYTE and part.file_size > part.compress_size * limits.unpacked_ratio:
            raise too_large


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise refused("file_encrypted")
    if any(part.compress_type not in _METHODS for part in parts):
        raise refused("file_damaged", seen=Text("kiểu nén lạ", "an unknown compression"))
    if len({part.filename.casefold() for part in parts}) < len(parts):
        raise refused("file_damaged", seen=Text("phần trùng tên", "parts of the same name"))
    # Parts that share bytes unpack to more than the file could hold.
    placed = sorted(parts, key=lambda part: part.header_offset)
    for part, following in pairwise(placed):
        if part.header_offset + _LOCAL_HEADER + part.compress_size > following.header_offset:
            raise refused("file_damaged", seen=Text("các phần chồng lên nhau", "parts overlap"))


def parse(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    words: Callable[[str], None],
) -> None:
    """Streams XML through three handlers; names come without their namespace.

    A document type is refused, so no entity is ever declared, let alone expanded.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise refused("file_damaged", seen=Text("XML sai cú pháp", "malformed XML")) from None


def texts(package: Package) -> Iterator[tuple[str, str]]:
    """Every text of every XML part with the part's name: properties, comments, drawings, page headers, sheet names.

    Given are texts as they stand, attributes, and the joined text of each element, so that words set in several runs
    are seen whole. Parts that cannot hold a secrecy marking are passed over.
    """
    for name in package.names:
        if name.casefold().endswith(_MARKUP):
            part = package.part(name)
            if _may_tell(part):
                yield from ((name, text) for text in _texts(part))


def _may_tell(part: bytes) -> bool:
    plain = part.startswith((b"<", b"\xef\xbb\xbf")) and not re.search(
        rb'encoding\s*=\s*["\'](?!utf-8)', part[:200], re.IGNORECASE
    )
    return not plain or any(sign in part for sign in _TELLING)


def _texts(part: bytes) -> list[str]:
    collector = _Texts()
    try:
        parse(part, collector.start, collector.end, collector.words)
    except FileRefused as refusal:
        if refusal.at == "doctype":
            raise
        # Old drawing parts are often not well-formed; their text is looked at all the same.
        told = part.decode("utf-8", "replace")
        return [*collector.found, *map(unescape, [*_TAGS.split(told), *_QUOTED.findall(told)])]
    return collector.found


@dataclass(slots=True)
class _Texts:
    found: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def start(self, _: str, attributes: dict[str, str]) -> None:
        self.open.append("")
        self.found.extend(attributes.values())

    def words(self, text: str) -> None:
        self.found.append(text)
        if self.open:
            self.open[-1] = (self.open[-1] + text)[:_TEXT_KEPT]

    def end(self, name: str) -> None:
        joined = self.open.pop()
        if name.endswith(("Header", "Footer")):
            self.found.extend(_PRINT_CODES.sub("", section) for section in _PRINT_SECTIONS.split(joined))
        elif joined and len(joined) < _TEXT_KEPT and joined != self.found[-1]:
            self.found.append(joined)
        if self.open:
            self.open[-1] = (self.open[-1] + joined)[:_TEXT_KEPT]


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(*_: object) -> None:
    raise refused("file_damaged", at="doctype", seen=Text("XML có DOCTYPE", "XML with a document type"))
