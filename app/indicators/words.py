"""What may be asked of indicators, what happened to them, and what is refused."""

from dataclasses import dataclass

from app.core.act import CONSTRAINTS, Action, Fact
from app.core.errors import Refusal
from app.core.text import Text

DRAFT = Action("indicator.draft", Text("dự thảo chỉ tiêu", "draft an indicator"))
AMEND = Action("indicator.amend", Text("sửa, rút chỉ tiêu", "amend or withdraw an indicator"))
MEASURE = Action("indicator.measure", Text("ghi số liệu của chỉ tiêu", "record a figure of an indicator"))

TARGET_KINDS = {
    "number": Text("con số", "a number"),
    "range": Text("khoảng giá trị", "a range"),
    "rank": Text("thứ hạng", "a rank"),
    "ordinal": Text("mức xếp loại", "a grade"),
    "boolean": Text("có hoặc không", "yes or no"),
    "qualitative": Text("định tính", "qualitative"),
    "reference": Text("theo văn bản khác", "set by another document"),
    "parent": Text("dòng gộp, không có giá trị riêng", "a heading line without a value of its own"),
    "unread": Text("chưa đọc được", "unread"),
}
COMPARATORS = {
    "at_least": Text("ít nhất", "at least"),
    "more_than": Text("trên", "more than"),
    "at_most": Text("không quá", "at most"),
    "less_than": Text("dưới", "less than"),
    "between": Text("trong khoảng", "between"),
    "exactly": Text("đúng bằng", "exactly"),
    "about": Text("xấp xỉ", "about"),
    "change": Text("tăng hoặc giảm", "a change by"),
}
DIRECTIONS = {
    "higher_is_better": Text("càng cao càng tốt", "higher is better"),
    "lower_is_better": Text("càng thấp càng tốt", "lower is better"),
    "neutral": Text("không có chiều tốt hơn", "neither is better"),
}
ROLLUPS = {
    "none": Text("không tổng hợp", "no roll-up"),
    "sum": Text("cộng các chỉ tiêu thành phần", "the sum of the parts"),
    "average": Text("trung bình các chỉ tiêu thành phần", "the average of the parts"),
    "weighted": Text("trung bình có trọng số", "the average weighted by share"),
    "latest": Text("số liệu mới nhất của thành phần", "the newest figure of a part"),
}


@dataclass(frozen=True)
class IndicatorDrafted(Fact, code="indicator.drafted", words=Text("dự thảo chỉ tiêu", "indicator drafted")):
    """An indicator was drafted under its number as printed."""

    number: str


@dataclass(frozen=True)
class IndicatorAmended(Fact, code="indicator.amended", words=Text("sửa chỉ tiêu", "indicator amended")):
    """Values of an indicator were changed; `fields` names those that were sent."""

    fields: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorWithdrawn(Fact, code="indicator.withdrawn", words=Text("rút chỉ tiêu", "indicator withdrawn")):
    """An indicator no longer counts from `on` on; it stays readable."""

    on: str


@dataclass(frozen=True)
class IndicatorMeasured(Fact, code="indicator.measured", words=Text("ghi số liệu", "indicator measured")):
    """A figure was recorded for a period; `value` is a decimal with a point, None for a figure in words."""

    period: str
    scope: str
    value: str | None


@dataclass(frozen=True)
class MeasurementCorrected(
    Fact, code="indicator.corrected", words=Text("đính chính số liệu", "figure corrected")
):
    """A newer figure stands in the place of an older one, which stays readable."""

    period: str
    scope: str
    value: str | None
    replaced_id: str


INDICATOR_NUMBER_TAKEN = Refusal(
    "indicator_number_taken",
    409,
    Text("Số thứ tự chỉ tiêu đã dùng", "The number of the indicator is taken"),
    Text(
        "Phụ lục này đã có chỉ tiêu mang số đó; hãy dùng số khác, hoặc nêu ordinal để giữ cả hai dòng.",
        "An indicator of this annex already bears that number; use another, or give an ordinal to keep both lines.",
    ),
)
INDICATOR_WITHDRAWN = Refusal(
    "indicator_withdrawn",
    409,
    Text("Chỉ tiêu đã rút", "The indicator was withdrawn"),
    Text(
        "Chỉ tiêu đã rút ngày {on}; chỉ còn đọc được, không sửa và không ghi số liệu.",
        "The indicator was withdrawn on {on}; it can be read, but neither amended nor measured.",
    ),
)
INDICATOR_HAS_PARTS = Refusal(
    "indicator_has_parts",
    409,
    Text("Chỉ tiêu còn chỉ tiêu thành phần", "The indicator still has parts"),
    Text(
        "Còn {count} chỉ tiêu thành phần chưa rút; hãy rút hoặc chuyển các chỉ tiêu đó trước.",
        "{count} parts of it are not withdrawn; withdraw or move them first.",
    ),
)
INDICATOR_LOOP = Refusal(
    "indicator_loop",
    409,
    Text("Chỉ tiêu không được nằm dưới chính nó", "An indicator must not lie under itself"),
    Text(
        "Chỉ tiêu cấp trên được nêu là chính chỉ tiêu này hoặc nằm dưới nó.",
        "The parent that was named is this very indicator or lies under it.",
    ),
)
SCOPE_UNKNOWN = Refusal(
    "scope_unknown",
    422,
    Text("Phạm vi không có trong chỉ tiêu", "The indicator has no such scope"),
    Text(
        "Chỉ tiêu không đặt mức riêng cho “{scope}”; các phạm vi có: {open}. Để trống nếu là số liệu chung.",
        "No target is set for “{scope}”; the scopes are: {open}. Leave it empty for the figure as a whole.",
    ),
)
MEASURED_ON_OUTSIDE = Refusal(
    "measured_on_outside",
    422,
    Text("Ngày đo không hợp lệ", "The day of measuring does not fit"),
    Text(
        "Ngày đo phải từ ngày đầu kỳ {first} và không sau hôm nay {today}.",
        "The day of measuring must be on or after {first}, the first day of the period, and not after today, {today}.",
    ),
)
MEASUREMENT_EXISTS = Refusal(
    "measurement_exists",
    409,
    Text("Kỳ này đã có số liệu", "The period already has a figure"),
    Text(
        "Số liệu đã ghi không bị ghi đè; muốn đính chính, hãy nêu số liệu hiện hành ở replaces_id.",
        "A recorded figure is never overwritten; to correct it, name the current one in replaces_id.",
    ),
)
MEASUREMENT_ELSEWHERE = Refusal(
    "measurement_elsewhere",
    422,
    Text("Đính chính phải giữ nguyên kỳ và phạm vi", "A correction keeps its period and scope"),
    Text(
        "Số liệu được đính chính thuộc kỳ {period}, phạm vi “{scope}”; số liệu của kỳ khác được ghi riêng.",
        "The figure to correct is of the period {period} and the scope “{scope}”; another period has a figure of its own.",
    ),
)
CONSTRAINTS["uq_indicator_number"] = INDICATOR_NUMBER_TAKEN
CONSTRAINTS["uq_measurement_place"] = MEASUREMENT_EXISTS
CONSTRAINTS["uq_measurement_replaces"] = MEASUREMENT_EXISTS

ACTIONS = (DRAFT, AMEND, MEASURE)
REFUSALS = (
    INDICATOR_NUMBER_TAKEN,
    INDICATOR_WITHDRAWN,
    INDICATOR_HAS_PARTS,
    INDICATOR_LOOP,
    SCOPE_UNKNOWN,
    MEASURED_ON_OUTSIDE,
    MEASUREMENT_EXISTS,
    MEASUREMENT_ELSEWHERE,
)
