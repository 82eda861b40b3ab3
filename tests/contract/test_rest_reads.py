"""Conventions of every REST read, generated from the nouns the house shows."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from contract.conftest import Demo
from hypothesis import given
from hypothesis import strategies as st

from app.core.house import Resource
from app.core.ids import new_id
from app.core.reads.compiler import filters_of
from app.core.reads.kinds import TEXT
from app.core.reads.values import read_value
from app.wiring import commands, refusals, registry, resources

REGISTRY = registry()
RESOURCES = resources()
ONES = [one for one in RESOURCES if one.one]
every_noun = pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.path)
every_one = pytest.mark.parametrize("resource", ONES, ids=lambda one: one.path)


def address(resource: Resource, query: str = "") -> str:
    """The list's address; a search always names its words."""
    parts = [*(["q=van"] if resource.path == "search" else []), *([query] if query else [])]
    return f"/v1/{resource.path}" + (f"?{'&'.join(parts)}" if parts else "")


async def some(demo: Demo, resource: Resource) -> str:
    """The address of one thing of a noun; skips where the demo has none."""
    items = (await demo.secretary.get(address(resource, "limit=1"))).json()["items"]
    if not items:
        pytest.skip(f"the demo has no {resource.path}")
    return f"/v1/{resource.path}/{items[0]['id']}"


def wrong_queries(resource: Resource) -> Iterator[tuple[str, str]]:
    """Queries nobody may send to the list, with the code of the refusal."""
    yield "no_such=1", "parameter_unknown"
    yield "LIMIT=5", "parameter_unknown"
    for limit in ("0", "201", "-1", "x", "", "1.5", "٣", "1e2", "99999999999999999999"):
        yield f"limit={limit}", "value_invalid"
    yield "limit=5&limit=5", "value_invalid"
    yield "sort=no_such", "value_invalid"
    yield "sort=--id", "value_invalid"
    yield "sort=", "value_invalid"
    yield "count=yes", "value_invalid"
    yield "fields=no_such", "value_invalid"
    yield "fields=", "value_invalid"
    yield "fields=version,version" if resource.one else "fields=title,title", "value_invalid"
    yield "include=no_such", "value_invalid"
    yield "after=x&before=x", "value_invalid"
    yield "after=", "cursor_invalid"
    yield "after=%00", "cursor_invalid"
    yield "before=bm8", "cursor_invalid"
    yield "&", "value_invalid"
    yield "sort", "value_invalid"
    yield "%ff=1", "value_invalid"
    for name, one in filters_of(REGISTRY[resource.shape]).items():
        if name == "q" and resource.path == "search":
            continue
        wrong = "%00" if one.kind == TEXT else "~"
        yield f"{name}={wrong}", "value_invalid"
        if one.kind != TEXT:
            yield f"{name}=", "value_invalid"
        if one.many:
            yield f"{name}={wrong},{wrong}", "value_invalid"
        yield f"{name}=a&{name}=a", "value_invalid"


@every_noun
async def test_what_a_list_does_not_know_is_refused_and_never_ignored(demo: Demo, resource: Resource) -> None:
    found = {}
    for query, code in wrong_queries(resource):
        answer = await demo.secretary.get(address(resource, query))
        if (answer.status_code, answer.json().get("code")) != (400, code):
            found[query] = (answer.status_code, answer.json().get("code"), code)
    assert found == {}


@every_one
async def test_what_a_single_read_does_not_know_is_refused(demo: Demo, resource: Resource) -> None:
    one = await some(demo, resource)
    queries = {
        "no_such=1": "parameter_unknown",
        "limit=1": "parameter_unknown",
        "fields=no_such": "value_invalid",
    }
    queries |= {"include=no_such": "value_invalid", "fields=id&fields=id": "value_invalid"}
    for query, code in queries.items():
        answer = await demo.secretary.get(f"{one}?{query}")
        assert (query, answer.status_code, answer.json()["code"]) == (query, 400, code)


@every_noun
async def test_fields_narrow_to_exactly_what_is_named(demo: Demo, resource: Resource) -> None:
    for field in REGISTRY[resource.shape].fields:
        answer = await demo.secretary.get(address(resource, f"limit=3&fields={field.name}"))
        assert answer.status_code == 200
        assert [list(one) for one in answer.json()["items"]] == [[field.name]] * len(answer.json()["items"])


@every_one
async def test_include_widens_by_each_edge_of_the_allow_list_and_no_other(
    demo: Demo, resource: Resource
) -> None:
    plain = {field.name for field in REGISTRY[resource.shape].fields}
    for edge in resource.include:
        answer = await demo.secretary.get(address(resource, f"limit=3&include={edge}"))
        assert answer.status_code == 200, answer.text
        assert all(set(one) == plain | {edge} for one in answer.json()["items"])
    others = {edge.name for edge in REGISTRY[resource.shape].edges} - {*resource.include}
    for edge in others:
        assert (await demo.secretary.get(address(resource, f"include={edge}"))).status_code == 400


@every_noun
async def test_an_answer_known_already_is_304_without_a_body(demo: Demo, resource: Resource) -> None:
    addresses = [address(resource, "limit=2")] + (
        [await some(demo, resource)] if resource.one and resource.path != "imports" else []
    )
    for one in addresses:
        first = await demo.secretary.get(one)
        tag = first.headers["etag"]
        again = await demo.secretary.get(one, headers={"If-None-Match": f'"0.other", {tag}'})
        weak = await demo.secretary.get(one, headers={"If-None-Match": f"W/{tag}"})
        changed = await demo.secretary.get(one, headers={"If-None-Match": '"0.other"'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert (weak.status_code, changed.status_code) == (304, 200)
        assert changed.content == first.content


@every_noun
async def test_head_answers_as_get_without_the_body(demo: Demo, resource: Resource) -> None:
    one = address(resource, "limit=2")
    headers = {**demo.secretary.headers, "Accept-Encoding": "identity"}
    get = await demo.client.get(one, headers=headers)
    head = await demo.client.head(one, headers=headers)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "content-length", "cache-control", "vary"):
        assert head.headers[name] == get.headers[name]


async def test_a_compressed_answer_has_a_tag_of_its_own(demo: Demo) -> None:
    headers = {**demo.secretary.headers, "Accept-Encoding": "identity"}
    plain = await demo.client.get("/v1/units", headers=headers)
    async with demo.client.stream(
        "GET", "/v1/units", headers={**headers, "Accept-Encoding": "gzip"}
    ) as small:
        raw = b"".join([part async for part in small.aiter_raw()])
    declined = await demo.client.get(
        "/v1/units", headers={**headers, "Accept-Encoding": "gzip;q=0, identity"}
    )

    assert small.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert small.headers["etag"] == plain.headers["etag"][:-1] + '.gzip"'
    assert "content-encoding" not in declined.headers


async def test_no_answer_may_be_shared_between_callers(demo: Demo) -> None:
    for path in ("/v1/tasks", "/v1/me", "/v1/limits", f"/v1/tasks/{new_id()}"):
        answer = await demo.secretary.get(path)
        assert answer.headers["cache-control"] == "private, no-cache"
        assert "Authorization" in answer.headers["vary"]


@every_one
async def test_no_id_an_unknown_id_and_a_malformed_one_are_not_found_alike(
    demo: Demo, resource: Resource
) -> None:
    tails = [str(new_id()), "no-id", "1", "%00", "%F0%9F%98%80", "..%2Fme", "a" * 3_000, ""]
    for tail in tails:
        answer = await demo.secretary.get(f"/v1/{resource.path}/{tail}")
        assert (tail, answer.status_code, answer.json()["code"]) == (tail, 404, "not_found")


async def test_what_is_hidden_cannot_be_told_from_what_is_not_there(demo: Demo) -> None:
    shown = {
        one["id"] for one in (await demo.specialist.get("/v1/tasks?limit=200&fields=id")).json()["items"]
    }
    whole = {one["id"] for one in (await demo.secretary.get("/v1/tasks?limit=200&fields=id")).json()["items"]}
    assert shown < whole
    hidden = min(whole - shown)

    answers = [(await demo.specialist.get(f"/v1/tasks/{one}")).json() for one in (hidden, new_id())]
    for answer in answers:
        del answer["instance"], answer["trace_id"]
    assert answers[0] == answers[1]
    counted = await demo.specialist.get("/v1/tasks?limit=1&count=true")
    assert counted.json()["page"]["count"] == len(shown)


PATHS = sorted(
    {f"/v1/{one.path}" for one in RESOURCES}
    | {f"/v1/{one.path}/{{id}}" for one in ONES}
    | {one.path for one in commands()}
    | {"/v1/me", "/v1/limits", "/v1/words", "/livez", "/openapi.json", "/graphql"}
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@pytest.mark.parametrize("path", PATHS)
async def test_a_method_that_is_not_taken_is_405_with_those_that_are(demo: Demo, path: str) -> None:
    contract = (await demo.client.get("/openapi.json")).json()["paths"]
    taken = {one.upper() for one in contract.get(path, {})} or (
        {"GET", "POST"} if path == "/graphql" else {"GET"}
    )
    taken |= {"HEAD"} if "GET" in taken and path != "/graphql" else set()
    for method in METHODS:
        answer = await demo.client.request(
            method, path.replace("{id}", str(new_id())), headers=demo.secretary.headers
        )
        assert (answer.status_code == 405) is (method not in taken), (method, answer.status_code)
        if answer.status_code == 405:
            assert {one.strip() for one in answer.headers["allow"].split(",")} >= taken - {"HEAD"}
            assert {one.strip() for one in answer.headers["allow"].split(",")} <= taken | {"HEAD"}


@pytest.mark.parametrize(
    "path", ["/v1/no_such", "/v1", "/v1/search/x", "/v1/tasks/x/y", "/no", f"/v1/tasks/{new_id()}:no-verb"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_an_address_that_is_not_there_is_404_whatever_the_method(
    demo: Demo, path: str, method: str
) -> None:
    answer = await demo.client.request(method, path, headers=demo.secretary.headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/v1/me", "/v1/limits", "/v1/words", "/v1/problems/not_found", "/livez"])
async def test_the_other_addresses_refuse_what_they_do_not_know_too(demo: Demo, path: str) -> None:
    answer = await demo.secretary.get(f"{path}?no_such=1")
    assert (answer.status_code, answer.json()["code"]) == (400, "parameter_unknown")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "token_missing"),
        ("", "token_missing"),
        ("Basic YTpi", "token_missing"),
        ("Bearer", "token_missing"),
        ("Bearer x", "token_invalid"),
        ("Bearer a.b.c", "token_invalid"),
        ("Bearer " + "x" * 20_000, "token_invalid"),
        ("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "token_invalid"),
    ],
)
async def test_a_caller_unknown_is_401_with_a_challenge(demo: Demo, header: str | None, code: str) -> None:
    headers = {} if header is None else {"Authorization": header}
    for path in ("/v1/tasks", f"/v1/tasks/{new_id()}", "/v1/me"):
        answer = await demo.client.get(path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, code)
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("refusal", refusals(), ids=lambda one: one.code)
async def test_the_type_of_every_problem_is_an_address_that_explains_it(demo: Demo, refusal: Any) -> None:
    answers = {
        language: await demo.client.get(f"/v1/problems/{refusal.code}", headers={"Accept-Language": language})
        for language in ("vi", "en")
    }
    assert {one.status_code for one in answers.values()} == {200}
    assert {one.json()["code"] for one in answers.values()} == {refusal.code}
    assert answers["vi"].json()["title"] == refusal.title.vi
    assert answers["en"].json()["title"] == refusal.title.en


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "vi"),
        ("en", "en"),
        ("en-GB,vi;q=0.5", "en"),
        ("fr, en;q=0.4, vi;q=0.3", "en"),
        ("vi;q=0.9,en;q=0.8", "vi"),
        ("en;q=0", "vi"),
        ("*", "vi"),
        ("en;q=x", "vi"),
        (",,;;=", "vi"),
    ],
)
async def test_a_problem_speaks_the_language_that_is_preferred(
    demo: Demo, accepted: str, language: str
) -> None:
    answer = await demo.secretary.get("/v1/tasks?no_such=1", headers={"Accept-Language": accepted})
    problem = answer.json()
    words = {"vi": "Tham số không có", "en": "Unknown parameter"}[language]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == language
    assert (problem["title"], problem["errors"][0]["message"]) == (words, words)
    assert problem["code"] == "parameter_unknown"
    assert problem["instance"] == "/v1/tasks"
    assert (await demo.client.get(problem["type"])).status_code == 200


@given(st.text(max_size=200))
def test_a_text_is_read_as_it_is_or_refused_but_never_stored_unstorable(raw: str) -> None:
    try:
        words = read_value(TEXT, raw)
    except ValueError:
        assert "\x00" in raw or any("\ud800" <= one <= "\udfff" for one in raw)
    else:
        assert json.loads(json.dumps(words)) == raw
        words.encode()
