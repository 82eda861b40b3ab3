"""What is restricted is seen by those alone who are cleared where it lies; to everybody else it is not there."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from asyncpg import IntegrityConstraintViolationError
from stage import Caller, Stage
from stories.test_powers import Powers, somebody

from app.authority import grants
from app.authority.schemas import WithdrawPowers
from app.core.database import lent
from app.documents import service as documents
from app.documents.schemas import RecordDocument
from app.indicators import service as indicators
from app.indicators.schemas import DraftIndicator
from app.programmes import service as programmes
from app.programmes.schemas import AddressProgramme, IssueProgramme
from app.tasks.queries import keep_scope
from app.units import service as units
from app.units.schemas import MoveUnit

CSV = {"Content-Type": "text/csv"}
ANNEX = "Số TT,Nhiệm vụ,Cơ quan chủ trì\n1,Kiểm tra dấu hiệu vi phạm,Ủy ban kiểm tra\n"
WORD = "Mai Xuân Đào"  # words that only restricted things hold


@dataclass
class Office:
    """A branch with an office and a commune under it, and an open programme of its own that everybody in it sees."""

    stage: Stage
    powers: Powers
    top: UUID
    branch: UUID
    commune: UUID
    other: UUID
    open: UUID
    answering: UUID

    async def restricted(self) -> dict[str, UUID]:
        """A restricted programme, issued and addressed to the commune, with its parts; and what is restricted elsewhere."""
        programme = await self.stage.programme(
            self.branch, title=f"Chương trình {WORD}", access_class=2, groups=[{"code": "I", "title": WORD}]
        )
        task = await self.stage.task(
            programme,
            title=f"Nhiệm vụ {WORD}",
            lead_id=self.commune,
            responsible_person_id=self.answering,
            milestones=[{"title": WORD}],
        )
        alone = await self.stage.task(self.open, title=f"Rà soát {WORD}", lead_id=self.branch, access_class=2)
        async with self.stage.act() as act:
            indicator = await indicators.draft(act, DraftIndicator(programme_id=programme, title=WORD))
            document = await documents.record(
                act,
                RecordDocument(type="KL", title=f"Kết luận {WORD}", issuer_id=self.branch, access_class=2),
            )
            await programmes.address(act, programme, AddressProgramme(unit_ids=[self.commune]))
            await programmes.issue(act, programme, IssueProgramme(document_id=document))
        return {
            "programmes": programme,
            "tasks": task,
            "tasks/alone": alone,
            "indicators": indicator,
            "documents": document,
        }


@pytest.fixture
async def office(stage: Stage) -> Office:
    top = await stage.unit("Đảng bộ tỉnh")
    branch = await stage.unit("Đảng bộ sở", parent=top)
    commune = await stage.unit("Đảng bộ xã", parent=branch)
    other = await stage.unit("Đảng bộ khác", parent=top)
    opened = await stage.programme(branch)
    await stage.task(opened, lead_id=commune)
    answering = await stage.person(other, office="specialist")
    return Office(stage, Powers(stage), top, branch, commune, other, opened, answering)


GRAPHS = (
    """{ programmes(first: 5) { totalCount nodes { id accessClass tasks(first: 5) { totalCount nodes { title } }
      indicators(first: 5) { totalCount } groups { title } imports(first: 5) { totalCount } } } }""",
    """{ units(first: 6) { nodes { name tasks(first: 5) { totalCount nodes { title accessClass } } leads(first: 5) { totalCount }
      taskCounts { state count } } } }""",
    """{ units(first: 6) { nodes { name programmes(first: 5) { totalCount } documents(first: 5) { totalCount } } } }""",
    """{ people(first: 20) { nodes { name tasks(first: 5) { totalCount } } } }""",
    """{ documents(first: 20) { totalCount nodes { title programmes(first: 5) { totalCount } } } }""",
    """{ tasks(first: 20, filter: {accessClass: [2]}) { totalCount nodes { milestones { title } } } }""",
)


async def everything(office: Office, caller: Caller) -> dict[str, str]:
    """Every way in which what is there could be told, as the caller gets it."""
    told: dict[str, str] = {}
    subtree = f"unit_subtree={office.branch}"
    for path in (
        "programmes?count=true",
        f"programmes?count=true&{subtree}",
        "programmes?access_class=2",
        "tasks?count=true",
        f"tasks?count=true&{subtree}",
        f"tasks?count=true&{subtree}&sort=-due_on",
        f"tasks?count=true&{subtree}&sort=title",
        f"tasks?count=true&unit_subtree={office.top}&open=true",
        f"tasks?count=true&responsible={office.answering}",
        f"tasks?count=true&lead={office.commune}",
        "tasks?access_class=1,2&count=true",
        "documents?count=true",
        "indicators?count=true",
        "imports?count=true",
        "denials?count=true",
        f"search?q={WORD}&count=true",
        f"programmes/{office.open}?include=groups,addressees",
    ):
        answer = await caller.get(f"/v1/{path}")
        told[path] = answer.text if answer.is_success else str(answer.status_code)
    told["pages"] = json.dumps([page async for page in pages(caller, f"/v1/tasks?limit=1&{subtree}")])
    for query in GRAPHS:
        told[query] = json.dumps(await caller.data(query))
    annex = await caller.get(f"/v1/programmes/{office.open}/annex.xlsx")
    told["annex"] = cells(annex.content) if annex.is_success else str(annex.status_code)
    return told


def cells(workbook: bytes) -> str:
    """What a workbook says, its own dates aside."""
    sheets = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets
    return json.dumps([[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in sheets])


async def pages(caller: Caller, path: str) -> AsyncIterator[Any]:
    after = ""
    while after is not None:
        page = (await caller.get(path + (f"&after={after}" if after else ""))).json()
        yield page["items"]
        after = page["page"]["next_cursor"]


async def found(caller: Caller, things: dict[str, UUID]) -> set[str]:
    """Which of the things the caller reads, one by one, at both doors."""
    seen = set()
    for name, one in things.items():
        kind = name.partition("/")[0]
        by_rest = (await caller.get(f"/v1/{kind}/{one}")).status_code
        singular = kind.removesuffix("s")
        by_graph = (await caller.data(f'{{ {singular}(id: "{one}") {{ uuid }} }}'))[singular]
        assert (by_rest, by_graph is None) in {(200, False), (404, True)}, name
        if by_rest == 200:
            seen.add(name)
    return seen


async def reader(office: Office, who: str) -> Caller:
    """Somebody who reaches the branch, or is addressed, in one way or another."""
    stage, powers, branch = office.stage, office.powers, office.branch
    if who == "the commune's specialist":
        return await stage.caller(office.commune, office="specialist")
    if who == "the head, cleared":
        return await stage.caller(branch, office="head")
    if who == "the superior, cleared":
        return await stage.caller(office.top, office="secretary")
    if who == "the head without clearance":
        return (await somebody(stage, powers, branch, "task.amend", "programme.amend", max_class=1))[0]
    if who.startswith("the delegate"):
        _, post, grant = await somebody(stage, powers, branch, "task.amend")
        delegate, desk, _ = await somebody(stage, powers, branch, "task.draft", max_class=1)
        await powers.lend(
            grant, post, desk, branch, "task.amend", subtree=True, max_class=2 if "class 2" in who else 1
        )
        return delegate
    if who.startswith("the inspector"):
        inspector, _, _ = await somebody(stage, powers, office.other, "task.draft", max_class=1)
        post = await powers.post(office.other, inspector.id)
        await powers.give(post, branch, "audit.read", max_class=2 if "class 2" in who else 1)
        return inspector
    raise AssertionError(who)


UNCLEARED = (
    "the commune's specialist",
    "the head without clearance",
    "the delegate of class 1",
    "the inspector of class 1",
)
CLEARED = (
    "the head, cleared",
    "the superior, cleared",
    "the delegate of class 2",
    "the inspector of class 2",
)


@pytest.mark.parametrize("who", UNCLEARED)
async def test_to_who_is_not_cleared_nothing_tells_that_it_is_there(office: Office, who: str) -> None:
    caller = await reader(office, who)
    before = await everything(office, caller)

    things = await office.restricted()

    assert await found(caller, things) == set()
    assert await everything(office, caller) == before


@pytest.mark.parametrize("who", CLEARED)
async def test_who_is_cleared_sees_it_everywhere(office: Office, who: str) -> None:
    caller = await reader(office, who)
    before = await everything(office, caller)

    things = await office.restricted()

    assert await found(caller, things) == set(things)
    after = await everything(office, caller)
    same = {name for name, told in after.items() if told == before[name]}
    # What the restricted things have no part in.
    assert same == {
        "imports?count=true",
        "denials?count=true",
        f"programmes/{office.open}?include=groups,addressees",
    }
    tasks = json.loads(after[f"tasks?count=true&unit_subtree={office.branch}"])
    assert tasks["page"]["count"] == 3
    counted = json.loads(after[GRAPHS[1]])["units"]["nodes"]
    assert {one["name"]: sum(state["count"] for state in one["taskCounts"]) for one in counted}[
        "Đảng bộ xã"
    ] == 2


async def test_who_answers_for_a_task_sees_it_and_nothing_else_that_is_restricted(office: Office) -> None:
    things = await office.restricted()
    caller = await office.stage.signed_in(office.answering)

    assert await found(caller, things) == {"tasks"}
    for query in (
        "",
        f"unit_subtree={office.branch}&",
        f"responsible={caller.id}&",
        f"unit_subtree={office.branch}&sort=title&",
    ):
        listed = (await caller.get(f"/v1/tasks?{query}count=true")).json()
        assert [one["id"] for one in listed["items"]] == [str(things["tasks"])], query
        assert listed["page"]["count"] == 1


async def test_what_is_hidden_is_answered_as_what_is_not_there(office: Office) -> None:
    things = await office.restricted()
    caller = await reader(office, "the head without clearance")
    for name, one in things.items():
        kind = name.partition("/")[0]
        hidden, missing = [await caller.get(f"/v1/{kind}/{which}") for which in (one, uuid4())]
        plain = [{**answer.json(), "trace_id": "", "instance": ""} for answer in (hidden, missing)]
        assert plain[0] == plain[1]
        changed = await caller.patch(f"/v1/{kind}/{one}", {"note": "khác"}, headers={"If-Match": '"1"'})
        assert changed.status_code == 404, changed.text


async def amended(caller: Caller, kind: str, one: UUID, body: dict[str, Any]) -> Any:
    version = (await caller.get(f"/v1/{kind}/{one}?fields=version")).json()["version"]
    return await caller.patch(f"/v1/{kind}/{one}", body, headers={"If-Match": f'"{version}"'})


async def test_raising_a_programme_raises_its_tasks_in_the_same_act_and_holds_at_the_next_request(
    office: Office,
) -> None:
    stage = office.stage
    head, plain = [await reader(office, who) for who in ("the head, cleared", "the head without clearance")]
    first = await stage.task(office.open, lead_id=office.commune)
    assert await found(plain, {"programmes": office.open, "tasks": first}) == {"programmes", "tasks"}

    raised = await amended(head, "programmes", office.open, {"access_class": 2})

    assert (raised.status_code, raised.json()["id"]) == (200, str(office.open)), raised.text
    assert (await head.get(f"/v1/tasks/{first}?fields=access_class,version")).json() == {
        "access_class": 2,
        "version": 2,
    }
    assert await found(plain, {"programmes": office.open, "tasks": first}) == set()
    assert (await plain.get("/v1/tasks?count=true")).json()["page"]["count"] == 0
    async with lent(stage.house.database.act) as connection:
        recorded = await connection.one(
            "SELECT count(DISTINCT obj) FROM audit.entry_index WHERE act = 'task.class_raised'"
        )
    assert recorded == 2

    lowered = await amended(head, "programmes", office.open, {"access_class": 1})
    assert lowered.status_code == 200, lowered.text
    # The tasks stay as they are until somebody says otherwise.
    assert await found(plain, {"programmes": office.open, "tasks": first}) == {"programmes"}
    assert (await amended(head, "tasks", first, {"access_class": 1})).status_code == 200
    assert await found(plain, {"programmes": office.open, "tasks": first}) == {"programmes", "tasks"}


async def test_clearance_that_is_withdrawn_is_gone_with_the_next_request(office: Office) -> None:
    things = await office.restricted()
    head, _, grant = await somebody(office.stage, office.powers, office.branch, "task.amend")
    assert await found(head, things) == set(things)

    async with office.stage.act() as act:
        await grants.withdraw(act, grant, WithdrawPowers())

    assert await found(head, things) == set()


@pytest.mark.parametrize("scope", [{}, {"strict": True}, {"subtree": False}])
async def test_a_power_that_leaves_the_unit_itself_out_clears_below_it_alone(
    office: Office, scope: dict[str, bool]
) -> None:
    below = await office.stage.task(office.open, lead_id=office.commune, access_class=2)
    own = await office.stage.task(office.open, lead_id=office.branch, access_class=2)
    caller, _, _ = await somebody(office.stage, office.powers, office.branch, "task.amend", **scope)

    seen = await found(caller, {"tasks": below, "tasks/own": own})
    assert (
        seen == {"{}": {"tasks", "tasks/own"}, "strict": {"tasks"}, "subtree": set()}[next(iter(scope), "{}")]
    )


async def test_a_move_takes_restricted_things_along_and_clears_nobody_whom_it_gave_no_power(
    office: Office,
) -> None:
    stage = office.stage
    there = await stage.unit("Đảng bộ mới", parent=office.top)
    before = await stage.caller(office.branch, office="head")
    after = await stage.caller(there, office="head")
    programme = await stage.programme(office.commune, access_class=2)
    task = await stage.task(programme, lead_id=office.commune)
    things = {"programmes": programme, "tasks": task}
    assert (await found(before, things), await found(after, things)) == (set(things), set())

    async with stage.act() as act:
        await units.move(act, office.commune, MoveUnit(parent_id=there))

    # The new superior's grant leaves out what moved in since; one that is given now takes it in.
    assert (await found(before, things), await found(after, things)) == (set(), set())
    post = await office.powers.post(there, after.id)
    await office.powers.give(post, there, "task.amend")
    assert await found(after, things) == set(things)
    rows = await scope_rows(stage)
    async with stage.act() as act:
        await keep_scope(act, [task])
    assert await scope_rows(stage) == rows


async def scope_rows(stage: Stage) -> set[tuple[Any, ...]]:
    async with lent(stage.house.database.read) as connection:
        return {tuple(row) for row in await connection.rows("SELECT ancestor_id, task_id FROM task_scope")}


async def test_an_import_takes_the_programmes_class_and_is_as_restricted(office: Office) -> None:
    programme = await office.stage.programme(office.branch, access_class=2)
    head, plain = [await reader(office, who) for who in ("the head, cleared", "the head without clearance")]
    path = f"/v1/imports?programme_id={programme}&file_name=a.csv"

    assert (await plain.post(path, headers=CSV, content=ANNEX.encode())).status_code == 404
    done = await head.post(path, headers=CSV, content=ANNEX.encode())

    assert done.status_code == 201, done.text
    tasks = (await head.get(f"/v1/tasks?programme={programme}&fields=id,access_class")).json()["items"]
    assert [one["access_class"] for one in tasks] == [2]
    assert await found(plain, {"imports": UUID(done.json()["id"]), "tasks": UUID(tasks[0]["id"])}) == set()
    assert (await head.get(f"/v1/imports/{done.json()['id']}")).status_code == 200


async def test_an_import_that_names_a_task_is_seen_by_who_sees_the_task(office: Office) -> None:
    head, other = [await reader(office, "the head, cleared") for _ in range(2)]
    plain = await reader(office, "the head without clearance")
    path = f"/v1/imports?programme_id={office.open}&file_name=a.csv"
    done = await head.post(path, headers=CSV, content=ANNEX.encode())
    made = {"imports": UUID(done.json()["id"])}
    task = (await head.get(f"/v1/tasks?programme={office.open}&code=1&fields=id,title")).json()["items"][-1]
    assert await found(plain, made) == {"imports"}

    assert (await amended(head, "tasks", task["id"], {"access_class": 2})).status_code == 200

    assert (await found(plain, made), await found(other, made)) == (set(), {"imports"})


async def test_nobody_sets_a_class_above_his_own_clearance_nor_sees_by_drafting(office: Office) -> None:
    plain, _, _ = await somebody(
        office.stage,
        office.powers,
        office.branch,
        *("task.draft", "task.amend", "programme.draft", "programme.amend", "document.record"),
        max_class=1,
    )
    task = await office.stage.task(office.open)

    def why(answer: Any) -> tuple[int, str]:
        return answer.status_code, answer.json()["errors"][0]["code"]

    new = {
        "title": "Mới",
        "kind": "plan",
        "owner_id": str(office.branch),
        "starts_on": "2026-01-01",
        "rule_pack": "six-ro",
    }
    refused = [
        await amended(plain, "tasks", task, {"access_class": 2}),
        await amended(plain, "programmes", office.open, {"access_class": 2}),
        await plain.post("/v1/tasks", {"programme_id": str(office.open), "title": "Mới", "access_class": 2}),
        await plain.post("/v1/programmes", {**new, "code": "moi", "access_class": 2}),
        await plain.post(
            "/v1/documents",
            {"type": "KL", "title": "Mới", "issuer_id": str(office.branch), "access_class": 2},
        ),
    ]
    assert [why(one) for one in refused] == [(403, "above_clearance")] * len(refused)
    lowered = await plain.post(
        "/v1/tasks", {"programme_id": str(office.open), "title": "Mới", "access_class": 0}
    )
    assert (lowered.status_code, lowered.json()["code"]) == (422, "task_class_too_low")


async def test_a_denial_over_a_restricted_matter_is_read_by_the_cleared_inspector(office: Office) -> None:
    things = await office.restricted()
    inspectors = [await reader(office, f"the inspector of class {number}") for number in (1, 2)]
    trying, _, _ = await somebody(office.stage, office.powers, office.branch, "task.draft")
    refused = await amended(trying, "tasks", things["tasks"], {"note": "khác"})
    assert refused.status_code == 403, refused.text

    seen = [(await one.get("/v1/denials?fields=object_id")).json()["items"] for one in inspectors]
    assert seen == [[], [{"object_id": str(things["tasks"])}]]


async def test_a_number_or_code_that_something_hidden_bears_is_refused_as_any_other_that_is_taken(
    office: Office,
) -> None:
    hidden = await office.stage.task(office.open, number="77", access_class=2)
    await office.stage.task(office.open, number="78")
    await office.stage.programme(office.branch, code="kin", access_class=2)
    await office.stage.programme(office.other, code="khac")
    plain, _, _ = await somebody(
        office.stage, office.powers, office.branch, "task.draft", "programme.draft", max_class=1
    )
    assert await found(plain, {"tasks": hidden}) == set()

    async def told(path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await plain.post(path, body)
        assert answer.status_code == 409, answer.text
        return {**answer.json(), "trace_id": ""}

    numbers = [
        await told("/v1/tasks", {"programme_id": str(office.open), "title": "Mới", "number": number})
        for number in ("77", "78")
    ]
    assert numbers[0] == numbers[1]
    new = {"title": "Mới", "kind": "plan", "owner_id": str(office.branch), "starts_on": "2026-01-01"}
    codes = [
        await told("/v1/programmes", {**new, "rule_pack": "six-ro", "code": code}) for code in ("kin", "khac")
    ]
    assert codes[0] == codes[1]


async def test_the_database_itself_keeps_tasks_as_restricted_as_their_programme(office: Office) -> None:
    task = await office.stage.task(office.open)
    for text, one in (
        ("UPDATE task SET access_class = 0 WHERE id = $1", task),
        ("UPDATE programme SET access_class = 2 WHERE id = $1", office.open),
    ):
        with pytest.raises(IntegrityConstraintViolationError) as broken:
            await _broken(office.stage, text, one)
        assert getattr(broken.value, "constraint_name", "") == "task_as_restricted_as_programme"


async def _broken(stage: Stage, text: str, one: UUID) -> None:
    async with stage.act() as act:
        await act.connection.rows(text, one)
        await act.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
