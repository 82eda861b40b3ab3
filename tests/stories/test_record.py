"""The record: no change without an entry, entries chained per object, append-only for every role."""

import hashlib
import json

import asyncpg
import pytest
from stage import Stage

from app.core.act import Terms
from app.core.database import Addresses, lent
from app.core.errors import Refused, SilentChange
from app.core.rows import loaded
from app.units.models import Unit
from app.units.schemas import RenameUnit
from app.units.service import rename

ENTRIES = "SELECT e.entry, e.salt, e.commitment, i.objseq, i.act, i.actor_id FROM audit.event e JOIN audit.entry_index i USING (event_id) WHERE e.obj = $1 ORDER BY i.objseq"


async def test_every_change_writes_a_canonical_entry_that_opens_its_commitment_and_names_the_one_before(
    stage: Stage,
) -> None:
    root = await stage.unit("Đảng ủy")
    caller = await stage.caller(root)
    answer = await caller.post(
        f"/v1/units/{root}:rename",
        {"name": "Đảng ủy mới", "reason": "kiện toàn"},
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 200, answer.text

    async with lent(stage.house.database.act) as connection:
        rows = await connection.rows(ENTRIES, f"unit:{root}")
    assert [row["objseq"] for row in rows] == [1, 2]
    for row in rows:
        opened = hashlib.sha256(b"bayro/commit/v1\x00" + row["salt"] + row["entry"]).digest()
        assert opened == row["commitment"]
        canonical = json.dumps(
            json.loads(row["entry"]), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()
        assert canonical == row["entry"]
    first, second = (json.loads(row["entry"]) for row in rows)
    assert (first["objprev"], second["objprev"]) == (None, rows[0]["commitment"].hex())
    assert second["before"]["unit"][str(root)]["name"] == "Đảng ủy"
    assert second["after"]["unit"][str(root)]["name"] == "Đảng ủy mới"
    assert (second["actor"], second["reason"], second["power"]) == (
        str(caller.id),
        "kiện toàn",
        "unit.rename",
    )
    assert rows[1]["commitment"].hex() in answer.headers["Audit-Receipt"]


async def test_a_verb_that_records_no_fact_commits_nothing(stage: Stage) -> None:
    root = await stage.unit("Đảng ủy")

    async def silently() -> None:
        async with stage.act() as act:
            record = await act.connection.row("SELECT * FROM unit WHERE id = $1", root)
            await act.change(loaded(Unit, record), name="Lặng lẽ")

    with pytest.raises(SilentChange):
        await silently()
    async with lent(stage.house.database.read) as connection:
        assert await connection.one("SELECT name FROM unit WHERE id = $1", root) == "Đảng ủy"


@pytest.mark.parametrize("role", ["bayro_act", "bayro_owner"])
async def test_plain_sql_cannot_change_a_unit_without_an_entry(
    stage: Stage, addresses: Addresses, role: str
) -> None:
    root = await stage.unit("Đảng ủy")
    connection = await asyncpg.connect(addresses.act if role == "bayro_act" else addresses.owner)
    try:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="no entry in the record"):
            await connection.execute("UPDATE unit SET name = 'Khác' WHERE id = $1", root)
    finally:
        await connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit.event SET entry = ''",
        "DELETE FROM audit.event",
        "TRUNCATE audit.event",
        "DELETE FROM audit.entry_index",
    ],
)
async def test_the_record_is_append_only_even_for_its_owner(
    stage: Stage, addresses: Addresses, statement: str
) -> None:
    await stage.unit()
    for address in (addresses.owner, addresses.act):
        connection = await asyncpg.connect(address)
        try:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
        finally:
            await connection.close()


async def test_the_acting_role_cannot_date_an_entry_back(addresses: Addresses) -> None:
    connection = await asyncpg.connect(addresses.act)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(
                "INSERT INTO audit.event (event_id, xid, class, obj, entry, salt, commitment) VALUES (gen_random_uuid(), '3', 0, 'unit:x', '', '', '')"
            )
    finally:
        await connection.close()


async def test_the_reading_role_may_neither_change_nor_see_keys_and_salts(
    stage: Stage, addresses: Addresses
) -> None:
    await stage.unit()
    connection = await asyncpg.connect(addresses.read)
    try:
        for statement in (
            "UPDATE unit SET name = ''",
            "DELETE FROM task",
            "INSERT INTO mark VALUES ('x', now())",
            "SELECT * FROM demo_issuer",
            "SELECT salt FROM audit.event",
            "SELECT secret FROM seal",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()


async def test_a_refused_act_leaves_no_entry_and_a_dry_run_neither(stage: Stage) -> None:
    root = await stage.unit("Đảng ủy")
    count = "SELECT count(*) FROM audit.event"
    async with lent(stage.house.database.act) as connection:
        before = await connection.one(count)
    async with stage.act(terms=Terms(dry_run=True)) as act:
        await rename(act, root, RenameUnit(name="Thử"))
    with pytest.raises(Refused):
        async with stage.act(terms=Terms(expected_version=9)) as act:
            await rename(act, root, RenameUnit(name="Thử"))
    async with lent(stage.house.database.act) as connection:
        assert await connection.one(count) == before
        assert await connection.one("SELECT name FROM unit WHERE id = $1", root) == "Đảng ủy"


async def test_every_fact_reaches_the_outbox_in_the_same_act(stage: Stage) -> None:
    root = await stage.unit("Đảng ủy")
    async with lent(stage.house.database.act) as connection:
        events = await connection.rows(
            "SELECT o.type, o.xid = e.xid AS together FROM outbox o JOIN audit.event e ON e.obj = o.obj WHERE o.obj = $1",
            f"unit:{root}",
        )
    assert [(row["type"], row["together"]) for row in events] == [("unit.founded", True)]
