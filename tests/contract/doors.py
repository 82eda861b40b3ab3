"""One command sent through either door, and what both answers have in common."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from contract.examples import Example
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    build_schema,
    get_named_type,
    is_leaf_type,
)
from stage import Caller

from app.core.house import Command

SCHEMA = build_schema(
    (Path(__file__).resolve().parents[2] / "openapi" / "schema.graphql").read_text(encoding="utf-8")
)
MUTATIONS = SCHEMA.mutation_type.fields if SCHEMA.mutation_type else {}


@dataclass(frozen=True)
class Sent:
    """How a command is sent: to a path or id that may differ from the example's, at a version, under a key."""

    example: Example
    version: int | None = None
    key: str | None = None
    dry_run: bool = False


async def version_of(caller: Caller, path: str) -> int:
    """The version of the thing as the caller reads it; 1 where he does not see it."""
    answer = await caller.get(path)
    return answer.json()["version"] if answer.status_code == 200 else 1


async def by_rest(caller: Caller, command: Command, sent: Sent) -> httpx2.Response:
    """The command through REST; where no version is given, the current one."""
    example = sent.example
    headers = {"Idempotency-Key": sent.key} if sent.key else {}
    if command.on:
        headers["If-Match"] = f'"{sent.version or await version_of(caller, example.on)}"'
    query: dict[str, Any] = {"dry_run": "true"} if sent.dry_run else {}
    path = command.path.replace("{id}", example.id)
    if command.raw is None:
        body = {**example.input, **example.terms}
        return await caller._send(command.method, path, {"json": body, "headers": headers, "params": query})
    beside = {name: one for name, one in {**example.input, **example.terms}.items() if name != "content"}
    query |= {name: one if isinstance(one, str) else json.dumps(one) for name, one in beside.items()}
    content = base64.b64decode(example.input["content"])
    headers["Content-Type"] = "text/csv"
    return await caller.post(path, headers=headers, content=content, params=query)


async def by_graph(caller: Caller, command: Command, sent: Sent) -> dict[str, Any]:
    """The command through GraphQL: the whole answer."""
    field = MUTATIONS[camel(command.name)]
    given: dict[str, Any] = {"dryRun": sent.dry_run}
    if command.on:
        given["id"] = sent.example.id
    if "expectedVersion" in field.args:
        given["expectedVersion"] = sent.version or await version_of(caller, sent.example.on)
    if "input" in field.args:
        given["input"] = as_input(field.args["input"].type, sent.example.input)
    if sent.key:
        given["idempotencyKey"] = sent.key
    given |= sent.example.terms
    declared = ", ".join(f"${name}: {field.args[name].type}" for name in given)
    passed = ", ".join(f"{name}: ${name}" for name in given)
    result = camel(command.name)[0].upper() + camel(command.name)[1:] + "Result"
    query = (
        f"mutation ({declared}) {{ it: {camel(command.name)}({passed}) {{ __typename"
        f" ... on {result} {{ id visible dryRun replayed receipt {{ entryId }} {thing_of(result)} }}"
        " ... on Refusal { code status title detail errors { pointer code } } } }"
    )
    return await caller.graph(query, **given)


def thing_of(result: str) -> str:
    """The selection of every plain value of the thing a mutation answers with."""
    fields = SCHEMA.type_map[result].fields  # type: ignore[attr-defined] - a result is an object
    things = {name: get_named_type(field.type) for name, field in fields.items()}
    name, kind = next(
        (name, kind)
        for name, kind in things.items()
        if isinstance(kind, GraphQLObjectType) and kind.name != "Receipt"
    )
    plain = [one for one, field in kind.fields.items() if is_leaf_type(get_named_type(field.type))]
    return f"{name} {{ {' '.join(plain)} }}"


def camel(snake: str) -> str:
    head, *tail = snake.split("_")
    return head + "".join(part.capitalize() for part in tail)


def as_input(kind: Any, value: Any) -> Any:
    """A REST value as GraphQL takes it: camelCase names, enums in capitals."""
    if isinstance(kind, GraphQLNonNull):
        return as_input(kind.of_type, value)
    if isinstance(kind, GraphQLList):
        return [as_input(kind.of_type, one) for one in value] if isinstance(value, list) else value
    if isinstance(kind, GraphQLInputObjectType) and isinstance(value, dict):
        known = {
            name: kind.fields[camel(name)].type if camel(name) in kind.fields else None for name in value
        }
        return {camel(name): as_input(known[name], one) for name, one in value.items()}
    if isinstance(kind, GraphQLEnumType) and isinstance(value, str):
        return value.upper().replace("-", "_")
    return value


def refusal_of(answer: dict[str, Any]) -> str | None:
    """The code GraphQL refuses with: as typed data, or as an error."""
    if answer.get("errors"):
        return answer["errors"][0]["extensions"]["code"]
    return answer["data"]["it"].get("code")
