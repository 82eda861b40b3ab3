"""Who is calling: tokens of the demo's issuer, rights computed anew when they change, powers from positions held."""

import base64
import json
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey
from stage import Caller, Stage

from app.core import clock
from app.people import service as people
from app.people.schemas import AmendPerson


async def test_me_lists_the_posts_held_today_and_their_powers(stage: Stage) -> None:
    root = await stage.unit("Đảng ủy")
    caller = await stage.caller(root, office="head")
    answer = (await caller.get("/v1/me")).json()
    assert answer["id"] == str(caller.id)
    assert [post["position"]["title"] for post in answer["posts"]] == ["Head"]
    assert "task.draft" in answer["powers"]
    assert "unit.found" not in answer["powers"]
    assert answer["reaches"] == [str(root)]
    assert (
        await caller.get("/v1/me", headers={"If-None-Match": (await caller.get("/v1/me")).headers["ETag"]})
    ).status_code == 304


@pytest.mark.parametrize("header", ["", "Basic abc", "Bearer", "Bearer x.y.z", "Bearer " + "a" * 9000])
async def test_without_a_usable_token_nothing_is_read(stage: Stage, header: str) -> None:
    await stage.unit()
    answer = await stage.client.get("/v1/units", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


async def test_tokens_of_another_key_or_algorithm_or_time_are_refused(stage: Stage) -> None:
    root = await stage.unit()
    person = await stage.person(root, office="secretary")
    good = (await stage.signed_in(person)).headers["Authorization"].split()[1]
    claims = json.loads(base64.urlsafe_b64decode(good.split(".")[1] + "=="))
    other = OKPKey.generate_key("Ed25519")
    forged = [
        jwt.encode({"alg": "Ed25519", "typ": "at+jwt"}, claims, other, algorithms=["Ed25519"]),
        jwt.encode(
            {"alg": "HS256", "typ": "at+jwt"},
            claims,
            OctKey.import_key("0123456789abcdef0123456789abcdef"),
            algorithms=["HS256"],
        ),
        base64.urlsafe_b64encode(b'{"alg":"none","typ":"at+jwt"}').decode().rstrip("=")
        + "."
        + good.split(".")[1]
        + ".",
        good[:-4] + "AAAA",
    ]
    for token in forged:
        caller = Caller(stage.client, person, token)
        assert (await caller.get("/v1/me")).json()["code"] == "token_invalid"


async def test_a_disabled_person_loses_access_at_once(stage: Stage) -> None:
    root = await stage.unit()
    caller = await stage.caller(root)
    assert (await caller.get("/v1/units")).status_code == 200
    async with stage.act() as act:
        await people.amend(act, caller.id, AmendPerson(disabled=True))
    assert (await caller.get("/v1/units")).json()["code"] == "token_invalid"


async def test_a_position_of_one_holder_is_not_given_twice(stage: Stage) -> None:
    root = await stage.unit()
    caller = await stage.caller(root)
    position = (await caller.get("/v1/me")).json()["posts"][0]["position"]["id"]
    other = await stage.person(root)
    refused = await caller.post(
        f"/v1/positions/{position}:appoint", {"person_id": str(other)}, headers={"If-Match": '"1"'}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "position_held")
    acting = await caller.post(
        f"/v1/positions/{position}:appoint",
        {"person_id": str(other), "kind": "acting"},
        headers={"If-Match": '"1"'},
    )
    assert acting.status_code == 200, acting.text
    assert (await caller.get(f"/v1/units/{root}?include=ancestors")).status_code == 200


async def test_powers_reach_the_branch_of_the_post_and_no_further(stage: Stage) -> None:
    root = await stage.unit()
    own, other = await stage.unit(parent=root), await stage.unit(parent=root)
    caller = await stage.caller(own)
    body = {"code": "MOI", "name": "Đơn vị mới", "kind": "chi_bo", "level": "commune"}
    inside = await caller.post("/v1/units", {**body, "parent_id": str(own)})
    outside = await caller.post("/v1/units", {**body, "code": "MOI2", "parent_id": str(other)})
    above = await caller.post("/v1/units", {**body, "code": "MOI3"})
    assert inside.status_code == 201, inside.text
    assert [(one.status_code, one.json()["code"]) for one in (outside, above)] == [(403, "not_allowed")] * 2
    reader = await stage.caller(own, office="inspector")
    assert (await reader.post("/v1/units", {**body, "code": "MOI4", "parent_id": str(own)})).json()[
        "code"
    ] == "not_allowed"


async def test_a_post_in_a_committee_reaches_the_organisation_it_leads(stage: Stage) -> None:
    organisation = await stage.unit(kind="dang_bo_truc_thuoc")
    committee = await stage.unit(parent=organisation, kind="cap_uy")
    sister = await stage.unit(parent=organisation)
    caller = await stage.caller(committee)
    assert (await caller.get("/v1/me")).json()["reaches"] == [str(organisation)]
    renamed = await caller.post(
        f"/v1/units/{sister}:rename", {"name": "Tên mới"}, headers={"If-Match": '"1"'}
    )
    assert renamed.status_code == 200, renamed.text


async def test_an_ended_holding_carries_no_power_from_its_last_day_on(stage: Stage) -> None:
    root = await stage.unit()
    caller = await stage.caller(root)
    position = (await caller.get("/v1/me")).json()["posts"][0]["position"]["id"]
    relieved = await caller.post(
        f"/v1/positions/{position}:relieve",
        {"person_id": str(caller.id), "since": (clock.today() + timedelta(days=1)).isoformat()},
        headers={"If-Match": '"1"'},
    )
    assert relieved.status_code == 200, relieved.text
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        assert (await caller.get("/v1/me")).json()["posts"] == []
