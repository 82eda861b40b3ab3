"""The wired house as the doors see it: database, ports, shapes, resources and commands. Built once, at the roof."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from app.core.act import Act, Action, Actor, Ports, observing
from app.core.clock import today
from app.core.database import Database, lent
from app.core.reads.allowed import filled
from app.core.reads.plan import Plan, Reader
from app.core.reads.shape import Also, Matter, Registry, Verb
from app.core.settings import Settings
from app.core.text import Text

SHOWN_ONCE = "shown in this answer and never again; null in a dry run and where an answer is repeated"


@dataclass(frozen=True, slots=True)
class Resource:
    """A noun both doors show: `/v1/<path>`, `/v1/<path>/{id}`; in GraphQL `<one>(id)` and `<many>(…)`.

    `include` is the allow-list of edges REST may widen a read by; without `one` there is only the list.
    """

    path: str
    shape: str
    one: str
    many: str
    include: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A verb behind both doors. `on` names the shape whose id stands in the path; then a version is required.

    The verb takes `(act, input)` or `(act, id, input)` and returns the id of the thing whose shape `gives` is answered.
    `prepare` turns the input into what the verb takes before the act begins, so that slow work holds no transaction.
    `raw` reads a REST request whose body is a file: (parameters, body) to the input's values.
    `shows_once` names the field of the answer that holds what the verb shows once (`Act.show_once`).
    `about` are the matters it is decided by where these are not its shape's own, `also` the powers it uses on the way,
    `open_if` is a predicate over `{t}` for the states it may be asked in. They serve `allowed_actions`: the verb itself
    asks and looks for itself.
    """

    name: str
    action: Action
    verb: Callable[..., Awaitable[UUID]]
    input: type[BaseModel]
    method: str
    path: str
    gives: str
    says: Text
    on: str | None = None
    status: int = 200
    versioned: bool = True
    prepare: Callable[[Settings, Any], Awaitable[Any]] | None = None
    raw: "RawBody | None" = None
    shows_once: str | None = None
    about: tuple[Matter, ...] = ()
    also: tuple[Also, ...] = ()
    open_if: str = ""


def verbs(commands: Iterable[Command]) -> dict[str, tuple[Verb, ...]]:
    """The commands on each shape, in the order of their declaration."""
    found: dict[str, tuple[Verb, ...]] = {}
    for one in commands:
        if one.on:
            verb = Verb(one.name, one.action, one.about, one.also, one.open_if)
            found[one.on] = (*found.get(one.on, ()), verb)
    return found


@dataclass(frozen=True, slots=True)
class RawBody:
    """How REST sends a command whose body is a file: media types, parameters, and the input they make."""

    media: tuple[str, ...]
    parameters: tuple[dict[str, Any], ...]
    values: Callable[[dict[str, str], bytes], dict[str, Any]]
    limit: Callable[[Settings], int]


@dataclass(frozen=True, slots=True)
class Route:
    """A REST address that is neither a plain read nor a plain command. `run` takes (house, callers, request)."""

    method: str
    path: str
    run: Callable[..., Awaitable[Any]]
    says: Text
    parameters: tuple[dict[str, Any], ...] = ()
    body: dict[str, Any] | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    public: bool = False
    action: Action | None = None
    status: int = 200


@dataclass(slots=True)
class House:
    """Everything a door needs. `secret` seals cursors; it is the same in every worker."""

    settings: Settings
    database: Database
    ports: Ports
    registry: Registry
    resources: tuple[Resource, ...]
    commands: tuple[Command, ...]
    secret: bytes
    version: str
    routes: tuple[Route, ...] = ()

    def reader(self, actor: Actor) -> Reader:
        """The values every statement of this caller is bound with."""
        return Reader(actor.id, actor.reach, today(), self.secret, actor.inspected)

    async def read(self, plan: Plan, actor: Actor, arguments: dict[str, Any]) -> Any:
        """Runs a plan on the read pool: one statement, no BEGIN. The row, or None."""
        values = plan.values(self.reader(actor), arguments)
        async with lent(self.database.read) as connection:
            row = await connection.row(plan.text, *values)
        return self._told(plan, row, actor)

    async def seen(self, plan: Plan, actor: Actor, arguments: dict[str, Any]) -> tuple[Any, Actor]:
        """The plan's row (or None) under the caller's rights as they are now, and the caller with these.

        The statement itself tells whether they have changed since they were computed; only then it is run once more.
        Raises Refused (token_invalid) for a caller who has no access any more.
        """
        row = await self.read(plan, actor, arguments)
        if row is None or row["epoch"] != actor.epoch:
            fresh = await self.ports.identity.refreshed(actor)
            if fresh.epoch != actor.epoch:
                row = await self.read(plan, fresh, arguments)
            actor = fresh
        if plan.observed and actor.inspected:
            await self._observe(plan, actor)
        return row, actor

    async def _observe(self, plan: Plan, actor: Actor) -> None:
        """Records who inspects what, before the bytes leave. Whoever inspects nothing was shown nothing."""
        async with observing(self.database.act, self.ports, actor) as act:
            await self.ports.authority.observe(act, plan.observed)

    async def answer(self, act: Act, plan: Plan, arguments: dict[str, Any]) -> Any:
        """Runs a plan inside an act, so that the answer shows what the act made. The row, or None."""
        values = plan.values(self.reader(act.actor), arguments)
        row = await act.connection.row(plan.text, *values)
        if row is None or not plan.fills:
            return row
        # An act on powers may have changed the caller's own: what he may do next is told by them as it leaves them.
        moved = row["epoch"] != act.actor.epoch and not act.actor.everything
        return self._told(plan, row, await self.ports.authority.current(act) if moved else act.actor)

    def _told(self, plan: Plan, row: Any, actor: Actor) -> Any:
        """The row with the lists of what this caller may do, where the plan asks for any."""
        if row is None or not plan.fills:
            return row
        authority = self.ports.authority
        decide = partial(authority.obstacle, actor)
        return {
            name: filled(value, plan.fills, authority.matter, decide) if isinstance(value, bytes) else value
            for name, value in row.items()
        }
