"""A JWT taken apart and held against what is expected of it (RFC 9068, RFC 8725). Pure: no key is fetched, no clock asked.

Nothing in a token chooses how it is checked: the algorithm must stand on our list, the key is one of ours, and headers
that bring or point to a key (`jwk`, `x5c`, `jku`, `x5u`) are not looked at.
"""

import base64
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import Key

from app.core.errors import Refused
from app.core.inputs import strict_json

LEEWAY = 30  # seconds of clock difference forgiven
LONGEST_TOKEN = 8_192
ACCESS_TOKEN = frozenset({"at+jwt", "application/at+jwt"})
# Strict letters: what a lenient decoder would skip could be read one way here and another way there.
_COMPACT = re.compile(r"([\w-]+)\.([\w-]+)\.([\w-]+)", re.ASCII)
_LAST_INSTANT = 250_000_000_000  # in the year 9892: shortly after it, instants can no longer be told


class Untrusted(Exception):
    """A token that is not believed, and why: for the operator's log, never for the caller."""


@dataclass(frozen=True, slots=True)
class Token:
    """A JWT taken apart; nothing in it is believed yet."""

    text: str
    header: Mapping[str, Any]
    claims: Mapping[str, Any]

    @property
    def algorithm(self) -> str:
        """The signature's algorithm as the token has it; empty where that is no text."""
        return _text(self.header.get("alg"))

    @property
    def key_id(self) -> str | None:
        """The name of the key it says it is signed with. Raises Untrusted for one that is no text."""
        named = self.header.get("kid")
        if named is not None and not isinstance(named, str):
            raise Untrusted("kid is no text")
        return named


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say to be believed."""

    issuer: str
    audience: str
    algorithms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a believed token of a provider says: for whom it speaks, until when, and which of its keys signed it."""

    kind: str
    code: str
    ends: float
    signed_by: str


def taken_apart(text: str) -> Token:
    """The parts of a signed JWT. Raises Untrusted for what is none, is too long or repeats a name."""
    parts = _COMPACT.fullmatch(text) if len(text) <= LONGEST_TOKEN else None
    if parts is None:
        raise Untrusted("no compact JWS of bounded length")
    return Token(text, _object(parts[1]), _object(parts[2]))


def _object(segment: str) -> Mapping[str, Any]:
    try:
        value = strict_json(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))
    except (Refused, ValueError):
        raise Untrusted("a part is no JSON") from None
    if not isinstance(value, dict):
        raise Untrusted("a part is no JSON object")
    return value


def require_header(token: Token, expected: Expected) -> None:
    """Raises Untrusted for an algorithm that is not allowed, a token of another type, and extensions (`crit`)."""
    if token.algorithm not in expected.algorithms:
        raise Untrusted("algorithm")
    if "typ" in token.header and _text(token.header["typ"]).lower() not in ACCESS_TOKEN:
        raise Untrusted("type")
    # What a critical extension changes is unknown to us, whichever it is (RFC 7515 §4.1.11).
    if "crit" in token.header:
        raise Untrusted("critical extension")


class _Signatures(jws.JWSRegistry):
    """The library's algorithms as our own list allows them.

    Its registry warns of `EdDSA`, the name RFC 9864 replaces by `Ed25519`; most providers still sign under it.
    """

    max_header_length = LONGEST_TOKEN

    def get_alg(self, name: str) -> Any:
        """The algorithm of that name. Raises UnsupportedAlgorithmError for one that is not allowed."""
        if name not in (self.allowed or ()):
            raise UnsupportedAlgorithmError(name)
        return self.algorithms[name]


def is_signed_by(token: Token, key: Key) -> bool:
    """Whether the signature is this key's, by the algorithm the header was allowed with."""
    registry = _Signatures(algorithms=[token.algorithm], strict_check_header=False)
    try:
        jws.deserialize_compact(token.text, key, registry=registry)
    except (JoseError, ValueError, TypeError):
        return False
    return True


def require_claims(token: Token, expected: Expected, now: float) -> float:
    """When the token ends, in seconds since the epoch. Raises Untrusted where a claim does not fit."""
    claims = token.claims
    if claims.get("iss") != expected.issuer:
        raise Untrusted("issuer")
    audience = claims.get("aud")
    if expected.audience not in (audience if isinstance(audience, list) else [audience]):
        raise Untrusted("audience")
    for name in ("nbf", "iat"):
        if name in claims and _instant(claims, name) > now + LEEWAY:
            raise Untrusted(f"{name} lies ahead")
    ends = min(_instant(claims, "exp"), _LAST_INSTANT)
    if ends + LEEWAY <= now:
        raise Untrusted("expired")
    return ends


def _instant(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise Untrusted(f"{name} is no instant")
    return value


def who(claims: Mapping[str, Any], *, person_claim: str, service_claim: str) -> tuple[str, str]:
    """Whom a token speaks for: `person` or `service`, and the code. Raises Untrusted where it names nobody.

    A client's own token has the client as its subject (RFC 9068 §2.2). That decides, and not the mere presence of a
    claim: every token names its client, and a client must not be taken for a person whose code its name equals.
    """
    person, service, subject = (_text(claims.get(name)) for name in (person_claim, service_claim, "sub"))
    if person and person != service:
        return "person", person
    if service and subject in {"", service}:
        return "service", service
    raise Untrusted("names nobody")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
