"""Addresses about the caller and the contract itself: who am I, what may I spend, what do the words mean."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from starlette.responses import JSONResponse

from app.authority.rules import within
from app.core.act import FACTS, Action, Actor
from app.core.canonical import encoded, plain
from app.core.errors import Refusal, Refused
from app.core.graph import bounds
from app.core.house import House, Route
from app.core.reads.compiler import compile_one
from app.core.reads.selection import Ask, One, Slot
from app.core.text import Text
from app.core.web.answers import tag_of
from app.core.web.callers import Callers
from app.core.web.openapi import choices
from app.core.web.problems import language_of
from app.core.web.reads import LARGEST_LIMIT, LIMIT, short
from app.core.words import NOT_FOUND

_CACHE = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Accept-Language"}


def bearer(request: Request) -> bytes | None:
    """The Authorization header as it came."""
    value = request.headers.get("authorization")
    return value.encode("latin-1") if value is not None else None


def me_route(actions: tuple[Action, ...]) -> Route:
    """`/v1/me`: who calls and how he signed in, his posts of today, the powers they carry, the units below which they reach."""

    async def me(house: House, callers: Callers, request: Request) -> Response:
        actor = await callers.known(bearer(request))
        shape = house.registry["Person"]
        plain = tuple(Ask(one.name, one.name) for one in shape.fields)
        of = (*plain, Ask("posts", "posts", short(house, shape, "posts")))
        plan = compile_one(house.registry, One("Person", Slot(("id",)), of), door="rest")
        row, actor = await house.seen(plan, actor, {"id": actor.id})
        if row is None:
            raise Refused(NOT_FOUND)
        carried = [
            one.code for one in actions if any(not right.flaw for right in actor.rights.get(one.code, ()))
        ]
        powers = [one for one in carried if within(actor.scopes, one)]
        reaches = list(dict.fromkeys(str(post.unit_id) for post in actor.posts))
        # The person's own JSON stays as PostgreSQL built it; what only this process knows is added behind it.
        known = {"powers": powers, "reaches": reaches, "sign_in": _sign_in(actor)}
        body = row["body"][:-1] + b"," + encoded(known)[1:]
        tag = tag_of(body, row["version"]).decode()
        headers = {**_CACHE, "ETag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/json", headers=headers)

    return Route("GET", "/v1/me", me, Text("Người đang gọi.", "The caller."), answer=_PERSON)


def _sign_in(actor: Actor) -> dict[str, Any]:
    how = actor.sign_in
    if how is None:
        raise AssertionError("a caller without a sign-in: the doors let nobody else in")
    scopes = None if actor.scopes is None else sorted(actor.scopes)
    return plain({"by": how.by, "until": how.until, "scopes": scopes, "token_id": how.token_id})


async def limits(house: House, callers: Callers, request: Request) -> Response:
    """Every limit a client should know."""
    await callers.caller(bearer(request))
    settings = house.settings
    return JSONResponse(
        {
            "requests_per_minute": settings.rate_per_minute,
            "page": {"default": LIMIT, "largest": LARGEST_LIMIT},
            "body_bytes": settings.max_body_bytes,
            "import": {"bytes": settings.import_max_bytes, "rows": settings.import_max_rows},
            "graphql": {
                "depth": bounds.DEPTH,
                "aliases": bounds.ALIASES,
                "tokens": bounds.TOKENS,
                "directives": bounds.DIRECTIVES,
                "cost": bounds.COST,
            },
            "idempotency_hours": 48,
        },
        headers=_CACHE,
    )


def words_route(
    actions: tuple[Any, ...], refusals: tuple[Refusal, ...], reasons: Mapping[str, Text]
) -> Route:
    """`/v1/words`: every state, kind, action, fact, refusal and reason why not with its labels in both languages."""

    async def words(house: House, _callers: Callers, _request: Request) -> Response:
        return JSONResponse(
            {
                "choices": {
                    name: {word: _both(label) for word, label in kind.labels.items()}
                    for name, kind in sorted(choices(house).items())
                },
                "actions": {one.code: _both(one.words) for one in actions},
                "facts": {code: _both(fact.words) for code, fact in sorted(FACTS.items())},
                "reasons": {code: _both(label) for code, label in reasons.items()},
                "refusals": {one.code: {"status": one.status, "title": _both(one.title)} for one in refusals},
            }
        )

    return Route(
        "GET",
        "/v1/words",
        words,
        Text("Từ ngữ dùng trong dịch vụ.", "The words the service uses."),
        answer=_OBJECT,
        public=True,
    )


def problems_route(refusals: tuple[Refusal, ...]) -> Route:
    """`/v1/problems/{code}`: what a problem's `type` points at."""
    known = {one.code: one for one in refusals}

    async def problem(_house: House, _callers: Callers, request: Request) -> Response:
        found = known.get(request.path_params["code"])
        if found is None:
            raise Refused(NOT_FOUND)
        language = language_of(request.headers.get("accept-language"))
        return JSONResponse(
            {
                "code": found.code,
                "status": found.status,
                "title": found.title.of(language),
                "detail": found.detail.of(language),
            }
        )

    code = {"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}
    return Route(
        "GET",
        "/v1/problems/{code}",
        problem,
        Text("Nghĩa của một mã lỗi.", "What a problem code means."),
        (code,),
        answer=_OBJECT,
        public=True,
    )


def _both(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


_OBJECT = {"content": {"application/json": {"schema": {"type": "object"}}}}
_ME = {
    "allOf": [
        {"$ref": "#/components/schemas/Person"},
        {
            "type": "object",
            "required": ["powers", "reaches", "sign_in"],
            "properties": {
                "powers": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "codes of the powers the posts carry, as far as the token leaves them",
                },
                "reaches": {
                    "type": "array",
                    "items": {"type": "string", "format": "uuid"},
                    "description": "units below which he sees",
                },
                "sign_in": {
                    "type": "object",
                    "description": "how he signed in",
                    "required": ["by", "until", "scopes", "token_id"],
                    "properties": {
                        "by": {"type": "string", "enum": ["oidc", "personal_token", "demo"]},
                        "until": {"type": "string", "format": "date-time", "description": "end of the token"},
                        "scopes": {
                            "type": ["array", "null"],
                            "items": {"type": "string"},
                            "description": "what a personal token narrows the powers to; null: nothing",
                        },
                        "token_id": {
                            "type": ["string", "null"],
                            "format": "uuid",
                            "description": "the personal token",
                        },
                    },
                },
            },
        },
    ]
}
_PERSON = {"content": {"application/json": {"schema": _ME}}}
ROUTES = (Route("GET", "/v1/limits", limits, Text("Các giới hạn.", "The limits."), answer=_OBJECT),)
