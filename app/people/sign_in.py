"""From a token to an Actor, of whichever kind the token is.

A token is checked once and remembered by its digest; from then on a request costs one digest and one look-up. What an
actor may do is computed anew when the epoch of authority has moved, and the token's own standing with it: revoking one,
disabling its person, taking the demo's key away all raise the epoch, which every statement compares.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import structlog

from app.core import clock
from app.core.act import Actor, Post, Right, SignIn
from app.core.database import Connection, Database, lent
from app.core.errors import Refused
from app.core.ids import cleared
from app.core.words import TOKEN_INVALID
from app.people import queries, tokens
from app.people.identity import DEMO, demo_key
from app.people.jwts import (
    LEEWAY,
    Spoken,
    Token,
    Untrusted,
    is_signed_by,
    require_claims,
    require_header,
    taken_apart,
)

log = structlog.get_logger("bayro.sign_in")
REMEMBERED = 10_000
READING, INSPECTING = "record.read", "audit.read"
"""Powers that widen what their holder sees; declared above, by `authority`."""
LOOK_AGAIN = timedelta(minutes=5)  # after which a provider's token is asked about its key


class Issuer(Protocol):
    """A provider of access tokens, where the settings name one."""

    changed: Callable[[], None]

    @property
    def issuer(self) -> str:
        """The issuer as its tokens name it."""
        ...

    async def believed(self, token: Token, now: float) -> Spoken:
        """What the token says. Raises Untrusted, Refused (sign_in_unavailable)."""
        ...

    async def holds(self, thumbprint: str) -> bool:
        """Whether the key is still the provider's."""
        ...


RightsOn = Callable[[Connection, UUID, date], Awaitable[tuple[int, Mapping[str, tuple[Right, ...]]]]]
"""A person's chains by power on a day, and the epoch at which they were seen; filled by `authority`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A token that was believed: whose it is, of which kind, until when it is taken, its scopes, the key that signed it."""

    person_id: UUID
    sign_in: SignIn
    ends: datetime
    scopes: frozenset[str] | None = None
    signed_by: str | None = None


@dataclass(slots=True)
class Remembered:
    """A checked token and its actor; looked at again outside the instants from `since` to `until`."""

    checked: Checked
    actor: Actor
    since: datetime
    until: datetime


class TokenIdentity:
    """The identity port. `rights` gives a person's chains on a day; `provider` is the issuer outside, if there is one."""

    def __init__(self, database: Database, rights: RightsOn, provider: Issuer | None = None) -> None:
        self.database = database
        self.rights = rights
        self.provider = provider
        self.remembered: OrderedDict[bytes, Remembered] = OrderedDict()
        if provider is not None:
            provider.changed = self.keys_changed

    async def actor(self, token: str) -> Actor:
        """The actor behind a token. Raises Refused (token_invalid, sign_in_unavailable)."""
        key = tokens.digest_of(token)
        found = self.remembered.get(key)
        if found is not None and found.since <= clock.now() < found.until:
            return found.actor
        try:
            return await self._looked_at(token, key, found)
        except Untrusted as why:
            log.debug("token_refused", why=str(why))
            self.remembered.pop(key, None)
            raise Refused(TOKEN_INVALID) from None

    async def refreshed(self, actor: Actor) -> Actor:
        """The same actor with rights as they are now. Raises Refused (token_invalid) where he has no access any more."""
        if actor.sign_in is None:
            return await self.person(actor.id)
        fresh = await self._loaded(actor.id, actor.sign_in, actor.scopes)
        found = self.remembered.get(actor.sign_in.key)
        if found is not None:
            found.actor = fresh
        return fresh

    async def person(self, person_id: UUID) -> Actor:
        """A person by id, for commands of the operator. Raises Refused (token_invalid) for one who has no access."""
        return await self._loaded(person_id, None, None)

    def keys_changed(self) -> None:
        """Asks about the key of every provider's token again: one whose key is gone is no longer believed."""
        for found in self.remembered.values():
            if found.checked.signed_by is not None:
                found.until = found.since

    # -- looking at a token ------------------------------------------------------------------------------------------

    async def _looked_at(self, token: str, key: bytes, found: Remembered | None) -> Actor:
        now = clock.now()
        checked = found.checked if found is not None else await self._checked(token, key, now.timestamp())
        if checked.ends <= now:
            raise Untrusted("expired")
        if checked.signed_by is not None and not await self._holds(checked.signed_by):
            raise Untrusted("its key is gone")
        actor = await self._loaded(checked.person_id, checked.sign_in, checked.scopes)
        self._remember(key, Remembered(checked, actor, now, _look_again(checked, now)))
        return actor

    def _remember(self, key: bytes, one: Remembered) -> None:
        self.remembered[key] = one
        if len(self.remembered) > REMEMBERED:
            self.remembered.popitem(last=False)

    async def _holds(self, thumbprint: str) -> bool:
        return self.provider is not None and await self.provider.holds(thumbprint)

    async def _checked(self, token: str, key: bytes, now: float) -> Checked:
        """The token held against what its kind must be. Raises Untrusted, Refused (sign_in_unavailable)."""
        if token.startswith(tokens.PREFIX):
            return await self._personal(token, key)
        parts = taken_apart(token)
        issuer = parts.claims.get("iss")
        if issuer == DEMO.issuer:
            return await self._demo(parts, key, now)
        if self.provider is not None and issuer == self.provider.issuer:
            return await self._provided(self.provider, parts, key, now)
        raise Untrusted("issuer")

    async def _personal(self, token: str, key: bytes) -> Checked:
        # The checksum first: what is no token of ours costs no statement.
        if not tokens.is_well_formed(token):
            raise Untrusted("no personal token")
        async with lent(self.database.act) as connection:
            found = await queries.personal_token(connection, key)
        if found is None:
            raise Untrusted("unknown personal token")
        until = found["expires_at"]
        sign_in = SignIn("personal_token", until, key, found["id"])
        return Checked(found["person_id"], sign_in, until, frozenset(found["scopes"]))

    async def _demo(self, token: Token, key: bytes, now: float) -> Checked:
        require_header(token, DEMO)
        ends = require_claims(token, DEMO, now)
        async with lent(self.database.act) as connection:
            signing = await demo_key(connection)
        if signing is None or not is_signed_by(token, signing):
            raise Untrusted("signature")
        try:
            person_id = UUID(token.claims["sub"])
        except (KeyError, ValueError, TypeError, AttributeError):
            raise Untrusted("names nobody") from None
        return Checked(person_id, SignIn("demo", _instant(ends), key), _instant(ends + LEEWAY))

    async def _provided(self, provider: Issuer, token: Token, key: bytes, now: float) -> Checked:
        said = await provider.believed(token, now)
        async with lent(self.database.read) as connection:
            person_id = await queries.person_of_kind(connection, said.kind, said.code)
        if person_id is None:
            raise Untrusted("names nobody here")
        sign_in = SignIn("oidc", _instant(said.ends), key)
        return Checked(person_id, sign_in, _instant(said.ends + LEEWAY), signed_by=said.signed_by)

    # -- the actor ---------------------------------------------------------------------------------------------------

    async def _loaded(self, person_id: UUID, sign_in: SignIn | None, scopes: frozenset[str] | None) -> Actor:
        """The person's rights as they are now. Raises Refused (token_invalid) where person or token has no standing."""
        async with lent(self.database.read) as connection:
            record = await queries.actor_record(connection, person_id, clock.today(), sign_in)
            seen, rights = await self.rights(connection, person_id, clock.today())
            posts = tuple(map(self._post, record["posts"])) if record else ()
            reads, inspects = roots_of(rights, READING), roots_of(rights, INSPECTING)
            reach = (*dict.fromkeys([*(post.unit_id for post in posts), *reads, *inspects]),)
            clear = await queries.cleared_below(connection, rights, reach)
        if record is None:
            if sign_in is not None:
                self.remembered.pop(sign_in.key, None)
            raise Refused(TOKEN_INVALID)
        return Actor(
            record["id"],
            record["name"],
            record["kind"],
            posts,
            (*reach, record["id"], *map(cleared, (*clear, record["id"]))),
            # Several statements: rights and tree seen later than the epoch are only computed once more.
            min(record["epoch"], seen),
            scopes=scopes,
            sign_in=sign_in,
            rights=rights,
            inspected=inspects,
        )

    @staticmethod
    def _post(one: Any) -> Post:
        ids = (UUID(one["holding"]), UUID(one["position"]), UUID(one["unit"]))
        return Post(*ids, one["title"], one["kind"])


def roots_of(rights: Mapping[str, tuple[Right, ...]], power: str) -> tuple[UUID, ...]:
    """The units over which a power to read is in force; such powers always take in all below."""
    return tuple(
        dict.fromkeys(right.scopes[0].unit_id for right in rights.get(power, ()) if right.flaw is None)
    )


def _look_again(checked: Checked, now: datetime) -> datetime:
    """When a remembered token is looked at again: at its end, at midnight (a holding may end), and a provider's for its key."""
    # In UTC, as the clock is: comparing instants of two zones costs ten times as much, at every request.
    until = min(checked.ends, clock.day_ends().astimezone(UTC))
    return min(until, now + LOOK_AGAIN) if checked.signed_by is not None else until


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
