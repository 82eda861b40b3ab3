"""Predicates of *rõ việc*, *rõ kết quả*, *rõ nguồn lực*: what is done, what comes of it, with what means."""

import re

from app.core.text import fold
from app.tasks.facts import Need, TaskFacts
from app.tasks.findings import HOLDS, SILENT, Finding, Predicate, Settings, fails, pointers, unless

_SYLLABLE = re.compile(r"[^\W_]+")


def title_concrete(facts: TaskFacts, settings: Settings) -> Finding:
    """The title is long enough to say a piece of work and is no catch-all such as "các nhiệm vụ khác"."""
    syllables = _SYLLABLE.findall(fold(facts.title))
    if len(syllables) < settings["least_syllables"]:
        return fails(
            "tên nhiệm vụ quá ngắn để nói một việc cụ thể",
            "the title is too short to say a piece of work",
            "/title",
        )
    # In a long title "… và các nội dung khác" only rounds off what was named before it.
    if len(syllables) > settings["vague_up_to"]:
        return HOLDS
    title = " ".join(syllables)
    vague = title.endswith(" " + fold(settings["vague_ending"])) or any(
        fold(phrase) in title for phrase in settings["vague"]
    )
    return unless(
        not vague,
        fails(
            "tên nhiệm vụ chung chung, không nói việc gì",
            "the title is a catch-all and names no work",
            "/title",
        ),
    )


def indicator_or_measure(facts: TaskFacts, _: Settings) -> Finding:
    """An indicator is linked, or some deliverable states its measure."""
    return unless(
        facts.indicators or any(one.measured for one in facts.deliverables),
        fails(
            "chưa gắn chỉ tiêu và chưa có tiêu chí đo",
            "no indicator is linked and no measure stated",
            "/indicators",
            "/deliverables",
        ),
    )


def described_or_indicator(facts: TaskFacts, _: Settings) -> Finding:
    """The work is described, or an indicator says what it moves."""
    return unless(
        facts.described or facts.indicators,
        fails(
            "không mô tả công việc và không gắn chỉ tiêu",
            "the work is not described and no indicator is linked",
            "/description",
            "/indicators",
        ),
    )


def deliverables_measured(facts: TaskFacts, _: Settings) -> Finding:
    """There is a deliverable, and each states its measure."""
    if not facts.deliverables:
        return fails("chưa nêu sản phẩm đầu ra", "no deliverable is named", "/deliverables", "/result_words")
    unmeasured = [place for place, one in enumerate(facts.deliverables) if not one.measured]
    evidence = pointers("deliverables", unmeasured, "measure")
    return unless(
        not unmeasured, fails("có sản phẩm chưa có tiêu chí đo", "a deliverable has no measure", *evidence)
    )


def confirmed_by_another(facts: TaskFacts, _: Settings) -> Finding:
    """Each deliverable has a confirming unit, and it is not the lead; silent without deliverables."""
    if not facts.deliverables:
        return SILENT
    missing = [place for place, one in enumerate(facts.deliverables) if one.confirmer_id is None]
    if missing:
        return fails(
            "có sản phẩm chưa có đơn vị xác nhận",
            "a deliverable has no confirming unit",
            *pointers("deliverables", missing, "confirmer_id"),
        )
    own = [place for place, one in enumerate(facts.deliverables) if one.confirmer_id == facts.lead_id]
    evidence = pointers("deliverables", own, "confirmer_id")
    return unless(
        not own,
        fails(
            "đơn vị chủ trì tự xác nhận sản phẩm của mình",
            "the lead unit confirms its own deliverable",
            *evidence,
        ),
    )


_NOT_SAID = {
    "money": ("chưa nói rõ kinh phí", "funds are not stated"),
    "people": ("chưa nói rõ nhân lực", "people are not stated"),
    "facilities": ("chưa nói rõ cơ sở vật chất", "facilities are not stated"),
}
_NOT_TOLD = {
    "money": ("cần kinh phí nhưng chưa nêu mức", "funds are needed, but not how much"),
    "people": ("cần nhân lực nhưng chưa nêu bao nhiêu", "people are needed, but not how many"),
    "facilities": ("cần cơ sở vật chất nhưng chưa nêu gì", "facilities are needed, but not which"),
}


def resource_said(facts: TaskFacts, settings: Settings) -> Finding:
    """The resource is needed and it is said how much, or it is said outright to be none."""
    name = settings["resource"]
    resource = facts.resources[name]
    if resource.need is Need.NONE:
        return HOLDS
    why = _NOT_SAID[name] if resource.need is Need.UNSTATED else _NOT_TOLD[name]
    return unless(
        resource.need is Need.SOME and resource.told, fails(*why, f"/{name}_need", f"/{name}_words")
    )


PREDICATES: tuple[Predicate, ...] = (
    title_concrete,
    indicator_or_measure,
    described_or_indicator,
    deliverables_measured,
    confirmed_by_another,
    resource_said,
)
