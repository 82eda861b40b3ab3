"""Document numbers as papers write them.

A Party number reads `23-CTr/ĐU` (hyphen, then slash), a State number `03/NQ-CP` or `335/2025/NĐ-CP` (slash, then
hyphen). Party numbers run on through a term, State numbers start anew each year, so it matters which of the two a
number is. Where separators and issuer tell different stories, or the words hold more than one number, the parts that
are plain are given, the series stays unknown and `unread` says why. The symbol never gives the type: QĐ is both a
decision and a regulation. Source: Quy định 399-QĐ/TW (2026), Hướng dẫn 05-HD/VPTW (2026).
"""

import re
import unicodedata
from dataclasses import dataclass

from app.core.text import Text, fold, squeezed
from app.documents.symbols import Series, issuer_series, known_type


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number as written (`verbatim`) and what was read of it; `unread` says what could not be read, and why.

    `number` is the running number with its zeros and letter ("03", "23a"); `year` is the one written inside it.
    """

    verbatim: str
    number: str | None = None
    type_symbol: str | None = None
    issuer_symbol: str | None = None
    series: Series = Series.UNKNOWN
    year: int | None = None
    unread: Text | None = None

    @property
    def serial(self) -> int | None:
        """The running number as a number, its letter aside."""
        digits = re.match("[0-9]+", self.number or "")
        return int(digits[0]) if digits else None


EMPTY = Text("Không có số, ký hiệu", "There is no number")
TOO_LONG = Text("Dài quá 200 ký tự, không phải số, ký hiệu", "Longer than 200 characters, which is no number")
NOT_A_NUMBER = Text(
    "Không đọc được số, ký hiệu trong các chữ này", "No document number can be read in these words"
)
SEVERAL = Text("Có nhiều số, ký hiệu; cần tách riêng", "There are several numbers; give them one by one")
NO_SYMBOL = Text(
    "Chỉ có số, thiếu ký hiệu loại và cơ quan", "A number alone, without symbols of type and issuer"
)
HALF = Text(
    "Chỉ có một ký hiệu: thiếu loại hoặc thiếu cơ quan", "One symbol only: the type or the issuer is missing"
)
NO_NUMBER = Text("Có ký hiệu nhưng chưa có số", "There are symbols but no running number")
MORE_WORDS = Text("Sau số, ký hiệu còn chữ chưa hiểu", "Words follow the number that are not understood")
SEPARATORS = Text(
    "Dấu nối không theo kiểu của Đảng (23-CTr/ĐU) hay của Nhà nước (03/NQ-CP)",
    "The separators follow neither the Party's way (23-CTr/ĐU) nor the State's (03/NQ-CP)",
)
DISAGREE = Text(
    "Dấu nối theo một kiểu, ký hiệu cơ quan lại theo kiểu kia",
    "The separators say one series, the issuer the other",
)

_LONGEST = 200
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63"), "-")
_SLASHES = dict.fromkeys(map(ord, "\u2044\u2215\u29f8\\"), "/")
# The Icelandic eth and the African đ look like Đ and stand for it in papers typed with old fonts.
_LOOKALIKES = {ord("Ð"): "Đ", ord("ð"): "đ", ord("Ɖ"): "Đ", ord("ɖ"): "đ"}
_PLAIN = _DASHES | _SLASHES | _LOOKALIKES

# "Số:", "Số, ký hiệu:", "Nghị quyết số", "Nghị quyết" before a digit: what the number is called, not a part of it.
_LEAD = re.compile(
    r"(?:[^\d:/-]*(?:[/-][^\d:/-]*)?:|[^\d:/-]*\bs[ốo]\b\.?|(?:[^\W\d_]+ )+(?=\d))\s*", re.IGNORECASE
)
_SYMBOL = r"[^\W\d_][^\W_]*(?:\.[^\W_]+)*"
_NUMBER = re.compile(
    rf"(?:[._…]+(?=[ /-])|(?P<number>[0-9]{{1,9}}(?:[^\W\d_](?![^\W_]))?))?"
    rf"(?:/(?P<year>(?:19|20)[0-9]{{2}})(?![0-9]))?"
    rf"(?P<parts>(?P<first>[ /-]*){_SYMBOL}(?:[/-]{_SYMBOL})*)?"
    rf"(?:[/-](?P<late>(?:19|20)[0-9]{{2}})(?![0-9]))?"
)
_PARTS = re.compile(rf"([ /-]*)({_SYMBOL})")
_LIKE_A_NUMBER = re.compile(r"(?<![^\W_])[0-9]+(?:/[0-9]{4})?[/-][^\W\d_]")
# What may follow a number without being a part of it: its date, its issuer, its subject, a closing stop.
_TAIL = re.compile(r"[ .,;)]*(?:[ ,;(](?:ngày|của|về|do|v/v|ban hành)\b.*)?", re.IGNORECASE)
_AFTER_A_NUMBER = {"", " ", ",", ";", "("}
_NOT_IN_SEARCH = re.compile("[^a-z0-9]+")
_LEAD_IN_SEARCH = re.compile("^(?:[a-z]+ )*so (?:va )?(?:ky hieu )?(?=[0-9])")


def read_document_number(words: str) -> DocumentNumber:
    """What can be read of a number as written. Total: what cannot be read stays verbatim and is told in `unread`."""
    if len(words) > _LONGEST:
        return DocumentNumber(words, unread=TOO_LONG)
    plain = _plain(words)
    core = plain[_lead(plain) :]
    if not core.strip(" ./-:_…"):
        return DocumentNumber(words, unread=EMPTY)
    if len(_LIKE_A_NUMBER.findall(core)) > 1:
        return DocumentNumber(words, unread=SEVERAL)
    found = _NUMBER.match(core)
    if found is None or not (found["number"] or found["first"]):
        return DocumentNumber(words, unread=NOT_A_NUMBER)
    rest = core[found.end() :]
    # "1.234/QĐ-UBND": what touches the number may belong to it, so not even the number is known.
    touching = rest[:1] not in _AFTER_A_NUMBER and not _TAIL.fullmatch(rest)
    return DocumentNumber(words, unread=NOT_A_NUMBER) if touching else _read(words, found, rest)


def folded_number(words: str) -> str:
    """The number for search: letters and digits only, without marks, lower case, set apart by single blanks.

    Equals the column `document.number_folded`.
    """
    seen = unicodedata.normalize("NFKC", words).translate(_LOOKALIKES)
    return _LEAD_IN_SEARCH.sub("", _NOT_IN_SEARCH.sub(" ", fold(seen)).strip(" "))


def _plain(words: str) -> str:
    """One kind of hyphen, slash, blank and Đ; no blanks around separators and none doubled."""
    composed = unicodedata.normalize("NFKC", words).translate(_PLAIN)
    seen = "".join(sign for sign in composed if unicodedata.category(sign) != "Cf")
    return re.sub(r"([-/])\1+", r"\1", re.sub(r" *([-/]) *", r"\1", squeezed(seen)))


def _lead(plain: str) -> int:
    found = _LEAD.match(plain)
    return found.end() if found else 0


def _read(words: str, found: re.Match[str], rest: str) -> DocumentNumber:
    parts = [(sign.strip(" "), symbol) for sign, symbol in _PARTS.findall(found["parts"] or "")]
    year = found["year"] or found["late"]
    kind, issuer = _symbols(parts, dated=bool(found["year"]))
    series, why = _series(parts, issuer, dated=bool(found["year"]))
    if not found["number"] and series is not Series.UNKNOWN:
        why = NO_NUMBER
    if not _TAIL.fullmatch(rest):
        series, why = Series.UNKNOWN, MORE_WORDS
    return DocumentNumber(words, found["number"], kind, issuer, series, int(year) if year else None, why)


def _symbols(parts: list[tuple[str, str]], *, dated: bool) -> tuple[str | None, str | None]:
    """The symbols of type and issuer. A letter of an office (`1234/BNV-CCVC`) names no type."""
    if not parts:
        return None, None
    symbol = parts[0][1]
    kind = known_type(symbol)
    if len(parts) == 1:
        return (kind, None) if kind else (None, symbol if dated or _tells(symbol) else None)
    if kind or _form(parts, dated=False) is Series.PARTY:
        return kind or symbol, _joined(parts[1:])
    return None, _joined(parts)


def _tells(issuer: str) -> bool:
    return issuer_series(issuer) is not Series.UNKNOWN


def _joined(parts: list[tuple[str, str]]) -> str:
    return parts[0][1] + "".join(sign + symbol for sign, symbol in parts[1:])


def _series(parts: list[tuple[str, str]], issuer: str | None, *, dated: bool) -> tuple[Series, Text | None]:
    """The series that separators and issuer agree on, or why there is none."""
    if not parts:
        return Series.UNKNOWN, NO_SYMBOL
    form = _form(parts, dated=dated)
    if form is Series.UNKNOWN:
        return Series.UNKNOWN, SEPARATORS if len(parts) > 1 else HALF
    if issuer is None and not dated:
        return Series.UNKNOWN, HALF
    if issuer and _tells(issuer) and issuer_series(issuer) is not form:
        return Series.UNKNOWN, DISAGREE
    return form, None


def _form(parts: list[tuple[str, str]], *, dated: bool) -> Series:
    """The series by separators alone: the one before the issuer decides, the one before the type must not object."""
    first = parts[0][0]
    if len(parts) == 1:
        return Series.STATE if dated or first == "/" else Series.UNKNOWN
    border = parts[1][0]
    if border == "/" and first != "/":
        return Series.PARTY
    if (border == "-" and first != "-") or (dated and first == "/"):
        return Series.STATE
    return Series.UNKNOWN
