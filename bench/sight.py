"""`python -m bench.sight`: what sign-in, the decision and visibility cost. See README.md beside this file.

Lists: for each size of the database and each viewer, the statement of a list's first page, and of its count, against the
same without any visibility, run in turn. Then one task (item a): the service against itself without sign-in and
visibility, CPU a request. Exit status: 0 when every target is met, 1 otherwise.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import UUID

import asyncpg

from app.core.application import build
from app.core.clock import today
from app.core.database import Connection, Database, lent
from app.core.embedded import Embedded
from app.core.house import House
from app.core.settings import Settings
from app.people.identity import demo_token, make_demo_issuer
from app.runtime import addresses_of
from app.wiring import house as wired
from bench.__main__ import SETTINGS, WARM_SECONDS, migrated
from bench.capture import Asking, Read
from bench.compare import Loaded, reading
from bench.items import Item, Request, items
from bench.measure import Figures, Server, in_thread, open_service, service
from bench.open_house import opened
from bench.seed import PEOPLE, Sizes, identity, seed

LEVELS = (1, 34, 340, 3_321, 6_304)
"""10,000 units: the centre, provinces, their bodies, communes, cells."""
COMMUNES = sum(LEVELS[:3]) + 1
"""The number of the first commune."""
ROOTS = 8
LARGEST_RATIO, LARGEST_GROWTH, LARGEST_COST = 2.0, 1.5, 60.0
"""First page against none; against the smallest database; CPU µs a request of item a."""
PAGE, COUNT = Request("GET", "/v1/tasks?limit=50"), Request("GET", "/v1/tasks?limit=1&count=true")
_SPREAD = LEVELS[3] // ROOTS
# Without scopes a list by deadline needs an index of its own; the fairest that could stand in their place.
_INDEX = "CREATE INDEX IF NOT EXISTS bench_task_due ON task (due_sort, id)"
_WANDERER = (
    """INSERT INTO person (id, code, kind, name, invented, disabled, version, created_at)
      VALUES ($1, 'CB-8', 'person', 'Nguyễn Văn Tám', true, false, 1, '2026-01-01')""",
    """INSERT INTO holding (id, position_id, person_id, kind, valid, shared)
      SELECT gen_random_uuid(), p, $1, 'substantive', '[2025-01-01,)', true FROM unnest($2::uuid[]) p""",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    sizes: tuple[int, ...]
    times: int
    seconds: float
    rounds: int
    data_dir: Path | None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody whose list is read."""

    says: str
    person: UUID


VIEWERS = (
    Viewer("centre", identity("person", 1)),
    Viewer("a province", identity("person", 2)),
    Viewer("a commune", identity("person", COMMUNES)),
    Viewer(f"{ROOTS} roots", identity("person", PEOPLE + 1)),
)
Times = dict[str, tuple[float, float, float, float]]
"""By viewer, µs of a page, of a page without visibility, of a count, of a count without visibility."""


def main() -> int:
    """The exit status."""
    wanted = _wanted(sys.argv[1:])
    wrong: list[str] = []
    found: dict[int, Times] = {}
    for size in wanted.sizes:
        with (
            tempfile.TemporaryDirectory(prefix="bayro-sight-") as folder,
            Embedded.start(_data(wanted, size, Path(folder)), settings=SETTINGS) as server,
        ):
            run = _size(wanted, size, server, Path(folder), last=size == wanted.sizes[-1])
            found[size], missed = asyncio.run(run)
            wrong += missed
    wrong += _judged(found)
    print("\n".join(["", *wrong]) if wrong else "\nevery target met")
    return 1 if wrong else 0


def _wanted(given: list[str]) -> Wanted:
    parser = argparse.ArgumentParser(
        prog="python -m bench.sight", description="What sign-in, the decision and visibility cost."
    )
    parser.add_argument("--sizes", default="20000,1000000", help="tasks, smallest first (20000,1000000)")
    parser.add_argument("--times", type=int, default=300, help="runs of each statement, taken in turn (300)")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one round of item a (3)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each side of item a (5)")
    parser.add_argument("--data-dir", type=Path, help="keep the seeded databases here and use them again")
    options = parser.parse_args(given)
    sizes = tuple(sorted(int(one) for one in options.sizes.split(",")))
    return Wanted(sizes, options.times, options.seconds, options.rounds, options.data_dir)


def _data(wanted: Wanted, size: int, folder: Path) -> Path:
    return (wanted.data_dir or folder) / f"sight-{size}"


async def _size(
    wanted: Wanted, size: int, server: Embedded, folder: Path, *, last: bool
) -> tuple[Times, list[str]]:
    await _prepared(server, size)
    async with _house(server) as house:
        print(f"\n{size:,} tasks, {sum(LEVELS):,} units: µs of a statement (median of {wanted.times})")
        print(f"{'viewer':<12}{'page':>9}{'open':>9}{'ratio':>7}{'count':>10}{'open':>10}")
        times: Times = {}
        for viewer in VIEWERS:
            times[viewer.says] = await _lists(house, viewer, wanted.times)
            page, free, count, counted = times[viewer.says]
            print(
                f"{viewer.says:<12}{page:>9,.0f}{free:>9,.0f}{page / free:>7.2f}{count:>10,.0f}{counted:>10,.0f}"
            )
        token = await _token(house, VIEWERS[0].person)
        asking = Asking(build(house), house.database, token)
        await asking.ask(PAGE)
        item = items(size, today())["a"]
        job = await reading(asking, item) if last else None
    return times, (await _item_a(wanted, server, folder, item, job) if job else [])


async def _prepared(server: Embedded, size: int) -> None:
    await migrated(server, addresses_of(server))
    connection = await asyncpg.connect(server.dsn("postgres"))
    if not await connection.fetchval("SELECT count(*) FROM task"):
        print(f"seeding {size:,} tasks")
        await seed(server.dsn("postgres"), Sizes(size, today(), LEVELS))
        await connection.execute("SET session_replication_role = replica")
        person = VIEWERS[-1].person
        await connection.execute(_WANDERER[0], person)
        posts = [identity("position", COMMUNES + place * _SPREAD) for place in range(ROOTS)]
        await connection.execute(_WANDERER[1], person, posts)
        await connection.execute(_INDEX)
        await connection.execute("VACUUM (ANALYZE) holding, task")
    await connection.close()


@asynccontextmanager
async def _house(server: Embedded) -> AsyncIterator[House]:
    database = await Database.open(addresses_of(server), read=1, act=1)
    try:
        async with lent(database.act) as connection:
            if not await connection.one("SELECT EXISTS (SELECT 1 FROM demo_issuer)"):
                await make_demo_issuer(connection)
        yield await wired(Settings(rate_per_minute=10**9), database)
    finally:
        await database.close()


async def _token(house: House, person: UUID) -> str:
    async with lent(house.database.act) as connection:
        return await demo_token(connection, person)


# -- lists -----------------------------------------------------------------------------------------------------


async def _lists(house: House, viewer: Viewer, times: int) -> tuple[float, float, float, float]:
    token = await _token(house, viewer.person)
    seeing = Asking(build(house), house.database, token)
    unseeing = Asking(build(await opened(house, viewer.person)), house.database, token)
    for one in (seeing, unseeing):
        await one.ask(PAGE)  # the token is looked at once
    pages = [await one.read(PAGE) for one in (seeing, unseeing)]
    counts = [await one.read(COUNT) for one in (seeing, unseeing)]
    # The centre reaches everything, so both sides must tell the same.
    if viewer is VIEWERS[0] and pages[0][0].body != pages[1][0].body:
        raise AssertionError("expected who reaches everything to see the list as it is without visibility")
    async with lent(house.database.read) as connection:
        page, free = await _in_turn(connection, [read for _, read in pages], times)
        count, counted = await _in_turn(connection, [read for _, read in counts], max(10, times // 10))
    return page, free, count, counted


async def _in_turn(connection: Connection, reads: list[Read], times: int) -> list[float]:
    """The median time of each statement, µs, run one after the other so that noise falls on all."""
    spent: list[list[float]] = [[] for _ in reads]
    for number in range(times + 5):
        for place, read in enumerate(reads):
            started = perf_counter()
            await connection.row(read.text, *read.values)
            if number >= 5:  # the first runs plan and warm up
                spent[place].append(perf_counter() - started)
    return [median(one) * 1e6 for one in spent]


# -- item a ----------------------------------------------------------------------------------------------------


async def _item_a(wanted: Wanted, server: Embedded, folder: Path, item: Item, job: Loaded) -> list[str]:
    postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
    addresses = addresses_of(server)
    with (
        service(addresses, folder) as seeing,
        open_service(addresses, folder, VIEWERS[0].person) as unseeing,
    ):
        sides: tuple[tuple[Server, Figures], ...] = ((seeing, Figures()), (unseeing, Figures()))
        for side, _ in sides:
            await in_thread(job(side, WARM_SECONDS), side, postmaster, folder)
        for number in range(wanted.rounds):
            for side, figures in sides if number % 2 == 0 else sides[::-1]:
                figures.rounds.append(await in_thread(job(side, wanted.seconds), side, postmaster, folder))
    with_it, without = (figures.middle("cpu") for _, figures in sides)
    print(
        f"\nitem a ({item.says}), CPU µs a request: {with_it:,.0f} with sign-in and visibility,"
        f" {without:,.0f} without, {with_it - without:+,.0f}"
    )
    wrong = [f"item a: wrong answers: {figures.wrong!r}" for _, figures in sides if figures.errors]
    if with_it - without > LARGEST_COST:
        wrong.append(f"item a: expected at most {LARGEST_COST:.0f} µs apart, got {with_it - without:.0f}")
    return wrong


# -- verdict ---------------------------------------------------------------------------------------------------


def _judged(found: dict[int, Times]) -> list[str]:
    wrong = []
    smallest = found[min(found)]
    for size, times in found.items():
        for viewer, (page, free, *_) in times.items():
            if page / free >= LARGEST_RATIO:
                wrong.append(f"{viewer}, {size:,} tasks: {page / free:.2f} times the page without visibility")
            growth = page / smallest[viewer][0]
            if growth > LARGEST_GROWTH:
                wrong.append(f"{viewer}, {size:,} tasks: {growth:.2f} times the page of {min(found):,}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
