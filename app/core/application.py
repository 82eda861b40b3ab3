"""The ASGI application of a house: the read door in front, FastAPI behind it, one handler for what goes wrong."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import asyncpg
import structlog
from fastapi import FastAPI, Request, Response
from prometheus_client import Counter, Histogram
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.errors import Refused
from app.core.graph.entrance import GraphEntrance
from app.core.house import House, Route
from app.core.ids import new_id
from app.core.web.answers import send_problem
from app.core.web.callers import Callers
from app.core.web.commands import endpoint
from app.core.web.reads import ReadDoor, parameters
from app.core.web.site import READ, open_site
from app.core.words import INTERNAL, METHOD_NOT_ALLOWED, NOT_FOUND, NOT_READY

log = structlog.get_logger("bayro.web")
REQUESTS = Counter("bayro_requests", "Requests answered, by class of status", ["status"])
SECONDS = Histogram(
    "bayro_request_seconds",
    "Time to the last byte",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
_BY_CLASS = {number: REQUESTS.labels(f"{number}xx") for number in range(1, 6)}
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


class _ObjectConvertor(StringConvertor):
    """An id in a path ends at the colon: what comes after it is the verb, a part of the address."""

    regex = "[^/:]+"


register_url_convertor("object", _ObjectConvertor())


def build(house: House, *, lifespan: Lifespan | None = None, warm: bool = False) -> ASGIApp:
    """The whole application. `warm` makes the GraphQL door beside the first requests instead of at its own first one."""
    app = FastAPI(
        title="Bảy Rõ",
        version=house.version,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan or _nothing,
    )
    callers = Callers(house)
    for command in house.commands:
        app.add_api_route(
            command.path.replace("{id}", "{id:object}"),
            endpoint(house, callers, command),
            methods=[command.method],
            response_model=None,
            include_in_schema=False,
        )
    for route in house.routes:
        app.add_api_route(
            route.path,
            _route(house, callers, route),
            methods=READ if route.method == "GET" else [route.method],
            response_model=None,
            include_in_schema=False,
        )
    open_site(app, house)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(Exception, _onward)
    app.add_exception_handler(404, _missing(app, house))
    app.add_exception_handler(405, _missing(app, house))
    graph = GraphEntrance(house, callers, app)
    if warm:
        graph.warm()
    reads = ReadDoor(house, callers, graph)
    guarded: ASGIApp = _Outermost(reads)
    if house.settings.cors_origins:
        guarded = CORSMiddleware(
            guarded,
            allow_origins=house.settings.cors_origins,
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=[
                "Authorization",
                "Content-Type",
                "If-Match",
                "If-None-Match",
                "Idempotency-Key",
                "Accept-Language",
            ],
            expose_headers=[
                "ETag",
                "Link",
                "Audit-Receipt",
                "RateLimit",
                "RateLimit-Policy",
                "Retry-After",
                "Idempotency-Replayed",
            ],
        )
    return guarded


@asynccontextmanager
async def _nothing(_: FastAPI) -> AsyncIterator[None]:
    yield


def _route(house: House, callers: Callers, route: Route) -> Callable[[Request], Awaitable[Response]]:
    accepted = tuple(one["name"] for one in route.parameters if one["in"] == "query")

    async def run(request: Request) -> Response:
        parameters(request.scope, accepted)
        return await route.run(house, callers, request)

    return run


class _Outermost:
    """Counts, times, and turns whatever escaped into a problem: pure ASGI, so that it costs next to nothing."""

    def __init__(self, inner: ASGIApp) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        started, begun = time.perf_counter(), [0]

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun[0] = message["status"]
            await send(message)

        try:
            await self.inner(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the last door: nothing of our inside may leave, everything is logged
            await self._escaped(scope, send, error, answered=bool(begun[0]))
            begun[0] = begun[0] or 500
        _BY_CLASS[begun[0] // 100 or 5].inc()
        SECONDS.observe(time.perf_counter() - started)

    async def _escaped(self, scope: Scope, send: Send, error: Exception, *, answered: bool) -> None:
        trace = new_id().hex
        if isinstance(error, Refused):
            refused = error
        elif isinstance(
            error, (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, ConnectionError, TimeoutError)
        ):
            refused = Refused(NOT_READY, headers={"Retry-After": "2"})
            log.warning("database_unavailable", path=scope["path"], kind=type(error).__name__)
        else:
            refused = Refused(INTERNAL, trace=trace)
            # The kind and the place, never the values: an error's text may quote what was sent.
            log.error(
                "internal",
                trace=trace,
                path=scope["path"],
                method=scope["method"],
                kind=type(error).__name__,
                at=_place(error),
            )
        if not answered:
            await send_problem(scope, send, refused)


def _place(error: BaseException) -> str:
    frames = []
    step = error.__traceback__
    while step is not None:
        frames.append(f"{step.tb_frame.f_code.co_filename.rpartition('/')[2]}:{step.tb_lineno}")
        step = step.tb_next
    return " < ".join(frames[-6:][::-1])


async def _refused(request: Request, error: Exception) -> Response:
    return await _as_response(
        request, error if isinstance(error, Refused) else Refused(INTERNAL, trace=new_id().hex)
    )


async def _onward(_request: Request, error: Exception) -> Response:
    # FastAPI would answer 500 in plain text; the outermost door says it in the contract's words.
    raise error


def _missing(app: FastAPI, house: House) -> Any:
    async def missing(request: Request, _error: Exception) -> Response:
        allowed = allowed_methods(app, house, request.scope)
        if allowed:
            return await _as_response(
                request,
                Refused(METHOD_NOT_ALLOWED, open=", ".join(allowed), headers={"Allow": ", ".join(allowed)}),
            )
        return await _as_response(request, Refused(NOT_FOUND))

    return missing


def allowed_methods(app: FastAPI, house: House, scope: Scope) -> list[str]:
    """The methods an address takes, over all its routes; none where there is no such address."""
    head, _, tail = scope["path"].rpartition("/")
    found: set[str] = set()
    for route in app.routes:
        for method in getattr(route, "methods", None) or ():
            if route.matches({**scope, "method": method})[0] == Match.FULL:
                found.add(method)
    if any(scope["path"] == f"/v1/{one.path}" for one in house.resources):
        found |= {"GET", "HEAD"}
    if ":" not in tail and any(one.one and head == f"/v1/{one.path}" for one in house.resources):
        found |= {"GET", "HEAD"}
    return sorted(found)


async def _as_response(request: Request, refused: Refused) -> Response:
    """The problem as a Response object, for FastAPI's handlers."""
    sent: list[Message] = []

    async def collect(message: Message) -> None:
        sent.append(message)

    await send_problem(request.scope, collect, refused)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Response(sent[1]["body"], sent[0]["status"], headers)
