"""Where a running embedded server is reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Always stated: with no port in the address a client would take the environment's PGPORT.
PORT = 5432


@dataclass(frozen=True, slots=True)
class Address:
    """A running server: the process that owns it, its socket directory, its major version, its owner's note."""

    pid: int
    socket_dir: Path
    version: int
    note: Mapping[str, Any] = field(default_factory=dict)

    def dsn(self, role: str, database: str = "bayro") -> str:
        """The address as a URL that libpq and asyncpg understand."""
        host = quote(str(self.socket_dir), safe="/")
        return f"postgresql://{quote(role, safe='')}@/{quote(database, safe='')}?host={host}&port={PORT}"
