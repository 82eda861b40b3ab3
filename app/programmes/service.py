"""Verbs on programmes: load, require, decide, change, record."""

from dataclasses import replace
from uuid import UUID

from app.core.act import Act, Target
from app.core.ids import new_id
from app.documents.queries import require_documents
from app.programmes import queries, rules
from app.programmes.models import Programme, ProgrammeAddressee, ProgrammeParent
from app.programmes.outline import outlined, require_clear_groups
from app.programmes.schemas import (
    AddressProgramme,
    AmendProgramme,
    ApproveProgramme,
    DraftProgramme,
    IssueProgramme,
    ProposeProgramme,
    SendProgrammeBack,
)
from app.programmes.words import (
    AMEND,
    APPROVE,
    DRAFT,
    ISSUE,
    PROPOSE,
    SEND_BACK,
    ProgrammeAddressed,
    ProgrammeAmended,
    ProgrammeApproved,
    ProgrammeDrafted,
    ProgrammeIssued,
    ProgrammeProposed,
    ProgrammeReclassed,
    ProgrammeSentBack,
)
from app.units.queries import require_units


async def draft(act: Act, given: DraftProgramme) -> UUID:
    """Draft a programme with its parents, addressees and content groups."""
    await queries.hold_tree(act)
    await require_units(act, "owner_id", given.owner_id)
    await require_units(act, "addressee_ids", *given.addressee_ids)
    await require_documents(act, "document_id", given.document_id)
    await require_documents(act, "parents", *(one.document_id for one in given.parents))
    await queries.require_programmes(act, "parents", *(one.programme_id for one in given.parents))

    await act.require(DRAFT, Target(None, given.owner_id, access_class=given.access_class))

    rules.require_period(given.starts_on, given.ends_on)
    rules.require_single(given.parents)
    require_clear_groups(given.groups)
    drafted = _new_programme(act, given)

    await act.add(drafted)
    await act.add(
        *(ProgrammeParent(new_id(), drafted.id, one.document_id, one.programme_id) for one in given.parents)
    )
    await act.add(
        *(ProgrammeAddressee(drafted.id, unit_id) for unit_id in dict.fromkeys(given.addressee_ids))
    )
    await act.add(*outlined(drafted.id, (), given.groups, fresh=new_id).rows)
    await queries.enter_scope(act, drafted.id)

    act.record(ProgrammeDrafted(drafted.id, drafted.code, drafted.owner_id))
    return drafted.id


async def amend(act: Act, programme_id: UUID, given: AmendProgramme) -> UUID:
    """Change values of a programme."""
    programme = await queries.programme_for_change(act, programme_id)
    await require_documents(act, "document_id", given.document_id)

    # Neither what it is nor what it becomes lies above the power.
    await act.require(AMEND, rules.content(programme, given.access_class))

    values = given.model_dump(exclude_unset=True)
    rules.require_state(programme.state, *rules.AMENDABLE)
    if values.get("budget", programme.budget) != programme.budget:
        rules.require_open_budget(programme.state)
    rules.require_period(
        values.get("starts_on", programme.starts_on), values.get("ends_on", programme.ends_on)
    )

    amended = await act.change(programme, **values)
    if amended.access_class != programme.access_class:
        await queries.reclass_scope(act, programme.id)
        act.record(ProgrammeReclassed(programme.id, programme.access_class, amended.access_class))
    elif amended.starts_on != programme.starts_on:
        await queries.restart_scope(act, amended)

    if amended is not programme:
        act.record(ProgrammeAmended(programme.id, tuple(sorted(values))))
    return programme.id


async def propose(act: Act, programme_id: UUID, _given: ProposeProgramme) -> UUID:
    """Lay a draft with its budget before who approves it."""
    programme = await queries.programme_for_change(act, programme_id)

    await act.require(PROPOSE, _money(programme))

    rules.require_state(programme.state, *rules.PROPOSABLE)

    await act.change(programme, state="proposed")

    act.record(ProgrammeProposed(programme.id, programme.budget))
    return programme.id


async def send_back(act: Act, programme_id: UUID, _given: SendProgrammeBack) -> UUID:
    """Return a proposed or approved programme to its owner, as a draft."""
    programme = await queries.programme_for_change(act, programme_id)

    await act.require(SEND_BACK, rules.content(programme))

    rules.require_state(programme.state, *rules.RETURNABLE)
    rules.require_reason(act.terms.reason)

    await act.change(programme, state="draft")

    act.record(ProgrammeSentBack(programme.id))
    return programme.id


async def approve(act: Act, programme_id: UUID, given: ApproveProgramme) -> UUID:
    """Approve a proposed programme with its budget: within one's limit, and never one's own proposal."""
    programme = await queries.programme_for_change(act, programme_id)
    await require_documents(act, "document_id", given.document_id)

    await act.require(APPROVE, _money(programme))

    rules.require_state(programme.state, *rules.APPROVABLE)
    rules.require_ground(given.document_id, basis=act.terms.basis, reason=act.terms.reason)

    await act.change(programme, state="approved")

    act.record(ProgrammeApproved(programme.id, programme.budget))
    return programme.id


async def issue(act: Act, programme_id: UUID, given: IssueProgramme) -> UUID:
    """Issue a draft: from now on those it addresses see it."""
    programme = await queries.programme_for_change(act, programme_id)
    await require_documents(act, "document_id", given.document_id)

    await act.require(ISSUE, rules.content(programme))

    issued_on = given.issued_on or act.today
    document_id = given.document_id or programme.document_id
    rules.require_issuable(programme.state, programme.issued_on, programme.budget)
    rules.require_issued_by(issued_on, today=act.today)
    rules.require_ground(document_id, basis=act.terms.basis, reason=act.terms.reason)

    await act.change(programme, state="issued", issued_on=issued_on, document_id=document_id)

    act.record(ProgrammeIssued(programme.id, issued_on.isoformat(), document_id))
    return programme.id


async def address(act: Act, programme_id: UUID, given: AddressProgramme) -> UUID:
    """Set the units a programme addresses, each with all units below it."""
    programme = await queries.programme_for_change(act, programme_id)
    await require_units(act, "unit_ids", *given.unit_ids)
    standing = await queries.addressees_of(act, programme.id)

    await act.require(AMEND, rules.content(programme))

    wanted = [ProgrammeAddressee(programme.id, unit_id) for unit_id in dict.fromkeys(given.unit_ids)]
    added = [one for one in wanted if one not in standing]
    removed = [one for one in standing if one not in wanted]

    await act.end(*removed)
    await act.add(*added)

    if added or removed:
        act.record(ProgrammeAddressed(programme.id, _units(added), _units(removed)))
    return programme.id


def _money(programme: Programme) -> Target:
    """The programme with what it costs, for decisions that have a limit."""
    return replace(rules.content(programme), amount=programme.budget)


def _units(addressees: list[ProgrammeAddressee]) -> tuple[str, ...]:
    return tuple(str(one.unit_id) for one in addressees)


def _new_programme(act: Act, given: DraftProgramme) -> Programme:
    return Programme(
        id=new_id(),
        code=given.code,
        title=given.title,
        kind=given.kind,
        owner_id=given.owner_id,
        document_id=given.document_id,
        term=given.term,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        rule_pack=given.rule_pack,
        state="draft",
        issued_on=None,
        moves_off_rest_days=given.moves_off_rest_days,
        note=given.note,
        version=1,
        created_at=act.at,
        budget=given.budget,
        access_class=given.access_class,
    )
