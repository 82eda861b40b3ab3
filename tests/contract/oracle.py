"""Plain resolvers over the same rows: what graphql-core's own executor answers without a compiler.

Every row is read once as PostgreSQL's own JSON; fields, edges, filters, orders, pages and visibility are written anew
in Python. A cursor is told as the id it stands for.
"""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import asyncpg
from contract.doors import SCHEMA
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    execute_sync,
    get_named_type,
    parse,
)

Row = dict[str, Any]
TABLES = {
    "Unit": "unit",
    "UnitPeriod": "unit_period",
    "UnitAlias": "unit_alias",
    "Document": "document",
    "Clause": "clause",
    "Person": "person",
    "Position": "position",
    "Holding": "holding",
    "Grant": "power_grant",
    "Delegation": "delegation",
    "Duty": "duty",
    "Interest": "interest",
    "CalendarDay": "calendar_day",
    "Programme": "programme",
    "ProgrammeParent": "programme_parent",
    "ContentGroup": "content_group",
    "Indicator": "indicator",
    "Target": "target",
    "TargetPart": "target_part",
    "Task": "task",
    "TaskCoordinator": "task_coordinator",
    "TaskCandidate": "task_candidate",
    "Milestone": "milestone",
    "TaskBasis": "task_basis",
}
LINKS = (
    "unit_ancestor",
    "programme_scope",
    "programme_addressee",
    "task_scope",
    "task_indicator",
    "unit_successor",
)
NODES = {
    name
    for name, one in SCHEMA.type_map.items()
    if isinstance(one, GraphQLObjectType) and any(i.name == "Node" for i in one.interfaces)
}


def snake(camel: str) -> str:
    return re.sub("[A-Z]", lambda one: "_" + one[0].lower(), camel)


def global_id(kind: str, one: str) -> str:
    return base64.b64encode(f"{kind}:{one}".encode()).decode()


def plain_id(given: str) -> str:
    return given if "-" in given else base64.b64decode(given).decode().partition(":")[2]


def cursor_id(cursor: str) -> str | None:
    """The id inside a cursor; None for what is no cursor."""
    try:
        inside = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        return json.loads(inside[16:])[-1] if re.match(r"[0-9a-f]{16}\[", inside) else None
    except ValueError:
        return None


def bounds(written: str) -> tuple[str | None, str | None]:
    """First day, and first day after, of a range as PostgreSQL writes it."""
    low, _, high = written[1:-1].partition(",")
    return (low or None, high or None)


@dataclass
class Viewer:
    """For whom the oracle answers: his id, the units he reaches, and today."""

    id: str
    reach: set[str]
    today: str


@dataclass
class Oracle:
    """The rows, and resolvers over them."""

    rows: dict[str, list[Row]]
    viewer: Viewer
    by_id: dict[str, dict[str, Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind in TABLES:
            for row in self.rows[kind]:
                row["#"] = kind
            self.by_id[kind] = {row["id"]: row for row in self.rows[kind] if "id" in row}

    # -- who sees what -------------------------------------------------------------------------------------------

    def above(self, unit: str | None) -> set[str]:
        return {one["ancestor_id"] for one in self.rows["unit_ancestor"] if one["unit_id"] == unit}

    def reaches(self, unit: str | None) -> bool:
        return bool(self.above(unit) & self.viewer.reach)

    def sees(self, row: Row | None) -> bool:
        if row is None:
            return False
        rule = SEEN.get(row["#"])
        return rule is None or rule(self, row)

    def sees_programme(self, row: Row) -> bool:
        if row["access_class"] == 2:
            return self.reaches(row["owner_id"]) and self.clears(row["owner_id"])
        scope = {
            one["ancestor_id"] for one in self.rows["programme_scope"] if one["programme_id"] == row["id"]
        }
        if scope & self.viewer.reach:
            return True
        addressed = {
            one["unit_id"] for one in self.rows["programme_addressee"] if one["programme_id"] == row["id"]
        }
        return row["state"] == "issued" and any(self.above(unit) & addressed for unit in self.viewer.reach)

    def sees_task(self, identity: str) -> bool:
        row = self.by_id["Task"][identity]
        if row["access_class"] == 2:
            coordinating = [
                one["unit_id"] for one in self.rows["TaskCoordinator"] if one["task_id"] == identity
            ]
            units = {row["owner_id"], row["lead_id"], *coordinating}
            return row["responsible_person_id"] == self.viewer.id or any(
                self.reaches(unit) and self.clears(unit) for unit in units
            )
        return any(
            one["task_id"] == identity and one["ancestor_id"] in self.viewer.reach
            for one in self.rows["task_scope"]
        )

    def sees_document(self, row: Row) -> bool:
        return row["access_class"] < 2 or any(
            self.reaches(unit) and self.clears(unit) for unit in (row["issuer_id"], row["keeper_id"])
        )

    def clears(self, unit: str | None) -> bool:
        """Whether the viewer holds a power up to class 2 over the unit, by a grant to a post of his or lent to him."""
        above = self.above(unit)
        return any(
            any(
                one["position_id"] == held["position_id"] and self.carries(one, above)
                for one in self.rows["Grant"]
            )
            or any(
                one["to_holding_id"] == held["id"] and self.is_lent(one, above)
                for one in self.rows["Delegation"]
            )
            for held in self.rows["Holding"]
            if held["person_id"] == self.viewer.id and holds(self, held)
        )

    def carries(self, link: Row, above: set[str]) -> bool:
        whole = link["subtree"] and not link["strict"] and not link["excluded"]
        return whole and link["max_class"] == 2 and link["unit_id"] in above and holds(self, link)

    def is_lent(self, link: Row, above: set[str]) -> bool:
        source = self.by_id["Delegation"].get(link["delegation_id"] or "")
        carried = (
            self.is_lent(source, above)
            if source
            else self.carries(self.by_id["Grant"][link["grant_id"]], above)
        )
        return (
            carried
            and self.carries(link, above)
            and holds(self, self.by_id["Holding"][link["from_holding_id"]])
        )

    def one(self, kind: str, identity: str | None) -> Row | None:
        row = self.by_id[kind].get(identity or "")
        return row if self.sees(row) else None

    def some(
        self, kind: str, condition: Callable[[Row], bool], order: Callable[[Row], Any] | None = None
    ) -> list[Row]:
        found = [row for row in self.rows[kind] if condition(row) and self.sees(row)]
        return sorted(found, key=order) if order else found

    # -- lists ---------------------------------------------------------------------------------------------------

    def page(self, kind: str, rows: list[Row], args: Row) -> Row:
        """A connection over rows: filtered, ordered, cut."""
        kept = [
            row
            for row in rows
            if all(self.passes(kind, row, name, value) for name, value in (args.get("filter") or {}).items())
        ]
        name = (args.get("sort") or next(iter(SORTS[kind])).upper()).lower()

        def key(row: Row) -> Any:
            return (*SORTS[kind][name](row), row["id"])

        ordered = sorted(kept, key=key, reverse=bool(args.get("descending")))
        backward = args.get("last") is not None or args.get("before") is not None
        size = args.get("last" if backward else "first") or 50
        cursor = args.get("before" if backward else "after")
        window = ordered
        if cursor is not None:
            mark = key(self.by_id[kind][cursor_id(cursor) or ""])
            later = backward is bool(args.get("descending"))
            window = [row for row in ordered if (key(row) > mark if later else key(row) < mark)]
        shown = window[-size:] if backward else window[:size]
        more, came = len(window) > size, cursor is not None
        return {
            "nodes": shown,
            "edges": [{"node": row, "cursor": row["id"]} for row in shown],
            "total": min(len(ordered), 1_001),
            "info": {
                "next": came if backward else more,
                "previous": more if backward else came,
                "shown": shown,
            },
        }

    def passes(self, kind: str, row: Row, name: str, value: Any) -> bool:
        if value is None:
            return True
        lowered = (
            [one.lower() for one in value]
            if isinstance(value, list) and name not in {"code", "number", "kind_", "accessClass"}
            else value
        )
        if isinstance(value, str) and name in ENUM_FILTERS:
            lowered = value.lower()
        return FILTERS[kind][name](self, row, value if name in VERBATIM else lowered)

    # -- resolving -----------------------------------------------------------------------------------------------

    def resolve(self, source: Any, info: GraphQLResolveInfo, **args: Any) -> Any:
        parent, name = info.parent_type.name, info.field_name
        if parent == "Query":
            return self.root(name, args)
        if parent == "PageInfo":
            return self.page_info(source, name)
        if parent.endswith(("Connection", "Edge")):
            return source[{"pageInfo": "info", "totalCount": "total"}.get(name, name)]
        special = FIELDS.get((parent, name))
        if special is not None:
            return self.leaf(info, special(self, source))
        edge = EDGES.get((parent, name))
        if edge is not None:
            found = edge(self, source)
            target = get_named_type(info.return_type).name
            return (
                self.page(target.removesuffix("Connection"), found, args)
                if target.endswith("Connection")
                else found
            )
        if name == "uuid":
            return source["id"]
        if name == "id" and parent in NODES:
            return global_id(parent, source["id"])
        return self.leaf(info, source[snake(name)])

    @staticmethod
    def leaf(info: GraphQLResolveInfo, value: Any) -> Any:
        return (
            value.upper()
            if value is not None and isinstance(get_named_type(info.return_type), GraphQLEnumType)
            else value
        )

    @staticmethod
    def page_info(source: Row, name: str) -> Any:
        shown = source["shown"]
        ends = {
            "startCursor": shown[0]["id"] if shown else None,
            "endCursor": shown[-1]["id"] if shown else None,
        }
        return {"hasNextPage": source["next"], "hasPreviousPage": source["previous"], **ends}[name]

    def root(self, name: str, args: Row) -> Any:
        if name == "me":
            return self.by_id["Person"][self.viewer.id]
        if name == "node":
            kind, _, one = base64.b64decode(args["id"]).decode().partition(":")
            return self.one(kind, one)
        if name in ONES:
            return self.one(ONES[name], plain_id(args["id"]))
        return self.page(MANYS[name], self.some(MANYS[name], lambda _: True), args)

    def answer(self, document: str, variables: Row) -> Row:
        """What graphql-core answers over these resolvers."""
        for kind in SCHEMA.type_map.values():
            if isinstance(kind, GraphQLInterfaceType):
                kind.resolve_type = lambda value, *_: value["#"]
        result = execute_sync(SCHEMA, parse(document), variable_values=variables, field_resolver=self.resolve)
        if result.errors:
            raise result.errors[0]
        return result.data or {}


async def read(connection: asyncpg.Connection, viewer: Viewer) -> Oracle:
    """The oracle over all rows of a database."""
    await connection.execute("SET TimeZone = 'UTC'")
    rows: dict[str, list[Row]] = {}
    for kind, table in {**TABLES, **{one: one for one in LINKS}}.items():
        found = await connection.fetch(f'SELECT row_to_json(t)::text AS row FROM "{table}" t')
        rows[kind] = [json.loads(one["row"], parse_float=Decimal) for one in found]
    return Oracle(rows, viewer)


# -- what the rooms promise, written anew ----------------------------------------------------------------------------

SEEN: dict[str, Callable[[Oracle, Row], bool]] = {
    "Document": lambda o, r: o.sees_document(r),
    "Clause": lambda o, r: o.sees_document(o.by_id["Document"][r["document_id"]]),
    "Grant": lambda o, r: (
        o.reaches(r["unit_id"]) or o.reaches(o.by_id["Position"][r["position_id"]]["unit_id"])
    ),
    "Delegation": lambda o, r: o.reaches(r["unit_id"]) or o.viewer.id in parties(o, r),
    "Interest": lambda o, r: (
        r["person_id"] == o.viewer.id
        or any(
            o.reaches(o.by_id["Position"][held["position_id"]]["unit_id"])
            for held in o.rows["Holding"]
            if held["person_id"] == r["person_id"]
        )
    ),
    "Programme": lambda o, r: o.sees_programme(r),
    "ContentGroup": lambda o, r: o.sees_programme(o.by_id["Programme"][r["programme_id"]]),
    "ProgrammeParent": lambda o, r: (
        o.sees_programme(o.by_id["Programme"][r["programme_id"]])
        and (
            o.one("Document", r["document_id"]) is not None
            or o.one("Programme", r["parent_programme_id"]) is not None
        )
    ),
    "Indicator": lambda o, r: o.sees_programme(o.by_id["Programme"][r["programme_id"]]),
    "Target": lambda o, r: o.sees(o.by_id["Indicator"][r["indicator_id"]]),
    "TargetPart": lambda o, r: o.sees(o.by_id["Indicator"][r["indicator_id"]]),
    "Task": lambda o, r: o.sees_task(r["id"]),
    "TaskCoordinator": lambda o, r: o.sees_task(r["task_id"]),
    "TaskCandidate": lambda o, r: o.sees_task(r["task_id"]),
    "Milestone": lambda o, r: o.sees_task(r["task_id"]),
    "TaskBasis": lambda o, r: o.sees_task(r["task_id"]) and o.one("Document", r["document_id"]) is not None,
}


def parties(o: Oracle, r: Row) -> set[str]:
    """Who lends and who receives."""
    return {o.by_id["Holding"][r[end]]["person_id"] for end in ("from_holding_id", "to_holding_id")}


def timeliness(o: Oracle, r: Row) -> str:
    """Whether the deadline is kept as of today."""
    if r["state"] in {"cancelled", "superseded"} or r["deadline_kind"] == "ongoing":
        return "not_applicable"
    if r["due_on"] is None:
        return r["deadline_kind"] if r["deadline_kind"] in {"missing", "unread"} else "not_applicable"
    if r["accepted_on"] is not None:
        return "done_in_time" if r["accepted_on"] <= r["due_on"] else "done_late"
    if r["state"] == "closed":
        return "not_applicable"
    if r["due_on"] < o.viewer.today:
        return "overdue"
    soon = date.fromisoformat(o.viewer.today) + timedelta(days=7)
    return "due_soon" if r["due_on"] <= soon.isoformat() else "in_time"


def living(o: Oracle, r: Row) -> bool:
    return r["ended_on"] is None or r["ended_on"] > o.viewer.today


def holds(o: Oracle, r: Row) -> bool:
    low, high = bounds(r["valid"])
    return (low is None or low <= o.viewer.today) and (high is None or high > o.viewer.today)


def head_of(o: Oracle, unit: str | None) -> Row | None:
    posts = {one["id"]: one for one in o.rows["Position"] if one["unit_id"] == unit and one["head"]}
    found = [one for one in o.rows["Holding"] if one["position_id"] in posts and holds(o, one)]
    ordered = sorted(
        found, key=lambda one: (one["kind"] != "substantive", posts[one["position_id"]]["ordinal"], one["id"])
    )
    return o.by_id["Person"][ordered[0]["person_id"]] if ordered else None


def latest_first(r: Row) -> Any:
    low = bounds(r["valid"])[0]
    return (low is None, [-int(part) for part in (low or "0").split("-")])


def decimal(column: str) -> Callable[[Oracle, Row], str | None]:
    return lambda _, r: None if r[column] is None else str(r[column])


FIELDS: dict[tuple[str, str], Callable[[Oracle, Row], Any]] = {
    ("Unit", "living"): living,
    ("UnitPeriod", "validFrom"): lambda _, r: bounds(r["valid"])[0],
    ("UnitPeriod", "validTo"): lambda _, r: bounds(r["valid"])[1],
    **{
        (kind, name): lambda _, r, end=end: bounds(r["valid"])[end] if r["valid"] != "empty" else None
        for kind in ("Grant", "Delegation")
        for end, name in enumerate(("validFrom", "validTo"))
    },
    **{(kind, "inForce"): holds for kind in ("Grant", "Delegation")},
    ("Holding", "validFrom"): lambda _, r: bounds(r["valid"])[0],
    ("Holding", "validTo"): lambda _, r: bounds(r["valid"])[1],
    ("CalendarDay", "working"): lambda _, r: r["kind"] in {"working_weekend", "statutory_pending"},
    ("Programme", "annexAddress"): lambda _, r: f"/v1/programmes/{r['id']}/annex.xlsx",
    ("Indicator", "latestValue"): lambda _, _r: None,  # the demo has no figures
    ("Target", "why"): lambda _, r: r["reading"].get("why"),
    ("Task", "timeliness"): timeliness,
    ("Target", "baselineValue"): decimal("baseline_value"),
    ("TargetPart", "value"): decimal("value"),
    ("TargetPart", "high"): decimal("high"),
    ("TargetPart", "baselineValue"): decimal("baseline_value"),
    ("TaskCandidate", "score"): decimal("score"),
    ("Indicator", "share"): decimal("share"),
}


def link(kind: str, column: str) -> Callable[[Oracle, Row], Row | None]:
    return lambda o, r: o.one(kind, r[column])


def parts(kind: str, column: str, order: Callable[[Row], Any]) -> Callable[[Oracle, Row], list[Row]]:
    return lambda o, r: o.some(kind, lambda other: other[column] == r["id"], order)


def ordinal(r: Row) -> Any:
    return r["ordinal"]


def in_annex(r: Row) -> Any:
    return (r["annex_key"], r["number_key"], r["ordinal"], r["id"])


EDGES: dict[tuple[str, str], Callable[[Oracle, Row], Any]] = {
    ("Unit", "parent"): link("Unit", "parent_id"),
    ("Unit", "agency"): link("Unit", "agency_id"),
    ("Unit", "basis"): link("Document", "basis_id"),
    ("Unit", "children"): lambda o, r: o.some("Unit", lambda u: u["parent_id"] == r["id"]),
    ("Unit", "periods"): lambda o, r: o.some("UnitPeriod", lambda p: p["unit_id"] == r["id"], latest_first),
    ("Unit", "aliases"): lambda o, r: o.some(
        "UnitAlias", lambda a: a["unit_id"] == r["id"], lambda a: a["alias_folded"]
    ),
    ("Unit", "ancestors"): lambda o, r: [
        o.by_id["Unit"][one["ancestor_id"]]
        for one in sorted(o.rows["unit_ancestor"], key=lambda one: one["distance"])
        if one["unit_id"] == r["id"] and one["distance"] > 0
    ],
    ("Unit", "head"): lambda o, r: head_of(o, r["id"]),
    ("Unit", "documents"): lambda o, r: o.some("Document", lambda d: d["issuer_id"] == r["id"]),
    ("Unit", "programmes"): lambda o, r: o.some("Programme", lambda p: p["owner_id"] == r["id"]),
    ("Unit", "indicators"): lambda o, r: o.some("Indicator", lambda i: i["lead_id"] == r["id"]),
    ("Unit", "leads"): lambda o, r: o.some("Task", lambda t: t["lead_id"] == r["id"]),
    ("Unit", "tasks"): lambda o, r: o.some(
        "Task",
        lambda t: any(
            # What is restricted stands under the same id of version 8.
            s["task_id"] == t["id"]
            and r["id"] in {s["ancestor_id"], f"{s['ancestor_id'][:14]}7{s['ancestor_id'][15:]}"}
            for s in o.rows["task_scope"]
        ),
    ),
    ("Document", "issuer"): link("Unit", "issuer_id"),
    ("Document", "keeper"): link("Unit", "keeper_id"),
    ("Document", "clauses"): parts("Clause", "document_id", ordinal),
    ("Clause", "document"): link("Document", "document_id"),
    ("Clause", "parent"): link("Clause", "parent_id"),
    ("Position", "unit"): link("Unit", "unit_id"),
    ("Holding", "person"): link("Person", "person_id"),
    ("Holding", "position"): link("Position", "position_id"),
    ("Holding", "basis"): link("Document", "basis_id"),
    ("Person", "posts"): lambda o, r: o.some(
        "Holding",
        lambda h: h["person_id"] == r["id"] and holds(o, h),
        lambda h: (h["kind"] != "substantive", h["id"]),
    ),
    ("Position", "holders"): lambda o, r: o.some(
        "Holding",
        lambda h: h["position_id"] == r["id"] and holds(o, h),
        lambda h: (h["kind"] != "substantive", h["id"]),
    ),
    ("Programme", "owner"): link("Unit", "owner_id"),
    ("Programme", "document"): link("Document", "document_id"),
    ("Programme", "parents"): parts("ProgrammeParent", "programme_id", lambda r: r["id"]),
    ("Programme", "groups"): parts("ContentGroup", "programme_id", lambda r: (r["annex"], r["ordinal"])),
    ("Programme", "tasks"): lambda o, r: o.some("Task", lambda t: t["programme_id"] == r["id"]),
    ("Programme", "indicators"): lambda o, r: o.some("Indicator", lambda i: i["programme_id"] == r["id"]),
    ("Programme", "derived"): lambda o, r: o.some(
        "Programme",
        lambda p: any(
            x["programme_id"] == p["id"] and x["parent_programme_id"] == r["id"]
            for x in o.rows["ProgrammeParent"]
        ),
    ),
    **{
        (kind, name): edge
        for kind in ("Grant", "Delegation")
        for name, edge in (
            ("unit", link("Unit", "unit_id")),
            ("basis", link("Document", "basis_id")),
            (
                "excluded",
                lambda o, r: o.some(
                    "Unit", lambda u: u["id"] in r["excluded"], lambda u: (u["sort_key"], u["id"])
                ),
            ),
        )
    },
    ("Grant", "position"): link("Position", "position_id"),
    ("Grant", "delegations"): parts("Delegation", "grant_id", lambda r: r["id"]),
    ("Delegation", "giver"): link("Holding", "from_holding_id"),
    ("Delegation", "receiver"): link("Holding", "to_holding_id"),
    ("Delegation", "grant"): link("Grant", "grant_id"),
    ("Delegation", "source"): link("Delegation", "delegation_id"),
    ("Position", "grants"): parts("Grant", "position_id", lambda r: r["id"]),
    ("Holding", "delegations"): parts("Delegation", "to_holding_id", lambda r: r["id"]),
    ("Duty", "basis"): link("Document", "basis_id"),
    ("Interest", "person"): link("Person", "person_id"),
    ("ProgrammeParent", "document"): link("Document", "document_id"),
    ("ProgrammeParent", "programme"): link("Programme", "parent_programme_id"),
    ("ContentGroup", "programme"): link("Programme", "programme_id"),
    ("ContentGroup", "parent"): link("ContentGroup", "parent_id"),
    ("ContentGroup", "groups"): parts("ContentGroup", "parent_id", ordinal),
    ("ContentGroup", "indicators"): parts("Indicator", "group_id", in_annex),
    ("ContentGroup", "tasks"): lambda o, r: o.some(
        "Task", lambda t: t["group_id"] == r["id"] and t["programme_id"] == r["programme_id"]
    ),
    ("Indicator", "programme"): link("Programme", "programme_id"),
    ("Indicator", "group"): link("ContentGroup", "group_id"),
    ("Indicator", "parent"): link("Indicator", "parent_id"),
    ("Indicator", "children"): parts("Indicator", "parent_id", in_annex),
    ("Indicator", "lead"): link("Unit", "lead_id"),
    ("Indicator", "targets"): parts("Target", "indicator_id", ordinal),
    ("Indicator", "tasks"): lambda o, r: o.some(
        "Task",
        lambda t: any(
            x["indicator_id"] == r["id"] and x["task_id"] == t["id"] for x in o.rows["task_indicator"]
        ),
        lambda t: (t["annex_key"], t["number_key"], t["id"]),
    ),
    ("Target", "indicator"): link("Indicator", "indicator_id"),
    ("Target", "parts"): parts("TargetPart", "target_id", ordinal),
    ("Task", "programme"): link("Programme", "programme_id"),
    ("Task", "group"): link("ContentGroup", "group_id"),
    ("Task", "owner"): link("Unit", "owner_id"),
    ("Task", "lead"): link("Unit", "lead_id"),
    ("Task", "head"): lambda o, r: head_of(o, r["lead_id"]),
    ("Task", "responsiblePerson"): link("Person", "responsible_person_id"),
    ("Task", "responsiblePosition"): link("Position", "responsible_position_id"),
    ("Task", "competenceBody"): link("Unit", "competence_body_id"),
    ("Task", "submittedTo"): link("Unit", "submitted_to_id"),
    ("Task", "coordinating"): parts("TaskCoordinator", "task_id", ordinal),
    ("Task", "candidates"): parts("TaskCandidate", "task_id", ordinal),
    ("Task", "milestones"): parts("Milestone", "task_id", ordinal),
    ("Task", "basis"): parts("TaskBasis", "task_id", ordinal),
    ("Task", "indicators"): lambda o, r: o.some(
        "Indicator",
        lambda i: any(
            x["task_id"] == r["id"] and x["indicator_id"] == i["id"] for x in o.rows["task_indicator"]
        ),
        lambda i: (i["number_key"], i["id"]),
    ),
    ("TaskCoordinator", "unit"): link("Unit", "unit_id"),
    ("TaskCandidate", "unit"): link("Unit", "unit_id"),
    ("TaskBasis", "document"): link("Document", "document_id"),
    ("TaskBasis", "clause"): link("Clause", "clause_id"),
}

SORTS: dict[str, dict[str, Callable[[Row], tuple[Any, ...]]]] = {
    "Unit": {"name": lambda r: (r["sort_key"],), "code": lambda r: (r["code"],)},
    "Document": {
        "issued_on": lambda r: (r["issued_on"] or "",),
        "number": lambda r: (r["serial"] if r["serial"] is not None else 2**31 - 1, r["number_folded"] or ""),
        "title": lambda r: (r["sort_key"][:200],),
    },
    "Person": {"name": lambda r: (r["sort_key"],), "code": lambda r: (r["code"],)},
    "Position": {"title": lambda r: (r["sort_key"],), "code": lambda r: (r["code"],)},
    "CalendarDay": {"day": lambda r: (r["day"],)},
    **{kind: {"created_at": lambda r: (r["created_at"],)} for kind in ("Grant", "Delegation", "Interest")},
    "Duty": {"power_a": lambda r: (r["power_a"], r["power_b"])},
    "Programme": {
        "starts_on": lambda r: (r["starts_on"],),
        "title": lambda r: (r["sort_key"][:200],),
        "code": lambda r: (r["code"],),
    },
    "Indicator": {
        "number": lambda r: (r["annex_key"], r["number_key"]),
        "title": lambda r: (r["sort_key"][:200],),
    },
    "Task": {
        "due_on": lambda r: (r["due_sort"],),
        "number": lambda r: (r["annex_key"], r["number_key"]),
        "title": lambda r: (r["title_key"],),
        "created_at": lambda _: (),
    },
}

Passing = Callable[[Oracle, Row, Any], bool]


def equal(column: str) -> Passing:
    return lambda _, r, v: r[column] == v


def among(column: str) -> Passing:
    return lambda _, r, v: r[column] in v


def unit_is(column: str) -> Passing:
    return lambda _, r, v: r[column] == plain_id(v)


ENUM_FILTERS = {"kind", "level", "office", "state", "leadKind", "deadlineKind", "timeliness"}
VERBATIM = {
    "accessClass",
    "power",
    "unit",
    "person",
    "objectId",
    "code",
    "type",
    "parent",
    "issuer",
    "lead",
    "programme",
    "issuedFrom",
    "issuedTo",
    "dueFrom",
    "dueBefore",
    "dayFrom",
    "dayBefore",
}
FILTERS: dict[str, dict[str, Passing]] = {
    "Unit": {
        "kind": among("kind"),
        "level": among("level"),
        "parent": unit_is("parent_id"),
        "code": among("code"),
        "living": lambda o, r, v: living(o, r) == v,
        "root": lambda _, r, v: (r["parent_id"] is None) == v,
    },
    "Document": {
        "accessClass": among("access_class"),
        "type": among("type"),
        "issuer": unit_is("issuer_id"),
        "issuedFrom": lambda _, r, v: r["issued_on"] is not None and r["issued_on"] >= v,
        "issuedTo": lambda _, r, v: r["issued_on"] is not None and r["issued_on"] <= v,
    },
    "Person": {"kind": equal("kind"), "code": among("code")},
    "Position": {"head": equal("head"), "office": among("office")},
    "CalendarDay": {
        "kind": among("kind"),
        "dayFrom": lambda _, r, v: r["day"] >= v,
        "dayBefore": lambda _, r, v: r["day"] < v,
    },
    **{
        kind: {
            "power": lambda _, r, v: v in r["powers"],
            "unit": unit_is("unit_id"),
            "inForce": lambda o, r, v: holds(o, r) == v,
        }
        for kind in ("Grant", "Delegation")
    },
    "Duty": {"power": lambda _, r, v: v in {r["power_a"], r["power_b"]}},
    "Interest": {"person": unit_is("person_id"), "objectId": unit_is("object_id")},
    "Programme": {
        "accessClass": among("access_class"),
        "kind": among("kind"),
        "state": among("state"),
        "code": among("code"),
    },
    "Indicator": {
        "programme": unit_is("programme_id"),
        "lead": unit_is("lead_id"),
        "withdrawn": lambda _, r, v: (r["withdrawn_on"] is not None) == v,
    },
    "Task": {
        "accessClass": among("access_class"),
        "state": among("state"),
        "open": equal("open"),
        "kind": equal("kind"),
        "lead": unit_is("lead_id"),
        "programme": unit_is("programme_id"),
        "leadKind": among("lead_kind"),
        "deadlineKind": among("deadline_kind"),
        "clear": equal("clear"),
        "unplanned": equal("unplanned"),
        "dueFrom": lambda _, r, v: r["due_on"] is not None and r["due_on"] >= v,
        "dueBefore": lambda _, r, v: r["due_on"] is not None and r["due_on"] < v,
        "timeliness": lambda o, r, v: timeliness(o, r) in v,
    },
}
ONES = {
    "unit": "Unit",
    "document": "Document",
    "person": "Person",
    "position": "Position",
    "calendarDay": "CalendarDay",
    "grant": "Grant",
    "delegation": "Delegation",
    "duty": "Duty",
    "interest": "Interest",
    "programme": "Programme",
    "indicator": "Indicator",
    "task": "Task",
}
MANYS = {
    "units": "Unit",
    "documents": "Document",
    "people": "Person",
    "positions": "Position",
    "calendar": "CalendarDay",
    "grants": "Grant",
    "delegations": "Delegation",
    "duties": "Duty",
    "interests": "Interest",
    "programmes": "Programme",
    "indicators": "Indicator",
    "tasks": "Task",
}
