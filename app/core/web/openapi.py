"""The OpenAPI document, made from the shapes, resources and commands: what is promised is what runs."""

from typing import Any

from pydantic.json_schema import models_json_schema

from app.core.house import SHOWN_ONCE, Command, House, Resource, Route
from app.core.reads.allowed import NAME as ALLOWED
from app.core.reads.allowed import PARTS as ALLOWED_PARTS
from app.core.reads.allowed import SAYS as ALLOWED_SAYS
from app.core.reads.allowed import TYPE as ALLOWED_TYPE
from app.core.reads.kinds import Choice, Kind, Many
from app.core.reads.shape import Edge, Shape
from app.core.web.reads import LARGEST_LIMIT, LIMIT, openings

REF = "#/components/schemas/"
PROBLEM_MEDIA = "application/problem+json"
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457. `code` is for machines and never translated; title and detail follow Accept-Language (vi, en).",
    "required": ["type", "title", "status", "detail", "instance", "code", "trace_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "code": {"type": "string"},
        "trace_id": {"type": "string"},
        "errors": {"type": "array", "items": {"$ref": REF + "Flaw"}},
    },
}
_FLAW: dict[str, Any] = {
    "type": "object",
    "required": ["pointer", "code", "message", "rule"],
    "properties": {
        "pointer": {"type": "string", "description": "JSON pointer, or ?parameter"},
        "code": {"type": "string"},
        "message": {"type": "string"},
        "rule": {"type": ["string", "null"]},
    },
}
_ALLOWED: dict[str, Any] = {
    "type": "object",
    "description": "One command on a thing, and whether the caller may ask it.",
    "required": list(ALLOWED_PARTS),
    "properties": {
        name: {"type": kind, "description": ALLOWED_PARTS[name]}
        for name, kind in (
            ("action", "string"),
            ("power", "string"),
            ("enabled", "boolean"),
            ("reason", ["string", "null"]),
        )
    },
}
_UNSEEN: dict[str, Any] = {
    "type": "object",
    "description": "The act moved the thing out of the caller's sight.",
    "required": ["id", "visible"],
    "properties": {"id": {"type": "string", "format": "uuid"}, "visible": {"const": False}},
}
_TERMS: dict[str, Any] = {
    "as": {
        "type": "object",
        "description": "in which post and signing capacity the caller acts; the cheapest chain where not given",
        "properties": {
            "post": {"type": "string", "format": "uuid"},
            "capacity": {"type": "string", "maxLength": 20},
        },
    },
    "basis": {"type": "string", "format": "uuid", "description": "document the act rests on"},
    "reason": {"type": "string", "maxLength": 2000},
}


def document(house: House) -> dict[str, Any]:
    """The whole contract of the REST door."""
    inputs = _inputs(house)
    paths: dict[str, dict[str, Any]] = {}
    for resource in house.resources:
        shape = house.registry[resource.shape]
        paths.setdefault(f"/v1/{resource.path}", {})["get"] = _list(house, resource, shape)
        if resource.one:
            paths.setdefault(f"/v1/{resource.path}/{{id}}", {})["get"] = _one(house, resource, shape)
    for command in house.commands:
        paths.setdefault(command.path, {})[command.method.lower()] = _command(house, command)
    for route in house.routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _route(route)
    own = {"Problem": _PROBLEM, "Flaw": _FLAW, "Unseen": _UNSEEN, ALLOWED_TYPE: _ALLOWED}
    schemas = {**own, **_outputs(house), **inputs}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Bảy Rõ",
            "version": house.version,
            "description": "Ai chủ trì, phải làm gì, khi nào, theo thẩm quyền nào, kết quả ra sao — và chứng minh được. / Who leads, what is owed, by when, by what right, with what result — and proof of it.",
        },
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
        "tags": [{"name": one} for one in sorted({_tag(path) for path in paths})],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "responses": {
                "Problem": {
                    "description": "Refused",
                    "content": {PROBLEM_MEDIA: {"schema": {"$ref": REF + "Problem"}}},
                }
            },
        },
    }


# -- outputs -----------------------------------------------------------------------------------------------------


def _outputs(house: House) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for shape in house.registry:  # type: ignore[attr-defined] - Registry iterates shapes
        made[shape.name] = _object(house, shape)
    for resource in house.resources:
        made[f"{resource.shape}Page"] = _page(resource.shape)
    return made


def _object(house: House, shape: Shape) -> dict[str, Any]:
    """A shape whole; included edges come in their short form, a subset of the other shape's fields."""
    properties: dict[str, Any] = {one.name: _value(one.kind, one.says, null=one.null) for one in shape.fields}
    for edge in shape.edges:
        if not edge.paged:
            properties[edge.name] = _edge(house, edge)
    if shape.name in house.registry.verbs:
        listed = {"type": "array", "items": {"$ref": REF + ALLOWED_TYPE}}
        properties[ALLOWED] = {**listed, "description": f"{ALLOWED_SAYS}; only where it is asked for"}
    return {"type": "object", "description": shape.says, "properties": properties}


def _value(kind: Kind, says: str, *, null: bool) -> dict[str, Any]:
    schema = dict(_kind(kind))
    if null and "type" in schema:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    schema["description"] = f"{says}; {schema['description']}" if "description" in schema else says
    return schema


def _kind(kind: Kind) -> dict[str, Any]:
    if isinstance(kind, Many):
        return {"type": "array", "items": _kind(kind.of)}
    return dict(kind.schema)


def _edge(house: House, edge: Edge) -> dict[str, Any]:
    ref = {"$ref": REF + house.registry[edge.to].name}
    if edge.many:
        return {"type": "array", "items": ref, "description": edge.says}
    return (
        {"anyOf": [ref, {"type": "null"}], "description": edge.says}
        if edge.null
        else {"allOf": [ref], "description": edge.says}
    )


def _page(name: str) -> dict[str, Any]:
    cursor = {"type": ["string", "null"]}
    return {
        "type": "object",
        "required": ["items", "page"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": REF + name}},
            "page": {
                "type": "object",
                "required": ["next_cursor", "prev_cursor"],
                "properties": {
                    "next_cursor": cursor,
                    "prev_cursor": cursor,
                    "count": {
                        "type": "integer",
                        "description": "only with count=true; 1001 means more than 1000",
                    },
                },
            },
        },
    }


def _inputs(house: House) -> dict[str, Any]:
    models = sorted({command.input for command in house.commands}, key=lambda one: one.__name__)
    _, schema = models_json_schema([(one, "validation") for one in models], ref_template=REF + "{model}")
    made = dict(schema.get("$defs", {}))
    for model in models:
        own = made[model.__name__]
        # Every command takes its terms beside its own input.
        own["properties"] = {
            **{name: one for name, one in _TERMS.items() if name not in own.get("properties", {})},
            **own.get("properties", {}),
        }
    return made


# -- operations --------------------------------------------------------------------------------------------------


def _tag(path: str) -> str:
    return path.split("/")[2].partition(":")[0] if path.startswith("/v1/") else "operation"


def _refusals(*statuses: int) -> dict[str, Any]:
    return {str(status): {"$ref": "#/components/responses/Problem"} for status in statuses}


_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "ETag of a former answer: 304 when nothing changed",
}
_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "schema": {"type": "string", "default": "vi"},
    "description": "language of refusals: vi or en",
}
_ETAG = {"ETag": {"schema": {"type": "string"}, "description": '"<version>.<digest>"'}}


def _list(house: House, resource: Resource, shape: Shape) -> dict[str, Any]:
    return {
        "operationId": f"list_{resource.many}",
        "tags": [resource.path],
        "summary": shape.says,
        "parameters": [
            *_filters(shape),
            *_paging(shape),
            *_shaping(house, resource, shape),
            _LANGUAGE,
            _MATCH,
        ],
        "responses": {
            "200": {
                "description": "A page",
                "headers": {
                    **_ETAG,
                    "Link": {"schema": {"type": "string"}, "description": "RFC 8288: rel=next, rel=prev"},
                },
                "content": {"application/json": {"schema": {"$ref": f"{REF}{shape.name}Page"}}},
            },
            "304": {"description": "Nothing changed"},
            **_refusals(400, 401, 429, 503),
        },
    }


def _one(house: House, resource: Resource, shape: Shape) -> dict[str, Any]:
    return {
        "operationId": f"get_{resource.one}",
        "tags": [resource.path],
        "summary": shape.says,
        "parameters": [_ID, *_as_of(shape), *_shaping(house, resource, shape), _LANGUAGE, _MATCH],
        "responses": {
            "200": {
                "description": shape.says,
                "headers": _ETAG,
                "content": {"application/json": {"schema": {"$ref": REF + shape.name}}},
            },
            "304": {"description": "Nothing changed"},
            **_refusals(400, 401, 404, 429, 503),
        },
    }


def _as_of(shape: Shape) -> list[dict[str, Any]]:
    return (
        [_query("as_of", {"type": "string", "format": "date"}, "as it stood on that day")]
        if shape.as_of
        else []
    )


def _query(name: str, schema: dict[str, Any], says: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": says}


def _words(name: str, accepted: list[str], says: str) -> dict[str, Any]:
    schema = {
        "type": "array",
        "items": {"type": "string", "enum": accepted},
        "uniqueItems": True,
        "minItems": 1,
    }
    return {**_query(name, schema, says), "style": "form", "explode": False}


def _filters(shape: Shape) -> list[dict[str, Any]]:
    made = []
    for one in shape.listing.filters if shape.listing else ():
        schema = _kind(one.kind)
        if one.many:
            made.append(
                {
                    **_query(one.name, {"type": "array", "items": schema, "minItems": 1}, one.says),
                    "style": "form",
                    "explode": False,
                }
            )
        else:
            required = {"required": True} if shape.listing and one.name in shape.listing.required else {}
            made.append({**_query(one.name, schema, one.says), **required})
    return made


def _paging(shape: Shape) -> list[dict[str, Any]]:
    sorts = [
        name for one in (shape.listing.sorts if shape.listing else ()) for name in (one.name, f"-{one.name}")
    ]
    return [
        *_as_of(shape),
        _query("sort", {"type": "string", "enum": sorts}, "order; a minus turns it round"),
        _query(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": LIMIT},
            "rows a page",
        ),
        _query("after", {"type": "string"}, "next_cursor of the page before"),
        _query("before", {"type": "string"}, "prev_cursor of the page after"),
        _query("count", {"type": "boolean", "default": False}, "count the rows, up to 1001"),
    ]


def _shaping(house: House, resource: Resource, shape: Shape) -> list[dict[str, Any]]:
    fields = openings(house, shape, [one.name for one in shape.fields])
    include = openings(house, shape, resource.include)
    made = [_words("fields", list(fields), "only these fields")]
    if include:
        made.append(_words("include", list(include), "related objects, in short form; allowed actions"))
    return made


def _including(house: House, command: Command) -> list[dict[str, Any]]:
    """The parameter by which a command's answer tells what may be asked next."""
    if command.gives not in house.registry.verbs:
        return []
    return [_query("include", {"type": "string", "enum": [ALLOWED]}, ALLOWED_SAYS)]


def _command(house: House, command: Command) -> dict[str, Any]:
    headers = [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "schema": {"type": "string", "maxLength": 200},
            "description": "a repeated request answers the same and acts once; kept 48 hours",
        },
        _query("dry_run", {"type": "boolean", "default": False}, "all checks, nothing written"),
        *_including(house, command),
        _LANGUAGE,
    ]
    if command.on:
        headers = [
            _ID,
            {
                "name": "If-Match",
                "in": "header",
                "required": command.versioned,
                "schema": {"type": "string"},
                "description": "ETag of the version the change rests on",
            },
            *headers,
        ]
    media = "application/merge-patch+json" if command.method == "PATCH" else "application/json"
    body = {"schema": {"$ref": REF + command.input.__name__}}
    if command.raw:
        headers = [*command.raw.parameters, *headers]
    contents = (
        {one: {"schema": {"type": "string", "format": "binary"}} for one in command.raw.media}
        if command.raw
        else {"application/json": body}
        if command.method == "POST"
        else {media: body, "application/json": body}
    )
    answer = {
        "description": command.says.en,
        "headers": {
            **_ETAG,
            "Audit-Receipt": {
                "schema": {"type": "string"},
                "description": "entries of the record, with their commitments",
            },
        },
        "content": {"application/json": {"schema": _answer(command)}},
    }
    answers = {"200": {**answer, "description": "Tried (dry_run)"}} if command.status != 200 else {}  # noqa: PLR2004 - OK
    return {
        "operationId": command.name,
        "tags": [_tag(command.path)],
        "summary": f"{command.says.vi} / {command.says.en}",
        "description": f"Quyền / power: `{command.action.code}` ({command.action.words.vi}).",
        "parameters": headers,
        "requestBody": {"required": bool(command.raw or _required(command)), "content": contents},
        "responses": {
            **answers,
            str(command.status): answer,
            **_refusals(400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 503),
        },
    }


def _answer(command: Command) -> dict[str, Any]:
    thing = {"anyOf": [{"$ref": REF + command.gives}, {"$ref": REF + "Unseen"}]}
    if command.shows_once is None:
        return thing
    once = {"type": ["string", "null"], "description": SHOWN_ONCE}
    return {
        "allOf": [
            thing,
            {"type": "object", "required": [command.shows_once], "properties": {command.shows_once: once}},
        ]
    }


def _required(command: Command) -> list[str]:
    return [name for name, one in command.input.model_fields.items() if one.is_required()]


def _route(route: Route) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": f"{route.method.lower()}_{route.path.removeprefix('/v1/').replace('/', '_').replace(':', '_').replace('{', '').replace('}', '')}",
        "tags": [_tag(route.path)],
        "summary": f"{route.says.vi} / {route.says.en}",
        "parameters": [*([_ID] if "{id}" in route.path else []), *route.parameters, _LANGUAGE],
        "responses": {
            str(route.status): {"description": route.says.en, **route.answer},
            **_refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
        },
    }
    if route.body:
        made["requestBody"] = route.body
    if route.public:
        made["security"] = []
    return made


def choices(house: House) -> dict[str, Choice]:
    """Every closed set of words the house uses, by its GraphQL name."""
    found: dict[str, Choice] = {}
    for shape in house.registry:  # type: ignore[attr-defined] - Registry iterates shapes
        for one in shape.fields:
            kind = one.kind.of if isinstance(one.kind, Many) else one.kind
            if isinstance(kind, Choice):
                found[kind.name] = kind
    return found
