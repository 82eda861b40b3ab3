"""Kinds of values a shape can show: how each looks in SQL, in JSON Schema and in GraphQL."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.core.text import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value. `cast` is the SQL type a bound text becomes; `render` wraps the SQL expression that is shown."""

    name: str
    graphql: str
    cast: str
    schema: dict[str, Any] = field(hash=False)
    render: str = "{}"

    def shown(self, expression: str) -> str:
        """The SQL expression in the form the contract promises."""
        return self.render.replace("{}", expression)


TEXT = Kind("text", "String", "text", {"type": "string"})
INTEGER = Kind("integer", "Int", "integer", {"type": "integer"})
MONEY = Kind("money", "Money", "bigint", {"type": "integer", "format": "int64", "description": "đồng"})
BOOLEAN = Kind("boolean", "Boolean", "boolean", {"type": "boolean"})
DATE = Kind("date", "Date", "date", {"type": "string", "format": "date"})
INSTANT = Kind("instant", "DateTime", "timestamptz", {"type": "string", "format": "date-time"})
ID = Kind("id", "UUID", "uuid", {"type": "string", "format": "uuid"})
DECIMAL = Kind("decimal", "Decimal", "numeric", {"type": "string", "format": "decimal"}, "({})::text")
JSON = Kind("json", "JSON", "json", {})
QUERY = Kind(
    "query", "String", "tsquery", {"type": "string", "minLength": 1, "maxLength": 200}, "({})::tsquery"
)
"""Words to search for; bound as a prefix query of full-text search."""


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a fixed set of words; in GraphQL an enum in capitals, in REST the lower-case word."""

    labels: dict[str, Text] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Many(Kind):
    """A list of values of one kind, stored as an array."""

    of: Kind = TEXT


def choice(name: str, labels: dict[str, Text]) -> Choice:
    """A choice under its GraphQL type name, e.g. `choice("TaskState", {...})`."""
    return Choice(name, name, "text", {"type": "string", "enum": list(labels)}, labels=labels)


def choice_of(name: str, words: type[StrEnum], labels: dict[str, Text]) -> Choice:
    """A choice over a StrEnum. Raises ValueError where a member has no label in both languages."""
    missing = {member.value for member in words} ^ set(labels)
    if missing:
        raise ValueError(f"{name}: members and labels differ in {sorted(missing)}")
    return choice(name, {member.value: labels[member.value] for member in words})


def many(kind: Kind) -> Many:
    """A list of `kind`."""
    return Many(
        f"many_{kind.name}",
        kind.graphql,
        f"{kind.cast}[]",
        {"type": "array", "items": kind.schema},
        "to_json({})",
        kind,
    )
