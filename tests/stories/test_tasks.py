"""Tasks through both doors: drafted, judged by the seven rõ, listed by branch without gaps, seen by whom they concern."""

import random
from datetime import date, timedelta
from uuid import UUID

import pytest
from stage import Caller, Stage


async def _listed(caller: Caller, query: str) -> list[str]:
    answer = await caller.get("/v1/tasks?limit=200" + (f"&{query}" if query else ""))
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


async def test_a_draft_says_of_each_of_the_seven_whether_it_is_clear_and_how_to_mend_it(stage: Stage) -> None:
    root = await stage.unit("Đảng ủy")
    programme = await stage.programme(root)
    caller = await stage.caller(root)
    made = await caller.post(
        "/v1/tasks",
        {
            "programme_id": str(programme),
            "number": "1",
            "title": "Xây dựng đề án",
            "deadline_words": "trước 30/6/2027",
        },
    )
    assert made.status_code == 201, made.text
    task = made.json()
    assert (task["state"], task["due_on"], task["clear"]) == ("draft", "2027-06-29", False)
    assert len(task["clarity"]) == 7
    unclear = [one for one in task["clarity"] if one["verdict"] == "unclear"]
    assert unclear
    seen = (await caller.data("query($id: ID!) { task(id: $id) { clarity clear uuid } }", id=task["id"]))[
        "task"
    ]
    assert seen["clarity"] == task["clarity"]
    six = await stage.programme(root, rule_pack="six-ro")
    other = await caller.post(
        "/v1/tasks", {"programme_id": str(six), "number": "1", "title": "Xây dựng đề án"}
    )
    assert {one["ro"]: one["verdict"] for one in other.json()["clarity"]}["nguon_luc"] == "not_applicable"


async def test_money_beyond_thirty_two_bits_passes_both_doors(stage: Stage) -> None:
    root = await stage.unit()
    programme = await stage.programme(root)
    caller = await stage.caller(root)
    amount = 5_000_000_000
    rest = await caller.post(
        "/v1/tasks",
        {"programme_id": str(programme), "title": "Một", "money_need": "some", "money_amount": amount},
    )
    assert rest.json()["money_amount"] == amount
    graph = await caller.data(
        "mutation($i: DraftTaskInput!) { draftTask(input: $i) { ... on DraftTaskResult { task { moneyAmount } } ... on Refusal { code detail } } }",
        i={"programmeId": str(programme), "title": "Hai", "moneyNeed": "SOME", "moneyAmount": amount},
    )
    assert graph["draftTask"]["task"]["moneyAmount"] == amount


async def test_lists_equal_a_plain_reckoning_for_every_filter_and_page_size(stage: Stage) -> None:
    chance = random.Random(7)  # noqa: S311 - a fixed scene, no secret
    root = await stage.unit()
    units: dict[UUID, list[UUID]] = {root: [root]}
    for _ in range(6):
        parent = chance.choice(list(units))
        unit = await stage.unit(parent=parent)
        units[unit] = [unit, *units[parent]]
    programmes = [await stage.programme(chance.choice(list(units))) for _ in range(2)]
    person = await stage.person(root, office="specialist")
    scene: dict[str, tuple[set[UUID], date | None, UUID, UUID | None]] = {}
    owners = {
        one: UUID((await (await stage.caller(root)).get(f"/v1/programmes/{one}")).json()["owner_id"])
        for one in programmes
    }
    for _ in range(40):
        programme, lead = chance.choice(programmes), chance.choice([*units, None])
        others = chance.sample(list(units), chance.randrange(3))
        due = date(2027, 1, 1) + timedelta(days=chance.randrange(20)) if chance.random() < 0.8 else None
        responsible = person if chance.random() < 0.2 else None
        task = await stage.task(
            programme,
            lead_id=lead,
            coordinating=[{"unit_id": one} for one in others],
            responsible_person_id=responsible,
            **({"due_on": due, "deadline_kind": "day"} if due else {}),
        )
        involved = {up for unit in (owners[programme], lead, *others) if unit for up in units[unit]}
        scene[str(task)] = (involved, due, programme, responsible)
    caller = await stage.caller(root)

    def expected(**wanted: object) -> list[str]:
        found = [
            (due or date.max, task)
            for task, (involved, due, programme, responsible) in scene.items()
            if ("unit" not in wanted or wanted["unit"] in involved)
            and ("programme" not in wanted or wanted["programme"] == programme)
            and ("responsible" not in wanted or wanted["responsible"] == responsible)
            and ("before" not in wanted or (due is not None and due < wanted["before"]))  # type: ignore[operator] - a date
        ]
        return [task for _, task in sorted(found)]

    assert await _listed(caller, "") == expected()
    for unit in units:
        assert await _listed(caller, f"unit_subtree={unit}") == expected(unit=unit)
        assert await _listed(caller, f"unit_subtree={unit}&responsible={person}") == expected(
            unit=unit, responsible=person
        )
        assert await _listed(
            caller, f"unit_subtree={unit}&programme={programmes[0]}&due_before=2027-01-11"
        ) == expected(unit=unit, programme=programmes[0], before=date(2027, 1, 11))
        seen = await caller.data(
            "query($u: ID!, $p: ID!) { unit(id: $u) { tasks(first: 200, filter: {programme: $p}) { totalCount nodes { uuid } } } }",
            u=str(unit),
            p=str(programmes[1]),
        )
        assert [one["uuid"] for one in seen["unit"]["tasks"]["nodes"]] == expected(
            unit=unit, programme=programmes[1]
        )
    assert await _listed(caller, f"programme={programmes[0]}") == expected(programme=programmes[0])

    walked: list[str] = []
    cursor = ""
    while True:
        page = (await caller.get(f"/v1/tasks?limit=7&unit_subtree={root}{cursor}")).json()
        walked += [one["id"] for one in page["items"]]
        if page["page"]["next_cursor"] is None:
            break
        cursor = f"&after={page['page']['next_cursor']}"
    assert walked == expected(unit=root)

    for unit in list(units)[1:]:
        below = await stage.caller(unit, office="inspector")
        assert await _listed(below, "") == expected(unit=unit)
        hidden = next((task for task, (involved, *_) in scene.items() if unit not in involved), None)
        if hidden:
            gone, never = await below.get(f"/v1/tasks/{hidden}"), await below.get(f"/v1/tasks/{UUID(int=5)}")
            assert (gone.status_code, never.status_code) == (404, 404)
            assert {**gone.json(), "instance": "", "trace_id": ""} == {
                **never.json(),
                "instance": "",
                "trace_id": "",
            }
    mine = await stage.signed_in(person)
    assert set(await _listed(mine, f"responsible={person}")) == set(expected(responsible=person))


async def test_tasks_are_seen_above_a_unit_that_moved_and_no_longer_where_it_was(stage: Stage) -> None:
    root = await stage.unit()
    left, right = await stage.unit(parent=root), await stage.unit(parent=root)
    branch = await stage.unit(parent=left)
    task = await stage.task(await stage.programme(root), lead_id=branch)
    caller = await stage.caller(root)
    before, after = (
        await stage.caller(left, office="inspector"),
        await stage.caller(right, office="inspector"),
    )
    assert (await _listed(before, ""), await _listed(after, "")) == ([str(task)], [])
    moved = await caller.post(
        f"/v1/units/{branch}:move", {"parent_id": str(right)}, headers={"If-Match": '"1"'}
    )
    assert moved.status_code == 200, moved.text
    assert (await _listed(before, ""), await _listed(after, "")) == ([], [str(task)])


@pytest.mark.parametrize(
    "body", [{"title": "Mật"}, {"title": "Độ mật: TỐI MẬT"}, {"title": "ok", "note": "dòng một\n*TUYỆT MẬT*"}]
)
async def test_secret_markings_are_refused_and_a_text_about_secrecy_passes(
    stage: Stage, body: dict[str, str]
) -> None:
    root = await stage.unit()
    programme = await stage.programme(root)
    caller = await stage.caller(root)
    refused = await caller.post("/v1/tasks", {"programme_id": str(programme), **body})
    assert (refused.status_code, refused.json()["code"]) == (422, "secret_refused")
    passed = await caller.post(
        "/v1/tasks", {"programme_id": str(programme), "title": "Tăng cường bảo vệ bí mật nhà nước"}
    )
    assert passed.status_code == 201
