"""Bytes to sheets: the format is known by what the file holds, not by its name."""

from app.core.text import Text
from app.exchange.delimited import read_delimited, refuse_misread
from app.exchange.grid import Limits, Sheet
from app.exchange.packages import Package, open_package
from app.exchange.refusals import refused
from app.exchange.workbooks import read_workbook

_PACKAGE = b"PK"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf\x27\x1c": "7Z",
    b"Rar!": "RAR",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
_MARKUP = ("<html", "<!doctype", "<?xml", "<table", "<meta")
_OTHER_PACKAGES = (
    ("word/document.xml", "DOCX"),
    ("xl/workbook.bin", "XLSB"),
    ("ppt/presentation.xml", "PPTX"),
    ("content.xml", "ODS"),
)


def read_sheet(data: bytes, file_name: str, limits: Limits) -> tuple[Sheet, ...]:
    """The sheets of a CSV or XLSX file with every cell's words as a person sees them.

    Raises FileRefused: too_large, unpacks_too_large (413), format_unknown (415), file_encrypted, file_damaged,
    encoding_unknown, nul_found, empty_file, too_many_rows, too_many_columns, too_many_sheets, cell_too_long (422).
    """
    return sheets_of(data, file_name, limits, package_of(data, limits))


def sheets_of(data: bytes, file_name: str, limits: Limits, package: Package | None) -> tuple[Sheet, ...]:
    """The sheets of bytes whose package is already open; see `read_sheet`."""
    sheets = (
        read_workbook(data, package, limits)
        if package
        else (read_delimited(data, _title(file_name), limits),)
    )
    if not any(sheet.rows for sheet in sheets):
        raise refused("empty_file")
    if package:
        # Old fonts hide in XLSX too: .VnTime text is Latin-1 letters to every other program.
        refuse_misread(
            "\n".join(cell.text for sheet in sheets for row in sheet.rows for cell in row if cell.text)
        )
    return sheets


def package_of(data: bytes, limits: Limits) -> Package | None:
    """The harmless XLSX package these bytes are; None for text. Any other format is refused by its name."""
    if len(data) > limits.data_bytes:
        raise refused("too_large", limit=limits.data_bytes)
    if not data.strip():
        raise refused("empty_file")
    _refuse_foreign(data)
    if not data.startswith(_PACKAGE):
        return None
    package = open_package(data, limits)
    if "xl/workbook.xml" not in package.names:
        seen = next((name for part, name in _OTHER_PACKAGES if part in package.names), "ZIP")
        raise refused("format_unknown", seen=seen)
    return package


def _refuse_foreign(data: bytes) -> None:
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            raise refused("file_encrypted")
        raise refused("format_unknown", seen=Text("XLS hoặc DOC kiểu cũ", "old XLS or DOC"))
    for signature, name in _FOREIGN.items():
        if data.startswith(signature):
            raise refused("format_unknown", seen=name)
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(tuple(word.encode() for word in _MARKUP)):
        raise refused("format_unknown", seen="HTML/XML")


def _title(file_name: str) -> str:
    """The name of a CSV file's only sheet: the file's own name without folders and suffix."""
    name = file_name.replace("\\", "/").rpartition("/")[2]
    return name.rpartition(".")[0] or name
