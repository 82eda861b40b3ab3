"""What the two databases hold: the same branches for everybody, and what only one of them holds, out of the viewers' sight."""

import os
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from contract.conftest import PERSONAS, Demo
from contract.examples import Example, examples
from stage import Caller, Stage

from app.core.database import lent
from app.core.text import fold
from app.demo.personas import content

FULL = os.environ.get("BAYRO_TEST_FULL") == "1"
VIEWERS = ("specialist", "head", "nobody", "service")
INSIDERS = ("keeper", "owner")
HIDDEN_WORD = "khuất"
COMMON_WORDS = "chuyển đổi số"

Ids = dict[str, str]


@dataclass
class Ground:
    """Persons by their part, units by their code, and of each branch what was made in it."""

    persons: dict[str, Any] = field(default_factory=dict)
    units: Ids = field(default_factory=dict)
    things: dict[str, Ids] = field(default_factory=dict)
    examples: dict[str, Example] = field(default_factory=dict)


async def version(caller: Caller, on: str) -> int:
    return (await caller.get(on)).json()["version"]


async def sent(caller: Caller, method: str, path: str, body: Any = None, **options: Any) -> dict[str, Any]:
    """A change at its current version; it must succeed."""
    headers = options.pop("headers", {})
    if (on := options.pop("on", None)) is not None:
        headers = {**headers, "If-Match": f'"{await version(caller, on)}"'}
    headers = {"Idempotency-Key": uuid4().hex, **headers}
    if body is not None:
        options["json"] = body
    answer = await caller._send(method, path, {**options, "headers": headers})
    assert answer.is_success, (method, path, answer.text)
    return answer.json()


async def verb(caller: Caller, path: str, name: str, body: Any = None) -> dict[str, Any]:
    """A command on the thing at `path`: `name` begins with a colon or slash, or is empty for an amendment."""
    return await sent(caller, "POST" if name else "PATCH", f"{path}{name}", body or {}, on=path)


async def found(stage: Stage) -> Ground:
    """What the demo brings: its units, and its personas under their names."""
    ground = Ground()
    async with lent(stage.house.database.read) as connection:
        for row in await connection.rows("SELECT code, id FROM unit"):
            ground.units[row["code"]] = str(row["id"])
        codes = {one["code"]: one["person"] or one["code"] for one in content("organisation")["personas"]}
        for persona, code in codes.items():
            one = await connection.one("SELECT id FROM person WHERE code = $1", code)
            ground.persons["service" if persona == "service" else f"demo_{persona}"] = one
    return ground


async def laid(stage: Stage) -> Ground:
    """The branches of those who will look, and beside them one that is hidden from all of them."""
    ground = await found(stage)
    unit = ground.units
    for name in ("hidden", "below"):
        parent = unit["DB-CP"] if name == "hidden" else unit["hidden"]
        unit[name] = str(await stage.unit(f"Đảng bộ {HIDDEN_WORD} {name}", parent=parent))  # type: ignore[arg-type]
    posts = {
        "keeper": ("TW", "secretary"),
        "owner": ("hidden", "secretary"),
        "clerk": ("below", "specialist"),
        "specialist": ("DB-ANSON-THUONGKHE", "specialist"),
        "head": ("DB-CQDTW-VPTW-CCDS", "head"),
        "deputy": ("DB-CQDTW-VPTW-CCDS", "deputy"),
        "nobody": ("DB-ANSON-THUONGKHE", ""),
    }
    for name, (code, office) in posts.items():
        one = await stage.person(unit[code], office=office, head=office in {"secretary", "head"})  # type: ignore[arg-type]
        ground.persons[name] = one
    callers = {name: await stage.signed_in(one) for name, one in ground.persons.items()}
    keeper = callers["keeper"]
    for name, code, self, lends in (
        ("open", "DB-CQDTW", "service", None),
        ("commune", "DB-ANSON-THUONGKHE", "specialist", None),
        ("branch", "DB-CQDTW-VPTW-CCDS", "head", "deputy"),
        ("hidden", "hidden", "owner", "clerk"),
    ):
        lending = (callers[self], callers[lends]) if lends else None
        ground.things[name] = await filled(keeper, unit[code], name, callers[self], lending)
    # Somebody without any post has his tokens and questions all the same.
    of_nobody = await own_things(callers["nobody"], unit["DB-ANSON-THUONGKHE"], "không chức danh")
    ground.things["of_nobody"] = of_nobody
    await crossed(keeper, ground)
    demo = {one: callers["service" if one == "service" else f"demo_{one}"] for one in PERSONAS}
    ground.examples = await examples(Demo(stage.house, stage.client, keeper, **demo))
    return ground


async def filled(
    keeper: Caller,
    unit: str,
    tag: str,
    self: Caller,
    lending: tuple[Caller, Caller] | None,
    *,
    shut: bool = False,
) -> Ids:
    """One of every kind of thing in the unit; `self` is whose own things there are. `shut`: nothing that all may see."""
    made: Ids = {}
    made["open_document"] = await document(keeper, unit, f"{tag} mở", 2 if shut else 0)
    made["document"] = await document(keeper, unit, tag, 2)
    made["programme"] = await programme(keeper, unit, f"ct-{slug(tag)}", made["open_document"])
    made["issued"] = await programme(
        keeper, unit, f"bh-{slug(tag)}", made["open_document"], made["programme"]
    )
    made["proposed"] = await programme(
        keeper, unit, f"tr-{slug(tag)}", made["open_document"], budget=5_000_000
    )
    await verb(keeper, f"/v1/programmes/{made['proposed']}", ":propose")
    for name in ("programme", "issued"):
        made |= await annexed(keeper, unit, tag, name, made, self)
    await verb(keeper, f"/v1/programmes/{made['issued']}", ":issue", {"document_id": made["open_document"]})
    made["import"] = await imported(keeper, made["programme"], tag)
    made |= await powers(keeper, unit, tag, self, lending, made["open_document"])
    return {**made, **await own_things(self, unit, tag)}


def slug(tag: str) -> str:
    """The tag as a code may be written."""
    return fold(tag).replace(" ", "-")


async def document(keeper: Caller, unit: str, tag: str, access_class: int) -> str:
    given = {
        "type": "KH",
        "type_name": "Kế hoạch",
        "number": f"{len(tag)}{access_class}-KH/ĐU",
        "title": f"Kế hoạch {COMMON_WORDS} {tag} lớp {access_class}",
        "issuer_id": unit,
        "keeper_id": unit,
        "issued_on": "2026-02-0" + str(access_class + 1),
        "term": "2025-2030",
        "access_class": access_class,
        "clauses": [
            {"label": "1", "text": f"Điều một {tag}"},
            {"label": "1.1", "text": "Khoản", "under": "1"},
        ],
    }
    return (await sent(keeper, "POST", "/v1/documents", given))["id"]


async def programme(
    keeper: Caller, unit: str, code: str, document: str, parent: str | None = None, budget: int | None = None
) -> str:
    parents: list[Ids] = [{"document_id": document}]
    if parent:
        parents.append({"programme_id": parent})
    given = {
        "code": code,
        "title": f"Chương trình {COMMON_WORDS} {code}",
        "kind": "programme_of_action",
        "owner_id": unit,
        "document_id": document,
        "term": "2025-2030",
        "starts_on": "2026-01-01",
        "rule_pack": "seven-ro",
        "budget": budget,
        "parents": parents,
        "addressee_ids": [unit],
        "groups": [{"code": "I", "title": f"Nhóm {code}"}, {"code": "1", "title": "Nhóm con", "under": "I"}],
    }
    return (await sent(keeper, "POST", "/v1/programmes", given))["id"]


async def annexed(keeper: Caller, unit: str, tag: str, name: str, made: Ids, self: Caller) -> Ids:
    """Groups, indicators with figures and tasks with all their parts, in the programme `made[name]`."""
    one = made[name]
    group = (await keeper.get(f"/v1/programmes/{one}?include=groups")).json()["groups"][0]["id"]
    target = {"words": "≥ 80", "period": "2026"}
    line = {
        "programme_id": one,
        "group_id": group,
        "title": f"Tỷ lệ {COMMON_WORDS} {tag}",
        "number": "1",
        "unit_words": "%",
        "lead_id": unit,
    }
    indicator = (await sent(keeper, "POST", "/v1/indicators", {**line, "targets": [target]}))["id"]
    part = {**line, "title": f"Phần {tag}", "number": "1.1", "parent_id": indicator, "targets": [target]}
    await sent(keeper, "POST", "/v1/indicators", part)
    figure = {"period": "2026", "value": "14.5", "document_id": made["document"]}
    measured = await verb(keeper, f"/v1/indicators/{indicator}", ":measure", figure)
    assert measured["id"] == indicator
    clauses = (await keeper.get(f"/v1/documents/{made['document']}?include=clauses")).json()["clauses"]
    found: Ids = {f"{name}.group": group, f"{name}.indicator": indicator, "clause": clauses[0]["id"]}
    for number in range(1, 4):
        task = {
            "programme_id": one,
            "group_id": group,
            "number": str(number),
            "kind": "scheme" if number == 1 else "task",
            "title": f"Nhiệm vụ {COMMON_WORDS} {tag} {number}",
            "lead_id": unit if number < 3 else None,
            "lead_words": "" if number < 3 else "Hai đơn vị",
            "lead_kind": "single" if number < 3 else "several",
            "candidates": [] if number < 3 else [{"unit_id": unit, "words": "Hai đơn vị"}],
            "coordinating": [{"unit_id": unit}] if number == 3 else [],
            "responsible_person_id": str(self.id) if number == 2 and tag != "open" else None,
            "competence_body_id": unit,
            "submitted_to_id": unit,
            "deadline_words": f"Tháng {3 * number}/2026",
            "milestones": [{"title": f"Mốc {tag}", "deadline_words": "tháng 3/2026"}],
            "deliverables": [{"title": f"Báo cáo {tag}", "measure": "bản", "confirmer_id": unit}],
            "indicator_ids": [indicator],
            "basis_documents": [{"document_id": made["document"], "clause_id": clauses[0]["id"]}],
        }
        found[f"{name}.task{number}"] = (await sent(keeper, "POST", "/v1/tasks", task))["id"]
    return found


async def imported(keeper: Caller, programme: str, tag: str) -> str:
    file = f"Số TT,Nhiệm vụ,Cơ quan chủ trì,Thời gian hoàn thành\n41,Rà soát quy chế {tag},Văn phòng,Tháng 3/2026\n"
    answer = await keeper.post(
        f"/v1/imports?programme_id={programme}&file_name={tag}.csv",
        headers={"Content-Type": "text/csv"},
        content=file.encode(),
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def powers(
    keeper: Caller,
    unit: str,
    tag: str,
    self: Caller,
    lending: tuple[Caller, Caller] | None,
    basis: str,
) -> Ids:
    """A grant, an interest and, where two persons are named, a delegation from one to the other."""
    made: Ids = {}
    posts = (await self.get("/v1/me")).json()["posts"]
    extent = {"powers": ["task.amend"], "unit_id": unit, "basis_id": basis}
    made["grant"] = (
        await sent(keeper, "POST", "/v1/grants", {**extent, "position_id": posts[0]["position"]["id"]})
    )["id"]
    interest = {
        "person_id": str(self.id),
        "object_kind": "document",
        "object_id": basis,
        "why": f"người soạn thảo {tag}",
    }
    made["interest"] = (await sent(keeper, "POST", "/v1/interests", interest))["id"]
    if lending:
        made["delegation"] = await lent_powers(*lending, extent, basis)
    return made


async def lent_powers(giver: Caller, receiver: Caller, extent: dict[str, Any], basis: str) -> str:
    own = (await giver.get("/v1/me")).json()["posts"][0]
    to = (await receiver.get("/v1/me")).json()["posts"][0]
    grants = (await giver.get(f"/v1/grants?position={own['position']['id']}&power=authority.delegate")).json()
    given = {
        **extent,
        "from_holding_id": own["id"],
        "to_holding_id": to["id"],
        "grant_id": grants["items"][0]["id"],
        "until": "2031-12-31",
        "basis_id": basis,
    }
    return (await sent(giver, "POST", "/v1/delegations", given))["id"]


async def own_things(self: Caller, unit: str, tag: str) -> Ids:
    """What is one's own alone: a token, a question about oneself, the trace of what was not allowed."""
    token = {"name": f"máy {tag}", "scopes": ["read"], "days": 30}
    made = {"token": (await sent(self, "POST", "/v1/personal-tokens", token))["id"]}
    question = {"power": "task.amend", "unit_id": unit, "person_id": str(self.id)}
    made["inquiry"] = (await sent(self, "POST", "/v1/inquiries", question))["id"]
    top = f"/v1/units/{(await self.get('/v1/units?code=TW')).json()['items'][0]['id']}"
    refused = await self.post(
        f"{top}:rename",
        {"name": f"Tên khác {tag}"},
        headers={"If-Match": f'"{await version(self, top)}"', "Idempotency-Key": uuid4().hex},
    )
    assert refused.status_code == 403, refused.text
    made["denial"] = (await self.get("/v1/denials?sort=-minute&limit=1")).json()["items"][0]["id"]
    return made


async def crossed(keeper: Caller, ground: Ground) -> None:
    """What of a hidden programme each viewer sees all the same: the one task he is in."""
    hidden, unit = ground.things["hidden"], ground.units
    for name, code in (
        ("specialist", "DB-ANSON-THUONGKHE"),
        ("head", "DB-CQDTW-VPTW-CCDS"),
        ("service", "DB-CQDTW"),
    ):
        task = {
            "programme_id": hidden["programme"],
            "group_id": hidden["programme.group"],
            "number": f"9{len(name)}",
            "title": f"Nhiệm vụ {COMMON_WORDS} của người khác",
            **({"lead_id": unit[code]} if name != "head" else {"coordinating": [{"unit_id": unit[code]}]}),
            "indicator_ids": [hidden["programme.indicator"]],
            "basis_documents": [{"document_id": hidden["document"], "clause_id": hidden["clause"]}],
        }
        ground.things["crossed"] = {
            **ground.things.get("crossed", {}),
            name: (await sent(keeper, "POST", "/v1/tasks", task))["id"],
        }
