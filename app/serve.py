"""`bayro run`: the embedded server (or DATABASE_URL), migrations, the demo, the web server, and a friendly screen."""

import argparse
import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import uvicorn
from rich.console import Console
from uvicorn.supervisors import Multiprocess

from app.core.database import Addresses
from app.core.embedded import AlreadyRunning, Embedded
from app.core.settings import Settings
from app.demo import personas
from app.provision import provision
from app.revisions import state
from app.runtime import addresses_from_url, addresses_of, told
from app.worker import PARENT

screen = Console(stderr=False, highlight=False, soft_wrap=True)
STOP_SECONDS = 3  # an open stream must not hold the stop


def main(given: argparse.Namespace, settings: Settings) -> int:
    """`bayro run`."""
    return run(
        settings,
        host=given.host,
        port=given.port,
        workers=given.workers,
        demo=given.demo,
        worker=not given.no_worker,
    )


def run(settings: Settings, *, host: str, port: int, workers: int, demo: bool, worker: bool) -> int:
    """Serves until told to stop; the exit status."""
    # uvicorn raises the signal once more when it is done: without a handler the process would end before its clean-up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    started = time.monotonic()
    try:
        with _database(settings) as (addresses, server):
            tokens = asyncio.run(_prepared(settings, addresses, embedded=server is not None, wants_demo=demo))
            with told(addresses), _listening(host, port) as listener:
                url = f"http://{host}:{listener.getsockname()[1]}"
                if server is not None:
                    server.publish({"url": url})
                children: list[subprocess.Popen[bytes]] = []

                def serving() -> None:
                    _welcome(url, tokens, settings, time.monotonic() - started)
                    # Only now: at a start both would import the same at the same time, and callers wait for one.
                    children.extend([_worker()] if worker else [])

                try:
                    _serve(listener, workers, serving)
                finally:
                    for child in children:
                        _end(child)
    except AlreadyRunning as running:
        note = running.note.get("url", "") if isinstance(running.note, dict) else ""
        screen.print(f"Đã có bản đang chạy / already running: {note} (pid {running.pid})")
        return 1
    return 0


@contextmanager
def _database(settings: Settings) -> Iterator[tuple[Addresses, Embedded | None]]:
    if settings.database_url:
        yield addresses_from_url(settings.database_url), None
        return
    with Embedded.start(settings.data_dir) as server:
        yield addresses_of(server), server


async def _prepared(
    settings: Settings, addresses: Addresses, *, embedded: bool, wants_demo: bool
) -> dict[str, str]:
    """Migrates the embedded database (with DATABASE_URL only `bayro migrate` does), loads the demo, makes its tokens."""
    if embedded and (await standing_of(addresses)) != "current":
        screen.print("Đang dựng cơ sở dữ liệu… / Building the database…")
        await provision(addresses.owner.replace("bayro_owner@/bayro", "postgres@/postgres"))
        _run("app", "migrate", addresses=addresses)
    calendar, tokens = await personas.standing(settings, addresses)
    if not calendar or (wants_demo and not tokens):
        if wants_demo:
            screen.print("Đang nạp dữ liệu minh họa… / Loading the demo…")
        _run("app.demo", *(["--load"] if wants_demo else []), addresses=addresses)
        _, tokens = await personas.standing(settings, addresses)
    return tokens


async def standing_of(addresses: Addresses) -> str:
    """Where the embedded database stands; a server that has none yet, nor its roles, is empty."""
    try:
        return (await state(addresses.owner)).word
    except asyncpg.PostgresError:
        return "empty"


def _run(module: str, *arguments: str, addresses: Addresses) -> None:
    """Runs a part of the house that only a first start needs. Raises SystemExit with its status where it fails."""
    with told(addresses):
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - our own interpreter and modules
    if done.returncode:
        raise SystemExit(done.returncode)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        screen.print(
            f"Cổng {port} không dùng được / port {port} cannot be used: {error.strerror}. --port 0: bất kỳ / any."
        )
        raise SystemExit(1) from None
    listener.listen(2048)
    listener.set_inheritable(True)
    with listener:
        yield listener


class _Server(uvicorn.Server):
    """Tells when it serves."""

    def __init__(self, config: uvicorn.Config, tell: object) -> None:
        super().__init__(config)
        self.tell = tell

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then shows the screen."""
        await super().startup(sockets=sockets)
        if not self.should_exit and callable(self.tell):
            self.tell()


def _serve(listener: socket.socket, workers: int, tell: object) -> None:
    config = uvicorn.Config(
        "app.main:create",
        factory=True,
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        http="httptools",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        workers=workers,
        backlog=2048,
        timeout_graceful_shutdown=STOP_SECONDS,
        timeout_keep_alive=75,
    )
    if workers == 1:
        _Server(config, tell).run(sockets=[listener])
        return
    if callable(tell):
        tell()
    Multiprocess(config, sockets=[listener]).run()


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "app.worker"], env={**os.environ, PARENT: str(os.getpid())}
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _welcome(url: str, tokens: dict[str, str], settings: Settings, seconds: float) -> None:
    """A short screen: where it is, and a token for each persona."""
    screen.print(f"\n[bold]Bảy Rõ[/bold] đang chạy / is running: [bold]{url}[/bold]   ({seconds:.1f} s)")
    screen.print(f"  Tài liệu API / API docs   {url}/docs")
    screen.print(f"  GraphiQL                  {url}/graphql")
    screen.print(
        f"  Dữ liệu / data            {(settings.database_url and 'DATABASE_URL') or settings.data_dir}"
    )
    if tokens:
        screen.print("\n  Mã truy cập minh họa (30 ngày) / demo tokens (30 days):")
        for name, token in tokens.items():
            screen.print(f"  [bold]{name:<11}[/bold] {token}")
        screen.print("  Bên cấp mã này chỉ có trong bản minh họa / their issuer exists in the demo only")
        screen.print(
            f"\n  Thử / try:  curl -H 'Authorization: Bearer {tokens['secretary']}' '{url}/v1/programmes'"
        )
    screen.print("\n  Dừng / stop: Ctrl+C\n")
