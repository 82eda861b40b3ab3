"""`Act` changes: one connection, one READ COMMITTED transaction in which the change, its audit entry and its outbox row
commit together before the answer is sent. The three ports (who may, who keeps the record, who is calling) are declared
here and plugged in at the roof.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

import asyncpg

from app.core import clock
from app.core.bounds import UNBOUND, OutOfBounds, bound_to
from app.core.database import Connection, lent
from app.core.errors import Denied, Refusal, Refused, SilentChange
from app.core.rows import ROOTS, STORED, Object, delete_text, insert_text, object_of, update_text
from app.core.text import Text
from app.core.words import CONSTRAINT_BROKEN, NOT_READY, VERSION_STALE

Row = TypeVar("Row")
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Action:
    """What may be asked: an imperative with its power code, e.g. `task.draft`.

    With `own`, whoever the target belongs to may ask it by himself, without a post that carries the power. `delegable`
    tells whether the power may be lent to another.
    """

    code: str
    words: Text
    own: bool = False
    delegable: bool = True

    def __post_init__(self) -> None:
        ACTIONS[self.code] = self


ACTIONS: dict[str, Action] = {}
"""Every power there is, by its code: rooms fill it from their `words.py`."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose matters a power is about: a unit, with all below it, or only those below; less what moved in since."""

    unit_id: UUID
    subtree: bool
    strict: bool
    excluded: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Right:
    """One chain by which a person holds a power: in which post, within which scopes and limits, through whom.

    `kind` is substantive, acting or delegated. `flaw` tells why the chain carries nothing today (expired, not_delegable).
    `spans` are the days [first, next) of each step, from the person's own holding up to the grant; `lends` tells how many
    delegations may yet stand on it.
    """

    power: str
    kind: str
    post_id: UUID
    unit_id: UUID
    scopes: tuple[Scope, ...]
    max_amount: int | None
    max_class: int
    chain: tuple[str, ...]
    persons: frozenset[UUID]
    flaw: str | None
    spans: tuple[tuple[date | None, date | None], ...]
    lends: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """A position the actor holds today; `unit_id` is the organisation the post reaches."""

    holding_id: UUID
    position_id: UUID
    unit_id: UUID
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """How an actor signed in: `by` which kind of token, until when, which personal token; `key` is what it is known by."""

    by: str
    until: datetime
    key: bytes = field(repr=False)
    token_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is calling. `reach` holds the roots he sees below, his own id included, and of those below which he is cleared
    for what is restricted, his own id among them, the id `cleared` makes of each. `rights` are his chains by power,
    cheapest first, `inspected` the roots he inspects below; `epoch` says when they were computed.

    `scopes` is what his token narrows his powers to (None: nothing). Nobody signed in for a command line's actor.
    """

    id: UUID
    name: str
    kind: str
    posts: tuple[Post, ...] = ()
    reach: tuple[UUID, ...] = ()
    epoch: int = 0
    everything: bool = False
    scopes: frozenset[str] | None = None
    sign_in: SignIn | None = None
    rights: Mapping[str, tuple[Right, ...]] = field(default_factory=dict, hash=False)
    inspected: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What an action is about: the object, and the unit whose matter it is (None: nobody's); how much, how secret.

    `owner` is the person it belongs to, where things of this kind are a person's own; `concerns` are those it is about:
    nobody decides on himself.
    """

    object: Object | None
    unit_id: UUID | None
    owner: UUID | None = None
    amount: int | None = None
    access_class: int = 0
    concerns: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Ground:
    """By what right: the power, the chain of posts, grants and delegations that carried it, and the persons in it.

    `unit_id` is the acting post's, `matter_unit_id` the one whose matter it was; `amount` is that of the act and
    `max_amount` the chain's limit, đồng (None: none stated, no limit).
    """

    power: str
    post_id: UUID | None
    unit_id: UUID | None
    capacity: str
    chain: tuple[str, ...]
    persons: frozenset[UUID] = frozenset()
    matter_unit_id: UUID | None = None
    amount: int | None = None
    max_amount: int | None = None


@dataclass(frozen=True)
class Fact:
    """Something that happened, in the past tense. Subclasses give `code` (`task.drafted`) and words in both languages."""

    about: UUID
    code: ClassVar[str]
    words: ClassVar[Text]

    def __init_subclass__(cls, *, code: str, words: Text, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.code, cls.words = code, words
        FACTS[code] = cls

    @property
    def object(self) -> Object:
        """The object the fact is about."""
        return Object(self.code.split(".", 1)[0], self.about)

    def detail(self) -> dict[str, Any]:
        """The fact's own values, the object's id aside."""
        return {name: value for name, value in asdict(self).items() if name != "about"}


FACTS: dict[str, type[Fact]] = {}


@dataclass(frozen=True, slots=True)
class Change:
    """One row changed: its object, table, key, and the values before and after (None: there was or is none)."""

    object: Object
    table: str
    key: tuple[Any, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a caller may say of any command: in which post, on which basis, why; and whether only to try it."""

    post: UUID | None = None
    capacity: str | None = None
    basis: UUID | None = None
    reason: str | None = None
    dry_run: bool = False
    expected_version: int | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the record answers: the entries written, each with its commitment (hex)."""

    entries: tuple[tuple[str, str], ...]

    def shown(self) -> list[dict[str, str]]:
        """As the contract shows it."""
        return [{"entry_id": entry, "commitment": commitment} for entry, commitment in self.entries]


class Authority(Protocol):
    """Who may, and the trace of who might not: the port filled by the room `authority`."""

    async def ground(self, act: "Act", action: Action, target: Target) -> Ground:
        """By what right the actor may do this. Raises Denied (not_allowed)."""
        ...

    def matter(self, seen: Mapping[str, Any]) -> Any:
        """What a decision depends on, from the JSON values of a read under the names of the SQL given for them. Pure."""
        ...

    def obstacle(self, actor: Actor, action: Action, matter: Any) -> str | None:
        """What stands between the actor and the action in such a matter; None: nothing. Pure.

        The same decision as `ground`, without holding anything: true at the statement that saw the matter.
        """
        ...

    async def current(self, act: "Act") -> Actor:
        """The actor with rights as the act sees them, its own changes included."""
        ...

    async def note(self, act: "Act", refused: Denied) -> None:
        """Leaves a trace of a denial, in an act of its own."""
        ...

    async def observe(self, act: "Act", shapes: Sequence[str]) -> None:
        """Leaves a trace of reading these shapes, in an act of its own."""
        ...


class Keeper(Protocol):
    """Who keeps the record: filled by `audit` and `events`, called once before COMMIT."""

    async def keep(self, act: "Act") -> Receipt | None:
        """Writes entries for the act's facts and changes, in its transaction."""
        ...


class Identity(Protocol):
    """Who is calling: filled by `people`."""

    async def actor(self, token: str) -> Actor:
        """The actor behind a token. Raises Refused (token_invalid)."""
        ...

    async def refreshed(self, actor: Actor) -> Actor:
        """The same actor with rights as they are now. Raises Refused (token_invalid)."""
        ...

    async def person(self, person_id: UUID) -> Actor:
        """The actor of a person. Raises Refused (token_invalid)."""
        ...


Reaction = Callable[["Act", Any], Awaitable[None]]
MatterOf = Callable[["Act", Object], Awaitable[Target]]


@dataclass(slots=True)
class Ports:
    """The plugs of the ground floor. `within` maps a fact's type to what must happen inside the same act, in floor order;
    `matter` tells what a decision about an object of any room depends on.
    """

    authority: Authority
    keepers: tuple[Keeper, ...]
    identity: Identity
    matter: MatterOf
    within: Mapping[type[Fact], tuple[Reaction, ...]] = field(default_factory=dict)


class Act:
    """One change under way. Verbs load, require, decide, change, record — in that order."""

    def __init__(self, connection: Connection, ports: Ports, actor: Actor, terms: Terms) -> None:
        self.connection = connection
        self.ports = ports
        self.actor = actor
        self.terms = terms
        self.at: datetime = clock.now()
        self.today: date = clock.today()
        self.facts: list[Fact] = []
        self.changes: list[Change] = []
        self.grounds: dict[Object | None, Ground] = {}
        self.receipts: list[tuple[str, str]] = []
        self.shown_once: str | None = None
        self._expected = terms.expected_version
        self._unbound = actor.everything

    async def require(self, action: Action, target: Target) -> Ground:
        """By what right the actor does this, kept for the record. Raises Refused (not_allowed)."""
        ground = replace(
            await self.ports.authority.ground(self, action, target),
            matter_unit_id=target.unit_id,
            amount=target.amount,
        )
        self.grounds[target.object] = ground
        return ground

    def expect(self, version: int) -> None:
        """Raises Refused (version_stale) where the caller's version is not the current one.

        The condition is about the object the caller named, which a verb loads first; it is spent by that.
        """
        expected, self._expected = self._expected, None
        if expected is not None and expected != version:
            raise Refused(VERSION_STALE, current=version, expected=expected)

    async def add(self, *rows: Any) -> None:
        """Stores new rows; many of one type travel together."""
        for kind, group in _grouped(rows):
            where = STORED[kind]
            values = [tuple(getattr(row, name) for name in where.columns) for row in group]
            if len(values) == 1:
                await (await self.connection.statement(insert_text(kind))).fetch(*values[0])
            else:
                await self.connection.executemany(insert_text(kind), values)
            self.changes.extend(
                Change(object_of(row), where.table.name, _key(row), None, _values(row)) for row in group
            )

    async def change(self, row: Row, **values: Any) -> Row:
        """The row with other values; what did not change is not written. Versions rise by themselves."""
        where = STORED[type(row)]
        altered = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not altered:
            return row
        if where.is_object:
            altered["version"] = row.version + 1  # type: ignore[attr-defined] - an object row has a version
        names = tuple(altered)
        statement = await self.connection.statement(update_text(type(row), names))
        await statement.fetch(*_key(row), *altered.values())
        if statement.get_statusmsg() != "UPDATE 1":
            raise OutOfBounds(f"the database lets {self.actor.id} change no {where.table.name} {_key(row)}")
        before = {name: getattr(row, name) for name in names}
        self.changes.append(
            Change(object_of(row), where.table.name, _key(row), where.told(before), where.told(altered))
        )
        return replace(row, **altered)  # type: ignore[type-var] - rows are dataclasses

    async def end(self, *rows: Any) -> None:
        """Removes part rows; what they held stays in the record."""
        for row in rows:
            where = STORED[type(row)]
            await (await self.connection.statement(delete_text(type(row)))).fetch(*_key(row))
            self.changes.append(Change(object_of(row), where.table.name, _key(row), _values(row), None))

    def show_once(self, value: str) -> None:
        """Puts a value into the answer that nothing keeps: not the record, the outbox or the store of repeated requests."""
        self.shown_once = value

    def record(self, fact: Fact) -> None:
        """Says what happened. Every object that changes must be named by a fact."""
        self.facts.append(fact)

    async def settle(self) -> Receipt:
        """Reactions, versions, the check for silent changes, and the record. Called once, before the answer is read."""
        await self._react()
        await self._raise_versions()
        silent = {change.object for change in self.changes} - {fact.object for fact in self.facts}
        if silent:
            raise SilentChange(f"expected a fact about each of {sorted(map(str, silent))}, got {self.facts}")
        for keeper in self.ports.keepers:
            receipt = await keeper.keep(self)
            if receipt:
                self.receipts.extend(receipt.entries)
        return Receipt(tuple(self.receipts))

    async def _react(self) -> None:
        done = 0
        while done < len(self.facts):
            fact = self.facts[done]
            done += 1
            for reaction in self.ports.within.get(type(fact), ()):
                await self._unbind()
                await reaction(self, fact)

    async def _unbind(self) -> None:
        """From here on the house does what must follow, to things the actor may not see as well."""
        if not self._unbound:
            self._unbound = True
            await self.connection.execute(UNBOUND)

    async def _raise_versions(self) -> None:
        """A change of a part is a change of its object: the version of the whole rises once."""
        parts: dict[str, list[UUID]] = defaultdict(list)
        whole = {change.object for change in self.changes if _is_root(change)}
        for one in dict.fromkeys(change.object for change in self.changes):
            if one not in whole and one.kind in ROOTS:
                parts[one.kind].append(one.id)
        for kind, ids in parts.items():
            # The act may have moved the thing out of the actor's sight.
            await self._unbind()
            table = ROOTS[kind].table.name
            await self.connection.execute(
                f'UPDATE "{table}" SET version = version + 1 WHERE id = ANY($1)', ids
            )


def _is_root(change: Change) -> bool:
    return change.object.kind in ROOTS and ROOTS[change.object.kind].table.name == change.table


def _grouped(rows: Sequence[Any]) -> list[tuple[type, list[Any]]]:
    groups: dict[type, list[Any]] = {}
    for row in rows:
        groups.setdefault(type(row), []).append(row)
    return list(groups.items())


def _key(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in STORED[type(row)].key)


def _values(row: Any) -> dict[str, Any]:
    where = STORED[type(row)]
    return where.told({name: getattr(row, name) for name in where.columns})


@asynccontextmanager
async def acting(pool: asyncpg.Pool, ports: Ports, actor: Actor, terms: Terms) -> AsyncIterator[Act]:
    """An act in its transaction: commits on leaving, or leaves nothing. A dry run always leaves nothing."""
    async with lent(pool) as connection:
        await connection.begin(UNBOUND if actor.everything else bound_to(actor.id, actor.reach))
        try:
            yield Act(connection, ports, actor, terms)
        except BaseException:
            await connection.execute("ROLLBACK")
            raise
        await connection.execute("ROLLBACK" if terms.dry_run else "COMMIT")


@asynccontextmanager
async def observing(
    pool: asyncpg.Pool, ports: Ports, actor: Actor, request_id: str | None = None
) -> AsyncIterator[Act]:
    """A short act of its own that records what changed nothing: a denial, a restricted read; settled on leaving.

    Raises Refused (not_ready) where it cannot be written: what must be traced does not happen untraced, and the caller
    is told to try again rather than given the answer.
    """
    try:
        async with acting(pool, ports, actor, Terms(request_id=request_id)) as act:
            yield act
            await act.settle()
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        raise Refused(NOT_READY, headers={"Retry-After": "1"}) from error


async def attempted(verb: Callable[[], Awaitable[Row]]) -> Row:
    """Runs the whole verb again where the database asks for it (40001, 40P01), at most three times."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await verb()
        except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError):
            if attempt == ATTEMPTS:
                raise
        except asyncpg.IntegrityConstraintViolationError as error:
            raise refusal_of(error) from error
    raise AssertionError("unreachable: the last attempt returns or raises")


CONSTRAINTS: dict[str, Refusal] = {}
"""Refusals for constraints that guard a rule in the database as well; rooms fill it from their `words.py`."""


def refusal_of(error: asyncpg.IntegrityConstraintViolationError) -> Refused:
    """The refusal a broken constraint stands for."""
    name = getattr(error, "constraint_name", None) or "unknown"
    if name in CONSTRAINTS:
        return Refused(CONSTRAINTS[name])
    return Refused(CONSTRAINT_BROKEN, name=name)
