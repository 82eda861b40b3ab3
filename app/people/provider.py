"""The identity provider: its access tokens checked, its keys fetched, kept, and fetched again when they may have changed.

One fetch at a time whoever waits for it; a key nobody knows asks for one at most once a minute, however many tokens
name one; what the provider answers is bounded in size and time; where it does not answer, the keys it gave last stand.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
import structlog

from app.core import clock
from app.core.errors import Refused
from app.core.inputs import strict_json
from app.core.settings import Settings, guarded_address
from app.people.jwks import KeyRing, ring_of
from app.people.jwts import (
    Expected,
    Spoken,
    Token,
    Untrusted,
    is_signed_by,
    require_claims,
    require_header,
    who,
)
from app.people.words import SIGN_IN_UNAVAILABLE

log = structlog.get_logger("bayro.sign_in")
FRESH = 300.0  # seconds after which keys are fetched again, without anybody waiting for it
APART = 60.0  # seconds between two fetches while there are keys
EAGER = 5.0  # and while there are none yet
PATIENCE = 5.0  # seconds for a whole fetch
LARGEST = 262_144  # bytes of a document
DISCOVERY = "/.well-known/openid-configuration"


class Provider:
    """One issuer of access tokens, as the settings name it."""

    def __init__(self, settings: Settings) -> None:
        if settings.oidc_issuer is None or settings.oidc_audience is None:
            raise ValueError("expected an issuer and an audience in the settings")
        self.expected = Expected(
            settings.oidc_issuer, settings.oidc_audience, frozenset(settings.oidc_algorithms)
        )
        self.settings = settings
        self.ring: KeyRing | None = None
        self.changed: Callable[[], None] = lambda: None
        self._fetched = self._tried = 0.0
        self._flight: asyncio.Task[None] | None = None

    @property
    def issuer(self) -> str:
        """The issuer as its tokens name it."""
        return self.expected.issuer

    async def believed(self, token: Token, now: float) -> Spoken:
        """What the token says. Raises Untrusted, and Refused (sign_in_unavailable) while there are no keys to check by."""
        require_header(token, self.expected)
        ends = require_claims(token, self.expected, now)
        kind, code = who(
            token.claims,
            person_claim=self.settings.oidc_person_claim,
            service_claim=self.settings.oidc_service_claim,
        )
        for one in (await self._ring_for(token.key_id)).matching(token.key_id, token.algorithm):
            if is_signed_by(token, one.key):
                return Spoken(kind, code, ends, one.thumbprint)
        raise Untrusted("signature")

    async def holds(self, thumbprint: str) -> bool:
        """Whether the key is still the provider's, as far as is known; looks again beside the caller when it is time."""
        return (await self._ring()).holds(thumbprint)

    async def _ring_for(self, key_id: str | None) -> KeyRing:
        """The keys, asked for anew where this one is not among them and the last time is long enough ago."""
        ring = await self._ring()
        if ring.knows(key_id):
            return ring
        if self._flight is not None or self._apart(self._tried, APART):
            await self._landed()
        return await self._ring()

    async def _ring(self) -> KeyRing:
        if self.ring is None and (self._flight is not None or self._apart(self._tried, EAGER)):
            await self._landed()
        if self.ring is None:
            raise Refused(SIGN_IN_UNAVAILABLE, headers={"Retry-After": f"{EAGER:.0f}"})
        if self._apart(self._fetched, FRESH) and self._apart(self._tried, APART):
            self._fetching()
        return self.ring

    @staticmethod
    def _apart(then: float, seconds: float) -> bool:
        # A clock that was set back must not stop the fetching until it has caught up.
        return not 0 <= clock.now().timestamp() - then < seconds

    async def _landed(self) -> None:
        """Waits for the fetch under way, or a new one. Whoever gives up waiting does not end it for the others."""
        await asyncio.shield(self._fetching())

    def _fetching(self) -> asyncio.Task[None]:
        if self._flight is None:
            self._tried = clock.now().timestamp()
            self._flight = asyncio.create_task(self._fetch())
            self._flight.add_done_callback(self._over)
        return self._flight

    def _over(self, _flight: asyncio.Task[None]) -> None:
        self._flight = None

    async def _fetch(self) -> None:
        """Takes the provider's keys; whatever goes wrong is logged, and those of before stand."""
        try:
            async with asyncio.timeout(PATIENCE):
                ring = ring_of(await self._keys_document())
        except Exception as error:  # noqa: BLE001 - no answer of the provider may end sign-in with the keys at hand
            log.warning("keys_not_fetched", issuer=self.issuer, kind=type(error).__name__)
            return
        before, self.ring, self._fetched = self.ring, ring, clock.now().timestamp()
        if ring != before:
            log.info("keys_fetched", issuer=self.issuer, keys=len(ring.keys))
            self.changed()

    async def _keys_document(self) -> Any:
        # Made in a thread: reading the machine's certificates would hold everybody else up for a fifth of a second.
        async with await asyncio.to_thread(httpx2.AsyncClient, timeout=PATIENCE) as client:
            url = self.settings.oidc_jwks_url or await self._discovered(client)
            return await _document(client, url)

    async def _discovered(self, client: httpx2.AsyncClient) -> str:
        """Where the keys are, by the discovery document of the issuer itself (OpenID Connect Discovery §4.3)."""
        found = await _document(client, self.issuer.rstrip("/") + DISCOVERY)
        if not isinstance(found, dict) or found.get("issuer") != self.issuer:
            raise ValueError("expected a discovery document of this issuer")
        return guarded_address(str(found.get("jwks_uri")))


async def _document(client: httpx2.AsyncClient, url: str) -> Any:
    """The JSON at an address. Raises ValueError for another status, a redirect, or more bytes than are taken."""
    # Uncompressed, because a small answer could unfold into a large one.
    asked = {"Accept": "application/json", "Accept-Encoding": "identity"}
    async with client.stream("GET", url, headers=asked) as answer:
        if answer.status_code != 200 or "content-encoding" in answer.headers:  # noqa: PLR2004 - OK
            raise ValueError(f"expected 200 and plain bytes, got {answer.status_code}")
        body = bytearray()
        async for part in answer.aiter_raw():
            body += part
            if len(body) > LARGEST:
                raise ValueError(f"expected at most {LARGEST} bytes")
    return strict_json(bytes(body))
