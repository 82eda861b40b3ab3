"""What a person sees in a cell that holds a number or a moment: Vietnamese separators, the day before the month."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from math import isfinite

# Built-in formats by number, ECMA-376 part 1, 18.8.30; 14 and 22 follow the reader's own country.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss", 49: "@",
}  # fmt: skip

_PIECES = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|([^"\\_*\[]+)')
_CONDITION = re.compile(r"[<>=]")
_NUMBER = re.compile(
    r"^(?P<before>[^#0?.,]*)(?P<whole>[#0?,]*)(?:\.(?P<part>[#0?]*))?(?P<scale>,*)(?P<after>[^#0?]*)$"
)
_UNREADABLE = re.compile(r"[eE/@ymdhsYMDHS]")
_LITERAL = "\ue000{}\ue001"  # private characters keep literal words apart from signs
_LITERALS = re.compile("\ue000([^\ue001]*)\ue001")
_PRECISION = 15  # significant digits a spreadsheet keeps
_LONGEST = 21
_SECTIONS = 2
_EXACT = Context(prec=400)  # no number a cell can hold has more digits


@dataclass(frozen=True, slots=True)
class Shown:
    """The words a person sees; `exact` is what the file holds where the words lose some of it, else empty."""

    words: str
    exact: str = ""


def number_shown(value: float, code: str) -> Shown:
    """A number through its format: 0.9 by "0%" is 90%, 9800 by "#,##0" is 9.800, 9 by "00" is 09, 0.7 is 0,7.

    A format that cannot be read (fractions, powers, conditions) shows the number plainly.
    """
    if not isfinite(value):
        return Shown(str(value))
    number = Decimal(f"{value:.{_PRECISION}g}") + 0  # no negative zero
    sections = _sections(code)
    if sections is None:
        return Shown(_plain(number))
    if number < 0 and len(sections) >= _SECTIONS:
        return _by_format(number, -number, sections[1])
    if number == 0 and len(sections) > _SECTIONS:
        return _by_format(number, number, sections[2])
    return _by_format(number, number, sections[0])


def moment_shown(value: dt.date | dt.time | dt.timedelta, code: str) -> Shown:
    """A day, time or both by the parts its format shows: 30/06/2026, 06/2025, 2025, 30/06, 08:30.

    A month typed as "6/2025" is held as the first of June: shown without a day, it must not become a day.
    """
    if isinstance(value, dt.timedelta):
        minutes = int(value.total_seconds() // 60)
        return Shown(f"{minutes // 60}:{minutes % 60:02}", str(value))
    if isinstance(value, dt.time):
        return Shown(f"{value:%H:%M}", "" if not value.second else f"{value:%H:%M:%S}")
    before, signs, after = _moment_signs(code)
    words = _day_words(value, signs)
    if (
        isinstance(value, dt.datetime)
        and (value.hour or value.minute)
        and ("h" in signs or words == _day_words(value, "dmy"))
    ):
        words = f"{words} {value:%H:%M}"
    exact = "" if "d" in signs and "y" in signs else value.isoformat()
    return Shown(f"{before}{words}{after}".strip(), exact)


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a format: words around the number, places to fill, powers of ten to shift."""

    before: str
    after: str
    fewest_whole: int
    fewest_part: int
    most_part: int
    grouped: bool
    thousands: int  # divided by 1000 this often for the eye
    percent: int


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section | None, ...] | None:
    """The sections of a format; None where it is general or conditional, and for a section that cannot be read."""
    marked = [_marked(part) for part in _split(code)]
    if not code or code.casefold() == "general" or any(part is None for part in marked):
        return None
    return tuple(_section(part) for part in marked if part is not None)


def _section(marked: str) -> _Section | None:
    found = _NUMBER.match(marked)
    if found is None or _UNREADABLE.search(_LITERALS.sub("", marked)):
        return None
    whole, part, before, after = found["whole"], found["part"] or "", found["before"], found["after"]
    if not any(sign in "#0?" for sign in whole + part):
        return None
    return _Section(
        before=_unfenced(before),
        after=_unfenced(after),
        fewest_whole=whole.count("0"),
        fewest_part=part.count("0"),
        most_part=len(part),
        grouped="," in whole.rstrip(","),
        thousands=len(whole) - len(whole.rstrip(",")) + len(found["scale"]),
        percent=_LITERALS.sub("", before + after).count("%"),
    )


def _split(code: str) -> list[str]:
    """Sections at the semicolons outside quotes."""
    return re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;|$)|^(?=;)', code) or [code]


def _marked(section: str) -> str | None:
    """The section with literal words fenced off and paddings, fills and colours gone; None for a condition."""
    words = ""
    for quoted, escaped, bracketed, signs in _PIECES.findall(section):
        if _CONDITION.search(bracketed):
            return None
        literal = quoted or escaped or (bracketed[1:].partition("-")[0] if bracketed.startswith("$") else "")
        words += _LITERAL.format(literal) if literal else signs
    return words


def _by_format(number: Decimal, magnitude: Decimal, section: _Section | None) -> Shown:
    if section is None:
        return Shown(_plain(number))
    value = magnitude.scaleb(2 * section.percent - 3 * section.thousands, context=_EXACT)
    rounded = value.quantize(Decimal(1).scaleb(-section.most_part), ROUND_HALF_UP, context=_EXACT)
    # Zero without a place that must be filled shows its literal words alone, as the dash of accounts does.
    silent = rounded == 0 and not section.fewest_whole and not section.fewest_part
    shown = f"{section.before}{'' if silent else _spell(rounded, section)}{section.after}".strip() or _plain(
        number
    )
    unlike = silent or section.thousands or rounded != value or (number < 0 and "-" not in shown)
    return Shown(shown, _plain(number) if unlike else "")


def _spell(number: Decimal, section: _Section) -> str:
    sign, digits = ("-" if number < 0 else ""), f"{abs(number):f}"
    whole, _, part = digits.partition(".")
    while len(part) > section.fewest_part and part.endswith("0"):
        part = part[:-1]
    whole = whole.zfill(section.fewest_whole)
    if section.grouped:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{whole}{',' + part if part else ''}"


def _plain(number: Decimal) -> str:
    """The number with a decimal comma and no grouping; beyond 21 digits with a power of ten."""
    if number and not -_LONGEST < number.adjusted() < _LONGEST:
        return f"{number.normalize():E}".replace(".", ",")
    words = f"{number:f}"
    return (words.rstrip("0").rstrip(".") if "." in words else words).replace(".", ",")


def _unfenced(words: str) -> str:
    return _LITERALS.sub(r"\1", words)


def _moment_signs(code: str) -> tuple[str, str, str]:
    """Literal words before, the letters d, m, y, h that are shown, literal words after."""
    marked = _marked(_split(code)[0]) or ""
    signs = _LITERALS.sub("", marked).casefold()
    shown = "".join(letter for letter in "dyh" if letter in signs)
    if re.search(r"m", re.sub(r"h+\W*m+|m+\W*s+", "", signs)):
        shown += "m"
    before = _LITERALS.match(marked)
    after = re.search("\ue000([^\ue001]*)\ue001$", marked)
    return (before[1] if before else ""), shown or "dmy", (after[1] if after and after.start() else "")


def _day_words(value: dt.date, signs: str) -> str:
    day, month, year = f"{value.day:02}", f"{value.month:02}", f"{value.year:04}"
    parts = [word for letter, word in (("d", day), ("m", month), ("y", year)) if letter in signs]
    return "/".join(parts) if parts else f"{day}/{month}/{year}"
