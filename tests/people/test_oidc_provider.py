"""Sign-in by a real identity provider: the npm package `oidc-provider`, as a child process on loopback."""

import base64
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from stage import Stage

from app.core import clock
from app.core.application import build
from app.core.database import Database
from app.core.settings import Settings
from app.people import service as people
from app.people.schemas import EnrolPerson
from app.wiring import house as wired

SCRIPT = Path(__file__).with_name("provider.mjs")
PACKAGE = "oidc-provider@9"
AUDIENCE, SERVICE, SECRET = "https://bayro.test", "nen-tang-so", "bi-mat-cua-may-khach"
PERSON, CALLBACK = "can.bo", "http://127.0.0.1/callback"


@dataclass(frozen=True)
class Running:
    """The provider's process and its issuer."""

    process: "subprocess.Popen[str]"
    issuer: str

    def renew_keys(self) -> None:
        """Ends the keys there are; new ones sign from now on."""
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.hear()

    def hear(self) -> Any:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script beside its package, installed into a folder of the run's own."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed: the provider is an npm package")
    folder = tmp_path_factory.mktemp("provider")
    installing = ["npm", "install", "--no-audit", "--no-fund", PACKAGE]
    done = subprocess.run(installing, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        pytest.skip(f"the package registry does not give {PACKAGE}: {done.stderr[-200:]}")
    return Path(shutil.copy(SCRIPT, folder))


@pytest.fixture
def provider(script: Path) -> Iterator[Running]:
    command = ["node", str(script), AUDIENCE, SERVICE, SECRET]
    with subprocess.Popen(
        command,
        cwd=script.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        said = process.stdout.readline()
        assert said, "the provider ended before it said where it is"
        yield Running(process, json.loads(said)["issuer"])
        process.kill()


@pytest.fixture
async def doors(database: Database, provider: Running) -> AsyncIterator[httpx2.AsyncClient]:
    """The house's doors, which trust the provider; a cadre and a connected platform are known in it."""
    settings = Settings(oidc_issuer=provider.issuer, oidc_audience=AUDIENCE)
    house = await wired(settings, database)
    transport = httpx2.ASGITransport(app=build(house))
    async with httpx2.AsyncClient(transport=transport, base_url="http://bayro.test") as client:
        stage = Stage(house, client)
        unit = await stage.unit()
        async with stage.act() as act:
            for code, kind in ((PERSON, "person"), (SERVICE, "service")):
                await people.enrol(
                    act,
                    EnrolPerson.model_validate({"code": code, "name": code, "kind": kind, "unit_id": unit}),
                )
        yield client


async def by_client_credentials(provider: Running, **values: str) -> str:
    """What a connected platform gets for its secret."""
    async with httpx2.AsyncClient() as client:
        answer = await client.post(
            f"{provider.issuer}/token",
            data={"grant_type": "client_credentials", "scope": "bayro", **values},
            auth=(SERVICE, SECRET),
        )
    assert answer.status_code == 200, answer.text
    return answer.json()["access_token"]


async def by_code(provider: Running, person: str = PERSON) -> dict[str, str]:
    """What a portal gets for a person who signs in: authorization code with PKCE, the browser's part played here."""
    verifier = token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "client_id": "portal",
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "scope": "openid bayro",
        "resource": AUDIENCE,
        "login_hint": person,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    async with httpx2.AsyncClient(base_url=provider.issuer) as browser:
        answer = await browser.get("/auth", params=asked)
        for _ in range(12):
            if answer.headers["location"].startswith(CALLBACK):
                break
            answer = await browser.get(answer.headers["location"])
        code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
        form = {
            "grant_type": "authorization_code",
            "client_id": "portal",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": verifier,
            "resource": AUDIENCE,
        }
        answer = await browser.post("/token", data=form)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def me(doors: httpx2.AsyncClient, token: str) -> httpx2.Response:
    return await doors.get("/v1/me", headers={"Authorization": f"Bearer {token}"})


def header_of(token: str) -> dict[str, Any]:
    part = token.split(".", maxsplit=1)[0]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


async def test_a_platform_signs_in_by_client_credentials(
    doors: httpx2.AsyncClient, provider: Running
) -> None:
    token = await by_client_credentials(provider)
    assert header_of(token)["typ"] == "at+jwt"
    answer = await me(doors, token)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["code"], answer.json()["kind"], answer.json()["sign_in"]["by"]) == (
        *(SERVICE, "service"),
        "oidc",
    )


async def test_a_cadre_signs_in_by_code_and_nobody_knows_a_stranger(
    doors: httpx2.AsyncClient, provider: Running
) -> None:
    answer = await me(doors, (await by_code(provider))["access_token"])
    assert (answer.status_code, answer.json().get("code")) == (200, PERSON)
    stranger = await me(doors, (await by_code(provider, "nguoi.la"))["access_token"])
    assert (stranger.status_code, stranger.json()["code"]) == (401, "token_invalid")
    # A person whose account bears a client's name is not the client.
    namesake = await me(doors, (await by_code(provider, SERVICE))["access_token"])
    assert namesake.status_code == 401


async def test_neither_an_id_token_nor_a_token_for_another_service_signs_in(
    doors: httpx2.AsyncClient, provider: Running
) -> None:
    got = await by_code(provider)
    assert (await me(doors, got["access_token"])).status_code == 200
    assert (await me(doors, got["id_token"])).status_code == 401
    elsewhere = await by_client_credentials(provider, resource="https://other.test")
    assert (await me(doors, elsewhere)).status_code == 401


async def test_new_keys_of_the_provider_are_found_and_old_ones_forgotten(
    doors: httpx2.AsyncClient, provider: Running
) -> None:
    before = await by_client_credentials(provider)
    assert (await me(doors, before)).status_code == 200
    provider.renew_keys()
    after = await by_client_credentials(provider)
    assert header_of(after)["kid"] != header_of(before)["kid"]
    with clock.stopped_at(clock.now() + timedelta(seconds=61)):
        assert (await me(doors, before)).status_code == 200
        assert (await me(doors, after)).status_code == 200
        assert (await me(doors, before)).status_code == 401
