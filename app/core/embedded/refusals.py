"""Why the embedded server does not start, in words a person can act on.

StartRefused
├── AlreadyRunning  another process owns this data directory
├── OtherMajor      the data belongs to another major version of PostgreSQL
├── Unusable        a folder or an account that the server needs cannot be used
└── NotStarted      PostgreSQL itself gave up; its last words are quoted
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.core.embedded.address import Address
from app.core.text import Text


class StartRefused(Exception):
    """The server was not started; `text` says why and what to do, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class AlreadyRunning(StartRefused):
    """Another process owns the data directory.

    `pid` is that process as far as it is known (0 when not); `address` is None while its server is still starting;
    `note` is what it published, such as the HTTP address.
    """

    def __init__(self, data_dir: Path, *, pid: int, address: Address | None) -> None:
        super().__init__(
            Text(
                "Máy chủ dữ liệu của thư mục {data_dir} đang chạy rồi (tiến trình {pid}). "
                "Hãy dùng máy chủ đó, dừng nó lại, hoặc chọn thư mục khác bằng --data-dir.",
                "A server of the data directory {data_dir} is already running (process {pid}). "
                "Use that one, stop it, or choose another directory with --data-dir.",
            ).filled(data_dir=data_dir, pid=pid or "?")
        )
        self.pid = pid
        self.address = address
        self.note: Mapping[str, Any] = address.note if address else {}


class OtherMajor(StartRefused):
    """The data was made by a major version other than the one at hand; it is left untouched."""

    def __init__(self, data: Path, *, found: str, wanted: int) -> None:
        super().__init__(
            Text(
                "Dữ liệu ở {data} thuộc PostgreSQL {found}, phần mềm này dùng PostgreSQL {wanted}. Dữ liệu được giữ "
                "nguyên. Hãy chạy lại bản phần mềm cũ và xuất dữ liệu bằng pg_dumpall, sau đó nạp vào một thư mục "
                "mới (--data-dir); hoặc đổi tên {data} nếu muốn bắt đầu với dữ liệu trống.",
                "The data in {data} belongs to PostgreSQL {found}; this release runs PostgreSQL {wanted}. Nothing was "
                "touched. Run the earlier release again and dump the data with pg_dumpall, then load it into a new "
                "directory (--data-dir); or rename {data} to begin with empty data.",
            ).filled(data=data, found=found, wanted=wanted)
        )


class Unusable(StartRefused):
    """Something the server needs from the machine is missing or closed to it; nothing was touched."""


class NotStarted(StartRefused):
    """PostgreSQL or its initdb ended; the message quotes the last lines of what it said."""

    def __init__(self, data: Path, last_words: str) -> None:
        super().__init__(
            Text(
                "PostgreSQL cho {data} không khởi động được. Lời cuối của nó:\n{words}",
                "PostgreSQL for {data} did not start. Its last words:\n{words}",
            ).filled(data=data, words=last_words.strip() or "(—)")
        )
