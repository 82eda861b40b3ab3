"""Verbs on indicators: load, require, decide, change, record."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from itertools import zip_longest
from typing import Any
from uuid import UUID

from app.core.act import Act
from app.core.act import Target as Aim
from app.core.ids import new_id
from app.core.inputs import Nothing
from app.core.rows import Object
from app.documents.queries import require_documents
from app.indicators import queries, rules
from app.indicators.models import Indicator, Measurement, Target, TargetPart
from app.indicators.rules import Place
from app.indicators.schemas import (
    AmendIndicator,
    DraftIndicator,
    GivenTarget,
    ImportedIndicator,
    IndicatorDraft,
    MeasureIndicator,
)
from app.indicators.targets import read_target
from app.indicators.words import (
    AMEND,
    DRAFT,
    MEASURE,
    IndicatorAmended,
    IndicatorDrafted,
    IndicatorMeasured,
    IndicatorWithdrawn,
    MeasurementCorrected,
)
from app.units.queries import require_units

_READ_FROM = frozenset({"targets", "unit_words"})


async def draft(act: Act, given: DraftIndicator) -> UUID:
    """Draft an indicator of a programme."""
    return (await _drafted(act, given.programme_id, [given]))[0]


async def draft_many(act: Act, programme_id: UUID, given: Sequence[ImportedIndicator]) -> list[UUID]:
    """Draft the lines of an annex; the ids in the order given. A parent may be named by number and come later."""
    return await _drafted(act, programme_id, given)


async def amend(act: Act, indicator_id: UUID, given: AmendIndicator) -> UUID:
    """Change values of an indicator; its targets are read anew where their words or the unit change."""
    if given.parent_id is not None:
        await queries.lock_tree(act)
    indicator, programme = await queries.indicator_for_change(act, indicator_id)
    lines = await _lines_beside(act, indicator, given)
    loops = given.parent_id is not None and await queries.lies_under(act, given.parent_id, indicator.id)
    await queries.require_groups(act, indicator.programme_id, given.group_id)
    await require_units(act, "lead_id", given.lead_id)

    await act.require(AMEND, _owned(indicator, programme))

    rules.require_standing(indicator.withdrawn_on)
    rules.require_no_loop(loops=loops)
    values = _amended(indicator, given, lines)
    before = len(act.changes)

    amended = await act.change(indicator, **values)
    if given.model_fields_set & _READ_FROM:
        await _turn_targets(act, amended, given.targets)

    if len(act.changes) > before:
        act.record(IndicatorAmended(indicator.id, tuple(sorted(given.model_fields_set))))
    return indicator.id


async def withdraw(act: Act, indicator_id: UUID, _: Nothing) -> UUID:
    """Withdraw an indicator; it stays readable, with all that was measured."""
    await _withdrawn(act, [await queries.indicator_for_change(act, indicator_id)])
    return indicator_id


async def withdraw_many(act: Act, ids: Sequence[UUID]) -> None:
    """Withdraw the lines of an import, parents and parts in any order."""
    await _withdrawn(act, await queries.indicators_for_change(act, ids))


async def measure(act: Act, indicator_id: UUID, given: MeasureIndicator) -> UUID:
    """Record a figure for a period, or correct the current one; nothing is overwritten."""
    indicator, programme = await queries.indicator_for_change(act, indicator_id)
    scopes = await queries.scopes_of(act, indicator.id)
    current = await queries.current_measurements(act, indicator.id, given.period)
    replaced = (
        await queries.measurement_of(act, indicator.id, given.replaces_id) if given.replaces_id else None
    )
    reporter_id = await queries.reporter(act)
    await require_documents(act, "document_id", given.document_id)

    # Who leads an indicator measures it; where no lead is known, who owns the programme.
    measured = replace(_owned(indicator, programme), unit_id=indicator.lead_id or programme.owner_id)
    await act.require(MEASURE, measured)

    rules.require_standing(indicator.withdrawn_on)
    measured_on = given.measured_on or act.today
    rules.require_measured_within(measured_on, given.period, today=act.today)
    scope = rules.scope_among(given.scope, scopes)
    if replaced is not None:
        rules.require_same_place(given.period, scope, replaced=(replaced.period, replaced.scope))
    standing = current.get(scope)
    rules.require_current(given.replaces_id, current=standing.id if standing else None)

    made = Measurement(
        id=new_id(),
        indicator_id=indicator.id,
        scope=scope,
        period=given.period,
        period_end=rules.period_end(given.period),
        value=given.value,
        words=given.words,
        measured_on=measured_on,
        source_words=given.source_words,
        document_id=given.document_id,
        reported_by_id=reporter_id,
        confirmed_by_id=None,
        replaces_id=given.replaces_id,
        ordinal=standing.ordinal + 1 if standing else 1,
    )
    await act.add(made)

    act.record(_measured(made))
    return indicator.id


async def _drafted(act: Act, programme_id: UUID, drafts: Sequence[IndicatorDraft]) -> list[UUID]:
    programme = await queries.programme_for_drafting(act, programme_id)
    await queries.require_groups(act, programme_id, *(one.group_id for one in drafts))
    await require_units(act, "lead_id", *(one.lead_id for one in drafts))
    lines = await _lines_beside_all(act, programme_id, drafts)

    await act.require(DRAFT, Aim(None, programme.owner_id, access_class=programme.access_class))

    made = _with_parents(drafts, _new_lines(act, programme_id, drafts, lines), lines)
    order = rules.parents_first({row.id: row.parent_id for row in made})
    by_id = {row.id: row for row in made}
    targets = [
        _read(row, target, ordinal, new_id())
        for row, one in zip(made, drafts, strict=True)
        for ordinal, target in enumerate(one.targets, 1)
    ]

    await act.add(*(by_id[one] for one in order))
    await act.add(*(target for target, _ in targets))
    await act.add(*(part for _, parts in targets for part in parts))

    for row in made:
        act.record(IndicatorDrafted(row.id, row.number))
    return [row.id for row in made]


def _owned(indicator: Indicator, programme: queries.OfProgramme) -> Aim:
    """The indicator as the matter of its programme's owner, as restricted as the programme."""
    return Aim(Object("indicator", indicator.id), programme.owner_id, access_class=programme.access_class)


async def _withdrawn(act: Act, found: Sequence[tuple[Indicator, queries.OfProgramme]]) -> None:
    remaining = await queries.standing_parts(act, [indicator.id for indicator, _ in found])

    for indicator, programme in found:
        await act.require(AMEND, _owned(indicator, programme))

    for indicator, _ in found:
        rules.require_standing(indicator.withdrawn_on)
    rules.require_no_parts(remaining)

    for indicator, _ in found:
        await act.change(indicator, withdrawn_on=act.today)
        act.record(IndicatorWithdrawn(indicator.id, act.today.isoformat()))


# -- lines -----------------------------------------------------------------------------------------------------


async def _lines_beside_all(
    act: Act, programme_id: UUID, drafts: Sequence[IndicatorDraft]
) -> dict[Place, UUID]:
    """The standing lines that the drafts could collide with, and those they name as parents."""
    numbers = {one.number for one in drafts} | {one.parent_number for one in drafts if one.parent_number}
    parents = [one.parent_id for one in drafts]
    lines = await queries.standing_lines(act, programme_id, map(rules.number_key, numbers), parents)
    queries.require_parents(lines, *parents)
    return lines


async def _lines_beside(act: Act, indicator: Indicator, given: AmendIndicator) -> dict[Place, UUID]:
    """The other lines of the number the indicator will bear, and the one it names as its parent."""
    number = indicator.number if given.number is None else given.number
    lines = await queries.standing_lines(
        act, indicator.programme_id, [rules.number_key(number)], [given.parent_id]
    )
    queries.require_parents(lines, given.parent_id)
    return {place: line for place, line in lines.items() if line != indicator.id}


def _new_lines(
    act: Act, programme_id: UUID, drafts: Sequence[IndicatorDraft], lines: Mapping[Place, UUID]
) -> list[Indicator]:
    taken = set(lines)
    made = []
    for one in drafts:
        place = rules.place_of(one.annex, one.number, one.ordinal, taken)
        taken.add(place)
        made.append(_new_line(act, programme_id, one, place))
    return made


def _new_line(act: Act, programme_id: UUID, given: IndicatorDraft, place: Place) -> Indicator:
    return Indicator(
        id=new_id(),
        programme_id=programme_id,
        group_id=given.group_id,
        parent_id=given.parent_id,
        annex=place.annex,
        annex_key=rules.number_key(place.annex),
        number=given.number,
        number_key=place.number_key,
        ordinal=place.ordinal,
        title=given.title,
        unit_words=given.unit_words,
        lead_id=given.lead_id,
        lead_words=given.lead_words,
        source_words=given.source_words,
        definition=given.definition,
        rollup=given.rollup,
        share=given.share,
        note=given.note,
        source=_source(given),
        withdrawn_on=None,
        version=1,
        created_at=act.at,
    )


def _source(given: IndicatorDraft | AmendIndicator) -> dict[str, Any] | None:
    """Where an imported line stood in its file; None for one that somebody typed."""
    return given.model_dump(mode="json", include={"source"}).get("source")


def _with_parents(
    drafts: Sequence[IndicatorDraft], made: Sequence[Indicator], lines: Mapping[Place, UUID]
) -> list[Indicator]:
    """The lines, each under the parent it names by number: one of these, or one that stands already."""
    known = {**lines, **{Place(row.annex, row.number_key, row.ordinal): row.id for row in made}}
    return [
        replace(row, parent_id=rules.parent_at(row.annex, one.parent_number, known))
        if one.parent_number
        else row
        for one, row in zip(drafts, made, strict=True)
    ]


def _amended(indicator: Indicator, given: AmendIndicator, others: Mapping[Place, UUID]) -> dict[str, Any]:
    values = {name: getattr(given, name) for name in given.model_fields_set - {"targets", "source"}}
    if "source" in given.model_fields_set:
        values["source"] = _source(given)
    number, annex = values.get("number", indicator.number), values.get("annex", indicator.annex)
    stays = (annex, rules.number_key(number)) == (indicator.annex, indicator.number_key)
    place = rules.place_of(annex, number, given.ordinal or (indicator.ordinal if stays else None), others)
    return {**values, **place._asdict(), "annex_key": rules.number_key(annex)}


# -- targets ---------------------------------------------------------------------------------------------------


def _read(
    indicator: Indicator, given: GivenTarget, ordinal: int, target_id: UUID
) -> tuple[Target, list[TargetPart]]:
    """A target as stored: its words, and what is read from them under the indicator's unit."""
    reading = read_target(given.words, indicator.unit_words or "")
    value, on = rules.baseline_read(given.baseline_words or "", indicator.unit_words or "")
    target = Target(
        id=target_id,
        indicator_id=indicator.id,
        period=given.period,
        period_end=rules.period_end(given.period),
        words=given.words,
        kind=reading.kind.value,
        binding=reading.binding,
        comparator_assumed=reading.comparator_assumed,
        condition=reading.condition,
        baseline_words=given.baseline_words,
        baseline_value=value if given.baseline_value is None else given.baseline_value,
        baseline_on=on if given.baseline_on is None else given.baseline_on,
        questions=rules.plainly(reading.questions),
        reading=rules.plainly(reading),
        ordinal=ordinal,
    )
    # One starting point beside several values says nothing of any one of them.
    alone = len(reading.parts) == 1
    parts = [
        TargetPart(
            id=new_id(),
            target_id=target.id,
            indicator_id=indicator.id,
            scope=part.scope,
            comparator=part.comparator.value,
            value=part.value,
            high=part.high,
            unit=part.unit,
            direction=part.direction.value,
            per=part.per,
            binding=part.binding,
            baseline_words=part.baseline,
            baseline_value=target.baseline_value if alone else None,
            baseline_on=target.baseline_on if alone else None,
            change=part.change,
            level=part.level,
            ordinal=place,
        )
        for place, part in enumerate(reading.parts, 1)
    ]
    return target, parts


def _given(target: Target) -> GivenTarget:
    """What was given of a target, to be read anew; a starting point that was read from its words is read again."""
    value, on = rules.baseline_read(target.baseline_words or "", target.reading["unit_words"])
    return GivenTarget(
        words=target.words,
        period=target.period,
        baseline_words=target.baseline_words,
        baseline_value=None if target.baseline_value == value else target.baseline_value,
        baseline_on=None if target.baseline_on == on else target.baseline_on,
    )


async def _turn_targets(act: Act, indicator: Indicator, given: Sequence[GivenTarget] | None) -> None:
    """Bring the stored targets to what is given, or to a reading under the present unit; what stays is not written."""
    standing = await queries.targets_of(act, indicator.id)
    wanted = [_given(target) for target, _ in standing] if given is None else given
    for ordinal, (old, new) in enumerate(zip_longest(standing, wanted), 1):
        if new is None:
            await act.end(*old[1], old[0])
        elif old is None:
            target, parts = _read(indicator, new, ordinal, new_id())
            await act.add(target, *parts)
        else:
            await _turn_target(act, old, _read(indicator, new, ordinal, old[0].id))


async def _turn_target(
    act: Act, old: tuple[Target, list[TargetPart]], new: tuple[Target, list[TargetPart]]
) -> None:
    await act.change(old[0], **{one.name: getattr(new[0], one.name) for one in fields(Target)})
    nameless = [[replace(part, id=old[0].id) for part in parts] for parts in (old[1], new[1])]
    if nameless[0] != nameless[1]:
        await act.end(*old[1])
        await act.add(*new[1])


def _measured(made: Measurement) -> IndicatorMeasured | MeasurementCorrected:
    value = None if made.value is None else f"{made.value:f}"
    if made.replaces_id is None:
        return IndicatorMeasured(made.indicator_id, made.period, made.scope, value)
    return MeasurementCorrected(made.indicator_id, made.period, made.scope, value, str(made.replaces_id))
