"""The words that carry meaning around the value of a target, and what each does there."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.indicators.target_lexicon import Lexicon
from app.indicators.target_parts import Comparator


class Role(StrEnum):
    """What a piece of the wording does."""

    # Pieces told by their form.
    NUMBER = "number"
    FRACTION = "fraction"
    NAME = "name"
    PLAIN = "plain"
    BREAK = "break"
    COMMA = "comma"
    DASH = "dash"
    SLASH = "slash"
    SYMBOL = "symbol"
    # Between a subject and its value.
    COMPARE = "compare"
    ABOUT = "about"
    RISE = "rise"
    FALL = "fall"
    TIMES = "times"
    REACH = "reach"
    UP_TO = "up_to"
    DOWN_TO = "down_to"
    STEADY = "steady"
    ASPIRE = "aspire"
    BASICALLY = "basically"
    FILLER = "filler"
    FROM = "from"
    TO = "to"
    PER = "per"
    RANK = "rank"
    TOP = "top"
    GROUP = "group"
    # Behind a value.
    SCALE = "scale"
    SHARE = "share"
    MEASURE = "measure"
    AFTER = "after"
    LEADERS = "leaders"
    BASELINE = "baseline"
    LINK = "link"
    SPLIT = "split"
    STOP = "stop"
    # In a subject.
    EACH = "each"
    HEAD = "head"
    YEAR = "year"
    LOCATOR = "locator"
    BURDEN = "burden"
    REMEDY = "remedy"
    HAVE = "have"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Sense:
    """A role, with what the phrase adds to it: a comparator, a power of ten, a unit or a period."""

    role: Role
    comparator: Comparator | None = None
    power: int = 0
    unit: str | None = None


_COMPARATORS = {
    Comparator.AT_LEAST: "ít nhất|ít nhất là|tối thiểu|tối thiểu là|thấp nhất|không dưới|không thấp hơn|không ít hơn|"
    "không nhỏ hơn|không kém|không kém hơn|đạt và vượt|đạt hoặc vượt|lớn hơn hoặc bằng|cao hơn hoặc bằng|"
    "nhiều hơn hoặc bằng|bằng hoặc cao hơn|bằng hoặc lớn hơn|bằng hoặc hơn|"
    "trên hoặc bằng|bằng hoặc trên",
    Comparator.MORE_THAN: "trên|hơn|vượt|vượt quá|vượt trên|vượt mức|lớn hơn|cao hơn|nhiều hơn|quá",
    Comparator.AT_MOST: "tối đa|tối đa là|nhiều nhất|không quá|không vượt|không vượt quá|không trên|không hơn|"
    "không cao hơn|không lớn hơn|không nhiều hơn|không để quá|không để vượt quá|không để xảy ra quá|"
    "nhỏ hơn hoặc bằng|thấp hơn hoặc bằng|ít hơn hoặc bằng|bằng hoặc thấp hơn|bằng hoặc nhỏ hơn|bằng hoặc ít hơn|"
    "dưới hoặc bằng|bằng hoặc dưới|trong vòng|trong thời hạn|chậm nhất|chậm nhất là|muộn nhất|muộn nhất là|"
    "không chậm hơn|không muộn hơn",
    Comparator.LESS_THAN: "dưới|nhỏ hơn|thấp hơn|ít hơn|chưa đến|chưa tới|không đến|không tới",
    Comparator.EXACTLY: "bằng|đúng|chính xác",
}
_AFTER = {
    Comparator.AT_LEAST: "trở lên|hoặc cao hơn|hoặc nhiều hơn|hoặc lớn hơn|hoặc hơn",
    Comparator.AT_MOST: "trở xuống|hoặc thấp hơn|hoặc ít hơn|hoặc nhỏ hơn",
}
_SCALES = {1: "chục", 2: "trăm", 3: "nghìn|ngàn", 4: "vạn", 6: "triệu|tr", 9: "tỷ"}
_SHARES = {"%": "phần trăm", "‰": "phần nghìn|phần ngàn", "điểm %": "điểm phần trăm"}
_PERIODS = ("năm", "tháng", "quý", "tuần", "ngày", "nhiệm kỳ")
_PLAIN_ROLES = {
    # First, so that no shorter phrase below eats their beginning.
    Role.PLAIN: "tăng cường|tăng trưởng|tăng dần|tăng tốc|giảm dần|gia tăng|giá trị gia tăng|giảm nghèo|giảm nhẹ|"
    "tốc độ tăng|tốc độ tăng trưởng|mức tăng|tỷ lệ tăng|mức giảm|tỷ lệ giảm|nâng cao|nâng cấp|"
    "đúng hạn|đúng quy định|đúng tiến độ|đúng thời hạn|trước hạn|một số|có thứ hạng|cơ bản của|tỷ giá|đến nay|"
    "quá trình|còn lại|tính đến|đầu người|hàng hóa|vượt trội|từ thiện|đúng đối tượng|xếp hạng tín nhiệm|"
    "cao hơn nữa|hơn nữa|gần đây|gần nhất|thứ tự|"
    "bằng cấp|văn bằng|bằng khen|bằng chứng|bằng sáng chế|bằng tiền|cân bằng|công bằng|đồng bằng|quá tải|thứ trưởng|"
    "thứ cấp|hạng mục|đầu tư|đầu mối|đầu ra|đầu vào|ban đầu|bắt đầu|lần đầu|người đứng đầu|giữ gìn|vượt khó",
    Role.ABOUT: "trên dưới|khoảng|vào khoảng|trong khoảng|xấp xỉ|gần|gần bằng|ước|ước đạt|chừng|tương đương",
    Role.RISE: "tăng|tăng thêm|nâng|nâng thêm|cải thiện|cải thiện thêm|thăng|"
    "vượt dự toán|vượt kế hoạch|vượt chỉ tiêu|vượt dự toán giao|vượt kế hoạch giao|vượt chỉ tiêu giao",
    Role.FALL: "giảm|giảm thêm|giảm bớt|giảm thiểu|cắt giảm|kéo giảm|rút ngắn|tiết kiệm",
    Role.TIMES: "gấp|tăng gấp|cao gấp|gấp khoảng",
    Role.REACH: "đạt|đạt được|đạt mức|đạt tỷ lệ|đạt tỷ trọng|chiếm|chiếm tỷ lệ|chiếm tỷ trọng|đảm bảo|bảo đảm|hoàn thành",
    Role.UP_TO: "lên|lên đến|lên tới|nâng lên|tăng lên|đạt đến|đạt tới",
    Role.DOWN_TO: "xuống|xuống còn|còn|chỉ còn|giảm xuống|giảm xuống còn|giảm còn|hạ xuống|hạ xuống còn",
    Role.STEADY: "duy trì|giữ|giữ vững|giữ ổn định|ổn định|kiểm soát|kiềm chế",
    Role.ASPIRE: "phấn đấu|hướng tới|hướng đến|tiến tới|kỳ vọng|cố gắng|nỗ lực|khuyến khích|mong muốn|dự kiến",
    Role.BASICALLY: "cơ bản|về cơ bản",
    Role.HAVE: "có|được",
    Role.FILLER: "là|phải|cần|ở|mức|ở mức|bình quân|trung bình|thêm|đều|với|con số|cũng|vào",
    Role.FROM: "từ|trong khoảng từ|ở mức từ",
    Role.TO: "đến|tới",
    Role.RANK: "xếp hạng|thứ hạng|xếp thứ|xếp thứ hạng|đứng thứ|đứng hạng|đứng vị trí|đứng vị trí thứ|"
    "vị trí|vị trí thứ|xếp vị trí|xếp vị trí thứ|hạng|thứ|thứ bậc",
    Role.TOP: "top|tốp|trong top|thuộc top|trong tốp|thuộc tốp|vào top|vào tốp|nhóm top|đứng trong top|"
    "đứng trong tốp|nằm trong top|nằm trong tốp|đứng top|đứng tốp",
    Role.GROUP: "nhóm|trong nhóm|thuộc nhóm|vào nhóm|nằm trong nhóm|đứng trong nhóm|trong số|thuộc|trong|nằm trong|đứng trong",
    Role.LEADERS: "dẫn đầu|đứng đầu|hàng đầu|đầu|cao nhất|tốt nhất|phát triển nhất|tiên tiến nhất",
    Role.BASELINE: "so với|so cùng kỳ|so năm|so đầu|so giai đoạn|so nhiệm kỳ|so mức",
    Role.LINK: "theo|nếu|khi|với điều kiện|trong điều kiện|trên cơ sở|nhưng|mà|để|nhằm|trừ|tính theo",
    Role.SPLIT: "và|hoặc|trong đó|đồng thời|riêng|cùng với",
    Role.STOP: "tại|trước|sau|của|cho|do|về|đối với|trên địa bàn|trên tổng|trên tổng số|trên toàn|trên phạm vi|trên môi trường|"
    "bởi|giữa|tham gia|đang|đã|sẽ|bị|nhờ|qua|thông qua|như|gồm|bao gồm|sang|ra|sử dụng|ứng dụng|áp dụng|"
    "thực hiện|triển khai|hoạt động|mang tính|ngang tầm",
    Role.EACH: "mỗi|từng",
    Role.HEAD: "tỷ lệ|tỷ trọng|tỷ suất|số lượng|số|tổng|tổng số|giá trị|thu nhập|quy mô|diện tích|chỉ số|kim ngạch|"
    "doanh thu|năng suất|sản lượng|tuổi thọ|mức độ hài lòng",
    Role.YEAR: "năm|năm học|giai đoạn|nhiệm kỳ|thời kỳ|thập niên",
    Role.LOCATOR: "điều|khoản|mục|phụ lục|biểu|mẫu|bảng|chương|quý|tháng|ngày|khóa|lần thứ|kỳ|đợt|phiên bản|thông tư|"
    "nghị quyết|nghị quyết số|quyết định|quyết định số|nghị định|nghị định số|chỉ thị số|kết luận số|văn bản số|"
    "kế hoạch số|công văn số|tiêu chí số|nhóm số|mức độ|cấp độ|loại|nhà cấp|lớp|vùng|quốc lộ|chỉ thị|kết luận",
    Role.BURDEN: "hộ nghèo|hộ cận nghèo|nghèo đa chiều|tỷ lệ nghèo|thất nghiệp|thiếu việc làm|tai nạn|tử vong|"
    "suy dinh dưỡng|vi phạm|sai phạm|tội phạm|phạm pháp|quá hạn|trễ hạn|chậm tiến độ|nợ đọng|nợ xấu|khiếu nại|tố cáo|"
    "lạm phát|bội chi|phát thải|ô nhiễm|bỏ học|tảo hôn|tồn đọng|mù chữ|thất thoát|mắc bệnh|nhiễm bệnh|tái nghèo|nhà tạm|"
    "cpi|chỉ số giá|chỉ số giá tiêu dùng|nợ công|nợ thuế|chi phí logistics|chi phí tuân thủ|thời gian giải quyết|"
    "thời gian xử lý|thời gian chờ|thời gian thông quan|bạo lực|đuối nước|ùn tắc|cháy nổ|vụ cháy|béo phì|thiệt hại|"
    "lãng phí|tiêu hao",
    Role.REMEDY: "giải quyết|xử lý|khắc phục|thoát|thoát nghèo|phòng ngừa|điều tra|khám phá|xóa|hỗ trợ|thu hồi",
    Role.ZERO: "không còn|không để xảy ra|không để|không có|không xảy ra|không phát sinh|chấm dứt|xóa hết|xóa xong",
}
_MEASURES = (
    "usd|đồng|vnđ|vnd|đ|euro|eur|đô la|đô la mỹ|km|km2|km²|m|m2|m²|m3|m³|ha|kg|tấn|tạ|mw|gw|kw|kwh|mwp|mwh|tbps|gbps|mbps|gb|tb|mb|"
    "lần|điểm|bậc|giờ|phút|giây|ngày|ngày làm việc|tuần|tháng|năm|tuổi|sao|lít|h"
)


def _senses() -> Iterator[tuple[str, Sense]]:
    for comparator, phrases in _COMPARATORS.items():
        yield from ((phrase, Sense(Role.COMPARE, comparator)) for phrase in phrases.split("|"))
    for comparator, phrases in _AFTER.items():
        yield from ((phrase, Sense(Role.AFTER, comparator)) for phrase in phrases.split("|"))
    for power, phrases in _SCALES.items():
        yield from ((phrase, Sense(Role.SCALE, power=power)) for phrase in phrases.split("|"))
    for unit, phrases in _SHARES.items():
        yield from ((phrase, Sense(Role.SHARE, unit=unit)) for phrase in phrases.split("|"))
    for period in _PERIODS:
        yield from (
            (f"{every} {period}", Sense(Role.PER, unit=period))
            for every in ("mỗi", "hằng", "hàng", "một", "từng")
        )
    for role, phrases in _PLAIN_ROLES.items():
        yield from ((phrase, Sense(role)) for phrase in phrases.split("|"))


CUES = Lexicon(_senses())
MEASURES = Lexicon.of(_MEASURES, meaning=True)
COUNTED = Lexicon(
    (word, Decimal(value))
    for word, value in (
        ("một", "1"),
        ("rưỡi", "1.5"),
        ("hai", "2"),
        ("đôi", "2"),
        ("ba", "3"),
        ("bốn", "4"),
        ("sáu", "6"),
        ("bảy", "7"),
        ("tám", "8"),
        ("chín", "9"),
        ("mười", "10"),
    )
)
