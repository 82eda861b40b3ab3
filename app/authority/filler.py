"""Fills the authority port: a power is carried by a post over the branch of its unit."""

from uuid import UUID

from app.authority import queries, rules
from app.core.act import Act, Action, Ground, Target
from app.core.errors import Refused
from app.core.words import NOT_ALLOWED


class PositionAuthority:
    """Powers from positions held today, nothing else."""

    async def ground(self, act: Act, action: Action, target: Target) -> Ground:
        """By what right the actor may do this. Raises Refused (not_allowed) saying what is missing."""
        if act.actor.everything:
            return Ground(action.code, None, target.unit_id, "machine", (f"machine:{act.actor.id}",))
        if not rules.within(act.actor.scopes, action.code):
            raise Refused(NOT_ALLOWED, power=action.code, why="token_scope")
        if action.own and target.owner == act.actor.id:
            return rules.own_ground(act.actor.id, action.code)
        posts = rules.candidates(act.actor, action.code, act.terms)
        if not posts:
            raise Refused(NOT_ALLOWED, power=action.code, why="no_authority")
        roots = await self._covering(act, target.unit_id, [post.unit_id for post in posts])
        for post in posts:
            if post.unit_id in roots:
                return rules.ground_of(post, action.code)
        raise Refused(NOT_ALLOWED, power=action.code, why="out_of_scope")

    async def _covering(self, act: Act, unit_id: UUID | None, roots: list[UUID]) -> set[UUID]:
        # What belongs to no unit lies outside every branch.
        return await queries.covering(act, unit_id, roots) if unit_id else set()
