"""A compiled read: the statement's text and how to bind each request's values to it. Cursors are made and checked here."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.errors import Refused
from app.core.reads.allowed import MARK, Fill
from app.core.reads.kinds import Kind
from app.core.reads.selection import Slot
from app.core.reads.values import read_value
from app.core.words import CURSOR_INVALID, VALUE_INVALID

TAG = 16  # hex digits of the cursor's seal


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a statement is run for: all that visibility and computed fields depend on."""

    actor: UUID
    reach: tuple[UUID, ...]
    today: date
    secret: bytes
    inspected: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Bind:
    """One bound value. `what` is reach, inspected, actor, today, mark, value, key or cursor; the rest says which."""

    what: str
    source: Any = None
    kind: Kind | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class CursorSpec:
    """What a page's cursor is sealed with: the list, its order, and the values of its filters."""

    signature: str
    filters: tuple[tuple[str, Bind], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A statement and its binds, in order. Safe to keep: it holds no value of any request.

    `fills` tell how the marks in its answer become lists of allowed actions; `observed` names the shapes in it whose
    reading is recorded.
    """

    text: str
    binds: tuple[Bind, ...]
    fills: tuple[Fill, ...] = ()
    observed: tuple[str, ...] = ()

    def values(self, reader: Reader, arguments: Mapping[str, Any]) -> list[Any]:
        """The values of `$1…` for this request. Raises Refused (cursor_invalid) for a foreign or altered cursor."""
        keys: dict[CursorSpec, str] = {}
        return [self._value(bind, reader, arguments, keys) for bind in self.binds]

    def _value(
        self, bind: Bind, reader: Reader, arguments: Mapping[str, Any], keys: dict[CursorSpec, str]
    ) -> Any:
        match bind.what:
            case "reach":
                return reader.reach
            case "actor":
                return reader.actor
            case "today":
                return reader.today
            case "inspected":
                return reader.inspected
            case "mark":
                return MARK
            case "value":
                return _bound(bind, arguments)
            case "key":
                return _key(bind.source, reader, arguments, keys)
            case _:
                spec, slot = bind.source
                values = opened(str(follow(slot, arguments)), _key(spec, reader, arguments, keys))
                return _cursor_value(values, bind)


def follow(source: Any, arguments: Mapping[str, Any]) -> Any:
    """The value itself, or what stands at the slot's path in the request's arguments; a list part by part."""
    if isinstance(source, tuple):
        return [follow(part, arguments) for part in source]
    if not isinstance(source, Slot):
        return source
    value: Any = arguments
    for step in source.path:
        value = value[step]
    return value


def _bound(bind: Bind, arguments: Mapping[str, Any]) -> Any:
    value = follow(bind.source, arguments)
    if bind.kind is None or value is None:
        return value
    try:
        return read_value(bind.kind, value)
    except ValueError as error:
        raise Refused(
            VALUE_INVALID, name=str(getattr(bind.source, "path", ("value",))[-1]), expected=str(error)
        ) from None


def _key(spec: CursorSpec, reader: Reader, arguments: Mapping[str, Any], keys: dict[CursorSpec, str]) -> str:
    if spec not in keys:
        # As bound, not as written: a cursor serves both doors, constants as well as variables.
        filters = [(name, str(_bound(bind, arguments))) for name, bind in spec.filters]
        sealed = json.dumps([spec.signature, filters]).encode()
        keys[spec] = hmac.digest(reader.secret, sealed, "sha256").hex()
    return keys[spec]


def opened(cursor: str, key: str) -> list[str]:
    """The sort values and id inside a cursor. Raises Refused where the seal does not fit this list and order."""
    try:
        plain = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (ValueError, binascii.Error):
        raise Refused(CURSOR_INVALID) from None
    # The decoder overlooks foreign letters and spare bits; a cursor that was touched there is altered all the same.
    if base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=") != cursor:
        raise Refused(CURSOR_INVALID)
    tag, payload = plain[:TAG], plain[TAG:]
    if not hmac.compare_digest(
        tag.encode(), hashlib.sha256((key + payload).encode()).hexdigest()[:TAG].encode()
    ):
        raise Refused(CURSOR_INVALID)
    return json.loads(payload)


def _cursor_value(values: list[str], bind: Bind) -> str:
    try:
        return values[bind.place]
    except IndexError:
        raise Refused(CURSOR_INVALID) from None
