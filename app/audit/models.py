"""Tables of the record, in the schema `audit`. Derived from no other table; nothing in them is ever changed."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)

from app.core.columns import Xid8
from app.core.database import metadata

event = Table(
    "event",
    metadata,
    Column("event_id", Uuid, primary_key=True, comment="the entry's id, UUIDv7"),
    Column(
        "seq",
        BigInteger,
        Identity(always=True, cache=1),
        nullable=False,
        comment="order of writing; gaps are rolled-back acts",
    ),
    Column(
        "xid",
        Xid8,
        server_default=text("pg_current_xact_id()"),
        nullable=False,
        comment="the transaction that changed and recorded",
    ),
    Column(
        "db_user",
        Text,
        server_default=text("session_user"),
        nullable=False,
        comment="database role that wrote it",
    ),
    Column(
        "class", SmallInteger, nullable=False, comment="0 public inside the system, 1 internal, 2 restricted"
    ),
    Column("obj", Text, nullable=False, comment="kind:id of the object the entry is about"),
    Column("entry", LargeBinary, nullable=False, comment="exact canonical bytes (RFC 8785)"),
    Column("salt", LargeBinary, nullable=False, comment="32 random bytes"),
    Column("commitment", LargeBinary, nullable=False, comment="SHA-256 over tag, salt and entry"),
    Index("ix_audit_event_xid_seq", "xid", "seq"),
    Index("ix_audit_event_xid_obj", "xid", "obj"),
    schema="audit",
    comment="One canonical entry for each act on an object; append-only",
)

entry_index = Table(
    "entry_index",
    metadata,
    Column("event_id", Uuid, primary_key=True, comment="the entry"),
    Column("obj", Text, nullable=False, comment="kind:id of the object"),
    Column(
        "objseq", Integer, nullable=False, comment="place in the object's own chain, from 1 without a hole"
    ),
    Column(
        "commitment",
        LargeBinary,
        nullable=False,
        comment="the entry's commitment, which the next entry of the object names",
    ),
    Column("act", Text, nullable=False, comment="code of the fact, e.g. task.drafted"),
    Column("actor_id", Uuid, nullable=False, comment="who acted"),
    Column("post_id", Uuid, nullable=True, comment="in which position"),
    Column("unit_id", Uuid, nullable=True, comment="in the branch of which unit"),
    Column("power", Text, nullable=True, comment="by which power"),
    Column("basis_id", Uuid, nullable=True, comment="on which document"),
    Column("batch_id", Uuid, nullable=False, comment="acts of one transaction share it"),
    Column("at", DateTime(timezone=True), nullable=False, comment="claimed time of the act, UTC"),
    Column(
        "matter_unit_id",
        Uuid,
        nullable=True,
        comment="the unit whose matter it was; none: before 0.2, or nobody's",
    ),
    Column("amount", BigInteger, nullable=True, comment="amount of the act, đồng"),
    Column("max_amount", BigInteger, nullable=True, comment="largest amount its chain allowed, đồng"),
    Column("delegation_ids", ARRAY(Uuid), nullable=True, comment="delegations in the chain that carried it"),
    Index("uq_entry_index_obj_objseq", "obj", "objseq", unique=True),
    Index("ix_entry_index_actor_id", "actor_id", "event_id"),
    Index("ix_entry_index_unit_id", "unit_id", "event_id"),
    Index("ix_entry_index_matter_unit_id", "matter_unit_id", "act"),
    Index("ix_entry_index_act", "act", "unit_id"),
    # Few acts stand on a delegation; the rest are not in this index.
    Index(
        "ix_entry_index_delegation_ids",
        "delegation_ids",
        postgresql_using="gin",
        postgresql_where=text("delegation_ids IS NOT NULL"),
    ),
    schema="audit",
    comment="Rebuildable projection of the entries for reading; checked against them",
)
