"""REST commands: each declared `Command` becomes one FastAPI route that reads, carries out and answers."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from fastapi import Request, Response

from app.core.canonical import encoded
from app.core.commands import Done, carried_out, unseen
from app.core.errors import Refused
from app.core.house import Command, House, RawBody
from app.core.idempotency import once
from app.core.inputs import cleaned, strict_json, validated
from app.core.reads.allowed import NAME as ALLOWED
from app.core.reads.allowed import WHOLE
from app.core.reads.compiler import compile_one
from app.core.reads.kinds import BOOLEAN
from app.core.reads.plan import Plan
from app.core.reads.selection import Ask, One, Slot
from app.core.reads.shape import Shape
from app.core.web.answers import tag_of
from app.core.web.callers import Callers
from app.core.web.reads import identity, parameters, value_of
from app.core.web.terms import TERMS, terms
from app.core.words import (
    MEDIA_TYPE_UNSUPPORTED,
    REQUEST_MALFORMED,
    TOO_LARGE,
    VALUE_INVALID,
    VERSION_MISSING,
)

DEEPEST = 40  # levels of JSON; no input has more than a few, and whatever walks it may recurse
JSON_TYPES = {"POST": ("application/json",), "PATCH": ("application/merge-patch+json", "application/json")}


def endpoint(house: House, callers: Callers, command: Command) -> Callable[..., Awaitable[Response]]:
    """The FastAPI endpoint of a command."""
    shape = house.registry[command.gives]
    answers = answers_of(house, shape)
    own = ("dry_run", *(("include",) if ALLOWED in answers else ()))
    accepted = (*own, *(one["name"] for one in (command.raw.parameters if command.raw else ())))

    async def run(request: Request) -> Response:
        actor = await callers.known(_header(request, "authorization"))
        asked = parameters(request.scope, accepted)
        dry_run = value_of("dry_run", BOOLEAN, asked.get("dry_run", "false"))
        answer = answers.get(asked.get("include"))
        if answer is None:
            raise Refused(VALUE_INVALID, name="include", expected=ALLOWED)
        body = await body_of(
            request, command.raw.limit(house.settings) if command.raw else house.settings.max_body_bytes
        )
        document = (
            raw_document(request, command.raw, {k: one for k, one in asked.items() if k not in own}, body)
            if command.raw
            else document_of(request, command, body)
        )
        said = terms(
            document,
            dry_run=dry_run,
            expected_version=version_of(request.headers.get("if-match")) if command.on else None,
        )
        given = validated(
            command.input, {name: value for name, value in document.items() if name not in TERMS}
        )
        target = identity(request.path_params["id"]) if command.on else None
        # What stands in the address belongs to the request as much as its body does.
        sent = request.scope["query_string"] + b"\n" + body
        key = once(request.headers.get("idempotency-key"), f"{command.name}/{target}", sent)
        done = await carried_out(house, command, actor, given, said, answer=answer, target=target, key=key)
        return answered(done, dry_run=dry_run)

    return run


def answers_of(house: House, shape: Shape) -> dict[str | None, Plan]:
    """How the thing is answered by what `include` says: whole, or with what the caller may do with it next."""
    whole = tuple(Ask(one.name, one.name) for one in shape.fields)
    asks = {None: whole, **({ALLOWED: (*whole, WHOLE)} if shape.name in house.registry.verbs else {})}
    return {
        word: compile_one(house.registry, One(shape.name, Slot(("id",)), of), door="rest")
        for word, of in asks.items()
    }


def _header(request: Request, name: str) -> bytes | None:
    value = request.headers.get(name)
    return value.encode("latin-1") if value is not None else None


async def body_of(request: Request, limit: int) -> bytes:
    """The body, never more than `limit` bytes of it. Raises Refused (too_large)."""
    if int(request.headers.get("content-length") or 0) > limit:
        raise Refused(TOO_LARGE, limit=f"{limit:,} B")
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise Refused(TOO_LARGE, limit=f"{limit:,} B")
        parts.append(part)
    return b"".join(parts)


def json_of(body: bytes) -> Any:
    """The JSON value of a body. Raises Refused (request_malformed), also for lone surrogates and deep nesting."""
    value = strict_json(body)
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for one in level if isinstance(one, (dict, list)) for inner in _inside(one)]
        if not level:
            return _encodable(value)
    raise Refused(REQUEST_MALFORMED, why=f"JSON nesting > {DEEPEST}")


def _inside(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _encodable(value: Any) -> Any:
    try:
        encoded(value)
    except UnicodeEncodeError:
        raise Refused(REQUEST_MALFORMED, why="lone surrogate") from None
    return value


def document_of(request: Request, command: Command, body: bytes) -> dict[str, Any]:
    """The JSON object sent; an empty body is an empty object. Raises Refused."""
    if not body:
        return {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    accepted = JSON_TYPES.get(command.method, JSON_TYPES["POST"])
    if kind not in accepted:
        raise Refused(MEDIA_TYPE_UNSUPPORTED, expected=", ".join(accepted))
    document = cleaned(json_of(body))
    if not isinstance(document, dict):
        raise Refused(REQUEST_MALFORMED, why="JSON object")
    return document


def raw_document(request: Request, raw: RawBody, asked: dict[str, str], body: bytes) -> dict[str, Any]:
    """The input's values of a command whose body is a file. Raises Refused."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in raw.media:
        raise Refused(MEDIA_TYPE_UNSUPPORTED, expected=", ".join(raw.media))
    # The file is for the verb to look through; all that stands beside it is cleaned like any other input.
    beside = {name: one for name, one in raw.values(asked, b"").items() if name in asked}
    return {**raw.values(asked, body), **cleaned(beside)}


def version_of(if_match: str | None) -> int | None:
    """The version part of an If-Match tag; `*` and nothing name no version. Raises Refused (version_missing)."""
    if if_match is None:
        return None
    version = if_match.strip().removeprefix("W/").strip('"').partition(".")[0]
    if not version.isascii() or not version.isdigit() or len(version) > 9:  # noqa: PLR2004 - a version fits an integer
        raise Refused(VERSION_MISSING)
    return int(version)


def answered(done: Done, *, dry_run: bool) -> Response:
    """The answer as REST gives it: body, ETag, receipt, and whether it is a replay or a trial."""
    body = done.body if done.body is not None else unseen(done)
    headers = {
        # Of the thing as it is read: what is shown once is no part of it.
        "ETag": tag_of(body, done.version).decode(),
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    if done.receipt:
        headers["Audit-Receipt"] = ", ".join(
            f"{entry};commitment={commitment}" for entry, commitment in done.receipt[:20]
        )
    if done.replayed:
        headers["Idempotency-Replayed"] = "true"
    if dry_run:
        headers["Dry-Run"] = "true"
    if done.shown:
        body = body[:-1] + b"," + encoded(done.shown)[1:]
    status = 200 if dry_run else done.status
    return Response(body, status, headers, media_type="application/json")
