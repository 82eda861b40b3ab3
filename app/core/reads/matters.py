"""What a decision about any object depends on, by the kind of the object: read through its shape, seen as by the caller."""

from dataclasses import dataclass, field

from app.core.act import Act, Target
from app.core.errors import Refused
from app.core.reads.compiler import compile_matter
from app.core.reads.plan import Plan, Reader
from app.core.reads.shape import Registry
from app.core.rows import STORED, Object
from app.core.words import NOT_FOUND


@dataclass(slots=True)
class Matters:
    """The port's plug: compiled at first need, kept for good."""

    registry: Registry
    plans: dict[str, Plan] = field(default_factory=dict)

    async def of(self, act: Act, about: Object) -> Target:
        """The target of a verb on this object. Raises Refused (not_found) for what is not there or not seen."""
        plan = self._plan(about.kind)
        if plan is None:
            raise Refused(NOT_FOUND)
        reader = Reader(act.actor.id, act.actor.reach, act.today, b"")
        found = await act.connection.row(plan.text, *plan.values(reader, {"id": str(about.id)}))
        if found is None:
            raise Refused(NOT_FOUND)
        return Target(
            about,
            found["unit"],
            owner=found["owner"],
            amount=found["amount"],
            access_class=found["access_class"],
            concerns=frozenset(found["concerns"] or ()),
        )

    def _plan(self, kind: str) -> Plan | None:
        if kind not in self.plans:
            tables = {row.table.name for row in STORED.values() if row.kind == kind and row.root == "id"}
            shape = next((one for one in self.registry if one.table in tables and one.matter), None)
            if shape is None:
                return None
            self.plans[kind] = compile_matter(self.registry, shape.name)
        return self.plans[kind]
