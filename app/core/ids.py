"""Identities: UUIDv7 (RFC 9562), sortable by the time they were made, leaking no count; and the id the cleared reach by."""

from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return compat.uuid7()


_VERSION_AT = 76  # bits below the version's four

RESTRICTED = 2
"""The class of what only those see who are cleared for it: 0 public inside the system, 1 internal, 2 restricted."""


def cleared(one: UUID) -> UUID:
    """The id under which restricted things stand in scope tables: the same, of version 8 (RFC 9562: custom).

    Nothing bears such an id, so it is no unit's and no person's. Equal to the database's `cleared`; mapping twice
    changes nothing.
    """
    return UUID(int=one.int & ~(0xF << _VERSION_AT) | 8 << _VERSION_AT)
