"""The main job on real input: annexes as they look go in through one door and out through two."""

import io
from datetime import date
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from conftest import SHARED
from stage import Caller, Stage

from app.programmes import service as programmes
from app.programmes.schemas import DraftProgramme

PL1, PL2 = SHARED / "programme-nq03-2025-pl1-raw.csv", SHARED / "programme-nq03-2025-pl2-raw.csv"
pytestmark = pytest.mark.skipif(
    not PL2.exists(),
    reason="the real annexes are read from shared data beside the project, which is not here",
)
CSV = {"Content-Type": "text/csv"}


async def _programme(stage: Stage) -> tuple[Caller, UUID]:
    owner = await stage.unit("Chính phủ", kind="co_quan_hanh_chinh")
    async with stage.act() as act:
        given = DraftProgramme(
            code="nq03",
            title="Chương trình hành động",
            kind="programme_of_action",
            owner_id=owner,
            starts_on=date(2025, 1, 9),
            ends_on=date(2030, 12, 31),
            rule_pack="seven-ro",
        )
        programme = await programmes.draft(act, given)
    return await stage.caller(owner), programme


async def _import(caller: Caller, programme: UUID, data: bytes, **parameters: Any) -> Any:
    query = "&".join(
        f"{name}={value}"
        for name, value in {"programme_id": programme, "file_name": "annex.csv", **parameters}.items()
    )
    return await caller.post(f"/v1/imports?{query}", content=data, headers=CSV)


async def test_a_real_annex_of_tasks_is_read_row_by_row_and_nothing_is_fixed_silently(stage: Stage) -> None:
    caller, programme = await _programme(stage)

    tried = await _import(caller, programme, PL2.read_bytes(), dry_run="true", annex="Phụ lục II")
    assert tried.status_code == 200, tried.text
    assert tried.headers["Dry-Run"] == "true"
    assert (await caller.get("/v1/tasks?count=true")).json()["page"]["count"] == 0

    done = await _import(caller, programme, PL2.read_bytes(), annex="Phụ lục II")
    assert done.status_code == 201, done.text
    counts = done.json()["counts"]
    assert counts["tasks"] == 140
    assert counts["groups"] == 7
    assert counts["lead_kinds"] == {"single": 92, "collective": 29, "several": 19}
    kinds = counts["deadline_kinds"]
    assert (
        kinds["year"],
        kinds["month"],
        kinds["ongoing"],
        kinds["recurring"],
        kinds["open_ended"],
        kinds["range"],
        kinds["quarter"],
        kinds["missing"],
    ) == (69, 48, 13, 3, 3, 2, 1, 1)
    assert tried.json()["counts"] == counts

    listed = (await caller.get("/v1/tasks?count=true&limit=200&sort=number")).json()
    assert listed["page"]["count"] == 140
    first = listed["items"][0]
    assert first["lead_words"] == "Bộ Thông tin và Truyền thông"
    assert first["deadline_words"] == "6/2025"
    assert first["due_on"] == "2025-06-30"
    assert first["source"]["digest"] == done.json()["digest"]
    assert first["source"]["first_row"] == 3
    seen = await caller.data(
        "query($p: ID!) { programme(id: $p) { tasks(first: 200, sort: NUMBER) { totalCount nodes { leadWords deadlineWords dueOn clear } } } }",
        p=str(programme),
    )
    assert seen["programme"]["tasks"]["totalCount"] == 140
    assert seen["programme"]["tasks"]["nodes"][0]["dueOn"] == "2025-06-30"


async def test_the_same_file_twice_changes_nothing_and_a_corrected_one_shows_each_difference(
    stage: Stage,
) -> None:
    caller, programme = await _programme(stage)
    data = PL2.read_bytes()
    await _import(caller, programme, data)
    before = (await caller.get("/v1/tasks?limit=200&sort=number")).json()

    again = await _import(caller, programme, data)
    assert again.json()["counts"]["actions"] == {"unchanged": 140}
    assert (await caller.get("/v1/tasks?limit=200&sort=number")).json() == before

    corrected = data.replace(b",6/2025", b",7/2025", 1)
    done = await _import(caller, programme, corrected)
    assert done.json()["counts"]["actions"] == {"update": 1, "unchanged": 139}
    row = next(one for one in done.json()["plan"] if one["action"] == "update")
    assert row["differences"] == [{"field": "deadline_words", "before": "6/2025", "after": "7/2025"}]
    after = (await caller.get("/v1/tasks?limit=200&sort=number")).json()["items"][0]
    assert (after["due_on"], after["version"]) == ("2025-07-31", 2)

    tag = f'"{done.json()["version"]}"'
    back = await caller.post(
        f"/v1/imports/{done.json()['id']}:withdraw", {"reason": "nhập nhầm"}, headers={"If-Match": tag}
    )
    assert back.status_code == 200, back.text
    assert (await caller.get("/v1/tasks?limit=200&sort=number")).json()["items"][0][
        "deadline_words"
    ] == "6/2025"


async def test_a_wrong_import_is_withdrawn_as_one_act_while_untouched(stage: Stage) -> None:
    caller, programme = await _programme(stage)
    done = (await _import(caller, programme, PL2.read_bytes())).json()
    task = (await caller.get("/v1/tasks?limit=1")).json()["items"][0]
    changed = await caller.patch(f"/v1/tasks/{task['id']}", {"note": "đã xem"}, headers={"If-Match": '"1"'})
    assert changed.status_code == 200, changed.text

    refused = await caller.post(
        f"/v1/imports/{done['id']}:withdraw", {"reason": "nhầm"}, headers={"If-Match": '"1"'}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "import_touched")

    other = (await _import(caller, programme, PL2.read_bytes(), annex="B")).json()
    withdrawn = await caller.post(
        f"/v1/imports/{other['id']}:withdraw", {"reason": "nhầm"}, headers={"If-Match": '"1"'}
    )
    assert withdrawn.json()["state"] == "withdrawn"
    assert (await caller.get("/v1/tasks?open=true&count=true&limit=1")).json()["page"]["count"] == 140


async def test_a_real_annex_of_indicators_is_read(stage: Stage) -> None:
    caller, programme = await _programme(stage)
    done = await _import(caller, programme, PL1.read_bytes(), annex="Phụ lục I")
    assert done.status_code == 201, done.text
    counts = done.json()["counts"]
    assert (counts["indicators"], counts["groups"], counts["tasks"]) == (57, 2, 0)
    lines = (await caller.get("/v1/indicators?limit=200&count=true&include=targets&sort=number")).json()
    assert lines["page"]["count"] == 57
    by_number = {one["number"]: one for one in lines["items"]}
    assert by_number["11"]["targets"] == []
    assert [target["period"] for target in by_number["1"]["targets"]] == ["2030"]
    assert [target["period"] for target in by_number["41"]["targets"]] == ["2045"]
    assert by_number["11.1"]["parent_id"] == by_number["11"]["id"]


async def test_the_programme_goes_out_in_annex_order_and_comes_back_without_drift(stage: Stage) -> None:
    caller, programme = await _programme(stage)
    await _import(caller, programme, PL2.read_bytes(), annex="Phụ lục II")
    await _import(caller, programme, PL1.read_bytes(), annex="Phụ lục I")
    out = await caller.get(f"/v1/programmes/{programme}/annex.xlsx")
    assert out.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(out.content))
    assert book.sheetnames == ["Phụ lục I", "Phụ lục II"]

    media = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    back = await caller.post(
        f"/v1/imports?programme_id={programme}&file_name=annex.xlsx", content=out.content, headers=media
    )
    assert back.status_code == 201, back.text
    assert back.json()["counts"]["actions"] == {"unchanged": 197}
