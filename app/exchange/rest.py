"""The one address of exchange that is neither list nor command: a programme's annexes as a file."""

from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response

from app.core.act import Actor
from app.core.database import lent
from app.core.errors import Refused
from app.core.house import House, Route
from app.core.text import Text
from app.core.web.callers import Callers
from app.core.web.reads import identity
from app.core.words import NOT_FOUND
from app.exchange import queries
from app.exchange.outgoing import MEDIA, workbook
from app.programmes.shapes import PROGRAMME_VISIBLE

_PROGRAMME = queries.OUT_PROGRAMME.replace(
    "{visible}", PROGRAMME_VISIBLE.replace("{t}", "t").replace("{reach}", "($2::uuid[])")
)


async def annex(house: House, callers: Callers, request: Request) -> Response:
    """The programme's annexes as XLSX, of what the caller may see."""
    value = request.headers.get("authorization")
    actor = await callers.caller(value.encode("latin-1") if value else None, cost=10)
    code, body = await exported(house, actor, identity(request.path_params["id"]))
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(code)}.xlsx",
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, media_type=MEDIA, headers=headers)


async def exported(house: House, actor: Actor, programme_id: UUID) -> tuple[str, bytes]:
    """The programme's code and its annexes as XLSX. Raises Refused (not_found)."""
    # Three reads of one moment: a programme that changes in between must not come out mixed.
    async with (
        lent(house.database.read) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        programme = await connection.row(_PROGRAMME, programme_id, actor.reach)
        if programme is None:
            raise Refused(NOT_FOUND)
        tasks = await connection.rows(queries.OUT_TASKS, programme_id, actor.reach)
        indicators = await connection.rows(queries.OUT_INDICATORS, programme_id)
    return programme["code"], workbook(
        programme["title"], [dict(row) for row in tasks], [dict(row) for row in indicators]
    )


ROUTES = (
    Route(
        "GET",
        "/v1/programmes/{id}/annex.xlsx",
        annex,
        Text(
            "Phụ lục của chương trình dạng XLSX, theo nguyên văn.",
            "The programme's annexes as XLSX, in their original words.",
        ),
        answer={"content": {MEDIA: {"schema": {"type": "string", "format": "binary"}}}},
    ),
)
