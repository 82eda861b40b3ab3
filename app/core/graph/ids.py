"""Relay's global ids: `base64("Task:<uuid>")`. Inputs take them and plain UUIDs alike."""

import base64
import binascii
from uuid import UUID

from app.core.errors import Refused
from app.core.words import NOT_FOUND


def parsed(raw: str) -> tuple[str | None, UUID]:
    """The type's name (None for a plain UUID) and the id. Raises Refused (not_found) for what is no id."""
    try:
        return None, UUID(raw)
    except ValueError:
        pass
    try:
        name, _, rest = base64.b64decode(raw.encode("ascii"), validate=True).decode("ascii").partition(":")
        return name, UUID(rest)
    except (ValueError, binascii.Error):
        raise Refused(NOT_FOUND) from None


def global_id(name: str, one: UUID) -> str:
    """The global id of an object."""
    return base64.b64encode(f"{name}:{one}".encode()).decode()
