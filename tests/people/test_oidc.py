"""Access tokens of an identity provider: who is let in, who is not, and what a provider in trouble does to neither."""

import asyncio
import base64
import gzip
import hmac
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from joserfc import jws
from joserfc.errors import SecurityWarning
from joserfc.jwk import RSAKey
from people.issuer import (
    DISCOVERY,
    KEYS,
    Answer,
    Provider,
    key,
    provider_on_loopback,
    public,
    signed,
)
from pydantic import ValidationError
from stage import Caller, Stage

from app.core import clock
from app.core.application import build
from app.core.database import Database, lent
from app.core.settings import Settings
from app.people import jwts
from app.people import provider as provider_room
from app.people import service as people
from app.people.schemas import AmendPerson, Relieve
from app.wiring import house as wired


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provider_on_loopback() as one:
        yield one


class Signing:
    """A house that trusts the provider, a secretary and a service account in it, and tokens sent to it."""

    def __init__(self, stage: Stage, provider: Provider) -> None:
        self.stage = stage
        self.provider = provider
        self.unit = UUID(int=0)
        self.person = self.service = UUID(int=0)
        self.code = self.service_code = ""

    async def settle(self) -> None:
        self.unit = await self.stage.unit()
        self.person = await self.stage.person(self.unit, office="secretary")
        self.service = await self.stage.person(self.unit, office="integration", kind="service")
        self.code, self.service_code = await self.code_of(self.person), await self.code_of(self.service)

    def by(self, **settings: Any) -> AbstractAsyncContextManager["Signing"]:
        """Other doors of the same house, which trust the provider by other settings."""
        return behind(self.stage.house.database, self.provider, self, **settings)

    async def code_of(self, person: UUID) -> str:
        async with lent(self.stage.house.database.read) as connection:
            return await connection.one("SELECT code FROM person WHERE id = $1", person)

    def token(self, **values: Any) -> str:
        return self.provider.token(self.code, **values)

    async def answer(self, token: str, path: str = "/v1/me") -> httpx2.Response:
        return await self.stage.client.get(path, headers={"Authorization": f"Bearer {token}"})

    async def status(self, token: str, path: str = "/v1/me") -> int:
        return (await self.answer(token, path)).status_code


@asynccontextmanager
async def behind(
    database: Database, provider: Provider, like: Signing | None = None, **settings: Any
) -> AsyncIterator[Signing]:
    """Doors that trust the provider by these settings; the persons are new, or those of another such house."""
    house = await wired(provider.settings(**settings), database)
    transport = httpx2.ASGITransport(app=build(house))
    async with httpx2.AsyncClient(transport=transport, base_url="http://bayro.test") as client:
        signing = Signing(Stage(house, client), provider)
        if like is None:
            await signing.settle()
        else:
            signing.code, signing.service_code, signing.service = like.code, like.service_code, like.service
        yield signing


@pytest.fixture
async def signing(database: Database, provider: Provider) -> AsyncIterator[Signing]:
    async with behind(database, provider) as one:
        yield one


def refused(answer: httpx2.Response) -> bool:
    """Whether it is the one refusal there is for tokens, which tells nothing of what was wrong with this one."""
    assert answer.status_code == 401, answer.text
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="bayro", error="invalid_token"'
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document["detail"] == "Mã truy cập sai, hết hạn hoặc đã thu hồi."
    return document["code"] == "token_invalid"


# -- who is let in ---------------------------------------------------------------------------------------------------


async def test_a_token_of_the_provider_is_its_person(signing: Signing) -> None:
    answer = await signing.answer(signing.token())
    assert answer.status_code == 200, answer.text
    me = answer.json()
    assert (me["id"], me["kind"]) == (str(signing.person), "person")
    assert "task.draft" in me["powers"]
    assert (me["sign_in"]["by"], me["sign_in"]["scopes"]) == ("oidc", None)
    assert signing.provider.asked == [DISCOVERY, KEYS]


@pytest.mark.parametrize(
    ("kind", "size", "algorithm"),
    [
        ("RSA", 2_048, "RS256"),
        ("RSA", 2_048, "PS256"),
        ("EC", "P-256", "ES256"),
        ("EC", "P-384", "ES384"),
        ("EC", "P-521", "ES512"),
        ("OKP", "Ed25519", "EdDSA"),
        ("OKP", "Ed25519", "Ed25519"),
    ],
)
async def test_every_algorithm_of_the_list_is_taken_and_off_the_list_none(
    signing: Signing, kind: str, size: Any, algorithm: str
) -> None:
    signer = key(kind, size)
    signing.provider.publish(signer)
    others = [one for one in ("RS384", "RS512") if one != algorithm]
    for allowed, status in (([algorithm], 200), (others, 401)):
        async with signing.by(oidc_algorithms=allowed) as door:
            assert await door.status(door.token(by=signer, header={"alg": algorithm})) == status


async def test_a_client_s_own_token_is_its_service_account(signing: Signing) -> None:
    token = signing.provider.token(signing.service_code, client_id=signing.service_code)
    me = (await signing.answer(token)).json()
    assert (me["id"], me["kind"]) == (str(signing.service), "service")
    without_subject = signing.provider.token("", sub=None, client_id=signing.service_code)
    assert (await signing.answer(without_subject)).json()["id"] == str(signing.service)


async def test_a_client_is_never_a_person_nor_a_person_a_client(signing: Signing) -> None:
    named_like_a_person = signing.provider.token(signing.code, client_id=signing.code)
    assert refused(await signing.answer(named_like_a_person))
    subject_like_a_service = signing.provider.token(signing.service_code, client_id="portal")
    assert refused(await signing.answer(subject_like_a_service))


async def test_the_person_may_stand_in_another_claim(signing: Signing) -> None:
    provider, service = signing.provider, signing.service_code
    async with signing.by(oidc_person_claim="cadre_code") as door:
        assert await door.status(provider.token("5f0c", cadre_code=signing.code)) == 200
        # Every token names its client: one that names no cadre is not the client's own for that.
        assert await door.status(provider.token("5f0c", client_id=service)) == 401
        own = provider.token(service, client_id=service)
        assert (await door.answer(own)).json()["id"] == str(signing.service)


async def test_an_audience_may_be_one_of_several(signing: Signing) -> None:
    aud = signing.provider.claims("")["aud"]
    assert await signing.status(signing.token(aud=["https://other.test", aud])) == 200


async def test_a_type_may_be_missing_or_written_out_but_is_no_other(signing: Signing) -> None:
    for typ, status in ((None, 200), ("application/at+JWT", 200), ("JWT", 401), ("dpop+jwt", 401), (7, 401)):
        assert (typ, await signing.status(signing.token(header={"typ": typ}))) == (typ, status)


async def test_clocks_may_differ_by_half_a_minute_and_no_more(signing: Signing) -> None:
    now = int(clock.now().timestamp())
    for values, status in (
        ({"exp": now - 20}, 200),
        ({"exp": now - 40}, 401),
        ({"nbf": now + 20}, 200),
        ({"nbf": now + 60}, 401),
        ({"iat": now + 20}, 200),
        ({"iat": now + 60}, 401),
    ):
        assert (values, await signing.status(signing.token(**values))) == (values, status)


# -- who is not ------------------------------------------------------------------------------------------------------


def _part(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _unsigned(one: Signing) -> str:
    return f"{_part({'alg': 'none', 'typ': 'at+jwt'})}.{_part(one.provider.claims(one.code))}."


def _by_public_key(one: Signing) -> str:
    # By hand: the library itself takes no public key for a secret.
    head = _part({"alg": "HS256", "typ": "at+jwt", "kid": "k1"})
    spoken = f"{head}.{_part(one.provider.claims(one.code))}"
    pem = one.provider.key.as_pem(private=False)
    return f"{spoken}.{_part(hmac.digest(pem, spoken.encode(), 'sha256'))}"


def _brought_along(one: Signing) -> str:
    own = key()
    header = {"jwk": public(own), "jku": one.provider.issuer + "/evil", "x5u": one.provider.issuer + "/evil"}
    return one.token(by=own, header=header)


def _altered(one: Signing) -> str:
    head, _, tail = one.token().split(".")
    return f"{head}.{_part(one.provider.claims(one.code, exp=2_000_000_000))}.{tail}"


def _raw_claims(words: str) -> Callable[[Signing], str]:
    return lambda one: signed(words.encode(), one.provider.key)


def _twice(one: Signing) -> str:
    claims = json.dumps(one.provider.claims("nobody"))[:-1] + f', "sub": "{one.code}"}}'
    return signed(claims.encode(), one.provider.key)


def _header_twice(one: Signing) -> str:
    token = one.token().split(".")
    return ".".join([_part(b'{"alg":"none","alg":"Ed25519","typ":"at+jwt","kid":"k1"}'), *token[1:]])


HOSTILE: dict[str, Callable[[Signing], str]] = {
    "unsigned": _unsigned,
    "HMAC with the public key": _by_public_key,
    "a key brought along": _brought_along,
    "claims altered": _altered,
    "another key under the same name": lambda one: one.token(by=key()),
    "no issuer": lambda one: one.token(iss=None),
    "another issuer": lambda one: one.token(iss="https://other.test"),
    "the issuer with a slash": lambda one: one.token(iss=one.provider.issuer + "/"),
    "a list of issuers": lambda one: one.token(iss=[one.provider.issuer]),
    "no audience": lambda one: one.token(aud=None),
    "another audience": lambda one: one.token(aud="https://other.test"),
    "an audience that begins alike": lambda one: one.token(aud=one.provider.claims("")["aud"] + ".evil"),
    "an audience that is an object": lambda one: one.token(aud={"https://bayro.test": 1}),
    "no end": lambda one: one.token(exp=None),
    "an end in words": lambda one: one.token(exp="2099-01-01"),
    "an end that is true": lambda one: one.token(exp=True),
    "an end beyond numbers": lambda one: signed(
        json.dumps(one.provider.claims(one.code)).replace('"exp": ', '"exp": 9e999, "was": ').encode(),
        one.provider.key,
    ),
    "a beginning in words": lambda one: one.token(nbf="now"),
    "nobody's code": lambda one: one.provider.token("nobody"),
    "a subject that is a number": lambda one: one.token(sub=1),
    "a critical extension": lambda one: one.token(header={"crit": ["exp"], "exp": 1}),
    "an unencoded payload": lambda one: one.token(header={"crit": ["b64"], "b64": True}),
    "a key name that is a list": lambda one: one.token(header={"kid": ["k1"]}),
    "an algorithm that is a list": lambda one: ".".join(
        [_part({"alg": ["Ed25519"], "kid": "k1"}), *one.token().split(".")[1:]]
    ),
    "claims that are no JSON": _raw_claims("sub=1"),
    "claims that are a list": _raw_claims("[]"),
    "claims nested without end": _raw_claims("[" * 3_000),
    "claims with NaN": _raw_claims('{"exp": NaN}'),
    "a claim twice": _twice,
    "a header name twice": _header_twice,
    "five parts": lambda one: one.token() + ".x.y",
    "two parts": lambda one: one.token().rpartition(".")[0],
    "foreign letters": lambda one: one.token().replace(".", ".=", 1),
    "a line's end": lambda one: one.token() + "%0a",
    "a huge token": lambda one: one.token(more="x" * 9_000),
    "the name of the demo's issuer": lambda one: one.token(
        iss="bayro-demo", aud="bayro", sub=str(one.person)
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
async def test_a_hostile_token_is_refused_and_the_refusal_does_not_say_why(
    signing: Signing, case: str
) -> None:
    assert await signing.status(signing.token()) == 200
    asked = len(signing.provider.asked)
    for _ in range(2):
        assert refused(await signing.answer(HOSTILE[case](signing)))
    assert len(signing.provider.asked) == asked


async def test_a_refused_token_is_refused_by_every_door(signing: Signing) -> None:
    head = {"Authorization": f"Bearer {signing.token(by=key())}"}
    client = signing.stage.client
    for answer in (
        await client.get("/v1/units", headers=head),
        await client.get("/v1/limits", headers=head),
        await client.post("/v1/units", headers=head, json={}),
    ):
        assert refused(answer)
    for query in ("{ me { name } }", 'mutation { revokePersonalToken(id: "x") { __typename } }'):
        answer = await client.post("/graphql", headers=head, json={"query": query})
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (
            401,
            "token_invalid",
        )
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="bayro", error="invalid_token"'


async def test_without_a_token_the_challenge_names_no_error(signing: Signing) -> None:
    answer = await signing.stage.client.get("/v1/me")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="bayro"')


async def test_without_an_issuer_in_the_settings_no_provider_is_believed(
    stage: Stage, provider: Provider
) -> None:
    await stage.unit()
    answer = await stage.client.get("/v1/me", headers={"Authorization": f"Bearer {provider.token('P1')}"})
    assert refused(answer)
    assert provider.asked == []


# -- remembering -----------------------------------------------------------------------------------------------------


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every signature that is checked from now on."""
    seen: list[str] = []
    real = jws.deserialize_compact

    def counted(value: Any, *given: Any, **options: Any) -> Any:
        seen.append(str(value))
        return real(value, *given, **options)

    monkeypatch.setattr(jws, "deserialize_compact", counted)
    return seen


async def test_a_signature_is_checked_once_for_as_long_as_the_token_lives(
    signing: Signing, checks: list[str]
) -> None:
    token = signing.token(exp=int(clock.now().timestamp()) + 900)
    for minutes in (0, 1, 6, 14):
        with clock.stopped_at(clock.now() + timedelta(minutes=minutes)):
            assert await signing.status(token) == 200
    with clock.stopped_at(clock.now() + timedelta(minutes=16)):
        assert refused(await signing.answer(token))
    assert checks == [token]


async def test_what_is_remembered_is_bounded(signing: Signing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.people.sign_in.REMEMBERED", 5)
    tokens = [signing.token(jti=str(number)) for number in range(9)]
    for token in [*tokens, *tokens]:
        assert await signing.status(token) == 200
    identity: Any = signing.stage.house.ports.identity
    assert len(identity.remembered) == 5


async def test_a_remembered_token_ends_with_its_person_s_access(signing: Signing) -> None:
    token = signing.token()
    assert await signing.status(token) == 200
    async with signing.stage.act() as act:
        await people.amend(act, signing.person, AmendPerson(disabled=True))
    for path in ("/v1/me", "/v1/limits", "/v1/units"):
        assert refused(await signing.answer(token, path))


async def test_a_remembered_token_loses_the_powers_of_a_post_that_ends(signing: Signing) -> None:
    caller = Caller(signing.stage.client, signing.person, signing.token())
    position = (await caller.get("/v1/me")).json()["posts"][0]["position"]["id"]
    body = {
        "code": "U",
        "name": "Đơn vị",
        "kind": "chi_bo",
        "level": "commune",
        "parent_id": str(signing.unit),
    }
    assert (await caller.post("/v1/units?dry_run=true", body)).status_code == 200
    async with signing.stage.act() as act:
        given = Relieve(person_id=signing.person, since=clock.today() + timedelta(days=1))
        await people.relieve(act, UUID(position), given)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        caller = Caller(signing.stage.client, signing.person, signing.token())
        refusal = await caller.post("/v1/units", body)
        assert (refusal.status_code, refusal.json()["code"]) == (403, "not_allowed")


# -- keys ------------------------------------------------------------------------------------------------------------


async def test_a_thousand_tokens_of_an_unknown_key_ask_the_provider_once(signing: Signing) -> None:
    assert await signing.status(signing.token()) == 200
    asked = len(signing.provider.asked)
    with clock.stopped_at(clock.now() + timedelta(seconds=61)):
        forged = [signing.token(header={"kid": f"x{number}"}) for number in range(1_000)]
        found = await asyncio.gather(*(signing.status(token) for token in forged))
        assert set(found) == {401}
        assert len(signing.provider.asked) == asked + 2  # the discovery document, and the keys
        assert await signing.status(signing.token()) == 200


async def test_first_tokens_at_once_share_one_fetch(signing: Signing) -> None:
    signing.provider.answers[KEYS].seconds = 0.2
    tokens = [signing.token(jti=str(number)) for number in range(20)]
    assert set(await asyncio.gather(*(signing.status(token) for token in tokens))) == {200}
    assert signing.provider.asked == [DISCOVERY, KEYS]


async def test_a_new_key_is_found_by_its_first_token(signing: Signing) -> None:
    before, after = signing.token(), key(key_id="k2")
    assert await signing.status(before) == 200
    signing.provider.publish(signing.provider.key, after)
    with clock.stopped_at(clock.now() + timedelta(seconds=61)):
        assert await signing.status(signing.token(by=after)) == 200
        assert await signing.status(before) == 200


async def test_a_key_taken_away_takes_its_remembered_tokens_along(signing: Signing) -> None:
    before, after = signing.token(), key(key_id="k2")
    assert await signing.status(before) == 200
    signing.provider.publish(after)
    with clock.stopped_at(clock.now() + timedelta(seconds=61)):
        assert await signing.status(before) == 200
        assert await signing.status(signing.token(by=after)) == 200
        assert refused(await signing.answer(before))


async def test_keys_are_looked_at_again_without_anybody_naming_a_new_one(signing: Signing) -> None:
    token = signing.token(exp=int(clock.now().timestamp()) + 3_600)
    assert await signing.status(token) == 200
    signing.provider.publish(key(key_id="k2"))
    with clock.stopped_at(clock.now() + timedelta(minutes=6)):
        # The keys at hand still serve while the new ones are on their way.
        assert await signing.status(token) == 200
        await _landed(signing)
        assert refused(await signing.answer(token))


async def _landed(signing: Signing) -> None:
    identity: Any = signing.stage.house.ports.identity
    if identity.provider._flight is not None:
        await identity.provider._flight


async def test_a_key_replaced_under_the_same_name_is_another_key(signing: Signing) -> None:
    before, after = signing.token(exp=int(clock.now().timestamp()) + 3_600), key(key_id="k1")
    assert await signing.status(before) == 200
    signing.provider.publish(after)
    with clock.stopped_at(clock.now() + timedelta(minutes=6)):
        assert await signing.status(before) == 200
        await _landed(signing)
        assert await signing.status(signing.token(by=after)) == 200
        assert refused(await signing.answer(before))


async def test_a_token_that_names_no_key_needs_the_only_one_there_is(signing: Signing) -> None:
    unnamed = key(key_id=None)
    signing.provider.publish(unnamed)
    assert await signing.status(signing.token(by=unnamed)) == 200
    signing.provider.publish(unnamed, key(key_id="k2"))
    async with signing.by() as door:
        assert refused(await door.answer(door.token(by=unnamed, jti="2")))


UNUSABLE: dict[str, Callable[[Any], dict[str, Any]]] = {
    "for encryption": lambda one: public(one, use="enc"),
    "for signing only": lambda one: public(one, key_ops=["sign"]),
    "for another algorithm": lambda one: public(one, alg="ES256"),
    "a secret": lambda _: {"kty": "oct", "k": "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0", "kid": "k1"},
    "without its value": lambda one: {name: value for name, value in public(one).items() if name != "x"},
    "of an unknown kind": lambda one: public(one, kty="AKP"),
    "of an unknown curve": lambda one: public(one, crv="Ed25518"),
    "with a value of a wrong type": lambda one: public(one, x=7),
    "with a kind of a wrong type": lambda one: public(one, kty=["OKP"]),
}


@pytest.mark.parametrize("case", UNUSABLE)
async def test_a_key_that_is_not_for_this_checks_nothing(signing: Signing, case: str) -> None:
    good = key(key_id="good")
    signing.provider.publish(UNUSABLE[case](signing.provider.key), good)
    assert await signing.status(signing.token(by=good)) == 200
    assert refused(await signing.answer(signing.token()))


async def test_a_short_rsa_key_checks_nothing(signing: Signing) -> None:
    with pytest.warns(SecurityWarning):
        short = RSAKey.import_key(generate_private_key(65_537, 1_024), {"kid": "short"})  # noqa: S505 - meant
    good = key("RSA", 2_048, "good")
    signing.provider.publish(short, good)
    assert await signing.status(signing.token(by=good)) == 200
    assert refused(await signing.answer(signing.token(by=short)))


async def test_two_keys_of_one_name_are_both_tried(signing: Signing) -> None:
    other = key(key_id="k1")
    signing.provider.publish(other, signing.provider.key, key("EC", "P-256", "k1"))
    for one in (other, signing.provider.key):
        assert await signing.status(signing.token(by=one)) == 200
    assert refused(await signing.answer(signing.token(by=key(key_id="k1"))))


# -- a provider in trouble -------------------------------------------------------------------------------------------

TROUBLES: dict[str, Answer] = {
    "an error": Answer(b"{}", status=500),
    "a redirect": Answer(status=302, headers={"Location": "http://127.0.0.1:1/"}),
    "no JSON": Answer(b"<html>"),
    "another JSON": Answer(b"[]"),
    "keys that are no list": Answer(b'{"keys": {}}'),
    "no keys": Answer(b'{"keys": []}'),
    "keys that are words": Answer(b'{"keys": ["k1", null, 7]}'),
    "too many keys": Answer(json.dumps({"keys": [{}] * 101}).encode()),
    "a huge answer": Answer(b'{"keys": [' + b" " * 400_000 + b"]}"),
    "a small answer that unfolds": Answer(
        gzip.compress(b'{"keys": [' + b" " * 9_000_000 + b"]}"), headers={"Content-Encoding": "gzip"}
    ),
    "silence": Answer(seconds=1.0),
}


@pytest.mark.parametrize("case", TROUBLES)
async def test_a_provider_in_trouble_leaves_its_keys_of_before_in_force(
    signing: Signing, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_room, "PATIENCE", 0.3)
    before = signing.token()
    assert await signing.status(before) == 200
    signing.provider.answers[KEYS] = TROUBLES[case]
    with clock.stopped_at(clock.now() + timedelta(seconds=61)):
        assert refused(await signing.answer(signing.token(by=key(key_id="k2"))))
        assert await signing.status(before) == 200
        assert await signing.status(signing.token(jti="2")) == 200


@pytest.mark.parametrize("case", TROUBLES)
async def test_while_there_are_no_keys_yet_the_caller_is_told_to_come_again(
    signing: Signing, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_room, "PATIENCE", 0.3)
    good = signing.provider.answers[KEYS]
    signing.provider.answers[KEYS] = TROUBLES[case]
    for _ in range(2):
        answer = await signing.answer(signing.token())
        assert (answer.status_code, answer.json()["code"]) == (503, "sign_in_unavailable")
        assert answer.headers["Retry-After"] == "5"
    assert signing.provider.asked == [DISCOVERY, KEYS]
    signing.provider.answers[KEYS] = good
    with clock.stopped_at(clock.now() + timedelta(seconds=6)):
        assert await signing.status(signing.token()) == 200


@pytest.mark.parametrize(
    "values",
    [
        {"issuer": "https://other.test"},
        {"jwks_uri": "http://keys.example/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
    ],
)
async def test_a_discovery_document_that_leads_elsewhere_is_not_followed(
    signing: Signing, values: dict[str, Any]
) -> None:
    signing.provider.discover(**values)
    assert (await signing.answer(signing.token())).json()["code"] == "sign_in_unavailable"
    assert signing.provider.asked == [DISCOVERY]


async def test_an_address_of_keys_in_the_settings_needs_no_discovery(signing: Signing) -> None:
    async with signing.by(oidc_jwks_url=signing.provider.issuer + KEYS) as door:
        assert await door.status(door.token()) == 200
    assert signing.provider.asked == [KEYS]


async def test_an_issuer_that_ends_in_a_slash_is_kept_as_it_is(signing: Signing) -> None:
    provider = signing.provider
    bare, provider.issuer = provider.issuer, provider.issuer + "/"
    provider.discover(jwks_uri=bare + KEYS)
    async with signing.by() as door:
        assert await door.status(door.token()) == 200
        assert refused(await door.answer(door.token(iss=bare)))
    assert provider.asked == [DISCOVERY, KEYS]


# -- settings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"oidc_algorithms": ["none"]},
        {"oidc_algorithms": ["HS256"]},
        {"oidc_algorithms": ["RS256", "HS512"]},
        {"oidc_algorithms": []},
        {"oidc_audience": None},
        {"oidc_audience": ""},
        {"oidc_issuer": None},
        {"oidc_issuer": "http://login.example"},
        {"oidc_issuer": "ftp://login.example"},
        {"oidc_issuer": "https://user:secret@login.example"},
        {"oidc_issuer": "login.example"},
        {"oidc_jwks_url": "http://login.example/keys"},
        {"oidc_person_claim": ""},
    ],
)
def test_settings_that_would_trust_too_much_do_not_start(values: dict[str, Any]) -> None:
    good = {"oidc_issuer": "https://login.example", "oidc_audience": "bayro"}
    assert Settings.model_validate(good).oidc_issuer == "https://login.example"
    with pytest.raises(ValidationError):
        Settings.model_validate({**good, **values})


async def test_readiness_tells_of_the_provider_and_of_the_demo_s_issuer(signing: Signing) -> None:
    told = (await signing.stage.client.get("/readyz")).json()
    assert (told["oidc"], told["demo_issuer"]) == (True, True)
    async with lent(signing.stage.house.database.act) as connection:
        await connection.execute("DELETE FROM demo_issuer")
    assert (await signing.stage.client.get("/readyz")).json()["demo_issuer"] is False


async def test_the_demo_s_tokens_end_with_its_issuer(stage: Stage) -> None:
    caller = await stage.caller(await stage.unit())
    me = (await caller.get("/v1/me")).json()
    assert me["sign_in"]["by"] == "demo"
    async with lent(stage.house.database.act) as connection:
        await connection.execute("DELETE FROM demo_issuer")
    for path in ("/v1/units", "/v1/me", "/v1/limits"):
        assert refused(await caller.get(path))


def test_the_longest_token_is_shorter_than_a_server_s_longest_header() -> None:
    assert jwts.LONGEST_TOKEN <= 16_384
