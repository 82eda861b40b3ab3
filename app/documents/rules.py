"""Decisions about documents: how a number is filed, what a type is called, how clauses stand under each other. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import Flaw, Refused
from app.core.text import Text
from app.documents.numbers import DocumentNumber, Series, folded_number, read_document_number
from app.documents.schemas import NewClause
from app.documents.symbols import TYPES, known_type
from app.documents.words import CLAUSES_UNCLEAR, DOCUMENT_TYPE_UNCLEAR


@dataclass(frozen=True, slots=True)
class Filing:
    """Where a number stands: its series, what must be unique in it, its place in order, and the year of a State number."""

    series: str
    number_key: str | None
    serial: int | None
    number_year: int | None


def filed(number: str | None, issued_on: date | None) -> Filing:
    """The filing of a number as written. A number that was not read in full is filed in no series."""
    read = read_document_number(number or "")
    return Filing(read.series.value, _number_key(read), read.serial, _number_year(read, issued_on))


def type_name(symbol: str, given: str | None) -> str:
    """The type in words. Raises Refused (document_type_unclear) where the symbol alone does not give it."""
    if given is not None:
        return given
    meanings = TYPES.get(known_type(symbol) or "", ())
    if len(meanings) != 1:
        known = ", ".join(one.vi for one in meanings) or "—"
        raise Refused(DOCUMENT_TYPE_UNCLEAR, type=symbol, meanings=known)
    return meanings[0].vi


def require_clear_clauses(
    clauses: Sequence[NewClause], standing: Iterable[str] = (), *, pointer: str = "/clauses/{place}"
) -> None:
    """Raises Refused (clauses_unclear): each label is new, and `under` names one that came before.

    `standing` holds the labels the document already has, so no clause can stand under itself; `pointer` tells where in
    the input a clause stands.
    """
    known = set(standing)
    flaws: list[Flaw] = []
    for place, clause in enumerate(clauses):
        flaws += _clause_flaws(pointer.format(place=place), clause, known)
        known.add(clause.label)
    if flaws:
        raise Refused(CLAUSES_UNCLEAR, flaws=tuple(flaws), count=len(flaws))


def _clause_flaws(pointer: str, clause: NewClause, known: set[str]) -> list[Flaw]:
    flaws = []
    if clause.label in known:
        flaws.append(
            Flaw(f"{pointer}/label", "clause_label_taken", Text("nhãn đã có", "the label is there already"))
        )
    if clause.under is not None and clause.under not in known:
        nowhere = Text("chưa có điều khoản này ở phía trước", "no clause before it bears this label")
        flaws.append(Flaw(f"{pointer}/under", "clause_unknown", nowhere))
    return flaws


def _number_key(read: DocumentNumber) -> str | None:
    """The same for "3-NQ/ĐU" and "03-NQ/ĐU", for NFD and odd dashes; other symbols, another key."""
    if read.series is Series.UNKNOWN or read.number is None:
        return None
    running = read.number.lstrip("0") or "0"
    return folded_number(" ".join(part for part in (running, read.type_symbol, read.issuer_symbol) if part))


def _number_year(read: DocumentNumber, issued_on: date | None) -> int | None:
    if read.series is not Series.STATE:
        return None
    return read.year or (issued_on.year if issued_on else None)
