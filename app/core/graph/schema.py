"""The Strawberry schema, generated from the registry of shapes and the declared commands."""

import sys
import types
from collections.abc import Callable, Iterable
from inspect import Parameter, Signature
from typing import Annotated, Any, Optional

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLUnionType,
)
from strawberry.schema.config import StrawberryConfig

from app.core.graph import scalars
from app.core.graph.inputs import Inputs, enumeration
from app.core.graph.names import camel, pascal
from app.core.house import SHOWN_ONCE, Command, House, Resource
from app.core.reads.allowed import NAME as ALLOWED
from app.core.reads.allowed import PARTS as ALLOWED_PARTS
from app.core.reads.allowed import SAYS as ALLOWED_SAYS
from app.core.reads.allowed import TYPE as ALLOWED_TYPE
from app.core.reads.kinds import Choice, Kind, Many
from app.core.reads.shape import Edge, Field, Shape

MODULE = "app.core.graph.generated"
_SCALARS = {"String": "str", "Int": "int", "Boolean": "bool"}


@strawberry.interface(description="Anything with an id of its own.")
class Node:
    """Relay's Node."""

    id: strawberry.ID = strawberry.field(description="global id; inputs take it and the plain UUID alike")


@strawberry.type(description="Where a page ends and whether there is more.")
class PageInfo:
    """Relay's PageInfo."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type(description="One thing wrong with what was sent.")
class RefusalFlaw:
    """Where, which code, in words, by which rule."""

    pointer: str
    code: str
    message: str
    rule: str | None


@strawberry.interface(description="A refusal as data: what was asked, what stood in the way, what is open.")
class Refusal:
    """Shared by all refusals."""

    code: str = strawberry.field(description="for machines, never translated; the same as in REST")
    status: int = strawberry.field(description="the status REST answers with")
    title: str
    detail: str
    errors: list[RefusalFlaw]


@strawberry.type(description="The competence is missing.")
class NotAllowed(Refusal):
    """403."""


@strawberry.type(description="No such thing, or outside what may be seen.")
class NotFound(Refusal):
    """404."""


@strawberry.type(description="Not now: the state or a constraint stands in the way.")
class Conflict(Refusal):
    """409, 428."""


@strawberry.type(description="The version is stale: read again, then change.")
class Stale(Refusal):
    """412."""


@strawberry.type(description="Not understood or not clear enough.")
class Invalid(Refusal):
    """400, 413, 415, 422."""


@strawberry.type(description="An entry in the record and what it is committed to.")
class Receipt:
    """A receipt."""

    entry_id: str
    commitment: str


@strawberry.type(description="One command on a thing, and whether the caller may ask it.")
class AllowedAction:
    """An allowed action."""

    action: str = strawberry.field(description=ALLOWED_PARTS["action"])
    power: str = strawberry.field(description=ALLOWED_PARTS["power"])
    enabled: bool = strawberry.field(description=ALLOWED_PARTS["enabled"])
    reason: str | None = strawberry.field(description=ALLOWED_PARTS["reason"])


@strawberry.input(description="In which post, and in which signing capacity, the caller acts.")
class ActAs:
    """`as` of a command."""

    post: strawberry.ID | None = strawberry.field(default=None, description="the position")
    capacity: str | None = strawberry.field(default=None, description="T/M, K/T, T/L, TUQ, Q.")


REFUSAL_TYPES: dict[int, type] = {403: NotAllowed, 404: NotFound, 409: Conflict, 428: Conflict, 412: Stale}
_PLAIN = (
    Node,
    PageInfo,
    Refusal,
    RefusalFlaw,
    NotAllowed,
    NotFound,
    Conflict,
    Stale,
    Invalid,
    Receipt,
    AllowedAction,
    ActAs,
)


class Schema:
    """The schema and what the door needs to know of it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.module = _fresh_module()
        self.inputs = Inputs(self.module)
        for shape in house.registry:  # type: ignore[attr-defined] - Registry iterates shapes
            self._choices(shape)
        for shape in house.registry:  # type: ignore[attr-defined] - see above
            self._shape(shape)
        query, mutation = self._query(), self._mutation()
        self.strawberry = strawberry.Schema(
            query=query,
            mutation=mutation,
            types=[getattr(self.module, shape.name) for shape in house.registry if shape.node],  # type: ignore[attr-defined] - see above
            config=StrawberryConfig(scalar_map=scalars.SCALARS),
        )
        self.graphql: GraphQLSchema = self.strawberry._schema  # noqa: SLF001 - the graphql-core schema that the compiler reads
        self._resolve_by_key()

    # -- output types ------------------------------------------------------------------------------------------

    def _choices(self, shape: Shape) -> None:
        kinds = [one.kind for one in shape.fields] + [
            one.kind for one in (shape.listing.filters if shape.listing else ())
        ]
        for kind in kinds:
            plain = kind.of if isinstance(kind, Many) else kind
            if isinstance(plain, Choice) and not hasattr(self.module, plain.name):
                members = {word.upper(): word for word in plain.labels}
                made = strawberry.enum(enumeration(plain.name, members))
                setattr(self.module, plain.name, made)
                self.module.CHOICES[plain.name] = tuple(plain.labels)

    def _shape(self, shape: Shape) -> None:
        annotations: dict[str, Any] = {}
        values: dict[str, Any] = {}
        for one in shape.fields:
            annotations[one.name] = _field_type(shape, one)
            values[one.name] = strawberry.field(description=one.says)
        if shape.node:
            annotations["uuid"] = "UUID"
            values["uuid"] = strawberry.field(description="the id as REST has it")
        for edge in shape.edges:
            if edge.paged:
                values[edge.name] = self._paged(edge.name, self.house.registry[edge.to], edge.says)
            else:
                annotations[edge.name] = _edge_type(edge)
                values[edge.name] = strawberry.field(description=edge.says)
        if shape.name in self.house.registry.verbs:
            annotations[ALLOWED] = f"list[{ALLOWED_TYPE}]"
            values[ALLOWED] = strawberry.field(description=ALLOWED_SAYS)
        if shape.listing:
            self._connection(shape)
        bases = (Node,) if shape.node else ()
        self._type(shape.name, annotations, values, shape.says, bases)

    def _type(
        self,
        name: str,
        annotations: dict[str, Any],
        values: dict[str, Any],
        says: str,
        bases: tuple[type, ...] = (),
    ) -> None:
        made = type(name, bases, {"__module__": MODULE, "__annotations__": annotations, **values})
        setattr(self.module, name, strawberry.type(made, description=says))

    def _connection(self, shape: Shape) -> None:
        name = shape.name
        self._type(f"{name}Edge", {"cursor": "str", "node": name}, {}, f"A {name} and its place in the list.")
        parts = {
            "edges": f"list[{name}Edge]",
            "nodes": f"list[{name}]",
            "page_info": "PageInfo",
            "total_count": "Optional[int]",
        }
        said = {
            "total_count": strawberry.field(description="how many there are, 1001 meaning more than 1000")
        }
        self._type(f"{name}Connection", parts, said, f"A page of {name}.")
        if shape.listing and shape.listing.filters:
            annotations = {
                one.name: f"Optional[{_filter_type(one.kind, many=one.many)}]"
                for one in shape.listing.filters
            }
            values = {
                one.name: strawberry.field(description=one.says, default=strawberry.UNSET)
                for one in shape.listing.filters
            }
            made = type(f"{name}Filter", (), {"__module__": MODULE, "__annotations__": annotations, **values})
            setattr(
                self.module,
                f"{name}Filter",
                strawberry.input(made, description="Conditions, all of them to hold."),
            )
        if shape.listing:
            members = {one.name.upper(): one.name for one in shape.listing.sorts}
            setattr(self.module, f"{name}Sort", strawberry.enum(enumeration(f"{name}Sort", members)))

    def _paged(self, name: str, shape: Shape, says: str, *, root: bool = False) -> Any:
        parameters = [
            _parameter("first", "Optional[int]", None),
            _parameter("after", "Optional[str]", None),
            _parameter("last", "Optional[int]", None),
            _parameter("before", "Optional[str]", None),
            _parameter("sort", f"Optional[{shape.name}Sort]", None),
            _parameter("descending", "bool", default=False),
        ]
        if shape.listing and shape.listing.filters:
            parameters.append(_parameter("filter", f"Optional[{shape.name}Filter]", None))
        if root and shape.as_of:
            parameters.append(_parameter("as_of", "Optional[Date]", None))
        return strawberry.field(resolver=_stub(name, parameters, f"{shape.name}Connection"), description=says)

    # -- roots -------------------------------------------------------------------------------------------------

    def _query(self) -> type:
        values: dict[str, Any] = {
            "node": strawberry.field(
                resolver=_stub("node", [_parameter("id", "strawberry.ID")], "Optional[Node]"),
                description="anything by its global id",
            ),
            "me": strawberry.field(
                resolver=_stub("me", [], "Optional[Person]"), description="the person who is calling"
            ),
        }
        for resource in self.house.resources:
            shape = self.house.registry[resource.shape]
            if resource.one:
                values[resource.one] = self._by_id(resource, shape)
            values[resource.many] = self._paged(resource.many, shape, shape.says, root=True)
        return strawberry.type(
            type("Query", (), {"__module__": MODULE, "__annotations__": {}, **values}),
            description="What can be read.",
        )

    def _by_id(self, resource: Resource, shape: Shape) -> Any:
        parameters = [_parameter("id", "strawberry.ID")]
        if shape.as_of:
            parameters.append(_parameter("as_of", "Optional[Date]", None))
        return strawberry.field(
            resolver=_stub(resource.one, parameters, f"Optional[{shape.name}]"), description=shape.says
        )

    def _mutation(self) -> type:
        values = {command.name: self._command(command) for command in self.house.commands}
        return strawberry.type(
            type("Mutation", (), {"__module__": MODULE, "__annotations__": {}, **values}),
            description="What can be asked.",
        )

    def _command(self, command: Command) -> Any:
        result, answer = pascal(command.name) + "Result", pascal(command.name) + "Answer"
        made = {
            "id": "strawberry.ID",
            "visible": "bool",
            "dry_run": "bool",
            "replayed": "bool",
            "receipt": "list[Receipt]",
            "thing": f"Optional[{command.gives}]",
            **({command.shows_once: "Optional[str]"} if command.shows_once else {}),
        }
        said = {
            "visible": strawberry.field(
                description="false where the act moved the thing out of the caller's sight"
            ),
            # Under its own name: `import` is no name a Python class may give a field.
            "thing": strawberry.field(
                name=camel(result_name(self.house, command)), description="the thing as it is now"
            ),
            **({command.shows_once: strawberry.field(description=SHOWN_ONCE)} if command.shows_once else {}),
        }
        self._type(result, made, said, f"Done: {command.says.en}")
        union = Annotated[_union(getattr(self.module, result)), strawberry.union(answer)]
        setattr(self.module, answer, union)
        return strawberry.field(
            resolver=_stub(command.name, self._arguments(command), answer),
            description=f"{command.says.vi} / {command.says.en}",
        )

    def _arguments(self, command: Command) -> list[Parameter]:
        parameters = [_parameter("id", "strawberry.ID")] if command.on else []
        if command.input.model_fields:
            parameters.append(_parameter("input", self.inputs.type_of(command.input)))
        if command.on and command.versioned:
            parameters.append(_parameter("expected_version", "int"))
        return [
            *parameters,
            _parameter("dry_run", "bool", default=False),
            Parameter(
                "as_",
                Parameter.KEYWORD_ONLY,
                annotation=Annotated[ActAs | None, strawberry.argument(name="as")],
                default=None,
            ),
            _parameter("basis", "Optional[strawberry.ID]", None),
            _parameter("reason", "Optional[str]", None),
            _parameter("idempotency_key", "Optional[str]", None),
        ]

    # -- execution ---------------------------------------------------------------------------------------------

    def _resolve_by_key(self) -> None:
        """Every output field reads the response key from the JSON PostgreSQL built; only mutations do work."""
        for kind in self.graphql.type_map.values():
            if isinstance(kind, (GraphQLUnionType, GraphQLInterfaceType)):
                kind.resolve_type = lambda value, *_: value["__typename"]
            if isinstance(kind, GraphQLEnumType) and not kind.name.startswith("__"):
                kind.coerce_output_value = _by_name(kind)  # type: ignore[method-assign] - see _by_name
            if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
                kind.is_type_of = None
                for field in kind.fields.values():
                    field.resolve = by_key

    def resolve_mutation(self, command: Command, resolve: Callable[..., Any]) -> None:
        """Plugs in what a mutation field does."""
        field: GraphQLField = self.graphql.mutation_type.fields[camel(command.name)]  # type: ignore[union-attr] - there are mutations
        field.resolve = resolve


def _by_name(kind: GraphQLEnumType) -> Callable[[Any], str | None]:
    """PostgreSQL writes an enum's names; what else comes (a default, in introspection) is a member."""
    of_member = kind.coerce_output_value
    return lambda value: value if isinstance(value, str) and value in kind.values else of_member(value)


def by_key(source: Any, info: GraphQLResolveInfo, **_: Any) -> Any:
    """The value under the response key; of a command's result its own fields by name, the thing by its key."""
    if not isinstance(source, dict):
        return getattr(source, info.field_name)
    if "#" not in source:
        return source[info.path.key] if info.path.key in source else source.get(info.field_name)
    own = source["#"]
    return own[info.field_name] if info.field_name in own else source["things"][info.path.key]


def result_name(house: House, command: Command) -> str:
    """The field under which a command's result holds the thing: `task`, `unit`, …"""
    return next((one.one for one in house.resources if one.shape == command.gives), "thing")


def _fresh_module() -> types.ModuleType:
    # Strawberry resolves annotations by name in a type's module; generated types need one of their own.
    module = types.ModuleType(MODULE)
    sys.modules[MODULE] = module
    module.__dict__.update({"Optional": Optional, "strawberry": strawberry, "CHOICES": {}})
    for name in ("Date", "DateTime", "UUID", "Decimal", "Money", "JSON"):
        setattr(module, name, getattr(scalars, name))
    for one in _PLAIN:
        setattr(module, one.__name__, one)
    return module


def _union(result: type) -> Any:
    union: Any = result
    for one in (NotAllowed, NotFound, Conflict, Stale, Invalid):
        union = union | one
    return union


def _stub(name: str, parameters: Iterable[Parameter], returns: str) -> Callable[..., Any]:
    """A resolver that only carries a signature: fields are answered by the compiler or by a command."""

    def resolve(**_: Any) -> Any:
        raise AssertionError(f"{name} is answered by the compiler")

    resolve.__name__ = name
    resolve.__module__ = MODULE
    listed = list(parameters)
    resolve.__signature__ = Signature(listed, return_annotation=returns)  # type: ignore[attr-defined] - read by Strawberry
    resolve.__annotations__ = {**{one.name: one.annotation for one in listed}, "return": returns}
    return resolve


_REQUIRED = Parameter.empty


def _parameter(name: str, annotation: str, default: Any = _REQUIRED) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _kind_type(kind: Kind) -> str:
    if isinstance(kind, Many):
        return f"list[{_kind_type(kind.of)}]"
    return kind.name if isinstance(kind, Choice) else _SCALARS.get(kind.graphql, kind.graphql)


def _field_type(shape: Shape, one: Field) -> str:
    written = "strawberry.ID" if one.name == "id" and shape.node else _kind_type(one.kind)
    return f"Optional[{written}]" if one.null else written


def _edge_type(edge: Edge) -> str:
    if edge.many:
        return f"list[{edge.to}]"
    return edge.to if not edge.null else f"Optional[{edge.to}]"


def _filter_type(kind: Kind, *, many: bool) -> str:
    written = "strawberry.ID" if kind.graphql == "UUID" else _kind_type(kind)
    return f"list[{written}]" if many else written
