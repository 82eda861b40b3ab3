"""Personal tokens through both doors: shown once, never more than their person, gone when revoked."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import asyncpg
import httpx2
import pytest
from stage import Caller, Stage

from app.authority.rules import within
from app.core import clock
from app.core.application import build
from app.core.database import Database, lent
from app.core.settings import Settings
from app.people import rules, tokens
from app.people import service as people
from app.people.schemas import AmendPerson
from app.wiring import actions
from app.wiring import house as wired
from bench.statements import heard

CREATE = """mutation ($input: CreatePersonalTokenInput!, $key: String, $dry: Boolean! = false) {
  it: createPersonalToken(input: $input, idempotencyKey: $key, dryRun: $dry) {
    ... on CreatePersonalTokenResult { id token replayed dryRun receipt { entryId } personalToken { uuid name scopes live expiresAt } }
    ... on Refusal { code status } } }"""
REVOKE = """mutation ($id: ID!) { it: revokePersonalToken(id: $id) {
    ... on RevokePersonalTokenResult { id personalToken { live } } ... on Refusal { code status } } }"""


async def created(caller: Caller, *scopes: str, days: int = 90, key: str = "") -> dict[str, Any]:
    """A token as REST answers it."""
    body = {"name": "máy", "scopes": list(scopes) or ["read"], "days": days}
    headers = {"Idempotency-Key": key} if key else {}
    answer = await caller.post("/v1/personal-tokens", body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


def with_token(caller: Caller, token: str) -> Caller:
    return Caller(caller.client, caller.id, token)


def code_of(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"] if answer.is_error else ""


def unit_body(code: str, parent: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": f"Đơn vị {code}",
        "kind": "chi_bo",
        "level": "commune",
        "parent_id": str(parent),
    }


# -- the text --------------------------------------------------------------------------------------------------------


def test_a_token_s_text_is_found_by_a_scanner_and_told_from_an_accident() -> None:
    for secret in (bytes(32), bytes([255]) * 32, bytes(range(32))):
        text = tokens.text_of(secret)
        assert re.fullmatch("br_pat_[0-9A-Za-z]{49}", text)
        assert tokens.is_well_formed(text)
        last = "a" if text[-1] != "a" else "b"
        assert not tokens.is_well_formed(text[:-1] + last)
        assert not tokens.is_well_formed(text[:8] + ("a" if text[8] != "a" else "b") + text[9:])
    assert len({tokens.text_of(number.to_bytes(32, "big")) for number in range(1_000)}) == 1_000
    for other in ("", "br_pat_", "br_pat_" + "0" * 48, " " + tokens.text_of(bytes(32))):
        assert not tokens.is_well_formed(other)


# -- creating --------------------------------------------------------------------------------------------------------


async def test_a_token_is_its_person_at_both_doors(stage: Stage) -> None:
    caller = await stage.caller(await stage.unit())
    made = await created(caller, "task.", days=7)
    told = (await with_token(caller, made["token"]).get("/v1/me")).json()
    assert told["id"] == str(caller.id)
    assert told["sign_in"] == {
        "by": "personal_token",
        "until": told["sign_in"]["until"],
        "scopes": ["task."],
        "token_id": made["id"],
    }
    by_graph = await caller.data(CREATE, input={"name": "máy", "scopes": ["read"]})
    again = with_token(caller, by_graph["it"]["token"])
    assert (await again.data("{ me { uuid } }"))["me"]["uuid"] == str(caller.id)
    assert by_graph["it"]["personalToken"]["live"] is True


async def test_every_person_creates_his_own_without_any_power(stage: Stage) -> None:
    unit = await stage.unit()
    nobody = await stage.signed_in(await stage.person(unit))
    made = await created(nobody)
    assert (await with_token(nobody, made["token"]).get("/v1/units")).status_code == 200
    service = await stage.signed_in(await stage.person(unit, kind="service", office="integration"))
    bare = await service.post("/v1/personal-tokens", {"name": "x", "scopes": ["read"]})
    assert code_of(bare) == (428, "idempotency_key_missing")
    assert (await created(service, key="k"))["token"]


async def test_the_text_is_shown_once_and_kept_nowhere(
    stage: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    caller = await stage.caller(await stage.unit())
    made = await created(caller, key="k")
    graph = (await caller.data(CREATE, input={"name": "máy", "scopes": ["read"]}, key="g"))["it"]
    await with_token(caller, made["token"]).get("/v1/me")

    for text, one in ((made["token"], made["id"]), (graph["token"], graph["personalToken"]["uuid"])):
        assert await holding(stage, text) == []
        # What is kept of it is known by the sign-in alone: neither record nor outbox nor a door tells the digest.
        assert await holding(stage, tokens.digest_of(text).hex()) == ["public.personal_token"]
        read = await caller.get(f"/v1/personal-tokens/{one}")
        assert text not in read.text
        assert "digest" not in read.text
    said = capfd.readouterr()
    assert tokens.PREFIX not in said.out + said.err


async def holding(stage: Stage, words: str) -> list[str]:
    """The tables in a row of which the words stand, as text or as the bytes of it."""
    connection = await asyncpg.connect(stage.house.database.addresses.owner)
    tables = await connection.fetch(
        "SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind = 'r' AND n.nspname IN ('public', 'audit') ORDER BY 1"
    )
    found = []
    for row in tables:
        text = f"SELECT EXISTS (SELECT 1 FROM {row['name']} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0)"
        if await connection.fetchval(text, words, words.encode().hex()):
            found.append(row["name"])
    await connection.close()
    return found


@pytest.mark.parametrize("door", ["rest", "graphql"])
async def test_a_repeated_request_makes_no_second_token_and_shows_no_text(stage: Stage, door: str) -> None:
    caller = await stage.caller(await stage.unit())
    if door == "rest":
        first, again = [await created(caller, key="k") for _ in range(2)]
    else:
        given = {"name": "máy", "scopes": ["read"]}
        first, again = [(await caller.data(CREATE, input=given, key="k"))["it"] for _ in range(2)]
    assert again["id"] == first["id"]
    assert (first["token"][:7], again["token"]) == (tokens.PREFIX, None)
    assert len((await caller.get("/v1/personal-tokens")).json()["items"]) == 1


@pytest.mark.parametrize("door", ["rest", "graphql"])
async def test_a_dry_run_makes_no_token_and_shows_no_text(stage: Stage, door: str) -> None:
    caller = await stage.caller(await stage.unit())
    given = {"name": "máy", "scopes": ["read"]}
    if door == "rest":
        tried = (await caller.post("/v1/personal-tokens?dry_run=true", given)).json()
    else:
        tried = (await caller.data(CREATE, input=given, dry=True))["it"]
    assert tried["token"] is None
    assert (await caller.get("/v1/personal-tokens")).json()["items"] == []


async def test_the_etag_is_that_of_the_token_as_it_is_read(stage: Stage) -> None:
    caller = await stage.caller(await stage.unit())
    answer = await caller.post("/v1/personal-tokens", {"name": "máy", "scopes": ["read"]})
    read = await caller.get(f"/v1/personal-tokens/{answer.json()['id']}")
    assert read.headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "x", "scopes": []}, "input_invalid"),
        ({"name": "", "scopes": ["read"]}, "input_invalid"),
        ({"name": "x"}, "input_invalid"),
        ({"name": "x", "scopes": ["read"], "days": 366}, "input_invalid"),
        ({"name": "x", "scopes": ["read"], "days": 0}, "input_invalid"),
        ({"name": "x", "scopes": ["*"]}, "input_invalid"),
        ({"name": "x", "scopes": ["task"]}, "input_invalid"),
        ({"name": "x", "scopes": ["READ"]}, "input_invalid"),
        ({"name": "x", "scopes": ["task.am"]}, "token_scope_unknown"),
        ({"name": "x", "scopes": ["everything."]}, "token_scope_unknown"),
        ({"name": "x", "scopes": ["read", "no.such"]}, "token_scope_unknown"),
        (
            {"name": "x", "scopes": ["read"], "person_id": "01a200e9-f554-73bc-b3a4-636efef01eb1"},
            "input_invalid",
        ),
    ],
)
async def test_a_token_of_no_use_or_of_too_much_is_refused(
    stage: Stage, body: dict[str, Any], code: str
) -> None:
    caller = await stage.caller(await stage.unit())
    assert (
        await caller.post("/v1/personal-tokens", {"name": "x", "scopes": ["read", "task.amend"]})
    ).is_success
    answer = await caller.post("/v1/personal-tokens", body)
    assert code_of(answer) == (422, code)


async def test_nobody_has_more_tokens_in_use_than_may_be(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_TOKENS", 2)
    caller = await stage.caller(await stage.unit())
    first, _ = await created(caller), await created(caller)
    body = {"name": "x", "scopes": ["read"]}
    assert code_of(await caller.post("/v1/personal-tokens", body)) == (409, "token_limit")
    await caller.post(f"/v1/personal-tokens/{first['id']}:revoke")
    assert (await caller.post("/v1/personal-tokens", body)).status_code == 201


# -- listing ---------------------------------------------------------------------------------------------------------


async def test_tokens_are_seen_by_their_person_alone(stage: Stage) -> None:
    unit = await stage.unit()
    caller, other = await stage.caller(unit), await stage.caller(unit)
    made = await created(caller)
    listed = (await caller.get("/v1/personal-tokens?count=true")).json()
    assert [one["id"] for one in listed["items"]] == [made["id"]]
    assert (await other.get("/v1/personal-tokens?count=true")).json() == {
        "items": [],
        "page": {"next_cursor": None, "prev_cursor": None, "count": 0},
    }
    assert code_of(await other.get(f"/v1/personal-tokens/{made['id']}")) == (404, "not_found")
    assert code_of(await other.post(f"/v1/personal-tokens/{made['id']}:revoke")) == (404, "not_found")
    own = await caller.data("{ personalTokens { totalCount nodes { id uuid } } }")
    seen = await other.data(
        "query ($id: ID!) { node(id: $id) { __typename } personalTokens { totalCount nodes { id } } }",
        id=own["personalTokens"]["nodes"][0]["id"],
    )
    assert own["personalTokens"]["totalCount"] == 1
    assert seen == {"node": None, "personalTokens": {"totalCount": 0, "nodes": []}}
    assert (await other.data(REVOKE, id=made["id"]))["it"] == {"code": "not_found", "status": 404}


async def test_the_list_tells_which_can_still_be_used(stage: Stage) -> None:
    caller = await stage.caller(await stage.unit())
    kept, gone = await created(caller), await created(caller)
    await caller.post(f"/v1/personal-tokens/{gone['id']}:revoke")
    for live, expected in (("true", kept), ("false", gone)):
        items = (await caller.get(f"/v1/personal-tokens?live={live}")).json()["items"]
        assert [one["id"] for one in items] == [expected["id"]]


async def test_no_role_that_reads_can_read_a_digest(stage: Stage) -> None:
    async with lent(stage.house.database.read) as connection:
        assert await connection.fetch("SELECT id FROM personal_token") == []
        for column in ("personal_token.digest", "demo_issuer.key"):
            table, _, name = column.partition(".")
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.fetch(f"SELECT {name} FROM {table}")


# -- scopes ----------------------------------------------------------------------------------------------------------


def test_a_scope_never_gives_a_power_and_takes_those_it_does_not_name() -> None:
    assert all(within(None, one.code) for one in actions())
    assert not any(within(frozenset({"read"}), one.code) for one in actions())
    assert within(frozenset({"task."}), "task.amend")
    assert not within(frozenset({"task.am"}), "task.amend")
    assert not within(frozenset({"task.amend"}), "task.amended")
    assert not within(frozenset({"task."}), "taskforce.amend")


async def test_a_token_does_what_its_scopes_and_its_person_s_powers_both_allow(stage: Stage) -> None:
    root = await stage.unit()
    other = await stage.unit()
    caller = await stage.caller(root)
    units = with_token(caller, (await created(caller, "unit.found"))["token"])
    reader = with_token(caller, (await created(caller, "read"))["token"])

    assert (await units.post("/v1/units", unit_body("A", root))).status_code == 201
    renamed = await units.post(f"/v1/units/{root}:rename", {"name": "Tên mới"}, headers={"If-Match": '"1"'})
    assert renamed.json()["errors"][0]["code"] == "token_scope"
    challenge = 'Bearer realm="bayro", error="insufficient_scope", scope="unit.rename"'
    assert renamed.headers["WWW-Authenticate"] == challenge
    elsewhere = await units.post("/v1/units", unit_body("B", other))
    assert elsewhere.json()["errors"][0]["code"] == "out_of_scope"
    assert "WWW-Authenticate" not in elsewhere.headers
    for one, code in ((units, "unit.rename"), (reader, "unit.found")):
        assert code not in (await one.get("/v1/me")).json()["powers"]
    assert code_of(await reader.post("/v1/units", unit_body("C", root))) == (403, "not_allowed")
    for one in (units, reader):
        assert (await one.get(f"/v1/units/{root}")).status_code == 200


async def test_a_scope_beyond_the_person_s_powers_is_worth_nothing(stage: Stage) -> None:
    root = await stage.unit()
    caller = await stage.caller(root, office="inspector")
    made = await created(caller, "unit.", "task.")
    refused = await with_token(caller, made["token"]).post("/v1/units", unit_body("A", root))
    assert refused.json()["errors"][0]["code"] == "no_authority"


async def test_a_token_creates_no_other_whatever_its_scopes(stage: Stage) -> None:
    caller = await stage.caller(await stage.unit())
    strong = with_token(caller, (await created(caller, "token."))["token"])
    weak = with_token(caller, (await created(caller, "task."))["token"])
    body = {"name": "x", "scopes": ["read"]}
    assert (code_of(await strong.post("/v1/personal-tokens", body)))[1] == "token_by_token"
    assert (code_of(await weak.post("/v1/personal-tokens", body)))[1] == "not_allowed"
    assert (await weak.data(CREATE, input=body))["it"] == {"code": "not_allowed", "status": 403}


# -- ending ----------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def another_process(database: Database) -> AsyncIterator[httpx2.AsyncClient]:
    """Doors over the same database that share no memory with the first."""
    second = await Database.open(database.addresses)
    house = await wired(Settings(database_url=None, rate_per_minute=1_000_000), second)
    transport = httpx2.ASGITransport(app=build(house))
    try:
        async with httpx2.AsyncClient(transport=transport, base_url="http://bayro.test") as client:
            yield client
    finally:
        await second.close()


NOWHERE = "01a200e9-f554-73bc-b3a4-636efef01eb1"
STALE = {"headers": {"If-Match": '"99"'}}


async def graph_code(caller: Caller, query: str, **variables: Any) -> tuple[int, str]:
    """The status and code of a GraphQL answer, whether it is refused as a whole or as typed data."""
    answer = await caller.post("/graphql", {"query": query, "variables": variables})
    document = answer.json()
    if document.get("errors"):
        return answer.status_code, document["errors"][0]["extensions"]["code"]
    typed = document["data"].get("it", {})
    return typed.get("status", answer.status_code), typed.get("code", "")


DOORS: dict[str, Callable[[Caller, Any], Awaitable[tuple[int, str]]]] = {
    "list": lambda one, _: got(one, "/v1/units"),
    "one": lambda one, unit: got(one, f"/v1/units/{unit}"),
    "missing": lambda one, _: got(one, f"/v1/units/{NOWHERE}"),
    "me": lambda one, _: got(one, "/v1/me"),
    "limits": lambda one, _: got(one, "/v1/limits"),
    "annex": lambda one, _: got(one, f"/v1/programmes/{NOWHERE}/annex.xlsx"),
    "graphql query": lambda one, _: graph_code(one, "{ units(first: 1) { nodes { id } } }"),
    "graphql mutation": lambda one, _: graph_code(one, REVOKE, id=NOWHERE),
    "command": lambda one, unit: sent(one, "/v1/units", unit_body("X", unit)),
    "dry run": lambda one, unit: sent(one, "/v1/units?dry_run=true", unit_body("Y", unit)),
    "annex in": lambda one, _: sent_annex(one),
    "refused command": lambda one, unit: sent(one, f"/v1/units/{unit}:rename", {"name": "x"}, **STALE),
}


async def got(caller: Caller, path: str) -> tuple[int, str]:
    return code_of(await caller.get(path))


async def sent(caller: Caller, path: str, body: Any, **options: Any) -> tuple[int, str]:
    return code_of(await caller.post(path, body, **options))


async def sent_annex(caller: Caller) -> tuple[int, str]:
    head = {"Content-Type": "text/csv"}
    path = f"/v1/imports?programme_id={NOWHERE}&file_name=x.csv"
    return code_of(await caller.post(path, headers=head, content=b"no annex at all"))


@pytest.mark.parametrize("first", DOORS)
@pytest.mark.parametrize("how", ["revoked", "disabled"])
async def test_every_door_of_every_process_notices_at_its_next_request(
    stage: Stage, database: Database, how: str, first: str
) -> None:
    unit = await stage.unit()
    caller = await stage.caller(unit)
    made = await created(caller, "unit.", "token.")
    async with another_process(database) as client:
        there = Caller(client, caller.id, made["token"])
        before = {name: (await ask(there, unit))[0] for name, ask in DOORS.items()}
        assert (before["command"], before["one"], before["refused command"]) == (201, 200, 412)
        assert 401 not in before.values()
        if how == "revoked":
            assert (await caller.post(f"/v1/personal-tokens/{made['id']}:revoke")).status_code == 200
        else:
            async with stage.act() as act:
                await people.amend(act, caller.id, AmendPerson(disabled=True))
        # Another one first in each run: no door may wait for another to notice.
        for name in (first, *DOORS):
            assert (name, await DOORS[name](there, unit)) == (name, (401, "token_invalid"))


async def test_a_revoked_token_leaves_nothing_of_a_command_it_had_begun(stage: Stage) -> None:
    unit = await stage.unit()
    caller = await stage.caller(unit)
    made = await created(caller, "unit.")
    there = with_token(caller, made["token"])
    assert (await there.get("/v1/units")).status_code == 200
    await caller.post(f"/v1/personal-tokens/{made['id']}:revoke")
    assert code_of(await there.post("/v1/units", unit_body("MOI", unit))) == (401, "token_invalid")
    assert (await caller.get("/v1/units?code=MOI")).json()["items"] == []


async def test_a_token_ends_on_its_day_to_the_second(stage: Stage) -> None:
    caller = await stage.caller(await stage.unit())
    made = await created(caller, days=1)
    there = with_token(caller, made["token"])
    for seconds, status in ((0, 200), (86_390, 200), (86_401, 401), (86_431, 401)):
        with clock.stopped_at(clock.now() + timedelta(seconds=seconds)):
            assert (seconds, (await there.get("/v1/me")).status_code) == (seconds, status)


async def test_a_token_may_revoke_itself_and_is_revoked_once(stage: Stage) -> None:
    caller = await stage.caller(await stage.unit())
    made = await created(caller, "token.revoke")
    there = with_token(caller, made["token"])
    answer = await there.post(f"/v1/personal-tokens/{made['id']}:revoke")
    assert (answer.status_code, answer.json()["live"]) == (200, False)
    assert code_of(await there.get("/v1/me")) == (401, "token_invalid")
    again = await caller.data(REVOKE, id=made["id"])
    assert again["it"] == {"code": "token_already_revoked", "status": 409}


async def test_what_is_no_token_of_ours_costs_no_statement(stage: Stage) -> None:
    caller = await stage.caller(await stage.unit())
    good = (await created(caller))["token"]
    async with heard(stage.house.database) as notes:
        for text in (good[:-1] + ("0" if good[-1] != "0" else "1"), "br_pat_", good + "0", good.lower()):
            assert code_of(await with_token(caller, text).get("/v1/me")) == (401, "token_invalid")
    assert notes == []
    unknown = tokens.text_of(bytes(32))
    assert code_of(await with_token(caller, unknown).get("/v1/me")) == (401, "token_invalid")


# -- the record ------------------------------------------------------------------------------------------------------


async def test_creating_and_revoking_stand_in_the_record_without_secret_or_digest(stage: Stage) -> None:
    caller = await stage.caller(await stage.unit())
    made = await created(caller, "task.")
    await caller.post(f"/v1/personal-tokens/{made['id']}:revoke", {"reason": "lộ mã"})
    async with lent(stage.house.database.act) as connection:
        rows = await connection.fetch(
            "SELECT entry FROM audit.event WHERE obj = $1 ORDER BY seq", f"token:{made['id']}"
        )
        told = await connection.fetch(
            "SELECT type, detail FROM outbox WHERE obj = $1 ORDER BY seq", f"token:{made['id']}"
        )
    entries = [json.loads(bytes(row["entry"])) for row in rows]
    assert [(one["act"], one["capacity"], one["power"]) for one in entries] == [
        ("token.created", "self", "token.create"),
        ("token.revoked", "self", "token.revoke"),
    ]
    assert {one["actor"] for one in entries} == {str(caller.id)}
    assert set(entries[0]["after"]["personal_token"][made["id"]]) == {
        *("id", "person_id", "name", "scopes", "expires_at", "revoked_at", "version", "created_at")
    }
    assert entries[1]["reason"] == "lộ mã"
    assert [row["type"] for row in told] == ["token.created", "token.revoked"]
    assert set(told[0]["detail"]) == {"scopes", "until"}
