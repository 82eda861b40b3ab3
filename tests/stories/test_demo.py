"""The demo: loaded through verbs into an empty database only, seen by each persona by right, out and back without drift."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from stage import Caller, Stage

from app.core.application import build
from app.core.database import Addresses
from app.core.errors import Refused
from app.core.house import House
from app.core.settings import Settings
from app.demo.load import prepared
from app.demo.personas import persona_tokens

XLSX = {
    "Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "Idempotency-Key": "out-and-back",
}


@pytest.fixture
async def personas(house: House, addresses: Addresses) -> AsyncIterator[dict[str, Caller]]:
    await prepared(Settings(database_url=None), addresses, load=True)
    tokens = await persona_tokens(house.database)
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=build(house)), base_url="http://bayro.test"
    ) as client:
        me = {
            name: (await client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})).json()
            for name, token in tokens.items()
        }
        yield {name: Caller(client, me[name]["id"], token) for name, token in tokens.items()}


async def _programmes(caller: Caller) -> dict[str, Any]:
    return {one["code"]: one for one in (await caller.get("/v1/programmes")).json()["items"]}


async def test_the_demo_holds_what_the_programme_of_9_february_2026_is_said_to_hold(
    personas: dict[str, Caller],
) -> None:
    secretary = personas["secretary"]
    found = (await _programmes(secretary))["cthd-dbcqdtw-minh-hoa"]
    seen = await secretary.data(
        "query($id: ID!) { programme(id: $id) { parents { document { title } } groups { code } indicators(first: 200) { nodes { number } } tasks(first: 200) { totalCount nodes { deadlineKind clear clarity } } } }",
        id=found["id"],
    )
    programme = seen["programme"]
    assert len(programme["parents"]) == 3
    assert len(programme["groups"]) == 5
    assert len([one for one in programme["indicators"]["nodes"] if "." not in one["number"]]) == 7
    assert programme["tasks"]["totalCount"] > 60
    unclear = {
        verdict["ro"]
        for task in programme["tasks"]["nodes"]
        for verdict in task["clarity"]
        if verdict["verdict"] == "unclear"
    }
    assert len(unclear) == 7
    assert any(task["clear"] for task in programme["tasks"]["nodes"])
    assert {
        "DAY",
        "MONTH",
        "QUARTER",
        "YEAR",
        "RANGE",
        "ONGOING",
        "RECURRING",
        "CONDITIONAL",
        "OPEN_ENDED",
        "MISSING",
        "UNREAD",
    } <= {task["deadlineKind"] for task in programme["tasks"]["nodes"]}


async def test_the_demo_is_loaded_once_and_only_into_an_empty_database(
    stage: Stage, addresses: Addresses
) -> None:
    await stage.unit("Đã có")
    with pytest.raises(Refused) as refused:
        await prepared(Settings(database_url=None), addresses, load=True)
    assert refused.value.refusal.code == "database_not_empty"


async def test_a_demo_programme_goes_out_and_comes_back_without_drift(personas: dict[str, Caller]) -> None:
    secretary = personas["secretary"]
    for programme in (await _programmes(secretary)).values():
        out = await secretary.get(programme["annex_address"])
        assert out.status_code == 200
        headers = {**XLSX, "Idempotency-Key": f"back-{programme['id']}"}
        back = await secretary.post(
            f"/v1/imports?programme_id={programme['id']}&dry_run=true", content=out.content, headers=headers
        )
        assert back.status_code == 200, back.text
        changed = [row for row in back.json()["plan"] if row["action"] not in {"unchanged", "notes"}]
        assert changed == [], json.dumps(changed[:3], ensure_ascii=False)


async def test_each_persona_may_what_its_office_carries_and_no_more(personas: dict[str, Caller]) -> None:
    programme = (await _programmes(personas["secretary"]))["cthd-dbcqdtw-minh-hoa"]["id"]
    body = {"programme_id": programme, "title": "Việc mới", "number": "999"}
    answers = {}
    for name, caller in personas.items():
        made = await caller.post("/v1/tasks?dry_run=true", body, headers={"Idempotency-Key": name})
        answers[name] = (made.status_code, made.json().get("code"))
    assert answers["secretary"] == (200, None)
    assert answers["service"] == (200, None)
    assert answers["inspector"] == (403, "not_allowed")
    for name, caller in personas.items():
        assert (await caller.get("/v1/programmes")).json()["items"], name
