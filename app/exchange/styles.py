"""Cell styles of a workbook: number formats, and whether the type is bold, by which annexes set off their groups."""

from dataclasses import dataclass, field

from app.exchange.formats import BUILT_IN
from app.exchange.packages import Package, parse

TRUE = {"1", "true", "on"}
_PART = "xl/styles.xml"


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What a style says of the cells that carry it."""

    format: str = ""
    bold: bool = False


def cell_styles(package: Package) -> list[CellStyle]:
    """The cell styles in the order they are numbered."""
    reader = _StyleReader()
    if _PART in package.names:
        parse(package.part(_PART), reader.start, reader.end, lambda _: None)
    return [
        CellStyle(reader.codes.get(number, ""), font < len(reader.fonts) and reader.fonts[font])
        for number, font in reader.styles
    ]


def whole(words: str) -> int:
    """A whole number of a few digits; 0 for anything else."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0  # noqa: PLR2004 - below 2**31


@dataclass(slots=True)
class _StyleReader:
    """Number formats by id, fonts by whether they are bold, and for each style its format and font."""

    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    fonts: list[bool] = field(default_factory=list)
    styles: list[tuple[int, int]] = field(default_factory=list)
    inside: str = ""

    def start(self, name: str, values: dict[str, str]) -> None:
        if name == "numFmt":
            self.codes[whole(values.get("numFmtId", ""))] = values.get("formatCode", "")
        elif name in {"cellXfs", "fonts"}:
            self.inside = name
        elif name == "xf" and self.inside == "cellXfs":
            self.styles.append((whole(values.get("numFmtId", "0")), whole(values.get("fontId", "0"))))
        elif name == "font" and self.inside == "fonts":
            self.fonts.append(False)
        elif name == "b" and self.inside == "fonts" and self.fonts:
            self.fonts[-1] = values.get("val", "1") in TRUE

    def end(self, name: str) -> None:
        if name == self.inside:
            self.inside = ""
