"""The verb that answers by what right: the decision for a person, a power, a matter and a day, as known now or then."""

from dataclasses import replace
from uuid import UUID

from app.authority import extents, queries
from app.authority.chains import rights_of
from app.authority.models import Inquiry, InquiryAnswer
from app.authority.rules import Asked, decided
from app.authority.schemas import Inquire
from app.authority.words import EXPLAIN, MATTER_UNCLEAR, InquiryAnswered
from app.core.act import Act, Right, Target
from app.core.errors import Refused
from app.core.ids import new_id
from app.core.rows import Object


async def inquire(act: Act, given: Inquire) -> UUID:
    """Answers for one person, or for everybody who may; the question and its answers stay in the record."""
    extents.require_known((given.power,))
    matter = await _matter(act, given)

    await act.require(EXPLAIN, Target(None, matter.unit_id, owner=given.person_id))

    on = given.on or act.today
    inquiry = _asked(act, given, matter)
    asked = await _around(act, given, matter)
    answers = []
    for person_id in [given.person_id] if given.person_id else await queries.candidates(act, given.power):
        _, rows = await queries.chain_rows(act.connection, person_id, given.known_at)
        rights = rights_of(person_id, rows, on).get(given.power, ())
        answers.append(_answer(inquiry.id, person_id, decided(rights, asked)))

    await act.add(inquiry)
    await act.add(*(one for one in answers if one.allowed or given.person_id))

    act.record(InquiryAnswered(inquiry.id, given.power, given.person_id, on.isoformat()))
    return inquiry.id


async def _matter(act: Act, given: Inquire) -> Target:
    """The matter as the object has it, or as told. Raises Refused (matter_unclear, not_found)."""
    if given.object_kind and given.object_id:
        return await act.ports.matter(act, Object(given.object_kind, given.object_id))
    if given.unit_id is None:
        raise Refused(MATTER_UNCLEAR)
    return Target(None, given.unit_id, amount=given.amount, access_class=given.access_class)


async def _around(act: Act, given: Inquire, matter: Target) -> Asked:
    """What a decision about the matter depends on; on another day the tree as it then was."""
    _, asked = await queries.around(act, matter)
    if given.on is None or matter.unit_id is None:
        return asked
    path = await queries.path_on(act.connection, matter.unit_id, given.on)
    return replace(asked, path=path)


def _asked(act: Act, given: Inquire, matter: Target) -> Inquiry:
    if matter.unit_id is None:
        raise Refused(MATTER_UNCLEAR)
    return Inquiry(
        new_id(),
        act.actor.id,
        given.person_id,
        given.power,
        given.object_kind,
        given.object_id,
        matter.unit_id,
        matter.amount,
        matter.access_class,
        given.on or act.today,
        given.known_at,
        version=1,
        created_at=act.at,
    )


def _answer(inquiry_id: UUID, person_id: UUID, found: Right | str) -> InquiryAnswer:
    if isinstance(found, str):
        return InquiryAnswer(new_id(), inquiry_id, person_id, False, found, None, (), None, None)
    return InquiryAnswer(
        new_id(),
        inquiry_id,
        person_id,
        allowed=True,
        why=None,
        kind=found.kind,
        chain=found.chain,
        max_amount=found.max_amount,
        max_class=found.max_class,
    )
