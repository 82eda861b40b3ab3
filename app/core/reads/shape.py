"""A shape: what can be read of one kind of thing. Declared once, in its room's `shapes.py`.

SQL fragments name their places in braces: `{t}` this row, `{o}` the other row of an edge, `{l}` the link row
between them, `{v}` a filter's value, and the caller's `{reach}` (roots he reaches, those he is cleared for once more as `cleared` makes them, uuid[]), `{inspected}` (roots he inspects), `{actor}` (uuid),
`{today}` (date in Hanoi) and `{as_of}` (date). The compiler fills them; nothing else may.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.core.act import Action
from app.core.reads.kinds import ID, Kind

EVERYONE = "true"
"""Visibility of what every signed-in caller may see."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a shape. `sql` defaults to the column of the same name."""

    name: str
    kind: Kind
    says: str
    sql: str = ""
    null: bool = False

    @property
    def expression(self) -> str:
        """The SQL with its places still open."""
        return self.sql or f"{{t}}.{self.name}"


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one shape to another.

    `on` joins `{t}` and `{o}` (and `{l}` where `through` names a link table). A `many` edge is a short list in the
    order of `sort`; a `paged` one is a list with the filters, sorts and cursors of the other shape's listing.
    `roots` is for paged edges over a scope table: the expression of the ancestor whose range is read. `part` leads to
    what is seen wherever its whole is, by the whole's own rule, so that it need not be asked of every part again.
    """

    name: str
    to: str
    says: str
    on: str = "true"
    many: bool = False
    paged: bool = False
    through: str = ""
    sort: str = ""
    roots: str = ""
    null: bool = True
    part: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A typed filter: `sql` is a predicate over `{t}` and `{v}`; `many` takes a list (`{v}` is an array then).

    `root` marks a filter whose value is the ancestor of a scope range instead of a predicate; `narrow` one that an
    index of the object's own table serves better than the scope's order.
    """

    name: str
    kind: Kind
    says: str
    sql: str = ""
    many: bool = False
    root: bool = False
    narrow: bool = False

    @property
    def predicate(self) -> str:
        """The SQL with its places still open."""
        if self.sql:
            return self.sql
        return f"{{t}}.{self.name} = ANY({{v}})" if self.many else f"{{t}}.{self.name} = {{v}}"


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of a list: expressions that are never null, each with its SQL type; the id comes last by itself."""

    name: str
    by: tuple[tuple[str, str], ...]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """The scope table of a listing: one index range per ancestor, already in the order of `sort`. `above` selects the ids
    at and above the ancestor `{a}`: whatever stands under it stands under these too.

    The index is `(ancestor, open, due/sort column, object)`. What is restricted stands under `cleared(ancestor)`. Source:
    docs/decisions on lists and visibility.
    """

    table: str
    object: str
    sort: str
    columns: tuple[str, ...]
    above: str
    ancestor: str = "ancestor_id"
    open: str = "open"


@dataclass(frozen=True, slots=True)
class Listing:
    """How a shape is listed: filters, sorts (the first is the default) and, where lists grow, its scope table.

    A sort may lean on the value of the filter `q` by `{q}`; then `q` stands in `required`.
    """

    filters: tuple[Filter, ...]
    sorts: tuple[Sort, ...]
    scope: Scope | None = None
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """What a decision of authority about the thing depends on: SQL over `{t}`. The unit whose matter it is, the amount
    in đồng, the class, whose own it is, and whom it is about.
    """

    unit: str
    amount: str = "NULL::bigint"
    access_class: str = "0"
    owner: str = "NULL::uuid"
    concerns: str = "NULL::uuid[]"


@dataclass(frozen=True, slots=True)
class Also:
    """A power that a command uses on the way, over the same matters, for things where the predicate over `{t}` holds."""

    action: Action
    where: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A command on a shape, as far as a read can tell whether it may be asked.

    `about` are the matters it is decided by, all of them (none: the shape's own). `open_if` is a predicate over `{t}` for
    the states it may be asked in (none: any).
    """

    name: str
    action: Action
    about: tuple[Matter, ...] = ()
    also: tuple[Also, ...] = ()
    open_if: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of thing that can be read. `visible` is a predicate over `{t}` that the compiler adds everywhere.

    `matter` is what verbs on it are decided by. `rows` takes the place of the table where what is read is first gathered
    (groups and their counts): a sub-select that narrows to the caller's sight itself, before it counts; `{way}` is the
    order of the page, ASC or DESC. Reading an `observed` shape leaves an entry in the record.
    """

    name: str
    table: str
    says: str
    fields: tuple[Field, ...]
    edges: tuple[Edge, ...] = ()
    visible: str = EVERYONE
    listing: Listing | None = None
    node: bool = True
    as_of: str = ""
    defaults: tuple[str, ...] = ()
    matter: Matter | None = None
    rows: str = ""
    observed: bool = False

    def field(self, name: str) -> Field | None:
        """The field of that name, if there is one."""
        return next((one for one in self.fields if one.name == name), None)

    def edge(self, name: str) -> Edge | None:
        """The edge of that name, if there is one."""
        return next((one for one in self.edges if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Shapes:
    """What one room shows: its shapes, and the edges it adds to shapes of the rooms below."""

    shapes: tuple[Shape, ...] = ()
    edges: Mapping[str, tuple[Edge, ...]] = field(default_factory=dict)
    fields: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)
    filters: Mapping[str, tuple[Filter, ...]] = field(default_factory=dict)


class Registry:
    """Every shape of the house, with the edges that upper rooms added and the verbs on it. Built once, at the roof.

    `around` is the SQL of what a decision of authority looks at, by name.
    """

    def __init__(
        self,
        rooms: Iterable[Shapes],
        verbs: Mapping[str, tuple[Verb, ...]] | None = None,
        around: Mapping[str, str] | None = None,
    ) -> None:
        self._shapes: dict[str, Shape] = {}
        self.verbs = verbs or {}
        self.around = around or {}
        for room in rooms:
            self._take(room)
        self._check()

    def __getitem__(self, name: str) -> Shape:
        return self._shapes[name]

    def __iter__(self) -> Iterator[Shape]:
        return iter(self._shapes.values())

    def __contains__(self, name: str) -> bool:
        return name in self._shapes

    def _take(self, room: Shapes) -> None:
        for shape in room.shapes:
            if shape.name in self._shapes:
                raise ValueError(f"shape {shape.name} is declared twice")
            self._shapes[shape.name] = shape
        for name, edges in room.edges.items():
            self._shapes[name] = replace(self._shapes[name], edges=self._shapes[name].edges + edges)
        for name, fields in room.fields.items():
            self._shapes[name] = replace(self._shapes[name], fields=self._shapes[name].fields + fields)
        for name, filters in room.filters.items():
            listing = self._shapes[name].listing or Listing((), ())
            self._shapes[name] = replace(
                self._shapes[name], listing=replace(listing, filters=listing.filters + filters)
            )

    def _check(self) -> None:
        for shape in self._shapes.values():
            names = [one.name for one in (*shape.fields, *shape.edges)]
            if len(names) != len(set(names)):
                raise ValueError(f"shape {shape.name} names a field or edge twice: {sorted(names)}")
            for edge in shape.edges:
                if edge.to not in self._shapes:
                    raise ValueError(
                        f"edge {shape.name}.{edge.name} leads to {edge.to}, which no room declares"
                    )
                if self._shapes[edge.to].observed and not shape.observed:
                    # Answers of commands are read inside the act, where no reading is recorded.
                    raise ValueError(f"edge {shape.name}.{edge.name} would let {edge.to} be read unrecorded")
                if edge.paged and self._shapes[edge.to].listing is None:
                    raise ValueError(f"edge {shape.name}.{edge.name} is paged but {edge.to} has no listing")
        for name, verbs in self.verbs.items():
            unclear = [one.name for one in verbs if not one.about and self._shapes[name].matter is None]
            if unclear:
                raise ValueError(f"nothing tells whose matter a {name} is for {', '.join(unclear)}")


def in_states(*states: str) -> str:
    """A predicate: the thing is in one of these states."""
    return "{t}.state IN (" + ", ".join(f"'{one}'" for one in states) + ")"


def identity(says: str) -> Field:
    """The id every object has: UUIDv7, the same outside and inside."""
    return Field("id", ID, says)
