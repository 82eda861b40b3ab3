"""CSV as committees send it: UTF-8 or UTF-16, three separators, line breaks inside quotes, ragged rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.core.text import Text, nfc
from app.exchange.grid import Cell, Limits, Mark, Sheet, check_place, check_text, is_blank, trimmed
from app.exchange.refusals import refused

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_CHARACTERS = 64 * 1024
_SAMPLE_ROWS = 200
_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(.)"?\r?\n?', re.IGNORECASE)
_FORMULA = re.compile(r"\s*=\s*[-+@A-Za-z(\"'0-9]")
_UTF8_BOM, _UTF16_BOMS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_UTF32_BOMS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
# What Vietnamese looks like when a TCVN3 (ABC) or VNI file was taken for Latin-1, or UTF-8 was decoded twice.
_STRANGE = "¡-¯´¶-¹»-¾ÃÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ"  # no ° ± ² ³ µ º: they stand in honest measures
_MISREAD = re.compile(f"(?<=[A-Za-zÀ-ÿ])[{_STRANGE}]|[{_STRANGE}](?=[A-Za-zÀ-ÿ])")
_VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_MISREAD_ENOUGH = 5
_NUL_SHARE = 8  # one byte in eight: UTF-16 without its mark, not a stray NUL


def read_delimited(data: bytes, name: str, limits: Limits) -> Sheet:
    """The one sheet of a CSV file. Raises FileRefused: encoding_unknown, nul_found, too_many_rows, cell_too_long, …"""
    text = decoded(data)
    separator, text = _separator(text)
    grid = _Grid(limits)
    loose = False
    try:
        grid.fill(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        _refuse_open_quote(error, grid)
        loose = True
        grid = _Grid(limits)
        grid.fill(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    return Sheet(name, grid.rows(), loose_quotes=loose)


def decoded(data: bytes) -> str:
    """The text of UTF-8 (with or without its mark) or marked UTF-16; any other encoding is refused, never guessed."""
    if data.startswith(_UTF32_BOMS):
        raise refused("encoding_unknown", seen="UTF-32")
    if data.startswith(_UTF16_BOMS):
        text = _strictly(data, "utf-16")
    elif data.count(b"\x00") * _NUL_SHARE > len(data):
        raise refused("encoding_unknown", seen=Text("UTF-16 không có dấu BOM", "UTF-16 without its mark"))
    else:
        text = _strictly(data.removeprefix(_UTF8_BOM), "utf-8")
    refuse_misread(text)
    return text


def refuse_misread(text: str) -> None:
    """Raises encoding_unknown for letters of an old Vietnamese code (TCVN3, VNI) or of UTF-8 decoded as Latin-1."""
    misread = len(_MISREAD.findall(text))
    if misread >= _MISREAD_ENOUGH and misread > len(_VIETNAMESE.findall(text)):
        raise refused(
            "encoding_unknown",
            seen=Text(
                "chữ giống TCVN3, VNI hoặc UTF-8 giải mã sai",
                "letters like TCVN3, VNI or wrongly decoded UTF-8",
            ),
        )


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        seen = Text(
            f"không phải {encoding.upper()} từ dòng {line}", f"not {encoding.upper()} from line {line}"
        )
        raise refused("encoding_unknown", seen=seen) from None


def _separator(text: str) -> tuple[str, str]:
    """The separator and the text to read; Excel's own first line "sep=;" is an instruction, not a row."""
    told = _SEPARATOR_LINE.match(text)
    if told:
        return told[1], text[told.end() :]
    best = max((_score(text, separator), -place) for place, separator in enumerate(_SEPARATORS))
    return _SEPARATORS[-best[1]], text


def _score(text: str, separator: str) -> tuple[int, int]:
    """How many rows of the sample have the commonest width above one, then that width. Quotes are respected."""
    sample = csv.reader(io.StringIO(text[:_SAMPLE_CHARACTERS], newline=""), delimiter=separator)
    widths: Counter[int] = Counter()
    try:
        for row, _ in zip(sample, range(_SAMPLE_ROWS), strict=False):
            widths[len(row)] += 1
    except csv.Error:
        return (0, 0)
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


def _refuse_open_quote(error: csv.Error, grid: "_Grid") -> None:
    """A quote that never closes swallows every row after it: that structure cannot be read."""
    if "unexpected end of data" in str(error):
        row = grid.read + 1
        raise refused(
            "file_damaged",
            seen=Text(
                f"dấu ngoặc kép mở ở dòng {row} không đóng", f"the quote opened in row {row} never closes"
            ),
        )
    if "field limit" in str(error):
        raise refused("cell_too_long", at=f"A{grid.read + 1}", limit=grid.limits.cell_characters)


@dataclass(slots=True)
class _Grid:
    """Rows as they are read; blank rows cost nothing and count only when content follows them."""

    limits: Limits
    read: int = 0
    kept: dict[int, tuple[Cell, ...]] = field(default_factory=dict)

    def fill(self, reader: Iterator[list[str]]) -> None:
        for words in reader:
            self.read += 1
            cells = self._cells(words)
            if cells:
                self.kept[self.read] = cells

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple(self.kept.get(row, ()) for row in range(1, max(self.kept, default=0) + 1))

    def _cells(self, words: list[str]) -> tuple[Cell, ...]:
        for column, text in enumerate(words, 1):
            if not is_blank(text):
                check_place(self.read, column, self.limits)
            check_text(text, self.read, column, self.limits)
        return trimmed(
            [Cell(nfc(text), self.read, column, _marks(text)) for column, text in enumerate(words, 1)]
        )


_NO_MARKS: frozenset[Mark] = frozenset()
_FORMULA_MARKS: frozenset[Mark] = frozenset({"formula"})


def _marks(text: str) -> frozenset[Mark]:
    return _FORMULA_MARKS if text.lstrip().startswith("=") and _FORMULA.match(text) else _NO_MARKS
