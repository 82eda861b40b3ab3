"""Why deadline words could not be read: every reason in both languages, to stand beside the verbatim words."""

from app.core.text import Text

_SHOWN = 60


class Unreadable(Exception):
    """The words cannot be read as one deadline; `why` says what stands in the way."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def shown(words: str) -> str:
    """Words short enough to quote in a reason."""
    return words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + "…"


TOO_LONG = Text(
    "dài quá {limit} ký tự, không phải một thời hạn", "longer than {limit} characters, which is no deadline"
)
AS_ABOVE = Text(
    "viết “như trên”; hãy ghi rõ thời hạn của dòng này",
    "it says “as above”; write out this row's own deadline",
)
NOT_UNDERSTOOD = Text("chưa hiểu phần “{rest}”", "the part “{rest}” is not understood")
NO_YEAR = Text(
    "không nêu năm và không biết năm của văn bản", "no year is said and the document's year is not known"
)
NO_MONTH = Text("không nêu tháng", "no month is said")
NO_SUCH_DAY = Text("ngày {day} tháng {month} không có thật", "there is no day {day} in month {month}")
NO_SUCH_MONTH = Text("không có tháng {month}", "there is no month {month}")
NO_SUCH_QUARTER = Text("không có quý {quarter}", "there is no quarter {quarter}")
NO_SUCH_HOUR = Text("không có {hour} giờ {minute} phút", "there is no time {hour}:{minute}")
YEAR_OUT = Text("năm {year} ngoài khoảng {first}–{last}", "the year {year} is outside {first}–{last}")
YEAR_SHORT = Text("năm phải viết đủ bốn chữ số", "the year must have all four digits")
MONTHS_OR_DAY = Text(
    "“{rest}” có thể là khoảng tháng, khoảng ngày hoặc ngày-tháng; hãy viết rõ",
    "“{rest}” may be a span of months, of days, or a day and month; write it out",
)
BACKWARDS = Text("mốc sau đứng trước mốc trước", "the later point comes before the earlier one")
SEVERAL = Text(
    "có nhiều thời hạn riêng; hãy tách thành nhiều nhiệm vụ hoặc mốc",
    "there are several separate deadlines; split them into tasks or milestones",
)
MIXED = Text(
    "có cả điều kiện và thời hạn; cần nói rõ theo cái nào",
    "there is both a condition and a deadline; say which one holds",
)
SENTENCES = Text("gồm nhiều câu", "there are several sentences")
NOT_TOGETHER = Text(
    "các phần không ghép được thành một thời hạn", "the parts do not make one deadline together"
)
NO_ANCHOR = Text(
    "chu kỳ này không cho biết rơi vào ngày nào; cần nêu ngày, tháng",
    "this round does not say on which days it falls; name days and months",
)
WEEKDAY_WRONG = Text("thứ và ngày không khớp nhau", "the weekday and the date disagree")
HALF_OF_WHAT = Text(
    "không có quy ước về thời điểm “giữa” của quý, nửa năm",
    "there is no rule for the middle of a quarter or half-year",
)
HOURS = Text("thời hạn tính bằng giờ không quy ra ngày được", "a period in hours cannot be told as a day")
ONLY_EARLIEST = Text(
    "chỉ nói sớm nhất khi nào, không nói muộn nhất khi nào", "it says the earliest time, not the latest"
)
COUNTS_DISAGREE = Text(
    "số và chữ trong ngoặc không khớp nhau", "the number and the words in brackets disagree"
)
