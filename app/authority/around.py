"""What a decision looks at around an object, from the JSON values a read brings (`shapes.AROUND`). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from app.authority.rules import Asked

# The ids in a list are few and come again in every row.
_id = lru_cache(4_096)(UUID)


@dataclass(frozen=True, slots=True)
class Seen:
    """A matter as a read saw it, and whose own the thing is."""

    owner: UUID | None
    asked: Asked


def seen(values: Mapping[str, Any]) -> Seen:
    """The matter, from the JSON values of a read by the names of `shapes.AROUND` and of a shape's matter."""
    asked = Asked(
        path=tuple(map(_id, values["path"] or ())),
        amount=values["amount"],
        access_class=values["access_class"],
        exercised={power: _ids(persons) for power, persons in (values["exercised"] or {}).items()},
        interested=_ids(values["interested"]),
        concerns=_ids(values["concerns"]),
        apart=tuple((first, second) for first, second in values["apart"] or ()),
    )
    return Seen(_id(values["owner"]) if values["owner"] else None, asked)


def _ids(words: Iterable[str] | None) -> frozenset[UUID]:
    return frozenset(map(_id, words or ()))
