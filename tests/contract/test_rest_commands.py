"""Conventions of every command: what is refused leaves nothing, what is tried leaves nothing, what is done is done once."""

import asyncio
import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from contract.conftest import Demo
from contract.doors import MUTATIONS, Sent, as_input, by_graph, by_rest, camel, refusal_of, version_of
from contract.examples import COMMANDS, Example, examples, needs_power
from contract.rows import fingerprint, tables_holding
from graphql import GraphQLString, get_named_type
from stage import Caller

from app.core.house import Command
from app.core.ids import new_id

CANARY = "chim-hoàng-yến-7f3a"
MARKED = f"TỐI MẬT\n{CANARY}"
JSON_COMMANDS = [one for one in COMMANDS.values() if one.raw is None]


async def send(
    caller: Caller, command: Command, example: Example, body: bytes, **headers: str
) -> tuple[int, str]:
    """A body as it is; the status and code of the answer."""
    sent = {"Content-Type": "application/json", **({"If-Match": '"1"'} if command.on else {}), **headers}
    path = command.path.replace("{id}", example.id)
    answer = await caller._send(command.method, path, {"content": body, "headers": sent})
    document = answer.json()
    return answer.status_code, document.get("code", "")


# -- trying ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", ["rest", "graphql"])
async def test_a_dry_run_answers_and_writes_nothing(own_demo: Demo, door: str) -> None:
    ready = await examples(own_demo)
    before = await fingerprint(own_demo)
    for name, example in ready.items():
        sent = Sent(example, dry_run=True, key=f"thử-{name}".encode("ascii", "ignore").decode())
        if door == "rest":
            answer = await by_rest(own_demo.keeper, COMMANDS[name], sent)
            assert (name, answer.status_code, answer.headers.get("dry-run")) == (name, 200, "true")
        else:
            data = (await by_graph(own_demo.keeper, COMMANDS[name], sent))["data"]["it"]
            assert (name, data["dryRun"], data["receipt"] != []) == (name, True, True)
    assert await fingerprint(own_demo) == before


async def test_what_a_dry_run_refuses_the_command_itself_refuses(own_demo: Demo) -> None:
    ready = {name: one for name, one in (await examples(own_demo)).items() if needs_power(name)}
    for name, example in ready.items():
        tried = await by_rest(own_demo.inspector, COMMANDS[name], Sent(example, dry_run=True))
        done = await by_rest(own_demo.inspector, COMMANDS[name], Sent(example))
        assert (name, tried.status_code, tried.json()["code"]) == (
            name,
            done.status_code,
            done.json()["code"],
        )


# -- malformed -------------------------------------------------------------------------------------------------------

DEEP = b'{"note":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
BODIES: dict[str, tuple[bytes, int, str]] = {
    "truncated": (b'{"title": "x', 400, "request_malformed"),
    "no JSON": (b"title=x", 400, "request_malformed"),
    "duplicate keys": (b'{"note": "a", "note": "b"}', 400, "request_malformed"),
    "duplicate keys inside": (b'{"note": {"a": 1, "a": 2}}', 400, "request_malformed"),
    "NUL": (b'{"note": "a\\u0000b"}', 400, "request_malformed"),
    "NUL in a key": (b'{"no\\u0000te": "a"}', 400, "request_malformed"),
    "lone surrogate": (b'{"note": "\\ud800"}', 400, "request_malformed"),
    "no UTF-8": (b'{"note": "\xff"}', 400, "request_malformed"),
    "UTF-16": ('{"note": "a"}'.encode("utf-16"), 400, "request_malformed"),
    "NaN": (b'{"note": NaN}', 400, "request_malformed"),
    "a number of many digits": (b'{"note": ' + b"9" * 5_000 + b"}", 400, "request_malformed"),
    "a list": (b"[]", 400, "request_malformed"),
    "null": (b"null", 400, "request_malformed"),
    "a string": (b'"x"', 400, "request_malformed"),
    "endless nesting": (DEEP, 400, "request_malformed"),
    "nesting": (b'{"note":' + b"[" * 300 + b"]" * 300 + b"}", 400, "request_malformed"),
    "unknown field": (b'{"no_such_field": 1}', 422, "input_invalid"),
    "too large": (b'{"note": "' + b"x" * 1_048_576 + b'"}', 413, "too_large"),
}


@pytest.mark.parametrize("case", BODIES)
async def test_a_malformed_body_is_refused_by_every_command(demo: Demo, case: str) -> None:
    body, status, code = BODIES[case]
    for command in JSON_COMMANDS:
        example = Example({}, f"/v1/x/{new_id()}")
        assert (command.name, *await send(demo.keeper, command, example, body)) == (
            command.name,
            status,
            code,
        )


@pytest.mark.parametrize(
    "media",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "",
    ],
)
async def test_another_media_type_is_refused_by_every_command(demo: Demo, media: str) -> None:
    for command in COMMANDS.values():
        found = await send(
            demo.keeper, command, Example({}, f"/v1/x/{new_id()}"), b"{}", **{"Content-Type": media}
        )
        assert (command.name, *found) == (command.name, 415, "media_type_unsupported")


async def test_malformed_bodies_leave_nothing(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    before = await fingerprint(own_demo)
    for body, *_ in BODIES.values():
        for command in JSON_COMMANDS:
            await send(own_demo.keeper, command, ready[command.name], body)
    assert await fingerprint(own_demo) == before


def wrong_types(command: Command) -> Iterator[tuple[str, Any]]:
    """For each field of the input a value of a type it does not have."""
    schema = command.input.model_json_schema()
    for name, one in schema.get("properties", {}).items():
        kinds = {
            part.get("type", "object")
            for part in [one, *one.get("anyOf", [])]
            if part.keys() & {"type", "$ref"}
        }
        for kind, wrong in {
            "integer": False,
            "string": 5,
            "boolean": "true",
            "array": {},
            "object": [],
            "number": "x",
        }.items():
            if kind in kinds:
                yield name, wrong
        if "integer" in kinds:
            yield from ((name, "1"), (name, 1.5), (name, 10**30))


@pytest.mark.parametrize("command", JSON_COMMANDS, ids=lambda one: one.name)
async def test_no_value_is_guessed_from_another_type(demo: Demo, command: Command) -> None:
    for name, wrong in wrong_types(command):
        body = json.dumps({name: wrong}).encode()
        found = await send(demo.keeper, command, Example({}, f"/v1/x/{new_id()}"), body)
        assert (name, wrong, *found) == (name, wrong, 422, "input_invalid")


@pytest.mark.parametrize(
    "said",
    [
        {"as": "CVP"},
        {"as": {"post": "x"}},
        {"as": {"office": "x"}},
        {"as": {"capacity": 5}},
        {"as": {"capacity": "x" * 21}},
        {"basis": 5},
        {"basis": "x"},
        {"reason": 5},
        {"reason": ["x"]},
    ],
    ids=str,
)
async def test_terms_that_are_not_understood_are_refused_and_never_ignored(
    demo: Demo, said: dict[str, Any]
) -> None:
    for command in JSON_COMMANDS:
        found = await send(demo.keeper, command, Example({}, f"/v1/x/{new_id()}"), json.dumps(said).encode())
        assert (command.name, *found) == (command.name, 422, "input_invalid")


async def test_a_parameter_that_is_not_understood_is_refused_by_every_command(own_demo: Demo) -> None:
    before = await fingerprint(own_demo)
    for query in ("dry_run=yes", "dry_run=", "dry_run=true&dry_run=false", "no_such=1", "DRY_RUN=true"):
        for command in COMMANDS.values():
            path = f"{command.path.replace('{id}', str(new_id()))}?{query}"
            answer = await own_demo.keeper._send(command.method, path, {"headers": {"If-Match": '"1"'}})
            assert (query, command.name, answer.status_code) == (query, command.name, 400)
    assert await fingerprint(own_demo) == before


# -- versions --------------------------------------------------------------------------------------------------------


async def test_a_change_of_an_existing_thing_needs_its_version(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    before = await fingerprint(own_demo)
    for name, example in ready.items():
        command = COMMANDS[name]
        if not (command.on and command.versioned):
            continue
        body = {**example.input, **example.terms}
        path = command.path.replace("{id}", example.id)
        for tag, code in (
            (None, 428),
            ("*", 428),
            ("x", 428),
            ('"0.abc"', 412),
            ('"99"', 412),
            ('W/"99.x"', 412),
        ):
            headers = {"If-Match": tag} if tag else {}
            answer = await own_demo.keeper._send(command.method, path, {"json": body, "headers": headers})
            assert (name, tag, answer.status_code) == (name, tag, code)
    assert await fingerprint(own_demo) == before


async def test_the_tag_of_an_answer_is_the_version_of_the_next_change(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    path = ready["amend_task"].on
    read = await own_demo.keeper.get(path)
    changed = await own_demo.keeper.patch(path, {"note": "một"}, headers={"If-Match": read.headers["etag"]})
    again = await own_demo.keeper.patch(path, {"note": "hai"}, headers={"If-Match": changed.headers["etag"]})
    lost = await own_demo.keeper.patch(path, {"note": "ba"}, headers={"If-Match": read.headers["etag"]})
    assert (changed.status_code, again.status_code, lost.status_code) == (200, 200, 412)
    assert (await own_demo.keeper.get(path)).json()["note"] == "hai"


# -- once ------------------------------------------------------------------------------------------------------------


def ends_something(name: str) -> bool:
    """Whether nothing more can be done with the thing afterwards, so that the command comes after the others."""
    return name.startswith(("withdraw", "end_", "issue"))


def kept(command: Command, answer: httpx2.Response) -> bytes:
    """The answer's bytes without what it shows once: nothing keeps that, so no repeated answer has it."""
    if command.shows_once is None:
        return answer.content
    return answer.content.replace(f'"{answer.json()[command.shows_once]}"'.encode(), b"null")


async def test_a_repeated_request_answers_the_same_and_acts_once(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    for name in sorted(ready, key=ends_something):
        example, command = ready[name], COMMANDS[name]
        version = await version_of(own_demo.keeper, example.on) if example.on else None
        sent = Sent(example, version=version, key=f"khoa-{name}")
        first = await by_rest(own_demo.keeper, command, sent)
        done = await fingerprint(own_demo)
        again = await by_rest(own_demo.keeper, command, sent)

        assert first.is_success, first.text
        assert (again.status_code, again.content) == (first.status_code, kept(command, first))
        assert again.headers["etag"] == first.headers["etag"]
        assert "idempotency-replayed" not in first.headers
        assert again.headers["idempotency-replayed"] == "true"
        assert await fingerprint(own_demo) == done


async def test_a_repeated_mutation_answers_the_same_and_acts_once(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    for name in sorted(ready, key=ends_something):
        example, command = ready[name], COMMANDS[name]
        version = await version_of(own_demo.keeper, example.on) if example.on else None
        sent = Sent(example, version=version, key=f"khoa-{name}")
        first = (await by_graph(own_demo.keeper, command, sent))["data"]["it"]
        done = await fingerprint(own_demo)
        again = (await by_graph(own_demo.keeper, command, sent))["data"]["it"]

        assert (first.get("code"), first["replayed"], again["replayed"]) == (None, False, True)
        assert again["id"] == first["id"]
        assert await fingerprint(own_demo) == done


async def test_a_key_belongs_to_one_request(own_demo: Demo) -> None:
    ready = await examples(own_demo)
    assert (
        await by_rest(own_demo.keeper, COMMANDS["draft_task"], Sent(ready["draft_task"], key="k"))
    ).status_code == 201
    other = replace(ready["draft_task"], input={**ready["draft_task"].input, "title": "khác"})
    for name, example in (("draft_task", other), ("found_unit", ready["found_unit"])):
        answer = await by_rest(own_demo.keeper, COMMANDS[name], Sent(example, key="k"))
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    theirs = await by_rest(own_demo.service, COMMANDS["draft_task"], Sent(other, key="k"))
    assert theirs.json().get("code") != "idempotency_key_reused"


async def test_a_key_of_an_import_belongs_to_its_parameters_too(own_demo: Demo) -> None:
    example = (await examples(own_demo))["import_annex"]
    assert (
        await by_rest(own_demo.keeper, COMMANDS["import_annex"], Sent(example, key="k"))
    ).status_code == 201
    other = replace(example, input={**example.input, "annex": "Phụ lục IX"})
    answer = await by_rest(own_demo.keeper, COMMANDS["import_annex"], Sent(other, key="k"))
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_refusal_is_not_remembered(own_demo: Demo) -> None:
    example = (await examples(own_demo))["amend_task"]
    stale = await by_rest(own_demo.keeper, COMMANDS["amend_task"], Sent(example, version=99, key="k"))
    mended = await by_rest(own_demo.keeper, COMMANDS["amend_task"], Sent(example, key="k"))
    assert (stale.status_code, mended.status_code) == (412, 200)


async def test_requests_of_one_key_at_once_act_once(own_demo: Demo) -> None:
    example = (await examples(own_demo))["draft_task"]
    sent = [by_rest(own_demo.keeper, COMMANDS["draft_task"], Sent(example, key="k")) for _ in range(8)]
    answers = await asyncio.gather(*sent)

    found = sorted(one.status_code for one in answers)
    assert set(found) <= {201, 409}
    assert {one.json()["code"] for one in answers if one.status_code == 409} <= {"idempotency_in_progress"}
    assert len({one.json()["id"] for one in answers if one.status_code == 201}) == 1
    title = example.input["title"]
    listed = await own_demo.keeper.get(
        "/v1/tasks", params={"programme": example.input["programme_id"], "q": title}
    )
    assert len(listed.json()["items"]) == 1


async def test_a_request_while_its_key_is_under_way_is_told_to_wait(own_demo: Demo) -> None:
    example = (await examples(own_demo))["draft_task"]
    async with own_demo.house.database.act.acquire() as other, other.transaction():
        await other.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", f"{own_demo.keeper.id}/k"
        )
        answer = await by_rest(own_demo.keeper, COMMANDS["draft_task"], Sent(example, key="k"))
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_in_progress")
    assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb"])
async def test_a_key_that_cannot_be_kept_is_refused(demo: Demo, key: str) -> None:
    answer = await demo.keeper.post(
        "/v1/tasks", {"programme_id": str(new_id()), "title": "x"}, headers={"Idempotency-Key": key}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "value_invalid")


# -- secrecy ---------------------------------------------------------------------------------------------------------


def marked(value: Any) -> Iterator[Any]:
    """The value with the marking in place of each text in it, one at a time, and as a key."""
    if isinstance(value, str):
        yield MARKED
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from ({**value, name: other} for other in marked(one))
        yield {**value, MARKED: "x"}
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from ([*value[:place], other, *value[place + 1 :]] for other in marked(one))


async def test_a_marking_is_refused_in_every_place_of_every_command_and_written_nowhere(
    own_demo: Demo, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    ready = await examples(own_demo)
    before = await fingerprint(own_demo)
    for command in JSON_COMMANDS:
        example = ready[command.name]
        whole = {**example.input, "reason": "x", "as": {"capacity": "T/M"}}
        for body in marked(whole):
            found = await send(
                own_demo.keeper,
                command,
                example,
                json.dumps(body).encode(),
                **{"Idempotency-Key": str(new_id())},
            )
            assert (command.name, *found) == (command.name, 422, "secret_refused")

    assert await fingerprint(own_demo) == before
    assert await tables_holding(own_demo, CANARY) == []
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err + caplog.text


async def test_a_marking_in_a_file_or_beside_it_is_refused_and_written_nowhere(
    own_demo: Demo, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    example = (await examples(own_demo))["import_annex"]
    before = await fingerprint(own_demo)
    file = base64.b64decode(example.input["content"]).decode() + f'2,"{MARKED}",Văn phòng,2026\n'
    inputs = [{**example.input, "content": base64.b64encode(file.encode()).decode()}]
    inputs += [{**example.input, name: MARKED} for name in ("annex", "units_under")]
    inputs += [
        {**example.input, "file_name": f"{CANARY} (Tối mật).csv"},
        {**example.input, "mapping": {"lead": MARKED}},
    ]
    for given in inputs:
        sent = Sent(replace(example, input=given), key=str(new_id()))
        rest = await by_rest(own_demo.keeper, COMMANDS["import_annex"], sent)
        assert (rest.status_code, rest.json()["code"]) == (422, "secret_refused")
        assert refusal_of(await by_graph(own_demo.keeper, COMMANDS["import_annex"], sent)) == "secret_refused"

    assert await fingerprint(own_demo) == before
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err + caplog.text


async def test_a_marking_is_refused_in_every_text_of_every_mutation_and_written_nowhere(
    own_demo: Demo, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    ready = await examples(own_demo)
    before = await fingerprint(own_demo)
    for command in JSON_COMMANDS:
        field = MUTATIONS[camel(command.name)]
        kinds = field.args["input"].type.of_type.fields if "input" in field.args else {}
        texts = [
            name
            for name in command.input.model_fields
            if get_named_type(kinds[camel(name)].type) is GraphQLString
        ]
        for name in texts:
            kind = as_input(kinds[camel(name)].type, MARKED)
            example = replace(ready[command.name], input={**ready[command.name].input, name: kind})
            assert refusal_of(await by_graph(own_demo.keeper, command, Sent(example))) == "secret_refused", (
                name
            )
        for terms in ({"reason": MARKED}, {"as": {"capacity": MARKED}}, {"idempotencyKey": MARKED}):
            example = replace(ready[command.name], terms=terms)
            assert refusal_of(await by_graph(own_demo.keeper, command, Sent(example))) == "secret_refused", (
                terms
            )

    assert await fingerprint(own_demo) == before
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err + caplog.text
