"""From a validated GraphQL operation to a selection over shapes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)

from app.core.errors import Refused
from app.core.graph.names import snake
from app.core.reads.allowed import NAME as ALLOWED
from app.core.reads.allowed import TYPE as ALLOWED_TYPE
from app.core.reads.selection import Ask, Page, Slot
from app.core.reads.shape import Edge, Filter, Registry, Shape
from app.core.words import VALUE_INVALID

FIRST, LARGEST_FIRST = 50, 200
CONNECTION_PARTS = {
    "edges": "edges",
    "nodes": "nodes",
    "pageInfo": "page_info",
    "totalCount": "total_count",
    "__typename": "__typename",
}


@dataclass(frozen=True, slots=True)
class Selecting:
    """Reads one operation: its fragments, and the variables whose values stand in the statement's text."""

    registry: Registry
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]

    # -- selections --------------------------------------------------------------------------------------------

    def fields(self, selections: tuple[SelectionSetNode, ...], type_name: str) -> dict[str, list[FieldNode]]:
        """Fields by response key, in order; those of one key are to be merged (the document is validated)."""
        found: dict[str, list[FieldNode]] = {}
        for selection in selections:
            for node in self._flat(selection, type_name):
                found.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
        return found

    def _flat(self, selection: SelectionSetNode, type_name: str) -> Iterator[FieldNode]:
        for node in selection.selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or self._applies(node.type_condition.name.value, type_name):
                    yield from self._flat(node.selection_set, type_name)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                if self._applies(fragment.type_condition.name.value, type_name):
                    yield from self._flat(fragment.selection_set, type_name)

    @staticmethod
    def _applies(condition: str, type_name: str) -> bool:
        # A command's result is asked through its own type or through the union it is a part of.
        return condition in {type_name, "Node", type_name.removesuffix("Result") + "Answer"}

    def _included(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            if directive.name.value in {"skip", "include"}:
                wanted = self.constant(next(one.value for one in directive.arguments or ()))
                if wanted is (directive.name.value == "skip"):
                    return False
        return True

    def shape(self, shape: Shape, nodes: list[FieldNode]) -> tuple[Ask, ...]:
        """What is asked of a shape below these fields."""
        below = tuple(node.selection_set for node in nodes if node.selection_set)
        return tuple(self.ask(shape, key, same) for key, same in self.fields(below, shape.name).items())

    def ask(self, shape: Shape, key: str, nodes: list[FieldNode]) -> Ask:
        """One field or edge of a shape."""
        name = nodes[0].name.value
        name = name if name == "__typename" else snake(name)
        edge = shape.edge(name)
        if name == ALLOWED:
            return Ask(key, name, self._plain(nodes, ALLOWED_TYPE), many=True)
        if edge is None:
            return Ask(key, name)
        other = self.registry[edge.to]
        if edge.paged:
            return self.connection(other, key, name, nodes, edge)
        return Ask(key, name, self.shape(other, nodes), many=edge.many)

    def _plain(self, nodes: list[FieldNode], type_name: str) -> tuple[Ask, ...]:
        """The values asked for below a field whose type has nothing below it."""
        below = tuple(node.selection_set for node in nodes if node.selection_set)
        return tuple(Ask(part, _plain_name(same[0])) for part, same in self.fields(below, type_name).items())

    def connection(
        self, shape: Shape, key: str, name: str, nodes: list[FieldNode], edge: Edge | None = None
    ) -> Ask:
        """A page of a shape and the parts of the connection that are asked for."""
        below = tuple(node.selection_set for node in nodes if node.selection_set)
        parts = tuple(
            self._part(shape, part, same)
            for part, same in self.fields(below, f"{shape.name}Connection").items()
        )
        return Ask(key, edge.name if edge else name, parts, self.page(shape, nodes[0]))

    def _part(self, shape: Shape, key: str, nodes: list[FieldNode]) -> Ask:
        name = CONNECTION_PARTS[nodes[0].name.value]
        if name == "nodes":
            return Ask(key, name, self.shape(shape, nodes))
        below = tuple(node.selection_set for node in nodes if node.selection_set)
        types = {"edges": f"{shape.name}Edge", "page_info": "PageInfo"}
        parts = self.fields(below, types.get(name, ""))
        if name == "edges":
            return Ask(key, name, tuple(self._edge_part(shape, part, same) for part, same in parts.items()))
        return Ask(key, name, tuple(Ask(part, _plain_name(same[0])) for part, same in parts.items()))

    def _edge_part(self, shape: Shape, key: str, nodes: list[FieldNode]) -> Ask:
        name = nodes[0].name.value
        return Ask(key, name, self.shape(shape, nodes) if name == "node" else ())

    # -- arguments ---------------------------------------------------------------------------------------------

    def arguments(self, node: FieldNode) -> dict[str, Any]:
        """The arguments given: constants, or slots for what a variable brings. A missing variable is no argument."""
        given = {one.name.value: self.value(one.value) for one in node.arguments or ()}
        return {name: value for name, value in given.items() if value is not MISSING}

    def value(self, node: ValueNode) -> Any:
        """A constant, or a slot of a variable."""
        if isinstance(node, VariableNode):
            return Slot(("variables", node.name.value)) if node.name.value in self.variables else MISSING
        if isinstance(node, ObjectValueNode):
            found = {one.name.value: self.value(one.value) for one in node.fields}
            return {name: value for name, value in found.items() if value is not MISSING}
        if isinstance(node, ListValueNode):
            return tuple(self.value(one) for one in node.values)
        return _literal(node)

    def constant(self, node_or_value: Any) -> Any:
        """The value itself, for what stands in the statement's text."""
        value = self.value(node_or_value) if isinstance(node_or_value, ValueNode) else node_or_value
        if isinstance(value, Slot):
            return self.variables[str(value.path[1])]
        return value

    def page(self, shape: Shape, node: FieldNode) -> Page:
        """The page asked for. Raises Refused (value_invalid) for contradicting or unbounded arguments."""
        given = self.arguments(node)
        backward = (
            self.constant(given.get("last")) is not None or self.constant(given.get("before")) is not None
        )
        if backward and (
            self.constant(given.get("first")) is not None or self.constant(given.get("after")) is not None
        ):
            raise Refused(VALUE_INVALID, name="first/last", expected="either first/after or last/before")
        cursor = given.get("before" if backward else "after")
        as_of = given.get("asOf")
        return Page(
            filters=self.filters(shape, given.get("filter")),
            sort=_sort_name(shape, self.constant(given.get("sort"))),
            descending=bool(self.constant(given.get("descending"))),
            limit=_limit(self.constant(given.get("last" if backward else "first"))),
            after=cursor if self.constant(cursor) is not None else None,
            backward=backward,
            as_of=as_of if self.constant(as_of) is not None else None,
        )

    def filters(self, shape: Shape, given: Any) -> dict[str, Any]:
        """Filters that are set, as constants or slots; null is as good as absent."""
        known = {one.name: one for one in shape.listing.filters} if shape.listing else {}
        if isinstance(given, Slot):
            whole = self.constant(given) or {}
            return {
                snake(name): Slot((*given.path, name))
                for name, value in whole.items()
                if value is not None and known
            }
        set_ = {
            snake(name): value for name, value in (given or {}).items() if self.constant(value) is not None
        }
        return {name: self._listed(known[name], value) for name, value in set_.items()}

    @staticmethod
    def _listed(one: Filter, value: Any) -> Any:
        return (value,) if one.many and not isinstance(value, (tuple, Slot)) else value


MISSING: Any = object()


def _plain_name(node: FieldNode) -> str:
    return node.name.value if node.name.value == "__typename" else snake(node.name.value)


def _literal(node: ValueNode) -> Any:
    if isinstance(node, NullValueNode):
        return None
    if isinstance(node, IntValueNode):
        return int(node.value)
    if isinstance(node, BooleanValueNode):
        return node.value
    if isinstance(node, EnumValueNode):
        return node.value
    return getattr(node, "value", None)


def _sort_name(shape: Shape, value: Any) -> str:
    if value is None:
        return shape.listing.sorts[0].name if shape.listing else ""
    return str(getattr(value, "value", value)).lower()


def _limit(value: Any) -> int:
    if value is None:
        return FIRST
    if not 1 <= int(value) <= LARGEST_FIRST:
        raise Refused(VALUE_INVALID, name="first", expected=f"1…{LARGEST_FIRST}")
    return int(value)
