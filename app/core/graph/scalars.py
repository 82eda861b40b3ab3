"""Scalars of the contract. Values leave as PostgreSQL wrote them; what comes in is read by the kinds' own reader."""

from collections.abc import Callable
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from app.core.reads.kinds import DATE, DECIMAL, ID, INSTANT, MONEY, Kind
from app.core.reads.values import read_value

Date = NewType("Date", str)
DateTime = NewType("DateTime", str)
UUID = NewType("UUID", str)
Decimal = NewType("Decimal", str)
Money = NewType("Money", int)
JSON = NewType("JSON", object)


def _reader(kind: Kind) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        try:
            read_value(kind, value)
        except ValueError as error:
            raise GraphQLError(f"expected {error}, got {value!r}") from error
        # The checked words stay as they are: the same words bind a statement and fill a command's input.
        return value

    return read


def _scalar(name: str, says: str, kind: Kind | None) -> ScalarDefinition:
    return strawberry.scalar(
        name=name,
        description=says,
        serialize=lambda value: value,
        parse_value=_reader(kind) if kind else lambda value: value,
    )


SCALARS: dict[object, ScalarDefinition] = {
    Date: _scalar("Date", "A day as Hanoi counts it, YYYY-MM-DD.", DATE),
    DateTime: _scalar("DateTime", "An instant, RFC 3339 in UTC.", INSTANT),
    UUID: _scalar("UUID", "An id, the same as in REST.", ID),
    Decimal: _scalar("Decimal", "A decimal as a string with a point.", DECIMAL),
    Money: _scalar("Money", "An amount in đồng, a whole number.", MONEY),
    JSON: _scalar("JSON", "A JSON value.", None),
}
