"""What PostgreSQL says, kept in a file of bounded size."""

import contextlib
import os
import threading
from collections import deque
from pathlib import Path
from typing import IO

from app.core.embedded.accounts import as_its_folder

# The file and one earlier one, together at most twice this.
_LARGEST_FILE = 4 * 1024 * 1024
_LAST_LINES = 15


class Journal:
    """Drains the server's stderr into `path`, moving it to `path.1` when it has grown large.

    PostgreSQL's own collector bounds its files by time only, and would be one more process.
    """

    def __init__(self, path: Path, *, largest: int = _LARGEST_FILE) -> None:
        self._path = path
        self._largest = largest
        self._last: deque[bytes] = deque(maxlen=_LAST_LINES)
        self._thread: threading.Thread | None = None

    def follow(self, source: IO[bytes]) -> None:
        """Drain until the source ends, in a thread of its own."""
        self._thread = threading.Thread(
            target=self._drain, args=(source,), name="postgres-journal", daemon=True
        )
        self._thread.start()

    def close(self, patience: float = 5.0) -> None:
        """Wait until the source has ended and all is written, at most `patience` seconds."""
        if self._thread:
            self._thread.join(patience)

    def last_words(self) -> str:
        """The last lines that were said."""
        return b"".join(self._last).decode(errors="replace")

    def _drain(self, source: IO[bytes]) -> None:
        with source:
            for line in source:
                self._last.append(line)
                # A full disk must not stop the draining: the server would hang on its own log.
                with contextlib.suppress(OSError):
                    self._write(line)

    def _write(self, line: bytes) -> None:
        file = os.open(
            self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
        )
        try:
            os.write(file, line)
            size = os.fstat(file).st_size
            if size == len(line):
                as_its_folder(file, self._path.parent)
        finally:
            os.close(file)
        if size >= self._largest:
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))
