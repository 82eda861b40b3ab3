"""Carrying out a command: the same course for REST, GraphQL, import and jobs."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

from app.core import idempotency
from app.core.act import ATTEMPTS, Act, Actor, Terms, acting, attempted, observing
from app.core.canonical import encoded
from app.core.errors import Denied, Refused
from app.core.house import Command, House
from app.core.idempotency import Once, Replay
from app.core.reads.compiler import compile_one
from app.core.reads.plan import Plan
from app.core.reads.selection import Ask, One, Slot
from app.core.words import IDEMPOTENCY_KEY_MISSING, NOT_FOUND, NOT_READY, VERSION_MISSING


@dataclass(frozen=True, slots=True)
class Done:
    """What a command answers: the thing through its shape (None where it left the caller's sight), and the receipt.

    `shown` is what this answer shows and nothing keeps: empty values in a dry run and where an answer is repeated.
    """

    object_id: UUID
    body: bytes | None
    version: int
    receipt: tuple[tuple[str, str], ...] = ()
    replayed: bool = False
    status: int = 200
    shown: Mapping[str, str | None] = field(default_factory=dict, repr=False)


class RightsMoved(Exception):
    """The caller's rights are not those the act began with; it is undone, to be run again with these."""

    def __init__(self, fresh: Actor) -> None:
        super().__init__(str(fresh.id))
        self.fresh = fresh


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
        # Slow work is not begun for somebody who has no access any more.
        actor = actor if actor.sign_in is None else await house.ports.identity.refreshed(actor)
        given = await command.prepare(house.settings, given)

    async def attempt(caller: Actor) -> Done:
        async with acting(house.database.act, house.ports, caller, terms) as act:
            return await _within(house, command, act, given, answer, target, None if terms.dry_run else key)

    for _ in range(ATTEMPTS):
        try:
            return await _confirmed(house, actor, attempt)
        except RightsMoved as moved:
            actor = moved.fresh
        except Denied as denied:
            if not terms.dry_run:
                await _note(house, actor, denied, terms)
            raise
    raise Refused(NOT_READY, headers={"Retry-After": "1"})


async def _note(house: House, actor: Actor, denied: Denied, terms: Terms) -> None:
    """The trace of a denial, in a short act of its own: what was tried is not undone with what was refused.

    If it cannot be written, the caller is answered 503 instead of 403: nobody tries powers unseen.
    """
    async with observing(house.database.act, house.ports, actor, terms.request_id) as act:
        await house.ports.authority.note(act, denied)


async def _confirmed(house: House, caller: Actor, attempt: Callable[[Actor], Awaitable[Done]]) -> Done:
    try:
        return await attempted(partial(attempt, caller))
    except Refused:
        # Whoever has no access any more learns nothing from a refusal either.
        await _confirm(house, caller, None)
        raise


async def _confirm(house: House, caller: Actor, epoch: int | None) -> None:
    """That the caller's rights are still those the act was begun with; the act's last statement tells it for nothing.

    Raises RightsMoved, and Refused (token_invalid) for a caller who has no access any more. Where the act itself raised
    the epoch, or was refused before its last statement, one more statement tells.
    """
    if caller.sign_in is None or epoch == caller.epoch:
        return
    fresh = await house.ports.identity.refreshed(caller)
    if replace(fresh, epoch=caller.epoch) != caller:
        raise RightsMoved(fresh)


async def _within(
    house: House, command: Command, act: Act, given: Any, answer: Plan, target: UUID | None, key: Once | None
) -> Done:
    if key is not None and (earlier := await idempotency.replayed(act, key)) is not None:
        return await _again(house, command, act, earlier)
    made = await (command.verb(act, given) if target is None else command.verb(act, target, given))
    receipt = await act.settle()
    row = await house.answer(act, answer, {"id": made})
    await _confirm(house, act.actor, row["epoch"] if row else None)
    done = Done(
        made,
        row["body"] if row else None,
        row["version"] if row else 0,
        receipt.entries,
        status=command.status,
        shown=_shown(command, None if act.terms.dry_run else act.shown_once),
    )
    if key is not None:
        await idempotency.remember(
            act, key, Replay(made, command.status, done.body or unseen(done), done.version)
        )
    return done


async def _again(house: House, command: Command, act: Act, earlier: Replay) -> Done:
    """The first answer once more, if the caller still sees what it is about."""
    sight = compile_one(house.registry, One(command.gives, Slot(("id",)), (Ask("id", "id"),)), door="rest")
    row = await house.answer(act, sight, {"id": earlier.object_id})
    await _confirm(house, act.actor, row["epoch"] if row else None)
    if row is None:
        raise Refused(NOT_FOUND)
    return Done(
        earlier.object_id,
        earlier.answer,
        earlier.version,
        replayed=True,
        status=earlier.status,
        shown=_shown(command, None),
    )


def _shown(command: Command, value: str | None) -> dict[str, str | None]:
    return {command.shows_once: value} if command.shows_once else {}


def unseen(done: Done) -> bytes:
    """The answer where the act moved the thing out of the caller's sight."""
    return encoded({"id": str(done.object_id), "visible": False})
