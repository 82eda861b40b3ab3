"""Idempotency: a lost answer never acts twice. Only committed effects are remembered; refusals are decided anew."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime, Integer, LargeBinary, Table, Text, Uuid

from app.core.act import Act
from app.core.database import Connection, metadata
from app.core.errors import Refused
from app.core.words import IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_KEY_REUSED, VALUE_INVALID

KEPT = timedelta(hours=48)
LONGEST_KEY = 200

idempotency_key = Table(
    "idempotency_key",
    metadata,
    Column("caller_id", Uuid, primary_key=True, comment="who sent the key: a person or a service account"),
    Column("key", Text, primary_key=True, comment="the caller's own key, 1–200 characters"),
    Column("route", Text, nullable=False, comment="the command the key was used for"),
    Column(
        "digest",
        LargeBinary,
        nullable=False,
        comment="SHA-256 of the input; another input under the same key is refused",
    ),
    Column(
        "object_id",
        Uuid,
        nullable=False,
        comment="what the effect was about; a replay first checks that it is still seen",
    ),
    Column("status", Integer, nullable=False, comment="HTTP status of the first answer"),
    Column("answer", LargeBinary, nullable=False, comment="the first answer's bytes"),
    Column("version", Integer, nullable=False, comment="version of the object in the first answer"),
    Column(
        "created_at",
        DateTime(timezone=True),
        nullable=False,
        index=True,
        comment="when the effect was committed; kept 48 hours",
    ),
    comment="Committed effects by the caller's key, so that a repeated request answers the same and acts once.",
)


@dataclass(frozen=True, slots=True)
class Once:
    """A caller's key for one command and input."""

    key: str
    route: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Replay:
    """An answer given before under the same key."""

    object_id: UUID
    status: int
    answer: bytes
    version: int


def once(key: str | None, route: str, body: bytes) -> Once | None:
    """The key as sent with this command and body. Raises Refused (value_invalid) for an unusable one."""
    if key is None:
        return None
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise Refused(VALUE_INVALID, name="Idempotency-Key", expected=f"1–{LONGEST_KEY} printable characters")
    return Once(key, route, sha256(body).digest())


async def replayed(act: Act, asked: Once) -> Replay | None:
    """The earlier answer, if there is one. Raises Refused while the same key is under way, or for another input."""
    await _alone(act.connection, act.actor.id, asked)
    found = await act.connection.row(_FIND, act.actor.id, asked.key, act.at - KEPT)
    if found is None:
        return None
    if (found["route"], bytes(found["digest"])) != (asked.route, asked.digest):
        raise Refused(IDEMPOTENCY_KEY_REUSED)
    return Replay(found["object_id"], found["status"], bytes(found["answer"]), found["version"])


async def _alone(connection: Connection, caller: UUID, asked: Once) -> None:
    if not await connection.one(_LOCK, f"{caller}/{asked.key}"):
        raise Refused(IDEMPOTENCY_IN_PROGRESS, headers={"Retry-After": "1"})


async def remember(act: Act, asked: Once, replay: Replay) -> None:
    """Keeps the answer in the same transaction as its effect."""
    values: list[Any] = [act.actor.id, asked.key, asked.route, asked.digest]
    await act.connection.rows(
        _KEEP, *values, replay.object_id, replay.status, replay.answer, replay.version, act.at
    )


async def forget(connection: Connection, before: datetime) -> int:
    """Removes keys older than their time; the number removed."""
    return len(
        await connection.rows("DELETE FROM idempotency_key WHERE created_at < $1 RETURNING key", before)
    )


_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7))"
_FIND = "SELECT route, digest, object_id, status, answer, version FROM idempotency_key WHERE caller_id = $1 AND key = $2 AND created_at > $3"
# A key older than its time may be used again: its row is replaced.
_KEEP = """INSERT INTO idempotency_key (caller_id, key, route, digest, object_id, status, answer, version, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (caller_id, key) DO UPDATE SET route = excluded.route, digest = excluded.digest, object_id = excluded.object_id,
status = excluded.status, answer = excluded.answer, version = excluded.version, created_at = excluded.created_at"""
