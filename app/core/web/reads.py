"""REST reads, run straight from the ASGI scope: parse, plan (cached), one statement, bytes on.

The same endpoints stand in FastAPI for the documentation; going through its routing and dependencies would cost more
than the read itself (docs/decisions/0003).
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from starlette.types import Receive, Scope, Send

from app.core.act import Actor
from app.core.errors import Flaw, Refused
from app.core.house import House, Resource
from app.core.reads.allowed import NAME as ALLOWED
from app.core.reads.allowed import WHOLE
from app.core.reads.compiler import compile_one, compile_several, filters_of
from app.core.reads.kinds import DATE, INTEGER, Kind, many
from app.core.reads.plan import Plan
from app.core.reads.selection import Ask, One, Page, Several, Slot
from app.core.reads.shape import Shape
from app.core.reads.values import read_value
from app.core.text import Text
from app.core.web.answers import Headers, headers_of, send_problem, send_read
from app.core.web.callers import Callers
from app.core.words import NOT_FOUND, PARAMETER_UNKNOWN, VALUE_INVALID

LIMIT, LARGEST_LIMIT = 50, 200
PLANS = 2_000
PAGE_PARAMETERS = ("limit", "after", "before", "sort", "count")
SHAPE_PARAMETERS = ("fields", "include")


class ReadDoor:
    """All REST reads of the house by path. Everything else goes on to `inner`, the FastAPI application."""

    def __init__(self, house: House, callers: Callers, inner: Any) -> None:
        self.house = house
        self.callers = callers
        self.inner = inner
        self.lists = {f"/v1/{one.path}": one for one in house.resources}
        self.plans: OrderedDict[tuple[Any, ...], Plan] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            path = scope["path"]
            resource = self.lists.get(path)
            if resource is not None:
                await self.answered(scope, send, self.several, resource, "")
                return
            head, _, tail = path.rpartition("/")
            resource = self.lists.get(head)
            if resource is not None and resource.one and ":" not in tail:
                await self.answered(scope, send, self.one, resource, tail)
                return
        await self.inner(scope, receive, send)

    async def answered(self, scope: Scope, send: Send, read: Any, resource: Resource, tail: str) -> None:
        """Runs the read; refusals become problems, the database's own troubles go to the outer handler."""
        asked = headers_of(scope)
        try:
            actor = await self.callers.known(asked.get(b"authorization"))
            await read(scope, send, asked, actor, resource, tail)
        except Refused as refused:
            await send_problem(scope, send, refused)

    async def one(
        self, scope: Scope, send: Send, asked: Headers, actor: Actor, resource: Resource, tail: str
    ) -> None:
        """`GET /v1/<resource>/{id}`."""
        shape = self.house.registry[resource.shape]
        given = parameters(scope, (*SHAPE_PARAMETERS, *past(shape)))
        as_of = as_of_in(given)

        def compiled() -> Plan:
            of = selection(self.house, shape, resource, given)
            read = One(shape.name, Slot(("id",)), of, Slot(("as_of",)) if as_of else None)
            return compile_one(self.house.registry, read, door="rest")

        plan = self.plan(("one", shape.name, *shape_key(given), as_of is None), compiled)
        row, actor = await self.house.seen(plan, actor, {"id": identity(tail), "as_of": as_of})
        if row is None:
            raise Refused(NOT_FOUND)
        await send_read(scope, send, asked, row["body"], row["version"], self.callers.headers(actor))

    async def several(
        self, scope: Scope, send: Send, asked: Headers, actor: Actor, resource: Resource, _tail: str
    ) -> None:
        """`GET /v1/<resource>`: a keyset page."""
        shape = self.house.registry[resource.shape]
        filters = filters_of(shape)
        given = parameters(scope, (*PAGE_PARAMETERS, *SHAPE_PARAMETERS, *past(shape), *filters))
        page, arguments = page_of(shape, given)

        def compiled() -> Plan:
            of = selection(self.house, shape, resource, given)
            return compile_several(self.house.registry, Several(shape.name, page, of))

        plan = self.plan(("several", shape.name, *shape_key(given), *page_key(page)), compiled)
        row, actor = await self.house.seen(plan, actor, arguments)
        body = list_body(row)
        extra = [*self.callers.headers(actor), *links(scope, given, row)]
        await send_read(scope, send, asked, body, 0, extra)

    def plan(self, key: tuple[Any, ...], make: Any) -> Plan:
        """The plan of this key, compiled at first sight; the least used one leaves."""
        found = self.plans.get(key)
        if found is None:
            found = self.plans[key] = make()
            if len(self.plans) > PLANS:
                self.plans.popitem(last=False)
        else:
            self.plans.move_to_end(key)
        return found


def identity(tail: str) -> UUID:
    """The id in a path. What is no id is simply not there."""
    try:
        return UUID(tail)
    except ValueError:
        raise Refused(NOT_FOUND) from None


def parameters(scope: Scope, accepted: tuple[str, ...]) -> dict[str, str]:
    """The query's parameters. Raises Refused for an unknown, repeated or unreadable one: none is ignored."""
    query = scope["query_string"]
    if not query:
        return {}
    try:
        pairs = parse_qsl(
            query.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=60,
        )
    except ValueError:
        raise Refused(VALUE_INVALID, name="query", expected="name=value&…") from None
    given = dict(pairs)
    unknown = sorted(given.keys() - set(accepted))
    if unknown:
        flaws = tuple(
            Flaw(f"?{name}", "parameter_unknown", Text("Tham số không có", "Unknown parameter"))
            for name in unknown
        )
        raise Refused(
            PARAMETER_UNKNOWN, flaws=flaws, names=", ".join(unknown), open=", ".join(sorted(accepted))
        )
    if len(given) != len(pairs):
        raise Refused(VALUE_INVALID, name="query", expected="each parameter once (lists are a,b)")
    return given


def value_of(name: str, kind: Kind, raw: str) -> Any:
    """A parameter's value. Raises Refused (value_invalid) saying what was expected."""
    try:
        return read_value(kind, raw)
    except ValueError as error:
        raise Refused(
            VALUE_INVALID, flaws=(_flaw(name, str(error)),), name=name, expected=str(error)
        ) from None


def _flaw(name: str, expected: str) -> Flaw:
    return Flaw(f"?{name}", "value_invalid", Text(f"cần {expected}", f"expected {expected}"))


def page_of(shape: Shape, given: Mapping[str, str]) -> tuple[Page, dict[str, Any]]:
    """The page asked for, and its values."""
    filters: dict[str, Slot] = {}
    values: dict[str, Any] = {}
    for name, one in filters_of(shape).items():
        if name in given:
            raw: Any = given[name].split(",") if one.many else given[name]
            values[name] = value_of(name, many(one.kind) if one.many else one.kind, raw)
            filters[name] = Slot(("filters", name))
    sort, descending = _sort_of(shape, given.get("sort"))
    cursor = given.get("after", given.get("before"))
    if "after" in given and "before" in given:
        raise Refused(VALUE_INVALID, name="before", expected="either after or before")
    page = Page(
        filters=filters,
        sort=sort,
        descending=descending,
        limit=_limit_of(given.get("limit")),
        after=Slot(("cursor",)) if cursor is not None else None,
        backward="before" in given,
        count=_count_of(given.get("count")),
        as_of=Slot(("as_of",)) if "as_of" in given else None,
    )
    return page, {"filters": values, "cursor": cursor, "as_of": as_of_in(given)}


def past(shape: Shape) -> tuple[str, ...]:
    """The parameter that reads a shape as of a day, where it keeps its past."""
    return ("as_of",) if shape.as_of else ()


def as_of_in(given: Mapping[str, str]) -> Any:
    """The day asked for."""
    return value_of("as_of", DATE, given["as_of"]) if "as_of" in given else None


def shape_key(given: Mapping[str, str]) -> tuple[str | None, ...]:
    """What `fields` and `include` say, as sent: comparing words costs a hundredth of comparing the selections they make."""
    return tuple(given.get(name) for name in SHAPE_PARAMETERS)


def page_key(page: Page) -> tuple[Any, ...]:
    """What of a page stands in the statement's text."""
    return (
        tuple(sorted(page.filters)),
        page.sort,
        page.descending,
        page.limit,
        page.after is not None,
        page.backward,
        page.count,
        page.as_of is None,
    )


def _sort_of(shape: Shape, raw: str | None) -> tuple[str, bool]:
    sorts = [one.name for one in shape.listing.sorts] if shape.listing else []
    if raw is None:
        return sorts[0], False
    name = raw.removeprefix("-")
    if name not in sorts:
        raise Refused(VALUE_INVALID, name="sort", expected=", ".join(f"{one} | -{one}" for one in sorts))
    return name, raw.startswith("-")


def _limit_of(raw: str | None) -> int:
    if raw is None:
        return LIMIT
    limit = value_of("limit", INTEGER, raw)
    if not 1 <= limit <= LARGEST_LIMIT:
        raise Refused(VALUE_INVALID, name="limit", expected=f"1…{LARGEST_LIMIT}")
    return limit


def _count_of(raw: str | None) -> bool:
    if raw not in {None, "true", "false"}:
        raise Refused(VALUE_INVALID, name="count", expected="true or false")
    return raw == "true"


def selection(house: House, shape: Shape, resource: Resource, given: Mapping[str, str]) -> tuple[Ask, ...]:
    """Fields asked for (all by default) and included edges with their short form; allowed actions by either word."""
    names = [one.name for one in shape.fields]
    chosen = _words("fields", given, openings(house, shape, names)) if "fields" in given else names
    more = _words("include", given, openings(house, shape, resource.include)) if "include" in given else []
    return tuple(_asked(house, shape, name) for name in dict.fromkeys((*chosen, *more)))


def openings(house: House, shape: Shape, names: Iterable[str]) -> tuple[str, ...]:
    """The words `fields` or `include` takes: what is made by asking comes last."""
    return (*names, *((ALLOWED,) if shape.name in house.registry.verbs else ()))


def _asked(house: House, shape: Shape, name: str) -> Ask:
    if shape.field(name):
        return Ask(name, name)
    return WHOLE if name == ALLOWED else Ask(name, name, short(house, shape, name))


def short(house: House, shape: Shape, edge: str) -> tuple[Ask, ...]:
    """The fields of an included object: its shape's own choice, or all."""
    found = shape.edge(edge)
    if found is None:
        raise KeyError(f"{shape.name} has no edge {edge}")
    other = house.registry[found.to]
    return tuple(
        _short_ask(house, other, name) for name in (other.defaults or [one.name for one in other.fields])
    )


def _short_ask(house: House, shape: Shape, name: str) -> Ask:
    return Ask(name, name) if shape.field(name) else Ask(name, name, short(house, shape, name))


def _words(name: str, given: Mapping[str, str], accepted: Any) -> list[str]:
    words = [one for one in given[name].split(",") if one]
    if not words or set(words) - set(accepted) or len(set(words)) != len(words):
        raise Refused(VALUE_INVALID, name=name, expected=", ".join(accepted))
    return words


def list_body(row: Any) -> bytes:
    """`{"items": […], "page": {…}}` around the items PostgreSQL built."""
    nxt, prev, count = row["next"], row["prev"], row["count"]
    page = f'"next_cursor":{_json(nxt)},"prev_cursor":{_json(prev)}' + (
        f',"count":{count}' if count is not None else ""
    )
    return b'{"items":' + row["items"] + b',"page":{' + page.encode() + b"}}"


def _json(cursor: str | None) -> str:
    return "null" if cursor is None else f'"{cursor}"'


def links(scope: Scope, given: Mapping[str, str], row: Any) -> list[tuple[bytes, bytes]]:
    """RFC 8288 links to the neighbouring pages."""
    found = []
    kept = {name: value for name, value in given.items() if name not in {"after", "before"}}
    for rel, parameter, cursor in (("next", "after", row["next"]), ("prev", "before", row["prev"])):
        if cursor is not None:
            query = urlencode({**kept, parameter: cursor}, safe=",")
            found.append(f'<{scope["path"]}?{query}>; rel="{rel}"')
    return [(b"link", ", ".join(found).encode())] if found else []
