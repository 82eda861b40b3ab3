"""The two identities the house has of its own: the demo's issuer, and the operator at the command line."""

from datetime import timedelta
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import OKPKey

from app.core import clock
from app.core.act import Actor
from app.core.database import Connection
from app.core.errors import Refused
from app.core.ids import cleared, new_id
from app.core.words import DEMO_ONLY
from app.people import queries
from app.people.jwts import Expected

DEMO = Expected("bayro-demo", "bayro", frozenset({"Ed25519"}))
"""What the demo's tokens say; they are believed only in a database that holds the demo's key."""
LIFETIME = timedelta(days=30)
OPERATOR = UUID(int=1)
"""The operator's id in the record; no person bears it."""


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
        "iss": DEMO.issuer,
        "aud": DEMO.audience,
        "sub": str(person_id),
        "iat": int(issued.timestamp()),
        "exp": int((issued + LIFETIME).timestamp()),
    }
    return jwt.encode({"alg": "Ed25519", "typ": "at+jwt"}, claims, key, algorithms=["Ed25519"])


async def operator(connection: Connection) -> Actor:
    """The operator's own actor, for set-up and the command line: a machine that reaches every root unit of today
    and is cleared there.

    Its acts are recorded under this id like anybody's, so that an inspector sees what was done outside the doors.
    """
    roots = await queries.root_units(connection)
    return Actor(OPERATOR, "operator", "machine", reach=(*roots, *map(cleared, roots)), everything=True)
