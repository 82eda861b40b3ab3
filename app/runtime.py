"""Where the database is: the address in the environment, or the embedded server of the data directory."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.database import ACT, OWNER, READ, WORKER, Addresses, plain_address
from app.core.embedded import Embedded, attached
from app.core.settings import Settings
from app.core.text import Text

NO_SERVER = Text(
    "Không có máy chủ nào đang chạy với thư mục dữ liệu {dir}. Chạy `./bayro run` trước, hoặc đặt DATABASE_URL.",
    "No server is running on the data directory {dir}. Start `./bayro run` first, or set DATABASE_URL.",
)
# How a parent tells its server processes where the embedded server is; operators use the same names.
_ENVIRONMENT = {
    "owner": "BAYRO_OWNER_URL",
    "act": "BAYRO_ACT_URL",
    "read": "BAYRO_READ_URL",
    "worker": "BAYRO_WORKER_URL",
}


class NoServer(Exception):
    """No address was given and no embedded server is running."""


def addresses_from_url(url: str) -> Addresses:
    """The four addresses: those of the environment where given, otherwise the one URL for all."""
    plain = plain_address(url)
    found = {role: plain_address(os.environ.get(name) or plain) for role, name in _ENVIRONMENT.items()}
    return Addresses(**found)


def addresses_from_environment(settings: Settings) -> Addresses:
    """Addresses for a process that did not start the server itself. Raises NoServer."""
    if settings.database_url or os.environ.get(_ENVIRONMENT["act"]):
        return addresses_from_url(settings.database_url or os.environ[_ENVIRONMENT["act"]])
    running = attached(settings.data_dir)
    if running is None:
        raise NoServer(str(settings.data_dir))
    return Addresses(*(running.dsn(role) for role in (OWNER, ACT, READ, WORKER)))


def addresses_of(server: Embedded) -> Addresses:
    """The addresses of a server this process started."""
    return Addresses(*(server.dsn(role) for role in (OWNER, ACT, READ, WORKER)))


@contextmanager
def told(addresses: Addresses) -> Iterator[None]:
    """Within the block, child processes find the addresses in their environment."""
    before = {name: os.environ.get(name) for name in _ENVIRONMENT.values()}
    for role, name in _ENVIRONMENT.items():
        os.environ[name] = getattr(addresses, role)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
