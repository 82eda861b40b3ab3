"""Laws of the tables: comments, indexes, guards."""

from sqlalchemy import Table

from app.core.rows import STORED
from app.tables import DERIVED, guarded, metadata

TABLES = sorted(metadata.tables.values(), key=lambda one: one.fullname)


def test_every_table_and_every_column_is_commented() -> None:
    bare = [one.fullname for one in TABLES if not one.comment] + [
        f"{one.fullname}.{column.name}" for one in TABLES for column in one.columns if not column.comment
    ]
    assert len(TABLES) > 15
    assert bare == []


def test_every_foreign_key_has_an_index_that_begins_with_it() -> None:
    missing = [
        f"{table.fullname}.{key.column_keys}"
        for table in TABLES
        for key in table.foreign_key_constraints
        if not _indexed(table, list(key.column_keys))
    ]
    assert missing == []


def _indexed(table: Table, names: list[str]) -> bool:
    leading = [[column.name for column in index.columns] for index in table.indexes] + [
        [column.name for column in table.primary_key.columns]
    ]
    return any(one[: len(names)] == names for one in leading)


def test_every_table_is_guarded_by_the_record_or_named_as_derived() -> None:
    known = {table for table, _, _ in guarded()} | DERIVED
    unknown = [one.name for one in TABLES if one.schema != "audit" and one.name not in known]
    assert unknown == []


def test_no_index_holds_a_state() -> None:
    held = [
        f"{index.name}"
        for table in TABLES
        for index in table.indexes
        if "state" in {column.name for column in index.columns}
    ]
    assert held == []
    predicates = [
        str(index.name)
        for table in TABLES
        if "state" in table.columns
        for index in table.indexes
        if "state" in str(index.dialect_options["postgresql"].get("where"))
    ]
    assert predicates == []


def test_every_row_type_is_frozen_and_agrees_with_its_table() -> None:
    assert len(STORED) > 10
    for row in STORED:
        assert row.__dataclass_params__.frozen, row
