"""The embedded PostgreSQL: the wheel's programs, our own start and stop.

Owns one server per data directory for as long as the process that started it lives. Knows nothing of roles, databases
or migrations.
"""

from app.core.embedded.address import Address
from app.core.embedded.refusals import AlreadyRunning, NotStarted, OtherMajor, StartRefused, Unusable
from app.core.embedded.server import Embedded, attached

__all__ = [
    "Address",
    "AlreadyRunning",
    "Embedded",
    "NotStarted",
    "OtherMajor",
    "StartRefused",
    "Unusable",
    "attached",
]
