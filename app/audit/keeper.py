"""The keeper: writes one entry for each fact of an act, chained within its object, before the act commits."""

from collections import defaultdict
from collections.abc import Iterable
from secrets import token_bytes
from typing import Any

from app.audit.entries import SALT_BYTES, sealed
from app.core.act import Act, Change, Fact, Ground, Receipt
from app.core.ids import new_id
from app.core.rows import ROOTS, Object

FORMAT = 1
_HEADS = "SELECT DISTINCT ON (obj) obj, objseq, commitment FROM audit.entry_index WHERE obj = ANY($1) ORDER BY obj, objseq DESC"
# One statement for both: the entry and its projection stand or fall together, in one round trip.
_WRITE = """WITH given AS (
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[], $5::bytea[], $6::integer[], $7::text[], $8::uuid[], $9::uuid[], $10::text[], $11::uuid[], $12::bigint[], $13::bigint[], $14::text[])
    WITH ORDINALITY AS g(event_id, obj, entry, salt, commitment, objseq, act, post_id, unit_id, power, matter_unit_id, amount, max_amount, delegation_ids, place)
), written AS (
  INSERT INTO audit.event (event_id, class, obj, entry, salt, commitment)
  SELECT event_id, 0, obj, entry, salt, commitment FROM given ORDER BY place
)
INSERT INTO audit.entry_index (event_id, obj, objseq, commitment, act, actor_id, post_id, unit_id, power, basis_id, batch_id, at, matter_unit_id, amount, max_amount, delegation_ids)
SELECT event_id, obj, objseq, commitment, act, $15, post_id, unit_id, power, $16, $17, $18, matter_unit_id, amount, max_amount, delegation_ids::uuid[] FROM given"""


class AuditKeeper:
    """Fills the keeper's port: entries of an act, in its transaction."""

    async def keep(self, act: Act) -> Receipt | None:
        """Writes an entry for each fact. The first fact about an object carries its changes."""
        if not act.facts:
            return None
        heads = await _heads(act)
        changes = _by_object(act.changes)
        rows = [_row(act, fact, changes.pop(fact.object, []), heads) for fact in act.facts]
        await _write(act, rows)
        return Receipt(tuple((str(row[0]), row[4].hex()) for row in rows))


async def _heads(act: Act) -> dict[str, tuple[int, str]]:
    """Where each object's chain stands. Objects born in this act have none, and are not asked for."""
    born = {change.object for change in act.changes if change.before is None and _is_root(change)}
    known = list(dict.fromkeys(str(fact.object) for fact in act.facts if fact.object not in born))
    if not known:
        return {}
    return {
        one["obj"]: (one["objseq"], one["commitment"].hex())
        for one in await act.connection.rows(_HEADS, known)
    }


def _is_root(change: Change) -> bool:
    return change.object.kind in ROOTS and ROOTS[change.object.kind].table.name == change.table


def _by_object(changes: Iterable[Change]) -> dict[Object, list[Change]]:
    found: dict[Object, list[Change]] = defaultdict(list)
    for change in changes:
        found[change.object].append(change)
    return dict(found)


def _row(act: Act, fact: Fact, changes: list[Change], heads: dict[str, tuple[int, str]]) -> tuple[Any, ...]:
    obj = str(fact.object)
    last, previous = heads.get(obj, (0, None))
    ground = act.grounds.get(fact.object) or next(iter(act.grounds.values()), None)
    entry = sealed(_document(act, fact, changes, ground, (last + 1, previous)), token_bytes(SALT_BYTES))
    heads[obj] = (last + 1, entry.commitment.hex())
    return (new_id(), obj, entry.content, entry.salt, entry.commitment, last + 1, fact.code, *_right(ground))


def _right(ground: Ground | None) -> tuple[Any, ...]:
    if ground is None:
        return (None,) * 7
    return (
        *(ground.post_id, ground.unit_id, ground.power, ground.matter_unit_id),
        *(ground.amount, ground.max_amount, _delegations(ground)),
    )


def _delegations(ground: Ground) -> str | None:
    """The chain's delegations as an array's text: arrays of arrays do not travel as columns."""
    ids = [step.partition(":")[2] for step in ground.chain if step.startswith("delegation:")]
    return "{" + ",".join(ids) + "}" if ids else None


def _document(
    act: Act, fact: Fact, changes: list[Change], ground: Ground | None, place: tuple[int, str | None]
) -> dict[str, Any]:
    """What is recorded: who, in which post, by what right, what changed from what to what, and why."""
    return {
        "v": FORMAT,
        "act": fact.code,
        "at": act.at,
        "obj": str(fact.object),
        "objseq": place[0],
        "objprev": place[1],
        "actor": act.actor.id,
        "capacity": act.terms.capacity or (ground.capacity if ground else None),
        "post": ground.post_id if ground else None,
        "unit": ground.unit_id if ground else None,
        "auth": list(ground.chain) if ground else [],
        "power": ground.power if ground else None,
        "basis": act.terms.basis,
        "detail": fact.detail(),
        "before": _side(changes, "before"),
        "after": _side(changes, "after"),
        "reason": act.terms.reason,
        "req": act.terms.request_id,
    }


def _side(changes: list[Change], side: str) -> dict[str, dict[str, Any]]:
    """Values by table and row. Of a row changed twice in one act the first before and the last after tell the whole."""
    tables: dict[str, dict[str, Any]] = {}
    for change in changes:
        rows = tables.setdefault(change.table, {})
        key = "/".join(map(str, change.key))
        values = getattr(change, side)
        if values is None:
            # Born in this act (before), or gone in it (after): nothing to show on this side.
            rows[key] = None if side == "after" else rows.get(key)
        elif side == "after":
            rows[key] = {**(rows.get(key) or {}), **values}
        else:
            rows[key] = None if key in rows and rows[key] is None else {**values, **rows.get(key, {})}
    return tables


async def _write(act: Act, rows: list[tuple[Any, ...]]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    await act.connection.rows(_WRITE, *columns, act.actor.id, act.terms.basis, new_id(), act.at)
