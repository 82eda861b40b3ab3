"""Who calls, and how much he may: the bearer token, and the allowance all requests spend from."""

from time import time
from uuid import UUID

from app.core.act import Actor
from app.core.errors import Refused
from app.core.house import House
from app.core.words import RATE_LIMITED, TOKEN_INVALID, TOKEN_MISSING


def token_of(authorization: bytes | None) -> str:
    """The bearer token of an Authorization header. Raises Refused (token_missing, token_invalid)."""
    if not authorization:
        raise Refused(TOKEN_MISSING)
    scheme, _, token = authorization.partition(b" ")
    if scheme.lower() != b"bearer" or not token:
        raise Refused(TOKEN_MISSING)
    try:
        return token.strip().decode("ascii")
    except UnicodeDecodeError:
        raise Refused(TOKEN_INVALID) from None


class Allowance:
    """What each caller may spend in a minute of the clock, counted in this process.

    Kept by hand: the library's storage in memory starts a thread to tidy up, a hundred times a second under load, and
    that cost more than the rest of a read.
    """

    def __init__(self, a_minute: int) -> None:
        self.a_minute = a_minute
        self.minute = 0
        self.spent: dict[UUID, int] = {}

    def spend(self, who: UUID, cost: int) -> bool:
        """Whether `cost` was still there; what was asked beyond it is not counted."""
        minute = int(time()) // 60
        if minute != self.minute:
            self.minute = minute
            self.spent.clear()
        spent = self.spent.get(who, 0) + cost
        if spent > self.a_minute:
            return False
        self.spent[who] = spent
        return True

    def left(self, who: UUID) -> int:
        """What the caller may still spend in this minute."""
        return self.a_minute - self.spent.get(who, 0)

    @staticmethod
    def seconds() -> int:
        """Seconds until the next minute begins, 1–60."""
        return 60 - int(time()) % 60


class Callers:
    """Turns a request into its caller and spends his allowance."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.allowance = Allowance(house.settings.rate_per_minute)
        self.policy = b'"default";q=%d;w=60' % house.settings.rate_per_minute

    async def caller(self, authorization: bytes | None, cost: int = 1) -> Actor:
        """The actor with his rights as they are now, his allowance spent by `cost`. Raises Refused (token_…, rate_limited)."""
        return await self.house.ports.identity.refreshed(await self.known(authorization, cost))

    async def known(self, authorization: bytes | None, cost: int = 1) -> Actor:
        """The actor as he was last known: for those alone whose own statement compares the epoch of his rights.

        `House.seen` and `carried_out` do. It saves them the statement that `caller` asks.
        """
        actor = await self.house.ports.identity.actor(token_of(authorization))
        self.spend(actor, cost)
        return actor

    def spend(self, actor: Actor, cost: int) -> None:
        """Takes `cost` from the actor's allowance. Raises Refused (rate_limited)."""
        if not self.allowance.spend(actor.id, cost):
            seconds = self.allowance.seconds()
            raise Refused(RATE_LIMITED, seconds=seconds, headers={"Retry-After": str(seconds)})

    def headers(self, actor: Actor) -> list[tuple[bytes, bytes]]:
        """RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers)."""
        left = b'"default";r=%d;t=%d' % (self.allowance.left(actor.id), self.allowance.seconds())
        return [(b"ratelimit-policy", self.policy), (b"ratelimit", left)]
