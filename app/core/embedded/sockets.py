"""The private folder where the server listens: short, ours alone, and not to be taken over by another account."""

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.core.embedded.accounts import Account
from app.core.embedded.address import PORT
from app.core.embedded.refusals import Unusable
from app.core.text import Text

# The kernel's limit for the path of a Unix socket, its final NUL not counted. Source: unix(7), sun_path.
_LONGEST_SOCKET = 107
_PREFIX = "bayro-"
_SOCKET_NAME = f".s.PGSQL.{PORT}"
# `unix_socket_directories` is a list: commas and quotes part its items.
_PLAIN = re.compile(r"[A-Za-z0-9/._-]+")
_ADDED_BY_MKDTEMP = 8


def make_socket_dir(account: Account) -> Path:
    """A new folder with mode 0700 owned by the account. Raises Unusable when no place is fit for one.

    The name cannot be foreseen, so nobody can be there first with a folder or a symbolic link.
    """
    tried: list[str] = []
    for place in _places():
        tried.append(str(place))
        if _fit(place, account):
            made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
            account.give(made)
            return made
    raise Unusable(
        Text(
            "Không có thư mục tạm nào dùng được cho máy chủ dữ liệu (đã thử: {tried}). Hãy đặt TMPDIR thành một thư "
            "mục có đường dẫn ngắn, ghi được, không dấu cách.",
            "No temporary directory is fit for the database server (tried: {tried}). Set TMPDIR to a directory with "
            "a short path without blanks that can be written to.",
        ).filled(tried=", ".join(tried))
    )


def remove_socket_dir(folder: str, *, left_by: Account) -> None:
    """Remove what an earlier server left, if it still is what we made and nothing that only bears its name."""
    path = Path(folder)
    if path.name.startswith(_PREFIX) and is_private(path, left_by):
        shutil.rmtree(path, ignore_errors=True)


def is_private(folder: Path, account: Account) -> bool:
    """Whether it is a real folder that belongs to the account and lets in nobody else."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == account.uid and status.st_mode & 0o077 == 0


def _places() -> Iterator[Path]:
    session = os.environ.get("XDG_RUNTIME_DIR")
    if session:
        yield Path(session)
    yield Path(tempfile.gettempdir())
    yield Path("/tmp")  # noqa: S108 — only a folder with an unforeseeable name and mode 0700 is made in it


def _fit(place: Path, account: Account) -> bool:
    longest = place / (_PREFIX + "x" * _ADDED_BY_MKDTEMP) / _SOCKET_NAME
    if len(os.fsencode(longest)) > _LONGEST_SOCKET or not _PLAIN.fullmatch(str(place)):
        return False
    try:
        return os.access(place, os.W_OK | os.X_OK) and account.enters(place) and _cannot_be_swapped(place)
    except OSError:
        return False


def _cannot_be_swapped(place: Path) -> bool:
    """Whether no other account may rename what we make there: for lack of the right, or held by the sticky bit."""
    status = place.stat()
    others_write = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return status.st_uid in {0, os.geteuid()} and (not others_write or bool(status.st_mode & stat.S_ISVTX))
