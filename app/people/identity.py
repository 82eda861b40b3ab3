"""From a token to an Actor: the signature is checked once and remembered until the token ends; rights are computed anew
when the epoch of authority has moved.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from app.core import clock
from app.core.act import Actor, Post, Right
from app.core.database import Connection, Database, lent
from app.core.errors import Refused
from app.core.ids import new_id
from app.core.words import DEMO_ONLY, TOKEN_INVALID
from app.people import queries

ISSUER = "bayro-demo"
AUDIENCE = "bayro"
LIFETIME = timedelta(days=30)
LEEWAY = 30  # seconds of clock difference forgiven
REMEMBERED = 10_000
LONGEST_TOKEN = 8_192
OPERATOR = UUID(int=1)
"""The operator's id in the record; no person bears it."""


RightsOn = Callable[[Connection, UUID, date], Awaitable[tuple[int, Mapping[str, tuple[Right, ...]]]]]


@dataclass(frozen=True, slots=True)
class Verified:
    """A token whose signature was checked: whose it is and until when (seconds since the epoch)."""

    person_id: UUID
    expires: float


class TokenIdentity:
    """The identity port: tokens of the demo's issuer. `rights` gives a person's chains on a day and their epoch."""

    def __init__(self, database: Database, rights: RightsOn) -> None:
        self.database = database
        self.rights = rights
        self.verified: OrderedDict[str, Verified] = OrderedDict()
        self.actors: dict[UUID, tuple[Actor, Any]] = {}
        self.key: OKPKey | None = None

    async def actor(self, token: str) -> Actor:
        """The actor behind a token. Raises Refused (token_invalid)."""
        found = self.verified.get(token) or await self._verify(token)
        if found.expires < time.time():
            self.verified.pop(token, None)
            raise Refused(TOKEN_INVALID)
        kept = self.actors.get(found.person_id)
        # A holding that ends at midnight ends here too: what was computed yesterday is computed anew.
        if kept is not None and kept[1] == clock.today():
            return kept[0]
        return await self._load(found.person_id)

    async def refreshed(self, actor: Actor) -> Actor:
        """The same person with rights as they are now. Raises Refused (token_invalid) for one disabled since."""
        return await self._load(actor.id)

    async def person(self, person_id: UUID) -> Actor:
        """A person by id, for commands of the operator. Raises Refused (token_invalid) for one who has no access."""
        return await self._load(person_id)

    async def _verify(self, token: str) -> Verified:
        if len(token) > LONGEST_TOKEN:
            raise Refused(TOKEN_INVALID)
        try:
            claims = jwt.decode(token, await self._key(), algorithms=["Ed25519", "EdDSA"]).claims
            registry = jwt.JWTClaimsRegistry(
                leeway=LEEWAY,
                iss={"essential": True, "value": ISSUER},
                aud={"essential": True, "value": AUDIENCE},
                exp={"essential": True},
                sub={"essential": True},
            )
            registry.validate(claims)
            found = Verified(UUID(claims["sub"]), float(claims["exp"]) + LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError):
            raise Refused(TOKEN_INVALID) from None
        self.verified[token] = found
        if len(self.verified) > REMEMBERED:
            self.verified.popitem(last=False)
        return found

    async def _key(self) -> OKPKey:
        if self.key is None:
            async with lent(self.database.act) as connection:
                self.key = await demo_key(connection)
        if self.key is None:
            raise Refused(TOKEN_INVALID)
        return self.key

    async def _load(self, person_id: UUID) -> Actor:
        today = clock.today()
        async with lent(self.database.read) as connection:
            record = await queries.actor_record(connection, person_id, today)
            epoch, rights = await self.rights(connection, person_id, today)
        if record is None:
            self.actors.pop(person_id, None)
            raise Refused(TOKEN_INVALID)
        actor = self._actor(record, min(epoch, record["epoch"]), rights)
        self.actors[person_id] = (actor, today)
        return actor

    def _actor(self, record: Any, epoch: int, rights: Mapping[str, tuple[Right, ...]]) -> Actor:
        posts = tuple(
            Post(
                UUID(one["holding"]),
                UUID(one["position"]),
                UUID(one["unit"]),
                one["title"],
                one["kind"],
            )
            for one in record["posts"]
        )
        reach = tuple(dict.fromkeys([*(post.unit_id for post in posts), record["id"]]))
        return Actor(record["id"], record["name"], record["kind"], posts, reach, epoch, rights=rights)


async def demo_key(connection: Connection) -> OKPKey | None:
    """The demo issuer's key; None outside a demo database."""
    key = await queries.issuer_key(connection)
    return OKPKey.import_key(key) if key else None


async def make_demo_issuer(connection: Connection) -> None:
    """Gives a demo database its issuer."""
    key = OKPKey.generate_key("Ed25519").as_dict(private=True)
    await connection.rows(
        "INSERT INTO demo_issuer (id, key, created_at) VALUES ($1, $2, $3)", new_id(), key, clock.now()
    )


async def demo_token(connection: Connection, person_id: UUID) -> str:
    """A token of the demo's issuer, 30 days. Raises Refused (demo_only) outside the demo."""
    key = await demo_key(connection)
    if key is None:
        raise Refused(DEMO_ONLY)
    issued = clock.now()
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(person_id),
        "iat": int(issued.timestamp()),
        "exp": int((issued + LIFETIME).timestamp()),
    }
    return jwt.encode({"alg": "Ed25519"}, claims, key, algorithms=["Ed25519"])


async def operator(connection: Connection) -> Actor:
    """The operator's own actor, for set-up and the command line: a machine that reaches every root unit of today.

    Its acts are recorded under this id like anybody's, so that an inspector sees what was done outside the doors.
    """
    roots = await queries.root_units(connection)
    return Actor(OPERATOR, "operator", "machine", reach=tuple(roots), everything=True)
