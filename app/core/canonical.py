"""JSON as it leaves: canonical values, one reading for the record and for events; and answers as bytes."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from asyncpg import Range

from app.core.text import nfc

_LARGEST_SAFE = 2**53 - 1  # RFC 8785 numbers are IEEE doubles; larger integers travel as text


def plain(value: Any) -> Any:  # noqa: C901 - one flat table of kinds
    """Values as canonical JSON takes them: text composed, instants UTC with microseconds, no floats.

    Raises TypeError for a kind of value the record does not know, so that nothing is recorded by accident of repr.
    """
    match value:
        case None | bool():
            return value
        case int():
            return value if abs(value) <= _LARGEST_SAFE else str(value)
        case str():
            return nfc(value)
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        case date():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case bytes():
            return value.hex()
        case Range():
            return [plain(value.lower), plain(value.upper)]
        case Mapping():
            return {nfc(str(name)): plain(one) for name, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(one) for one in value]
        case float():
            # JSON readings may hold one; its shortest text is exact, a double in canonical JSON would not be the same word.
            return repr(value)
    raise TypeError(f"expected a value the record knows, got {type(value).__name__}")


def encoded(document: Any) -> bytes:
    """JSON as bytes, Vietnamese letters as they are."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
