"""Random valid GraphQL documents over what the oracle knows: aliases, fragments, directives, variables, pages, merges."""

import random
from dataclasses import dataclass, field
from typing import Any

from contract.oracle import EDGES, FILTERS, MANYS, NODES, ONES, SORTS, VERBATIM, Oracle, Row, global_id
from graphql import GraphQLEnumType, GraphQLObjectType, get_named_type

from contract.doors import SCHEMA  # isort: skip

PAGE_INFO = ("hasNextPage", "hasPreviousPage", "startCursor", "endCursor", "__typename")


@dataclass
class Writer:
    """One document under way. `cursors` gives cursors that are valid for a list in an order under a filter."""

    chance: random.Random
    oracle: Oracle
    cursors: dict[tuple[str, str, bool], list[str]]
    variables: dict[str, tuple[str, Any]] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    aliases: int = 0

    def document(self) -> tuple[str, Row]:
        """The text and its variables."""
        fields = [self.root() for _ in range(self.chance.randint(1, 3))]
        if self.chance.random() < 0.2:
            fields.append("__typename")
        declared = ", ".join(f"${name}: {kind}" for name, (kind, _) in self.variables.items())
        head = f"query ({declared})" if declared else "query"
        text = f"{head} {{ {' '.join(fields)} }} {' '.join(self.fragments)}"
        return text, {name: value for name, (_, value) in self.variables.items()}

    # -- fields --------------------------------------------------------------------------------------------------

    def root(self) -> str:
        kind = self.chance.random()
        if kind < 0.1:
            return f"me {{ {self.selection('Person', 3)} }}"
        if kind < 0.35:
            name, shape = self.chance.choice(sorted(ONES.items()))
            return f"{self.alias()}: {name}(id: {self.identity(shape)}) {{ {self.selection(shape, 3)} }}"
        if kind < 0.5:
            shape = self.chance.choice(sorted(set(ONES.values()) | {"Clause", "ContentGroup"}))
            inside = f"__typename ... on Node {{ id }} ... on {shape} {{ {self.selection(shape, 3)} }} ... on {self.another(shape)} {{ uuid }}"
            return f"{self.alias()}: node(id: {self.identity(shape, anywhere=False)}) {{ {inside} }}"
        name, shape = self.chance.choice(sorted(MANYS.items()))
        return self.connection(name, shape, 3)

    def another(self, shape: str) -> str:
        return self.chance.choice(sorted(NODES - {shape}))

    def alias(self) -> str:
        self.aliases += 1
        return f"a{self.aliases}"

    def identity(self, shape: str, *, anywhere: bool = True) -> str:
        rows = self.oracle.rows[shape]
        one = self.chance.choice(rows)["id"]
        written = one if anywhere and self.chance.random() < 0.5 else global_id(shape, one)
        return self.argument("ID!", written, f'"{written}"')

    def argument(self, kind: str, value: Any, literal: str) -> str:
        """The value as a literal, or by a variable."""
        if self.chance.random() < 0.6:
            return literal
        name = f"v{len(self.variables)}"
        self.variables[name] = (kind, value)
        return f"${name}"

    def selection(self, shape: str, depth: int) -> str:
        """Some fields of a type, some of them in fragments, some twice."""
        picked = [self.field(shape, depth) for _ in range(self.chance.randint(1, 4))]
        if self.chance.random() < 0.15:
            picked.append(f"... on {shape} {{ {self.field(shape, depth)} }}")
        if self.chance.random() < 0.1:
            picked.append(f"... {{ {self.field(shape, depth)} }}")
        if self.chance.random() < 0.1:
            name = f"f{len(self.fragments)}"
            self.fragments.append("")  # holds the place while the inside is written
            self.fragments[int(name[1:])] = f"fragment {name} on {shape} {{ {self.field(shape, depth)} }}"
            picked.append(f"...{name}")
        return " ".join(picked)

    def field(self, shape: str, depth: int) -> str:
        kind = SCHEMA.type_map[shape]
        assert isinstance(kind, GraphQLObjectType)
        edges = [name for name in kind.fields if (shape, name) in EDGES]
        if depth > 0 and edges and self.chance.random() < 0.35:
            return self.edge(shape, self.chance.choice(edges), depth - 1)
        leaves = [
            name
            for name, one in kind.fields.items()
            if not isinstance(get_named_type(one.type), GraphQLObjectType)
        ]
        name = self.chance.choice([*leaves, "__typename"])
        alias = f"{self.alias()}: " if self.chance.random() < 0.1 else ""
        return f"{alias}{name}{self.directive()}"

    def directive(self) -> str:
        if self.chance.random() > 0.1:
            return ""
        wanted = self.chance.random() < 0.5
        written = self.argument("Boolean!", wanted, "true" if wanted else "false")
        return f" @{self.chance.choice(['skip', 'include'])}(if: {written})"

    def edge(self, shape: str, name: str, depth: int) -> str:
        target = get_named_type(SCHEMA.type_map[shape].fields[name].type).name  # type: ignore[attr-defined] - an object type
        if target.endswith("Connection"):
            return self.connection(name, target.removesuffix("Connection"), depth)
        if self.chance.random() < 0.2:  # the same field twice: their selections become one
            return (
                f"{name} {{ {self.selection(target, depth)} }} {name} {{ {self.selection(target, depth)} }}"
            )
        return f"{name}{self.directive()} {{ {self.selection(target, depth)} }}"

    # -- pages ---------------------------------------------------------------------------------------------------

    def connection(self, name: str, shape: str, depth: int) -> str:
        sort, descending = self.chance.choice(sorted(SORTS[shape])), self.chance.random() < 0.4
        backward = self.chance.random() < 0.3
        size = self.chance.randint(1, 5)
        given = [f"{'last' if backward else 'first'}: {self.argument('Int', size, str(size))}"]
        given.append(f"sort: {self.argument(f'{shape}Sort', sort.upper(), sort.upper())}")
        given.append(f"descending: {self.argument('Boolean!', descending, str(descending).lower())}")
        filtered = self.filter(shape) if self.chance.random() < 0.5 else None
        if filtered is not None:
            given.append(f"filter: {filtered}")
        known = self.cursors[shape, sort, descending]
        if filtered is None and known and self.chance.random() < 0.5:
            cursor = self.chance.choice(known)
            given.append(
                f"{'before' if backward else 'after'}: {self.argument('String', cursor, chr(34) + cursor + chr(34))}"
            )
        return f"{self.alias()}: {name}({', '.join(given)}) {{ {self.parts(shape, depth)} }}"

    def parts(self, shape: str, depth: int) -> str:
        parts = []
        for _ in range(self.chance.randint(1, 3)):
            match self.chance.randrange(5):
                case 0:
                    parts.append("totalCount")
                case 1:
                    inside = self.chance.sample(PAGE_INFO, self.chance.randint(1, 4))
                    parts.append(f"pageInfo {{ {' '.join(inside)} }}")
                case 2:
                    parts.append(
                        f"edges {{ cursor __typename node {{ {self.selection(shape, depth - 1)} }} }}"
                    )
                case 3:
                    parts.append("__typename")
                case _:
                    parts.append(f"nodes {{ {self.selection(shape, depth - 1)} }}")
        return " ".join(parts)

    def filter(self, shape: str) -> str:
        """One or two conditions, taken from a row that is there."""
        kind = SCHEMA.type_map[f"{shape}Filter"]
        names = self.chance.sample(sorted(FILTERS[shape]), min(2, len(FILTERS[shape])))
        written: list[str] = []
        value: Row = {}
        for name in names[: self.chance.randint(1, 2)]:
            target = kind.fields[name].type  # type: ignore[attr-defined] - an input type
            one = self.value(shape, name, get_named_type(target))
            many = "[" in str(target)
            enum = isinstance(get_named_type(target), GraphQLEnumType)
            bare = isinstance(one, (bool, int))
            literal = one if enum else str(one).lower() if bare else f'"{one}"'
            written.append(f"{name}: [{literal}]" if many else f"{name}: {literal}")
            value[name] = [one] if many else one
        return self.argument(f"{shape}Filter", value, "{" + ", ".join(written) + "}")

    def value(self, shape: str, name: str, kind: Any) -> Any:
        if isinstance(kind, GraphQLEnumType):
            return self.chance.choice(sorted(kind.values))
        if kind.name == "Boolean":
            return self.chance.random() < 0.5
        if kind.name == "Int":
            return self.chance.randint(0, 2)
        if kind.name == "Date":
            return f"202{self.chance.randint(4, 9)}-0{self.chance.randint(1, 9)}-15"
        if kind.name == "ID":
            return self.chance.choice(self.oracle.rows["Programme" if name == "programme" else "Unit"])["id"]
        if name == "power":
            row = self.chance.choice(self.oracle.rows[shape])
            return self.chance.choice(row.get("powers") or [row["power_a"], row["power_b"]])
        assert name in VERBATIM or kind.name == "String"
        return self.chance.choice(self.oracle.rows[shape])[name]
