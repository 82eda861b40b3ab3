"""GraphQL documents that lead over every edge of the shapes, made from these; and what an answer says of each edge."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sight.asking import MISSING, RESOURCES, SHAPES, Things, Values, filters_of, shape_of
from sight.ground import COMMON_WORDS, FULL, VIEWERS

from app.core.graph.names import camel
from app.core.house import Resource
from app.core.reads.kinds import Choice
from app.core.reads.shape import Edge, Filter, Shape

AT_ONCE = 4
"""Edges below an edge in one document, and things in one: so it stays within its cost."""
Way = tuple[str, str]
"""A shape and the name of an edge from it."""


@dataclass(frozen=True)
class Document:
    """A document, of which kind it is, and the edges it leads over."""

    kind: str
    text: str
    over: frozenset[Way] = frozenset()


def plain(shape: Shape) -> str:
    """Every plain value of the shape."""
    own = " allowedActions { action power enabled reason }" if shape.name in SHAPES.verbs else ""
    return "__typename " + " ".join(camel(one.name) for one in shape.fields) + own


def short(shape: Shape) -> str:
    """What tells one thing of the shape from another, without what costs."""
    return "__typename " + " ".join(camel(one.name) for one in shape.fields)


def along(edge: Edge, body: str) -> str:
    """The selection of an edge."""
    name = camel(edge.name)
    if edge.paged:
        return f"{name}(first: 4) {{ totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ {body} }} }}"
    return f"{name} {{ {body} }}"


def selections(shape: Shape) -> Iterator[tuple[str, frozenset[Way]]]:
    """For each edge of the shape its thing whole, with the edges from there a few at a time; ends of ways first."""
    for edge in sorted(shape.edges, key=lambda one: len(SHAPES[one.to].edges)):
        other = SHAPES[edge.to]
        groups = [other.edges[place : place + AT_ONCE] for place in range(0, len(other.edges), AT_ONCE)]
        for group in groups or [()]:
            further = " ".join(along(one, short(SHAPES[one.to])) for one in group)
            over = {(shape.name, edge.name), *((other.name, one.name) for one in group)}
            yield along(edge, f"{short(other)} {further}"), frozenset(over)


def documents(known: Values, there: Things) -> Iterator[Document]:
    """Lists, things by id, filters: over every edge from each noun and from where these lead.

    Otherwise than in a full run an edge is not gone over again from another noun.
    """
    gone: dict[str, set[Way]] = {"list": set(), "one": set()}
    for kind, one in _documents(known, there):
        if FULL or not one.over or one.over - gone[kind]:
            gone[kind] |= one.over
            yield one


def share(asked: Iterable[Document], who: str) -> Iterator[Document]:
    """In a full run all; otherwise the viewers take turns at what leads over no edge, and those who see least at the rest."""
    for place, one in enumerate(asked):
        turns = VIEWERS if not one.over else () if who in {"specialist", "head"} else ("nobody", "service")
        if FULL or not turns or turns[place % len(turns)] == who:
            yield one


def _documents(known: Values, there: Things) -> Iterator[tuple[str, Document]]:
    for path, resource in RESOURCES.items():
        for one in (*_listed(path, resource), *_filtered(path, resource, known)):
            yield "list", one
        if resource.one:
            for one in _things(path, resource, there[path]):
                yield "one", one


def _listed(path: str, resource: Resource) -> Iterator[Document]:
    shape = shape_of(path)
    needed = f', filter: {{ q: "{COMMON_WORDS}" }}' if shape.listing and shape.listing.required else ""
    page = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
    whole = f"first: 20{needed}"
    yield Document(
        f"{path} list", f"{{ it: {camel(resource.many)}({whole}) {{ {page} nodes {{ {plain(shape)} }} }} }}"
    )
    backward = f"last: 3, descending: true{needed}"
    yield Document(
        f"{path} list",
        f"{{ it: {camel(resource.many)}({backward}) {{ {page} edges {{ cursor node {{ {short(shape)} }} }} }} }}",
    )
    for selection, over in selections(shape):
        text = f"{{ it: {camel(resource.many)}(first: 5{needed}) {{ totalCount nodes {{ {short(shape)} {selection} }} }} }}"
        yield Document(f"{path} edges", text, over)


def _filtered(path: str, resource: Resource, known: Values) -> Iterator[Document]:
    shape = shape_of(path)
    required = [f'{name}: "{COMMON_WORDS}"' for name in (shape.listing.required if shape.listing else ())]
    for one in filters_of(path):
        needed = [] if required and one.name == "q" else required
        for value in known[path, one.name][:1]:
            given = ", ".join([*needed, f"{camel(one.name)}: {_literal(one, value)}"])
            text = f"{{ it: {camel(resource.many)}(first: 4, filter: {{ {given} }}) {{ totalCount nodes {{ {short(shape)} }} }} }}"
            yield Document(f"{path} filter", text)


def _literal(one: Filter, value: str) -> str:
    if isinstance(one.kind, Choice):
        word = value.upper().replace("-", "_")
    else:
        word = value if one.kind.name in {"boolean", "integer"} else f'"{value}"'
    return f"[{word}]" if one.many else word


def _things(path: str, resource: Resource, there: list[str]) -> Iterator[Document]:
    shape = shape_of(path)
    name = camel(resource.one)
    for one in (*there, MISSING):
        yield Document(f"{path} one", f'{{ it: {name}(id: "{one}") {{ {plain(shape)} }} }}')
    own = [there[place : place + AT_ONCE] for place in range(0, len(there), AT_ONCE)]
    for selection, over in selections(shape):
        for some in own if FULL else [[*there[:3], *there[-3:-2]]]:
            asked = " ".join(
                f'a{number}: {name}(id: "{one}") {{ id {selection} }}' for number, one in enumerate(some)
            )
            yield Document(f"{path} edges", f"{{ {asked} }}", over)


def seen_over(shape: Shape, answer: Any) -> Iterator[tuple[Way, Any]]:
    """What an answer about things of the shape says of each edge, at any depth."""
    if isinstance(answer, list):
        for one in answer:
            yield from seen_over(shape, one)
    elif isinstance(answer, Mapping):
        for name, value in answer.items():
            edge = next((one for one in shape.edges if camel(one.name) == name), None)
            if edge is not None:
                yield (shape.name, edge.name), value
                yield from seen_over(SHAPES[edge.to], value)
            elif name in {"nodes", "edges", "node"}:
                yield from seen_over(shape, value)
