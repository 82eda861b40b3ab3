"""Loads the demo into an empty database through the same verbs as everybody, and gives its personas tokens."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core import clock
from app.core.act import Act, Terms, acting
from app.core.database import Addresses, Database, lent
from app.core.errors import Refused
from app.core.settings import Settings
from app.core.words import DATABASE_NOT_EMPTY
from app.deadlines import service as deadlines
from app.deadlines.schemas import RecordCalendarDay
from app.deadlines.seed import seed_days
from app.demo.personas import HAS_CALENDAR, IS_DEMO, content
from app.demo.powers import DemoPowers
from app.documents import service as documents
from app.documents.schemas import NewClause, RecordDocument
from app.indicators import service as indicators
from app.indicators.schemas import DraftIndicator, GivenTarget
from app.people import service as people
from app.people.identity import make_demo_issuer, operator
from app.people.schemas import Appoint, EnrolPerson, EstablishPosition
from app.programmes import service as programmes
from app.programmes.schemas import AddressProgramme, DraftProgramme, IssueProgramme, NewGroup, ParentReference
from app.tasks import service as tasks
from app.tasks.schemas import DraftTask
from app.units import service as units
from app.units.schemas import FoundUnit
from app.wiring import ports

Record = dict[str, Any]
YEARS = range(2025, 2028)
_LEADING = "DB-CQDTW"
_IS_EMPTY = "SELECT NOT EXISTS (SELECT 1 FROM unit) AND NOT EXISTS (SELECT 1 FROM person)"
_MARK = "INSERT INTO mark (name, at) VALUES ('demo', $1)"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('bayro demo', 4))"


async def prepared(settings: Settings, addresses: Addresses, *, load: bool) -> None:
    """Seeds the calendar, and loads the demo where asked. Raises Refused (database_not_empty)."""
    database = await Database.open(
        addresses, read=1, act=1, statement_seconds=60, connect_seconds=settings.connect_seconds
    )
    try:
        async with lent(database.act) as connection:
            marked = await connection.one(IS_DEMO)
            empty = await connection.one(_IS_EMPTY)
            calendar = await connection.one(HAS_CALENDAR)
        if not calendar:
            await _seed_calendar(database)
        if load and not marked:
            if not empty:
                raise Refused(DATABASE_NOT_EMPTY)
            await load_demo(database)
    finally:
        await database.close()


async def _seed_calendar(database: Database) -> None:
    """The working calendar as it is known; editable from then on."""
    async with lent(database.act) as connection:
        actor = await operator(connection)
    async with acting(database.act, ports(database), actor, Terms(reason="seed")) as act:
        for day in seed_days(YEARS):
            given = RecordCalendarDay(
                day=day.day, kind=day.kind.value, name=day.name, source=day.source, confidence=day.confidence
            )
            await deadlines.record_day(act, given)
        await act.settle()


async def load_demo(database: Database) -> None:
    """Everything in one act: a demo that stops half-way leaves nothing."""
    async with lent(database.act) as connection:
        actor = await operator(connection)
    async with acting(database.act, ports(database), actor, Terms(reason="demo")) as act:
        await act.connection.one(_LOCK)
        if not await act.connection.one(_IS_EMPTY):
            raise Refused(DATABASE_NOT_EMPTY)
        await _Loading(act).all()
        await act.settle()
        await make_demo_issuer(act.connection)
        await act.connection.rows(_MARK, clock.now())


class _Loading:
    """Loading under way: what was made, by the demo's codes."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.units: dict[str, UUID] = {}
        self.persons: dict[str, UUID] = {}
        self.positions: dict[str, UUID] = {}
        self.documents: dict[str, UUID] = {}
        self.clauses: dict[tuple[str, str], UUID] = {}
        self.programmes: dict[str, UUID] = {}

    async def all(self) -> None:
        """The organisation, then its programmes."""
        organisation = content("organisation")
        await self.found_units(organisation["units"])
        # What the operator reaches grows with the units just founded.
        self.act.actor = await operator(self.act.connection)
        await self.enrol(organisation)
        await self.record_documents(organisation["documents"])
        powers = DemoPowers(self.act, self.units, self.positions, self.documents)
        await powers.give(organisation["powers"])
        await self.appoint(organisation["holdings"])
        await powers.lend(organisation["delegations"])
        await powers.restrain(organisation["duties"], organisation["interests"], self.persons)
        for name in ("programme", "derived"):
            await self.programme(content(name))

    async def found_units(self, given: list[Record]) -> None:
        """Units, parents before children and agencies before their Party organisations."""
        waiting = list(given)
        while waiting:
            ready = [
                one
                for one in waiting
                if all(code is None or code in self.units for code in (one["parent"], one["agency_of"]))
            ]
            if not ready:
                raise ValueError(f"units wait for each other: {[one['code'] for one in waiting]}")
            for one in ready:
                self.units[one["code"]] = await units.found(self.act, self._unit(one))
            waiting = [one for one in waiting if one["code"] not in self.units]

    def _unit(self, one: Record) -> FoundUnit:
        return FoundUnit(
            code=one["code"],
            name=one["name"],
            abbreviation=one["abbreviation"],
            kind=one["kind"],
            level=one["level"],
            parent_id=self.units.get(one["parent"]),
            agency_id=self.units.get(one["agency_of"]),
            founded_on=_day(one["founded_on"]),
            aliases=one["aliases"],
        )

    async def enrol(self, organisation: Record) -> None:
        """Persons and positions; the service account with a position of its own."""
        root = self.units[_LEADING]
        for one in organisation["persons"]:
            self.persons[one["code"]] = await people.enrol(
                self.act,
                EnrolPerson(code=one["code"], name=one["name"], unit_id=root, invented=one["invented"]),
            )
        for one in organisation["positions"]:
            given = EstablishPosition(
                code=one["code"],
                unit_id=self.units[one["unit"]],
                title=one["title"],
                office=_office(one),
                head=one["head"],
                ordinal=one["order"],
            )
            self.positions[one["code"]] = await people.establish(self.act, given)
        service = next(one for one in organisation["personas"] if one["person"] is None)
        account = await people.enrol(
            self.act,
            EnrolPerson(
                code=service["code"], name=service["name"], kind="service", unit_id=root, invented=True
            ),
        )
        post = EstablishPosition(
            code=f"{_LEADING}.ket-noi",
            unit_id=root,
            title="Tài khoản kết nối",
            office="integration",
            ordinal=900,
        )
        self.positions[post.code] = await people.establish(self.act, post)
        await people.appoint(self.act, self.positions[post.code], Appoint(person_id=account))

    async def record_documents(self, given: list[Record]) -> None:
        """Documents with their clauses."""
        for one in given:
            clauses = [NewClause(label=clause["label"], text=clause["text"]) for clause in one["clauses"]]
            made = RecordDocument(
                number=one["number"],
                type=one["type"],
                type_name=one["type_name"],
                title=one["title"],
                issuer_id=self.units.get(one["issuer"]),
                issuer_words=one["issuer_words"],
                keeper_id=self.units.get(one["issuer"]) or self.units[_LEADING],
                issued_on=_day(one["issued_on"]),
                term=one["term"],
                note=one.get("note"),
                access_class=one.get("access_class", 1),
                clauses=clauses,
            )
            document = self.documents[one["code"]] = await documents.record(self.act, made)
            for record in await self.act.connection.rows(
                "SELECT id, label FROM clause WHERE document_id = $1", document
            ):
                self.clauses[(one["code"], record["label"])] = record["id"]

    async def appoint(self, given: list[Record]) -> None:
        """Holdings over time; `to` is the last day held."""
        for one in given:
            holding = Appoint(
                person_id=self.persons[one["person"]],
                kind=one["kind"],
                since=_day(one["from"]),
                until=_day(one["to"]),
                basis_id=self.documents.get(one["basis"]),
            )
            await people.appoint(self.act, self.positions[one["position"]], holding)

    async def programme(self, given: Record) -> None:
        """A programme with its indicators and tasks, addressed and issued; the tasks stay drafts."""
        one = given["programme"]
        groups = [NewGroup(code=group["code"], title=group["title"]) for group in given["groups"]]
        parents = [
            ParentReference(document_id=self.documents[parent["document"]])
            if "document" in parent
            else ParentReference(programme_id=self.programmes[parent["programme"]])
            for parent in one["parents"]
        ]
        draft = DraftProgramme(
            code=one["code"],
            title=one["title"],
            kind=one["kind"],
            owner_id=self.units[one["owner"]],
            document_id=self.documents[one["document"]],
            term=one["term"],
            starts_on=date.fromisoformat(one["starts_on"]),
            ends_on=_day(one["ends_on"]),
            rule_pack=one["rule_pack"],
            note=given["note"]["vi"],
            parents=parents,
            groups=groups,
        )
        programme = self.programmes[one["code"]] = await programmes.draft(self.act, draft)
        places = await self.act.connection.rows(
            "SELECT id, code FROM content_group WHERE programme_id = $1", programme
        )
        by_code = {record["code"]: record["id"] for record in places}
        lines = await self._indicators(programme, given["indicators"], by_code)
        for task in given["tasks"]:
            await tasks.draft(self.act, self._task(programme, task, by_code, lines))
        await programmes.address(self.act, programme, AddressProgramme(unit_ids=[self.units[one["owner"]]]))
        await programmes.issue(
            self.act, programme, IssueProgramme(issued_on=date.fromisoformat(one["starts_on"]))
        )

    async def _indicators(
        self, programme: UUID, given: list[Record], groups: dict[str, UUID]
    ) -> dict[str, UUID]:
        made: dict[str, UUID] = {}
        for one in given:
            parent = one["number"].rpartition(".")[0]
            draft = DraftIndicator(
                programme_id=programme,
                number=one["number"],
                title=one["title"],
                group_id=groups.get(one["group"]),
                parent_id=made.get(parent),
                unit_words=one["unit_words"] or None,
                lead_id=self.units.get(one["lead"]),
                lead_words=one["lead_words"] or None,
                source_words=one["source_words"] or None,
                targets=[
                    GivenTarget(
                        words=one["target_words"],
                        period=one["period"],
                        baseline_words=one["baseline_words"] or None,
                    )
                ],
            )
            made[one["number"]] = await indicators.draft(self.act, draft)
        return made

    def _task(
        self, programme: UUID, one: Record, groups: dict[str, UUID], lines: dict[str, UUID]
    ) -> DraftTask:
        responsible, competence, resources = (
            one["responsible"] or {},
            one["competence"] or {},
            one["resources"],
        )
        values = {
            "programme_id": programme,
            "number": one["number"],
            "group_id": groups.get(one["group"]),
            "kind": one["kind"],
            "title": one["title"],
            "description": one["description"] or "",
            "lead_id": self.units.get(one["lead"]),
            "lead_words": one["lead_words"] or "",
            "lead_kind": None if one["lead"] else _lead_kind(one["lead_words"]),
            "coordinating": [{"unit_id": self.units[code]} for code in one["coordinating"]],
            "coordinating_words": one["coordinating_words"] or "",
            "responsible_person_id": self.persons.get(responsible.get("person", "")),
            "responsible_position_id": self.positions.get(responsible.get("position", "")),
            "competence_body_id": self.units.get(competence.get("body") or ""),
            "competence_words": competence.get("words") or "",
            "competence_level": competence.get("level"),
            "submitted_to_id": self.units.get(one["submitted_to"]),
            "starts_on": _day(one["starts_on"]),
            "deadline_words": one["deadline_words"] or "",
            "submit_deadline_words": one["submit_deadline_words"] or "",
            "milestones": [
                {"title": step["title"], "deadline_words": step["deadline_words"] or ""}
                for step in one["milestones"]
            ],
            "deliverables": [self._deliverable(product) for product in one["deliverables"]],
            "result_words": "; ".join(product["title"] for product in one["deliverables"]),
            "indicator_ids": [lines[number] for number in one["indicators"]],
            "basis_documents": [
                {
                    "document_id": self.documents[basis["document"]],
                    "clause_id": self.clauses.get((basis["document"], basis["clause"])),
                }
                for basis in one["basis"]
            ],
            "money_need": resources["money"]["need"],
            "money_amount": resources["money"]["amount_vnd"],
            "money_words": resources["money"]["words"] or "",
            "people_need": resources["people"]["need"],
            "people_days": resources["people"]["days"],
            "people_words": resources["people"]["words"] or "",
            "facilities_need": resources["facilities"]["need"],
            "facilities_words": resources["facilities"]["words"] or "",
            "unplanned": one["unplanned"],
            "access_class": one.get("access_class"),
            "report_every": one.get("report_every"),
            "note": one["note"] or "",
        }
        return DraftTask.model_validate(values)

    def _deliverable(self, product: Record) -> Record:
        return {
            "title": product["title"],
            "measure": product["measure"] or "",
            "quantity": Decimal(product["quantity"]) if (product["quantity"] or "").isdigit() else None,
            "unit_words": product["unit_words"] or "",
            "confirmer_id": self.units.get(product["confirmer"]),
        }


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _lead_kind(words: str | None) -> str:
    if not words:
        return "none"
    return "collective" if words.lower().startswith(("các ", "đảng bộ trực thuộc")) else "several"


_OFFICES = (("bi-thu", "secretary"), ("pho-", "deputy"), ("chuyen-vien", "specialist"))


def _office(position: Record) -> Any:
    """The office behind a position's slug: the demo names positions as committees do, powers hang on offices."""
    slug = position["code"].rpartition(".")[2]
    for start, office in _OFFICES:
        if slug.startswith(start):
            return office
    if position["head"]:
        return "head"
    return "inspector" if ".uy-vien" in position["code"] and "UBKT" in position["code"] else "member"
