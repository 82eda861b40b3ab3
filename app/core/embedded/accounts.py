"""Which account the server runs under, and what that account can reach. PostgreSQL refuses to run as root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Account:
    """A user and group of the machine, by number."""

    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        """Whether it is not the account this process runs under."""
        return self.uid != os.geteuid()

    @property
    def name(self) -> str | None:
        """Its name on this machine; None when it has none, as with a number given to a container."""
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return None

    def enters(self, folder: Path) -> bool:
        """Whether it may pass through the folder and every folder above. Access lists are not looked at."""
        real = folder.resolve()
        return all(self._has(where, stat.S_IXOTH) for where in (real, *real.parents))

    def reads(self, path: Path) -> bool:
        """Whether it may reach the file or folder and read and run (or list) it. Access lists are not looked at."""
        # What a symbolic link leads to must be within reach as well as the link.
        reached = self.enters(path.parent) and self.enters(path.resolve().parent)
        return reached and self._has(path, stat.S_IXOTH | stat.S_IROTH)

    def give(self, path: Path) -> None:
        """Make it the owner of what this process has just made."""
        if self.is_other:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def _has(self, path: Path, bits: int) -> bool:
        status = path.stat()
        if status.st_uid == self.uid:
            bits <<= 6
        elif status.st_gid == self.gid:
            bits <<= 3
        return status.st_mode & bits == bits


def as_its_folder(file: int, folder: Path) -> None:
    """Give an open file, made by root, to the folder's owner, so that the owner can go on without root."""
    if os.geteuid() == 0:
        status = folder.stat()
        os.fchown(file, status.st_uid, status.st_gid)


def account_for(data_dir: Path, data: Path) -> Account:
    """Ourselves; as root the owner of the data, or of the folder it will stand in, and `nobody` if that is root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    kept = (data if data.exists() else data_dir).stat()
    if kept.st_uid != 0:
        return Account(kept.st_uid, kept.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)
