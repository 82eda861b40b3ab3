"""The demo's powers: each office its usual ones by one regulation, some posts more or within limits, a few lent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.authority import delegations, duties, grants
from app.authority.offices import usual_powers
from app.authority.schemas import DeclareInterest, EmpowerPosition, GivePowers, KeepApart, LendPowers
from app.core.act import ACTIONS, Act

Record = dict[str, Any]
_OFFICES = "SELECT id, office FROM position ORDER BY code"
_GRANT = "SELECT id FROM power_grant WHERE position_id = $1 AND powers @> $2 ORDER BY max_amount NULLS FIRST LIMIT 1"
_HOLDING = """SELECT h.id FROM holding h JOIN person s ON s.id = h.person_id
  WHERE h.position_id = $1 AND s.code = $2 AND h.valid @> $3::date"""


@dataclass(frozen=True, slots=True)
class DemoPowers:
    """What the demo's powers are about, by the demo's codes."""

    act: Act
    units: Mapping[str, UUID]
    positions: Mapping[str, UUID]
    documents: Mapping[str, UUID]

    async def give(self, given: Record) -> None:
        """Each office its usual powers; beside them what single positions are given."""
        basis, since = self.documents[given["basis"]], date.fromisoformat(given["since"])
        for post in await self.act.connection.rows(_OFFICES):
            if usual_powers(post["office"], ACTIONS):
                await grants.empower(self.act, post["id"], EmpowerPosition(basis_id=basis, since=since))
        for one in given["single"]:
            single = GivePowers(
                position_id=self.positions[one["position"]],
                powers=one["powers"],
                unit_id=self.units[one["unit"]],
                subtree=one["subtree"],
                max_amount=one["max_amount"],
                since=since,
                basis_id=basis,
            )
            await grants.give(self.act, single)

    async def lend(self, given: list[Record]) -> None:
        """Delegations between holders, each until a day."""
        for one in given:
            since = date.fromisoformat(one["since"])
            lent = LendPowers(
                from_holding_id=await self._holding(one["from"], since),
                to_holding_id=await self._holding(one["to"], since),
                grant_id=await self._grant(one["from"]["position"], one["powers"]),
                powers=one["powers"],
                unit_id=self.units[one["unit"]],
                max_amount=one["max_amount"],
                since=since,
                until=date.fromisoformat(one["until"]),
                basis_id=self.documents[one["basis"]],
            )
            await delegations.lend(self.act, lent)

    async def restrain(
        self, duties_given: list[Record], interests: list[Record], persons: Mapping[str, UUID]
    ) -> None:
        """Powers kept apart, and interests declared."""
        for one in duties_given:
            first, second = one["powers"]
            basis = self.documents[one["basis"]]
            await duties.keep_apart(self.act, KeepApart(power_a=first, power_b=second, basis_id=basis))
        for one in interests:
            declared = DeclareInterest(
                person_id=persons[one["person"]],
                object_kind="document",
                object_id=self.documents[one["document"]],
                why=one["why"],
            )
            await duties.declare_interest(self.act, declared)

    async def _holding(self, who: Record, on: date) -> UUID:
        return await self.act.connection.one(_HOLDING, self.positions[who["position"]], who["person"], on)

    async def _grant(self, position: str, powers: list[str]) -> UUID:
        return await self.act.connection.one(_GRANT, self.positions[position], powers)
