"""Becomes another program, under another account, tied to the life of its parent.

    python -I -S leash.py PARENT SIGNAL UID GID PROGRAM [ARGUMENT ...]

A program of its own rather than a `preexec_fn`: between fork and exec of a process with threads, Python code may
hang for ever. It therefore imports nothing of ours.
"""

import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1


def become(command: list[str], *, parent: int, signal: int, uid: int, gid: int) -> None:
    """Replace this process by the command; ends with a message when that cannot be."""
    if os.geteuid() != uid:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        # After the change of account, which clears the wish.
        if ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal)) != 0:
            sys.exit("the kernel does not tie a child to the life of its parent")
        # A parent that ended before the wish was made would never be noticed.
        if os.getppid() != parent:
            sys.exit("the parent has ended")
    os.umask(0o077)
    os.chdir("/")
    os.execv(command[0], command)  # noqa: S606 — a shell is what must not come between


if __name__ == "__main__":
    _parent, _signal, _uid, _gid = (int(word) for word in sys.argv[1:5])
    become(sys.argv[5:], parent=_parent, signal=_signal, uid=_uid, gid=_gid)
