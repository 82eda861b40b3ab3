"""Who calls, and how much he may: the bearer token, and the allowance all requests spend from."""

from time import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

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


class Callers:
    """Turns a request into its caller and spends his allowance."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.allowance = RateLimitItemPerMinute(house.settings.rate_per_minute)
        self.limiter = FixedWindowRateLimiter(MemoryStorage())
        self.policy = b'"default";q=%d;w=60' % house.settings.rate_per_minute

    async def caller(self, authorization: bytes | None, cost: int = 1) -> Actor:
        """The actor, his allowance spent by `cost`. Raises Refused (token_…, rate_limited)."""
        actor = await self.house.ports.identity.actor(token_of(authorization))
        self.spend(actor, cost)
        return actor

    def spend(self, actor: Actor, cost: int) -> None:
        """Takes `cost` from the actor's allowance. Raises Refused (rate_limited)."""
        if not self.limiter.hit(self.allowance, str(actor.id), cost=cost):
            seconds = max(
                1, round(self.limiter.get_window_stats(self.allowance, str(actor.id)).reset_time - time())
            )
            raise Refused(RATE_LIMITED, seconds=seconds, headers={"Retry-After": str(seconds)})

    def headers(self, actor: Actor) -> list[tuple[bytes, bytes]]:
        """RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers)."""
        stats = self.limiter.get_window_stats(self.allowance, str(actor.id))
        left = b'"default";r=%d;t=%d' % (stats.remaining, max(0, round(stats.reset_time - time())))
        return [(b"ratelimit-policy", self.policy), (b"ratelimit", left)]
