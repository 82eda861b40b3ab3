"""Verbs on duties kept apart and on interests: load, require, decide, change, record."""

from uuid import UUID

from app.authority import extents, queries
from app.authority.models import Duty, Interest
from app.authority.schemas import DeclareInterest, EndInterest, KeepApart, Rejoin
from app.authority.words import (
    DECLARE_INTEREST,
    DUTIES_SAME,
    DUTY_ENDED,
    END_INTEREST,
    INTEREST_ENDED,
    KEEP_APART,
    DutiesJoined,
    DutiesKeptApart,
    InterestDeclared,
    InterestEnded,
)
from app.core.act import Act, Target
from app.core.errors import Refused
from app.core.ids import new_id
from app.core.rows import Object
from app.documents.queries import require_documents
from app.people.queries import require_known, unit_of
from app.units.queries import top_unit


async def keep_apart(act: Act, given: KeepApart) -> UUID:
    """Keeps two powers apart from now on: one person may not exercise both on one object."""
    await require_documents(act, "basis_id", given.basis_id)

    await act.require(KEEP_APART, Target(None, await top_unit(act)))

    extents.require_known((given.power_a, given.power_b))
    if given.power_a == given.power_b:
        raise Refused(DUTIES_SAME)
    first, second = sorted((given.power_a, given.power_b))
    made = Duty(new_id(), first, second, given.basis_id, ended_on=None, version=1, created_at=act.at)

    await act.add(made)

    act.record(DutiesKeptApart(made.id, first, second))
    return made.id


async def rejoin(act: Act, duty_id: UUID, given: Rejoin) -> UUID:
    """Lets two powers meet in one person again from a day on; those the service itself keeps apart stay so."""
    duty = await queries.duty_for_change(act, duty_id)

    await act.require(KEEP_APART, Target(Object("duty", duty.id), await top_unit(act)))

    since = given.since or act.today
    if duty.ended_on is not None:
        raise Refused(DUTY_ENDED, on=duty.ended_on.isoformat())

    await act.change(duty, ended_on=since)

    act.record(DutiesJoined(duty.id, since.isoformat()))
    return duty.id


async def declare_interest(act: Act, given: DeclareInterest) -> UUID:
    """Records an interest: everybody may record his own, others' need the power."""
    await require_known(act, "person", "person_id", given.person_id)

    unit_id = await unit_of(act, given.person_id)
    await act.require(DECLARE_INTEREST, Target(None, unit_id, owner=given.person_id))

    made = Interest(
        new_id(),
        given.person_id,
        given.object_kind,
        given.object_id,
        given.why,
        ended_on=None,
        version=1,
        created_at=act.at,
    )

    await act.add(made)

    act.record(InterestDeclared(made.id, made.person_id, made.object_kind, made.object_id))
    return made.id


async def end_interest(act: Act, interest_id: UUID, given: EndInterest) -> UUID:
    """Records that an interest is no longer; nobody does so for himself."""
    interest = await queries.interest_for_change(act, interest_id)
    unit_id = await unit_of(act, interest.person_id)

    await act.require(
        END_INTEREST,
        Target(Object("interest", interest.id), unit_id, concerns=frozenset({interest.person_id})),
    )

    since = given.since or act.today
    if interest.ended_on is not None:
        raise Refused(INTEREST_ENDED, on=interest.ended_on.isoformat())

    await act.change(interest, ended_on=since)

    act.record(InterestEnded(interest.id, since.isoformat()))
    return interest.id
