"""An identity provider of a test's own: keys in this process, and a small real HTTP server that gives their public half."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from app.core import clock
from app.core.settings import Settings

AUDIENCE = "https://bayro.test"
KEYS = "/keys"
DISCOVERY = "/.well-known/openid-configuration"
ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]


@dataclass
class Answer:
    """What the provider answers at an address."""

    body: bytes = b""
    status: int = 200
    seconds: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


def key(kind: str = "OKP", crv_or_size: str | int = "Ed25519", key_id: str | None = "k1") -> Any:
    """A private key; its public half is not published by itself."""
    kinds: dict[str, Any] = {"OKP": OKPKey, "EC": ECKey, "RSA": RSAKey}
    return kinds[kind].generate_key(crv_or_size, {"kid": key_id} if key_id else None)


def public(one: Key, **values: Any) -> dict[str, Any]:
    return {**one.as_dict(private=False), **values}


class Provider:
    """A provider on loopback: what it answers can be changed, what was asked is counted."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.issuer = f"http://127.0.0.1:{server.server_port}"
        self.asked: list[str] = []
        self.answers: dict[str, Answer] = {}
        self.key = key()
        self.publish(self.key)
        self.discover()

    def publish(self, *keys: Key | dict[str, Any]) -> None:
        listed = [one if isinstance(one, dict) else public(one) for one in keys]
        self.answers[KEYS] = Answer(json.dumps({"keys": listed}).encode())

    def discover(self, **values: Any) -> None:
        found = {"issuer": self.issuer, "jwks_uri": self.issuer + KEYS, **values}
        self.answers[DISCOVERY] = Answer(json.dumps(found).encode())

    def settings(self, **values: Any) -> Settings:
        given = {
            "oidc_issuer": self.issuer,
            "oidc_audience": AUDIENCE,
            "oidc_algorithms": ALGORITHMS,
            "rate_per_minute": 1_000_000,
        }
        return Settings.model_validate({**given, **values})

    def claims(self, subject: str, **values: Any) -> dict[str, Any]:
        """The claims of an access token, as RFC 9068 has them; a value of None takes one away."""
        now = int(clock.now().timestamp())
        given = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": subject,
            "client_id": "portal",
            "iat": now,
            "exp": now + 300,
            "jti": "1",
        }
        return {name: value for name, value in {**given, **values}.items() if value is not None}

    def token(
        self, subject: str, *, by: Key | None = None, header: dict[str, Any] | None = None, **values: Any
    ) -> str:
        """A signed access token."""
        return signed(self.claims(subject, **values), by or self.key, header)


def signed(claims: Any, by: Key, header: dict[str, Any] | None = None) -> str:
    """A compact JWS over the claims (bytes as they are), whatever the header says."""
    algorithm = {"RSA": "RS256", "EC": "ES256", "OKP": "Ed25519"}[by.key_type]
    said = {"alg": algorithm, "typ": "at+jwt", "kid": by.kid, **(header or {})}
    said = {name: value for name, value in said.items() if value is not None}
    payload = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    registry = _Anything(algorithms=[said["alg"]], strict_check_header=False)
    return jws.serialize_compact(said, payload, by, registry=registry)


class _Anything(jws.JWSRegistry):
    """Signs whatever it is told to, without a warning or a check."""

    def check_header(self, header: Any) -> None:
        pass

    def get_alg(self, name: str) -> Any:
        return self.algorithms[name]


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        self.provider.asked.append(self.path)
        answer = self.provider.answers.get(self.path, Answer(status=404))
        time.sleep(answer.seconds)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(answer.body)
        except (BrokenPipeError, ConnectionResetError):
            # Whoever asked had enough: that is what some of the tests are about.
            return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        pass


@contextmanager
def provider_on_loopback() -> Iterator[Provider]:
    """A provider that runs as long as the block."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    handler.provider = provider = Provider(server)
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    running.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        running.join()
