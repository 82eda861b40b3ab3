"""The canonical entry of an act and its commitment: pure, byte for byte reproducible (RFC 8785)."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from app.core.canonical import plain

COMMIT_TAG = b"bayro/commit/v1\x00"
SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Entry:
    """What is committed to: exact bytes, salt, and SHA-256 over both."""

    content: bytes
    salt: bytes
    commitment: bytes


def commitment(content: bytes, salt: bytes) -> bytes:
    """`SHA-256("bayro/commit/v1" 00 salt entry)`: binds without showing. Raises ValueError for a salt that is not 32 bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"expected a salt of {SALT_BYTES} bytes, got {len(salt)}")
    return sha256(COMMIT_TAG + salt + content).digest()


def sealed(document: Mapping[str, Any], salt: bytes) -> Entry:
    """The entry of a document."""
    content = rfc8785.dumps(plain(document))
    return Entry(content, salt, commitment(content, salt))
