"""What a test stands on: a house, its doors, and makers that supply whatever the test does not talk about."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

import httpx2

from app.authority import grants
from app.authority.offices import usual_powers
from app.authority.schemas import EmpowerPosition
from app.core.act import ACTIONS, Act, Actor, Terms, acting
from app.core.database import lent
from app.core.house import House
from app.documents import service as documents
from app.documents.schemas import RecordDocument
from app.people import service as people
from app.people.identity import demo_token, operator
from app.people.schemas import Appoint, EnrolPerson, EstablishPosition
from app.programmes import service as programmes
from app.programmes.schemas import DraftProgramme
from app.tasks import service as tasks
from app.tasks.schemas import DraftTask
from app.units import service as units
from app.units.schemas import FoundUnit


class Caller:
    """A signed-in person at both doors."""

    def __init__(self, client: httpx2.AsyncClient, person_id: UUID, token: str) -> None:
        self.client = client
        self.id = person_id
        self.headers = {"Authorization": f"Bearer {token}"}

    async def get(self, path: str, **options: Any) -> httpx2.Response:
        return await self._send("GET", path, options)

    async def post(self, path: str, body: Any = None, **options: Any) -> httpx2.Response:
        return await self._send("POST", path, {**options, **({"json": body} if body is not None else {})})

    async def patch(self, path: str, body: Any, **options: Any) -> httpx2.Response:
        return await self._send("PATCH", path, {**options, "json": body})

    async def _send(self, method: str, path: str, options: dict[str, Any]) -> httpx2.Response:
        headers = {**self.headers, **options.pop("headers", {})}
        return await self.client.request(method, path, headers=headers, **options)

    async def graph(self, query: str, **variables: Any) -> Any:
        answer = await self.post("/graphql", {"query": query, "variables": variables})
        return answer.json()

    async def data(self, query: str, **variables: Any) -> Any:
        answer = await self.graph(query, **variables)
        assert "errors" not in answer, answer
        return answer["data"]


class Stage:
    """The house, its doors and its makers."""

    def __init__(self, house: House, client: httpx2.AsyncClient) -> None:
        self.house = house
        self.client = client
        self.numbers = count(1)
        self.regulation: UUID | None = None

    @asynccontextmanager
    async def act(self, actor: Actor | None = None, terms: Terms | None = None) -> AsyncIterator[Act]:
        """An act, the operator's where nobody is named; settled and committed on leaving."""
        async with lent(self.house.database.act) as connection:
            who = actor or await operator(connection)
        async with acting(self.house.database.act, self.house.ports, who, terms or Terms()) as act:
            yield act
            await act.settle()

    async def unit(
        self, name: str = "", *, parent: UUID | None = None, kind: str = "dang_bo_co_so", **values: Any
    ) -> UUID:
        number = next(self.numbers)
        async with self.act() as act:
            given = FoundUnit(
                code=f"U{number}",
                name=name or f"Đơn vị {number}",
                kind=kind,
                level="centre",
                parent_id=parent,
                **values,
            )
            return await units.found(act, given)

    async def person(
        self, unit: UUID, *, office: Any = "", name: str = "", kind: Any = "person", head: bool = False
    ) -> UUID:
        """A person, holding an office in the unit where one is named."""
        number = next(self.numbers)
        async with self.act() as act:
            one = await people.enrol(
                act,
                EnrolPerson(code=f"P{number}", name=name or f"Nguyễn Văn {number}", unit_id=unit, kind=kind),
            )
            if office:
                post = await people.establish(
                    act,
                    EstablishPosition(
                        code=f"C{number}", unit_id=unit, title=office.capitalize(), office=office, head=head
                    ),
                )
                await people.appoint(act, post, Appoint(person_id=one))
                await self.empower(act, post, office)
        return one

    async def empower(self, act: Act, post: UUID, office: str) -> None:
        """The powers usual for the office, over the organisation the post reaches."""
        if usual_powers(office, ACTIONS):
            await grants.empower(act, post, EmpowerPosition(basis_id=await self.basis(act)))

    async def basis(self, act: Act) -> UUID:
        """A document that whatever needs one may rest on: the same for the whole stage."""
        if self.regulation is None:
            given = RecordDocument(
                type="QĐ", type_name="Quyết định", title="Quyết định phân cấp", access_class=0
            )
            self.regulation = await documents.record(act, given)
        return self.regulation

    async def programme(self, owner: UUID, **values: Any) -> UUID:
        """A draft programme of the unit."""
        number = next(self.numbers)
        given = {
            "code": f"ct-{number}",
            "title": f"Chương trình {number}",
            "kind": "programme_of_action",
            "starts_on": date(2026, 1, 1),
            "rule_pack": "seven-ro",
        }
        async with self.act() as act:
            return await programmes.draft(
                act, DraftProgramme.model_validate({**given, "owner_id": owner, **values})
            )

    async def task(self, programme: UUID, **values: Any) -> UUID:
        """A draft task of the programme."""
        number = next(self.numbers)
        async with self.act() as act:
            return await tasks.draft(
                act,
                DraftTask.model_validate(
                    {
                        "programme_id": programme,
                        "number": str(number),
                        "title": f"Nhiệm vụ {number}",
                        **values,
                    }
                ),
            )

    async def caller(self, unit: UUID, *, office: str = "secretary", **values: Any) -> Caller:
        """Somebody of that office in the unit, signed in."""
        return await self.signed_in(await self.person(unit, office=office, **values))

    async def signed_in(self, person: UUID) -> Caller:
        async with lent(self.house.database.act) as connection:
            return Caller(self.client, person, await demo_token(connection, person))
