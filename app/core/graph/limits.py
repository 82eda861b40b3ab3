"""What a document may cost, counted after fragments are expanded and before anything is compiled."""

from dataclasses import dataclass

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from app.core.errors import Refused
from app.core.graph.bounds import ALIASES, COST, DEPTH, DIRECTIVES, INTROSPECTION_DEPTH
from app.core.reads.selection import Ask
from app.core.words import QUERY_TOO_COSTLY

SHORT_LIST = 5  # what a list without pages is reckoned to hold
_NODES = 20_000  # expanded fields looked at before a document is given up as too large


@dataclass(slots=True)
class Count:
    """What was counted."""

    depth: int = 0
    introspection: int = 0
    aliases: int = 0
    directives: int = 0
    seen: int = 0


def check_document(operation: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]) -> None:
    """Raises Refused (query_too_costly) where depth, aliases or directives exceed their limit."""
    count = Count()
    _count(operation.selection_set, fragments, count, 1)
    for what, seen, limit in (
        ("depth", count.depth, DEPTH),
        ("introspection depth", count.introspection, INTROSPECTION_DEPTH),
        ("aliases", count.aliases, ALIASES),
        ("directives", count.directives, DIRECTIVES),
    ):
        if seen > limit:
            raise Refused(QUERY_TOO_COSTLY, what=what, seen=seen, limit=limit)


def _count(
    selection: SelectionSetNode,
    fragments: dict[str, FragmentDefinitionNode],
    count: Count,
    depth: int,
    *,
    asks_schema: bool = False,
) -> None:
    for node in selection.selections:
        count.seen += 1
        count.directives += len(node.directives or ())
        if count.seen > _NODES:
            raise Refused(QUERY_TOO_COSTLY, what="fields", seen=count.seen, limit=_NODES)
        if isinstance(node, FieldNode):
            # Only the root has fields that ask the schema about itself.
            asks = asks_schema or node.name.value in {"__schema", "__type"}
            if asks:
                count.introspection = max(count.introspection, depth)
            else:
                count.depth = max(count.depth, depth)
            count.aliases += node.alias is not None
            if node.selection_set:
                _count(node.selection_set, fragments, count, depth + 1, asks_schema=asks)
        elif isinstance(node, InlineFragmentNode):
            _count(node.selection_set, fragments, count, depth, asks_schema=asks_schema)
        elif isinstance(node, FragmentSpreadNode):
            below = fragments[node.name.value].selection_set
            _count(below, fragments, count, depth, asks_schema=asks_schema)


def cost_of(asks: tuple[Ask, ...]) -> int:
    """Cost of a selection: an object is 1, a page its size times its node, a short list five times its node."""
    return sum(_cost(ask) for ask in asks if ask.of)


def _cost(ask: Ask) -> int:
    below = 1 + cost_of(ask.of)
    if ask.page is not None:
        return 1 + ask.page.limit * max(1, sum(_page_part(one) for one in ask.of))
    return below * (SHORT_LIST if ask.many else 1)


def _page_part(ask: Ask) -> int:
    """What one row of a page costs for this part of the connection."""
    if ask.name == "nodes":
        return 1 + cost_of(ask.of)
    return sum(1 + cost_of(one.of) for one in ask.of if one.name == "node") if ask.name == "edges" else 0


def check_cost(asks: tuple[Ask, ...]) -> int:
    """The cost. Raises Refused (query_too_costly) beyond the limit."""
    cost = cost_of(asks)
    if cost > COST:
        raise Refused(QUERY_TOO_COSTLY, what="cost", seen=cost, limit=COST)
    return max(1, cost)
