"""Rows as frozen values: each row type belongs to a table and to an object whose history it is part of."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Table

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Object:
    """The thing an act is about: its kind and id. Parts belong to the object that owns them."""

    kind: str
    id: UUID

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a row type lives. `root` names the column that holds the object's id; a row whose root is its own id is the object.

    `untold` columns hold what the record must not: their values appear in no change.
    """

    type: type
    table: Table
    kind: str
    root: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    untold: frozenset[str] = frozenset()

    def told(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values without those the record must not hold."""
        return {name: value for name, value in values.items() if name not in self.untold}

    @property
    def is_object(self) -> bool:
        """Whether this row is the object itself, which carries the version."""
        return self.root == "id" and "version" in self.columns


STORED: dict[type, Stored] = {}
ROOTS: dict[str, Stored] = {}


def stored(table: Table, *, kind: str, root: str = "id") -> Callable[[type[T]], type[T]]:
    """Class decorator: ties a frozen dataclass to its table. Raises TypeError where fields and columns differ."""

    def tie(row: type[T]) -> type[T]:
        names = tuple(one.name for one in fields(row))  # type: ignore[arg-type] - a dataclass by contract
        columns = {column.name for column in table.columns if column.computed is None}
        if set(names) != columns:
            raise TypeError(f"{row.__name__} and table {table.name} differ in {sorted(set(names) ^ columns)}")
        key = tuple(column.name for column in table.primary_key.columns)
        untold = frozenset(column.name for column in table.columns if column.info.get("untold"))
        STORED[row] = Stored(row, table, kind, root, names, key, untold)
        if STORED[row].is_object:
            ROOTS[kind] = STORED[row]
        return row

    return tie


def object_of(row: Any) -> Object:
    """The object this row is, or is a part of."""
    where = STORED[type(row)]
    return Object(where.kind, getattr(row, where.root))


def loaded(row: type[T], record: Any) -> T:
    """A frozen row from a database record that has at least its columns."""
    return row(**{name: record[name] for name in STORED[row].columns})


@cache
def columns_of(row: type, alias: str = "") -> str:
    """The row's columns for a SELECT, e.g. `t.id, t.code`."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(f'{prefix}"{name}"' for name in STORED[row].columns)


@cache
def insert_text(row: type) -> str:
    """INSERT of one whole row, values in column order."""
    where = STORED[row]
    names = ", ".join(f'"{name}"' for name in where.columns)
    marks = ", ".join(f"${place}" for place in range(1, len(where.columns) + 1))
    return f'INSERT INTO "{where.table.name}" ({names}) VALUES ({marks})'


@lru_cache(maxsize=512)
def update_text(row: type, names: tuple[str, ...]) -> str:
    """UPDATE of the named columns by primary key: key values first, then the new values."""
    where = STORED[row]
    match = " AND ".join(f'"{name}" = ${place}' for place, name in enumerate(where.key, 1))
    values = ", ".join(f'"{name}" = ${place}' for place, name in enumerate(names, len(where.key) + 1))
    return f'UPDATE "{where.table.name}" SET {values} WHERE {match}'


@cache
def delete_text(row: type) -> str:
    """DELETE of one row by primary key."""
    where = STORED[row]
    match = " AND ".join(f'"{name}" = ${place}' for place, name in enumerate(where.key, 1))
    return f'DELETE FROM "{where.table.name}" WHERE {match}'
