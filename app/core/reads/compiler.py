"""From a selection over shapes to one SQL statement.

The compiler adds each shape's visibility to every node, edge and count it emits, so no door can forget it. Limits
and choices stand in the text (a bound LIMIT makes PostgreSQL plan anew at every call); values are bound.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from app.core.errors import Refused
from app.core.reads.allowed import NAME, Fill, laid_out, marked
from app.core.reads.kinds import DATE, Choice, Kind, Many, many
from app.core.reads.plan import TAG, Bind, CursorSpec, Plan
from app.core.reads.selection import Ask, One, Page, Several, Slot
from app.core.reads.shape import EVERYONE, Edge, Field, Filter, Listing, Registry, Scope, Shape, Sort
from app.core.words import PARAMETER_MISSING

Door = Literal["rest", "graphql"]
COUNT_CAP = 1_001  # a capped count tells "more than 1,000"; planner estimates would tell of hidden rows
Walk = tuple[str, list[str], list[str]]
"""Ranges of a scope table: where their roots come from (empty: one root, which the conditions name), conditions on rows
of the scope table `s`, and on rows of the object.
"""
_PAIRS = 45  # json_build_object takes at most 100 arguments
_PLACE = re.compile(r"\{(\w+)\}")
_COLUMN = re.compile(r"\{t\}\.(\w+)")


def compile_one(registry: Registry, read: One, *, door: Door) -> Plan:
    """Columns: epoch, body (json), version. No row where the thing is missing or may not be seen."""
    work = _Work(registry, door, read.as_of)
    shape = registry[read.shape]
    body = work.object(shape, read.of, "t")
    version = "t.version" if _versioned(shape) else "0"
    where = work.visible(shape, "t")
    text = (
        f"SELECT {_EPOCH} AS epoch, {body} AS body, {version} AS version"
        f" FROM {work.source(shape, 't')} WHERE t.id = {work.value(read.id, ID_KIND)} AND {where}"
    )
    return work.plan(text)


def compile_several(registry: Registry, read: Several, *, door: Door = "rest") -> Plan:
    """Columns: epoch, items (json), next and prev (cursors or null), count (or null)."""
    work = _Work(registry, door, read.page.as_of)
    shape = registry[read.shape]
    rows = work.page_rows(shape, read.page, [work.object(shape, read.of, "t")], "t", "true")
    order = "DESC" if read.page.backward else "ASC"
    limit = read.page.limit
    # Forward, row limit+1 proves a next page; backward it proves a previous one and the next is where we came from.
    onward, back = ("prev", "next") if read.page.backward else ("next", "prev")
    came_from = "true" if read.page.after else "false"
    total = work.total(shape, read.page, "true") if read.page.count else "NULL::integer"
    # Sealed inside the aggregate, and so for the one row that passes its filter.
    cursor = work.cursor(shape, read.page, "p")
    text = (
        f"SELECT {_EPOCH} AS epoch, coalesce(json_agg(p.e0 ORDER BY p.n {order}) FILTER (WHERE p.n <= {limit}), '[]') AS items,"
        f" max({cursor}) FILTER (WHERE p.n = {limit} AND p.total > {limit}) AS {onward},"
        f" max({cursor}) FILTER (WHERE p.n = 1 AND {came_from}) AS {back}, {total} AS count FROM ({rows}) p"
    )
    return work.plan(text)


def compile_roots(
    registry: Registry, roots: Iterable[tuple[str, One | Several | str | None, tuple[Ask, ...]]]
) -> Plan:
    """A GraphQL query: columns epoch and body, `{"data": {...}}`, every root a scalar sub-select of one statement."""
    work = _Work(registry, "graphql")
    pairs = [(key, work.root(read, asks)) for key, read, asks in roots]
    return work.plan(f"SELECT {_EPOCH} AS epoch, json_build_object('data', {_object(pairs)}) AS body")


def compile_matter(registry: Registry, name: str) -> Plan:
    """Columns: unit, amount, access_class, owner, concerns of the thing `id`. No row where it may not be seen."""
    work = _Work(registry, "rest")
    shape = registry[name]
    if shape.matter is None:
        raise KeyError(f"no verb is about a {name}")
    matter = shape.matter
    parts = ", ".join(
        f"{work.filled(getattr(matter, part), t='t')} AS {part}"
        for part in ("unit", "amount", "access_class", "owner", "concerns")
    )
    identity = work.value(Slot(("id",)), ID_KIND)
    return work.plan(
        f"SELECT {parts} FROM {work.source(shape, 't')} WHERE t.id = {identity} AND {work.visible(shape, 't')}"
    )


_EPOCH = "(SELECT epoch FROM epoch)"
ID_KIND = Kind("id", "UUID", "uuid", {})


def _versioned(shape: Shape) -> bool:
    return shape.field("version") is not None


def quoted(words: str) -> str:
    """An SQL string literal."""
    return "'" + words.replace("'", "''") + "'"


def _object(pairs: list[tuple[str, str]]) -> str:
    if len(pairs) > _PAIRS:
        # Two objects become one as text: both are non-empty and neither is null.
        first, rest = _object(pairs[:_PAIRS]), _object(pairs[_PAIRS:])
        return f"(left(({first})::text, -1) || ', ' || substr(({rest})::text, 2))::json"
    return "json_build_object(" + ", ".join(f"{quoted(key)}, {value}" for key, value in pairs) + ")"


class _Work:
    """One compilation: collects binds and hands out aliases."""

    def __init__(self, registry: Registry, door: Door, as_of: Any = None) -> None:
        self.registry = registry
        self.door = door
        self.as_of = as_of
        self.binds: list[Bind] = []
        self.casts: list[str] = []
        self.fills: list[Fill] = []
        self.aliases = 0
        self.observed: set[str] = set()

    def plan(self, text: str) -> Plan:
        # Sorted: readings that wait for each other are recorded in one order.
        return Plan(text, tuple(self.binds), tuple(self.fills), tuple(sorted(self.observed)))

    # -- values ------------------------------------------------------------------------------------------------

    def bind(self, bind: Bind, cast: str) -> str:
        if bind not in self.binds:
            self.binds.append(bind)
        return f"${self.binds.index(bind) + 1}::{cast}"

    def value(self, source: Any, kind: Kind) -> str:
        return self.bind(Bind("value", source, kind), kind.cast)

    def filled(self, fragment: str, **places: str) -> str:
        def place(match: re.Match[str]) -> str:
            name = match[1]
            return places[name] if name in places else self.context(name)

        return _PLACE.sub(place, fragment)

    def context(self, name: str) -> str:
        if name == "as_of":
            return f"({self.value(self.as_of, DATE)})"
        casts = {"reach": "uuid[]", "inspected": "uuid[]", "actor": "uuid", "today": "date"}
        return f"({self.bind(Bind(name), casts[name])})"

    def alias(self) -> str:
        self.aliases += 1
        return f"a{self.aliases}"

    # -- objects -----------------------------------------------------------------------------------------------

    def source(self, shape: Shape, alias: str, way: str = "ASC") -> str:
        """The shape's table, what it held on the day asked for where the shape keeps its past, or its gathered rows."""
        if shape.observed:
            self.observed.add(shape.name)
        if shape.rows:
            return f"{self.filled(shape.rows, way=way)} {alias}"
        if self.as_of is not None and shape.as_of:
            return f"{self.filled(shape.as_of)} {alias}"
        return f'"{shape.table}" {alias}'

    def visible(self, shape: Shape, alias: str) -> str:
        # As a scalar, asked of each row: a plain EXISTS becomes a join, whose order a generic plan gets wrong by a
        # factor of a hundred, and whose search costs more at every planning than the read itself.
        seen = self.filled(shape.visible, t=alias)
        return seen if seen == EVERYONE else f"(SELECT {seen})"

    def object(self, shape: Shape, asks: tuple[Ask, ...], t: str) -> str:
        return _object([(ask.key, self.part(shape, ask, t)) for ask in asks])

    def part(self, shape: Shape, ask: Ask, t: str) -> str:
        if ask.name == "__typename":
            return quoted(shape.name)
        if (found := shape.field(ask.name)) is not None:
            return self.field(shape, found, t)
        if (edge := shape.edge(ask.name)) is not None:
            return self.edge(edge, ask, t)
        if self.door == "graphql" and ask.name == "uuid":
            return f"{t}.id"
        if ask.name == NAME and shape.name in self.registry.verbs:
            return self.allowed(shape, ask, t)
        raise KeyError(f"{shape.name} has no field or edge {ask.name}")

    def field(self, shape: Shape, found: Field, t: str) -> str:
        expression = self.filled(found.expression, t=t)
        if self.door == "graphql":
            if found.name == "id" and shape.node:
                return f"encode(convert_to('{shape.name}:' || {expression}, 'UTF8'), 'base64')"
            if isinstance(found.kind, Choice):
                return f"upper({expression})"
            if isinstance(found.kind, Many) and isinstance(found.kind.of, Choice):
                return f"to_json(upper({expression}::text)::text[])"
        return found.kind.shown(expression)

    def edge(self, edge: Edge, ask: Ask, t: str) -> str:
        shape = self.registry[edge.to]
        if edge.paged:
            return self.connection(shape, ask.page or Page(), ask.of, edge, t)
        o, link = self.alias(), self.alias()
        tables = self.source(shape, o) + (f", {self.filled(edge.through, l=link)}" if edge.through else "")
        joined = self.filled(edge.on, t=t, o=o, l=link)
        where = joined if edge.part else f"{joined} AND {self.visible(shape, o)}"
        body = self.object(shape, ask.of, o)
        order = self.filled(edge.sort, t=t, o=o, l=link)
        if edge.many:
            within = f" ORDER BY {order}" if order else ""
            return f"(SELECT coalesce(json_agg({body}{within}), '[]'::json) FROM {tables} WHERE {where})"
        first = f" ORDER BY {order} LIMIT 1" if order else ""
        return f"(SELECT {body} FROM {tables} WHERE {where}{first})"

    def allowed(self, shape: Shape, ask: Ask, t: str) -> str:
        """The mark that becomes the list of what the caller may do."""
        if self.as_of is not None:
            return "'[]'::json"  # nobody acts on the past
        verbs, around = self.registry.verbs[shape.name], self.registry.around
        expressions, fill = laid_out(shape, verbs, around, ask.of)
        if fill not in self.fills:
            self.fills.append(fill)
        values = [self.filled(one, t=t) for one in expressions]
        return marked(self.bind(Bind("mark"), "text"), self.fills.index(fill), values)

    # -- lists -------------------------------------------------------------------------------------------------

    def root(self, read: One | Several | str | None, asks: tuple[Ask, ...]) -> str:
        if read is None or isinstance(read, str):
            return quoted(read) if read else "NULL"
        shape = self.registry[read.shape]
        self.as_of = read.page.as_of if isinstance(read, Several) else read.as_of
        if isinstance(read, Several):
            return self.connection(shape, read.page, asks, None, "")
        t = self.alias()
        where = f"{t}.id = {self.value(read.id, ID_KIND)} AND {self.visible(shape, t)}"
        return f"(SELECT {self.object(shape, asks, t)} FROM {self.source(shape, t)} WHERE {where})"

    def connection(
        self, shape: Shape, page: Page, asks: tuple[Ask, ...], edge: Edge | None, parent: str
    ) -> str:
        t, p = self.alias(), self.alias()
        within = self.filled(edge.on, t=parent, o=t) if edge else "true"
        root = self.filled(edge.roots, t=parent) if edge and edge.roots else ""
        columns: list[str] = []
        order = "DESC" if page.backward else "ASC"
        made = (columns, within, root)
        pairs = [(ask.key, self.connection_part(shape, page, ask, (t, p, order), made)) for ask in asks]
        rows = self.page_rows(shape, page, columns, t, within, root)
        # HAVING makes it one row whatever is asked: without it, parts that aggregate nothing would give a row each.
        return f"(SELECT {_object(pairs)} FROM ({rows}) {p} HAVING true)"

    def connection_part(
        self,
        shape: Shape,
        page: Page,
        ask: Ask,
        names: tuple[str, str, str],
        made: tuple[list[str], str, str],
    ) -> str:
        t, p, order = names
        columns, within, root = made
        match ask.name:
            case "__typename":
                return quoted(f"{shape.name}Connection")
            case "nodes" | "edges":
                body = (
                    self.object(shape, ask.of, t)
                    if ask.name == "nodes"
                    else self.relay_edge(shape, ask, t, page)
                )
                columns.append(body)
                column = f"{p}.e{len(columns) - 1}"
                return f"coalesce(json_agg({column} ORDER BY {p}.n {order}) FILTER (WHERE {p}.n <= {page.limit}), '[]'::json)"
            case "page_info":
                return self.page_info(shape, ask, page, p)
            case _:
                return self.total(shape, page, within, root, t)

    def relay_edge(self, shape: Shape, ask: Ask, t: str, page: Page) -> str:
        pairs = []
        for part in ask.of:
            if part.name == "node":
                value = self.object(shape, part.of, t)
            elif part.name == "cursor":
                value = self.cursor(shape, page, "k")
            else:
                value = quoted(f"{shape.name}Edge")
            pairs.append((part.key, value))
        return _object(pairs)

    def page_info(self, shape: Shape, ask: Ask, page: Page, p: str) -> str:
        return _object([(part.key, self.page_fact(shape, part.name, page, p)) for part in ask.of])

    def page_fact(self, shape: Shape, name: str, page: Page, p: str) -> str:
        more = f"coalesce(max({p}.total) > {page.limit}, false)"
        came = "true" if page.after else "false"
        match name:
            case "__typename":
                return "'PageInfo'"
            case "has_next_page":
                return came if page.backward else more
            case "has_previous_page":
                return more if page.backward else came
        place = "1" if (name == "start_cursor") != page.backward else f"least({p}.total, {page.limit})"
        return f"max({self.cursor(shape, page, p)}) FILTER (WHERE {p}.n = {place})"

    def page_rows(
        self, shape: Shape, page: Page, columns: list[str], t: str, within: str, root: str = ""
    ) -> str:
        """Rows with n (1…limit+1), total, the values a cursor is made of, and one column e0… per JSON asked."""
        sort = _sort(shape, page)
        keys = self.keys(shape, page, t, within, root)
        names = [*(f"k.s{i}" for i in range(len(sort.by))), "k.id"]
        turn = page.descending != page.backward
        order = ", ".join(f"{name} {'DESC' if turn else 'ASC'}" for name in names)
        parts = "".join(f", {column} AS e{i}" for i, column in enumerate(columns))
        return (
            f"SELECT row_number() OVER (ORDER BY {order}) AS n, count(*) OVER () AS total,"
            f" {', '.join(names)}{parts}"
            f" FROM ({keys}) k {self.found_again(shape, t)}"
        )

    def found_again(self, shape: Shape, t: str) -> str:
        """The objects of a page by their keys; what was gathered comes along with its key, and is not gathered twice."""
        return (
            f"CROSS JOIN LATERAL (SELECT k.*) {t}"
            if shape.rows
            else f"JOIN {self.source(shape, t)} ON {t}.id = k.id"
        )

    def keys(self, shape: Shape, page: Page, t: str, within: str, root: str) -> str:
        listing = _listing(shape)
        missing = [name for name in listing.required if name not in page.filters]
        if missing:
            raise Refused(PARAMETER_MISSING, names=", ".join(missing))
        sort = _sort(shape, page)
        roots = [one for one in listing.filters if one.root and one.name in page.filters]
        # A filter that names few objects by itself reads their own index; walking a whole scope for them would grow.
        narrow = not root and not roots and any(one.narrow for one, _ in self.chosen(shape, page))
        if listing.scope and sort.name == listing.scope.sort and (root or within == "true") and not narrow:
            return self.scoped_keys(shape, page, listing.scope, t, root, roots)
        conditions = [within, self.visible(shape, t), *self.conditions(shape, page, t)]
        if listing.scope:
            ancestors = [*([root] if root else []), *(self.ancestor(one, page) for one in roots)]
            conditions += [self.under(listing.scope, one, t) for one in ancestors]
        leaning = (
            {"q": f"({self.value(page.filters['q'], _filter(listing, 'q').kind)})"}
            if "q" in listing.required
            else {}
        )
        expressions = [self.filled(expression, t=t, **leaning) for expression, _ in sort.by]
        source = self.source(shape, t, _way(page))
        return self.ordered(source, expressions, f"{t}.id", conditions, shape, page)

    def ancestor(self, one: Filter, page: Page) -> str:
        return self.value(page.filters[one.name], one.kind)

    @staticmethod
    def under(scope: Scope, ancestor: str, t: str) -> str:
        return (
            f"EXISTS (SELECT 1 FROM {scope.table} s WHERE s.{scope.object} = {t}.id"
            f" AND s.{scope.ancestor} IN ({ancestor}, cleared({ancestor})))"
        )

    def scoped_keys(
        self, shape: Shape, page: Page, scope: Scope, t: str, root: str, roots: list[Filter]
    ) -> str:
        """One index range per root and openness, each already in order; merged without duplicates."""
        chosen = root or (self.ancestor(roots[0], page) if roots else "")
        # One ancestor's range is walked; any other root filter is asked of each row.
        others = [self.under(scope, self.ancestor(one, page), t) for one in (roots if root else roots[1:])]
        if chosen:
            walks = self.below(shape, scope, t, chosen)
        else:
            reach = f"(SELECT unnest({self.context('reach')}) AS root) r"
            walks = [(reach, [f"s.{scope.ancestor} = r.root"], [])]
        merged = " UNION ALL ".join(
            self.walk(shape, page, scope, t, (ranges, at, [*others, *seen])) for ranges, at, seen in walks
        )
        way = _way(page)
        return (
            f"SELECT DISTINCT ON (x.s0, x.id) x.s0, x.id FROM ({merged}) x"
            f" ORDER BY x.s0 {way}, x.id {way} LIMIT {page.limit + 1}"
        )

    def below(self, shape: Shape, scope: Scope, t: str, chosen: str) -> list[Walk]:
        """What is walked below a chosen ancestor: its range, and for what is restricted others.

        Those are the ancestor's own where the caller is cleared above it (or where it is none of a tree, and short); else
        those he is cleared for, so that nobody walks what he would not be shown. Where he sees all of a range, its rows
        are not asked one by one.
        """
        reach, seen = self.context("reach"), self.visible(shape, t)
        above = scope.above.replace("{a}", chosen)
        whole = f"(SELECT EXISTS (SELECT 1 FROM ({above}) w(id) WHERE w.id = ANY({reach})))"
        ranges = (
            f"(SELECT DISTINCT CASE WHEN m <> cleared({self.context('actor')}) AND (w.ids IS NULL OR m = ANY(w.ids))"
            f" THEN cleared({chosen}) ELSE m END AS root, coalesce(m = ANY(w.ids), false) AS whole"
            f" FROM unnest({reach}) m, (SELECT array_agg(cleared(w.id)) AS ids FROM ({above}) w(id)) w WHERE m = cleared(m)) r"
        )
        # A scalar for the same reason as `visible`: beside an OR, EXISTS may be answered by hashing the whole table.
        within = f"(r.root = cleared({chosen}) OR (SELECT {self.under(scope, chosen, t)}))"
        # That what is restricted is little is said by the second condition, which follows from the first: nothing else
        # tells the planner, who would think of an average root.
        restricted = [f"s.{scope.ancestor} = r.root", f"s.{scope.ancestor} = cleared(s.{scope.ancestor})"]
        return [
            ("", [f"s.{scope.ancestor} = {chosen}"], [f"({whole} OR {seen})"]),
            (ranges, restricted, [f"(r.whole OR ({seen} AND {within}))"]),
        ]

    def walk(self, shape: Shape, page: Page, scope: Scope, t: str, walk: Walk) -> str:
        """One index range for each root of the walk and each openness, as sort value and id."""
        ranges, at, seen = walk
        inner, outer = self.split(shape, page, scope, t)
        outer = [one for one in (*outer, *seen) if one != EVERYONE]
        is_open = "" if "open" in page.filters else "(VALUES (true), (false)) o(open)"
        conditions = [*at, *inner, *([f"s.{scope.open} = o.open"] if is_open else []), *outer]
        tables = f"{scope.table} s" + (
            f" JOIN {self.source(shape, t)} ON {t}.id = s.{scope.object}" if outer else ""
        )
        ranged = self.ordered(tables, [f"s.{scope.sort}"], f"s.{scope.object}", conditions, shape, page)
        sources = " CROSS JOIN ".join([*filter(None, (ranges, is_open)), f"LATERAL ({ranged}) x"])
        return f"SELECT x.s0, x.id FROM {sources}"

    def split(self, shape: Shape, page: Page, scope: Scope, t: str) -> tuple[list[str], list[str]]:
        """Predicates on columns the scope table holds, and those that need the object's own row."""
        inner, outer = [], []
        for one, source in self.chosen(shape, page):
            on_scope = {*_COLUMN.findall(one.predicate)} <= {*scope.columns}
            (inner if on_scope else outer).append(self.condition(one, source, "s" if on_scope else t))
        return inner, outer

    def ordered(
        self,
        tables: str,
        expressions: list[str],
        identity: str,
        conditions: list[str],
        shape: Shape,
        page: Page,
    ) -> str:
        way = _way(page)
        if page.after is not None:
            conditions = [*conditions, self.beyond(shape, page, [*expressions, identity])]
        where = " AND ".join(one for one in conditions if one != EVERYONE) or "true"
        names = ", ".join(f"{expression} AS s{i}" for i, expression in enumerate(expressions))
        order = ", ".join(f"{one} {way}" for one in [*expressions, identity])
        found = "*" if shape.rows else f"{identity} AS id"
        return f"SELECT {names}, {found} FROM {tables} WHERE {where} ORDER BY {order} LIMIT {page.limit + 1}"

    def beyond(self, shape: Shape, page: Page, expressions: list[str]) -> str:
        spec, casts = self.cursor_spec(shape, page), [cast for _, cast in _sort(shape, page).by]
        marks = [
            f"({self.bind(Bind('cursor', (spec, page.after), place=place), 'text')})::{cast}"
            for place, cast in enumerate([*casts, "uuid"])
        ]
        way = "<" if page.descending != page.backward else ">"
        return f"({', '.join(expressions)}) {way} ({', '.join(marks)})"

    def total(self, shape: Shape, page: Page, within: str, root: str = "", t: str = "t") -> str:
        """How many there are, counted by the same predicates as the page and capped."""
        whole = Page(filters=page.filters, sort=page.sort, limit=COUNT_CAP - 1)
        return f"(SELECT count(*) FROM ({self.keys(shape, whole, t, within, root)}) counted)"

    def chosen(self, shape: Shape, page: Page) -> list[tuple[Filter, Any]]:
        filters = _listing(shape).filters
        return [(one, page.filters[one.name]) for one in filters if one.name in page.filters and not one.root]

    def conditions(self, shape: Shape, page: Page, t: str) -> list[str]:
        return [self.condition(one, source, t) for one, source in self.chosen(shape, page)]

    def condition(self, one: Filter, source: Any, t: str) -> str:
        bound = self.value(source, _bound_kind(one))
        return "(" + self.filled(one.predicate, t=t, v=f"({bound})") + ")"

    # -- cursors -----------------------------------------------------------------------------------------------

    def cursor_spec(self, shape: Shape, page: Page) -> CursorSpec:
        signature = f"{shape.name}/{_sort(shape, page).name}/{page.descending}"
        filters = [one for one in _listing(shape).filters if one.name in page.filters]
        binds = [(one.name, Bind("value", page.filters[one.name], _bound_kind(one))) for one in filters]
        return CursorSpec(signature, tuple(sorted(binds, key=lambda one: one[0])))

    def cursor(self, shape: Shape, page: Page, k: str) -> str:
        """Sort values and id, sealed with a key of this list, order and filter; base64url without padding."""
        key = self.bind(Bind("key", self.cursor_spec(shape, page)), "text")
        values = ", ".join([*(f"{k}.s{i}::text" for i in range(len(_sort(shape, page).by))), f"{k}.id::text"])
        payload = f"json_build_array({values})::text"
        seal = f"left(encode(sha256(convert_to({key} || {payload}, 'UTF8')), 'hex'), {TAG})"
        return f"translate(encode(convert_to({seal} || {payload}, 'UTF8'), 'base64'), E'+/=\\n', '-_')"


def _listing(shape: Shape) -> Listing:
    if shape.listing is None:
        raise KeyError(f"{shape.name} has no listing")
    return shape.listing


def _way(page: Page) -> str:
    return "DESC" if page.descending != page.backward else "ASC"


def _bound_kind(one: Filter) -> Kind:
    return many(one.kind) if one.many else one.kind


def _filter(listing: Listing, name: str) -> Filter:
    return next(one for one in listing.filters if one.name == name)


def _sort(shape: Shape, page: Page) -> Sort:
    sorts = _listing(shape).sorts
    return next((one for one in sorts if one.name == page.sort), sorts[0])


def filters_of(shape: Shape) -> Mapping[str, Filter]:
    """The filters of a shape's list by name."""
    return {one.name: one for one in shape.listing.filters} if shape.listing else {}
