"""Tables of powers: grants to positions, delegations between holders, duties kept apart, interests, and what was denied.

Every row has a legal period; what was known of it when stands in the tables `…_known`, kept by the database.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import DATERANGE, TSTZRANGE

from app.core.columns import created_column, day, id_column, link, version_column, words
from app.core.database import metadata
from app.core.rows import stored


def _extent() -> tuple[Column[Any], ...]:
    """What a grant and a delegation both say of how far a power goes."""
    return (
        Column("powers", ARRAY(Text), nullable=False, comment="codes of the powers, e.g. programme.approve"),
        link("unit_id", "unit", "the unit whose matters it is about"),
        Column("subtree", Boolean, nullable=False, comment="with all units below it"),
        Column("strict", Boolean, nullable=False, comment="only the units below it, never the unit itself"),
        Column(
            "max_amount", BigInteger, nullable=True, comment="largest amount of one act, đồng; none: no limit"
        ),
        Column(
            "max_class",
            SmallInteger,
            nullable=False,
            comment="highest class: 0 public inside, 1 internal, 2 restricted",
        ),
        Column("valid", DATERANGE, nullable=False, comment="days in force: [first, next)"),
        Column(
            "excluded",
            ARRAY(Uuid),
            nullable=False,
            comment="units moved in below the scope since, which it does not take in",
        ),
    )


def _checks() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("cardinality(powers) > 0", name="some_power"),
        CheckConstraint("max_amount >= 0", name="max_amount"),
        CheckConstraint("max_class BETWEEN 0 AND 2", name="max_class"),
        CheckConstraint("subtree OR NOT strict", name="strict_of_subtree"),
        CheckConstraint("lower(valid) IS NOT NULL OR isempty(valid)", name="begins"),
    )


power_grant = Table(
    "power_grant",
    metadata,
    id_column("a grant of powers to a position"),
    link("position_id", "position", "the position that holds the powers"),
    *_extent(),
    Column(
        "max_depth", SmallInteger, nullable=False, comment="how many delegations may stand on it: 0, 1 or 2"
    ),
    link("basis_id", "document", "the document that gives it"),
    version_column(),
    created_column(),
    *_checks(),
    CheckConstraint("max_depth BETWEEN 0 AND 2", name="max_depth"),
    comment="Powers given to positions in writing: which, over whose matters, how far, how long",
)

delegation = Table(
    "delegation",
    metadata,
    id_column("a delegation of powers"),
    link("from_holding_id", "holding", "the holding of the one who delegates"),
    link("to_holding_id", "holding", "the holding of the one who acts for him"),
    link("grant_id", "power_grant", "the grant it stands on", null=True),
    link("delegation_id", "delegation", "the delegation it stands on, where it is passed on", null=True),
    *_extent(),
    Column("may_sub", Boolean, nullable=False, comment="whether it may be passed on"),
    link("basis_id", "document", "the document that gives it"),
    version_column(),
    created_column(),
    *_checks(),
    CheckConstraint("num_nonnulls(grant_id, delegation_id) = 1", name="one_source"),
    CheckConstraint("from_holding_id <> to_holding_id", name="to_another"),
    CheckConstraint("isempty(valid) OR upper(valid) IS NOT NULL", name="ends"),
    comment="Powers lent by their holder to another, in writing and until a day",
)

duty = Table(
    "duty",
    metadata,
    id_column("two powers kept apart"),
    words("power_a", "one power; the lesser code of the two"),
    words("power_b", "the other power"),
    link("basis_id", "document", "the document that says so", null=True),
    day("ended_on", "first day on which they are kept apart no longer", null=True),
    version_column(),
    created_column(),
    CheckConstraint("power_a < power_b", name="ordered"),
    Index("uq_duty_pair", "power_a", "power_b", unique=True, postgresql_where=text("ended_on IS NULL")),
    comment="Pairs of powers one person may not both exercise on one object, beside those the service always keeps apart",
)

interest = Table(
    "interest",
    metadata,
    id_column("an interest of a person in an object"),
    link("person_id", "person", "whose interest"),
    words("object_kind", "kind of the object, e.g. programme"),
    Column("object_id", Uuid, nullable=False, comment="the object"),
    words("why", "what the interest is"),
    day("ended_on", "first day without it", null=True),
    version_column(),
    created_column(),
    Index("ix_interest_object_id", "object_id", "person_id"),
    comment="Interests: who has one takes no decision on the object, nor lends power for it",
)

exercise = Table(
    "exercise",
    metadata,
    Column("object_id", Uuid, primary_key=True, comment="the object"),
    Column("power", Text, primary_key=True, comment="the power used on it"),
    Column("person_id", Uuid, primary_key=True, index=True, comment="a person of the chain that carried it"),
    Column("at", DateTime(timezone=True), nullable=False, comment="when it was first used, UTC"),
    comment="Derived: whose power was used on what, for powers kept apart; written in the act",
)

denial = Table(
    "denial",
    metadata,
    id_column("a denial"),
    Column("actor_id", Uuid, nullable=False, comment="who tried"),
    words("power", "the power that was missing"),
    words("why", "why not, as a code"),
    words("object_kind", "kind of the object, where there was one", null=True),
    Column("object_id", Uuid, nullable=True, comment="the object, where there was one"),
    Column("unit_id", Uuid, nullable=True, index=True, comment="the unit whose matter it was"),
    Column("minute", DateTime(timezone=True), nullable=False, comment="the minute it happened in, UTC"),
    Column("times", Integer, nullable=False, comment="how often within that minute"),
    Column("access_class", SmallInteger, nullable=False, comment="the class of the matter"),
    Index(
        "uq_denial_once_a_minute",
        "actor_id",
        "power",
        text("coalesce(object_id, '00000000-0000-0000-0000-000000000000')"),
        "minute",
        unique=True,
    ),
    Index("ix_denial_minute", "minute", "id"),
    comment="What was tried without the power to: one row for equal denials of a minute; the first of them is an entry",
)

reading = Table(
    "reading",
    metadata,
    id_column("a reading"),
    Column("reader_id", Uuid, nullable=False, comment="who read"),
    words("shape", "what was read, by the name of its shape"),
    Column("minute", DateTime(timezone=True), nullable=False, comment="the minute it was read in, UTC"),
    Column("times", Integer, nullable=False, comment="how often within that minute"),
    Index("uq_reading_once_a_minute", "reader_id", "shape", "minute", unique=True),
    comment="What was inspected by whom: one row for equal readings of a minute; the first of them is an entry",
)

inquiry = Table(
    "inquiry",
    metadata,
    id_column("an inquiry into a power"),
    Column("asker_id", Uuid, nullable=False, index=True, comment="who asked"),
    Column("person_id", Uuid, nullable=True, comment="about whom; none: about whoever may"),
    words("power", "the power"),
    words("object_kind", "kind of the object, where one was named", null=True),
    Column("object_id", Uuid, nullable=True, comment="the object, where one was named"),
    Column("unit_id", Uuid, nullable=False, index=True, comment="the unit whose matter it was"),
    Column("amount", BigInteger, nullable=True, comment="the amount, đồng"),
    Column("access_class", SmallInteger, nullable=False, comment="the class of the matter"),
    day("asked_on", "the day it was about"),
    Column(
        "known_at",
        DateTime(timezone=True),
        nullable=True,
        comment="as known at this instant; none: as known now",
    ),
    version_column(),
    created_column(),
    comment="Questions by what right somebody may use a power, with their answers",
)

inquiry_answer = Table(
    "inquiry_answer",
    metadata,
    id_column("one person's answer"),
    link("inquiry_id", "inquiry", "the inquiry"),
    link("person_id", "person", "the person"),
    Column("allowed", Boolean, nullable=False, comment="whether he may"),
    words("why", "why not, as a code", null=True),
    words("kind", "substantive, acting or delegated, where he may", null=True),
    Column("chain", ARRAY(Text), nullable=False, comment="the steps that carry it, his own holding first"),
    Column("max_amount", BigInteger, nullable=True, comment="least amount along the chain, đồng"),
    Column("max_class", SmallInteger, nullable=True, comment="least class along the chain"),
    comment="Answers of inquiries: one row for each person looked at",
)


def _known(name: str, *columns: Column[Any], says: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Uuid, primary_key=True, comment="the row"),
        Column(
            "known_from",
            DateTime(timezone=True),
            primary_key=True,
            comment="when it came to be known so, UTC",
        ),
        *columns,
        Column("known", TSTZRANGE, nullable=False, comment="while it was known so: [from, next)"),
        comment=says,
    )


def _plain(name: str, kind: Any, says: str, *, null: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, kind, nullable=null, index=index, comment=says)


holding_known = _known(
    "holding_known",
    _plain("position_id", Uuid, "the position held", index=True),
    _plain("person_id", Uuid, "who held it", index=True),
    _plain("kind", Text, "substantive or acting"),
    _plain("valid", DATERANGE, "days of the holding as then known"),
    says="Derived: what was known of holdings when, so that a past decision can be judged by it",
)
power_grant_known = _known(
    "power_grant_known",
    _plain("position_id", Uuid, "the position", index=True),
    *(column for column in _extent() if column.name != "unit_id"),
    _plain("unit_id", Uuid, "the unit"),
    _plain("max_depth", SmallInteger, "how many delegations may stand on it"),
    says="Derived: what was known of grants when",
)
delegation_known = _known(
    "delegation_known",
    _plain("from_holding_id", Uuid, "the holding of the one who delegates"),
    _plain("to_holding_id", Uuid, "the holding of the one who acts", index=True),
    _plain("grant_id", Uuid, "the grant it stands on", null=True),
    _plain("delegation_id", Uuid, "the delegation it stands on", null=True),
    *(column for column in _extent() if column.name != "unit_id"),
    _plain("unit_id", Uuid, "the unit"),
    _plain("may_sub", Boolean, "whether it may be passed on"),
    says="Derived: what was known of delegations when",
)


@stored(power_grant, kind="grant")
@dataclass(frozen=True, slots=True)
class Grant:
    """Powers a position holds."""

    id: UUID
    position_id: UUID
    powers: tuple[str, ...]
    unit_id: UUID
    subtree: bool
    strict: bool
    max_amount: int | None
    max_class: int
    valid: object
    excluded: tuple[UUID, ...]
    max_depth: int
    basis_id: UUID
    version: int
    created_at: datetime


@stored(delegation, kind="delegation")
@dataclass(frozen=True, slots=True)
class Delegation:
    """Powers lent by one holder to another."""

    id: UUID
    from_holding_id: UUID
    to_holding_id: UUID
    grant_id: UUID | None
    delegation_id: UUID | None
    powers: tuple[str, ...]
    unit_id: UUID
    subtree: bool
    strict: bool
    max_amount: int | None
    max_class: int
    valid: object
    excluded: tuple[UUID, ...]
    may_sub: bool
    basis_id: UUID
    version: int
    created_at: datetime


@stored(duty, kind="duty")
@dataclass(frozen=True, slots=True)
class Duty:
    """Two powers kept apart."""

    id: UUID
    power_a: str
    power_b: str
    basis_id: UUID | None
    ended_on: date | None
    version: int
    created_at: datetime


@stored(interest, kind="interest")
@dataclass(frozen=True, slots=True)
class Interest:
    """A person's interest in an object."""

    id: UUID
    person_id: UUID
    object_kind: str
    object_id: UUID
    why: str
    ended_on: date | None
    version: int
    created_at: datetime


@stored(inquiry, kind="inquiry")
@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question by what right somebody may use a power."""

    id: UUID
    asker_id: UUID
    person_id: UUID | None
    power: str
    object_kind: str | None
    object_id: UUID | None
    unit_id: UUID
    amount: int | None
    access_class: int
    asked_on: date
    known_at: datetime | None
    version: int
    created_at: datetime


@stored(inquiry_answer, kind="inquiry", root="inquiry_id")
@dataclass(frozen=True, slots=True)
class InquiryAnswer:
    """One person's answer."""

    id: UUID
    inquiry_id: UUID
    person_id: UUID
    allowed: bool
    why: str | None
    kind: str | None
    chain: tuple[str, ...]
    max_amount: int | None
    max_class: int | None


@stored(denial, kind="denial")
@dataclass(frozen=True, slots=True)
class Denial:
    """Equal denials of one minute."""

    id: UUID
    actor_id: UUID
    power: str
    why: str
    object_kind: str | None
    object_id: UUID | None
    unit_id: UUID | None
    minute: datetime
    times: int
    access_class: int


@stored(reading, kind="reading")
@dataclass(frozen=True, slots=True)
class Reading:
    """Equal readings of one minute."""

    id: UUID
    reader_id: UUID
    shape: str
    minute: datetime
    times: int
