"""Verbs on the content groups of a programme."""

from collections.abc import Sequence
from uuid import UUID

from app.core.act import Act
from app.core.errors import Refused
from app.core.ids import new_id
from app.core.words import REFERENCE_UNKNOWN
from app.programmes import queries, rules
from app.programmes.models import ContentGroup, Programme
from app.programmes.outline import Outline, outlined, require_clear_groups
from app.programmes.schemas import AddGroup, AmendGroup, NewGroup
from app.programmes.words import AMEND, GROUP_NAMELESS, GroupAmended, GroupsAdded


async def add_group(act: Act, programme_id: UUID, given: AddGroup) -> UUID:
    """Add a content group after the others, or after the last one under the same group."""
    programme = await queries.programme_for_change(act, programme_id)
    standing = await queries.groups_of(act, programme.id)

    await act.require(AMEND, rules.content(programme))

    require_clear_groups([given], standing, pointer="")
    outline = outlined(programme.id, standing, [given], fresh=new_id)

    await _settle(act, programme, standing, outline)
    return programme.id


async def amend_group(act: Act, programme_id: UUID, given: AmendGroup) -> UUID:
    """Change the code, title or kind of a content group."""
    programme = await queries.programme_for_change(act, programme_id)
    standing = await queries.groups_of(act, programme.id)

    await act.require(AMEND, rules.content(programme))

    group = next((one for one in standing if one.id == given.group_id), None)
    if group is None:
        raise Refused(REFERENCE_UNKNOWN, name="group_id")
    values = given.model_dump(exclude_unset=True, exclude={"group_id"})
    if not values.get("code", group.code) and not values.get("title", group.title):
        raise Refused(GROUP_NAMELESS)

    amended = await act.change(group, **values)

    if amended is not group:
        act.record(GroupAmended(programme.id, group.id, tuple(sorted(values))))
    return programme.id


async def groups_for_import(act: Act, programme_id: UUID, groups: Sequence[NewGroup]) -> tuple[UUID, ...]:
    """The id of each group, in the order given; groups that are not there yet are added in their places.

    A group is the same by annex, the group it stands under, code and title; given twice it is one. The version the
    caller expects is not that of the programme, so it is not compared.
    """
    programme = await queries.programme_locked(act, programme_id)
    standing = await queries.groups_of(act, programme.id)

    await act.require(AMEND, rules.content(programme))

    require_clear_groups(groups, standing)
    outline = outlined(programme.id, standing, groups, fresh=new_id)

    await _settle(act, programme, standing, outline)
    return outline.ids


async def _settle(act: Act, programme: Programme, standing: Sequence[ContentGroup], outline: Outline) -> None:
    """Store the outline: new groups come in, those behind them move on."""
    before = {one.id: one for one in standing}
    added = [one for one in outline.rows if one.id not in before]
    for one in outline.rows:
        if one.id in before:
            await act.change(before[one.id], ordinal=one.ordinal)
    await act.add(*added)
    if added:
        act.record(GroupsAdded(programme.id, tuple(one.code or one.title for one in added)))
