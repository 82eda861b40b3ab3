"""`bayro run`: the embedded server (or DATABASE_URL), migrations, the demo, the web server, and a friendly screen."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from rich.console import Console
from uvicorn.supervisors import Multiprocess

from app.core.database import Addresses
from app.core.embedded import AlreadyRunning, Embedded
from app.core.settings import Settings
from app.demo import load as demo
from app.migrate import migrate, state
from app.provision import provision
from app.runtime import addresses_from_url, addresses_of, told

screen = Console(stderr=False, highlight=False, soft_wrap=True)
STOP_SECONDS = 3  # an open stream must not hold the stop


def run(settings: Settings, *, host: str, port: int, workers: int, demo: bool, worker: bool) -> int:
    """Serves until told to stop; the exit status."""
    started = time.monotonic()
    try:
        with _database(settings) as (addresses, server):
            personas = asyncio.run(
                _prepared(settings, addresses, embedded=server is not None, wants_demo=demo)
            )
            with told(addresses), _listening(host, port) as listener:
                url = f"http://{host}:{listener.getsockname()[1]}"
                if server is not None:
                    server.publish({"url": url})
                child = _worker() if worker else None
                try:
                    _serve(
                        listener,
                        workers,
                        lambda: _welcome(url, personas, settings, time.monotonic() - started),
                    )
                finally:
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
    if embedded:
        await provision(addresses.owner.replace("bayro_owner@/bayro", "postgres@/postgres"))
        if (await state(addresses.owner)).word != "current":
            screen.print("Đang dựng cơ sở dữ liệu… / Building the database…")
            await migrate(addresses)
    return await demo.tokens(settings, addresses, load=wants_demo, tell=screen.print)


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
    return subprocess.Popen([sys.executable, "-m", "app", "worker"], env=os.environ)


def _end(child: subprocess.Popen[bytes] | None) -> None:
    if child is None or child.poll() is not None:
        return
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _welcome(url: str, personas: dict[str, str], settings: Settings, seconds: float) -> None:
    """A short screen: where it is, and a token for each persona."""
    screen.print(f"\n[bold]Bảy Rõ[/bold] đang chạy / is running: [bold]{url}[/bold]   ({seconds:.1f} s)")
    screen.print(f"  Tài liệu API / API docs   {url}/docs")
    screen.print(f"  GraphiQL                  {url}/graphql")
    screen.print(
        f"  Dữ liệu / data            {(settings.database_url and 'DATABASE_URL') or settings.data_dir}"
    )
    if personas:
        screen.print("\n  Mã truy cập minh họa (30 ngày) / demo tokens (30 days):")
        for name, token in personas.items():
            screen.print(f"  [bold]{name:<11}[/bold] {token}")
        screen.print(
            f"\n  Thử / try:  curl -H 'Authorization: Bearer {personas['secretary']}' '{url}/v1/programmes'"
        )
    screen.print("\n  Dừng / stop: Ctrl+C\n")
