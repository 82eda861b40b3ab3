"""`/graphql`: GraphQL over HTTP, both media types; queries compiled, the rest through the schema's own executor."""

import json
from typing import Any
from urllib.parse import parse_qsl

from graphql import ExecutionResult, GraphQLError, OperationDefinitionNode, execute
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from app.core.canonical import encoded
from app.core.errors import Refused
from app.core.graph.bounds import COST
from app.core.graph.mutations import Calling, plug_in
from app.core.graph.queries import Compiled, Prepared, Queries, QueryFailed, is_query
from app.core.graph.schema import Schema
from app.core.graph.selecting import Selecting
from app.core.house import House
from app.core.web.answers import Headers, challenge, headers_of, send_problem, send_raw
from app.core.web.callers import Callers
from app.core.web.commands import body_of, json_of
from app.core.web.problems import language_of, shown
from app.core.words import (
    INTERNAL,
    MEDIA_TYPE_UNSUPPORTED,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    QUERY_INVALID,
    REQUEST_MALFORMED,
)

JSON, GRAPHQL_JSON = "application/json", "application/graphql-response+json"
UNITS = 10  # one request of the allowance buys this much cost


class GraphDoor:
    """The GraphQL endpoint as an ASGI application; making it makes the schema."""

    def __init__(self, house: House, callers: Callers) -> None:
        self.house = house
        self.callers = callers
        self.schema = Schema(house)
        plug_in(house, self.schema)
        self.queries = Queries(house, self.schema)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        try:
            kind = media_type(headers_of(scope).get(b"accept", b"").decode("latin-1"))
            request = await self.request(Request(scope, receive))
        except Refused as refused:
            await send_problem(scope, send, refused)
            return
        await self.respond(scope, send, request, kind)

    async def request(self, request: Request) -> dict[str, Any]:
        """The parameters of a request. Raises Refused where it is not GraphQL over HTTP."""
        if request.method == "GET":
            return self.from_query(request)
        if request.method != "POST":
            raise Refused(METHOD_NOT_ALLOWED, open="GET, POST", headers={"Allow": "GET, POST"})
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != JSON:
            raise Refused(MEDIA_TYPE_UNSUPPORTED, expected=JSON)
        # An annex may come inside a mutation as base64, a third longer than the file.
        limit = self.house.settings.max_body_bytes + self.house.settings.import_max_bytes * 4 // 3
        return checked(json_of(await body_of(request, limit)))

    def from_query(self, request: Request) -> dict[str, Any]:
        """Parameters of a GET request; mutations are refused later."""
        given: dict[str, Any] = dict(parse_qsl(request.url.query, keep_blank_values=True))
        for name in ("variables", "extensions"):
            if name in given:
                given[name] = json_of(given[name].encode())
        return checked({**given, "get": True})

    async def respond(self, scope: Scope, send: Send, request: dict[str, Any], kind: str) -> None:
        """Runs the request and answers; what is refused before execution has no `data`."""
        asked = headers_of(scope)
        language = language_of(asked.get(b"accept-language", b"").decode("latin-1"))
        try:
            prepared = self.queries.prepared(request["query"])
            operation = prepared.operation(request.get("operationName"))
            if request.get("get") and not is_query(operation):
                raise Refused(METHOD_NOT_ALLOWED, open="POST", headers={"Allow": "POST"})
            body = await self.executed(asked, prepared, operation, request, Calling(None, language, None))
        except QueryFailed as failed:
            await self.send(send, scope, kind, 400, {"errors": [coded(one) for one in failed.errors]})
        except Refused as refused:
            await self.refuse(send, scope, kind, refused, language)
        else:
            await send_raw(send, 200, _headers(kind), body, scope)

    async def executed(
        self,
        asked: Headers,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        request: dict[str, Any],
        calling: Calling,
    ) -> bytes:
        """The answer's bytes."""
        variables, formed = self.queries.variables(operation, request.get("variables") or {})
        if is_query(operation):
            compiled = self.queries.compiled(prepared, operation, variables, formed)
            return await self.query(asked, prepared, request, compiled, variables)
        calling.actor = await self.callers.known(asked.get(b"authorization"))
        calling.selecting = Selecting(self.house.registry, prepared.fragments, variables)
        return await self.through_executor(prepared, request, calling, None)

    async def query(
        self,
        asked: Headers,
        prepared: Prepared,
        request: dict[str, Any],
        compiled: Compiled,
        variables: dict[str, Any],
    ) -> bytes:
        """A compiled query. The contract itself (introspection, `__typename`) is open to everybody."""
        if compiled.plan is None:
            return await self.through_executor(prepared, request, Calling(None, "vi", None), {})
        actor = await self.callers.known(asked.get(b"authorization"), cost=max(1, compiled.cost // UNITS))
        body, actor = await self.queries.run(compiled.plan, actor, variables)
        if compiled.introspects:
            calling = Calling(actor, "vi", None, compiled.cost)
            return await self.through_executor(prepared, request, calling, json.loads(body)["data"])
        return body[:-1] + b',"extensions":{"cost":{"value":%d,"limit":%d}}}' % (compiled.cost, COST)

    async def through_executor(
        self, prepared: Prepared, request: dict[str, Any], calling: Calling, root: Any
    ) -> bytes:
        """The schema's own executor: introspection and mutations, one field after the other."""
        outcome = execute(
            self.schema.graphql,
            prepared.document,
            root_value=root,
            context_value=calling,
            variable_values=request.get("variables") or {},
            operation_name=request.get("operationName"),
        )
        result: ExecutionResult = outcome if isinstance(outcome, ExecutionResult) else await outcome
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [_masked(one, calling) for one in result.errors]
        answer["extensions"] = {"cost": {"value": calling.cost, "limit": COST}}
        return encoded(answer)

    async def refuse(self, send: Send, scope: Scope, kind: str, refused: Refused, language: Any) -> None:
        """A refusal before execution, as a GraphQL error with the code REST gives."""
        extensions: dict[str, Any] = {
            "code": refused.refusal.code,
            "title": refused.refusal.title.of(language),
        }
        if refused.flaws:
            extensions["errors"] = [shown(flaw, language) for flaw in refused.flaws]
        error = {"message": refused.detail.of(language), "extensions": extensions}
        extra = [(name.lower().encode(), value.encode()) for name, value in refused.headers.items()]
        extra += challenge(refused)
        await self.send(send, scope, kind, refused.refusal.status, {"errors": [error]}, extra)

    async def send(
        self,
        send: Send,
        scope: Scope,
        kind: str,
        status: int,
        document: dict[str, Any],
        extra: list[tuple[bytes, bytes]] | None = None,
    ) -> None:
        """A document without data: under application/json a well-formed request keeps status 200 (GraphQL over HTTP §6.4.1)."""
        kept = status if kind == GRAPHQL_JSON or status in {401, 405, 429, 503} else 200
        await send_raw(send, kept, [*_headers(kind), *(extra or [])], encoded(document), scope)


def _headers(kind: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", f"{kind}; charset=utf-8".encode()),
        (b"cache-control", b"private, no-cache"),
        (b"vary", b"Authorization, Accept, Accept-Language"),
    ]


def media_type(accept: str) -> str:
    """The media type to answer in. Raises Refused (not_acceptable)."""
    offered = [part.partition(";")[0].strip().lower() for part in accept.split(",") if part.strip()]
    if GRAPHQL_JSON in offered:
        return GRAPHQL_JSON
    if not offered or {JSON, "*/*", "application/*"} & set(offered):
        return JSON
    raise Refused(NOT_ACCEPTABLE, open=f"{GRAPHQL_JSON}, {JSON}")


def checked(request: Any) -> dict[str, Any]:
    """The request's parameters with their types. Raises Refused (request_malformed)."""
    if not isinstance(request, dict):
        raise Refused(REQUEST_MALFORMED, why="JSON object")
    if not isinstance(request.get("query"), str):
        raise Refused(REQUEST_MALFORMED, why="query: String!")
    for name, kind in (("operationName", str), ("variables", dict), ("extensions", dict)):
        if request.get(name) is not None and not isinstance(request[name], kind):
            raise Refused(REQUEST_MALFORMED, why=f"{name}: {kind.__name__}")
    return request


def coded(error: GraphQLError) -> dict[str, Any]:
    """A GraphQL error with a code."""
    shown_error = dict(error.formatted)
    shown_error["extensions"] = {"code": QUERY_INVALID.code, **(error.extensions or {})}
    return shown_error


def _masked(error: GraphQLError, calling: Calling) -> dict[str, Any]:
    """What of an execution error may leave: our refusals in words, anything else without its inside."""
    if isinstance(error.original_error, Refused):
        refused = error.original_error
        return {
            "message": refused.detail.of(calling.language),
            "path": error.path,
            "extensions": {"code": refused.refusal.code},
        }
    if error.original_error is None:
        return coded(error)
    return {
        "message": INTERNAL.title.of(calling.language),
        "path": error.path,
        "extensions": {"code": INTERNAL.code},
    }
