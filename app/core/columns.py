"""Columns and table arguments that recur in every room, so that names, types and comments agree."""

from typing import Any

from sqlalchemy import Column, Computed, Date, DateTime, ForeignKey, Integer, LargeBinary, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.types import UserDefinedType


def id_column(says: str) -> Column[Any]:
    """The primary key: UUIDv7 made by the service."""
    return Column("id", Uuid, primary_key=True, comment=f"{says}; UUIDv7")


def version_column() -> Column[Any]:
    """Rises by one with each act that changes the object or a part of it."""
    return Column(
        "version", Integer, nullable=False, comment="rises by one with each act on the object; starts at 1"
    )


def created_column() -> Column[Any]:
    """When the object was recorded."""
    return Column("created_at", DateTime(timezone=True), nullable=False, comment="when it was recorded, UTC")


def link(
    name: str, to: str, says: str, *, null: bool = False, index: bool = True, on_delete: str | None = None
) -> Column[Any]:
    """A foreign key down or sideways, indexed unless another index already begins with it."""
    return Column(
        name, Uuid, ForeignKey(f"{to}.id", ondelete=on_delete), nullable=null, index=index, comment=says
    )


def bare_link(name: str, says: str, *, null: bool = True) -> Column[Any]:
    """An id whose foreign key the roof declares, because the other table lives on a higher floor."""
    return Column(name, Uuid, nullable=null, index=True, comment=says)


def words(name: str, says: str, *, null: bool = False) -> Column[Any]:
    """Text, composed (NFC)."""
    return Column(name, Text, nullable=null, comment=says)


def day(name: str, says: str, *, null: bool = False) -> Column[Any]:
    """A calendar day in Hanoi."""
    return Column(name, Date, nullable=null, comment=says)


def untold(name: str, says: str) -> Column[Any]:
    """Bytes that no entry of the record may hold: a change of the row is told without them."""
    return Column(name, LargeBinary, nullable=False, info={"untold": True}, comment=says)


def document(name: str, says: str, *, null: bool = False) -> Column[Any]:
    """A JSON value."""
    return Column(name, JSONB(none_as_null=True), nullable=null, comment=says)


def sort_key_column(of: str, name: str = "sort_key") -> Column[Any]:
    """The Vietnamese sort key of a column, kept by the database; compare with COLLATE "C"."""
    return Column(
        name,
        Text(collation="C"),
        Computed(f"vietnamese_sort_key({of})", persisted=True),
        nullable=False,
        comment=f"Vietnamese order of {of}",
    )


def folded_column(of: str, name: str) -> Column[Any]:
    """A column without marks and in lower case, kept by the database, for comparing names."""
    return Column(
        name,
        Text(collation="C"),
        Computed(f"vietnamese_fold({of})", persisted=True),
        nullable=False,
        comment=f"{of} without marks, lower case",
    )


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """The type's name."""
        return "xid8"


def search_column(of: str) -> Column[Any]:
    """What full-text search looks in, kept by the database: words with marks weigh more than words without."""
    return Column(
        "search",
        TSVECTOR,
        Computed(f"search_words({of})", persisted=True),
        nullable=False,
        comment=f"search words of {of}",
    )
