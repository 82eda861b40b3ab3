"""Fills the authority port: finds the chain that carries an act, and holds it until the act ends."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.authority import around, queries, rules
from app.authority.chains import rights_of
from app.authority.models import Denial, Reading
from app.authority.words import INSPECT, WHYS, DenialRecorded, ReadingRecorded
from app.core.act import Act, Action, Actor, Ground, Right, Target
from app.core.database import Connection
from app.core.errors import Denied
from app.core.ids import new_id
from app.core.rows import Object
from app.core.words import NOT_ALLOWED
from app.people.queries import hold

TRIES = 5  # how often authority may change while one decision waits for it


class ChainAuthority:
    """Powers by grants to positions and by delegations."""

    async def ground(self, act: Act, action: Action, target: Target) -> Ground:
        """By what right the actor may do this. Raises Refused (not_allowed) saying what stands in the way.

        The chain's steps are locked first and looked at after: a statement sees no later than its start, so one that
        waited for a revocation must be followed by another that sees it.
        """
        if act.actor.everything:
            return Ground(action.code, None, target.unit_id, "machine", (f"machine:{act.actor.id}",))
        first = rules.without_chain(act.actor, action, target.owner)
        if isinstance(first, str):
            raise denied(action, first, target)
        if first is not None:
            return first
        for _ in range(TRIES):
            rights = candidates(act.actor, action, act.terms.post)
            await hold(act, (step for right in rights for step in right.chain))
            epoch, asked = await queries.around(act, target)
            if epoch == act.actor.epoch:
                return await self._decided(act, action, target, rights, asked)
            act.actor = await self.current(act)
        raise denied(action, "expired", target)

    def matter(self, seen: Mapping[str, Any]) -> around.Seen:
        """What the decision depends on, as a read saw it."""
        return around.seen(seen)

    def obstacle(self, actor: Actor, action: Action, matter: around.Seen) -> str | None:
        """What a read tells of the decision above: the same rules over the same values, in any of the actor's posts."""
        if actor.everything:
            return None
        first = rules.without_chain(actor, action, matter.owner)
        if first is not None:
            return first if isinstance(first, str) else None
        found = rules.decided(candidates(actor, action, None), matter.asked)
        return found if isinstance(found, str) else None

    async def current(self, act: Act) -> Actor:
        """The actor with rights as this transaction sees them, its own changes included."""
        known = await act.ports.identity.refreshed(act.actor)
        epoch, rights = await rights_on(act.connection, known.id, act.today)
        return replace(known, epoch=epoch, rights=rights)

    async def note(self, act: Act, refused: Denied) -> None:
        """Leaves a trace of a denial: an entry for the first of a minute, a count for those equal to it."""
        kind, object_id = refused.about or (None, None)
        minute = act.at.replace(second=0, microsecond=0)
        one = Denial(
            new_id(),
            act.actor.id,
            refused.power,
            refused.why,
            kind,
            object_id,
            refused.unit_id,
            minute,
            times=1,
            access_class=refused.access_class,
        )
        if not await queries.denied_again(act, one):
            await act.add(one)
            act.record(DenialRecorded(one.id, one.power, one.why, kind, object_id))

    async def observe(self, act: Act, shapes: Sequence[str]) -> None:
        """Leaves a trace of inspecting: an entry for the first reading of a minute, a count for those equal to it."""
        right = next(one for one in act.actor.rights[INSPECT.code] if one.flaw is None)
        minute = act.at.replace(second=0, microsecond=0)
        for shape in shapes:
            one = Reading(new_id(), act.actor.id, shape, minute, times=1)
            if not await queries.read_again(act, one):
                act.grounds[Object("reading", one.id)] = rules.ground_of(right, INSPECT)
                await act.add(one)
                act.record(ReadingRecorded(one.id, shape))

    async def _decided(
        self, act: Act, action: Action, target: Target, rights: tuple[Right, ...], asked: rules.Asked
    ) -> Ground:
        found = rules.decided(rights, asked)
        if isinstance(found, str):
            raise denied(action, found, target)
        if target.object is not None and rules.opposites(action.code, asked):
            await queries.exercised(act, target.object.id, action.code, found.persons)
        return rules.ground_of(found, action)


async def rights_on(
    connection: Connection, person_id: UUID, on: date
) -> tuple[int, dict[str, tuple[Right, ...]]]:
    """Every chain of the person by power, and the epoch at which they were seen."""
    epoch, rows = await queries.chain_rows(connection, person_id)
    return epoch, rights_of(person_id, rows, on)


def candidates(actor: Actor, action: Action, post: UUID | None) -> tuple[Right, ...]:
    """Rights that could carry the act: in the post named by `as`, or in any; cheapest first."""
    return tuple(one for one in actor.rights.get(action.code, ()) if post in {None, one.post_id})


def denied(action: Action, why: str, target: Target) -> Denied:
    """The refusal: which power over what, and why not, in words."""
    about = (target.object.kind, target.object.id) if target.object else None
    return Denied(
        NOT_ALLOWED,
        power=action.code,
        why=why,
        words=WHYS[why],
        about=about,
        unit_id=target.unit_id,
        access_class=target.access_class,
    )
