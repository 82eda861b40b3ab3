"""Identities: UUIDv7 (RFC 9562), sortable by the time they were made, leaking no count."""

from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return compat.uuid7()
