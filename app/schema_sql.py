"""The whole database as SQL, made from the models: the first migration was written with it, and a law compares by it."""

from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import (
    AddConstraint,
    CreateIndex,
    CreateTable,
    ForeignKeyConstraint,
    SetColumnComment,
    SetTableComment,
)

from app.tables import AFTER_TABLES, BEFORE_TABLES, metadata

_DIALECT = postgresql.dialect()


def statements() -> list[str]:
    """Every statement that makes the database of the models, in order."""
    made = list(BEFORE_TABLES)
    for table in metadata.sorted_tables:
        made.append(_text(CreateTable(table)))
        made.extend(
            _text(CreateIndex(index)) for index in sorted(table.indexes, key=lambda one: str(one.name))
        )
        made.append(_text(SetTableComment(table)))
        made.extend(_text(SetColumnComment(column)) for column in table.columns)
    made.extend(_text(AddConstraint(key)) for key in _late_keys())
    return [*made, *AFTER_TABLES]


def _late_keys() -> list[ForeignKeyConstraint]:
    return [key for table in metadata.sorted_tables for key in table.foreign_key_constraints if key.use_alter]


def _text(element: object) -> str:
    return str(element.compile(dialect=_DIALECT)).strip()  # type: ignore[attr-defined] - every DDL element compiles
