"""The seven verdicts of a task: total and pure. What is judged is a frozen value; which rules apply is dated data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.core.text import Text
from app.tasks import time_rules, who_rules, work_rules
from app.tasks.facts import TaskFacts
from app.tasks.findings import Finding, Outcome, Predicate
from app.tasks.packs import PACKS, Ro, Rule, RulePack

PREDICATES: dict[str, Predicate] = {
    predicate.__name__: predicate
    for predicate in (*who_rules.PREDICATES, *work_rules.PREDICATES, *time_rules.PREDICATES)
}
"""Every predicate a pack may name."""


class Clarity(StrEnum):
    """What is said of one rõ."""

    CLEAR = "clear"
    UNCLEAR = "unclear"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that does not hold: why, where in the task to look (JSON pointers), and how to mend it."""

    rule: str
    evidence: tuple[str, ...]
    why: Text
    mend: Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one rõ: the rules that failed exactly when it is unclear, a reason when it does not apply."""

    ro: Ro
    verdict: Clarity
    failures: tuple[Failure, ...] = ()
    reason: Text | None = None


def pack_of(name: str) -> RulePack:
    """The rule pack of that id. Raises KeyError for one that was never published."""
    return PACKS[name]


def verdicts(pack: RulePack, facts: TaskFacts) -> tuple[Verdict, ...]:
    """One verdict for each of the seven rõ, in their order, whatever the pack and the task."""
    return tuple(_verdict(pack, ro, facts) for ro in Ro)


def is_clear(judged: tuple[Verdict, ...]) -> bool:
    """Whether nothing is unclear."""
    return all(one.verdict is not Clarity.UNCLEAR for one in judged)


def shown(judged: tuple[Verdict, ...]) -> list[dict[str, Any]]:
    """The verdicts as they are stored and read: plain JSON values, texts in both languages."""
    return [
        {
            "ro": one.ro.value,
            "verdict": one.verdict.value,
            "failures": [_failure_shown(failure) for failure in one.failures],
            "reason": _both(one.reason) if one.reason else None,
        }
        for one in judged
    ]


def _failure_shown(failure: Failure) -> dict[str, Any]:
    return {
        "rule": failure.rule,
        "evidence": list(failure.evidence),
        "why": _both(failure.why),
        "mend": _both(failure.mend),
    }


def _both(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _verdict(pack: RulePack, ro: Ro, facts: TaskFacts) -> Verdict:
    rules = pack.rules_of(ro)
    if not rules:
        return Verdict(
            ro, Clarity.NOT_APPLICABLE, reason=_NOT_ASKED.filled(pack_vi=pack.name.vi, pack_en=pack.name.en)
        )
    found = [(rule, PREDICATES[rule.predicate](facts, rule.parameters)) for rule in rules]
    failures = tuple(_failure(rule, finding) for rule, finding in found if finding.outcome is Outcome.FAILS)
    if failures:
        return Verdict(ro, Clarity.UNCLEAR, failures)
    if all(finding.outcome is Outcome.SILENT for _, finding in found):
        return Verdict(
            ro, Clarity.NOT_APPLICABLE, reason=_ALL_SILENT.filled(rules=", ".join(rule.id for rule in rules))
        )
    return Verdict(ro, Clarity.CLEAR)


_NOT_ASKED = Text("bộ quy tắc “{pack_vi}” không xét nội dung này", "the pack “{pack_en}” does not ask for it")
_ALL_SILENT = Text(
    "không quy tắc nào trong {rules} áp dụng cho nhiệm vụ này",
    "none of the rules {rules} applies to this task",
)


def _failure(rule: Rule, finding: Finding) -> Failure:
    return Failure(rule.id, finding.evidence, finding.why or rule.words, rule.mend)
