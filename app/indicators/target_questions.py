"""What is worth asking the drafter of a target, and why a wording stays unread."""

from app.core.text import Text

STRICTLY_ABOVE = Text(
    "“trên”: đúng bằng mức này đã được coi là đạt chưa?",
    'Strictly "above": does the very value already count as reached?',
)
STRICTLY_BELOW = Text(
    "“dưới”: đúng bằng mức này còn được coi là đạt không?",
    'Strictly "below": does the very value still count as reached?',
)
RANGE_REACHED_AT_LOWER_END = Text(
    "Khoảng giá trị: đạt mức đầu của khoảng đã được coi là hoàn thành chưa?",
    "A range: is the target reached at its nearer end already?",
)
PERCENT_OR_POINTS = Text(
    "Tăng hoặc giảm theo phần trăm (so với mức gốc) hay theo điểm phần trăm?",
    "A change in percent of the starting value, or in percentage points?",
)
BASELINE_VALUE = Text(
    "Mức gốc để so sánh là bao nhiêu, lấy tại thời điểm nào, theo nguồn nào?",
    "What is the baseline: which figure, of which day, from which source?",
)
BASELINE_MISSING = Text(
    "Tăng hoặc giảm so với mức nào, thời điểm nào?", "A change against what, and as of when?"
)
TIMES_OR_BY_TIMES = Text(
    "“tăng n lần”: bằng n lần mức gốc hay thêm n lần mức gốc?",
    '"Up n times": n times the baseline, or n times more on top of it?',
)
CHANGE_OR_LEVEL = Text(
    "Con số là mức tăng, giảm hay là mức cần đạt tới?",
    "Is the number the size of the change, or the level to arrive at?",
)
RISE_OR_FROM_TO = Text(
    "“từ … đến …”: mức tăng, giảm nằm trong khoảng này, hay đi từ mức đầu đến mức sau?",
    '"From … to …": the change lies between the two, or leads from the one level to the other?',
)
APPROXIMATE = Text(
    "“khoảng”: lệch bao nhiêu vẫn được coi là đạt?", '"About": how far off still counts as reached?'
)
BASICALLY = Text(
    "“cơ bản”: đến mức nào thì được coi là cơ bản hoàn thành?", '"Basically": from what share on is it done?'
)
WHICH_WAY = Text(
    "Với chỉ tiêu này, cao hơn hay thấp hơn là tốt hơn?",
    "For this indicator, is a higher or a lower value the better one?",
)
RANK_UPWARD = Text(
    "Thứ hạng “trở lên” được hiểu là thứ hạng này hoặc tốt hơn (số nhỏ hơn): đúng không?",
    'A rank "or higher" is taken to mean this rank or a better, smaller one: is that right?',
)
RANK_SIGN = Text(
    "Thứ hạng càng nhỏ càng tốt, nhưng dấu so sánh lại theo chiều tăng: viết đúng chưa?",
    "For a rank smaller is better, yet the sign points upward: is it as meant?",
)
UNIT_DIFFERS = Text(
    "Đơn vị viết cạnh con số khác với đơn vị ở cột Đơn vị: lấy đơn vị nào?",
    "The unit beside the number differs from the unit column: which one holds?",
)
EXPIRING_STANDARD = Text(
    "Chuẩn áp dụng gắn với một giai đoạn: sau giai đoạn đó áp dụng chuẩn nào?",
    "The standard belongs to a period: which one applies after it?",
)
SIGN = Text(
    "Dấu đứng trước con số là dấu của số hay chỉ là gạch đầu dòng?",
    "Is the mark before the number its sign, or a list mark?",
)
SHARE_OF_WHAT = Text("Phân số này tính trên tổng số nào?", "This share is of which whole?")
SEVERAL_VALUES = Text(
    "Có nhiều con số cho cùng một nội dung: con số nào là chỉ tiêu?",
    "Several numbers for one thing: which of them is the target?",
)
DIGITS = Text(
    "“hai con số” được hiểu là từ 10% trở lên (ba con số: từ 100%): đúng không?",
    '"Two digits" is taken to mean 10% or more (three: 100% or more): is that right?',
)
BINDING_AND_ASPIRED = Text(
    "Vừa có mức bắt buộc vừa có mức phấn đấu: đánh giá theo mức nào?",
    "A binding level and an aspired one: by which is it judged?",
)
UNMARKED = Text(
    "Văn bản không có dấu tiếng Việt: cách hiểu có đúng không?",
    "The text carries no Vietnamese marks: is it read rightly?",
)
WHO_JUDGES = Text(
    "Chỉ tiêu định tính: ai đánh giá, theo tiêu chí nào?",
    "A matter of judgement: who judges it, by which criteria?",
)
WHERE_SET = Text(
    "Chỉ tiêu nằm ở văn bản khác: văn bản nào, mức cụ thể là bao nhiêu?",
    "The target stands in another document: which one, and what is the figure?",
)

TOO_LONG = Text("Nội dung quá dài để đọc như một chỉ tiêu", "Too long to be read as a target")
TOO_MANY = Text("Quá nhiều con số để đọc như một chỉ tiêu", "Too many numbers to be read as one target")
NO_VALUE = Text("Có đơn vị tính nhưng không có giá trị", "There is a unit but no value")
NOTHING_SAID = Text("Không có nội dung đọc được", "There is nothing to read")
NOT_SET_YET = Text("Chỉ tiêu chưa được xác định", "The target has not been set yet")
ASPIRATION_ONLY = Text(
    "Chỉ có từ phấn đấu, không nêu điều cần đạt", "Only a word of striving, without what is to be reached"
)
NO_TARGET_NUMBER = Text(
    "Chỉ có thời gian, số hiệu hoặc tên gọi, không có giá trị cần đạt",
    "Only dates, document numbers or names, no value to be reached",
)
NOT_UNDERSTOOD = Text("Không nhận ra giá trị hay mức cần đạt", "No value and no level is recognised")
BACKWARDS = Text("Khoảng giá trị viết ngược: {words}", "The range runs backwards: {words}")
CHAINED = Text("Ba con số nối liền nhau: {words}", "Three numbers chained together: {words}")
ILL_FORMED = Text("“{words}”: {vi}", '"{words}": {en}')
