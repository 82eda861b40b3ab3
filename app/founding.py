"""`bayro found` and `bayro empower`: where an organisation's powers begin, before anybody holds one to give others.

Both act as the operator, through the verbs of everybody, on the record: an inspector sees who began it, and on which
document. From then on powers are given at the doors.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from app.authority import grants
from app.authority.offices import usual_powers
from app.authority.queries import positions_without_grants
from app.authority.schemas import EmpowerPosition
from app.console import opened_house
from app.core.act import ACTIONS, Act, Terms, acting
from app.core.database import lent
from app.core.errors import Refusal, Refused
from app.core.house import House
from app.core.inputs import validated
from app.core.settings import Settings
from app.core.text import Text
from app.documents import service as documents
from app.documents.schemas import RecordDocument
from app.people import service as people
from app.people.identity import operator
from app.people.schemas import Appoint, EnrolPerson, EstablishPosition
from app.units import service as units
from app.units.queries import top_unit
from app.units.schemas import FoundUnit

FOUNDED_ALREADY = Refusal(
    "founded_already",
    409,
    Text("Tổ chức đã có", "The organisation is there"),
    Text(
        "Đã có đơn vị; hãy lập thêm qua API, hoặc dùng `bayro empower` để giao quyền cho các chức danh.",
        "There are units already; found more by the API, or use `bayro empower` to give positions their powers.",
    ),
)


async def found(settings: Settings, given: argparse.Namespace) -> int:
    """The first unit, its secretary, and the powers of his office. Raises Refused (founded_already)."""
    async with opened_house(settings) as house, _acting(house, "found") as act:
        if await top_unit(act) is not None:
            raise Refused(FOUNDED_ALREADY)
        unit = await units.found(
            act,
            validated(
                FoundUnit, {"code": given.unit, "name": given.name, "kind": given.kind, "level": given.level}
            ),
        )
        act.actor = await operator(act.connection)
        person = await people.enrol(
            act,
            validated(EnrolPerson, {"code": given.person, "name": given.person_name, "unit_id": str(unit)}),
        )
        post = await people.establish(
            act,
            validated(
                EstablishPosition,
                {
                    "code": f"{given.unit}.bi-thu",
                    "unit_id": str(unit),
                    "title": "Bí thư",
                    "office": "secretary",
                    "head": True,
                },
            ),
        )
        await people.appoint(act, post, Appoint(person_id=person))
        await grants.empower(act, post, EmpowerPosition(basis_id=await _basis(act, given.basis, unit)))
        await act.settle()
    print(f"Đã lập / founded: {given.unit}, {given.person}")  # noqa: T201 - a command's answer
    return 0


async def empower(settings: Settings, given: argparse.Namespace) -> int:
    """Every position that was never given a power gets those usual for its office; the exit status."""
    async with opened_house(settings) as house, _acting(house, "empower") as act:
        waiting = [one for one in await positions_without_grants(act) if usual_powers(one.office, ACTIONS)]
        if waiting:
            basis = await _basis(act, given.basis, waiting[0].unit_id)
            for one in waiting:
                await grants.empower(act, one.id, EmpowerPosition(basis_id=basis))
        await act.settle()
    print(f"Đã giao quyền cho / powers given to: {len(waiting)}")  # noqa: T201 - a command's answer
    return 0


@asynccontextmanager
async def _acting(house: House, reason: str) -> AsyncIterator[Act]:
    async with lent(house.database.act) as connection:
        actor = await operator(connection)
    async with acting(house.database.act, house.ports, actor, Terms(reason=reason)) as act:
        yield act


async def _basis(act: Act, title: str, keeper: UUID) -> UUID:
    """The document the powers rest on, recorded as it is named."""
    given = {"type": "QĐ", "type_name": "Quyết định", "title": title, "keeper_id": str(keeper)}
    return await documents.record(act, validated(RecordDocument, given))


def main(given: argparse.Namespace, settings: Settings) -> int:
    """`bayro found`, `bayro empower`."""
    return asyncio.run((found if given.command == "found" else empower)(settings, given))
