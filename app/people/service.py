"""Verbs on persons and positions: load, require, decide, change, record."""

from datetime import timedelta
from uuid import UUID

from asyncpg import Range

from app.core.act import Act, Target
from app.core.errors import Refused
from app.core.ids import new_id
from app.core.rows import Object
from app.documents.queries import require_documents
from app.people import queries, rules
from app.people.models import Holding, Person, Position, since
from app.people.schemas import AmendPerson, Appoint, EnrolPerson, EstablishPosition, Relieve
from app.people.words import (
    AMEND_PERSON,
    APPOINT,
    ENROL,
    ESTABLISH,
    NOT_HOLDING,
    RELIEVE,
    Appointed,
    PersonAmended,
    PersonEnrolled,
    PositionEstablished,
    Relieved,
)


async def enrol(act: Act, given: EnrolPerson) -> UUID:
    """Enrols a person or service account."""
    await queries.require_known(act, "unit", "unit_id", given.unit_id)

    await act.require(ENROL, Target(None, given.unit_id))

    enrolled = Person(
        new_id(),
        given.code,
        given.kind,
        given.name,
        given.invented,
        disabled=False,
        version=1,
        created_at=act.at,
    )

    await act.add(enrolled)

    act.record(PersonEnrolled(enrolled.id, enrolled.kind))
    return enrolled.id


async def amend(act: Act, person_id: UUID, given: AmendPerson) -> UUID:
    """Changes a person's values; a disabled one has no access."""
    person = await queries.person_for_change(act, person_id)
    unit_id = await queries.unit_of(act, person.id)

    await act.require(
        AMEND_PERSON, Target(Object("person", person.id), unit_id, concerns=frozenset({person.id}))
    )

    values = {
        name: value for name, value in given.model_dump(exclude_unset=True).items() if value is not None
    }

    await act.change(person, **values)

    act.record(PersonAmended(person.id))
    return person.id


async def establish(act: Act, given: EstablishPosition) -> UUID:
    """Establishes a position in a unit."""
    await queries.require_known(act, "unit", "unit_id", given.unit_id)

    await act.require(ESTABLISH, Target(None, given.unit_id))

    made = Position(
        new_id(),
        given.code,
        given.unit_id,
        given.title,
        given.office,
        given.head,
        given.ordinal,
        version=1,
        created_at=act.at,
    )

    await act.add(made)

    act.record(PositionEstablished(made.id, made.title))
    return made.id


async def appoint(act: Act, position_id: UUID, given: Appoint) -> UUID:
    """Gives a position to a person from a day on."""
    position = await queries.position_for_change(act, position_id)
    await queries.require_known(act, "person", "person_id", given.person_id)
    await require_documents(act, "basis_id", given.basis_id)

    await act.require(
        APPOINT,
        Target(Object("position", position.id), position.unit_id, concerns=frozenset({given.person_id})),
    )

    first = given.since or act.today
    after = given.until + timedelta(days=1) if given.until else None
    if after is not None:
        rules.require_relief_after(after, first)
    taken = Holding(
        new_id(),
        position.id,
        given.person_id,
        given.kind,
        Range(first, after),
        given.basis_id,
        position.office in rules.SHARED_OFFICES,
    )

    await act.add(taken)

    act.record(Appointed(position.id, given.person_id, given.kind, first.isoformat()))
    return position.id


async def relieve(act: Act, position_id: UUID, given: Relieve) -> UUID:
    """Ends a person's holding the day before `since`."""
    position = await queries.position_for_change(act, position_id)
    first = given.since or act.today
    held = await queries.holding_on(act, position.id, given.person_id, first - timedelta(days=1))

    await act.require(RELIEVE, Target(Object("position", position.id), position.unit_id))

    if held is None:
        raise Refused(NOT_HOLDING, on=(first - timedelta(days=1)).isoformat())
    rules.require_relief_after(first, since(held))
    await queries.hold_alone(act, f"holding:{held.id}")

    await act.change(held, valid=Range(since(held), first))

    act.record(Relieved(position.id, given.person_id, first.isoformat()))
    return position.id
