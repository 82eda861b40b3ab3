"""Predicates of *rõ người*, *rõ trách nhiệm*, *rõ thẩm quyền*: who leads, who answers, who decides."""

from app.tasks.facts import LeadKind, TaskFacts
from app.tasks.findings import HOLDS, SILENT, Finding, Predicate, Settings, fails, unless

_NO_LEAD = {
    LeadKind.NONE: ("chưa ghi đơn vị chủ trì", "no lead unit is given"),
    LeadKind.SINGLE: (
        "chưa xác định được đơn vị nào là “{words}”",
        "which unit “{words}” is has not been settled",
    ),
    LeadKind.COLLECTIVE: ("chủ trì là một tập thể: “{words}”", "the lead is a collective: “{words}”"),
    LeadKind.SEVERAL: (
        "nhiều đơn vị cùng được ghi là chủ trì: “{words}”",
        "several units are named as lead: “{words}”",
    ),
}


def exactly_one_lead(facts: TaskFacts, _: Settings) -> Finding:
    """One unit leads, and the words name one."""
    if facts.lead_kind is LeadKind.SINGLE and facts.lead_id is not None:
        return HOLDS
    return fails(*_NO_LEAD[facts.lead_kind], "/lead_id", "/lead_words", words=facts.lead_words)


def lead_living(facts: TaskFacts, _: Settings) -> Finding:
    """The lead unit is in being on the day; silent without a lead."""
    if facts.lead_id is None:
        return SILENT
    return unless(
        facts.lead_living,
        fails("đơn vị chủ trì đã kết thúc hoạt động", "the lead unit has ended", "/lead_id"),
    )


def lead_not_coordinating(facts: TaskFacts, _: Settings) -> Finding:
    """Nobody coordinates with himself; silent without a lead."""
    if facts.lead_id is None:
        return SILENT
    return unless(
        facts.lead_id not in facts.coordinating_ids,
        fails(
            "đơn vị chủ trì cũng nằm trong danh sách phối hợp",
            "the lead unit is listed as coordinating too",
            "/lead_id",
            "/coordinating",
        ),
    )


def somebody_answers(facts: TaskFacts, _: Settings) -> Finding:
    """A person or a post is named, or the lead unit has a head on the day."""
    if facts.responsible_person_id or facts.responsible_position_id or facts.lead_head_id:
        return HOLDS
    evidence = ("/responsible_person_id", "/responsible_position_id", "/head")
    if facts.lead_id is None:
        return fails("chưa ghi ai chịu trách nhiệm", "nobody is named as responsible", *evidence)
    return fails(
        "chưa ghi ai chịu trách nhiệm và đơn vị chủ trì đang khuyết người đứng đầu",
        "nobody is named as responsible and the lead unit has no head today",
        *evidence,
    )


def responsible_post_held(facts: TaskFacts, _: Settings) -> Finding:
    """The responsible post has a holder on the day; silent where no post is named."""
    if facts.responsible_position_id is None:
        return SILENT
    vacant = fails(
        "chức danh chịu trách nhiệm đang khuyết", "the responsible post is vacant", "/responsible_position_id"
    )
    return unless(facts.responsible_holder_id, vacant)


def competence_body_known(facts: TaskFacts, _: Settings) -> Finding:
    """The body that decides is a unit in being."""
    if facts.competence_body_id is not None:
        ended = fails(
            "cơ quan có thẩm quyền đã kết thúc hoạt động",
            "the competent body has ended",
            "/competence_body_id",
        )
        return unless(facts.competence_living, ended)
    if facts.competence_words.strip():
        return fails(
            "chỉ ghi “{words}”, chưa biết là cơ quan nào",
            "it only says “{words}”, which is no body we know",
            "/competence_body_id",
            "/competence_words",
            words=facts.competence_words,
        )
    return fails("chưa ghi cấp có thẩm quyền", "no competent body is given", "/competence_body_id")


def competence_level_said(facts: TaskFacts, _: Settings) -> Finding:
    """It is said whether the matter is decided or submitted."""
    return unless(
        facts.competence_level,
        fails(
            "chưa nói quyết định hay trình",
            "it is not said whether this is decided or submitted",
            "/competence_level",
        ),
    )


def receiver_known(facts: TaskFacts, _: Settings) -> Finding:
    """What is submitted is submitted to somebody; silent where nothing is."""
    if facts.competence_level != "submits":
        return SILENT
    return unless(
        facts.submitted_to_id,
        fails("trình nhưng chưa nêu trình ai", "it is submitted, but not said to whom", "/submitted_to_id"),
    )


PREDICATES: tuple[Predicate, ...] = (
    exactly_one_lead,
    lead_living,
    lead_not_coordinating,
    somebody_answers,
    responsible_post_held,
    competence_body_known,
    competence_level_said,
    receiver_known,
)
