"""An issuer's public keys (RFC 7517), read from its JWKS document. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key
from joserfc.util import base64_to_int

MOST_KEYS = 100
RSA_BITS = range(2_048, 8_193)  # shorter ones are broken, longer ones cost too much to check
_RSA = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
_FITS: dict[tuple[str, str | None], frozenset[str]] = {
    ("RSA", None): _RSA,
    ("EC", "P-256"): frozenset({"ES256"}),
    ("EC", "P-384"): frozenset({"ES384"}),
    ("EC", "P-521"): frozenset({"ES512"}),
    ("OKP", "Ed25519"): frozenset({"EdDSA", "Ed25519"}),
}
# Only these go into a key: what a careless issuer publishes besides, a private part say, is left where it is.
_PUBLIC = ("kty", "crv", "n", "e", "x", "y")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that can check signatures of the algorithms it fits."""

    id: str | None
    thumbprint: str
    fits: frozenset[str]
    key: Key = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of an issuer at one moment."""

    keys: tuple[PublicKey, ...]

    def knows(self, key_id: str | None) -> bool:
        """Whether asking the issuer anew could not bring a key of this name: it is here, or none is named."""
        return key_id is None or any(one.id == key_id for one in self.keys)

    def matching(self, key_id: str | None, algorithm: str) -> tuple[PublicKey, ...]:
        """The keys that may have signed. Without a name there must be one only that fits: none is picked by trying."""
        fitting = tuple(one for one in self.keys if algorithm in one.fits and key_id in {None, one.id})
        return fitting if key_id is not None or len(fitting) == 1 else ()

    def holds(self, thumbprint: str) -> bool:
        """Whether the key is still among the issuer's."""
        return any(one.thumbprint == thumbprint for one in self.keys)


def ring_of(document: Any) -> KeyRing:
    """The usable keys of a JWKS document. Raises ValueError where there is none."""
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST_KEYS:
        raise ValueError(f"expected a JWKS document of at most {MOST_KEYS} keys")
    keys = tuple(key for one in listed if (key := _usable(one)) is not None)
    if not keys:
        raise ValueError("expected at least one usable key")
    return KeyRing(keys)


def _usable(jwk: Any) -> PublicKey | None:
    """The key, or None for one that is of another kind, for another use, broken, or of a weak size."""
    if not isinstance(jwk, dict) or jwk.get("use", "sig") != "sig" or not _verifies(jwk):
        return None
    fits, key_id = _fits(jwk), jwk.get("kid")
    try:
        if not fits or not _strong(jwk):
            return None
        key = JWKRegistry.import_key({name: jwk[name] for name in _PUBLIC if name in jwk})
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return PublicKey(key_id if isinstance(key_id, str) else None, key.thumbprint(), fits, key)


def _verifies(jwk: Mapping[str, Any]) -> bool:
    operations = jwk.get("key_ops")
    return operations is None or (isinstance(operations, list) and "verify" in operations)


def _fits(jwk: Mapping[str, Any]) -> frozenset[str]:
    kind, curve, algorithm = jwk.get("kty"), jwk.get("crv"), jwk.get("alg")
    if not isinstance(kind, str) or not isinstance(curve, str | None):
        return frozenset()
    fits = _FITS.get((kind, curve), frozenset())
    return fits if algorithm is None else frozenset(one for one in fits if one == algorithm)


def _strong(jwk: Mapping[str, Any]) -> bool:
    """Whether a key's size is one to rely on; only RSA leaves it open. Raises ValueError, TypeError, KeyError."""
    return jwk["kty"] != "RSA" or base64_to_int(jwk["n"]).bit_length() in RSA_BITS
