"""Processes that own an embedded server, for tests that end them in every way there is."""

import contextlib
import json
import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.core.embedded.accounts import Account
from app.core.embedded.binaries import wheel_binaries

ROOT = Path(__file__).resolve().parents[1]
# Patience is for a noisy machine; nothing waits that long when all is well.
PATIENCE = 20.0

# A process that is killed loses nothing that it wrote, so most tests need not wait for the disk.
QUICK = {"fsync": "off"}

# A process that owns a server: says where it is, then does what it is told on standard input.
OWNER = """
import json, os, signal, sys
from pathlib import Path
from app.core.embedded import AlreadyRunning, Embedded, StartRefused
# Tests that run in the background inherit ears that are shut.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
try:
    binaries = {"binaries": Path(sys.argv[2])} if sys.argv[2:] else {}
    server = Embedded.start(Path(sys.argv[1]), settings={"fsync": "off"}, **binaries)
except AlreadyRunning as refusal:
    print(json.dumps({"running": refusal.pid, "note": dict(refusal.note)}), flush=True)
    sys.exit(3)
except StartRefused as refusal:
    print(json.dumps({"refused": refusal.text.en}), flush=True)
    sys.exit(4)
pid = int((server.data / "postmaster.pid").read_text().split()[0])
print(json.dumps({"dsn": server.dsn("postgres", "postgres"), "server": pid, "socket": str(server.socket_dir)}), flush=True)
for line in sys.stdin:
    if line == "stop\\n":
        server.stop()
        break
    if line == "leave\\n":
        break
    if line == "ignore ctrl-c\\n":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print("{}", flush=True)
    if line == "fork a child that stops it\\n":
        child = os.fork()
        if child == 0:
            server.stop()
            os._exit(0)
        print(json.dumps({"child": os.waitpid(child, 0)[1]}), flush=True)
    if line.startswith("publish "):
        server.publish(json.loads(line[8:]))
        print("{}", flush=True)
"""


def query(dsn: str, sql: str) -> str:
    """The answer as psql prints it, bare."""
    asked = subprocess.run(
        [wheel_binaries() / "psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", dsn, "-c", sql],
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode != 0:
        raise RuntimeError(asked.stderr)
    return asked.stdout.strip()


def eventually(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.02)
    return true()


def runs(pid: int) -> bool:
    """Whether the process is there and not a zombie; the machine's own `ps` is the oracle."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return bool(state.strip()) and not state.startswith("Z")


@dataclass
class Owner:
    process: subprocess.Popen[str]

    def hears(self) -> dict:
        line = self.process.stdout.readline() if self.process.stdout else ""
        assert line, f"the owner ended with {self.process.wait(PATIENCE)} before it said anything"
        return json.loads(line)

    def told(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def close(self) -> None:
        """End it the way it is meant to end, or for good."""
        if self.process.poll() is None:
            with contextlib.suppress(OSError):
                self.told("stop")
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.process.wait(PATIENCE)


def start_owner(data_dir: Path, *more: str | Path, python: str = sys.executable, **how) -> Owner:
    """Start a process that owns the server of a data directory; `how` is for Popen."""
    how.setdefault("env", {**os.environ, "PYTHONPATH": str(ROOT)})
    process = subprocess.Popen(
        [python, "-P", "-c", OWNER, str(data_dir), *map(str, more)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **how,
    )
    return Owner(process)


def ordinary() -> Account:
    """An account without rights: ourselves, or the machine's `daemon` when the tests run as root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    entry = pwd.getpwnam("daemon")
    return Account(entry.pw_uid, entry.pw_gid)


def as_account(account: Account, home: Path) -> dict:
    """How `own` starts an owner under the account, with a copy of the programme that it can read."""
    home.mkdir(exist_ok=True)
    core = home / "src" / "app" / "core"
    shutil.copytree(
        ROOT / "app" / "core" / "embedded", core / "embedded", ignore=shutil.ignore_patterns("__pycache__")
    )
    for module in ("__init__.py", "core/__init__.py", "core/text.py"):
        shutil.copy(ROOT / "app" / module, core.parent / module)
    for path in (home, *home.rglob("*")):
        path.chmod(0o755)
        if os.geteuid() == 0:
            os.chown(path, account.uid, account.gid)
    places = [str(home / "src"), sysconfig.get_path("purelib")]
    env = {"PATH": os.defpath, "HOME": str(home), "PYTHONPATH": os.pathsep.join(places)}
    python = sys.executable if account.reads(Path(sys.executable)) else "/usr/bin/python3"
    change = {"user": account.uid, "group": account.gid, "extra_groups": []} if os.geteuid() == 0 else {}
    return {"env": env, "cwd": "/", "python": python, **change}
