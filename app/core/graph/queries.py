"""GraphQL queries: parsed and checked once, compiled to one statement, cached by document and by what shapes the text."""

from collections import OrderedDict
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_variable_values,
    parse,
    validate,
)

from app.core.act import Actor
from app.core.errors import Refused
from app.core.graph.bounds import TOKENS
from app.core.graph.ids import parsed
from app.core.graph.limits import check_cost, check_document
from app.core.graph.names import camel
from app.core.graph.schema import Schema
from app.core.graph.selecting import Selecting
from app.core.house import House, Resource
from app.core.reads.compiler import compile_roots
from app.core.reads.plan import Plan
from app.core.reads.selection import Ask, One, Page, Several, Slot

DOCUMENTS, PLANS = 500, 1_000
INTROSPECTION = {"__schema", "__type"}
LONGEST_DOCUMENT = 100_000


class QueryFailed(Exception):
    """The document or its variables are not valid; carries GraphQL errors."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


@dataclass(slots=True)
class Prepared:
    """A document that was parsed, validated and counted."""

    document: DocumentNode
    operations: dict[str, OperationDefinitionNode]
    fragments: dict[str, FragmentDefinitionNode]
    plans: "OrderedDict[Any, Compiled]" = field(default_factory=OrderedDict)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to run. Raises QueryFailed where the name does not decide."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is None or name not in self.operations:
            raise QueryFailed(
                [GraphQLError(f"Unknown operation {name!r}." if name else "Must provide operation name.")]
            )
        return self.operations[name]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A plan (None where only the contract itself is asked for), its cost, and whether parts of it are introspection."""

    plan: Plan | None
    cost: int
    introspects: bool = False


class Queries:
    """Documents and their plans."""

    def __init__(self, house: House, schema: Schema) -> None:
        self.house = house
        self.schema: GraphQLSchema = schema.graphql
        self.documents: OrderedDict[str, Prepared] = OrderedDict()
        self.ones: dict[str, Resource] = {camel(one.one): one for one in house.resources if one.one}
        self.manys: dict[str, Resource] = {camel(one.many): one for one in house.resources}

    def prepared(self, text: str) -> Prepared:
        """The document, parsed, validated and counted once. Raises QueryFailed, Refused."""
        found = self.documents.get(text)
        if found is None:
            found = self.documents[text] = self._prepare(text)
            if len(self.documents) > DOCUMENTS:
                self.documents.popitem(last=False)
        else:
            self.documents.move_to_end(text)
        return found

    def _prepare(self, text: str) -> Prepared:
        if len(text) > LONGEST_DOCUMENT:
            raise QueryFailed([GraphQLError(f"Document exceeds {LONGEST_DOCUMENT} characters.")])
        try:
            document = parse(text, max_tokens=TOKENS, no_location=False)
        except GraphQLError as error:
            raise QueryFailed([error]) from None
        except RecursionError:
            raise QueryFailed([GraphQLError("Document is nested too deeply.")]) from None
        errors = validate(self.schema, document, max_errors=20)
        if errors:
            raise QueryFailed(errors)
        operations = {
            (one.name.value if one.name else ""): one
            for one in document.definitions
            if isinstance(one, OperationDefinitionNode)
        }
        fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        for operation in operations.values():
            check_document(operation, fragments)
        return Prepared(document, operations, fragments)

    def variables(
        self, operation: OperationDefinitionNode, given: dict[str, Any]
    ) -> tuple[dict[str, Any], Any]:
        """Coerced variables, and their form: what of them shapes a statement. Raises QueryFailed."""
        if not operation.variable_definitions:
            return {}, ()
        coerced = get_variable_values(self.schema, operation.variable_definitions or (), given)
        if isinstance(coerced, list):
            raise QueryFailed(coerced)
        return words_of(coerced.coerced), form(coerced.coerced)

    def compiled(
        self, prepared: Prepared, operation: OperationDefinitionNode, variables: dict[str, Any], formed: Any
    ) -> Compiled:
        """The plan of an operation with variables of this form. Raises Refused (query_too_costly)."""
        key = (operation.name.value if operation.name else "", formed)
        found = prepared.plans.get(key)
        if found is None:
            found = prepared.plans[key] = self._compile(prepared, operation, variables)
            if len(prepared.plans) > PLANS:
                prepared.plans.popitem(last=False)
        return found

    def _compile(
        self, prepared: Prepared, operation: OperationDefinitionNode, variables: dict[str, Any]
    ) -> Compiled:
        selecting = Selecting(self.house.registry, prepared.fragments, variables)
        fields = selecting.fields((operation.selection_set,), "Query")
        names = {nodes[0].name.value for nodes in fields.values()}
        if all(name.startswith("__") for name in names):
            return Compiled(None, 1)

        introspects = bool(names & INTROSPECTION)
        roots, asks = [], []
        for key, nodes in fields.items():
            if nodes[0].name.value in INTROSPECTION:
                continue
            read, ask = self._root(selecting, key, nodes)
            # The executor goes over the data once more and must know the type behind `node`.
            named = (
                (*ask.of, Ask("__typename", "__typename"))
                if introspects and isinstance(read, One)
                else ask.of
            )
            roots.append((key, read, named))
            asks.append(ask)
        cost = check_cost(tuple(asks))
        return Compiled(compile_roots(self.house.registry, roots), cost, introspects)

    def _root(
        self, selecting: Selecting, key: str, nodes: list[FieldNode]
    ) -> tuple[One | Several | str | None, Ask]:
        name = nodes[0].name.value
        if name == "__typename":
            return "Query", Ask(key, name)
        if name in self.manys:
            shape = self.house.registry[self.manys[name].shape]
            ask = selecting.connection(shape, key, name, nodes)
            return Several(shape.name, ask.page or Page(), ask.of), ask
        if name == "me":
            shape = self.house.registry["Person"]
            return One(shape.name, Slot(("actor",)), selecting.shape(shape, nodes)), Ask(
                key, name, selecting.shape(shape, nodes)
            )
        given = selecting.arguments(nodes[0])
        shape_name = self.ones[name].shape if name in self.ones else self._node_shape(selecting, given["id"])
        if shape_name is None:
            return None, Ask(key, name)
        shape = self.house.registry[shape_name]
        of = selecting.shape(shape, nodes)
        as_of = given.get("asOf")
        return One(
            shape.name, given["id"], of, as_of if selecting.constant(as_of) is not None else None
        ), Ask(key, name, of)

    def _node_shape(self, selecting: Selecting, given: Any) -> str | None:
        try:
            name, _ = parsed(str(selecting.constant(given)))
        except Refused:
            return None
        return name if name and name in self.house.registry and self.house.registry[name].node else None

    async def run(self, plan: Plan, actor: Actor, variables: dict[str, Any]) -> tuple[bytes, Actor]:
        """The bytes of `{"data": …}`, and the caller with his rights as they are now."""
        row, actor = await self.house.seen(plan, actor, {"variables": variables, "actor": actor.id})
        return row["body"], actor


def is_query(operation: OperationDefinitionNode) -> bool:
    """Whether the operation only reads."""
    return operation.operation == OperationType.QUERY


def form(value: Any) -> Any:
    """What of a variable's value shapes the statement: all but texts outside node ids, whose type shapes it."""
    if isinstance(value, dict):
        return tuple(sorted((name, form(one)) for name, one in value.items()))
    if isinstance(value, list):
        return ("list", *{form(one) for one in value})
    if isinstance(value, Enum):
        return value.name
    return _node_type(value) if isinstance(value, str) else value


def _node_type(value: str) -> str:
    # A global id names a type, and `node(id:)` reads that type's table; other texts are only bound.
    if len(value) > 48 and len(value) % 4 == 0:  # noqa: PLR2004 - shorter than any global id
        try:
            return "text:" + (parsed(value)[0] or "")
        except Refused:
            return "text"
    return "text"


def words_of(value: Any) -> Any:
    """Coerced values with enum members as their words."""
    if isinstance(value, dict):
        return {name: words_of(one) for name, one in value.items()}
    if isinstance(value, list):
        return [words_of(one) for one in value]
    return value.value if isinstance(value, Enum) else value
