"""Rule packs of the rõ as dated data: each rule an id, its words, the predicate that decides it, and how to mend it.

The names of the six rõ are those of Kết luận 226-KL/TW of 11/12/2025; the seventh, resources, was proposed on 9/2/2026.
The wording of the rules is ours. A pack is never edited once tasks were issued under it: a change is a new pack.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.core.text import Text


class Ro(StrEnum):
    """The seven clarities, in their order."""

    NGUOI = "nguoi"
    VIEC = "viec"
    TRACH_NHIEM = "trach_nhiem"
    THAM_QUYEN = "tham_quyen"
    THOI_GIAN = "thoi_gian"
    KET_QUA = "ket_qua"
    NGUON_LUC = "nguon_luc"


RO_NAMES = {
    Ro.NGUOI: Text("rõ người", "clear who"),
    Ro.VIEC: Text("rõ việc", "clear work"),
    Ro.TRACH_NHIEM: Text("rõ trách nhiệm", "clear responsibility"),
    Ro.THAM_QUYEN: Text("rõ thẩm quyền", "clear competence"),
    Ro.THOI_GIAN: Text("rõ thời gian", "clear time"),
    Ro.KET_QUA: Text("rõ kết quả", "clear result"),
    Ro.NGUON_LUC: Text("rõ nguồn lực", "clear resources"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack. `predicate` names a function of `predicates`, `parameters` are its settings."""

    id: str
    ro: Ro
    words: Text
    predicate: str
    mend: Text
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class RulePack:
    """A dated set of rules. `since` is the day of the paper it follows, `basis` that paper."""

    id: str
    name: Text
    since: date
    basis: Text
    rules: tuple[Rule, ...]

    def rules_of(self, ro: Ro) -> tuple[Rule, ...]:
        """The pack's rules for one rõ; none where the pack does not ask for it."""
        return tuple(rule for rule in self.rules if rule.ro is ro)


def _settings(**values: Any) -> Mapping[str, Any]:
    return MappingProxyType(values)


_NGUOI = (
    Rule(
        "ro-nguoi-1",
        Ro.NGUOI,
        Text("Có đúng một đơn vị chủ trì", "There is exactly one lead unit"),
        "exactly_one_lead",
        Text(
            "Chọn một đơn vị chủ trì; các đơn vị khác ghi là phối hợp, hoặc tách thành nhiều nhiệm vụ.",
            "Choose one lead unit; list the others as coordinating, or split the task.",
        ),
    ),
    Rule(
        "ro-nguoi-2",
        Ro.NGUOI,
        Text("Đơn vị chủ trì đang hoạt động", "The lead unit is in being"),
        "lead_living",
        Text("Chuyển chủ trì sang đơn vị kế thừa.", "Give the lead to the unit that carries on."),
    ),
    Rule(
        "ro-nguoi-3",
        Ro.NGUOI,
        Text(
            "Đơn vị chủ trì không đồng thời là đơn vị phối hợp",
            "The lead unit is not a coordinating unit as well",
        ),
        "lead_not_coordinating",
        Text("Bỏ đơn vị chủ trì khỏi danh sách phối hợp.", "Take the lead unit off the coordinating units."),
    ),
)
_VIEC = (
    Rule(
        "ro-viec-1",
        Ro.VIEC,
        Text("Tên nhiệm vụ nói được công việc cụ thể", "The title says what work is to be done"),
        "title_concrete",
        Text(
            "Viết tên nhiệm vụ thành một việc cụ thể: làm gì, với cái gì.",
            "Word the title as one piece of work: what is done, with what.",
        ),
        _settings(
            least_syllables=4,
            vague_up_to=14,
            vague=("nhiệm vụ khác", "công việc khác", "việc khác", "nội dung khác", "công tác khác"),
            vague_ending="khác",
        ),
    ),
    Rule(
        "ro-viec-2",
        Ro.VIEC,
        Text(
            "Gắn với chỉ tiêu, hoặc có sản phẩm nêu tiêu chí đo",
            "Tied to an indicator, or a deliverable states its measure",
        ),
        "indicator_or_measure",
        Text(
            "Gắn nhiệm vụ với một chỉ tiêu của chương trình, hoặc nêu tiêu chí đo của sản phẩm.",
            "Link an indicator of the programme, or state the measure of a deliverable.",
        ),
    ),
    Rule(
        "ro-viec-3",
        Ro.VIEC,
        Text("Có mô tả công việc, hoặc gắn với chỉ tiêu", "The work is described, or tied to an indicator"),
        "described_or_indicator",
        Text("Mô tả nội dung công việc, hoặc gắn chỉ tiêu.", "Describe the work, or link an indicator."),
    ),
)
_TRACH_NHIEM = (
    Rule(
        "ro-trach-nhiem-1",
        Ro.TRACH_NHIEM,
        Text(
            "Có người hoặc chức danh chịu trách nhiệm, hoặc đơn vị chủ trì có người đứng đầu",
            "A person or post answers for it, or the lead unit has a head",
        ),
        "somebody_answers",
        Text(
            "Ghi người hoặc chức danh chịu trách nhiệm, hoặc kiện toàn người đứng đầu đơn vị chủ trì.",
            "Name the responsible person or post, or fill the post of the lead unit's head.",
        ),
    ),
    Rule(
        "ro-trach-nhiem-2",
        Ro.TRACH_NHIEM,
        Text("Chức danh chịu trách nhiệm đang có người giữ", "The responsible post is held by somebody"),
        "responsible_post_held",
        Text(
            "Chọn chức danh đang có người giữ, hoặc ghi thẳng người chịu trách nhiệm.",
            "Choose a post that is held, or name the person.",
        ),
    ),
)
_THAM_QUYEN = (
    Rule(
        "ro-tham-quyen-1",
        Ro.THAM_QUYEN,
        Text("Biết cấp có thẩm quyền quyết định", "The body competent to decide is known"),
        "competence_body_known",
        Text(
            "Chọn đúng cơ quan, tổ chức có thẩm quyền; “cấp có thẩm quyền” chưa phải là một cơ quan.",
            "Choose the very body that is competent; “the competent level” is not a body.",
        ),
    ),
    Rule(
        "ro-tham-quyen-2",
        Ro.THAM_QUYEN,
        Text(
            "Nói rõ đơn vị chủ trì tự quyết định hay trình",
            "It is said whether the matter is decided or submitted",
        ),
        "competence_level_said",
        Text("Ghi “quyết định” hoặc “trình”.", "Say whether it decides or submits."),
    ),
    Rule(
        "ro-tham-quyen-3",
        Ro.THAM_QUYEN,
        Text("Nếu trình thì nêu nơi nhận trình", "Where it is submitted, the receiving body is named"),
        "receiver_known",
        Text("Chọn cơ quan, tổ chức mà sản phẩm được trình lên.", "Choose the body it is submitted to."),
    ),
)
_THOI_GIAN = (
    Rule(
        "ro-thoi-gian-1",
        Ro.THOI_GIAN,
        Text("Có thời hạn và đọc được", "There is a deadline and it can be read"),
        "deadline_read",
        Text(
            "Ghi thời hạn bằng ngày, tháng, quý hoặc năm; hoặc ghi “thường xuyên”.",
            "Give a day, month, quarter or year; or say that it is ongoing.",
        ),
    ),
    Rule(
        "ro-thoi-gian-2",
        Ro.THOI_GIAN,
        Text(
            "Thời hạn theo sự kiện phải nêu sự kiện và khoảng thời gian tính từ đó",
            "A deadline that hangs on an event names the event and the time from it",
        ),
        "event_has_term",
        Text(
            "Nêu sự kiện và số ngày tính từ sự kiện đó, hoặc ghi một ngày cụ thể.",
            "Name the event and the days counted from it, or give a day.",
        ),
    ),
    Rule(
        "ro-thoi-gian-3",
        Ro.THOI_GIAN,
        Text("Có thời điểm kết thúc", "There is an end"),
        "end_known",
        Text(
            "Ghi thời điểm kết thúc; nếu không có hồi kết thì ghi “thường xuyên” kèm chế độ báo cáo.",
            "Give the end; if there is none, say ongoing and how often it is reported.",
        ),
    ),
    Rule(
        "ro-thoi-gian-4",
        Ro.THOI_GIAN,
        Text(
            "Nhiệm vụ thường xuyên có chế độ báo cáo định kỳ",
            "An ongoing task is reported on at regular times",
        ),
        "ongoing_is_reported",
        Text(
            "Ghi chu kỳ báo cáo (hằng tháng, quý, năm), hoặc thêm mốc lặp lại.",
            "Say how often it is reported, or add a recurring milestone.",
        ),
    ),
    Rule(
        "ro-thoi-gian-5",
        Ro.THOI_GIAN,
        Text("Có thời điểm bắt đầu", "There is a start"),
        "start_known",
        Text("Ghi ngày bắt đầu.", "Give the first day."),
    ),
    Rule(
        "ro-thoi-gian-6",
        Ro.THOI_GIAN,
        Text("Bắt đầu không sau thời hạn", "The start does not come after the deadline"),
        "start_before_due",
        Text("Sửa ngày bắt đầu hoặc thời hạn.", "Correct the start or the deadline."),
    ),
    Rule(
        "ro-thoi-gian-7",
        Ro.THOI_GIAN,
        Text("Nhiệm vụ dài có mốc trung gian", "A long task has a milestone"),
        "long_task_has_milestone",
        Text("Thêm ít nhất một mốc trung gian.", "Add at least one milestone."),
        _settings(months=12),
    ),
    Rule(
        "ro-thoi-gian-8",
        Ro.THOI_GIAN,
        Text(
            "Mỗi mốc có thời gian đọc được và không sau thời hạn",
            "Each milestone has a time that can be read and is not after the deadline",
        ),
        "milestones_timed",
        Text("Ghi lại thời gian của mốc.", "Word the milestone's time anew."),
    ),
)
_KET_QUA = (
    Rule(
        "ro-ket-qua-1",
        Ro.KET_QUA,
        Text("Có sản phẩm và mỗi sản phẩm có tiêu chí đo", "There is a deliverable and each has a measure"),
        "deliverables_measured",
        Text(
            "Nêu sản phẩm đầu ra và cách đo: số lượng, chất lượng hoặc văn bản được ban hành.",
            "Name the deliverable and how it is measured: a quantity, a quality, or the paper that is issued.",
        ),
    ),
    Rule(
        "ro-ket-qua-2",
        Ro.KET_QUA,
        Text(
            "Mỗi sản phẩm có đơn vị xác nhận khác đơn vị chủ trì",
            "Each deliverable is confirmed by a unit other than the lead",
        ),
        "confirmed_by_another",
        Text(
            "Chọn đơn vị xác nhận không phải đơn vị chủ trì.",
            "Choose a confirming unit that is not the lead.",
        ),
    ),
)
_NGUON_LUC = tuple(
    Rule(
        f"ro-nguon-luc-{place}",
        Ro.NGUON_LUC,
        Text(f"Nói rõ {vi}: cần gì, hoặc không cần", f"{en} are stated, or said outright to be none"),
        "resource_said",
        Text(
            f"Ghi nhu cầu {vi}; nếu không phát sinh thì ghi “không”.",
            f"State the {en.lower()} needed; if there are none, say none.",
        ),
        _settings(resource=resource),
    )
    for place, (resource, vi, en) in enumerate(
        (
            ("money", "kinh phí", "Funds"),
            ("people", "nhân lực", "People"),
            ("facilities", "cơ sở vật chất", "Facilities"),
        ),
        1,
    )
)

SIX = RulePack(
    "six-ro",
    Text("Sáu rõ", "Six clarities"),
    date(2025, 12, 11),
    Text("Kết luận 226-KL/TW ngày 11/12/2025", "Conclusion 226-KL/TW of 11 December 2025"),
    (*_NGUOI, *_VIEC, *_TRACH_NHIEM, *_THAM_QUYEN, *_THOI_GIAN, *_KET_QUA),
)
SEVEN = RulePack(
    "seven-ro",
    Text("Bảy rõ", "Seven clarities"),
    date(2026, 2, 9),
    Text(
        "Đề xuất ngày 9/2/2026: sáu rõ và rõ nguồn lực", "Proposal of 9 February 2026: the six, and resources"
    ),
    (*SIX.rules, *_NGUON_LUC),
)
PACKS = {pack.id: pack for pack in (SIX, SEVEN)}
"""Every pack by its id. Ids stay for ever: tasks keep the one they were judged by."""
