"""Running PostgreSQL's programs under the server's account, tied to the life of this process."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.core.embedded.accounts import Account
from app.core.embedded.binaries import clean_environment

_LEASH = Path(__file__).with_name("leash.py")


@contextmanager
def reaching(folder: Path, account: Account) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A name by which the account reaches a folder of its own, and the files to hand down with it.

    A folder under /root, or another that lets only its owner in, is closed to the account although the folder itself
    is the account's. An open file of it, handed down, leads past the folders above.
    """
    if account.enters(folder.parent):
        yield str(folder), ()
        return
    handed = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{handed}", (handed,)
    finally:
        os.close(handed)


def spawn(
    command: Sequence[str | Path],
    account: Account,
    *,
    files: tuple[int, ...],
    when_parent_ends: signal.Signals,
) -> subprocess.Popen[bytes]:
    """Start a program with its output in one pipe, away from the terminal's signals.

    Call it from the main thread: the kernel ties the child to the *thread* that made it.
    """
    leash = [sys.executable, "-I", "-S", _LEASH, os.getpid(), int(when_parent_ends), account.uid, account.gid]
    return subprocess.Popen(  # noqa: S603 — our own programs, no shell
        [str(word) for word in (*leash, *command)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=files,
        env=clean_environment(),
        cwd="/",
        # Ctrl-C reaches the whole foreground group; the server must outlive the requests that are being finished.
        start_new_session=True,
    )
