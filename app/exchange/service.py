"""Verbs on imports: carry a plan out through the same verbs as everybody, all or nothing; withdraw it as one act."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from app.core.act import Act, Target
from app.core.canonical import plain
from app.core.errors import Flaw, Refused
from app.core.ids import new_id
from app.core.inputs import validated
from app.core.rows import Object
from app.core.text import fold, squeezed
from app.core.words import INPUT_INVALID
from app.exchange import queries
from app.exchange.annex import AnnexItem
from app.exchange.incoming import Incoming
from app.exchange.models import AnnexImport, ImportRow
from app.exchange.names import Mention, Names, PartyReading, UnitName
from app.exchange.outgoing import annexes_by_sheet
from app.exchange.plan import AnnexPlan, RowPlan, Standing, code_of, is_foundable, planned, with_absent
from app.exchange.schemas import WithdrawImport
from app.exchange.telling import counts_of, founded, told
from app.exchange.words import (
    CARRY_OUT,
    IMPORT_TOUCHED,
    IMPORT_WITHDRAWN,
    UNITS_PARENT_UNKNOWN,
    WITHDRAW,
    AnnexImported,
    ImportWithdrawn,
)
from app.indicators import service as indicators
from app.indicators.queries import standing_indicators
from app.indicators.schemas import CorrectedIndicator, ImportedIndicator
from app.programmes.groups import groups_for_import
from app.programmes.models import Programme
from app.programmes.queries import programme_locked
from app.programmes.rules import content
from app.programmes.schemas import NewGroup
from app.tasks import service as tasks
from app.tasks.deadline import Timing
from app.tasks.lists import Lists
from app.tasks.queries import frame_for_drafting, lists_of, standing_tasks, timing
from app.tasks.schemas import CorrectedTask, ImportedTask
from app.units import service as units
from app.units.queries import lock_tree
from app.units.schemas import FoundUnit

_SLUG = re.compile(r"[^a-z0-9]+")
LONGEST_SLUG = 60
SHOWN_FLAWS = 100

Model = TypeVar("Model", bound=BaseModel)


async def carry_out(act: Act, incoming: Incoming) -> UUID:
    """Imports the annexes of a file into a programme."""
    programme = await programme_locked(act, incoming.given.programme_id)

    await act.require(CARRY_OUT, content(programme))

    if incoming.given.create_units:
        await lock_tree(act)  # before names are looked at: two imports at once must not found one unit twice
    time = await timing(act, await frame_for_drafting(act, programme.id))
    work = _Import(act, incoming, programme, time, *await queries.paper_of(act, programme.id))
    plans = await work.plans()
    if incoming.given.create_units and await work.found_units(plans):
        plans = await work.plans()

    for plan in plans:
        await work.carry(plan)

    return await work.record(plans)


async def withdraw(act: Act, import_id: UUID, _: WithdrawImport) -> UUID:
    """Withdraws what an import drafted and puts back what it changed, while nobody touched it since."""
    done, access_class = await queries.import_for_change(act, import_id)
    rows = await queries.rows_of(act, done.id)

    await act.require(WITHDRAW, Target(Object("import", done.id), done.owner_id, access_class=access_class))

    if done.state == "withdrawn":
        raise Refused(IMPORT_WITHDRAWN)
    await _require_untouched(act, rows)

    await tasks.withdraw_many(
        act, [row.object_id for row in rows if (row.kind, row.action) == ("task", "created")]
    )
    await indicators.withdraw_many(
        act, [row.object_id for row in rows if (row.kind, row.action) == ("indicator", "created")]
    )
    for row in rows:
        if row.action == "updated":
            await _put_back(act, row)
    await act.change(done, state="withdrawn")

    act.record(ImportWithdrawn(done.id))
    return done.id


async def _require_untouched(act: Act, rows: list[ImportRow]) -> None:
    touched: list[str] = []
    for kind in ("task", "indicator"):
        made = {row.object_id: row.version_after for row in rows if row.kind == kind}
        now = await queries.versions(act, kind, list(made))
        touched += [number for one, (version, number) in now.items() if version != made[one]]
    if touched:
        raise Refused(IMPORT_TOUCHED, count=len(touched), numbers=", ".join(touched[:10]))


async def _put_back(act: Act, row: ImportRow) -> None:
    if row.kind == "task":
        await tasks.amend(act, row.object_id, validated(CorrectedTask, row.before))
    else:
        await indicators.amend(act, row.object_id, validated(CorrectedIndicator, row.before))


class _Import:
    """One import under way."""

    def __init__(
        self, act: Act, incoming: Incoming, programme: Programme, time: Timing, day: date, last_year: int
    ) -> None:
        self.act = act
        self.incoming = incoming
        self.programme = programme
        self.time = time
        self.day = day
        self.last_year = last_year
        self.id = new_id()
        self.rows: list[ImportRow] = []
        self.founded: list[dict[str, Any]] = []

    # -- planning ----------------------------------------------------------------------------------------------

    async def plans(self) -> list[AnnexPlan]:
        """The plan of each annex of the file."""
        known = names_as_of(await queries.unit_names(self.act), self.day)
        standing_by_annex = {
            "tasks": await self._standing_tasks(),
            "indicators": await self._standing_indicators(),
        }
        last_year = self.last_year or self.day.year
        seen: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        plans: dict[tuple[str, str], list[AnnexPlan]] = defaultdict(list)
        by_sheet = annexes_by_sheet(
            *((annex for annex, *_ in standing_by_annex[kind]) for kind in ("indicators", "tasks"))
        )
        for one in self.incoming.annexes:
            # A file of ours knows its annexes by sheet; whoever names the annex is believed first.
            name = self.incoming.given.annex or by_sheet.get(one.annex.sheet.strip(), one.name)
            same = (one.annex.kind, name)
            standing = _of_annex(standing_by_annex[one.annex.kind], name)
            plans[same].append(
                planned(name, one.annex, known, standing, last_year=last_year, seen=seen[same])
            )
        for (kind, name), tables in plans.items():
            standing = _of_annex(standing_by_annex[kind], name)
            tables[-1] = with_absent(tables[-1], standing, seen[kind, name])
        return [plan for tables in plans.values() for plan in tables]

    async def _standing_tasks(self) -> dict[tuple[str, str, int], Standing]:
        found = {}
        for task in await standing_tasks(self.act, self.programme.id):
            values = {name: getattr(task, name) for name in CorrectedTask.model_fields if hasattr(task, name)}
            found[(task.annex, code_of(task.number), task.ordinal)] = Standing(
                task.id, task.version, task.state == "draft", values
            )
        return found

    async def _standing_indicators(self) -> dict[tuple[str, str, int], Standing]:
        found = {}
        for indicator, targets in await standing_indicators(self.act, self.programme.id):
            values = {
                name: getattr(indicator, name)
                for name in CorrectedIndicator.model_fields
                if hasattr(indicator, name)
            }
            values["targets"] = [{"words": one.words, "period": one.period} for one in targets]
            found[(indicator.annex, code_of(indicator.number), indicator.ordinal)] = Standing(
                indicator.id, indicator.version, open=True, values=values
            )
        return found

    async def found_units(self, plans: list[AnnexPlan]) -> int:
        """Founds a unit for every name that is surely one unit's and nobody bears; how many."""
        known = {fold(squeezed(one["name"])) for one in await queries.unit_names(self.act)}
        missing: dict[str, Mention] = {}
        for mention in (mention for plan in plans for mention in plan.unknown if is_foundable(mention)):
            if (name := fold(squeezed(mention.read_as))) not in known:
                missing.setdefault(name, mention)
        # Asked even where nothing is missing: a code that is no unit's must not pass unseen.
        parent = await self._parent()
        if not missing:
            return 0
        level = await queries.level_of(self.act, parent)
        slugs = {name: _slug(name) for name in missing}
        taken = await queries.codes_taken(self.act, list(slugs.values()))
        for name, slug in slugs.items():
            code = slug if slug not in taken else f"{slug[: LONGEST_SLUG - 5]}-{new_id().hex[-4:]}"
            taken.add(code)
            await self._found(missing[name], code, level, parent)
        return len(missing)

    async def _found(self, mention: Mention, code: str, level: str, parent: UUID) -> None:
        name = squeezed(mention.read_as)
        given = {"code": code, "name": name, "kind": "chua_phan_loai", "level": level, "parent_id": parent}
        made = await units.found(self.act, FoundUnit.model_validate(given))
        self.founded.append(founded(mention, made, code=code, name=name))

    async def _parent(self) -> UUID:
        code = self.incoming.given.units_under
        if code is None:
            return self.programme.owner_id
        parent = await queries.unit_by_code(self.act, code)
        if parent is None:
            raise Refused(UNITS_PARENT_UNKNOWN, code=code)
        return parent

    # -- carrying out ------------------------------------------------------------------------------------------

    async def carry(self, plan: AnnexPlan) -> None:
        """Drafts new rows and corrects changed ones of an annex."""
        groups = await self._groups(plan)
        if plan.annex.kind == "tasks":
            await self._carry_tasks(plan, groups)
        else:
            await self._carry_indicators(plan, groups)

    async def _groups(self, plan: AnnexPlan) -> tuple[UUID, ...]:
        kind = plan.annex.kind
        given = [
            NewGroup(
                code=group.number[:50],
                title=squeezed(group.title)[:1_000],
                annex=plan.name[:50],
                kind=kind,
                under=plan.annex.groups[group.parent].number[:50] if group.parent is not None else None,
            )
            for group in plan.annex.groups
        ]
        return await groups_for_import(self.act, self.programme.id, given) if given else ()

    async def _carry_tasks(self, plan: AnnexPlan, groups: tuple[UUID, ...]) -> None:
        fresh = [row for row in plan.rows if row.action == "create"]
        drafts = _inputs(ImportedTask, ((row, self._task(plan, row, groups)) for row in fresh))
        made = await tasks.draft_many(self.act, self.programme.id, drafts) if drafts else []
        self.rows += [self._row("task", one, "created", 1, None) for one in made]
        for row, found in _corrected(plan):
            changed = _following({one.field for one in row.differences})
            corrected = _only(changed, self._task(plan, row, ()))
            given = _inputs(CorrectedTask, [(row, {**corrected, "source": self._source(row.item)})])[0]
            before = {**found.values, **_given(await lists_of(self.act, found.id))}
            await tasks.amend(self.act, found.id, given)
            self._correct("task", found, _only({*changed, "source"}, before))

    def _task(self, plan: AnnexPlan, row: RowPlan, groups: tuple[UUID, ...]) -> dict[str, Any]:
        values = {
            **row.values,
            "annex": plan.name,
            "ordinal": row.ordinal,
            **lead_values(row.lead),
            "coordinating": coordinating_values(row.lead, row.others),
            "source": self._source(row.item),
        }
        if row.item.group is not None and groups:
            values["group_id"] = groups[row.item.group]
        if "result_words" in row.values:
            # The product in the paper's own words; how it is measured and who confirms it is for the drafter to say.
            words = squeezed(row.values["result_words"])[:5_000]
            values["deliverables"] = [{"title": words}] if words else []
        return values

    async def _carry_indicators(self, plan: AnnexPlan, groups: tuple[UUID, ...]) -> None:
        fresh = [row for row in plan.rows if row.action == "create"]
        drafts = _inputs(ImportedIndicator, ((row, self._indicator(plan, row, groups)) for row in fresh))
        made = await indicators.draft_many(self.act, self.programme.id, drafts) if drafts else []
        self.rows += [self._row("indicator", one, "created", 1, None) for one in made]
        for row, found in _corrected(plan):
            changed = _following({one.field for one in row.differences})
            corrected = _only(changed, self._indicator(plan, row, ()))
            given = _inputs(CorrectedIndicator, [(row, {**corrected, "source": self._source(row.item)})])[0]
            await indicators.amend(self.act, found.id, given)
            self._correct("indicator", found, _only({*changed, "source"}, found.values))

    def _correct(self, kind: str, found: Standing, before: dict[str, Any]) -> None:
        self.rows.append(self._row(kind, found.id, "updated", found.version + 1, before))

    def _indicator(self, plan: AnnexPlan, row: RowPlan, groups: tuple[UUID, ...]) -> dict[str, Any]:
        lead = row.lead
        single = lead.leads[0].key if lead and lead.kind == "single" else None
        values = {
            **row.values,
            "annex": plan.name,
            "ordinal": row.ordinal,
            "parent_number": _parent_number(plan, row),
            "lead_id": single,
            "source": self._source(row.item),
        }
        if row.item.group is not None and groups:
            values["group_id"] = groups[row.item.group]
        return values

    def _source(self, item: AnnexItem) -> dict[str, Any]:
        return {
            "import_id": self.id,
            "digest": self.incoming.digest,
            "sheet": item.sheet.strip()[:1_000] or None,
            "first_row": item.first_row,
            "last_row": item.last_row,
        }

    def _row(
        self, kind: str, one: UUID, action: str, version: int, before: dict[str, Any] | None
    ) -> ImportRow:
        return ImportRow(new_id(), self.id, kind, one, action, version, plain(before))

    async def record(self, plans: list[AnnexPlan]) -> UUID:
        """Keeps the plan that was carried out."""
        made = AnnexImport(
            id=self.id,
            programme_id=self.programme.id,
            owner_id=self.programme.owner_id,
            importer_id=self.act.actor.id,
            file_name=self.incoming.given.file_name,
            digest=bytes.fromhex(self.incoming.digest),
            state="carried_out",
            counts={**counts_of(plans, self.time), **self._founded_count()},
            plan=[*self.founded, *(row for plan in plans for row in told(plan, self.time))],
            mapping=self.incoming.given.mapping,
            version=1,
            created_at=self.act.at,
        )
        await self.act.add(made)
        await self.act.add(*self.rows)
        actions = Counter(row.action for row in self.rows)
        self.act.record(AnnexImported(made.id, self.incoming.digest, actions["created"], actions["updated"]))
        return made.id

    def _founded_count(self) -> dict[str, int]:
        return {"units_founded": len(self.founded)} if self.incoming.given.create_units else {}


def _corrected(plan: AnnexPlan) -> list[tuple[RowPlan, Standing]]:
    """The rows that correct something, each with what it corrects."""
    return [(row, row.standing) for row in plan.rows if row.action == "update" and row.standing is not None]


def _inputs(model: type[Model], given: Iterable[tuple[RowPlan, dict[str, Any]]]) -> list[Model]:
    """The rows as inputs. Raises Refused (input_invalid) with a flaw for each place, told by row and field."""
    made: list[Model] = []
    flaws: list[Flaw] = []
    for row, values in given:
        try:
            made.append(validated(model, plain(values)))
        except Refused as refused:
            at = f"/rows/{row.item.first_row}"
            flaws += [Flaw(f"{at}{one.pointer}", one.code, one.message, one.rule) for one in refused.flaws]
    if flaws:
        raise Refused(INPUT_INVALID, flaws=tuple(flaws[:SHOWN_FLAWS]), count=len(flaws))
    return made


def _only(names: set[str], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in names}


def _given(lists: Lists) -> dict[str, Any]:
    """The lists that are read from words, as they would be given: so that they can be put back."""
    return {
        "coordinating": [{"unit_id": one.unit_id, "words": one.words} for one in lists.coordinating],
        "candidates": [
            {"unit_id": one.unit_id, "words": one.words, "score": one.score} for one in lists.candidates
        ],
        "deliverables": [
            {
                "title": one.title,
                "measure": one.measure,
                "quantity": one.quantity,
                "unit_words": one.unit_words,
                "confirmer_id": one.confirmer_id,
            }
            for one in lists.deliverables
        ],
    }


def _parent_number(plan: AnnexPlan, row: RowPlan) -> str | None:
    """The parent's number as printed: item codes may carry their group."""
    return next(
        (
            one.number
            for one in plan.annex.items
            if row.item.parent and one.code == row.item.parent and one.words("title").strip()
        ),
        None,
    )


def _of_annex(standing: dict[tuple[str, str, int], Standing], annex: str) -> dict[tuple[str, int], Standing]:
    """What stands in one annex, by number and ordinal."""
    return {(number, ordinal): found for (name, number, ordinal), found in standing.items() if name == annex}


def names_as_of(records: list[Any], day: date) -> Names:
    """The index of unit names as papers of that day use them."""
    entries = [
        UnitName(
            key=str(one["id"]),
            name=one["name"],
            aliases=tuple(filter(None, (one["abbreviation"], one["code"], *one["aliases"]))),
            valid_from=one["valid_from"],
            valid_to=one["valid_to"],
        )
        for one in records
    ]
    return Names.of(entries, day)


def lead_values(lead: PartyReading | None) -> dict[str, Any]:
    """Lead fields of a task: the one unit where the words name one that is known, otherwise candidates."""
    if lead is None:
        return {}
    kind = {"single": "single", "collective": "collective", "several": "several", "mixed": "several"}.get(
        lead.kind, "none"
    )
    keys = [mention.key for mention in lead.leads if mention.key is not None]
    if kind == "single" and len(keys) == 1:
        return {"lead_kind": kind, "lead_id": keys[0], "candidates": []}
    # Said outright that no lead is settled: a corrected row may have had one.
    return {"lead_kind": kind, "lead_id": None, "candidates": _candidates(lead.leads)}


def _candidates(mentions: tuple[Mention, ...]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for mention in mentions:
        offered = (
            [(mention.key, 1.0)]
            if mention.key is not None
            else [(near.key, near.score) for near in mention.candidates if near.in_force]
        )
        for key, score in offered:
            found.setdefault(
                str(key), {"unit_id": key, "words": mention.words[:2_000], "score": f"{min(score, 1.0):.4f}"}
            )
    return list(found.values())[:50]


def coordinating_values(*readings: PartyReading | None) -> list[dict[str, Any]]:
    """Coordinating units: each named one with its id where it is known, collective phrases by their words.

    A lead column may name them too ("… chủ trì, phối hợp …").
    """
    made: dict[tuple[Any, str], dict[str, Any]] = {}
    for mention in [one for reading in readings if reading for one in reading.coordinating]:
        words = squeezed(mention.words)[:2_000]
        made.setdefault(
            (mention.key, words if mention.key is None else ""), {"unit_id": mention.key, "words": words}
        )
    return list(made.values())[:300]


def _following(changed: set[str]) -> set[str]:
    """Fields that are read anew with the words they were read from."""
    following = set(changed)
    if "lead_words" in changed:
        following |= {"lead_id", "lead_kind", "candidates"}
    if "coordinating_words" in changed:
        following |= {"coordinating"}
    if "result_words" in changed:
        following |= {"deliverables"}
    return following


def _slug(name: str) -> str:
    return _SLUG.sub("-", fold(name)).strip("-")[:LONGEST_SLUG] or f"unit-{new_id().hex[-6:]}"
