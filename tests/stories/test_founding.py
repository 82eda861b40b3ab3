"""Where powers begin: an empty database gets its first unit and secretary, an old one its offices' powers."""

import argparse
from typing import Any

import pytest
from stage import Stage

from app import founding
from app.core.database import Addresses, lent
from app.core.errors import Refused
from app.core.settings import Settings
from app.people import service as people
from app.people.schemas import Appoint, EstablishPosition

GIVEN: dict[str, Any] = {
    "unit": "DB-TINH",
    "name": "Đảng bộ tỉnh",
    "kind": "dang_bo",
    "level": "province",
    "person": "nguyen-van-a",
    "person_name": "Nguyễn Văn A",
    "basis": "Quyết định phân cấp",
}


@pytest.fixture
def settings(addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for role in ("owner", "act", "read", "worker"):
        monkeypatch.setenv(f"BAYRO_{role.upper()}_URL", getattr(addresses, role))
    return Settings(database_url=addresses.act)


async def test_the_first_secretary_can_give_others_their_powers(stage: Stage, settings: Settings) -> None:
    assert await founding.found(settings, argparse.Namespace(**GIVEN)) == 0
    async with lent(stage.house.database.read) as connection:
        person = await connection.one("SELECT id FROM person WHERE code = 'nguyen-van-a'")
    secretary = await stage.signed_in(person)

    me = (await secretary.get("/v1/me")).json()
    assert {"authority.grant", "position.appoint", "programme.approve"} <= set(me["powers"])
    found = await secretary.post(
        "/v1/units",
        {
            "code": "CB-1",
            "name": "Chi bộ 1",
            "kind": "chi_bo",
            "level": "province",
            "parent_id": me["reaches"][0],
        },
    )
    assert found.status_code == 201, found.text


async def test_an_organisation_is_founded_once(stage: Stage, settings: Settings) -> None:
    await stage.unit()
    with pytest.raises(Refused) as refused:
        await founding.found(settings, argparse.Namespace(**GIVEN))
    assert refused.value.refusal is founding.FOUNDED_ALREADY


async def test_positions_without_powers_get_those_of_their_offices_once(
    stage: Stage, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = await stage.unit()
    person = await stage.person(unit)
    async with stage.act() as act:
        # As a database of 0.1.0 has it: an office, and nothing in writing.
        post = await people.establish(
            act, EstablishPosition(code="PCVP", unit_id=unit, title="Phó Chánh Văn phòng", office="deputy")
        )
        await people.appoint(act, post, Appoint(person_id=person))
    deputy = await stage.signed_in(person)
    assert (await deputy.get("/v1/me")).json()["powers"] == []

    for given in ("1", "0"):
        await founding.empower(settings, argparse.Namespace(basis="Quyết định phân cấp"))
        assert capsys.readouterr().out.rstrip().endswith(given)

    assert "programme.propose" in (await deputy.get("/v1/me")).json()["powers"]
    assert "programme.approve" not in (await deputy.get("/v1/me")).json()["powers"]
