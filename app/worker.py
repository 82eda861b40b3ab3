"""`bayro worker`: jobs that wait for a time. One loop, one connection; several workers may run, one at a time works."""

import argparse
import asyncio
import os
import signal
from contextlib import suppress
from datetime import timedelta

import structlog

from app.core import clock, idempotency
from app.core.database import Connection, Database, lent
from app.core.log import set_up
from app.core.settings import Settings
from app.runtime import addresses_from_environment

log = structlog.get_logger("bayro.worker")
EVERY = 60.0  # seconds between rounds
GLANCE = 2.0  # seconds between looks at whether the parent still lives
PARENT = "BAYRO_PARENT"
"""Environment: the process whose end ends the worker too, where `bayro run` started it."""
EVENTS_KEPT = timedelta(days=90)
_ALONE = "SELECT pg_try_advisory_lock(hashtextextended('bayro worker', 3))"
_FREE = "SELECT pg_advisory_unlock(hashtextextended('bayro worker', 3))"
_OLD_EVENTS = "DELETE FROM outbox WHERE at < $1"


async def work(settings: Settings) -> int:
    """Works until told to stop; the exit status."""
    set_up(settings.log_level)
    addresses = addresses_from_environment(settings)
    database = await Database.open(addresses, read=1, act=2, statement_seconds=60)
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    log.info("worker_started")
    try:
        while not stop.is_set():
            await _round(database)
            await _either(stop)
    finally:
        await database.close()
    log.info("worker_stopped")
    return 0


async def _either(stop: asyncio.Event) -> None:
    """Waits for the next round, or until told to stop, or until the parent is gone."""
    parent = os.environ.get(PARENT)
    for _ in range(int(EVERY / GLANCE)):
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), GLANCE)
        if parent is not None and str(os.getppid()) != parent:
            stop.set()
        if stop.is_set():
            return


async def _round(database: Database) -> None:
    """One round, if no other worker is at it. What fails is logged and tried again in the next."""
    try:
        async with lent(database.act) as connection:
            if not await connection.one(_ALONE):
                return
            try:
                await _clear(connection)
            finally:
                await connection.one(_FREE)
    except Exception as error:  # noqa: BLE001 - a round that fails must not end the worker
        log.warning("round_failed", kind=type(error).__name__)


async def _clear(connection: Connection) -> None:
    """Forgets what was kept for a time only: answers by idempotency key, and events past their 90 days."""
    forgotten = await idempotency.forget(connection, clock.now() - idempotency.KEPT)
    await connection.execute(_OLD_EVENTS, clock.now() - EVENTS_KEPT)
    if forgotten:
        log.info("idempotency_keys_forgotten", count=forgotten)


def main(_given: argparse.Namespace, settings: Settings) -> int:
    """`bayro worker`."""
    return asyncio.run(work(settings))


if __name__ == "__main__":
    raise SystemExit(asyncio.run(work(Settings())))
