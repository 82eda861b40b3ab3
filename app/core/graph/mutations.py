"""GraphQL mutations: each field its own act; refusals come back as typed data, the thing through its shape."""

import json
from typing import Any

from graphql import FieldNode, GraphQLResolveInfo

from app.core.act import Actor, Terms
from app.core.commands import Done, carried_out
from app.core.errors import Refused
from app.core.graph.ids import global_id, parsed
from app.core.graph.inputs import plain_input
from app.core.graph.limits import check_cost
from app.core.graph.names import camel, pascal
from app.core.graph.queries import words_of
from app.core.graph.schema import REFUSAL_TYPES, Invalid, Schema, result_name
from app.core.graph.selecting import Selecting
from app.core.house import Command, House
from app.core.idempotency import once
from app.core.inputs import cleaned, validated
from app.core.reads.compiler import compile_one
from app.core.reads.plan import Plan
from app.core.reads.selection import Ask, One, Slot
from app.core.text import Language
from app.core.web.problems import shown
from app.core.web.terms import terms


class Calling:
    """What one GraphQL request brings: the caller, the language, the coerced variables; and what it costs so far."""

    def __init__(
        self, actor: Actor | None, language: Language, selecting: Selecting | None, cost: int = 1
    ) -> None:
        self.actor = actor
        self.language: Language = language
        self.selecting = selecting
        self.cost = cost


def plug_in(house: House, schema: Schema) -> None:
    """Gives every mutation field of the schema what it does."""
    for command in house.commands:
        schema.resolve_mutation(command, _resolver(house, command))


def _resolver(house: House, command: Command) -> Any:
    async def resolve(_source: Any, info: GraphQLResolveInfo, **given: Any) -> Any:
        calling: Calling = info.context
        try:
            return await _run(house, command, calling, info, words_of(given))
        except Refused as refused:
            return _refusal(refused, calling.language)

    return resolve


async def _run(
    house: House, command: Command, calling: Calling, info: GraphQLResolveInfo, given: dict[str, Any]
) -> dict[str, Any]:
    if calling.actor is None or calling.selecting is None:
        raise AssertionError("a mutation without a caller: the endpoint refuses it before")
    asks, below = _result_asks(house, command, calling.selecting, info.field_nodes)
    calling.cost += check_cost(below)
    answer = _answer(house, command, below)
    document = cleaned(plain_input(command.input, given.get("input") or {}))
    model = validated(command.input, document)
    target = parsed(given["id"])[1] if command.on else None
    # A replay gives the first answer again, so another selection is another request.
    sent = json.dumps([document, repr(below)], sort_keys=True).encode()
    key = once(cleaned(given.get("idempotencyKey"), "/idempotencyKey"), f"{command.name}/{target}", sent)
    done = await carried_out(
        house, command, calling.actor, model, _terms(command, given), answer=answer, target=target, key=key
    )
    return _done(command, done, asks, dry_run=bool(given.get("dryRun")))


def _terms(command: Command, given: dict[str, Any]) -> Terms:
    return terms(
        cleaned(_said(given)),
        dry_run=bool(given.get("dryRun")),
        expected_version=given.get("expectedVersion") if command.on else None,
    )


def _said(given: dict[str, Any]) -> dict[str, Any]:
    """The terms as REST has them: plain ids instead of global ones."""
    chosen = given.get("as") or {}
    post = {"post": str(parsed(chosen["post"])[1])} if chosen.get("post") else {}
    basis = {"basis": str(parsed(given["basis"])[1])} if given.get("basis") else {}
    capacity = {"capacity": chosen["capacity"]} if chosen.get("capacity") else {}
    reason = {"reason": given["reason"]} if given.get("reason") else {}
    return {"as": {**post, **capacity}, **basis, **reason}


def _answer(house: House, command: Command, below: tuple[Ask, ...]) -> Plan:
    """The shape read of what the caller selects below the result: aliases of the thing side by side."""
    return compile_one(
        house.registry, One(command.gives, Slot(("id",)), below or (Ask("id", "id"),)), door="graphql"
    )


def _result_asks(
    house: House, command: Command, selecting: Selecting, nodes: list[FieldNode]
) -> tuple[dict[str, tuple[Ask, ...]], tuple[Ask, ...]]:
    """The selection under each alias of the thing, and all of them with keys that cannot meet."""
    shape = house.registry[command.gives]
    result = pascal(command.name) + "Result"
    thing = camel(result_name(house, command))
    below = tuple(node.selection_set for node in nodes if node.selection_set)
    found: dict[str, tuple[Ask, ...]] = {}
    for key, same in selecting.fields(below, result).items():
        if same[0].name.value == thing:
            found[key] = selecting.shape(shape, same)
    renamed = tuple(
        Ask(f"{key}/{one.key}", one.name, one.of, one.page, one.many)
        for key, asks in found.items()
        for one in asks
    )
    return found, renamed


def _done(command: Command, done: Done, asks: dict[str, tuple[Ask, ...]], *, dry_run: bool) -> dict[str, Any]:
    body = json.loads(done.body) if done.body else None
    things = {
        key: {one.key: body.get(f"{key}/{one.key}") for one in of} if body is not None else None
        for key, of in asks.items()
    }
    return {
        "__typename": pascal(command.name) + "Result",
        "#": {
            "id": global_id(command.gives, done.object_id),
            "visible": body is not None,
            "dryRun": dry_run,
            "replayed": done.replayed,
            "receipt": [{"entryId": entry, "commitment": commitment} for entry, commitment in done.receipt],
            **{camel(name): value for name, value in done.shown.items()},
        },
        "things": things,
    }


def _refusal(refused: Refused, language: Language) -> dict[str, Any]:
    kind = REFUSAL_TYPES.get(refused.refusal.status, Invalid).__name__
    errors = [shown(flaw, language) for flaw in refused.flaws]
    return {
        "__typename": kind,
        "#": {
            "code": refused.refusal.code,
            "status": refused.refusal.status,
            "title": refused.refusal.title.of(language),
            "detail": refused.detail.of(language),
            "errors": errors,
        },
    }
