"""`python -m bench`: the service against the bare application, item by item. See README.md beside this file.

Exit status: 0 when every target is met and every answer was right, 1 otherwise.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import asyncpg

from app.core.application import build
from app.core.clock import today
from app.core.database import Addresses, Database, lent
from app.core.embedded import Embedded
from app.core.settings import Settings
from app.migrate import migrate
from app.people.identity import demo_token, make_demo_issuer
from app.provision import provision
from app.runtime import addresses_of
from app.wiring import house
from bench.capture import Asking
from bench.compare import Jobs, captured, compared
from bench.items import items
from bench.measure import Figures, Server, bare, in_thread, service
from bench.seed import Sizes, identity, seed
from bench.table import HEAD, line, missed, summary

# Checkpoints and autovacuum would fall into one side's round and not the other's; whatever else decides about speed
# and durability (fsync, synchronous_commit, buffers) is as the service sets it.
SETTINGS = {"max_wal_size": "4GB", "checkpoint_timeout": "1h", "autovacuum": "off"}
WARM_SECONDS = 1.0
_SEEDED = "SELECT count(*) FROM task"
_WRITTEN = ("task", "outbox", "audit.event", "audit.entry_index")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    tasks: int
    seconds: float
    rounds: int
    names: tuple[str, ...]
    data_dir: Path | None


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything that is running: the database, both sides, and a folder for what they tell."""

    superuser: str
    postmaster: int
    folder: Path
    service: Server
    bare: Server


def main() -> int:
    """The exit status."""
    wanted = _wanted(sys.argv[1:])
    with _folders(wanted) as (data, folder), Embedded.start(data, settings=SETTINGS) as server:
        return asyncio.run(_run(wanted, server, folder))


def _wanted(given: list[str]) -> Wanted:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="The service against a bare application that returns the same bytes.",
    )
    parser.add_argument("--tasks", type=int, default=200_000, help="tasks in the database (200000)")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one round on one side (3)")
    parser.add_argument(
        "--rounds", type=int, default=5, help="rounds of each side and item, taken in turn (5)"
    )
    parser.add_argument("--items", default="a,b,c,d,e,f,g", help="which items (a,b,c,d,e,f,g)")
    parser.add_argument(
        "--data-dir",
        type=Path,
        help="keep the seeded database here and use it again; otherwise it goes when the run ends",
    )
    options = parser.parse_args(given)
    return Wanted(
        options.tasks, options.seconds, options.rounds, tuple(options.items.split(",")), options.data_dir
    )


@contextmanager
def _folders(wanted: Wanted) -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory(prefix="bayro-bench-") as folder:
        yield wanted.data_dir or Path(folder) / "data", Path(folder)


async def _run(wanted: Wanted, server: Embedded, folder: Path) -> int:
    addresses, superuser = addresses_of(server), server.dsn("postgres")
    await _prepared(server, addresses, wanted)
    postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
    chosen = [one for name, one in items(wanted.tasks, today()).items() if name in wanted.names]
    with service(addresses, folder) as started:
        database = await Database.open(addresses)
        asking = Asking(
            build(await house(Settings(rate_per_minute=10**9), database)), database, await _token(database)
        )
        known, jobs = await captured(asking, chosen, addresses)
        await database.close()
        with bare(known, folder) as plain:
            compared(known, asking.token, started, plain)
            return await _measured(Bench(superuser, postmaster, folder, started, plain), wanted, jobs)


async def migrated(server: Embedded, addresses: Addresses) -> None:
    """Roles, database, tables and rights."""
    await provision(server.dsn("postgres", "postgres"))
    await migrate(addresses)


async def _prepared(server: Embedded, addresses: Addresses, wanted: Wanted) -> None:
    await migrated(server, addresses)
    connection = await asyncpg.connect(server.dsn("postgres"))
    there = await connection.fetchval(_SEEDED)
    await connection.close()
    if there and there != wanted.tasks:
        raise SystemExit(
            f"the database in {wanted.data_dir} holds {there} tasks, not {wanted.tasks}: another --data-dir, please"
        )
    if not there:
        print(f"seeding {wanted.tasks:,} tasks")
        await seed(server.dsn("postgres"), Sizes(wanted.tasks, date.today()))  # noqa: DTZ011 - any day will do


async def _token(database: Database) -> str:
    """A token of the secretary of the root unit, who reaches everything."""
    async with lent(database.act) as connection:
        if not await connection.one("SELECT EXISTS (SELECT 1 FROM demo_issuer)"):
            await make_demo_issuer(connection)
        return await demo_token(connection, identity("person", 1))


async def _measured(bench: Bench, wanted: Wanted, jobs: Jobs) -> int:
    print(HEAD)
    wrong: list[str] = []
    for item, (for_service, for_bare) in jobs:
        sides = ((bench.service, for_service, Figures()), (bench.bare, for_bare, Figures()))
        for side, job, _ in sides:
            await in_thread(job(side, WARM_SECONDS), side, bench.postmaster, bench.folder)
        for number in range(wanted.rounds):
            # In turn, and each side first every other time: what else the machine does falls on both.
            for side, job, figures in sides if number % 2 == 0 else sides[::-1]:
                figures.rounds.append(
                    await in_thread(job(side, wanted.seconds), side, bench.postmaster, bench.folder)
                )
            if item.changes:
                await _vacuumed(bench.superuser)
        print(line(item, sides[0][2], sides[1][2]), flush=True)
        wrong += missed(item, sides[0][2], sides[1][2])
    text, heavy = summary(bench.service, bench.bare)
    print(text)
    wrong += heavy
    print("\n".join(["", *wrong]) if wrong else "\nevery target met, every answer right")
    return 1 if wrong else 0


async def _vacuumed(superuser: str) -> None:
    connection = await asyncpg.connect(superuser)
    for table in _WRITTEN:
        await connection.execute(f"VACUUM {table}")
    await connection.close()


if __name__ == "__main__":
    sys.exit(main())
