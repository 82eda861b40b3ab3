"""What a predicate finds: whether a rule holds, where to look, and why it fails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.core.text import Text
from app.tasks.facts import TaskFacts

_QUOTED_AT_MOST = 80


class Outcome(StrEnum):
    """Whether a rule holds, fails, or has nothing to say of this task."""

    HOLDS = "holds"
    FAILS = "fails"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a predicate found. `evidence` are JSON pointers into the task; `why` is set where it fails."""

    outcome: Outcome
    evidence: tuple[str, ...] = ()
    why: Text | None = None


Settings = Mapping[str, Any]
Predicate = Callable[[TaskFacts, Settings], Finding]
HOLDS, SILENT = Finding(Outcome.HOLDS), Finding(Outcome.SILENT)


def fails(vi: str, en: str, *evidence: str, **values: Any) -> Finding:
    """A failed rule: why, in both languages, `{name}` places filled; and the pointers to what is wrong."""
    why = Text(vi, en).filled(**{name: _short(value) for name, value in values.items()})
    return Finding(Outcome.FAILS, evidence, why)


def unless(holds: object, failing: Finding) -> Finding:
    """HOLDS where it does, else the failure."""
    return HOLDS if holds else failing


def pointers(part: str, places: list[int], name: str) -> tuple[str, ...]:
    """Pointers to one value in several rows of a part."""
    return tuple(f"/{part}/{place}/{name}" for place in places)


def _short(value: Any) -> str:
    words = str(value)
    return words if len(words) <= _QUOTED_AT_MOST else words[:_QUOTED_AT_MOST].rstrip() + "…"
