"""From what a caller wrote to what a statement binds: one strict reading per kind, the same at both doors."""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from app.core.reads.kinds import Choice, Kind, Many
from app.core.text import fold, nfc

# Bounds of what the database can hold; beyond them a value is refused here, not by a failing statement.
_INTEGER = re.compile(r"-?\d{1,9}\Z", re.ASCII)
_LARGE = re.compile(r"-?\d{1,18}\Z", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.ASCII | re.IGNORECASE)
_DECIMAL = re.compile(r"-?\d{1,20}(\.\d{1,10})?\Z", re.ASCII)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+")
LONGEST_TEXT = 1_000
LONGEST_QUERY, MOST_WORDS = 200, 16


def read_value(kind: Kind, raw: Any) -> Any:
    """The value to bind. `raw` is text (REST) or already a scalar (GraphQL). Raises ValueError with what was expected."""
    if isinstance(kind, Many):
        return [read_value(kind.of, one) for one in (raw if isinstance(raw, (list, tuple)) else [raw])]
    if isinstance(kind, Choice):
        return _choice(kind, raw)
    return _READERS[kind.name](raw)


def _choice(kind: Choice, raw: Any) -> str:
    word = str(raw).lower()
    if word not in kind.labels:
        raise ValueError("one of " + ", ".join(kind.labels))
    return word


def _text(raw: Any) -> str:
    words = str(raw)
    if _UNSTORABLE.search(words) or len(words) > LONGEST_TEXT:
        raise ValueError(f"text of at most {LONGEST_TEXT} characters without NUL")
    return words


def _integer(raw: Any) -> int:
    if isinstance(raw, bool) or not _INTEGER.match(str(raw)):
        raise ValueError("a whole number")
    return int(raw)


def _large(raw: Any) -> int:
    if isinstance(raw, bool) or not _LARGE.match(str(raw)):
        raise ValueError("a whole number")
    return int(raw)


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw in {"true", "false"}:
        return raw == "true"
    raise ValueError("true or false")


def _date(raw: Any) -> date:
    if isinstance(raw, date):
        return raw
    if not _DATE.match(str(raw)):
        raise ValueError("a date such as 2026-12-31")
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise ValueError("a date such as 2026-12-31") from error


def _instant(raw: Any) -> datetime:
    if isinstance(raw, datetime):
        return raw
    try:
        instant = datetime.fromisoformat(str(raw))
    except ValueError as error:
        raise ValueError("an instant such as 2026-12-31T10:00:00Z") from error
    if instant.tzinfo is None:
        raise ValueError("an instant with its offset, such as 2026-12-31T10:00:00Z")
    return instant


def _id(raw: Any) -> UUID:
    if isinstance(raw, UUID):
        return raw
    words = str(raw)
    if _UUID.match(words):
        return UUID(words)
    return UUID(_inside_global_id(words))


def _inside_global_id(words: str) -> str:
    """The UUID inside Relay's `base64("Task:<uuid>")`."""
    try:
        inside = base64.b64decode(words.encode("ascii"), validate=True).decode("ascii").partition(":")[2]
    except (ValueError, binascii.Error):
        inside = ""
    if not _UUID.match(inside):
        raise ValueError("an id (UUID)")
    return inside


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not _DECIMAL.match(str(raw)):
        raise ValueError("a decimal with a point, such as 14.5")
    try:
        return Decimal(str(raw))
    except InvalidOperation as error:
        raise ValueError("a decimal with a point, such as 14.5") from error


class PrefixQuery(str):
    """A text that is a prefix query already: reading it again changes nothing."""

    __slots__ = ()


def _query(raw: Any) -> PrefixQuery:
    """Every word as a prefix: with its marks (weight A) or without (weight B, ranked lower)."""
    if isinstance(raw, PrefixQuery):
        return raw
    if len(_text(raw)) > LONGEST_QUERY:
        raise ValueError(f"at most {LONGEST_QUERY} characters")
    words = _WORD.findall(_text(raw).lower())[:MOST_WORDS]
    if not words:
        raise ValueError("at least one letter or digit")
    return PrefixQuery(" & ".join(f"('{nfc(word)}':*A | '{fold(word)}':*B)" for word in words))


_READERS: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "integer": _integer,
    "money": _large,
    "boolean": _boolean,
    "date": _date,
    "instant": _instant,
    "id": _id,
    "decimal": _decimal,
    "query": _query,
}
