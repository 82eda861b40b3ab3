"""Numbers as annexes print them: 1. · 11.10 · II.3 · A · a) · – · Phần thứ nhất · NV-01."""

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["arabic", "roman", "letter", "lower", "bullet", "named"]

_BULLET = re.compile(r"[-–—−+•*●▪■◦○·✓✔➢►]+")
_ARABIC = re.compile(r"\d{1,4}(?:[.\-]\d{1,4})*(?:[.\-]?[a-zđ])?")
_CODE = re.compile(r"[A-ZĐ]{2,5}[\s.\-_]?\d{1,4}(?:[.\-/]\d{1,4})*")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LOWER_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")
_LETTER = re.compile(r"[A-ZĐ]")
_LOWER = re.compile(r"[a-zđ]{1,2}")
_NAMED = re.compile(
    r"(?P<noun>(?i:phần|nhóm|mục|chương|lĩnh vực|trụ cột|nội dung|nhiệm vụ|mục tiêu|giải pháp|phụ lục))"
    r"(?i: nội dung| nhiệm vụ| chỉ tiêu)?\s+"
    r"(?P<sign>(?i:thứ\s+\w+)(?=$|[\s.:)\-–—/])|[IVXLCDM]+(?=$|[\s.:)\-–—/])|(?:\d{1,3}|[A-ZĐ])(?=$|\s*[.:)\-–—/]))"
)
_COMPOSED = re.compile(
    r"(?:[A-ZĐ]|[IVXLC]+)(?:[.\-](?:[IVXLC]+|[A-ZĐ]))*(?P<item>(?:[.\-]\d{1,4})+(?:[.\-]?[a-zđ])?)?"
)
_PARTS = re.compile(r"[.\-_/\s]+")
_EDGES = " \t\n\r\u00a0.:;,)(]["
_LED = re.compile(
    r"\s*(?P<label>\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]+(?:\.\d{1,3})*|[A-ZĐ]|[a-zđ])(?:[.)/:]|\s*[-–])|[-–+•*])\s+(?P<rest>\S.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number: as printed, its parts (leading zeros gone, 11.10 is not 11.1), and its style."""

    printed: str
    path: tuple[str, ...]
    style: Style

    @property
    def key(self) -> str:
        """The parts joined by points: equal for "1.", "01" and "(1)"."""
        return ".".join(self.path)

    def child_of(self, other: "Number") -> bool:
        """It continues the other's parts: 11.2 under 11."""
        return len(self.path) > len(other.path) and self.path[: len(other.path)] == other.path


def number_of(words: str) -> Number | None:
    """The number these words are, and nothing else; None for words that say more."""
    printed = " ".join(words.split())
    if _BULLET.fullmatch(printed):
        return Number(printed, ("-",), "bullet")
    bare = printed.strip(_EDGES).rstrip("-–/").rstrip(_EDGES)
    if not bare:
        return None
    style = _style(bare)
    return Number(printed, _path(bare), style) if style else None


def led_by(words: str) -> tuple[Number, str] | None:
    """The number words begin with, and the words after it: "I. Kinh tế", "1) Xây dựng …", "Phần II: …"."""
    named = _NAMED.match(words.strip())
    if named and named[0][0].isupper():
        rest = words.strip()[named.end() :].lstrip(" .:)-–—/\n")
        return Number(named[0], (_noun(named),), "named"), rest
    led = _LED.match(words)
    number = number_of(led["label"]) if led else None
    return (number, led["rest"]) if led and number else None


def _style(bare: str) -> Style | None:
    if _ARABIC.fullmatch(bare) or _CODE.fullmatch(bare):
        return "arabic"
    if _ROMAN.fullmatch(bare):
        return "roman"
    if _LETTER.fullmatch(bare):
        return "letter"
    if _LOWER.fullmatch(bare) or _LOWER_ROMAN.fullmatch(bare):
        return "lower"
    composed = _COMPOSED.fullmatch(bare)
    if composed:
        return "arabic" if composed["item"] else "roman"
    return "named" if (named := _NAMED.match(bare)) and named.end() == len(bare) else None


def _path(bare: str) -> tuple[str, ...]:
    named = _NAMED.fullmatch(bare)
    if named:
        return (_noun(named),)
    return tuple(
        str(int(part)) if part.isascii() and part.isdigit() else part for part in _PARTS.split(bare) if part
    )


def _noun(named: re.Match[str]) -> str:
    return f"{named['noun'].casefold()} {named['sign'].casefold()}"
