"""The outbox table."""

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from app.core.columns import Xid8
from app.core.database import metadata

outbox = Table(
    "outbox",
    metadata,
    Column("event_id", Uuid, primary_key=True, comment="the event's id, UUIDv7; CloudEvents id"),
    Column("seq", BigInteger, Identity(always=True, cache=1), nullable=False, comment="order of writing"),
    Column(
        "xid",
        Xid8,
        server_default=text("pg_current_xact_id()"),
        nullable=False,
        comment="the transaction; readers go by its watermark",
    ),
    Column(
        "type",
        Text,
        nullable=False,
        comment="code of the fact, e.g. task.drafted; CloudEvents type without prefix",
    ),
    Column("obj", Text, nullable=False, comment="kind:id of the object; CloudEvents subject"),
    Column("detail", JSONB, nullable=False, comment="the fact's own values; no content of the object"),
    Column("at", DateTime(timezone=True), nullable=False, comment="time of the act, UTC; kept 90 days"),
    Index("ix_outbox_xid_seq", "xid", "seq"),
    Index("ix_outbox_at", "at"),
    comment="Facts for the change feed and for reactions that may wait, in the transaction of the act",
)
