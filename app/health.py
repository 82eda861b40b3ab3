"""Health and figures for operators: alive, ready (database, migrations, guards, lines of defence), metrics."""

from typing import Any

from fastapi import Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse

from app.core.database import lent
from app.core.errors import Refused
from app.core.house import House, Route
from app.core.reads.policy_ddl import POLICY
from app.core.text import Text
from app.revisions import State, newest
from app.rights import BOUND
from app.tables import guarded

_GUARDS = (
    "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND tgname = ANY($1)"
)
# Asked as the role of changes: whom row-level security does not bind, as a table's owner, has no second line.
_BOUND = """SELECT count(*) FROM pg_policies WHERE policyname = $1 AND current_user = ANY(roles)
  AND row_security_active(format('%I.%I', schemaname, tablename)::regclass)"""
_REVISION = "SELECT version_num FROM alembic_version"
_DEMO_ISSUER = "SELECT EXISTS (SELECT 1 FROM demo_issuer)"


async def livez(_house: House, _callers: Any, _request: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "alive"})


async def readyz(house: House, _callers: Any, _request: Request) -> Response:
    """Whether requests can be served, and which lines of defence are in force."""
    try:
        async with lent(house.database.read) as connection:
            state = State(await connection.one(_REVISION), newest())
            guards = [f"{table}_has_entry" for table, _, _ in guarded()] + [
                "event_is_append_only",
                "entry_index_is_append_only",
            ]
            missing = len(guards) - await connection.one(_GUARDS, guards)
            # An older database does not let this role ask.
            demo_issuer = state.word == "current" and await connection.one(_DEMO_ISSUER)
        async with lent(house.database.act) as connection:
            bound = await connection.one(_BOUND, POLICY)
    except (Refused, OSError) as error:
        return JSONResponse({"status": "not_ready", "database": type(error).__name__}, status_code=503)
    ready = state.word == "current" and missing == 0
    report = {
        "status": "ready" if ready else "not_ready",
        "migrations": state.word,
        "revision": state.at,
        "guards_missing": missing,
        "roles_apart": not house.database.addresses.single_role,
        "row_level_security": bound == len(BOUND),
        "oidc": house.settings.oidc_issuer is not None,
        "demo_issuer": demo_issuer,
    }
    return JSONResponse(report, status_code=200 if ready else 503)


async def metrics(_house: House, _callers: Any, _request: Request) -> Response:
    """Prometheus text."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


_DOCUMENT = {"content": {"application/json": {"schema": {"type": "object"}}}}
ROUTES = (
    Route(
        "GET",
        "/livez",
        livez,
        Text("Tiến trình còn chạy.", "The process is alive."),
        answer=_DOCUMENT,
        public=True,
    ),
    Route(
        "GET", "/readyz", readyz, Text("Sẵn sàng phục vụ.", "Ready to serve."), answer=_DOCUMENT, public=True
    ),
    Route(
        "GET",
        "/metrics",
        metrics,
        Text("Số đo vận hành.", "Operating figures."),
        answer={"content": {"text/plain": {"schema": {"type": "string"}}}},
        public=True,
    ),
)
