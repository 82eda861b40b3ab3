"""For every command one request that is carried out in the demo. A new command needs a line here: a test says so."""

import base64
from dataclasses import dataclass, field
from typing import Any

from contract.conftest import Demo
from stage import Caller

from app.wiring import commands

ANNEX = (
    "Số TT,Nhiệm vụ,Cơ quan chủ trì,Thời gian hoàn thành\n1,Rà soát quy chế làm việc,Văn phòng,Tháng 3/2026\n"
)
COMMANDS = {one.name: one for one in commands()}


def needs_power(name: str) -> bool:
    """Whether somebody without any power is refused it: of what is his own, only what is there already may be another's."""
    return not COMMANDS[name].action.own or COMMANDS[name].on is not None


@dataclass(frozen=True)
class Example:
    """A command's input; `on` is the path of the thing it is about."""

    input: dict[str, Any]
    on: str = ""
    terms: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.on.rpartition("/")[2]


async def first(caller: Caller, path: str, query: str = "") -> dict[str, Any]:
    answer = await caller.get(f"/v1/{path}?limit=1&{query}".rstrip("&"))
    return answer.json()["items"][0]


async def examples(demo: Demo) -> dict[str, Example]:
    """An example of every command, on things of the demo (and an import made for it)."""
    caller = demo.keeper
    unit = await first(caller, "units", "code=DU-CQDTW-VP")
    top = await first(caller, "units", "code=DB-CQDTW")
    other = await first(caller, "units", "code=DU-CQDTW-UBKT")
    document = await first(caller, "documents")
    person = await first(caller, "people", "code=phan-nhat-tuyen")
    vacant = await made(
        caller,
        "/v1/positions",
        {"code": "vd.trong", "unit_id": unit["id"], "title": "Ủy viên", "office": "member"},
    )
    held = await first(caller, "positions", "vacant=false&include=holders")
    programme = await made(caller, "/v1/programmes", _programme("vd-nen", unit["id"]))
    child = await made(
        caller,
        "/v1/programmes",
        {
            **_programme("vd-con", unit["id"]),
            "parents": [{"document_id": document["id"]}],
            "groups": [{"code": "I", "title": "Nhóm một"}],
        },
    )
    group = (await caller.get(f"/v1/programmes/{child['id']}?include=groups")).json()["groups"][0]
    task = await made(caller, "/v1/tasks", {"programme_id": programme["id"], "title": "Xây dựng quy chế"})
    indicator = await made(
        caller, "/v1/indicators", {"programme_id": programme["id"], "title": "Tỷ lệ văn bản số"}
    )
    powers = await _powers(demo, unit, document, vacant)
    laid = [await _laid_before(demo, unit, number) for number in range(2)]
    lone = [await made(caller, "/v1/units", _unit(f"vd-{number}", top["id"])) for number in range(4)]
    token = await made(caller, "/v1/personal-tokens", {"name": "vd", "scopes": ["read"]})
    day = await first(caller, "calendar")
    importing = await made(caller, "/v1/programmes", _programme("vd-nhap", unit["id"]))
    imported = await caller.post(
        f"/v1/imports?programme_id={importing['id']}&file_name=nen.csv",
        headers={"Content-Type": "text/csv"},
        content=ANNEX.replace("Rà soát", "Sơ kết").encode(),
    )
    assert imported.status_code == 201, imported.text
    return {
        "found_unit": Example(
            {
                "code": "vd-moi",
                "name": "Chi bộ mới",
                "kind": "chi_bo",
                "level": "centre",
                "parent_id": top["id"],
            }
        ),
        "rename_unit": Example({"name": "Chi bộ đổi tên"}, f"/v1/units/{lone[0]['id']}"),
        "move_unit": Example({"parent_id": unit["id"]}, f"/v1/units/{lone[1]['id']}"),
        "end_unit": Example({"how": "merged", "successor_ids": [other["id"]]}, f"/v1/units/{lone[2]['id']}"),
        "alias_unit": Example({"alias": "Tên gọi khác"}, f"/v1/units/{lone[3]['id']}"),
        "record_document": Example(
            {
                "type": "KL",
                "title": "Kết luận ví dụ",
                "issuer_id": unit["id"],
                "clauses": [{"label": "1", "text": "Điều một"}],
            }
        ),
        "amend_document": Example({"note": "đã đối chiếu"}, f"/v1/documents/{document['id']}"),
        "add_clause": Example(
            {"label": "Điều thêm", "text": "Nội dung thêm"}, f"/v1/documents/{document['id']}"
        ),
        "enrol_person": Example({"code": "vd.nguoi", "name": "Nguyễn Văn Ví Dụ", "unit_id": unit["id"]}),
        "amend_person": Example({"name": "Nguyễn Văn Đổi Tên"}, f"/v1/people/{person['id']}"),
        "establish_position": Example(
            {"code": "vd.chuc-danh", "unit_id": unit["id"], "title": "Phó Văn phòng", "office": "deputy"}
        ),
        "appoint": Example({"person_id": person["id"]}, f"/v1/positions/{vacant['id']}"),
        "relieve": Example({"person_id": held["holders"][0]["person"]["id"]}, f"/v1/positions/{held['id']}"),
        **powers,
        "create_personal_token": Example({"name": "máy quét", "scopes": ["read", "task."], "days": 30}),
        "revoke_personal_token": Example({}, f"/v1/personal-tokens/{token['id']}"),
        "record_calendar_day": Example(
            {"day": "2031-05-03", "kind": "swapped_off", "name": "Nghỉ hoán đổi", "source": "Thông báo ví dụ"}
        ),
        "amend_calendar_day": Example({"name": "Tên khác"}, f"/v1/calendar/{day['id']}"),
        "draft_programme": Example({**_programme("vd-chuong-trinh", unit["id"]), "access_class": 2}),
        "amend_programme": Example({"title": "Chương trình đã sửa"}, f"/v1/programmes/{programme['id']}"),
        "propose_programme": Example({}, f"/v1/programmes/{programme['id']}"),
        "send_programme_back": Example(
            {}, f"/v1/programmes/{laid[0]['id']}", {"reason": "cần rà soát kinh phí"}
        ),
        "approve_programme": Example({"document_id": document["id"]}, f"/v1/programmes/{laid[1]['id']}"),
        "issue_programme": Example(
            {"document_id": document["id"], "issued_on": "2026-02-09"}, f"/v1/programmes/{child['id']}"
        ),
        "address_programme": Example({"unit_ids": [other["id"]]}, f"/v1/programmes/{child['id']}"),
        "add_parent": Example({"document_id": document["id"]}, f"/v1/programmes/{programme['id']}"),
        "remove_parent": Example({"document_id": document["id"]}, f"/v1/programmes/{child['id']}"),
        "add_group": Example({"code": "IX", "title": "Nhóm thêm"}, f"/v1/programmes/{programme['id']}"),
        "amend_group": Example(
            {"group_id": group["id"], "title": "Nhóm sửa"}, f"/v1/programmes/{child['id']}"
        ),
        "draft_indicator": Example(
            {
                "programme_id": programme["id"],
                "title": "Chỉ tiêu ví dụ",
                "number": "7",
                "targets": [{"words": "≥ 80", "period": "2026"}],
            }
        ),
        "amend_indicator": Example({"note": "ghi chú"}, f"/v1/indicators/{indicator['id']}"),
        "withdraw_indicator": Example({}, f"/v1/indicators/{indicator['id']}"),
        "measure_indicator": Example(
            {"period": "2026", "value": "14.5"}, f"/v1/indicators/{indicator['id']}"
        ),
        "draft_task": Example(
            {
                "programme_id": programme["id"],
                "title": "Nhiệm vụ ví dụ",
                "number": "9",
                "deadline_words": "Quý II/2026",
            }
        ),
        "amend_task": Example({"note": "ghi chú"}, f"/v1/tasks/{task['id']}"),
        "link_indicators": Example({"indicator_ids": [indicator["id"]]}, f"/v1/tasks/{task['id']}"),
        "withdraw_task": Example({}, f"/v1/tasks/{task['id']}", {"reason": "trùng nhiệm vụ"}),
        "import_annex": Example(
            {
                "programme_id": programme["id"],
                "file_name": "phu-luc.csv",
                "content": base64.b64encode(ANNEX.encode()).decode(),
            }
        ),
        "withdraw_import": Example({}, f"/v1/imports/{imported.json()['id']}", {"reason": "nhập nhầm"}),
    }


async def _powers(
    demo: Demo, unit: dict[str, Any], document: dict[str, Any], vacant: dict[str, Any]
) -> dict[str, Example]:
    """Examples of the commands on powers: grants, delegations, duties, interests."""
    caller, basis = demo.keeper, {"basis_id": document["id"]}
    extent = {"powers": ["task.amend"], "unit_id": unit["id"], **basis}
    deputy = await made(
        caller,
        "/v1/positions",
        {"code": "vd.pho", "unit_id": unit["id"], "title": "Phó Văn phòng", "office": "deputy"},
    )
    given = await made(caller, "/v1/grants", {**extent, "position_id": vacant["id"]})
    own = (await caller.get("/v1/me")).json()["posts"][0]
    held = await first(caller, "positions", "code=DU-CQDTW-VP.chanh-van-phong&include=holders")
    grants = (await caller.get(f"/v1/grants?position={own['position']['id']}")).json()["items"]
    lending = {
        **extent,
        "from_holding_id": own["id"],
        "to_holding_id": held["holders"][0]["id"],
        "grant_id": grants[0]["id"],
        "until": "2031-12-31",
    }
    lent = await made(caller, "/v1/delegations", lending)
    pair = await made(caller, "/v1/duties", {"power_a": "task.draft", "power_b": "task.withdraw"})
    person = held["holders"][0]["person"]["id"]
    interest = {
        "person_id": person,
        "object_kind": "document",
        "object_id": document["id"],
        "why": "người soạn thảo",
    }
    declared = await made(caller, "/v1/interests", interest)
    return {
        "give_powers": Example({**extent, "position_id": vacant["id"]}),
        "empower_position": Example(basis, f"/v1/positions/{deputy['id']}"),
        "withdraw_powers": Example({}, f"/v1/grants/{given['id']}"),
        "delegate_powers": Example(lending),
        "revoke_delegation": Example({}, f"/v1/delegations/{lent['id']}"),
        "inquire": Example({"power": "task.amend", "unit_id": unit["id"], "person_id": person}),
        "keep_duties_apart": Example({"power_a": "task.amend", "power_b": "task.draft"}),
        "rejoin_duties": Example({}, f"/v1/duties/{pair['id']}"),
        "declare_interest": Example(interest),
        "end_interest": Example({}, f"/v1/interests/{declared['id']}"),
    }


async def _laid_before(demo: Demo, unit: dict[str, Any], number: int) -> dict[str, Any]:
    """A programme that another than the keeper has proposed."""
    draft = {**_programme(f"vd-trinh-{number}", unit["id"]), "budget": 5_000_000}
    made_one = await made(demo.keeper, "/v1/programmes", draft)
    path = f"/v1/programmes/{made_one['id']}"
    proposed = await demo.secretary.post(f"{path}:propose", {}, headers={"If-Match": '"1"'})
    assert proposed.status_code == 200, proposed.text
    return made_one


def _unit(code: str, parent: str) -> dict[str, Any]:
    # A change needs a day after the founding.
    return {
        "code": code,
        "name": f"Chi bộ {code}",
        "kind": "chi_bo",
        "level": "centre",
        "parent_id": parent,
        "founded_on": "2026-01-02",
    }


def _programme(code: str, owner: str) -> dict[str, Any]:
    return {
        "code": code,
        "title": f"Chương trình {code}",
        "kind": "programme_of_action",
        "owner_id": owner,
        "starts_on": "2026-01-01",
        "rule_pack": "seven-ro",
    }


async def made(caller: Caller, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await caller.post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.json()
