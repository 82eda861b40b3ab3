"""Carrying out a command: the same course for REST, GraphQL, import and jobs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core import idempotency
from app.core.act import Act, Actor, Terms, acting, attempted
from app.core.canonical import encoded
from app.core.errors import Refused
from app.core.house import Command, House
from app.core.idempotency import Once, Replay
from app.core.reads.compiler import compile_one
from app.core.reads.plan import Plan
from app.core.reads.selection import Ask, One, Slot
from app.core.words import IDEMPOTENCY_KEY_MISSING, NOT_FOUND, VERSION_MISSING


@dataclass(frozen=True, slots=True)
class Done:
    """What a command answers: the thing through its shape (None where it left the caller's sight), and the receipt."""

    object_id: UUID
    body: bytes | None
    version: int
    receipt: tuple[tuple[str, str], ...] = ()
    replayed: bool = False
    status: int = 200


async def carried_out(
    house: House,
    command: Command,
    actor: Actor,
    given: Any,
    terms: Terms,
    *,
    answer: Plan,
    target: UUID | None = None,
    key: Once | None = None,
) -> Done:
    """Runs the verb in an act and reads its answer in the same transaction. Raises Refused; then nothing is left."""
    if command.on and command.versioned and terms.expected_version is None:
        raise Refused(VERSION_MISSING)
    if actor.kind == "service" and key is None and not terms.dry_run:
        raise Refused(IDEMPOTENCY_KEY_MISSING)

    if command.prepare is not None:
        given = await command.prepare(house.settings, given)

    async def attempt() -> Done:
        async with acting(house.database.act, house.ports, actor, terms) as act:
            return await _within(house, command, act, given, answer, target, None if terms.dry_run else key)

    return await attempted(attempt)


async def _within(
    house: House, command: Command, act: Act, given: Any, answer: Plan, target: UUID | None, key: Once | None
) -> Done:
    if key is not None and (earlier := await idempotency.replayed(act, key)) is not None:
        return await _again(house, command, act, earlier)
    made = await (command.verb(act, given) if target is None else command.verb(act, target, given))
    receipt = await act.settle()
    row = await house.answer(act, answer, {"id": made})
    done = Done(
        made,
        row["body"] if row else None,
        row["version"] if row else 0,
        receipt.entries,
        status=command.status,
    )
    if key is not None:
        await idempotency.remember(
            act, key, Replay(made, command.status, done.body or unseen(done), done.version)
        )
    return done


async def _again(house: House, command: Command, act: Act, earlier: Replay) -> Done:
    """The first answer once more, if the caller still sees what it is about."""
    sight = compile_one(house.registry, One(command.gives, Slot(("id",)), (Ask("id", "id"),)), door="rest")
    if await house.answer(act, sight, {"id": earlier.object_id}) is None:
        raise Refused(NOT_FOUND)
    return Done(earlier.object_id, earlier.answer, earlier.version, replayed=True, status=earlier.status)


def unseen(done: Done) -> bytes:
    """The answer where the act moved the thing out of the caller's sight."""
    return encoded({"id": str(done.object_id), "visible": False})
